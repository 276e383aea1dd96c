// Tests as declarations: where they stand, what stands in them, what their parameters may be made
// of.
#include "check_test.h"

#include "check_names.h"
#include "check_report.h"
#include "collection.h"
#include "levels.h"
#include "parser.h"
#include "program.h"
#include "test.h"

#include <glib.h>
#include <string.h>

bool scope_in_test(const Scope *scope) {
    while (scope && scope->kind != SCOPE_TEST) {
        scope = scope->outer;
    }
    return scope != NULL;
}

// Names

/// Reports tests that have the name of another one, or none.
static void check_test_names(Compilation *compilation, const Source *source) {
    g_autoptr(GHashTable) known = NULL;
    for (const Node *node = source->tree->a; node; node = node->next) {
        if (node->kind != NODE_TEST || !node->a || node->a->kind != NODE_STRING) {
            continue;
        }
        const Name *name = names_intern(compilation->names, node->a->text, node->a->length);
        if (name->length == 0) {
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_TEST_NO_NAME,
                                                    node_span(node->a), NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "say what it tests: `test \"production has recovery\" { … }`");
            continue;
        }
        known = known ? known : g_hash_table_new(NULL, NULL);
        const Node *first = g_hash_table_lookup(known, name);
        if (!first) {
            g_hash_table_insert(known, (gpointer)name, (gpointer)node->a);
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_TEST_NAME,
                                                node_span(node->a), name->text, NULL);
        diagnostic_label(compilation->diagnostics, diagnostic, node_span(first), "the first one");
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a name tells the tests of a file apart: in reports, and for `--filter`");
    }
}

/// How many diagnostics of a severity the program has: names that tests have.
static const char *const counts[] = {"errors", "warnings", "notes"};

bool check_is_test_count(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (!strcmp(counts[i], name)) {
            return true;
        }
    }
    return false;
}

Symbol *check_test_count(Compilation *compilation, const Node *node, Scope *scope) {
    while (scope && scope->kind != SCOPE_TEST) {
        scope = scope->outer;
    }
    if (!scope || !check_is_test_count(node->name->text)) {
        return NULL;
    }
    Symbol *symbol = scope_add(compilation, scope, SYMBOL_VARIABLE, node->name, NULL);
    symbol->state = STATE_DONE;
    symbol->type = &type_int;
    return symbol;
}

void report_test_only(Compilation *compilation, Node *node) {
    node->flags |= NODE_BAD;
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_TEST_ONLY,
                                            node_span(node), node->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "it is about the program that a `test \"…\" { … }` has built");
}

void check_test_call(Compilation *compilation, const Node *node, const Builtin *builtin) {
    const bool about_ids =
        builtin_find_test(builtin->name) == builtin && builtin->parameters[0] == 's' && node->b;
    if (!about_ids || node->b->kind != NODE_STRING) {
        return;
    }
    const char *id = arena_strndup(compilation->arena, node->b->text, node->b->length);
    levels_check_id(compilation, node_span(node->b), id);
}

// Members of environments

/// The environment whose name `node` is, as far as the source tells; NULL if it does not.
static const Symbol *container_named(const Node *node, unsigned depth) {
    if (node->kind == NODE_INDEX) {
        return container_named(node->a, depth);
    }
    const Symbol *symbol =
        node->kind == NODE_NAME || node->kind == NODE_MEMBER ? node->bound : NULL;
    if (symbol && symbol->kind == SYMBOL_RESOURCE) {
        return symbol;
    }
    if (symbol && symbol->kind == SYMBOL_LET && depth > 0) {
        return container_named(symbol->node->b, depth - 1);
    }
    return NULL;
}

/// What the block of one of the declarations of `container` declares as `name`, or NULL.
static Symbol *declared_in(const Symbol *container, const Name *name) {
    for (const Declaration *place = container->places; place; place = place->next) {
        const Scope *scope = place->node->b ? place->node->b->bound : NULL;
        Symbol *symbol = scope ? scope_find_here(scope, name) : NULL;
        if (symbol && (symbol->kind == SYMBOL_RESOURCE || symbol->kind == SYMBOL_LET)) {
            return symbol;
        }
    }
    return NULL;
}

