#include "cdk/doc_tree.h"

#include <glib.h>
#include <string.h>

/// A new document of this kind; what it contains settles what it knows about breaks.
static Doc *make(Arena *arena, DocKind kind) {
    Doc *doc = arena_new_object(arena, Doc);
    doc->kind = (uint8_t)kind;
    return doc;
}

static void learn(Doc *doc, const Doc *part) {
    doc->breaks |= part->breaks;
    doc->will_break |= part->will_break;
}

long doc_text_width(const char *text, size_t length) {
    long width = 0;
    const char *end = text + length;
    while (text < end) {
        if ((unsigned char)*text < 0x80) {
            width += *text >= ' ' && *text != 0x7f;
            text++;
            continue;
        }
        const gunichar character = g_utf8_get_char(text);
        const GUnicodeType type = g_unichar_type(character);
        if (type != G_UNICODE_NON_SPACING_MARK && type != G_UNICODE_ENCLOSING_MARK &&
            type != G_UNICODE_CONTROL) {
            width += g_unichar_iswide(character) ? 2 : 1;
        }
        text = g_utf8_next_char(text);
    }
    return width;
}

Doc *doc_text(Arena *arena, const char *text) {
    Doc *doc = make(arena, DOC_TEXT);
    doc->text = text;
    doc->length = strlen(text);
    doc->width = doc_text_width(text, doc->length);
    return doc;
}

static Doc *make_line(Arena *arena, bool soft, bool hard) {
    Doc *doc = make(arena, DOC_LINE);
    doc->soft = soft;
    doc->hard = hard;
    doc->breaks = hard;
    doc->will_break = hard;
    return doc;
}

Doc *doc_line(Arena *arena) {
    return make_line(arena, false, false);
}

Doc *doc_softline(Arena *arena) {
    return make_line(arena, true, false);
}

Doc *doc_hardline(Arena *arena) {
    return make_line(arena, false, true);
}

Doc *doc_break_parent(Arena *arena) {
    Doc *doc = make(arena, DOC_LIST);
    doc->breaks = true;
    doc->will_break = true;
    return doc;
}

Doc *doc_list(Arena *arena, Doc **items, size_t count) {
    Doc *doc = make(arena, DOC_LIST);
    doc->items = items;
    doc->count = count;
    for (size_t i = 0; i < count; i++) {
        learn(doc, items[i]);
    }
    return doc;
}

Doc *doc_list_of(Arena *arena, Doc *const *items, size_t count) {
    Doc **copy = arena_array(arena, Doc *, count);
    for (size_t i = 0; i < count; i++) {
        copy[i] = items[i];
    }
    return doc_list(arena, copy, count);
}

Doc *doc_fill(Arena *arena, Doc **parts, size_t count) {
    Doc *doc = doc_list(arena, parts, count);
    doc->kind = DOC_FILL;
    return doc;
}

static Doc *wrap(Arena *arena, DocKind kind, Doc *contents) {
    Doc *doc = make(arena, kind);
    doc->contents = contents;
    learn(doc, contents);
    return doc;
}

Doc *doc_indent(Arena *arena, Doc *contents) {
    return wrap(arena, DOC_INDENT, contents);
}

Doc *doc_label(Arena *arena, Doc *contents) {
    return wrap(arena, DOC_LABEL, contents);
}

Doc *doc_group_empty(Arena *arena) {
    return make(arena, DOC_GROUP);
}

void doc_group_fill(Doc *group, Doc *contents, bool broken) {
    group->contents = contents;
    learn(group, contents);
    group->breaks |= broken;
    group->will_break |= broken;
}

Doc *doc_group(Arena *arena, Doc *contents, bool broken) {
    Doc *doc = doc_group_empty(arena);
    doc_group_fill(doc, contents, broken);
    return doc;
}

Doc *doc_conditional_group(Arena *arena, Doc **states, size_t count) {
    Doc *doc = wrap(arena, DOC_GROUP, states[0]);
    doc->breaks = false;
    doc->items = states;
    doc->count = count;
    return doc;
}

Doc *doc_if_break(Arena *arena, Doc *broken, Doc *flat, const Doc *group) {
    Doc *doc = make(arena, DOC_IF_BREAK);
    doc->contents = broken;
    doc->flat = flat;
    doc->group = group;
    learn(doc, broken);
    learn(doc, flat);
    return doc;
}

Doc *doc_indent_if_break(Arena *arena, Doc *contents, const Doc *group) {
    Doc *doc = wrap(arena, DOC_INDENT_IF_BREAK, contents);
    doc->group = group;
    return doc;
}

bool doc_is_labelled(const Doc *doc) {
    return doc->kind == DOC_LABEL;
}

bool doc_will_break(const Doc *doc) {
    return doc->will_break;
}

bool doc_was_broken(const Doc *group) {
    return group->mode == MODE_BREAK;
}
