/// What could be written at a place.
#include "offer.h"

#include "builtins.h"
#include "json_text.h"

#include <string.h>

cJSON *offer_add(Offer *offer, const char *label, ItemKind kind, char rank, const char *text) {
    if (!g_hash_table_add(offer->seen, g_strdup(label))) {
        return NULL;
    }
    cJSON *item = cJSON_CreateObject();
    json_put_text(item, "label", label);
    cJSON_AddNumberToObject(item, "kind", kind);
    g_autofree char *sort = g_strdup_printf("%c%s", rank, label);
    json_put_text(item, "sortText", sort);
    cJSON *edit = cJSON_AddObjectToObject(item, "textEdit");
    if (offer->range == NULL) {
        cJSON *range =
            range_json(offer->spot->compilation, offer->place.word, offer->server->encoding);
        offer->range = cJSON_PrintUnformatted(range);
        cJSON_Delete(range);
    }
    cJSON_AddItemToObject(edit, "range", cJSON_CreateRaw(offer->range));
    json_put_text(edit, "newText", text != NULL ? text : label);
    cJSON_AddItemToArray(offer->items, item);
    return item;
}

void offer_mark_snippet(const Offer *offer, cJSON *item) {
    enum { FORMAT_SNIPPET = 2 };
    if (item != NULL && offer->server->client.snippets) {
        cJSON_AddNumberToObject(item, "insertTextFormat", FORMAT_SNIPPET);
    }
}

static void put_documentation(cJSON *item, Compilation *compilation, const Entity *entity) {
    g_autofree char *text = describe_entity(compilation, entity);
    if (*text != '\0') {
        cJSON *documentation = cJSON_AddObjectToObject(item, "documentation");
        cJSON_AddStringToObject(documentation, "kind", "markdown");
        json_put_text(documentation, "value", text);
    }
}

/// The type of what an item stands for, and whether it is deprecated.
static void put_detail(const Offer *offer, cJSON *item, const Entity *entity) {
    if (entity->type != NULL && entity->construct == NULL) {
        json_put_text(item, "detail", type_text(offer->spot->compilation->arena, entity->type));
    }
    if (entity->node != NULL &&
        decorator_find(node_decorators(entity->node), "deprecated") != NULL) {
        enum { TAG_DEPRECATED = 1 };
        const int tag = TAG_DEPRECATED;
        cJSON_AddItemToObject(item, "tags", cJSON_CreateIntArray(&tag, 1));
    }
}

void offer_document(const Offer *offer, cJSON *item, const Entity *entity) {
    if (item != NULL) {
        put_detail(offer, item, entity);
        put_documentation(item, offer->spot->compilation, entity);
    }
}

/// The same of a name that a program declares. There may be thousands: what is told of one is asked
/// for when somebody looks at it, by the place of its declaration.
static void document_later(const Offer *offer, cJSON *item, const Entity *entity) {
    const Source *source = entity->node != NULL
                               ? compilation_source(offer->spot->compilation, entity->node->file)
                               : NULL;
    if (item == NULL || source == NULL || source->library) {
        offer_document(offer, item, entity);
        return;
    }
    put_detail(offer, item, entity);
    const int place[] = {source->id,
                         (int)node_name_span(offer->spot->compilation, entity->node).start};
    cJSON_AddItemToObject(item, "data", cJSON_CreateIntArray(place, G_N_ELEMENTS(place)));
}

/// The name that stands at a place of `data`, if it is still the label of the item.
static bool find_completed(const Analysis *analysis, const cJSON *item, Entity *entity) {
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(item, "data");
    const cJSON *label = cJSON_GetObjectItemCaseSensitive(item, "label");
    const cJSON *file = cJSON_IsArray(data) ? cJSON_GetArrayItem(data, 0) : NULL;
    const cJSON *offset = cJSON_IsArray(data) ? cJSON_GetArrayItem(data, 1) : NULL;
    if (file == NULL || offset == NULL || !cJSON_IsNumber(file) || !cJSON_IsNumber(offset) ||
        !cJSON_IsString(label)) {
        return false;
    }
    Compilation *compilation = analysis->session.compilation;
    const size_t number = (size_t)MAX(file->valueint, 0);
    const Source *source = number < compilation->source_count ? compilation->sources[number] : NULL;
    const uint32_t start = (uint32_t)MAX(offset->valueint, 0);
    const size_t length = strlen(label->valuestring);
    return source != NULL && source->tree != NULL && source->tokens != NULL &&
           start + length <= source->length &&
           memcmp(source->text + start, label->valuestring, length) == 0 &&
           query_entity(compilation, source, start, entity);
}

