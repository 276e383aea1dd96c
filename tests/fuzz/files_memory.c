#include "files_memory.h"

#include <errno.h>
#include <string.h>

/// A path without `./` in front.
static const char *plain(const char *path) {
    while (g_str_has_prefix(path, "./")) {
        path += 2;
    }
    return path;
}

static GBytes *find(void *data, const char *path) {
    const MemoryFiles *files = data;
    return g_hash_table_lookup(files->texts, plain(path));
}

/// Whether a file stands in the folder `path` or below.
static bool is_folder(const MemoryFiles *files, const char *path) {
    path = plain(path);
    if (*path == '\0' || strcmp(path, ".") == 0) {
        return true;
    }
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, files->texts);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (g_str_has_prefix(key, path) && ((const char *)key)[strlen(path)] == '/') {
            return true;
        }
    }
    return false;
}

static ReadStatus read_text(const char *path, char **text, size_t *length, const char **message,
                            void *data) {
    (void)message;
    GBytes *bytes = find(data, path);
    if (bytes == NULL) {
        return is_folder(data, path) ? READ_NOT_REGULAR : READ_MISSING;
    }
    gsize size = 0;
    const void *content = g_bytes_get_data(bytes, &size);
    *text = g_malloc0(size + 2);
    if (size > 0) {
        memcpy(*text, content, size);
    }
    *length = size;
    return READ_OK;
}

static FileKind kind_of(const char *path, void *data) {
    return find(data, path) != NULL ? FILE_PLAIN : is_folder(data, path) ? FILE_FOLDER : FILE_NONE;
}

static bool is_link(const char *path, void *data) {
    (void)path;
    (void)data;
    return false;
}

static char *real_path(const char *path, void *data) {
    if (kind_of(path, data) == FILE_NONE) {
        return NULL;
    }
    return g_str_has_prefix(path, "/") ? g_strdup(path)
                                       : g_strdup_printf("/program/%s", plain(path));
}

static gint by_bytes(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *list_folder(const char *folder, int *cause, void *data) {
    const MemoryFiles *files = data;
    if (!is_folder(files, folder)) {
        *cause = ENOENT;
        return NULL;
    }
    folder = plain(folder);
    const size_t length = strcmp(folder, ".") == 0 ? 0 : strlen(folder);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, files->texts);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const char *path = key;
        if (length == 0 || (strncmp(path, folder, length) == 0 && path[length] == '/')) {
            const char *name = path + length + (length > 0);
            g_hash_table_add(names, g_strndup(name, strcspn(name, "/")));
        }
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_ptr_array_add(list, g_strdup(key));
    }
    g_ptr_array_sort(list, by_bytes);
    return list;
}

static const char marker[] = "//// ";

/// The next line that begins a file, or NULL.
static const char *next_marker(const char *at, const char *end) {
    for (; at < end; at = memchr(at, '\n', (size_t)(end - at)), at = at != NULL ? at + 1 : end) {
        if ((size_t)(end - at) > strlen(marker) && memcmp(at, marker, strlen(marker)) == 0) {
            return at;
        }
    }
    return NULL;
}

MemoryFiles *memory_files_new(const uint8_t *data, size_t size, const char *first) {
    MemoryFiles *files = g_new0(MemoryFiles, 1);
    files->texts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    files->system = (FileSystem){read_text, kind_of, is_link, real_path, list_folder, files};
    const char *at = (const char *)data;
    const char *end = at + size;
    char *name = g_strdup(first);
    while (name != NULL) {
        const char *next = size > 0 ? next_marker(at, end) : NULL;
        const char *stop = next != NULL ? next : end;
        g_hash_table_replace(files->texts, name, g_bytes_new(at, (size_t)(stop - at)));
        name = NULL;
        if (next != NULL) {
            const char *path = next + strlen(marker);
            const char *line_end = memchr(path, '\n', (size_t)(end - path));
            at = line_end != NULL ? line_end + 1 : end;
            name = g_strndup(path, (size_t)((line_end != NULL ? line_end : end) - path));
        }
    }
    return files;
}

void memory_files_free(MemoryFiles *files) {
    g_hash_table_destroy(files->texts);
    g_free(files);
}
