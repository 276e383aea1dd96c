// What all forms of reports share: the table of them, which diagnostics are shown, links, messages.
#include "render.h"

#include "pages.h"

#include <glib.h>

/// So much text is handed on at once.
#define CHUNK ((size_t)1 << 16)

static const RenderFormat formats[] = {
#define FORMAT(name, kind, summary) {#name, render_##name, RENDER_##kind, summary},
#include "render_formats.def"
#undef FORMAT
};

const RenderFormat *render_formats(size_t *count) {
    *count = G_N_ELEMENTS(formats);
    return formats;
}

RenderLimit render_limit(const RenderOptions *options) {
    return (RenderLimit){.left = options->max_errors,
                         .limited = options->max_errors > 0,
                         .leave_told = options->leave_told};
}

bool render_admits(RenderLimit *limit, const Diagnostic *diagnostic) {
    if (diagnostic->told && limit->leave_told) {
        limit->told++;
        return false;
    }
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

const Diagnostic *render_next(RenderLimit *limit, const Diagnostic *diagnostic) {
    while (diagnostic && !render_admits(limit, diagnostic)) {
        diagnostic = diagnostic->next;
    }
    return diagnostic;
}

char *render_hidden_text(const RenderLimit *limit) {
    return g_strdup_printf("… and %zu more error%s", limit->hidden, limit->hidden == 1 ? "" : "s");
}

void render_drain(const RenderOptions *options, GString *out) {
    if (options->drain && out->len >= CHUNK) {
        options->drain(out, options->drain_data);
    }
}

const char *diagnostic_page(const Diagnostic *diagnostic, const RenderOptions *options,
                            Arena *arena) {
    if (!options->pages || !page_find(diagnostic->code)) {
        return NULL;
    }
    return arena_printf(arena, "%s%s.md", options->pages, diagnostic->code);
}

char *diagnostic_full_message(const Compilation *compilation, const Diagnostic *diagnostic) {
    g_autoptr(GString) text = g_string_new(diagnostic->message);
    for (const DiagnosticLabel *label = diagnostic->labels; label; label = label->next) {
        if (!compilation_source(compilation, label->span.file)) {
            g_string_append_printf(text, "\nnote: %s", label->text);
        }
    }
    for (const DiagnosticHelp *help = diagnostic->helps; help; help = help->next) {
        g_string_append_printf(text, "\nhelp: %s", help->text);
    }
    return g_utf8_make_valid(text->str, (gssize)text->len);
}
