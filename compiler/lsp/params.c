/// Parameters that many requests have.
#include "server.h"

const char *params_uri(const cJSON *params, Fault *fault) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(params, "textDocument");
    const cJSON *uri = cJSON_GetObjectItemCaseSensitive(item, "uri");
    if (!cJSON_IsString(uri)) {
        fault_set(fault, FAULT_PARAMETERS, "there is no `textDocument` with a `uri`");
        return NULL;
    }
    return uri->valuestring;
}

Document *params_document(const Server *server, const cJSON *params, Fault *fault) {
    const char *uri = params_uri(params, fault);
    Document *document = uri != NULL ? documents_find(server->documents, uri) : NULL;
    if (uri != NULL && document == NULL) {
        fault_set(fault, FAULT_PARAMETERS, "`%s` is not open", uri);
    }
    return document;
}

bool params_range(const cJSON *params, LinePlace *start, LinePlace *end, Fault *fault) {
    if (range_read(cJSON_GetObjectItemCaseSensitive(params, "range"), start, end)) {
        return true;
    }
    fault_set(fault, FAULT_PARAMETERS, "`range` is none");
    return false;
}