/// `completionItem/resolve`: adds the documentation of such a name.
cJSON *request_resolve_completion(Server *server, const cJSON *params, Fault *fault) {
    (void)fault;
    cJSON *item = cJSON_Duplicate(params, true);
    const Document *document =
        server->completed != NULL ? documents_find(server->documents, server->completed) : NULL;
    const Analysis *analysis =
        document != NULL && document->path != NULL ? analysis_of(server, document->path) : NULL;
    Entity entity;
    if (analysis != NULL && find_completed(analysis, item, &entity)) {
        put_documentation(item, analysis->session.compilation, &entity);
    }
    return item;
}

// Properties

static bool is_missing(const Offer *offer, const Property *property) {
    return query_lacks(offer->place.construct, property, offer->place.list);
}

static void add_property(Offer *offer, const Property *property, char rank, const char *text) {
    const Entity entity = {.property = property, .type = property->type, .node = property->node};
    offer_document(offer, offer_add(offer, property->name->text, ITEM_PROPERTY, rank, text),
                   &entity);
}

static void add_properties(Offer *offer, const Property *properties, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const Property *property = &properties[i];
        if (query_has(offer->place.list, property->name)) {
            continue;
        }
        g_autofree char *text = g_strconcat(property->name->text, ": ", NULL);
        add_property(offer, property, is_missing(offer, property) ? '0' : '1', text);
    }
}

/// One item that writes all properties which are missing.
static void add_missing(Offer *offer, const Property *properties, size_t count) {
    g_autoptr(GString) text = g_string_new(NULL);
    unsigned places = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_missing(offer, &properties[i])) {
            places++;
            g_string_append_printf(text, "%s%s: $%u", places > 1 ? "\n" : "",
                                   properties[i].name->text, places);
        }
    }
    if (places > 1 && offer->server->client.snippets) {
        offer_mark_snippet(
            offer, offer_add(offer, "all required properties", ITEM_SNIPPET, '0', text->str));
    }
}

static void add_members(Offer *offer, const Property *properties, size_t count) {
    add_missing(offer, properties, count);
    add_properties(offer, properties, count);
}

// Kinds and types

static void add_keywords(Offer *offer, const char *const *words) {
    for (; *words != NULL; words++) {
        g_autofree char *text = g_strconcat(*words, " ", NULL);
        offer_add(offer, *words, ITEM_KEYWORD, '3', text);
    }
}

/// The kinds that may stand in a file (`container`), or in a block.
static void add_kinds(Offer *offer, bool container) {
    const char **names = library_construct_names(offer->spot->compilation->library);
    for (; *names != NULL; names++) {
        const char *dot = strchr(*names, '.');
        if (g_str_has_prefix(*names, "existing ")) {
            continue;
        }
        g_autofree char *kind =
            dot != NULL ? g_strndup(*names, (gsize)(dot - *names)) : g_strdup(*names);
        if (g_hash_table_contains(offer->seen, kind)) {
            continue;
        }
        const Construct *construct = library_labelled(offer->spot->compilation->library, *names);
        if (construct == NULL || construct->file != NULL || construct->container != container) {
            continue;
        }
        g_autofree char *text = g_strconcat(kind, " ", NULL);
        cJSON *item = offer_add(offer, kind, ITEM_CLASS, '2', text);
        const Entity entity = {.construct = construct, .node = construct->node};
        if (dot == NULL) {
            offer_document(offer, item, &entity);
        }
    }
}

