// The list of diagnostics, similar names, and how people and programs are shown them.
#include "arena.h"
#include "diagnostic.h"
#include "render.h"
#include "reported.h"
#include "tree.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <string.h>

/// An error "E" at `span` with `label` below it.
static Diagnostic *error_at(Fixture *f, Span span, const char *label) {
    Diagnostic *diagnostic = diagnostic_add_rule(f->compilation.diagnostics, "D9999",
                                                 SEVERITY_ERROR, span, "this is wrong");
    diagnostic->label = label;
    return diagnostic;
}

static Diagnostic *warning_at(Fixture *f, const char *code, Span span) {
    return diagnostic_add_rule(f->compilation.diagnostics, code, SEVERITY_WARNING, span, "hm");
}

/// What is allowed is not shown, what is denied waits until it is raised.
static void test_levels(Fixture *f, gconstpointer unused) {
    (void)unused;
    const Source *source = add_source(f, "a.depot", "one two three four");
    Diagnostics *list = f->compilation.diagnostics;
    diagnostics_set_level(list, "W1", SEVERITY_OFF, false, NO_SPAN, "`-A W1`");
    diagnostics_set_level(list, "W2", SEVERITY_OFF, false, NO_SPAN, "`-A W2`");
    diagnostics_set_level(list, "W2", SEVERITY_ERROR, false, at(source, "four"), "`-D W2`");
    diagnostics_set_level(list, "E1", SEVERITY_OFF, false, NO_SPAN, "`-A E1`");
    diagnostics_set_level(list, "E2", SEVERITY_WARNING, true, NO_SPAN, "`-W E2`");
    Diagnostic *allowed = warning_at(f, "W1", at(source, "one"));
    diagnostic_fix(list, allowed, FIX_SAFE, at(source, "one"), "", "take it out");
    const Diagnostic *denied = warning_at(f, "W2", at(source, "one"));
    const Diagnostic *again = warning_at(f, "W2", at(source, "two"));
    const Diagnostic *plain = warning_at(f, "W3", at(source, "two"));
    diagnostic_add_rule(list, "E1", SEVERITY_ERROR, at(source, "three"), "stays");
    diagnostic_add_rule(list, "E2", SEVERITY_ERROR, at(source, "three"), "is lowered");
    g_assert_cmpuint(diagnostics_fixable(list), ==, 0);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_ERROR), ==, 1);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_WARNING), ==, 4);
    diagnostics_raise(list);
    diagnostics_raise(list);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_ERROR), ==, 3);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_WARNING), ==, 2);
    g_assert_cmpstr(denied->labels->text, ==, "a warning, which `-D W2` makes an error");
    g_assert_true(denied->labels->note && again->labels == NULL);
    diagnostics_set_level(list, "warnings", SEVERITY_ERROR, false, NO_SPAN, "`--deny warnings`");
    diagnostics_raise(list);
    g_assert_cmpint(plain->severity, ==, SEVERITY_ERROR);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_ERROR), ==, 4);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_WARNING), ==, 1);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_OFF), ==, 1);
    g_assert_cmpstr(diagnostics_sorted(list)->code, ==, "W2");
}

static char *text_of(Fixture *f, const RenderOptions *options) {
    GString *out = g_string_new(NULL);
    render_text(&f->compilation, options, out);
    return g_string_free(out, FALSE);
}

static void expect_text(Fixture *f, const char *expected) {
    g_autofree char *text = text_of(f, &(RenderOptions){0});
    g_assert_cmpstr(text, ==, expected);
}

static void expect_short(Fixture *f, size_t max_errors, const char *expected) {
    GString *out = g_string_new(NULL);
    render_short(&f->compilation, &(RenderOptions){.max_errors = max_errors}, out);
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
}

// The list

static void test_add(Fixture *f, gconstpointer unused) {
    (void)unused;
    Diagnostics *list = f->compilation.diagnostics;
    Diagnostic *missing = diagnostic_add(list, DIAG_FILE_MISSING, NO_SPAN, "x.depot", NULL);
    g_assert_cmpstr(missing->code, ==, "D0001");
    g_assert_cmpstr(missing->message, ==, "file `x.depot` does not exist");
    g_assert_cmpstr(missing->label, ==, "wanted here");
    g_assert_true(diagnostic_add(list, DIAG_FILE_MISSING, NO_SPAN, "x.depot", NULL) == missing);
    g_assert_true(diagnostic_add(list, DIAG_FILE_MISSING, NO_SPAN, "y.depot", NULL) != missing);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_ERROR), ==, 2);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_WARNING), ==, 0);
}

