#include "user_library.h"

#include "check_names.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct UserLibrary {
    GHashTable *constructs; ///< Name of a label → Node
    GHashTable *extensions; ///< Name of a label → Extension
    GHashTable *types;      ///< NODE_TYPE → Extension
    GHashTable *kinds;      ///< set of Name
    GHashTable *rules;      ///< Name of an id → the first NODE_RULE that has it
    const Name **labels;    ///< of the constructs
    size_t label_count;
    Policy *policies;
    size_t policy_count;
};

/// How many declarations of a kind there are at most.
typedef struct Room {
    size_t constructs;
    size_t policies;
} Room;

static const char *label_of(const Node *node, Arena *arena) {
    return node->flags & NODE_EXISTING ? arena_printf(arena, "existing %s", node->name->text)
                                       : node->name->text;
}

static const Name *key_of(Compilation *compilation, const Node *node) {
    return names_of(compilation->names, label_of(node, compilation->arena));
}

static const Name *kind_of(Compilation *compilation, const Node *node) {
    return names_intern(compilation->names, node->name->text, strcspn(node->name->text, "."));
}

static void mark_lenient(Node *node, void *data) {
    node->flags |= NODE_LENIENT;
    node_each_child(node, mark_lenient, data);
}

/// Forms of types are expressions as constructs have them; the types themselves are not.
static void mark_forms(Node *node, void *data) {
    if (node->kind == NODE_DECORATOR) {
        mark_lenient(node, data);
    } else {
        node_each_child(node, mark_forms, data);
    }
}

/// Whether there is anything to index; how much is added to `room`.
static bool is_needed(const Compilation *compilation, Room *room) {
    bool needed = false;
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        for (const Node *node = source->library || !source->tree ? NULL : source->tree->a; node;
             node = node->next) {
            room->constructs += node->kind == NODE_CONSTRUCT;
            room->policies += node->kind == NODE_RULE;
            needed = needed || node->kind == NODE_TYPE;
        }
    }
    return needed || room->constructs || room->policies;
}

bool source_adds_to_library(const Source *source) {
    for (const Node *node = source->tree->a; node; node = node->next) {
        if (node->kind == NODE_CONSTRUCT || node->kind == NODE_RULE ||
            (node->flags & NODE_EXTEND) != 0) {
            return true;
        }
    }
    return false;
}

/// How an `extend` of what the node declares begins.
static const char *extend_words(Compilation *compilation, const Node *node) {
    return arena_printf(compilation->arena, "%sextend %s",
                        node->flags & NODE_EXISTING ? "existing " : "", node->name->text);
}

static void append(Compilation *compilation, GHashTable *table, const void *key, Node *node) {
    Extension *extension = arena_new_object(compilation->arena, Extension);
    *extension = (Extension){.node = node, .source = compilation_source(compilation, node->file)};
    Extension *first = g_hash_table_lookup(table, key);
    if (!first) {
        g_hash_table_insert(table, (gpointer)key, extension);
        return;
    }
    while (first->next) {
        first = first->next;
    }
    first->next = extension;
}

/// A declaration of what there is already is read like an `extend`, so that what uses its
/// properties is no second mistake.
static void make_extension(Node *node) {
    node->flags |= NODE_EXTEND;
    for (Node *member = node->b->a; member; member = member->next) {
        if (member->kind == NODE_PROPERTY_DECL) {
            member->flags |= NODE_OPTIONAL;
        } else {
            member->flags |= NODE_BAD;
        }
    }
}

static void add_construct(Compilation *compilation, UserLibrary *users, Node *node) {
    const Name *key = key_of(compilation, node);
    const Node *first = g_hash_table_lookup(users->constructs, key);
    const Node *library = first ? NULL : library_construct_node(compilation->library, key);
    Diagnostics *list = compilation->diagnostics;
    const Span span = declaration_span(compilation, node);
    if (first) {
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_DUPLICATE_NAME, span, key->text, NULL);
        diagnostic_label(list, diagnostic, declaration_span(compilation, first),
                         "first declared here");
        diagnostic_help(list, diagnostic, "`%s { … }` adds to what another file declares",
                        extend_words(compilation, node));
    } else if (library) {
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_CONSTRUCT_KNOWN, span, key->text, NULL);
        diagnostic_note(list, diagnostic, declaration_span(compilation, library),
                        "the library declares it");
        diagnostic_help(list, diagnostic, "`%s { … }` adds to it or corrects it",
                        extend_words(compilation, node));
    } else {
        g_hash_table_insert(users->constructs, (gpointer)key, node);
        g_hash_table_add(users->kinds, (gpointer)kind_of(compilation, node));
        users->labels[users->label_count++] = key;
        return;
    }
    make_extension(node);
}

