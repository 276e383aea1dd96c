/// Documents of the standard library, which no file holds: editors show them read-only.
#include "server.h"

#include "embedded.h"
#include "json_text.h"

#include <string.h>

/// The text of the library's file at `path`, or NULL.
static const char *text_at(const char *path) {
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (strcmp(embedded_files[i].path, path) == 0) {
            return embedded_files[i].text;
        }
    }
    for (size_t i = 0; i < embedded_chapters_count; i++) {
        if (strcmp(embedded_chapters[i].path, path) == 0) {
            return embedded_chapters[i].text;
        }
    }
    return NULL;
}

cJSON *request_text_document_content(Server *server, const cJSON *params, Fault *fault) {
    (void)server;
    const cJSON *uri = cJSON_GetObjectItemCaseSensitive(params, "uri");
    const char *scheme = STDLIB_SCHEME ":";
    if (!cJSON_IsString(uri) || !g_str_has_prefix(uri->valuestring, scheme)) {
        return fault_set(fault, FAULT_PARAMETERS, "`uri` is no `%s…`", scheme);
    }
    const char *rest =
        uri->valuestring + strlen(scheme); // with one slash or three, as clients like
    g_autofree char *name = g_uri_unescape_string(rest + strspn(rest, "/"), NULL);
    g_autofree char *path = g_strconcat("stdlib/", name, NULL);
    const char *text = name != NULL ? text_at(path) : NULL;
    if (text == NULL) {
        return fault_set(fault, FAULT_PARAMETERS, "the library has no file `%s`",
                         name != NULL ? name : uri->valuestring);
    }
    cJSON *result = cJSON_CreateObject();
    json_put_text(result, "text", text);
    return result;
}