static void test_nothing_twice(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "one two\n");
    Diagnostics *list = f->compilation.diagnostics;
    for (int i = 0; i < 2; i++) {
        Diagnostic *d = error_at(f, at(source, "one"), NULL);
        diagnostic_label(list, d, at(source, "two"), "second %d", 2);
        diagnostic_note(list, d, at(source, "two"), "note");
        diagnostic_help(list, d, "do it");
        diagnostic_fix(list, d, FIX_SAFE, at(source, "one"), "1", "write `%d`", 1);
    }
    Diagnostic *only = diagnostics_sorted(list);
    g_assert_null(only->next);
    g_assert_cmpstr(only->labels->text, ==, "second 2");
    g_assert_true(only->labels->next->note);
    g_assert_null(only->labels->next->next);
    g_assert_null(only->helps->next);
    g_assert_cmpstr(only->fixes->title, ==, "write `1`");
    g_assert_null(only->fixes->next);
    g_assert_cmpuint(diagnostics_fixable(list), ==, 1);
}

static void test_sorted(Fixture *f, gconstpointer unused) {
    (void)unused;
    add_source(f, "a.depot", "0123456789");
    add_source(f, "b.depot", "0123456789");
    Diagnostics *list = f->compilation.diagnostics;
    static const struct {
        const char *code;
        Span span;
    } given[] = {{"D0009", {SPAN_NONE, 0, 0}}, {"D0005", {1, 2, 3}}, {"D0004", {0, 5, 6}},
                 {"D0003", {0, 5, 6}},         {"D0002", {0, 5, 5}}, {"D0001", {0, 1, 9}}};
    for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
        diagnostic_add_rule(list, given[i].code, SEVERITY_WARNING, given[i].span, "m");
    }
    diagnostic_add_rule(list, "D0000", SEVERITY_OFF, given[0].span, "m");
    static const char *const order[] = {"D0001", "D0002", "D0003", "D0004", "D0005", "D0009"};
    Diagnostic *d = diagnostics_sorted(list);
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++, d = d->next) {
        g_assert_cmpstr(d->code, ==, order[i]);
    }
    g_assert_null(d);
    diagnostic_add_rule(list, "D0000", SEVERITY_ERROR, (Span){0, 0, 0}, "m");
    g_assert_cmpstr(diagnostics_sorted(list)->code, ==, "D0000");
}

static void test_mute(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "one two\n");
    Diagnostics *list = f->compilation.diagnostics;
    diagnostics_mute(list);
    diagnostics_mute(list);
    diagnostics_unmute(list);
    Diagnostic *d = error_at(f, at(source, "one"), NULL);
    diagnostic_fix(list, d, FIX_SAFE, d->span, "1", "write `1`");
    diagnostics_unmute(list);
    g_assert_null(diagnostics_sorted(list));
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_ERROR), ==, 0);
    g_assert_cmpuint(diagnostics_fixable(list), ==, 0);
    error_at(f, at(source, "one"), NULL);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_ERROR), ==, 1);
}

static void test_rows(void) {
    DiagnosticId id = DIAG_COUNT;
    g_assert_true(diagnostic_find("D0001", &id));
    g_assert_cmpint(id, ==, DIAG_FILE_MISSING);
    g_assert_cmpstr(diagnostic_code(id), ==, "D0001");
    g_assert_cmpstr(diagnostic_wording(id), ==, "file `{0}` does not exist");
    g_assert_cmpint(diagnostic_severity(id), ==, SEVERITY_ERROR);
    g_assert_false(diagnostic_find("D0", &id));
    for (DiagnosticId one = 0; one < DIAG_COUNT; one++) {
        const char *wording = diagnostic_wording(one);
        g_assert_true(diagnostic_find(diagnostic_code(one), &id) && id == one);
        g_assert_false(g_ascii_isupper(wording[0]));
        g_assert_false(g_str_has_suffix(wording, "."));
        g_assert_null(strchr(wording, '\n'));
    }
}

// Similar names

static const char *nearest(const char *wanted, const char *const *candidates) {
    Similar similar;
    similar_begin(&similar, wanted);
    for (size_t i = 0; candidates[i]; i++) {
        similar_offer(&similar, candidates[i]);
    }
    return similar_best(&similar);
}
#define NEAREST(wanted, ...) nearest(wanted, (const char *const[]){__VA_ARGS__, NULL})

