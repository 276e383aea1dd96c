/// Functions on lists and maps.
#include "builtin_functions.h"
#include "operators.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const Value *new_int(const BuiltinCall *call, int64_t number) {
    return value_int(call->compilation->arena, number, call->node);
}

const Value *builtin_length(const BuiltinCall *call) {
    const Value *value = call->arguments[0];
    switch (value->kind) {
    case VALUE_LIST:
        return new_int(call, (int64_t)value->count);
    case VALUE_OBJECT:
        return new_int(call, (int64_t)value->field_count);
    case VALUE_STRING:
        return new_int(call, g_utf8_strlen(value->text, (gssize)value->length));
    default:
        if (value_is_deploy(value)) {
            return report_build_time(call->compilation, call->node->b, "argument 1 of `length`");
        }
        return builtin_report(call, 0, "a string, a list or a map");
    }
}

/// The fields of argument 0 by name; NULL after a diagnostic.
static const Field *sorted_fields(const BuiltinCall *call) {
    const Value *value = call->arguments[0];
    if (value->kind != VALUE_OBJECT) {
        builtin_report(call, 0, "an object or a map");
        return NULL;
    }
    Field *fields = arena_array(call->compilation->arena, Field, value->field_count + 1);
    if (value->field_count) {
        memcpy(fields, value->fields, value->field_count * sizeof *fields);
    }
    fields_sort(fields, value->field_count);
    return fields;
}

static const Value *name_value(const BuiltinCall *call, const Name *name) {
    return value_string_n(call->compilation->arena, name->text, name->length, call->node);
}

const Value *builtin_keys(const BuiltinCall *call) {
    const Field *fields = sorted_fields(call);
    if (!fields) {
        return &value_error;
    }
    Value *list = value_list(call->compilation->arena, call->arguments[0]->field_count, call->node);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i] = name_value(call, fields[i].name);
    }
    return list;
}

const Value *builtin_values(const BuiltinCall *call) {
    const Field *fields = sorted_fields(call);
    if (!fields) {
        return &value_error;
    }
    Value *list = value_list(call->compilation->arena, call->arguments[0]->field_count, call->node);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i] = fields[i].value;
    }
    return list;
}

const Value *builtin_entries(const BuiltinCall *call) {
    const Field *fields = sorted_fields(call);
    if (!fields) {
        return &value_error;
    }
    Compilation *compilation = call->compilation;
    Value *list = value_list(compilation->arena, call->arguments[0]->field_count, call->node);
    for (size_t i = 0; i < list->count; i++) {
        Value *entry = value_object(compilation->arena, 2, call->node);
        entry->field_count = 2;
        entry->fields[0] =
            (Field){names_of(compilation->names, "key"), name_value(call, fields[i].name), NULL};
        entry->fields[1] = (Field){names_of(compilation->names, "value"), fields[i].value, NULL};
        list->items[i] = entry;
    }
    return list;
}

const Value *builtin_merge(const BuiltinCall *call) {
    size_t most = 0;
    for (size_t i = 0; i < call->count; i++) {
        if (call->arguments[i]->kind != VALUE_OBJECT) {
            return builtin_report(call, i, "an object or a map");
        }
        most += call->arguments[i]->field_count;
    }
    Value *merged = value_object(call->compilation->arena, most, call->node);
    GHashTable *known = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < call->count; i++) {
        const Value *part = call->arguments[i];
        for (size_t f = 0; f < part->field_count; f++) {
            gpointer at = NULL;
            if (g_hash_table_lookup_extended(known, part->fields[f].name, NULL, &at)) {
                merged->fields[GPOINTER_TO_SIZE(at)] = part->fields[f];
                continue;
            }
            g_hash_table_insert(known, (gpointer)part->fields[f].name,
                                GSIZE_TO_POINTER(merged->field_count));
            merged->fields[merged->field_count++] = part->fields[f];
        }
    }
    g_hash_table_destroy(known);
    return merged;
}

const Value *builtin_contains(const BuiltinCall *call) {
    const Value *where = call->arguments[0], *what = call->arguments[1];
    bool found = false;
    size_t length = 0;
    const char *text = value_to_text(call->compilation->arena, what, &length);
    if (where->kind == VALUE_LIST) {
        for (size_t i = 0; i < where->count && !found; i++) {
            found = value_equal(where->items[i], what);
        }
    } else if (where->kind == VALUE_OBJECT) {
        if (!text) {
            return builtin_report(call, 1, "`string`");
        }
        found = value_field(where, names_intern(call->compilation->names, text, length)) != NULL;
    } else {
        const char *in = builtin_text(call, 0), *needle = builtin_text(call, 1);
        if (!in || !needle) {
            return &value_error;
        }
        found = strstr(in, needle) != NULL;
    }
    return value_bool(call->compilation->arena, found, call->node);
}

