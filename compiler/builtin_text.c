/// Functions on text and conversions.
#include "builtin_functions.h"
#include "format.h"
#include "operators.h"
#include "path.h"
#include "words.h"

#include <glib.h>
#include <string.h>

const Value *builtin_report(const BuiltinCall *call, size_t index, const char *expected) {
    const Node *argument = call->node->b;
    for (size_t i = 0; i < index && argument->next; i++) {
        argument = argument->next;
    }
    diagnostic_add(call->compilation->diagnostics, DIAG_VALUE_MISMATCH, node_span(argument),
                   arena_printf(call->compilation->arena, "argument %zu of `%s`", index + 1,
                                ((const Builtin *)call->node->bound)->name),
                   expected, value_text(call->compilation->arena, call->arguments[index]), NULL);
    return &value_error;
}

const char *builtin_text(const BuiltinCall *call, size_t index) {
    size_t length = 0;
    const char *text = value_to_text(call->compilation->arena, call->arguments[index], &length);
    if (text) {
        return arena_strndup(call->compilation->arena, text, length);
    }
    builtin_report(call, index, "`string`");
    return NULL;
}

static const Value *new_text(const BuiltinCall *call, const char *text) {
    return value_string(call->compilation->arena, text, call->node);
}

const Value *builtin_string(const BuiltinCall *call) {
    const Value *value = call->arguments[0];
    if (value->kind >= VALUE_ATTRIBUTE) {
        return value_concat(call->compilation->arena, &value, 1, call->node);
    }
    const char *text = builtin_text(call, 0);
    return text ? new_text(call, text) : &value_error;
}

/// A text that is known only at deployment, as a number: a port among the attributes of a database.
static const Value *later_number(const BuiltinCall *call) {
    const Value *text = call->arguments[0];
    if (text->number) {
        return text;
    }
    Value *value = value_new(call->compilation->arena, VALUE_FUNCTION, call->node);
    value->symbol = names_of(call->compilation->names, NUMBER_FUNCTION);
    value->items = arena_array(call->compilation->arena, const Value *, 1);
    value->items[0] = text;
    value->count = 1;
    value->number = true;
    return value;
}

const Value *builtin_number(const BuiltinCall *call) {
    const Value *value = call->arguments[0];
    if (value->kind == VALUE_INT || value->kind == VALUE_NUMBER) {
        return value;
    }
    if (value->kind >= VALUE_ATTRIBUTE) {
        return later_number(call);
    }
    const char *text = builtin_text(call, 0);
    if (!text) {
        return &value_error;
    }
    char *end = NULL;
    double number = g_ascii_strtod(text, &end);
    if (end == text || *end || number > G_MAXDOUBLE || number < -G_MAXDOUBLE) {
        return builtin_report(call, 0, "the text of a number");
    }
    Value *result = value_new(call->compilation->arena, VALUE_NUMBER, call->node);
    result->decimal = number;
    return result;
}

const Value *builtin_int(const BuiltinCall *call) {
    const Value *value = call->arguments[0];
    if (value->kind == VALUE_INT) {
        return value;
    }
    if (value->kind >= VALUE_ATTRIBUTE) {
        return later_number(call);
    }
    if (value->kind == VALUE_NUMBER) {
        if (value->decimal >= 9.2e18 || value->decimal <= -9.2e18) {
            return builtin_report(call, 0, "a number within 64 bits");
        }
        return value_int(call->compilation->arena, (int64_t)value->decimal, call->node);
    }
    const char *text = builtin_text(call, 0);
    gint64 number = 0;
    if (!text) {
        return &value_error;
    }
    if (!g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &number, NULL)) {
        return builtin_report(call, 0, "the text of an integer");
    }
    return value_int(call->compilation->arena, number, call->node);
}

const Value *builtin_bool(const BuiltinCall *call) {
    if (call->arguments[0]->kind == VALUE_BOOL) {
        return call->arguments[0];
    }
    const char *text = builtin_text(call, 0);
    if (!text) {
        return &value_error;
    }
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0) {
        return builtin_report(call, 0, "`\"true\"` or `\"false\"`");
    }
    return value_bool(call->compilation->arena, *text == 't', call->node);
}

