#include "narrow.h"

/// Whether `type` takes any value of the kind of `value`.
static bool is_wide(const Value *value, const Type *type) {
    type = type_strip(type);
    switch (type->kind) {
    case TYPE_ERROR:
    case TYPE_ANY:
        return true;
    case TYPE_STRING:
    case TYPE_SECRET:
    case TYPE_DEPLOYED:
        return value->kind == VALUE_STRING;
    case TYPE_INT:
    case TYPE_NUMBER:
        return value->kind != VALUE_STRING;
    case TYPE_UNION:
        for (size_t i = 0; i < type->count; i++) {
            if (is_wide(value, type->alternatives[i])) {
                return true;
            }
        }
        return false;
    default:
        return false;
    }
}

static const Value *narrow_literal(Compilation *compilation, const Value *value, const Type *type) {
    if (value->narrow || is_wide(value, type)) {
        return value;
    }
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *value;
    copy->narrow = true;
    return copy;
}

/// The alternative of `type` for values of a kind; the first of several will do, since a narrow
/// value fits wherever a wide one does.
static const Type *alternative(const Type *type, TypeKind kind) {
    type = type_strip(type);
    for (size_t i = 0; type->kind == TYPE_UNION && i < type->count; i++) {
        const Type *found = alternative(type->alternatives[i], kind);
        if (found) {
            return found;
        }
    }
    return type->kind == kind ? type : NULL;
}

static const Value *narrow_list(Compilation *compilation, const Value *value, const Type *type) {
    const Type *list = alternative(type, TYPE_LIST);
    if (!list || !list->element) {
        return value;
    }
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *value;
    copy->items = arena_array(compilation->arena, const Value *, value->count);
    for (size_t i = 0; i < value->count; i++) {
        copy->items[i] = narrow_value(compilation, value->items[i], list->element);
    }
    return copy;
}

static const Type *member_type(const Type *object, const Type *map, const Name *name) {
    const Property *property = object ? type_property(object, name) : NULL;
    if (property) {
        return property->type;
    }
    return object && object->element ? object->element : map ? map->element : NULL;
}

static const Value *narrow_object(Compilation *compilation, const Value *value, const Type *type) {
    const Type *object = alternative(type, TYPE_OBJECT), *map = alternative(type, TYPE_MAP);
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *value;
    copy->fields = arena_array(compilation->arena, Field, value->field_count);
    for (size_t i = 0; i < value->field_count; i++) {
        const Type *member = member_type(object, map, value->fields[i].name);
        copy->fields[i] = value->fields[i];
        if (member) {
            copy->fields[i].value = narrow_value(compilation, value->fields[i].value, member);
        }
    }
    return copy;
}

const Value *narrow_value(Compilation *compilation, const Value *value, const Type *type) {
    switch ((ValueKind)value->kind) {
    case VALUE_STRING:
    case VALUE_INT:
    case VALUE_NUMBER:
        return narrow_literal(compilation, value, type);
    case VALUE_LIST:
        return narrow_list(compilation, value, type);
    case VALUE_OBJECT:
        return narrow_object(compilation, value, type);
    case VALUE_ARGUMENT: {
        const Value *base = narrow_value(compilation, value->base, type);
        if (base == value->base) {
            return value;
        }
        Value *copy = arena_new_object(compilation->arena, Value);
        *copy = *value;
        copy->base = base;
        return copy;
    }
    default:
        return value;
    }
}
