/// Evaluation: from bound expressions to values.
#ifndef DEPOT_EVAL_H
#define DEPOT_EVAL_H

#include "library.h"
#include "scope.h"
#include "value.h"

struct cJSON;

/// How deep constants may depend on each other, and values nest.
#define EVAL_MAX_DEPTH 3000

/// A scope at work: the values of its symbols.
struct Frame {
    Frame *outer;
    Scope *scope;
    void **slots;       ///< by Symbol.slot: a Value, or the Instances of a resource symbol
    Resource *resource; ///< library expressions: whose; NULL elsewhere
    const char *target; ///< clauses and forms: the back end; NULL elsewhere
    bool code;          ///< that back end writes code
    Clause *clause;     ///< clauses: which one; `rest` leaves out what it names
    const struct Attribute *attribute; ///< forms of attributes: which one
    const struct Type *attribute_type; ///< forms of attributes: its type, or NULL
    const char *attribute_name;        ///< forms of attributes: its name, dotted
    size_t plain; ///< forms of properties: 1 + the property that is written plainly
};

/// A frame for `scope`, nothing evaluated yet.
Frame *frame_new(Compilation *compilation, Scope *scope, Frame *outer);
/// The frame of a file, made on first use.
Frame *frame_of_file(Compilation *compilation, Source *source);

/// The value of `node`. Errors are reported and give VALUE_ERROR; never NULL.
const Value *eval(Compilation *compilation, const Node *node, Frame *frame);
/// The value of what `symbol` stands for.
const Value *eval_symbol(Compilation *compilation, Symbol *symbol, Frame *frame);
/// `base.name`, as in an expression at `node`.
const Value *eval_member(Compilation *compilation, const Value *base, const Name *name,
                         const Node *node);
/// A condition that must be known at build time; `*known` is false after an error (reported) or,
/// with `quiet`, when it is known at deployment only.
bool eval_condition(Compilation *compilation, const Node *node, Frame *frame, bool quiet,
                    bool *known);

/// Runs `each` for every turn of a loop or comprehension, in a fresh frame for its variables.
typedef void (*LoopBody)(Compilation *compilation, Frame *frame, void *data);
void eval_loop(Compilation *compilation, const Node *header, Frame *frame, LoopBody each,
               void *data);

/// `value` as `type` wants it: properties in the order of the declaration, maps marked, literals
/// held against constraints. Reports what does not fit at the value's own place, or at `place`.
const Value *conform(Compilation *compilation, const Value *value, const Type *type,
                     const Node *place, const char *what);

// Making values.
const Value *value_of_literal(Arena *arena, const Node *node);
Value *value_new(Arena *arena, ValueKind kind, const Node *origin);
const Value *value_string(Arena *arena, const char *text, const Node *origin);
const Value *value_string_n(Arena *arena, const char *text, size_t length, const Node *origin);
const Value *value_int(Arena *arena, int64_t integer, const Node *origin);
const Value *value_bool(Arena *arena, bool boolean, const Node *origin);
/// An object with room for `count` fields; `field_count` starts at 0.
Value *value_object(Arena *arena, size_t count, const Node *origin);
Value *value_list(Arena *arena, size_t count, const Node *origin);
extern const Value value_absent, value_error, value_null;

/// A JSON document as a value at `node`; `null` stands for its nulls.
const Value *value_of_json(Compilation *compilation, const struct cJSON *json, const Node *node,
                           const Value *null);

/// Sorts fields as JavaScript orders the keys of an object that were entered in alphabetical order:
/// array indices first, by number, then the others by their bytes. Both back ends rely on it.
void fields_sort(Field *fields, size_t count);
/// The field `name` of an object, or NULL.
const Value *value_field(const Value *object, const Name *name);
/// The type of a VALUE_ATTRIBUTE of a resource, or of what lies below one; NULL if the library does
/// not say.
const Type *value_attribute_type(const Value *value);
/// Whether it, or anything in it, is known only at deployment.
bool value_is_deploy(const Value *value);
bool value_contains_secret(const Value *value);
/// Whether a diagnostic stands for it or for something in it.
bool value_contains_error(const Value *value);
bool value_equal(const Value *left, const Value *right);
/// "a string", "`\"x\"`", "a list": for messages.
const char *value_text(Arena *arena, const Value *value);
/// Strings and what becomes a string, one after the other. Known parts are merged; the result is a
/// string if all are known. Other values (numbers, …) are written as `string()` does.
const Value *value_concat(Arena *arena, const Value **parts, size_t count, const Node *origin);
/// The text of a string, number, bool or member as interpolation writes it; NULL for others.
const char *value_to_text(Arena *arena, const Value *value, size_t *length);

#endif
