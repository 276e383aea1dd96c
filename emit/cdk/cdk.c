#include "cdk/cdk.h"

#include "cdk/modules.h"
#include "kinds.h"

#include <string.h>

void cdk_emit(const Model *model, EmitFiles *files);

/// `text` as a part of a file's name that every file system takes: other characters than letters,
/// digits, dots, underscores and dashes become dashes.
static char *file_name(const char *text) {
    char *name = g_strdup(*text ? text : "app");
    for (char *at = name; *at; at++) {
        const bool first = at == name;
        if (!g_ascii_isalnum(*at) && (first || !strchr("._-", *at))) {
            *at = first ? 'x' : '-';
        }
    }
    return name;
}

char *cdk_unique_name(GHashTable *taken, char *name, const char *separator) {
    char *chosen = name;
    g_autofree char *folded = g_ascii_strdown(chosen, -1);
    for (unsigned number = 2; g_hash_table_contains(taken, folded); number++) {
        if (chosen != name) {
            g_free(chosen);
        }
        g_free(folded);
        chosen = g_strdup_printf("%s%s%u", name, separator, number);
        folded = g_ascii_strdown(chosen, -1);
    }
    if (chosen != name) {
        g_free(name);
    }
    g_hash_table_add(taken, g_steal_pointer(&folded));
    return chosen;
}

static void name_stacks(CdkProject *project) {
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) classes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    project->stacks = g_new0(CdkStack, project->model->stack_count);
    for (size_t i = 0; i < project->model->stack_count; i++) {
        CdkStack *stack = &project->stacks[i];
        stack->stack = &project->model->stacks[i];
        g_autofree char *name = file_name(stack->stack->name);
        stack->file = cdk_unique_name(files, g_strconcat(name, "-stack", NULL), "-");
        stack->local = cdk_unique_name(classes, g_strdup(stack->stack->class_name), "");
    }
}

const char *cdk_body_text(Arena *arena, const ModelPart *part, const char *name) {
    const Value *value = value_member(part->body, name);
    if (!value || value->kind != VALUE_STRING) {
        return NULL;
    }
    return arena_strndup(arena, value->text, value->length);
}

static void list_modules(CdkProject *project, const Modules *modules) {
    project->module_count = modules->classes->len;
    project->modules = g_new0(CdkModule, project->module_count);
    for (size_t i = 0; i < project->module_count; i++) {
        const UnitClass *class = modules->classes->pdata[i];
        project->modules[i] = (CdkModule){&class->scope, class->file};
    }
    for (size_t i = 0; i < project->model->stack_count; i++) {
        project->stacks[i].scope = &modules->stacks[i]->scope;
    }
}

void cdk_emit(const Model *model, EmitFiles *files) {
    g_autofree char *lower = g_ascii_strdown(model->project ? model->project : "", -1);
    CdkProject project = {
        .model = model,
        .name = file_name(lower),
        .packages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .files = files,
    };
    name_stacks(&project);
    Modules *modules = modules_new(&project);
    list_modules(&project, modules);
    cdk_app_file(&project);
    for (size_t i = 0; i < project.module_count; i++) {
        cdk_module_file(&project, &project.modules[i]);
    }
    for (size_t i = 0; i < model->stack_count; i++) {
        cdk_stack_file(&project, &project.stacks[i]);
    }
    cdk_test_file(&project);
    cdk_fixed_files(&project);
    for (size_t i = 0; i < model->file_count; i++) {
        const ModelFile *file = &model->files[i];
        emit_files_add_copy(files, file->path, g_strndup(file->text, file->length), file->length,
                            file->origin);
    }
    for (size_t i = 0; i < model->stack_count; i++) {
        g_free(project.stacks[i].file);
        g_free(project.stacks[i].local);
    }
    g_free(project.stacks);
    g_free(project.modules);
    modules_free(modules);
    g_hash_table_unref(project.packages);
    g_free(project.name);
}
