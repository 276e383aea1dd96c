// The text form: for people at a terminal.
#include "display.h"
#include "excerpt.h"
#include "render.h"

#include <glib.h>
#include <string.h>

/// More labels and notes of one diagnostic than this are counted, not shown.
#define MAX_PLACES 50
/// A label so many lines away from the first place is still in its excerpt.
#define NEAR_LINES 6

/// What is known while one diagnostic is shown.
typedef struct View {
    Compilation *compilation;
    const Diagnostic *diagnostic;
    const char *page; ///< the URI of its explanation, or NULL
    ExcerptStyle style;
    GArray *marks; ///< ExcerptMark: the place itself, if it has one, then the labels
    GArray *notes; ///< const DiagnosticLabel *
    size_t hidden; ///< labels and notes beyond MAX_PLACES
    GString *out;
} View;

/// The file that `span` is in; NULL for no place.
static Source *source_of(const View *view, Span span) {
    return compilation_source(view->compilation, span.file);
}

static void widen(View *view, uint32_t line) {
    unsigned digits = 1;
    for (uint32_t rest = line; rest >= 10; rest /= 10) {
        digits++;
    }
    view->style.gutter = MAX(view->style.gutter, digits);
}

static void add_mark(View *view, Span span, const char *label, bool primary) {
    Source *source = source_of(view, span);
    if (source) {
        ExcerptMark mark = excerpt_mark(source, span, label, primary, view->compilation->arena);
        g_array_append_val(view->marks, mark);
        widen(view, mark.last_line);
    }
}

/// Sorts out what has a place and what has none, and how wide the line numbers are.
static void collect(View *view) {
    const Diagnostic *diagnostic = view->diagnostic;
    add_mark(view, diagnostic->span, diagnostic->label, true);
    for (const DiagnosticLabel *label = diagnostic->labels; label; label = label->next) {
        if (view->marks->len + view->notes->len > MAX_PLACES) {
            view->hidden++;
        } else if (label->note || !source_of(view, label->span)) {
            g_array_append_val(view->notes, label);
            Source *source = source_of(view, label->span);
            if (source) {
                Arena *arena = view->compilation->arena;
                widen(view, excerpt_mark(source, label->span, NULL, false, arena).last_line);
            }
        } else {
            add_mark(view, label->span, label->text, false);
        }
    }
}

/// Begins a link to the page of the diagnostic, or ends it.
static void link_to(const View *view, const char *page) {
    if (view->style.colour && view->page) {
        g_string_append_printf(view->out, "\x1b]8;;%s\x1b\\", page);
    }
}

static void header(const View *view) {
    GString *out = view->out;
    excerpt_ink(&view->style, INK_PRIMARY, out);
    g_string_append(out, severity_name(view->diagnostic->severity));
    g_string_append_c(out, '[');
    link_to(view, view->page);
    display_text(out, view->diagnostic->code);
    link_to(view, "");
    g_string_append_c(out, ']');
    excerpt_ink(&view->style, INK_NONE, out);
    excerpt_ink(&view->style, INK_STRONG, out);
    g_string_append(out, ": ");
    display_text(out, view->diagnostic->message);
    excerpt_ink(&view->style, INK_NONE, out);
    g_string_append_c(out, '\n');
}

/// `  --> orders.depot:22:5`
static void arrow(const View *view, const char *sign, const ExcerptMark *mark) {
    GString *out = view->out;
    Position at = source_position(mark->source, mark->start, view->compilation->arena);
    g_string_append_printf(out, "%*s", (int)view->style.gutter, "");
    excerpt_ink(&view->style, INK_GUTTER, out);
    g_string_append(out, sign);
    excerpt_ink(&view->style, INK_NONE, out);
    g_string_append_c(out, ' ');
    display_text(out, mark->source->path);
    g_string_append_printf(out, ":%u:%u\n", at.line, at.column);
}

static void empty_gutter(const View *view) {
    excerpt_gutter(&view->style, "|", view->out);
    g_string_append_c(view->out, '\n');
}

/// Whether two marks are shown in one excerpt.
static bool near(const ExcerptMark *one, const ExcerptMark *other) {
    return one->source == other->source && other->first_line <= one->last_line + NEAR_LINES &&
           one->first_line <= other->last_line + NEAR_LINES;
}

