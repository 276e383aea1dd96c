/// Functions that give values known at deployment, and `json`, which takes them.
#include "builtin_functions.h"
#include "lower.h"
#include "operators.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const Value *dynamic(const BuiltinCall *call, const char *service) {
    Value *value = value_new(call->compilation->arena, VALUE_DYNAMIC, call->node);
    value->symbol = names_of(call->compilation->names, service);
    value->items = call->arguments;
    value->count = call->count;
    return value;
}

const Value *builtin_secret(const BuiltinCall *call) {
    if (value_contains_secret(call->arguments[0])) {
        return builtin_report(call, 0, "the name or ARN of a secret");
    }
    return dynamic(call, "secretsmanager");
}

const Value *builtin_ssm(const BuiltinCall *call) {
    return dynamic(call, "ssm");
}

const Value *builtin_import_value(const BuiltinCall *call) {
    Value *value = value_new(call->compilation->arena, VALUE_FUNCTION, call->node);
    value->symbol = names_of(call->compilation->names, "Fn::ImportValue");
    value->items = call->arguments;
    value->count = call->count;
    return value;
}

/// JSON text in the making: known text in `literal`, the rest in `parts`.
typedef struct Json {
    const BuiltinCall *call;
    GPtrArray *parts;
    GString *literal;
    bool failed;
    bool reported; ///< and why has been said
} Json;

static void flush(Json *json) {
    if (!json->literal->len) {
        return;
    }
    Arena *arena = json->call->compilation->arena;
    g_ptr_array_add(json->parts,
                    (gpointer)value_string_n(
                        arena, arena_strndup(arena, json->literal->str, json->literal->len),
                        json->literal->len, json->call->node));
    g_string_truncate(json->literal, 0);
}

static void write_string(GString *out, const char *text, size_t length) {
    g_string_append_c(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        static const char plain[] = "\b\t\n\f\r";
        const char *at = c ? strchr(plain, c) : NULL;
        if (c == '"' || c == '\\') {
            g_string_append_printf(out, "\\%c", c);
        } else if (at) {
            g_string_append_printf(out, "\\%c", "btnfr"[at - plain]);
        } else if (c < 0x20) {
            g_string_append_printf(out, "\\u%04x", c);
        } else {
            g_string_append_c(out, (char)c);
        }
    }
    g_string_append_c(out, '"');
}

static void write_json(Json *json, const Value *value);

static void write_object(Json *json, const Value *value) {
    bool first = true;
    Field *fields = value->fields;
    if (!value->ordered && value->field_count) { /* reordering a program changes no byte */
        fields = arena_array(json->call->compilation->arena, Field, value->field_count);
        memcpy(fields, value->fields, value->field_count * sizeof *fields);
        fields_sort(fields, value->field_count);
    }
    g_string_append_c(json->literal, '{');
    for (size_t i = 0; i < value->field_count; i++) {
        if (fields[i].value->kind == VALUE_ABSENT) {
            continue;
        }
        if (!first) {
            g_string_append_c(json->literal, ',');
        }
        first = false;
        write_string(json->literal, fields[i].name->text, fields[i].name->length);
        g_string_append_c(json->literal, ':');
        write_json(json, fields[i].value);
    }
    g_string_append_c(json->literal, '}');
}

/// A string with holes: its known pieces are escaped, the holes stand between the quotes.
static void write_deploy(Json *json, const Value *value) {
    bool quoted = !value->number;
    if (quoted) {
        g_string_append_c(json->literal, '"');
    }
    size_t count = value->kind == VALUE_CONCAT ? value->count : 1;
    for (size_t i = 0; i < count; i++) {
        const Value *piece = value->kind == VALUE_CONCAT ? value->items[i] : value;
        if (piece->kind == VALUE_STRING) {
            GString *escaped = g_string_new(NULL);
            write_string(escaped, piece->text, piece->length);
            g_string_append_len(json->literal, escaped->str + 1, (gssize)escaped->len - 2);
            g_string_free(escaped, TRUE);
            continue;
        }
        flush(json);
        g_ptr_array_add(json->parts, (gpointer)piece);
    }
    if (quoted) {
        g_string_append_c(json->literal, '"');
    }
}

/// A list of which nothing is known before deployment.
static bool is_list(const Value *value) {
    return (value->kind == VALUE_PARAMETER && value->parameter->type == PARAMETER_LIST) ||
           (value->kind == VALUE_FUNCTION && !strcmp(value->symbol->text, "Fn::Split"));
}

static void write_json(Json *json, const Value *value) {
    size_t length = 0;
    const char *text = NULL;
    switch (value->kind) {
    case VALUE_NULL:
        g_string_append(json->literal, "null");
        return;
    case VALUE_LIST:
        g_string_append_c(json->literal, '[');
        for (size_t i = 0; i < value->count; i++) {
            if (i) {
                g_string_append_c(json->literal, ',');
            }
            write_json(json, value->items[i]);
        }
        g_string_append_c(json->literal, ']');
        return;
    case VALUE_OBJECT:
        write_object(json, value);
        return;
    case VALUE_STRING:
    case VALUE_MEMBER:
        text = value_to_text(json->call->compilation->arena, value, &length);
        write_string(json->literal, text, length);
        return;
    case VALUE_BOOL:
    case VALUE_INT:
    case VALUE_NUMBER:
        text = value_to_text(json->call->compilation->arena, value, &length);
        g_string_append_len(json->literal, text, (gssize)length);
        return;
    case VALUE_ABSENT:
    case VALUE_ERROR:
    case VALUE_RESOURCE:
    case VALUE_CASE:
        json->failed = true;
        return;
    default:
        if (is_list(value)) {
            report_build_time(json->call->compilation, json->call->node->b, "a list in JSON text");
            json->failed = json->reported = true;
            return;
        }
        write_deploy(json, value);
    }
}

const Value *builtin_json(const BuiltinCall *call) {
    Json json = {.call = call, .parts = g_ptr_array_new(), .literal = g_string_new(NULL)};
    /* In a clause what is known only at deployment is written as the back end has it. */
    const Value *value = call->arguments[0];
    write_json(&json, call->frame->target ? lower_value(call->compilation, value) : value);
    flush(&json);
    const Value *result =
        json.reported ? &value_error
        : json.failed ? builtin_report(call, 0, "text, numbers, bools, lists and objects")
                      : value_concat(call->compilation->arena, (const Value **)json.parts->pdata,
                                     json.parts->len, call->node);
    g_ptr_array_unref(json.parts);
    g_string_free(json.literal, TRUE);
    return result;
}
