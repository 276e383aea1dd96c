#include "cdk/layout.h"

#include <glib.h>

/// prettier's default.
enum { LINE_WIDTH = 80 };

typedef bool (*Visit)(Ts *node);

/// Visits every node of the tree; true if one of the visits was.
static bool visit_all(Ts *node, Visit visit) {
    bool any = visit(node);
    if (node->base) {
        any |= visit_all(node->base, visit);
    }
    for (size_t i = 0; i < node->count; i++) {
        any |= visit_all(node->items[i], visit);
    }
    for (size_t i = 0; i < node->statement_count; i++) {
        any |= visit_all(node->statements[i].value, visit);
    }
    return any;
}

static bool forget_layout(Ts *node) {
    node->doc = NULL;
    return false;
}

/// Notes objects that took several lines without having to.
static bool hold_broken_object(Ts *node) {
    if (node->kind != TS_OBJECT || node->held || node->expanded || node->count == 0 || !node->doc ||
        !doc_was_broken(node->doc)) {
        return false;
    }
    node->held = true;
    return true;
}

void ts_print_statement(Arena *arena, const TsStatement *statement, long indent, GString *out) {
    g_string_append_printf(out, "%*s", (int)indent, "");
    const size_t start = out->len;
    Layout layout = {arena, false};
    // prettier keeps an object open that was open in its input, which may open what is around it;
    // so the text is made again until prettier would leave it alone.
    do {
        g_string_truncate(out, start);
        visit_all(statement->value, forget_layout);
        doc_print(layout_statement(&layout, statement), indent, LINE_WIDTH, out);
    } while (visit_all(statement->value, hold_broken_object));
    g_string_append_c(out, '\n');
}
