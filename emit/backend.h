/// A back end: one folder under emit/, one row in backends.def. It reads the model and writes text
/// into files in memory; the caller puts them on disk.
#ifndef DEPOT_BACKEND_H
#define DEPOT_BACKEND_H

#include "model.h"

#include <stdbool.h>
#include <stddef.h>

/// A file of the output.
typedef struct EmitFile {
    const char *path; ///< relative, with "/"
    char *text;       ///< g_malloc'ed
    size_t length;
    const ModelStack *stack; ///< the environment that it is for, or NULL
    const char *origin;      ///< the user's file that it is a copy of, or NULL
    bool yours;              ///< the user's own as soon as the user edits it
} EmitFile;

typedef struct EmitFiles EmitFiles;
/// An empty collection, freed with `emit_files_free` (texts included).
EmitFiles *emit_files_new(void);
void emit_files_free(EmitFiles *files);
/// Adds a file; takes ownership of `text` (g_malloc'ed), copies `path`.
void emit_files_add(EmitFiles *files, const char *path, char *text, size_t length);
/// The same for the file of one environment.
void emit_files_add_stack(EmitFiles *files, const char *path, char *text, size_t length,
                          const ModelStack *stack);
/// The same for a copy of the user's file `origin`.
void emit_files_add_copy(EmitFiles *files, const char *path, char *text, size_t length,
                         const char *origin);
/// The same for a file that is the user's own as soon as the user edits it: what nobody edited is
/// kept up to date, what somebody did is left alone.
void emit_files_add_yours(EmitFiles *files, const char *path, char *text, size_t length);
size_t emit_files_count(const EmitFiles *files);
const EmitFile *emit_files_get(const EmitFiles *files, size_t index);

typedef struct Backend {
    const char *name;    ///< of `--target`, and of the library's clauses
    const char *summary; ///< for --help
    bool properties;     ///< wants ModelResource.properties
    bool separate;       ///< the file of an environment depends on that environment alone
    size_t limit;        ///< most bytes of the file of one environment; 0: none
    void (*emit)(const Model *model, EmitFiles *files);
} Backend;

/// The back end called `name`, or NULL.
const Backend *backend_find(const char *name);
/// The names of all back ends, NULL at the end: `CompilationOptions.backends`.
const char *const *backend_names(void);
/// All back ends, in the order of the table; the first is the default.
const Backend *backend_all(size_t *count);

#endif
