/// What could be written at a place. The brackets and the tokens before it tell, since a program in
/// which something is being written has mistakes just there; the tree tells what is around.
#include "query.h"

#include "tree.h"

#include <glib.h>
#include <string.h>

typedef struct Look {
    Compilation *compilation;
    const Source *source;
    uint32_t offset;
    const Token *before; ///< the last token before the word, no comment; NULL: there is none
    const Token *open;   ///< the bracket that is open there, or NULL
    GPtrArray *path;     ///< of nodes, down to what the bracket begins
    bool new_line;       ///< a line end stands between `before` and the word
    Place place;
} Look;

static bool is_comment(const Token *token) {
    return token_class(token->kind) == CLASS_TRIVIA;
}

/// Finds the word, and the token before it. False: the place is in a comment or a literal.
static bool find_word(Look *look) {
    const Source *source = look->source;
    const uint32_t index = source_token_at(source, look->offset);
    const Token *token = index > 0 ? &source->tokens[index - 1] : NULL;
    look->place.word = (Span){source->id, look->offset, look->offset};
    if (token && look->offset <= token->end) {
        if (is_comment(token) ||
            (token_class(token->kind) == CLASS_LITERAL && token->kind != TOK_INTERPOLATION_BEGIN)) {
            return false;
        }
        if (token->name) {
            look->place.word.start = token->start;
            token = source_token_before(source, token);
        }
    }
    look->before = token && is_comment(token) ? source_token_before(source, token) : token;
    const uint32_t end = look->before ? look->before->end : 0;
    const uint32_t start = look->place.word.start;
    look->new_line = !look->before || memchr(source->text + end, '\n', start - end) ||
                     memchr(source->text + end, '\r', start - end);
    return true;
}

const Token *query_bracket(const Source *source, uint32_t offset, size_t *commas) {
    return source_open_bracket(
        source, source_token_before(source, &source->tokens[source_token_at(source, offset)]),
        commas);
}

/// The nodes down to the outermost one that begins with the open bracket, or the file alone.
static void find_path(Look *look) {
    look->path = query_path(look->source, look->open ? look->open->start : 0);
    guint keep = look->open ? look->path->len : 1;
    for (guint i = 0; look->open && i < look->path->len; i++) {
        const Node *node = look->path->pdata[i];
        if (node->start == look->open->start && node->kind != NODE_FILE) {
            keep = i + 1;
            break;
        }
    }
    g_ptr_array_set_size(look->path, (gint)MIN(keep, look->path->len));
}

// Types of what is around

/// The object among the alternatives of a type, or NULL.
static void visit_object(const Type *type, void *data) {
    const Type **found = data;
    if (type->kind == TYPE_OBJECT && !*found) {
        *found = type;
    }
}

static const Type *object_of(const Type *type) {
    const Type *found = NULL;
    if (type) {
        type_each_alternative(type, visit_object, &found);
    }
    return found;
}

static void visit_element(const Type *type, void *data) {
    const Type **found = data;
    if ((type->kind == TYPE_LIST || type->kind == TYPE_MAP) && !*found) {
        *found = type->element;
    }
}

static const Type *element_of(const Type *type) {
    const Type *found = NULL;
    if (type) {
        type_each_alternative(type, visit_element, &found);
    }
    return found;
}

/// What the nodes around say.
typedef struct Around {
    const Construct *construct; ///< in whose block one stands, or NULL
    const Type *type;           ///< that a value there has to have, or NULL
} Around;

static const Property *find_property(const Around *around, const Name *name) {
    if (around->construct) {
        const int index = construct_property(around->construct, name);
        return index >= 0 ? &around->construct->properties[index] : NULL;
    }
    const Type *object = object_of(around->type);
    return object ? type_property(object, name) : NULL;
}

static void go_in(Compilation *compilation, Around *around, const Node *node) {
    const Property *property = NULL;
    switch (node->kind) {
    case NODE_RESOURCE:
    case NODE_USE:
        *around = (Around){query_construct(compilation, node), NULL};
        break;
    case NODE_PROPERTY:
        property = node->bound          ? node->bound
                   : node->name != NULL ? find_property(around, node->name)
                                        : NULL;
        *around = (Around){NULL, property ? property->type : element_of(around->type)};
        break;
    case NODE_LIST:
        *around = (Around){NULL, element_of(around->type)};
        break;
    case NODE_BLOCK:
    case NODE_OBJECT:
    case NODE_IF:
    case NODE_FOR:
    case NODE_FILE:
    case NODE_CONDITIONAL:
        break;
    default:
        *around = (Around){NULL, NULL};
        break;
    }
}

static Around around_of(const Look *look) {
    Around around = {NULL, NULL};
    for (guint i = 0; i < look->path->len; i++) {
        go_in(look->compilation, &around, look->path->pdata[i]);
    }
    return around;
}

