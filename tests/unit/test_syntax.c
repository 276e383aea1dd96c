// The front end: names, tokens, the tree of each form, recovery, and sizes that must not hurt.
#include "parse.h"

#include <glib.h>
#include <string.h>

typedef struct Parsed {
    Compilation compilation;
    Source source;
} Parsed;

static Parsed *parse_bytes(const char *text, size_t length) {
    Parsed *parsed = g_new0(Parsed, 1);
    Compilation *compilation = &parsed->compilation;
    compilation->arena = arena_new();
    compilation->names = names_new(compilation->arena);
    compilation->diagnostics = diagnostics_new(compilation->arena);
    parsed->source.path = "test.depot";
    parsed->source.text = g_malloc0(length + 2);
    memcpy(parsed->source.text, text, length);
    parsed->source.length = (uint32_t)length;
    lex_source(compilation, &parsed->source);
    parse_source(compilation, &parsed->source);
    g_assert_true(memcmp(parsed->source.text, text, length) == 0);
    return parsed;
}

static void parsed_free(Parsed *parsed) {
    g_free(parsed->source.text);
    arena_free(parsed->compilation.arena);
    g_free(parsed);
}

// The tree in a line: `(kind name literal child …)`

static void append_node(Node *node, void *data) {
    GString *out = data;
    g_string_append_printf(out, "%s(%s", out->len > 0 ? " " : "",
                           node_kind_name((NodeKind)node->kind));
    if (node->name != NULL && node->kind != NODE_RESOURCE) { // its head shows it
        g_string_append_printf(out, " %s", node->name->text);
    }
    switch (node->kind) {
    case NODE_STRING:
        g_string_append_printf(out, " \"%.*s\"", (int)node->length, node->text);
        break;
    case NODE_INTEGER:
    case NODE_BOOL:
        g_string_append_printf(out, " %" G_GINT64_FORMAT, node->integer);
        break;
    case NODE_UNARY:
    case NODE_BINARY:
        g_string_append_printf(out, " %s", token_spelling((TokenKind)node->op));
        break;
    default:
        break;
    }
    node_each_child(node, append_node, out);
    g_string_append_c(out, ')');
}

static char *tree_text(const Parsed *parsed) {
    GString *out = g_string_new(NULL);
    for (Node *node = parsed->source.tree->a; node != NULL; node = node->next) {
        append_node(node, out);
    }
    return g_string_free(out, FALSE);
}

/// The codes of all diagnostics with their places: "D1001@3:4 …".
static char *diagnostics_text(Parsed *parsed) {
    GString *out = g_string_new(NULL);
    Diagnostic *diagnostic = diagnostics_sorted(parsed->compilation.diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        Position place =
            source_position(&parsed->source, diagnostic->span.start, parsed->compilation.arena);
        g_string_append_printf(out, "%s%s@%u:%u", out->len > 0 ? " " : "", diagnostic->code,
                               place.line, place.column);
    }
    return g_string_free(out, FALSE);
}

static void assert_parse(const char *text, const char *tree, const char *diagnostics) {
    Parsed *parsed = parse_bytes(text, strlen(text));
    g_autofree char *found = diagnostics_text(parsed);
    g_assert_cmpstr(found, ==, diagnostics);
    if (tree != NULL) {
        g_autofree char *built = tree_text(parsed);
        g_assert_cmpstr(built, ==, tree);
    }
    parsed_free(parsed);
}

/// `expression` as the value of a constant.
static void assert_expression(const char *expression, const char *tree) {
    g_autofree char *text = g_strdup_printf("let x = %s", expression);
    g_autofree char *wanted = g_strdup_printf("(let x %s)", tree);
    assert_parse(text, wanted, "");
}

static void assert_type(const char *type, const char *tree) {
    g_autofree char *text = g_strdup_printf("type T = %s", type);
    g_autofree char *wanted = g_strdup_printf("(type T %s)", tree);
    assert_parse(text, wanted, "");
}

