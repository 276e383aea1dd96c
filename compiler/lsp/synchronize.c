/// What the client says of documents, files and settings.
#include "server.h"

#include <string.h>

static const cJSON *get(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static int64_t version_of(const cJSON *item) {
    const cJSON *version = get(item, "version");
    return cJSON_IsNumber(version) ? (int64_t)version->valuedouble : 0;
}

/// What stands at a path is something else than before: a document instead of a file, for example.
static void touch(Server *server, const char *path) {
    if (path != NULL) {
        workspace_forget(server->workspace, path);
        analyses_touch(server, path);
    }
}

void notice_did_open(Server *server, const cJSON *params) {
    const cJSON *item = get(params, "textDocument");
    const cJSON *uri = get(item, "uri");
    const cJSON *text = get(item, "text");
    if (cJSON_IsString(uri) && cJSON_IsString(text)) {
        const Document *document = documents_open(server->documents, uri->valuestring,
                                                  text->valuestring, version_of(item));
        touch(server, document->path);
    }
}

static Document *document_of(const Server *server, const cJSON *params) {
    Fault fault = {FAULT_NONE, NULL};
    Document *document = params_document(server, params, &fault);
    g_free(fault.message);
    return document;
}

void notice_did_change(Server *server, const cJSON *params) {
    Document *document = document_of(server, params);
    if (document == NULL) {
        return;
    }
    const cJSON *change = NULL;
    cJSON_ArrayForEach(change, get(params, "contentChanges")) {
        const cJSON *text = get(change, "text");
        LinePlace start = {0, 0};
        LinePlace end = {0, 0};
        if (!cJSON_IsString(text)) {
            continue;
        }
        if (range_read(get(change, "range"), &start, &end)) {
            document_replace(document, start, end, server->encoding, text->valuestring);
        } else if (get(change, "range") == NULL) {
            document_set(document, text->valuestring);
        }
    }
    document->version = version_of(get(params, "textDocument"));
    if (document->path != NULL) {
        analyses_touch(server, document->path);
    }
}

/// What others do when a file is saved (formatters, generators) is not always told.
void notice_did_save(Server *server, const cJSON *params) {
    const Document *document = document_of(server, params);
    if (document != NULL) {
        touch(server, document->path);
        analyses_touch_all(server);
        publish_refresh(server);
    }
}

void notice_did_close(Server *server, const cJSON *params) {
    Document *document = document_of(server, params);
    if (document == NULL) {
        return;
    }
    g_autofree char *path = g_strdup(document->path);
    documents_close(server->documents, document);
    touch(server, path);
    analyses_touch_all(server);
}

void notice_did_change_watched_files(Server *server, const cJSON *params) {
    const cJSON *change = NULL;
    cJSON_ArrayForEach(change, get(params, "changes")) {
        const cJSON *uri = get(change, "uri");
        g_autofree char *file =
            cJSON_IsString(uri) ? g_filename_from_uri(uri->valuestring, NULL, NULL) : NULL;
        if (file != NULL) {
            g_autofree char *path = documents_canonical(file);
            g_autofree char *folder = g_path_get_dirname(path);
            touch(server, path);
            analyses_touch(server, folder);
        }
    }
    publish_refresh(server);
}

/// `{ stage: "prod" }`, by itself or as the member `depotc`.
void notice_did_change_configuration(Server *server, const cJSON *params) {
    const cJSON *settings = get(params, "settings");
    settings = settings != NULL ? settings : params;
    settings = get(settings, "depotc") != NULL ? get(settings, "depotc") : settings;
    const cJSON *stage = get(settings, "stage");
    const char *chosen =
        cJSON_IsString(stage) && *stage->valuestring != '\0' ? stage->valuestring : NULL;
    if (g_strcmp0(chosen, server->stage) != 0) {
        g_free(server->stage);
        server->stage = g_strdup(chosen);
        analyses_touch_all(server);
        publish_refresh(server);
    }
}

void notice_did_change_workspace_folders(Server *server, const cJSON *params) {
    const cJSON *event = get(params, "event");
    const cJSON *folder = NULL;
    cJSON_ArrayForEach(folder, get(event, "removed")) {
        if (cJSON_IsString(get(folder, "uri"))) {
            workspace_remove_folder(server->workspace, get(folder, "uri")->valuestring);
        }
    }
    cJSON_ArrayForEach(folder, get(event, "added")) {
        if (cJSON_IsString(get(folder, "uri"))) {
            workspace_add_folder(server->workspace, get(folder, "uri")->valuestring);
        }
    }
    analyses_touch_all(server);
    publish_refresh(server);
}
