#include "cdk/variables.h"

#include "cdk/text.h"
#include "kinds.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

/// Names that a variable cannot have, or that would be mistaken for something else: words of
/// TypeScript, and what constructors call their parameters. Sorted.
static const char *const RESERVED[] = {
    "abstract",   "any",       "arguments", "as",      "async",      "await",       "boolean",
    "break",      "case",      "catch",     "class",   "const",      "constructor", "continue",
    "debugger",   "declare",   "default",   "delete",  "do",         "else",        "enum",
    "eval",       "export",    "extends",   "false",   "finally",    "for",         "from",
    "function",   "get",       "id",        "if",      "implements", "import",      "in",
    "instanceof", "interface", "is",        "let",     "module",     "namespace",   "never",
    "new",        "null",      "number",    "object",  "of",         "package",     "private",
    "props",      "protected", "public",    "require", "return",     "scope",       "set",
    "static",     "string",    "super",     "switch",  "symbol",     "this",        "throw",
    "true",       "try",       "type",      "typeof",  "undefined",  "unknown",     "using",
    "var",        "void",      "while",     "with",    "yield",
};

static int compare_words(const void *left, const void *right) {
    return strcmp(left, *(const char *const *)right);
}

static bool is_reserved(const char *word) {
    return bsearch(word, RESERVED, G_N_ELEMENTS(RESERVED), sizeof *RESERVED, compare_words) != NULL;
}

static const char *camel_name(Arena *arena, const char *words) {
    const char *name = words_camel(arena, words);
    return *name && !g_ascii_isdigit(*name) ? name : arena_printf(arena, "_%s", name);
}

const char *variables_name(Arena *arena, const ModelResource *resource) {
    const char *words = resource->key ? arena_printf(arena, "%s %s", resource->name, resource->key)
                                      : resource->name;
    const char *id = words_pascal(arena, resource->name);
    if (resource->key) {
        id = arena_printf(arena, "%s%s", id, words_pascal(arena, resource->key));
    }
    // An id that does not come from the name is what the construct is called everywhere.
    return camel_name(arena, strcmp(id, resource->id) == 0 ? words : resource->id);
}

/// Notes the variable of `owner`: `name`, unless it is taken. `kind` sets apart what would clash.
static void add_local(ClassFile *file, GHashTable *taken, const void *owner, const char *name,
                      const char *kind) {
    Arena *arena = file->arena;
    if (is_reserved(name) || g_hash_table_contains(taken, name)) {
        name = arena_printf(arena, "%s%s", name, words_pascal(arena, kind));
    }
    const char *base = name;
    for (unsigned number = 2; g_hash_table_contains(taken, name); number++) {
        name = arena_printf(arena, "%s%u", base, number);
    }
    g_hash_table_add(taken, (gpointer)name);
    g_hash_table_insert(file->locals, (gpointer)owner, (gpointer)name);
}

static void find_locals(ClassFile *file, GHashTable *taken) {
    const CdkScope *scope = file->scope;
    for (size_t i = 0; i < G_N_ELEMENTS(RESERVED); i++) {
        g_hash_table_add(taken, (gpointer)RESERVED[i]);
    }
    g_hash_table_add(taken, (gpointer)scope->class_name);
    if (scope->interface) {
        g_hash_table_add(taken, (gpointer)scope->interface);
    }
    for (size_t i = 0; i < scope->construct_count; i++) {
        const ModelResource *resource = scope->constructs[i].resource;
        add_local(file, taken, resource, variables_name(file->arena, resource), resource->kind);
    }
    for (size_t i = 0; i < scope->parameter_count; i++) {
        const ModelParameter *parameter = scope->parameters[i];
        add_local(file, taken, parameter, camel_name(file->arena, parameter->name), "parameter");
    }
}

/// Notes the variables that `value` reads; `data` is the file. What the parameter of a module is
/// given is read elsewhere.
static void find_uses(const Value *value, void *data) {
    const ClassFile *file = data;
    if (value->kind == VALUE_VARIABLE) {
        g_hash_table_add(file->used, value->target);
    } else if (value->kind == VALUE_PARAMETER) {
        g_hash_table_add(file->used, value->parameter);
    } else if (value->kind != VALUE_ARGUMENT) {
        value_each_child(value, find_uses, data);
    }
}

const Value *variables_props(const ModelPart *part) {
    const Value *props = value_member(part->body, "props");
    if (props) {
        const Value *class = value_member(part->body, "class");
        const bool optional = class && class->kind == VALUE_SYMBOL; // no type asks for them
        const bool empty = optional && props->kind == VALUE_OBJECT && props->field_count == 0;
        return props->kind == VALUE_ABSENT || empty ? NULL : props;
    }
    const Value *all = part == part->resource->parts ? part->resource->properties : NULL;
    return all && all->field_count > 0 ? all : NULL;
}

static void find_part_uses(ClassFile *file, const ModelPart *part) {
    const Value *props = variables_props(part);
    const Value *on = value_member(part->body, "on");
    if (props) {
        find_uses(props, file);
    }
    if (on) {
        find_uses(on, file);
    }
    if (part->attributes && part->attributes->field_count > 0) {
        find_uses(part->attributes, file);
        g_hash_table_add(file->used, part->resource); // the attributes are assigned to it
    }
    if (part != part->resource->parts) {
        g_hash_table_add(file->used, part->resource); // the construct that it stands in
    }
}

void variables_find(ClassFile *file, GHashTable *taken) {
    const CdkScope *scope = file->scope;
    find_locals(file, taken);
    for (size_t i = 0; i < scope->construct_count; i++) {
        const CdkConstruct *construct = &scope->constructs[i];
        for (const ModelPart *part = construct->resource->parts; part; part = part->next) {
            find_part_uses(file, part);
        }
        if (construct->dependency_count > 0) {
            g_hash_table_add(file->used, (gpointer)construct->resource);
        }
        for (size_t j = 0; j < construct->dependency_count; j++) {
            find_uses(construct->dependencies[j], file);
        }
    }
    for (size_t i = 0; i < scope->output_count; i++) {
        find_uses(scope->outputs[i].value, file);
    }
    for (size_t i = 0; i < scope->member_count; i++) {
        find_uses(scope->members[i]->value, file);
    }
}

bool variables_is_used(const ClassFile *file, const void *owner) {
    return g_hash_table_contains(file->used, owner);
}
