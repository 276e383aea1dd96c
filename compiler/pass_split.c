/// Environments that are split: which nested stack each resource stands in.
///
/// The rule (docs/splitting.md) looks at nothing but the resource itself and what it refers to: its
/// kind and a hash of its construct id say where it stands. Kinds have levels, from what their
/// properties may refer to; what goes against the levels makes a step or a turn, so that nested
/// stacks never refer to each other in a circle.
#include "lower.h"
#include "passes.h"
#include "words.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum {
    RESOURCES_MAX = 500,  ///< of a template
    NESTED_DEFAULT = 16,  ///< nested stacks for each kind with `true`
    LEVEL_FREE = 0,       ///< of what may refer to anything, and refers to no kind with a level
    LEVEL_AFTER = 1000000 ///< of what may refer to anything, and does
};

/// Where a resource stands in the order of nested stacks: all that it uses comes before.
typedef struct Place {
    unsigned turn, level, step;
} Place;

/// One environment while it is divided.
typedef struct Split {
    Compilation *compilation;
    Resource *container;
    unsigned count;      ///< of nested stacks for each kind
    int property;        ///< the number of the property that says so
    GHashTable *levels;  ///< name of a kind → its level, 0 while it is being found
    GHashTable *nested;  ///< name → Nested
    GPtrArray *in_order; ///< of Nested
    Place *places;       ///< of what stands in the environment's own block, by its order
} Split;

// Levels of kinds

static unsigned level_of_kind(Split *split, const Name *kind);

/// The highest level among the kinds that values of a type may refer to.
typedef struct Reach {
    Split *split;
    const Name *kind; ///< whose level is asked for: references to itself are steps
    unsigned level;
    unsigned depth;
} Reach;

static void reach_type(const Type *type, void *data) {
    enum { DEEPEST = 32 };
    Reach *reach = data;
    type = type ? type_strip(type) : NULL;
    if (!type || reach->depth > DEEPEST) {
        return;
    }
    reach->depth++;
    if (type->kind == TYPE_REFERENCE && type->name != reach->kind) {
        unsigned level = level_of_kind(reach->split, type->name);
        reach->level = level > reach->level ? level : reach->level;
    } else if (type->kind == TYPE_UNION) {
        type_each_alternative(type, reach_type, reach);
    } else {
        bool holds = type->kind == TYPE_OBJECT || type->kind == TYPE_CASE;
        for (size_t i = 0; holds && i < type->count; i++) {
            reach_type(type->properties[i].type, reach);
        }
        if (type->kind == TYPE_LIST || type->kind == TYPE_MAP || type->kind == TYPE_OBJECT) {
            reach_type(type->element, reach);
        }
    }
    reach->depth--;
}

static void reach_construct(Reach *reach, const Construct *construct) {
    for (size_t i = 0; construct && i < construct->property_count; i++) {
        reach_type(construct->properties[i].type, reach);
    }
}

/// One above the kinds that its constructs may refer to, whether or not the program uses them.
static unsigned level_of_kind(Split *split, const Name *kind) {
    gpointer known = NULL;
    if (g_hash_table_lookup_extended(split->levels, kind, NULL, &known)) {
        return GPOINTER_TO_UINT(known);
    }
    g_hash_table_insert(split->levels, (gpointer)kind, GUINT_TO_POINTER(LEVEL_FREE));
    Compilation *compilation = split->compilation;
    Reach reach = {.split = split, .kind = kind, .level = LEVEL_FREE};
    reach_construct(&reach, library_construct(compilation->library, kind, NULL, false));
    const char **names = library_construct_names(compilation->library);
    for (size_t i = 0; names[i]; i++) {
        if (g_str_has_prefix(names[i], kind->text) && names[i][kind->length] == '.') {
            const Name *type = names_of(compilation->names, names[i] + kind->length + 1);
            reach_construct(&reach, library_construct(compilation->library, kind, type, false));
        }
    }
    g_hash_table_insert(split->levels, (gpointer)kind, GUINT_TO_POINTER(reach.level + 1));
    return reach.level + 1;
}

/// Whether anything may stand in its properties: instances of modules, and resources of any type.
static bool is_free(const Resource *resource) {
    const Construct *construct = resource->construct;
    while (construct && !construct->families && !construct->module) {
        construct = construct->base;
    }
    return construct != NULL;
}

// The place of one resource

/// The place that an edge leads to; NULL if that is no nested stack's.
static const Place *edge_place(const Split *split, const Resource *resource, size_t index) {
    const Resource *target = resource->edges[index].target;
    return target->container && target != resource ? &split->places[target->order] : NULL;
}

static unsigned level_of(Split *split, const Resource *resource) {
    if (!is_free(resource)) {
        return level_of_kind(split, resource->construct->kind);
    }
    for (size_t i = 0; i < resource->edge_count; i++) {
        const Place *other = edge_place(split, resource, i);
        if (other && other->level != LEVEL_FREE) {
            return LEVEL_AFTER;
        }
    }
    return LEVEL_FREE;
}

