/// Documents: what they are made of, and questions about them.
#include "document.h"

#include <glib.h>
#include <string.h>

/// Longer texts are cut in messages.
#define SHOWN_BYTES 60

Document *document_new(Compilation *compilation, DocumentKind kind, Span span) {
    Document *document = arena_new_object(compilation->arena, Document);
    document->kind = (uint8_t)kind;
    document->span = span;
    document->weight = 1;
    document->text = "";
    return document;
}

void document_append(Document *parent, const Document *key, Document *child) {
    child->key = key;
    if (parent->last) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
    parent->count++;
}

const Document *document_member(const Document *document, const char *key) {
    if (!document || document->kind != DOCUMENT_MAP) {
        return NULL;
    }
    for (const Document *member = document->first; member; member = member->next) {
        if (!strcmp(member->key->text, key)) {
            return member;
        }
    }
    return NULL;
}

bool document_is_null(const Document *document) {
    return document->kind == DOCUMENT_SCALAR && !document->quoted &&
           (!document->length || !strcmp(document->text, "~") ||
            !g_ascii_strcasecmp(document->text, "null"));
}

bool document_integer(const Document *document, int64_t *integer) {
    if (document->kind != DOCUMENT_SCALAR || document->quoted || !document->length) {
        return false;
    }
    char *end = NULL;
    *integer = g_ascii_strtoll(document->text, &end, 10);
    return *end == 0 && !g_ascii_isspace(document->text[0]);
}

const char *document_text(Arena *arena, const Document *document) {
    if (document->kind == DOCUMENT_LIST) {
        return "a list";
    }
    if (document->kind == DOCUMENT_MAP) {
        return "a mapping";
    }
    if (document_is_null(document)) {
        return "nothing";
    }
    if (document->length <= SHOWN_BYTES && !strchr(document->text, '\n')) {
        return arena_printf(arena, "`%s`", document->text);
    }
    return "a long text";
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// How many bytes of a scalar's source stand before its text: a quote, or the line of `|` and `>`.
static uint32_t text_start(const char *source, const Document *scalar) {
    uint32_t at = scalar->span.start;
    if (at < scalar->span.end && (source[at] == '"' || source[at] == '\'')) {
        return at + 1;
    }
    if (scalar->quoted && at < scalar->span.end && (source[at] == '|' || source[at] == '>')) {
        while (at < scalar->span.end && source[at] != '\n') {
            at++;
        }
    }
    return at;
}

/// Where the character `offset` of a scalar's text stands in the file; false if the file writes it
/// in another way. Runs of white space match each other: lines are folded and indented.
static bool find_place(const char *source, const Document *scalar, size_t offset, uint32_t *place) {
    uint32_t at = text_start(source, scalar);
    bool skip = scalar->quoted;
    for (size_t i = 0; i <= offset; i++) {
        bool space = i == scalar->length || is_space(scalar->text[i]);
        while (!space && skip && at < scalar->span.end && is_space(source[at])) {
            at++;
        }
        if (i == offset) {
            break;
        }
        if (!space && (at >= scalar->span.end || source[at] != scalar->text[i])) {
            return false;
        }
        at += !space;
        skip = space;
    }
    *place = at;
    return true;
}

Span document_span(const Compilation *compilation, const Document *scalar, size_t offset,
                   size_t length) {
    const Source *source = compilation_source(compilation, scalar->span.file);
    uint32_t first = 0, last = 0;
    size_t end = length ? offset + length - 1 : offset;
    if (!source || end > scalar->length || !find_place(source->text, scalar, offset, &first) ||
        !find_place(source->text, scalar, end, &last)) {
        return scalar->span;
    }
    return (Span){scalar->span.file, first, last + (last < scalar->span.end ? 1 : 0)};
}
