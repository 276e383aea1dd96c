/// Dependencies: no cycles, and the order in which resources are written.
#include "passes.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *left, const void *right) {
    const Resource *a = *(Resource *const *)left, *b = *(Resource *const *)right;
    int order = strcmp(a->name->text, b->name->text);
    if (order) {
        return order;
    }
    order = g_strcmp0(a->key, b->key);
    return order ? order : a->index < b->index ? -1 : 1;
}

/// A heap of places in `members` (sorted by name): the smallest is next.
typedef struct Heap {
    size_t *items;
    size_t count;
} Heap;

static void heap_push(Heap *heap, size_t item) {
    size_t at = heap->count++;
    while (at > 0 && heap->items[(at - 1) / 2] > item) {
        heap->items[at] = heap->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->items[at] = item;
}

static size_t heap_pop(Heap *heap) {
    size_t top = heap->items[0], last = heap->items[--heap->count], at = 0;
    for (size_t child = 1; child < heap->count; child = 2 * at + 1) {
        if (child + 1 < heap->count && heap->items[child + 1] < heap->items[child]) {
            child++;
        }
        if (heap->items[child] >= last) {
            break;
        }
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = last;
    return top;
}

/// The resources and instances of modules that stand in one block, to be put in order.
typedef struct Order {
    Compilation *compilation;
    Resource **members; ///< sorted by name
    size_t count;
    GHashTable *place; ///< Resource → its place in members + 1
    size_t *waiting;   ///< for how many others each waits
    size_t **users;    ///< who waits for it
    size_t *user_count;
    Resource **sorted;
    size_t done;
} Order;

static size_t place_of(const Order *order, const Resource *resource) {
    return GPOINTER_TO_SIZE(g_hash_table_lookup(order->place, resource));
}

static void count_edges(Order *order) {
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < order->count; i++) {
            const Resource *resource = order->members[i];
            for (size_t r = 0; r < resource->edge_count; r++) {
                size_t place = place_of(order, resource->edges[r].target);
                if (!place) {
                    continue;
                }
                if (pass) {
                    order->users[place - 1][order->user_count[place - 1]] = i;
                }
                order->user_count[place - 1]++;
                order->waiting[i] += (size_t)(pass == 0);
            }
        }
        for (size_t i = 0; i < order->count && pass == 0; i++) {
            order->users[i] = arena_array(order->compilation->arena, size_t, order->user_count[i]);
            order->user_count[i] = 0;
        }
    }
}

static void run(Order *order) {
    Heap heap = {arena_array(order->compilation->arena, size_t, order->count), 0};
    for (size_t i = 0; i < order->count; i++) {
        if (!order->waiting[i]) {
            heap_push(&heap, i);
        }
    }
    while (heap.count) {
        size_t i = heap_pop(&heap);
        order->sorted[order->done++] = order->members[i];
        for (size_t u = 0; u < order->user_count[i]; u++) {
            size_t user = order->users[i][u];
            if (--order->waiting[user] == 0) {
                heap_push(&heap, user);
            }
        }
    }
}

/// The first reference of `resource` to something that is not in order yet.
static const Reference *open_reference(const Order *order, const Resource *resource) {
    for (size_t r = 0; r < resource->edge_count; r++) {
        size_t place = place_of(order, resource->edges[r].target);
        if (place && order->waiting[place - 1]) {
            return &resource->edges[r];
        }
    }
    return NULL;
}

