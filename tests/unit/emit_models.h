/// Models made by hand, for the tests of the back ends.
#ifndef DEPOT_TESTS_EMIT_MODELS_H
#define DEPOT_TESTS_EMIT_MODELS_H

#include "model.h"

/// Values. Texts are copied; lists of values end with NULL. All of it lives in the arena.
const Value *make_string(Arena *arena, const char *text);
const Value *make_int(Arena *arena, int64_t integer);
const Value *make_number(Arena *arena, double decimal);
const Value *make_bool(Arena *arena, bool boolean);
const Value *make_null(Arena *arena);
const Value *make_pseudo(Arena *arena, const char *text);
const Value *make_this(Arena *arena);
const Value *make_parameter(Arena *arena, ModelParameter *parameter);
const Value *make_ref(Arena *arena, ModelPart *part);
const Value *make_getatt(Arena *arena, ModelPart *part, const char *attribute);
const Value *make_variable(Arena *arena, ModelResource *resource);
const Value *make_symbol(Arena *arena, const char *module, const char *text);
const Value *make_field(Arena *arena, const Value *base, const char *name);
/// Values with items: VALUE_LIST, VALUE_CONCAT; VALUE_INVOKE, VALUE_NEW (with `base`).
const Value *make_items(Arena *arena, ValueKind kind, const Value *base, ...)
    __attribute__((sentinel));
/// VALUE_FUNCTION and VALUE_DYNAMIC, which have a symbol.
const Value *make_named(Arena *arena, ValueKind kind, const char *symbol, ...)
    __attribute__((sentinel));
/// An object from names and values by turns, ended by NULL.
const Value *make_object(Arena *arena, ...) __attribute__((sentinel));
/// The same from arrays.
const Value *make_object_of(Arena *arena, const char *const *names, const Value *const *values,
                            size_t count);
/// The same with items from an array.
const Value *make_items_of(Arena *arena, ValueKind kind, const Value *base,
                           const Value *const *items, size_t count);

/// A model with one stack called `name` ("orders" → class OrdersStack), for the back end `target`.
Model *make_model(Arena *arena, const char *target, const char *name);
/// Adds a resource without parts to the first stack.
ModelResource *add_resource(Model *model, const char *name, const char *id);
/// Adds a part to a resource.
ModelPart *add_part(Model *model, ModelResource *resource, const char *head, const char *at,
                    const Value *body);
/// Adds a parameter or an output to the first stack; its id follows from the name.
ModelParameter *add_parameter(Model *model, const char *name, ParameterType type);
ModelOutput *add_output(Model *model, const char *name, const Value *value);

/// The parameter `name` of a module, with the value that it has.
const Value *make_argument(Arena *arena, const char *name, const Value *value);
/// Adds an instance of `module` to the first stack, in `parent` unless that is NULL.
ModelInstance *add_instance(Model *model, ModelInstance *parent, const char *module,
                            const char *name);
/// Gives an instance an argument; the value that reads it in the module.
const Value *give(Model *model, ModelInstance *instance, const char *name, const Value *value);
/// Adds an output to an instance; outputs are added sorted by name.
void show(ModelInstance *instance, const char *name, const Value *value);

#endif
