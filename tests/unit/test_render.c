// Forms of reports: what cannot be seen in goldens, since few mistakes have it, and that all of
// them are written piece by piece.
#include "fingerprint.h"
#include "pages.h"
#include "render.h"
#include "reported.h"
#include "uri.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <string.h>

static cJSON *sarif_run(Fixture *f, cJSON **document) {
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_null(render_sarif(&f->compilation, &(RenderOptions){.exit_code = 1}, out));
    *document = cJSON_Parse(out->str);
    g_assert_nonnull(*document);
    return cJSON_GetObjectItem(*document, "runs")->child;
}

static void expect(const cJSON *object, const char *key, const char *expected) {
    char *text = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(object, key));
    g_assert_cmpstr(text, ==, expected);
    cJSON_free(text);
}

/// Edits of one fix in two files: SARIF has them file by file, whatever their order; JSON as they
/// are.
static void test_edits(Fixture *f, gconstpointer unused) {
    (void)unused;
    const Source *a = add_source(f, "a b.depot", "let one = 1\nlet two = 2\n");
    const Source *b = add_source(f, "b.depot", "let three = 3\n");
    Diagnostics *list = f->compilation.diagnostics;
    Diagnostic *d = diagnostic_add_rule(list, "ACME-1", SEVERITY_ERROR, at(a, "one"), "no");
    DiagnosticFix *fix = diagnostic_fix(list, d, FIX_MAYBE, at(a, "one"), "1st", "rename");
    diagnostic_fix_edit(list, fix, at(b, "three"), "3rd");
    diagnostic_fix_edit(list, fix, at(a, "two"), "");
    cJSON *document = NULL;
    const cJSON *run = sarif_run(f, &document);
    const cJSON *result = cJSON_GetObjectItem(run, "results")->child;
#define REGION(line, from, to, offset, length)                                                     \
    "{\"startLine\":" line ",\"startColumn\":" from ",\"endLine\":" line ",\"endColumn\":" to      \
    ",\"byteOffset\":" offset ",\"byteLength\":" length "}"
    expect(result, "fixes",
           "[{\"description\":{\"text\":\"rename\"},\"artifactChanges\":["
           "{\"artifactLocation\":{\"uri\":\"a%20b.depot\",\"uriBaseId\":\"SRCROOT\"},"
           "\"replacements\":[{\"deletedRegion\":" REGION("1", "5", "8", "4", "3") //
           ",\"insertedContent\":{\"text\":\"1st\"}},{\"deletedRegion\":" REGION(
               "2", "5", "8", "16", "3") "}]},"
                                         "{\"artifactLocation\":{\"uri\":\"b.depot\","
                                         "\"uriBaseId\":\"SRCROOT\"},\"replacements\":["
                                         "{\"deletedRegion\":" REGION("1", "5", "10", "4", "5") //
           ",\"insertedContent\":{\"text\":\"3rd\"}}]}],"
           "\"properties\":{\"applicability\":\"maybe\"}}]");
    const cJSON *rules = cJSON_GetObjectItem(
        cJSON_GetObjectItem(cJSON_GetObjectItem(run, "tool"), "driver"), "rules");
    expect(rules->child, "shortDescription", "{\"text\":\"no\"}");
    g_assert_null(cJSON_GetObjectItem(rules->child, "help"));
    cJSON_Delete(document);
}

/// A rule's help in SARIF is all of its page.
static void test_page(Fixture *f, gconstpointer unused) {
    (void)unused;
    const Source *a = add_source(f, "a.depot", "let one = 1\n");
    diagnostic_add(f->compilation.diagnostics, DIAG_FILE_MISSING, at(a, "one"), "x", NULL);
    cJSON *document = NULL;
    const cJSON *run = sarif_run(f, &document);
    const cJSON *rule =
        cJSON_GetObjectItem(cJSON_GetObjectItem(cJSON_GetObjectItem(run, "tool"), "driver"),
                            "rules")
            ->child;
    const char *page = page_find("d0001");
    g_assert_nonnull(page);
    const cJSON *help = cJSON_GetObjectItem(rule, "help");
    g_assert_cmpstr(cJSON_GetObjectItem(help, "markdown")->valuestring, ==, page_body(page));
    g_autofree char *title = page_title(page);
    g_assert_cmpstr(
        cJSON_GetObjectItem(cJSON_GetObjectItem(rule, "shortDescription"), "text")->valuestring, ==,
        title);
    g_assert_null(page_find("D9999"));
    cJSON_Delete(document);
}

/// What is written at once, for the test of `drain`.
typedef struct Pieces {
    size_t count;
    size_t total;
    size_t longest;
} Pieces;

static void take(GString *out, void *data) {
    Pieces *pieces = data;
    pieces->count++;
    pieces->total += out->len;
    pieces->longest = MAX(pieces->longest, out->len);
    g_string_truncate(out, 0);
}

