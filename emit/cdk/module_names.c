/// What the classes of modules are called, and their files.
///
/// The class that most instances of a module share has the module's name; others add the name of
/// the first instance that is one: `Tables`, `TablesArchive`.
#include "cdk/modules.h"

#include "words.h"

#include <stdlib.h>
#include <string.h>

/// Types that generated code refers to by these names.
static const char *const RESERVED[] = {"record", "returntype", "string", "object", "array"};

static int compare_first_units(const UnitClass *left, const UnitClass *right) {
    const Unit *a = left->units[0], *b = right->units[0];
    const int order = strcmp(a->stack->name, b->stack->name);
    return order != 0 ? order : strcmp(a->instance->path, b->instance->path);
}

static int compare_modules(const UnitClass *left, const UnitClass *right) {
    const ModelInstance *a = left->units[0]->instance, *b = right->units[0]->instance;
    const int order = strcmp(a->module, b->module);
    return order != 0 ? order : strcmp(a->file, b->file);
}

static gint compare_classes(gconstpointer left, gconstpointer right) {
    const UnitClass *a = *(UnitClass *const *)left;
    const UnitClass *b = *(UnitClass *const *)right;
    const int order = compare_modules(a, b);
    if (order != 0) {
        return order;
    }
    if (a->unit_count != b->unit_count) {
        return a->unit_count > b->unit_count ? -1 : 1;
    }
    return compare_first_units(a, b);
}

static const char *class_base(Arena *arena, const UnitClass *class, bool main) {
    const ModelInstance *instance = class->units[0]->instance;
    const char *name = words_pascal(arena, instance->module);
    if (*name == '\0' || g_ascii_isdigit(*name)) {
        name = arena_printf(arena, "Module%s", name);
    }
    return main ? name : arena_printf(arena, "%s%s", name, instance->id);
}

static bool is_taken(GHashTable *taken, const char *name) {
    g_autofree char *folded = g_ascii_strdown(name, -1);
    return g_hash_table_contains(taken, folded);
}

static void take(GHashTable *taken, const char *name) {
    g_hash_table_add(taken, g_ascii_strdown(name, -1));
}

/// The class and the type of its props must both be free.
static void choose_name(Arena *arena, GHashTable *taken, UnitClass *class, const char *base) {
    const char *name = base;
    const char *props = arena_printf(arena, "%sProps", name);
    for (unsigned number = 2; is_taken(taken, name) || is_taken(taken, props); number++) {
        name = arena_printf(arena, "%s%u", base, number);
        props = arena_printf(arena, "%sProps", name);
    }
    take(taken, name);
    take(taken, props);
    class->scope.class_name = name;
    class->scope.interface = class->scope.prop_count > 0 ? props : NULL;
}

void names_choose(Modules *modules, const CdkProject *project) {
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(RESERVED); i++) {
        take(names, RESERVED[i]);
    }
    take(files, SERVICE_TOKEN_FILE);
    for (size_t i = 0; i < project->model->stack_count; i++) {
        take(names, project->stacks[i].stack->class_name);
        take(files, project->stacks[i].file);
    }
    g_ptr_array_sort(modules->classes, compare_classes);
    for (guint i = 0; i < modules->classes->len; i++) {
        UnitClass *class = modules->classes->pdata[i];
        const bool main = i == 0 || compare_modules(modules->classes->pdata[i - 1], class) != 0;
        choose_name(modules->arena, names, class, class_base(modules->arena, class, main));
        const char *file = words_kebab(modules->arena, class->scope.class_name);
        class->file = cdk_unique_name(files, g_strdup(file), "-");
    }
}
