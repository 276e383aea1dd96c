#include "scope.h"

#include "library.h"
#include "path.h"
#include "program.h"

#include <glib.h>
#include <string.h>

/// With more symbols than this a scope is hashed.
enum { SCOPE_LINEAR = 8 };

Scope *scope_new(Compilation *compilation, ScopeKind kind, Scope *outer, Source *source) {
    Scope *scope = arena_new_object(compilation->arena, Scope);
    *scope = (Scope){.kind = kind, .outer = outer, .source = source};
    if (!source && outer) {
        scope->source = outer->source;
    }
    return scope;
}

bool scope_is_library(const Scope *scope) {
    for (; scope; scope = scope->outer) {
        const bool library = scope->source && scope->source->library;
        if (scope->kind == SCOPE_LIBRARY || scope->forms || library) {
            return true;
        }
    }
    return false;
}

Symbol *scope_find_here(const Scope *scope, const Name *name) {
    if (scope->table) {
        return g_hash_table_lookup(scope->table, name);
    }
    for (Symbol *symbol = scope->first; symbol; symbol = symbol->next) {
        if (symbol->name == name) {
            return symbol;
        }
    }
    return NULL;
}

Symbol *scope_find(const Scope *scope, const Name *name) {
    for (; scope; scope = scope->outer) {
        Symbol *symbol = scope_find_here(scope, name);
        if (symbol) {
            return symbol;
        }
    }
    return NULL;
}

Symbol *scope_add(Compilation *compilation, Scope *scope, SymbolKind kind, const Name *name,
                  Node *node) {
    Symbol *symbol = arena_new_object(compilation->arena, Symbol);
    *symbol =
        (Symbol){.kind = kind, .name = name, .node = node, .scope = scope, .slot = scope->count};
    if (scope->last) {
        scope->last->next = symbol;
    } else {
        scope->first = symbol;
    }
    scope->last = symbol;
    scope->count++;
    if (scope->count > SCOPE_LINEAR && !scope->table) {
        scope->table = g_hash_table_new(NULL, NULL);
        compilation_keep_table(compilation, scope->table);
        for (Symbol *one = scope->first; one; one = one->next) {
            g_hash_table_insert(scope->table, (gpointer)one->name, one);
        }
    } else if (scope->table) {
        g_hash_table_insert(scope->table, (gpointer)name, symbol);
    }
    return symbol;
}

/// Whether two declarations stand in different branches of one `if`: only one of them is built.
static bool exclusive(const Branch *left, const Branch *right) {
    for (const Branch *a = left; a; a = a->outer) {
        for (const Branch *b = right; b; b = b->outer) {
            if (a->node == b->node && a->number != b->number) {
                return true;
            }
        }
    }
    return false;
}

void scope_report_duplicate(Compilation *compilation, const Node *node, const Node *first) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_DUPLICATE_NAME,
                       node_name_span(compilation, node), node->name->text, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic, node_name_span(compilation, first),
                     "first declared here");
    const bool keys = node->a && first->a && node->kind == NODE_RESOURCE &&
                      first->kind == NODE_RESOURCE && !node->a->a != !first->a->a;
    if (keys) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "one has a key, the other has none: give both a key, or one of them "
                        "another name");
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "give one of the two another name, or take it out");
    }
}

static void declare_one(Compilation *compilation, Scope *scope, SymbolKind kind, Node *node) {
    if (!node->name) {
        return;
    }
    Symbol *known = scope_find_here(scope, node->name);
    if (known && known->node) {
        scope_report_duplicate(compilation, node, known->node);
        node->flags |= NODE_BAD;
        return;
    }
    node->bound = scope_add(compilation, scope, kind, node->name, node);
}

