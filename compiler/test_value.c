// Values as tests show them.
#include "number.h"
#include "program.h"
#include "test.h"

#include <glib.h>
#include <string.h>

/// Longer texts are cut: a message is read, not searched.
enum { MOST_TEXT = 160, MOST_DEPTH = 40 };

typedef struct Printer {
    Compilation *compilation;
    GString *out;
    unsigned depth;
} Printer;

static void print(Printer *printer, const Value *value);

static void print_text(GString *out, const char *text, size_t length) {
    g_string_append_c(out, '"');
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        if (c == '"' || c == '\\') {
            g_string_append_c(out, '\\');
        }
        if (c == '\n') {
            g_string_append(out, "\\n");
        } else {
            g_string_append_c(out, c);
        }
    }
    g_string_append_c(out, '"');
}

static bool is_full(const Printer *printer) {
    return printer->out->len > MOST_TEXT || printer->depth > MOST_DEPTH;
}

static void print_items(Printer *printer, const Value *value, const char *open, const char *close) {
    g_string_append(printer->out, open);
    for (size_t i = 0; i < value->count && !is_full(printer); i++) {
        g_string_append(printer->out, i ? ", " : "");
        print(printer, value->items[i]);
    }
    g_string_append(printer->out, close);
}

static void print_fields(Printer *printer, const Value *value) {
    bool first = true;
    for (size_t i = 0; i < value->field_count && !is_full(printer); i++) {
        const Field *field = &value->fields[i];
        if (field->value->kind == VALUE_ABSENT) {
            continue;
        }
        g_string_append(printer->out, first ? "{ " : ", ");
        first = false;
        const char *name = field->name->text;
        const bool plain = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
                                        "0123456789") == field->name->length &&
                           field->name->length > 0 && !g_ascii_isdigit(*name);
        if (plain) {
            g_string_append(printer->out, name);
        } else {
            print_text(printer->out, name, field->name->length);
        }
        g_string_append(printer->out, ": ");
        print(printer, field->value);
    }
    g_string_append(printer->out, first ? "{}" : " }");
}

static void print(Printer *printer, const Value *value) {
    GString *out = printer->out;
    printer->depth++;
    switch (value->kind) {
    case VALUE_ABSENT:
        g_string_append(out, "absent");
        break;
    case VALUE_NULL:
        g_string_append(out, "null");
        break;
    case VALUE_BOOL:
    case VALUE_INT:
    case VALUE_NUMBER:
    case VALUE_MEMBER: {
        size_t length = 0;
        const char *text = value_to_text(printer->compilation->arena, value, &length);
        g_string_append_len(out, text ? text : "", text ? (gssize)length : 0);
        break;
    }
    case VALUE_STRING:
        print_text(out, value->text, value->length);
        break;
    case VALUE_LIST:
        print_items(printer, value, "[", "]");
        break;
    case VALUE_OBJECT:
        print_fields(printer, value);
        break;
    case VALUE_CASE:
        g_string_append(out, value->symbol->text);
        print_items(printer, value, "(", ")");
        break;
    case VALUE_RESOURCE:
        g_string_append(out, resource_text(printer->compilation, value->resource));
        break;
    case VALUE_ATTRIBUTE:
        print(printer, value->base);
        g_string_append_printf(out, ".%s", value->symbol->text);
        break;
    default:
        g_string_append(out, "a value known only at deployment");
    }
    printer->depth--;
}

const char *test_value_text(Compilation *compilation, const Value *value) {
    g_autoptr(GString) out = g_string_new(NULL);
    Printer printer = {compilation, out, 0};
    print(&printer, value);
    if (out->len > MOST_TEXT) {
        const char *end = g_utf8_find_prev_char(out->str, out->str + MOST_TEXT);
        g_string_truncate(out, end ? (gsize)(end - out->str) : 0);
        g_string_append(out, "…");
    }
    return arena_strndup(compilation->arena, out->str, out->len);
}

// Differences

/// Goes down to the first place where the two differ; `path` leads there.
static void descend(GString *path, const Value **left, const Value **right) {
    for (;;) {
        const Value *a = *left;
        const Value *b = *right;
        const Value *next_a = NULL;
        const Value *next_b = NULL;
        if (a->kind == VALUE_LIST && b->kind == VALUE_LIST && a->count == b->count) {
            for (size_t i = 0; i < a->count && !next_a; i++) {
                if (!value_equal(a->items[i], b->items[i])) {
                    g_string_append_printf(path, "[%zu]", i);
                    next_a = a->items[i];
                    next_b = b->items[i];
                }
            }
        } else if (a->kind == VALUE_OBJECT && b->kind == VALUE_OBJECT) {
            const Value *walked = a;
            for (int side = 0; side < 2 && !next_a; side++, walked = b) {
                for (size_t i = 0; i < walked->field_count && !next_a; i++) {
                    const Name *name = walked->fields[i].name;
                    const Value *in_a = value_field(a, name);
                    const Value *in_b = value_field(b, name);
                    in_a = in_a ? in_a : &value_absent;
                    in_b = in_b ? in_b : &value_absent;
                    if (!value_equal(in_a, in_b)) {
                        g_string_append_printf(path, ".%s", name->text);
                        next_a = in_a;
                        next_b = in_b;
                    }
                }
            }
        }
        if (!next_a) {
            return;
        }
        *left = next_a;
        *right = next_b;
    }
}

const char *test_first_difference(Compilation *compilation, const Value *left, const Value *right) {
    if (left->kind == VALUE_LIST && right->kind == VALUE_LIST && left->count != right->count) {
        return arena_printf(compilation->arena, "left has %zu element%s, right %zu", left->count,
                            left->count == 1 ? "" : "s", right->count);
    }
    g_autoptr(GString) path = g_string_new(NULL);
    descend(path, &left, &right);
    if (path->len == 0) {
        return NULL;
    }
    return arena_printf(compilation->arena,
                        "they differ first at `%s`: %s on the left, %s on the right",
                        path->str[0] == '.' ? path->str + 1 : path->str,
                        test_value_text(compilation, left), test_value_text(compilation, right));
}
