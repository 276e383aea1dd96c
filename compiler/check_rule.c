/// Rules in users' files: what they are about, their ids, the places that they name.
#include "check_names.h"
#include "check_report.h"
#include "user_library.h"

#include <glib.h>
#include <string.h>

// Ids

static bool is_id(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        const bool first = g_ascii_isupper(c);
        if (i == 0 ? !first : !(g_ascii_isalnum(c) || c == '-' || c == '_')) {
            return false;
        }
    }
    return length > 0;
}

/// `D` and four digits: depotc's own.
static bool is_reserved(const char *text, size_t length) {
    return length == 5 && text[0] == 'D' && strspn(text + 1, "0123456789") >= 4;
}

static void check_id(Compilation *compilation, const Node *id) {
    if (!id || id->kind != NODE_STRING) {
        return;
    }
    const char *text = arena_strndup(compilation->arena, id->text, id->length);
    const bool reserved = is_reserved(id->text, id->length);
    if (is_id(id->text, id->length) && !reserved) {
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_RULE_ID, node_span(id), text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "%s",
                    reserved ? "`D` and four digits are depotc's own; call it like `ACME-001`"
                             : "capital letters begin it, then letters, digits, `-` and `_`: "
                               "`ACME-001`");
}

// Places

/// Whether `at` leads to a property, or to the resource itself.
static bool names_place(const Node *at, const Symbol *subject) {
    while (at->kind == NODE_MEMBER || at->kind == NODE_INDEX) {
        at = at->a;
    }
    const Symbol *symbol = at->kind == NODE_NAME ? at->bound : NULL;
    return symbol && (symbol == subject || symbol->kind == SYMBOL_PROPERTY ||
                      symbol->kind == SYMBOL_SELF || symbol->kind == SYMBOL_CONTAINER);
}

void check_rule(Compilation *compilation, const Node *node, const Symbol *subject) {
    check_id(compilation, node->a->a);
    for (const Node *require = node->b; require; require = require->next) {
        const Node *at = require->kind == NODE_REQUIRE ? require->b : NULL;
        if (!at || at->flags & NODE_BAD || names_place(at, subject)) {
            continue;
        }
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_RULE_PLACE, node_span(at), NULL);
        if (subject) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "it names what is to blame: `at %s.name`", subject->name->text);
        } else {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "it names the property that is to blame");
        }
    }
}

// What a policy is about

static void report_kind(Compilation *compilation, const Name *kind, Span span) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_KIND, span, kind->text, NULL);
    Similar similar;
    similar_begin(&similar, kind->text);
    for (const char **names = library_construct_names(compilation->library); *names; names++) {
        similar_offer(&similar, arena_strndup(compilation->arena, *names, strcspn(*names, ".")));
    }
    span.end = span.start + kind->length;
    check_add_similar(compilation, diagnostic, &similar, "a kind", span);
    if (!similar_best(&similar)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`depotc stdlib` lists what there is");
    }
}

static void report_type_of_kind(Compilation *compilation, const Name *kind, const char *type,
                                Span span) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_CONSTRUCT, span,
                                            type, kind->text, NULL);
    Similar similar;
    similar_begin(&similar, type);
    library_offer(compilation->library,
                  arena_printf(compilation->arena, "construct %s.", kind->text), &similar);
    span.end -= strchr(type, ':') != NULL; /* the quotation mark */
    span.start = span.end - (uint32_t)MIN(strlen(type), span.end - span.start);
    if (similar_best(&similar)) {
        check_add_similar(compilation, diagnostic, &similar, "a type", span);
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`depotc stdlib %s` lists what there is", kind->text);
    }
}

/// Finds out what the policy is about. False after a diagnostic.
static bool find_subject(Compilation *compilation, Policy *policy, const Node *name) {
    const char *dotted = name->name->text;
    const size_t length = strcspn(dotted, ".");
    policy->kind = names_intern(compilation->names, dotted, length);
    const Name *type = dotted[length] ? names_of(compilation->names, dotted + length + 1) : NULL;
    if (!library_has_kind(compilation->library, policy->kind)) {
        report_kind(compilation, policy->kind, node_span(name));
        return false;
    }
    if (!type) {
        return true;
    }
    policy->construct = library_construct(compilation->library, policy->kind, type, false);
    if (!policy->construct) {
        report_type_of_kind(compilation, policy->kind, type->text, node_span(name));
    }
    return policy->construct != NULL;
}

static Scope *policy_scope(Compilation *compilation, const Policy *policy, const Node *subject) {
    Scope *outer = scope_of_file(compilation, policy->source);
    Scope *scope = scope_new(compilation, SCOPE_BLOCK, outer, policy->source);
    scope->forms = true;
    Symbol *symbol = scope_add(compilation, scope, SYMBOL_VARIABLE,
                               subject->name ? subject->name : policy->kind, (Node *)subject);
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_REFERENCE, .name = policy->kind, .construct = policy->construct};
    symbol->type = type;
    symbol->state = STATE_DONE;
    symbol->used = true;
    return scope;
}

void check_policy(Compilation *compilation, Node *node) {
    check_decorators(compilation, node);
    Policy *policy = node->bound;
    const Node *head = node->a;
    if (!policy || !head) {
        return;
    }
    const Node *subject = head->c;
    if (!subject || subject->kind != NODE_SUBJECT) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_RULE_SUBJECT, node_span(head), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "say what it is about behind its message: `for environment`, `for "
                        "dataset as d`");
        return;
    }
    if (!subject->b || !find_subject(compilation, policy, subject->b)) {
        return;
    }
    if (policy->construct) {
        check_construct(compilation, policy->construct);
    }
    Scope *scope = policy_scope(compilation, policy, subject);
    const size_t errors = diagnostics_count(compilation->diagnostics, SEVERITY_ERROR);
    check_infer(compilation, head->b, scope, NULL);
    if (subject->c) {
        check_against(compilation, subject->c, scope, &type_bool, "a condition", NULL);
    }
    check_requirements(compilation, node, scope);
    check_rule(compilation, node, scope->first);
    if (diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) == errors) {
        policy->scope = scope;
    }
}
