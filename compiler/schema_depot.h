/// Schemas that are written in `.depot`.
///
/// A package takes one as the path of the file that the build writes it to, so everything behind
/// evaluation sees paths only. The declaration becomes a document like those of YAML files.
#ifndef DEPOT_SCHEMA_DEPOT_H
#define DEPOT_SCHEMA_DEPOT_H

#include "document.h"
#include "program.h"

/// A declared schema.
typedef struct SchemaSource {
    const Node *node; ///< NODE_SCHEMA
    const char *path; ///< "./declared-schemas/orders/Customer.yaml"
    const Document *document;
} SchemaSource;

/// The schema that a NODE_MEMBER such as `orders.Customer` names, or NULL. `*reported` is set if it
/// can only mean one, and there is none like it.
Symbol *schema_named(Compilation *compilation, Node *node, Scope *scope, bool *reported);
/// Reports what a declaration holds that no schema can.
void schema_check_declaration(Compilation *compilation, Node *node);
/// What the name of a schema is worth: its path.
const Value *schema_value(Compilation *compilation, Symbol *symbol);
/// The schema that is written to `path`, or NULL.
const SchemaSource *schema_source_at(const Compilation *compilation, const char *path);

/// A declaration as a document; reports what has no counterpart there.
const Document *schema_document(Compilation *compilation, const Node *node);

/// A document as YAML, as prettier formats it. Ends with a line end; lives in the arena.
const char *document_write(Arena *arena, const Document *document, size_t *length);

#endif
