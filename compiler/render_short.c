// One line per diagnostic, without art: for grep, for editors' error patterns, for screen readers.
#include "display.h"
#include "render.h"

#include <glib.h>

static void append_place(Compilation *compilation, const Diagnostic *diagnostic, GString *out) {
    Source *source = compilation_source(compilation, diagnostic->span.file);
    if (source) {
        Position at = source_position(source, diagnostic->span.start, compilation->arena);
        display_text(out, source->path);
        g_string_append_printf(out, ":%u:%u: ", at.line, at.column);
    } else if (diagnostic->file) {
        display_text(out, diagnostic->file);
        g_string_append(out, ": ");
    }
}

const char *render_short(Compilation *compilation, const RenderOptions *options, GString *out) {
    RenderLimit limit = render_limit(options);
    for (const Diagnostic *at = render_next(&limit, diagnostics_sorted(compilation->diagnostics));
         at; at = render_next(&limit, at->next)) {
        append_place(compilation, at, out);
        g_string_append_printf(out, "%s[", severity_name(at->severity));
        display_text(out, at->code);
        g_string_append(out, "]: ");
        display_text(out, at->message);
        g_string_append_c(out, '\n');
        render_drain(options, out);
    }
    if (limit.hidden > 0) {
        g_autofree char *hidden = render_hidden_text(&limit);
        g_string_append_printf(out, "%s\n", hidden);
    }
    return NULL;
}
