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

#define PASS(name, needs, summary) void pass_##name(Compilation *compilation);
#include "passes.def"
#undef PASS

#endif
