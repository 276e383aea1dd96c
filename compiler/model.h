/// The model: all that a back end reads.
///
/// It is plain: no scope, no expression, no look-up by name is left in it. Values are those that
/// value.h marks as occurring in models. One model is made for one back end, because the library
/// says for each back end how a construct is written there.
#ifndef DEPOT_MODEL_H
#define DEPOT_MODEL_H

#include "compilation.h"
#include "value.h"

/// One thing that a construct is written as: the head and body of one clause of its library file.
/// For `cfn` it is a CloudFormation resource.
struct ModelPart {
    const char *head;       ///< the clause's text: "Custom::Location"; "" if it has none
    const char *path;       ///< construct path below the stack: "Hot/Resource"
    const char *logical_id; ///< by CDK's algorithm over `path`
    const char
        *at; ///< the clause's place below the resource's construct: "Resource", "Role/Resource"
    const Value *body; ///< VALUE_OBJECT
    /// VALUE_OBJECT: attributes of the resource (`DeletionPolicy`), and `body` holds only
    /// properties; or NULL: they stand in `body`.
    const Value *attributes;
    ModelPart **dependencies; ///< parts that must exist first, without those that `body` refers to
    size_t dependency_count;
    ModelResource *resource;
    ModelPart *next; ///< the next part of the same resource
};

/// A resource as the user wrote it: one `location hot: … { }`, or one turn of a loop.
struct ModelResource {
    const char *name;        ///< as written: "hot", "shard"
    const char *key;         ///< of a resource in a loop: "eu", else NULL
    const char *id;          ///< construct id in the stack, Pascal case: "Hot", "ShardEu"
    const char *kind;        ///< "location"
    const char *type;        ///< "location.X" as the library names it
    const char *doc;         ///< the doc comment, or NULL
    const char *transform;   ///< the macro that a template with it needs, or NULL
    ModelInstance *instance; ///< of the module that declares it; NULL: it stands in the stack
    ModelNested *nested;     ///< the nested stack that it stands in, or NULL
    ModelPart *parts;
    /// All written properties as the target writes them, the container first; NULL unless the back
    /// end asks for it (`Backend.properties`).
    const Value *properties;
    ModelResource **dependencies; ///< resources that the user made it depend on (`dependsOn`)
    size_t dependency_count;
    ModelInstance **instance_dependencies; ///< instances of modules likewise
    size_t instance_dependency_count;
    Span span;
};

typedef enum ParameterType { PARAMETER_STRING, PARAMETER_NUMBER, PARAMETER_LIST } ParameterType;

/// A deployment parameter that the stack uses.
struct ModelParameter {
    const char *name; ///< as written
    const char *id;   ///< logical id and construct id: "StageSecretArn"
    const char *doc;
    ParameterType type;
    const Value *default_value; ///< VALUE_STRING, VALUE_INT, VALUE_NUMBER or NULL
    const char *const *allowed; ///< allowed values as text, or NULL
    size_t allowed_count;
    const char *pattern;    ///< regular expression, or NULL
    const char *constraint; ///< what the pattern means, for people; or NULL
    bool has_min_length, has_max_length, has_min_value, has_max_value;
    int64_t min_length, max_length;
    double min_value, max_value;
    Span span;
};

/// An output of a stack or of an instance of a module.
typedef struct ModelOutput {
    const char *name; ///< as written
    const char *id;   ///< Pascal case
    const char *doc;
    const Value *value;
    Span span;
} ModelOutput;

/// What a module was given for one of its parameters: the default where nothing was written.
typedef struct ModelArgument {
    const char *name; ///< of the parameter
    const char *doc;  ///< of the parameter, or NULL
    const Value *value;
} ModelArgument;

/// One `use` of a module, or one turn of a loop: a construct of its own, in which others stand.
///
/// Where a back end writes code, what a property inside of the module owes to a parameter is kept:
/// it is a VALUE_ARGUMENT, with the argument's value behind it, also as a part of a VALUE_CONCAT or
/// below a VALUE_FIELD. Two instances of one module may differ in more: in the resources that they
/// hold, and in values that were computed from parameters.
struct ModelInstance {
    const char *module;       ///< the module's name, as written: "tables"
    const char *file;         ///< path of the file that declares it: sets apart modules of one name
    const char *module_doc;   ///< the doc comment of the module, or NULL
    const char *name;         ///< as written: "first"
    const char *key;          ///< of an instance in a loop, else NULL
    const char *id;           ///< construct id in what it stands in: "First", "FirstEu"
    const char *path;         ///< construct path below the stack: "First", "Outer/First"
    const char *doc;          ///< the doc comment of the `use`, or NULL
    ModelInstance *parent;    ///< the instance that it stands in; NULL: the stack
    ModelNested *nested;      ///< the nested stack that it stands in, or is; else NULL
    bool is_nested;           ///< it is a nested stack, as a construct in which others stand
    ModelArgument *arguments; ///< in the order of the parameters; absent ones are left out
    size_t argument_count;
    ModelOutput *outputs; ///< sorted by name; values of any kind, resources too
    size_t output_count;
    ModelResource **dependencies; ///< resources that the `use` was made to depend on
    size_t dependency_count;
    ModelInstance **instance_dependencies; ///< instances likewise
    size_t instance_dependency_count;
    Span span;
};

