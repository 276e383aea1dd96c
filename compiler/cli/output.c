/// Puts the files of a build into the output folder, all or nothing.
///
/// New contents go to temporary files first; only when all are complete are they renamed into
/// place. Before that the manifest learns the new sums beside the old ones: whenever the process is
/// killed, every file is either the old or the new one, whole, and known as depotc's own.
#include "cli.h"
#include "sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum FileState {
    STATE_SAME,    ///< has these contents already
    STATE_WRITE,   ///< is to be written
    STATE_WRITTEN, ///< stands in its temporary file
} FileState;

/// One output file on its way.
typedef struct Pending {
    const OutputFile *file;
    char *sum;  ///< SHA-256 of the new contents
    int folder; ///< the open folder it is in, or -1; the writer's
    FileState state;
} Pending;

typedef struct Writer {
    Compilation *compilation;
    const char *folder; ///< as shown to people
    const char *target; ///< what is written there
    int root;           ///< the open output folder, or -1
    bool force;
    GHashTable *manifest; ///< what earlier builds wrote
    GHashTable *next;     ///< what this build leaves
    GHashTable *folders;  ///< open folders by their path: many files need few descriptors
    Pending *pending;
    size_t count;
} Writer;

// Messages

static Diagnostic *report_path(const Writer *writer, DiagnosticId id, const char *path,
                               const char *detail) {
    g_autofree char *shown =
        path != NULL ? g_build_filename(writer->folder, path, NULL) : g_strdup(writer->folder);
    g_autofree char *valid = g_utf8_make_valid(shown, -1);
    Diagnostic *diagnostic =
        diagnostic_add(writer->compilation->diagnostics, id, NO_SPAN, valid, detail, NULL);
    diagnostic->file = arena_strndup(writer->compilation->arena, valid, strlen(valid));
    return diagnostic;
}

static bool fail(const Writer *writer, const char *path, int cause) {
    report_path(writer, DIAG_FILE_UNWRITABLE, path, g_strerror(cause));
    return false;
}

static bool refuse(const Writer *writer, DiagnosticId id, const char *path) {
    Diagnostic *diagnostic = report_path(writer, id, path, NULL);
    diagnostic_help(writer->compilation->diagnostics, diagnostic,
                    "move it away, or let `--force` overwrite it");
    return false;
}

// Deciding what to do

/// Whether what stands in the place of `pending` may be overwritten; false after a diagnostic.
static bool decide(const Writer *writer, Pending *pending) {
    const OutputFile *file = pending->file;
    size_t length = 0;
    errno = 0;
    g_autofree char *present =
        folder_read(pending->folder, folder_last_component(file->path), &length);
    const int cause = errno;
    pending->state = STATE_WRITE;
    if (present == NULL) {
        if (cause == ENOENT) {
            return true;
        }
        struct stat status;
        const bool folder = fstatat(pending->folder, folder_last_component(file->path), &status,
                                    AT_SYMLINK_NOFOLLOW) == 0 &&
                            S_ISDIR(status.st_mode);
        if (folder) {
            return fail(writer, file->path, EISDIR);
        }
        // A link, a device, or a file that cannot be read: not ours.
        return writer->force || refuse(writer, DIAG_OUTPUT_FOREIGN, file->path);
    }
    if (length == file->length && memcmp(present, file->text, length) == 0) {
        pending->state = STATE_SAME;
        return true;
    }
    if (writer->force) {
        return true;
    }
    if (!g_hash_table_contains(writer->manifest, file->path)) {
        return refuse(writer, DIAG_OUTPUT_FOREIGN, file->path);
    }
    g_autofree char *sum = sha256_of(present, length);
    return manifest_allows(writer->manifest, file->path, sum) ||
           refuse(writer, DIAG_OUTPUT_EDITED, file->path);
}

/// Opens the place of `pending`, making its folders; false after a diagnostic.
static bool open_place(const Writer *writer, Pending *pending) {
    char *parent = g_path_get_dirname(pending->file->path);
    void *known = NULL;
    if (g_hash_table_lookup_extended(writer->folders, parent, NULL, &known)) {
        pending->folder = GPOINTER_TO_INT(known);
        g_free(parent);
        return true;
    }
    size_t reached = 0;
    pending->folder = folder_open_parent(writer->root, pending->file->path, true, &reached);
    if (pending->folder >= 0) {
        g_hash_table_insert(writer->folders, parent, GINT_TO_POINTER(pending->folder));
        return true;
    }
    g_free(parent);
    const int cause = errno;
    g_autofree char *place = g_strndup(pending->file->path, reached);
    if (cause == ELOOP || cause == ENOTDIR) {
        report_path(writer, DIAG_OUTPUT_LINK, place, "a file or a symbolic link");
        return false;
    }
    return fail(writer, place, cause);
}

