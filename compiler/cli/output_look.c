/// Looks at output folders without changing them.
#include "output.h"
#include "sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_folder(void *folder) {
    close(GPOINTER_TO_INT(folder));
}

void output_view_begin(OutputView *view, Compilation *compilation, const OutputFolder *folder,
                       unsigned *diffs) {
    *view = (OutputView){
        .compilation = compilation,
        .folder = folder->folder,
        .target = folder->target,
        .root = -1,
        .manifest = manifest_new(),
        .next = manifest_new(),
        .folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, close_folder),
        .places = g_new0(OutputPlace, folder->count),
        .count = folder->count,
    };
    view->diffs = diffs;
    for (size_t i = 0; i < folder->count; i++) {
        view->places[i] = (OutputPlace){.file = &folder->files[i], .folder = -1};
    }
}

void output_view_clear(OutputView *view) {
    for (size_t i = 0; i < view->count; i++) {
        g_free(view->places[i].sum);
        g_free(view->places[i].present);
    }
    g_free(view->places);
    g_hash_table_destroy(view->folders);
    g_hash_table_destroy(view->next);
    g_hash_table_destroy(view->manifest);
    g_free(view->manifest_text);
    if (view->root >= 0) {
        close(view->root);
    }
}

// The folder itself

bool output_view_open(OutputView *view, bool make) {
    if (make && g_mkdir_with_parents(view->folder, 0777) != 0) {
        return output_fail(view, NULL, errno);
    }
    view->root = open(view->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat status;
    if (view->root < 0 && errno == ENOENT && !make) {
        return true;
    }
    if (view->root < 0 || fstat(view->root, &status) != 0) {
        return output_fail(view, NULL, errno);
    }
    view->device = status.st_dev;
    view->inode = status.st_ino;
    return true;
}

bool output_views_shared(const OutputView *views, size_t count) {
    for (size_t i = 1; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            const OutputView *one = &views[k];
            const OutputView *other = &views[i];
            if (one->root < 0 || one->device != other->device || one->inode != other->inode) {
                continue;
            }
            Diagnostics *list = other->compilation->diagnostics;
            Diagnostic *diagnostic =
                diagnostic_add(list, DIAG_TARGET_FOLDER, NO_SPAN, one->target, other->target, NULL);
            diagnostic_help(list, diagnostic, "`%s` and `%s` are one folder; give each its own",
                            one->folder, other->folder);
            return true;
        }
    }
    return false;
}

static int by_inode(const void *left, const void *right) {
    const OutputView *one = left;
    const OutputView *other = right;
    if (one->device != other->device) {
        return one->device < other->device ? -1 : 1;
    }
    return (one->inode > other->inode) - (one->inode < other->inode);
}

/// Takes the lock of a folder. The system takes it away from a process that ends, however that
/// ends: there are no stale ones. Where locks are not supported, builds just do not wait.
static void take_lock(const OutputView *view, bool exclusive, const Report *report) {
    enum { STEP = 20000, PATIENCE = 50 }; // microseconds, and steps before a word is said
    const int kind = exclusive ? LOCK_EX : LOCK_SH;
    for (int i = 0; flock(view->root, kind | LOCK_NB) != 0; i++) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return;
        }
        if (i == PATIENCE) {
            g_autofree char *line =
                g_strdup_printf("waiting for another build, which writes to %s\n", view->folder);
            report_say(report, line);
            while (flock(view->root, kind) != 0 && errno == EINTR) {
            }
            return;
        }
        g_usleep(STEP);
    }
}

bool output_views_lock(OutputView *views, size_t count, bool exclusive, const Report *report) {
    qsort(views, count, sizeof *views, by_inode);
    for (size_t i = 0; i < count; i++) {
        OutputView *view = &views[i];
        if (view->root < 0) {
            continue;
        }
        take_lock(view, exclusive, report);
        struct stat status;
        if (stat(view->folder, &status) != 0 || status.st_dev != view->device ||
            status.st_ino != view->inode) {
            return output_fail(view, NULL, ESTALE); // removed or replaced while we waited
        }
    }
    return true;
}

// The manifest

bool output_view_read_manifest(OutputView *view) {
    size_t length = 0;
    errno = 0;
    view->manifest_text = view->root < 0 ? NULL : folder_read(view->root, MANIFEST_NAME, &length);
    if (view->manifest_text == NULL) {
        return view->root < 0 || errno == ENOENT;
    }
    GHashTable *manifest = manifest_parse(view->manifest_text, &view->unfinished);
    if (manifest == NULL) {
        return false;
    }
    g_hash_table_destroy(view->manifest);
    view->manifest = manifest;
    return true;
}

// Its files

