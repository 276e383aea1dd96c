/// Values: what expressions evaluate to, and what a model is made of.
#ifndef DEPOT_VALUE_H
#define DEPOT_VALUE_H

#include "names.h"
#include "tree.h"

typedef struct Type Type;
typedef struct Resource Resource;
typedef struct ModelPart ModelPart;
typedef struct ModelResource ModelResource;
typedef struct ModelInstance ModelInstance;
typedef struct ModelNested ModelNested;
typedef struct ModelParameter ModelParameter;
typedef struct Value Value;

typedef enum ValueKind {
    // Known at build time. All but ABSENT, ERROR, MEMBER and CASE occur in models.
    VALUE_ABSENT, ///< a property that is not there
    VALUE_ERROR,  ///< a diagnostic stands for it
    VALUE_NULL,   ///< JSON's null; only the library can write it
    VALUE_BOOL,
    VALUE_INT,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_LIST,
    VALUE_OBJECT,
    VALUE_MEMBER, ///< a bare member of an enumeration: `symbol` its name, `type` its type
    VALUE_CASE,   ///< `existing("X")`: `symbol` the case, `items` the arguments, `type` the type

    // Known at deployment, in programs (before lowering to a back end).
    VALUE_RESOURCE,  ///< a reference to `resource`
    VALUE_ATTRIBUTE, ///< `base`.`symbol`, base: a VALUE_RESOURCE or VALUE_ATTRIBUTE
    VALUE_PARAMETER, ///< a deployment parameter; also in models

    // Known at deployment, in programs and models.
    VALUE_PSEUDO,  ///< CloudFormation's pseudo parameter `text`, e.g. "AWS::AccountId"
    VALUE_CONCAT,  ///< the strings in `items` one after the other; flat, no two literals in a row
    VALUE_DYNAMIC, ///< a dynamic reference; `symbol`: service ("secretsmanager", "ssm"), items: the
                   ///< fields
    VALUE_FUNCTION, ///< an intrinsic function `symbol` ("Fn::Split", "Fn::ImportValue", …) of
                    ///< `items`

    // Only in models: how a back end writes what the library says.
    VALUE_REF,      ///< `Ref` of `part`
    VALUE_GETATT,   ///< `Fn::GetAtt` of `part`, attribute `text`
    VALUE_VARIABLE, ///< the variable that holds `target`
    VALUE_SYMBOL,   ///< the imported name `text` ("Location.X") of module `module`
    VALUE_FIELD,    ///< `base`.`symbol`
    VALUE_INVOKE,   ///< `base`(items…); base: a VALUE_SYMBOL or VALUE_FIELD
    VALUE_NEW,      ///< new `base`(items…)
    VALUE_THIS,     ///< the stack itself (the scope of constructs)
    VALUE_ARGUMENT  ///< the parameter `symbol` of the module around it; `base` is its value
} ValueKind;

/// The VALUE_FUNCTION that makes a number of a text that is known only at deployment.
/// CloudFormation needs none: it takes the text.
#define NUMBER_FUNCTION "Number"

/// A member of an object.
typedef struct Field {
    const Name *name;
    const Value *value;
    const Node *origin; ///< the property that wrote it, or NULL
} Field;

/// Values are immutable once made and may be shared.
struct Value {
    uint8_t kind;       ///< ValueKind
    bool ordered : 1;   ///< VALUE_OBJECT: its fields have the order of a declaration, not of names
    bool map : 1;       ///< VALUE_OBJECT: its keys are the user's, never renamed
    bool list : 1;      ///< VALUE_GETATT, VALUE_FIELD: a list that deployment gives
    bool number : 1;    ///< VALUE_PARAMETER, VALUE_ATTRIBUTE: a number, not a string
    bool narrow : 1;    ///< its type is a literal or a choice of them, not any string or number
    bool string : 1;    ///< VALUE_FIELD: a string
    uint32_t volume;    ///< of what was computed: how much it holds, see volume.h
    const Node *origin; ///< the expression that wrote it, or NULL
    const Type *form;   ///< the named type that says how back ends write it, or NULL
    union {
        bool boolean;
        int64_t integer;
        double decimal;
        struct {
            const char *text; ///< VALUE_STRING: UTF-8, not NUL-terminated; else NUL-terminated
            size_t length;
            const char *module;
            ModelPart *part;
        };
        struct {
            const Value **items;
            size_t count;
            const Name *symbol;
            union {
                const Type *type;
                const Value *base;
            };
        };
        struct {
            Field *fields;
            size_t field_count;
        };
        Resource *resource;
        ModelResource *target;
        ModelParameter *parameter;
    };
};

/// Calls `visit` for everything that a value directly consists of.
void value_each_child(const Value *value, void (*visit)(const Value *, void *), void *data);

#endif