/// Numbers before strings; numbers by size, strings by bytes.
static int compare_values(const void *left, const void *right) {
    const Value *a = *(const Value *const *)left, *b = *(const Value *const *)right;
    bool a_text = a->kind == VALUE_STRING || a->kind == VALUE_MEMBER;
    bool b_text = b->kind == VALUE_STRING || b->kind == VALUE_MEMBER;
    if (a_text != b_text) {
        return a_text ? 1 : -1;
    }
    if (!a_text) {
        double x = a->kind == VALUE_INT ? (double)a->integer : a->decimal;
        double y = b->kind == VALUE_INT ? (double)b->integer : b->decimal;
        return x < y ? -1 : x > y;
    }
    const char *x = a->kind == VALUE_MEMBER ? a->symbol->text : a->text;
    const char *y = b->kind == VALUE_MEMBER ? b->symbol->text : b->text;
    size_t x_length = a->kind == VALUE_MEMBER ? a->symbol->length : a->length;
    size_t y_length = b->kind == VALUE_MEMBER ? b->symbol->length : b->length;
    int order = memcmp(x, y, MIN(x_length, y_length));
    return order ? order : x_length < y_length ? -1 : x_length > y_length;
}

static bool sortable(const Value *list) {
    for (size_t i = 0; i < list->count; i++) {
        uint8_t kind = list->items[i]->kind;
        if (kind != VALUE_STRING && kind != VALUE_MEMBER && kind != VALUE_INT &&
            kind != VALUE_NUMBER) {
            return false;
        }
    }
    return true;
}

const Value *builtin_sort(const BuiltinCall *call) {
    const Value *list = call->arguments[0];
    if (list->kind != VALUE_LIST || !sortable(list)) {
        return builtin_report(call, 0, "a list of strings or numbers");
    }
    Value *sorted = value_list(call->compilation->arena, list->count, call->node);
    if (list->count) {
        memcpy(sorted->items, list->items, list->count * sizeof *list->items);
    }
    qsort(sorted->items, sorted->count, sizeof *sorted->items, compare_values);
    return sorted;
}

/// Of simple values by hashing their text; of structured ones by comparing.
const Value *builtin_unique(const BuiltinCall *call) {
    const Value *list = call->arguments[0];
    if (list->kind != VALUE_LIST) {
        return builtin_report(call, 0, "a list");
    }
    Arena *arena = call->compilation->arena;
    Value *result = value_list(arena, list->count, call->node);
    result->count = 0;
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < list->count; i++) {
        const Value *item = list->items[i];
        size_t length = 0;
        const char *text = value_to_text(arena, item, &length);
        bool known = false;
        if (text) {
            int kind = item->kind == VALUE_MEMBER ? VALUE_STRING : item->kind;
            known =
                !g_hash_table_add(seen, arena_printf(arena, "%d:%.*s", kind, (int)length, text));
        } else {
            for (size_t k = 0; k < result->count && !known; k++) {
                known = value_equal(result->items[k], item);
            }
        }
        if (!known) {
            result->items[result->count++] = item;
        }
    }
    g_hash_table_destroy(seen);
    return result;
}

const Value *builtin_flatten(const BuiltinCall *call) {
    const Value *list = call->arguments[0];
    if (list->kind != VALUE_LIST) {
        return builtin_report(call, 0, "a list of lists");
    }
    size_t most = 0;
    for (size_t i = 0; i < list->count; i++) {
        most += list->items[i]->kind == VALUE_LIST ? list->items[i]->count : 1;
    }
    Value *flat = value_list(call->compilation->arena, most, call->node);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const Value *item = list->items[i];
        if (item->kind != VALUE_LIST) {
            flat->items[count++] = item;
            continue;
        }
        for (size_t k = 0; k < item->count; k++) {
            flat->items[count++] = item->items[k];
        }
    }
    return flat;
}

