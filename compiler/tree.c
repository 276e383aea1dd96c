#include "tree.h"

#include <glib.h>
#include <string.h>

/// The children of a kind in the order in which they stand in the source: letters of the slots,
/// `@` for decorators in `c`, which may come before and behind the others.
typedef struct KindRow {
    const char *name;
    const char *slots;
} KindRow;

static const KindRow rows[NODE_KIND_COUNT] = {
    [NODE_ERROR] = {"error", ""},
    [NODE_STRING] = {"string", ""},
    [NODE_INTEGER] = {"integer", ""},
    [NODE_DECIMAL] = {"decimal", ""},
    [NODE_BOOL] = {"bool", ""},
    [NODE_TEMPLATE] = {"template", "a"},
    [NODE_NAME] = {"name", ""},
    [NODE_MEMBER] = {"member", "ab"},
    [NODE_INDEX] = {"index", "ab"},
    [NODE_ALL] = {"all", "a"},
    [NODE_CALL] = {"call", "ab"},
    [NODE_UNARY] = {"unary", "a"},
    [NODE_BINARY] = {"binary", "ab"},
    [NODE_IS] = {"is", "ab"},
    [NODE_CONDITIONAL] = {"conditional", "abc"},
    [NODE_LIST] = {"list", "a"},
    [NODE_OBJECT] = {"object", "a"},
    [NODE_SPREAD] = {"spread", "a"},
    [NODE_LIST_FOR] = {"list-for", "ab"},
    [NODE_OBJECT_FOR] = {"object-for", "abc"},
    [NODE_PROPERTY] = {"property", "acb"},
    [NODE_FOR_HEADER] = {"for-header", "bac"},
    [NODE_TYPE_NAME] = {"type-name", ""},
    [NODE_TYPE_LITERAL] = {"type-literal", "@a"},
    [NODE_TYPE_LIST] = {"type-list", "a"},
    [NODE_TYPE_OBJECT] = {"type-object", "ab"},
    [NODE_TYPE_CASE] = {"type-case", "@a"},
    [NODE_TYPE_UNION] = {"type-union", "a"},
    [NODE_TYPE_DECORATED] = {"type-decorated", "@a"},
    [NODE_FILE] = {"file", "a"},
    [NODE_IMPORT] = {"import", "ab"},
    [NODE_IMPORT_NAME] = {"import-name", "a"},
    [NODE_PARAM] = {"param", "@ab"},
    [NODE_LET] = {"let", "@ab"},
    [NODE_TYPE] = {"type", "@ab"},
    [NODE_RESOURCE] = {"resource", "@ab"},
    [NODE_RESOURCE_HEAD] = {"head", "cab"},
    [NODE_BLOCK] = {"block", "a"},
    [NODE_IF] = {"if", "abc"},
    [NODE_FOR] = {"for", "ab"},
    [NODE_OUTPUT] = {"output", "@ab"},
    [NODE_FN] = {"fn", "@ab"},
    [NODE_SIGNATURE] = {"signature", "ab"},
    [NODE_MODULE] = {"module", "@ab"},
    [NODE_USE] = {"use", "@ab"},
    [NODE_USE_HEAD] = {"use-head", "bca"},
    [NODE_TEST] = {"test", "@ab"},
    [NODE_EXPECT] = {"expect", "a"},
    [NODE_SCHEMA] = {"schema", "@ab"},
    [NODE_CONSTRUCT] = {"construct", "@ab"},
    [NODE_PROPERTY_DECL] = {"property-decl", "@ab"},
    [NODE_ATTRIBUTE] = {"attribute", "@ab"},
    [NODE_RULE] = {"rule", "@ab"},
    [NODE_RULE_HEAD] = {"rule-head", "abc"},
    [NODE_SUBJECT] = {"subject", "bc"},
    [NODE_REQUIRE] = {"require", "ab"},
    [NODE_CLAUSE] = {"clause", "@ab"},
    [NODE_DECORATOR] = {"decorator", "a"},
};

const char *node_kind_name(NodeKind kind) {
    return kind < NODE_KIND_COUNT ? rows[kind].name : "?";
}

static void visit_list(Node *list, NodeVisitor visit, void *data) {
    while (list != NULL) {
        Node *next = list->next;
        visit(list, data);
        list = next;
    }
}

