// The JSON form: for editors and other programs. One diagnostic is built, printed and freed at a
// time, so that a hundred thousand of them need no more than their text.
#include "render_json.h"

#include "json_text.h"

#include <cjson/cJSON.h>
#include <glib.h>

static void put_position(cJSON *range, const char *key, Position position) {
    cJSON *object = cJSON_AddObjectToObject(range, key);
    cJSON_AddNumberToObject(object, "line", position.line - 1);
    cJSON_AddNumberToObject(object, "character", position.utf16);
}

/// Adds `file`, `range` and `offset`. Without a place: the file's name if there is one, and its
/// begin.
static void put_place(Compilation *compilation, cJSON *object, Span span, const char *file) {
    Source *source = compilation_source(compilation, span.file);
    Position start = {1, 1, 0};
    Position end = {1, 1, 0};
    if (source) {
        start = source_position(source, span.start, compilation->arena);
        end = source_position(source, span.end, compilation->arena);
    }
    json_put_text(object, "file", source ? source->path : file);
    cJSON *range = cJSON_AddObjectToObject(object, "range");
    put_position(range, "start", start);
    put_position(range, "end", end);
    cJSON *offset = cJSON_AddObjectToObject(object, "offset");
    cJSON_AddNumberToObject(offset, "start", source ? span.start : 0);
    cJSON_AddNumberToObject(offset, "end", source ? span.end : 0);
}

static void put_context(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "context");
    g_auto(GStrv) blocks = diagnostic_blocks(compilation, diagnostic);
    for (size_t i = 0; blocks[i]; i++) {
        json_add_text(array, blocks[i]);
    }
}

static void put_related(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "related");
    for (const DiagnosticLabel *label = diagnostic->labels; label; label = label->next) {
        cJSON *item = cJSON_CreateObject();
        json_put_text(item, "message", label->text);
        put_place(compilation, item, label->span, NULL);
        cJSON_AddItemToArray(array, item);
    }
}

static void put_help(cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "help");
    for (const DiagnosticHelp *help = diagnostic->helps; help; help = help->next) {
        json_add_text(array, help->text);
    }
}

static void put_fixes(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "fixes");
    for (const DiagnosticFix *fix = diagnostic->fixes; fix; fix = fix->next) {
        cJSON *item = cJSON_CreateObject();
        json_put_text(item, "title", fix->title);
        json_put_text(item, "applicability", applicability_name(fix->applicability));
        cJSON *edits = cJSON_AddArrayToObject(item, "edits");
        for (const DiagnosticEdit *edit = fix->edits; edit; edit = edit->next) {
            cJSON *change = cJSON_CreateObject();
            put_place(compilation, change, edit->span, NULL);
            json_put_text(change, "newText", edit->text);
            cJSON_AddItemToArray(edits, change);
        }
        cJSON_AddItemToArray(array, item);
    }
}

static void put_page(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic,
                     const RenderOptions *options) {
    const char *page = diagnostic_page(diagnostic, options, compilation->arena);
    if (page) {
        cJSON *description = cJSON_AddObjectToObject(object, "codeDescription");
        json_put_text(description, "href", page);
    }
}

void json_put_diagnostic(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic,
                         const RenderOptions *options) {
    json_put_text(object, "code", diagnostic->code);
    json_put_text(object, "severity", severity_name(diagnostic->severity));
    json_put_text(object, "message", diagnostic->message);
    put_place(compilation, object, diagnostic->span, diagnostic->file);
    put_context(compilation, object, diagnostic);
    put_related(compilation, object, diagnostic);
    put_help(object, diagnostic);
    put_fixes(compilation, object, diagnostic);
    put_page(compilation, object, diagnostic, options);
    g_autoptr(GString) rendered = g_string_new(NULL);
    RenderOptions plain = *options;
    plain.colour = false;
    render_diagnostic(compilation, diagnostic, &plain, rendered);
    json_put_text(object, "rendered", rendered->str);
}

void json_put_summary(cJSON *object, const Diagnostics *list, const RenderLimit *limit) {
    cJSON *summary = cJSON_AddObjectToObject(object, "summary");
    cJSON_AddNumberToObject(summary, "errors", (double)diagnostics_count(list, SEVERITY_ERROR));
    cJSON_AddNumberToObject(summary, "warnings", (double)diagnostics_count(list, SEVERITY_WARNING));
    cJSON_AddNumberToObject(summary, "fixable", (double)diagnostics_fixable(list));
    if (diagnostics_suppressed_count(list) > 0) {
        cJSON_AddNumberToObject(summary, "suppressed", (double)diagnostics_suppressed_count(list));
    }
    if (limit->hidden > 0) {
        cJSON_AddNumberToObject(summary, "hidden", (double)limit->hidden);
    }
}

const char *render_json(Compilation *compilation, const RenderOptions *options, GString *out) {
    Diagnostics *list = compilation->diagnostics;
    RenderLimit limit = render_limit(options);
    const char *separator = "";
    g_string_append(out, "{\"formatVersion\":\"" JSON_FORMAT_VERSION "\",\"diagnostics\":[");
    for (const Diagnostic *at = render_next(&limit, diagnostics_sorted(list)); at;
         at = render_next(&limit, at->next)) {
        g_string_append(out, separator);
        cJSON *object = cJSON_CreateObject();
        json_put_diagnostic(compilation, object, at, options);
        json_append(out, object);
        render_drain(options, out);
        separator = ",";
    }
    cJSON *end = cJSON_CreateObject();
    json_put_summary(end, list, &limit);
    g_string_append(out, "],");
    const size_t brace = out->len;
    json_append(out, end);
    g_string_erase(out, (gssize)brace, 1);
    g_string_append_c(out, '\n');
    return NULL;
}
