// The TypeScript back end, on models made by hand. That the texts are what prettier would write was
// found out by asking it; that they compile and synthesise is asked in tests/oracle.
#include "backend.h"
#include "emit_models.h"

#include <glib.h>
#include <string.h>

#define DEPOT    "@stage-tech/depot-cdk"
#define LONGNAME "aNameThatIsAsLongAsTheNamesThatPeopleReallyWrite"

typedef struct Fixture {
    Arena *arena;
    Model *model;
    EmitFiles *files;
} Fixture;

static void setup(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    fixture->arena = arena_new();
    fixture->model = make_model(fixture->arena, "cdk", "orders");
    fixture->files = emit_files_new();
}

static void teardown(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    emit_files_free(fixture->files);
    arena_free(fixture->arena);
}

static const char *find_file(const EmitFiles *files, const char *path) {
    for (size_t i = 0; i < emit_files_count(files); i++) {
        const EmitFile *file = emit_files_get(files, i);
        if (strcmp(file->path, path) == 0) {
            g_assert_cmpuint(strlen(file->text), ==, file->length);
            return file->text;
        }
    }
    return NULL;
}

static const char *emitted(Fixture *fixture, const char *path) {
    if (emit_files_count(fixture->files) == 0) {
        backend_find("cdk")->emit(fixture->model, fixture->files);
    }
    const char *text = find_file(fixture->files, path);
    g_assert_nonnull(text);
    return text;
}

static const char *stack_text(Fixture *fixture) {
    return emitted(fixture, "lib/orders-stack.ts");
}

static void expect_in(const char *text, const char *expected) {
    if (!strstr(text, expected)) {
        g_test_message("not found:\n%s\nin:\n%s", expected, text);
        g_test_fail();
    }
}

/// A resource that is made by `new CLASS(this, "Id", props)`.
static ModelResource *add_class(Fixture *fixture, const char *variable, const char *id,
                                const char *class, const Value *props) {
    Arena *arena = fixture->arena;
    ModelResource *resource = add_resource(fixture->model, variable, id);
    add_part(fixture->model, resource, "", "Resource",
             make_object(arena, "class", make_string(arena, class), "from",
                         make_string(arena, DEPOT), props ? "props" : NULL, props, NULL));
    return resource;
}

/// Writes `value` as the property `key` of a construct and compares the lines.
static void expect_property(const Fixture *outer, const char *key, const Value *value,
                            const char *expected) {
    Fixture fixture = {outer->arena, make_model(outer->arena, "cdk", "orders"), emit_files_new()};
    add_class(&fixture, "a", "A", "A", make_object(outer->arena, key, value, NULL));
    const char *text = stack_text(&fixture);
    const char *begin = strstr(text, "new A(this, \"A\", {\n");
    g_assert_nonnull(begin);
    begin += strlen("new A(this, \"A\", {\n");
    const char *end = strstr(begin, "    });\n");
    g_assert_nonnull(end);
    g_autofree char *lines = g_strndup(begin, (gsize)(end - begin));
    g_assert_cmpstr(lines, ==, expected);
    emit_files_free(fixture.files);
}

static const Value *symbol(Fixture *fixture, const char *text) {
    return make_symbol(fixture->arena, DEPOT, text);
}

static void test_strings(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    expect_property(fixture, "v", make_string(arena, "it's"), "      v: \"it's\",\n");
    expect_property(fixture, "v", make_string(arena, "\"a\" 'b' \""),
                    "      v: '\"a\" \\'b\\' \"',\n");
    expect_property(fixture, "v", make_string(arena, "\"a' \\ ${b} `"),
                    "      v: \"\\\"a' \\\\ ${b} `\",\n");
    expect_property(fixture, "v", make_string(arena, "\n\r\t\b\f\v\x01\x7f"),
                    "      v: \"\\n\\r\\t\\b\\f\\v\\u0001\\u007f\",\n");
    // Invisible: a line separator, a change of direction, a no-break space; a flag, a byte that is
    // no UTF-8. Visible: letters, ideographs, a plain emoji.
    expect_property(fixture, "v", make_string(arena, "\u2028\u202e\u202c\u00a0\U0001F1E9\xff|é日😀"),
                    "      v: \"\\u2028\\u202e\\u202c\\u00a0\\u{1f1e9}\\ufffd|é日😀\",\n");
}