static void test_similar(void) {
    g_assert_cmpstr(NEAREST("capacityMod", "name", "capacityMode"), ==, "capacityMode");
    g_assert_cmpstr(NEAREST("loaction", "location"), ==, "location"); // two letters swapped
    g_assert_cmpstr(NEAREST("onDemand", "ONDEMANE", "ONDEMAND"), ==, "ONDEMAND");
    g_assert_cmpstr(NEAREST("table_name", "tableNames", "tableName"), ==, "tableName");
    g_assert_cmpstr(NEAREST("table-name", "table_nams", "table_name"), ==, "table_name");
    g_assert_cmpstr(NEAREST("nam", "name", "namf"), ==, "name"); // the first of equals
    g_assert_cmpstr(NEAREST("namf", "fame", "name"), ==, "name");
    g_assert_null(NEAREST("name", "name"));
    g_assert_null(NEAREST("x", "y"));
    g_assert_null(NEAREST("abcdef", "abcxyz"));
    g_assert_null(NEAREST("region", "warehouse", "r"));
    g_assert_null(NEAREST("db", "d")); // of short names every other one is a slip away
    g_assert_null(NEAREST("xs", "s", "ys"));
    g_assert_cmpstr(NEAREST("ap", "ab", "api"), ==, "api");
    g_assert_cmpstr(NEAREST("", "ab"), ==, NULL);
    char longest[300];
    memset(longest, 'a', sizeof longest);
    longest[299] = '\0';
    g_assert_null(NEAREST(longest, "a", longest + 1));
    g_assert_null(NEAREST("aaaa", longest));
}

// Text

static void test_text(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "orders.depot",
                                "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                                "    capacityMod: ONDEMAND\n");
    Diagnostics *list = f->compilation.diagnostics;
    Diagnostic *d = diagnostic_add_rule(list, "D1203", SEVERITY_ERROR, at(source, "capacityMod"),
                                        "unknown property `capacityMod` of location.X");
    d->label = "no such property";
    d->context = "environment `orders` > location `hot`";
    diagnostic_help(list, d, "a property with a similar name exists: `capacityMode`");
    diagnostic_fix(list, d, FIX_SAFE, d->span, "capacityMode", "replace with `capacityMode`");
    expect_text(f, "error[D1203]: unknown property `capacityMod` of location.X\n"
                   "  --> orders.depot:22:5\n"
                   "   |\n"
                   "22 |     capacityMod: ONDEMAND\n"
                   "   |     ^^^^^^^^^^^ no such property\n"
                   "   |\n"
                   "   = help: a property with a similar name exists: `capacityMode`\n"
                   "   = in environment `orders` > location `hot`\n"
                   "\n"
                   "error: 1 error; 1 can be fixed with `depotc check --fix`\n");
}