/// What it uses in its block has a place already.
static Place find_place(Split *split, const Resource *resource) {
    Place own = {.level = level_of(split, resource)};
    for (size_t i = 0; i < resource->edge_count; i++) {
        const Place *other = edge_place(split, resource, i);
        if (!other) {
            continue;
        }
        if (other->level == own.level && other->step >= own.step) {
            own.step = other->step + 1;
        }
        const unsigned turn = other->level > own.level ? other->turn + 1 : other->turn;
        own.turn = turn > own.turn ? turn : own.turn;
    }
    return own;
}

/// FNV-1a: the same everywhere, and for ever.
static unsigned hash_of(const char *text) {
    uint32_t hash = UINT32_C(2166136261);
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    }
    return hash ^ hash >> 16;
}

static Nested *nested_at(Split *split, const Resource *resource, const char *id, Place place) {
    Arena *arena = split->compilation->arena;
    char *kind = words_pascal(arena, resource->construct->kind->text);
    const char *after = place.level == LEVEL_AFTER ? "After" : "";
    const char *step = place.step ? arena_printf(arena, "Step%u", place.step + 1) : "";
    const char *turn = place.turn ? arena_printf(arena, "Turn%u", place.turn + 1) : "";
    const char *name =
        arena_printf(arena, "%s%02u%s%s%s", kind, hash_of(id) % split->count, after, step, turn);
    Nested *nested = g_hash_table_lookup(split->nested, name);
    if (!nested) {
        nested = arena_new_object(arena, Nested);
        *nested =
            (Nested){.name = name, .turn = place.turn, .level = place.level, .step = place.step};
        g_hash_table_insert(split->nested, (gpointer)name, nested);
        g_ptr_array_add(split->in_order, nested);
    }
    return nested;
}

static int by_order(const void *left, const void *right) {
    const Resource *a = *(Resource *const *)left, *b = *(Resource *const *)right;
    return a->order < b->order ? -1 : a->order > b->order;
}

/// What stands in the environment's own block, in order.
static GPtrArray *own_block(const Resource *container) {
    GPtrArray *block = g_ptr_array_new();
    for (size_t i = 0; i < container->member_count; i++) {
        if (!container->members[i]->use) {
            g_ptr_array_add(block, container->members[i]);
        }
    }
    for (size_t i = 0; i < container->use_count; i++) {
        if (!container->uses[i]->use) {
            g_ptr_array_add(block, container->uses[i]);
        }
    }
    g_ptr_array_sort(block, by_order);
    return block;
}

/// What it stands in within the environment's own block: itself, or an instance of a module.
static Resource *outermost(Resource *resource) {
    while (resource->use) {
        resource = resource->use;
    }
    return resource;
}

/// What an instance of a module holds stands where the instance does.
static void place_inner(Resource **resources, size_t count) {
    for (size_t i = 0; i < count; i++) {
        resources[i]->nested = outermost(resources[i])->nested;
    }
}

/// How many resources of CloudFormation each thing in the environment's own block becomes, by its
/// order.
static size_t *count_parts(const Split *split, size_t count) {
    size_t *parts = arena_array(split->compilation->arena, size_t, count);
    for (size_t i = 0; i < split->container->member_count; i++) {
        Resource *member = split->container->members[i];
        parts[outermost(member)->order] += limits_count_parts(split->compilation, member);
    }
    return parts;
}

static int by_place(const void *left, const void *right) {
    const Nested *a = *(Nested *const *)left, *b = *(Nested *const *)right;
    if (a->turn != b->turn) {
        return a->turn < b->turn ? -1 : 1;
    }
    if (a->level != b->level) {
        return a->level < b->level ? -1 : 1;
    }
    if (a->step != b->step) {
        return a->step < b->step ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

/// What no template mentions needs no nested stack: it stays in the stack itself.
static void divide(Split *split) {
    Resource *container = split->container;
    GPtrArray *block = own_block(container);
    const size_t *parts = count_parts(split, block->len);
    split->places = arena_array(split->compilation->arena, Place, block->len);
    for (guint i = 0; i < block->len; i++) {
        Resource *resource = block->pdata[i];
        const Place place = find_place(split, resource);
        const char *id = lower_construct_id(split->compilation, resource);
        split->places[resource->order] = place;
        if (parts[resource->order]) {
            resource->nested = nested_at(split, resource, id, place);
            resource->nested->part_count += parts[resource->order];
        }
    }
    g_ptr_array_unref(block);
    place_inner(container->uses, container->use_count);
    place_inner(container->members, container->member_count);
    for (size_t i = 0; i < container->member_count; i++) {
        if (container->members[i]->nested) {
            container->members[i]->nested->member_count++;
        }
    }
    g_ptr_array_sort(split->in_order, by_place);
    container->nested_count = split->in_order->len;
    container->nested_stacks =
        arena_array(split->compilation->arena, Nested *, container->nested_count);
    for (guint i = 0; i < split->in_order->len; i++) {
        container->nested_stacks[i] = split->in_order->pdata[i];
    }
}

// Limits

static void report(const Split *split, const char *what, size_t count, bool more) {
    Compilation *compilation = split->compilation;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NESTED_LIMIT,
                       resource_span(compilation, split->container, split->property), what,
                       arena_printf(compilation->arena, "%zu", count), "resources",
                       arena_printf(compilation->arena, "%d", RESOURCES_MAX), NULL);
    if (more) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a larger number divides it further: `split: %u`; what is deployed already "
                        "then moves",
                        split->count * 2);
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "give a smaller number, or divide it into several environments");
    }
}