static void test_keys(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    const Value *one = make_int(fixture->arena, 1);
    expect_property(fixture, "plain_$1", one, "      plain_$1: 1,\n");
    expect_property(fixture, "größe", one, "      größe: 1,\n");
    expect_property(fixture, "a-b", one, "      \"a-b\": 1,\n");
    expect_property(fixture, "1", one, "      \"1\": 1,\n");
    expect_property(fixture, "", one, "      \"\": 1,\n");
    expect_property(fixture, "a\"\n", one, "      'a\"\\n': 1,\n");
    expect_property(fixture, "__proto__", one, "      [\"__proto__\"]: 1,\n");
}

static void test_scalars(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    expect_property(fixture, "v", make_int(arena, -5), "      v: -5,\n");
    expect_property(fixture, "v", make_number(arena, 1e21), "      v: 1e21,\n");
    expect_property(fixture, "v", make_number(arena, -1e-7), "      v: -1e-7,\n");
    expect_property(fixture, "v", make_bool(arena, true), "      v: true,\n");
    expect_property(fixture, "v", make_bool(arena, false), "      v: false,\n");
    expect_property(fixture, "v", make_null(arena), "      v: null,\n");
    expect_property(fixture, "v", make_this(arena), "      v: this,\n");
    expect_property(fixture, "v", make_object(arena, NULL), "      v: {},\n");
    expect_property(fixture, "v", make_items(arena, VALUE_LIST, NULL, NULL), "      v: [],\n");
}

static void test_templates(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *region = make_pseudo(arena, "AWS::Region");
    const Value *nested = make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "${x}"), region,
                                     make_int(arena, 2), NULL);
    expect_property(fixture, "v",
                    make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "`\\\n$"), nested,
                               make_string(arena, "$"), NULL),
                    "      v: `\\`\\\\\\n$\\${x}${Aws.REGION}2\\$`,\n");
    expect_property(fixture, "v", make_items(arena, VALUE_CONCAT, NULL, region, NULL),
                    "      v: Aws.REGION,\n");
    expect_property(fixture, "v",
                    make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "a"),
                               make_bool(arena, true), NULL),
                    "      v: \"atrue\",\n");
    // Never broken, however long.
    const Value *secret =
        make_named(arena, VALUE_DYNAMIC, "secretsmanager", make_string(arena, LONGNAME),
                   make_string(arena, "user"), NULL);
    expect_property(fixture, LONGNAME,
                    make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "x"), secret, NULL),
                    "      " LONGNAME ": `x${SecretValue.secretsManager(\"" LONGNAME
                    "\", { jsonField: \"user\" }).unsafeUnwrap()}`,\n");
}

static void test_intrinsics(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *name = make_string(arena, "/a");
    const Value *region = make_pseudo(arena, "AWS::Region");
    expect_property(fixture, "v", make_pseudo(arena, "AWS::Other"),
                    "      v: Fn.ref(\"AWS::Other\"),\n");
    expect_property(fixture, "v", make_named(arena, VALUE_FUNCTION, "Fn::GetAZs", region, NULL),
                    "      v: Fn.getAzs(Aws.REGION),\n");
    expect_property(
        fixture, "v",
        make_named(arena, VALUE_FUNCTION, "Fn::Select", make_int(arena, 1),
                   make_items(arena, VALUE_LIST, NULL, region, make_int(arena, 3), NULL), NULL),
        "      v: Fn.select(1, [Aws.REGION, \"3\"]),\n");
    expect_property(fixture, "v",
                    make_named(arena, VALUE_DYNAMIC, "secretsmanager", name, make_string(arena, ""),
                               make_string(arena, ""), make_string(arena, "v1"), NULL),
                    "      v: SecretValue.secretsManager(\"/a\", { versionId: \"v1\" "
                    "}).unsafeUnwrap(),\n");
    expect_property(fixture, "v", make_named(arena, VALUE_DYNAMIC, "secretsmanager", name, NULL),
                    "      v: SecretValue.secretsManager(\"/a\").unsafeUnwrap(),\n");
    expect_property(fixture, "v",
                    make_named(arena, VALUE_DYNAMIC, "ssm", name, make_string(arena, "3"), NULL),
                    "      v: new CfnDynamicReference(\n"
                    "        CfnDynamicReferenceService.SSM,\n"
                    "        \"/a:3\",\n"
                    "      ).toString(),\n");
    expect_property(fixture, "v", make_named(arena, VALUE_DYNAMIC, "ssm-secure", region, NULL),
                    "      v: new CfnDynamicReference(\n"
                    "        CfnDynamicReferenceService.SSM_SECURE,\n"
                    "        Aws.REGION,\n"
                    "      ).toString(),\n");
}

