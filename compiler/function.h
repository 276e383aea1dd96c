/// Functions that programs declare: `fn f(a: T, b: U = d): R = expr`.
///
/// A function has no effect but its value, and calls neither itself nor one that leads back to it;
/// so each call ends. How many calls one compilation makes is limited all the same, because
/// functions that call each other twice, in a row, double the work with each of them.
#ifndef DEPOT_FUNCTION_H
#define DEPOT_FUNCTION_H

#include "eval.h"

/// How many calls of such functions are evaluated in one compilation.
#define FUNCTION_MAX_CALLS 2000000

/// What a signature says: the parameters, and the scope that they are names of.
typedef struct Function {
    Property *parameters;
    size_t count;
    size_t required; ///< how many have no default and are not optional
    Scope *scope;
    const Type *result; ///< as declared, else as its expression has it
} Function;

/// Reads the parameters of a NODE_SIGNATURE (may be NULL) into `*count` properties, types resolved
/// in `scope`, decorators applied. Defaults are not checked. Reports names that occur twice.
Property *signature_parameters(Compilation *compilation, const Node *signature, Scope *scope,
                               size_t *count);

/// The type of the result of the function that `symbol` (SYMBOL_FN) stands for; everything about it
/// is checked on the way. Called by `check_symbol`, which sees to recursion.
const Type *function_check(Compilation *compilation, Symbol *symbol);

/// The type of a call of it; binds and reports the arguments.
const Type *function_check_call(Compilation *compilation, Node *call, Scope *scope, Symbol *symbol);

/// The value of a call of it. `home` is the frame of the scope that declares the function.
const Value *function_call(Compilation *compilation, const Node *call, const Symbol *symbol,
                           Frame *frame, Frame *home);

#endif