static void test_names(void) {
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const Name *first = names_of(names, "someName");
    g_assert_true(first == names_intern(names, "someNames", 8));
    g_assert_true(first == names_get(names, first->id));
    g_assert_null(names_get(names, UINT32_MAX));
    g_assert_cmpuint(names_of(names, "import")->keyword, ==, TOK_IMPORT);
    g_assert_cmpuint(first->keyword, ==, 0);
    for (unsigned i = 0; i < 100000; ++i) { // grows several times
        names_of(names, arena_printf(arena, "n%u", i));
    }
    g_assert_true(first == names_of(names, "someName"));
    g_assert_cmpstr(names_of(names, "")->text, ==, "");
    const char *longer = "a name that is much longer than sixteen bytes";
    g_assert_true(names_of(names, longer) == names_intern(names, longer, strlen(longer)));
    arena_free(arena);
    arena_free(NULL);
}

static void test_arena(void) {
    Arena *arena = arena_new();
    for (size_t size = 1; size < (size_t)32 * 1024 * 1024; size = size * 3 + 1) {
        char *memory = arena_alloc(arena, size);
        g_assert_cmpuint((uintptr_t)memory % 8, ==, 0);
        g_assert_cmpint(memory[0] | memory[size / 2] | memory[size - 1], ==, 0);
        memset(memory, 1, size);
    }
    g_assert_cmpuint(arena_used(arena), >, (size_t)16 * 1024 * 1024);
    g_assert_cmpstr(arena_strndup(arena, "abcdef", 3), ==, "abc");
    g_assert_cmpstr(arena_printf(arena, "%d-%s", 4, "x"), ==, "4-x");
    arena_free(arena);
}

static void test_expressions(void) {
    assert_expression("a + b * c", "(binary + (name a) (binary * (name b) (name c)))");
    assert_expression("a - b - c", "(binary - (binary - (name a) (name b)) (name c))");
    assert_expression("(a + b) * c", "(binary * (binary + (name a) (name b)) (name c))");
    assert_expression("a || b && !c",
                      "(binary || (name a) (binary && (name b) (unary ! (name c))))");
    assert_expression("a ?? b || c", "(binary ?? (name a) (binary || (name b) (name c)))");
    assert_expression("a ? b : c ? d : e",
                      "(conditional (name a) (name b) (conditional (name c) (name d) (name e)))");
    assert_expression("a == b < c", "(binary == (name a) (binary < (name b) (name c)))");
    assert_expression("a is x.Y && b", "(binary && (is (name a) (type-name x.Y)) (name b))");
    assert_expression(
        "a.b[c][*].d(1, 2,)",
        "(call (member d (all (index (member b (name a) (name b)) (name c))) (name d))"
        " (integer 1) (integer 2))");
    assert_expression("-a.b", "(unary - (member b (name a) (name b)))");
    assert_expression("[for x in xs if a: x]",
                      "(list-for (for-header x (name xs) (name a)) (name x))");
    assert_expression("{for k, v in m: [k]: v}",
                      "(object-for (for-header k (name v) (name m)) (name k) (name v))");
    assert_expression(
        "{ a, \"b c\": 1, [d]: 2, ...e }",
        "(object (property a (name a) (name a)) (property b c (string \"b c\") (integer"
        " 1)) (property (name d) (integer 2)) (spread (name e)))");
    assert_expression("[1, ...a, 2,] as const", "(list (integer 1) (spread (name a)) (integer 2))");
}

static void test_numbers(void) {
    assert_expression("-5", "(integer -5)");
    assert_expression("1 - 5", "(binary - (integer 1) (integer 5))");
    assert_expression("-9223372036854775808", "(integer -9223372036854775808)");
    assert_expression("9_223_372_036_854_775_807", "(integer 9223372036854775807)");
    assert_parse("let x = 9223372036854775808", NULL, "D1008@1:9");
    assert_parse("let x = 1 - 9223372036854775808\nlet y = 9223372036854775808", NULL,
                 "D1008@1:13 D1008@2:9");
    assert_parse("let x = 99999999999999999999", "(let x (error))", "D1008@1:9");
    assert_parse("let x = 1e999", "(let x (error))", "D1008@1:9");
    assert_parse("let x = 0x1F", "(let x (error))", "D1007@1:9");
    assert_parse("let x = 012", "(let x (error))", "D1007@1:9");
    assert_parse("let x = 1.2.3", "(let x (error))", "D1007@1:9");
}

