/// The shape of a document: its outline, what can be folded, and what a selection grows to.
#include "server.h"

#include "json_text.h"
#include "tree.h"

#include <string.h>

// Symbols

/// Kinds of symbols, as the protocol numbers them.
typedef enum OutlineKind {
    OUTLINE_NONE = 0,
    OUTLINE_MODULE = 2,
    OUTLINE_CLASS = 5,
    OUTLINE_PROPERTY = 7,
    OUTLINE_FUNCTION = 12,
    OUTLINE_VARIABLE = 13,
    OUTLINE_CONSTANT = 14,
    OUTLINE_OBJECT = 19,
    OUTLINE_EVENT = 24,
    OUTLINE_STRUCT = 23,
    OUTLINE_NAMESPACE = 3
} OutlineKind;

static OutlineKind outline_kind(const Node *node) {
    switch (node->kind) {
    case NODE_RESOURCE:
        return node->a != NULL && node->a->b != NULL ? OUTLINE_OBJECT : OUTLINE_NAMESPACE;
    case NODE_USE:
        return OUTLINE_OBJECT;
    case NODE_MODULE:
        return OUTLINE_MODULE;
    case NODE_CONSTRUCT:
        return OUTLINE_CLASS;
    case NODE_TYPE:
    case NODE_SCHEMA:
        return OUTLINE_STRUCT;
    case NODE_FN:
        return OUTLINE_FUNCTION;
    case NODE_LET:
        return OUTLINE_CONSTANT;
    case NODE_PARAM:
        return OUTLINE_VARIABLE;
    case NODE_OUTPUT:
        return OUTLINE_PROPERTY;
    case NODE_TEST:
    case NODE_RULE:
        return OUTLINE_EVENT;
    default:
        return OUTLINE_NONE;
    }
}

typedef struct Outline {
    const Server *server;
    Compilation *compilation;
    const Source *source;
    cJSON *list;
} Outline;

/// What it is called, and where.
static char *title_of(const Outline *outline, const Node *node, Span *span) {
    const Node *named = node->kind == NODE_TEST                      ? node->a
                        : node->kind == NODE_RULE && node->a != NULL ? node->a->a
                                                                     : NULL;
    *span = named != NULL ? node_span(named) : node_name_span(outline->compilation, node);
    if (named != NULL) {
        return g_strdup(fact_text(outline->compilation, named));
    }
    return g_strndup(outline->source->text + span->start, span->end - span->start);
}

/// "KIND TYPE", "let": what stands behind the name.
static char *detail_of(const Outline *outline, const Node *node) {
    const Node *head = node->a;
    if (node->kind == NODE_RESOURCE && head != NULL && head->name != NULL) {
        const char *type = head->b != NULL ? fact_text(outline->compilation, head->b) : NULL;
        return g_strconcat(node->flags & NODE_EXISTING ? "existing " : "", head->name->text,
                           type != NULL ? " " : NULL, type, NULL);
    }
    return g_strdup(node_kind_name(node->kind));
}

static void visit_outline(Node *node, void *data) {
    Outline *outline = data;
    const OutlineKind kind = outline_kind(node);
    if (kind == OUTLINE_NONE) {
        node_each_child(node, visit_outline, data);
        return;
    }
    Span span = NO_SPAN;
    g_autofree char *title = title_of(outline, node, &span);
    g_autofree char *detail = detail_of(outline, node);
    cJSON *item = cJSON_CreateObject();
    json_put_text(item, "name", *title != '\0' ? title : "?");
    json_put_text(item, "detail", detail);
    cJSON_AddNumberToObject(item, "kind", kind);
    const Encoding encoding = outline->server->encoding;
    cJSON_AddItemToObject(item, "range",
                          range_json(outline->compilation, node_span(node), encoding));
    const bool inside = span.start >= node->start && span.end <= node->end;
    cJSON_AddItemToObject(
        item, "selectionRange",
        range_json(outline->compilation, inside ? span : node_span(node), encoding));
    Outline inner = *outline;
    inner.list = cJSON_CreateArray();
    node_each_child(node, visit_outline, &inner);
    if (cJSON_GetArraySize(inner.list) > 0) {
        cJSON_AddItemToObject(item, "children", inner.list);
    } else {
        cJSON_Delete(inner.list);
    }
    cJSON_AddItemToArray(outline->list, item);
}

cJSON *request_document_symbol(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    Outline outline = {server, spot.compilation, spot.source, cJSON_CreateArray()};
    node_each_child(spot.source->tree, visit_outline, &outline);
    return outline.list;
}

// Symbols of all files

typedef struct Search {
    Outline outline;   ///< of the file that is searched
    const char *query; ///< folded
    const char *container;
    size_t *found; ///< how many there are in all files
} Search;

/// No editor shows more.
enum { MAX_FOUND = 1000 };

/// Whether the letters of `query` stand in `name` in their order, whatever their case.
static bool is_like(const char *name, const char *query) {
    for (; *query != '\0' && *name != '\0'; name++) {
        query += g_ascii_tolower(*name) == *query;
    }
    return *query == '\0';
}

static void visit_symbol(Node *node, void *data) {
    Search *search = data;
    const OutlineKind kind = outline_kind(node);
    if (kind == OUTLINE_NONE || *search->found >= MAX_FOUND) {
        node_each_child(node, visit_symbol, data);
        return;
    }
    Span span = NO_SPAN;
    g_autofree char *title = title_of(&search->outline, node, &span);
    if (*title != '\0' && is_like(title, search->query)) {
        cJSON *item = cJSON_CreateObject();
        json_put_text(item, "name", title);
        cJSON_AddNumberToObject(item, "kind", kind);
        cJSON_AddItemToObject(
            item, "location",
            location_json(search->outline.server, search->outline.compilation, span));
        if (search->container != NULL) {
            json_put_text(item, "containerName", search->container);
        }
        cJSON_AddItemToArray(search->outline.list, item);
        ++*search->found;
    }
    Search inner = *search;
    inner.container = title;
    node_each_child(node, visit_symbol, &inner);
}

