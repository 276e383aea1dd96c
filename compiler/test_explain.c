// Why an expectation does not hold: what its operands are.
#include "builtins.h"
#include "program.h"
#include "render.h"
#include "test.h"

#include <glib.h>
#include <string.h>

const char *test_source_text(Compilation *compilation, const Node *node) {
    enum { MOST = 100 };
    const Source *source = compilation_source(compilation, node->file);
    g_autoptr(GString) out = g_string_new(NULL);
    for (uint32_t i = node->start; i < node->end; i++) {
        const char c = source->text[i];
        const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!space) {
            g_string_append_c(out, c);
        } else if (out->len > 0 && out->str[out->len - 1] != ' ') {
            g_string_append_c(out, ' ');
        }
    }
    if (out->len > MOST) {
        const char *end = g_utf8_find_prev_char(out->str, out->str + MOST);
        g_string_truncate(out, end ? (gsize)(end - out->str) : 0);
        g_string_append(out, "…");
    }
    return arena_strndup(compilation->arena, out->str, out->len);
}

// What was reported

typedef struct Asked {
    bool errors; ///< only those
    bool found;
} Asked;

static void look_for_reports(Node *node, void *data) {
    Asked *asked = data;
    if (node->kind == NODE_CALL && node->bound) {
        const Builtin *builtin = node->bound;
        asked->found = asked->found || builtin == builtin_find_test("error") ||
                       (!asked->errors && (builtin == builtin_find_test("warning") ||
                                           builtin == builtin_find_test("note")));
    }
    const Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    if (symbol && symbol->kind == SYMBOL_VARIABLE && !symbol->node) {
        asked->found = asked->found || !asked->errors || !strcmp(symbol->name->text, "errors");
    }
    if (!asked->found) {
        node_each_child(node, look_for_reports, data);
    }
}

bool test_asks_reports(const Node *node, bool errors) {
    Asked asked = {.errors = errors};
    look_for_reports((Node *)node, &asked);
    return asked.found;
}

static void note_reports(TestRun *run, Diagnostic *diagnostic) {
    enum { MOST = 10 };
    size_t count = 0;
    for (const Diagnostic *at = diagnostics_sorted(run->program); at; at = at->next) {
        if (count++ >= MOST) {
            continue;
        }
        Source *source = compilation_source(run->compilation, at->span.file);
        const char *place = at->file ? at->file : "";
        if (source) {
            const Position position =
                source_position(source, at->span.start, run->compilation->arena);
            place = arena_printf(run->compilation->arena, "%s:%u:%u", source->path, position.line,
                                 position.column);
        }
        diagnostic_note(run->failures, diagnostic, NO_SPAN, "reported: %s%s%s[%s]: %s", place,
                        *place ? ": " : "", severity_name(at->severity), at->code, at->message);
    }
    if (count > MOST) {
        diagnostic_note(run->failures, diagnostic, NO_SPAN, "and %zu more", count - MOST);
    } else if (count == 0) {
        diagnostic_note(run->failures, diagnostic, NO_SPAN, "nothing was reported");
    }
}

// Operands

static bool is_literal(const Node *node) {
    return node->kind == NODE_STRING || node->kind == NODE_INTEGER || node->kind == NODE_DECIMAL ||
           node->kind == NODE_BOOL;
}

/// "`length(tables)` is 3"
static void note_value(TestRun *run, Diagnostic *diagnostic, const Node *node, const Value *value) {
    if (value->kind == VALUE_ERROR) {
        return;
    }
    diagnostic_note(run->failures, diagnostic, NO_SPAN, "`%s` is %s",
                    test_source_text(run->compilation, node),
                    test_value_text(run->compilation, value));
}

static void explain_comparison(TestRun *run, Diagnostic *diagnostic, const Node *node,
                               Frame *frame) {
    const Value *left = eval(run->compilation, node->a, frame);
    const Value *right = eval(run->compilation, node->b, frame);
    diagnostic_note(run->failures, diagnostic, NO_SPAN, "left: %s",
                    test_value_text(run->compilation, left));
    diagnostic_note(run->failures, diagnostic, NO_SPAN, "right: %s",
                    test_value_text(run->compilation, right));
    const char *difference =
        node->op == TOK_EQ ? test_first_difference(run->compilation, left, right) : NULL;
    if (difference) {
        diagnostic_note(run->failures, diagnostic, NO_SPAN, "%s", difference);
    }
}

static void explain_arguments(TestRun *run, Diagnostic *diagnostic, const Node *node,
                              Frame *frame) {
    for (const Node *argument = node->b; argument; argument = argument->next) {
        if (!is_literal(argument)) {
            note_value(run, diagnostic, argument, eval(run->compilation, argument, frame));
        }
    }
}

static void explain_node(TestRun *run, Diagnostic *diagnostic, const Node *node, Frame *frame);

/// The operands of `&&` and `||` that are to blame for its value `holds`.
static void explain_logic(TestRun *run, Diagnostic *diagnostic, const Node *node, Frame *frame) {
    const Node *sides[] = {node->a, node->b};
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
        const Value *value = eval(run->compilation, sides[i], frame);
        if (value->kind != VALUE_BOOL) {
            return;
        }
        const bool decides = value->boolean == (node->op == TOK_OR);
        note_value(run, diagnostic, sides[i], value);
        explain_node(run, diagnostic, sides[i], frame);
        if (decides) {
            return; /* the other one was not looked at */
        }
    }
}

static void explain_node(TestRun *run, Diagnostic *diagnostic, const Node *node, Frame *frame) {
    switch (node->kind) {
    case NODE_BINARY:
        if (node->op == TOK_AND || node->op == TOK_OR) {
            explain_logic(run, diagnostic, node, frame);
        } else if (node->op != TOK_COALESCE) {
            explain_comparison(run, diagnostic, node, frame);
        }
        break;
    case NODE_UNARY:
        explain_node(run, diagnostic, node->a, frame);
        break;
    case NODE_IS:
        note_value(run, diagnostic, node->a, eval(run->compilation, node->a, frame));
        break;
    case NODE_CALL:
        explain_arguments(run, diagnostic, node, frame);
        break;
    default:
        break;
    }
}

void test_explain(TestRun *run, Diagnostic *diagnostic, const Node *node, Frame *frame) {
    explain_node(run, diagnostic, node, frame);
    if (!diagnostic->labels && !is_literal(node)) {
        const Node *plain = node->kind == NODE_UNARY ? node->a : node;
        note_value(run, diagnostic, plain, eval(run->compilation, plain, frame));
    }
    if (test_asks_reports(node, false)) {
        note_reports(run, diagnostic);
    }
}