static void test_labels_in_line(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "let a = one + two\n");
    Diagnostic *d = error_at(f, at(source, "+"), "cannot add these");
    diagnostic_label(f->compilation.diagnostics, d, at(source, "one"), "a string");
    diagnostic_label(f->compilation.diagnostics, d, at(source, "two"), "a number");
    expect_text(f, "error[D9999]: this is wrong\n"
                   " --> a.depot:1:13\n"
                   "  |\n"
                   "1 | let a = one + two\n"
                   "  |         --- ^ --- a number\n"
                   "  |         |   |\n"
                   "  |         |   cannot add these\n"
                   "  |         a string\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_nested_marks(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "x = [one, two]\n");
    Diagnostic *d = error_at(f, at(source, "one"), "this");
    diagnostic_label(f->compilation.diagnostics, d, at(source, "[one, two]"), "in this list");
    expect_text(f, "error[D9999]: this is wrong\n"
                   " --> a.depot:1:6\n"
                   "  |\n"
                   "1 | x = [one, two]\n"
                   "  |     -^^^------\n"
                   "  |     ||\n"
                   "  |     |this\n"
                   "  |     in this list\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_labels_elsewhere(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source =
        add_source(f, "a.depot", "one\ntwo\nthree\nfour\nfive\n6\n7\n8\n9\n10\n11\ntwelve\n");
    Source *other = add_source(f, "b.depot", "here\n");
    Diagnostics *list = f->compilation.diagnostics;
    Diagnostic *d = error_at(f, at(source, "two"), "again");
    diagnostic_label(list, d, at(source, "one"), "near");
    diagnostic_label(list, d, at(source, "five"), "not far");
    diagnostic_label(list, d, at(source, "twelve"), "far");
    diagnostic_label(list, d, at(other, "here"), "elsewhere");
    diagnostic_note(list, d, at(source, "three"), "the constraint stands here");
    diagnostic_note(list, d, NO_SPAN, "this has no place");
    diagnostic_help(list, d, "write it so:\n  a: b");
    expect_text(f, "error[D9999]: this is wrong\n"
                   "  --> a.depot:2:1\n"
                   "   |\n"
                   " 1 | one\n"
                   "   | --- near\n"
                   " 2 | two\n"
                   "   | ^^^ again\n"
                   "...\n"
                   " 5 | five\n"
                   "   | ---- not far\n"
                   "   |\n"
                   "  ::: a.depot:12:1\n"
                   "   |\n"
                   "12 | twelve\n"
                   "   | ------ far\n"
                   "   |\n"
                   "  ::: b.depot:1:1\n"
                   "   |\n"
                   " 1 | here\n"
                   "   | ---- elsewhere\n"
                   "   |\n"
                   "   = note: this has no place\n"
                   "   = help: write it so:\n"
                   "             a: b\n"
                   "note: the constraint stands here\n"
                   "  --> a.depot:3:1\n"
                   "   |\n"
                   " 3 | three\n"
                   "   | ^^^^^\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_many_lines(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "a {\n  b: {\n    c\n  }\n}\n");
    error_at(f, at(source, "{\n    c\n  }"), "never used");
    expect_text(f, "error[D9999]: this is wrong\n"
                   " --> a.depot:2:6\n"
                   "  |\n"
                   "2 |     b: {\n"
                   "  |  ______^\n"
                   "3 | |     c\n"
                   "4 | |   }\n"
                   "  | |___^ never used\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_long_block(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "a {\n 2\n 3\n 4\n 5\n 6\n 7\n}\n");
    Diagnostic *d = error_at(f, at(source, "a {\n 2\n 3\n 4\n 5\n 6\n 7\n}\n"), "all of it");
    diagnostic_label(f->compilation.diagnostics, d, at(source, "6"), "this");
    diagnostic_label(f->compilation.diagnostics, d, at(source, "2\n 3"), "these");
    expect_text(f, "error[D9999]: this is wrong\n"
                   " --> a.depot:1:1\n"
                   "  |\n"
                   "1 | /   a {\n"
                   "2 | | /  2\n"
                   "3 | | |  3\n"
                   "  | | |__- these\n"
                   "4 | |    4\n"
                   "5 | |    5\n"
                   "6 | |    6\n"
                   "  | |    - this\n"
                   "7 | |    7\n"
                   "8 | |   }\n"
                   "  | |___^ all of it\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_gap_in_block(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "a {\n 2\n 3\n 4\n 5\n 6\n 7\n 8\n 9\n}\n");
    error_at(f, at(source, "a {\n 2\n 3\n 4\n 5\n 6\n 7\n 8\n 9\n}\n"), "all of it");
    expect_text(f, "error[D9999]: this is wrong\n"
                   "  --> a.depot:1:1\n"
                   "   |\n"
                   " 1 | / a {\n"
                   " 2 | |  2\n"
                   " 3 | |  3\n"
                   " 4 | |  4\n"
                   "...  |\n"
                   "10 | | }\n"
                   "   | |_^ all of it\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_alignment(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "\xEF\xBB\xBF\t\"漢😀e\xCC\x81\" + bad\r\nnext\r\n");
    Diagnostic *d = error_at(f, at(source, "bad"), "this");
    diagnostic_label(f->compilation.diagnostics, d, at(source, "漢"), "wide");
    expect_text(f, "error[D9999]: this is wrong\n"
                   " --> a.depot:1:11\n"
                   "  |\n"
                   "1 |     \"漢😀e\xCC\x81\" + bad\n"
                   "  |      --       ^^^ this\n"
                   "  |      |\n"
                   "  |      wide\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_hostile(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a\x1B.depot", "a \x1B[2J \xFF\xC2\x9B \xE2\x80\xAE b\n");
    Diagnostic *d = error_at(f, at(source, "b"), "\x1B]0;x\x07");
    d->message = "bad \n\x1B[31m text";
    diagnostic_help(f->compilation.diagnostics, d, "\x9B");
    expect_text(f, "error[D9999]: bad \uFFFD\uFFFD[31m text\n"
                   " --> a\uFFFD.depot:1:13\n"
                   "  |\n"
                   "1 | a \uFFFD[2J \uFFFD\uFFFD \uFFFD b\n"
                   "  |             ^ \uFFFD]0;x\uFFFD\n"
                   "  |\n"
                   "  = help: \uFFFD\n"
                   "\n"
                   "error: 1 error\n");
}

static void test_ends(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "abc\n\n");
    error_at(f, (Span){source->id, 3, 4}, "a line end");
    error_at(f, (Span){source->id, 4, 4}, "an empty line");
    error_at(f, (Span){source->id, 5, 5}, "the end");
    expect_text(f, "error[D9999]: this is wrong\n"
                   " --> a.depot:1:4\n"
                   "  |\n"
                   "1 | abc\n"
                   "  |    ^ a line end\n"
                   "\n"
                   "error[D9999]: this is wrong\n"
                   " --> a.depot:2:1\n"
                   "  |\n"
                   "2 |\n"
                   "  | ^ an empty line\n"
                   "\n"
                   "error[D9999]: this is wrong\n"
                   " --> a.depot:3:1\n"
                   "  |\n"
                   "3 |\n"
                   "  | ^ the end\n"
                   "\n"
                   "error: 3 errors\n");
}

/// No line of the output is longer than what fits, and the marks stand below their text.
static void test_long_line(Fixture *f, gconstpointer unused) {
    (void)unused;
    g_autofree char *left = g_strnfill(1000, 'l');
    g_autofree char *right = g_strnfill(1000, 'r');
    g_autofree char *line = g_strconcat(left, " bad ", right, NULL);
    Source *source = add_source(f, "a.depot", line);
    Diagnostic *d = error_at(f, at(source, "bad"), "this");
    diagnostic_label(f->compilation.diagnostics, d, (Span){source->id, 1500, 1510}, "far off");
    g_autofree char *text = text_of(f, &(RenderOptions){0});
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpstr(lines[1], ==, " --> a.depot:1:1002");
    g_assert_true(g_str_has_prefix(lines[3], "1 | …lll"));
    g_assert_true(g_str_has_suffix(lines[3], "rrr…"));
    g_assert_cmpint(g_utf8_strlen(lines[3], -1), ==, 4 + 122);
    const char *bad = strstr(lines[3], "bad");
    glong column = g_utf8_pointer_to_offset(lines[3], bad);
    g_assert_cmpint(strstr(lines[4], "^^^") - lines[4], ==, column);
    g_assert_true(g_str_has_suffix(lines[4], "- far off"));
    g_assert_nonnull(strstr(text, "this"));
}

/// Marks at the begin, in the middle, at the end, and over all of a line that is too long.
static void test_cuts(Fixture *f, gconstpointer unused) {
    (void)unused;
    g_autofree char *line = g_strnfill(500, 'x');
    Source *source = add_source(f, "a.depot", line);
    error_at(f, (Span){source->id, 0, 2}, NULL);
    error_at(f, (Span){source->id, 498, 500}, NULL);
    error_at(f, (Span){source->id, 500, 500}, NULL);
    error_at(f, (Span){source->id, 0, 500}, NULL);
    g_autofree char *text = text_of(f, &(RenderOptions){0});
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        g_assert_cmpint(g_utf8_strlen(lines[i], -1), <=, 4 + 122);
    }
    g_assert_cmpstr(lines[4], ==, "  | ^^");
    g_assert_true(g_str_has_suffix(lines[10], "^^^"));
}

static void test_no_place(Fixture *f, gconstpointer unused) {
    (void)unused;
    Diagnostics *list = f->compilation.diagnostics;
    Source *source = add_source(f, "a.depot", "x\n");
    Diagnostic *d = diagnostic_add(list, DIAG_FILE_MISSING, NO_SPAN, "x.depot", NULL);
    d->file = "x.depot";
    diagnostic_help(list, d, "look elsewhere");
    d = diagnostic_add_rule(list, "D0900", SEVERITY_WARNING, NO_SPAN, "nothing to do");
    diagnostic_label(list, d, at(source, "x"), "but this");
    expect_text(f, "error[D0001]: file `x.depot` does not exist\n"
                   " --> x.depot\n"
                   "  = help: look elsewhere\n"
                   "\n"
                   "warning[D0900]: nothing to do\n"
                   " --> a.depot:1:1\n"
                   "  |\n"
                   "1 | x\n"
                   "  | - but this\n"
                   "\n"
                   "error: 1 error, 1 warning\n");
    expect_short(f, 0,
                 "x.depot: error[D0001]: file `x.depot` does not exist\n"
                 "warning[D0900]: nothing to do\n");
}

static void test_limit(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "one two three\n");
    expect_text(f, "");
    error_at(f, at(source, "one"), NULL);
    error_at(f, at(source, "two"), NULL);
    error_at(f, at(source, "three"), NULL);
    diagnostic_add_rule(f->compilation.diagnostics, "D0001", SEVERITY_WARNING, at(source, "three"),
                        "hm");
    expect_short(f, 1,
                 "a.depot:1:1: error[D9999]: this is wrong\n"
                 "a.depot:1:9: warning[D0001]: hm\n"
                 "… and 2 more errors\n");
    g_autofree char *text = text_of(f, &(RenderOptions){.max_errors = 2});
    g_assert_true(g_str_has_suffix(text, "\n\n… and 1 more error\n\nerror: 3 errors, 1 warning\n"));
}

static void test_colour(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "one\n");
    Diagnostic *diagnostic = error_at(f, at(source, "one"), "here");
    diagnostic->code = "D1203";
    g_autofree char *text = text_of(f, &(RenderOptions){.colour = true, .pages = PAGES});
    g_assert_cmpstr(text, ==,
                    "\x1b[1;31merror[\x1b]8;;" PAGES "D1203.md\x1b\\D1203\x1b]8;;\x1b\\]"
                    "\x1b[0m\x1b[1m: this is wrong\x1b[0m\n"
                    " \x1b[1;34m-->\x1b[0m a.depot:1:1\n"
                    "  \x1b[1;34m|\x1b[0m\n"
                    "\x1b[1;34m1 |\x1b[0m one\n"
                    "  \x1b[1;34m|\x1b[0m \x1b[1;31m^^^\x1b[0m \x1b[1;31mhere\x1b[0m\n"
                    "\n"
                    "\x1b[1;31merror\x1b[0m\x1b[1m: 1 error\x1b[0m\n");
}

