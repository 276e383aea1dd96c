/// The program as it is built: containers (environments) and the resources in them.
#ifndef DEPOT_PROGRAM_H
#define DEPOT_PROGRAM_H

#include "eval.h"

/// How many names are looked at for similar ones in one compilation: thousands of mistakes among
/// thousands of names must not take forever, and nobody reads so many suggestions.
#define SIMILAR_MAX_OFFERS 1000000
/// How deep files may import each other.
#define IMPORT_MAX_DEPTH 500
/// How many resources one compilation builds: modules that use others twice, in a row, double them.
#define PROGRAM_MAX_RESOURCES 2000000

/// A property of one resource: where it is written, and its value once evaluated.
typedef struct Slot {
    const Node *node; ///< the NODE_PROPERTY, or the NODE_SPREAD that brought it; NULL: not written
    Frame *frame;     ///< where to evaluate it; NULL if `value` is given
    const Value *value; ///< evaluated and conformed; of a spread: not yet conformed
    uint8_t state;      ///< SymbolState
    bool bad;           ///< a diagnostic stands for it or for something in it
} Slot;

typedef struct Output {
    const Node *node; ///< NODE_OUTPUT
    Frame *frame;
    const Value *value;
} Output;

/// What one resource uses of another.
typedef struct Reference {
    Resource *target;
    const Node *node; ///< where, for messages
    int property;     ///< through which property; -1: `dependsOn` and the like
} Reference;

/// A nested stack that the rule of splitting makes; see docs/splitting.md.
typedef struct Nested {
    const char *name; ///< "Location03": construct id in the stack
    unsigned turn;    ///< its place in the order of the nested stacks: what it uses is in those
    unsigned level;   ///< with a smaller turn, else level, else step
    unsigned step;
    size_t member_count;
    size_t part_count;  ///< CloudFormation resources in it
    ModelNested *model; ///< in the model that is being made
} Nested;

struct Resource {
    const Construct *construct;
    const Node *node; ///< NODE_RESOURCE
    const Name *name;
    const char *key;         ///< of a loop, else NULL
    Frame *frame;            ///< for its block
    Frame *expressions;      ///< for library expressions
    Frame *lowering;         ///< for the same while a model is made
    ModelResource *model;    ///< in the model that is being made
    ModelInstance *instance; ///< the same for an instance of a module
    DiagnosticTrail *trail;  ///< of an instance of a module: what its block says comes from here
    Resource *container;     ///< in whose block it stands; NULL for a container
    Resource *use;           ///< the instance of a module that declares it, or NULL
    Resource *environment;   ///< what it belongs to: `container`, unless it names another
    Slot *slots;             ///< by property number, then: container, dependsOn
    struct _GHashTable *numbers; ///< of open constructs: Name → 1 + property number; else NULL
    bool prepared;
    bool bad;         ///< errors were reported; nothing that follows from them is
    size_t index;     ///< order of expansion
    size_t order;     ///< `pass_order`: what it uses in its block comes before
    Nested *nested;   ///< where it stands in an environment that is split, or NULL
    const char *id;   ///< construct id, Pascal case
    const char *path; ///< construct path below the stack
    Reference *references;
    size_t reference_count;
    Reference *edges; ///< what it and what stands in it uses of others in the same block
    size_t edge_count;
    // Containers and instances of modules
    Output *outputs; ///< those in branches that are taken
    size_t output_count, output_capacity;
    // Containers only
    Resource **members; ///< those that modules declare too
    size_t member_count, member_capacity;
    Resource **uses; ///< all instances of modules in it, nested ones behind those that hold them
    size_t use_count, use_capacity;
    const char *stack;  ///< name of the stack
    Resource **foreign; ///< existing containers that its members name
    size_t foreign_count;
    Nested **nested_stacks; ///< of a container that is split: each behind those that it uses
    size_t nested_count;
};

/// The resources that one name stands for: one, or one per key.
typedef struct Instances {
    Resource *single;
    struct _GHashTable *by_key; ///< key → Resource
    Resource **all;             ///< sorted by key once asked for
    size_t count, capacity;
    bool sorted;
} Instances;

/// A constant in a block that is built, which is computed whether or not something uses it.
typedef struct BlockConstant {
    Symbol *symbol;
    Frame *frame;
    const Resource *use; ///< the instance of a module whose block it is, or NULL
} BlockConstant;

