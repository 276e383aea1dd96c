/// Values of the units of a class become one value of the class.
#include "cdk/modules.h"

#include "cdk/expression.h"
#include "kinds.h"

#include <string.h>

/// In what form a value is needed.
typedef enum Form {
    FORM_VALUE, ///< as it is
    FORM_TEXT,  ///< as a string
    FORM_TEXTS  ///< as a list of strings
} Form;

typedef struct Unify {
    Modules *modules;
    UnitClass *class;
    size_t count; ///< of units
    UnifyContext context;
} Unify;

/// Values of the units, one each.
typedef const Value *const *Values;

static const Value *unify(const Unify *state, Values given, Form form);

static Values array_of(const Unify *state) {
    return arena_array(state->modules->arena, const Value *, state->count);
}

static bool all_same(const Unify *state, Values values) {
    for (size_t i = 1; i < state->count; i++) {
        if (!unit_same(values[0], values[i])) {
            return false;
        }
    }
    return true;
}

static bool is_within(const Unify *state, Values values) {
    return unit_is_in(state->modules->units, state->class->units[0], values[0]);
}

/// A list with strings for elements.
static const Value *texts_of(Arena *arena, const Value *list) {
    Value *copy = arena_new_object(arena, Value);
    *copy = *list;
    copy->items = arena_array(arena, const Value *, list->count);
    for (size_t i = 0; i < list->count; i++) {
        copy->items[i] = list->items[i];
        if (cdk_text_kind(list->items[i]) != TEXT_STRING) {
            Value *text = arena_new_object(arena, Value);
            text->kind = VALUE_CONCAT; // of one piece: what it is as text
            text->items = arena_array(arena, const Value *, 1);
            text->items[0] = list->items[i];
            text->count = 1;
            copy->items[i] = text;
        }
    }
    return copy;
}

static bool has_texts(const Value *list) {
    for (size_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
        if (cdk_text_kind(list->items[i]) != TEXT_STRING) {
            return false;
        }
    }
    return true;
}

/// The prop that gives the values, in the form that is needed.
static const Value *read_prop(const Unify *state, Values values, Form form) {
    bool text = false, texts = false;
    for (size_t i = 0; i < state->count; i++) {
        const CdkText kind = cdk_text_kind(values[i]);
        text = text || kind == TEXT_LIST || kind != cdk_text_kind(values[0]);
        texts = texts || !has_texts(value_concrete(values[i]));
    }
    if (form == FORM_TEXTS && texts) {
        const Value **lists = (const Value **)array_of(state);
        for (size_t i = 0; i < state->count; i++) {
            const Value *list = value_concrete(values[i]);
            lists[i] = list->kind == VALUE_LIST ? texts_of(state->modules->arena, list) : values[i];
        }
        values = lists;
    }
    return props_read(state->modules, state->class, values, state->context,
                      form == FORM_TEXT && text);
}

/// What the units do not have alike is given from outside; the shape of the class says that no
/// construct within is part of it.
static const Value *differing(const Unify *state, Values values, Form form) {
    if (!state->class->units[0]->instance) {
        return values[0]; // a stack is one of its kind
    }
    for (size_t i = 0; i < state->count; i++) {
        if (unit_is_in(state->modules->units, state->class->units[i], values[i])) {
            return values[0];
        }
    }
    return read_prop(state, values, form);
}

/// Whether all are of one kind, with as many parts and of the same name.
static bool is_alike(const Unify *state, Values values) {
    const Value *first = values[0];
    for (size_t i = 1; i < state->count; i++) {
        const Value *other = values[i];
        if (other->kind != first->kind) {
            return false;
        }
        switch ((ValueKind)first->kind) {
        case VALUE_LIST:
        case VALUE_CONCAT:
        case VALUE_INVOKE:
        case VALUE_NEW:
            if (other->count != first->count) {
                return false;
            }
            break;
        case VALUE_DYNAMIC:
        case VALUE_FUNCTION:
            if (other->count != first->count ||
                strcmp(other->symbol->text, first->symbol->text) != 0) {
                return false;
            }
            break;
        case VALUE_FIELD:
            if (strcmp(other->symbol->text, first->symbol->text) != 0) {
                return false;
            }
            break;
        default:
            break;
        }
    }
    return true;
}

