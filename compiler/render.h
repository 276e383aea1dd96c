/// How diagnostics are shown. Each form of report is a row of render_formats.def and a file.
#ifndef DEPOT_RENDER_H
#define DEPOT_RENDER_H

#include "compilation.h"

struct _GString;

typedef struct RenderOptions {
    bool colour;         ///< ANSI colours and links, in forms that have them
    size_t max_errors;   ///< 0: all. Further errors are counted, not shown
    const char *pages;   ///< the URI of the folder of explanations, with "/" at its end; NULL: none
    const char *version; ///< depotc's, or NULL
    int exit_code;       ///< what the run ends with
    bool leave_told;     ///< without what people have been told otherwise (`Diagnostic.told`)
    /// Takes what was written so far out of `out`; NULL: all of it stays there.
    void (*drain)(struct _GString *out, void *data);
    void *drain_data;
} RenderOptions;

/// Appends the diagnostics of a compilation to `out`, in one of the forms. Takes linear time and,
/// with a `drain`, memory for the diagnostics themselves and one as text. Returns NULL, or why that
/// could not be done, after something may have been appended; the text is the arena's or constant.
typedef const char *Renderer(Compilation *compilation, const RenderOptions *options,
                             struct _GString *out);

/// `render_text`: the form of docs/cli.md, with the summary line at the end if there is anything to
/// sum up. `render_short`: lines only. `render_json`: the versioned document, one line. And so on:
/// render_formats.def says what each is.
#define FORMAT(name, kind, summary) Renderer render_##name;
#include "render_formats.def"
#undef FORMAT

/// What a form is made for.
typedef enum RenderKind {
    RENDER_PEOPLE,   ///< to be read, among other lines
    RENDER_LINES,    ///< lines for a program, which may stand among others
    RENDER_DOCUMENT, ///< one whole: nothing else may be written to where it goes
} RenderKind;

typedef struct RenderFormat {
    const char *name; ///< "json"
    Renderer *render;
    RenderKind kind;
    const char *summary; ///< what it is, for help
} RenderFormat;

/// All forms; the first is the usual one.
const RenderFormat *render_formats(size_t *count);

/// One diagnostic in the text form, with a newline at the end and without a summary.
void render_diagnostic(Compilation *compilation, const Diagnostic *diagnostic,
                       const RenderOptions *options, struct _GString *out);
/// The URI of its explanation, in `arena`; NULL without one (a user's rule).
const char *diagnostic_page(const Diagnostic *diagnostic, const RenderOptions *options,
                            Arena *arena);
/// Its message, and below it a line for each help and each note without a place: for forms that
/// have one text for all of it. The caller frees it. UTF-8.
char *diagnostic_full_message(const Compilation *compilation, const Diagnostic *diagnostic);

/// The blocks around a place, outermost first: "environment `orders` > location `hot`"; NULL if
/// there are none, or if the place is in the library. In `arena`. Takes logarithmic time.
const char *diagnostic_context(Compilation *compilation, Span span, Arena *arena);
/// What the text form says of it: the context that its reporter set, or the one of its place.
const char *diagnostic_context_of(Compilation *compilation, const Diagnostic *diagnostic,
                                  Arena *arena);
/// The same block by block, without backticks: "environment orders", "location hot", NULL. The
/// caller frees it.
char **diagnostic_blocks(Compilation *compilation, const Diagnostic *diagnostic);

/// Which diagnostics are shown: all but the errors beyond the first `max_errors`, and perhaps those
/// that were told already.
typedef struct RenderLimit {
    size_t left;   ///< errors that may still be shown
    size_t hidden; ///< errors that were not
    bool limited;
    bool leave_told;
    size_t told; ///< how many were left out for that
} RenderLimit;
/// A limit with nothing shown yet.
RenderLimit render_limit(const RenderOptions *options);
/// Whether to show `diagnostic`; counts it.
bool render_admits(RenderLimit *limit, const Diagnostic *diagnostic);
/// The first diagnostic from `diagnostic` on that is shown, or NULL; counts it and those between.
const Diagnostic *render_next(RenderLimit *limit, const Diagnostic *diagnostic);
/// "… and 3 more errors", for the caller to free.
char *render_hidden_text(const RenderLimit *limit);
/// Hands `out` to the drain if there is much in it. Call between diagnostics.
void render_drain(const RenderOptions *options, struct _GString *out);

#endif