static void test_strings(void) {
    assert_expression("'a\"b'", "(string \"a\"b\")");
    assert_expression("\"\\u{41}\\t\\$\\\"\"", "(string \"A\t$\"\")");
    assert_expression("\"$a$\"", "(string \"$a$\")");
    assert_expression(
        "\"a${b}c${\"d${e}\"}\"",
        "(template (string \"a\") (name b) (string \"c\") (template (string \"d\") (name"
        " e)))");
    assert_expression("\"${\"x\"}\"", "(template (string \"x\"))");
    assert_expression("\"${ {a: 1}.a }\"",
                      "(template (member a (object (property a (name a) (integer 1))) (name a)))");
    assert_expression("\"\"\"\n    a\n      b\r\n    \"\"\"", "(string \"a\n  b\")");
    assert_expression("\"\"\"a\n  b ${c}\n  d\"\"\"",
                      "(template (string \"a\nb \") (name c) (string \"\nd\"))");
    assert_expression("\"\"\"\"\"\"", "(string \"\")");
    assert_expression("\"\"\"${a}\"\"\"", "(template (name a))");
    assert_parse("let x = \"\\q\\u{110000}\"", NULL, "D1009@1:10 D1009@1:12");
    assert_parse("let x = \"abc\nlet y = 1", "(let x (string \"abc\")) (let y (integer 1))",
                 "D1002@1:9");
    assert_parse("let x = \"abc ${y\nlet z = 1", NULL, "D1022@1:14");
    assert_parse("let x = \"abc ${y\"\nlet z = 1", NULL, "D1022@1:14");
    assert_parse("let x = {\n  y: \"\"\"abc\n", NULL, "D1002@2:6");
    assert_parse("let x = {\n  y: 1 /* abc\n", NULL, "D1003@2:8");
    assert_parse("import { a } from \"${b}\"", NULL, "D1023@1:19");
}

static void test_separators(void) {
    const char *two = "(let x (object (property a (name a) (integer 1)) (property b (name b) "
                      "(integer 2))))";
    assert_parse("let x = {a: 1, b: 2}", two, "");
    assert_parse("let x = {\na: 1\nb: 2\n}", two, "");
    assert_parse("let x = {\r\na: 1,\r\n\r\nb: 2,\r\n}\r\n", two, "");
    assert_parse("let x = { // one\na: // two\n1 /* three */\n/// four\nb: 2 }", two, "");
    assert_parse("let x = {a: 1,,\n,b: 2,,}", two, "");
    const char *minus = "(let x (list (name a) (unary - (name b)) (list (name c))))";
    assert_parse("let x = [\na\n-b\n[c]\n]", minus, "");
    const char *sum = "(let x (binary + (name a) (member c (name b) (name c))))";
    assert_parse("let x = a\n+ b\n.c", sum, "");
    assert_parse("let x =\na +\nb\n.c", sum, "");
    assert_parse("let x = (a\n+\nb.c\n)", sum, "");
    assert_parse("let x = a\n  ? b\n  : c", "(let x (conditional (name a) (name b) (name c)))", "");
    assert_parse("if a {\n}\nelse if b {\n}\nelse\n{\n}",
                 "(if (name a) (block) (if (name b) (block) (block)))", "");
}

