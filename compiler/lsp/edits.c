/// Changes of documents: formatting, and the fixes of diagnostics.
#include "server.h"

#include "fmt.h"
#include "json_text.h"

#include "cli/formatting.h"
#include "cli/lines.h"

#include <string.h>

static cJSON *edit_json(const Server *server, Compilation *compilation,
                        const DiagnosticEdit *edit) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, "range", range_json(compilation, edit->span, server->encoding));
    json_put_text(object, "newText", edit->text);
    return object;
}

DiagnosticEdit *edit_before(Compilation *compilation, Span span, const char *text,
                            DiagnosticEdit *next) {
    DiagnosticEdit *edit = arena_new_object(compilation->arena, DiagnosticEdit);
    *edit = (DiagnosticEdit){span, text, next};
    return edit;
}

const char *edit_of_name(Compilation *compilation, Span place, const char *text) {
    const Source *source = compilation_source(compilation, place.file);
    g_autoptr(GPtrArray) path = query_path(source, place.start);
    for (guint i = 0; i < path->len; i++) {
        const Node *node = path->pdata[i];
        if (node->kind == NODE_PROPERTY && node->flags & NODE_SHORTHAND &&
            node->start == place.start) {
            return arena_printf(compilation->arena, "%s: %s", node->name->text, text);
        }
    }
    return text;
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

static uint32_t line_of(const Server *server, const Spot *spot, uint32_t offset) {
    return position_of(spot->compilation, spot->source, offset, server->encoding).line;
}

/// The edits that format the lines from `first` up to `last`, as the document has them: of lines
/// that follow each other and change, all or none.
static cJSON *format_lines(const Server *server, const Spot *spot, uint32_t first, uint32_t last) {
    cJSON *list = cJSON_CreateArray();
    g_autofree char *text = formatted(spot);
    if (text == NULL) {
        return list;
    }
    Lines old = lines_of(spot->source->text, spot->source->length);
    Lines new = lines_of(text, strlen(text));
    g_autoptr(GArray) changes = lines_changes(&old, &new);
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        const Span span = {spot->source->id, (uint32_t)change->old_start,
                           (uint32_t)change->old_end};
        const uint32_t start = line_of(server, spot, span.start);
        const uint32_t end = MAX(line_of(server, spot, span.end), start + 1);
        if (start > last || end <= first) {
            continue;
        }
        const char *instead = arena_strndup(spot->compilation->arena, text + change->new_start,
                                            change->new_end - change->new_start);
        const DiagnosticEdit edit = {span, instead, NULL};
        cJSON_AddItemToArray(list, edit_json(server, spot->compilation, &edit));
    }
    lines_clear(&old);
    lines_clear(&new);
    return list;
}

cJSON *request_formatting(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    return params_spot(server, params, &spot, fault) ? format_lines(server, &spot, 0, UINT32_MAX)
                                                     : NULL;
}

cJSON *request_range_formatting(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    LinePlace from = {0, 0};
    LinePlace to = {0, 0};
    if (!params_range(params, &from, &to, fault) || !params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    const bool before_first = to.character == 0 && to.line > from.line; // a selection of lines
    return format_lines(server, &spot, from.line, before_first ? to.line - 1 : to.line);
}

/// A closing bracket formats what it closes, a line end the line before it.
cJSON *request_on_type_formatting(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    LinePlace place = {0, 0};
    const cJSON *typed = cJSON_GetObjectItemCaseSensitive(params, "ch");
    if (!position_read(cJSON_GetObjectItemCaseSensitive(params, "position"), &place) ||
        !params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    if (cJSON_IsString(typed) && strcmp(typed->valuestring, "\n") == 0) {
        const uint32_t line = place.line > 0 ? place.line - 1 : 0;
        return format_lines(server, &spot, line, line);
    }
    g_autoptr(GPtrArray) path = query_path(spot.source, spot.offset);
    LinePlace first = place;
    for (guint i = 0; i < path->len; i++) { // the outermost that ends there
        const Node *node = path->pdata[i];
        if (node->end == spot.offset && node->kind != NODE_FILE) {
            first = position_of(spot.compilation, spot.source, node->start, server->encoding);
            break;
        }
    }
    return format_lines(server, &spot, first.line, place.line);
}

// Fixes

bool action_is_asked(const cJSON *params, const char *kind) {
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
            edits = edit_before(spot->compilation, edit->span, edit->text, edits);
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
    Span selection;
    if (!params_selection(server, params, &spot, &selection, fault)) {
        return NULL;
    }
    cJSON *list = cJSON_CreateArray();
    const Diagnostic *diagnostic = diagnostics_sorted(spot.compilation->diagnostics);
    for (; diagnostic != NULL && action_is_asked(params, "quickfix");
         diagnostic = diagnostic->next) {
        const Span span = diagnostic->span;
        if (span.file != spot.source->id || span.start > selection.end ||
            span.end < selection.start) {
            continue;
        }
        for (const DiagnosticFix *fix = diagnostic->fixes; fix != NULL; fix = fix->next) {
            cJSON_AddItemToArray(list, fix_json(server, spot.compilation, diagnostic, fix));
        }
    }
    refactor_actions(server, &spot, params, selection, list);
    cJSON *all = action_is_asked(params, "source.fixAll") ? fix_all(server, &spot) : NULL;
    if (all != NULL) {
        cJSON_AddItemToArray(list, all);
    }
    return list;
}
