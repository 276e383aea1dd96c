// One line per diagnostic, without art: for grep, for editors' error patterns, for screen readers.
#include "display.h"
#include "render.h"

#include <glib.h>
#include <string.h>

RenderLimit render_limit(const RenderOptions *options) {
    return (RenderLimit){.left = options->max_errors, .limited = options->max_errors > 0};
}

bool render_admits(RenderLimit *limit, const Diagnostic *diagnostic) {
    if (!limit->limited || diagnostic->severity != SEVERITY_ERROR) {
        return true;
    }
    if (limit->left == 0) {
        limit->hidden++;
        return false;
    }
    limit->left--;
    return true;
}

const char *diagnostic_page(const Diagnostic *diagnostic, Arena *arena) {
    const char *code = diagnostic->code;
    if (code[0] != 'D' || strlen(code) != 5 || strspn(code + 1, "0123456789") != 4) {
        return NULL;
    }
    return arena_printf(arena, "docs/diagnostics/%s.md", code);
}

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

void render_short(Compilation *compilation, const RenderOptions *options, GString *out) {
    RenderLimit limit = render_limit(options);
    for (const Diagnostic *at = diagnostics_sorted(compilation->diagnostics); at; at = at->next) {
        if (!render_admits(&limit, at)) {
            continue;
        }
        append_place(compilation, at, out);
        g_string_append_printf(out, "%s[", severity_name(at->severity));
        display_text(out, at->code);
        g_string_append(out, "]: ");
        display_text(out, at->message);
        g_string_append_c(out, '\n');
    }
    if (limit.hidden > 0) {
        g_string_append_printf(out, "… and %zu more error%s\n", limit.hidden,
                               limit.hidden == 1 ? "" : "s");
    }
}
