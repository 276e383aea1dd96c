/// Constructs and `extend`s in users' files, held against what a construct may say. The library's
/// own mistakes fail its build (stdlib/verify.c); users get places and remedies.
#include "check_names.h"
#include "user_library.h"

#include <glib.h>
#include <string.h>

/// The declaration that is being checked.
typedef struct Checked {
    Compilation *compilation;
    const Construct *construct;
    const Node *node;
} Checked;

/// The construct that a NODE_CONSTRUCT declares or extends, or NULL.
static const Construct *construct_of(Compilation *compilation, const Node *node) {
    const char *dotted = node->name->text;
    const size_t length = strcspn(dotted, ".");
    const bool existing = node->flags & NODE_EXISTING;
    const Name *kind = names_intern(compilation->names, dotted, length);
    const Name *type =
        !existing && dotted[length] ? names_of(compilation->names, dotted + length + 1) : NULL;
    return library_construct(compilation->library, kind, type, existing);
}

static bool is_target(const Compilation *compilation, const char *name) {
    const char *const *names = compilation->options.backends;
    bool found = names == NULL;
    for (; names && *names && !found; names++) {
        found = !strcmp(*names, name);
    }
    return found;
}

/// A name that should be that of a back end. False if there is none.
static bool check_target(const Checked *checked, const Name *name, Span span) {
    Compilation *compilation = checked->compilation;
    if (is_target(compilation, name->text)) {
        return true;
    }
    span.end = span.start + name->length;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_TARGET, span, name->text, NULL);
    Similar similar;
    similar_begin(&similar, name->text);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (const char *const *one = compilation->options.backends; *one; one++) {
        similar_offer(&similar, *one);
        g_ptr_array_add(all, (gpointer)*one);
    }
    check_add_similar(compilation, diagnostic, &similar, "a back end", span);
    if (!similar_best(&similar)) {
        diagnostic_help(compilation->diagnostics, diagnostic, "there are %s",
                        similar_list(compilation->arena, name->text, all));
    }
    return false;
}

static void report_untyped(const Checked *checked, const Node *node) {
    Compilation *compilation = checked->compilation;
    const Construct *construct = checked->construct;
    const Span span = node_name_span(compilation, node);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_PROPERTY_NO_TYPE, span,
                                            node->name->text, construct->label, NULL);
    if (!(checked->node->flags & NODE_EXTEND)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "write it behind a colon: `%s: string`", node->name->text);
        return;
    }
    Similar similar;
    similar_begin(&similar, node->name->text);
    for (size_t i = 0; i < construct->property_count; i++) {
        similar_offer(&similar, construct->properties[i].name->text);
    }
    check_add_similar(compilation, diagnostic, &similar, "a property", span);
    if (!similar_best(&similar)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "there is no such property yet, and a new one needs a type: `%s?: string`",
                        node->name->text);
    }
}

static void check_property(const Checked *checked, const Node *node) {
    if (!node->a && !(node->flags & NODE_BAD) &&
        (!(checked->node->flags & NODE_EXTEND) ||
         construct_property(checked->construct, node->name) < 0)) {
        report_untyped(checked, node);
    }
    for (const Node *other = checked->node->b->a; other != node; other = other->next) {
        if (other->kind == NODE_PROPERTY_DECL && other->name == node->name) {
            scope_report_duplicate(checked->compilation, node, other);
            return;
        }
    }
}

static const Node *form_of(const Node *attribute, const char *target) {
    const Node *form = attribute->b && attribute->b->kind == NODE_OBJECT ? attribute->b->a : NULL;
    while (form && (!form->name || strcmp(form->name->text, target) != 0)) {
        form = form->next;
    }
    return form;
}

