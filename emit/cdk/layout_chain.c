#include "cdk/layout.h"

#include <glib.h>
#include <string.h>

/// One link of `a.b(c).d(e)`: `a`, `.b`, `(c)`, `.d`, `(e)`.
typedef struct Link {
    const Ts *node;
    Doc *doc;
} Link;

/// The links, and where each group of them begins: `a`, `.b(c)`, `.d(e)`.
typedef struct Chain {
    Link *links;
    size_t count;
    size_t *starts; ///< one more than there are groups: the last is `count`
    size_t group_count;
} Chain;

static bool is_lookup(const Ts *node) {
    return node->kind == TS_MEMBER || node->kind == TS_INDEX;
}

/// Whether the chain goes on in what `node` stands on.
static bool goes_on(const Ts *node) {
    return is_lookup(node) ||
           (node->kind == TS_CALL && (is_lookup(node->base) || node->base->kind == TS_CALL));
}

static void find_links(Layout *layout, Ts *call, Chain *chain) {
    chain->count = 1;
    for (const Ts *node = call; goes_on(node); node = node->base) {
        chain->count++;
    }
    chain->links = arena_array(layout->arena, Link, chain->count);
    Ts *node = call;
    for (size_t i = chain->count - 1; i > 0; i--, node = node->base) {
        Doc *doc = is_lookup(node) ? layout_lookup(layout, node) : layout_arguments(layout, node);
        chain->links[i] = (Link){node, doc};
    }
    chain->links[0] = (Link){node, layout_node(layout, node, PARENT_MEMBER)};
}

/// The end of the first group: what the chain stands on, with calls right behind it; of `a.b.c()`
/// all names but the last.
static size_t first_group_end(const Chain *chain) {
    size_t end = 1;
    while (end < chain->count && chain->links[end].node->kind == TS_CALL) {
        end++;
    }
    if (chain->links[0].node->kind != TS_CALL) {
        while (end + 1 < chain->count && is_lookup(chain->links[end].node) &&
               is_lookup(chain->links[end + 1].node)) {
            end++;
        }
    }
    return end;
}

static void find_groups(Layout *layout, Chain *chain) {
    chain->starts = arena_array(layout->arena, size_t, chain->count + 2);
    chain->group_count = 1;
    size_t at = first_group_end(chain);
    bool called = false;
    if (at < chain->count) {
        chain->starts[chain->group_count++] = at;
    }
    for (; at < chain->count; at++) {
        const Ts *node = chain->links[at].node;
        if (called && is_lookup(node)) {
            chain->starts[chain->group_count++] = at;
            called = false;
        }
        called |= node->kind == TS_CALL;
    }
    chain->starts[chain->group_count] = chain->count;
}

/// `Object`, `_`, `$`: names that are likely to be factories, to which the first call belongs.
static bool is_factory(const char *name) {
    return g_ascii_isupper(name[0]) || (name[0] && strspn(name, "$_") == strlen(name));
}

/// Whether the second group stays on the line of the first.
static bool is_merged(const Chain *chain, TsParent parent) {
    enum { SHORT_NAME = 2 };
    if (chain->group_count < 2) {
        return false;
    }
    const bool computed = chain->links[chain->starts[1]].node->kind == TS_INDEX;
    if (chain->starts[1] == 1) {
        const Ts *first = chain->links[0].node;
        return first->kind == TS_THIS ||
               (first->kind == TS_NAME &&
                (is_factory(first->text) || computed ||
                 (parent == PARENT_STATEMENT && strlen(first->text) <= SHORT_NAME)));
    }
    const Ts *last = chain->links[chain->starts[1] - 1].node;
    return last->kind == TS_MEMBER && (is_factory(last->text) || computed);
}

/// Whether an argument is simple enough for a chain of more than two calls to stay on a line.
static bool is_simple(const Ts *node, size_t depth) {
    if (depth == 0) {
        return false;
    }
    switch ((TsKind)node->kind) {
    case TS_FUNCTION:
        return false;
    case TS_OBJECT:
        for (size_t i = 0; i < node->count; i++) {
            if (!node->texts[i] || node->texts[i][0] == '[') {
                return false;
            }
        }
        break;
    case TS_MEMBER:
    case TS_INDEX:
        return is_simple(node->base, depth);
    case TS_CALL:
    case TS_NEW:
        if (!is_simple(node->base, depth) || node->count > depth) {
            return false;
        }
        break;
    default:
        break;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (!is_simple(node->items[i], depth - 1)) {
            return false;
        }
    }
    return true;
}

/// More than two calls, and one of them with an argument that is not simple.
static bool is_complex(const Chain *chain) {
    size_t calls = 0;
    bool simple = true;
    for (size_t i = 0; i < chain->count; i++) {
        const Ts *node = chain->links[i].node;
        calls += node->kind == TS_CALL;
        for (size_t j = 0; node->kind == TS_CALL && j < node->count; j++) {
            simple = simple && is_simple(node->items[j], 2);
        }
    }
    return calls > 2 && !simple;
}

static Doc *group_doc(Layout *layout, const Chain *chain, size_t group) {
    const size_t start = chain->starts[group];
    const size_t count = chain->starts[group + 1] - start;
    Doc **docs = arena_array(layout->arena, Doc *, count);
    for (size_t i = 0; i < count; i++) {
        docs[i] = chain->links[start + i].doc;
    }
    return doc_list(layout->arena, docs, count);
}

/// The chain with a line per group behind the first (or the first two, if merged).
static Doc *expanded_chain(Layout *layout, Doc **groups, size_t count, size_t merged) {
    Arena *arena = layout->arena;
    Doc **lines = arena_array(arena, Doc *, (count - merged) * 2);
    size_t line_count = 0;
    for (size_t i = merged; i < count; i++) {
        lines[line_count++] = doc_hardline(arena);
        lines[line_count++] = groups[i];
    }
    return doc_concat(arena, doc_list(arena, groups, merged),
                      doc_indent(arena, doc_list(arena, lines, line_count)));
}

Doc *layout_chain(Layout *layout, Ts *call, TsParent parent) {
    Arena *arena = layout->arena;
    Chain chain = {0};
    find_links(layout, call, &chain);
    find_groups(layout, &chain);
    Doc **groups = arena_array(arena, Doc *, chain.group_count);
    bool early_break = false; // in any group but the last
    for (size_t i = 0; i < chain.group_count; i++) {
        groups[i] = group_doc(layout, &chain, i);
        early_break |= i + 1 < chain.group_count && doc_will_break(groups[i]);
    }
    Doc *line = doc_list(arena, groups, chain.group_count);
    const size_t merged = is_merged(&chain, parent) ? 2 : 1;
    if (chain.group_count <= merged + 1) {
        return doc_group(arena, line, false);
    }
    Doc *expanded = expanded_chain(layout, groups, chain.group_count, merged);
    if (early_break || is_complex(&chain)) {
        return doc_label(arena, doc_group(arena, expanded, false));
    }
    Doc **states = arena_array(arena, Doc *, 2);
    states[0] = line;
    states[1] = expanded;
    Doc *choice = doc_conditional_group(arena, states, 2);
    if (doc_will_break(line)) {
        choice = doc_concat(arena, doc_break_parent(arena), choice);
    }
    return doc_label(arena, choice);
}