/// The types of a kind: what may stand behind `KIND name:`.
static void add_types_of(Offer *offer, const Name *kind) {
    const char **names = library_construct_names(offer->spot->compilation->library);
    for (; *names != NULL; names++) {
        if (strncmp(*names, kind->text, kind->length) == 0 && (*names)[kind->length] == '.') {
            const char *type = *names + kind->length + 1;
            const Construct *construct =
                library_labelled(offer->spot->compilation->library, *names);
            if (construct == NULL || construct->abstract) {
                continue;
            }
            const Entity entity = {.construct = construct, .node = construct->node};
            offer_document(offer, offer_add(offer, type, ITEM_CLASS, '0', NULL), &entity);
        }
    }
}

static void add_plain_types(Offer *offer) {
    static const char *const plain[] = {"string", "int", "number", "bool", "any", "secret"};
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        offer_add(offer, plain[i], ITEM_STRUCT, '1', NULL);
    }
    for (const Scope *scope = offer->place.scope; scope != NULL; scope = scope->outer) {
        for (const Symbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) {
            if (symbol->kind == SYMBOL_TYPE) {
                const Entity entity = {
                    .symbol = symbol, .type = symbol->type, .node = symbol->node};
                offer_document(offer, offer_add(offer, symbol->name->text, ITEM_STRUCT, '0', NULL),
                               &entity);
            }
        }
    }
}

// Values

cJSON *offer_add_call(Offer *offer, const char *name, ItemKind kind, char rank) {
    g_autofree char *text = g_strconcat(name, offer->server->client.snippets ? "($0)" : "(", NULL);
    return offer_add(offer, name, kind, rank, text);
}

static void add_alternative(const Type *type, void *data) {
    Offer *offer = data;
    const Entity entity = {.type = type, .node = type->node};
    cJSON *item = NULL;
    switch (type->kind) {
    case TYPE_MEMBER:
        offer_document(offer, offer_add(offer, type->name->text, ITEM_ENUM_MEMBER, '0', NULL),
                       &entity);
        break;
    case TYPE_CASE:
        item = offer_add_call(offer, type->name->text, ITEM_ENUM_MEMBER, '0');
        offer_document(offer, item, &entity);
        offer_mark_snippet(offer, item);
        break;
    case TYPE_LITERAL:
        offer_add(offer, value_text(offer->spot->compilation->arena, type->literal), ITEM_VALUE,
                  '0', NULL);
        break;
    case TYPE_BOOL:
        offer_add(offer, "true", ITEM_VALUE, '0', NULL);
        offer_add(offer, "false", ITEM_VALUE, '0', NULL);
        break;
    default:
        break;
    }
}

static ItemKind kind_of_symbol(const Symbol *symbol) {
    return symbol->kind == SYMBOL_RESOURCE ? ITEM_REFERENCE
           : symbol->kind == SYMBOL_FN     ? ITEM_FUNCTION
           : symbol->kind == SYMBOL_LET    ? ITEM_CONSTANT
           : symbol->kind == SYMBOL_FILE   ? ITEM_MODULE
                                           : ITEM_VARIABLE;
}

/// Whether a value of this type may stand at the place.
static bool fits(const Offer *offer, const Type *type) {
    return offer->place.type != NULL && type != NULL && type->kind != TYPE_ERROR &&
           type->kind != TYPE_ANY && type_assignable(type, offer->place.type);
}

/// The names that are known at the place; those whose values fit come first.
static void add_names(Offer *offer) {
    for (const Scope *scope = offer->place.scope; scope != NULL; scope = scope->outer) {
        for (Symbol *one = scope->first; one != NULL; one = one->next) {
            Symbol *symbol = symbol_target(one);
            if (symbol == NULL || symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_MODULE ||
                symbol->kind == SYMBOL_SCHEMA) {
                continue;
            }
            const Type *type = query_symbol_type(offer->spot->compilation, symbol);
            const Entity entity = {.symbol = symbol, .type = type, .node = symbol->node};
            const char rank = fits(offer, type) ? '1' : '4';
            document_later(offer,
                           offer_add(offer, one->name->text, kind_of_symbol(symbol), rank, NULL),
                           &entity);
        }
    }
}

