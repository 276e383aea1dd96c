/// The rows of `diagnostics.def`: for the list of diagnostics; others ask `diagnostic.h`.
#ifndef DEPOT_DIAGNOSTIC_ROWS_H
#define DEPOT_DIAGNOSTIC_ROWS_H

#include "diagnostic.h"

typedef struct DiagnosticRow {
    const char *code;
    const char *wording;
    const char *label; ///< or NULL
    Severity severity;
    DiagnosticGroup group; ///< or GROUP_NONE
} DiagnosticRow;

/// The row of `id`.
const DiagnosticRow *diagnostic_row(DiagnosticId id);

#endif
