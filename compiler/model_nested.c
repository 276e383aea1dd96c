/// Nested stacks in the model: what stands in them, and what crosses from one template to another.
///
/// Ids are those that AWS CDK gives to parameters and outputs of nested stacks when a construct in
/// one template refers to a construct in another: back ends agree on them.
#include "lower.h"
#include "passes.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/// Where a back end writes code, a nested stack is an instance too: of a class of its own, in which
/// resources and instances of modules stand.
static void make_instances(Compilation *compilation, ModelStack *stack) {
    Arena *arena = compilation->arena;
    ModelInstance **instances =
        arena_array(arena, ModelInstance *, stack->nested_count + stack->instance_count);
    GHashTable *by_nested = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < stack->nested_count; i++) {
        ModelNested *nested = stack->nested[i];
        ModelInstance *instance = arena_new_object(arena, ModelInstance);
        *instance = (ModelInstance){.module = arena_printf(arena, "%s %s", stack->name, nested->id),
                                    .file = stack->name,
                                    .name = nested->id,
                                    .id = nested->id,
                                    .path = nested->id,
                                    .nested = nested,
                                    .is_nested = true,
                                    .span = stack->divided_at};
        instances[i] = instance;
        g_hash_table_insert(by_nested, nested, instance);
    }
    for (size_t i = 0; i < stack->instance_count; i++) {
        ModelInstance *instance = stack->instances[i];
        instances[stack->nested_count + i] = instance;
        if (!instance->nested) {
            continue;
        }
        instance->path = arena_printf(arena, "%s/%s", instance->nested->id, instance->path);
        if (!instance->parent) {
            instance->parent = g_hash_table_lookup(by_nested, instance->nested);
        }
    }
    for (size_t i = 0; i < stack->resource_count; i++) {
        ModelResource *resource = stack->resources[i];
        if (resource->nested && !resource->instance) {
            resource->instance = g_hash_table_lookup(by_nested, resource->nested);
        }
    }
    g_hash_table_destroy(by_nested);
    stack->instances = instances;
    stack->instance_count += stack->nested_count;
}

void nested_make(Compilation *compilation, ModelStack *stack, Resource *container) {
    Arena *arena = compilation->arena;
    int property = -1;
    split_count(compilation, container, &property);
    if (property >= 0) {
        stack->divided_by = container->construct->properties[property].name->text;
    }
    stack->divided_at = resource_span(compilation, container, property);
    stack->nested = arena_array(arena, ModelNested *, container->nested_count);
    for (size_t i = 0; i < container->nested_count; i++) {
        const char *id = container->nested_stacks[i]->name;
        ModelNested *nested = arena_new_object(arena, ModelNested);
        const char *path = arena_printf(arena, "%s.NestedStack/%s.NestedStackResource", id, id);
        const char *own = arena_printf(arena, "%s/%s", stack->name, id);
        nested->id = id;
        nested->logical_id = model_logical_id(arena, path);
        nested->file = arena_printf(arena, "%s.nested.template.json", model_logical_id(arena, own));
        nested->resources =
            arena_array(arena, ModelResource *, container->nested_stacks[i]->member_count);
        container->nested_stacks[i]->model = nested;
        stack->nested[stack->nested_count++] = nested;
    }
    for (size_t i = 0; i < container->use_count && stack->nested_count; i++) {
        const Nested *nested = container->uses[i]->nested;
        container->uses[i]->instance->nested = nested ? nested->model : NULL;
    }
    for (size_t i = 0; i < container->member_count && stack->nested_count; i++) {
        if (!container->members[i]->nested) {
            continue;
        }
        ModelNested *nested = container->members[i]->nested->model;
        container->members[i]->model->nested = nested;
        nested->resources[nested->resource_count++] = container->members[i]->model;
    }
    if (stack->nested_count && compilation->program->code) {
        make_instances(compilation, stack);
    }
}

// Ids

/// `Names.nodeUniqueId`: of the path from the stack on, the stack included.
static const char *unique_id(Arena *arena, const ModelStack *stack, const ModelNested *nested,
                             const char *path) {
    return model_logical_id(arena,
                            nested ? arena_printf(arena, "%s/%s/%s", stack->name, nested->id, path)
                                   : arena_printf(arena, "%s/%s", stack->name, path));
}

