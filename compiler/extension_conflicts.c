/// Several `extend`s of one thing are merged, unless two of them say different things of the same
/// part: a property's type, a decorator, a form, a clause.
#include "user_library.h"

#include <glib.h>
#include <string.h>

/// What one `extend` says of one part.
typedef struct Facet {
    Node *node; ///< the member that says it
    char *text;
} Facet;

typedef struct Comparison {
    Compilation *compilation;
    const char *label;
    GHashTable *facets; ///< name of a part ("name @docs") → Facet
    GHashTable *own;    ///< the same of the `extend` that is being read
} Comparison;

static void facet_free(gpointer data) {
    Facet *facet = data;
    g_free(facet->text);
    g_free(facet);
}

/// Adds to what this `extend` says of the part called `name`, which is freed.
static void say(Comparison *comparison, char *name, Node *node, const char *text) {
    Facet *facet = g_hash_table_lookup(comparison->own, name);
    if (facet) {
        char *joined = g_strconcat(facet->text, text, NULL);
        g_free(facet->text);
        facet->text = joined;
        g_free(name);
        return;
    }
    facet = g_new0(Facet, 1);
    *facet = (Facet){node, g_strdup(text)};
    g_hash_table_insert(comparison->own, name, facet);
}

static void say_node(Comparison *comparison, char *name, Node *node, const Node *what) {
    GString *text = g_string_new(NULL);
    if (what) {
        extend_text(comparison->compilation, what, text);
    }
    say(comparison, name, node, text->str);
    g_string_free(text, TRUE);
}

static void say_decorators(Comparison *comparison, const char *of, Node *node,
                           const Node *decorators) {
    for (const Node *one = decorators; one; one = one->next) {
        if (!one->name || !strcmp(one->name->text, "unique")) {
            continue;
        }
        const bool inferred = !strcmp(one->name->text, "inferred");
        say_node(comparison, g_strdup_printf("%s @%s", of, inferred ? "docs" : one->name->text),
                 node, one);
    }
}

static void say_property(Comparison *comparison, Node *node) {
    const char *name = node->name->text;
    if (node->a) {
        say_node(comparison, g_strdup(name), node, node->a);
        say(comparison, g_strdup(name), node, node->flags & NODE_OPTIONAL ? "?" : "");
        if (node->b) {
            say_node(comparison, g_strdup(name), node, node->b);
        }
    }
    say_decorators(comparison, name, node, node->c);
}

static void say_attribute(Comparison *comparison, Node *node) {
    const char *name = node->name->text;
    say_node(comparison, g_strdup_printf("attribute %s", name), node, node->a);
    for (const Node *form = node->b && node->b->kind == NODE_OBJECT ? node->b->a : NULL; form;
         form = form->next) {
        if (form->name) {
            say_node(comparison, g_strdup_printf("attribute %s.%s", name, form->name->text), node,
                     form->b);
        }
    }
    say_decorators(comparison, name, node, node->c);
}

static void say_member(Comparison *comparison, Node *node) {
    switch (node->name && !(node->flags & NODE_BAD) ? node->kind : NODE_ERROR) {
    case NODE_PROPERTY_DECL:
        say_property(comparison, node);
        break;
    case NODE_ATTRIBUTE:
        say_attribute(comparison, node);
        break;
    case NODE_CLAUSE:
        for (const Node *one = node->c; one; one = one->next) {
            say_node(comparison, g_strdup_printf("clause %s", node->name->text), node, one);
        }
        say_node(comparison, g_strdup_printf("clause %s", node->name->text), node, node);
        break;
    default:
        break;
    }
}

static void say_alternative(Comparison *comparison, Node *node, Node *extension) {
    const Node *plain = node->kind == NODE_TYPE_DECORATED ? node->a : node;
    if (plain->kind == NODE_TYPE_OBJECT) {
        for (Node *property = plain->a; property; property = property->next) {
            say_member(comparison, property);
        }
    } else if (plain->kind == NODE_TYPE_NAME || plain->kind == NODE_TYPE_CASE) {
        say_node(comparison, g_strdup(plain->name->text), extension, node);
    }
}

static void read_extension(Comparison *comparison, Node *node) {
    say_decorators(comparison, "", node, node->c);
    if (node->kind == NODE_TYPE) {
        Node *one = node->a->kind == NODE_TYPE_UNION ? node->a->a : node->a;
        for (; one; one = node->a->kind == NODE_TYPE_UNION ? one->next : NULL) {
            say_alternative(comparison, one, node);
        }
        return;
    }
    for (Node *member = node->b ? node->b->a : NULL; member; member = member->next) {
        say_member(comparison, member);
    }
}

static void report(const Comparison *comparison, const char *part, const Facet *first,
                   const Facet *second) {
    Compilation *compilation = comparison->compilation;
    const char *words = *part == ' ' ? part + 1 : part;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_EXTEND_CONTRADICTS,
                       node_name_span(compilation, second->node), words, comparison->label, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic, node_name_span(compilation, first->node),
                     "the other one");
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "which of them is right does not follow from their order; take one out");
    second->node->flags |= NODE_BAD;
}

static gboolean enter(gpointer name, gpointer value, gpointer data) {
    const Comparison *comparison = data;
    const Facet *own = value;
    const Facet *first = g_hash_table_lookup(comparison->facets, name);
    if (first && strcmp(first->text, own->text) != 0) {
        report(comparison, name, first, own);
    } else if (!first) {
        g_hash_table_insert(comparison->facets, name, value);
        return TRUE; /* it has moved there */
    }
    g_free(name);
    facet_free(value);
    return TRUE;
}

void extensions_compare(Compilation *compilation, const char *label, const Extension *list) {
    Comparison comparison = {compilation, label,
                             g_hash_table_new_full(g_str_hash, g_str_equal, g_free, facet_free),
                             g_hash_table_new(g_str_hash, g_str_equal)};
    for (; list; list = list->next) {
        read_extension(&comparison, list->node);
        g_hash_table_foreach_steal(comparison.own, enter, &comparison);
    }
    g_hash_table_destroy(comparison.own);
    g_hash_table_destroy(comparison.facets);
}
