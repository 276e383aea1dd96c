/// Semantic tokens: what each token is, by the tree and by what names are bound to.
#include "server.h"

#include "tree.h"

#include <string.h>

// The legend

#define TOKEN_TYPES(X)                                                                             \
    X(NAMESPACE, "namespace")                                                                      \
    X(TYPE, "type")                                                                                \
    X(CLASS, "class")                                                                              \
    X(PARAMETER, "parameter")                                                                      \
    X(VARIABLE, "variable")                                                                        \
    X(PROPERTY, "property")                                                                        \
    X(ENUM_MEMBER, "enumMember")                                                                   \
    X(FUNCTION, "function")                                                                        \
    X(DECORATOR, "decorator")                                                                      \
    X(KEYWORD, "keyword")                                                                          \
    X(COMMENT, "comment")                                                                          \
    X(STRING, "string")                                                                            \
    X(NUMBER, "number")                                                                            \
    X(OPERATOR, "operator")

typedef enum PaintType {
#define TYPE_ROW(id, name) PAINT_##id,
    TOKEN_TYPES(TYPE_ROW)
#undef TYPE_ROW
        PAINT_NONE
} PaintType;

static const char *const type_names[] = {
#define TYPE_ROW(id, name) name,
    TOKEN_TYPES(TYPE_ROW)
#undef TYPE_ROW
};

/// Bits; the order is that of `modifier_names`.
enum {
    MODIFIER_DECLARATION = 1,
    MODIFIER_READONLY = 2,
    MODIFIER_DEPRECATED = 4,
    MODIFIER_DOCUMENTATION = 8,
    MODIFIER_LIBRARY = 16
};

static const char *const modifier_names[] = {"declaration", "readonly", "deprecated",
                                             "documentation", "defaultLibrary"};

cJSON *provide_semantic_tokens(const Server *server) {
    (void)server;
    cJSON *result = cJSON_CreateObject();
    cJSON *legend = cJSON_AddObjectToObject(result, "legend");
    cJSON_AddItemToObject(legend, "tokenTypes",
                          cJSON_CreateStringArray(type_names, G_N_ELEMENTS(type_names)));
    cJSON_AddItemToObject(legend, "tokenModifiers",
                          cJSON_CreateStringArray(modifier_names, G_N_ELEMENTS(modifier_names)));
    cJSON_AddTrueToObject(result, "range");
    cJSON_AddTrueToObject(cJSON_AddObjectToObject(result, "full"), "delta");
    return result;
}

// What names are

/// What a token is painted as.
typedef struct Paint {
    uint8_t type; ///< PaintType
    uint8_t modifiers;
} Paint;

typedef struct Painting {
    Compilation *compilation;
    const Source *source;
    Paint *paints; ///< one for each token
} Painting;

static void paint(const Painting *painting, Span span, PaintType type, unsigned modifiers) {
    const Source *source = painting->source;
    for (uint32_t i = source_token_at(source, span.start);
         i < source->token_count && source->tokens[i].end <= span.end && span.start < span.end;
         i++) {
        if (token_class(source->tokens[i].kind) != CLASS_TRIVIA) {
            painting->paints[i] = (Paint){(uint8_t)type, (uint8_t)modifiers};
        }
    }
}

static bool is_deprecated(const Node *node) {
    return node != NULL && decorator_find(node_decorators(node), "deprecated") != NULL;
}

static Paint paint_of_symbol(const Symbol *symbol) {
    const Symbol *target = symbol != NULL ? symbol_target((Symbol *)symbol) : NULL;
    if (target == NULL) {
        return (Paint){PAINT_VARIABLE, 0};
    }
    switch (target->kind) {
    case SYMBOL_LET:
        return (Paint){PAINT_VARIABLE, MODIFIER_READONLY};
    case SYMBOL_PARAM:
    case SYMBOL_DEPLOY_PARAM:
        return (Paint){PAINT_PARAMETER, 0};
    case SYMBOL_TYPE:
    case SYMBOL_SCHEMA:
        return (Paint){PAINT_TYPE, 0};
    case SYMBOL_FN:
        return (Paint){PAINT_FUNCTION, 0};
    case SYMBOL_MODULE:
    case SYMBOL_FILE:
        return (Paint){PAINT_NAMESPACE, 0};
    case SYMBOL_MEMBER:
        return (Paint){PAINT_ENUM_MEMBER, MODIFIER_LIBRARY};
    case SYMBOL_PROPERTY:
        return (Paint){PAINT_PROPERTY, 0};
    default:
        return (Paint){PAINT_VARIABLE, 0};
    }
}

