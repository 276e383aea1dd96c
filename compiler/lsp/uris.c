/// URIs of sources.
#include "server.h"

#include "uri.h"

#include <string.h>

/// What stands in the paths of the library's files before what they are called by.
static const char LIBRARY_FOLDER[] = "stdlib/";

char *uri_of_file(const Server *server, const char *path) {
    g_autofree char *canonical = documents_canonical(path);
    const Document *document = documents_at(server->documents, canonical);
    return document != NULL ? g_strdup(document->uri) : uri_of_path(canonical);
}

char *uri_of_source(const Server *server, const Source *source) {
    if (!source->library) {
        return uri_of_file(server, source->path);
    }
    const char *inside = strstr(source->path, LIBRARY_FOLDER);
    const char *name = inside != NULL ? inside + strlen(LIBRARY_FOLDER) : source->path;
    g_autofree char *path = uri_of_path(name);
    return g_strconcat(STDLIB_SCHEME ":///", path, NULL);
}

cJSON *location_json(const Server *server, Compilation *compilation, Span span) {
    const Source *source = compilation_source(compilation, span.file);
    g_autofree char *uri = uri_of_source(server, source);
    cJSON *location = cJSON_CreateObject();
    cJSON_AddStringToObject(location, "uri", uri);
    cJSON_AddItemToObject(location, "range", range_json(compilation, span, server->encoding));
    return location;
}