/// A value that one template hands to another: a parameter or an output of a nested stack.
typedef struct ModelCrossing {
    const char *id;     ///< as AWS CDK names it
    ParameterType type; ///< of a parameter
    const Value
        *value; ///< of a parameter: as the stack has it; of an output: as the nested one has
} ModelCrossing;

/// A nested stack of an environment that is split: a template of its own.
struct ModelNested {
    const char *id;            ///< construct id in the stack: "Location03"
    const char *logical_id;    ///< of the resource in the stack's template that creates it
    const char *file;          ///< name of its template, beside the stack's
    ModelResource **resources; ///< in the order of the stack's
    size_t resource_count;
    // Only for back ends that write templates
    ModelCrossing *parameters; ///< sorted by id
    size_t parameter_count;
    ModelCrossing *outputs; ///< sorted by id
    size_t output_count;
    const char **depends_on; ///< logical ids in the stack's template, sorted, each once: what must
                             ///< be there first, beside what its parameters refer to
    size_t depends_on_count;
};

/// One environment: one stack, one template, and one for each nested stack.
typedef struct ModelStack {
    const char *name;       ///< as written: names the template (`NAME.template.json`) and the stack
    const char *class_name; ///< "OrdersStack"
    const char *doc;
    ModelResource **resources; ///< in dependency order, then by name and key; the environment
                               ///< itself (if the template creates it) is one of them
    size_t resource_count;
    ModelResource *container;  ///< the environment, one of them
    ModelInstance **instances; ///< all, nested ones too: each behind the one that it stands in, and
                               ///< else in dependency order, then by name and key
    size_t instance_count;
    ModelParameter **parameters; ///< sorted by id
    size_t parameter_count;
    ModelOutput *outputs; ///< sorted by id
    size_t output_count;
    ModelNested **nested; ///< of an environment that is split: each behind those that it uses
    size_t nested_count;
    const char *divided_by; ///< the property that divides it, or would, for messages; or NULL
    Span divided_at;        ///< where it is written, or the environment's name
    Span span;
} ModelStack;

/// A file that belongs to the program and is no program: a schema.
typedef struct ModelFile {
    const char *path; ///< relative, with "/"
    const char *text;
    size_t length;
    const char *origin; ///< the file that it is a copy of, from the working folder; or NULL
    Span span;
} ModelFile;

typedef struct Model Model;
struct Model {
    const char *target;  ///< the back end it is made for
    const char *project; ///< a name for the whole: the project's, else kebab case of the
                         ///< environment, or of the first file
    ModelStack *stacks;  ///< sorted by name
    size_t stack_count;
    /// The library's constant `TARGETSettings` (`cdkSettings`): facts about the target that are no
    /// construct's. VALUE_OBJECT, or NULL if there is none.
    const Value *settings;
    /// The function behind custom resources if the project sets one, as the target writes it; else
    /// NULL.
    const Value *service_token;
    const Value *tags; ///< that the project gives all stacks: VALUE_OBJECT of texts, or NULL
    /// Of back ends that write code: files that the code reads, sorted by path.
    ModelFile *files;
    size_t file_count;
    const PackageVersion *versions; ///< what the project wants of packages; later ones win
    size_t version_count;
    Arena *arena; ///< of the compilation; back ends may allocate in it
};

/// What stands between the elements of a list that crosses from a nested stack as one text.
#define MODEL_LIST_SEPARATOR "||"

/// The output of the nested stack of `part` that holds its `Ref` (attribute NULL) or an attribute,
/// as AWS CDK names it. Result in `arena`.
const char *model_crossing_output(Arena *arena, const ModelStack *stack, const ModelPart *part,
                                  const char *attribute);
/// The parameter of a nested stack that holds `value` (VALUE_REF, VALUE_GETATT or VALUE_PARAMETER)
/// from outside of it. Result in `arena`.
const char *model_crossing_parameter(Arena *arena, const ModelStack *stack, const Value *value);

/// The logical id of a construct path, as CDK computes it: components joined with "/"; `Default`
/// left out; one component stays as it is; else the human part and 8 hex digits of the path's MD5.
/// Result in `arena`. Also done when the result would be over 255 characters (CDK cuts the human
/// part at 240).
const char *model_logical_id(Arena *arena, const char *path);

#endif
