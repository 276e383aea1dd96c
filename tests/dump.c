/// depot-dump tokens|tree|model|model.BACKEND FILE [-p NAME=VALUE]…: what a pass makes of a
/// program.
#include "backend.h"
#include "compilation.h"
#include "model_dump.h"
#include "parse.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

/// Prints the model for `backend`, if the program is right.
static void dump_model(Compilation *compilation, const Backend *backend, GString *out) {
    const Model *model = NULL;
    if (compilation_check(compilation)) {
        model = compilation_model(compilation, backend->name, backend->properties);
    }
    if (model != NULL) {
        model_dump(model, out);
    } else {
        g_string_append(out, "no model: the program has errors\n");
    }
}

static bool dump(Compilation *compilation, const char *what, const char *path, GString *out) {
    Source *source = compilation_add_file(compilation, path, NO_SPAN);
    if (source == NULL) {
        return false;
    }
    if (strcmp(what, "tokens") == 0) {
        tokens_dump(source, out);
    } else if (strcmp(what, "tree") == 0) {
        tree_dump(source->tree, source, out);
    } else if (strcmp(what, "model") == 0) {
        size_t count = 0;
        dump_model(compilation, backend_all(&count), out);
    } else if (g_str_has_prefix(what, "model.") && backend_find(what + strlen("model."))) {
        dump_model(compilation, backend_find(what + strlen("model.")), out);
    } else {
        return false;
    }
    return true;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: depot-dump tokens|tree|model|model.BACKEND FILE [-p NAME=VALUE]...\n",
              stderr);
        return 2;
    }
    g_autoptr(GArray) settings = g_array_new(FALSE, FALSE, sizeof(ParameterSetting));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (int i = 3; i + 1 < argc; i += 2) {
        const size_t length = strcspn(argv[i + 1], "=");
        char *name = g_strndup(argv[i + 1], length);
        g_ptr_array_add(names, name);
        const char *text = argv[i + 1] + length;
        const ParameterSetting setting = {
            .name = name, .text = *text == '=' ? text + 1 : text, .origin = "-p"};
        g_array_append_val(settings, setting);
    }
    const CompilationOptions options = {
        .parameters = (const ParameterSetting *)(void *)settings->data,
        .parameter_count = settings->len,
    };
    Compilation *compilation = compilation_new(&options);
    g_autoptr(GString) out = g_string_new(NULL);
    const bool ok = dump(compilation, argv[1], argv[2], out);
    fputs(out->str, stdout);
    compilation_free(compilation);
    return ok ? 0 : 2;
}
