#include "cli.h"
#include "edit.h"

Compilation *failure_begin(void) {
    return compilation_new(&(CompilationOptions){0});
}

ExitCode failure_end(Compilation *compilation, const Report *report, ExitCode code) {
    code = report_show(report, compilation, code);
    compilation_free(compilation);
    return code;
}

ExitCode failure_usage(const Report *report, DiagnosticId id, const char *first, const char *second,
                       const char *help) {
    Compilation *failure = failure_begin();
    Diagnostic *diagnostic = diagnostic_add(failure->diagnostics, id, NO_SPAN, first, second, NULL);
    if (help != NULL) {
        diagnostic_help(failure->diagnostics, diagnostic, "%s", help);
    }
    return failure_end(failure, report, EXIT_USAGE);
}

void failure_similar(Compilation *compilation, Diagnostic *diagnostic, const char *what,
                     const char *wanted, const char *const *candidates) {
    Similar similar;
    similar_begin(&similar, wanted);
    for (size_t i = 0; candidates[i] != NULL; i++) {
        similar_offer(&similar, candidates[i]);
    }
    const char *best = similar_best(&similar);
    if (best != NULL) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s with a similar name exists: `%s`",
                        what, best);
        edit_offer_text(compilation, diagnostic, similar_certainty(&similar), diagnostic->span,
                        wanted, best);
    }
}
