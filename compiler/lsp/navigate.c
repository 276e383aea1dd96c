/// Where names are declared and where they are used.
#include "server.h"

#include "edit.h"
#include "words.h"

#include <string.h>

/// What the name at the place of the request means.
static bool find_entity(Server *server, const cJSON *params, Spot *spot, Entity *entity,
                        Fault *fault) {
    return params_spot(server, params, spot, fault) &&
           query_entity(spot->compilation, spot->source, spot->offset, entity);
}

/// The file that an import, or another text that is a path, leads to; NULL: none.
static cJSON *imported_file(const Server *server, const Spot *spot) {
    g_autoptr(GPtrArray) path = query_path(spot->source, spot->offset);
    const Node *node = path->len > 1 ? path->pdata[path->len - 2] : NULL;
    if (node == NULL || node->kind != NODE_IMPORT || node->b != path->pdata[path->len - 1] ||
        node->b->kind != NODE_STRING) {
        return NULL;
    }
    g_autofree char *file = spot_path(spot, node->b);
    g_autofree char *canonical = documents_canonical(file);
    const Source *source = analysis_source(spot->analysis, canonical);
    return source != NULL ? location_json(server, spot->compilation, (Span){source->id, 0, 0})
                          : NULL;
}

/// Every place where one name is declared: a resource may be in several branches.
static void add_declarations(const Server *server, const Spot *spot, const Entity *entity,
                             cJSON *list) {
    const Symbol *symbol = entity->symbol;
    if (symbol != NULL && symbol->kind == SYMBOL_RESOURCE && symbol->places != NULL) {
        for (const Declaration *place = symbol->places; place != NULL; place = place->next) {
            const Span span = node_name_span(spot->compilation, place->node);
            cJSON_AddItemToArray(list, location_json(server, spot->compilation, span));
        }
    } else if (entity->construct != NULL && entity->node != NULL) {
        const Span span = declaration_span(spot->compilation, entity->node);
        cJSON_AddItemToArray(list, location_json(server, spot->compilation, span));
    } else if (entity->node != NULL) {
        const Span span = node_name_span(spot->compilation, entity->node);
        cJSON_AddItemToArray(list, location_json(server, spot->compilation, span));
    }
}

cJSON *request_definition(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    Entity entity;
    if (!find_entity(server, params, &spot, &entity, fault)) {
        return spot.source != NULL ? imported_file(server, &spot) : NULL;
    }
    cJSON *list = cJSON_CreateArray();
    add_declarations(server, &spot, &entity, list);
    return list;
}

cJSON *request_references(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    Entity entity;
    if (!find_entity(server, params, &spot, &entity, fault)) {
        return NULL;
    }
    const cJSON *context = cJSON_GetObjectItemCaseSensitive(params, "context");
    const bool declared =
        cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(context, "includeDeclaration"));
    const Span own = entity.node != NULL ? node_name_span(spot.compilation, entity.node) : NO_SPAN;
    g_autoptr(GArray) spans = query_occurrences(spot.compilation, &entity);
    cJSON *list = cJSON_CreateArray();
    for (guint i = 0; i < spans->len; i++) {
        const Span span = g_array_index(spans, Span, i);
        if (declared || span.file != own.file || span.start != own.start) {
            cJSON_AddItemToArray(list, location_json(server, spot.compilation, span));
        }
    }
    return list;
}

cJSON *request_highlight(Server *server, const cJSON *params, Fault *fault) {
    enum { KIND_READ = 2, KIND_WRITE = 3 };
    Spot spot;
    Entity entity;
    if (!find_entity(server, params, &spot, &entity, fault)) {
        return NULL;
    }
    const Span own = entity.node != NULL ? node_name_span(spot.compilation, entity.node) : NO_SPAN;
    g_autoptr(GArray) spans = query_occurrences(spot.compilation, &entity);
    cJSON *list = cJSON_CreateArray();
    for (guint i = 0; i < spans->len; i++) {
        const Span span = g_array_index(spans, Span, i);
        if (span.file == spot.source->id) {
            const bool writes = span.file == own.file && span.start == own.start;
            cJSON *item = cJSON_CreateObject();
            cJSON_AddItemToObject(item, "range",
                                  range_json(spot.compilation, span, server->encoding));
            cJSON_AddNumberToObject(item, "kind", writes ? KIND_WRITE : KIND_READ);
            cJSON_AddItemToArray(list, item);
        }
    }
    return list;
}

// Renaming

/// The number of the property that says what a resource is called when it is deployed; -1: nothing
/// but its declaration says it.
static int name_property(const Spot *spot, const Symbol *symbol) {
    const Construct *construct = symbol->kind == SYMBOL_RESOURCE && symbol->node != NULL
                                     ? query_construct(spot->compilation, symbol->node)
                                     : NULL;
    return construct != NULL && !construct->module ? construct->name_property : -1;
}