static void test_user_rule(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "one\n");
    Diagnostic *d = diagnostic_add_rule(f->compilation.diagnostics, "ACME-1", SEVERITY_NOTE,
                                        at(source, "one"), "not our way");
    g_assert_null(diagnostic_page(d, &(RenderOptions){.pages = PAGES}, f->compilation.arena));
    expect_text(f, "note[ACME-1]: not our way\n"
                   " --> a.depot:1:1\n"
                   "  |\n"
                   "1 | one\n"
                   "  | ^^^\n"
                   "\n");
}

/// A cycle of a hundred thousand places is cut short.
static void test_many_labels(Fixture *f, gconstpointer unused) {
    (void)unused;
    g_autofree char *text = g_strnfill(200000, '\n');
    Source *source = add_source(f, "a.depot", text);
    Diagnostic *d = error_at(f, (Span){source->id, 0, 1}, "here");
    for (uint32_t i = 0; i < 100000; i++) {
        Span span = {source->id, i * 2, i * 2 + 1};
        diagnostic_label(f->compilation.diagnostics, d, span, "step %u", i);
    }
    g_autofree char *shown = text_of(f, &(RenderOptions){0});
    g_assert_nonnull(strstr(shown, "= note: and 99950 more places\n"));
}

// Context

static Node *node(Fixture *f, NodeKind kind, Span span, Node *a, Node *b, Node *c) {
    Node *made = arena_new_object(f->compilation.arena, Node);
    made->kind = (uint8_t)kind;
    made->file = (uint16_t)span.file;
    made->start = span.start;
    made->end = span.end;
    made->a = a;
    made->b = b;
    made->c = c;
    return made;
}

