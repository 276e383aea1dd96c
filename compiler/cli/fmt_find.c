#include "formatting.h"

#include <stdlib.h>
#include <string.h>

/// A search while it goes on.
typedef struct Search {
    Compilation *compilation;
    GPtrArray *paths;
    GHashTable *seen; ///< real paths
} Search;

static void add_path(Search *search, char *path) {
    char *real = realpath(path, NULL);
    char *key = g_strdup(real != NULL ? real : path);
    free(real); // not g_free: it is the C library's
    if (g_hash_table_add(search->seen, key)) {
        g_ptr_array_add(search->paths, path);
    } else {
        g_free(path);
    }
}

bool format_takes(const char *name) {
    return g_str_has_suffix(name, ".depot") || strcmp(name, PROJECT_FILE) == 0;
}

static bool is_wanted(const char *name) {
    return *name != '.' && format_takes(name);
}

/// Whether a folder that was found is not looked into.
static bool is_passed_over(const char *path, const char *name) {
    if (*name == '.' || strcmp(name, "node_modules") == 0) {
        return true;
    }
    g_autofree char *manifest = g_build_filename(path, MANIFEST_NAME, NULL);
    return g_file_test(manifest, G_FILE_TEST_EXISTS);
}

static void report_folder(Search *search, const char *path, const char *why) {
    g_autofree char *valid = g_utf8_make_valid(path, -1);
    Compilation *compilation = search->compilation;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_FILE_UNREADABLE, NO_SPAN, valid, why, NULL);
    diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
}

/// The path of something in a folder: without "./".
static char *path_in(const char *folder, const char *name) {
    return strcmp(folder, ".") == 0 ? g_strdup(name) : g_build_filename(folder, name, NULL);
}

/// Folders to look into: a stack, so that no depth of them is too much.
static void search_folder(Search *search, const char *folder) {
    g_autoptr(GPtrArray) stack = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(stack, g_strdup(folder));
    while (stack->len > 0) {
        g_autofree char *path = g_ptr_array_steal_index(stack, stack->len - 1);
        int cause = 0;
        g_autoptr(GPtrArray) names = files_list(NULL, path, &cause);
        if (names == NULL) {
            report_folder(search, path, g_strerror(cause));
            continue;
        }
        for (guint i = 0; i < names->len; i++) {
            char *inner = path_in(path, names->pdata[i]);
            if (is_wanted(names->pdata[i]) && !g_file_test(inner, G_FILE_TEST_IS_DIR)) {
                add_path(search, inner);
            } else {
                g_free(inner);
            }
        }
        for (guint i = names->len; i-- > 0;) {
            char *inner = path_in(path, names->pdata[i]);
            if (!g_file_test(inner, G_FILE_TEST_IS_SYMLINK) &&
                g_file_test(inner, G_FILE_TEST_IS_DIR) && !is_passed_over(inner, names->pdata[i])) {
                g_ptr_array_add(stack, inner);
            } else {
                g_free(inner);
            }
        }
    }
}

static void search_argument(Search *search, const char *path) {
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        add_path(search, g_strdup(path)); // what it is not is said when it is read
        return;
    }
    const guint before = search->paths->len;
    search_folder(search, path);
    if (search->paths->len == before &&
        diagnostics_count(search->compilation->diagnostics, SEVERITY_ERROR) == 0) {
        g_autofree char *where = strcmp(path, ".") == 0 ? g_strdup("the working folder")
                                                        : g_strdup_printf("folder `%s`", path);
        g_autofree char *valid = g_utf8_make_valid(where, -1);
        diagnostic_add(search->compilation->diagnostics, DIAG_USAGE_NO_SOURCES, NO_SPAN, valid,
                       NULL);
    }
}

void format_find(Compilation *compilation, const char *const *arguments, GPtrArray *paths) {
    Search search = {compilation, paths,
                     g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    if (arguments == NULL || arguments[0] == NULL) {
        g_autofree char *project = project_find(NULL, ".");
        g_autofree char *folder = project != NULL ? g_path_get_dirname(project) : g_strdup(".");
        search_argument(&search, folder);
    }
    for (size_t i = 0; arguments != NULL && arguments[i] != NULL; i++) {
        search_argument(&search, arguments[i]);
    }
    g_hash_table_destroy(search.seen);
}