static void test_keywords(void) {
    assert_parse("let let = if\nlet if = let", "(let let (name if)) (let if (name let))", "");
    assert_parse(
        "a b {\n if: 1\n for: 2\n else\n rule: 3\n let: 4\n true: 5\n require: 6\n in\n}",
        "(resource (head a (name b)) (block (property if (name if) (integer 1)) (property for"
        " (name for) (integer 2)) (property else (name else) (name else)) (property rule"
        " (name rule) (integer 3)) (property let (name let) (integer 4)) (property true"
        " (name true) (integer 5)) (property require (name require) (integer 6)) (property in"
        " (name in) (name in))))",
        "");
    assert_parse(
        "location at: is {}\nexisting existing existing {}",
        "(resource (head location (name at) (type-name is)) (block)) (resource (head existing"
        " (name existing)) (block))",
        "");
    assert_expression("existing(\"X\")", "(call (name existing) (string \"X\"))");
    assert_expression("a.if.true", "(member true (member if (name a) (name if)) (name true))");
    assert_parse("construct a.b {\n type: string\n attribute?: T\n rule: U\n}",
                 "(construct a.b (block (property-decl type (type-name string)) (property-decl"
                 " attribute (type-name T)) (property-decl rule (type-name U))))",
                 "");
}

static void test_declarations(void) {
    assert_parse(
        "import { a, b as c } from \"f\"\nimport * as d from 'g'",
        "(import (import-name a) (import-name b (name c)) (string \"f\")) (import d (string"
        " \"g\"))",
        "");
    assert_parse("param a: \"x\" | 2 = \"x\"\ndeploy param b: arn.c",
                 "(param a (type-union (type-literal (string \"x\")) (type-literal (integer 2)))"
                 " (string \"x\")) (param b (type-name arn.c))",
                 "");
    assert_parse("for x in xs if a { l n[x]: T {} }\noutput o = a",
                 "(for (for-header x (name xs) (name a)) (block (resource (head l (name n) (name x)"
                 " (type-name T)) (block)))) (output o (name a))",
                 "");
    assert_parse("existing a b { ...c }", "(resource (head a (name b)) (block (spread (name c))))",
                 "");
}

static void test_types(void) {
    assert_type("A[] | { a: B, b?: C } | { [string]: D }",
                "(type-union (type-list (type-name A)) (type-object (property-decl a (type-name B))"
                " (property-decl b (type-name C))) (type-object (type-name D)))");
    assert_type(
        "\n  | a(b: C, d?: E)\n  | (F | G)[]",
        "(type-union (type-case a (property-decl b (type-name C)) (property-decl d (type-name"
        " E))) (type-list (type-union (type-name F) (type-name G))))");
    assert_type("A | B @c(1) | -3 @d",
                "(type-union (type-name A) (type-decorated (type-name B) (decorator c (integer 1)))"
                " (type-literal (integer -3) (decorator d)))");
    assert_parse(
        "construct k {\n a: A | B = b @c @d\n e?: F | G @h\n}",
        "(construct k (block (property-decl a (type-union (type-name A) (type-name B)) (name"
        " b) (decorator c) (decorator d)) (property-decl e (type-union (type-name F)"
        " (type-name G)) (decorator h))))",
        "");
    assert_type("a . b /* c */ . d", "(type-name a.b.d)");
}

static void test_construct(void) {
    assert_parse(
        "@docs(\"x\")\n@id(\"y\")\nconstruct k.t {\n"
        "  @warning\n  rule \"D1\" \"m\"\n    when a {\n    require b at c\n    require d\n  }\n"
        "  attribute e: arn.f { cfn: att(\"X\") }\n"
        "  @at(\"Y\") @when(a)\n  cfn \"Custom::X\" { A: b }\n  cdk { }\n}",
        "(construct k.t (decorator docs (string \"x\")) (decorator id (string \"y\")) (block"
        " (rule (decorator warning) (rule-head (string \"D1\") (string \"m\") (name a))"
        " (require (name b) (name c)) (require (name d))) (attribute e (type-name arn.f)"
        " (object (property cfn (name cfn) (call (name att) (string \"X\"))))) (clause cfn"
        " (decorator at (string \"Y\")) (decorator when (name a)) (string \"Custom::X\")"
        " (object (property A (name A) (name b)))) (clause cdk (object))))",
        "");
}