static void check_attribute(const Checked *checked, const Node *node) {
    Compilation *compilation = checked->compilation;
    const Node *form = node->b && node->b->kind == NODE_OBJECT ? node->b->a : NULL;
    bool right = true;
    for (; form; form = form->next) {
        if (form->kind == NODE_PROPERTY && form->name && form->c) {
            right = check_target(checked, form->name, node_span(form->c)) && right;
        }
    }
    const Attribute *attribute = construct_attribute(checked->construct, node->name);
    /* Some kinds have a form for all attributes that have none of their own. */
    const bool given = checked->construct->attribute_forms != NULL;
    if (!right || given || !attribute || !attribute->node || !compilation->options.backends) {
        return;
    }
    for (const char *const *target = compilation->options.backends; *target; target++) {
        if (form_of(attribute->node, *target)) {
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_ATTRIBUTE_FORM,
                                                node_name_span(compilation, node), node->name->text,
                                                checked->construct->label, *target, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "add `%s: …` to its forms", *target);
    }
}

static void check_own_rule(const Checked *checked, const Node *node) {
    const Node *subject = node->a ? node->a->c : NULL;
    if (!node->a) {
        return;
    }
    if (subject && subject->kind == NODE_SUBJECT) {
        Diagnostic *diagnostic =
            diagnostic_add(checked->compilation->diagnostics, DIAG_RULE_FOR, node_span(subject),
                           checked->construct->label, NULL);
        diagnostic_help(checked->compilation->diagnostics, diagnostic,
                        "take the `for` out, or move the rule to the top level of the file");
        return;
    }
    check_rule(checked->compilation, node, NULL);
}

static void check_member_of_construct(const Checked *checked, Node *node) {
    check_decorators(checked->compilation, node);
    switch (node->name || node->kind == NODE_RULE ? node->kind : NODE_ERROR) {
    case NODE_PROPERTY_DECL:
        check_property(checked, node);
        break;
    case NODE_ATTRIBUTE:
        check_attribute(checked, node);
        break;
    case NODE_RULE:
        check_own_rule(checked, node);
        break;
    case NODE_CLAUSE:
        check_target(checked, node->name, node_name_span(checked->compilation, node));
        break;
    default:
        break;
    }
}

/// A construct that one back end writes and another passes over.
static void check_clauses(const Checked *checked) {
    const Construct *construct = checked->construct;
    Compilation *compilation = checked->compilation;
    const char *const *target = compilation->options.backends;
    if (!construct->clauses || construct->existing || checked->node->flags & NODE_EXTEND) {
        return;
    }
    for (const Clause *clause = construct->clauses; clause; clause = clause->next) {
        if (!is_target(compilation, clause->target->text)) {
            return; /* it may be the one that is missing */
        }
    }
    for (; target && *target; target++) {
        if (construct_written(construct, *target)) {
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NO_CLAUSE,
                                                declaration_span(compilation, checked->node),
                                                construct->label, *target, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "add a clause `%s … { … }`; until then it cannot be built for `%s`",
                        *target, *target);
    }
}

void check_report_library_place(Compilation *compilation, const Node *node) {
    const bool rule = node->kind == NODE_RULE, extend = node->flags & NODE_EXTEND;
    Span span = node_span(node);
    if (node->kind != NODE_TYPE && node->b) {
        span.end = node->b->start;
    }
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_LIBRARY_PLACE, span,
                                            rule     ? "rule"
                                            : extend ? "extend"
                                                     : "construct",
                                            NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "it applies to the whole program: move it out of all blocks");
}

void check_library(Compilation *compilation, Node *node) {
    if (node->flags & NODE_BAD || !node->name || !node->b) {
        return;
    }
    check_decorators(compilation, node);
    const Construct *construct = construct_of(compilation, node);
    if (construct && construct->file) { /* it was read before anything could extend it */
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_PROJECT_KIND, node_span(node),
                           construct->kind->text, construct->file, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "what it may hold is fixed: `depotc stdlib %s`", construct->kind->text);
        return;
    }
    if (!construct) {
        return;
    }
    check_construct(compilation, construct);
    const Checked checked = {compilation, construct, node};
    for (Node *member = node->b->a; member; member = member->next) {
        check_member_of_construct(&checked, member);
    }
    check_clauses(&checked);
}
