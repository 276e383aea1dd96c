/// Who refers to whom.
#include "passes.h"

#include <glib.h>
#include <string.h>

typedef struct Collector {
    Compilation *compilation;
    Resource *from;
    int property;
    GArray *references;
    GPtrArray *foreign; ///< existing containers that members of this one name
} Collector;

/// Whether `target` may be used by what stands in `container`.
static bool reachable(const Resource *container, const Resource *target) {
    if (target->container) {
        return target->container == container;
    }
    return target == container || target->construct->existing;
}

static void report_foreign(Collector *collector, const Resource *target, const Node *node) {
    Compilation *compilation = collector->compilation;

    Resource *from = collector->from;
    const Resource *own = from->container ? from->container : from;
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_OTHER_ENVIRONMENT,
        node ? node_span(node) : resource_span(compilation, from, collector->property),
        resource_text(compilation, target), resource_text(compilation, own), NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     node_name_span(compilation, target->node), "declared here");
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "each environment is a stack of its own; pass values between them with an "
                    "output and `importValue`, or move the resource");
}

static void visit(Resource *target, const Node *node, void *data) {
    Collector *collector = data;
    Resource *from = collector->from;
    Resource *container = from->container ? from->container : from;
    if (node && compilation_is_lenient(collector->compilation, node)) {
        node = NULL;
    }
    if (!reachable(container, target)) {
        report_foreign(collector, target, node);
        return;
    }
    if (!target->container && target != container &&
        !g_ptr_array_find(collector->foreign, target, NULL)) {
        g_ptr_array_add(collector->foreign, target);
    }
    Reference reference = {.target = target, .node = node, .property = collector->property};
    if (target != from || target->container) {
        g_array_append_val(collector->references, reference);
    }
}

static void check_depends(Collector *collector, const Value *value) {
    size_t count = value->kind == VALUE_LIST ? value->count : 1;
    for (size_t i = 0; i < count; i++) {
        const Value *item = value->kind == VALUE_LIST ? value->items[i] : value;
        if (item->kind == VALUE_RESOURCE || item->kind == VALUE_ERROR ||
            item->kind == VALUE_ABSENT) {
            continue;
        }
        Resource *from = collector->from;
        size_t slot = resource_depends_slot(from);
        diagnostic_add(collector->compilation->diagnostics, DIAG_VALUE_MISMATCH,
                       item->origin ? node_span(item->origin)
                                    : resource_span(collector->compilation, from, (int)slot),
                       "`dependsOn`", "a list of resources",
                       value_text(collector->compilation->arena, item), NULL);
    }
}

static void collect(Collector *collector, Resource *resource) {
    Compilation *compilation = collector->compilation;
    collector->from = resource;
    g_array_set_size(collector->references, 0);
    size_t count = resource->construct->property_count;
    for (size_t i = 0; i < count + 2; i++) {
        collector->property = (int)i;
        const Value *value = resource_property(compilation, resource, i, false);
        value_each_reference(value, visit, collector);
        if (i == resource_depends_slot(resource)) {
            check_depends(collector, value);
        }
    }
    resource->reference_count = collector->references->len;
    resource->references = arena_array(compilation->arena, Reference, collector->references->len);
    if (resource->reference_count) {
        memcpy(resource->references, collector->references->data,
               resource->reference_count * sizeof(Reference));
    }
}

static void collect_outputs(Collector *collector, Resource *container) {
    collector->from = container;
    collector->property = -1;
    for (size_t i = 0; i < container->output_count; i++) {
        value_each_reference(container->outputs[i].value, visit, collector);
    }
}

void pass_references(Compilation *compilation) {
    Program *program = compilation->program;
    Collector collector = {.compilation = compilation,
                           .references = g_array_new(FALSE, FALSE, sizeof(Reference)),
                           .foreign = g_ptr_array_new()};
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        g_ptr_array_set_size(collector.foreign, 0);
        collect(&collector, container);
        for (size_t u = 0; u < container->use_count; u++) {
            collect(&collector, container->uses[u]);
        }
        for (size_t m = 0; m < container->member_count; m++) {
            collect(&collector, container->members[m]);
        }
        collect_outputs(&collector, container);
        container->foreign_count = collector.foreign->len;
        container->foreign = arena_array(compilation->arena, Resource *, collector.foreign->len);
        if (container->foreign_count) {
            memcpy(container->foreign, collector.foreign->pdata,
                   container->foreign_count * sizeof(Resource *));
        }
    }
    g_array_unref(collector.references);
    g_ptr_array_unref(collector.foreign);
}
