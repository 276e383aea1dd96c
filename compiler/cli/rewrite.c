/// Puts mended source files in the place of the old ones. All new texts stand in temporary files
/// beside them, and all old ones were looked at once more, before the first is renamed.
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(Draft *draft, const char *why) {
    g_free(draft->failure);
    draft->failure = g_strdup(why);
    return false;
}

/// Whether the file still is what was read, and may be written. Renaming asks for no permission of
/// the file itself, but one who forbade writing to it meant it.
static bool may_replace(Draft *draft) {
    char *text = NULL;
    size_t length = 0;
    const char *message = NULL;
    if (compilation_read_disk(draft->path, &text, &length, &message, NULL) != READ_OK) {
        return fail(draft, message != NULL ? message : "it cannot be read any more");
    }
    const bool same = length == draft->old_length && memcmp(text, draft->old_text, length) == 0;
    g_free(text);
    if (!same) {
        return fail(draft, "it changed while it was being checked");
    }
    return faccessat(AT_FDCWD, draft->path, W_OK, AT_EACCESS) == 0 ||
           fail(draft, g_strerror(errno));
}

/// Writes the new text to the open `file`, and gives it the permissions of the old one; the owner
/// too, where the system lets us.
static bool fill(int file, const Draft *draft, const struct stat *old) {
    const char *text = draft->new_text;
    size_t left = draft->new_length;
    while (left > 0) {
        const ssize_t written = write(file, text, left);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            text += written;
            left -= (size_t)written;
        }
    }
    struct stat now;
    if (fstat(file, &now) != 0) {
        return false;
    }
    if ((now.st_uid != old->st_uid && fchown(file, old->st_uid, (gid_t)-1) != 0) ||
        (now.st_gid != old->st_gid && fchown(file, (uid_t)-1, old->st_gid) != 0)) {
        errno = 0; // the permissions are kept all the same
    }
    return fchmod(file, old->st_mode & 07777) == 0 && fsync(file) == 0;
}

/// Writes a temporary file beside its place and returns its path; NULL with a `failure`.
static char *write_beside(Draft *draft) {
    struct stat old;
    if (stat(draft->path, &old) != 0) {
        fail(draft, g_strerror(errno));
        return NULL;
    }
    g_autofree char *folder = g_path_get_dirname(draft->path);
    char *path = g_build_filename(folder, ".depotc-XXXXXX", NULL);
    const int file = g_mkstemp_full(path, O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) {
        fail(draft, g_strerror(errno));
        g_free(path);
        return NULL;
    }
    bool ok = fill(file, draft, &old);
    int cause = errno;
    if (close(file) != 0 && ok) {
        ok = false;
        cause = errno;
    }
    if (!ok) {
        fail(draft, g_strerror(cause));
        g_unlink(path);
        g_free(path);
        return NULL;
    }
    return path;
}

/// Leaves everything as it was. Those that could have been written say so.
static void give_up(const Drafts *drafts, const GPtrArray *paths) {
    for (guint i = 0; i < drafts->list->len; i++) {
        if (i < paths->len && paths->pdata[i] != NULL) {
            g_unlink(paths->pdata[i]);
        }
        Draft *draft = drafts->list->pdata[i];
        if (draft->failure == NULL) {
            fail(draft, "another file cannot be written, and so none is");
        }
    }
}

/// Writes the old text back. What fails now can be told nobody: the failure that led here is.
static void put_back(const Draft *draft) {
    Draft old = *draft;
    old.new_text = draft->old_text;
    old.new_length = draft->old_length;
    old.failure = NULL;
    g_autofree char *path = write_beside(&old);
    if (path != NULL && g_rename(path, old.path) != 0) {
        g_unlink(path);
    }
    g_free(old.failure);
}

/// Renames all. If one fails, those before it get their old texts back.
static bool rename_all(const Drafts *drafts, GPtrArray *paths) {
    for (guint i = 0; i < drafts->list->len; i++) {
        Draft *draft = drafts->list->pdata[i];
        if (g_rename(paths->pdata[i], draft->path) != 0) {
            fail(draft, g_strerror(errno));
            for (guint k = 0; k < i; k++) {
                put_back(drafts->list->pdata[k]);
            }
            give_up(drafts, paths);
            return false;
        }
    }
    return true;
}

bool rewrite_files(const Drafts *drafts) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    bool ok = true;
    for (guint i = 0; i < drafts->list->len; i++) {
        char *path = write_beside(drafts->list->pdata[i]);
        ok = ok && path != NULL;
        g_ptr_array_add(paths, path);
    }
    for (guint i = 0; i < drafts->list->len; i++) {
        ok = may_replace(drafts->list->pdata[i]) && ok;
    }
    if (!ok) {
        give_up(drafts, paths);
        return false;
    }
    return rename_all(drafts, paths);
}
