/// Functions of the library about names: those of properties as a back end has them, and those of
/// the construct at hand.
#include "builtin_functions.h"
#include "lower.h"
#include "operators.h"
#include "words.h"

#include <glib.h>
#include <string.h>

static const Value *pascal(Compilation *compilation, const Value *value) {
    if (value->kind == VALUE_LIST) {
        Value *list = value_list(compilation->arena, value->count, value->origin);
        for (size_t i = 0; i < value->count; i++) {
            list->items[i] = pascal(compilation, value->items[i]);
        }
        return list;
    }
    if (value->kind != VALUE_OBJECT || value->map) {
        return value;
    }
    Value *object = value_object(compilation->arena, value->field_count, value->origin);
    object->ordered = true;
    object->field_count = value->field_count;
    for (size_t i = 0; i < value->field_count; i++) {
        char *name = arena_strndup(compilation->arena, value->fields[i].name->text,
                                   value->fields[i].name->length);
        name[0] = g_ascii_toupper(name[0]);
        object->fields[i] =
            (Field){names_intern(compilation->names, name, value->fields[i].name->length),
                    pascal(compilation, value->fields[i].value), value->fields[i].origin};
    }
    return object;
}

const Value *builtin_pascal_keys(const BuiltinCall *call) {
    return pascal(call->compilation, lower_value(call->compilation, call->arguments[0]));
}

/// The name of a property in TypeScript: `@key("…")`, or its own in camel case.
static const Name *camel_name(Compilation *compilation, const Property *property) {
    const char *key =
        decorator_text(compilation->arena, decorator_find(node_decorators(property->node), "key"));
    return names_of(compilation->names,
                    key ? key : words_camel(compilation->arena, property->name->text));
}

/// The alternative that knows all members of the object, or the first one that is a list where it
/// is one; NULL: none.
static const Type *alternative_for(const Type *type, const Value *value) {
    for (size_t i = 0; i < type->count; i++) {
        const Type *one = type_strip(type->alternatives[i]);
        bool fits = (one->kind == TYPE_OBJECT && value->kind == VALUE_OBJECT) ||
                    (one->kind == TYPE_LIST && value->kind == VALUE_LIST);
        for (size_t f = 0; fits && value->kind == VALUE_OBJECT && f < value->field_count; f++) {
            fits = type_property(one, value->fields[f].name) != NULL;
        }
        if (fits) {
            return one;
        }
    }
    return NULL;
}

static const Value *camel(Compilation *compilation, const Value *value, const Type *type);

static const Value *camel_list(Compilation *compilation, const Value *value, const Type *element) {
    Value *list = value_list(compilation->arena, value->count, value->origin);
    for (size_t i = 0; i < value->count; i++) {
        list->items[i] = camel(compilation, value->items[i], element);
    }
    return list;
}

/// The keys of a map are the user's, what they stand for has a type again.
static const Value *camel_map(Compilation *compilation, const Value *value, const Type *element) {
    Value *map = value_object(compilation->arena, value->field_count, value->origin);
    map->map = true;
    map->ordered = value->ordered;
    for (size_t i = 0; i < value->field_count; i++) {
        map->fields[map->field_count++] =
            (Field){value->fields[i].name, camel(compilation, value->fields[i].value, element),
                    value->fields[i].origin};
    }
    return map;
}

/// One property that is found among `properties`; others stay as they are.
static Field camel_field(Compilation *compilation, const Field *field, const Property *property) {
    if (!property || property->type->kind == TYPE_ERROR) {
        return *field;
    }
    bool plain = decorator_find(node_decorators(property->node), "plain") != NULL;
    return (Field){camel_name(compilation, property),
                   plain ? field->value : camel(compilation, field->value, property->type),
                   field->origin};
}

static const Value *camel_object(Compilation *compilation, const Value *value, const Type *type) {
    Value *object = value_object(compilation->arena, value->field_count, value->origin);
    object->ordered = true;
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        object->fields[object->field_count++] =
            camel_field(compilation, field, type_property(type, field->name));
    }
    return object;
}

static const Value *camel(Compilation *compilation, const Value *value, const Type *type) {
    type = type_strip(type);
    if (type->kind == TYPE_UNION) {
        type = alternative_for(type, value);
    }
    if (!type) {
        return value;
    }
    if (value->kind == VALUE_LIST && type->kind == TYPE_LIST) {
        return camel_list(compilation, value, type->element);
    }
    if (value->kind == VALUE_OBJECT && type->kind == TYPE_MAP) {
        return camel_map(compilation, value, type->element);
    }
    return value->kind == VALUE_OBJECT && type->kind == TYPE_OBJECT
               ? camel_object(compilation, value, type)
               : value;
}

/// Properties of the resource with the names that its TypeScript class has for them, as deep as
/// their types say what they are.
const Value *builtin_camel_keys(const BuiltinCall *call) {
    Compilation *compilation = call->compilation;
    const Frame *frame = builtin_home(call);
    const Value *value = lower_value(compilation, call->arguments[0]);
    if (!frame || value->kind != VALUE_OBJECT) {
        return &value_absent;
    }
    const Construct *construct = frame->resource->construct;
    Value *object = value_object(compilation->arena, value->field_count, value->origin);
    object->ordered = true;
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        int index = construct_property(construct, field->name);
        object->fields[object->field_count++] =
            camel_field(compilation, field, index < 0 ? NULL : &construct->properties[index]);
    }
    return object;
}

const Value *builtin_form(const BuiltinCall *call) {
    const Frame *frame = builtin_home(call);
    return frame && frame->target ? lower_construct_form(call->compilation, frame->resource)
                                  : &value_absent;
}

const Value *builtin_type_name(const BuiltinCall *call) {
    const Frame *frame = builtin_home(call);
    const Name *type = frame ? frame->resource->construct->type : NULL;
    return type ? value_string(call->compilation->arena, type->text, call->node) : &value_absent;
}

const Value *builtin_attribute_name(const BuiltinCall *call) {
    const Frame *frame = builtin_home(call);
    const char *name = frame ? frame->attribute_name : NULL;
    return name ? value_string(call->compilation->arena, name, call->node) : &value_absent;
}

/// "number", "list", "bool", or "string" for all else.
const Value *builtin_attribute_type(const BuiltinCall *call) {
    const Frame *frame = builtin_home(call);
    const Type *type = frame ? frame->attribute_type : NULL;
    const char *word = "string";
    if (type && type_is(type, TYPE_NUMBER)) {
        word = "number";
    } else if (type && type_is(type, TYPE_BOOL)) {
        word = "bool";
    } else if (type && type_strip(type)->kind == TYPE_LIST) {
        word = "list";
    }
    return value_string(call->compilation->arena, word, call->node);
}

/// The member that holds the attribute: `@key("…")`, or the prefix and the attribute's name in
/// Pascal case.
const Value *builtin_attribute_key(const BuiltinCall *call) {
    Arena *arena = call->compilation->arena;
    const Frame *frame = builtin_home(call);
    const char *prefix = builtin_text(call, 0);
    if (!frame || !frame->attribute_name || !prefix) {
        return &value_absent;
    }
    const Node *node = frame->attribute ? frame->attribute->node : NULL;
    const char *key =
        node ? decorator_text(arena, decorator_find(node_decorators(node), "key")) : NULL;
    return value_string(
        arena,
        key ? key : arena_printf(arena, "%s%s", prefix, words_pascal(arena, frame->attribute_name)),
        call->node);
}
