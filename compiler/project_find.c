/// Where the project of a file is.
#include "path.h"
#include "project.h"

#include <glib.h>
#include <string.h>

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
            found = path_from_working(candidate, working);
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
