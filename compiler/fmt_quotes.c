// Strings, names in quotes, and numbers.

#include "fmt_walk.h"

#include <string.h>

/// Strings are only read up to their end; those that nest stand in the text between.
typedef struct QuoteCount {
    uint32_t doubles;
    uint32_t singles;
} QuoteCount;

static void count_quotes(const char *text, size_t length, QuoteCount *count) {
    for (const char *at = text; at < text + length; at++) {
        count->doubles += *at == '"';
        count->singles += *at == '\'';
    }
}

/// The token that ends the string which begins at `first`.
static uint32_t string_end(const Walk *walk, uint32_t first) {
    uint32_t depth = 0;
    uint32_t index = first;
    for (;; index++) {
        switch (walk->tokens[index].kind) {
        case TOK_STRING_BEGIN:
            depth++;
            break;
        case TOK_STRING_END:
            if (--depth == 0) {
                return index;
            }
            break;
        case TOK_END:
            return index - 1;
        default:
            break;
        }
    }
}

/// Whether what is filled in can be printed on one line.
static bool is_on_line(const Walk *walk, uint32_t first, uint32_t last) {
    for (uint32_t index = first + 1; index <= last; index++) {
        const Token *token = &walk->tokens[index];
        if ((token->flags & (TOKEN_NEWLINE_BEFORE | TOKEN_BROKEN)) != 0 ||
            token->kind == TOK_COMMENT || token->kind == TOK_DOC) {
            return false;
        }
    }
    return true;
}

/// Appends text with its quotes escaped for a string in `quote`, as far as they need it.
static void append_piece(GString *out, const char *text, size_t length, char quote) {
    const char *end = text + length;
    for (const char *at = text; at < end; at++) {
        if (*at == '\\' && at + 1 < end) {
            at++;
            if ((*at != '"' && *at != '\'') || *at == quote) {
                g_string_append_c(out, '\\');
            }
        } else if (*at == quote) {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *at);
    }
}

/// The text of a piece of a string; its own if nothing changes.
static void put_piece(Walk *walk, uint32_t index, char quote) {
    const Token *token = &walk->tokens[index];
    const char *text = walk->layout.text + token->start;
    const size_t length = token->end - token->start;
    if (memchr(text, '"', length) == NULL && memchr(text, '\'', length) == NULL) {
        walk_put(walk);
        return;
    }
    g_autoptr(GString) changed = g_string_new(NULL);
    append_piece(changed, text, length, quote);
    walk_put_text(walk, index, arena_strndup(walk->arena, changed->str, changed->len),
                  changed->len);
}

static void put_quote(Walk *walk, uint32_t index, char quote) {
    if (walk->layout.text[walk->tokens[index].start] == quote) {
        walk_put(walk);
    } else {
        walk_put_text(walk, index, quote == '"' ? "\"" : "'", 1);
    }
}

/// `${ … }`: on one line.
static void put_interpolation(Walk *walk) {
    walk_put(walk);
    walk_gap(walk, GAP_NONE, 0);
    walk_settle(walk);
    const uint32_t begin = walk->layout.commands->len;
    walk_value(walk);
    walk_flatten(walk, begin);
    walk_expect(walk, TOK_INTERPOLATION_END, GAP_NONE);
}

static char preferred_quote(const Walk *walk, uint32_t first, uint32_t last) {
    QuoteCount count = {0, 0};
    uint32_t depth = 0;
    for (uint32_t index = first; index <= last; index++) {
        const Token *token = &walk->tokens[index];
        depth += token->kind == TOK_STRING_BEGIN;
        depth -= token->kind == TOK_STRING_END;
        if (depth == 1 && token->kind == TOK_STRING_TEXT) {
            count_quotes(walk->layout.text + token->start, token->end - token->start, &count);
        }
    }
    return count.doubles > count.singles ? '\'' : '"';
}

/// A string of one token has neither escapes nor quotes of its own kind in it.
static Shape put_simple(Walk *walk) {
    const Token *token = &walk->tokens[walk->next];
    const char *text = walk->layout.text + token->start;
    const size_t length = token->end - token->start;
    if (*text == '"' || memchr(text, '"', length) != NULL) {
        // In double quotes there are only single ones, which need nothing; and the other way round.
        walk_put(walk);
        return SHAPE_STRING;
    }
    char *changed = arena_strndup(walk->arena, text, length);
    changed[0] = '"';
    changed[length - 1] = '"';
    walk_put_text(walk, walk->next, changed, length);
    return SHAPE_STRING;
}

static Shape put_pieces(Walk *walk, uint32_t last) {
    const char quote = preferred_quote(walk, walk->next, last);
    Shape shape = SHAPE_STRING;
    put_quote(walk, walk->next, quote);
    while (!walk->bad && walk->next < last) {
        walk_gap(walk, GAP_NONE, 0);
        if (walk_kind(walk) == TOK_STRING_TEXT) {
            put_piece(walk, walk->next, quote);
        } else if (walk_kind(walk) == TOK_INTERPOLATION_BEGIN) {
            put_interpolation(walk);
            shape = SHAPE_SHORT;
        } else {
            walk->bad = true;
        }
    }
    if (!walk->bad) {
        put_quote(walk, last, quote);
    }
    return shape;
}

Shape walk_string(Walk *walk) {
    if (walk_kind(walk) == TOK_STRING) {
        return put_simple(walk);
    }
    walk_settle(walk);
    const uint32_t first = walk->next;
    const uint32_t last = string_end(walk, first);
    const Token *begin = &walk->tokens[first];
    if (begin->end - begin->start == 3) {
        walk_put_range(walk, last, CMD_LINES);
        return SHAPE_SHORT;
    }
    if (!is_on_line(walk, first, last)) {
        walk_put_range(walk, last, CMD_VERBATIM);
        return SHAPE_SHORT;
    }
    return put_pieces(walk, last);
}

void walk_number(Walk *walk) {
    const Token *token = &walk->tokens[walk->next];
    const char *text = walk->layout.text + token->start;
    const size_t length = token->end - token->start;
    const char *exponent = token->kind == TOK_DECIMAL ? memchr(text, 'E', length) : NULL;
    if (exponent == NULL) {
        walk_put(walk);
        return;
    }
    char *changed = arena_strndup(walk->arena, text, length);
    changed[exponent - text] = 'e';
    walk_put_text(walk, walk->next, changed, length);
}

// Names in quotes

bool walk_quoted_name(Walk *walk) {
    const Token *token = &walk->tokens[walk->next];
    const char *text = walk->layout.text + token->start + 1;
    const size_t length = token->end - token->start - 2U;
    if (token->kind != TOK_STRING || !token_is_name(text, length)) {
        walk_string(walk);
        return false;
    }
    walk_put_text(walk, walk->next, text, length);
    return true;
}
