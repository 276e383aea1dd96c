/// Which files of a program have to do with each other: what has to be compiled again after a
/// change, and what need not be.
///
/// A file that holds nothing but constants, parameters, functions, modules, types and tests is read
/// by whoever imports it, and knows nothing of them. All else, environments above all, is known on
/// both sides of an import. Beyond imports, groups notice each other by a few names only: their
/// claims.
#ifndef DEPOT_GROUPS_H
#define DEPOT_GROUPS_H

#include "compilation.h"

/// Entries that are compiled together, or not at all.
typedef struct ProgramGroup {
    struct _GPtrArray *entries; ///< const Source, in the order of the compilation
    struct _GPtrArray *files;   ///< paths of all that they read, their own too; each once
    struct _GPtrArray *claims;  ///< what others might notice: "stack orders"; each once, sorted
} ProgramGroup;

/// Strings and sources are the compilation's.
typedef struct ProgramGroups {
    struct _GPtrArray *list;  ///< ProgramGroup
    ProgramGroup **by_source; ///< by Source.id: what an entry belongs to; NULL for other files
    struct _GPtrArray
        *common; ///< paths of what takes part in every program, and of what that reads
} ProgramGroups;

/// The groups of a program that was checked without an error. NULL if it cannot be divided: one of
/// its files adds to the library or has rules for all others, or it is near to a limit that holds
/// for a whole program.
///
/// As long as its claims stay what they are, a group can be compiled without the others: what it
/// gives is the same, and so is what they give. It may only say more than it would among them: that
/// nothing uses what another group uses.
ProgramGroups *program_groups(Compilation *compilation);
void program_groups_free(ProgramGroups *groups);

#endif
