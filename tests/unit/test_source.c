// Lines, columns and UTF-16 offsets.
#include "arena.h"
#include "source.h"

#include <glib.h>
#include <string.h>

typedef struct Fixture {
    Arena *arena;
    Source source;
} Fixture;

static void setup(Fixture *fixture, gconstpointer text) {
    fixture->arena = arena_new();
    fixture->source = (Source){
        .path = "a.depot",
        .text = g_strdup(text),
        .length = (uint32_t)strlen(text),
    };
}

static void teardown(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    g_free(fixture->source.text);
    arena_free(fixture->arena);
}

static void expect_at(Fixture *fixture, uint32_t offset, uint32_t line, uint32_t column,
                      uint32_t utf16) {
    Position position = source_position(&fixture->source, offset, fixture->arena);
    g_assert_cmpuint(position.line, ==, line);
    g_assert_cmpuint(position.column, ==, column);
    g_assert_cmpuint(position.utf16, ==, utf16);
}

static void expect_line(Fixture *fixture, uint32_t line, const char *text) {
    size_t length = 0;
    const char *found = source_line(&fixture->source, line, &length, fixture->arena);
    g_autofree char *copy = g_strndup(found, length);
    g_assert_cmpstr(copy, ==, text);
}

static void test_lines(Fixture *f, gconstpointer unused) {
    (void)unused; // "ab\ncd\r\nef\rgh"
    expect_at(f, 0, 1, 1, 0);
    expect_at(f, 2, 1, 3, 2);
    expect_at(f, 3, 2, 1, 0);
    expect_at(f, 5, 2, 3, 2);
    expect_at(f, 6, 2, 3, 2); // inside CR LF
    expect_at(f, 7, 3, 1, 0);
    expect_at(f, 10, 4, 1, 0);
    expect_at(f, 12, 4, 3, 2);
    expect_at(f, 999, 4, 3, 2); // behind the text
    expect_line(f, 1, "ab");
    expect_line(f, 2, "cd");
    expect_line(f, 3, "ef");
    expect_line(f, 4, "gh");
    expect_line(f, 0, "");
    expect_line(f, 5, "");
}

static void test_last_line(Fixture *f, gconstpointer unused) {
    (void)unused; // "a\n"
    expect_at(f, 2, 2, 1, 0);
    expect_line(f, 1, "a");
    expect_line(f, 2, "");
}

static void test_empty(Fixture *f, gconstpointer unused) {
    (void)unused;
    expect_at(f, 0, 1, 1, 0);
    expect_line(f, 1, "");
}

static void test_mark(Fixture *f, gconstpointer unused) {
    (void)unused; // BOM "x\ny"
    expect_at(f, 0, 1, 1, 0);
    expect_at(f, 3, 1, 1, 0);
    expect_at(f, 4, 1, 2, 1);
    expect_at(f, 5, 2, 1, 0);
    expect_line(f, 1, "x");
}

static void test_wide(Fixture *f, gconstpointer unused) {
    (void)unused; // "é😀漢e\u0301x": 2 + 4 + 3 + 1 + 2 + 1 bytes
    expect_at(f, 2, 1, 2, 1);
    expect_at(f, 6, 1, 3, 3);
    expect_at(f, 4, 1, 2, 1); // inside the emoji
    expect_at(f, 9, 1, 4, 4);
    expect_at(f, 12, 1, 6, 6);
    expect_at(f, 13, 1, 7, 7);
}

static void test_broken(Fixture *f, gconstpointer unused) {
    (void)unused; // "a\xFF\xC3" "b\xE6\xBC"
    expect_at(f, 1, 1, 2, 1);
    expect_at(f, 2, 1, 3, 2);
    expect_at(f, 3, 1, 4, 3);
    expect_at(f, 4, 1, 5, 4);
    expect_at(f, 6, 1, 7, 6);
}

static void test_control(Fixture *f, gconstpointer unused) {
    (void)unused; // "a\x1B\t\u2028b": one column each
    expect_at(f, 3, 1, 4, 3);
    expect_at(f, 6, 1, 5, 4);
}

/// Every offset of a text with many kinds of characters, against counting from its begin.
static void test_every_offset(void) {
    g_autoptr(GString) text = g_string_new("\xEF\xBB\xBF");
    static const char *const pieces[] = {"a", "é", "漢", "😀", "\n", "\r\n", "\xFF", "\t"};
    guint32 seed = 7;
    while (text->len < 9000) {
        seed = seed * 1664525U + 1013904223U;
        g_string_append(text, pieces[(seed >> 24) % G_N_ELEMENTS(pieces)]);
    }
    Arena *arena = arena_new();
    Source source = {.path = "x", .text = text->str, .length = (uint32_t)text->len};
    uint32_t line = 1;
    uint32_t column = 1;
    uint32_t utf16 = 0;
    for (uint32_t at = 3; at < source.length;) {
        const char *p = source.text + at;
        Position position = source_position(&source, at, arena);
        g_assert_cmpuint(position.line, ==, line);
        g_assert_cmpuint(position.column, ==, column);
        g_assert_cmpuint(position.utf16, ==, utf16);
        if (*p == '\n' || *p == '\r') {
            at += *p == '\r' ? 2 : 1;
            line++;
            column = 1;
            utf16 = 0;
            continue;
        }
        unsigned char byte = (unsigned char)*p;
        at += byte < 0x80 || byte == 0xFF ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        column++;
        utf16 += byte >= 0xF0 && byte != 0xFF ? 2 : 1;
    }
    arena_free(arena);
}

/// A hundred thousand questions about one line of four megabytes are answered at once.
static void test_long_line(void) {
    Arena *arena = arena_new();
    size_t length = (size_t)4 << 20;
    g_autofree char *text = g_strnfill(length, 'x');
    Source source = {.path = "x", .text = text, .length = (uint32_t)length};
    for (uint32_t i = 0; i < 100000; i++) {
        Position position = source_position(&source, i * 40, arena);
        g_assert_cmpuint(position.column, ==, i * 40 + 1);
    }
    arena_free(arena);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define CASE(name, text, function)                                                                 \
    g_test_add("/source/" name, Fixture, text, setup, function, teardown)
    CASE("lines", "ab\ncd\r\nef\rgh", test_lines);
    CASE("last-line", "a\n", test_last_line);
    CASE("empty", "", test_empty);
    CASE("byte-order-mark", "\xEF\xBB\xBFx\ny", test_mark);
    CASE("wide", "é😀漢e\xCC\x81x", test_wide);
    CASE("broken",
         "a\xFF\xC3"
         "b\xE6\xBC",
         test_broken);
    CASE("control",
         "a\x1B\t\xE2\x80\xA8"
         "b",
         test_control);
    g_test_add_func("/source/every-offset", test_every_offset);
    g_test_add_func("/source/long-line", test_long_line);
    return g_test_run();
}
