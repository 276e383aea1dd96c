/// Checks over the whole program. They know constructs only by what the library declares of them.
#ifndef DEPOT_PASSES_H
#define DEPOT_PASSES_H

#include "program.h"

/// What must hold before a check runs.
typedef enum PassNeeds {
    NEEDS_NOTHING, ///< runs always
    NEEDS_PROGRAM, ///< the program was expanded and evaluated
    NEEDS_NO_ERROR ///< nothing is wrong so far: for checks that would repeat what is said
} PassNeeds;

/// One check: one function, one row in passes.def.
typedef struct Pass {
    const char *name;
    PassNeeds needs;
    void (*run)(Compilation *compilation);
} Pass;

/// CloudFormation's limits on one template.
enum { LIMIT_RESOURCES = 500, LIMIT_PARAMETERS = 200, LIMIT_OUTPUTS = 200 };

/// How many CloudFormation resources a resource becomes.
size_t limits_count_parts(Compilation *compilation, const Resource *resource);
/// How many nested stacks each kind of resource in `container` has (`@divides`), 0: it is not
/// split;
/// `*property` is the number of the property that says so, or as it was.
unsigned split_count(Compilation *compilation, Resource *container, int *property);

#define PASS(name, needs, summary) void pass_##name(Compilation *compilation);
#include "passes.def"
#undef PASS

#endif
