/// The YAML files that packages name: they exist, and say what Depot understands.
#include "passes.h"
#include "schema_files.h"

static void read_package(Compilation *compilation, Resource *package) {
    const Construct *construct = package->construct;
    for (size_t i = 0; i < construct->property_count; i++) {
        if (!(construct->marks[i] & (MARK_SCHEMAS | MARK_MIGRATIONS))) {
            continue;
        }
        SchemaFiles files = {.complete = true};
        schema_files_read(compilation, package, i, &files);
        for (const SchemaFile *file = files.first; file; file = file->next) {
            yaml_read(compilation, file->source);
        }
        schema_files_rebase(compilation, package, i);
    }
}

void pass_schemas(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            read_package(compilation, container->members[m]);
        }
    }
}