static void test_recovery(void) {
    // The members around a mistake stay, and so does the name of the one that holds it.
    assert_parse(
        "a b {\n c: 1 2\n d: \n e: (1 +)\n f: 3\n}",
        "(resource (head a (name b)) (block (property c (name c) (error)) (property d (name d)"
        " (error)) (property e (name e) (error)) (property f (name f) (integer 3))))",
        "D1001@2:7 D1001@3:4 D1001@4:9");
    assert_parse("a b C {\n d: 1\n}\nlet x 1\nlet y = [1, 2 3, 4]",
                 "(resource (head a (name b)) (block (property d (name d) (integer 1)))) (let x "
                 "(error)) (let y (list (integer 1) (integer 2) (integer 3) (integer 4)))",
                 "D1032@1:1 D1027@4:5 D1026@5:13");
    assert_parse("a b {\n  c d {\n    e: 1\n\n  f g { }\n}\nlet x = 1", NULL, "D1004@2:7");
    assert_parse("a b {\n  c: [1, 2\n  d: 3\n}\nlet x = 1", NULL, "D1004@2:6");
    assert_parse("a b {\n  c: f(1\n}\nlet x = 1", NULL, "D1004@2:7");
    assert_parse("let x = 1)\n}\nlet y = 2", "(let x (integer 1)) (let y (integer 2))",
                 "D1005@1:10 D1005@2:1");
    assert_parse("if {\n}\nfor x of y { z: 1 }\nlet a = 1", NULL, "D1001@2:2 D1017@3:7");
    assert_parse("let x = [for a in b: 1, 2]\nlet y = a[1, 2]\nlet z = (1, 2)", NULL,
                 "D1001@1:23 D1001@2:12 D1001@3:11");
    assert_parse("[t\ne", NULL, "D1004@1:1 D1012@2:1");
    // The bracket that is put in at the end belongs to what was passed over.
    assert_parse("t o\n t{", NULL, "D1035@1:1 D1004@2:3");
}

static void test_elsewhere(void) {
    assert_parse(
        "a b {\n c = 1\n d { e: 2 }\n f: 3;\n}",
        "(resource (head a (name b)) (block (property c (name c) (integer 1)) (property d"
        " (name d) (object (property e (name e) (integer 2)))) (property f (name f) (integer"
        " 3))))",
        "D1014@2:4 D1020@3:2 D1015@4:6");
    assert_parse(
        "const a = 1\nexport let b = 2\nc = 3 # no\nlet d = a === b\nlet e = a?.b",
        "(let a (integer 1)) (let b (integer 2)) (let c (integer 3)) (let d (binary == (name a)"
        " (name b))) (let e (member b (name a) (name b)))",
        "D1017@1:1 D1017@2:1 D1012@3:1 D1016@3:7 D1018@4:11 D1018@5:10");
    assert_parse("let a = null\nlet b = this.x\nlet c = new X(1)", NULL, "D1017@2:9 D1025@3:9");
    assert_parse("module (b: C) {\n d: 1\n}\nuse a {\n}\nlet g = 1", NULL, "D1038@1:1 D1001@4:7");
    assert_parse("let a = `b`\nlet na\xc3\xafve = 1\nlet c = a => b", NULL,
                 "D1006@1:9 D1038@2:1 D1006@2:5 D1018@3:11");
    assert_parse("let a = { b c { } }\n@d\nimport * as x from \"e\"\nf: 1\n...g", NULL,
                 "D1013@1:11 D1021@2:1 D1012@4:1 D1012@5:1");
    assert_parse("let a = (b + c)(1)", NULL, "D1019@1:9");
}

static void test_bytes(void) {
    assert_parse("\xef\xbb\xbflet a = 1", "(let a (integer 1))", "");
    assert_parse("", "", "");
    assert_parse("let a = \"\xff\xfe\" + \"\xff\"", NULL, "D0005@1:10");
    Parsed *parsed = parse_bytes("let a\0= 1", 9);
    g_autofree char *found = diagnostics_text(parsed);
    g_assert_cmpstr(found, ==, "D0006@1:6");
    g_assert_cmpuint(parsed->source.token_count, ==, 1);
    parsed_free(parsed);
}

