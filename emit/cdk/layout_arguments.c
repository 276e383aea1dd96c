#include "cdk/layout.h"

/// The arguments one per line.
static Doc *all_broken_out(Layout *layout, Doc **printed, size_t count) {
    Arena *arena = layout->arena;
    Doc *list = doc_concat(arena, doc_line(arena), doc_list(arena, printed, count));
    return doc_group(arena,
                     doc_concat(arena, doc_text(arena, "("), doc_indent(arena, list),
                                doc_text(arena, ","), doc_line(arena), doc_text(arena, ")")),
                     true);
}

static bool any_will_break(Doc **docs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (doc_will_break(docs[i])) {
            return true;
        }
    }
    return false;
}

/// Whether a last argument like this opens on the line of the call: `f(a, {`.
static bool can_hug(const Ts *call) {
    const Ts *last = call->items[call->count - 1];
    if (last->kind != TS_FUNCTION &&
        ((last->kind != TS_OBJECT && last->kind != TS_ARRAY) || last->count == 0)) {
        return false;
    }
    if (call->count == 1) {
        return true;
    }
    return call->items[call->count - 2]->kind != last->kind && !layout_is_numbers(last);
}

/// `(a, b, {` … `})`, or everything broken out if even that does not fit.
static Doc *hug_last(Layout *layout, Doc **printed, size_t count) {
    Arena *arena = layout->arena;
    Doc *head = doc_list(arena, printed, count - 1);
    if (doc_will_break(head)) {
        return all_broken_out(layout, printed, count);
    }
    Doc *open = doc_text(arena, "(");
    Doc *close = doc_text(arena, ")");
    Doc *last = printed[count - 1];
    Doc *hugged = doc_concat(arena, open, head, doc_group(arena, last, true), close);
    Doc **states = arena_array(arena, Doc *, 3);
    size_t state_count = 0;
    const bool must_break = doc_will_break(last);
    if (!must_break) {
        states[state_count++] = doc_concat(arena, open, head, last, close);
    }
    states[state_count++] = hugged;
    states[state_count++] = all_broken_out(layout, printed, count);
    Doc *choice = doc_conditional_group(arena, states, state_count);
    return must_break ? doc_concat(arena, doc_break_parent(arena), choice) : choice;
}

Doc *layout_arguments(Layout *layout, Ts *call) {
    Arena *arena = layout->arena;
    const size_t count = call->count;
    if (count == 0) {
        return doc_text(arena, "()");
    }
    Doc **printed = arena_array(arena, Doc *, count);
    for (size_t i = 0; i < count; i++) {
        printed[i] = layout_node(layout, call->items[i], PARENT_OTHER);
        if (i + 1 < count) {
            printed[i] = doc_concat(arena, printed[i], doc_text(arena, ","), doc_line(arena));
        }
    }
    if (can_hug(call)) {
        return hug_last(layout, printed, count);
    }
    Doc *list = doc_concat(arena, doc_softline(arena), doc_list(arena, printed, count));
    Doc *comma = doc_if_break(arena, doc_text(arena, ","), doc_text(arena, ""), NULL);
    return doc_group(arena,
                     doc_concat(arena, doc_text(arena, "("), doc_indent(arena, list), comma,
                                doc_softline(arena), doc_text(arena, ")")),
                     any_will_break(printed, count));
}
