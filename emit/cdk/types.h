/// The TypeScript types of values.
#ifndef DEPOT_EMIT_CDK_TYPES_H
#define DEPOT_EMIT_CDK_TYPES_H

#include "cdk/expression.h"

/// The type that all of `values` have; those that are NULL are left out. Names in it are imported
/// into `file`, in whose arena the result is.
Doc *types_of(ClassFile *file, const Value *const *values, size_t count);
/// The same for what the class writes as `value`: the fields of an object that stands there are
/// typed one by one, since any of them may go with any of the others.
Doc *types_of_written(ClassFile *file, const Value *value, const Value *const *values,
                      size_t count);
/// A type by its name.
Doc *types_named(const ClassFile *file, const char *name);

#endif
