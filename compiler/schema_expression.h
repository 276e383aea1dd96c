/// The expressions in schemas: `caller.id == this.owner.id`. Only their form is judged; what is not
/// documented of the language is read leniently.
#ifndef DEPOT_SCHEMA_EXPRESSION_H
#define DEPOT_SCHEMA_EXPRESSION_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

/// How deep expressions may nest.
#define EXPRESSION_MAX_DEPTH 100

/// What is wrong with an expression, and where in its text.
typedef struct ExpressionMistake {
    size_t offset, length; ///< length 0: at the end
    const char *expected;  ///< "a value", "`)`", …
    const char *found;     ///< as messages quote it; NULL: the end of the expression
    const char *help;      ///< or NULL
} ExpressionMistake;

/// Called for every `name.member` of an expression (`member` NULL: `name` alone). `offset` is where
/// the member begins, or the name. Names that the expression binds itself (`x -> …`, `for any x`)
/// are reported like others.
typedef void (*ExpressionPathVisitor)(const char *name, const char *member, size_t offset,
                                      size_t length, void *data);

/// Reads the NUL-terminated `text`. False, and `*mistake` filled in `arena`, if it is no
/// expression. `visit` may be NULL.
bool expression_read(Arena *arena, const char *text, ExpressionMistake *mistake,
                     ExpressionPathVisitor visit, void *data);

#endif