/// Whether the name is one that may be changed while what is deployed keeps its own; else `fault`
/// says why not.
static bool may_rename(const Spot *spot, const Entity *entity, Fault *fault) {
    const Symbol *symbol = entity->symbol;
    const Source *home =
        entity->node != NULL ? compilation_source(spot->compilation, entity->node->file) : NULL;
    if (symbol == NULL || home == NULL || home->library) {
        fault_set(fault, FAULT_FAILED, "only what programs declare can be renamed");
        return false;
    }
    switch (symbol->kind) {
    case SYMBOL_LET:
    case SYMBOL_TYPE:
    case SYMBOL_FN:
    case SYMBOL_MODULE:
    case SYMBOL_VARIABLE:
        return true;
    default:
        if (name_property(spot, symbol) >= 0) {
            return true;
        }
        fault_set(fault, FAULT_FAILED,
                  "`%s` is part of what is deployed, or of how it is built: another name would "
                  "be another thing",
                  symbol->name->text);
        return false;
    }
}

cJSON *request_prepare_rename(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    Entity entity;
    if (!find_entity(server, params, &spot, &entity, fault) || !may_rename(&spot, &entity, fault)) {
        return NULL;
    }
    cJSON *result = cJSON_CreateObject();
    cJSON_AddItemToObject(result, "range",
                          range_json(spot.compilation, entity.span, server->encoding));
    cJSON_AddStringToObject(result, "placeholder", entity.symbol->name->text);
    return result;
}

/// Whether the text at a place is the name itself: aliases of imports have another one.
static bool is_spelled(const Spot *spot, Span span, const Name *name) {
    const Source *source = compilation_source(spot->compilation, span.file);
    return span.end - span.start == name->length &&
           memcmp(source->text + span.start, name->text, name->length) == 0;
}

/// Writes out the name that a declaration has by default, where it has it.
static DiagnosticEdit *pin_name(const Spot *spot, const Node *node, DiagnosticEdit *edits) {
    Arena *arena = spot->compilation->arena;
    const Construct *construct = query_construct(spot->compilation, node);
    const Node *head = node->a;
    if (head == NULL || head->c == NULL || construct == NULL || construct->name_property < 0 ||
        construct->existing || node->b == NULL || node->b->kind != NODE_BLOCK) {
        return edits;
    }
    const Property *property = &construct->properties[construct->name_property];
    if (query_has(node->b, property->name)) {
        return edits;
    }
    const Node *key = head->a;
    const Source *source = compilation_source(spot->compilation, node->file);
    const char *name = words_kebab(arena, head->c->name->text);
    const char *member =
        key != NULL ? arena_printf(arena, "%s: kebab(\"%s-${%.*s}\")", property->name->text, name,
                                   (int)(key->end - key->start), source->text + key->start)
                    : arena_printf(arena, "%s: \"%s\"", property->name->text, name);
    const EditInsertion insertion = edit_insert_members(spot->compilation, node->b, &member, 1);
    return edit_before(spot->compilation, insertion.place, insertion.text, edits);
}

/// The same for all declarations of a resource: it may be in several branches.
static DiagnosticEdit *pin_names(const Spot *spot, const Symbol *symbol, DiagnosticEdit *edits) {
    if (symbol->kind != SYMBOL_RESOURCE) {
        return edits;
    }
    if (symbol->places == NULL) {
        return pin_name(spot, symbol->node, edits);
    }
    for (const Declaration *place = symbol->places; place != NULL; place = place->next) {
        edits = pin_name(spot, place->node, edits);
    }
    return edits;
}

cJSON *request_rename(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    Entity entity;
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(params, "newName");
    if (!cJSON_IsString(name) || !token_is_name(name->valuestring, strlen(name->valuestring))) {
        return fault_set(fault, FAULT_PARAMETERS, "`newName` is no name");
    }
    if (!find_entity(server, params, &spot, &entity, fault) || !may_rename(&spot, &entity, fault)) {
        return NULL;
    }
    const Symbol *symbol = entity.symbol;
    const Name *wanted = names_of(spot.compilation->names, name->valuestring);
    if (symbol->scope != NULL && scope_find_here(symbol->scope, wanted) != NULL) {
        return fault_set(fault, FAULT_FAILED, "there is another `%s` already", wanted->text);
    }
    g_autoptr(GArray) spans = query_occurrences(spot.compilation, &entity);
    DiagnosticEdit *edits = NULL;
    for (guint i = spans->len; i > 0; i--) {
        const Span span = g_array_index(spans, Span, i - 1);
        if (is_spelled(&spot, span, symbol->name)) {
            const char *text = edit_of_name(spot.compilation, span, wanted->text);
            edits = edit_before(spot.compilation, span, text, edits);
        }
    }
    return workspace_edit_json(server, spot.compilation, pin_names(&spot, symbol, edits));
}
