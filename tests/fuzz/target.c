#include "target.h"

#include "render.h"

#include <cJSON.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void target_expect(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

/// A place is within its file; a NO_SPAN is none.
static bool is_within(const Compilation *compilation, Span span) {
    const Source *source = compilation_source(compilation, span.file);
    return source != NULL && span.start <= span.end && span.end <= source->length;
}

static void judge_fixes(const Compilation *compilation, const Diagnostic *diagnostic) {
    for (const DiagnosticFix *fix = diagnostic->fixes; fix != NULL; fix = fix->next) {
        target_expect(fix->edits != NULL, "a fix has edits");
        for (const DiagnosticEdit *edit = fix->edits; edit != NULL; edit = edit->next) {
            target_expect(is_within(compilation, edit->span), "an edit is within its file");
            target_expect(!compilation_source(compilation, edit->span.file)->library,
                          "no edit changes the library");
        }
    }
}

static void judge_diagnostic(const Compilation *compilation, const Diagnostic *diagnostic) {
    const bool placed = diagnostic->span.file != SPAN_NONE;
    target_expect(placed || diagnostic->file != NULL || diagnostic->group == GROUP_NONE ||
                      g_str_has_prefix(diagnostic->code, "D0"),
                  "a diagnostic has a place");
    target_expect(!placed || is_within(compilation, diagnostic->span),
                  "a diagnostic's place is within its file");
    target_expect(diagnostic->message[0] != '\0', "a diagnostic has a message");
    for (const DiagnosticLabel *label = diagnostic->labels; label != NULL; label = label->next) {
        target_expect(label->span.file == SPAN_NONE || is_within(compilation, label->span),
                      "a label's place is within its file");
    }
    judge_fixes(compilation, diagnostic);
}

static void judge_format(Compilation *compilation, const RenderFormat *format) {
    g_autoptr(GString) out = g_string_new(NULL);
    const RenderOptions options = {.version = "0", .exit_code = 1};
    format->render(compilation, &options, out);
    target_expect(g_utf8_validate(out->str, (gssize)out->len, NULL), "a report is UTF-8");
    if (strcmp(format->name, "json") == 0 || strcmp(format->name, "sarif") == 0) {
        cJSON *json = cJSON_ParseWithLength(out->str, out->len);
        target_expect(json != NULL, "a report is JSON");
        cJSON_Delete(json);
    }
}

void target_judge_report(Compilation *compilation) {
    for (const Diagnostic *each = diagnostics_sorted(compilation->diagnostics); each != NULL;
         each = each->next) {
        judge_diagnostic(compilation, each);
    }
    size_t count = 0;
    const RenderFormat *formats = render_formats(&count);
    for (size_t index = 0; index < count; ++index) {
        judge_format(compilation, &formats[index]);
    }
}
