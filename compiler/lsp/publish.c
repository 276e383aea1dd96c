/// Diagnostics on their way to the client.
#include "server.h"

#include "json_text.h"

#include <string.h>

/// So many diagnostics of a file are shown; an editor is no place to read more.
enum { MAX_SHOWN = 1000 };

// One diagnostic

static int severity_number(Severity severity) {
    return severity == SEVERITY_ERROR ? 1 : severity == SEVERITY_WARNING ? 2 : 3;
}

static void put_tags(cJSON *object, const Diagnostic *diagnostic) {
    enum { TAG_UNNECESSARY = 1, TAG_DEPRECATED = 2 };
    const int tag = diagnostic->group == GROUP_UNUSED       ? TAG_UNNECESSARY
                    : diagnostic->group == GROUP_DEPRECATED ? TAG_DEPRECATED
                                                            : 0;
    if (tag != 0) {
        cJSON_AddItemToObject(object, "tags", cJSON_CreateIntArray(&tag, 1));
    }
}

static void put_related(const Server *server, Compilation *compilation, cJSON *object,
                        const Diagnostic *diagnostic) {
    cJSON *list = cJSON_CreateArray();
    for (const DiagnosticLabel *label = diagnostic->labels; label != NULL; label = label->next) {
        if (compilation_source(compilation, label->span.file) != NULL) {
            cJSON *item = cJSON_CreateObject();
            cJSON_AddItemToObject(item, "location",
                                  location_json(server, compilation, label->span));
            json_put_text(item, "message", label->text);
            cJSON_AddItemToArray(list, item);
        }
    }
    if (cJSON_GetArraySize(list) > 0) {
        cJSON_AddItemToObject(object, "relatedInformation", list);
    } else {
        cJSON_Delete(list);
    }
}

/// What fixes there are; `textDocument/codeAction` has their edits.
static void put_data(cJSON *object, const Diagnostic *diagnostic) {
    cJSON *data = cJSON_AddObjectToObject(object, "data");
    cJSON *list = cJSON_AddArrayToObject(data, "fixes");
    for (const DiagnosticFix *fix = diagnostic->fixes; fix != NULL; fix = fix->next) {
        cJSON *item = cJSON_CreateObject();
        json_put_text(item, "title", fix->title);
        json_put_text(item, "applicability", applicability_name(fix->applicability));
        cJSON_AddItemToArray(list, item);
    }
}

cJSON *publish_diagnostic(const Server *server, Compilation *compilation,
                          const Diagnostic *diagnostic) {
    const Client *client = &server->client;
    const RenderOptions options = {.pages = server->pages};
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, "range",
                          range_json(compilation, diagnostic->span, server->encoding));
    cJSON_AddNumberToObject(object, "severity", severity_number(diagnostic->severity));
    json_put_text(object, "code", diagnostic->code);
    const char *page = diagnostic_page(diagnostic, &options, compilation->arena);
    if (page != NULL && client->code_pages) {
        json_put_text(cJSON_AddObjectToObject(object, "codeDescription"), "href", page);
    }
    cJSON_AddStringToObject(object, "source", "depotc");
    g_autofree char *message = diagnostic_full_message(compilation, diagnostic);
    json_put_text(object, "message", message);
    if (client->tags) {
        put_tags(object, diagnostic);
    }
    if (client->related) {
        put_related(server, compilation, object, diagnostic);
    }
    if (client->data) {
        put_data(object, diagnostic);
    }
    return object;
}

// Those of a program

static GPtrArray *list_of(GHashTable *reports, const char *uri) {
    GPtrArray *list = g_hash_table_lookup(reports, uri);
    if (list == NULL) {
        list = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(reports, g_strdup(uri), list);
    }
    return list;
}

/// The URI of the file that a diagnostic is shown in; NULL: there is none.
static char *home_of(const Server *server, const Compilation *compilation,
                     const Diagnostic *diagnostic) {
    const Source *source = compilation_source(compilation, diagnostic->span.file);
    if (source != NULL) {
        return uri_of_source(server, source);
    }
    if (diagnostic->file != NULL) {
        return uri_of_file(server, diagnostic->file);
    }
    for (size_t i = 0; i < compilation->source_count; i++) {
        if (!compilation->sources[i]->library) { // what is about the program as a whole
            return uri_of_source(server, compilation->sources[i]);
        }
    }
    return NULL;
}

