/// Declarations that nothing uses. Files without an environment are there for others: their names
/// count as used, but for private ones.
#include "edit.h"
#include "function.h"
#include "passes.h"
#include "user_library.h"

#include <glib.h>
#include <string.h>

/// What is looked through.
typedef struct Search {
    Compilation *compilation;
    bool adds; ///< files add to the library or have rules, and are imported for that
} Search;

/// Whether a file has something that works without being named.
static bool adds_to_library(const Compilation *compilation) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (!source->library && source_adds_to_library(source)) {
            return true;
        }
    }
    return false;
}

static bool declares_container(Compilation *compilation, const Node *list) {
    for (const Node *node = list; node; node = node->next) {
        if (node->kind == NODE_RESOURCE && !(node->flags & NODE_BAD)) {
            const Construct *construct = program_construct(compilation, node);
            if (construct && construct->container) {
                return true;
            }
        }
        if (node->kind == NODE_FOR && node->b && declares_container(compilation, node->b->a)) {
            return true;
        }
        if (node->kind == NODE_IF && node->b && declares_container(compilation, node->b->a)) {
            return true;
        }
    }
    return false;
}

static const char *kind_words(const Symbol *symbol) {
    switch (symbol->kind) {
    case SYMBOL_LET:
        return "constant";
    case SYMBOL_PARAM:
        return "parameter";
    case SYMBOL_DEPLOY_PARAM:
        return "deployment parameter";
    case SYMBOL_TYPE:
        return "type";
    case SYMBOL_FN:
        return "function";
    case SYMBOL_MODULE:
        return "module";
    case SYMBOL_SCHEMA:
        return "schema";
    case SYMBOL_VARIABLE: /* those of loops count as used */
    case SYMBOL_PROPERTY:
        return "parameter";
    case SYMBOL_IMPORT:
    case SYMBOL_FILE:
        return "import";
    default:
        return NULL;
    }
}

/// The import that `name`, one of its names, stands in. Those of a file are looked through in its
/// order.
static const Node *import_of(const Compilation *compilation, const Node *name) {
    const Node *node = compilation->sources[name->file]->tree->a;
    while (node && (node->kind != NODE_IMPORT || node->end < name->end)) {
        node = node->next;
    }
    return node && node->start < name->start ? node : NULL;
}

/// Takes an import out as a whole if nothing of it is used.
static void fix_import(const Search *search, Diagnostic *diagnostic, const Scope *scope,
                       const Symbol *symbol) {
    Compilation *compilation = search->compilation;
    const Node *gone = symbol->node;
    const Node *import = gone->kind == NODE_IMPORT ? gone : import_of(compilation, gone);
    bool all = import != NULL;
    for (const Node *name = all ? import->a : NULL; name && all; name = name->next) {
        const Symbol *one = name->kind == NODE_IMPORT_NAME
                                ? scope_find_here(scope, name->a ? name->a->name : name->name)
                                : NULL;
        all = one && !one->used;
    }
    if (import && all && search->adds) {
        const Span names = {import->file, import->start + (uint32_t)strlen("import"),
                            import->b->start};
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, names, " ",
                       "import the file without its names");
        return;
    }
    if (import && all) {
        gone = import;
    }
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, edit_removal(compilation, gone),
                   "",
                   gone->kind == NODE_IMPORT ? "take out the import" : "take it out of the import");
}

/// What computes a value can go without a trace; what people give a value to, or may want to use,
/// is for them to decide.
static void fix_unused(const Search *search, Diagnostic *diagnostic, const Scope *scope,
                       const Symbol *symbol) {
    Compilation *compilation = search->compilation;
    const Node *node = symbol->node;
    switch (node->kind) {
    case NODE_IMPORT:
    case NODE_IMPORT_NAME:
        fix_import(search, diagnostic, scope, symbol);
        break;
    case NODE_LET:
    case NODE_TYPE:
    case NODE_FN:
    case NODE_MODULE:
    case NODE_SCHEMA:
    case NODE_PARAM:
        diagnostic_fix(compilation->diagnostics, diagnostic,
                       node->kind == NODE_LET ? FIX_SAFE : FIX_MAYBE,
                       edit_removal(compilation, node), "", "take it out");
        break;
    default:
        break; // a parameter of a function: its calls would have to follow
    }
}