/// A list of `count` numbers.
static const Value *numbers(Arena *arena, size_t count) {
    const Value *items[64];
    for (size_t i = 0; i < count; i++) {
        items[i] = make_int(arena, (int64_t)(i * 1000) - 1000);
    }
    return make_items_of(arena, VALUE_LIST, NULL, items, count);
}

static void test_references(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    ModelResource *hot = add_class(fixture, "hot", "Hot", "A", NULL);
    expect_property(fixture, "v", make_ref(arena, hot->parts),
                    "      v: Fn.ref(\"Hot659A85A5\"),\n");
    expect_property(fixture, "v", make_getatt(arena, hot->parts, "Arn"),
                    "      v: Fn.getAtt(\"Hot659A85A5\", \"Arn\").toString(),\n");
}

static void test_lists(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *word = make_string(arena, "twenty-four characters!!");
    const Value *pair = make_items(arena, VALUE_LIST, NULL, word, word, NULL);
    expect_property(fixture, "v", pair,
                    "      v: [\"twenty-four characters!!\", \"twenty-four characters!!\"],\n");
    expect_property(fixture, "v", make_items(arena, VALUE_LIST, NULL, word, word, word, NULL),
                    "      v: [\n"
                    "        \"twenty-four characters!!\",\n"
                    "        \"twenty-four characters!!\",\n"
                    "        \"twenty-four characters!!\",\n"
                    "      ],\n");
    expect_property(
        fixture, "v", numbers(arena, 16),
        "      v: [\n"
        "        -1000, 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000,\n"
        "        11000, 12000, 13000, 14000,\n"
        "      ],\n");
    const Value *one = make_int(arena, 1);
    const Value *row = make_object(arena, "a", one, "b", one, NULL);
    expect_property(fixture, "v", make_items(arena, VALUE_LIST, NULL, row, NULL),
                    "      v: [{ a: 1, b: 1 }],\n");
    expect_property(fixture, "v", make_items(arena, VALUE_LIST, NULL, row, row, NULL),
                    "      v: [\n"
                    "        { a: 1, b: 1 },\n"
                    "        { a: 1, b: 1 },\n"
                    "      ],\n");
}

static void test_objects(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *word = make_string(arena, "twenty-four characters!!");
    expect_property(
        fixture, "v", make_object(arena, "a", word, "b", word, NULL),
        "      v: { a: \"twenty-four characters!!\", b: \"twenty-four characters!!\" },\n");
    const Value *inner = make_object(arena, "a", word, "b", word, NULL);
    expect_property(fixture, "v", make_object(arena, "outer", inner, NULL),
                    "      v: {\n"
                    "        outer: { a: \"twenty-four characters!!\", b: \"twenty-four "
                    "characters!!\" },\n"
                    "      },\n");
}