static void collect_diagnostic(Server *server, Analysis *analysis, const Diagnostic *diagnostic) {
    Compilation *compilation = analysis->session.compilation;
    g_autofree char *uri = home_of(server, compilation, diagnostic);
    GPtrArray *list = uri != NULL ? list_of(analysis->reports, uri) : NULL;
    if (list == NULL || list->len >= MAX_SHOWN) {
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    json_append(text, publish_diagnostic(server, compilation, diagnostic));
    g_ptr_array_add(list, g_string_free(g_steal_pointer(&text), FALSE));
}

void publish_collect(Server *server, Analysis *analysis) {
    Compilation *compilation = analysis->session.compilation;
    GHashTableIter iterator;
    void *list = NULL;
    g_hash_table_iter_init(&iterator, analysis->reports);
    while (g_hash_table_iter_next(&iterator, NULL, &list)) {
        g_ptr_array_set_size(list, 0);
    }
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (!source->library && source->path != NULL) {
            g_autofree char *uri = uri_of_source(server, source);
            g_ptr_array_set_size(list_of(analysis->reports, uri), 0);
        }
    }
    const Diagnostic *diagnostic = diagnostics_sorted(compilation->diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        collect_diagnostic(server, analysis, diagnostic);
    }
}

// Those of a file

/// All diagnostics of the file as the text of a JSON array; programs that share it may have the
/// same.
static char *report_text(const Server *server, const char *uri) {
    g_autoptr(GPtrArray) all = analyses_all(server->analyses);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GString *text = g_string_new("[");
    for (guint i = 0; i < all->len; i++) {
        const Analysis *analysis = all->pdata[i];
        const GPtrArray *list = g_hash_table_lookup(analysis->reports, uri);
        for (guint k = 0; list != NULL && k < list->len; k++) {
            if (g_hash_table_add(seen, list->pdata[k])) {
                g_string_append_printf(text, "%s%s", text->len > 1 ? "," : "",
                                       (const char *)list->pdata[k]);
            }
        }
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

void publish_file(Server *server, const char *uri) {
    const Document *document = documents_find(server->documents, uri);
    const bool pulled = server->pulling && document != NULL;
    const bool pushed = document != NULL && !pulled;
    g_autofree char *text = pulled ? g_strdup("[]") : report_text(server, uri);
    g_autofree char *version =
        pushed ? g_strdup_printf("%" G_GINT64_FORMAT, document->version) : g_strdup("");
    g_autofree char *key = g_strconcat(version, "\n", text, NULL);
    const char *last = g_hash_table_lookup(server->published, uri);
    const bool silent = last == NULL && !pushed && strcmp(text, "[]") == 0;
    if (silent || g_strcmp0(last, key) == 0) {
        return;
    }
    cJSON *params = cJSON_CreateObject();
    cJSON_AddStringToObject(params, "uri", uri);
    if (document != NULL && server->client.versions) {
        cJSON_AddNumberToObject(params, "version", (double)document->version);
    }
    cJSON_AddItemToObject(params, "diagnostics", cJSON_CreateRaw(text));
    server_notify(server, "textDocument/publishDiagnostics", params);
    if (document == NULL && strcmp(text, "[]") == 0) {
        g_hash_table_remove(server->published, uri);
    } else {
        g_hash_table_insert(server->published, g_strdup(uri), g_steal_pointer(&key));
    }
}

// Asked for

/// What the editor pulls is no longer pushed to it: it would show both. Files that it has not
/// opened are pushed all the same, since it pulls none of these.
cJSON *request_diagnostic(Server *server, const cJSON *params, Fault *fault) {
    const Document *document = params_document(server, params, fault);
    if (document == NULL) {
        return NULL;
    }
    if (document->path != NULL) {
        analysis_of(server, document->path);
    }
    if (server->client.pulls && !server->pulling) {
        server->pulling = true;
        analyses_refresh(server);
    }
    const cJSON *previous = cJSON_GetObjectItemCaseSensitive(params, "previousResultId");
    g_autofree char *text = report_text(server, document->uri);
    g_autofree char *id = g_compute_checksum_for_string(G_CHECKSUM_MD5, text, -1);
    const bool same = cJSON_IsString(previous) && strcmp(previous->valuestring, id) == 0;
    cJSON *report = cJSON_CreateObject();
    cJSON_AddStringToObject(report, "kind", same ? "unchanged" : "full");
    cJSON_AddStringToObject(report, "resultId", id);
    if (!same) {
        cJSON_AddItemToObject(report, "items", cJSON_CreateRaw(text));
    }
    return report;
}

void publish_refresh(Server *server) {
    if (server->pulling && server->client.pull_refresh) {
        server_ask(server, "workspace/diagnostic/refresh", cJSON_CreateNull());
    }
}