/// Draws the first of `marks` that is not drawn yet, and those near it.
static void draw_group(const View *view, GArray *marks, bool first) {
    ExcerptMark head = g_array_index(marks, ExcerptMark, 0);
    g_autoptr(GArray) group = g_array_new(FALSE, FALSE, sizeof(ExcerptMark));
    g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(ExcerptMark));
    for (guint i = 0; i < marks->len; i++) {
        const ExcerptMark *mark = &g_array_index(marks, ExcerptMark, i);
        g_array_append_vals(i == 0 || near(&head, mark) ? group : rest, mark, 1);
    }
    if (!first) {
        empty_gutter(view);
    }
    arrow(view, first ? "-->" : ":::", &head);
    empty_gutter(view);
    excerpt_draw((const ExcerptMark *)(void *)group->data, group->len, &view->style,
                 view->compilation->arena, view->out);
    g_array_set_size(marks, 0);
    g_array_append_vals(marks, rest->data, rest->len);
}

/// A line such as `   = help: …`; further lines of the text stand below its beginning.
static void remark(const View *view, const char *what, const char *text) {
    GString *out = view->out;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (i == 0) {
            excerpt_gutter(&view->style, "=", out);
            g_string_append_printf(out, " %s", what);
        } else if (*lines[i] != '\0') {
            int indent = (int)view->style.gutter + 3 + (int)strlen(what);
            g_string_append_printf(out, "%*s", indent, "");
        }
        display_text(out, lines[i]);
        g_string_append_c(out, '\n');
    }
}

/// `= help: …`, `= in …`, and notes that have no place.
static void remarks(const View *view, bool after_excerpt) {
    const Diagnostic *diagnostic = view->diagnostic;
    Arena *arena = view->compilation->arena;
    const char *context = diagnostic_context_of(view->compilation, diagnostic, arena);
    bool placeless = false;
    for (guint i = 0; i < view->notes->len; i++) {
        const DiagnosticLabel *note = g_array_index(view->notes, DiagnosticLabel *, i);
        placeless = placeless || !source_of(view, note->span);
    }
    bool any = diagnostic->helps || diagnostic->fixes || context || view->notes->len > 0 ||
               view->hidden > 0;
    if (after_excerpt && any) {
        empty_gutter(view);
    }
    for (guint i = 0; placeless && i < view->notes->len; i++) {
        const DiagnosticLabel *note = g_array_index(view->notes, DiagnosticLabel *, i);
        if (!source_of(view, note->span)) {
            remark(view, "note: ", note->text);
        }
    }
    if (view->hidden > 0) {
        remark(view, "note: ", arena_printf(arena, "and %zu more places", view->hidden));
    }
    for (const DiagnosticHelp *help = diagnostic->helps; help; help = help->next) {
        remark(view, "help: ", help->text);
    }
    if (!diagnostic->helps && diagnostic->fixes) {
        remark(view, "help: ", diagnostic->fixes->title);
    }
    if (context) {
        remark(view, "in ", context);
    }
}

/// `note: …` with its place and an excerpt of its own.
static void notes(const View *view) {
    View inner = *view;
    inner.style.severity = SEVERITY_NOTE;
    for (guint i = 0; i < view->notes->len; i++) {
        const DiagnosticLabel *note = g_array_index(view->notes, DiagnosticLabel *, i);
        Source *source = source_of(view, note->span);
        if (!source) {
            continue;
        }
        excerpt_ink(&inner.style, INK_PRIMARY, view->out);
        g_string_append(view->out, "note");
        excerpt_ink(&inner.style, INK_NONE, view->out);
        g_string_append(view->out, ": ");
        display_text(view->out, note->text);
        g_string_append_c(view->out, '\n');
        g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(ExcerptMark));
        ExcerptMark mark = excerpt_mark(source, note->span, NULL, true, view->compilation->arena);
        g_array_append_val(marks, mark);
        draw_group(&inner, marks, true);
    }
}

