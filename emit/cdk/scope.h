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

/// What a class is given from outside by the props of its constructor.
typedef struct CdkProp {
    const char *name;
    const char *doc;      ///< or NULL
    const Value **values; ///< what each instance of the class gives; NULL where it gives nothing
    const Value *const *typed; ///< the same as it is used, for its type
    bool text;                 ///< it is a string, whatever the values are
    bool optional;             ///< there are instances that give nothing
} CdkProp;

/// A public member of a class, for those who use it.
typedef struct CdkMember {
    const char *name;
    const char *doc;      ///< or NULL
    const Value *value;   ///< as the constructor has it
    const Value **values; ///< as each instance of the class has it
} CdkMember;

/// A class: a stack, or what a module became. Its values refer to constructs of the same scope, to
/// parameters of the stack, and to props (VALUE_ARGUMENT) only.
typedef struct CdkScope CdkScope;
struct CdkScope {
    const char *class_name;
    const char *doc;
    bool nested;              ///< a nested stack
    CdkConstruct *constructs; ///< in the order in which they are written
    size_t construct_count;
    ModelParameter *const *parameters; ///< of a stack; of a nested one, those that are lists
    size_t parameter_count;
    const ModelOutput *outputs; ///< of a stack
    size_t output_count;
    const Value *service_token; ///< of a stack: the project's, or NULL
    size_t instance_count;      ///< of a module's class: there are so many values for each prop
    const char *interface;      ///< name of the type of its props
    CdkProp *const *props;      ///< of a module's class
    size_t prop_count;
    CdkMember *const *members; ///< of a module's class, sorted by name
    size_t member_count;
};

#endif