static void test_docs(void) {
    const char *text = "/// not this\n\n/// One\n///  two\n@d\nparam a: T\n// no\nlet b = 1\n";
    Parsed *parsed = parse_bytes(text, strlen(text));
    const Node *param = parsed->source.tree->a;
    Arena *arena = parsed->compilation.arena;
    g_assert_cmpstr(node_doc(param, &parsed->source, arena), ==, "One\n two");
    g_assert_null(node_doc(param->next, &parsed->source, arena));
    g_autoptr(GString) out = g_string_new(NULL);
    tree_dump(param->next, &parsed->source, out);
    g_assert_cmpstr(out->str, ==, "let b  8:1..8:10\n  integer 1  8:9..8:10\n");
    g_string_truncate(out, 0);
    tokens_dump(&parsed->source, out);
    g_assert_nonnull(strstr(out->str, "3:1..3:8 DOC \"/// One\" newline blank\n"));
    g_assert_nonnull(strstr(out->str, "6:1..6:6 PARAM \"param\" newline\n"));
    parsed_free(parsed);
}

// Sizes

static char *repeated(const char *before, const char *part, size_t count, const char *after) {
    GString *text = g_string_new(before);
    for (size_t i = 0; i < count; ++i) {
        g_string_append(text, part);
    }
    g_string_append(text, after);
    return g_string_free(text, FALSE);
}

static size_t errors_in(const char *before, const char *part, size_t count, const char *after) {
    g_autofree char *text = repeated(before, part, count, after);
    Parsed *parsed = parse_bytes(text, strlen(text));
    size_t errors = diagnostics_count(parsed->compilation.diagnostics, SEVERITY_ERROR);
    parsed_free(parsed);
    return errors;
}

static void test_depth(void) {
    const size_t many = 100000;
    g_autofree char *closers = repeated("1", "]", PARSE_MAX_DEPTH, "");
    g_assert_cmpuint(errors_in("let a = ", "[", PARSE_MAX_DEPTH, closers), ==, 0);
    g_autofree char *more = repeated("1", "]", PARSE_MAX_DEPTH + 1, "");
    g_assert_cmpuint(errors_in("let a = ", "[", PARSE_MAX_DEPTH + 1, more), ==, 1);
    g_assert_cmpuint(errors_in("let a = b", " + b", PARSE_MAX_DEPTH, ""), ==, 0);
    g_assert_cmpuint(errors_in("let a = b", " + b", PARSE_MAX_DEPTH + 1, ""), ==, 1);
    g_assert_cmpuint(errors_in("let a = b", " + b", many, ""), ==, 1);
    g_assert_cmpuint(errors_in("let a = ", "!", many, "b"), ==, 1);
    g_assert_cmpuint(errors_in("let a = ", "b ? c : ", many, "d"), ==, 1);
    g_assert_cmpuint(errors_in("let a = b", ".c", many, ""), ==, 1);
    g_assert_cmpuint(errors_in("type a = b", "[]", many, ""), ==, 1);
    g_assert_cmpuint(errors_in("type a = b", ".c", many, ""), ==, 0);
    g_assert_cmpuint(errors_in("if a {}", " else if a {}", many, ""), ==, 1);
    g_assert_cmpuint(errors_in("let a = ", "\"${", many, ""), >, 0);
    g_assert_cmpuint(errors_in("", "/*", many, ""), ==, 1);
}

static void test_sizes(void) {
    const size_t many = 200000;
    g_assert_cmpuint(errors_in("a b {\n", "c: 1\n", many, "}"), ==, 0);
    g_assert_cmpuint(errors_in("let a = [", "1, ", many, "]"), ==, 0);
    g_assert_cmpuint(errors_in("let a = f(", "1, ", many, ")"), ==, 0);
    g_assert_cmpuint(errors_in("let a = \"", "${b}c", many, "\""), ==, 0);
    g_assert_cmpuint(errors_in("type a = b", " | c", many, ""), ==, 0);
    g_assert_cmpuint(errors_in("a b {\n", "c: 1 2\n", many, "}"), ==, many);
    g_assert_cmpuint(errors_in("", "}", many, ""), ==, many);
}

// Whatever the bytes are: it ends, the text is as it was, and an error in the tree has a
// diagnostic.

