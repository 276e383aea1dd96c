/// What the constructor of a generated class makes: between the files that find it out and those
/// that write it.
#ifndef DEPOT_EMIT_CDK_SCOPE_H
#define DEPOT_EMIT_CDK_SCOPE_H

#include "model.h"

/// A construct: a resource, or an instance of a module, which is written like one.
typedef struct CdkConstruct {
    const ModelResource *resource;
    const Value **dependencies; ///< the constructs that it was made to depend on, as values
    size_t dependency_count;
} CdkConstruct;

/// A class: a stack. Its values refer to constructs of the same scope and to parameters only.
typedef struct CdkScope {
    const char *class_name;
    const char *doc;
    CdkConstruct *constructs; ///< in the order in which they are written
    size_t construct_count;
    ModelParameter *const *parameters;
    size_t parameter_count;
    const ModelOutput *outputs; ///< of a stack
    size_t output_count;
    const Value *service_token; ///< of a stack: the project's, or NULL
} CdkScope;

#endif
