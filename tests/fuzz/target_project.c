/// A project: its file, and the program beside it.
#include "target.h"

#include "backend.h"
#include "files_memory.h"
#include "project.h"

#include <glib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(MemoryFiles) files = memory_files_new(data, size, PROJECT_FILE);
    const CompilationOptions options = {.files = &files->system, .backends = backend_names()};
    Compilation *compilation = compilation_new(&options);
    const Project *project = project_read(compilation, PROJECT_FILE);
    if (project != NULL) {
        compilation_set_levels(compilation, project->levels, project->level_count);
        project_add_parts(compilation, project);
        project_add_entries(compilation, project);
        compilation_check(compilation);
        compilation_raise_levels(compilation);
    }
    target_judge_report(compilation);
    compilation_free(compilation);
    return 0;
}