static void test_assignments(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *word = make_string(arena, "a text that does not fit behind it");
    expect_property(fixture, LONGNAME, word,
                    "      " LONGNAME ":\n        \"a text that does not fit behind it\",\n");
    expect_property(fixture, "key",
                    make_string(arena, LONGNAME LONGNAME), // short keys stay with their value
                    "      key: \"" LONGNAME LONGNAME "\",\n");
    expect_property(fixture, LONGNAME, symbol(fixture, "Something.withALongerName"),
                    "      " LONGNAME ":\n        Something.withALongerName,\n");
    expect_property(fixture, LONGNAME LONGNAME, make_int(arena, 5),
                    "      " LONGNAME LONGNAME ": 5,\n");
    expect_property(fixture, LONGNAME LONGNAME, make_int(arena, -5),
                    "      " LONGNAME LONGNAME ":\n        -5,\n");
}

/// `Chain.start(…).next(…)…`
static const Value *chain(Fixture *fixture, size_t length, const Value *argument) {
    Arena *arena = fixture->arena;
    const Value *value =
        make_items(arena, VALUE_INVOKE, symbol(fixture, "Chain.start"), argument, NULL);
    for (size_t i = 0; i < length; i++) {
        const Value *next = make_field(arena, value, "next");
        value = make_items(arena, VALUE_INVOKE, next, argument, NULL);
    }
    return value;
}

static void test_chains(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *load = symbol(fixture, "load");
    const Value *long_name = symbol(fixture, "aRatherLongNameOfAStep");
    expect_property(fixture, "v", chain(fixture, 3, load),
                    "      v: Chain.start(load).next(load).next(load).next(load),\n");
    expect_property(fixture, "v", chain(fixture, 3, long_name),
                    "      v: Chain.start(aRatherLongNameOfAStep)\n"
                    "        .next(aRatherLongNameOfAStep)\n"
                    "        .next(aRatherLongNameOfAStep)\n"
                    "        .next(aRatherLongNameOfAStep),\n");
    const Value *complex = make_items(
        arena, VALUE_LIST, NULL, make_items(arena, VALUE_LIST, NULL, make_int(arena, 1), NULL),
        make_items(arena, VALUE_LIST, NULL, numbers(arena, 1), NULL), NULL);
    expect_property(fixture, "v", chain(fixture, 2, complex),
                    "      v: Chain.start([[1], [[-1000]]])\n"
                    "        .next([[1], [[-1000]]])\n"
                    "        .next([[1], [[-1000]]]),\n");
    const Value *odd = make_field(arena, symbol(fixture, "b.c"), "not a name");
    expect_property(fixture, "v", odd, "      v: b.c[\"not a name\"],\n");
}

/// Three calls stay on a line only if what they are given is simple.
static void test_chains_of_calls(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *one = make_int(arena, 1);
    const Value *simple = make_items(arena, VALUE_INVOKE, symbol(fixture, "f"),
                                     make_field(arena, symbol(fixture, "x"), "y"), one, NULL);
    expect_property(fixture, "v", chain(fixture, 2, simple),
                    "      v: Chain.start(f(x.y, 1)).next(f(x.y, 1)).next(f(x.y, 1)),\n");
    const Value *many = make_items(arena, VALUE_NEW, symbol(fixture, "F"), one, one, one, NULL);
    expect_property(fixture, "v", chain(fixture, 2, many),
                    "      v: Chain.start(new F(1, 1, 1))\n"
                    "        .next(new F(1, 1, 1))\n"
                    "        .next(new F(1, 1, 1)),\n");
    expect_property(fixture, "v", chain(fixture, 2, make_object(arena, "a", one, NULL)),
                    "      v: Chain.start({ a: 1 }).next({ a: 1 }).next({ a: 1 }),\n");
    expect_property(fixture, "v", chain(fixture, 2, make_object(arena, "__proto__", one, NULL)),
                    "      v: Chain.start({ [\"__proto__\"]: 1 })\n"
                    "        .next({ [\"__proto__\"]: 1 })\n"
                    "        .next({ [\"__proto__\"]: 1 }),\n");
    const Value *first = make_items(arena, VALUE_INVOKE, symbol(fixture, "begin"), NULL);
    for (int i = 0; i < 2; i++) {
        first = make_items(arena, VALUE_INVOKE, make_field(arena, first, "next"), NULL);
    }
    expect_property(fixture, "v", first, "      v: begin().next().next(),\n");
}

