/// Interned names: equal text means equal pointer.
#ifndef DEPOT_NAMES_H
#define DEPOT_NAMES_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Name {
    const char *text; ///< NUL-terminated UTF-8
    uint32_t length;  ///< bytes, without the NUL
    uint32_t hash;    ///< of the text
    uint32_t id;      ///< its number in the table, from 1
    uint8_t keyword;  ///< TokenKind of the keyword it may be, 0 for none; TOK_COUNT: forms of other
                      ///< languages begin with it (foreign.def)
    const char *quoted; ///< see `name_quoted`
} Name;

typedef struct Names Names;

/// An empty table that allocates from `arena` and lives as long as it. The keywords of
/// `grammar/tokens.def` are already in it.
Names *names_new(Arena *arena);
/// The name for `length` bytes at `text`; made on first use. Never NULL.
const Name *names_intern(Names *names, const char *text, size_t length);
/// The name with number `id` (from `Name.id`).
const Name *names_get(const Names *names, uint32_t id);
/// Shorthand for NUL-terminated text.
const Name *names_of(Names *names, const char *text);

/// "`name`", as messages show it; made once.
const char *name_quoted(Arena *arena, const Name *name);

#endif