/// Whether `base` is an environment that has no property or attribute `name` of its own.
static bool may_declare(const Type *base, const Name *name) {
    const Construct *construct = base->kind == TYPE_REFERENCE ? base->construct : NULL;
    return construct && construct->container && !construct_attribute(construct, name) &&
           construct_property(construct, name) < 0;
}

static void report_no_member(Compilation *compilation, Node *node, const Symbol *container,
                             const Construct *construct) {
    node->flags |= NODE_BAD;
    const Span place = node->b ? node_span(node->b) : node_span(node);
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_UNKNOWN_ATTRIBUTE, place, node->name->text,
        arena_printf(compilation->arena, "%s `%s`", construct->kind->text, container->name->text),
        "member", NULL);
    Similar similar;
    similar_begin(&similar, node->name->text);
    for (const Declaration *one = container->places; one; one = one->next) {
        if (one->node->b && one->node->b->bound) {
            scope_offer(compilation, one->node->b->bound, false, &similar);
        }
    }
    for (size_t i = 0; i < construct->property_count; i++) {
        similar_offer(&similar, construct->properties[i].name->text);
    }
    collection_offer(compilation, &similar);
    check_add_similar(compilation, diagnostic, &similar, "a member", place);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     node_name_span(compilation, container->node), "declares no `%s`",
                     node->name->text);
}

const Type *check_test_member(Compilation *compilation, Node *node, Scope *scope,
                              const Type *base) {
    if (!scope_in_test(scope) || !may_declare(type_strip(base), node->name)) {
        return NULL;
    }
    enum { MOST_CONSTANTS = 16 };
    const Symbol *container = container_named(node->a, MOST_CONSTANTS);
    if (!container) {
        return &type_any; /* which environment it is, its value will tell */
    }
    Symbol *symbol = declared_in(container, node->name);
    if (!symbol && collection_type(compilation, type_strip(base)->construct, node->name)) {
        return NULL;
    }
    if (!symbol) {
        report_no_member(compilation, node, container, type_strip(base)->construct);
        return &type_error;
    }
    symbol->used = true;
    if (symbol->kind == SYMBOL_RESOURCE && symbol->keyed) {
        report_needs_key(compilation, node, symbol);
        node->flags |= NODE_BAD;
        return &type_error;
    }
    return check_symbol(compilation, symbol);
}

const Type *check_test_keyed(Compilation *compilation, Node *node, Scope *scope) {
    Node *member = node->a;
    if (member->kind != NODE_MEMBER || !scope_in_test(scope)) {
        return NULL;
    }
    const Type *base = type_strip(check_infer(compilation, member->a, scope, NULL));
    const Symbol *container =
        may_declare(base, member->name) ? container_named(member->a, 0) : NULL;
    Symbol *symbol = container ? declared_in(container, member->name) : NULL;
    if (!symbol || symbol->kind != SYMBOL_RESOURCE || !symbol->keyed) {
        return NULL;
    }
    symbol->used = true;
    member->bound = symbol;
    const Type *type = check_symbol(compilation, symbol);
    if (node->kind == NODE_ALL) {
        return type_list(compilation->arena, type);
    }
    check_infer(compilation, node->b, scope, NULL);
    return type;
}

// Parameters

/// What the parameters of a test must not be made of.
typedef struct Search {
    GHashTable *seen; ///< constants and functions that were looked at
    const Symbol *found;
    bool asks; ///< for what the program reports
} Search;

static void search_node(Node *node, void *data);

static void search_symbol(const Symbol *symbol, Search *search) {
    switch (symbol->kind) {
    case SYMBOL_PARAM:
    case SYMBOL_DEPLOY_PARAM:
    case SYMBOL_RESOURCE:
        search->found = symbol;
        break;
    case SYMBOL_LET:
    case SYMBOL_FN:
        if (symbol->node && symbol->node->b && g_hash_table_add(search->seen, (gpointer)symbol)) {
            search->asks = search->asks || test_asks_reports(symbol->node->b, false);
            search_node(symbol->node->b, search);
        }
        break;
    default:
        break;
    }
}

static void search_node(Node *node, void *data) {
    Search *search = data;
    if (search->found || node->flags & NODE_BAD) {
        return;
    }
    const Symbol *symbol =
        node->kind == NODE_NAME || node->kind == NODE_MEMBER ? node->bound : NULL;
    if (symbol && symbol->kind != SYMBOL_MEMBER) {
        search_symbol(symbol, search);
        return;
    }
    node_each_child(node, search_node, data);
}

