/// The place that a request asks about.
#include "server.h"

bool params_spot(Server *server, const cJSON *params, Spot *spot, Fault *fault) {
    *spot = (Spot){0};
    const Document *document = params_document(server, params, fault);
    if (document == NULL || document->path == NULL) {
        return false;
    }
    spot->document = document;
    spot->analysis = analysis_of(server, document->path);
    spot->source = spot->analysis != NULL ? analysis_source(spot->analysis, document->path) : NULL;
    if (spot->source == NULL || spot->source->tree == NULL || spot->source->tokens == NULL) {
        return false;
    }
    spot->compilation = spot->analysis->session.compilation;
    LinePlace place = {0, 0};
    const cJSON *position = cJSON_GetObjectItemCaseSensitive(params, "position");
    if (position == NULL) {
        return true;
    }
    if (!position_read(position, &place)) {
        fault_set(fault, FAULT_PARAMETERS, "`position` is none");
        return false;
    }
    const size_t offset =
        position_offset(spot->source->text, spot->source->length, place, server->encoding);
    spot->offset = (uint32_t)offset;
    return true;
}

bool params_selection(Server *server, const cJSON *params, Spot *spot, Span *selection,
                      Fault *fault) {
    LinePlace from = {0, 0};
    LinePlace to = {0, 0};
    if (!params_range(params, &from, &to, fault) || !params_spot(server, params, spot, fault)) {
        return false;
    }
    const char *text = spot->source->text;
    const size_t length = spot->source->length;
    *selection =
        (Span){spot->source->id, (uint32_t)position_offset(text, length, from, server->encoding),
               (uint32_t)position_offset(text, length, to, server->encoding)};
    return true;
}

char *spot_path(const Spot *spot, const Node *string) {
    g_autofree char *written = g_strndup(string->text, string->length);
    g_autofree char *folder = g_path_get_dirname(spot->document->path);
    return g_canonicalize_filename(written, folder);
}
