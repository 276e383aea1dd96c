/// How much the values of a program hold: a few lines can double a text, or a list of lists, until
/// no machine has room for it.
#ifndef DEPOT_VOLUME_H
#define DEPOT_VOLUME_H

#include "eval.h"

/// What one value may hold, and everything that is computed, in MiB. A list that stands in a value
/// twice counts twice: so does who walks it.
#define VOLUME_MAX_VALUE   32
#define VOLUME_MAX_PROGRAM 1024

/// `value`, which an expression has just made, with its volume entered; the value of an error,
/// after a diagnostic at its origin, if it is too large.
const Value *volume_charge(Compilation *compilation, const Value *value);

#endif
