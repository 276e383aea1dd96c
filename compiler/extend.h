/// What `extend` adds to declarations: merged nodes and types, and how they are compared.
#ifndef DEPOT_EXTEND_H
#define DEPOT_EXTEND_H

#include "library.h"

struct _GString;

/// Appends the tokens of `node`, without comments, line ends and decorators around it: equal text
/// means that the same is written.
void extend_text(Compilation *compilation, const Node *node, struct _GString *out);

/// The decorators `old` with those of `more` in their place or behind them; `@docs` and `@inferred`
/// take each other's place. With `retyped`, what narrowed the old type is left out. In the arena.
Node *extend_decorators(Arena *arena, const Node *old, const Node *more, bool retyped);
/// The property `old` (NODE_PROPERTY_DECL) as `more` says it: its type, default and question mark
/// if it gives a type, its decorators, its doc comment if it has one. In the arena.
Node *extend_property(Compilation *compilation, const Node *old, const Node *more);
/// The attribute `old` (NODE_ATTRIBUTE) with the type of `more`, and its forms in the place of
/// those for the same back ends.
Node *extend_attribute(Compilation *compilation, const Node *old, const Node *more);
/// Adds to the named type, just declared, what the `extend type`s say. Reports what cannot be.
void extend_type(Compilation *compilation, Type *type, const Extension *extensions);

#endif
