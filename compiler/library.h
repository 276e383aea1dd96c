/// What the compiler knows of Depot: the constructs, types and constants of `stdlib/`, read from
/// the texts embedded in the program, each when it is first asked for.
#ifndef DEPOT_LIBRARY_H
#define DEPOT_LIBRARY_H

#include "scope.h"
#include "type.h"

/// What another resource may use of this one.
typedef struct Attribute {
    const Name *name;
    const Type *type;
    const Node *node; ///< NODE_ATTRIBUTE; NULL: it stands for any
    struct Attribute *next;
} Attribute;

typedef struct Rule {
    const Node *node; ///< NODE_RULE
    const char *code;
    Severity severity;
    struct Rule *next;
} Rule;

/// How a back end writes the construct.
typedef struct Clause {
    const Node *node; ///< NODE_CLAUSE
    const Name *target;
    const char *head;
    const char *at;   ///< NULL: not given
    const Node *when; ///< condition or NULL
    bool *mentions;   ///< the properties that its body names, by number; made on first use
    struct Clause *next;
} Clause;

/// A promise that no two resources of one environment give the same value.
typedef struct Unique {
    const char *what; ///< for messages
    const Node *key;  ///< the expression, or NULL for a property
    size_t property;  ///< its number, if `key` is NULL
    const Node *node; ///< the decorator
    struct Unique *next;
} Unique;

/// Marks on a property that whole-program passes go by; see docs/library.md.
typedef enum PropertyMark {
    MARK_PART = 1,
    MARK_EXCLUSIVE = 2,
    MARK_FALLBACK = 8,
    MARK_PURPOSES = 16,
    MARK_NEEDS = 32,
    MARK_DISJOINT = 64,
    MARK_FORM = 128,            ///< a back end writes it in a way of its own
    MARK_SCHEMAS = 256,         ///< names files with schemas
    MARK_MIGRATIONS = 512,      ///< names files with migrations
    MARK_NEEDS_SCHEMA = 1024,   ///< what it is set to needs a schema of a certain name
    MARK_NEEDS_RESOURCE = 2048, ///< … a resource of a certain type in the same container
    MARK_SORTED = 4096,         ///< a list that is sorted by one of its members
    MARK_OMIT_EMPTY = 16384,    ///< an empty list or object is as if it were not written
    MARK_SPLIT = 8192           ///< divides the stack: is for depotc, and no property of Depot's
} PropertyMark;

/// One `extend`.
typedef struct Extension {
    Node *node; ///< NODE_CONSTRUCT or NODE_TYPE with NODE_EXTEND
    Source *source;
    struct Extension *next;
} Extension;

/// What one declaration says of a construct.
typedef struct Layer {
    Node *node;   ///< NODE_CONSTRUCT
    Scope *scope; ///< of its expressions
    struct Layer *next;
} Layer;

struct Construct {
    const Name *kind;
    const Name *type;  ///< without the kind; NULL for a kind without types
    const char *label; ///< "location.X", "dataset", "existing environment": for messages
    const Construct *base;
    const Node *node; ///< NODE_CONSTRUCT; a copy, if `extend`s decorate it
    Source *source;
    Layer *layers;        ///< its own declaration, then the `extend`s of it
    Scope *scope;         ///< of its own expressions
    Property *properties; ///< inherited ones first
    uint32_t *marks;      ///< PropertyMark of each
    size_t property_count;
    int name_property; ///< number of the property `name`, or -1
    Attribute *attributes;
    Rule *rules;
    Clause *clauses;
    Unique *uniques;
    const char *fixed_id;   ///< `@id`
    const char *file;       ///< `@file`: what a file of this name holds, and no resource; or NULL
    const Node *deprecated; ///< `@deprecated`
    const Node *resource_attributes; ///< `@attributes`: NODE_OBJECT, or NULL
    const Node
        *attribute_forms;  ///< `@attributeForms`: NODE_OBJECT for attributes without forms, or NULL
    const char *transform; ///< `@transform`: the macro that its templates need, or NULL
    const Name *depends_name; ///< `@dependsOn`: another name of `dependsOn`, or NULL
    const Node *families; ///< `@open("…")` of a base: patterns of types that need no declaration
    Attribute *any_attribute; ///< of open constructs: stands for every one
    bool open;                ///< takes any properties
    bool existing;
    bool container;
    bool provides;
    bool abstract; ///< a base without clauses of its own
    bool module;   ///< no construct of the library: a module; see module.h
    bool checked;  ///< its expressions have been bound
    size_t least;  ///< of a module: see module_least_resources; 0: not counted yet
};

