/// The border of a project: what its programs name lies in its folder.
#include "compilation.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/// Whether `path` is `root` or lies in it; both are absolute and without `.` and `..`.
static bool is_below(const char *path, const char *root) {
    const size_t length = strlen(root);
    if (strcmp(root, "/") == 0) {
        return true;
    }
    return strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/// The real path of the deepest folder on the way to `path` that is there; NULL if there is none.
static char *real_ancestor(const char *path) {
    g_autofree char *at = g_strdup(path);
    for (;;) {
        char *real = realpath(at, NULL);
        if (real || strcmp(at, "/") == 0 || strcmp(at, ".") == 0) {
            return real;
        }
        char *above = g_path_get_dirname(at);
        g_free(at);
        at = above;
    }
}

static bool refuse(Compilation *compilation, const char *written, Span wanted_by, const char *how,
                   const char *help) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_OUTSIDE_PROJECT,
                                            wanted_by, written, how, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "%s", help);
    return false;
}

/// Whether `written`, of which nothing is there yet, goes out of `root` by its `..`.
static bool climbs_out(const char *written, const char *path, const char *root) {
    if (!strstr(written, "..") || g_file_test(path, G_FILE_TEST_EXISTS)) {
        return false;
    }
    char *working = realpath(".", NULL);
    g_autofree char *lexical = g_canonicalize_filename(path, working ? working : "/");
    free(working); // not g_free: it is the C library's
    return !is_below(lexical, root);
}

/// Whether the file that names the path is itself outside: the command line named it, or what it
/// imports.
static bool is_foreign(const Compilation *compilation, Span wanted_by) {
    const Source *source = compilation_source(compilation, wanted_by.file);
    char *real = source ? realpath(source->path, NULL) : NULL;
    const bool foreign = real && !is_below(real, compilation->options.project_root);
    free(real); // not g_free: it is the C library's
    return foreign;
}

bool compilation_allows_path(Compilation *compilation, const char *written, const char *path,
                             Span wanted_by) {
    const char *root = compilation->options.project_root;
    if (!root || is_foreign(compilation, wanted_by)) {
        return true;
    }
    if (g_path_is_absolute(written)) {
        return refuse(compilation, written, wanted_by, "it is absolute",
                      "write it relative to the file that it stands in");
    }
    /* What is not there yet is judged by the folder that it would be in. */
    char *real = real_ancestor(path);
    const bool outside = real && !is_below(real, root);
    free(real); // the C library's too
    if (!outside && !climbs_out(written, path, root)) {
        return true;
    }
    if (!strstr(written, "..")) {
        return refuse(compilation, written, wanted_by,
                      "a symbolic link leads out of the project's folder",
                      "copy what the program needs into the project");
    }
    return refuse(compilation, written, wanted_by, "it leads out of the project's folder",
                  "move what it names into the project, or the project file into a folder above "
                  "both");
}