static void test_arguments(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *word = make_string(arena, "twenty-four characters!!");
    const Value *options = make_object(arena, "first", word, "second", word, NULL);
    const Value *call = symbol(fixture, "Thing.make");
    expect_property(fixture, "v", make_items(arena, VALUE_INVOKE, call, options, NULL),
                    "      v: Thing.make({\n"
                    "        first: \"twenty-four characters!!\",\n"
                    "        second: \"twenty-four characters!!\",\n"
                    "      }),\n");
    expect_property(fixture, "v", make_items(arena, VALUE_NEW, call, word, word, word, NULL),
                    "      v: new Thing.make(\n"
                    "        \"twenty-four characters!!\",\n"
                    "        \"twenty-four characters!!\",\n"
                    "        \"twenty-four characters!!\",\n"
                    "      ),\n");
    // An object inside is opened before the arguments are broken up, unless another is before it.
    expect_property(fixture, "v", make_items(arena, VALUE_INVOKE, call, options, options, NULL),
                    "      v: Thing.make(\n"
                    "        {\n"
                    "          first: \"twenty-four characters!!\",\n"
                    "          second: \"twenty-four characters!!\",\n"
                    "        },\n"
                    "        {\n"
                    "          first: \"twenty-four characters!!\",\n"
                    "          second: \"twenty-four characters!!\",\n"
                    "        },\n"
                    "      ),\n");
}

