/// Holds the standard library against the compiler when depotc is built: every construct, type and
/// constant is read, and every name, type and decorator in it understood, whether or not a program
/// uses it. Mistakes are shown with their places and fail the build; what works all the same (a
/// decorator for a back end that is not there, the id of another rule) is a warning.
#include "backend.h"
#include "chapters.h"
#include "check.h"
#include "embedded.h"
#include "render.h"
#include "type_resolve.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

typedef struct Verification {
    Compilation *compilation;
    GHashTable *rules; ///< id → Rule
} Verification;

static void report(Verification *verification, Severity severity, const Node *node,
                   const char *message) {
    diagnostic_add_rule(verification->compilation->diagnostics, "library", severity,
                        node_span(node), message);
}

/// A decorator is one that the compiler knows, or a back end's name.
static void verify_decorators(Verification *verification, const Node *decorators) {
    for (const Node *node = decorators; node; node = node->next) {
        if (node->name && decorator_is_form(node) && !backend_find(node->name->text)) {
            report(verification, SEVERITY_WARNING, node,
                   "no decorator and no back end is called so");
        }
    }
}

static void verify_node(Node *node, void *data) {
    verify_decorators(data, node_decorators(node));
    node_each_child(node, verify_node, data);
}

static bool is_rule_id(const char *id) {
    return strlen(id) == 5 && id[0] == 'D' && strspn(id + 1, "0123456789") == 4;
}

static void verify_rules(Verification *verification, const Construct *construct) {
    for (Rule *rule = construct->rules; rule; rule = rule->next) {
        const Rule *first = g_hash_table_lookup(verification->rules, rule->code);
        if (!is_rule_id(rule->code)) {
            report(verification, SEVERITY_WARNING, rule->node->a,
                   "the id of a rule is `D` and four digits");
        } else if (first && first->node != rule->node) {
            report(verification, SEVERITY_WARNING, rule->node->a,
                   "another rule has this id already");
        }
        g_hash_table_insert(verification->rules, (gpointer)rule->code, rule);
    }
}

static void verify_members(Verification *verification, const Construct *construct) {
    GHashTable *seen = g_hash_table_new(NULL, NULL);
    const Node *body = construct->node->b;
    for (const Node *node = body ? body->a : NULL; node; node = node->next) {
        if (node->kind == NODE_CLAUSE && !backend_find(node->name->text)) {
            report(verification, SEVERITY_WARNING, node, "no back end is called so");
        }
        if (node->kind == NODE_PROPERTY_DECL && !g_hash_table_add(seen, (gpointer)node->name)) {
            report(verification, SEVERITY_ERROR, node, "this property is declared twice");
        }
    }
    g_hash_table_destroy(seen);
}

static void verify_construct(Verification *verification, const char *name) {
    Compilation *compilation = verification->compilation;
    bool existing = g_str_has_prefix(name, "existing ");
    const char *kind = existing ? name + strlen("existing ") : name;
    const char *dot = existing ? NULL : strchr(kind, '.');
    const Construct *construct = library_construct(
        compilation->library,
        names_intern(compilation->names, kind, dot ? (size_t)(dot - kind) : strlen(kind)),
        dot ? names_of(compilation->names, dot + 1) : NULL, existing);
    if (construct) {
        check_construct(compilation, construct);
        verify_rules(verification, construct);
        verify_members(verification, construct);
        verify_node((Node *)construct->node, verification);
    }
}

static void verify_all(Verification *verification) {
    Compilation *compilation = verification->compilation;
    for (const char **names = library_construct_names(compilation->library); *names; names++) {
        verify_construct(verification, *names);
    }
    for (const char **names = chapters_names(compilation->arena, "construct "); *names; names++) {
        verify_construct(verification, *names);
    }
    for (size_t i = 0; i < embedded_name_count; i++) {
        const char *name = embedded_names[i].name;
        if (g_str_has_prefix(name, "type ")) {
            const Type *type = library_type(compilation->library,
                                            names_of(compilation->names, name + strlen("type ")));
            if (type && type->node) {
                verify_node((Node *)type->node, verification);
            }
        } else if (g_str_has_prefix(name, "let ")) {
            Symbol *symbol = library_let(compilation->library,
                                         names_of(compilation->names, name + strlen("let ")));
            if (symbol) {
                check_symbol(compilation, symbol);
            }
        }
    }
}

int main(void) {
    CompilationOptions options = {0};
    Verification verification = {.compilation = compilation_new(&options),
                                 .rules = g_hash_table_new(g_str_hash, g_str_equal)};
    verify_all(&verification);
    size_t errors = diagnostics_count(verification.compilation->diagnostics, SEVERITY_ERROR);
    if (errors || diagnostics_count(verification.compilation->diagnostics, SEVERITY_WARNING)) {
        RenderOptions render = {0};
        GString *text = g_string_new(NULL);
        render_text(verification.compilation, &render, text);
        fputs(text->str, stderr);
        g_string_free(text, TRUE);
    }
    g_hash_table_destroy(verification.rules);
    compilation_free(verification.compilation);
    return errors ? 1 : 0;
}
