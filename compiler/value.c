#include "eval.h"

#include "number.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const Value value_absent = {.kind = VALUE_ABSENT};
const Value value_error = {.kind = VALUE_ERROR};
const Value value_null = {.kind = VALUE_NULL};

Value *value_new(Arena *arena, ValueKind kind, const Node *origin) {
    Value *value = arena_new_object(arena, Value);
    value->kind = (uint8_t)kind;
    value->origin = origin;
    return value;
}

const Value *value_string_n(Arena *arena, const char *text, size_t length, const Node *origin) {
    Value *value = value_new(arena, VALUE_STRING, origin);
    value->text = text;
    value->length = length;
    return value;
}

const Value *value_string(Arena *arena, const char *text, const Node *origin) {
    return value_string_n(arena, text, strlen(text), origin);
}

const Value *value_int(Arena *arena, int64_t integer, const Node *origin) {
    Value *value = value_new(arena, VALUE_INT, origin);
    value->integer = integer;
    return value;
}

const Value *value_bool(Arena *arena, bool boolean, const Node *origin) {
    Value *value = value_new(arena, VALUE_BOOL, origin);
    value->boolean = boolean;
    return value;
}

Value *value_object(Arena *arena, size_t count, const Node *origin) {
    Value *value = value_new(arena, VALUE_OBJECT, origin);
    value->fields = arena_array(arena, Field, count);
    return value;
}

Value *value_list(Arena *arena, size_t count, const Node *origin) {
    Value *value = value_new(arena, VALUE_LIST, origin);
    value->items = arena_array(arena, const Value *, count);
    value->count = count;
    return value;
}

const Value *value_of_literal(Arena *arena, const Node *node) {
    Value *value = value_new(arena, VALUE_STRING, node);
    switch (node->kind) {
    case NODE_INTEGER:
        value->kind = VALUE_INT;
        value->integer = node->integer;
        break;
    case NODE_DECIMAL:
        value->kind = VALUE_NUMBER;
        value->decimal = node->number;
        break;
    case NODE_BOOL:
        value->kind = VALUE_BOOL;
        value->boolean = node->integer != 0;
        break;
    case NODE_UNARY: { /* a negative literal in a type */
        const Value *inner = value_of_literal(arena, node->a);
        *value = *inner;
        if (value->kind == VALUE_INT) {
            value->integer = -value->integer;
        } else {
            value->decimal = -value->decimal;
        }
        break;
    }
    default:
        value->text = node->text;
        value->length = node->length;
    }
    return value;
}

/// The array index that a key is ("0", "17"; no leading zeros), or -1.
static int64_t array_index(const Name *name) {
    int64_t index = 0;
    if (name->length == 0 || name->length > 10 || (name->text[0] == '0' && name->length > 1)) {
        return -1;
    }
    for (uint32_t i = 0; i < name->length; i++) {
        if (!g_ascii_isdigit(name->text[i])) {
            return -1;
        }
        index = index * 10 + (name->text[i] - '0');
    }
    return index < UINT32_MAX ? index : -1;
}

static int compare_fields(const void *left, const void *right) {
    const Field *a = left, *b = right;
    int64_t a_index = array_index(a->name), b_index = array_index(b->name);
    if (a_index >= 0 && b_index >= 0) {
        return a_index < b_index ? -1 : a_index > b_index;
    }
    if (a_index >= 0 || b_index >= 0) {
        return a_index >= 0 ? -1 : 1;
    }
    return strcmp(a->name->text, b->name->text);
}

void fields_sort(Field *fields, size_t count) {
    if (count > 1) {
        qsort(fields, count, sizeof *fields, compare_fields);
    }
}

const Value *value_field(const Value *object, const Name *name) {
    for (size_t i = 0; i < object->field_count; i++) {
        if (object->fields[i].name == name) {
            return object->fields[i].value;
        }
    }
    return NULL;
}

bool value_is_deploy(const Value *value) {
    switch (value->kind) {
    case VALUE_LIST:
    case VALUE_CASE:
        for (size_t i = 0; i < value->count; i++) {
            if (value_is_deploy(value->items[i])) {
                return true;
            }
        }
        return false;
    case VALUE_OBJECT:
        for (size_t i = 0; i < value->field_count; i++) {
            if (value_is_deploy(value->fields[i].value)) {
                return true;
            }
        }
        return false;
    case VALUE_RESOURCE:
        return false; /* which resource it is, is known */
    default:
        return value->kind >= VALUE_ATTRIBUTE;
    }
}

