/// YAML as documents: read and written again, and places in folded text.
#include "document.h"
#include "schema_depot.h"

#include <glib.h>
#include <string.h>

static ReadStatus read_memory(const char *path, char **text, size_t *length, const char **message,
                              void *data) {
    (void)path;
    (void)message;
    *length = strlen(data);
    *text = g_malloc0(*length + 2);
    memcpy(*text, data, *length);
    return READ_OK;
}

static Compilation *compilation_of(const char *text) {
    CompilationOptions options = {.reader = read_memory, .reader_data = (void *)text};
    return compilation_new(&options);
}

static const Document *read_text(Compilation *compilation) {
    return yaml_read(compilation, compilation_add_data(compilation, "a.yaml", NO_SPAN));
}

/// What was written reads as what it was.
static void test_written(void) {
    static const char *const texts[] = {
        "type: object\n",
        "a:\n  - 1\n  - b: c\n    d: e\n  - - x\n    - y\n  - {}\n  - []\n",
        "a: \"true\"\nb: true\n\"on\": \"\"\nc: -1\n",
        "a: it's\nb: 'a \"b\"'\nc: \"d: e\"\nd: \"a #b\"\ne: \"\\\\ \\n \\x01\"\n",
        "a.b-c: caller.id == this.a && x > 1\n",
        "größe: \"ä\"\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        Compilation *compilation = compilation_of(texts[i]);
        const Document *document = read_text(compilation);
        g_assert_nonnull(document);
        size_t length = 0;
        g_assert_cmpstr(document_write(compilation->arena, document, &length), ==, texts[i]);
        g_assert_cmpuint(length, ==, strlen(texts[i]));
        compilation_free(compilation);
    }
}

/// The place of `wanted`, which stands at `offset` of the scalar `a`, is where the file writes it.
static void assert_place(const char *text, const char *wanted) {
    Compilation *compilation = compilation_of(text);
    const Document *scalar = document_member(read_text(compilation), "a");
    const char *at = strstr(scalar->text, wanted);
    g_assert_nonnull(at);
    Span span = document_span(compilation, scalar, (size_t)(at - scalar->text), strlen(wanted));
    g_autofree char *found = g_strndup(text + span.start, span.end - span.start);
    g_assert_cmpstr(found, ==, wanted);
    compilation_free(compilation);
}

static void test_places(void) {
    assert_place("a: one two\n", "two");
    assert_place("a: \"one two\"\n", "two");
    assert_place("a: 'one two'\n", "one");
    assert_place("a: >\n  one\n  two  three\n", "three");
    assert_place("a: |\n    one\n      two\n", "two");
    assert_place("a: |-  # why\n\n    one\n\n    two\n", "two");
    assert_place("a: one\n   two\n", "two");
    assert_place("ü: é\na: ö two\n", "two");
}

/// Text that the file writes with escapes has its place as a whole.
static void test_escaped(void) {
    const char *text = "a: \"\\x61 two\"\n";
    Compilation *compilation = compilation_of(text);
    const Document *scalar = document_member(read_text(compilation), "a");
    Span span = document_span(compilation, scalar, 2, 3);
    g_assert_cmpuint(span.start, ==, 3);
    g_assert_cmpuint(span.end, ==, strlen(text) - 1);
    compilation_free(compilation);
}

static void test_aliases(void) {
    Compilation *compilation = compilation_of("a: &x [1, 2]\nb: *x\n");
    const Document *document = read_text(compilation);
    g_assert_cmpuint(document_member(document, "b")->count, ==, 2);
    g_assert_cmpuint(document->weight, ==, 9);
    compilation_free(compilation);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/document/written", test_written);
    g_test_add_func("/document/places", test_places);
    g_test_add_func("/document/escaped", test_escaped);
    g_test_add_func("/document/aliases", test_aliases);
    return g_test_run();
}
