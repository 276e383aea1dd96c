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

/// Adds an action to the list. Returns it.
cJSON *refactor_add(const Refactoring *own, const char *kind, const char *title,
                    const DiagnosticEdit *edits);
/// `base`, or with the first number behind it that makes it a name which nothing has in `scope`.
const char *refactor_free_name(const Refactoring *own, const Scope *scope, const char *base);
/// What is written instead of the name of an expression at `place` so that it means `text`, in the
/// arena: with brackets where operators could tear it apart (`loose`: there are some in it). NULL:
/// no expression stands there.
const char *refactor_instead(const Refactoring *own, Span place, const char *text, bool loose);

// modularise.c

/// Offers to make a module of the declarations that are selected.
void refactor_module(const Refactoring *own);

#endif
