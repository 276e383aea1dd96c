/// The programs of the repository: goldens, examples, the standard library, and what the pages of
/// the documentation show.
#ifndef DEPOT_PROGRAMS_H
#define DEPOT_PROGRAMS_H

#include "judge.h"

typedef struct Sample {
    char *name;
    char *path; ///< of the file if it can be compiled, or NULL
    GString *text;
    JudgeKind kind;
} Sample;

/// All programs below the folders of the repository at `root` (Sample), in the order of their
/// names.
GPtrArray *programs_find(const char *root);

#endif