static void report_unknown(Compilation *compilation, Node *node, const char *what,
                           const char *label, const Similar *similar) {
    node->flags |= NODE_BAD;
    Span span = declaration_span(compilation, node);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_EXTEND_UNKNOWN, span, what, label, NULL);
    if (!(node->flags & NODE_EXISTING)) {
        const uint32_t length = (uint32_t)similar->wanted_length;
        span.end -= strchr(node->name->text, ':') != NULL; /* the quotation mark */
        span.start = span.end - MIN(length, span.end - span.start);
    }
    check_add_similar(compilation, diagnostic, similar,
                      node->kind == NODE_TYPE ? "a type" : "a construct", span);
    if (!similar_best(similar)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        node->kind == NODE_TYPE       ? "`type %s = …` declares a new one"
                        : node->flags & NODE_EXISTING ? "`existing construct %s { … }` declares "
                                                        "a new one"
                                                      : "`construct %s { … }` declares a new one",
                        node->name->text);
    }
}

static void add_extension(Compilation *compilation, UserLibrary *users, Node *node) {
    const Name *key = key_of(compilation, node);
    if (g_hash_table_contains(users->constructs, key) ||
        library_construct_node(compilation->library, key)) {
        append(compilation, users->extensions, key, node);
        return;
    }
    /* Of a kind that there is, only the type may be misspelled. */
    const bool existing = node->flags & NODE_EXISTING;
    const Name *kind = kind_of(compilation, node);
    const char *dot = existing ? NULL : strchr(node->name->text, '.');
    const bool known =
        dot && (user_library_has_kind(users, kind) || library_has_kind(compilation->library, kind));
    const char *prefix = known ? arena_printf(compilation->arena, "%s.", kind->text) : "";
    Similar similar;
    similar_begin(&similar, known ? dot + 1 : node->name->text);
    library_offer(
        compilation->library,
        arena_printf(compilation->arena, "%s%s", existing ? "existing " : "construct ", prefix),
        &similar);
    if (!existing) {
        user_library_offer(users, prefix, &similar);
    }
    report_unknown(compilation, node, "construct", key->text, &similar);
}

/// The declaration of the type that `extend type` names, as its file sees it.
static const Node *type_node(Compilation *compilation, const Node *node) {
    Scope *scope = scope_of_file(compilation, compilation_source(compilation, node->file));
    Symbol *symbol = scope_find(scope, node->name);
    if (symbol && symbol->kind != SYMBOL_TYPE && symbol->kind != SYMBOL_IMPORT) {
        symbol = NULL;
    }
    if (symbol) {
        symbol->used = true;
        symbol = symbol_target(symbol);
        return symbol && symbol->kind == SYMBOL_TYPE ? symbol->node : NULL;
    }
    return library_type_node(compilation->library, node->name);
}

static void add_type_extension(Compilation *compilation, UserLibrary *users, Node *node) {
    if (node->flags & NODE_EXISTING) {
        diagnostic_add(compilation->diagnostics, DIAG_EXISTING_KIND,
                       declaration_span(compilation, node), "type", NULL);
        node->flags |= NODE_BAD;
        return;
    }
    const Node *declaration = type_node(compilation, node);
    if (declaration) {
        append(compilation, users->types, declaration, node);
        return;
    }
    Similar similar;
    similar_begin(&similar, node->name->text);
    const Scope *scope = scope_of_file(compilation, compilation_source(compilation, node->file));
    for (const Symbol *symbol = scope->first; symbol; symbol = symbol->next) {
        if (symbol->kind == SYMBOL_TYPE) {
            similar_offer(&similar, symbol->name->text);
        }
    }
    library_offer(compilation->library, "type ", &similar);
    report_unknown(compilation, node, "type", node->name->text, &similar);
}

static void add_policy(Compilation *compilation, UserLibrary *users, Node *node) {
    const Rule *rule = rule_new(compilation, node);
    if (!rule) {
        return;
    }
    Policy *policy = &users->policies[users->policy_count++];
    *policy = (Policy){.rule = rule, .source = compilation_source(compilation, node->file)};
    node->bound = policy;
}

typedef void (*Collector)(Compilation *compilation, UserLibrary *users, Node *node);

static void each_declaration(Compilation *compilation, UserLibrary *users, Source **sources,
                             size_t count, NodeKind kind, bool extend, Collector collect) {
    for (size_t i = 0; i < count; i++) {
        for (Node *node = sources[i]->tree->a; node; node = node->next) {
            if (node->kind == kind && ((node->flags & NODE_EXTEND) != 0) == extend &&
                !(node->flags & NODE_BAD) && (node->name || kind == NODE_RULE)) {
                collect(compilation, users, node);
            }
        }
    }
}

/// Two rules share an id only if they say the same.
static void enter_rule(Compilation *compilation, UserLibrary *users, const Node *node) {
    const Node *id = node->kind == NODE_RULE && node->a ? node->a->a : NULL;
    if (!id || id->kind != NODE_STRING) {
        return;
    }
    const Name *name = names_intern(compilation->names, id->text, id->length);
    const Node *first = g_hash_table_lookup(users->rules, name);
    if (!first) {
        g_hash_table_insert(users->rules, (gpointer)name, (gpointer)node);
        return;
    }
    GString *one = g_string_new(NULL), *other = g_string_new(NULL);
    extend_text(compilation, first->a->b, one);
    extend_text(compilation, node->a->b, other);
    if (!g_string_equal(one, other)) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_RULE_TWICE,
                                                node_span(id), name->text, NULL);
        diagnostic_label(compilation->diagnostics, diagnostic, node_span(first->a->a),
                         "the other rule");
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "levels and suppressions go by the id: give this rule one of its own");
    }
    g_string_free(one, TRUE);
    g_string_free(other, TRUE);
}