static const Value *unify_part(const Unify *state, Values values, size_t index, Form form) {
    const Value **parts = (const Value **)array_of(state);
    for (size_t i = 0; i < state->count; i++) {
        parts[i] = values[i]->items[index];
    }
    return unify(state, parts, form);
}

static const Value *unify_base(const Unify *state, Values values) {
    const Value **bases = (const Value **)array_of(state);
    for (size_t i = 0; i < state->count; i++) {
        bases[i] = values[i]->base;
    }
    return unify(state, bases, FORM_VALUE);
}

/// The form of the argument at `index` of an intrinsic function: mirrors how it is written.
static Form argument_form(const Value *function, size_t index) {
    const Value *item = value_concrete(function->items[index]);
    if (value_is_list(item)) {
        return FORM_TEXTS;
    }
    return item->kind == VALUE_OBJECT || cdk_takes_number(function, index) ? FORM_VALUE : FORM_TEXT;
}

static const Value *with_items(const Unify *state, Values values, Form form) {
    const Value *first = values[0];
    Value *copy = arena_new_object(state->modules->arena, Value);
    *copy = *first;
    copy->items = arena_array(state->modules->arena, const Value *, first->count);
    for (size_t i = 0; i < first->count; i++) {
        const Form item = first->kind == VALUE_FUNCTION ? argument_form(first, i) : form;
        copy->items[i] = unify_part(state, values, i, item);
    }
    return copy;
}

/// Whether the literals between the values of all strings are the same.
static bool has_same_literals(const Unify *state, Values values) {
    for (size_t k = 0; k < values[0]->count; k++) {
        const Value *piece = values[0]->items[k];
        for (size_t i = 1; i < state->count; i++) {
            const Value *other = values[i]->items[k];
            if ((value_is_literal(piece) || value_is_literal(other)) && !unit_same(piece, other)) {
                return false;
            }
        }
    }
    return true;
}

static bool is_same_callee(const Unify *state, Values values) {
    for (size_t i = 1; i < state->count; i++) {
        const Value *one = values[0]->base, *other = values[i]->base;
        while (one->kind == VALUE_FIELD && other->kind == VALUE_FIELD &&
               strcmp(one->symbol->text, other->symbol->text) == 0) {
            one = one->base;
            other = other->base;
        }
        if (one->kind != other->kind || (one->kind == VALUE_SYMBOL && !unit_same(one, other))) {
            return false;
        }
    }
    return true;
}

static const Value *unify_call(const Unify *state, Values values) {
    Value *copy = (Value *)with_items(state, values, FORM_VALUE);
    copy->base =
        values[0]->base->kind == VALUE_SYMBOL ? values[0]->base : unify_base(state, values);
    return copy;
}

/// The constructs that the values stand for: the same one in all units, one that a child has as a
/// member, or one from outside.
static const Value *unify_variable(const Unify *state, Values values) {
    const Units *units = state->modules->units;
    const Unit *unit = state->class->units[0];
    const Unit *owner = units_owner(units, values[0]->target);
    if (owner && unit_child_towards(unit, (Unit *)owner)) {
        const Value *member = members_reach(state->modules, state->class, values);
        return member ? member : values[0];
    }
    if (owner != unit) {
        return differing(state, values, FORM_VALUE);
    }
    Value *copy = arena_new_object(state->modules->arena, Value);
    *copy = *values[0];
    copy->target = &state->class->copies[units_place(units, values[0]->target)];
    return copy;
}

