/// Operators, loops and conditions on values.
#ifndef DEPOT_OPERATORS_H
#define DEPOT_OPERATORS_H

#include "eval.h"

/// The value of a NODE_UNARY, NODE_BINARY or NODE_IS.
const Value *operator_eval(Compilation *compilation, const Node *node, Frame *frame);
/// The result of a condition at `node`. Those of the library, which are judged for every resource,
/// share two values: nothing asks where they come from.
const Value *operator_truth(Compilation *compilation, bool holds, const Node *node);
/// `base[index]` of a list, map or object.
const Value *operator_index(Compilation *compilation, const Node *node, const Value *base,
                            const Value *index);
/// Reports that `what` ("a key") must be known at build time and gives VALUE_ERROR.
const Value *report_build_time(Compilation *compilation, const Node *node, const char *what);

/// The value of the call `node` (bound to a Builtin).
const Value *builtin_call(Compilation *compilation, const Node *node, Frame *frame);
/// The name that a computed key evaluates to, or NULL after a diagnostic.
const Name *eval_key(Compilation *compilation, const Node *node, Frame *frame);
/// The value of a `param` or `deploy param`.
const Value *parameter_value(Compilation *compilation, Symbol *symbol, Frame *home);
/// Reports settings that no `param` took.
void parameter_report_unused(Compilation *compilation);
/// In a library expression: property `index` of the frame's resource, written for the frame's
/// target.
const Value *frame_property(Compilation *compilation, Frame *frame, size_t index);
/// In a clause: the written properties that the clause does not name.
const Value *frame_rest(Compilation *compilation, Frame *frame);

#endif
