/// What code actions beside the fixes are made with. Grouped by source file.
#ifndef DEPOT_LSP_REFACTOR_H
#define DEPOT_LSP_REFACTOR_H

#include "server.h"

/// What an action is asked for.
typedef struct Refactoring {
    const Server *server;
    const Spot *spot;
    Span selection;  ///< without blanks at its ends
    GPtrArray *path; ///< the nodes around its begin
    cJSON *list;     ///< of the actions
} Refactoring;

// refactor.c

/// One edit before the others in `next` (or NULL), in the arena.
DiagnosticEdit *refactor_edit(const Refactoring *own, Span span, const char *text,
                              DiagnosticEdit *next);
/// Adds an action to the list. Returns it.
cJSON *refactor_add(const Refactoring *own, const char *kind, const char *title,
                    const DiagnosticEdit *edits);
/// What stands instead of a name at `place` so that it means `text`: `{ name }` is short for
/// `name: name`, and stays a `name`. In the arena; NULL: there is no name.
const char *refactor_instead(const Refactoring *own, Span place, const char *text, bool loose);

// modularise.c

/// Offers to make a module of the declarations that are selected.
void refactor_module(const Refactoring *own);

#endif
