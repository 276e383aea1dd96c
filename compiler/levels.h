/// Levels of diagnostics: what users allow, warn about and deny.
#ifndef DEPOT_LEVELS_H
#define DEPOT_LEVELS_H

#include "compilation.h"

/// Holds the ids of `compilation->levels` against those that there are, and lets levels lower the
/// errors of users' own rules. Call when all files are read, before rules are judged. Reports ids
/// that there are not (unless files of the project are missing), and errors that cannot be lowered.
void levels_check(Compilation *compilation);

/// Whether there is a diagnostic or a rule with the id `code`. If not, `*similar` is one whose id
/// is nearly that, or NULL.
bool levels_knows(Compilation *compilation, const char *code, const char **similar);

#endif
