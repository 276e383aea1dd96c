#include "check_style.h"

#include "check_names.h"
#include "edit.h"
#include "token.h"
#include "words.h"

#include <string.h>

/// Whether the program is judged by the diagnostic `id` at `node`.
static bool is_judged(const Compilation *compilation, const Node *node, DiagnosticId id) {
    const Source *source = compilation_source(compilation, node->file);
    return diagnostics_wants(compilation->diagnostics, id) && source && !source->library;
}

// Members

void style_check_qualifier(Compilation *compilation, const Node *node, Scope *scope,
                           const Type *expected, const Symbol *symbol) {
    if (!is_judged(compilation, node, DIAG_QUALIFIER) ||
        !check_qualifier_is_needless(compilation, node, scope, expected, symbol)) {
        return;
    }
    Diagnostics *list = compilation->diagnostics;
    const Source *source = compilation->sources[node->file];
    const Span before = {node->file, node->start, node->b ? node->b->start : node->end};
    const char *name = node->name->text;
    const char *qualifier = arena_strndup(compilation->arena, source->text + node->a->start,
                                          node->a->end - node->a->start);
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_QUALIFIER, node_span(node->a), qualifier, name, NULL);
    diagnostic_help(list, diagnostic, "write the member alone: `%s`", name);
    if (node->b) {
        diagnostic_fix(list, diagnostic, FIX_SAFE, before, "", "write `%s`", name);
    }
}

// Defaults

static bool is_same_literal(const Node *one, const Node *other);

static bool are_same_lists(const Node *one, const Node *other) {
    for (; one && other && is_same_literal(one, other); one = one->next) {
        other = other->next;
    }
    return !one && !other;
}

/// Whether two members are the same, with the enumeration before them or without.
static bool is_same_member(const Node *one, const Node *other) {
    const Symbol *left = one->bound;
    return left && left->kind == SYMBOL_MEMBER && left == other->bound;
}

/// Whether both are written out, and say the same in the same order.
static bool is_same_literal(const Node *one, const Node *other) {
    const bool member = one->kind == NODE_NAME || one->kind == NODE_MEMBER;
    if (member || one->kind != other->kind) {
        return member && is_same_member(one, other);
    }
    switch (one->kind) {
    case NODE_STRING:
        return one->length == other->length && !memcmp(one->text, other->text, one->length);
    case NODE_INTEGER:
    case NODE_BOOL:
        return one->integer == other->integer;
    case NODE_DECIMAL:
        return one->number == other->number;
    case NODE_LIST:
    case NODE_OBJECT:
        return are_same_lists(one->a, other->a);
    case NODE_PROPERTY:
        return one->name && one->name == other->name && is_same_literal(one->b, other->b);
    default:
        return false;
    }
}

/// Whether `member` is the name that the resource has of itself.
static bool is_own_name(Compilation *compilation, const Node *member, const MemberContext *context,
                        const Property *property) {
    const Construct *construct = context->construct;
    const Node *resource = context->resource;
    if (!resource || !resource->name || resource->a->a || construct->existing ||
        construct->name_property != property - context->properties ||
        !type_assignable(property->type, &type_string) || member->b->kind != NODE_STRING) {
        return false;
    }
    const char *own = words_kebab(compilation->arena, resource->name->text);
    return strlen(own) == member->b->length && !memcmp(own, member->b->text, member->b->length);
}

void style_check_default(Compilation *compilation, const Node *member, const MemberContext *context,
                         const Property *property) {
    if (!is_judged(compilation, member, DIAG_DEFAULT_GIVEN) || !context->construct ||
        (member->flags & NODE_SHORTHAND) != 0) {
        return;
    }
    const bool named = is_own_name(compilation, member, context, property);
    if (!named && (!property->fallback || !is_same_literal(member->b, property->fallback))) {
        return;
    }
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_DEFAULT_GIVEN, node_span(member->b), member->name->text, NULL);
    // Back ends write what a program writes, and leave to Depot what it does not.
    const bool written = context->resource && !named && !context->construct->module;
    if (written) {
        diagnostic_help(list, diagnostic,
                        "without it the template does not mention it, and Depot's own default "
                        "counts");
    } else {
        diagnostic_help(list, diagnostic, "leave it out");
    }
    diagnostic_fix(list, diagnostic, written ? FIX_MAYBE : FIX_SAFE,
                   edit_removal(compilation, member), "", "take it out");
}

// Quotes

static void check_names_of(Node *node, void *data) {
    Compilation *compilation = data;
    const Node *key = node->kind == NODE_PROPERTY ? node->c : NULL;
    const Source *source = compilation->sources[node->file];
    const bool quoted = key && key->kind == NODE_STRING && key->end - key->start > 2;
    const char *text = source->text + (key ? key->start : 0);
    if (quoted && token_is_name(text + 1, key->end - key->start - 2U)) {
        Diagnostics *list = compilation->diagnostics;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_QUOTED_NAME, node_span(key), node->name->text, NULL);
        diagnostic_help(list, diagnostic, "write `%s`", node->name->text);
        diagnostic_fix(list, diagnostic, FIX_SAFE, node_span(key), node->name->text, "write `%s`",
                       node->name->text);
    }
    node_each_child(node, check_names_of, data);
}

void style_check_quotes(Compilation *compilation, Source *source) {
    if (is_judged(compilation, source->tree, DIAG_QUOTED_NAME)) {
        check_names_of(source->tree, compilation);
    }
}