static void report_cycle(Order *order, Resource **path, size_t start, size_t end) {
    Compilation *compilation = order->compilation;
    bool known = true; /* all of it was reported as parts of itself */
    bool module = false;
    GString *text = g_string_new(NULL);
    for (size_t i = start; i < end; i++) {
        g_string_append_printf(text, "`%s` → ", path[i]->name->text);
        known = known && path[i]->bad;
        module = module || path[i]->construct->module;
    }
    g_string_append_printf(text, "`%s`", path[start]->name->text);
    Diagnostic *diagnostic = NULL;
    for (size_t i = start; i < end && !known; i++) {
        const Reference *reference = open_reference(order, path[i]);
        Span span = reference->node ? node_span(reference->node)
                                    : resource_span(compilation, path[i], reference->property);
        if (!diagnostic) {
            diagnostic = diagnostic_add(compilation->diagnostics, DIAG_DEPENDENCY_CYCLE, span,
                                        text->str, NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "CloudFormation could create none of them first; take one of the "
                            "references out");
            if (module) {
                diagnostic_help(compilation->diagnostics, diagnostic,
                                "an instance of a module stands before or behind others with all "
                                "that it holds; make two modules of it");
            }
        } else if (i < start + 20) {
            diagnostic_note(compilation->diagnostics, diagnostic, span, "`%s` refers to `%s` here",
                            path[i]->name->text, reference->target->name->text);
        }
    }
    g_string_free(text, TRUE);
}

/// Follows open references from what is left until it comes round; each cycle once.
static void find_cycles(Order *order) {
    size_t *seen = arena_array(order->compilation->arena, size_t, order->count);
    Resource **path = arena_array(order->compilation->arena, Resource *, order->count + 1);
    size_t round = 0;
    for (size_t i = 0; i < order->count; i++) {
        if (!order->waiting[i] || seen[i]) {
            continue;
        }
        round++;
        size_t length = 0, at = i;
        while (!seen[at]) {
            seen[at] = round;
            path[length++] = order->members[at];
            const Reference *reference = open_reference(order, order->members[at]);
            if (!reference) {
                break;
            }
            at = place_of(order, reference->target) - 1;
        }
        if (seen[at] != round) {
            continue;
        }
        size_t start = 0;
        while (start < length && path[start] != order->members[at]) {
            start++;
        }
        if (start < length && open_reference(order, path[length - 1])) {
            report_cycle(order, path, start, length);
        }
    }
}

/// How many instances of modules a resource stands in.
static size_t depth_of(const Resource *resource) {
    size_t depth = 0;
    while ((resource = resource->use)) {
        depth++;
    }
    return depth;
}

/// What stands beside each other in one block: `left` and `right`, or instances that hold them.
/// False if one holds the other.
static bool lift(Resource **left, Resource **right) {
    size_t deep = depth_of(*left), deeper = depth_of(*right);
    for (; deep > deeper; deep--) {
        *left = (*left)->use;
    }
    for (; deeper > deep; deeper--) {
        *right = (*right)->use;
    }
    while (*left != *right && (*left)->use != (*right)->use) {
        *left = (*left)->use;
        *right = (*right)->use;
    }
    return *left != *right;
}

/// References between what stands in one block; modules make one thing of what they hold.
typedef struct Edges {
    GHashTable *lists; ///< Resource → GArray of Reference
} Edges;

static void add_edges(const Edges *edges, Resource *resource) {
    for (size_t i = 0; i < resource->reference_count; i++) {
        Reference edge = resource->references[i];
        Resource *from = resource;
        if (!edge.target->container || !lift(&from, &edge.target)) {
            continue;
        }
        GArray *list = g_hash_table_lookup(edges->lists, from);
        if (!list) {
            list = g_array_new(FALSE, FALSE, sizeof(Reference));
            g_hash_table_insert(edges->lists, from, list);
        }
        g_array_append_val(list, edge);
    }
}

static void take_edges(Arena *arena, const Edges *edges, Resource *resource) {
    const GArray *list = g_hash_table_lookup(edges->lists, resource);
    resource->edge_count = list ? list->len : 0;
    resource->edges = arena_array(arena, Reference, resource->edge_count);
    if (list) {
        memcpy(resource->edges, list->data, list->len * sizeof(Reference));
    }
}

