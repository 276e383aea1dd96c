/// What is shown between the lines: values of constants, and links to files.
#include "server.h"

#include "json_text.h"
#include "tree.h"

#include <string.h>

// Values

static bool is_plain(const Node *node) {
    return node->kind == NODE_STRING || node->kind == NODE_INTEGER || node->kind == NODE_DECIMAL ||
           node->kind == NODE_BOOL;
}

/// The value of a constant of the file, if it is not just what is written; NULL: it has none.
static const char *value_of(const Spot *spot, const Node *node) {
    enum { LONGEST = 60 };
    if (node->kind != NODE_LET || node->b == NULL || is_plain(node->b) ||
        node->b->kind == NODE_LIST || node->b->kind == NODE_OBJECT) {
        return NULL;
    }
    const char *text = describe_value(spot->compilation, node->bound);
    return text != NULL && strlen(text) <= LONGEST && strchr(text, '\n') == NULL ? text : NULL;
}

cJSON *request_inlay_hint(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    LinePlace from = {0, 0};
    LinePlace to = {0, 0};
    if (!params_range(params, &from, &to, fault) || !params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    cJSON *list = cJSON_CreateArray();
    for (const Node *node = spot.source->tree->a; node != NULL; node = node->next) {
        const LinePlace place =
            position_of(spot.compilation, spot.source, node->end, server->encoding);
        const char *text =
            place.line >= from.line && place.line <= to.line ? value_of(&spot, node) : NULL;
        if (text != NULL) {
            cJSON *hint = cJSON_CreateObject();
            cJSON_AddItemToObject(hint, "position", position_json(place));
            g_autofree char *label = g_strconcat("= ", text, NULL);
            json_put_text(hint, "label", label);
            cJSON_AddTrueToObject(hint, "paddingLeft");
            cJSON_AddItemToArray(list, hint);
        }
    }
    return list;
}

// Links

typedef struct Links {
    const Server *server;
    const Spot *spot;
    cJSON *list;
} Links;

/// A text that begins as a path and leads to a file: an import, schemas, `file("…")`.
static void visit_link(Node *node, void *data) {
    const Links *links = data;
    if (node->kind == NODE_STRING && node->length > 2 && node->text[0] == '.' &&
        (node->text[1] == '/' || node->text[1] == '.')) {
        g_autofree char *file = spot_path(links->spot, node);
        if (files_kind(&links->spot->analysis->files, file) == FILE_PLAIN) {
            g_autofree char *uri = uri_of_file(links->server, file);
            cJSON *link = cJSON_CreateObject();
            cJSON_AddItemToObject(
                link, "range",
                range_json(links->spot->compilation, node_span(node), links->server->encoding));
            cJSON_AddStringToObject(link, "target", uri);
            cJSON_AddItemToArray(links->list, link);
        }
    }
    node_each_child(node, visit_link, data);
}

cJSON *request_document_link(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    Links links = {server, &spot, cJSON_CreateArray()};
    visit_link(spot.source->tree, &links);
    return links.list;
}
