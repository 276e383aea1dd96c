/// The border of a project: what its programs name lies in its folder.
#include "compilation.h"

#include <glib.h>
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
static char *real_ancestor(const FileSystem *files, const char *path) {
    g_autofree char *at = g_strdup(path);
    for (;;) {
        char *real = files_real(files, at);
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
static bool climbs_out(const FileSystem *files, const char *written, const char *path,
                       const char *root) {
    if (!strstr(written, "..") || files_kind(files, path) != FILE_NONE) {
        return false;
    }
    g_autofree char *working = files_real(files, ".");
    g_autofree char *lexical = g_canonicalize_filename(path, working ? working : "/");
    return !is_below(lexical, root);
}

/// Whether the file that names the path is itself outside: the command line named it, or what it
/// imports.
static bool is_foreign(const Compilation *compilation, Span wanted_by) {
    const Source *source = compilation_source(compilation, wanted_by.file);
    g_autofree char *real = source ? files_real(compilation->options.files, source->path) : NULL;
    return real && !is_below(real, compilation->options.project_root);
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
    const FileSystem *files = compilation->options.files;
    g_autofree char *real = real_ancestor(files, path);
    const bool outside = real && !is_below(real, root);
    if (!outside && !climbs_out(files, written, path, root)) {
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