static const char *found_text(Compilation *compilation, const Symbol *symbol) {
    const char *kind = symbol->kind == SYMBOL_PARAM          ? "parameter"
                       : symbol->kind == SYMBOL_DEPLOY_PARAM ? "deployment parameter"
                       : symbol->node->kind == NODE_USE      ? "module"
                                                             : symbol->node->a->name->text;
    return arena_printf(compilation->arena, "%s `%s`", kind, symbol->name->text);
}

/// The values of parameters are needed before anything of the program is computed.
static void check_independent(Compilation *compilation, Node *value) {
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    Search search = {.seen = seen, .asks = test_asks_reports(value, false)};
    search_node(value, &search);
    if (!search.found && !search.asks) {
        return;
    }
    const char *what = search.found && !search.asks ? found_text(compilation, search.found)
                                                    : "what the program reports";
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_TEST_PARAMS, node_span(value), what, NULL);
    if (search.found && search.found->node) {
        diagnostic_label(compilation->diagnostics, diagnostic,
                         node_name_span(compilation, search.found->node), "declared here");
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "they are made of literals, and of constants that are");
    value->flags |= NODE_BAD;
}

static Symbol *find_parameter(Compilation *compilation, const Name *name) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        const Scope *scope = source->library ? NULL : source->tree->bound;
        Symbol *symbol = scope ? scope_find_here(scope, name) : NULL;
        if (symbol && symbol->kind == SYMBOL_PARAM) {
            return symbol;
        }
    }
    return NULL;
}

static void offer_parameters(const Compilation *compilation, Similar *similar) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        const Node *node = source->library ? NULL : source->tree->a;
        for (; node; node = node->next) {
            if (node->kind == NODE_PARAM && node->name && !(node->flags & NODE_DEPLOY)) {
                similar_offer(similar, node->name->text);
            }
        }
    }
}

static void check_parameter(Compilation *compilation, Node *member, Scope *scope) {
    Symbol *symbol = find_parameter(compilation, member->name);
    if (symbol) {
        check_against(compilation, member->b, scope, check_symbol(compilation, symbol),
                      report_quoted(compilation, member->name), symbol->node);
        return;
    }
    if (compilation->program->lost_import) {
        return; /* it may be declared there */
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_PARAM_UNKNOWN,
                       node_name_span(compilation, member), member->name->text, "this test", NULL);
    Similar similar;
    similar_begin(&similar, member->name->text);
    offer_parameters(compilation, &similar);
    check_add_similar(compilation, diagnostic, &similar, "a parameter",
                      node_name_span(compilation, member));
    check_infer(compilation, member->b, scope, NULL);
    member->flags |= NODE_BAD;
}

static void check_parameters(Compilation *compilation, Node *value, Scope *scope) {
    if (value->kind != NODE_OBJECT) {
        const Type *type = check_infer(compilation, value, scope, NULL);
        const TypeKind kind = type_strip(type)->kind;
        if (kind != TYPE_OBJECT && kind != TYPE_MAP && kind != TYPE_ANY && kind != TYPE_ERROR) {
            report_type(compilation, value, "an object", type, "`params`", NULL);
            value->flags |= NODE_BAD;
        }
        check_independent(compilation, value);
        return;
    }
    for (Node *member = value->a; member; member = member->next) {
        if (member->kind == NODE_PROPERTY && member->name && member->b) {
            check_parameter(compilation, member, scope);
        } else if (member->kind == NODE_PROPERTY && member->a && member->b) {
            check_infer(compilation, member->a, scope, &type_string);
            check_infer(compilation, member->b, scope, NULL);
        } else if (member->kind == NODE_SPREAD) {
            check_infer(compilation, member->a, scope, NULL);
        }
    }
    check_independent(compilation, value);
}

// The block

