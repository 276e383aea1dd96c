/// Judging one rule on one resource: whether it holds, and the place that is to blame.
#include "rules.h"

#include "operators.h"

#include <glib.h>
#include <string.h>

/// A property that a rule may speak of, and how it calls the resource.
typedef struct Mention {
    const Judgement *judgement;
    const Name *name;
    bool found;
} Mention;

/// Whether the node stands for the resource itself.
static bool is_subject(const Judgement *judgement, const Node *node) {
    const Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    return symbol && (symbol == judgement->subject || symbol->kind == SYMBOL_SELF);
}

static void find_mention(Node *node, void *data) {
    Mention *mention = data;
    const Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    const bool bare = symbol && symbol->kind == SYMBOL_PROPERTY && symbol->name == mention->name;
    const bool member = node->kind == NODE_MEMBER && node->name == mention->name &&
                        is_subject(mention->judgement, node->a);
    mention->found = mention->found || bare || member;
    node_each_child(node, find_mention, data);
}

static bool mentions(const Judgement *judgement, const Node *node, size_t property) {
    Mention mention = {.judgement = judgement,
                       .name = judgement->resource->construct->properties[property].name};
    find_mention((Node *)node, &mention);
    return mention.found;
}

/// A place that `at` may lead to: a property of a resource, or (-1) the resource itself.
typedef struct Place {
    Resource *resource; ///< NULL: none
    int property;
} Place;

static Place member_place(const Judgement *judgement, Place base, const Name *name) {
    if (!base.resource || base.property >= 0) {
        return base; /* something in the property */
    }
    Resource *resource = base.resource;
    const int property = construct_property(resource->construct, name);
    if (property >= 0) {
        return (Place){resource, property};
    }
    Resource *environment = resource_environment(judgement->compilation, resource);
    return environment->construct->kind == name ? (Place){environment, -1} : base;
}

static Place place_of(const Judgement *judgement, const Node *at) {
    if (at->kind == NODE_MEMBER) {
        return member_place(judgement, place_of(judgement, at->a), at->name);
    }
    if (at->kind == NODE_INDEX) {
        return place_of(judgement, at->a);
    }
    const Symbol *symbol = at->kind == NODE_NAME ? at->bound : NULL;
    if (symbol && symbol->kind == SYMBOL_PROPERTY) {
        return (Place){judgement->resource, (int)symbol->property};
    }
    if (symbol && symbol->kind == SYMBOL_CONTAINER) {
        return (Place){resource_environment(judgement->compilation, judgement->resource), -1};
    }
    return is_subject(judgement, at) ? (Place){judgement->resource, -1} : (Place){NULL, -1};
}

/// What the requirement is about: what `at` names, else the first property that it mentions and the
/// program wrote, else the resource.
static Place subject_of(const Judgement *judgement, const Node *require) {
    Resource *resource = judgement->resource;
    if (require->b) {
        const Place place = place_of(judgement, require->b);
        return place.resource ? place : (Place){resource, -1};
    }
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        if (resource->slots[i].node && mentions(judgement, require->a, i)) {
            return (Place){resource, (int)i};
        }
    }
    return (Place){resource, -1};
}

/// Whether `at` goes on into the value of the property.
static bool goes_deeper(const Judgement *judgement, const Node *at) {
    return at && (at->kind == NODE_MEMBER || at->kind == NODE_INDEX) &&
           place_of(judgement, at->a).property >= 0;
}

/// The place in the program of `property.member…`, as far as it is written there.
static Span span_of(const Judgement *judgement, Place place, const Node *at) {
    Compilation *compilation = judgement->compilation;
    Resource *resource = place.resource;
    resource_prepare(compilation, resource);
    if (place.property < 0 || !resource->slots[place.property].node) {
        return node_name_span(compilation, resource->node);
    }
    if (goes_deeper(judgement, at)) {
        diagnostics_mute(compilation->diagnostics);
        const Value *value = eval(compilation, at, judgement->frame);
        diagnostics_unmute(compilation->diagnostics);
        if (value->origin && !compilation_is_lenient(compilation, value->origin)) {
            return node_span(value->origin);
        }
    }
    return resource_span(compilation, resource, place.property);
}