/// An intrinsic function of two arguments, the first of which must be known.
static const Value *deploy_function(const BuiltinCall *call, const char *name,
                                    const Value *separator, const Value *subject) {
    if (separator->kind != VALUE_STRING) {
        return report_build_time(call->compilation, call->node->b->next, "a separator");
    }
    Value *value = value_new(call->compilation->arena, VALUE_FUNCTION, call->node);
    value->symbol = names_of(call->compilation->names, name);
    value->items = arena_array(call->compilation->arena, const Value *, 2);
    value->items[0] = separator;
    value->items[1] = subject;
    value->count = 2;
    return value;
}

const Value *builtin_join(const BuiltinCall *call) {
    const Value *list = call->arguments[0];
    if (list->kind >= VALUE_ATTRIBUTE) {
        return deploy_function(call, "Fn::Join", call->arguments[1], list);
    }
    if (list->kind != VALUE_LIST) {
        return builtin_report(call, 0, "a list");
    }
    const Value **parts = arena_array(call->compilation->arena, const Value *, list->count * 2 + 1);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind == VALUE_ERROR) {
            return &value_error;
        }
        bool structured =
            list->items[i]->kind == VALUE_LIST || list->items[i]->kind == VALUE_OBJECT ||
            list->items[i]->kind == VALUE_RESOURCE || list->items[i]->kind == VALUE_CASE;
        if (structured) {
            return builtin_report(call, 0, "a list of strings");
        }
        if (i) {
            parts[count++] = call->arguments[1];
        }
        parts[count++] = list->items[i];
    }
    return value_concat(call->compilation->arena, parts, count, call->node);
}

const Value *builtin_split(const BuiltinCall *call) {
    if (value_is_deploy(call->arguments[0])) {
        return deploy_function(call, "Fn::Split", call->arguments[1], call->arguments[0]);
    }
    const char *text = builtin_text(call, 0), *separator = builtin_text(call, 1);
    if (!text || !separator) {
        return &value_error;
    }
    if (!*separator) {
        return builtin_report(call, 1, "a separator that is not empty");
    }
    char **pieces = g_strsplit(text, separator, -1);
    size_t count = g_strv_length(pieces);
    Value *list = value_list(call->compilation->arena, count, call->node);
    for (size_t i = 0; i < count; i++) {
        list->items[i] =
            new_text(call, arena_strndup(call->compilation->arena, pieces[i], strlen(pieces[i])));
    }
    g_strfreev(pieces);
    return list;
}

static const Value *take(const BuiltinCall *call, char *text) {
    const char *kept = arena_strndup(call->compilation->arena, text, strlen(text));
    g_free(text);
    return new_text(call, kept);
}

const Value *builtin_replace(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0), *what = builtin_text(call, 1),
               *with = builtin_text(call, 2);
    if (!text || !what || !with) {
        return &value_error;
    }
    if (!*what) {
        return builtin_report(call, 1, "a text that is not empty");
    }
    GString *out = g_string_new(NULL);
    for (const char *at = text; *at;) {
        const char *found = strstr(at, what);
        g_string_append_len(out, at, found ? found - at : (gssize)strlen(at));
        if (!found) {
            break;
        }
        g_string_append(out, with);
        at = found + strlen(what);
    }
    return take(call, g_string_free(out, FALSE));
}

const Value *builtin_lower(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0);
    return text ? take(call, g_utf8_strdown(text, -1)) : &value_error;
}

const Value *builtin_upper(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0);
    return text ? take(call, g_utf8_strup(text, -1)) : &value_error;
}

static const Value *words(const BuiltinCall *call, char *(*convert)(Arena *, const char *)) {
    const char *text = builtin_text(call, 0);
    return text ? new_text(call, convert(call->compilation->arena, text)) : &value_error;
}

