#include "backend.h"

#include <glib.h>

struct EmitFiles {
    GArray *files;       ///< of EmitFile
    GStringChunk *paths; ///< the paths' memory
};

static void clear_file(gpointer data) {
    g_free(((EmitFile *)data)->text);
}

EmitFiles *emit_files_new(void) {
    EmitFiles *files = g_new(EmitFiles, 1);
    files->files = g_array_new(FALSE, FALSE, sizeof(EmitFile));
    g_array_set_clear_func(files->files, clear_file);
    files->paths = g_string_chunk_new(256);
    return files;
}

void emit_files_free(EmitFiles *files) {
    if (!files) {
        return;
    }
    g_array_unref(files->files);
    g_string_chunk_free(files->paths);
    g_free(files);
}

void emit_files_add(EmitFiles *files, const char *path, char *text, size_t length) {
    emit_files_add_stack(files, path, text, length, NULL);
}

void emit_files_add_stack(EmitFiles *files, const char *path, char *text, size_t length,
                          const ModelStack *stack) {
    g_array_set_size(files->files, files->files->len + 1);
    EmitFile *file = &g_array_index(files->files, EmitFile, files->files->len - 1);
    file->path = g_string_chunk_insert(files->paths, path);
    file->text = text;
    file->length = length;
    file->stack = stack;
    file->origin = NULL;
    file->yours = false;
}

void emit_files_add_yours(EmitFiles *files, const char *path, char *text, size_t length) {
    emit_files_add_stack(files, path, text, length, NULL);
    g_array_index(files->files, EmitFile, files->files->len - 1).yours = true;
}

void emit_files_add_copy(EmitFiles *files, const char *path, char *text, size_t length,
                         const char *origin) {
    emit_files_add_stack(files, path, text, length, NULL);
    g_array_index(files->files, EmitFile, files->files->len - 1).origin = origin;
}

size_t emit_files_count(const EmitFiles *files) {
    return files->files->len;
}

const EmitFile *emit_files_get(const EmitFiles *files, size_t index) {
    return &g_array_index(files->files, EmitFile, index);
}