static void check_property(Compilation *compilation, Node *node, Scope *scope) {
    const char *name = node->name ? node->name->text : "";
    if (!strcmp(name, "params") && node->b) {
        check_parameters(compilation, node->b, scope);
        return;
    }
    if (!strcmp(name, "snapshot") && node->b) {
        check_against(compilation, node->b, scope, &type_bool, "`snapshot`", NULL);
        check_independent(compilation, node->b);
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_TEST_PROPERTY,
                       node_name_span(compilation, node), node->name ? name : "[…]", NULL);
    Similar similar;
    similar_begin(&similar, name);
    similar_offer(&similar, "params");
    similar_offer(&similar, "snapshot");
    check_add_similar(compilation, diagnostic, &similar, "a property",
                      node_name_span(compilation, node));
    diagnostic_help(compilation->diagnostics, diagnostic, "%s",
                    strcmp(name, "expect") != 0
                        ? "it has `params` and `snapshot`"
                        : "what must hold stands behind `expect`, on its line");
    node->flags |= NODE_BAD;
}

static void report_member(Compilation *compilation, Node *node) {
    node->flags |= NODE_BAD;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_TEST_MEMBER,
                       node->name ? node_name_span(compilation, node) : node_span(node),
                       syntax_describe(node), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a test holds `params`, `let`, `expect`, and `if` and `for` around these");
}

static void check_members(Compilation *compilation, Node *list, Scope *scope);

static void check_body(Compilation *compilation, Node *body) {
    if (body && body->bound) {
        check_members(compilation, body->a, body->bound);
    }
}

static void check_branches(Compilation *compilation, Node *node, Scope *scope) {
    for (;; node = node->c) {
        check_against(compilation, node->a, scope, &type_bool, "a condition", NULL);
        check_body(compilation, node->b);
        if (!node->c || node->c->kind != NODE_IF) {
            check_body(compilation, node->c);
            return;
        }
    }
}

static void check_one(Compilation *compilation, Node *node, Scope *scope) {
    switch (node->kind) {
    case NODE_ERROR:
        break;
    case NODE_EXPECT:
        if (!check_against(compilation, node->a, scope, &type_bool, "an expectation", NULL)) {
            node->flags |= NODE_BAD;
        }
        break;
    case NODE_LET:
        check_decorators(compilation, node);
        if (node->bound) {
            check_symbol(compilation, node->bound);
        }
        break;
    case NODE_IF:
        check_branches(compilation, node, scope);
        break;
    case NODE_FOR:
        if (node->a && node->b) {
            check_loop(compilation, node->a, scope);
            check_body(compilation, node->b);
        }
        break;
    case NODE_PROPERTY:
        if (scope->kind == SCOPE_TEST) {
            check_property(compilation, node, scope);
            break;
        }
        report_member(compilation, node);
        break;
    default:
        report_member(compilation, node);
    }
}

static void check_members(Compilation *compilation, Node *list, Scope *scope) {
    for (Node *node = list; node; node = node->next) {
        check_one(compilation, node, scope);
    }
}

static void check_duplicates(Compilation *compilation, Node *list) {
    const Node *seen[2] = {NULL, NULL};
    for (Node *node = list; node; node = node->next) {
        if (node->kind != NODE_PROPERTY || !node->name || node->flags & NODE_BAD) {
            continue;
        }
        const Node **first = &seen[!strcmp(node->name->text, "params")];
        if (*first) {
            report_duplicate_property(compilation, node, *first);
            node->flags |= NODE_BAD;
        } else {
            *first = node;
        }
    }
}

void check_test_place(Compilation *compilation, Node *node, const Scope *scope) {
    Diagnostic *diagnostic = NULL;
    if (node->kind == NODE_EXPECT) {
        diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_EXPECT_PLACE, node_span(node), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "write `test \"what is expected\" { expect … }` at the top level");
    } else if (scope->kind != SCOPE_FILE) {
        diagnostic = diagnostic_add(compilation->diagnostics, DIAG_TEST_PLACE,
                                    node->a ? node_span(node->a) : node_span(node), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "move it out of the block");
    }
}

void check_tests(Compilation *compilation, const Source *source) {
    for (Node *node = source->tree->a; node; node = node->next) {
        if (node->kind != NODE_TEST || !node->b || !node->b->bound) {
            continue;
        }
        check_decorators(compilation, node);
        check_members(compilation, node->b->a, node->b->bound);
        check_duplicates(compilation, node->b->a);
    }
    check_test_names(compilation, source);
}