/// What sort of TypeScript value it is, as far as mixing them goes.
static ValueKind mixing_kind(const Value *value) {
    switch ((ValueKind)value->kind) {
    case VALUE_INT:
        return VALUE_NUMBER;
    case VALUE_PSEUDO:
    case VALUE_CONCAT:
    case VALUE_DYNAMIC:
    case VALUE_REF:
    case VALUE_GETATT:
        return VALUE_STRING;
    case VALUE_PARAMETER:
    case VALUE_FUNCTION:
        return value_is_list(value) ? VALUE_LIST : value->number ? VALUE_NUMBER : VALUE_STRING;
    default:
        return value->kind;
    }
}

/// Whether all objects have the same names, and values that can be mixed: a choice among words and
/// what belongs to it would not be told together.
static bool is_mixable(const Unify *state, Values values) {
    const Value *first = values[0];
    for (size_t i = 1; i < state->count; i++) {
        if (values[i]->field_count != first->field_count) {
            return false;
        }
        for (size_t k = 0; k < first->field_count; k++) {
            const Field *field = &first->fields[k];
            const Value *other = value_member_near(values[i], k, field->name->text);
            const Value *one = other ? value_concrete(field->value) : NULL;
            other = other ? value_concrete(other) : NULL;
            if (!one || mixing_kind(one) != mixing_kind(other) ||
                (one->kind == VALUE_BOOL && one->boolean != other->boolean) ||
                ((one->narrow || other->narrow) && !unit_same(one, other))) {
                return false;
            }
        }
    }
    return true;
}

/// The field `name` of all objects, which most of them have at `index`.
static const Value *unify_field(const Unify *outer, Values objects, size_t index,
                                const Name *name) {
    Unify state = *outer;
    state.context.leaf = name->text;
    const Value **values = (const Value **)array_of(&state);
    bool everywhere = true;
    for (size_t i = 0; i < state.count; i++) {
        const Value *value = value_member_near(objects[i], index, name->text);
        values[i] = value && value->kind != VALUE_ABSENT ? value : NULL;
        everywhere = everywhere && values[i];
    }
    return everywhere ? unify(&state, values, FORM_VALUE)
                      : props_read(state.modules, state.class, values, state.context, false);
}

static const Value *unify_object(const Unify *state, Values values) {
    const Value *first = values[0];
    Value *copy = arena_new_object(state->modules->arena, Value);
    *copy = *first;
    copy->fields = arena_array(state->modules->arena, Field, first->field_count);
    for (size_t i = 0; i < first->field_count; i++) {
        copy->fields[i] = first->fields[i];
        if (first->fields[i].value->kind != VALUE_ABSENT) {
            copy->fields[i].value = unify_field(state, values, i, first->fields[i].name);
        }
    }
    return copy;
}

static const Value *unify_alike(const Unify *state, Values values, Form form) {
    switch ((ValueKind)values[0]->kind) {
    case VALUE_VARIABLE:
        return unify_variable(state, values);
    case VALUE_LIST:
        return with_items(state, values, form == FORM_TEXTS ? FORM_TEXT : FORM_VALUE);
    case VALUE_CONCAT:
        return is_within(state, values) || has_same_literals(state, values)
                   ? with_items(state, values, FORM_TEXT)
                   : differing(state, values, form);
    case VALUE_DYNAMIC:
    case VALUE_FUNCTION:
        return with_items(state, values, FORM_TEXT);
    case VALUE_OBJECT:
        return is_within(state, values) || is_mixable(state, values)
                   ? unify_object(state, values)
                   : differing(state, values, form);
    case VALUE_FIELD: {
        Value *copy = arena_new_object(state->modules->arena, Value);
        *copy = *values[0];
        copy->base = unify_base(state, values);
        return copy;
    }
    case VALUE_INVOKE:
    case VALUE_NEW:
        return is_same_callee(state, values) ? unify_call(state, values)
                                             : differing(state, values, form);
    case VALUE_PARAMETER:
        return state->class->units[0]->instance ? differing(state, values, form) : values[0];
    default:
        return all_same(state, values) ? values[0] : differing(state, values, form);
    }
}