const Value *builtin_zip(const BuiltinCall *call) {
    const Value *left = call->arguments[0], *right = call->arguments[1];
    if (left->kind != VALUE_LIST || right->kind != VALUE_LIST) {
        return builtin_report(call, left->kind != VALUE_LIST ? 0 : 1, "a list");
    }
    Value *pairs = value_list(call->compilation->arena, MIN(left->count, right->count), call->node);
    for (size_t i = 0; i < pairs->count; i++) {
        Value *pair = value_list(call->compilation->arena, 2, call->node);
        pair->items[0] = left->items[i];
        pair->items[1] = right->items[i];
        pairs->items[i] = pair;
    }
    return pairs;
}

const Value *builtin_range(const BuiltinCall *call) {
    for (size_t i = 0; i < call->count; i++) {
        if (call->arguments[i]->kind != VALUE_INT) {
            return builtin_report(call, i, "`int`");
        }
    }
    int64_t from = call->count > 1 ? call->arguments[0]->integer : 0;
    int64_t to = call->arguments[call->count - 1]->integer;
    /* Large enough for any template, small enough to hold. */
    const int64_t most = 1000000;
    if (to - from > most) {
        diagnostic_add(call->compilation->diagnostics, DIAG_RANGE_SIZE, node_span(call->node),
                       arena_printf(call->compilation->arena, "%" G_GINT64_FORMAT, most), NULL);
        return &value_error;
    }
    size_t count = to > from ? (size_t)(to - from) : 0;
    Value *list = value_list(call->compilation->arena, count, call->node);
    for (size_t i = 0; i < count; i++) {
        list->items[i] = new_int(call, from + (int64_t)i);
    }
    return list;
}

/// The arguments as one list: a list given alone, or all of them.
static const Value *numbers(const BuiltinCall *call) {
    const Value *list = call->arguments[0];
    if (call->count > 1 || list->kind != VALUE_LIST) {
        Value *all = value_list(call->compilation->arena, call->count, call->node);
        memcpy(all->items, call->arguments, call->count * sizeof *all->items);
        list = all;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != VALUE_INT && list->items[i]->kind != VALUE_NUMBER) {
            builtin_report(call, 0, "numbers");
            return NULL;
        }
    }
    return list;
}

static const Value *extreme(const BuiltinCall *call, int sign) {
    const Value *list = numbers(call);
    if (!list) {
        return &value_error;
    }
    if (!list->count) {
        return builtin_report(call, 0, "at least one number");
    }
    const Value *best = list->items[0];
    for (size_t i = 1; i < list->count; i++) {
        if (compare_values(&list->items[i], &best) * sign > 0) {
            best = list->items[i];
        }
    }
    return best;
}

const Value *builtin_min(const BuiltinCall *call) {
    return extreme(call, -1);
}

const Value *builtin_max(const BuiltinCall *call) {
    return extreme(call, 1);
}

const Value *builtin_sum(const BuiltinCall *call) {
    const Value *list = numbers(call);
    if (!list) {
        return &value_error;
    }
    int64_t whole = 0;
    double decimal = 0;
    bool integral = true, overflow = false;
    for (size_t i = 0; i < list->count; i++) {
        const Value *item = list->items[i];
        if (item->kind == VALUE_INT) {
            overflow = overflow || __builtin_add_overflow(whole, item->integer, &whole);
            decimal += (double)item->integer;
        } else {
            integral = false;
            decimal += item->decimal;
        }
    }
    if (integral && !overflow) {
        return new_int(call, whole);
    }
    if (integral) {
        diagnostic_add(call->compilation->diagnostics, DIAG_OVERFLOW, node_span(call->node), NULL);
        return &value_error;
    }
    Value *value = value_new(call->compilation->arena, VALUE_NUMBER, call->node);
    value->decimal = decimal;
    return value;
}

static const Value *every(const BuiltinCall *call, bool decisive) {
    const Value *list = call->arguments[0];
    if (list->kind != VALUE_LIST) {
        return builtin_report(call, 0, "a list of bool");
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind == VALUE_ERROR) {
            return &value_error;
        }
        if (list->items[i]->kind != VALUE_BOOL) {
            return builtin_report(call, 0, "a list of bool");
        }
        if (list->items[i]->boolean == decisive) {
            return value_bool(call->compilation->arena, decisive, call->node);
        }
    }
    return value_bool(call->compilation->arena, !decisive, call->node);
}

const Value *builtin_any(const BuiltinCall *call) {
    return every(call, true);
}

const Value *builtin_all_of(const BuiltinCall *call) {
    return every(call, false);
}
