/// From messages to functions: the table of requests, the queue, and answers.
#include "server.h"

#include <stdarg.h>
#include <string.h>

/// With so many messages, or bytes of them, waiting, no more are read.
enum { QUEUE_MAX = 1000, QUEUE_MAX_BYTES = 64 << 20 };

/// One row of requests.def.
typedef struct Row {
    const char *method;
    RequestHandler *request; ///< one of the two
    NotificationHandler *notice;
    const char *capability;
    const char *value;
    cJSON *(*provide)(const Server *server);
} Row;

static const Row rows[] = {
#define REQUEST(name, method, capability, value)                                                   \
    {method, request_##name, NULL, capability, value, NULL},
#define REQUEST_WITH(name, method, capability)                                                     \
    {method, request_##name, NULL, capability, NULL, provide_##name},
#define NOTIFICATION(name, method) {method, NULL, notice_##name, NULL, NULL, NULL},
#include "requests.def"
#undef REQUEST
#undef REQUEST_WITH
#undef NOTIFICATION
};

/// A message in the queue.
typedef struct Waiting {
    cJSON *message;
    size_t length;
} Waiting;

static const Row *find_row(const char *method) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].method, method) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

// Capabilities

/// Adds `value` under a path such as `workspace/workspaceFolders`.
static void add_capability(cJSON *object, const char *path, cJSON *value) {
    const char *slash = strchr(path, '/');
    if (slash == NULL) {
        cJSON_DeleteItemFromObjectCaseSensitive(object, path);
        cJSON_AddItemToObject(object, path, value);
        return;
    }
    g_autofree char *first = g_strndup(path, (gsize)(slash - path));
    cJSON *inner = cJSON_GetObjectItemCaseSensitive(object, first);
    inner = inner != NULL ? inner : cJSON_AddObjectToObject(object, first);
    add_capability(inner, slash + 1, value);
}

cJSON *dispatch_capabilities(const Server *server) {
    cJSON *capabilities = cJSON_CreateObject();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (rows[i].capability != NULL) {
            cJSON *value =
                rows[i].provide != NULL ? rows[i].provide(server) : cJSON_Parse(rows[i].value);
            add_capability(capabilities, rows[i].capability, value);
        }
    }
    return capabilities;
}

// Sending

static cJSON *new_message(void) {
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "jsonrpc", "2.0");
    return message;
}

void server_notify(Server *server, const char *method, cJSON *params) {
    cJSON *message = new_message();
    cJSON_AddStringToObject(message, "method", method);
    cJSON_AddItemToObject(message, "params", params);
    transport_send(server->transport, message);
}

void server_ask(Server *server, const char *method, cJSON *params) {
    cJSON *message = new_message();
    g_autofree char *id = g_strdup_printf("depotc-%" G_GINT64_FORMAT, ++server->next_id);
    cJSON_AddStringToObject(message, "id", id);
    cJSON_AddStringToObject(message, "method", method);
    cJSON_AddItemToObject(message, "params", params);
    transport_send(server->transport, message);
}

static void answer_fault(Server *server, const cJSON *id, FaultCode code, const char *why) {
    cJSON *message = new_message();
    cJSON_AddItemToObject(message, "id",
                          id != NULL ? cJSON_Duplicate(id, true) : cJSON_CreateNull());
    cJSON *error = cJSON_AddObjectToObject(message, "error");
    cJSON_AddNumberToObject(error, "code", code);
    cJSON_AddStringToObject(error, "message", why);
    transport_send(server->transport, message);
}

void dispatch_malformed(Server *server, const char *why) {
    answer_fault(server, NULL, FAULT_PARSE, why);
}

cJSON *fault_set(Fault *fault, FaultCode code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    g_free(fault->message);
    fault->code = code;
    fault->message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return NULL;
}

// Working off

static void run_request(Server *server, const Row *row, const cJSON *id, const cJSON *params) {
    Fault fault = {FAULT_NONE, NULL};
    cJSON *result = row->request(server, params, &fault);
    if (fault.code != FAULT_NONE) {
        cJSON_Delete(result);
        answer_fault(server, id, fault.code, fault.message);
        g_free(fault.message);
        return;
    }
    cJSON *message = new_message();
    cJSON_AddItemToObject(message, "id", cJSON_Duplicate(id, true));
    cJSON_AddItemToObject(message, "result", result != NULL ? result : cJSON_CreateNull());
    transport_send(server->transport, message);
}

/// What the state of the server has against a request; FAULT_NONE: nothing.
static FaultCode state_fault(const Server *server, const Row *row, const char **why) {
    const bool first = row != NULL && row->request == request_initialize;
    if (server->state == SERVER_NEW && !first) {
        *why = "the first request is `initialize`";
        return FAULT_NOT_INITIALIZED;
    }
    if (server->state == SERVER_RUNNING && first) {
        *why = "`initialize` came before";
        return FAULT_INVALID_REQUEST;
    }
    if (server->state == SERVER_SHUT) {
        *why = "after `shutdown` there is only `exit`";
        return FAULT_INVALID_REQUEST;
    }
    return FAULT_NONE;
}

