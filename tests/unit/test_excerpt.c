// Excerpts of difficult sources: many marks over many lines, and lines that are cut.
#include "arena.h"
#include "diagnostic.h"
#include "excerpt.h"

#include <glib.h>
#include <string.h>

typedef struct Fixture {
    Arena *arena;
    Source source;
    ExcerptMark marks[8];
    size_t count;
} Fixture;

static void setup(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    memset(fixture, 0, sizeof *fixture);
    fixture->arena = arena_new();
}

static void teardown(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    arena_free(fixture->arena);
}

static void set_text(Fixture *f, const char *text) {
    f->source = (Source){
        .path = "a.depot",
        .text = arena_strndup(f->arena, text, strlen(text)),
        .length = (uint32_t)strlen(text),
    };
}

static void mark(Fixture *f, uint32_t start, uint32_t end, const char *label, bool primary) {
    Span span = {0, start, end};
    f->marks[f->count++] = excerpt_mark(&f->source, span, label, primary, f->arena);
}

static char *draw(Fixture *f) {
    GString *out = g_string_new(NULL);
    ExcerptStyle style = {.gutter = 1, .severity = SEVERITY_ERROR};
    excerpt_draw(f->marks, f->count, &style, f->arena, out);
    return g_string_free(out, FALSE);
}

static void expect(Fixture *f, const char *expected) {
    g_autofree char *drawn = draw(f);
    g_assert_cmpstr(drawn, ==, expected);
}

static void test_nothing(Fixture *f, gconstpointer unused) {
    (void)unused;
    set_text(f, "x");
    expect(f, "");
}

/// Only four marks get a rail; the fifth is marked on its first line.
static void test_rails(Fixture *f, gconstpointer unused) {
    (void)unused;
    set_text(f, "a\nb\nc\nd\ne\nf\n");
    for (uint32_t i = 0; i < 5; i++) {
        mark(f, i * 2, 11, i == 0 ? "outer" : NULL, i == 0);
    }
    expect(f, "1 | /       a\n"
              "2 | | /     b\n"
              "3 | | | /   c\n"
              "4 | | | | / d\n"
              "5 | | | | | e\n"
              "  | | | | | -\n"
              "6 | | | | | f\n"
              "  | | | | |_-\n"
              "  | | | |___-\n"
              "  | | |_____-\n"
              "  | |_______^ outer\n");
}

/// Of two marks with one begin the longer is outside.
static void test_same_begin(Fixture *f, gconstpointer unused) {
    (void)unused;
    set_text(f, "a\nb\nc\n");
    mark(f, 0, 3, "inner", false);
    mark(f, 0, 5, "outer", true);
    expect(f, "1 | / / a\n"
              "2 | | | b\n"
              "  | | |_- inner\n"
              "3 | |   c\n"
              "  | |___^ outer\n");
}

static void test_same_place(Fixture *f, gconstpointer unused) {
    (void)unused;
    set_text(f, "abc\n");
    mark(f, 0, 3, "one", true);
    mark(f, 0, 3, "two", false);
    mark(f, 0, 2, "three", false);
    mark(f, 1, 2, NULL, false);
    expect(f, "1 | abc\n"
              "  | ^^^\n"
              "  | |\n"
              "  | one\n"
              "  | two\n"
              "  | three\n");
}

/// The lines of an excerpt, none of those with source wider than what fits.
static GStrv cut_lines(Fixture *f) {
    g_autofree char *drawn = draw(f);
    GStrv lines = g_strsplit(drawn, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        g_assert_true(lines[i][0] == ' ' || g_utf8_strlen(lines[i], -1) <= EXCERPT_COLUMNS + 8);
    }
    return lines;
}

/// The primary mark is always to be seen; a mark far before it stands below the ellipsis.
static void test_far_before(Fixture *f, gconstpointer unused) {
    (void)unused;
    g_autofree char *line = g_strnfill(900, 'x');
    line[700] = 'P';
    set_text(f, line);
    mark(f, 10, 12, "far before", false);
    mark(f, 700, 701, "here", true);
    g_auto(GStrv) lines = cut_lines(f);
    g_assert_true(g_str_has_prefix(lines[0], "1 | …xxx"));
    g_assert_true(g_str_has_suffix(lines[0], "xxx…"));
    glong column = g_utf8_pointer_to_offset(lines[0], strchr(lines[0], 'P'));
    g_assert_true(lines[1][column] == '^');
    g_assert_true(lines[1][4] == '-');
    g_assert_cmpstr(lines[3], ==, "  | far before");
}

/// A mark from one long line to another: both ends are to be seen, what is between is cut.
static void test_long_lines(Fixture *f, gconstpointer unused) {
    (void)unused;
    g_autofree char *x = g_strnfill(300, 'x');
    g_autofree char *text = g_strdup_printf("%s{\n%s\n%s}", x, x, x);
    set_text(f, text);
    mark(f, 300, 300 + 2 + 301 + 301, "all of it", true);
    g_auto(GStrv) lines = cut_lines(f);
    g_assert_true(g_str_has_suffix(lines[0], "x{"));
    g_assert_true(g_str_has_suffix(lines[1], "^"));
    g_assert_true(g_str_has_suffix(lines[2], "xxx…"));
    g_assert_true(g_str_has_suffix(lines[3], "xxx}"));
    g_assert_true(g_str_has_suffix(lines[4], "_^ all of it"));
    g_assert_cmpint(g_utf8_strlen(lines[3], -1), ==, (glong)strcspn(lines[4], "^") + 1);
}

/// Lines of wide and of combining characters are cut at characters, and end somewhere.
static void test_cut_characters(Fixture *f, gconstpointer unused) {
    (void)unused;
    static const char *const pieces[] = {"漢", "e\xCC\x81", "\xCC\x81", "😀", "\xFF", "\t"};
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (size_t n = 0; n < 4000; n++) {
            g_string_append(text, pieces[i]);
        }
        set_text(f, text->str);
        f->count = 0;
        uint32_t middle = (uint32_t)(strlen(pieces[i]) * 2000);
        mark(f, middle, middle + (uint32_t)strlen(pieces[i]), "here", true);
        g_autofree char *drawn = draw(f);
        g_assert_true(g_utf8_validate(drawn, -1, NULL));
        g_assert_cmpuint(strlen(drawn), <, 8000);
        g_assert_nonnull(strstr(drawn, "^ here"));
    }
}

/// Spans that lie outside of the text, or backwards, are drawn at its end.
static void test_outside(Fixture *f, gconstpointer unused) {
    (void)unused;
    set_text(f, "ab");
    mark(f, 7, 9, "behind", true);
    mark(f, 1, 0, "backwards", false);
    expect(f, "1 | ab\n"
              "  |  -^ behind\n"
              "  |  |\n"
              "  |  backwards\n");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define CASE(name, function) g_test_add("/excerpt/" name, Fixture, NULL, setup, function, teardown)
    CASE("nothing", test_nothing);
    CASE("rails", test_rails);
    CASE("same-begin", test_same_begin);
    CASE("same-place", test_same_place);
    CASE("far-before", test_far_before);
    CASE("long-lines", test_long_lines);
    CASE("cut-characters", test_cut_characters);
    CASE("outside", test_outside);
    return g_test_run();
}
