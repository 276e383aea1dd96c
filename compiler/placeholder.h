/// Values that stand where a person must still write one.
#ifndef DEPOT_PLACEHOLDER_H
#define DEPOT_PLACEHOLDER_H

#include "compilation.h"
#include "type.h"

/// A value of type `type` as it is written in programs: `"…"` for text, the first of some words,
/// an object with what it must have. In the arena.
const char *placeholder_value(Arena *arena, const Type *type);
/// `name: value` with such a value.
const char *placeholder_member(Arena *arena, const Property *property);
/// Offers to put such a member into `braced` (NODE_BLOCK or NODE_OBJECT), where it is missing.
void placeholder_offer(const Compilation *compilation, Diagnostic *diagnostic, const Node *braced,
                       const Property *property);

#endif
