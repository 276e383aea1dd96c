/// Edits of the source that leave its layout as people made it: members that come, and members and
/// declarations that go, with their separators, lines and comments.
#ifndef DEPOT_EDIT_H
#define DEPOT_EDIT_H

#include "compilation.h"
#include "tree.h"

/// The bytes that go with a declaration or property: its decorators, the doc comment above it, a
/// comment behind it on its line, and its lines if nothing else stands on them; else its separator.
Span edit_removal(const Compilation *compilation, const Node *node);

/// Offers to take `element` (or NULL: nobody wrote it) out of the list that it stands in, with its
/// separator; nothing if it does not stand in a list by itself: then it has no place to be taken
/// out of.
void edit_offer_element_removal(const Compilation *compilation, Diagnostic *diagnostic,
                                const Node *element, const char *title);

/// The bytes of a declaration or property with its decorators and the doc comment above it.
Span edit_extent(const Compilation *compilation, const Node *node);

/// Whether two nodes are written with the same tokens, whatever stands between them.
bool edit_same_tokens(const Compilation *compilation, const Node *one, const Node *other);

/// The bytes that `text` has at `span`, without the quotes around it if there are any; NO_SPAN if
/// it does not stand there as it is: then nothing can be written for it.
Span edit_text(const Compilation *compilation, Span span, const char *text);
/// Offers to write `instead` for `text`, which stands at `span` with quotes or without; nothing if
/// it does not stand there as it is, or if `instead` would need escapes.
void edit_offer_text(const Compilation *compilation, Diagnostic *diagnostic, Applicability how,
                     Span span, const char *text, const char *instead);

/// An insertion.
typedef struct EditInsertion {
    Span place; ///< empty
    const char *text;
} EditInsertion;

/// Puts members (`name: value`, `count` of them) into a block or object: behind the properties that
/// are there, each on a line of its own if they are, else separated by `,`. `braced` is what has
/// the braces (NODE_BLOCK or NODE_OBJECT).
EditInsertion edit_insert_members(const Compilation *compilation, const Node *braced,
                                  const char *const *members, size_t count);

/// Puts `line` before what begins at `offset`, on a line of its own with the same indentation.
EditInsertion edit_insert_line(const Compilation *compilation, const Source *source,
                               uint32_t offset, const char *line);
/// Where the line of `offset` begins, behind its indentation.
uint32_t edit_line_begin(const Source *source, uint32_t offset);

#endif
