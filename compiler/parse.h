/// From bytes to tokens to the tree.
#ifndef DEPOT_PARSE_H
#define DEPOT_PARSE_H

#include "compilation.h"
#include "tree.h"

/// How deep blocks, brackets, operators and interpolations may nest. Deeper: a diagnostic.
#define PARSE_MAX_DEPTH 200

/// Scans `source->text` in place and fills `source->tokens`. Reports unterminated strings and
/// comments, stray bytes and invalid UTF-8. Always ends with TOK_END.
void lex_source(Compilation *compilation, Source *source);

/// Reads `source->tokens` into `source->tree`, never NULL. Reports every syntax error it can tell
/// apart, recovering at member, declaration and block.
void parse_source(Compilation *compilation, Source *source);

/// Prints the tokens of a source, one per line: place, kind, text and flags. For goldens.
void tokens_dump(const Source *source, struct _GString *out);

#endif
