#include "path.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/// Goes back over the last step of `path`. False if it has none that may be left out.
static bool take_back(const FileSystem *files, GString *path) {
    if (strcmp(path->str, "/") == 0) {
        return true; // above the root is the root
    }
    const char *slash = strrchr(path->str, '/');
    const char *last = slash ? slash + 1 : path->str;
    if (!*last || strcmp(last, "..") == 0 || files_is_link(files, path->str)) {
        return false;
    }
    const size_t start = (size_t)(last - path->str);
    const bool under_root = start == 1;
    g_string_truncate(path, start && !under_root ? start - 1 : start);
    return true;
}

static void append_steps(const FileSystem *files, GString *path, const char *steps) {
    g_auto(GStrv) parts = g_strsplit(steps, "/", -1);
    for (char **part = parts; *part; part++) {
        if (!**part || strcmp(*part, ".") == 0) {
            continue;
        }
        if (strcmp(*part, "..") == 0 && take_back(files, path)) {
            continue;
        }
        if (path->len && path->str[path->len - 1] != '/') {
            g_string_append_c(path, '/');
        }
        g_string_append(path, *part);
    }
}

char *path_from_folder(const FileSystem *files, const char *folder, const char *written) {
    const bool absolute = g_path_is_absolute(written);
    g_autoptr(GString) path = g_string_new(absolute || g_path_is_absolute(folder) ? "/" : "");
    if (!absolute) {
        append_steps(files, path, folder);
    }
    append_steps(files, path, written);
    return g_strdup(path->len ? path->str : ".");
}

char *path_beside(const FileSystem *files, const char *file, const char *written) {
    g_autofree char *folder = g_path_get_dirname(file);
    return path_from_folder(files, folder, written);
}

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

char *path_from_working(const char *path, const char *working) {
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