static void check_limits(const Split *split) {
    Compilation *compilation = split->compilation;
    const Resource *container = split->container;
    for (size_t i = 0; i < container->nested_count; i++) {
        const Nested *nested = container->nested_stacks[i];
        if (nested->part_count > RESOURCES_MAX) {
            report(split, arena_printf(compilation->arena, "the nested stack `%s`", nested->name),
                   nested->part_count, true);
        }
    }
    size_t own = container->nested_count + limits_count_parts(compilation, container);
    if (own > RESOURCES_MAX) {
        report(split, resource_text(compilation, container), own, false);
    }
}

/// What stands beside nested stacks has ids of its own.
static void check_id(const Split *split, const char *id, const char *what, Span span) {
    Compilation *compilation = split->compilation;
    if (!g_hash_table_contains(split->nested, id)) {
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_ID_COLLISION, span, what,
                       arena_printf(compilation->arena, "the nested stack `%s`", id), id, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     resource_span(compilation, split->container, split->property), "divided here");
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "nested stacks are called after kinds of resources; choose another name");
}

/// Those that stay in the stack itself.
static void check_kept(const Split *split, Resource *const *resources, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Resource *resource = resources[i];
        if (!resource->use && !resource->nested) {
            check_id(split, lower_construct_id(split->compilation, resource),
                     resource_text(split->compilation, resource),
                     node_name_span(split->compilation, resource->node));
        }
    }
}

static void check_ids(const Split *split) {
    Compilation *compilation = split->compilation;
    Resource *container = split->container;
    for (size_t i = 0; i < container->foreign_count; i++) {
        const Resource *foreign = container->foreign[i];
        check_id(split, words_pascal(compilation->arena, foreign->name->text),
                 resource_text(compilation, foreign), node_name_span(compilation, foreign->node));
    }
    check_kept(split, container->members, container->member_count);
    check_kept(split, container->uses, container->use_count);
    GHashTable *found = g_hash_table_new(NULL, NULL);
    resource_parameters(compilation, container, found);
    for (size_t i = 0; i < container->member_count; i++) {
        resource_parameters(compilation, container->members[i], found);
    }
    for (size_t i = 0; i < container->output_count; i++) {
        value_parameters(container->outputs[i].value, found);
    }
    GHashTableIter iterator;
    gpointer key = NULL;
    g_hash_table_iter_init(&iterator, found);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        const ModelParameter *parameter = key;
        check_id(split, parameter->id,
                 arena_printf(compilation->arena, "parameter `%s`", parameter->name),
                 parameter->span);
    }
    g_hash_table_destroy(found);
}

unsigned split_count(Compilation *compilation, Resource *container, int *property) {
    for (size_t i = 0; i < container->construct->property_count; i++) {
        if (!(container->construct->marks[i] & MARK_SPLIT)) {
            continue;
        }
        *property = (int)i;
        const Value *value = resource_property(compilation, container, i, true);
        if (value->kind == VALUE_BOOL) {
            return value->boolean ? NESTED_DEFAULT : 0;
        }
        return value->kind == VALUE_INT && value->integer > 0 ? (unsigned)value->integer : 0;
    }
    return 0;
}

/// What is known only at deployment comes too late.
static void check_known(const Split *split) {
    Compilation *compilation = split->compilation;
    const Resource *container = split->container;
    const Value *value =
        split->property >= 0 && container->slots ? container->slots[split->property].value : NULL;
    if (!value || value->kind == VALUE_ABSENT || value->kind == VALUE_BOOL ||
        value->kind == VALUE_INT) {
        return;
    }
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_SPLIT_UNKNOWN,
        resource_span(compilation, split->container, split->property),
        name_quoted(compilation->arena, container->construct->properties[split->property].name),
        NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "take a `param`, which has its value when the program is built");
}

void pass_split(Compilation *compilation) {
    const Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Split split = {
            .compilation = compilation, .container = program->containers[i], .property = -1};
        split.count = split_count(compilation, split.container, &split.property);
        if (!split.count) {
            check_known(&split);
            continue;
        }
        split.levels = g_hash_table_new(NULL, NULL);
        split.nested = g_hash_table_new(g_str_hash, g_str_equal);
        split.in_order = g_ptr_array_new();
        divide(&split);
        check_limits(&split);
        check_ids(&split);
        g_hash_table_destroy(split.levels);
        g_hash_table_destroy(split.nested);
        g_ptr_array_unref(split.in_order);
    }
}