/// Decides about every file. All mistakes are reported, not the first alone.
static bool prepare(Writer *writer) {
    bool ok = true;
    for (size_t i = 0; i < writer->count; i++) {
        Pending *pending = &writer->pending[i];
        if (!open_place(writer, pending) || !decide(writer, pending)) {
            ok = false;
            continue;
        }
        pending->sum = sha256_of(pending->file->text, pending->file->length);
        manifest_add(writer->next, pending->file->path, pending->sum);
    }
    return ok;
}

// The manifest

static bool read_manifest(Writer *writer) {
    size_t length = 0;
    errno = 0;
    g_autofree char *text = folder_read(writer->root, MANIFEST_NAME, &length);
    if (text == NULL && errno == ENOENT) {
        writer->manifest = manifest_new();
        return true;
    }
    writer->manifest = text != NULL ? manifest_parse(text) : NULL;
    if (writer->manifest == NULL && !writer->force) {
        return refuse(writer, DIAG_OUTPUT_MANIFEST, MANIFEST_NAME);
    }
    if (writer->manifest == NULL) {
        writer->manifest = manifest_new();
    }
    return true;
}

static bool write_manifest(const Writer *writer, GHashTable *manifest) {
    g_autofree char *text = manifest_print(manifest);
    size_t length = 0;
    g_autofree char *present = folder_read(writer->root, MANIFEST_NAME, &length);
    if (present != NULL && strcmp(present, text) == 0) {
        return true;
    }
    return (folder_write_temporary(writer->root, MANIFEST_NAME, text, strlen(text)) &&
            folder_rename_temporary(writer->root, MANIFEST_NAME)) ||
           fail(writer, MANIFEST_NAME, errno);
}

/// While files are being replaced both the old and the new sums are right.
static bool announce(const Writer *writer) {
    g_autoptr(GHashTable) both = manifest_new();
    GHashTable *const tables[] = {writer->manifest, writer->next};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        GHashTableIter iterator;
        void *path = NULL;
        void *sums = NULL;
        g_hash_table_iter_init(&iterator, tables[i]);
        while (g_hash_table_iter_next(&iterator, &path, &sums)) {
            const GPtrArray *list = sums;
            for (guint j = 0; j < list->len; j++) {
                manifest_add(both, path, list->pdata[j]);
            }
        }
    }
    return write_manifest(writer, both);
}

// Doing it

static bool write_temporaries(Writer *writer) {
    for (size_t i = 0; i < writer->count; i++) {
        Pending *pending = &writer->pending[i];
        if (pending->state != STATE_WRITE) {
            continue;
        }
        const OutputFile *file = pending->file;
        pending->state = STATE_WRITTEN; // even half of it is to be removed again
        if (!folder_write_temporary(pending->folder, folder_last_component(file->path), file->text,
                                    file->length)) {
            return fail(writer, file->path, errno);
        }
    }
    return true;
}

static bool rename_all(Writer *writer) {
    for (size_t i = 0; i < writer->count; i++) {
        Pending *pending = &writer->pending[i];
        if (pending->state != STATE_WRITTEN) {
            continue;
        }
        if (!folder_rename_temporary(pending->folder, folder_last_component(pending->file->path))) {
            return fail(writer, pending->file->path, errno);
        }
        pending->state = STATE_SAME;
    }
    return true;
}

/// Removes folders above `path` that are empty now.
static void remove_empty_folders(const Writer *writer, const char *path) {
    g_autofree char *folder = g_path_get_dirname(path);
    while (strcmp(folder, ".") != 0) {
        size_t reached = 0;
        const int parent = folder_open_parent(writer->root, folder, false, &reached);
        if (parent < 0) {
            return;
        }
        const bool removed = unlinkat(parent, folder_last_component(folder), AT_REMOVEDIR) == 0;
        close(parent);
        if (!removed) {
            return;
        }
        char *above = g_path_get_dirname(folder);
        g_free(folder);
        folder = above;
    }
}

/// Removes a file that is no longer produced, unless somebody edited it.
static void remove_stale(const Writer *writer, const char *path) {
    size_t reached = 0;
    const int folder = folder_open_parent(writer->root, path, false, &reached);
    if (folder < 0) {
        return; // its folder is gone, or is no folder of ours
    }
    size_t length = 0;
    g_autofree char *present = folder_read(folder, folder_last_component(path), &length);
    if (present != NULL) {
        g_autofree char *sum = sha256_of(present, length);
        if (manifest_allows(writer->manifest, path, sum)) {
            unlinkat(folder, folder_last_component(path), 0);
        } else {
            report_path(writer, DIAG_OUTPUT_KEPT, path, NULL);
        }
    }
    close(folder);
    remove_empty_folders(writer, path);
}