/// Files are parsed, not checked: a symbol is found whatever is wrong with it.
cJSON *request_workspace_symbol(Server *server, const cJSON *params, Fault *fault) {
    const cJSON *query = cJSON_GetObjectItemCaseSensitive(params, "query");
    if (!cJSON_IsString(query)) {
        return fault_set(fault, FAULT_PARAMETERS, "there is no `query`");
    }
    g_autofree char *folded = g_ascii_strdown(query->valuestring, -1);
    FileSystem files = documents_files(server->documents, NULL);
    Compilation *compilation = compilation_new(&(CompilationOptions){.files = &files});
    size_t found = 0;
    Search search = {{server, compilation, NULL, cJSON_CreateArray()}, folded, NULL, &found};
    const GPtrArray *paths = workspace_files(server->workspace, server->documents);
    for (guint i = 0; i < paths->len && found < MAX_FOUND; i++) {
        const Source *source = compilation_add_file(compilation, paths->pdata[i], NO_SPAN);
        if (source != NULL && source->tree != NULL) {
            search.outline.source = source;
            node_each_child(source->tree, visit_symbol, &search);
        }
    }
    compilation_free(compilation);
    g_free(files.data);
    return search.outline.list;
}

// Folding

static void add_fold(const Outline *outline, uint32_t start, uint32_t end, const char *kind) {
    Source *source = (Source *)outline->source;
    const Encoding encoding = outline->server->encoding;
    const LinePlace first = position_of(outline->compilation, source, start, encoding);
    const LinePlace last = position_of(outline->compilation, source, end, encoding);
    if (last.line <= first.line) {
        return;
    }
    cJSON *item = cJSON_CreateObject();
    cJSON_AddNumberToObject(item, "startLine", first.line);
    // The line of the bracket that closes stays to be seen.
    cJSON_AddNumberToObject(item, "endLine", kind == NULL ? last.line - 1 : last.line);
    if (kind != NULL) {
        cJSON_AddStringToObject(item, "kind", kind);
    }
    cJSON_AddItemToArray(outline->list, item);
}

static void visit_fold(Node *node, void *data) {
    switch (node->kind) {
    case NODE_BLOCK:
    case NODE_OBJECT:
    case NODE_LIST:
    case NODE_LIST_FOR:
    case NODE_OBJECT_FOR:
    case NODE_TYPE_OBJECT:
        if (node->end > node->start) {
            add_fold(data, node->start, node->end - 1, NULL);
        }
        break;
    default:
        break;
    }
    node_each_child(node, visit_fold, data);
}

/// Imports that follow each other, and comments of several lines.
static void fold_groups(const Outline *outline) {
    const Source *source = outline->source;
    const Node *first = NULL;
    const Node *last = NULL;
    for (const Node *node = source->tree->a; node != NULL; node = node->next) {
        if (node->kind == NODE_IMPORT) {
            first = first != NULL ? first : node;
            last = node;
        }
    }
    if (first != NULL) {
        add_fold(outline, first->start, last->end, "imports");
    }
    for (uint32_t i = 0; i < source->token_count;) {
        uint32_t end = i;
        while (end < source->token_count && token_class(source->tokens[end].kind) == CLASS_TRIVIA &&
               (end == i || !(source->tokens[end].flags & TOKEN_BLANK_BEFORE))) {
            end++;
        }
        if (end > i) {
            add_fold(outline, source->tokens[i].start, source->tokens[end - 1].end, "comment");
        }
        i = MAX(end, i + 1);
    }
}

cJSON *request_folding_range(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    Outline outline = {server, spot.compilation, spot.source, cJSON_CreateArray()};
    fold_groups(&outline);
    visit_fold(spot.source->tree, &outline);
    return outline.list;
}

// Selections

/// The ranges around a place, each the parent of the one before; the innermost is returned.
static cJSON *ranges_around(const Server *server, const Spot *spot, uint32_t offset) {
    g_autoptr(GPtrArray) path = query_path(spot->source, offset);
    cJSON *outer = NULL;
    Span last = NO_SPAN;
    for (guint i = 0; i < path->len; i++) {
        const Span span = node_span(path->pdata[i]);
        if (span.start == last.start && span.end == last.end) {
            continue;
        }
        last = span;
        cJSON *range = cJSON_CreateObject();
        cJSON_AddItemToObject(range, "range",
                              range_json(spot->compilation, span, server->encoding));
        if (outer != NULL) {
            cJSON_AddItemToObject(range, "parent", outer);
        }
        outer = range;
    }
    return outer;
}

cJSON *request_selection_range(Server *server, const cJSON *params, Fault *fault) {
    Spot spot;
    if (!params_spot(server, params, &spot, fault)) {
        return NULL;
    }
    cJSON *list = cJSON_CreateArray();
    const cJSON *position = NULL;
    cJSON_ArrayForEach(position, cJSON_GetObjectItemCaseSensitive(params, "positions")) {
        LinePlace place = {0, 0};
        position_read(position, &place);
        const size_t offset =
            position_offset(spot.source->text, spot.source->length, place, server->encoding);
        cJSON_AddItemToArray(list, ranges_around(server, &spot, (uint32_t)offset));
    }
    return list;
}
