#include "recording.h"

#include <glib.h>
#include <string.h>

void recording_add(Recording *recording, const char *path, RecordedUse use) {
    gpointer known = g_hash_table_lookup(recording->uses, path);
    const unsigned flags = GPOINTER_TO_UINT(known) | (unsigned)use;
    if (known == NULL) {
        g_hash_table_insert(recording->uses, g_strdup(path), GUINT_TO_POINTER(flags));
    } else if (flags != GPOINTER_TO_UINT(known)) {
        g_hash_table_replace(recording->uses, g_strdup(path), GUINT_TO_POINTER(flags));
    }
}

/// Tells who wants to know that `path` is about to be used.
static void announce(const Recording *recording, const char *path, RecordedUse use) {
    if (recording->before != NULL) {
        recording->before(path, use, recording->before_data);
    }
}

static ReadStatus read_text(const char *path, char **text, size_t *length, const char **message,
                            void *data) {
    Recording *recording = data;
    announce(recording, path, RECORDED_READ);
    const ReadStatus status = files_read(recording->inner, path, text, length, message);
    recording_add(recording, path, status == READ_OK ? RECORDED_READ : RECORDED_LOOKED);
    return status;
}

static FileKind kind_of(const char *path, void *data) {
    Recording *recording = data;
    announce(recording, path, RECORDED_LOOKED);
    recording_add(recording, path, RECORDED_LOOKED);
    return files_kind(recording->inner, path);
}

static bool is_link(const char *path, void *data) {
    Recording *recording = data;
    announce(recording, path, RECORDED_LOOKED);
    recording_add(recording, path, RECORDED_LOOKED);
    return files_is_link(recording->inner, path);
}

static char *real_path(const char *path, void *data) {
    Recording *recording = data;
    announce(recording, path, RECORDED_LOOKED);
    recording_add(recording, path, RECORDED_LOOKED);
    return files_real(recording->inner, path);
}

static GPtrArray *list_folder(const char *folder, int *cause, void *data) {
    Recording *recording = data;
    announce(recording, folder, RECORDED_LISTED);
    recording_add(recording, folder, RECORDED_LISTED);
    return files_list(recording->inner, folder, cause);
}

void recording_begin(Recording *recording, const FileSystem *inner) {
    *recording = (Recording){
        .system = {read_text, kind_of, is_link, real_path, list_folder, recording},
        .inner = inner,
        .uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
}

void recording_clear(Recording *recording) {
    g_hash_table_destroy(recording->uses);
}

static gint by_bytes(gconstpointer left, gconstpointer right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

GPtrArray *recording_paths(const Recording *recording, unsigned uses) {
    GPtrArray *paths = g_ptr_array_new();
    GHashTableIter iter;
    gpointer path = NULL;
    gpointer flags = NULL;
    g_hash_table_iter_init(&iter, recording->uses);
    while (g_hash_table_iter_next(&iter, &path, &flags)) {
        if ((GPOINTER_TO_UINT(flags) & uses) != 0) {
            g_ptr_array_add(paths, path);
        }
    }
    g_ptr_array_sort(paths, by_bytes);
    return paths;
}
