/// How diagnostics are shown: text, short, JSON.
#ifndef DEPOT_RENDER_H
#define DEPOT_RENDER_H

#include "compilation.h"

struct _GString;

typedef struct RenderOptions {
    bool colour;       ///< ANSI colours
    size_t max_errors; ///< 0: all. Further errors are counted, not shown
} RenderOptions;

/// The text form of docs/cli.md, with the summary line at the end if there is anything to sum up.
void render_text(Compilation *compilation, const RenderOptions *options, struct _GString *out);
/// `file:line:column: severity[ID]: message`, one line each.
void render_short(Compilation *compilation, const RenderOptions *options, struct _GString *out);
/// The versioned JSON document of docs/cli.md, one line, a newline at the end.
void render_json(Compilation *compilation, const RenderOptions *options, struct _GString *out);

/// One diagnostic in the text form, with a newline at the end and without a summary.
void render_diagnostic(Compilation *compilation, const Diagnostic *diagnostic, bool colour,
                       struct _GString *out);
/// Where its page stands, "docs/diagnostics/D1203.md"; NULL for a code without one (a user's rule).
const char *diagnostic_page(const Diagnostic *diagnostic, Arena *arena);

/// The blocks around a place, outermost first: "environment `orders` > location `hot`"; NULL if
/// there are none, or if the place is in the library. In `arena`. Takes logarithmic time.
const char *diagnostic_context(Compilation *compilation, Span span, Arena *arena);
/// What the text form says of it: the context that its reporter set, or the one of its place.
const char *diagnostic_context_of(Compilation *compilation, const Diagnostic *diagnostic,
                                  Arena *arena);

/// Which diagnostics are shown under a limit: all but the errors beyond the first `max_errors`.
typedef struct RenderLimit {
    size_t left;   ///< errors that may still be shown
    size_t hidden; ///< errors that were not
    bool limited;
} RenderLimit;
/// A limit with nothing shown yet.
RenderLimit render_limit(const RenderOptions *options);
/// Whether to show `diagnostic`; counts it.
bool render_admits(RenderLimit *limit, const Diagnostic *diagnostic);

#endif