static PaintType type_of_declaration(const Node *node) {
    switch (node->kind) {
    case NODE_LET:
        return PAINT_VARIABLE;
    case NODE_PARAM:
        return PAINT_PARAMETER;
    case NODE_TYPE:
    case NODE_SCHEMA:
        return PAINT_TYPE;
    case NODE_CONSTRUCT:
        return PAINT_CLASS;
    case NODE_FN:
        return PAINT_FUNCTION;
    case NODE_MODULE:
        return PAINT_NAMESPACE;
    case NODE_OUTPUT:
    case NODE_ATTRIBUTE:
    case NODE_PROPERTY_DECL:
        return PAINT_PROPERTY;
    case NODE_TYPE_CASE:
        return PAINT_ENUM_MEMBER;
    default:
        return PAINT_NONE;
    }
}

static void paint_property(const Painting *painting, const Node *node) {
    const Property *property = node->bound;
    const unsigned modifiers =
        property != NULL && is_deprecated(property->node) ? MODIFIER_DEPRECATED : 0U;
    if (!(node->flags & NODE_SHORTHAND) && node->c != NULL) {
        paint(painting, node_span(node->c), PAINT_PROPERTY, modifiers);
    }
}

static void paint_head(const Painting *painting, const Node *head) {
    if (head->name != NULL) {
        paint(painting, head_kind_span(head), PAINT_CLASS, MODIFIER_LIBRARY);
    }
    if (head->b != NULL) {
        paint(painting, node_span(head->b), PAINT_CLASS, MODIFIER_LIBRARY);
    }
    if (head->c != NULL) {
        paint(painting, node_span(head->c), PAINT_VARIABLE, MODIFIER_DECLARATION);
    }
}

static void paint_callee(const Painting *painting, const Node *callee) {
    const Paint known = callee->kind == NODE_NAME && callee->bound != NULL
                            ? paint_of_symbol(callee->bound)
                            : (Paint){PAINT_FUNCTION, MODIFIER_LIBRARY};
    const Node *name = callee->kind == NODE_MEMBER ? callee->b : callee;
    if (name != NULL && name->kind == NODE_NAME) {
        paint(painting, node_span(name), known.type, known.modifiers);
    }
}

/// Names and declarations; what is inside has been painted before.
static void paint_node(const Painting *painting, const Node *node) {
    Paint known = {PAINT_NONE, 0};
    switch (node->kind) {
    case NODE_NAME:
        known = paint_of_symbol(node->bound);
        paint(painting, node_span(node), known.type, known.modifiers);
        break;
    case NODE_MEMBER:
        known = node->bound != NULL ? paint_of_symbol(node->bound) : (Paint){PAINT_PROPERTY, 0};
        if (node->b != NULL) {
            paint(painting, node_span(node->b), known.type, known.modifiers);
        }
        break;
    case NODE_CALL:
        paint_callee(painting, node->a);
        break;
    case NODE_PROPERTY:
        paint_property(painting, node);
        break;
    case NODE_TYPE_NAME:
        paint(painting, node_span(node), PAINT_TYPE, 0);
        break;
    case NODE_RESOURCE_HEAD:
        paint_head(painting, node);
        break;
    case NODE_USE_HEAD:
        if (node->c != NULL) {
            paint(painting, node_span(node->c), PAINT_VARIABLE, MODIFIER_DECLARATION);
        }
        break;
    case NODE_DECORATOR:
        paint(painting,
              (Span){node->file, node->start, node_name_span(painting->compilation, node).end},
              PAINT_DECORATOR, 0);
        break;
    case NODE_FOR_HEADER:
        paint(painting, node_name_span(painting->compilation, node), PAINT_VARIABLE,
              MODIFIER_DECLARATION);
        break;
    default:
        if (type_of_declaration(node) != PAINT_NONE && node->name != NULL) {
            paint(painting, node_name_span(painting->compilation, node), type_of_declaration(node),
                  MODIFIER_DECLARATION | (node->kind == NODE_LET ? MODIFIER_READONLY : 0U) |
                      (is_deprecated(node) ? MODIFIER_DEPRECATED : 0U));
        }
        break;
    }
}