static const Scope *scope_of(const Look *look) {
    for (guint i = look->path->len; i > 0; i--) {
        const Node *node = look->path->pdata[i - 1];
        if ((node->kind == NODE_BLOCK || node->kind == NODE_FILE) && node->bound) {
            return node->bound;
        }
        if ((node->kind == NODE_FOR || node->kind == NODE_LIST_FOR ||
             node->kind == NODE_OBJECT_FOR) &&
            node->a && node->a->bound) {
            return node->a->bound;
        }
    }
    return NULL;
}

// What it is

static const Name *name_of(const Look *look, const Token *token) {
    return token && token->name ? names_get(look->compilation->names, token->name) : NULL;
}

/// Behind a colon: the type of a resource or a declaration, or the value of a property.
static void behind_colon(Look *look, const Around *around) {
    const Token *name = source_token_before(look->source, look->before);
    const Token *first = name ? source_token_before(look->source, name) : NULL;
    const bool headed = first && first->name && !(name->flags & TOKEN_NEWLINE_BEFORE);
    if (headed && first->kind == TOK_KIND) {
        look->place.kind = PLACE_TYPE;
        look->place.resource = name_of(look, first);
    } else if (headed) { // `param x:`, `let x:`, `output x:`
        look->place.kind = PLACE_TYPE;
    } else {
        const Name *property_name = name_of(look, name);
        const Property *property = property_name ? find_property(around, property_name) : NULL;
        look->place.kind = PLACE_VALUE;
        look->place.type = property ? property->type : element_of(around->type);
    }
}

static const Node *list_of(const Look *look) {
    const Node *last = look->path->pdata[look->path->len - 1];
    return last->kind == NODE_BLOCK || last->kind == NODE_OBJECT || last->kind == NODE_FILE ? last
                                                                                            : NULL;
}

static void begin_member(Look *look, const Around *around) {
    look->place.list = list_of(look);
    if (look->place.list) {
        look->place.kind = PLACE_MEMBER;
        look->place.construct = around->construct;
        look->place.type = around->construct ? NULL : object_of(around->type);
    } else if (look->open && look->open->kind == TOK_LBRACKET) {
        look->place.kind = PLACE_VALUE;
        look->place.type = around->type;
    }
}

/// The expression that ends where the dot stands.
static const Type *type_before_dot(const Look *look) {
    g_autoptr(GPtrArray) path = query_path(look->source, look->before->start);
    for (guint i = 0; i < path->len; i++) { // the outermost expression that ends there
        const Node *node = path->pdata[i];
        if (node->kind == NODE_MEMBER && node->a && node->a->end == look->before->start) {
            return query_type(look->compilation, node->a);
        }
        if (node->end == look->before->start &&
            (node->kind == NODE_NAME || node->kind == NODE_MEMBER || node->kind == NODE_INDEX)) {
            return query_type(look->compilation, node);
        }
    }
    // What is being written may be no expression yet.
    const Token *token = source_token_before(look->source, look->before);
    const Name *name = token ? name_of(look, token) : NULL;
    const Symbol *symbol = name && look->place.scope ? scope_find(look->place.scope, name) : NULL;
    return symbol ? query_symbol_type(look->compilation, symbol) : NULL;
}

static void classify(Look *look, const Around *around) {
    const uint8_t kind = look->before ? look->before->kind : TOK_LBRACE;
    switch (kind) {
    case TOK_COLON:
        behind_colon(look, around);
        break;
    case TOK_DOT:
        look->place.kind = PLACE_ATTRIBUTE;
        look->place.type = type_before_dot(look);
        break;
    case TOK_DECORATOR:
        look->place.kind = PLACE_DECORATOR;
        break;
    case TOK_LBRACE:
    case TOK_COMMA:
    case TOK_LBRACKET:
    case TOK_LPAREN:
    case TOK_INTERPOLATION_BEGIN:
        begin_member(look, around);
        if (look->place.kind == PLACE_NONE) {
            look->place.kind = PLACE_VALUE;
        }
        break;
    default:
        if (look->new_line) {
            begin_member(look, around);
        } else if (token_class(kind) == CLASS_PUNCT && token_bracket_step((TokenKind)kind) >= 0) {
            look->place.kind = PLACE_VALUE;
        }
        break;
    }
}

Place query_place(Compilation *compilation, const Source *source, uint32_t offset) {
    Look look = {.compilation = compilation, .source = source, .offset = offset};
    if (!source->tokens || !source->tree || !find_word(&look)) {
        return look.place;
    }
    size_t commas = 0;
    look.open = source_open_bracket(source, look.before, &commas);
    find_path(&look);
    const Around around = around_of(&look);
    look.place.scope = scope_of(&look);
    classify(&look, &around);
    g_ptr_array_unref(look.path);
    return look.place;
}

bool query_has(const Node *list, const Name *name) {
    for (const Node *member = list->a; member; member = member->next) {
        if (member->kind == NODE_PROPERTY && member->name == name) {
            return true;
        }
    }
    return false;
}

bool query_lacks(const Construct *construct, const Property *property, const Node *list) {
    const bool named = construct && construct->name_property >= 0 &&
                       property == &construct->properties[construct->name_property];
    return !named && !property->optional && !property->fallback && !query_has(list, property->name);
}
