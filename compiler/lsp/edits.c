/// Changes of documents: formatting, and the fixes of diagnostics.
#include "server.h"

#include "fmt.h"
#include "json_text.h"

#include "cli/formatting.h"

#include <string.h>

static cJSON *edit_json(const Server *server, Compilation *compilation,
                        const DiagnosticEdit *edit) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, "range", range_json(compilation, edit->span, server->encoding));
    json_put_text(object, "newText", edit->text);
    return object;
}

cJSON *workspace_edit_json(const Server *server, Compilation *compilation,
                           const DiagnosticEdit *edits) {
    cJSON *result = cJSON_CreateObject();
    cJSON *changes = cJSON_AddObjectToObject(result, "changes");
    for (const DiagnosticEdit *edit = edits; edit != NULL; edit = edit->next) {
        const Source *source = compilation_source(compilation, edit->span.file);
        if (source == NULL) {
            continue;
        }
        g_autofree char *uri = uri_of_source(server, source);
        cJSON *list = cJSON_GetObjectItemCaseSensitive(changes, uri);
        list = list != NULL ? list : cJSON_AddArrayToObject(changes, uri);
        cJSON_AddItemToArray(list, edit_json(server, compilation, edit));
    }
    return result;
}

// Formatting

/// What `depotc fmt` makes of a document, or NULL if that is the document itself, or nobody can
/// tell.
static char *formatted(const Spot *spot) {
    const char *path = spot->document->path;
    unsigned width = FMT_INDENT_DEFAULT;
    FormatWidths *widths = format_widths_new();
    Compilation *own = compilation_new(&(CompilationOptions){.files = &spot->analysis->files});
    Source *source = format_width(widths, own, path, &width) ? format_add(own, path) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    if (source != NULL) {
        format_source(&spot->analysis->invocation, own, source, width, text);
    }
    const bool same = source == NULL || (text->len == spot->source->length &&
                                         memcmp(text->str, spot->source->text, text->len) == 0);
    compilation_free(own);
    format_widths_free(widths);
    return same ? NULL : g_string_free(g_steal_pointer(&text), FALSE);
}

/// One edit, of the lines between what is the same at the beginning and at the end.
cJSON *request_formatting(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    cJSON *list = cJSON_CreateArray();
    g_autofree char *text = formatted(&spot);
    if (text == NULL) {
        return list;
    }
    const char *old = spot.source->text;
    size_t start = 0;
    size_t end = spot.source->length;
    size_t length = strlen(text);
    for (size_t i = 0; i < end && i < length && old[i] == text[i]; i++) {
        start = old[i] == '\n' ? i + 1 : start;
    }
    while (end > start && length > start && old[end - 1] == text[length - 1]) {
        end--;
        length--;
    }
    const char *line = memchr(old + end, '\n', spot.source->length - end);
    const size_t rest = line != NULL ? (size_t)(line - (old + end)) : spot.source->length - end;
    text[length + rest] = '\0';
    const DiagnosticEdit edit = {
        {spot.source->id, (uint32_t)start, (uint32_t)(end + rest)}, text + start, NULL};
    cJSON_AddItemToArray(list, edit_json(server, spot.compilation, &edit));
    return list;
}

// Fixes

/// Whether the client wants actions of this kind: `context.only` has it, or what it is part of.
static bool is_asked(const cJSON *params, const char *kind) {
    const cJSON *context = cJSON_GetObjectItemCaseSensitive(params, "context");
    const cJSON *only = cJSON_GetObjectItemCaseSensitive(context, "only");
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, only) {
        const size_t length = cJSON_IsString(one) ? strlen(one->valuestring) : 0;
        if (length > 0 && strncmp(kind, one->valuestring, length) == 0 &&
            (kind[length] == '\0' || kind[length] == '.')) {
            return true;
        }
    }
    return !cJSON_IsArray(only) || cJSON_GetArraySize(only) == 0;
}

static cJSON *fix_json(const Server *server, Compilation *compilation, const Diagnostic *diagnostic,
                       const DiagnosticFix *fix) {
    cJSON *action = cJSON_CreateObject();
    json_put_text(action, "title", fix->title);
    cJSON_AddStringToObject(action, "kind", "quickfix");
    cJSON *list = cJSON_AddArrayToObject(action, "diagnostics");
    cJSON_AddItemToArray(list, publish_diagnostic(server, compilation, diagnostic));
    if (fix->applicability == FIX_SAFE && fix == diagnostic->fixes && fix->next == NULL) {
        cJSON_AddTrueToObject(action, "isPreferred");
    }
    cJSON_AddItemToObject(action, "edit", workspace_edit_json(server, compilation, fix->edits));
    return action;
}

/// Whether an edit touches one of those before it.
static bool overlaps(const GArray *taken, const DiagnosticEdit *edits) {
    for (const DiagnosticEdit *edit = edits; edit != NULL; edit = edit->next) {
        for (guint i = 0; i < taken->len; i++) {
            const Span other = g_array_index(taken, Span, i);
            if (edit->span.file == other.file && edit->span.start <= other.end &&
                other.start <= edit->span.end) {
                return true;
            }
        }
    }
    return false;
}

/// All safe fixes of a document's diagnostics that do not touch each other; NULL if there is none.
static cJSON *fix_all(const Server *server, const Spot *spot) {
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Span));
    DiagnosticEdit *edits = NULL;
    const Diagnostic *diagnostic = diagnostics_sorted(spot->compilation->diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        const DiagnosticFix *fix = diagnostic->fixes;
        if (fix == NULL || fix->applicability != FIX_SAFE ||
            diagnostic->span.file != spot->source->id || overlaps(taken, fix->edits)) {
            continue;
        }
        for (const DiagnosticEdit *edit = fix->edits; edit != NULL; edit = edit->next) {
            DiagnosticEdit *copy = arena_new_object(spot->compilation->arena, DiagnosticEdit);
            *copy = (DiagnosticEdit){edit->span, edit->text, edits};
            edits = copy;
            g_array_append_val(taken, edit->span);
        }
    }
    if (edits == NULL) {
        return NULL;
    }
    cJSON *action = cJSON_CreateObject();
    cJSON_AddStringToObject(action, "title", "Fix all that is safe to fix");
    cJSON_AddStringToObject(action, "kind", "source.fixAll");
    cJSON_AddItemToObject(action, "edit", workspace_edit_json(server, spot->compilation, edits));
    return action;
}

cJSON *request_code_action(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    LinePlace from = {0, 0};
    LinePlace to = {0, 0};
    if (!params_range(params, &from, &to, fault) || !params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    const char *text = spot.source->text;
    const size_t start = position_offset(text, spot.source->length, from, server->encoding);
    const size_t end = position_offset(text, spot.source->length, to, server->encoding);
    cJSON *list = cJSON_CreateArray();
    const Diagnostic *diagnostic = diagnostics_sorted(spot.compilation->diagnostics);
    for (; diagnostic != NULL && is_asked(params, "quickfix"); diagnostic = diagnostic->next) {
        const Span span = diagnostic->span;
        if (span.file != spot.source->id || span.start > end || span.end < start) {
            continue;
        }
        for (const DiagnosticFix *fix = diagnostic->fixes; fix != NULL; fix = fix->next) {
            cJSON_AddItemToArray(list, fix_json(server, spot.compilation, diagnostic, fix));
        }
    }
    cJSON *all = is_asked(params, "source.fixAll") ? fix_all(server, &spot) : NULL;
    if (all != NULL) {
        cJSON_AddItemToArray(list, all);
    }
    return list;
}