static void test_comments(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    static const char *const DOCS[][2] = {
        {"One line.", "    /** One line. */\n"},
        {"Ends */ here */", "    /** Ends *\\/ here *\\/ */\n"},
        {"Two lines,  \n\n  the last\tindented\r",
         "    /**\n     * Two lines,\n     *\n     *   the last indented\n     */\n"},
        {"@ts-expect-error", "    /**\n     * @ts-expect-error\n     */\n"},
        {"a\u202eb\u202c\x01", "    /** a\\u202eb\\u202c\\u0001 */\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(DOCS); i++) {
        const char *variable = arena_printf(fixture->arena, "r%zu", i);
        const char *id = arena_printf(fixture->arena, "R%zu", i);
        add_class(fixture, variable, id, "A", NULL)->doc = DOCS[i][0];
    }
    for (size_t i = 0; i < G_N_ELEMENTS(DOCS); i++) {
        g_autofree char *expected =
            g_strdup_printf("\n\n%s    new A(this, \"R%zu\");\n", DOCS[i][1], i);
        expect_in(stack_text(fixture), expected);
    }
}

static void test_empty(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    g_assert_cmpstr(stack_text(fixture), ==,
                    "// Written by depotc from the .depot source; changes belong there.\n"
                    "import { Stack, StackProps } from \"aws-cdk-lib/core\";\n"
                    "import { Construct } from \"constructs\";\n"
                    "\n"
                    "export class OrdersStack extends Stack {\n"
                    "  constructor(scope: Construct, id: string, props?: StackProps) {\n"
                    "    super(scope, id, props);\n"
                    "  }\n"
                    "}\n");
    expect_in(emitted(fixture, "test/orders.test.ts"),
              "expect(template.toJSON()).toMatchSnapshot();\n");
}

static void test_parameters_and_outputs(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    static const char *allowed[] = {"a", "b"};
    Arena *arena = fixture->arena;
    fixture->model->stacks->doc = "About \"it\".";
    ModelParameter *name = add_parameter(fixture->model, "name", PARAMETER_STRING);
    name->doc = "What it is called.";
    name->default_value = make_string(arena, "a");
    name->allowed = allowed;
    name->allowed_count = 2;
    name->pattern = "^[a-z]\\d$";
    name->constraint = "short";
    name->has_min_length = true;
    name->min_length = 1;
    ModelParameter *size = add_parameter(fixture->model, "size", PARAMETER_NUMBER);
    size->has_max_value = true;
    size->max_value = 1e21;
    ModelParameter *zones = add_parameter(fixture->model, "zones", PARAMETER_LIST);
    add_parameter(fixture->model, "unused", PARAMETER_STRING);
    add_class(fixture, "a", "A", "A",
              make_object(arena, "name", make_parameter(arena, name), "size",
                          make_parameter(arena, size), "zones", make_parameter(arena, zones),
                          NULL));
    add_output(fixture->model, "size2", make_parameter(arena, size))->doc = "How large.";
    add_output(fixture->model, "zones2", make_parameter(arena, zones));
    Value *port = arena_new_object(arena, Value);
    *port = *make_field(arena, symbol(fixture, "B"), "port");
    port->number = true;
    add_output(fixture->model, "port", port);
    const char *text = stack_text(fixture);
    expect_in(text, "    super(scope, id, {\n"
                    "      description: 'About \"it\".',\n"
                    "      ...props,\n"
                    "    });\n"
                    "\n"
                    "    const name = new CfnParameter(this, \"Name\", {\n"
                    "      description: \"What it is called.\",\n"
                    "      default: \"a\",\n"
                    "      allowedValues: [\"a\", \"b\"],\n"
                    "      allowedPattern: \"^[a-z]\\\\d$\",\n"
                    "      constraintDescription: \"short\",\n"
                    "      minLength: 1,\n"
                    "    });\n");
    expect_in(text, "\n    const size = new CfnParameter(this, \"Size\", {\n"
                    "      type: \"Number\",\n"
                    "      maxValue: 1e21,\n"
                    "    });\n");
    expect_in(text, "\n    new CfnParameter(this, \"Unused\");\n");
    expect_in(text, "      name: name.valueAsString,\n"
                    "      size: size.valueAsNumber,\n"
                    "      zones: zones.valueAsList,\n");
    expect_in(text, "\n    new CfnOutput(this, \"Size2\", {\n"
                    "      description: \"How large.\",\n"
                    "      value: size.valueAsString,\n"
                    "    });\n");
    expect_in(text, "      value: Fn.join(\",\", zones.valueAsList),\n");
    expect_in(text, "      value: Token.asString(B.port),\n");
}

static void test_clashing_ids(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    add_parameter(fixture->model, "hot", PARAMETER_STRING);
    add_class(fixture, "hot2", "Hot", "A", NULL);
    add_class(fixture, "hotOutput", "HotOutput", "A", NULL);
    add_output(fixture->model, "hot", make_int(arena, 1));
    const char *text = stack_text(fixture);
    expect_in(text, "    const hotParameter = new CfnParameter(this, \"HotParameter\");\n"
                    "    hotParameter.overrideLogicalId(\"Hot\");\n");
    expect_in(text, "    new CfnOutput(this, \"HotOutput2\", {\n"
                    "      key: \"Hot\",\n"
                    "      value: \"1\",\n");
}

static void test_clashing_names(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    ModelResource *scope = add_class(fixture, "scope", "Scope", "Stack", NULL);
    add_class(fixture, "a", "A", "OrdersStack.X",
              make_object(arena, "on", make_variable(arena, scope), "rule",
                          make_symbol(arena, "aws-cdk-lib/aws-events", "Rule"), "other",
                          make_symbol(arena, "aws-cdk-lib/aws-events-targets", "Rule"), NULL));
    const char *text = stack_text(fixture);
    expect_in(text,
              "import {\n"
              "  OrdersStack as DepotCdkOrdersStack,\n"
              "  Stack,\n"
              "} from \"@stage-tech/depot-cdk\";\n"
              "import { Rule } from \"aws-cdk-lib/aws-events\";\n"
              "import { Rule as EventsTargetsRule } from \"aws-cdk-lib/aws-events-targets\";\n"
              "import { Stack as CoreStack, StackProps } from \"aws-cdk-lib/core\";\n");
    expect_in(text, "export class OrdersStack extends CoreStack {\n");
    expect_in(text, "    const scopeLocation = new Stack(this, \"Scope\");\n");
    expect_in(text, "new DepotCdkOrdersStack.X(this, \"A\", {\n"
                    "      on: scopeLocation,\n"
                    "      rule: Rule,\n"
                    "      other: EventsTargetsRule,\n");
}

static void test_parts(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    ModelResource *shared = add_resource(fixture->model, "shared", "Shared");
    shared->properties = make_object(arena, "id", make_string(arena, "x"), NULL);
    add_part(fixture->model, shared, "", "Resource",
             make_object(arena, "call", make_string(arena, "Environment.from"), "from",
                         make_string(arena, DEPOT), NULL));
    ModelResource *load = add_resource(fixture->model, "load", "Load");
    add_part(fixture->model, load, "", "Resource",
             make_object(arena, "method", make_string(arena, "run"), "on",
                         make_variable(arena, shared), "props", make_object(arena, NULL), NULL));
    add_part(fixture->model, load, "", "Schedule",
             make_object(arena, "class", make_string(arena, "Rule"), "from",
                         make_string(arena, "aws-cdk-lib/aws-events"), NULL));
    ModelResource *last = add_class(fixture, "last", "Last", "A", NULL);
    ModelResource *others[] = {shared, load};
    last->dependencies = others;
    last->dependency_count = 2;
    expect_in(stack_text(fixture), "\n    const shared = Environment.from(this, \"Shared\", {\n"
                                   "      id: \"x\",\n"
                                   "    });\n"
                                   "\n    const load = shared.run(this, \"Load\", {});\n"
                                   "    new Rule(load, \"Schedule\");\n"
                                   "\n    const last = new A(this, \"Last\");\n"
                                   "    last.node.addDependency(shared, load);\n"
                                   "  }\n}\n");
    const char *test = emitted(fixture, "test/orders.test.ts");
    expect_in(test, "expect(stack.node.tryFindChild(\"Last\")).toBeDefined();\n");
    g_assert_null(strstr(test, "\"Shared\"")); // what a factory makes is its own business
}

static void test_shorthand(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    ModelResource *table = add_class(fixture, "table", "Table", "A", NULL);
    add_class(fixture, "b", "B", "B",
              make_object(arena, "table", make_variable(arena, table), "other",
                          make_variable(arena, table), NULL));
    expect_in(stack_text(fixture), "    const table = new A(this, \"Table\");\n"
                                   "\n    new B(this, \"B\", {\n"
                                   "      table,\n"
                                   "      other: table,\n"
                                   "    });\n");
}

static void test_project(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Model *model = fixture->model;
    add_class(fixture, "a", "A", "A", NULL);
    const ModelStack first = model->stacks[0];
    ModelStack *stacks = arena_array(fixture->arena, ModelStack, 3);
    stacks[0] = stacks[1] = stacks[2] = first;
    stacks[1].name = "Orders"; // the same file on some systems
    stacks[2].name = "_orders_2";
    stacks[2].class_name = "Orders2Stack";
    model->stacks = stacks;
    model->stack_count = 3;
    model->project = "../My orders";
    g_assert_cmpstr(emitted(fixture, "bin/x.-my-orders.ts"), ==,
                    "#!/usr/bin/env node\n"
                    "// Written by depotc from the .depot source; changes belong there.\n"
                    "import { App } from \"aws-cdk-lib/core\";\n"
                    "import { OrdersStack } from \"../lib/orders-stack\";\n"
                    "import { OrdersStack as OrdersStack2 } from \"../lib/Orders-stack-2\";\n"
                    "import { Orders2Stack } from \"../lib/xorders_2-stack\";\n"
                    "\n"
                    "const app = new App();\n"
                    "new OrdersStack(app, \"orders\");\n"
                    "new OrdersStack2(app, \"Orders\");\n"
                    "new Orders2Stack(app, \"_orders_2\", { stackName: \"stack-orders-2\" });\n");
    expect_in(emitted(fixture, "package.json"), "  \"name\": \"x.-my-orders\",\n");
    expect_in(emitted(fixture, "package.json"), "    \"@stage-tech/depot-cdk\": \"*\",\n"
                                                "    \"aws-cdk-lib\": ");
    expect_in(emitted(fixture, "cdk.json"), "npx tsx bin/x.-my-orders.ts\",\n");
    expect_in(emitted(fixture, "README.md"), "- `Orders` in `lib/Orders-stack-2.ts`\n");
    static const char *const FIXED[] = {"tsconfig.json", "jest.config.js", ".gitignore",
                                        ".npmignore", ".npmrc"};
    for (size_t i = 0; i < G_N_ELEMENTS(FIXED); i++) {
        g_assert_true(g_str_has_suffix(emitted(fixture, FIXED[i]), "\n"));
    }
}

static void test_settings(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    expect_in(emitted(fixture, "cdk.json"), "  \"context\": {}\n}\n");
    const Value *words =
        make_items(arena, VALUE_LIST, NULL, make_string(arena, "a\""), make_int(arena, 2), NULL);
    fixture->model->settings = make_object(arena, "context",
                                           make_object(arena, "@a/b:c", make_bool(arena, true), "d",
                                                       words, "e", make_bool(arena, false), NULL),
                                           NULL);
    EmitFiles *again = emit_files_new();
    backend_find("cdk")->emit(fixture->model, again);
    expect_in(find_file(again, "cdk.json"), "  \"context\": {\n"
                                            "    \"@a/b:c\": true,\n"
                                            "    \"d\": [\"a\\\"\", 2],\n"
                                            "    \"e\": false\n"
                                            "  }\n"
                                            "}\n");
    emit_files_free(again);
}

/// What a broken library could ask for is left out rather than written wrong.
static void test_nothing_to_make(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    add_resource(fixture->model, "none", "None");
    add_part(fixture->model, add_resource(fixture->model, "empty", "Empty"), "", "Resource",
             make_object(arena, NULL));
    add_output(fixture->model, "list", make_items(arena, VALUE_LIST, NULL, NULL));
    expect_in(stack_text(fixture), "    super(scope, id, props);\n"
                                   "\n"
                                   "    new CfnOutput(this, \"List\", {\n"
                                   "      value: \"\",\n");
}

static void test_hostile_symbols(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *hostile = make_symbol(arena, "a\"; exit(); //", "x; y().z`");
    add_class(fixture, "bad name", "\"); exit();", "A", make_object(arena, "v", hostile, NULL));
    const char *text = stack_text(fixture);
    expect_in(text, "import { x__y__ } from 'a\"; exit(); //';\n");
    expect_in(text, "new A(this, '\"); exit();', {\n      v: x__y__[\"z`\"],\n");
    g_assert_null(strstr(emitted(fixture, "package.json"), "exit"));
}

static void test_deterministic(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    for (int i = 0; i < 40; i++) {
        const char *id = arena_printf(fixture->arena, "R%d", i);
        add_class(fixture, id, id, arena_printf(fixture->arena, "C%d", 40 - i), NULL);
    }
    const char *text = stack_text(fixture);
    EmitFiles *again = emit_files_new();
    backend_find("cdk")->emit(fixture->model, again);
    g_assert_cmpstr(find_file(again, "lib/orders-stack.ts"), ==, text);
    emit_files_free(again);
}

#define CASE(name, function) g_test_add("/cdk/" name, Fixture, NULL, setup, function, teardown)

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    CASE("strings", test_strings);
    CASE("keys", test_keys);
    CASE("scalars", test_scalars);
    CASE("templates", test_templates);
    CASE("intrinsics", test_intrinsics);
    CASE("references", test_references);
    CASE("lists", test_lists);
    CASE("objects", test_objects);
    CASE("assignments", test_assignments);
    CASE("chains", test_chains);
    CASE("chains-of-calls", test_chains_of_calls);
    CASE("arguments", test_arguments);
    CASE("comments", test_comments);
    CASE("empty", test_empty);
    CASE("parameters-and-outputs", test_parameters_and_outputs);
    CASE("clashing-ids", test_clashing_ids);
    CASE("clashing-names", test_clashing_names);
    CASE("parts", test_parts);
    CASE("shorthand", test_shorthand);
    CASE("project", test_project);
    CASE("settings", test_settings);
    CASE("nothing-to-make", test_nothing_to_make);
    CASE("hostile-symbols", test_hostile_symbols);
    CASE("deterministic", test_deterministic);
    return g_test_run();
}