static void declare_resource(Compilation *compilation, Scope *owner, Node *node,
                             const Branch *branch) {
    if (!node->name || !node->a) {
        return;
    }
    Declaration *place = arena_new_object(compilation->arena, Declaration);
    *place = (Declaration){.node = node, .branch = branch};
    Symbol *symbol = scope_find_here(owner, node->name);
    if (!symbol) {
        symbol = scope_add(compilation, owner, SYMBOL_RESOURCE, node->name, node);
        symbol->keyed = node->a->a != NULL;
        symbol->places = place;
        node->bound = symbol;
        return;
    }
    bool duplicate = symbol->kind != SYMBOL_RESOURCE;
    for (Declaration *other = duplicate ? NULL : symbol->places; other; other = other->next) {
        duplicate = duplicate || !exclusive(other->branch, branch);
    }
    if (duplicate || symbol->keyed != (node->a->a != NULL)) {
        scope_report_duplicate(compilation, node, symbol->node);
        node->flags |= NODE_BAD;
        return;
    }
    place->next = symbol->places;
    symbol->places = place;
    node->bound = symbol;
}

static void declare_branches(Compilation *compilation, Scope *scope, Scope *owner, Node *node,
                             const Branch *outer) {
    for (int number = 0; number < 2; number++) {
        Node *body = number ? node->c : node->b;
        if (!body) {
            continue;
        }
        Branch *branch = arena_new_object(compilation->arena, Branch);
        *branch = (Branch){.outer = outer, .node = node, .number = number};
        if (body->kind == NODE_IF) {
            declare_branches(compilation, scope, owner, body, branch);
            continue;
        }
        Scope *inner = scope_new(compilation, SCOPE_BLOCK, scope, NULL);
        body->bound = inner;
        scope_declare(compilation, inner, owner, body->a, branch);
    }
}

Scope *scope_for_header(Compilation *compilation, Scope *outer, Node *header) {
    Scope *scope = scope_new(compilation, SCOPE_BLOCK, outer, NULL);
    if (header->name) {
        Symbol *first = scope_add(compilation, scope, SYMBOL_VARIABLE, header->name, header);
        first->used = true;
    }
    if (header->b && header->b->name) {
        if (header->b->name == header->name) {
            diagnostic_add(compilation->diagnostics, DIAG_DUPLICATE_NAME, node_span(header->b),
                           header->b->name->text, NULL);
        }
        Symbol *second = scope_add(compilation, scope, SYMBOL_VARIABLE, header->b->name, header->b);
        second->used = true;
    }
    header->bound = scope;
    return scope;
}

void scope_declare(Compilation *compilation, Scope *scope, Scope *owner, Node *list,
                   const Branch *branch) {
    for (Node *node = list; node; node = node->next) {
        switch (node->kind) {
        case NODE_LET:
            declare_one(compilation, scope, SYMBOL_LET, node);
            break;
        case NODE_PARAM:
            declare_one(compilation, scope,
                        node->flags & NODE_DEPLOY ? SYMBOL_DEPLOY_PARAM : SYMBOL_PARAM, node);
            break;
        case NODE_TYPE:
            if (node->flags & NODE_EXTEND) {
                break; /* user_library.c */
            }
            declare_one(compilation, scope, SYMBOL_TYPE, node);
            break;
        case NODE_FN:
            declare_one(compilation, scope, SYMBOL_FN, node);
            break;
        case NODE_MODULE:
            declare_one(compilation, scope, SYMBOL_MODULE, node);
            break;
        case NODE_SCHEMA:
            compilation->program->has_schemas = true;
            declare_one(compilation, scope, SYMBOL_SCHEMA, node);
            break;
        case NODE_RESOURCE:
        case NODE_USE:
            declare_resource(compilation, owner, node, branch);
            break;
        case NODE_IF:
            declare_branches(compilation, scope, owner, node, branch);
            break;
        case NODE_TEST:
            if (scope->kind == SCOPE_FILE && node->b) {
                node->b->bound = scope_new(compilation, SCOPE_TEST, scope, NULL);
                scope_declare(compilation, node->b->bound, node->b->bound, node->b->a, NULL);
            }
            break;
        case NODE_FOR:
            if (node->a && node->b) {
                Scope *inner = scope_for_header(compilation, scope, node->a);
                node->b->bound = inner;
                scope_declare(compilation, inner, owner, node->b->a, branch);
            }
            break;
        default:
            break;
        }
    }
}