/// Whether each is the parameter of its module by one and the same name.
static bool is_parameter(const Unify *state, Values values) {
    for (size_t i = 0; i < state->count; i++) {
        if (values[i]->kind != VALUE_ARGUMENT ||
            strcmp(values[i]->symbol->text, values[0]->symbol->text) != 0) {
            return false;
        }
    }
    return true;
}

static const Value *unify(const Unify *state, Values given, Form form) {
    const Units *units = state->modules->units;
    const Value **values = (const Value **)array_of(state);
    bool arguments = false;
    for (size_t i = 0; i < state->count; i++) {
        values[i] = unit_value(units, state->class->units[i], given[i]);
        arguments = arguments || values[i]->kind == VALUE_ARGUMENT;
    }
    if (arguments) {
        return is_parameter(state, values) ? read_prop(state, values, form)
                                           : differing(state, values, form);
    }
    const Value *member = members_find(state->modules, state->class, values);
    if (member) {
        return member;
    }
    return is_alike(state, values) ? unify_alike(state, values, form)
                                   : differing(state, values, form);
}

const Value *unify_value(Modules *modules, UnitClass *class, Values values, UnifyContext context) {
    const Unify state = {modules, class, class->unit_count, context};
    return unify(&state, values, FORM_VALUE);
}

/// All names of the objects: those of the first in its order, others behind the name that they
/// follow.
static GPtrArray *names_of_all(const Unify *state, Values objects) {
    GPtrArray *names = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < state->count; i++) {
        guint at = 0;
        for (size_t k = 0; k < objects[i]->field_count; k++) {
            const Field *field = &objects[i]->fields[k];
            if (field->value->kind == VALUE_ABSENT) {
                continue;
            }
            if (g_hash_table_add(seen, (gpointer)field->name->text)) {
                g_ptr_array_insert(names, (gint)at++, (gpointer)field->name);
                continue;
            }
            while (at < names->len &&
                   strcmp(((const Name *)names->pdata[at])->text, field->name->text) != 0) {
                at++;
            }
            at = MIN(at + 1, names->len);
        }
    }
    return names;
}

const Value *unify_props(Modules *modules, UnitClass *class, Values values, UnifyContext context) {
    const Unify state = {modules, class, class->unit_count, context};
    const Units *units = modules->units;
    const Value **objects = (const Value **)array_of(&state);
    for (size_t i = 0; i < state.count; i++) {
        objects[i] = unit_value(units, class->units[i], values[i]);
        if (objects[i]->kind != VALUE_OBJECT) {
            return unify(&state, values, FORM_VALUE);
        }
    }
    g_autoptr(GPtrArray) names = names_of_all(&state, objects);
    Value *copy = arena_new_object(modules->arena, Value);
    *copy = *objects[0];
    copy->fields = arena_array(modules->arena, Field, names->len);
    copy->field_count = 0;
    for (guint i = 0; i < names->len; i++) {
        const Name *name = names->pdata[i];
        copy->fields[copy->field_count++] =
            (Field){name, unify_field(&state, objects, i, name), NULL};
    }
    return copy;
}

const Value *unify_attributes(Modules *modules, UnitClass *class, Values values,
                              UnifyContext context) {
    const Unify state = {modules, class, class->unit_count, context};
    const Value *first = values[0];
    if (first->kind != VALUE_OBJECT) {
        return unify(&state, values, FORM_VALUE);
    }
    Value *copy = arena_new_object(modules->arena, Value);
    *copy = *first;
    copy->fields = arena_array(modules->arena, Field, first->field_count);
    for (size_t i = 0; i < first->field_count; i++) {
        const Value **members = (const Value **)array_of(&state);
        copy->fields[i] = first->fields[i];
        context.leaf = first->fields[i].name->text;
        for (size_t k = 0; k < state.count; k++) {
            members[k] = value_member_near(values[k], i, context.leaf);
        }
        copy->fields[i].value = unify_attributes(modules, class, members, context);
    }
    return copy;
}
