/// The YAML files that belong to a project in code: schemas that the program declares, written out,
/// and files that it names, as they are. There, paths mean the same as in the program.
#include "model_files.h"

#include "model.h"
#include "schema_depot.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/// A file that a package names.
typedef struct KeptFile {
    const char *path;
    const Source *source;
    struct KeptFile *next;
} KeptFile;

void model_keep_file(Compilation *compilation, const char *path, const Source *source) {
    KeptFile *kept = arena_new_object(compilation->arena, KeptFile);
    *kept = (KeptFile){path, source, compilation->program->kept_files};
    compilation->program->kept_files = kept;
}

static int by_path(const void *left, const void *right) {
    const ModelFile *one = left;
    const ModelFile *other = right;
    int order = strcmp(one->path, other->path);
    return order ? order
                 : strcmp(one->origin ? one->origin : "", other->origin ? other->origin : "");
}

static void report_same_path(Compilation *compilation, const ModelFile *one,
                             const ModelFile *other) {
    const ModelFile *late = one->span.file > other->span.file ? one : other;
    const ModelFile *early = late == one ? other : one;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_OUTPUT, late->span, late->path, NULL);
    diagnostic_note(compilation->diagnostics, diagnostic, early->span, "the other one");
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "the project has one place for both: rename one, or its folder");
}

/// Sorted, and each path once.
static void settle(Compilation *compilation, Model *model) {
    qsort(model->files, model->file_count, sizeof *model->files, by_path);
    size_t count = 0;
    for (size_t i = 0; i < model->file_count; i++) {
        const ModelFile *file = &model->files[i];
        const ModelFile *before = count ? &model->files[count - 1] : NULL;
        if (!before || strcmp(before->path, file->path) != 0) {
            model->files[count++] = *file;
        } else if (before->length != file->length ||
                   memcmp(before->text, file->text, file->length) != 0) {
            report_same_path(compilation, before, file);
        }
    }
    model->file_count = count;
}

void model_add_files(Compilation *compilation, Model *model) {
    const Program *program = compilation->program;
    size_t count = program->schemas ? g_hash_table_size(program->schemas) : 0;
    for (const KeptFile *kept = program->kept_files; kept; kept = kept->next) {
        count++;
    }
    if (!count) {
        return;
    }
    model->files = arena_array(compilation->arena, ModelFile, count);
    for (const KeptFile *kept = program->kept_files; kept; kept = kept->next) {
        model->files[model->file_count++] = (ModelFile){.path = kept->path,
                                                        .text = kept->source->text,
                                                        .length = kept->source->length,
                                                        .origin = kept->source->path,
                                                        .span = {kept->source->id, 0, 0}};
    }
    GHashTableIter iterator;
    gpointer value = NULL;
    if (program->schemas) {
        g_hash_table_iter_init(&iterator, program->schemas);
        while (g_hash_table_iter_next(&iterator, NULL, &value)) {
            const SchemaSource *schema = value;
            ModelFile *file = &model->files[model->file_count++];
            file->path = schema->path + strlen("./");
            file->text = document_write(compilation->arena, schema->document, &file->length);
            file->span = node_name_span(compilation, schema->node);
        }
    }
    settle(compilation, model);
}