/// An import that names no `.depot` file: what was probably meant.
static void report_path(Compilation *compilation, const Node *path) {
    const char *text = arena_strndup(compilation->arena, path->text, path->length);
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_IMPORT_PATH, node_span(path), text, NULL);
    const char *dot = strrchr(text, '.');
    const bool relative = g_str_has_prefix(text, "./") || g_str_has_prefix(text, "../");
    if (g_str_has_suffix(text, "/")) {
        diagnostic_help(list, diagnostic,
                        "a folder is not imported; name a file in it: `%sNAME.depot`", text);
    } else if (*text == '/') {
        diagnostic_help(list, diagnostic,
                        "paths are relative to the file that they stand in: `./network.depot`");
    } else if (relative && (!dot || strchr(dot, '/'))) {
        const char *whole = arena_printf(compilation->arena, "\"%s.depot\"", text);
        diagnostic_help(list, diagnostic, "the ending is written too: `%s`", whole);
        diagnostic_fix(list, diagnostic, FIX_SAFE, node_span(path), whole, "write `%s`", whole);
    } else if (!relative && !dot) {
        diagnostic_help(list, diagnostic,
                        "packages of npm are not imported: what they hold is known without it");
    } else {
        diagnostic_help(list, diagnostic, "such a path is written like `./network.depot`");
    }
}

static Source *imported_file(Compilation *compilation, const Source *source, const Node *path) {
    if (!path || path->kind != NODE_STRING) {
        return NULL;
    }
    bool plain = path->length > strlen(".depot") && path->text[0] != '/' &&
                 !memchr(path->text, 0, path->length) &&
                 !memcmp(path->text + path->length - strlen(".depot"), ".depot", strlen(".depot"));
    if (!plain) {
        report_path(compilation, path);
        compilation->program->lost_import = true;
        return NULL;
    }
    const char *written = arena_strndup(compilation->arena, path->text, path->length);
    char *joined = path_beside(compilation->options.files, source->path, written);
    Source *found = compilation_allows_path(compilation, written, joined, node_span(path))
                        ? compilation_add_file(compilation, joined, node_span(path))
                        : NULL;
    g_free(joined);
    compilation->program->lost_import |= !found;
    return found;
}

static void import_names(Compilation *compilation, Scope *scope, Node *import) {
    for (Node *node = import->a; node; node = node->next) {
        const Name *local = node->a ? node->a->name : node->name;
        if (!local) {
            continue;
        }
        Symbol *known = scope_find_here(scope, local);
        if (known) {
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_DUPLICATE_NAME,
                                                    node_span(node), local->text, NULL);
            diagnostic_label(compilation->diagnostics, diagnostic,
                             node_name_span(compilation, known->node), "first declared here");
            continue;
        }
        Symbol *symbol = scope_add(compilation, scope, SYMBOL_IMPORT, local, node);
        node->bound = symbol;
    }
}

void scope_offer(Compilation *compilation, const Scope *scope, bool types, Similar *similar) {
    Program *program = compilation->program;
    for (const Symbol *symbol = scope->first; symbol; symbol = symbol->next) {
        if (program->offers++ > SIMILAR_MAX_OFFERS) {
            return;
        }
        if (types || symbol->kind != SYMBOL_TYPE) {
            similar_offer(similar, symbol->name->text);
        }
    }
}

/// Whether `symbol` is `wanted`, or an import of an import of … it.
static bool leads_to(const Symbol *symbol, const Symbol *wanted) {
    while (symbol != wanted && symbol && symbol->kind == SYMBOL_IMPORT) {
        symbol = symbol->target;
    }
    return symbol == wanted;
}

