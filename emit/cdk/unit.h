/// Units: what resources and instances of modules stand in. A stack is one, and so is each
/// instance.
///
/// Units that are written as one class have the same resources and instances, in the same order,
/// so that a place in one is a place in all of them.
#ifndef DEPOT_EMIT_CDK_UNIT_H
#define DEPOT_EMIT_CDK_UNIT_H

#include "cdk/scope.h"

#include <glib.h>

typedef struct Unit Unit;
typedef struct UnitClass UnitClass;

struct Unit {
    const ModelStack *stack;
    const ModelInstance *instance; ///< NULL: the stack itself
    Unit *parent;                  ///< NULL for a stack
    /// What stands in it, unless it is a stack without instances.
    GPtrArray *resources; ///< ModelResource: those of a stack as the model orders them, those
                          ///< of an instance by id
    GPtrArray *children;  ///< Unit: the instances in it, by id
    size_t place;         ///< of an instance: its place among its parent's children
    unsigned height;      ///< how many levels of instances are in it
    UnitClass *class;     ///< the class that it is written as, once that is known
    size_t index;         ///< its place among the units of its class
};

/// All units of a model.
typedef struct Units {
    Arena *arena;
    Unit *stacks; ///< in the order of the model
    size_t stack_count;
    GPtrArray *instances; ///< Unit: stack by stack, each behind the one that it stands in
    GHashTable *table;    ///< ModelInstance → Unit
    GHashTable *places;   ///< ModelResource → its place in its unit + 1
    GHashTable *owners;   ///< ModelResource → Unit
} Units;

/// The units of `model`; lists are its own, the rest lives in `arena`. Freed by `units_free`.
Units *units_new(const Model *model, Arena *arena);
void units_free(Units *units);

/// The unit that a resource stands in; NULL for NULL.
Unit *units_owner(const Units *units, const ModelResource *resource);
/// The place of a resource among those of its unit.
size_t units_place(const Units *units, const ModelResource *resource);
/// The child of `unit` that `inner` is, or is in; NULL if `inner` is no part of `unit`, or is it.
Unit *unit_child_towards(const Unit *unit, Unit *inner);
/// Whether a construct that stands in `unit`, however deep, is part of `value`.
bool unit_is_in(const Units *units, const Unit *unit, const Value *value);

/// What `value` is in `unit`: parameters of other modules than the one that it is an instance of
/// are their values, and members of objects that are known are themselves.
const Value *unit_value(const Units *units, const Unit *unit, const Value *value);
/// Whether both are the same to whoever deploys them: arguments count for their values.
bool unit_same(const Value *left, const Value *right);

#endif
