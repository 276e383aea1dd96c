/// Several compilations in one report.
#include "compilation.h"
#include "render.h"

#include <glib.h>
#include <string.h>

/// The files of all compilations here.
static ReadStatus read_text(const char *path, char **text, size_t *length, const char **message,
                            void *data) {
    static const char *const files[][2] = {
        {"shared.depot", "let size: int = \"x\"\n"},
        {"one.depot", "import { size } from \"./shared.depot\"\nenvironment one {\n  account: { "
                      "name: \"a\", id: aws.accountId }\n  output size = size\n  colour: 1\n}\n"},
        {"two.depot", "import { size } from \"./shared.depot\"\nenvironment two {\n  account: { "
                      "name: \"a\", id: aws.accountId }\n  output size = size\n  nam: \"x\"\n}\n"},
    };
    (void)message;
    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        if (strcmp(path, files[i][0]) == 0) {
            *length = strlen(files[i][1]);
            *text = g_malloc0(*length + 2);
            memcpy(*text, files[i][1], *length);
            return READ_OK;
        }
    }
    return READ_MISSING;
}

static Compilation *check(const char *path) {
    Compilation *compilation = compilation_new(&(CompilationOptions){.reader = read_text});
    compilation_add_file(compilation, path, NO_SPAN);
    compilation_check(compilation);
    return compilation;
}

static void test_merge(void) {
    Compilation *all = compilation_new(&(CompilationOptions){0});
    Compilation *one = check("one.depot");
    Compilation *two = check("two.depot");
    const size_t each = diagnostics_count(one->diagnostics, SEVERITY_ERROR);
    g_assert_cmpuint(each, ==, 2);
    g_assert_cmpuint(diagnostics_count(two->diagnostics, SEVERITY_ERROR), ==, 2);
    compilation_merge(all, one);
    compilation_merge(all, two);
    compilation_merge(all, two);
    g_assert_cmpuint(diagnostics_count(all->diagnostics, SEVERITY_ERROR), ==, 3);
    g_assert_cmpuint(diagnostics_fixable(all->diagnostics), ==,
                     diagnostics_fixable(one->diagnostics) + diagnostics_fixable(two->diagnostics));

    // A report of one alone is a part of the report of both: excerpts, contexts and helps included.
    g_autoptr(GString) merged = g_string_new(NULL);
    render_text(all, &(RenderOptions){0}, merged);
    Compilation *const parts[] = {one, two};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GString) own = g_string_new(NULL);
        render_text(parts[i], &(RenderOptions){0}, own);
        g_auto(GStrv) blocks = g_strsplit(own->str, "\n\n", -1);
        g_assert_cmpuint(g_strv_length(blocks), ==, 3);
        for (size_t k = 0; k < 2; k++) { // the last one is the summary
            g_assert_nonnull(strstr(merged->str, blocks[k]));
        }
    }
    compilation_free(all);
    compilation_free(one);
    compilation_free(two);
}

/// What has no place is told once too, and keeps its file.
static void test_without_place(void) {
    Compilation *all = compilation_new(&(CompilationOptions){0});
    Compilation *one = check("gone.depot");
    Compilation *two = check("gone.depot");
    compilation_merge(all, one);
    compilation_merge(all, two);
    const Diagnostic *only = diagnostics_sorted(all->diagnostics);
    g_assert_nonnull(only);
    g_assert_null(only->next);
    g_assert_cmpstr(only->file, ==, "gone.depot");
    g_assert_cmpstr(only->code, ==, "D0001");
    compilation_free(all);
    compilation_free(one);
    compilation_free(two);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/merge/places", test_merge);
    g_test_add_func("/merge/without-place", test_without_place);
    return g_test_run();
}
