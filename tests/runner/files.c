#include "runner.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *path, const char *message) {
    fprintf(stderr, "%s: %s\n", path, message);
    exit(3);
}

char *files_temporary(void) {
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("depotc-goldens-XXXXXX", &error);
    if (folder == NULL) {
        die("temporary folder", error->message);
    }
    return folder;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

GPtrArray *files_list(const char *folder) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    if (directory != NULL) {
        for (const char *name = g_dir_read_name(directory); name != NULL;
             name = g_dir_read_name(directory)) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

/// Calls `visit` for each entry of `folder`.
static void each_entry(const char *folder, void (*visit)(const char *path, void *data),
                       void *data) {
    g_autoptr(GPtrArray) names = files_list(folder);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        visit(path, data);
    }
}

static bool is_folder(const char *path) {
    return g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static void remove_entry(const char *path, void *data) {
    (void)data;
    files_remove(path);
}

void files_remove(const char *path) {
    if (is_folder(path)) {
        each_entry(path, remove_entry, NULL);
    }
    g_remove(path);
}

static void copy_entry(const char *path, void *data) {
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *to = g_build_filename(data, name, NULL);
    files_copy(path, to);
}

void files_copy(const char *from, const char *to) {
    if (is_folder(from)) {
        if (g_mkdir_with_parents(to, 0777) != 0) {
            die(to, g_strerror(EIO));
        }
        g_autofree char *target = g_strdup(to);
        each_entry(from, copy_entry, target);
        return;
    }
    g_autofree char *text = NULL;
    gsize length = 0;
    if (g_file_get_contents(from, &text, &length, NULL)) {
        files_write(to, text, length);
    }
}

char *files_read(const char *path) {
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

void files_write(const char *path, const char *text, gsize length) {
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents(path, text, (gssize)length, &error)) {
        die(path, error->message);
    }
}

typedef struct SourceVisit {
    void (*visit)(const char *path, void *data);
    void *data;
} SourceVisit;

static void visit_source(const char *path, void *data) {
    const SourceVisit *visit = data;
    if (is_folder(path)) {
        each_entry(path, visit_source, data);
    } else if (g_str_has_suffix(path, ".depot")) {
        visit->visit(path, visit->data);
    }
}

void files_each_source(const char *folder, void (*visit)(const char *path, void *data),
                       void *data) {
    SourceVisit state = {visit, data};
    each_entry(folder, visit_source, &state);
}

char *files_difference(const char *expected, const char *actual) {
    if (!g_file_test(expected, G_FILE_TEST_EXISTS) && !g_file_test(actual, G_FILE_TEST_EXISTS)) {
        return NULL; // diff calls that an error
    }
    char *command[] = {"diff",           "-ruN",         "--exclude=.depotc-manifest.json",
                       (char *)expected, (char *)actual, NULL};
    g_autoptr(GString) output = g_string_new(NULL);
    if (run_command(NULL, command, output) == 0) {
        return NULL;
    }
    return g_strdup(output->str);
}
