#include "cdk/unit.h"

#include "kinds.h"

#include <stdlib.h>
#include <string.h>

static gint by_resource_id(gconstpointer left, gconstpointer right) {
    const ModelResource *a = *(ModelResource *const *)left;
    const ModelResource *b = *(ModelResource *const *)right;
    return strcmp(a->id, b->id);
}

static gint by_unit_id(gconstpointer left, gconstpointer right) {
    return strcmp((*(Unit *const *)left)->instance->id, (*(Unit *const *)right)->instance->id);
}

static void init_unit(Unit *unit, const ModelStack *stack, const ModelInstance *instance) {
    unit->stack = stack;
    unit->instance = instance;
    unit->resources = g_ptr_array_new();
    unit->children = g_ptr_array_new();
}

/// Notes where each resource and child stands; children have their heights already.
static void settle(Units *units, Unit *unit) {
    if (unit->instance) {
        g_ptr_array_sort(unit->resources, by_resource_id);
    }
    g_ptr_array_sort(unit->children, by_unit_id);
    for (guint i = 0; i < unit->resources->len; i++) {
        gpointer resource = unit->resources->pdata[i];
        g_hash_table_insert(units->owners, resource, unit);
        g_hash_table_insert(units->places, resource, GSIZE_TO_POINTER((gsize)i + 1));
    }
    for (guint i = 0; i < unit->children->len; i++) {
        Unit *child = unit->children->pdata[i];
        child->place = i;
        unit->height = MAX(unit->height, child->height + 1);
    }
}

static void add_stack(Units *units, Unit *unit, const ModelStack *stack) {
    init_unit(unit, stack, NULL);
    if (stack->instance_count == 0) {
        return; // it is written as the model has it
    }
    const guint first = units->instances->len;
    for (size_t i = 0; i < stack->instance_count; i++) {
        const ModelInstance *instance = stack->instances[i];
        Unit *inner = arena_new_object(units->arena, Unit);
        init_unit(inner, stack, instance);
        inner->parent =
            instance->parent ? g_hash_table_lookup(units->table, instance->parent) : unit;
        g_ptr_array_add(inner->parent->children, inner);
        g_hash_table_insert(units->table, (gpointer)instance, inner);
        g_ptr_array_add(units->instances, inner);
    }
    for (size_t i = 0; i < stack->resource_count; i++) {
        const ModelInstance *instance = stack->resources[i]->instance;
        Unit *owner = instance ? g_hash_table_lookup(units->table, instance) : unit;
        g_ptr_array_add(owner->resources, stack->resources[i]);
    }
    for (guint i = units->instances->len; i > first; i--) {
        settle(units, units->instances->pdata[i - 1]);
    }
    settle(units, unit);
}

Units *units_new(const Model *model, Arena *arena) {
    Units *units = g_new0(Units, 1);
    units->arena = arena;
    units->instances = g_ptr_array_new();
    units->table = g_hash_table_new(NULL, NULL);
    units->places = g_hash_table_new(NULL, NULL);
    units->owners = g_hash_table_new(NULL, NULL);
    units->stacks = arena_array(arena, Unit, model->stack_count);
    units->stack_count = model->stack_count;
    for (size_t i = 0; i < model->stack_count; i++) {
        add_stack(units, &units->stacks[i], &model->stacks[i]);
    }
    return units;
}

static void free_lists(const Unit *unit) {
    g_ptr_array_unref(unit->resources);
    g_ptr_array_unref(unit->children);
}

void units_free(Units *units) {
    for (size_t i = 0; i < units->stack_count; i++) {
        free_lists(&units->stacks[i]);
    }
    for (guint i = 0; i < units->instances->len; i++) {
        free_lists(units->instances->pdata[i]);
    }
    g_ptr_array_unref(units->instances);
    g_hash_table_unref(units->table);
    g_hash_table_unref(units->places);
    g_hash_table_unref(units->owners);
    g_free(units);
}

Unit *units_owner(const Units *units, const ModelResource *resource) {
    return resource ? g_hash_table_lookup(units->owners, resource) : NULL;
}

size_t units_place(const Units *units, const ModelResource *resource) {
    return GPOINTER_TO_SIZE(g_hash_table_lookup(units->places, resource)) - 1;
}

Unit *unit_child_towards(const Unit *unit, Unit *inner) {
    while (inner && inner->parent != unit) {
        inner = inner->parent;
    }
    return inner;
}

/// Whether an argument is one of `unit`'s own.
static bool is_own(const Unit *unit, const Value *argument) {
    for (size_t i = 0; unit->instance && i < unit->instance->argument_count; i++) {
        const ModelArgument *own = &unit->instance->arguments[i];
        if (strcmp(own->name, argument->symbol->text) == 0) {
            return unit_same(own->value, argument->base);
        }
    }
    return false;
}

/// Whether a construct of a unit, or of what stands in it, is part of a value.
typedef struct UnitSearch {
    const Units *units;
    const Unit *unit;
    bool found;
} UnitSearch;

static void search_unit(const Value *value, void *data) {
    UnitSearch *search = data;
    const Unit *unit = search->unit;
    if (search->found) {
        return;
    }
    if (value->kind == VALUE_VARIABLE) {
        Unit *owner = units_owner(search->units, value->target);
        search->found = owner && (owner == unit || unit_child_towards(unit, owner));
    } else if (value->kind != VALUE_ARGUMENT || !is_own(unit, value)) {
        value_each_child(value, search_unit, data); // what a parameter is given is from outside
    }
}

bool unit_is_in(const Units *units, const Unit *unit, const Value *value) {
    UnitSearch search = {units, unit, false};
    search_unit(value, &search);
    return search.found;
}

