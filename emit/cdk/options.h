/// What a template says of a resource beside its properties, as statements that follow its
/// construct.
#ifndef DEPOT_EMIT_CDK_OPTIONS_H
#define DEPOT_EMIT_CDK_OPTIONS_H

#include "cdk/expression.h"

/// The attribute whose members are added one by one.
#define METADATA_ATTRIBUTE "Metadata"

/// What the attribute `name` is assigned to: `topic.cfnOptions.deletionPolicy`. In `arena`.
const char *options_target(Arena *arena, const char *local, const char *name);
/// The value of an attribute, keys of objects in camel case.
Ts *options_value(ClassFile *file, const Value *value);
/// `local.addMetadata("Key", value)`
Ts *options_metadata(ClassFile *file, const char *local, const Field *field);

#endif
