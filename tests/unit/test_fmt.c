// What `fmt_source` makes of bytes that goldens cannot show well: line ends, the byte order mark,
// the end of the file, columns of wide characters, and each width of the indentation.
#include "fmt.h"

#include <glib.h>
#include <string.h>

typedef struct Text {
    const char *bytes;
    size_t length;
} Text;

static ReadStatus read_memory(const char *path, char **text, size_t *length, const char **message,
                              void *data) {
    (void)path;
    (void)message;
    const Text *from = data;
    *text = g_malloc0(from->length + 2);
    memcpy(*text, from->bytes, from->length);
    *length = from->length;
    return READ_OK;
}

/// Formats `before` with an indentation of `indent` columns; it must become `after`, and that
/// itself.
static void expect_indent(unsigned indent, const char *before, const char *after) {
    for (unsigned round = 0; round < 2; round++) {
        Text text = {round == 0 ? before : after, strlen(round == 0 ? before : after)};
        Compilation *compilation =
            compilation_new(&(CompilationOptions){.reader = read_memory, .reader_data = &text});
        const Source *source = compilation_add_file(compilation, "main.depot", NO_SPAN);
        g_assert_nonnull(source);
        g_autoptr(GString) out = g_string_new("kept ");
        g_assert_true(fmt_source(compilation, source, indent, out));
        g_assert_true(g_str_has_prefix(out->str, "kept "));
        g_assert_cmpstr(out->str + strlen("kept "), ==, after);
        compilation_free(compilation);
    }
}

static void expect(const char *before, const char *after) {
    expect_indent(FMT_INDENT_DEFAULT, before, after);
}

static void test_ends(void) {
    expect("", "");
    expect("\n\n", "");
    expect("   ", "");
    expect("let  a=1", "let a = 1\n");
    expect("let  a=1\n\n\n", "let a = 1\n");
    expect("\n\nlet  a=1", "let a = 1\n");
    expect("// only\n\n\n", "// only\n");
    expect("let a = 1 // last", "let a = 1 // last\n");
}

static void test_line_ends(void) {
    expect("let  a=1\r\nlet b=[\r\n1,\r\n\r\n\r\n2]\r\n",
           "let a = 1\r\nlet b = [\r\n  1\r\n\r\n  2\r\n]\r\n");
    // What there is more of wins, in comments and strings too.
    expect("let a=1\r\nlet b=2\r\nlet c=3\n", "let a = 1\r\nlet b = 2\r\nlet c = 3\r\n");
    expect("let a=1\r\nlet b=2\nlet c=3\n", "let a = 1\nlet b = 2\nlet c = 3\n");
    expect("/*\r\n * x\r\n */\r\nlet a=1\r\n", "/*\r\n * x\r\n */\r\nlet a = 1\r\n");
    expect("let a=\"\"\"\r\n  x\r\n  \"\"\"\r\n", "let a = \"\"\"\r\n  x\r\n  \"\"\"\r\n");
}

static void test_mark(void) {
    expect("\xEF\xBB\xBFlet  a=1\n", "\xEF\xBB\xBFlet a = 1\n");
    expect("\xEF\xBB\xBF", "\xEF\xBB\xBF");
    expect("\xEF\xBB\xBF\n\n// x\n", "\xEF\xBB\xBF// x\n");
}

static void test_indent(void) {
    for (unsigned indent = FMT_INDENT_MIN; indent <= FMT_INDENT_MAX; indent++) {
        g_autofree char *one = g_strnfill(indent, ' ');
        g_autofree char *two = g_strnfill((gsize)indent * 2, ' ');
        g_autofree char *after =
            g_strdup_printf("environment e {\n%sa: {\n%sb: 1\n%s}\n}\n", one, two, one);
        expect_indent(indent, "environment e{a:{\nb:1}}", after);
    }
}

/// A list of two texts whose line has `columns` columns, the second text repeating `character`.
static char *list_of_columns(unsigned columns, const char *character, unsigned width) {
    GString *text = g_string_new("let a = [\"x\", \"");
    unsigned left = columns - (unsigned)strlen("let a = [\"x\", \"\"]");
    for (; left >= width; left -= width) {
        g_string_append(text, character);
    }
    while (left-- > 0) {
        g_string_append_c(text, '.');
    }
    g_string_append(text, "\"]\n");
    return g_string_free(text, FALSE);
}

static void expect_limit(const char *character, unsigned width) {
    g_autofree char *fits = list_of_columns(FMT_COLUMNS, character, width);
    expect(fits, fits);
    g_autofree char *longer = list_of_columns(FMT_COLUMNS + 1, character, width);
    const char *second = strstr(longer, "\"x\", ") + strlen("\"x\", ");
    g_autofree char *element = g_strndup(second, strlen(second) - strlen("]\n"));
    g_autofree char *broken = g_strdup_printf("let a = [\n  \"x\"\n  %s\n]\n", element);
    expect(longer, broken);
}

static void test_columns(void) {
    expect_limit("a", 1);
    expect_limit("\xC3\xBC", 1);         // one column in two bytes
    expect_limit("\xE6\x97\xA5", 2);     // two columns in three bytes
    expect_limit("\xF0\x9F\x9A\x9A", 2); // two columns in four bytes
    expect_limit("e\xCC\x81", 1);        // a letter and the accent on it
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fmt/ends", test_ends);
    g_test_add_func("/fmt/line-ends", test_line_ends);
    g_test_add_func("/fmt/mark", test_mark);
    g_test_add_func("/fmt/indent", test_indent);
    g_test_add_func("/fmt/columns", test_columns);
    return g_test_run();
}