const char *model_crossing_output(Arena *arena, const ModelStack *stack, const ModelPart *part,
                                  const char *attribute) {
    const char *id = unique_id(arena, stack, part->resource->nested, part->path);
    return model_logical_id(arena, arena_printf(arena, "%s%s", id, attribute ? attribute : "Ref"));
}

const char *model_crossing_parameter(Arena *arena, const ModelStack *stack, const Value *value) {
    const char *of = NULL;
    const char *shown = "Ref";
    if (value->kind == VALUE_PARAMETER) {
        if (value->parameter->type == PARAMETER_LIST) {
            return value->parameter->id;
        }
        of = unique_id(arena, stack, NULL, value->parameter->id);
    } else {
        const ModelNested *nested = value->part->resource->nested;
        const char *attribute = value->kind == VALUE_GETATT ? value->text : NULL;
        if (nested) {
            const char *path = arena_printf(arena, "%s.NestedStack/%s.NestedStackResource",
                                            nested->id, nested->id);
            of = unique_id(arena, stack, NULL, path);
            shown = arena_printf(arena, "Outputs.%s",
                                 model_crossing_output(arena, stack, value->part, attribute));
        } else {
            of = unique_id(arena, stack, NULL, value->part->path);
            shown = attribute ? attribute : shown;
        }
    }
    return model_logical_id(arena, arena_printf(arena, "reference-to-%s%s", of, shown));
}

// What crosses

/// What a nested stack is found to take and give.
typedef struct Border {
    ModelNested *nested;
    GHashTable *parameters; ///< id → ModelCrossing
    GHashTable *outputs;    ///< the same
    GHashTable *depends_on; ///< a set of logical ids
} Border;

typedef struct Crossings {
    Compilation *compilation;
    const ModelStack *stack;
    GHashTable *borders;  ///< ModelNested → Border
    const Border *inside; ///< whose values are looked at; NULL: the stack's own
} Crossings;

static const ModelNested *here(const Crossings *crossings) {
    return crossings->inside ? crossings->inside->nested : NULL;
}

/// Notes that `value` is handed over as `id`.
static void cross(const Crossings *crossings, GHashTable *to, const char *id, ParameterType type,
                  const Value *value) {
    if (!g_hash_table_contains(to, id)) {
        ModelCrossing *crossing = arena_new_object(crossings->compilation->arena, ModelCrossing);
        *crossing = (ModelCrossing){.id = id, .type = type, .value = value};
        g_hash_table_insert(to, (gpointer)id, crossing);
    }
}

/// A list crosses as one text.
static const Value *joined(Compilation *compilation, const Value *list, const char *separator) {
    Value *value = value_new(compilation->arena, VALUE_FUNCTION, NULL);
    value->symbol = names_of(compilation->names, "Fn::Join");
    value->items = arena_array(compilation->arena, const Value *, 2);
    value->items[0] = value_string(compilation->arena, separator, NULL);
    value->items[1] = list;
    value->count = 2;
    return value;
}

static void visit_parameter(const Crossings *crossings, const Value *value) {
    Compilation *compilation = crossings->compilation;
    if (!crossings->inside) {
        return;
    }
    const bool list = value->parameter->type == PARAMETER_LIST;
    cross(crossings, crossings->inside->parameters,
          model_crossing_parameter(compilation->arena, crossings->stack, value),
          list ? PARAMETER_LIST : PARAMETER_STRING, list ? joined(compilation, value, ",") : value);
}

/// A list is taken apart where it is used, and not when it is handed on.
static const Value *plain(Arena *arena, const Value *value) {
    if (value->kind != VALUE_GETATT || !value->list) {
        return value;
    }
    Value *copy = arena_new_object(arena, Value);
    *copy = *value;
    copy->list = false;
    return copy;
}

static void visit_reference(const Crossings *crossings, const Value *value) {
    Arena *arena = crossings->compilation->arena;
    const ModelNested *owner = value->part->resource->nested;
    if (owner == here(crossings)) {
        return;
    }
    if (owner) {
        const Border *border = g_hash_table_lookup(crossings->borders, owner);
        const char *attribute = value->kind == VALUE_GETATT ? value->text : NULL;
        cross(crossings, border->outputs,
              model_crossing_output(arena, crossings->stack, value->part, attribute),
              PARAMETER_STRING,
              value->kind == VALUE_GETATT && value->list
                  ? joined(crossings->compilation, value, MODEL_LIST_SEPARATOR)
                  : value);
    }
    if (crossings->inside) {
        cross(crossings, crossings->inside->parameters,
              model_crossing_parameter(arena, crossings->stack, value), PARAMETER_STRING,
              plain(arena, value));
    }
}

