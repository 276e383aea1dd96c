/// Which files are staged.
#include "git.h"

#include <string.h>

char *git_from_top(const Git *git, const char *path) {
    g_autofree char *full = g_canonicalize_filename(path, git->working);
    const char *inside = git_inside(git, full);
    if (inside == NULL) {
        g_autofree char *folder = g_path_get_dirname(full);
        g_autofree char *base = g_path_get_basename(full);
        g_autofree char *real = files_real(NULL, folder);
        g_autofree char *behind = real != NULL ? g_build_filename(real, base, NULL) : NULL;
        return behind != NULL ? g_strdup(git_inside(git, behind)) : NULL;
    }
    return g_strdup(inside);
}

bool git_is_below(const char *path, const char *outer) {
    const size_t length = strlen(outer);
    return length == 0 ||
           (strncmp(path, outer, length) == 0 && (path[length] == '/' || path[length] == '\0'));
}

/// Leaves of `changed` only what is in one of `paths`.
static void limit(const Git *git, GPtrArray *changed, char **paths) {
    g_autoptr(GPtrArray) outer = g_ptr_array_new_with_free_func(g_free);
    for (; *paths != NULL; paths++) {
        char *inside = git_from_top(git, *paths);
        if (inside != NULL) {
            g_ptr_array_add(outer, inside);
        }
    }
    for (guint i = changed->len; i-- > 0;) {
        bool within = false;
        for (guint k = 0; k < outer->len && !within; k++) {
            within = git_is_below(changed->pdata[i], outer->pdata[k]);
        }
        if (!within) {
            g_ptr_array_remove_index(changed, i);
        }
    }
}

GPtrArray *git_staged(Git *git, StagedKind kind, char **paths) {
    const char *filter = kind == STAGED_GONE   ? "--diff-filter=D"
                         : kind == STAGED_KEPT ? "--diff-filter=d"
                                               : "--no-ext-diff";
    GPtrArray *changed = git_list(git, "diff", "--cached", "--name-only", "-z", "--no-renames",
                                  "--no-relative", filter, NULL);
    if (changed != NULL && paths != NULL && *paths != NULL) {
        limit(git, changed, paths);
    }
    return changed;
}
