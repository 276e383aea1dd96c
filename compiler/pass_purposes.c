/// Every purpose that is needed finds an executor: on what is asked, then wherever it says to look
/// next, until something brings an executor of its own.
#include "passes.h"

#include <glib.h>
#include <string.h>

static const Name *argument_name(const Node *decorator, size_t index) {
    const Node *argument = decorator ? decorator->a : NULL;
    while (argument && index--) {
        argument = argument->next;
    }
    return argument && argument->kind == NODE_NAME ? argument->name : NULL;
}

/// Whether a property marked `@purposes(list, target)` has an entry for the purpose.
static bool entries_serve(const Value *entries, const Node *mark, const Name *purpose) {
    const Name *list_name = argument_name(mark, 0);
    for (size_t i = 0; entries->kind == VALUE_LIST && list_name && i < entries->count; i++) {
        const Value *entry = entries->items[i];
        const Value *list = entry->kind == VALUE_OBJECT ? value_field(entry, list_name) : NULL;
        for (size_t k = 0; list && list->kind == VALUE_LIST && k < list->count; k++) {
            if (list->items[k]->kind == VALUE_MEMBER && list->items[k]->symbol == purpose) {
                return true;
            }
        }
    }
    return false;
}

/// Whether a resource of this construct is to be asked further; else it is an executor.
static bool passes_on(const Construct *construct) {
    bool marked = construct->provides;
    for (size_t i = 0; i < construct->property_count; i++) {
        marked = marked || construct->marks[i] & (MARK_PURPOSES | MARK_FALLBACK);
    }
    return marked;
}

/// What the resource says: it has one (true), or whom to ask (in `next`).
static bool serves(Compilation *compilation, Resource *resource, const Name *purpose,
                   GPtrArray *next) {
    const Construct *construct = resource->construct;
    for (size_t i = 0; i < construct->property_count; i++) {
        uint32_t marks = construct->marks[i];
        if (!(marks & (MARK_PURPOSES | MARK_FALLBACK))) {
            continue;
        }
        const Value *value = resource_property(compilation, resource, i, false);
        if (resource->slots[i].bad) {
            return true; /* something is wrong with it already */
        }
        const Node *mark = decorator_find(construct->properties[i].node->c, "purposes");
        if (mark && entries_serve(value, mark, purpose)) {
            return true;
        }
        if (!(marks & MARK_FALLBACK) || value->kind != VALUE_RESOURCE) {
            continue;
        }
        if (!passes_on(value->resource->construct)) {
            return true; /* the executor itself */
        }
        g_ptr_array_add(next, value->resource);
    }
    return construct->provides;
}

static bool finds_executor(Compilation *compilation, Resource *start, const Name *purpose) {
    GPtrArray *queue = g_ptr_array_new();
    GHashTable *seen = g_hash_table_new(NULL, NULL);
    bool found = false;
    g_ptr_array_add(queue, start);
    for (guint i = 0; i < queue->len && !found; i++) {
        if (g_hash_table_add(seen, queue->pdata[i])) {
            found = serves(compilation, queue->pdata[i], purpose, queue);
        }
    }
    g_hash_table_destroy(seen);
    g_ptr_array_unref(queue);
    return found;
}

static void check_need(Compilation *compilation, Resource *resource, size_t index) {
    const Property *property = &resource->construct->properties[index];
    const Name *purpose = argument_name(decorator_find(property->node->c, "needs"), 0);
    const Value *value = resource_property(compilation, resource, index, false);
    if (!purpose || value->kind != VALUE_RESOURCE || value->resource->bad ||
        finds_executor(compilation, value->resource, purpose)) {
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NO_EXECUTOR,
                       resource_span(compilation, resource, (int)index),
                       resource_text(compilation, value->resource), purpose->text,
                       resource_text(compilation, resource), NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     node_name_span(compilation, value->resource->node), "has none for `%s`",
                     purpose->text);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "give it one for `%s`, or give its location a default", purpose->text);
}

void pass_purposes(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            Resource *resource = container->members[m];
            for (size_t p = 0; p < resource->construct->property_count; p++) {
                if (resource->construct->marks[p] & MARK_NEEDS) {
                    check_need(compilation, resource, p);
                }
            }
        }
    }
}