static void visit_node(Node *node, void *data) {
    node_each_child(node, visit_node, data);
    paint_node(data, node);
}

// What all other tokens are

static Paint paint_of_token(const Token *token) {
    switch (token->kind) {
    case TOK_COMMENT:
        return (Paint){PAINT_COMMENT, 0};
    case TOK_DOC:
        return (Paint){PAINT_COMMENT, MODIFIER_DOCUMENTATION};
    case TOK_INTEGER:
    case TOK_DECIMAL:
        return (Paint){PAINT_NUMBER, 0};
    case TOK_INTERPOLATION_BEGIN:
    case TOK_INTERPOLATION_END:
        return (Paint){PAINT_OPERATOR, 0};
    case TOK_KIND:
        return (Paint){PAINT_CLASS, MODIFIER_LIBRARY};
    case TOK_LBRACE:
    case TOK_RBRACE:
    case TOK_LBRACKET:
    case TOK_RBRACKET:
    case TOK_LPAREN:
    case TOK_RPAREN:
    case TOK_COMMA:
    case TOK_COLON:
    case TOK_DOT:
        return (Paint){PAINT_NONE, 0}; // what is no operator has no type in the protocol
    default:
        break;
    }
    switch (token_class(token->kind)) {
    case CLASS_LITERAL:
        return (Paint){PAINT_STRING, 0};
    case CLASS_PUNCT:
        return (Paint){PAINT_OPERATOR, 0};
    case CLASS_KEYWORD:
        return (Paint){PAINT_KEYWORD, 0};
    case CLASS_NAME:
        return (Paint){PAINT_VARIABLE, 0};
    default:
        return (Paint){PAINT_NONE, 0};
    }
}

static Paint *paint_all(const Spot *spot) {
    const Source *source = spot->source;
    Paint *paints = g_new(Paint, source->token_count);
    for (uint32_t i = 0; i < source->token_count; i++) {
        paints[i] = paint_of_token(&source->tokens[i]);
    }
    Painting painting = {spot->compilation, source, paints};
    visit_node(source->tree, &painting);
    return paints;
}

// As the protocol has them

/// Tokens as five numbers each: line and place from the one before, length, type, modifiers.
typedef struct Encoded {
    const Server *server;
    const Spot *spot;
    GArray *data; ///< of uint32_t
    LinePlace last;
} Encoded;

/// The part of a token on one line.
static void encode_line(Encoded *encoded, uint32_t start, uint32_t end, Paint own) {
    const Spot *spot = encoded->spot;
    const Encoding encoding = encoded->server->encoding;
    if (start >= end) {
        return;
    }
    const LinePlace from = position_of(spot->compilation, spot->source, start, encoding);
    const LinePlace to = position_of(spot->compilation, spot->source, end, encoding);
    const bool same = from.line == encoded->last.line;
    const uint32_t row[] = {from.line - encoded->last.line,
                            from.character - (same ? encoded->last.character : 0),
                            to.character - from.character, own.type, own.modifiers};
    g_array_append_vals(encoded->data, row, G_N_ELEMENTS(row));
    encoded->last = from;
}

/// A token of several lines is one on each: not every client can do more.
static void encode_token(Encoded *encoded, const Token *token, Paint own) {
    const char *text = encoded->spot->source->text;
    uint32_t start = token->start;
    while (own.type != PAINT_NONE && start < token->end) {
        uint32_t end = start;
        while (end < token->end && text[end] != '\n' && text[end] != '\r') {
            end++;
        }
        encode_line(encoded, start, end, own);
        start = end + 1;
    }
}