/// Every form hands on what it has written, and writes the same with and without that.
static void test_drain(Fixture *f, gconstpointer unused) {
    (void)unused;
    enum { COUNT = 3000 };
    g_autofree char *line = g_strnfill((size_t)COUNT * 4, 'x');
    const Source *a = add_source(f, "a.depot", line);
    for (uint32_t i = 0; i < COUNT; i++) {
        diagnostic_add_rule(f->compilation.diagnostics, "ACME-1",
                            i % 3 ? SEVERITY_ERROR : SEVERITY_WARNING,
                            (Span){a->id, i * 4, i * 4 + 2}, "this is wrong here");
    }
    size_t count = 0;
    const RenderFormat *formats = render_formats(&count);
    for (size_t i = 0; i < count; i++) {
        g_autoptr(GString) whole = g_string_new(NULL);
        g_assert_null(formats[i].render(&f->compilation, &(RenderOptions){0}, whole));
        g_autoptr(GString) rest = g_string_new(NULL);
        Pieces pieces = {0};
        const RenderOptions options = {.drain = take, .drain_data = &pieces};
        g_assert_null(formats[i].render(&f->compilation, &options, rest));
        g_assert_cmpuint(pieces.count, >, 1);
        g_assert_cmpuint(pieces.longest, <, 100000);
        g_assert_cmpuint(pieces.total + rest->len, ==, whole->len);
        g_assert_true(g_utf8_validate(whole->str, (gssize)whole->len, NULL));
    }
}

/// What people read of elsewhere is left out for them, and not counted.
static void test_told(Fixture *f, gconstpointer unused) {
    (void)unused;
    const Source *a = add_source(f, "a.depot", "let one = 1\n");
    Diagnostics *list = f->compilation.diagnostics;
    diagnostic_add_rule(list, "ACME-1", SEVERITY_ERROR, at(a, "one"), "told")->told = true;
    g_autoptr(GString) out = g_string_new(NULL);
    render_text(&f->compilation, &(RenderOptions){.leave_told = true}, out);
    g_assert_cmpstr(out->str, ==, "");
    render_short(&f->compilation, &(RenderOptions){.leave_told = false}, out);
    g_assert_cmpstr(out->str, ==, "a.depot:1:5: error[ACME-1]: told\n");
}

static void expect_uri(const char *path, const char *expected) {
    g_autofree char *uri = uri_of_path(path);
    g_assert_cmpstr(uri, ==, expected);
}

static void test_uri(void) {
    expect_uri("orders.depot", "orders.depot");
    expect_uri("a b/ü%.depot", "a%20b/%C3%BC%25.depot");
    expect_uri("c:d?e#f", "c%3Ad%3Fe%23f");
    expect_uri("/tmp/\xFF\n\"<>", "file:///tmp/%FF%0A%22%3C%3E");
    expect_uri("../a", "../a");
}

/// Each of the same mistakes has its own fingerprint; another line, file or code is another
/// mistake.
static void test_fingerprints(Fixture *f, gconstpointer unused) {
    (void)unused;
    const Source *a = add_source(f, "a.depot", "let one = 1\n\n   let one = 1   \nlet one = 2\n");
    Fingerprints *prints = fingerprints_new(&f->compilation);
    const Diagnostic first = {.code = "A", .message = "m", .span = {a->id, 4, 7}};
    const Diagnostic moved = {.code = "A", .message = "m", .span = {a->id, 20, 23}};
    const Diagnostic other = {.code = "A", .message = "m", .span = {a->id, 35, 36}};
    const Diagnostic nowhere = {.code = "A", .message = "m", .span = NO_SPAN};
    g_autofree char *one = fingerprint_of(prints, &first);
    g_autofree char *two = fingerprint_of(prints, &moved);
    g_autofree char *three = fingerprint_of(prints, &other);
    g_autofree char *four = fingerprint_of(prints, &nowhere);
    g_assert_cmpuint(strlen(one), ==, 32);
    g_assert_cmpstr(one, !=, two);
    g_assert_cmpstr(one, !=, three);
    g_assert_cmpstr(three, !=, four);
    fingerprints_free(prints);
    // Alone, the one that moved is the first one.
    prints = fingerprints_new(&f->compilation);
    g_autofree char *alone = fingerprint_of(prints, &moved);
    g_assert_cmpstr(alone, ==, one);
    fingerprints_free(prints);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define CASE(name, function) g_test_add("/render/" name, Fixture, NULL, setup, function, teardown)
    CASE("edits", test_edits);
    CASE("page", test_page);
    CASE("drain", test_drain);
    CASE("told", test_told);
    CASE("fingerprints", test_fingerprints);
    g_test_add_func("/render/uri", test_uri);
    return g_test_run();
}
