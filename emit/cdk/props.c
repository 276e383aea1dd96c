/// The props of the classes that modules become.
#include "cdk/modules.h"

#include "cdk/text.h"
#include "cdk/variables.h"
#include "kinds.h"
#include "words.h"

#include <string.h>

static bool same_values(const Value *const *left, const Value *const *right, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!left[i] || !right[i] ? left[i] != right[i] : !unit_same(left[i], right[i])) {
            return false;
        }
    }
    return true;
}

/// The first value that is there.
static const Value *some_value(const Value *const *values, size_t count) {
    size_t i = 0;
    while (i + 1 < count && !values[i]) {
        i++;
    }
    return values[i];
}

/// The name that every construct among `values` goes by; NULL if they differ.
static const char *common_variable(Arena *arena, const Value *const *values, size_t count) {
    const char *name = NULL;
    for (size_t i = 0; i < count; i++) {
        if (values[i]) {
            const char *other = variables_name(arena, values[i]->target);
            if (name && strcmp(name, other) != 0) {
                return NULL;
            }
            name = other;
        }
    }
    return name;
}

static bool all_of_kind(const Value *const *values, size_t count, ValueKind kind,
                        const Value *like) {
    for (size_t i = 0; i < count; i++) {
        if (values[i] && (values[i]->kind != kind ||
                          (kind == VALUE_ARGUMENT &&
                           strcmp(values[i]->symbol->text, like->symbol->text) != 0))) {
            return false;
        }
    }
    return true;
}

/// Where a prop with these values comes from, and the name that it should have.
static void classify(Arena *arena, UnitProp *prop, const Value *const *values, size_t count,
                     UnifyContext context) {
    const Value *first = some_value(values, count);
    prop->origin = PROP_VALUE;
    prop->resource = context.resource;
    prop->wanted = context.leaf;
    if (!all_of_kind(values, count, first->kind, first)) {
        return;
    }
    if (first->kind == VALUE_ARGUMENT) {
        prop->origin = PROP_PARAMETER;
        prop->parameter = first->symbol->text;
        prop->wanted = first->symbol->text;
    } else if (first->kind == VALUE_VARIABLE) {
        const char *variable = common_variable(arena, values, count);
        prop->origin = variable ? PROP_CONSTRUCT : PROP_VALUE;
        prop->wanted = variable ? variable : prop->wanted;
    } else if (first->kind == VALUE_PARAMETER) {
        prop->origin = PROP_DEPLOY;
        prop->wanted = first->parameter->name;
    }
}

static const ModelArgument *own_argument(const Unit *unit, const char *name) {
    for (size_t i = 0; i < unit->instance->argument_count; i++) {
        if (strcmp(unit->instance->arguments[i].name, name) == 0) {
            return &unit->instance->arguments[i];
        }
    }
    return NULL;
}

/// What the instances give: for parameters what their `use` says, which may show parameters of the
/// module around it.
static const Value **given_values(Arena *arena, const UnitClass *class, const Value *const *values,
                                  PropOrigin origin) {
    const Value **given = arena_array(arena, const Value *, class->unit_count);
    for (size_t i = 0; i < class->unit_count; i++) {
        const ModelArgument *own = values[i] && origin == PROP_PARAMETER
                                       ? own_argument(class->units[i], values[i]->symbol->text)
                                       : NULL;
        given[i] = own ? own->value : values[i];
    }
    return given;
}

static UnitProp *find_prop(const UnitClass *class, const UnitProp *like) {
    for (guint i = 0; i < class->props->len; i++) {
        UnitProp *prop = class->props->pdata[i];
        if (prop->origin == like->origin && prop->prop.text == like->prop.text &&
            strcmp(prop->wanted, like->wanted) == 0 &&
            same_values(prop->prop.values, like->prop.values, class->unit_count)) {
            return prop;
        }
    }
    return NULL;
}

static const ModelArgument *argument_of(const UnitClass *class, const char *name, size_t *place) {
    const ModelArgument *found = NULL;
    for (size_t i = 0; i < class->unit_count; i++) {
        const ModelInstance *instance = class->units[i]->instance;
        for (size_t k = 0; k < instance->argument_count; k++) {
            if (strcmp(instance->arguments[k].name, name) == 0) {
                found = &instance->arguments[k];
                *place = MAX(*place, k);
            }
        }
    }
    return found;
}

/// The value that reads a prop: what stands behind it tells how it becomes text.
static Value *argument_for(Arena *arena, const UnitProp *prop, size_t count) {
    static const Value TEXT = {.kind = VALUE_STRING, .text = ""};
    Value *value = arena_new_object(arena, Value);
    const Value *behind = some_value(prop->prop.values, count);
    value->kind = VALUE_ARGUMENT;
    value->number = !prop->prop.text && behind->number;
    value->base = prop->prop.text ? &TEXT : behind;
    return value;
}

/// Whether a value says enough for two of them not to be the same by chance.
static bool is_telling(const Value *value) {
    value = value_concrete(value);
    return value->kind != VALUE_BOOL && value->kind != VALUE_INT && value->kind != VALUE_NUMBER &&
           value->kind != VALUE_NULL;
}

/// Whether the parameter `name` has these values in all units.
static bool gives_values(const UnitClass *class, const char *name, const Value *const *values) {
    for (size_t i = 0; i < class->unit_count; i++) {
        const ModelArgument *own = own_argument(class->units[i], name);
        if (!own || !values[i] ? own || values[i]
                               : !is_telling(values[i]) || !unit_same(own->value, values[i])) {
            return false;
        }
    }
    return true;
}

