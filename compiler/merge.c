/// Several compilations, one report.
#include "compilation.h"

#include <string.h>

/// A merge while it goes on.
typedef struct Merge {
    Compilation *into;
    const Compilation *from;
    uint32_t *files; ///< by the numbers that sources have in `from`: those in `into`, or SPAN_NONE
} Merge;

static Span moved(const Merge *merge, Span span) {
    const Source *source = compilation_source(merge->from, span.file);
    if (!source) {
        return span;
    }
    if (merge->files[source->id] == SPAN_NONE) {
        const Source *own = compilation_share_source(merge->into, source);
        merge->files[source->id] = own ? own->id : SPAN_NONE;
    }
    return (Span){merge->files[source->id], span.start, span.end};
}

static void move_fixes(const Merge *merge, const Diagnostic *diagnostic, Diagnostic *own) {
    Diagnostics *list = merge->into->diagnostics;
    for (const DiagnosticFix *fix = diagnostic->fixes; fix; fix = fix->next) {
        const DiagnosticEdit *edit = fix->edits;
        DiagnosticFix *copy = diagnostic_fix(
            list, own, fix->applicability, moved(merge, edit->span), edit->text, "%s", fix->title);
        for (edit = edit->next; edit; edit = edit->next) {
            diagnostic_fix_edit(list, copy, moved(merge, edit->span), edit->text);
        }
    }
}

static void move_diagnostic(const Merge *merge, const Diagnostic *diagnostic) {
    Compilation *into = merge->into;
    Diagnostics *list = into->diagnostics;
    const size_t before = diagnostics_count(list, diagnostic->severity);
    Diagnostic *own = diagnostic_add_rule(list, diagnostic->code, diagnostic->severity,
                                          moved(merge, diagnostic->span), diagnostic->message);
    if (diagnostics_count(list, diagnostic->severity) == before) {
        return; /* it is there from another compilation, with all that belongs to it */
    }
    own->label = diagnostic->label;
    own->file = diagnostic->file;
    own->context = diagnostic->context;
    for (const DiagnosticLabel *label = diagnostic->labels; label; label = label->next) {
        if (label->note) {
            diagnostic_note(list, own, moved(merge, label->span), "%s", label->text);
        } else {
            diagnostic_label(list, own, moved(merge, label->span), "%s", label->text);
        }
    }
    for (const DiagnosticHelp *help = diagnostic->helps; help; help = help->next) {
        diagnostic_help(list, own, "%s", help->text);
    }
    move_fixes(merge, diagnostic, own);
}

void compilation_merge(Compilation *into, Compilation *from) {
    uint32_t *files = arena_array(into->arena, uint32_t, from->source_count + 1);
    memset(files, 0xff, (from->source_count + 1) * sizeof *files);
    const Merge merge = {into, from, files};
    for (const Diagnostic *at = diagnostics_sorted(from->diagnostics); at; at = at->next) {
        move_diagnostic(&merge, at);
    }
}