static void check_scope(const Search *search, const Scope *scope, bool all) {
    for (const Symbol *symbol = scope->first; symbol; symbol = symbol->next) {
        if (symbol->kind == SYMBOL_FN && symbol->function) {
            check_scope(search, symbol->function->scope, true);
        }
        const char *words = kind_words(symbol);
        bool import = symbol->kind == SYMBOL_IMPORT || symbol->kind == SYMBOL_FILE;
        if (!words || symbol->used || !symbol->node) {
            continue;
        }
        if (!all && !import && symbol->name->text[0] != '_') {
            continue;
        }
        Compilation *compilation = search->compilation;
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_UNUSED,
                                                node_name_span(compilation, symbol->node), words,
                                                symbol->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "take it out%s",
                        import ? " of the import" : "");
        fix_unused(search, diagnostic, scope, symbol);
    }
}

static void check_inner(const Search *search, const Node *list) {
    for (const Node *node = list; node; node = node->next) {
        const Node *bodies[2] = {NULL, NULL};
        if (node->kind == NODE_RESOURCE || node->kind == NODE_FOR || node->kind == NODE_MODULE ||
            node->kind == NODE_TEST) {
            bodies[0] = node->b;
        }
        if (node->kind == NODE_IF) {
            bodies[0] = node->b;
            bodies[1] = node->c;
        }
        for (size_t i = 0; i < 2; i++) {
            const Node *body = bodies[i];
            if (!body) {
                continue;
            }
            if (body->kind == NODE_IF) {
                Node alone = *body;
                alone.next = NULL;
                check_inner(search, &alone);
            } else if (body->bound) {
                check_scope(search, body->bound, true);
                check_inner(search, body->a);
            }
        }
    }
}

/// Whether the construct is written into templates at all, rather than through what refers to it.
static bool stands_alone(const Construct *construct) {
    for (const Clause *clause = construct->clauses; clause; clause = clause->next) {
        if (*clause->head) {
            return true;
        }
    }
    return construct->container;
}

/// A user's construct that a back end cannot write: that has a diagnostic of its own.
static bool is_unwritten(const Compilation *compilation, const Construct *construct) {
    const char *const *target = compilation->options.backends;
    const bool user = construct->source && !construct->source->library;
    while (user && target && *target && construct_written(construct, *target)) {
        target++;
    }
    return user && target && *target;
}

/// Resources that are nothing by themselves and that nothing refers to.
static void check_members(Compilation *compilation, const Resource *container) {
    GHashTable *used = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < container->member_count; i++) {
        for (size_t r = 0; r < container->members[i]->reference_count; r++) {
            g_hash_table_add(used, container->members[i]->references[r].target);
        }
    }
    for (size_t i = 0; i < container->member_count; i++) {
        const Resource *member = container->members[i];
        if (stands_alone(member->construct) || is_unwritten(compilation, member->construct) ||
            g_hash_table_contains(used, member)) {
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(
            compilation->diagnostics, DIAG_UNUSED, node_name_span(compilation, member->node),
            member->construct->kind->text, member->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "alone it makes nothing; another resource must refer to it");
    }
    g_hash_table_destroy(used);
}

void pass_unused(Compilation *compilation) {
    for (size_t i = 0; i < compilation->program->container_count; i++) {
        check_members(compilation, compilation->program->containers[i]);
    }
    const Search whole = {compilation, adds_to_library(compilation)};
    const Search *search = &whole;
    for (size_t i = 0; i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        if (source->library) {
            continue;
        }
        bool all = source->entry && declares_container(compilation, source->tree->a);
        check_scope(search, scope_of_file(compilation, source), all);
        check_inner(search, source->tree->a);
    }
}
