/// The expressions of schemas: what is read, where mistakes are, what is visited.
#include "schema_expression.h"

#include <glib.h>
#include <string.h>

static void test_good(void) {
    static const char *const good[] = {
        "true",
        "number",
        "caller.id == this.owner.id",
        "!caller.anon && this.state != 'closed'",
        "caller.id in this.members",
        "caller.id not in this.banned",
        "caller.id == u.id for any u of this.users",
        "u.active for all u of this.users where u.kind == \"human\"",
        "x.total > 1.5e-3 for any (k, x) of this.lines",
        "this.lines.map(l -> l.price * l.count).sum()",
        "this.lines.filter((a, b) => a > b)",
        "[x.id for x of this.lines where x.count > 0]",
        "{ a: 1, 'b': [2, 3] }",
        "this.a ?? this.b",
        "this.a > 0 ? 'yes' : \"no\"",
        "case when this.a == 1 then 'x' when this.a == 2 then 'y' else null end",
        "case this.a when 1 then 'x' end",
        "with (a = 1, b = this.c) a + b",
        "name like 'A%' and not (a or b)",
        "a[0].b['c']",
        "count(*)",
        "-1 + +2 - ~3 ** 2 << 1",
        "this.größe == 1",
        "  a\n  ==  b  ",
        "it is not null",
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        ExpressionMistake mistake = {0};
        if (!expression_read(arena, good[i], &mistake, NULL, NULL)) {
            g_test_message("%s: expected %s at %zu", good[i], mistake.expected, mistake.offset);
            g_test_fail();
        }
    }
    arena_free(arena);
}

static void assert_bad(const char *text, size_t offset, size_t length, const char *expected) {
    Arena *arena = arena_new();
    ExpressionMistake mistake = {0};
    g_assert_false(expression_read(arena, text, &mistake, NULL, NULL));
    g_assert_cmpstr(mistake.expected, ==, expected);
    g_assert_cmpuint(mistake.offset, ==, offset);
    g_assert_cmpuint(mistake.length, ==, length);
    g_assert_true(mistake.length == 0 || strcmp(expected, "a closing quote") == 0 ||
                  mistake.found != NULL);
    arena_free(arena);
}

static void test_bad(void) {
    assert_bad("", 0, 0, "a value");
    assert_bad("a ==", 4, 0, "a value");
    assert_bad("a = b", 2, 1, "an operator or the end");
    assert_bad("(a", 2, 0, "`)`");
    assert_bad("a b", 2, 1, "an operator or the end");
    assert_bad("a.", 2, 0, "a name");
    assert_bad("a == 'b", 5, 2, "a closing quote");
    assert_bad("a ? b", 5, 0, "`:`");
    assert_bad("a for any x", 11, 0, "`of`");
    assert_bad("a && ; b", 5, 1, "a value");
    assert_bad("a not b", 6, 1, "`in` or `like`");
    assert_bad("case when a", 11, 0, "`then`");
    assert_bad("[1, 2", 5, 0, "`]`");
}

static void test_help(void) {
    Arena *arena = arena_new();
    ExpressionMistake mistake = {0};
    g_assert_false(expression_read(arena, "a = b", &mistake, NULL, NULL));
    g_assert_cmpstr(mistake.help, ==, "equality is written `==`");
    arena_free(arena);
}

/// Every begin of an expression, and deep ones, end with a result.
static void test_nasty(void) {
    Arena *arena = arena_new();
    const char *text =
        "{ a: [case x when (1) then f(b -> 'c').d else -e end for x of y.z] } ? 1 : 2";
    for (size_t length = 0; length < strlen(text); length++) {
        g_autofree char *begin = g_strndup(text, length);
        ExpressionMistake mistake = {0};
        if (!expression_read(arena, begin, &mistake, NULL, NULL)) {
            g_assert_cmpuint(mistake.offset, <=, length);
            g_assert_nonnull(mistake.expected);
        }
    }
    g_autofree char *deep = g_strnfill(100000, '(');
    ExpressionMistake mistake = {0};
    g_assert_false(expression_read(arena, deep, &mistake, NULL, NULL));
    g_autofree char *chain = g_strnfill(100000, '!');
    g_assert_false(expression_read(arena, chain, &mistake, NULL, NULL));
    arena_free(arena);
}

static void collect(const char *name, const char *member, size_t offset, size_t length,
                    void *data) {
    GString *out = data;
    g_string_append_printf(out, "%s%s%s@%zu+%zu ", name, member ? "." : "", member ? member : "",
                           offset, length);
}

static void test_paths(void) {
    Arena *arena = arena_new();
    g_autoptr(GString) out = g_string_new(NULL);
    ExpressionMistake mistake = {0};
    g_assert_true(
        expression_read(arena, "this.a.b == c && this.d() || this . e", &mistake, collect, out));
    g_assert_cmpstr(out->str, ==, "this.a@5+1 c@12+1 this.e@36+1 ");
    arena_free(arena);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schema-expression/good", test_good);
    g_test_add_func("/schema-expression/bad", test_bad);
    g_test_add_func("/schema-expression/help", test_help);
    g_test_add_func("/schema-expression/nasty", test_nasty);
    g_test_add_func("/schema-expression/paths", test_paths);
    return g_test_run();
}