static void add_functions(Offer *offer) {
    for (const Builtin *builtin = builtin_all(); builtin->name != NULL; builtin++) {
        if (!builtin->library) {
            cJSON *item = offer_add_call(offer, builtin->name, ITEM_FUNCTION, '5');
            if (item != NULL) {
                json_put_text(item, "detail", builtin->usage);
            }
            offer_mark_snippet(offer, item);
        }
    }
}

// Behind a dot

static void add_attributes(Offer *offer) {
    const Type *type = offer->place.type != NULL ? type_strip(offer->place.type) : NULL;
    const Construct *construct =
        type != NULL && type->kind == TYPE_REFERENCE ? type->construct : NULL;
    const Attribute *attribute = construct != NULL ? construct->attributes : NULL;
    for (; attribute != NULL; attribute = attribute->next) {
        if (attribute->name != NULL) {
            const Entity entity = {
                .attribute = attribute, .type = attribute->type, .node = attribute->node};
            offer_document(offer, offer_add(offer, attribute->name->text, ITEM_FIELD, '0', NULL),
                           &entity);
        }
    }
    const Property *properties = construct != NULL ? construct->properties
                                 : type != NULL    ? type->properties
                                                   : NULL;
    const size_t count = construct != NULL                           ? construct->property_count
                         : type != NULL && type->kind == TYPE_OBJECT ? type->count
                                                                     : 0;
    for (size_t i = 0; i < count; i++) {
        add_property(offer, &properties[i], '1', NULL);
    }
}

static void add_beginnings(Offer *offer) {
    static const char *const in_file[] = {"import",    "param",  "deploy param", "let",  "type",
                                          "fn",        "module", "schema",       "test", "existing",
                                          "construct", "extend", "rule",         NULL};
    static const char *const in_block[] = {"let", "if",       "for",  "output",
                                           "use", "existing", "type", NULL};
    const Place *place = &offer->place;
    const bool block = place->list->kind == NODE_BLOCK;
    const bool container =
        place->construct == NULL || place->construct->container || place->construct->module;
    if (place->construct != NULL) {
        add_members(offer, place->construct->properties, place->construct->property_count);
    } else if (place->type != NULL) {
        add_members(offer, place->type->properties, place->type->count);
    }
    if (place->list->kind == NODE_FILE) {
        add_kinds(offer, true);
        add_keywords(offer, in_file);
    } else if (block && container) {
        add_kinds(offer, false);
        add_keywords(offer, in_block);
    }
}

static void add_all(Offer *offer) {
    switch (offer->place.kind) {
    case PLACE_MEMBER:
        add_beginnings(offer);
        break;
    case PLACE_VALUE:
        if (offer->place.type != NULL) {
            type_each_alternative(offer->place.type, add_alternative, offer);
        }
        add_names(offer);
        add_functions(offer);
        break;
    case PLACE_TYPE:
        if (offer->place.resource != NULL) {
            add_types_of(offer, offer->place.resource);
        } else {
            add_plain_types(offer);
        }
        break;
    case PLACE_ATTRIBUTE:
        add_attributes(offer);
        break;
    case PLACE_DECORATOR:
        offer_decorators(offer);
        break;
    case PLACE_NONE:
        break;
    }
}

cJSON *request_completion(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    Offer offer = {.server = server,
                   .spot = &spot,
                   .place = query_place(spot.compilation, spot.source, spot.offset),
                   .items = cJSON_CreateArray(),
                   .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    g_free(server->completed);
    server->completed = g_strdup(spot.document->uri);
    if (!offer_imports(&offer)) {
        add_all(&offer);
    }
    g_hash_table_destroy(offer.seen);
    cJSON_free(offer.range);
    cJSON *result = cJSON_CreateObject();
    cJSON_AddFalseToObject(result, "isIncomplete");
    cJSON_AddItemToObject(result, "items", offer.items);
    return result;
}