static void visit_value(const Crossings *crossings, const Value *value) {
    switch (value->kind) {
    case VALUE_PARAMETER:
        visit_parameter(crossings, value);
        break;
    case VALUE_REF:
    case VALUE_GETATT:
        visit_reference(crossings, value);
        break;
    case VALUE_LIST:
    case VALUE_CONCAT:
    case VALUE_DYNAMIC:
    case VALUE_FUNCTION:
        for (size_t i = 0; i < value->count; i++) {
            visit_value(crossings, value->items[i]);
        }
        break;
    case VALUE_OBJECT:
        for (size_t i = 0; i < value->field_count; i++) {
            visit_value(crossings, value->fields[i].value);
        }
        break;
    default:
        break;
    }
}

/// What a resource of a nested stack waits for elsewhere, all of the nested stack waits for.
static void visit_dependency(const Crossings *crossings, const ModelPart *on) {
    const ModelNested *owner = on->resource->nested;
    if (crossings->inside && owner != here(crossings)) {
        g_hash_table_add(crossings->inside->depends_on,
                         (gpointer)(owner ? owner->logical_id : on->logical_id));
    }
}

static void visit_own_dependencies(const Crossings *crossings, const Value *value) {
    if (value->kind == VALUE_REF) {
        visit_dependency(crossings, value->part);
    }
    for (size_t i = 0; value->kind == VALUE_LIST && i < value->count; i++) {
        visit_own_dependencies(crossings, value->items[i]);
    }
}

static void visit_members(const Crossings *crossings, const Value *object) {
    for (size_t i = 0; object && i < object->field_count; i++) {
        if (!strcmp(object->fields[i].name->text, "DependsOn")) {
            visit_own_dependencies(crossings, object->fields[i].value);
        } else {
            visit_value(crossings, object->fields[i].value);
        }
    }
}

static void visit_part(const Crossings *crossings, const ModelPart *part) {
    for (size_t i = 0; i < part->dependency_count; i++) {
        visit_dependency(crossings, part->dependencies[i]);
    }
    if (part->attributes) {
        visit_members(crossings, part->attributes);
        visit_value(crossings, part->body);
    } else {
        visit_members(crossings, part->body);
    }
}

static void free_border(gpointer data) {
    Border *border = data;
    g_hash_table_destroy(border->parameters);
    g_hash_table_destroy(border->outputs);
    g_hash_table_destroy(border->depends_on);
    g_free(border);
}

static int by_crossing_id(const void *left, const void *right) {
    return strcmp(((const ModelCrossing *)left)->id, ((const ModelCrossing *)right)->id);
}

static ModelCrossing *sorted_crossings(Arena *arena, GHashTable *found, size_t *count) {
    ModelCrossing *crossings = arena_array(arena, ModelCrossing, g_hash_table_size(found));
    GHashTableIter iterator;
    gpointer crossing = NULL;
    g_hash_table_iter_init(&iterator, found);
    *count = 0;
    while (g_hash_table_iter_next(&iterator, NULL, &crossing)) {
        crossings[(*count)++] = *(const ModelCrossing *)crossing;
    }
    qsort(crossings, *count, sizeof *crossings, by_crossing_id);
    return crossings;
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void settle(Arena *arena, const Border *border) {
    ModelNested *nested = border->nested;
    nested->parameters = sorted_crossings(arena, border->parameters, &nested->parameter_count);
    nested->outputs = sorted_crossings(arena, border->outputs, &nested->output_count);
    nested->depends_on = arena_array(arena, const char *, g_hash_table_size(border->depends_on));
    GHashTableIter iterator;
    gpointer id = NULL;
    g_hash_table_iter_init(&iterator, border->depends_on);
    while (g_hash_table_iter_next(&iterator, &id, NULL)) {
        nested->depends_on[nested->depends_on_count++] = id;
    }
    qsort(nested->depends_on, nested->depends_on_count, sizeof *nested->depends_on, by_text);
}

static void check(Compilation *compilation, const ModelNested *nested, Span span,
                  const char *things, size_t count, size_t most) {
    if (count <= most) {
        return;
    }
    Arena *arena = compilation->arena;
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_NESTED_LIMIT, span,
        arena_printf(arena, "the nested stack `%s`", nested->id), arena_printf(arena, "%zu", count),
        things, arena_printf(arena, "%zu", most), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "each value that it shares with another nested stack is one of them; a larger "
                    "number divides it further, and what is deployed already then moves");
}

