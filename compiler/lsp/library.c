/// Documents of the standard library, which no file holds: editors show them read-only.
#include "server.h"

#include "chapters.h"
#include "embedded.h"
#include "json_text.h"

#include <string.h>

/// The text of the chapter about the construct `label`, which compilations read by itself.
static char *chapter_text(const char *label) {
    g_autofree char *name = g_strconcat("construct ", label, NULL);
    Chapter chapter;
    return chapter_find(name, &chapter) ? g_strndup(chapter.text, chapter.length) : NULL;
}

/// The text of the library's file at `path`, or of a chapter of one, "FILE/CHAPTER"; NULL if there
/// is none. The caller frees it.
static char *text_at(const char *path) {
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (strcmp(embedded_files[i].path, path) == 0) {
            return g_strdup(embedded_files[i].text);
        }
    }
    for (size_t i = 0; i < embedded_chapters_count; i++) {
        const size_t length = strlen(embedded_chapters[i].path);
        if (strncmp(embedded_chapters[i].path, path, length) == 0 && path[length] == '/') {
            return chapter_text(path + length + 1);
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
    g_autofree char *text = name != NULL ? text_at(path) : NULL;
    if (text == NULL) {
        return fault_set(fault, FAULT_PARAMETERS, "the library has no file `%s`",
                         name != NULL ? name : uri->valuestring);
    }
    cJSON *result = cJSON_CreateObject();
    json_put_text(result, "text", text);
    return result;
}