/// Visits the nodes of a list that begin before `end`; returns the first that does not.
static Node *visit_before(Node *list, uint32_t end, NodeVisitor visit, void *data) {
    while (list != NULL && list->start < end) {
        Node *next = list->next;
        visit(list, data);
        list = next;
    }
    return list;
}

void node_each_child(const Node *node, NodeVisitor visit, void *data) {
    const char *slot = rows[node->kind].slots;
    Node *decorators = NULL;
    if (*slot == '@') {
        const Node *first = node->a != NULL ? node->a : node->b;
        decorators = visit_before(node->c, first != NULL ? first->start : UINT32_MAX, visit, data);
        ++slot;
    }
    for (; *slot != '\0'; ++slot) {
        Node *child = *slot == 'a' ? node->a : *slot == 'b' ? node->b : node->c;
        visit_list(child, visit, data);
    }
    visit_list(decorators, visit, data);
}

// Doc comments

uint32_t source_token_at(const Source *source, uint32_t offset) {
    uint32_t low = 0;
    uint32_t high = source->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (source->tokens[middle].start < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const Token *source_token_before(const Source *source, const Token *token) {
    while (token > source->tokens) {
        token--;
        if (token_class(token->kind) != CLASS_TRIVIA) {
            return token;
        }
    }
    return NULL;
}

int token_bracket_step(TokenKind kind) {
    switch (kind) {
    case TOK_LBRACE:
    case TOK_LBRACKET:
    case TOK_LPAREN:
    case TOK_INTERPOLATION_BEGIN:
        return 1;
    case TOK_RBRACE:
    case TOK_RBRACKET:
    case TOK_RPAREN:
    case TOK_INTERPOLATION_END:
        return -1;
    default:
        return 0;
    }
}

const Token *source_open_bracket(const Source *source, const Token *last, size_t *commas) {
    int closed = 0;
    *commas = 0;
    for (const Token *token = last; token; token = source_token_before(source, token)) {
        const int step = token_bracket_step((TokenKind)token->kind);
        if (step > 0 && closed == 0) {
            return token;
        }
        closed -= step;
        *commas += closed == 0 && token->kind == TOK_COMMA;
    }
    return NULL;
}

static void append_doc_line(GString *text, const Source *source, const Token *token) {
    const char *line = source->text + token->start + 3;
    const char *end = source->text + token->end;
    if (line < end && *line == ' ') {
        ++line;
    }
    while (end > line && (end[-1] == ' ' || end[-1] == '\t')) {
        --end;
    }
    if (text->len > 0) {
        g_string_append_c(text, '\n');
    }
    g_string_append_len(text, line, end - line);
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Whether the last line before `offset` that is not empty may be a doc comment, or the sign of an
/// alternative stands between. Looking for tokens costs more, and most nodes have no comment.
static bool may_have_doc(const Source *source, uint32_t offset) {
    const char *text = source->text;
    const char *at = text + offset;
    bool first_on_line = false;
    for (; at > text && is_space(at[-1]); --at) {
        first_on_line = first_on_line || at[-1] == '\n' || at[-1] == '\r';
    }
    if (!first_on_line) {
        return at > text && at[-1] == '|';
    }
    bool found = at > text && at[-1] == '|';
    for (; !found && at - text > 1 && at[-1] != '\n' && at[-1] != '\r'; --at) {
        found = at[-1] == '/' && at[-2] == '/';
    }
    return found;
}

const char *node_doc(const Node *node, const Source *source, Arena *arena) {
    if (!may_have_doc(source, node->start)) {
        return NULL;
    }
    uint32_t end = source_token_at(source, node->start);
    // The sign of an alternative stands between it and its comment.
    if (end > 0 && source->tokens[end - 1].kind == TOK_PIPE) {
        --end;
    }
    uint32_t first = end;
    // An empty line ends what belongs to the node.
    while (first > 0 && source->tokens[first - 1].kind == TOK_DOC &&
           (source->tokens[first].flags & TOKEN_BLANK_BEFORE) == 0) {
        --first;
    }
    if (first == end) {
        return NULL;
    }
    GString *text = g_string_new(NULL);
    for (uint32_t index = first; index < end; ++index) {
        append_doc_line(text, source, &source->tokens[index]);
    }
    const char *copy = arena_strndup(arena, text->str, text->len);
    g_string_free(text, TRUE);
    return copy;
}