static void count_errors(Node *node, void *data) {
    *(size_t *)data += node->kind == NODE_ERROR;
    g_assert_cmpuint(node->start, <=, node->end);
    node_each_child(node, count_errors, data);
}

static void assert_survives(const char *text, size_t length) {
    Parsed *parsed = parse_bytes(text, length);
    size_t errors = 0;
    count_errors(parsed->source.tree, &errors);
    if (errors > 0) {
        g_assert_cmpuint(diagnostics_count(parsed->compilation.diagnostics, SEVERITY_ERROR), >, 0);
    }
    const Token *tokens = parsed->source.tokens;
    for (uint32_t i = 0; i + 1 < parsed->source.token_count; ++i) {
        g_assert_cmpuint(tokens[i].end, <=, tokens[i + 1].start);
    }
    g_assert_cmpuint(tokens[parsed->source.token_count - 1].kind, ==, TOK_END);
    parsed_free(parsed);
}

static const char sample[] =
    "import { a, b as c } from \"./n\"\n/// doc\n@d(1)\ndeploy param p: \"x\" | arn.y = 'z'\n"
    "environment e {\n  n: \"o-${s}\"\n  if i { l h: D { c: [1, -2.5], } } else if j { } else { }\n"
    "  for k, v in {for x, y in m: [x]: y + 1} if q { r s[k]: T {} }\n  ...b ?? { f: g ? 1 : 2 }\n"
    "  t: \"\"\"\n    u ${w}\n    \"\"\"\n}\nconstruct l.T {\n  a?: (X | Y)[] = x @z\n"
    "  rule \"D1\" \"m\" when a is l.T { require !b at c }\n  attribute u: { [string]: V } { cfn: "
    "1 }\n"
    "  @at(\"R\")\n  cfn \"C\" { D: e }\n}\ntype U =\n    c(d: E) @f\n  | G\noutput o = /* c */ "
    "a[*].b\n";

static void test_truncations(void) {
    assert_parse(sample, NULL, "");
    for (size_t length = 0; length < sizeof sample; ++length) {
        assert_survives(sample, length);
        assert_survives(sample + length, sizeof sample - 1 - MIN(length, sizeof sample - 1));
    }
}

static void test_mutations(void) {
    static const char pieces[] = "{}[]()\"'$\\`:=,|?@.#;!-\n /*\xc3";
    g_autoptr(GRand) random = g_rand_new_with_seed(20240607);
    for (unsigned round = 0; round < 3000; ++round) {
        g_autoptr(GString) text = g_string_new(sample);
        for (int i = g_rand_int_range(random, 1, 6); i > 0; --i) {
            gssize at = g_rand_int_range(random, 0, (gint32)text->len - 20);
            gssize length = g_rand_int_range(random, 0, 12);
            if (g_rand_boolean(random)) {
                g_string_erase(text, at, length);
            } else {
                char piece = pieces[g_rand_int_range(random, 0, (gint32)sizeof pieces - 1)];
                g_string_insert_c(text, at, piece);
            }
        }
        assert_survives(text->str, text->len);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/syntax/names", test_names);
    g_test_add_func("/syntax/arena", test_arena);
    g_test_add_func("/syntax/expressions", test_expressions);
    g_test_add_func("/syntax/numbers", test_numbers);
    g_test_add_func("/syntax/strings", test_strings);
    g_test_add_func("/syntax/separators", test_separators);
    g_test_add_func("/syntax/keywords", test_keywords);
    g_test_add_func("/syntax/declarations", test_declarations);
    g_test_add_func("/syntax/types", test_types);
    g_test_add_func("/syntax/construct", test_construct);
    g_test_add_func("/syntax/recovery", test_recovery);
    g_test_add_func("/syntax/elsewhere", test_elsewhere);
    g_test_add_func("/syntax/bytes", test_bytes);
    g_test_add_func("/syntax/docs", test_docs);
    g_test_add_func("/syntax/depth", test_depth);
    g_test_add_func("/syntax/sizes", test_sizes);
    g_test_add_func("/syntax/truncations", test_truncations);
    g_test_add_func("/syntax/mutations", test_mutations);
    return g_test_run();
}