/// The library of a compilation. Lives in its arena.
Library *library_new(Compilation *compilation);

/// The construct for `KIND n: TYPE` (type NULL: `KIND n`), or NULL if the library has none.
const Construct *library_construct(Library *library, const Name *kind, const Name *type,
                                   bool existing);
/// The library's own declaration of the construct with the label `key` ("location.X", "existing
/// environment"), or NULL; it is not looked at. And of the type `name`.
Node *library_construct_node(Library *library, const Name *key);
Node *library_type_node(Library *library, const Name *name);
/// The construct with this label ("location.X", "dataset", "existing environment"), or NULL.
const Construct *library_labelled(Library *library, const char *label);
/// Whether there is a construct of this kind at all.
bool library_has_kind(Library *library, const Name *kind);
/// The named type `name` of the library, or NULL.
const Type *library_type(Library *library, const Name *name);
/// The constant `name` of the library, or NULL.
Symbol *library_let(Library *library, const Name *name);
/// The rule of a library construct with this id, or NULL.
const Node *library_rule(Library *library, const char *id);
/// Offers every name that begins with `prefix` ("construct ", "type ", "let ", "rule ") to
/// `similar`, without the prefix.
void library_offer(Library *library, const char *prefix, Similar *similar);
/// The names of all constructs ("location.X", "dataset", "existing environment"), sorted, NULL at
/// the end.
const char **library_construct_names(Library *library);
/// The names of the library's named types that begin with `prefix`, sorted, NULL at the end.
const char **library_type_names(Library *library, const char *prefix);

/// Makes the layers of a new construct: `construct->node`, and the `extend`s of it (Extension).
void construct_begin(Compilation *compilation, Construct *construct, const Extension *extensions);
/// Reads what the layers declare: types are resolved. `base`: what it inherits from, or NULL.
void construct_fill(Compilation *compilation, Construct *construct, const Construct *base);
/// The same for a type that its base takes without a declaration, with any properties.
void construct_fill_open(Compilation *compilation, Construct *construct, const Construct *base);
/// The rule that a NODE_RULE declares, or NULL if it could not be read.
Rule *rule_new(Compilation *compilation, const Node *node);

/// The place of the name in a `construct a.b …` or `extend type a …`.
Span declaration_span(const Compilation *compilation, const Node *node);
/// Whether the construct says how the back end `target` writes it: by a clause, or by an attribute
/// `id` for what refers to it.
bool construct_written(const Construct *construct, const char *target);
/// Whether `construct` is `ancestor` or inherits from it.
bool construct_is(const Construct *construct, const Construct *ancestor);
/// The number of the property `name`, or -1.
int construct_property(const Construct *construct, const Name *name);
/// The attributes of what is called `name`, for messages: "`topic.Ref`, `topic.TopicArn`"; a few.
/// NULL if it has none.
char *construct_attributes_text(Arena *arena, const Construct *construct, const char *name);
/// Whether `name` is `dependsOn` in blocks of the construct.
bool construct_is_depends(const Construct *construct, const Name *name);
/// The attribute `name`, or NULL. Open constructs have all; then the attribute has no node.
const Attribute *construct_attribute(const Construct *construct, const Name *name);
/// What others may ask a resource of the construct for, for messages: "property or attribute".
const char *construct_offers(const Construct *construct);
/// A copy of the open construct `construct` that has properties `names` of any type behind its own.
const Construct *construct_with_properties(Arena *arena, const Construct *construct,
                                           const Name *const *names, size_t count);

/// The decorator `name` in a list of decorators, or NULL.
const Node *decorator_find(const Node *decorators, const char *name);
/// Whether the decorator says how the back end of its name writes something: it is none of those
/// that the compiler itself knows.
bool decorator_is_form(const Node *decorator);
/// The PropertyMarks that a list of decorators gives.
uint32_t decorator_marks(const Node *decorators);
/// The text of a decorator's first argument, or NULL.
const char *decorator_text(Arena *arena, const Node *decorator);
/// The decorators of a declaration, type or property node.
const Node *node_decorators(const Node *node);

/// Where a fact comes from.
typedef struct Provenance {
    bool inferred;
    const char *text; ///< the page, or the reason; NULL if nothing is said
} Provenance;
/// What `node` says itself, else what `outer` says.
Provenance provenance_of(Arena *arena, const Node *node, const Node *outer);

#endif