static void take_request(Server *server, const Row *row, const char *method, const cJSON *id,
                         const cJSON *params) {
    const char *why = NULL;
    const FaultCode code = state_fault(server, row, &why);
    if (code != FAULT_NONE) {
        answer_fault(server, id, code, why);
    } else if (row == NULL) {
        g_autofree char *unknown = g_strdup_printf("there is no request `%s` here", method);
        answer_fault(server, id, FAULT_METHOD, unknown);
    } else if (row->request == NULL) {
        g_autofree char *wrong = g_strdup_printf("`%s` is a notification, without `id`", method);
        answer_fault(server, id, FAULT_INVALID_REQUEST, wrong);
    } else {
        run_request(server, row, id, params);
    }
}

/// One message: a request, a notification, or an answer to a request of the server.
static void work_off(Server *server, const cJSON *message) {
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(message, "id");
    const cJSON *method = cJSON_GetObjectItemCaseSensitive(message, "method");
    const cJSON *params = cJSON_GetObjectItemCaseSensitive(message, "params");
    if (!cJSON_IsObject(message)) {
        answer_fault(server, NULL, FAULT_INVALID_REQUEST, "a message is one JSON object");
        return;
    }
    if (!cJSON_IsString(method)) {
        const bool answer =
            cJSON_HasObjectItem(message, "result") || cJSON_HasObjectItem(message, "error");
        if (!answer) {
            answer_fault(server, id, FAULT_INVALID_REQUEST, "a message has a `method`");
        }
        return;
    }
    const Row *row = find_row(method->valuestring);
    if (id == NULL) {
        const bool admitted =
            server->state == SERVER_RUNNING || (row != NULL && row->notice == notice_exit);
        if (row != NULL && row->notice != NULL && admitted) {
            row->notice(server, params);
        }
    } else if (!cJSON_IsString(id) && !cJSON_IsNumber(id)) {
        answer_fault(server, NULL, FAULT_INVALID_REQUEST, "an `id` is a number or a string");
    } else {
        take_request(server, row, method->valuestring, id, params);
    }
}

static gboolean on_work(gpointer data) {
    Server *server = data;
    Waiting *waiting = g_queue_pop_head(&server->queue);
    if (waiting != NULL) {
        server->queued_bytes -= waiting->length;
        work_off(server, waiting->message);
        cJSON_Delete(waiting->message);
        g_free(waiting);
    }
    transport_pause(server->transport,
                    server->queue.length >= QUEUE_MAX || server->queued_bytes >= QUEUE_MAX_BYTES);
    if (!g_queue_is_empty(&server->queue)) {
        return G_SOURCE_CONTINUE;
    }
    server->worker = 0;
    if (server->input_ended) {
        g_main_loop_quit(server->loop);
    }
    return G_SOURCE_REMOVE;
}

// Waiting

static bool same_id(const cJSON *left, const cJSON *right) {
    return left != NULL && right != NULL && cJSON_Compare(left, right, true);
}

/// `$/cancelRequest`: a request that still waits is answered, and not worked off.
static void cancel(Server *server, const cJSON *id) {
    for (GList *link = server->queue.head; link != NULL; link = link->next) {
        Waiting *waiting = link->data;
        const cJSON *own = cJSON_GetObjectItemCaseSensitive(waiting->message, "id");
        const bool request = cJSON_HasObjectItem(waiting->message, "method");
        if (request && same_id(own, id)) {
            answer_fault(server, own, FAULT_CANCELLED, "the request was cancelled");
            server->queued_bytes -= waiting->length;
            cJSON_Delete(waiting->message);
            g_free(waiting);
            g_queue_delete_link(&server->queue, link);
            return;
        }
    }
}

static bool is_cancel(const cJSON *message) {
    const cJSON *method = cJSON_GetObjectItemCaseSensitive(message, "method");
    return cJSON_IsString(method) && strcmp(method->valuestring, "$/cancelRequest") == 0 &&
           !cJSON_HasObjectItem(message, "id");
}

void dispatch_take(Server *server, cJSON *message, size_t length) {
    if (is_cancel(message)) {
        const cJSON *params = cJSON_GetObjectItemCaseSensitive(message, "params");
        cancel(server, cJSON_GetObjectItemCaseSensitive(params, "id"));
        cJSON_Delete(message);
        return;
    }
    Waiting *waiting = g_new(Waiting, 1);
    *waiting = (Waiting){message, length};
    g_queue_push_tail(&server->queue, waiting);
    server->queued_bytes += length;
    if (server->queue.length >= QUEUE_MAX || server->queued_bytes >= QUEUE_MAX_BYTES) {
        transport_pause(server->transport, true);
    }
    if (server->worker == 0) {
        server->worker = g_idle_add_full(G_PRIORITY_DEFAULT, on_work, server, NULL);
    }
}

void dispatch_clear(Server *server) {
    for (Waiting *waiting = g_queue_pop_head(&server->queue); waiting != NULL;
         waiting = g_queue_pop_head(&server->queue)) {
        cJSON_Delete(waiting->message);
        g_free(waiting);
    }
    server->queued_bytes = 0;
}
