/// Inside of finding what a change affects.
#ifndef DEPOT_CLI_AFFECTED_H
#define DEPOT_CLI_AFFECTED_H

#include "git.h"

/// A program or project file of the repository.
typedef struct Candidate {
    char *path; ///< from the top folder
    const char *text;
    size_t length;
    char *own;             ///< `text`, if it is not the index's
    GPtrArray *references; ///< Reference, once it has been parsed
    bool unsure;           ///< it could not be read completely: it may name anything
    bool affected;
    bool used; ///< another one that is affected names it
} Candidate;

typedef struct Finder {
    Git *git;
    GitIndex *index;
    const FileSystem *files;
    bool staged;
    Compilation *compilation; ///< that parses
    GPtrArray *candidates;    ///< Candidate, sorted by path
    GHashTable *by_path;      ///< path → Candidate
    GPtrArray *changed;       ///< paths, sorted
    GHashTable *targets;      ///< paths; who names one of them is affected
    GHashTable *endings;      ///< the last names of `changed`
    GHashTable *names;        ///< what this round looks for
    GPtrArray *modules;       ///< submodules that changed: "path/"
    bool links;               ///< there are symbolic links
} Finder;

// affected.c

/// Whether the file at `path` is a project file.
bool affected_is_project(const char *path);

// affected_groups.c

/// What of the affected files is to be checked, and together with what.
GPtrArray *affected_groups(const Finder *finder);

#endif
