/// The parameters of the function whose call is being written.
#include "server.h"

#include "builtins.h"
#include "json_text.h"

#include <string.h>

/// A call that is open at a place.
typedef struct OpenCall {
    const Token *name; ///< what is called
    size_t argument;   ///< how many commas stand before the place
} OpenCall;

/// Finds the innermost call whose brackets are open; what is interpolated in a text is part of the
/// call around. False: there is none, or the place is in an object or list that is an argument.
static bool find_call(const Spot *spot, OpenCall *call) {
    const Source *source = spot->source;
    const Token *open = query_bracket(source, spot->offset, &call->argument);
    while (open != NULL && open->kind == TOK_INTERPOLATION_BEGIN) {
        open = query_bracket(source, open->start, &call->argument);
    }
    call->name = open != NULL && open > source->tokens ? open - 1 : NULL;
    return call->name != NULL && open->kind == TOK_LPAREN && call->name->name != 0 &&
           call->name->end == open->start;
}

/// "name(a, b)" as the protocol has it: the texts between the brackets are the parameters.
static cJSON *signature_json(const char *label, const char *doc) {
    cJSON *signature = cJSON_CreateObject();
    json_put_text(signature, "label", label);
    if (doc != NULL) {
        json_put_text(signature, "documentation", doc);
    }
    cJSON *list = cJSON_AddArrayToObject(signature, "parameters");
    const char *at = strchr(label, '(');
    at = at != NULL ? at + 1 : label + strlen(label);
    int depth = 0;
    for (const char *start = at; *at != '\0' && depth >= 0; at++) {
        depth += strchr("([{", *at) != NULL;
        depth -= strchr(")]}", *at) != NULL;
        const bool ends = depth < 0 || (depth == 0 && *at == ',');
        if (ends && at > start) {
            g_autofree char *text = g_strndup(start, (gsize)(at - start));
            cJSON *parameter = cJSON_CreateObject();
            json_put_text(parameter, "label", g_strstrip(text));
            cJSON_AddItemToArray(list, parameter);
        }
        start = ends ? at + 1 : start;
    }
    return signature;
}

/// `fn name(a: T = 1): R` without its `fn` and body.
static char *function_label(const Compilation *compilation, const Symbol *symbol) {
    const Node *node = symbol->node;
    const Source *source = compilation_source(compilation, node->file);
    const Span name = node_name_span(compilation, node);
    return g_strndup(source->text + name.start, node->a->end - name.start);
}

cJSON *request_signature_help(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    OpenCall call;
    if (!params_spot(server, params, &spot, fault) || !find_call(&spot, &call)) {
        return NULL;
    }
    const Name *name = names_get(spot.compilation->names, call.name->name);
    const Place place = query_place(spot.compilation, spot.source, spot.offset);
    Symbol *symbol = place.scope != NULL ? scope_find(place.scope, name) : NULL;
    symbol = symbol_target(symbol);
    const Builtin *builtin = symbol == NULL ? builtin_find(name->text) : NULL;
    g_autofree char *label = NULL;
    const char *doc = NULL;
    if (symbol != NULL && symbol->kind == SYMBOL_FN && symbol->node != NULL &&
        symbol->node->a != NULL) {
        label = function_label(spot.compilation, symbol);
        doc = node_doc(symbol->node, compilation_source(spot.compilation, symbol->node->file),
                       spot.compilation->arena);
    } else if (builtin != NULL && !builtin->library) {
        label = g_strdup(builtin->usage);
    } else {
        return NULL;
    }
    cJSON *result = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "signatures"), signature_json(label, doc));
    cJSON_AddNumberToObject(result, "activeSignature", 0);
    cJSON_AddNumberToObject(result, "activeParameter", (double)call.argument);
    return result;
}
