/// The file system that compilations of the server see: the open documents, and the disk behind
/// them. It notes what it is asked for, so that it is known which changes concern whom.
#include "documents.h"

#include "source.h"

#include <string.h>

typedef struct Overlay {
    const Documents *documents;
    FileTrace *trace;
} Overlay;

/// The open document at `path`, or NULL. Notes that it was asked for.
static const Document *look(const Overlay *overlay, const char *path) {
    char *canonical = documents_canonical(path);
    const Document *document = documents_at(overlay->documents, canonical);
    if (overlay->trace != NULL) {
        g_hash_table_add(overlay->trace->paths, canonical);
    } else {
        g_free(canonical);
    }
    return document;
}

static ReadStatus overlay_read(const char *path, char **text, size_t *length, const char **message,
                               void *data) {
    const Document *document = look(data, path);
    if (document == NULL) {
        return files_read(NULL, path, text, length, message);
    }
    if (document->text->len > SOURCE_MAX_BYTES) {
        return READ_TOO_LARGE;
    }
    *length = document->text->len;
    *text = g_malloc(*length + 2);
    memcpy(*text, document->text->str, *length);
    memset(*text + *length, 0, 2);
    return READ_OK;
}

static FileKind overlay_kind(const char *path, void *data) {
    const Document *document = look(data, path);
    const FileKind kind = files_kind(NULL, path);
    return document != NULL && kind == FILE_NONE ? FILE_PLAIN : kind;
}

static bool overlay_is_link(const char *path, void *data) {
    (void)data;
    return files_is_link(NULL, path);
}

static char *overlay_real(const char *path, void *data) {
    char *real = files_real(NULL, path);
    const Document *document = real == NULL ? look(data, path) : NULL;
    return document != NULL ? g_strdup(document->path) : real;
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static GPtrArray *overlay_list(const char *folder, int *cause, void *data) {
    const Overlay *overlay = data;
    look(overlay, folder);
    GPtrArray *names = files_list(NULL, folder, cause);
    if (names == NULL) {
        return NULL;
    }
    g_autofree char *canonical = documents_canonical(folder);
    g_autoptr(GPtrArray) all = documents_all(overlay->documents);
    for (guint i = 0; i < all->len; i++) {
        const Document *document = all->pdata[i];
        g_autofree char *own = document->path != NULL ? g_path_get_dirname(document->path) : NULL;
        if (g_strcmp0(own, canonical) == 0 && files_kind(NULL, document->path) == FILE_NONE) {
            g_ptr_array_add(names, g_path_get_basename(document->path));
        }
    }
    g_ptr_array_sort(names, by_text);
    return names;
}

FileSystem documents_files(const Documents *documents, FileTrace *trace) {
    Overlay *overlay = g_new(Overlay, 1);
    *overlay = (Overlay){documents, trace};
    return (FileSystem){overlay_read, overlay_kind, overlay_is_link,
                        overlay_real, overlay_list, overlay};
}
