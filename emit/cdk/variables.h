/// Which variables a stack's file has, and which of them are read.
#ifndef DEPOT_EMIT_CDK_VARIABLES_H
#define DEPOT_EMIT_CDK_VARIABLES_H

#include "cdk/expression.h"

/// Fills `file->locals` and `file->used`, and adds all names that are not free for imports to
/// `taken`: variables, what the constructor calls its parameters, the class.
void variables_find(ClassFile *file, GHashTable *taken);

/// The name that the variable of a resource would have if it were alone: its own in camel case. In
/// `arena`.
const char *variables_name(Arena *arena, const ModelResource *resource);

/// Whether the variable of a resource or parameter is read.
bool variables_is_used(const ClassFile *file, const void *owner);

/// What the constructor of a resource is given if its clause has no `props`; NULL for nothing.
const Value *variables_props(const ModelPart *part);

#endif
