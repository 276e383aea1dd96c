// Workflow commands: GitHub Actions shows them beside the lines that they are about.
#include "render.h"

#include <glib.h>

/// Appends `text` as the value of a property, or as the message behind `::`.
static void append_escaped(GString *out, const char *text, bool property) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *at = valid; *at; at++) {
        const unsigned char byte = (unsigned char)*at;
        const bool separator = property && (byte == ':' || byte == ',');
        if (byte == '%' || byte == '\r' || byte == '\n' || separator) {
            g_string_append_printf(out, "%%%02X", byte);
        } else if (byte < 0x20 && byte != '\t') {
            g_string_append(out, "\xEF\xBF\xBD"); // U+FFFD: no log is to obey it
        } else {
            g_string_append_c(out, *at);
        }
    }
}

/// `file=…,line=…,col=…`, from which on separators are commas.
static void append_place(Compilation *compilation, const Diagnostic *diagnostic, GString *out) {
    Source *source = compilation_source(compilation, diagnostic->span.file);
    if (!source && !diagnostic->file) {
        return;
    }
    g_string_append(out, "file=");
    append_escaped(out, source ? source->path : diagnostic->file, true);
    if (source) {
        Arena *arena = compilation->arena;
        const Position from = source_position(source, diagnostic->span.start, arena);
        const Position to = source_position(source, diagnostic->span.end, arena);
        g_string_append_printf(out, ",line=%u,endLine=%u,col=%u", from.line, to.line, from.column);
        if (to.line == from.line && to.column > from.column) {
            g_string_append_printf(out, ",endColumn=%u", to.column);
        }
    }
    g_string_append_c(out, ',');
}

const char *render_github(Compilation *compilation, const RenderOptions *options, GString *out) {
    static const char *const commands[] = {"debug", "notice", "warning", "error"};
    RenderLimit limit = render_limit(options);
    for (const Diagnostic *at = render_next(&limit, diagnostics_sorted(compilation->diagnostics));
         at; at = render_next(&limit, at->next)) {
        g_string_append_printf(out, "::%s ", commands[at->severity]);
        append_place(compilation, at, out);
        g_string_append(out, "title=");
        append_escaped(out, at->code, true);
        g_string_append(out, "::");
        g_autofree char *message = diagnostic_full_message(compilation, at);
        append_escaped(out, message, false);
        g_string_append_c(out, '\n');
        render_drain(options, out);
    }
    if (limit.hidden > 0) {
        g_autofree char *hidden = render_hidden_text(&limit);
        g_string_append_printf(out, "::error title=depotc::%s\n", hidden);
    }
    return NULL;
}
