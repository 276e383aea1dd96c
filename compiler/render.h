/// How diagnostics are shown: text, short, JSON.
#ifndef DEPOT_RENDER_H
#define DEPOT_RENDER_H

#include "compilation.h"

struct _GString;

typedef struct RenderOptions {
    bool colour;         ///< ANSI colours
    size_t max_errors;   ///< 0: all. Further errors are counted, not shown
} RenderOptions;

/// The text form of docs/cli.md, with the summary line at the end if there is anything to sum up.
void render_text(Compilation *compilation, const RenderOptions *options, struct _GString *out);
/// `file:line:column: severity[ID]: message`, one line each.
void render_short(Compilation *compilation, const RenderOptions *options, struct _GString *out);
/// The versioned JSON document of docs/cli.md, one line, a newline at the end.
void render_json(Compilation *compilation, const RenderOptions *options, struct _GString *out);

#endif
