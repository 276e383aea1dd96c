/// Documents: what a YAML file says, whatever it is about. The same trees are made of schemas that
/// are written in `.depot`, so that one set of checks reads both.
#ifndef DEPOT_DOCUMENT_H
#define DEPOT_DOCUMENT_H

#include "compilation.h"

/// How deep a document may nest.
#define DOCUMENT_MAX_DEPTH 100
/// How many values a document may have, those that aliases repeat counted every time.
#define DOCUMENT_MAX_VALUES 200000
/// The largest file that is read as a document, in bytes.
#define DOCUMENT_MAX_BYTES ((size_t)4 << 20)

typedef enum DocumentKind { DOCUMENT_SCALAR, DOCUMENT_LIST, DOCUMENT_MAP } DocumentKind;

/// One value of a document. Immutable once read.
typedef struct Document {
    uint8_t kind;    ///< DocumentKind
    bool quoted;     ///< SCALAR: text whatever it looks like
    bool broken;     ///< a diagnostic stands for something in it
    uint32_t count;  ///< of elements or members
    uint32_t weight; ///< values in it, itself included; at most about DOCUMENT_MAX_VALUES
    Span span;
    const char *text; ///< SCALAR: decoded, NUL-terminated
    size_t length;
    const struct Document *key;           ///< of a member: its key, a SCALAR
    struct Document *first, *last, *next; ///< elements or members
} Document;

/// A value without content, in the compilation's arena.
Document *document_new(Compilation *compilation, DocumentKind kind, Span span);
/// Adds an element to a list, or with `key` a member to a map.
void document_append(Document *parent, const Document *key, Document *child);

/// Reads `source` (see `compilation_add_data`) as one YAML document. NULL after a diagnostic.
Document *yaml_read(Compilation *compilation, Source *source);

/// The member `key` of a map, or NULL (also if `document` is NULL or no map).
const Document *document_member(const Document *document, const char *key);
/// Whether it is a scalar without value: `null`, `~` or nothing.
bool document_is_null(const Document *document);
/// The integer that a scalar says; false if it says none.
bool document_integer(const Document *document, int64_t *integer);
/// What a value is, for messages: "a list", "a mapping", "`x`", "nothing".
const char *document_text(Arena *arena, const Document *document);
/// The place of `length` characters of a scalar's text from `offset`: in the file they may be
/// folded over several lines. All of the scalar if they are written in another way there (escapes).
Span document_span(const Compilation *compilation, const Document *scalar, size_t offset,
                   size_t length);

#endif