static Name *name(Fixture *f, const char *text) {
    Name *made = arena_new_object(f->compilation.arena, Name);
    made->text = text;
    return made;
}

static Node *resource(Fixture *f, Span span, const char *kind, const char *called, Node *members) {
    Node *head = node(f, NODE_RESOURCE_HEAD, span, NULL, NULL, NULL);
    head->name = name(f, kind);
    if (called) {
        head->c = node(f, NODE_NAME, span, NULL, NULL, NULL);
        head->c->name = name(f, called);
    }
    return node(f, NODE_RESOURCE, span, head, node(f, NODE_BLOCK, span, members, NULL, NULL), NULL);
}

static void test_context(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *s = add_source(f, "a.depot", "env{ a{ x } if{ b{ y } } else{ c{ z } } for{ d{ w } } }");
    Arena *arena = f->compilation.arena;
    Node *a = resource(f, at(s, "a{ x }"), "location", "a", NULL);
    Node *b = resource(f, at(s, "b{ y }"), "location", "b", NULL);
    Node *c = resource(f, at(s, "c{ z }"), "location", NULL, NULL);
    Node *d = resource(f, at(s, "d{ w }"), "gateway", "d", NULL);
    Span all = {s->id, 0, s->length};
    Node *then = node(f, NODE_BLOCK, all, b, NULL, NULL);
    Node *other = node(f, NODE_BLOCK, all, c, NULL, NULL);
    a->next = node(f, NODE_IF, all, NULL, then, other);
    a->next->next = node(f, NODE_FOR, all, NULL, node(f, NODE_BLOCK, all, d, NULL, NULL), NULL);
    s->tree = node(f, NODE_FILE, all, resource(f, all, "environment", "env", a), NULL, NULL);
    g_assert_cmpstr(diagnostic_context(&f->compilation, at(s, "x"), arena), ==,
                    "environment `env` > location `a`");
    g_assert_cmpstr(diagnostic_context(&f->compilation, at(s, "y"), arena), ==,
                    "environment `env` > location `b`");
    g_assert_cmpstr(diagnostic_context(&f->compilation, at(s, "z"), arena), ==,
                    "environment `env` > location");
    g_assert_cmpstr(diagnostic_context(&f->compilation, at(s, "w"), arena), ==,
                    "environment `env` > gateway `d`");
    g_assert_cmpstr(diagnostic_context(&f->compilation, at(s, "if{ b{ y } }"), arena), ==,
                    "environment `env`");
    g_assert_cmpstr(diagnostic_context(&f->compilation, at(s, "a{ x }"), arena), ==,
                    "environment `env`");
    g_assert_null(diagnostic_context(&f->compilation, at(s, "env{"), arena));
    g_assert_null(diagnostic_context(&f->compilation, NO_SPAN, arena));
    s->library = true;
    g_assert_null(diagnostic_context(&f->compilation, at(s, "x"), arena));
}