const Value *builtin_kebab(const BuiltinCall *call) {
    return words(call, words_kebab);
}

const Value *builtin_snake(const BuiltinCall *call) {
    return words(call, words_snake);
}

const Value *builtin_upper_snake(const BuiltinCall *call) {
    return words(call, words_upper_snake);
}

const Value *builtin_pascal(const BuiltinCall *call) {
    return words(call, words_pascal);
}

const Value *builtin_camel(const BuiltinCall *call) {
    return words(call, words_camel);
}

const Value *builtin_trim(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0);
    return text ? take(call, g_strstrip(g_strdup(text))) : &value_error;
}

const Value *builtin_starts_with(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0), *prefix = builtin_text(call, 1);
    if (!text || !prefix) {
        return &value_error;
    }
    return value_bool(call->compilation->arena, g_str_has_prefix(text, prefix), call->node);
}

const Value *builtin_ends_with(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0), *suffix = builtin_text(call, 1);
    if (!text || !suffix) {
        return &value_error;
    }
    return value_bool(call->compilation->arena, g_str_has_suffix(text, suffix), call->node);
}

const Value *builtin_sha256(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0);
    return text ? take(call, g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1))
                : &value_error;
}

/// cidr("10.0.0.0/16", 8, 2): the third range of 8 further bits, 10.0.2.0/24.
const Value *builtin_cidr(const BuiltinCall *call) {
    const char *text = builtin_text(call, 0);
    Cidr range;
    if (!text) {
        return &value_error;
    }
    if (!cidr_parse(text, strlen(text), &range)) {
        return builtin_report(call, 0, "an IP range such as `\"10.0.0.0/16\"`");
    }
    if (call->arguments[1]->kind != VALUE_INT || call->arguments[2]->kind != VALUE_INT) {
        return builtin_report(call, call->arguments[1]->kind != VALUE_INT ? 1 : 2, "`int`");
    }
    int64_t bits = call->arguments[1]->integer, number = call->arguments[2]->integer;
    unsigned most = range.v6 ? 128 : 32;
    if (bits < 0 || bits > 62 || range.bits + (unsigned)bits > most) {
        return builtin_report(call, 1, "a number of bits that the range has left");
    }
    if (number < 0 || number >= (int64_t)1 << bits) {
        return builtin_report(call, 2, "a number that fits into these bits");
    }
    for (int64_t bit = 0; bit < bits; bit++) {
        unsigned at = range.bits + (unsigned)bit;
        if (number >> (bits - 1 - bit) & 1) {
            range.bytes[at / 8] |= (uint8_t)(0x80U >> (at % 8));
        }
    }
    range.bits += (unsigned)bits;
    return new_text(call, cidr_text(call->compilation->arena, &range));
}

const Value *builtin_file(const BuiltinCall *call) {
    const char *path = builtin_text(call, 0);
    Compilation *compilation = call->compilation;
    if (!path) {
        return &value_error;
    }
    const Source *source = compilation_source(compilation, call->node->file);
    char *full = path_beside(compilation->options.files, source->path, path);
    char *text = NULL;
    size_t length = 0;
    const Span span = node_span(call->node->b);
    bool inside = !g_path_is_absolute(path);
    ReadStatus status = inside && compilation_allows_path(compilation, path, full, span)
                            ? compilation_read(compilation, full, &text, &length, span)
                            : READ_FAILED;
    if (!inside) {
        diagnostic_add(compilation->diagnostics, DIAG_FILE_PATH, span, path, NULL);
    }
    const Value *result = &value_error;
    if (status == READ_OK && (!g_utf8_validate(text, (gssize)length, NULL))) {
        diagnostic_add(compilation->diagnostics, DIAG_FILE_NOT_UTF8, node_span(call->node->b), full,
                       NULL);
    } else if (status == READ_OK) {
        result = value_string_n(compilation->arena, arena_strndup(compilation->arena, text, length),
                                length, call->node);
    }
    g_free(text);
    g_free(full);
    return result;
}
