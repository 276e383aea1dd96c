/// What is told of the name under the pointer.
#include "server.h"

#include "builtins.h"
#include "json_text.h"

/// A function of the language: it has no declaration.
static char *describe_function(const Spot *spot, Span *span) {
    g_autoptr(GPtrArray) path = query_path(spot->source, spot->offset);
    const Node *node = path->len > 0 ? path->pdata[path->len - 1] : NULL;
    const Node *call = path->len > 1 ? path->pdata[path->len - 2] : NULL;
    if (node == NULL || call == NULL || node->kind != NODE_NAME || call->kind != NODE_CALL ||
        call->a != node || node->bound != NULL) {
        return NULL;
    }
    const Builtin *builtin = builtin_find(node->name->text);
    *span = node_span(node);
    return builtin != NULL ? g_strdup_printf("```depot\n%s\n```\n", builtin->usage) : NULL;
}

cJSON *request_hover(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    Entity entity;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    const bool found = query_entity(spot.compilation, spot.source, spot.offset, &entity);
    Span span = entity.span;
    g_autofree char *text =
        found ? describe_entity(spot.compilation, &entity) : describe_function(&spot, &span);
    if (text == NULL || *text == '\0') {
        return NULL;
    }
    cJSON *result = cJSON_CreateObject();
    cJSON *contents = cJSON_AddObjectToObject(result, "contents");
    cJSON_AddStringToObject(contents, "kind", "markdown");
    json_put_text(contents, "value", text);
    cJSON_AddItemToObject(result, "range", range_json(spot.compilation, span, server->encoding));
    return result;
}