// JSON

static cJSON *json_of(Fixture *f, size_t max_errors) {
    GString *out = g_string_new(NULL);
    render_json(&f->compilation,
                &(RenderOptions){.colour = true, .max_errors = max_errors, .pages = PAGES}, out);
    g_assert_true(g_utf8_validate(out->str, -1, NULL));
    g_assert_true(strchr(out->str, '\n') == out->str + out->len - 1);
    cJSON *document = cJSON_Parse(out->str);
    g_assert_nonnull(document);
    g_string_free(out, TRUE);
    return document;
}

static void expect_json(const cJSON *object, const char *key, const char *expected) {
    char *text = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(object, key));
    g_assert_cmpstr(text, ==, expected);
    cJSON_free(text);
}

static void test_json(Fixture *f, gconstpointer unused) {
    (void)unused;
    Source *source = add_source(f, "a.depot", "\n  😀 bad = x\n");
    Diagnostics *list = f->compilation.diagnostics;
    Diagnostic *d = error_at(f, at(source, "bad"), "no");
    d->code = "D1203";
    d->context = "environment `orders` > location `hot`";
    diagnostic_label(list, d, at(source, "x"), "that");
    diagnostic_help(list, d, "use `good`");
    diagnostic_fix(list, d, FIX_SAFE, d->span, "good", "replace with `good`");
    cJSON *document = json_of(f, 0);
    expect_json(document, "formatVersion", "\"1.0\"");
    expect_json(document, "summary", "{\"errors\":1,\"warnings\":0,\"fixable\":1}");
    cJSON *item = cJSON_GetObjectItem(document, "diagnostics")->child;
#define RANGE(from, to)                                                                            \
    "{\"start\":{\"line\":1,\"character\":" from "},\"end\":{\"line\":1,\"character\":" to "}}"
    expect_json(item, "code", "\"D1203\"");
    expect_json(item, "severity", "\"error\"");
    expect_json(item, "message", "\"this is wrong\"");
    expect_json(item, "file", "\"a.depot\"");
    expect_json(item, "range", RANGE("5", "8"));
    expect_json(item, "offset", "{\"start\":8,\"end\":11}");
    expect_json(item, "context", "[\"environment orders\",\"location hot\"]");
    expect_json(item, "related",
                "[{\"message\":\"that\",\"file\":\"a.depot\",\"range\":" RANGE(
                    "11", "12") ",\"offset\":{\"start\":14,\"end\":15}}]");
    expect_json(item, "help", "[\"use `good`\"]");
    expect_json(item, "fixes",
                "[{\"title\":\"replace with `good`\",\"applicability\":\"safe\",\"edits\":[{"
                "\"file\":\"a.depot\",\"range\":" RANGE(
                    "5", "8") ",\"offset\":{\"start\":8,\"end\":11},\"newText\":\"good\"}]}]");
    expect_json(item, "codeDescription", "{\"href\":\"" PAGES "D1203.md\"}");
    const char *rendered = cJSON_GetObjectItem(item, "rendered")->valuestring;
    g_assert_true(g_str_has_prefix(rendered, "error[D1203]: this is wrong\n --> a.depot:2:5\n"));
    g_assert_null(strchr(rendered, '\x1b'));
    cJSON_Delete(document);
}

