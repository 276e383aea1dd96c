/// How modules become classes: between the files that find it out.
///
/// Instances of a module that hold the same constructs, wired in the same way, are one class. Its
/// values are unified: what all instances have alike is written into the class, what differs is a
/// prop that each instance gives. So the class is right for each of them, whatever the module
/// computes; where a module says just `prefix`, the class says `props.prefix`.
#ifndef DEPOT_EMIT_CDK_MODULES_H
#define DEPOT_EMIT_CDK_MODULES_H

#include "cdk/cdk.h"
#include "cdk/unit.h"

/// Where the values of a prop come from, in the order in which props are listed.
typedef enum PropOrigin {
    PROP_CONSTRUCT, ///< a construct of the scope around: `environment`
    PROP_PARAMETER, ///< a parameter of the module
    PROP_DEPLOY,    ///< a deployment parameter of the stack
    PROP_VALUE      ///< what the module computes, named after where it stands
} PropOrigin;

/// A prop while its class is made.
typedef struct UnitProp {
    CdkProp prop;
    PropOrigin origin;
    Value *argument; ///< the VALUE_ARGUMENT that reads it in the class; its symbol is set last
    const char *parameter; ///< PROP_PARAMETER: its name
    const char *resource;  ///< PROP_VALUE: the variable of the construct that it is for, or NULL
    const char *wanted;    ///< the name that it would have
    size_t order;
    bool shared; ///< PROP_VALUE: several constructs read it
} UnitProp;

/// A class while it is made: units that are written alike. A stack is one with a single unit.
struct UnitClass {
    CdkScope scope;
    char *file;   ///< of an instance: "tables", its file in lib/ without the extension
    Unit **units; ///< the first one stands for all
    size_t unit_count;
    size_t number;          ///< sets it apart from all other classes
    ModelResource *copies;  ///< by the place of a resource: the resource as the class has it
    ModelResource *handles; ///< by the place of a child: the instance as if it were a resource
    CdkConstruct *own;      ///< for copies, then for handles: dependencies
    GPtrArray *props;       ///< UnitProp
    GPtrArray *members;     ///< CdkMember
    GPtrArray *lists;       ///< ModelParameter: of a nested stack, those that it takes as lists
    bool settled;           ///< props have their names
};

/// All classes of a project.
typedef struct Modules {
    Arena *arena;
    Units *units;
    UnitClass **stacks; ///< by the place of the stack in the model
    GPtrArray *classes; ///< UnitClass of modules, sorted by file
} Modules;

/// Finds the classes for all modules of `model`. Freed by `modules_free`.
Modules *modules_new(const CdkProject *project);
void modules_free(Modules *modules);

/// Chooses a name and a file for each class of a module, and puts the classes in their order.
void names_choose(Modules *modules, const CdkProject *project);

/// What tells units that are written as one class from all others; the classes of their children
/// are known. In `arena`.
const char *shape_of(const Units *units, const Unit *unit, Arena *arena);
/// Whether all properties of a resource are written, since its clause does not say which.
bool shape_uses_properties(const ModelResource *resource);

/// Where a value is unified, for the names of props and the form that values must have.
typedef struct UnifyContext {
    const char *resource; ///< the variable of the construct that it is a property of, or NULL
    const char *leaf;     ///< the name of the property
} UnifyContext;

/// The value of the class for `values`, one for each unit of `class`. Adds props to the class where
/// the units differ.
const Value *unify_value(Modules *modules, UnitClass *class, const Value *const *values,
                         UnifyContext context);
/// The same for an object whose members may be missing here and there: those become optional.
const Value *unify_props(Modules *modules, UnitClass *class, const Value *const *values,
                         UnifyContext context);

/// The same for an object whose names are the same in all units: it stays an object, whatever is
/// in it.
const Value *unify_attributes(Modules *modules, UnitClass *class, const Value *const *values,
                              UnifyContext context);

/// The prop that gives `values`, one for each unit or NULL; made if it is not there. `text`: they
/// are given as strings.
const Value *props_read(const Modules *modules, UnitClass *class, const Value *const *values,
                        UnifyContext context, bool text);
/// Chooses the names and the order of all props of a class, for good.
void props_settle(const Modules *modules, UnitClass *class);

/// The member of a child's class with the values that `values` has in the units of `class`, as a
/// value of `class`; NULL if there is none.
const Value *members_find(Modules *modules, const UnitClass *class, const Value *const *values);
/// The same for constructs, which become members if they are not.
const Value *members_reach(Modules *modules, const UnitClass *class, const Value *const *values);
/// Adds a member; `values` has one for each unit of `class`.
const CdkMember *members_add(Modules *modules, UnitClass *class, const char *name, const char *doc,
                             const Value **values);

/// The constructs of a class in the order in which they are written: each behind what it refers to,
/// else by name.
void order_constructs(const Modules *modules, UnitClass *class);

#endif
