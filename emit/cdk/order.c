/// The order of the constructs of a class: each behind what it refers to, else by name.
#include "cdk/modules.h"
#include "kinds.h"

#include <stdlib.h>
#include <string.h>

typedef struct Order {
    CdkConstruct **sorted; ///< all constructs, as they stand without references
    size_t count;
    GHashTable *places; ///< ModelResource → place in `sorted` + 1
    GPtrArray **users;  ///< by place: those that refer to it (places), each as often as it does
    size_t *waiting;    ///< by place: for how many references it waits
    size_t place;       ///< whose references are looked at
} Order;

/// Environments come first, the stack's own before others.
static bool is_container(const UnitClass *class, const ModelResource *resource) {
    const Unit *unit = class->units[0];
    const ModelResource *container = unit->stack->container;
    return !unit->instance && g_strcmp0(resource->kind, container->kind) == 0;
}

static int by_name(const void *left, const void *right) {
    const ModelResource *a = (*(CdkConstruct *const *)left)->resource;
    const ModelResource *b = (*(CdkConstruct *const *)right)->resource;
    const int order = strcmp(a->name, b->name);
    if (order != 0) {
        return order;
    }
    const int keys = g_strcmp0(a->key, b->key);
    return keys != 0 ? keys : strcmp(a->id, b->id);
}

/// Notes what `value` waits for; `data` is the order.
static void note_value(const Value *value, void *data) {
    Order *order = data;
    if (value->kind == VALUE_VARIABLE) {
        const size_t place = GPOINTER_TO_SIZE(g_hash_table_lookup(order->places, value->target));
        if (place > 0 && place - 1 != order->place) {
            g_ptr_array_add(order->users[place - 1], GSIZE_TO_POINTER(order->place));
            order->waiting[order->place]++;
        }
    } else if (value->kind != VALUE_ARGUMENT) { // what a parameter is given comes from outside
        value_each_child(value, note_value, data);
    }
}

static void note_references(Order *order, const CdkConstruct *construct) {
    const ModelResource *resource = construct->resource;
    bool plain = resource->parts == NULL; // no part, or one that says nothing else, is given them
    for (const ModelPart *part = resource->parts; part; part = part->next) {
        note_value(part->body, order);
        plain = plain || value_member(part->body, "props") == NULL;
        if (part->attributes) {
            note_value(part->attributes, order);
        }
    }
    if (plain && resource->properties) {
        note_value(resource->properties, order);
    }
    for (size_t i = 0; i < construct->dependency_count; i++) {
        note_value(construct->dependencies[i], order);
    }
}

static gint compare_places(gconstpointer left, gconstpointer right) {
    const size_t a = GPOINTER_TO_SIZE(left), b = GPOINTER_TO_SIZE(right);
    return a < b ? -1 : a > b;
}

/// Takes the first of those that wait for nothing, again and again.
static size_t run(Order *order, CdkConstruct *out) {
    g_autoptr(GTree) ready = g_tree_new(compare_places);
    size_t done = 0;
    for (size_t i = 0; i < order->count; i++) {
        if (order->waiting[i] == 0) {
            g_tree_insert(ready, GSIZE_TO_POINTER(i), NULL);
        }
    }
    while (g_tree_nnodes(ready) > 0) {
        gpointer first = g_tree_node_key(g_tree_node_first(ready));
        const GPtrArray *users = order->users[GPOINTER_TO_SIZE(first)];
        g_tree_remove(ready, first);
        out[done++] = *order->sorted[GPOINTER_TO_SIZE(first)];
        for (guint i = 0; i < users->len; i++) {
            if (--order->waiting[GPOINTER_TO_SIZE(users->pdata[i])] == 0) {
                g_tree_insert(ready, users->pdata[i], NULL);
            }
        }
    }
    return done;
}

void order_constructs(const Modules *modules, UnitClass *class) {
    Arena *arena = modules->arena;
    const Unit *unit = class->units[0];
    const size_t resources = unit->resources->len;
    Order order = {.count = resources + unit->children->len};
    order.sorted = arena_array(arena, CdkConstruct *, order.count);
    order.users = arena_array(arena, GPtrArray *, order.count);
    order.waiting = arena_array(arena, size_t, order.count);
    order.places = g_hash_table_new(NULL, NULL);
    size_t fixed = 0;
    for (int containers = 1; containers >= 0; containers--) {
        size_t at = fixed;
        for (size_t i = 0; i < order.count; i++) {
            if (is_container(class, class->own[i].resource) == (containers == 1)) {
                order.sorted[at++] = &class->own[i];
            }
        }
        qsort(order.sorted + fixed, containers ? 0 : at - fixed, sizeof *order.sorted, by_name);
        fixed = at;
    }
    for (size_t i = 0; i < order.count; i++) {
        order.users[i] = g_ptr_array_new();
        g_hash_table_insert(order.places, (gpointer)order.sorted[i]->resource,
                            GSIZE_TO_POINTER(i + 1));
    }
    for (order.place = 0; order.place < order.count; order.place++) {
        note_references(&order, order.sorted[order.place]);
    }
    class->scope.constructs = arena_array(arena, CdkConstruct, order.count);
    class->scope.construct_count = run(&order, class->scope.constructs);
    for (size_t i = 0; i < order.count; i++) {
        g_ptr_array_unref(order.users[i]);
    }
    g_hash_table_unref(order.places);
}
