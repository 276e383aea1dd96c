/// From the program to the model of one back end: the library's clauses evaluated.
#ifndef DEPOT_LOWER_H
#define DEPOT_LOWER_H

#include "model.h"
#include "program.h"

/// Property `index` as the current target writes it; VALUE_ABSENT if the program did not write it.
const Value *lower_property(Compilation *compilation, Resource *resource, size_t index);
/// `value`, evaluated, as the current target writes it: references, members, attributes resolved.
const Value *lower_value(Compilation *compilation, const Value *value);
/// The same for an object without a form of its own, new, with room for `room` more fields.
Value *lower_object(Compilation *compilation, const Value *value, size_t room);
/// The part of `resource` at `at` ("Resource"), or NULL.
ModelPart *lower_part(const Resource *resource, const char *at);
/// The frame for the resource's library expressions as the current target sees them.
Frame *lower_frame(Compilation *compilation, Resource *resource);
/// What the construct's decorator for the current target says (`@cdk(…)`); VALUE_ABSENT without
/// one.
const Value *lower_construct_form(Compilation *compilation, const Resource *resource);
/// The construct id of a resource in what it stands in, Pascal case: "Hot", "ShardEu".
const char *lower_construct_id(Compilation *compilation, Resource *resource);
/// Its construct path below the stack: "Hot", in an instance of a module "First/Hot".
const char *lower_path(Compilation *compilation, Resource *resource);

/// Makes the nested stacks of `container`, and says of its resources and instances where they
/// stand.
void nested_make(Compilation *compilation, ModelStack *stack, Resource *container);
/// Fills in what crosses from one template to another, once all values are in the model; reports
/// nested stacks with too many parameters or outputs. For back ends that write code: sees to it
/// that what depends on something in another nested stack says so of a resource.
void nested_link(Compilation *compilation, ModelStack *stack);

/// Puts what the container itself refers to before it in the stack, once bodies are made; reports
/// it if that refers back to the container.
void container_order(Compilation *compilation, ModelStack *stack, const Resource *container);

/// Makes `Resource.instance` of every instance of a module in `container`, without values.
void instances_make(Compilation *compilation, ModelStack *stack, Resource *container);
/// Fills in arguments, outputs and dependencies, once all resources are in the model.
void instances_fill(Compilation *compilation, Resource *container);
/// Fills in what `resource` was made to depend on by itself, and its parts by what it stands in
/// too.
void dependencies_link(Compilation *compilation, Resource *resource);

#endif
