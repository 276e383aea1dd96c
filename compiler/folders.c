/// Files and folders of files that a compilation is begun with.
#include "compilation.h"

#include <errno.h>
#include <glib.h>
#include <string.h>

static int compare_paths(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void report_folder(Compilation *compilation, const char *path, int cause, Span wanted_by) {
    g_autofree char *valid = g_utf8_make_valid(path, -1);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FILE_UNREADABLE,
                                            wanted_by, valid, g_strerror(cause), NULL);
    diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
}

static void report_empty(Compilation *compilation, const char *folder, Span wanted_by) {
    g_autofree char *where = strcmp(folder, ".") == 0 ? g_strdup("the working folder")
                                                      : g_strdup_printf("folder `%s`", folder);
    g_autofree char *valid = g_utf8_make_valid(where, -1);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_USAGE_NO_SOURCES, wanted_by, valid, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "name a `.depot` file, or a folder that holds some");
}

/// Adds every `*.depot` directly in `folder`, sorted. Paths in the working folder stay bare.
static void add_folder(Compilation *compilation, const char *folder, Span wanted_by) {
    errno = 0;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    if (directory == NULL) {
        report_folder(compilation, folder, errno, wanted_by);
        return;
    }
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(directory); name != NULL;
         name = g_dir_read_name(directory)) {
        if (g_str_has_suffix(name, ".depot")) {
            g_ptr_array_add(paths, strcmp(folder, ".") == 0 ? g_strdup(name)
                                                            : g_build_filename(folder, name, NULL));
        }
    }
    g_ptr_array_sort(paths, compare_paths);
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *canonical = g_canonicalize_filename(paths->pdata[i], NULL);
        const Source *known = g_hash_table_lookup(compilation->source_by_path, canonical);
        if (known == NULL || !known->part) {
            compilation_add_entry(compilation, paths->pdata[i], wanted_by);
        }
    }
    if (paths->len == 0) {
        report_empty(compilation, folder, wanted_by);
    }
}

void compilation_add_entries(Compilation *compilation, const char *path, Span wanted_by) {
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        add_folder(compilation, path, wanted_by);
    } else {
        compilation_add_entry(compilation, path, wanted_by);
    }
}
