/// From written types to types.
#ifndef DEPOT_TYPE_RESOLVE_H
#define DEPOT_TYPE_RESOLVE_H

#include "scope.h"

/// The type that `node` (NODE_TYPE_*) writes, names looked up in `scope`. Reports unknown names;
/// never NULL.
const Type *type_resolve(Compilation *compilation, Node *node, Scope *scope);
/// The same for what is written behind `extend type N =`: undotted names that are no types are bare
/// members of `owner`.
const Type *type_resolve_alternative(Compilation *compilation, Node *node, Scope *scope,
                                     const Type *owner);
/// The named type that a NODE_TYPE declares, with what `extend type`s add.
const Type *type_declare(Compilation *compilation, Node *declaration, Scope *scope);
/// The named type that `symbol` stands for, made on first use; NULL if it is no type.
const Type *type_of_symbol(Compilation *compilation, Symbol *symbol);
/// `type` narrowed by decorators of a property; `type` itself if there are none.
const Type *type_narrow(Compilation *compilation, const Type *type, const Node *node);

#endif
