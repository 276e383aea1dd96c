#include "compile.h"

#include "backend.h"
#include "judge.h"
#include "reading.h"

#include <string.h>

/// The file system, with programs formatted.
static ReadStatus read_formatted(const char *path, char **text, size_t *length,
                                 const char **message, void *data) {
    const ReadStatus status = compilation_read_disk(path, text, length, message, data);
    if (status != READ_OK || !g_str_has_suffix(path, ".depot")) {
        return status;
    }
    g_autoptr(GString) formatted = judge_format(*text, *length, JUDGE_PROGRAM);
    g_free(*text);
    *length = formatted->len;
    *text = g_malloc0(formatted->len + 2);
    memcpy(*text, formatted->str, formatted->len);
    return READ_OK;
}

/// The codes of all diagnostics, and then the templates.
static GString *compile(const char *path, FileReader reader) {
    const Backend *backend = backend_find("cfn");
    const CompilationOptions options = {.reader = reader, .backends = backend_names()};
    Compilation *compilation = compilation_new(&options);
    compilation_add_file(compilation, path, NO_SPAN);
    const Model *model = compilation_check(compilation)
                             ? compilation_model(compilation, backend->name, backend->properties)
                             : NULL;
    GString *out = reading_codes(compilation->diagnostics);
    EmitFiles *files = emit_files_new();
    if (model != NULL) {
        backend->emit(model, files);
    }
    for (size_t index = 0; index < emit_files_count(files); ++index) {
        const EmitFile *file = emit_files_get(files, index);
        g_string_append_printf(out, "%s\n", file->path);
        g_string_append_len(out, file->text, (gssize)file->length);
    }
    emit_files_free(files);
    compilation_free(compilation);
    return out;
}

char *compile_judge(const char *path) {
    g_autoptr(GString) before = compile(path, compilation_read_disk);
    g_autoptr(GString) after = compile(path, read_formatted);
    return judge_difference("compilation", before, after);
}