/// The values as the parameter that gives them, where the module computed away that it does.
static const Value *const *as_parameter(Arena *arena, const UnitClass *class,
                                        const Value *const *values) {
    const size_t count = class->unit_count;
    const ModelInstance *instance = class->units[0]->instance;
    size_t place = 0;
    while (place < instance->argument_count &&
           !gives_values(class, instance->arguments[place].name, values)) {
        place++;
    }
    if (place == instance->argument_count || some_value(values, count)->kind == VALUE_ARGUMENT) {
        return values;
    }
    Name *name = arena_new_object(arena, Name);
    name->text = instance->arguments[place].name;
    name->length = (uint32_t)strlen(name->text);
    const Value **arguments = arena_array(arena, const Value *, count);
    for (size_t i = 0; i < count; i++) {
        if (values[i]) {
            Value *argument = arena_new_object(arena, Value);
            argument->kind = VALUE_ARGUMENT;
            argument->number = values[i]->number;
            argument->symbol = name;
            argument->base = values[i];
            arguments[i] = argument;
        }
    }
    return arguments;
}

/// Whether the values are a list that is known only at deployment: AWS CDK hands all that crosses
/// into a nested stack over as a string, so that lists need parameters of its own.
static bool is_list_for_nested(const UnitClass *class, const Value *const *values) {
    const ModelInstance *instance = class->units[0]->instance;
    return instance && instance->is_nested && values[0] && values[0]->kind == VALUE_PARAMETER &&
           values[0]->parameter->type == PARAMETER_LIST;
}

const Value *props_read(const Modules *modules, UnitClass *class, const Value *const *values,
                        UnifyContext context, bool text) {
    Arena *arena = modules->arena;
    const bool list = is_list_for_nested(class, values);
    if (list && !g_ptr_array_find(class->lists, values[0]->parameter, NULL)) {
        g_ptr_array_add(class->lists, values[0]->parameter);
    }
    values = as_parameter(arena, class, values);
    UnitProp *prop = arena_new_object(arena, UnitProp);
    classify(arena, prop, values, class->unit_count, context);
    prop->prop.values = given_values(arena, class, values, prop->origin);
    prop->prop.typed = values;
    prop->prop.text = text && !list;
    UnitProp *known = find_prop(class, prop);
    if (known) {
        if (value_concrete(some_value(values, class->unit_count))->narrow) {
            known->prop.typed = values; // what takes only some words is also any string
        }
        known->shared = known->shared || g_strcmp0(known->resource, context.resource) != 0;
        return list ? values[0] : known->argument;
    }
    prop->order = class->props->len;
    if (prop->parameter) {
        size_t place = 0;
        const ModelArgument *argument = argument_of(class, prop->parameter, &place);
        prop->order = place;
        prop->prop.doc = argument && !text ? argument->doc : NULL;
    }
    for (size_t i = 0; i < class->unit_count; i++) {
        prop->prop.optional = prop->prop.optional || !values[i];
    }
    prop->argument = argument_for(arena, prop, class->unit_count);
    g_ptr_array_add(class->props, prop);
    return list ? values[0] : prop->argument;
}

/// Constructs by name, then parameters in the order of the module, then all others.
static gint compare_props(gconstpointer left, gconstpointer right) {
    const UnitProp *a = *(UnitProp *const *)left;
    const UnitProp *b = *(UnitProp *const *)right;
    if (a->origin != b->origin) {
        return a->origin < b->origin ? -1 : 1;
    }
    if (a->origin == PROP_CONSTRUCT || a->origin == PROP_DEPLOY) {
        const int order = strcmp(a->wanted, b->wanted);
        if (order != 0) {
            return order;
        }
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

/// Parameters have the first choice of names.
static void name_prop(Arena *arena, GHashTable *taken, UnitProp *prop) {
    const bool qualified = prop->origin == PROP_VALUE && prop->resource && !prop->shared;
    const char *words =
        qualified ? arena_printf(arena, "%s %s", prop->resource, prop->wanted) : prop->wanted;
    const char *base = words_camel(arena, words);
    base = ts_identifier(arena, *base ? base : "value");
    prop->prop.name = base;
    for (unsigned number = 2; !g_hash_table_add(taken, (gpointer)prop->prop.name); number++) {
        prop->prop.name = arena_printf(arena, "%s%u", base, number);
    }
    Name *name = arena_new_object(arena, Name);
    name->text = prop->prop.name;
    name->length = (uint32_t)strlen(name->text);
    prop->argument->symbol = name;
}

void props_settle(const Modules *modules, UnitClass *class) {
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    g_ptr_array_sort(class->props, compare_props);
    for (int parameters = 1; parameters >= 0; parameters--) {
        for (guint i = 0; i < class->props->len; i++) {
            UnitProp *prop = class->props->pdata[i];
            if ((prop->origin == PROP_PARAMETER) == (parameters == 1)) {
                name_prop(modules->arena, taken, prop);
            }
        }
    }
    CdkProp **props = arena_array(modules->arena, CdkProp *, class->props->len);
    for (guint i = 0; i < class->props->len; i++) {
        props[i] = &((UnitProp *)class->props->pdata[i])->prop;
    }
    class->scope.props = props;
    class->scope.prop_count = class->props->len;
}
