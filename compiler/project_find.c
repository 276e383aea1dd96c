/// Where the project of a file is, and how its path is shown.
#include "project.h"

#include <glib.h>
#include <string.h>

/// How many bytes of two absolute paths are the same folders; 1 if it is the root alone.
static size_t common_folders(const char *left, const char *right) {
    size_t common = 1;
    for (size_t i = 0;; i++) {
        const bool left_ends = left[i] == '/' || left[i] == '\0';
        const bool right_ends = right[i] == '/' || right[i] == '\0';
        if (left_ends && right_ends && i > 0) {
            common = i;
        }
        if (left[i] != right[i] || left[i] == '\0') {
            return common;
        }
    }
}

/// `path`, absolute and real, as people in the folder `working` know it: relative, unless the two
/// have nothing in common.
static char *shown_from(const char *path, const char *working) {
    const size_t common = common_folders(path, working);
    if (common <= 1) {
        return g_strdup(path);
    }
    GString *shown = g_string_new(NULL);
    for (const char *at = working + common; *at != '\0'; at++) {
        if (*at == '/') {
            g_string_append(shown, "../");
        }
    }
    const char *rest = path + common;
    g_string_append(shown, rest + (*rest == '/'));
    return g_string_free(shown, FALSE);
}

char *project_find(const FileSystem *files, const char *path) {
    g_autofree char *real = files_real(files, path);
    if (!real) { /* it is not there: its folder may be */
        g_autofree char *folder = g_path_get_dirname(path);
        real = files_real(files, folder);
    }
    g_autofree char *working = files_real(files, ".");
    char *found = NULL;
    g_autofree char *at = g_strdup(real);
    while (at && working && !found) {
        g_autofree char *candidate = g_build_filename(at, PROJECT_FILE, NULL);
        if (files_kind(files, candidate) != FILE_NONE || files_is_link(files, candidate)) {
            found = shown_from(candidate, working);
        }
        if (strcmp(at, "/") == 0) {
            break;
        }
        char *above = g_path_get_dirname(at);
        g_free(at);
        at = above;
    }
    return found;
}