/// The tokens that touch the bytes from `start` up to `end`.
static GArray *encode(const Server *server, const Spot *spot, uint32_t start, uint32_t end) {
    g_autofree Paint *paints = paint_all(spot);
    Encoded encoded = {server, spot, g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                       (LinePlace){0, 0}};
    for (uint32_t i = 0; i < spot->source->token_count; i++) {
        const Token *token = &spot->source->tokens[i];
        if (token->end >= start && token->start <= end) {
            encode_token(&encoded, token, paints[i]);
        }
    }
    return encoded.data;
}

static cJSON *numbers_json(const GArray *data, guint start, guint end) {
    GString *text = g_string_new("[");
    for (guint i = start; i < end; i++) {
        g_string_append_printf(text, "%s%u", i > start ? "," : "",
                               g_array_index(data, uint32_t, i));
    }
    g_string_append_c(text, ']');
    cJSON *json = cJSON_CreateRaw(text->str);
    g_string_free(text, TRUE);
    return json;
}

/// Keeps `data` as what the client has now; it is asked for what has changed since by its id.
static void keep(Server *server, Document *document, cJSON *result, GArray *data) {
    if (document->semantic != NULL) {
        g_array_unref(document->semantic);
    }
    document->semantic = data;
    document->semantic_id = ++server->next_semantic_id;
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, document->semantic_id);
    cJSON_AddStringToObject(result, "resultId", id);
}

cJSON *request_semantic_tokens(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    GArray *data = encode(server, &spot, 0, spot.source->length);
    cJSON *result = cJSON_CreateObject();
    keep(server, params_document(server, params, fault), result, data);
    cJSON_AddItemToObject(result, "data", numbers_json(data, 0, data->len));
    return result;
}

cJSON *request_semantic_tokens_range(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    Span selection;
    if (!params_selection(server, params, &spot, &selection, fault)) {
        return NULL;
    }
    g_autoptr(GArray) data = encode(server, &spot, selection.start, selection.end);
    cJSON *result = cJSON_CreateObject();
    cJSON_AddItemToObject(result, "data", numbers_json(data, 0, data->len));
    return result;
}

/// The one edit that makes `new` of `old`: what is between the same beginning and the same end.
static cJSON *delta_json(const GArray *old, const GArray *new) {
    guint start = 0;
    guint old_end = old->len;
    guint new_end = new->len;
    cJSON *edits = cJSON_CreateArray();
    while (start < old_end && start < new_end &&
           g_array_index(old, uint32_t, start) == g_array_index(new, uint32_t, start)) {
        start++;
    }
    while (old_end > start && new_end > start &&
           g_array_index(old, uint32_t, old_end - 1) == g_array_index(new, uint32_t, new_end - 1)) {
        old_end--;
        new_end--;
    }
    if (start < old_end || start < new_end) {
        cJSON *edit = cJSON_CreateObject();
        cJSON_AddNumberToObject(edit, "start", start);
        cJSON_AddNumberToObject(edit, "deleteCount", old_end - start);
        cJSON_AddItemToObject(edit, "data", numbers_json(new, start, new_end));
        cJSON_AddItemToArray(edits, edit);
    }
    return edits;
}

cJSON *request_semantic_tokens_delta(Server *server, const cJSON *params, Fault *fault) {
    const cJSON *previous = cJSON_GetObjectItemCaseSensitive(params, "previousResultId");
    Document *document = params_document(server, params, fault);
    g_autofree char *id =
        document != NULL ? g_strdup_printf("%" G_GINT64_FORMAT, document->semantic_id) : NULL;
    const bool known = document != NULL && document->semantic != NULL && cJSON_IsString(previous) &&
                       strcmp(previous->valuestring, id) == 0;
    Spot spot;
    if (!known) {
        return document != NULL ? request_semantic_tokens(server, params, fault) : NULL;
    }
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    GArray *data = encode(server, &spot, 0, spot.source->length);
    cJSON *result = cJSON_CreateObject();
    cJSON_AddItemToObject(result, "edits", delta_json(document->semantic, data));
    keep(server, document, result, data);
    return result;
}
