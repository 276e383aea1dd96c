/// Values whose types leave no choice but some words or numbers.
#ifndef DEPOT_NARROW_H
#define DEPOT_NARROW_H

#include "program.h"

/// `value` (lowered) as a value of `type`, with `Value.narrow` set on the strings and numbers in it
/// whose types are literals: typed code cannot call these `string` or `number`. What is shared is
/// copied.
const Value *narrow_value(Compilation *compilation, const Value *value, const Type *type);

#endif
