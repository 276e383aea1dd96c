#include "kinds.h"

#include "number.h"

#include <string.h>

bool value_is_function(const Value *value, const char *name) {
    return value->kind == VALUE_FUNCTION && strcmp(value->symbol->text, name) == 0;
}

const Value *value_concrete(const Value *value) {
    if (value->kind == VALUE_ARGUMENT) {
        return value_concrete(value->base);
    }
    if (value->kind == VALUE_FIELD) {
        const Value *member = value_member(value_concrete(value->base), value->symbol->text);
        return member ? value_concrete(member) : value;
    }
    return value;
}

bool value_is_list(const Value *value) {
    value = value_concrete(value);
    switch (value->kind) {
    case VALUE_LIST:
        return true;
    case VALUE_PARAMETER:
        return value->parameter->type == PARAMETER_LIST;
    case VALUE_GETATT:
    case VALUE_FIELD:
        return value->list;
    case VALUE_FUNCTION:
        return value_is_function(value, "Fn::Split") || value_is_function(value, "Fn::GetAZs") ||
               value_is_function(value, "Fn::Cidr");
    default:
        return false;
    }
}

bool value_is_literal(const Value *value) {
    return value->kind == VALUE_STRING || value->kind == VALUE_INT || value->kind == VALUE_NUMBER ||
           value->kind == VALUE_BOOL;
}

const char *value_literal_text(const Value *value, Arena *arena, size_t *length) {
    char number[NUMBER_MAX];
    switch (value->kind) {
    case VALUE_STRING:
        *length = value->length;
        return value->text;
    case VALUE_BOOL:
        *length = value->boolean ? 4 : 5;
        return value->boolean ? "true" : "false";
    case VALUE_INT:
        *length = number_from_int(value->integer, number);
        break;
    default:
        *length = number_from_double(value->decimal, number);
        break;
    }
    return arena_strndup(arena, number, *length);
}

const Value *value_select_now(const Value *function) {
    if (!value_is_function(function, "Fn::Select") || function->count != 2) {
        return NULL;
    }
    const Value *index = function->items[0];
    const Value *list = function->items[1];
    if (index->kind != VALUE_INT || list->kind != VALUE_LIST || index->integer < 0 ||
        (uint64_t)index->integer >= list->count) {
        return NULL;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (!value_is_literal(list->items[i])) {
            return NULL;
        }
    }
    return list->items[index->integer];
}

const Value *value_member(const Value *object, const char *name) {
    if (!object || object->kind != VALUE_OBJECT) {
        return NULL;
    }
    for (size_t i = 0; i < object->field_count; i++) {
        if (strcmp(object->fields[i].name->text, name) == 0) {
            return object->fields[i].value;
        }
    }
    return NULL;
}

const Value *value_member_near(const Value *object, size_t index, const char *name) {
    if (object && object->kind == VALUE_OBJECT && index < object->field_count &&
        strcmp(object->fields[index].name->text, name) == 0) {
        return object->fields[index].value;
    }
    return value_member(object, name);
}