static void append_text(Compilation *compilation, const Value *value, GString *out) {
    size_t length = 0;
    const char *text = value_to_text(compilation->arena, value, &length);
    if (text) {
        g_string_append_len(out, text, (gssize)length);
    } else { /* it is absent, or known only at deployment */
        g_string_append(out, "…");
    }
}

static const char *message_of(const Judgement *judgement) {
    Compilation *compilation = judgement->compilation;
    const Node *message = judgement->rule->node->a->b;
    GString *out = g_string_new(NULL);
    diagnostics_mute(compilation->diagnostics);
    for (const Node *piece = message->kind == NODE_TEMPLATE ? message->a : message; piece;
         piece = message->kind == NODE_TEMPLATE ? piece->next : NULL) {
        append_text(compilation, eval(compilation, piece, judgement->frame), out);
    }
    diagnostics_unmute(compilation->diagnostics);
    const char *text = arena_strndup(compilation->arena, out->str, out->len);
    g_string_free(out, TRUE);
    return text;
}

/// The other properties that the condition speaks of.
static void label_mentions(const Judgement *judgement, Diagnostic *diagnostic,
                           const Node *condition, Place primary) {
    Compilation *compilation = judgement->compilation;
    const Resource *resource = judgement->resource;
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        const Node *node = resource->slots[i].node;
        const bool told = primary.resource == resource && primary.property == (int)i;
        if (!told && node && node->kind == NODE_PROPERTY && mentions(judgement, condition, i)) {
            diagnostic_label(compilation->diagnostics, diagnostic,
                             resource_span(compilation, judgement->resource, (int)i),
                             "`%s` is given here", node->name->text);
        }
    }
}

/// Whether the rule speaks of a property that is wrong already.
static bool speaks_of_bad(const Judgement *judgement) {
    const Resource *resource = judgement->resource;
    if (!resource->bad) {
        return false;
    }
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        if (resource->slots[i].bad && mentions(judgement, judgement->rule->node, i)) {
            return true;
        }
    }
    return false;
}

/// A condition that says neither yes nor no for a reason of its own, say a division by zero, is a
/// mistake of the rule; one that waits for the deployment is none.
static bool holds(const Judgement *judgement, const Node *node, bool *known) {
    Compilation *compilation = judgement->compilation;
    const size_t before = diagnostics_faults(compilation->diagnostics);
    const bool result = eval_condition(compilation, node, judgement->frame, true, known);
    const bool library = compilation_source(compilation, node->file)->library;
    if (!*known && !library && diagnostics_faults(compilation->diagnostics) > before) {
        bool again = true;
        eval_condition(compilation, node, judgement->frame, false, &again);
    }
    return result;
}

static void report(const Judgement *judgement, const Node *require) {
    Compilation *compilation = judgement->compilation;
    const Rule *rule = judgement->rule;
    const Place place = subject_of(judgement, require);
    Diagnostic *diagnostic =
        diagnostic_add_rule(compilation->diagnostics, rule->code, rule->severity,
                            span_of(judgement, place, require->b), message_of(judgement));
    label_mentions(judgement, diagnostic, require->a, place);
    if (!compilation_source(compilation, rule->node->file)->library) {
        diagnostic_note(compilation->diagnostics, diagnostic, node_span(rule->node->a->a),
                        "the rule");
    }
    const char *doc =
        node_doc(rule->node, compilation_source(compilation, rule->node->file), compilation->arena);
    if (doc) {
        const size_t length = strlen(doc);
        diagnostic_help(compilation->diagnostics, diagnostic, "%.*s",
                        (int)(length - (length && doc[length - 1] == '.')), doc);
    }
}

void rule_judge(const Judgement *judgement) {
    bool known = true;
    if (speaks_of_bad(judgement)) {
        return;
    }
    if (judgement->when && !holds(judgement, judgement->when, &known)) {
        return;
    }
    for (const Node *require = judgement->rule->node->b; require && known;
         require = require->next) {
        if (require->kind == NODE_REQUIRE && !holds(judgement, require->a, &known) && known) {
            report(judgement, require);
        }
    }
}
