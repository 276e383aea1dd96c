/// Values against types: shape, order and constraints.
#ifndef DEPOT_CONFORM_H
#define DEPOT_CONFORM_H

#include "eval.h"

/// `conform` for a value from the command line: messages say where it came from.
const Value *conform_given(Compilation *compilation, const Value *value, const Type *type,
                           const Node *place, const char *what, const char *origin);

#endif
