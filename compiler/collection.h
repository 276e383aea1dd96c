/// What a container holds, by kind: `orders.datasets`.
#ifndef DEPOT_COLLECTION_H
#define DEPOT_COLLECTION_H

#include "program.h"

/// Offers the plurals of all kinds to `similar`.
void collection_offer(Compilation *compilation, Similar *similar);
/// The type of `reference.name`, where `construct` is the type referred to: the list of what a
/// container holds, or the container that a resource is added to. NULL if it is neither.
const Type *collection_type(Compilation *compilation, const Construct *construct, const Name *name);
/// The value of `resource.name` likewise, or NULL. Lists are sorted by name and key. What a
/// container holds is not known before all conditions and loops are decided; reports that at
/// `node`.
const Value *collection_value(Compilation *compilation, Resource *resource, const Name *name,
                              const Node *node);
/// Whether a type of the kind, of which only the base is known, has a property or attribute `name`.
bool collection_kind_knows(Compilation *compilation, const Construct *base, const Name *name);

#endif