void render_diagnostic(Compilation *compilation, const Diagnostic *diagnostic,
                       const RenderOptions *options, GString *out) {
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(ExcerptMark));
    g_autoptr(GArray) placed_notes = g_array_new(FALSE, FALSE, sizeof(DiagnosticLabel *));
    View view = {
        .compilation = compilation,
        .diagnostic = diagnostic,
        .page = diagnostic_page(diagnostic, options, compilation->arena),
        .style = {.gutter = 1, .colour = options->colour, .severity = diagnostic->severity},
        .marks = marks,
        .notes = placed_notes,
        .out = out,
    };
    collect(&view);
    header(&view);
    bool placed = source_of(&view, diagnostic->span) != NULL;
    if (!placed && diagnostic->file) {
        g_string_append_printf(out, "%*s", (int)view.style.gutter, "");
        excerpt_ink(&view.style, INK_GUTTER, out);
        g_string_append(out, "-->");
        excerpt_ink(&view.style, INK_NONE, out);
        g_string_append_c(out, ' ');
        display_text(out, diagnostic->file);
        g_string_append_c(out, '\n');
    }
    bool any = marks->len > 0;
    for (bool first = placed || !diagnostic->file; marks->len > 0; first = false) {
        draw_group(&view, marks, first);
    }
    remarks(&view, any);
    notes(&view);
}

static void append_count(GString *out, size_t count, const char *what) {
    g_string_append_printf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

/// `2 errors`; of warnings that levels made errors, by what.
static void append_errors(GString *out, const Diagnostics *list, size_t errors) {
    const char *origin = NULL;
    const size_t raised = diagnostics_raised(list, &origin);
    const char *a_warning = raised == 1 ? "a warning" : "warnings";
    const char *an_error = raised == 1 ? "an error" : "errors";
    if (raised == 0) {
        append_count(out, errors, "error");
    } else if (raised == errors) {
        append_count(out, raised, "warning");
        g_string_append_printf(out, ", which %s make%s %s", origin ? origin : "levels",
                               origin ? "s" : "", an_error);
    } else {
        append_count(out, errors, "error");
        g_string_append_printf(out, ", %zu of them %s, which %s make%s %s", raised, a_warning,
                               origin ? origin : "levels", origin ? "s" : "", an_error);
    }
}

/// `error: 2 errors, 1 warning; 1 can be fixed with …`
static void summary(const Diagnostics *list, size_t errors, const ExcerptStyle *style,
                    GString *out) {
    size_t warnings = diagnostics_count(list, SEVERITY_WARNING);
    if (errors + warnings == 0) {
        return;
    }
    excerpt_ink(style, INK_PRIMARY, out);
    g_string_append(out, severity_name(style->severity));
    excerpt_ink(style, INK_NONE, out);
    excerpt_ink(style, INK_STRONG, out);
    g_string_append(out, ": ");
    if (errors > 0) {
        append_errors(out, list, errors);
    }
    if (warnings > 0) {
        const char *origin = NULL;
        const bool raised = diagnostics_raised(list, &origin) > 0;
        g_string_append(out, raised ? ", and " : errors > 0 ? ", " : "");
        append_count(out, warnings, raised ? "other warning" : "warning");
    }
    size_t fixable = diagnostics_fixable(list);
    if (fixable > 0) {
        g_string_append_printf(out, "; %zu can be fixed with `depotc check --fix`", fixable);
    }
    excerpt_ink(style, INK_NONE, out);
    g_string_append_c(out, '\n');
}

const char *render_text(Compilation *compilation, const RenderOptions *options, GString *out) {
    Diagnostics *list = compilation->diagnostics;
    RenderLimit limit = render_limit(options);
    for (const Diagnostic *at = render_next(&limit, diagnostics_sorted(list)); at;
         at = render_next(&limit, at->next)) {
        render_diagnostic(compilation, at, options, out);
        g_string_append_c(out, '\n');
        render_drain(options, out);
    }
    if (limit.hidden > 0) {
        g_autofree char *hidden = render_hidden_text(&limit);
        g_string_append_printf(out, "%s\n\n", hidden);
    }
    const size_t errors = diagnostics_count(list, SEVERITY_ERROR) - limit.told;
    ExcerptStyle style = {
        .colour = options->colour,
        .severity = errors > 0 ? SEVERITY_ERROR : SEVERITY_WARNING,
    };
    summary(list, errors, &style, out);
    return NULL;
}