static void test_json_edges(Fixture *f, gconstpointer unused) {
    (void)unused;
    cJSON *empty = json_of(f, 0);
    expect_json(empty, "diagnostics", "[]");
    cJSON_Delete(empty);
    Diagnostics *list = f->compilation.diagnostics;
    diagnostic_add_rule(list, "D0900", SEVERITY_ERROR, NO_SPAN, "usage \xFF");
    diagnostic_add_rule(list, "D0901", SEVERITY_ERROR, NO_SPAN, "more");
    cJSON *document = json_of(f, 1);
    cJSON *item = cJSON_GetObjectItem(document, "diagnostics")->child;
    g_assert_null(item->next);
    expect_json(item, "file", "null");
    expect_json(item, "message", "\"usage \uFFFD\"");
    expect_json(item, "offset", "{\"start\":0,\"end\":0}");
    expect_json(document, "summary", "{\"errors\":2,\"warnings\":0,\"fixable\":0,\"hidden\":1}");
    cJSON_Delete(document);
}

/// A hundred thousand errors in one line are shown in every form, in linear time.
static void test_flood(Fixture *f, gconstpointer unused) {
    (void)unused;
    const uint32_t count = g_test_perf() ? 100000 : 5000;
    g_autofree char *text = g_strnfill((size_t)count * 4, 'x');
    Source *source = add_source(f, "a.depot", text);
    for (uint32_t i = 0; i < count; i++) {
        error_at(f, (Span){source->id, i * 4, i * 4 + 2}, "here");
    }
    g_test_timer_start();
    g_autofree char *shown = text_of(f, &(RenderOptions){0});
    cJSON_Delete(json_of(f, 0));
    g_test_minimized_result(g_test_timer_elapsed(), "%u errors, text and JSON", count);
    g_assert_nonnull(strstr(shown, "error: "));
}

#define CASE(name, function) g_test_add(name, Fixture, NULL, setup, function, teardown)

static void add_text_cases(void) {
    CASE("/text/whole", test_text);
    CASE("/text/labels-in-line", test_labels_in_line);
    CASE("/text/nested-marks", test_nested_marks);
    CASE("/text/labels-elsewhere", test_labels_elsewhere);
    CASE("/text/many-lines", test_many_lines);
    CASE("/text/long-block", test_long_block);
    CASE("/text/gap-in-block", test_gap_in_block);
    CASE("/text/alignment", test_alignment);
    CASE("/text/hostile", test_hostile);
    CASE("/text/ends", test_ends);
    CASE("/text/long-line", test_long_line);
    CASE("/text/cuts", test_cuts);
    CASE("/text/no-place", test_no_place);
    CASE("/text/limit", test_limit);
    CASE("/text/colour", test_colour);
    CASE("/text/user-rule", test_user_rule);
    CASE("/text/many-labels", test_many_labels);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    CASE("/diagnostics/add", test_add);
    CASE("/diagnostics/nothing-twice", test_nothing_twice);
    CASE("/diagnostics/sorted", test_sorted);
    CASE("/diagnostics/mute", test_mute);
    CASE("/diagnostics/levels", test_levels);
    g_test_add_func("/diagnostics/rows", test_rows);
    g_test_add_func("/similar", test_similar);
    add_text_cases();
    CASE("/context", test_context);
    CASE("/json/whole", test_json);
    CASE("/json/edges", test_json_edges);
    CASE("/flood", test_flood);
    return g_test_run();
}