void value_each_child(const Value *value, void (*visit)(const Value *, void *), void *data) {
    switch (value->kind) {
    case VALUE_ATTRIBUTE:
    case VALUE_FIELD:
    case VALUE_ARGUMENT:
        visit(value->base, data);
        break;
    case VALUE_INVOKE:
    case VALUE_NEW:
        visit(value->base, data);
        /* fall through */
    case VALUE_LIST:
    case VALUE_CASE:
    case VALUE_CONCAT:
    case VALUE_FUNCTION:
    case VALUE_DYNAMIC:
        for (size_t i = 0; i < value->count; i++) {
            visit(value->items[i], data);
        }
        break;
    case VALUE_OBJECT:
        for (size_t i = 0; i < value->field_count; i++) {
            visit(value->fields[i].value, data);
        }
        break;
    default:
        break;
    }
}

static void find_secret(const Value *value, void *data) {
    bool *found = data;
    *found =
        *found || (value->kind == VALUE_DYNAMIC && !strcmp(value->symbol->text, "secretsmanager"));
    value_each_child(value, find_secret, data);
}

static void find_error(const Value *value, void *data) {
    bool *found = data;
    *found = *found || value->kind == VALUE_ERROR;
    if (!*found) {
        value_each_child(value, find_error, data);
    }
}

bool value_contains_error(const Value *value) {
    bool found = false;
    find_error(value, &found);
    return found;
}

bool value_contains_secret(const Value *value) {
    bool found = false;
    find_secret(value, &found);
    return found;
}

static bool items_equal(const Value *left, const Value *right) {
    if (left->count != right->count) {
        return false;
    }
    for (size_t i = 0; i < left->count; i++) {
        if (!value_equal(left->items[i], right->items[i])) {
            return false;
        }
    }
    return true;
}

static bool fields_equal(const Value *left, const Value *right) {
    if (left->field_count != right->field_count) {
        return false;
    }
    for (size_t i = 0; i < left->field_count; i++) {
        const Value *other = value_field(right, left->fields[i].name);
        if (!other || !value_equal(left->fields[i].value, other)) {
            return false;
        }
    }
    return true;
}

bool value_equal(const Value *left, const Value *right) {
    if (left == right) {
        return true;
    }
    bool numbers = (left->kind == VALUE_INT || left->kind == VALUE_NUMBER) &&
                   (right->kind == VALUE_INT || right->kind == VALUE_NUMBER);
    if (numbers && left->kind != right->kind) {
        double a = left->kind == VALUE_INT ? (double)left->integer : left->decimal;
        double b = right->kind == VALUE_INT ? (double)right->integer : right->decimal;
        return a >= b && a <= b;
    }
    if (left->kind == VALUE_MEMBER && right->kind == VALUE_STRING) {
        return left->symbol->length == right->length &&
               !memcmp(left->symbol->text, right->text, right->length);
    }
    if (right->kind == VALUE_MEMBER && left->kind == VALUE_STRING) {
        return value_equal(right, left);
    }
    if (left->kind != right->kind) {
        return false;
    }
    switch (left->kind) {
    case VALUE_BOOL:
        return left->boolean == right->boolean;
    case VALUE_INT:
        return left->integer == right->integer;
    case VALUE_NUMBER:
        return left->decimal >= right->decimal && left->decimal <= right->decimal;
    case VALUE_STRING:
    case VALUE_PSEUDO:
        return left->length == right->length && !memcmp(left->text, right->text, left->length);
    case VALUE_LIST:
    case VALUE_CONCAT:
        return items_equal(left, right);
    case VALUE_OBJECT:
        return fields_equal(left, right);
    case VALUE_MEMBER:
        return left->symbol == right->symbol;
    case VALUE_CASE:
    case VALUE_FUNCTION:
    case VALUE_DYNAMIC:
        return left->symbol == right->symbol && items_equal(left, right);
    case VALUE_RESOURCE:
        return left->resource == right->resource;
    case VALUE_ATTRIBUTE:
        return left->symbol == right->symbol && value_equal(left->base, right->base);
    case VALUE_PARAMETER:
        return left->parameter == right->parameter;
    default:
        return true;
    }
}