struct Program {
    Frame **files; ///< by Source.id
    size_t file_capacity;
    Symbol **busy; ///< constants whose type is being found, EVAL_MAX_DEPTH at most
    size_t busy_count;
    Source **importing; ///< files whose imports are being read, IMPORT_MAX_DEPTH at most
    size_t importing_count;
    unsigned depth;
    unsigned lenient;            ///< on the left of `??`: members of what is absent are absent
    unsigned offers;             ///< names looked at so far, SIMILAR_MAX_OFFERS at most
    bool symbolic;               ///< parameters of modules stand for themselves; see symbolic.h
    unsigned symbolic_lets;      ///< constants evaluated so, SYMBOLIC_MAX_LETS at most
    size_t volume;               ///< of what was computed so far, see volume.h
    unsigned calls;              ///< of functions so far, FUNCTION_MAX_CALLS at most
    bool expanded;               ///< all conditions and loops are decided
    struct _GHashTable *holders; ///< of collection.c: container → what it holds
    struct _GHashTable *plurals; ///< of collection.c: Name → kind
    const Node *member;          ///< the property whose value is being checked, or NULL
    bool too_deep;               ///< values depend on each other in too many steps, which is said
    bool lost_import; ///< a file could not be read: what is unknown may be declared in it
    bool incomplete;  ///< a condition or loop is in error: what is missing may be missing for that
    Resource **containers; ///< of entry files
    size_t container_count, container_capacity;
    size_t resource_count;
    BlockConstant *constants;
    size_t constant_count, constant_capacity;
    const char *target; ///< the back end whose model is being made
    bool code;
    struct TestRun *test;        ///< the test that is being judged, or NULL
    bool has_schemas;            ///< some file declares a schema
    struct _GHashTable *schemas; ///< path that one is written to → SchemaSource; NULL: none is used
    struct KeptFile *kept_files;          ///< YAML files that packages name (model_files.c)
    struct _GHashTable *stack_parameters; ///< deployment parameters that the stack uses
};

Program *program_new(Compilation *compilation);

/// The construct of a NODE_RESOURCE, or NULL after a diagnostic.
/// (`use` too: the construct of its module.)
const Construct *program_construct(Compilation *compilation, const Node *node);

/// Reports, once in a compilation, that values depend on each other in too many steps.
void program_report_depth(Compilation *compilation, Span place);

/// Builds all containers and resources: conditions decided, loops unrolled.
void program_expand(Compilation *compilation);
/// Evaluates every property and output.
void program_evaluate(Compilation *compilation);

/// What is told until `resource_leave` about places in the module that `resource` stands in says
/// which instance it is about. Returns what to give to `resource_leave`.
const DiagnosticTrail *resource_enter(Compilation *compilation, const Resource *resource);
void resource_leave(Compilation *compilation, const DiagnosticTrail *before);

/// The resources that `symbol` stands for in `frame`'s surroundings, NULL if none was built.
Instances *program_instances(Compilation *compilation, const Symbol *symbol, Frame *frame);
/// All of them, sorted by key.
Resource **instances_all(Instances *instances, size_t *count);

/// Finds out where each property of the resource is written. Idempotent.
void resource_prepare(Compilation *compilation, Resource *resource);
/// The value of a property with the decorator `mark` (`@sorted("Key")`) in the order of that
/// member. Reports two elements with the same one.
const Value *resource_sorted(Compilation *compilation, const Value *value, const Node *mark);
/// Gives a resource of an open construct the properties that its block writes.
void resource_open(Compilation *compilation, Resource *resource);
/// Number of the slot for the container reference and for `dependsOn`.
static inline size_t resource_container_slot(const Resource *resource) {
    return resource->construct->property_count;
}
static inline size_t resource_depends_slot(const Resource *resource) {
    return resource->construct->property_count + 1;
}
/// The value of property `index`: what was written, or VALUE_ABSENT; with `fallback` the default
/// where nothing was written.
const Value *resource_property(Compilation *compilation, Resource *resource, size_t index,
                               bool fallback);
/// Whether the program wrote property `index` (a default name counts as written).
bool resource_has(Compilation *compilation, Resource *resource, size_t index);
/// The place of property `index`, or of the resource's name.
Span resource_span(Compilation *compilation, Resource *resource, int index);
/// "location `hot`", "location `shard[\"eu\"]`"; in an instance of a module "location `first.hot`".
const char *resource_text(Compilation *compilation, const Resource *resource);
/// What the resource belongs to.
Resource *resource_environment(Compilation *compilation, Resource *resource);

/// Adds the deployment parameters (ModelParameter) in a value, or in all properties of a resource,
/// to the set `found`.
void value_parameters(const Value *value, struct _GHashTable *found);
void resource_parameters(Compilation *compilation, Resource *resource, struct _GHashTable *found);

/// Calls `visit` for every resource that `value` refers to.
typedef void (*ReferenceVisitor)(Resource *target, const Node *node, void *data);
void value_each_reference(const Value *value, ReferenceVisitor visit, void *data);

#endif
