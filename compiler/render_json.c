// The JSON form: for editors and other programs. One diagnostic is built, printed and freed at a
// time, so that a hundred thousand of them need no more than their text.
#include "render.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <string.h>

#define FORMAT_VERSION "1.0"

/// Adds `text` under `key`; NULL becomes null. JSON is UTF-8, whatever the file was.
static void put_text(cJSON *object, const char *key, const char *text) {
    if (!text) {
        cJSON_AddNullToObject(object, key);
    } else if (g_utf8_validate(text, -1, NULL)) {
        cJSON_AddStringToObject(object, key, text);
    } else {
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        cJSON_AddStringToObject(object, key, valid);
    }
}

static void append_text(cJSON *array, const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    cJSON_AddItemToArray(array, cJSON_CreateString(valid));
}

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
    put_text(object, "file", source ? source->path : file);
    cJSON *range = cJSON_AddObjectToObject(object, "range");
    put_position(range, "start", start);
    put_position(range, "end", end);
    cJSON *offset = cJSON_AddObjectToObject(object, "offset");
    cJSON_AddNumberToObject(offset, "start", source ? span.start : 0);
    cJSON_AddNumberToObject(offset, "end", source ? span.end : 0);
}

/// "environment `orders` > location `hot`" as ["environment orders", "location hot"].
static void put_context(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "context");
    const char *context = diagnostic_context_of(compilation, diagnostic, compilation->arena);
    if (!context) {
        return;
    }
    g_auto(GStrv) blocks = g_strsplit(context, " > ", -1);
    for (size_t i = 0; blocks[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(blocks[i], "`", -1);
        g_autofree char *plain = g_strjoinv("", parts);
        append_text(array, plain);
    }
}

static void put_related(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "related");
    for (const DiagnosticLabel *label = diagnostic->labels; label; label = label->next) {
        cJSON *item = cJSON_CreateObject();
        put_text(item, "message", label->text);
        put_place(compilation, item, label->span, NULL);
        cJSON_AddItemToArray(array, item);
    }
}

static void put_help(cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "help");
    for (const DiagnosticHelp *help = diagnostic->helps; help; help = help->next) {
        append_text(array, help->text);
    }
}

static void put_fixes(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = cJSON_AddArrayToObject(object, "fixes");
    for (const DiagnosticFix *fix = diagnostic->fixes; fix; fix = fix->next) {
        cJSON *item = cJSON_CreateObject();
        put_text(item, "title", fix->title);
        put_text(item, "applicability", applicability_name(fix->applicability));
        cJSON *edits = cJSON_AddArrayToObject(item, "edits");
        for (const DiagnosticEdit *edit = fix->edits; edit; edit = edit->next) {
            cJSON *change = cJSON_CreateObject();
            put_place(compilation, change, edit->span, NULL);
            put_text(change, "newText", edit->text);
            cJSON_AddItemToArray(edits, change);
        }
        cJSON_AddItemToArray(array, item);
    }
}

static void put_page(Compilation *compilation, cJSON *object, const Diagnostic *diagnostic) {
    const char *page = diagnostic_page(diagnostic, compilation->arena);
    if (page) {
        cJSON *description = cJSON_AddObjectToObject(object, "codeDescription");
        put_text(description, "href", page);
    }
}

static void append_json(GString *out, cJSON *object) {
    char *text = cJSON_PrintUnformatted(object);
    g_string_append(out, text);
    cJSON_free(text);
    cJSON_Delete(object);
}

static cJSON *diagnostic_json(Compilation *compilation, const Diagnostic *diagnostic,
                              GString *rendered) {
    cJSON *object = cJSON_CreateObject();
    put_text(object, "code", diagnostic->code);
    put_text(object, "severity", severity_name(diagnostic->severity));
    put_text(object, "message", diagnostic->message);
    put_place(compilation, object, diagnostic->span, diagnostic->file);
    put_context(compilation, object, diagnostic);
    put_related(compilation, object, diagnostic);
    put_help(object, diagnostic);
    put_fixes(compilation, object, diagnostic);
    put_page(compilation, object, diagnostic);
    g_string_truncate(rendered, 0);
    render_diagnostic(compilation, diagnostic, false, rendered);
    put_text(object, "rendered", rendered->str);
    return object;
}

static cJSON *summary_json(const Diagnostics *list, size_t hidden) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "errors", (double)diagnostics_count(list, SEVERITY_ERROR));
    cJSON_AddNumberToObject(object, "warnings", (double)diagnostics_count(list, SEVERITY_WARNING));
    cJSON_AddNumberToObject(object, "fixable", (double)diagnostics_fixable(list));
    if (diagnostics_suppressed_count(list) > 0) {
        cJSON_AddNumberToObject(object, "suppressed", (double)diagnostics_suppressed_count(list));
    }
    if (hidden > 0) {
        cJSON_AddNumberToObject(object, "hidden", (double)hidden);
    }
    return object;
}

void render_json(Compilation *compilation, const RenderOptions *options, GString *out) {
    Diagnostics *list = compilation->diagnostics;
    RenderLimit limit = render_limit(options);
    GString *rendered = g_string_new(NULL);
    bool first = true;
    g_string_append(out, "{\"formatVersion\":\"" FORMAT_VERSION "\",\"diagnostics\":[");
    for (const Diagnostic *at = diagnostics_sorted(list); at; at = at->next) {
        if (!render_admits(&limit, at)) {
            continue;
        }
        g_string_append(out, first ? "" : ",");
        append_json(out, diagnostic_json(compilation, at, rendered));
        first = false;
    }
    g_string_append(out, "],\"summary\":");
    append_json(out, summary_json(list, limit.hidden));
    g_string_append(out, "}\n");
    g_string_free(rendered, TRUE);
}