static const char *number_text(Arena *arena, const Value *value, size_t *length) {
    char number[NUMBER_MAX];
    *length = value->kind == VALUE_INT ? number_from_int(value->integer, number)
                                       : number_from_double(value->decimal, number);
    return arena_strndup(arena, number, *length);
}

const char *value_text(Arena *arena, const Value *value) {
    size_t length = 0;
    switch (value->kind) {
    case VALUE_ABSENT:
        return "absent";
    case VALUE_NULL:
        return "`null`";
    case VALUE_BOOL:
        return value->boolean ? "`true`" : "`false`";
    case VALUE_INT:
    case VALUE_NUMBER:
        return arena_printf(arena, "`%s`", number_text(arena, value, &length));
    case VALUE_STRING: {
        int shown = value->length > 60 ? 60 : (int)value->length;
        while (shown > 0 && shown < (int)value->length &&
               ((unsigned char)value->text[shown] & 0xC0) == 0x80) {
            shown--;
        }
        return arena_printf(arena, "`\"%.*s%s\"`", shown, value->text,
                            shown < (int)value->length ? "…" : "");
    }
    case VALUE_LIST:
        return value->count ? "a list" : "an empty list";
    case VALUE_OBJECT:
        return "an object";
    case VALUE_MEMBER:
    case VALUE_CASE:
        return arena_printf(arena, "`%s`", value->symbol->text);
    case VALUE_RESOURCE:
        return "a resource";
    default:
        return "a value known only at deployment";
    }
}

const char *value_to_text(Arena *arena, const Value *value, size_t *length) {
    const char *text = NULL;
    switch (value->kind) {
    case VALUE_STRING:
        *length = value->length;
        return value->text;
    case VALUE_BOOL:
        text = value->boolean ? "true" : "false";
        break;
    case VALUE_INT:
    case VALUE_NUMBER:
        return number_text(arena, value, length);
    case VALUE_MEMBER:
        *length = value->symbol->length;
        return value->symbol->text;
    default:
        return NULL;
    }
    *length = strlen(text);
    return text;
}

typedef struct Concat {
    Arena *arena;
    const Value **items;
    size_t count;
    GString *literal; ///< known text that was not entered yet
    const Node *origin;
} Concat;

static void flush_literal(Concat *concat) {
    if (!concat->literal->len) {
        return;
    }
    char *text = arena_strndup(concat->arena, concat->literal->str, concat->literal->len);
    concat->items[concat->count++] =
        value_string_n(concat->arena, text, concat->literal->len, concat->origin);
    g_string_truncate(concat->literal, 0);
}

static void append_part(Concat *concat, const Value *part) {
    if (part->kind == VALUE_CONCAT) {
        for (size_t i = 0; i < part->count; i++) {
            append_part(concat, part->items[i]);
        }
        return;
    }
    size_t length = 0;
    const char *text = value_to_text(concat->arena, part, &length);
    if (text) {
        g_string_append_len(concat->literal, text, (gssize)length);
        return;
    }
    flush_literal(concat);
    concat->items[concat->count++] = part;
}

/// A number that is put into text is text.
static const Value *as_text(Arena *arena, const Value *value) {
    if (!value->number) {
        return value;
    }
    Value *text = arena_new_object(arena, Value);
    *text = *value;
    text->number = false;
    return text;
}

const Value *value_concat(Arena *arena, const Value **parts, size_t count, const Node *origin) {
    size_t most = 1;
    for (size_t i = 0; i < count; i++) {
        most += parts[i]->kind == VALUE_CONCAT ? 2 * parts[i]->count + 1 : 2;
    }
    Concat concat = {.arena = arena,
                     .items = arena_array(arena, const Value *, most),
                     .literal = g_string_new(NULL),
                     .origin = origin};
    for (size_t i = 0; i < count; i++) {
        append_part(&concat, parts[i]);
    }
    flush_literal(&concat);
    g_string_free(concat.literal, TRUE);
    if (concat.count == 0) {
        return value_string_n(arena, "", 0, origin);
    }
    if (concat.count == 1) {
        return as_text(arena, concat.items[0]);
    }
    Value *value = value_new(arena, VALUE_CONCAT, origin);
    value->items = concat.items;
    value->count = concat.count;
    return value;
}