static int compare_keys(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/// Whether `path` stays below the output folder; a manifest may have been tampered with.
static bool path_is_inside(const char *path) {
    g_auto(GStrv) components = g_strsplit(path, "/", -1);
    for (size_t i = 0; components[i] != NULL; i++) {
        if (*components[i] == '\0' || strcmp(components[i], ".") == 0 ||
            strcmp(components[i], "..") == 0) {
            return false;
        }
    }
    return components[0] != NULL;
}

static void remove_all_stale(const Writer *writer) {
    guint count = 0;
    g_autofree void **paths = g_hash_table_get_keys_as_array(writer->manifest, &count);
    qsort(paths, count, sizeof *paths, compare_keys);
    for (guint i = 0; i < count; i++) {
        if (!g_hash_table_contains(writer->next, paths[i]) && path_is_inside(paths[i])) {
            remove_stale(writer, paths[i]);
        }
    }
}

static bool anything_written(const Writer *writer) {
    for (size_t i = 0; i < writer->count; i++) {
        if (writer->pending[i].state == STATE_WRITTEN) {
            return true;
        }
    }
    return false;
}

/// The last step of a folder: all of its files stand in temporary ones.
static bool commit(Writer *writer) {
    if (anything_written(writer) && !(announce(writer) && rename_all(writer))) {
        return false;
    }
    remove_all_stale(writer);
    return write_manifest(writer, writer->next);
}

static void close_folder(void *folder) {
    close(GPOINTER_TO_INT(folder));
}

static void writer_clear(Writer *writer) {
    for (size_t i = 0; i < writer->count; i++) {
        Pending *pending = &writer->pending[i];
        if (pending->state == STATE_WRITTEN) { // a failure came between
            folder_remove_temporary(pending->folder, folder_last_component(pending->file->path));
        }
        g_free(pending->sum);
    }
    g_free(writer->pending);
    g_hash_table_destroy(writer->folders);
    g_hash_table_destroy(writer->next);
    g_clear_pointer(&writer->manifest, g_hash_table_destroy);
    if (writer->root >= 0) {
        close(writer->root);
    }
}

/// Whether `writer` opened the same folder as another one, under whatever name.
static bool is_shared(const Writer *writer, const Writer *other) {
    struct stat own;
    struct stat its;
    if (other->root < 0 || fstat(writer->root, &own) != 0 || fstat(other->root, &its) != 0 ||
        own.st_dev != its.st_dev || own.st_ino != its.st_ino) {
        return false;
    }
    Diagnostics *list = writer->compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_TARGET_FOLDER, NO_SPAN, other->target, writer->target, NULL);
    diagnostic_help(list, diagnostic, "`%s` and `%s` are one folder; give each its own",
                    other->folder, writer->folder);
    return true;
}

/// Opens the output folder and waits until no other build writes to it. `writers`: those that have
/// theirs, `index` of them.
static bool open_root(Writer *writers, size_t index) {
    Writer *writer = &writers[index];
    if (g_mkdir_with_parents(writer->folder, 0777) != 0) {
        return fail(writer, NULL, errno);
    }
    writer->root = open(writer->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (writer->root < 0) {
        return fail(writer, NULL, errno);
    }
    for (size_t i = 0; i < index; i++) {
        if (is_shared(writer, &writers[i])) { // it would wait for itself for ever
            return false;
        }
    }
    flock(writer->root, LOCK_EX); // where locks are not supported, builds just do not wait
    return true;
}

static void writer_begin(Writer *writer, Compilation *compilation, const OutputFolder *folder,
                         bool force) {
    *writer = (Writer){
        .compilation = compilation,
        .folder = folder->folder,
        .target = folder->target,
        .root = -1,
        .force = force,
        .next = manifest_new(),
        .folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, close_folder),
        .pending = g_new0(Pending, folder->count),
        .count = folder->count,
    };
    for (size_t i = 0; i < folder->count; i++) {
        writer->pending[i] = (Pending){.file = &folder->files[i], .folder = -1};
    }
}

/// The same order in every build: two that wait for each other's folder would wait for ever.
static int compare_folders(const void *left, const void *right) {
    return strcmp(((const OutputFolder *)left)->folder, ((const OutputFolder *)right)->folder);
}

bool output_write(Compilation *compilation, const OutputFolder *folders, size_t folder_count,
                  bool force) {
    g_autofree OutputFolder *sorted = g_memdup2(folders, folder_count * sizeof *folders);
    qsort(sorted, folder_count, sizeof *sorted, compare_folders);
    Writer *writers = g_new0(Writer, folder_count);
    size_t count = 0;
    bool ok = true;
    for (size_t i = 0; i < folder_count; i++) {
        if (sorted[i].count == 0 && !g_file_test(sorted[i].folder, G_FILE_TEST_EXISTS)) {
            continue; // nothing to write, and nothing to remove
        }
        writer_begin(&writers[count], compilation, &sorted[i], force);
        const bool opened = open_root(writers, count);
        ok = opened && read_manifest(&writers[count]) && prepare(&writers[count]) && ok;
        count++;
    }
    for (size_t i = 0; i < count && ok; i++) {
        ok = write_temporaries(&writers[i]);
    }
    for (size_t i = 0; i < count && ok; i++) {
        ok = commit(&writers[i]);
    }
    for (size_t i = 0; i < count; i++) {
        writer_clear(&writers[i]);
    }
    g_free(writers);
    return ok;
}
