/// The whole compile, of a program of several files with its schemas: both back ends agree on
/// whether it builds, and every report is sound.
#include "target.h"

#include "backend.h"
#include "files_memory.h"

#include <glib.h>

static void judge_files(const EmitFiles *files) {
    for (size_t index = 0; index < emit_files_count(files); ++index) {
        const EmitFile *file = emit_files_get(files, index);
        target_expect(file->origin != NULL ||
                          g_utf8_validate(file->text, (gssize)file->length, NULL),
                      "what is written is UTF-8");
    }
}

/// Whether the program becomes something for each of the back ends.
static void judge_targets(Compilation *compilation) {
    size_t count = 0;
    size_t built = 0;
    const Backend *const backends = backend_all(&count);
    for (size_t index = 0; index < count; ++index) {
        const Backend *backend = &backends[index];
        const Model *model = compilation_model(compilation, backend->name, backend->properties);
        if (model != NULL) {
            EmitFiles *files = emit_files_new();
            backend->emit(model, files);
            judge_files(files);
            emit_files_free(files);
            ++built;
        }
    }
    target_expect(built == count || diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0,
                  "what does not build has an error");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(MemoryFiles) files = memory_files_new(data, size, "main.depot");
    const CompilationOptions options = {.files = &files->system, .backends = backend_names()};
    Compilation *compilation = compilation_new(&options);
    compilation_add_entry(compilation, "main.depot", NO_SPAN);
    if (compilation_check(compilation)) {
        judge_targets(compilation);
    } else {
        target_expect(diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0,
                      "what is not right has an error");
    }
    target_judge_report(compilation);
    compilation_free(compilation);
    return 0;
}
