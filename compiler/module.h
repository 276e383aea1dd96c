/// Modules: `module m(a: T) { … }`, and `use m as n { a: … }`.
///
/// To the passes a module is a construct whose properties are its parameters and whose attributes
/// are its outputs, and each `use` of it is a resource, in which others stand.
#ifndef DEPOT_MODULE_H
#define DEPOT_MODULE_H

#include "library.h"
#include "program.h"

/// The type of references to instances of the module that `symbol` (SYMBOL_MODULE) stands for.
/// Makes its construct, declares what its block holds, and finds the types of its outputs. Called
/// by `check_symbol`, which sees to modules that use themselves.
const Type *module_check(Compilation *compilation, Symbol *symbol);

/// The construct of the module that a NODE_USE names, or NULL after a diagnostic.
const Construct *module_of_use(Compilation *compilation, const Node *node);

/// How many resources an instance of `module` is at least, itself with them: those that stand in no
/// branch and no loop, also of the modules that it uses. At most SIZE_MAX / 2. Counts each module
/// once.
size_t module_least_resources(Compilation *compilation, const Construct *module);

/// Reports that the module `symbol` is used as a value.
void module_report_value(Compilation *compilation, Node *node, const Symbol *symbol);

/// Whether `scope` is part of a module.
bool scope_in_module(const Scope *scope);

/// The value of the output `name` of an instance, found on first use; VALUE_ABSENT if it stands in
/// a branch that is not taken. `node` is the expression that asks, for messages.
const Value *module_output(Compilation *compilation, Resource *use, const Name *name,
                           const Node *node);

#endif
