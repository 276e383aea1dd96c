#include "testing.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/// How files are called that hold tests and nothing to build.
#define TEST_SUFFIX ".test.depot"

// Finding them

static bool is_passed(const char *name) {
    return *name == '.' || strcmp(name, "node_modules") == 0 || strcmp(name, "__snapshots__") == 0;
}

/// Adds every file below `folder` that is called like one of tests. Symbolic links to folders are
/// not followed, so that no circle is walked.
static void find_below(const char *folder, unsigned depth, GPtrArray *paths) {
    enum { DEEPEST = 64 };
    g_autoptr(GDir) directory = depth < DEEPEST ? g_dir_open(folder, 0, NULL) : NULL;
    if (directory == NULL) {
        return;
    }
    for (const char *name = g_dir_read_name(directory); name != NULL;
         name = g_dir_read_name(directory)) {
        g_autofree char *path =
            strcmp(folder, ".") == 0 ? g_strdup(name) : g_build_filename(folder, name, NULL);
        GStatBuf status;
        if (is_passed(name) || g_lstat(path, &status) != 0) {
            continue;
        }
        if (S_ISDIR(status.st_mode)) {
            find_below(path, depth + 1, paths);
        } else if (g_str_has_suffix(name, TEST_SUFFIX)) {
            g_ptr_array_add(paths, g_steal_pointer(&path));
        }
    }
}

static int compare_paths(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static guint add_below(Compilation *compilation, const char *folder) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    find_below(folder, 0, paths);
    g_ptr_array_sort(paths, compare_paths);
    for (guint i = 0; i < paths->len; i++) {
        compilation_add_entry(compilation, paths->pdata[i], NO_SPAN);
    }
    return paths->len;
}

static bool holds_sources(const char *folder) {
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    const char *name = directory != NULL ? g_dir_read_name(directory) : NULL;
    while (name != NULL && !g_str_has_suffix(name, ".depot")) {
        name = g_dir_read_name(directory);
    }
    return name != NULL;
}

static void add_path(Compilation *compilation, const char *path) {
    const bool folder = g_file_test(path, G_FILE_TEST_IS_DIR);
    const guint tests = folder ? add_below(compilation, path) : 0;
    if (!folder || tests == 0 || holds_sources(path)) {
        compilation_add_entries(compilation, path, NO_SPAN);
    }
}

void test_files_add(Session *session, const Options *options, bool whole) {
    Compilation *compilation = session->compilation;
    char **paths = options->arguments;
    if (whole && session->project != NULL) {
        add_below(compilation, session->project->folder);
        project_add_entries(compilation, session->project);
    } else if (paths == NULL || paths[0] == NULL) {
        add_path(compilation, ".");
    } else {
        for (; *paths != NULL; paths++) {
            add_path(compilation, *paths);
        }
    }
}

// Reading them once

typedef struct CachedFile {
    ReadStatus status;
    char *text;
    size_t length;
    const char *message;
} CachedFile;

struct FileCache {
    GHashTable *files; ///< path → CachedFile
};

static void free_file(void *data) {
    CachedFile *file = data;
    g_free(file->text);
    g_free(file);
}

FileCache *file_cache_new(void) {
    FileCache *cache = g_new(FileCache, 1);
    cache->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_file);
    return cache;
}

void file_cache_free(FileCache *cache) {
    g_hash_table_unref(cache->files);
    g_free(cache);
}

ReadStatus file_cache_read(const char *path, char **text, size_t *length, const char **message,
                           void *data) {
    FileCache *cache = data;
    CachedFile *file = g_hash_table_lookup(cache->files, path);
    if (file == NULL) {
        file = g_new0(CachedFile, 1);
        file->status =
            compilation_read_disk(path, &file->text, &file->length, &file->message, NULL);
        g_hash_table_insert(cache->files, g_strdup(path), file);
    }
    *message = file->message;
    if (file->status == READ_OK) {
        *length = file->length;
        *text = g_memdup2(file->text, file->length + 2); // with the two NULs of a FileReader
    }
    return file->status;
}
