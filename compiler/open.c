/// Blocks of open constructs, which take any properties: what the block writes becomes the
/// properties of a construct of the resource's own, so that all that looks at properties sees them.
#include "operators.h"
#include "program.h"

#include <glib.h>
#include <string.h>

typedef struct Opening {
    Compilation *compilation;
    Resource *resource;
    GHashTable *numbers; ///< Name → 1 + number of the property
    GPtrArray *names;    ///< those that the construct does not have
} Opening;

static void note(Opening *opening, const Name *name) {
    if (g_hash_table_contains(opening->numbers, name)) {
        return;
    }
    g_ptr_array_add(opening->names, (gpointer)name);
    size_t number = opening->resource->construct->property_count + opening->names->len;
    g_hash_table_insert(opening->numbers, (gpointer)name, GSIZE_TO_POINTER(number));
}

/// Whether the member is the resource's container or what it depends on, which every block may
/// hold.
static bool is_common(const Resource *resource, const Name *name) {
    return (resource->container && name == resource->container->construct->kind) ||
           construct_is_depends(resource->construct, name);
}

/// The object that a spread brings, or NULL; what is wrong with it is told when it is entered.
static const Value *spread_value(const Opening *opening, const Node *node) {
    if (node->flags & NODE_BAD) {
        return NULL;
    }
    diagnostics_mute(opening->compilation->diagnostics);
    const Value *value = eval(opening->compilation, node->a, opening->resource->frame);
    diagnostics_unmute(opening->compilation->diagnostics);
    return value->kind == VALUE_OBJECT ? value : NULL;
}

static void note_member(Opening *opening, const Node *node) {
    if (node->kind == NODE_PROPERTY && node->name && !is_common(opening->resource, node->name)) {
        note(opening, node->name);
    } else if (node->kind == NODE_SPREAD) {
        const Value *value = spread_value(opening, node);
        for (size_t i = 0; value && i < value->field_count; i++) {
            note(opening, value->fields[i].name);
        }
    }
}

void resource_open(Compilation *compilation, Resource *resource) {
    const Construct *construct = resource->construct;
    Opening opening = {compilation, resource, g_hash_table_new(NULL, NULL), g_ptr_array_new()};
    for (size_t i = 0; i < construct->property_count; i++) {
        g_hash_table_insert(opening.numbers, (gpointer)construct->properties[i].name,
                            GSIZE_TO_POINTER(i + 1));
    }
    for (const Node *node = resource->node->b->a; node; node = node->next) {
        note_member(&opening, node);
    }
    resource->construct =
        construct_with_properties(compilation->arena, construct,
                                  (const Name *const *)opening.names->pdata, opening.names->len);
    resource->slots =
        arena_array(compilation->arena, Slot, resource->construct->property_count + 2);
    resource->numbers = opening.numbers;
    compilation_keep_table(compilation, opening.numbers);
    g_ptr_array_free(opening.names, TRUE);
}
