/// Files and folders of files that a compilation is begun with.
#include "compilation.h"

#include <glib.h>
#include <string.h>

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

/// Adds every `*.depot` directly in `folder`, in the order of the names' bytes. Paths in the
/// working folder stay bare.
static void add_folder(Compilation *compilation, const char *folder, Span wanted_by) {
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(compilation->options.files, folder, &cause);
    if (names == NULL) {
        report_folder(compilation, folder, cause, wanted_by);
        return;
    }
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (g_str_has_suffix(name, ".depot")) {
            g_ptr_array_add(paths, strcmp(folder, ".") == 0 ? g_strdup(name)
                                                            : g_build_filename(folder, name, NULL));
        }
    }
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
    if (files_kind(compilation->options.files, path) == FILE_FOLDER) {
        add_folder(compilation, path, wanted_by);
    } else {
        compilation_add_entry(compilation, path, wanted_by);
    }
}