/// What stands in a place where there is no regular file that can be read.
static OutputFound found_else(const OutputPlace *place, int cause) {
    struct stat status;
    if (cause == ENOENT) {
        return FOUND_NOTHING;
    }
    if (fstatat(place->folder, folder_last_component(place->file->path), &status,
                AT_SYMLINK_NOFOLLOW) != 0 ||
        S_ISREG(status.st_mode)) {
        return FOUND_UNREADABLE;
    }
    return S_ISDIR(status.st_mode) ? FOUND_FOLDER : FOUND_NO_FILE;
}

static void look(const OutputView *view, OutputPlace *place) {
    const OutputFile *file = place->file;
    size_t length = 0;
    errno = 0;
    char *present = folder_read(place->folder, folder_last_component(file->path), &length);
    place->cause = errno;
    if (present == NULL) {
        place->found = found_else(place, place->cause);
        return;
    }
    if (length == file->length && memcmp(present, file->text, length) == 0) {
        place->found = FOUND_SAME;
        g_free(present);
        return;
    }
    place->present = present;
    place->length = length;
    if (!g_hash_table_contains(view->manifest, file->path)) {
        place->found = FOUND_FOREIGN;
        return;
    }
    g_autofree char *sum = sha256_of(present, length);
    place->found = manifest_allows(view->manifest, file->path, sum) ? FOUND_OWN : FOUND_EDITED;
}

/// Opens the folder of `place`, if there is one. False: something else is in its way.
static bool open_folder(OutputView *view, OutputPlace *place) {
    char *parent = g_path_get_dirname(place->file->path);
    void *known = NULL;
    if (g_hash_table_lookup_extended(view->folders, parent, NULL, &known)) {
        place->folder = GPOINTER_TO_INT(known);
        g_free(parent);
        return true;
    }
    place->folder = folder_open_parent(view->root, place->file->path, false, &place->reached);
    if (place->folder >= 0) {
        g_hash_table_insert(view->folders, parent, GINT_TO_POINTER(place->folder));
        return true;
    }
    place->cause = errno;
    g_free(parent);
    return place->cause == ENOENT;
}

/// What is the user's own as soon as it was edited, and was: it stays, whatever it is.
static void hand_over(OutputPlace *place) {
    switch (place->found) {
    case FOUND_EDITED:
    case FOUND_FOREIGN:
    case FOUND_NO_FILE:
    case FOUND_UNREADABLE:
        place->found = FOUND_YOURS;
        break;
    default:
        break;
    }
}

/// What is to stay as it is: whether it is what the manifest says.
static void look_away(OutputView *view, OutputPlace *place) {
    const OutputFile *file = place->file;
    manifest_add(view->next, file->path, file->sum);
    place->found = FOUND_SAME;
    view->outdated = view->outdated || !manifest_allows(view->manifest, file->path, file->sum);
}

void output_look(OutputView *view) {
    for (size_t i = 0; i < view->count; i++) {
        OutputPlace *place = &view->places[i];
        if (place->file->text == NULL) {
            look_away(view, place);
            continue;
        }
        place->sum = sha256_of(place->file->text, place->file->length);
        manifest_add(view->next, place->file->path, place->sum);
        place->found = FOUND_NOTHING;
        if (view->root >= 0 && !open_folder(view, place)) {
            place->found = FOUND_NO_PLACE;
        } else if (place->folder >= 0) {
            look(view, place);
        }
        if (place->file->yours) {
            hand_over(place);
        }
    }
}

static int compare_keys(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

bool output_path_is_inside(const char *path) {
    g_auto(GStrv) components = g_strsplit(path, "/", -1);
    for (size_t i = 0; components[i] != NULL; i++) {
        if (*components[i] == '\0' || strcmp(components[i], ".") == 0 ||
            strcmp(components[i], "..") == 0) {
            return false;
        }
    }
    return components[0] != NULL;
}

GPtrArray *output_view_stale(const OutputView *view) {
    GPtrArray *stale = g_ptr_array_new();
    GHashTableIter iterator;
    void *path = NULL;
    g_hash_table_iter_init(&iterator, view->manifest);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        if (!g_hash_table_contains(view->next, path) && output_path_is_inside(path)) {
            g_ptr_array_add(stale, path);
        }
    }
    if (stale->len > 0) {
        qsort(stale->pdata, stale->len, sizeof *stale->pdata, compare_keys);
    }
    return stale;
}

bool output_view_owns(const OutputView *view, int folder, const char *path, bool *kept) {
    size_t length = 0;
    errno = 0;
    g_autofree char *present = folder_read(folder, folder_last_component(path), &length);
    if (present == NULL) {
        *kept = errno != ENOENT;
        return false;
    }
    g_autofree char *sum = sha256_of(present, length);
    *kept = !manifest_allows(view->manifest, path, sum);
    return !*kept;
}
