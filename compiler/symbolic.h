/// Values of a module's properties with their parameters left in.
///
/// A back end that writes code writes a module as a class, whose properties say `props.prefix`
/// where the module says `prefix`. For it the expressions of a module are evaluated once more, with
/// its parameters as values known only at deployment. What cannot be told that way (a condition on
/// a parameter, a computation with it) keeps the value that it has in this instance.
#ifndef DEPOT_SYMBOLIC_H
#define DEPOT_SYMBOLIC_H

#include "program.h"

/// How many constants of a module one value may lead to; nothing keeps those evaluated so.
#define SYMBOLIC_MAX_LETS 1000

/// `value`, which `node` has in `frame`, with the parameters of the module around it where they
/// show; `value` itself outside of modules, and where the target writes no code. Reports nothing.
const Value *symbolic_value(Compilation *compilation, const Node *node, Frame *frame,
                            const Value *value);
/// The same for a property of a resource, or an argument of an instance.
const Value *symbolic_property(Compilation *compilation, Resource *resource, size_t index,
                               const Value *value);

/// The value of a parameter (SYMBOL_PROPERTY of a module) of the instance `use` while expressions
/// are evaluated so.
const Value *symbolic_parameter(Compilation *compilation, Resource *use, const Symbol *symbol);

/// Whether `value` is such a parameter, or a member of one; `*concrete` is what it stands for.
bool symbolic_is_parameter(Compilation *compilation, const Value *value, const Value **concrete);

#endif
