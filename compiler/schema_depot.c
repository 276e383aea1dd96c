#include "schema_depot.h"

#include "check.h"
#include "library.h"

#include <glib.h>
#include <string.h>

/// Where schemas of the program are written: a folder that packages hardly name, so that none of
/// them is read twice.
#define SCHEMA_FOLDER "./declared-schemas"

/// `a.b.c` of names only, else NULL.
static const char *dotted_text(Arena *arena, const Node *node) {
    if (node->kind == NODE_NAME) {
        return node->name->text;
    }
    const char *base = node->kind == NODE_MEMBER ? dotted_text(arena, node->a) : NULL;
    return base ? arena_printf(arena, "%s.%s", base, node->name->text) : NULL;
}

/// The schema `text` in `scope`, or in a file that its first part stands for.
static Symbol *find_schema(Compilation *compilation, Scope *scope, const char *text) {
    Symbol *symbol = scope_find(scope, names_of(compilation->names, text));
    if (symbol) {
        return symbol->kind == SYMBOL_SCHEMA ? symbol : NULL;
    }
    const char *dot = strchr(text, '.');
    Symbol *file =
        dot ? scope_find(scope, names_intern(compilation->names, text, (size_t)(dot - text)))
            : NULL;
    if (!file || file->kind != SYMBOL_FILE || !file->inner) {
        return NULL;
    }
    file->used = true;
    symbol = scope_find_here(file->inner, names_of(compilation->names, dot + 1));
    return symbol && symbol->kind == SYMBOL_SCHEMA ? symbol : NULL;
}

/// Reports a dotted name whose begin means nothing, if a schema has a similar one.
static bool report_similar(Compilation *compilation, const Node *node, const Scope *scope,
                           const char *text) {
    Similar similar;
    similar_begin(&similar, text);
    for (; scope; scope = scope->outer) {
        for (const Symbol *symbol = scope->first; symbol; symbol = symbol->next) {
            if (symbol->kind == SYMBOL_SCHEMA) {
                similar_offer(&similar, symbol->name->text);
            }
        }
    }
    const char *best = similar_best(&similar);
    if (!best) {
        return false;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_NAME, node_span(node), text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a schema with a similar name exists: `%s`", best);
    diagnostic_fix(compilation->diagnostics, diagnostic, similar_certainty(&similar),
                   node_span(node), best, "replace with `%s`", best);
    return true;
}

Symbol *schema_named(Compilation *compilation, Node *node, Scope *scope, bool *reported) {
    const char *text = dotted_text(compilation->arena, node);
    if (!text) {
        return NULL;
    }
    Symbol *symbol = find_schema(compilation, scope, text);
    if (symbol) {
        symbol->used = true;
        return symbol;
    }
    const Node *first = node;
    while (first->kind == NODE_MEMBER) {
        first = first->a;
    }
    if (!scope_find(scope, first->name)) {
        *reported = report_similar(compilation, node, scope, text);
    }
    return NULL;
}

void schema_check_declaration(Compilation *compilation, Node *node) {
    if (!node->bound || node->flags & NODE_BAD) {
        return;
    }
    Symbol *symbol = node->bound;
    SchemaSource *source = arena_new_object(compilation->arena, SchemaSource);
    g_autofree char *path = g_strdup(node->name->text);
    source->node = node;
    source->path =
        arena_printf(compilation->arena, SCHEMA_FOLDER "/%s.yaml", g_strdelimit(path, ".", '/'));
    source->document = schema_document(compilation, node);
    symbol->schema = source;
}

const Value *schema_value(Compilation *compilation, Symbol *symbol) {
    SchemaSource *source = symbol->schema;
    if (!source) {
        return &value_error;
    }
    Program *program = compilation->program;
    if (!program->schemas) {
        program->schemas = g_hash_table_new(g_str_hash, g_str_equal);
        compilation_keep_table(compilation, program->schemas);
    }
    const SchemaSource *known = g_hash_table_lookup(program->schemas, source->path);
    if (!known) {
        g_hash_table_insert(program->schemas, (gpointer)source->path, source);
    } else if (known != source) {
        Diagnostics *list = compilation->diagnostics;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_SCHEMA_SAME_FILE, node_name_span(compilation, source->node),
                           symbol->name->text, NULL);
        diagnostic_label(list, diagnostic, node_name_span(compilation, known->node),
                         "used as well");
        diagnostic_help(list, diagnostic, "give one of them another namespace");
    }
    return value_string(compilation->arena, source->path, source->node);
}

const SchemaSource *schema_source_at(const Compilation *compilation, const char *path) {
    GHashTable *schemas = compilation->program->schemas;
    return schemas ? g_hash_table_lookup(schemas, path) : NULL;
}
