/// Types. Assignability is structural; constraints (patterns, ranges, …) are judged on values.
#ifndef DEPOT_TYPE_H
#define DEPOT_TYPE_H

#include "compilation.h"
#include "value.h"

typedef struct Construct Construct;
typedef struct Symbol Symbol;

typedef enum TypeKind {
    TYPE_ERROR, ///< a diagnostic stands for it; fits everywhere
    TYPE_ANY,
    TYPE_NEVER, ///< nothing fits
    TYPE_STRING,
    TYPE_INT,
    TYPE_NUMBER,
    TYPE_BOOL,
    TYPE_SECRET,
    TYPE_DEPLOYED,  ///< a string that is known only at deployment
    TYPE_LITERAL,   ///< exactly `literal`
    TYPE_MEMBER,    ///< the bare member `name`
    TYPE_CASE,      ///< the case `name` with parameters `properties`
    TYPE_LIST,      ///< of `element`
    TYPE_MAP,       ///< from strings to `element`
    TYPE_OBJECT,    ///< `properties`; `element` is the type of further keys, or NULL
    TYPE_UNION,     ///< of `alternatives`
    TYPE_REFERENCE, ///< to a resource of kind `name`; of `construct` only, unless NULL
    TYPE_NAMED      ///< `name` for `element`, narrowed by the decorators of `node`
} TypeKind;

/// A property of an object type or of a construct, or a parameter of a case.
typedef struct Property {
    const Name *name;
    const Type *type;
    const Node *node;     ///< NODE_PROPERTY_DECL, or the NODE_PROPERTY of an inferred object
    const Node *fallback; ///< the default, or NULL
    bool optional;
    const Symbol *symbol; ///< of construct properties: its name in library expressions
} Property;

typedef enum ConstraintKind {
    CONSTRAINT_PATTERN,
    CONSTRAINT_LENGTH,
    CONSTRAINT_RANGE,
    CONSTRAINT_FORMAT,
    CONSTRAINT_KNOWN, ///< before deployment
    CONSTRAINT_WORDS  ///< one of the arguments of `node`
} ConstraintKind;

/// What decorators demand of a literal.
typedef struct Constraint {
    const Node *node; ///< the decorator, for messages
    ConstraintKind kind;
    bool documented;  ///< known from documentation only: who breaks it is warned
    const char *text; ///< pattern or format
    double minimum, maximum;
    struct _GRegex *regex; ///< compiled on first use
    struct Constraint *next;
} Constraint;

struct Type {
    uint8_t kind;
    bool formed;      ///< NAMED: decorators say how back ends write its values
    bool constrained; ///< values need `conform` for more than their shape
    const Name *name;
    const Node *node;    ///< where it is declared, or NULL
    const Type *element; ///< LIST, MAP, OBJECT (further keys), NAMED (what it names)
    const Type *owner;   ///< MEMBER, CASE: the named type they belong to, or NULL
    const Type **alternatives;
    Property *properties;
    size_t count; ///< of alternatives or properties
    const Value *literal;
    const Construct *construct;
    const Symbol *symbol;    ///< MEMBER, CASE: what a name bound to it points to
    Constraint *constraints; ///< NAMED
    const char *qualifier;   ///< NAMED: the TypeScript name that may qualify members, or NULL
};

/// The types without structure.
extern const Type type_error, type_any, type_never, type_string, type_int, type_number, type_bool,
    type_secret, type_deployed;

/// How many arguments the TYPE_CASE `type` needs at least.
size_t type_case_required(const Type *type);
const Type *type_list(Arena *arena, const Type *element);
const Type *type_map(Arena *arena, const Type *element);
const Type *type_literal(Arena *arena, const Value *literal);
/// The union of two types; equal or covered ones are dropped, and more than a handful of different
/// alternatives become `any`.
const Type *type_join(Arena *arena, const Type *left, const Type *right);

/// The plain type of a literal: `string` for `"a"`; other types as they are.
const Type *type_widen(const Type *type);
/// The type behind names.
const Type *type_strip(const Type *type);
/// Whether a value of type `from` may stand where `to` is expected.
bool type_assignable(const Type *from, const Type *to);
bool type_equal(const Type *left, const Type *right);
/// Whether it is a number, a string, …, once names and literals are looked through (unions: all of
/// it).
bool type_is(const Type *type, TypeKind kind);
/// The property `name` of an object type (through names), or NULL.
const Property *type_property(const Type *type, const Name *name);
/// The bare member or case `name` among the alternatives, or NULL.
const Type *type_find_member(const Type *type, const Name *name);
/// Calls `visit` for every alternative, through unions and names.
void type_each_alternative(const Type *type, void (*visit)(const Type *, void *), void *data);
/// The type as people write it: `string`, `ONDEMAND | PROVISIONED`, `location.X`; long unions are
/// cut.
const char *type_text(Arena *arena, const Type *type);

#endif