/// Finds what `node`, a name that `scope` imports from `file`, means there.
static void link_name(Compilation *compilation, const Scope *scope, Node *node, Scope *file,
                      const Node *path) {
    Symbol *symbol = node->bound;
    if (!symbol || !node->name) {
        return;
    }
    Symbol *target = scope_find_here(file, node->name);
    if (target && node->name->text[0] == '_') {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_IMPORT_PRIVATE,
                                                node_span(node), node->name->text, NULL);
        diagnostic_label(compilation->diagnostics, diagnostic,
                         node_name_span(compilation, target->node), "private to its file");
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "names that begin with `_` stay in their file; rename it to share it");
        return;
    }
    if (target) {
        /* What comes back to this name means nothing: the circle of the files is reported. */
        symbol->target = leads_to(target, symbol) ? NULL : target;
        return;
    }
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_IMPORT_UNKNOWN, node_span(node), node->name->text,
        arena_strndup(compilation->arena, path->text, path->length), NULL);
    Similar similar;
    similar_begin(&similar, node->name->text);
    scope_offer(compilation, file, true, &similar);
    const char *best = similar_best(&similar);
    if (best) {
        diagnostic_help(compilation->diagnostics, diagnostic, "it declares a similar name: `%s`",
                        best);
        Span span = node_span(node);
        span.end = span.start + node->name->length;
        /* A name that is here already would be declared twice. */
        const bool taken =
            !node->a && scope_find_here(scope, names_of(compilation->names, best)) != NULL;
        diagnostic_fix(compilation->diagnostics, diagnostic,
                       taken ? FIX_MAYBE : similar_certainty(&similar), span, best,
                       "replace with `%s`", best);
    }
}

/// Reads what the file imports. Its own names are declared already, so that cycles end here.
static void report_import_cycle(Compilation *compilation, const Source *again, const Node *import) {
    const Program *program = compilation->program;
    size_t start = program->importing_count;
    while (start > 0 && program->importing[start - 1] != again) {
        start--;
    }
    GString *path = g_string_new(NULL);
    for (size_t i = start ? start - 1 : 0; i < program->importing_count; i++) {
        g_string_append_printf(path, "`%s` → ", program->importing[i]->path);
    }
    g_string_append_printf(path, "`%s`", again->path);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_IMPORT_CYCLE,
                                            node_span(import), path->str, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "move what both files use into a third one");
    g_string_free(path, TRUE);
}

/// Whether the file's imports are being read just now.
static bool is_importing(const Compilation *compilation, const Source *source) {
    for (size_t i = 0; i < compilation->program->importing_count; i++) {
        if (compilation->program->importing[i] == source) {
            return true;
        }
    }
    return false;
}

static void link_imports(Compilation *compilation, Scope *scope, Source *source) {
    for (Node *node = source->tree->a; node; node = node->next) {
        if (node->kind != NODE_IMPORT) {
            continue;
        }
        Source *other = imported_file(compilation, source, node->b);
        if (other && is_importing(compilation, other)) {
            report_import_cycle(compilation, other, node->b);
        }
        Scope *file = other ? scope_of_file(compilation, other) : NULL;
        if (node->name) {
            Symbol *symbol = scope_find_here(scope, node->name);
            if (symbol && symbol->kind == SYMBOL_FILE) {
                symbol->inner = file;
            }
        }
        for (Node *name = node->a; name; name = name->next) {
            if (file) {
                link_name(compilation, scope, name, file, node->b);
            }
        }
    }
}

Scope *scope_of_file(Compilation *compilation, Source *source) {
    if (source->tree->bound) {
        return source->tree->bound;
    }
    Scope *scope = scope_new(compilation, SCOPE_FILE, NULL, source);
    source->tree->bound = scope;
    for (Node *node = source->tree->a; node; node = node->next) {
        if (node->kind != NODE_IMPORT) {
            continue;
        }
        if (node->name) {
            declare_one(compilation, scope, SYMBOL_FILE, node);
        }
        import_names(compilation, scope, node);
    }
    scope_declare(compilation, scope, scope, source->tree->a, NULL);
    Program *program = compilation->program;
    if (program->importing_count == IMPORT_MAX_DEPTH) {
        diagnostic_add(compilation->diagnostics, DIAG_EVALUATION_DEPTH, node_span(source->tree),
                       arena_printf(compilation->arena, "%d", IMPORT_MAX_DEPTH), NULL);
        return scope;
    }
    program->importing[program->importing_count++] = source;
    link_imports(compilation, scope, source);
    program->importing_count--;
    return scope;
}

Symbol *symbol_target(Symbol *symbol) {
    while (symbol && symbol->kind == SYMBOL_IMPORT) {
        symbol->used = true;
        symbol = symbol->target;
    }
    return symbol;
}
