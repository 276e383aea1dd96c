/// An environment that uses what stands in it is created behind that, unless that needs the
/// environment: then neither can be first.
#include "lower.h"

#include <glib.h>
#include <string.h>

typedef struct Walk {
    GHashTable *from; ///< ModelResource → what led there
    GQueue *open;
    const ModelResource *at;
} Walk;

static void reach(Walk *walk, const ModelResource *resource) {
    if (resource && resource != walk->at && !g_hash_table_contains(walk->from, resource)) {
        g_hash_table_insert(walk->from, (gpointer)resource, (gpointer)walk->at);
        g_queue_push_tail(walk->open, (gpointer)resource);
    }
}

static void visit(const Value *value, void *data) {
    if (value->kind == VALUE_VARIABLE) {
        reach(data, value->target);
    } else if (value->kind == VALUE_REF || value->kind == VALUE_GETATT) {
        reach(data, value->part ? value->part->resource : NULL);
    } else {
        value_each_child(value, visit, data);
    }
}

/// What a resource is written with.
static void visit_resource(Compilation *compilation, Walk *walk, const ModelResource *resource) {
    const Name *props = names_of(compilation->names, "props");
    walk->at = resource;
    for (const ModelPart *part = resource->parts; part; part = part->next) {
        visit(part->body, walk);
        if (resource->properties && !value_field(part->body, props)) {
            visit(resource->properties, walk);
        }
    }
}

/// What stands in one instance of a module is created as one.
static void visit_instance(Walk *walk, const ModelStack *stack, const ModelResource *resource) {
    const ModelInstance *outermost = resource->instance;
    while (outermost && outermost->parent) {
        outermost = outermost->parent;
    }
    for (size_t i = 0; outermost && i < stack->resource_count; i++) {
        const ModelInstance *instance = stack->resources[i]->instance;
        while (instance && instance != outermost) {
            instance = instance->parent;
        }
        if (instance) {
            reach(walk, stack->resources[i]);
        }
    }
}

static void report(Compilation *compilation, const Walk *walk, const Resource *container) {
    GString *path = g_string_new(NULL);
    const ModelResource *first = NULL;
    const ModelResource *own = container->model;
    for (const ModelResource *at = g_hash_table_lookup(walk->from, own); at != own;
         at = g_hash_table_lookup(walk->from, at)) {
        g_autofree char *step = g_strdup_printf("`%s` → ", at->name);
        g_string_prepend(path, step);
        first = at;
    }
    Span span = node_name_span(compilation, container->node);
    for (size_t i = 0; i < container->reference_count; i++) {
        const Reference *reference = &container->references[i];
        if (reference->target->model == first && reference->node) {
            span = node_span(reference->node);
            break;
        }
    }
    const char *text =
        arena_printf(compilation->arena, "`%s` → %s`%s`", own->name, path->str, own->name);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_DEPENDENCY_CYCLE, span, text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "what stands in `%s` is added to it, so that it exists before them", own->name);
    g_string_free(path, TRUE);
}

/// Moves what the container needs before it; the rest keeps its order.
static void move_before(Compilation *compilation, ModelStack *stack, const Walk *walk) {
    size_t count = stack->resource_count;
    ModelResource **ordered = arena_array(compilation->arena, ModelResource *, count);
    size_t done = 0;
    for (int needed = 1; needed >= 0; needed--) {
        for (size_t i = 0; i < count; i++) {
            if (g_hash_table_contains(walk->from, stack->resources[i]) == (needed == 1)) {
                ordered[done++] = stack->resources[i];
            }
        }
    }
    stack->resources = ordered;
}

void container_order(Compilation *compilation, ModelStack *stack, const Resource *container) {
    bool inward = false;
    for (size_t i = 0; i < container->reference_count && !inward; i++) {
        inward = container->references[i].target->container == container;
    }
    if (!inward) {
        return;
    }
    Walk walk = {g_hash_table_new(NULL, NULL), g_queue_new(), NULL};
    const ModelResource *own = container->model;
    visit_resource(compilation, &walk, own);
    bool circle = false;
    while (!circle && !g_queue_is_empty(walk.open)) {
        const ModelResource *next = g_queue_pop_head(walk.open);
        visit_resource(compilation, &walk, next);
        visit_instance(&walk, stack, next);
        circle = g_hash_table_contains(walk.from, own);
    }
    if (circle) {
        report(compilation, &walk, container);
    } else {
        move_before(compilation, stack, &walk);
    }
    g_queue_free(walk.open);
    g_hash_table_destroy(walk.from);
}