/// A resource that stands in an instance, however deep; NULL if nothing is written there.
static ModelResource *resource_in(const ModelInstance *instance) {
    for (size_t i = 0; instance->nested && i < instance->nested->resource_count; i++) {
        ModelResource *resource = instance->nested->resources[i];
        const ModelInstance *around = resource->instance;
        while (around && around != instance) {
            around = around->parent;
        }
        if (around && resource->parts) {
            return resource;
        }
    }
    return NULL;
}

/// Instances that stand in other nested stacks are no constructs of the same scope: a resource in
/// them is as good, since nested stacks wait for each other as wholes.
static void bridge(Arena *arena, const ModelNested *own, ModelResource ***resources, size_t *count,
                   ModelInstance **instances, size_t *instance_count) {
    ModelResource **all = arena_array(arena, ModelResource *, *count + *instance_count);
    size_t kept = 0, total = *count;
    if (total) {
        memcpy(all, *resources, total * sizeof *all);
    }
    for (size_t i = 0; i < *instance_count; i++) {
        ModelResource *resource = instances[i]->nested == own ? NULL : resource_in(instances[i]);
        if (instances[i]->nested == own) {
            instances[kept++] = instances[i];
        } else if (resource) {
            all[total++] = resource;
        }
    }
    *instance_count = kept;
    *resources = all;
    *count = total;
}

static void bridge_all(Arena *arena, const ModelStack *stack) {
    for (size_t i = 0; i < stack->resource_count; i++) {
        ModelResource *one = stack->resources[i];
        bridge(arena, one->nested, &one->dependencies, &one->dependency_count,
               one->instance_dependencies, &one->instance_dependency_count);
    }
    for (size_t i = 0; i < stack->instance_count; i++) {
        ModelInstance *one = stack->instances[i];
        bridge(arena, one->nested, &one->dependencies, &one->dependency_count,
               one->instance_dependencies, &one->instance_dependency_count);
    }
}

void nested_link(Compilation *compilation, ModelStack *stack) {
    if (!stack->nested_count) {
        return;
    }
    if (compilation->program->code) {
        bridge_all(compilation->arena, stack);
        return;
    }
    Crossings crossings = {.compilation = compilation,
                           .stack = stack,
                           .borders = g_hash_table_new_full(NULL, NULL, NULL, free_border)};
    for (size_t i = 0; i < stack->nested_count; i++) {
        Border *border = g_new(Border, 1);
        *border = (Border){stack->nested[i], g_hash_table_new(g_str_hash, g_str_equal),
                           g_hash_table_new(g_str_hash, g_str_equal),
                           g_hash_table_new(g_str_hash, g_str_equal)};
        g_hash_table_insert(crossings.borders, stack->nested[i], border);
    }
    for (size_t i = 0; i < stack->resource_count; i++) {
        const ModelResource *resource = stack->resources[i];
        crossings.inside =
            resource->nested ? g_hash_table_lookup(crossings.borders, resource->nested) : NULL;
        for (const ModelPart *part = resource->parts; part; part = part->next) {
            visit_part(&crossings, part);
        }
    }
    crossings.inside = NULL;
    for (size_t i = 0; i < stack->output_count; i++) {
        visit_value(&crossings, stack->outputs[i].value);
    }
    for (size_t i = 0; i < stack->nested_count; i++) {
        const ModelNested *nested = stack->nested[i];
        settle(compilation->arena, g_hash_table_lookup(crossings.borders, nested));
        check(compilation, nested, stack->divided_at, "parameters", nested->parameter_count,
              LIMIT_PARAMETERS);
        check(compilation, nested, stack->divided_at, "outputs", nested->output_count,
              LIMIT_OUTPUTS);
    }
    g_hash_table_destroy(crossings.borders);
}
