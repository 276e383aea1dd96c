/// The rules of the library, on every resource.
#include "operators.h"
#include "passes.h"

#include <glib.h>
#include <string.h>

/// The property that `at` names, or -1.
static int place_of(const Node *require) {
    const Node *at = require->b;
    while (at && (at->kind == NODE_MEMBER || at->kind == NODE_INDEX)) {
        at = at->a;
    }
    const Symbol *symbol = at && at->kind == NODE_NAME ? at->bound : NULL;
    return symbol && symbol->kind == SYMBOL_PROPERTY ? (int)symbol->property : -1;
}

typedef struct Mention {
    const Symbol *symbol;
    bool found;
} Mention;

static void find_mention(Node *node, void *data) {
    Mention *mention = data;
    const Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    if (symbol && symbol->kind == SYMBOL_PROPERTY && symbol->name == mention->symbol->name) {
        mention->found = true;
    }
    node_each_child(node, find_mention, data);
}

static bool node_mentions(const Node *node, const Symbol *symbol) {
    if (!symbol) {
        return false;
    }
    Mention mention = {.symbol = symbol};
    find_mention((Node *)node, &mention);
    return mention.found;
}

/// The property that the requirement is about: the one that `at` names, else the first that it
/// mentions and the program wrote; -1 if there is none.
static int subject_of(const Resource *resource, const Node *require) {
    if (require->b) {
        return place_of(require);
    }
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        if (resource->slots[i].node &&
            node_mentions(require->a, resource->construct->properties[i].symbol)) {
            return (int)i;
        }
    }
    return -1;
}

/// The place in the program of `value.member…`, as far as it is written there.
static Span place_in(Compilation *compilation, Resource *resource, const Node *require,
                     int subject) {
    if (subject < 0 || !resource->slots[subject].node) {
        return node_name_span(compilation, resource->node);
    }
    if (!require->b || require->b->kind == NODE_NAME) {
        return resource_span(compilation, resource, subject);
    }
    diagnostics_mute(compilation->diagnostics);
    const Value *value = eval(compilation, require->b, resource->expressions);
    diagnostics_unmute(compilation->diagnostics);
    if (value->origin && !compilation_source(compilation, value->origin->file)->library) {
        return node_span(value->origin);
    }
    return resource_span(compilation, resource, subject);
}

static const char *message_of(Compilation *compilation, const Node *head, Resource *resource) {
    diagnostics_mute(compilation->diagnostics);
    const Value *message = eval(compilation, head->b, resource->expressions);
    diagnostics_unmute(compilation->diagnostics);
    size_t length = 0;
    const char *text = value_to_text(compilation->arena, message, &length);
    if (!text) { /* it names something known only at deployment */
        return head->b->kind == NODE_STRING
                   ? arena_strndup(compilation->arena, head->b->text, head->b->length)
                   : "a rule of the library is broken";
    }
    return arena_strndup(compilation->arena, text, length);
}

static void label_mentions(Compilation *compilation, Diagnostic *diagnostic, Resource *resource,
                           const Node *require, int primary) {
    /* The other properties that the condition speaks of. */
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        const Node *node = resource->slots[i].node;
        if ((int)i == primary || !node || node->kind != NODE_PROPERTY) {
            continue;
        }
        const Symbol *symbol = resource->construct->properties[i].symbol;
        if (node_mentions(require->a, symbol)) {
            diagnostic_label(compilation->diagnostics, diagnostic, node_span(node),
                             "`%s` is given here", node->name->text);
        }
    }
}

/// Whether the rule speaks of a property that is wrong already.
static bool speaks_of_bad(const Resource *resource, const Rule *rule) {
    if (!resource->bad) {
        return false;
    }
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        if (resource->slots[i].bad &&
            node_mentions(rule->node, resource->construct->properties[i].symbol)) {
            return true;
        }
    }
    return false;
}

static void judge(Compilation *compilation, Resource *resource, const Rule *rule) {
    const Node *head = rule->node->a;
    bool known = true;
    if (speaks_of_bad(resource, rule)) {
        return;
    }
    if (head->c && !eval_condition(compilation, head->c, resource->expressions, true, &known)) {
        return;
    }
    for (const Node *require = rule->node->b; require && known; require = require->next) {
        if (require->kind != NODE_REQUIRE) {
            continue;
        }
        if (eval_condition(compilation, require->a, resource->expressions, true, &known) ||
            !known) {
            continue;
        }
        int subject = subject_of(resource, require);
        Diagnostic *diagnostic =
            diagnostic_add_rule(compilation->diagnostics, rule->code, rule->severity,
                                place_in(compilation, resource, require, subject),
                                message_of(compilation, head, resource));
        label_mentions(compilation, diagnostic, resource, require, subject);
        const char *doc = node_doc(rule->node, compilation_source(compilation, rule->node->file),
                                   compilation->arena);
        if (doc) {
            diagnostic_help(compilation->diagnostics, diagnostic, "%s", doc);
        }
    }
}

static void judge_all(Compilation *compilation, Resource *resource) {
    const DiagnosticTrail *before = resource_enter(compilation, resource);
    for (const Rule *rule = resource->construct->rules; rule; rule = rule->next) {
        judge(compilation, resource, rule);
    }
    resource_leave(compilation, before);
}

void pass_rules(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        judge_all(compilation, container);
        for (size_t m = 0; m < container->member_count; m++) {
            judge_all(compilation, container->members[m]);
        }
    }
}
