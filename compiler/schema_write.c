/// Documents as YAML, in the form that prettier gives them.
#include "schema_depot.h"

#include <glib.h>
#include <string.h>

/// Whether text would be read as something else than text.
static bool is_word_of_yaml(const char *text) {
    static const char *const words[] = {"true", "false", "null", "yes", "no",
                                        "on",   "off",   "y",    "n",   "~"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!g_ascii_strcasecmp(text, words[i])) {
            return true;
        }
    }
    return !g_ascii_isalpha(text[0]) && text[0] != '_';
}

/// Whether text stands without quotes and means itself.
static bool is_plain(const Document *scalar) {
    const char *text = scalar->text;
    if (!scalar->length || (scalar->quoted && is_word_of_yaml(text)) ||
        text[scalar->length - 1] == ' ' || text[scalar->length - 1] == ':') {
        return false;
    }
    if (!g_ascii_isalnum(text[0]) && text[0] != '_' && (text[0] != '-' || scalar->quoted)) {
        return false;
    }
    for (size_t i = 0; i < scalar->length; i++) {
        bool good = g_ascii_isalnum(text[i]) || strchr(" _.!?=()<>&|+*/-,;:'$%@~^", text[i]) ||
                    (unsigned char)text[i] >= 0x80;
        if (!good || (text[i] == ':' && text[i + 1] == ' ') ||
            (text[i] == ' ' && text[i + 1] == ' ')) {
            return false;
        }
    }
    return true;
}

static void write_escaped(GString *out, const Document *scalar) {
    g_string_append_c(out, '"');
    for (size_t i = 0; i < scalar->length; i++) {
        unsigned char c = (unsigned char)scalar->text[i];
        if (c == '"' || c == '\\') {
            g_string_append_printf(out, "\\%c", c);
        } else if (c == '\n') {
            g_string_append(out, "\\n");
        } else if (c < 0x20 || c == 0x7f) {
            g_string_append_printf(out, "\\x%02x", c);
        } else {
            g_string_append_c(out, (char)c);
        }
    }
    g_string_append_c(out, '"');
}

static void write_scalar(GString *out, const Document *scalar) {
    bool escapes = false, quotes = false;
    for (size_t i = 0; i < scalar->length; i++) {
        unsigned char c = (unsigned char)scalar->text[i];
        escapes = escapes || c < 0x20 || c == 0x7f || c == '\\';
        quotes = quotes || c == '"';
    }
    if (is_plain(scalar)) {
        g_string_append(out, scalar->text);
    } else if (escapes || !quotes) {
        write_escaped(out, scalar);
    } else {
        g_string_append_c(out, '\'');
        for (const char *at = scalar->text; *at; at++) {
            g_string_append_len(out, *at == '\'' ? "''" : at, *at == '\'' ? 2 : 1);
        }
        g_string_append_c(out, '\'');
    }
}

static void indent(GString *out, unsigned depth) {
    for (unsigned i = 0; i < depth; i++) {
        g_string_append(out, "  ");
    }
}

static void write_value(GString *out, const Document *document, unsigned depth, bool started);

/// `started`: the first line already has its indentation (behind `- `).
static void write_members(GString *out, const Document *document, unsigned depth, bool started) {
    for (const Document *one = document->first; one; one = one->next) {
        if (!started) {
            indent(out, depth);
        }
        started = false;
        if (!one->key) {
            g_string_append(out, "- ");
            if (one->kind == DOCUMENT_SCALAR || !one->first) {
                write_value(out, one, depth, true);
                g_string_append_c(out, '\n');
            } else {
                write_members(out, one, depth + 1, true);
            }
            continue;
        }
        Document key = *one->key;
        key.quoted = true;
        write_scalar(out, &key);
        g_string_append_c(out, ':');
        if (one->kind == DOCUMENT_SCALAR || !one->first) {
            g_string_append_c(out, ' ');
            write_value(out, one, depth, true);
            g_string_append_c(out, '\n');
        } else {
            g_string_append_c(out, '\n');
            write_members(out, one, depth + 1, false);
        }
    }
}

static void write_value(GString *out, const Document *document, unsigned depth, bool started) {
    if (document->kind == DOCUMENT_SCALAR) {
        write_scalar(out, document);
    } else if (!document->first) {
        g_string_append(out, document->kind == DOCUMENT_MAP ? "{}" : "[]");
    } else {
        write_members(out, document, depth, started);
    }
}

const char *document_write(Arena *arena, const Document *document, size_t *length) {
    g_autoptr(GString) out = g_string_new(NULL);
    write_value(out, document, 0, false);
    *length = out->len;
    return arena_strndup(arena, out->str, out->len);
}
