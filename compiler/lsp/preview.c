/// What a program becomes, while it is written: code lenses and the command that they call.
#include "server.h"

#include "graph.h"
#include "json_text.h"

#include <string.h>

/// The command of the server: arguments are the URI of a document, what to show (the name of a back
/// end, or "graph"), and the container whose files are meant (or nothing: all).
#define COMMAND "depotc.preview"
#define GRAPH   "graph"

cJSON *provide_execute_command(const Server *server) {
    (void)server;
    return cJSON_Parse("{\"commands\":[\"" COMMAND "\"]}");
}

// Lenses

static void add_lens(const Server *server, const Spot *spot, Span span, const char *title,
                     const char *show, cJSON *list) {
    const Source *source = spot->source;
    cJSON *lens = cJSON_CreateObject();
    cJSON_AddItemToObject(lens, "range", range_json(spot->compilation, span, server->encoding));
    cJSON *command = cJSON_AddObjectToObject(lens, "command");
    json_put_text(command, "title", title);
    json_put_text(command, "command", show != NULL ? COMMAND : "");
    if (show != NULL) {
        g_autofree char *name =
            g_strndup(source->text + span.start, (gsize)(span.end - span.start));
        cJSON *arguments = cJSON_AddArrayToObject(command, "arguments");
        cJSON_AddItemToArray(arguments, cJSON_CreateString(spot->document->uri));
        cJSON_AddItemToArray(arguments, cJSON_CreateString(show));
        cJSON_AddItemToArray(arguments, cJSON_CreateString(name));
    }
    cJSON_AddItemToArray(list, lens);
}

/// The container that a declaration makes, or NULL while nobody can tell.
static const Resource *container_of(const Spot *spot, const Node *node) {
    const Program *program = spot->compilation->program;
    for (size_t i = 0; program != NULL && i < program->container_count; i++) {
        if (program->containers[i]->node == node) {
            return program->containers[i];
        }
    }
    return NULL;
}

cJSON *request_code_lens(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    cJSON *list = cJSON_CreateArray();
    for (const Node *node = spot.source->tree->a; node != NULL; node = node->next) {
        const Construct *construct =
            node->kind == NODE_RESOURCE ? query_construct(spot.compilation, node) : NULL;
        if (construct == NULL || !construct->container || construct->existing) {
            continue;
        }
        const Span span = node_name_span(spot.compilation, node);
        const Resource *container = container_of(&spot, node);
        if (container != NULL) {
            g_autofree char *count = g_strdup_printf("%zu resource%s", container->member_count,
                                                     container->member_count == 1 ? "" : "s");
            add_lens(server, &spot, span, count, NULL, list);
        }
        size_t backends = 0;
        const Backend *all = backend_all(&backends);
        for (size_t i = 0; i < backends; i++) {
            g_autofree char *title = g_strdup_printf("Preview %s", all[i].name);
            add_lens(server, &spot, span, title, all[i].name, list);
        }
        add_lens(server, &spot, span, "Preview " GRAPH, GRAPH, list);
    }
    return list;
}

// The command

static const char *language_of(const char *path) {
    return g_str_has_suffix(path, ".ts")     ? "typescript"
           : g_str_has_suffix(path, ".json") ? "json"
           : g_str_has_suffix(path, ".md")   ? "markdown"
                                             : "plaintext";
}

static void add_file(cJSON *files, const char *path, const char *language, const char *text) {
    cJSON *file = cJSON_CreateObject();
    json_put_text(file, "path", path);
    cJSON_AddStringToObject(file, "languageId", language);
    json_put_text(file, "text", text);
    cJSON_AddItemToArray(files, file);
}

static void add_emitted(cJSON *list, const Model *model, const Backend *backend, const char *only) {
    EmitFiles *files = emit_files_new();
    backend->emit(model, files);
    for (size_t i = 0; i < emit_files_count(files); i++) {
        const EmitFile *file = emit_files_get(files, i);
        const bool other =
            only != NULL && file->stack != NULL && strcmp(file->stack->name, only) != 0;
        if (!other) {
            g_autofree char *text = g_strndup(file->text, file->length);
            add_file(list, file->path, language_of(file->path), text);
        }
    }
    emit_files_free(files);
}

/// Compiles the program of the file at `path` once more: the compilation of the analysis is for the
/// checks alone.
static cJSON *preview(const Analysis *analysis, const char *path, const char *show,
                      const char *only, Fault *fault) {
    const bool graph = strcmp(show, GRAPH) == 0;
    size_t count = 0;
    const Backend *backend = graph ? backend_all(&count) : backend_find(show);
    if (backend == NULL) {
        return fault_set(fault, FAULT_PARAMETERS, "there is no preview `%s`", show);
    }
    Session session;
    Invocation invocation = analysis->invocation;
    char *arguments[] = {(char *)path, NULL};
    if (invocation.options.arguments != NULL) { // not what imports it, such as its tests
        invocation.options.arguments = arguments;
    }
    const bool loaded = session_load(&session, &invocation, NULL, NULL);
    const Model *model = loaded ? session_model(&session, backend) : NULL;
    const size_t errors = diagnostics_count(session.compilation->diagnostics, SEVERITY_ERROR);
    cJSON *result = NULL;
    if (model == NULL || errors > 0) {
        fault_set(fault, FAULT_FAILED, "there is no preview while the program has errors (%zu)",
                  errors);
    } else {
        result = cJSON_CreateObject();
        g_autofree char *title =
            g_strdup_printf("%s: %s", only != NULL ? only : model->project, show);
        json_put_text(result, "title", title);
        cJSON *files = cJSON_AddArrayToObject(result, "files");
        if (graph) {
            g_autofree char *mermaid = graph_mermaid(model, only);
            g_autofree char *picture = graph_svg(model, only);
            add_file(files, "graph.mmd", "mermaid", mermaid);
            add_file(files, "graph.svg", "svg", picture);
        } else {
            add_emitted(files, model, backend, only);
        }
    }
    session_close(&session);
    return result;
}

static const char *argument(const cJSON *params, int index) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(params, "arguments");
    const cJSON *item = cJSON_IsArray(list) ? cJSON_GetArrayItem(list, index) : NULL;
    return item != NULL && cJSON_IsString(item) ? item->valuestring : NULL;
}

cJSON *request_execute_command(Server *server, const cJSON *params, Fault *fault) {
    const cJSON *command = cJSON_GetObjectItemCaseSensitive(params, "command");
    const char *uri = argument(params, 0);
    const char *show = argument(params, 1);
    if (!cJSON_IsString(command) || strcmp(command->valuestring, COMMAND) != 0) {
        return fault_set(fault, FAULT_PARAMETERS, "the command is `" COMMAND "`");
    }
    if (uri == NULL || show == NULL) {
        return fault_set(fault, FAULT_PARAMETERS,
                         "`" COMMAND "` takes the URI of a document, and what to show");
    }
    const Document *document = documents_find(server->documents, uri);
    const Analysis *analysis =
        document != NULL && document->path != NULL ? analysis_of(server, document->path) : NULL;
    if (analysis == NULL) {
        return fault_set(fault, FAULT_PARAMETERS, "`%s` is not open", uri);
    }
    return preview(analysis, document->path, show, argument(params, 2), fault);
}
