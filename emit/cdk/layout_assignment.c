#include "cdk/layout.h"

#include <string.h>

/// Where an assignment breaks.
typedef enum AssignmentLayout {
    BREAK_AFTER_OPERATOR, ///< after the operator, if it does not fit
    NEVER_BREAK,          ///< within the value only
    FLUID                 ///< after the operator, if the begin of the value does not fit
} AssignmentLayout;

/// Arguments this short are no reason to break a call: a quarter of a line.
enum { SHORT_ARGUMENT = 20 };

/// The length of `text` as JavaScript counts it, in UTF-16 code units.
static size_t js_length(const char *text) {
    size_t length = 0;
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;
        // A character is counted at its first byte; those of four bytes are two units.
        length += (size_t)((byte & 0xc0) != 0x80) + (size_t)(byte >= 0xf0);
    }
    return length;
}

static bool is_lone_short_argument(const Ts *node) {
    switch ((TsKind)node->kind) {
    case TS_THIS:
    case TS_WORD:
    case TS_NUMBER:
        return true;
    case TS_NAME:
    case TS_STRING:
        return js_length(node->text) <= SHORT_ARGUMENT;
    case TS_TEMPLATE:
        return node->count == 0 && js_length(node->texts[0]) <= SHORT_ARGUMENT;
    case TS_CALL:
        return node->count == 0 && node->base->kind == TS_NAME &&
               strlen(node->base->text) <= SHORT_ARGUMENT - 2;
    default:
        return false;
    }
}

/// Whether `node` is made of names and calls that offer no good place to break.
static bool is_poorly_breakable(Layout *layout, Ts *node, bool deep) {
    switch ((TsKind)node->kind) {
    case TS_CALL:
        if (doc_is_labelled(layout_node(layout, node, PARENT_OTHER)) || node->count > 1 ||
            (node->count == 1 && !is_lone_short_argument(node->items[0]))) {
            return false;
        }
        return is_poorly_breakable(layout, node->base, true);
    case TS_MEMBER:
    case TS_INDEX:
        return is_poorly_breakable(layout, node->base, true);
    case TS_NAME:
    case TS_THIS:
        return deep;
    default:
        return false;
    }
}

static AssignmentLayout choose(Layout *layout, Ts *value, long key_width) {
    enum { SHORT_KEY = 5 }; // a break after a key shorter than this gains nothing
    if (key_width > 0 && key_width < SHORT_KEY) {
        return NEVER_BREAK;
    }
    if (value->kind == TS_STRING || is_poorly_breakable(layout, value, false)) {
        return BREAK_AFTER_OPERATOR;
    }
    const bool boolean = value->kind == TS_WORD && strcmp(value->text, "null") != 0;
    const bool number = value->kind == TS_NUMBER && value->text[0] != '-';
    return value->kind == TS_TEMPLATE || boolean || number ? NEVER_BREAK : FLUID;
}

Doc *layout_assignment(Layout *layout, Doc *left, const char *operator, Ts * value,
                       long key_width) {
    Arena *arena = layout->arena;
    const TsParent parent = key_width > 0 ? PARENT_OTHER : PARENT_CONSTANT;
    Doc *right = layout_node(layout, value, parent);
    Doc *mark = doc_text(arena, operator);
    left = doc_group(arena, left, false);
    switch (choose(layout, value, key_width)) {
    case BREAK_AFTER_OPERATOR:
        right = doc_indent(arena, doc_concat(arena, doc_line(arena), right));
        right = doc_group(arena, right, false);
        return doc_group(arena, doc_concat(arena, left, mark, right), false);
    case NEVER_BREAK:
        right = doc_concat(arena, left, mark, doc_text(arena, " "), right);
        return doc_group(arena, right, false);
    case FLUID:
        break;
    }
    Doc *gap = doc_group(arena, doc_indent(arena, doc_line(arena)), false);
    right = doc_indent_if_break(arena, right, gap);
    return doc_group(arena, doc_concat(arena, left, mark, gap, right), false);
}
