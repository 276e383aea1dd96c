/// The beginning and the end of a session with a client.
#include "server.h"

#include "json_text.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

// What the client understands

/// The value at a path such as "textDocument/hover" in an object; NULL if there is none.
static const cJSON *value_at(const cJSON *object, const char *path) {
    g_auto(GStrv) names = g_strsplit(path, "/", -1);
    for (size_t i = 0; names[i] != NULL && object != NULL; i++) {
        object = cJSON_GetObjectItemCaseSensitive(object, names[i]);
    }
    return object;
}

/// Whether something that is not `false` stands there.
static bool understands(const cJSON *capabilities, const char *path) {
    const cJSON *value = value_at(capabilities, path);
    return value != NULL && !cJSON_IsFalse(value) && !cJSON_IsNull(value);
}

/// The first encoding of the client's list that the server has too.
static Encoding choose_encoding(const cJSON *capabilities) {
    const cJSON *offered = NULL;
    cJSON_ArrayForEach(offered, value_at(capabilities, "general/positionEncodings")) {
        for (int i = 0; cJSON_IsString(offered) && i < ENCODING_COUNT; i++) {
            if (strcmp(offered->valuestring, encoding_name((Encoding)i)) == 0) {
                return (Encoding)i;
            }
        }
    }
    return ENCODING_UTF16;
}

static void read_client(Server *server, const cJSON *capabilities) {
    Client *client = &server->client;
    const char *const publish = "textDocument/publishDiagnostics";
    const cJSON *diagnostics = value_at(capabilities, publish);
    client->related = understands(diagnostics, "relatedInformation");
    client->tags = understands(diagnostics, "tagSupport");
    client->code_pages = understands(diagnostics, "codeDescriptionSupport");
    client->data = understands(diagnostics, "dataSupport");
    client->versions = understands(diagnostics, "versionSupport");
    client->snippets =
        understands(capabilities, "textDocument/completion/completionItem/snippetSupport");
    client->watches =
        understands(capabilities, "workspace/didChangeWatchedFiles/dynamicRegistration");
    client->pulls = understands(capabilities, "textDocument/diagnostic");
    client->pull_refresh = understands(capabilities, "workspace/diagnostics/refreshSupport");
    server->encoding = choose_encoding(capabilities);
}

/// The folders that are open in the editor, by whichever of its names the client gives them.
static void read_folders(Server *server, const cJSON *params) {
    const cJSON *folders = cJSON_GetObjectItemCaseSensitive(params, "workspaceFolders");
    const cJSON *root = cJSON_GetObjectItemCaseSensitive(params, "rootUri");
    const cJSON *path = cJSON_GetObjectItemCaseSensitive(params, "rootPath");
    const cJSON *folder = NULL;
    if (cJSON_IsArray(folders)) {
        cJSON_ArrayForEach(folder, folders) {
            const cJSON *uri = cJSON_GetObjectItemCaseSensitive(folder, "uri");
            if (cJSON_IsString(uri)) {
                workspace_add_folder(server->workspace, uri->valuestring);
            }
        }
    } else if (cJSON_IsString(root)) {
        workspace_add_folder(server->workspace, root->valuestring);
    } else if (cJSON_IsString(path) && g_path_is_absolute(path->valuestring)) {
        g_autofree char *uri = g_filename_to_uri(path->valuestring, NULL, NULL);
        if (uri != NULL) {
            workspace_add_folder(server->workspace, uri);
        }
    }
}

// The client's process

/// A client that has ended without a word leaves no server behind.
static gboolean on_watch(gpointer data) {
    Server *server = data;
    if (kill((pid_t)server->parent, 0) != 0 && errno == ESRCH) {
        server->watcher = 0;
        g_main_loop_quit(server->loop);
        return G_SOURCE_REMOVE;
    }
    return G_SOURCE_CONTINUE;
}

static void watch_parent(Server *server, const cJSON *params) {
    enum { SECONDS = 10 };
    const cJSON *process = cJSON_GetObjectItemCaseSensitive(params, "processId");
    if (cJSON_IsNumber(process) && process->valuedouble > 1 && process->valuedouble < INT32_MAX) {
        server->parent = (int64_t)process->valuedouble;
        server->watcher = g_timeout_add_seconds(SECONDS, on_watch, server);
    }
}

// Requests

cJSON *request_initialize(Server *server, const cJSON *params, Fault *fault) {
    (void)fault;
    read_client(server, cJSON_GetObjectItemCaseSensitive(params, "capabilities"));
    read_folders(server, params);
    watch_parent(server, params);
    notice_did_change_configuration(
        server, cJSON_GetObjectItemCaseSensitive(params, "initializationOptions"));
    server->state = SERVER_RUNNING;
    cJSON *result = cJSON_CreateObject();
    cJSON *capabilities = dispatch_capabilities(server);
    cJSON_AddStringToObject(capabilities, "positionEncoding", encoding_name(server->encoding));
    cJSON_AddItemToObject(
        capabilities, "textDocumentSync",
        cJSON_Parse("{\"openClose\":true,\"change\":2,\"save\":{\"includeText\":false}}"));
    cJSON *workspace = cJSON_GetObjectItemCaseSensitive(capabilities, "workspace");
    workspace = workspace != NULL ? workspace : cJSON_AddObjectToObject(capabilities, "workspace");
    cJSON_AddItemToObject(workspace, "workspaceFolders",
                          cJSON_Parse("{\"supported\":true,\"changeNotifications\":true}"));
    cJSON_AddItemToObject(result, "capabilities", capabilities);
    cJSON *info = cJSON_AddObjectToObject(result, "serverInfo");
    cJSON_AddStringToObject(info, "name", "depotc");
    cJSON_AddStringToObject(info, "version", DEPOTC_VERSION);
    return result;
}

/// Asks to be told of files that change outside of the editor.
void notice_initialized(Server *server, const cJSON *params) {
    (void)params;
    if (server->client.watches) {
        server_ask(server, "client/registerCapability",
                   cJSON_Parse("{\"registrations\":[{\"id\":\"depotc-files\",\"method\":"
                               "\"workspace/didChangeWatchedFiles\",\"registerOptions\":"
                               "{\"watchers\":[{\"globPattern\":\"**/*\"}]}}]}"));
    }
}

cJSON *request_shutdown(Server *server, const cJSON *params, Fault *fault) {
    (void)params;
    (void)fault;
    server->state = SERVER_SHUT;
    return NULL;
}

void notice_exit(Server *server, const cJSON *params) {
    (void)params;
    server->exit_asked = true;
    dispatch_clear(server);
    g_main_loop_quit(server->loop);
}

/// There is nothing to trace.
void notice_set_trace(Server *server, const cJSON *params) {
    (void)server;
    (void)params;
}

/// What is cancelled has been worked off: the others never come here (dispatch.c).
void notice_cancel(Server *server, const cJSON *params) {
    (void)server;
    (void)params;
}
