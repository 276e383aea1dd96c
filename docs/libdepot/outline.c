// outline FILE…: compiles programs with libdepot and prints what each environment consists of, a
// line per resource of CloudFormation. The diagnostics go to standard error.
//
//   cc outline.c $(pkg-config --cflags --libs libdepot) -o outline
#include <depot/backend.h>
#include <depot/compilation.h>
#include <depot/render.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

static void print_stack(const ModelStack *stack) {
    printf("%s\n", stack->name);
    for (size_t i = 0; i < stack->resource_count; i++) {
        for (const ModelPart *part = stack->resources[i]->parts; part != NULL; part = part->next) {
            printf("  %-32s %s\n", part->logical_id, part->head);
        }
    }
}

static void print_diagnostics(Compilation *compilation) {
    const RenderOptions options = {.colour = false};
    GString *text = g_string_new(NULL);
    render_text(compilation, &options, text);
    fputs(text->str, stderr);
    g_string_free(text, TRUE);
}

int main(int argc, char **argv) {
    const Backend *backend = backend_find("cfn");
    Compilation *compilation = compilation_new(&(CompilationOptions){.backends = backend_names()});
    for (int i = 1; i < argc; i++) {
        compilation_add_entries(compilation, argv[i], NO_SPAN);
    }
    const Model *model = NULL;
    if (compilation_check(compilation)) {
        model = compilation_model(compilation, backend->name, backend->properties);
    }
    for (size_t i = 0; model != NULL && i < model->stack_count; i++) {
        print_stack(&model->stacks[i]);
    }
    print_diagnostics(compilation);
    compilation_free(compilation); // and with it the model
    return model != NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