static void enter_rules(Compilation *compilation, UserLibrary *users, Source **sources,
                        size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (const Node *node = sources[i]->tree->a; node; node = node->next) {
            const Node *body = node->kind == NODE_CONSTRUCT ? node->b : NULL;
            for (const Node *inner = body ? body->a : NULL; inner; inner = inner->next) {
                enter_rule(compilation, users, inner);
            }
            enter_rule(compilation, users, node);
        }
    }
}

static int by_path(const void *left, const void *right) {
    return strcmp((*(Source *const *)left)->path, (*(Source *const *)right)->path);
}

/// The users' files by path, so that it does not matter which is read first.
static Source **sorted_sources(Compilation *compilation, size_t *count) {
    Source **sources = arena_array(compilation->arena, Source *, compilation->source_count);
    *count = 0;
    for (size_t i = 0; i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        if (!source->library && source->tree) {
            sources[(*count)++] = source;
        }
    }
    qsort(sources, *count, sizeof *sources, by_path);
    return sources;
}

static void mark_sources(Source **sources, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (Node *node = sources[i]->tree->a; node; node = node->next) {
            if (node->kind == NODE_CONSTRUCT || node->kind == NODE_RULE) {
                mark_lenient(node, NULL);
            } else if (node->kind == NODE_TYPE) {
                mark_forms(node, NULL);
            }
        }
    }
}

static void compare_extensions(gpointer key, gpointer value, gpointer data) {
    const Extension *list = value;
    (void)key;
    if (list->next) {
        extensions_compare(data, label_of(list->node, ((Compilation *)data)->arena), list);
    }
}

static UserLibrary *new_index(Compilation *compilation, const Room *room) {
    UserLibrary *users = arena_new_object(compilation->arena, UserLibrary);
    GHashTable **tables[] = {&users->constructs, &users->extensions, &users->types, &users->kinds,
                             &users->rules};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        *tables[i] = g_hash_table_new(NULL, NULL);
        compilation_keep_table(compilation, *tables[i]);
    }
    users->labels = arena_array(compilation->arena, const Name *, room->constructs);
    users->policies = arena_array(compilation->arena, Policy, room->policies);
    return users;
}

void user_library_collect(Compilation *compilation) {
    Room room = {0, 0};
    if (compilation->user_library || !is_needed(compilation, &room)) {
        return;
    }
    size_t count = 0;
    Source **sources = sorted_sources(compilation, &count);
    UserLibrary *users = new_index(compilation, &room);
    mark_sources(sources, count);
    each_declaration(compilation, users, sources, count, NODE_CONSTRUCT, false, add_construct);
    each_declaration(compilation, users, sources, count, NODE_CONSTRUCT, true, add_extension);
    each_declaration(compilation, users, sources, count, NODE_TYPE, true, add_type_extension);
    each_declaration(compilation, users, sources, count, NODE_RULE, false, add_policy);
    enter_rules(compilation, users, sources, count);
    g_hash_table_foreach(users->extensions, compare_extensions, compilation);
    g_hash_table_foreach(users->types, compare_extensions, compilation);
    compilation->user_library = users;
}

Node *user_library_construct(const UserLibrary *users, const Name *key) {
    return users ? g_hash_table_lookup(users->constructs, key) : NULL;
}

const Extension *user_library_extensions(const UserLibrary *users, const Name *key) {
    return users ? g_hash_table_lookup(users->extensions, key) : NULL;
}

const Extension *user_library_type_extensions(const UserLibrary *users, const Node *declaration) {
    return users ? g_hash_table_lookup(users->types, declaration) : NULL;
}

bool user_library_has_kind(const UserLibrary *users, const Name *kind) {
    return users && g_hash_table_contains(users->kinds, kind);
}

void user_library_offer(const UserLibrary *users, const char *prefix, Similar *similar) {
    for (size_t i = 0; users && i < users->label_count; i++) {
        const char *label = users->labels[i]->text;
        if (g_str_has_prefix(label, prefix) && !g_str_has_prefix(label, "existing ")) {
            similar_offer(similar, label + strlen(prefix));
        }
    }
}

size_t user_library_construct_count(const UserLibrary *users) {
    return users ? users->label_count : 0;
}

void user_library_construct_names(const UserLibrary *users, const char **names) {
    for (size_t i = 0; users && i < users->label_count; i++) {
        names[i] = users->labels[i]->text;
    }
}

Policy *user_library_policies(const UserLibrary *users, size_t *count) {
    *count = users ? users->policy_count : 0;
    return users ? users->policies : NULL;
}