static void find_edges(Compilation *compilation, Resource *container) {
    if (!container->use_count) {
        for (size_t i = 0; i < container->member_count; i++) {
            container->members[i]->edges = container->members[i]->references;
            container->members[i]->edge_count = container->members[i]->reference_count;
        }
        return;
    }
    Edges edges = {g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref)};
    for (size_t i = 0; i < container->member_count; i++) {
        add_edges(&edges, container->members[i]);
    }
    for (size_t i = 0; i < container->use_count; i++) {
        add_edges(&edges, container->uses[i]);
    }
    for (size_t i = 0; i < container->member_count; i++) {
        take_edges(compilation->arena, &edges, container->members[i]);
    }
    for (size_t i = 0; i < container->use_count; i++) {
        take_edges(compilation->arena, &edges, container->uses[i]);
    }
    g_hash_table_destroy(edges.lists);
}

/// Puts what stands in one block in order; as it was, after a report, if there is a cycle.
static Resource **order_block(Compilation *compilation, Resource **members, size_t count) {
    Order order = {.compilation = compilation, .members = members, .count = count};
    if (count) {
        qsort(members, count, sizeof *members, by_name);
    }
    order.place = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        g_hash_table_insert(order.place, members[i], GSIZE_TO_POINTER(i + 1));
    }
    order.waiting = arena_array(compilation->arena, size_t, count);
    order.users = arena_array(compilation->arena, size_t *, count);
    order.user_count = arena_array(compilation->arena, size_t, count);
    order.sorted = arena_array(compilation->arena, Resource *, count);
    count_edges(&order);
    run(&order);
    if (order.done < count) {
        find_cycles(&order);
    }
    g_hash_table_destroy(order.place);
    return order.done < count ? members : order.sorted;
}

/// The blocks of a container: its own, and those of its instances of modules.
typedef struct Blocks {
    Compilation *compilation;
    GHashTable *blocks; ///< instance, or NULL → GPtrArray of Resource
    GPtrArray *members, *uses;
} Blocks;

static void enter_block(const Blocks *blocks, Resource *resource) {
    GPtrArray *block = g_hash_table_lookup(blocks->blocks, resource->use);
    if (!block) {
        block = g_ptr_array_new();
        g_hash_table_insert(blocks->blocks, resource->use, block);
    }
    g_ptr_array_add(block, resource);
}

static void number(Resource **sorted, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sorted[i]->order = i;
    }
}

static void flatten(const Blocks *blocks, const Resource *use) {
    GPtrArray *block = g_hash_table_lookup(blocks->blocks, use);
    if (!block) {
        return;
    }
    Resource **sorted = order_block(blocks->compilation, (Resource **)block->pdata, block->len);
    number(sorted, block->len);
    for (guint i = 0; i < block->len; i++) {
        if (sorted[i]->construct->module) {
            g_ptr_array_add(blocks->uses, sorted[i]);
            flatten(blocks, sorted[i]);
        } else {
            g_ptr_array_add(blocks->members, sorted[i]);
        }
    }
}

/// With modules: each block in order, what an instance holds in the place of the instance.
static void order_blocks(Compilation *compilation, Resource *container) {
    Blocks blocks = {.compilation = compilation,
                     .blocks =
                         g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref),
                     .members = g_ptr_array_new(),
                     .uses = g_ptr_array_new()};
    for (size_t i = 0; i < container->member_count; i++) {
        enter_block(&blocks, container->members[i]);
    }
    for (size_t i = 0; i < container->use_count; i++) {
        enter_block(&blocks, container->uses[i]);
    }
    flatten(&blocks, NULL);
    if (blocks.members->len) {
        memcpy(container->members, blocks.members->pdata,
               container->member_count * sizeof *container->members);
    }
    memcpy(container->uses, blocks.uses->pdata, container->use_count * sizeof *container->uses);
    g_hash_table_destroy(blocks.blocks);
    g_ptr_array_unref(blocks.members);
    g_ptr_array_unref(blocks.uses);
}

void pass_order(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        find_edges(compilation, container);
        if (container->use_count) {
            order_blocks(compilation, container);
        } else {
            container->members =
                order_block(compilation, container->members, container->member_count);
            number(container->members, container->member_count);
        }
    }
}