/// Whether it joins a list that has no elements: there is no such call in CDK.
static bool joins_nothing(const Value *value) {
    if (!value_is_function(value, "Fn::Join") || value->count != 2) {
        return false;
    }
    const Value *list = value_concrete(value->items[1]);
    return list->kind == VALUE_LIST && list->count == 0;
}

const Value *unit_value(const Units *units, const Unit *unit, const Value *value) {
    static const Value NO_TEXT = {.kind = VALUE_STRING, .text = ""};
    if (joins_nothing(value)) {
        return &NO_TEXT;
    }
    if (value->kind == VALUE_ARGUMENT && !is_own(unit, value)) {
        return unit_value(units, unit, value->base);
    }
    if (value->kind != VALUE_FIELD) {
        return value;
    }
    const Value *base = unit_value(units, unit, value->base);
    const Value *member = value_member(base, value->symbol->text);
    if (member) {
        return unit_value(units, unit, member);
    }
    if (base == value->base) {
        return value;
    }
    Value *field = arena_new_object(units->arena, Value);
    *field = *value;
    field->base = base;
    return field;
}

static bool same_items(const Value *left, const Value *right) {
    if (left->count != right->count) {
        return false;
    }
    for (size_t i = 0; i < left->count; i++) {
        if (!unit_same(left->items[i], right->items[i])) {
            return false;
        }
    }
    return true;
}

static bool same_fields(const Value *left, const Value *right) {
    if (left->field_count != right->field_count) {
        return false;
    }
    for (size_t i = 0; i < left->field_count; i++) {
        const Value *other = value_member_near(right, i, left->fields[i].name->text);
        if (!other || !unit_same(left->fields[i].value, other)) {
            return false;
        }
    }
    return true;
}

static bool same_text(const Value *left, const Value *right) {
    return left->length == right->length && memcmp(left->text, right->text, left->length) == 0;
}

/// A string as its parts: texts that are known, and values between them.
typedef struct Parts {
    Arena *arena;
    GPtrArray *values; ///< the values; NULL stands for a text
    GString *text;     ///< all texts, each ended by a NUL
} Parts;

static void add_parts(Parts *parts, const Value *value) {
    value = value_concrete(value);
    if (value->kind == VALUE_CONCAT) {
        for (size_t i = 0; i < value->count; i++) {
            add_parts(parts, value->items[i]);
        }
        return;
    }
    if (!value_is_literal(value)) {
        g_string_append_c(parts->text, '\0');
        g_ptr_array_add(parts->values, (gpointer)value);
        return;
    }
    size_t length = 0;
    const char *literal = value_literal_text(value, parts->arena, &length);
    g_string_append_len(parts->text, literal, (gssize)length);
}

static Parts parts_of(Arena *arena, const Value *value) {
    Parts parts = {arena, g_ptr_array_new(), g_string_new(NULL)};
    add_parts(&parts, value);
    return parts;
}

static void free_parts(Parts *parts) {
    g_ptr_array_unref(parts->values);
    g_string_free(parts->text, TRUE);
}

/// Whether two strings say the same, whatever pieces they are made of.
static bool same_strings(const Value *left, const Value *right) {
    Arena *arena = arena_new();
    Parts a = parts_of(arena, left), b = parts_of(arena, right);
    bool same = g_string_equal(a.text, b.text) && a.values->len == b.values->len;
    for (guint i = 0; i < a.values->len && same; i++) {
        same = unit_same(a.values->pdata[i], b.values->pdata[i]);
    }
    free_parts(&a);
    free_parts(&b);
    arena_free(arena);
    return same;
}

static bool is_string(const Value *value) {
    return value->kind == VALUE_CONCAT || value->kind == VALUE_STRING;
}

bool unit_same(const Value *left, const Value *right) {
    left = value_concrete(left);
    right = value_concrete(right);
    if (left == right) {
        return true;
    }
    if (is_string(left) && is_string(right) && left->kind + right->kind != 2 * VALUE_STRING) {
        return same_strings(left, right);
    }
    if (left->kind != right->kind || left->number != right->number) {
        return false;
    }
    switch ((ValueKind)left->kind) {
    case VALUE_NULL:
    case VALUE_THIS:
    case VALUE_ABSENT:
        return true;
    case VALUE_BOOL:
        return left->boolean == right->boolean;
    case VALUE_INT:
        return left->integer == right->integer;
    case VALUE_NUMBER:
        return left->decimal >= right->decimal && left->decimal <= right->decimal;
    case VALUE_STRING:
        return same_text(left, right);
    case VALUE_PSEUDO:
        return strcmp(left->text, right->text) == 0;
    case VALUE_SYMBOL:
        return strcmp(left->text, right->text) == 0 && g_strcmp0(left->module, right->module) == 0;
    case VALUE_REF:
        return left->part == right->part;
    case VALUE_GETATT:
        return left->part == right->part && strcmp(left->text, right->text) == 0;
    case VALUE_PARAMETER:
        return left->parameter == right->parameter;
    case VALUE_VARIABLE:
        return left->target == right->target;
    case VALUE_OBJECT:
        return same_fields(left, right);
    case VALUE_FIELD:
        return strcmp(left->symbol->text, right->symbol->text) == 0 &&
               unit_same(left->base, right->base);
    case VALUE_INVOKE:
    case VALUE_NEW:
        return unit_same(left->base, right->base) && same_items(left, right);
    case VALUE_DYNAMIC:
    case VALUE_FUNCTION:
        return strcmp(left->symbol->text, right->symbol->text) == 0 && same_items(left, right);
    case VALUE_LIST:
        return same_items(left, right);
    default:
        return false;
    }
}
