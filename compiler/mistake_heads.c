// Heads of resources that are written in another way: `kind hot = Type {`.

#include "mistakes.h"

#include <glib.h>

enum { MOST = 3, NONE = -1 };

/// What a head consists of: `N` a name, `S` a string, other characters stand for themselves; and
/// which of its words are what.
typedef struct Shape {
    const char *text;
    int kind;
    int name;
    int type;
    bool certain; ///< nothing else can have been meant
} Shape;

static const Shape shapes[] = {
    {"NN=N", 0, 1, 2, true},    // kind hot = Type
    {"NN:N=", 0, 1, 2, true},   // kind hot: Type =
    {"NN:N:", 0, 1, 2, true},   // kind hot: Type:
    {"NN:N(", 0, 1, 2, false},  // kind hot: Type({
    {"NN=N(", 0, 1, 2, false},  // kind hot = Type({
    {"NN:", 0, 1, NONE, true},  // dataset orders:
    {"NN=", 0, 1, NONE, true},  // dataset orders =
    {"NN(", 0, 1, NONE, false}, // dataset orders({
    {"NNN", 0, 1, 2, false},    // kind hot Type
    {"NNS", 0, 1, 2, true},     // resource topic "AWS::SNS::Topic"
    {"N.NN", 0, 2, 1, true},    // kind.Type hot
    {"N.NN:", 0, 2, 1, true},   // kind.Type hot:
    {"N.NS", 0, 2, 1, true},    // kind.Type "hot"
    {"N:N.N", 1, 0, 2, true},   // hot: kind.Type
    {"N=N.N", 1, 0, 2, true},   // hot = kind.Type
    {"N:N", NONE, 0, 1, false}, // hot: Type
    {"N=N", NONE, 0, 1, false}, // hot = Type
    {"NS", 0, 1, NONE, true},   // kind "hot"
    {"NSN", 0, 1, 2, true},     // kind "hot" Type
    {"NS:N", 0, 1, 2, true},    // kind "hot": Type
    {"NS:S", 0, 1, 2, true},    // resource "topic": "AWS::SNS::Topic"
};

/// The head as it is read: its words and its shape.
typedef struct Head {
    const Token *words[MOST];
    char shape[2 * MOST + 2];
    const Token *last;  ///< of the head
    const Token *brace; ///< behind it
} Head;

static char mark_of(const Token *token) {
    switch (token->kind) {
    case TOK_NAME:
    case TOK_KIND:
        return 'N';
    case TOK_STRING:
        return 'S';
    case TOK_COLON:
        return ':';
    case TOK_ASSIGN:
        return '=';
    case TOK_DOT:
        return '.';
    case TOK_LPAREN:
        return '(';
    default:
        return '\0';
    }
}

/// Reads the head that begins with the member. False if it is none.
static bool read_head(const Spot *spot, Head *head) {
    unsigned words = 0;
    unsigned length = 0;
    const Token *token = spot->member;
    for (; token->kind != TOK_LBRACE; token = spot_behind(spot->parser, token)) {
        char mark = mark_of(token);
        bool word = mark == 'N' || mark == 'S';
        if (mark == '\0' || (token != spot->member && spot_on_new_line(token)) ||
            length + 2 > sizeof head->shape || (word && words == MOST)) {
            return false;
        }
        head->shape[length++] = mark;
        if (word) {
            head->words[words++] = token;
        }
        head->last = token;
    }
    head->brace = token;
    return length > 0 && token >= spot->found;
}

static bool is_capital(const Spot *spot, const Token *token) {
    return token != NULL && g_ascii_isupper(spot->parser->text[token->start]);
}

/// The text of a name; a string is the name that its text makes.
static const char *name_text(const Spot *spot, const Token *token) {
    if (token->kind != TOK_STRING) {
        return spot_text(spot, token);
    }
    g_autoptr(GString) out = g_string_new(NULL);
    for (uint32_t at = token->start + 1; at + 1 < token->end; ++at) {
        char c = spot->parser->text[at];
        bool first = out->len == 0;
        if (g_ascii_isalpha(c) || c == '_' || (g_ascii_isdigit(c) && !first)) {
            g_string_append_c(out, c);
        } else {
            g_string_append_c(out, '_');
        }
    }
    return arena_strndup(spot->parser->arena, out->str, out->len);
}

/// Whether the head has the word that a shape speaks of, or it speaks of none.
static bool has_word(const Head *head, int index) {
    return index == NONE || head->words[index] != NULL;
}

static const Shape *shape_of(const Head *head) {
    for (size_t index = 0; index < G_N_ELEMENTS(shapes); ++index) {
        if (strcmp(shapes[index].text, head->shape) == 0) {
            return &shapes[index];
        }
    }
    return NULL;
}

bool mistake_in_head(const Spot *spot) {
    Head head = {0};
    bool keyword = spot->member->keyword != 0 && spot->member->keyword < TOK_COUNT;
    if (spot->line_end || keyword || !read_head(spot, &head)) {
        return false;
    }
    const Shape *found = shape_of(&head);
    if (found == NULL) {
        return false;
    }
    Shape shape = *found;
    if (strcmp(shape.text, "NNN") == 0 && is_capital(spot, head.words[1]) &&
        !is_capital(spot, head.words[2])) { // kind Type hot
        shape.name = 2;
        shape.type = 1;
    }
    if (strcmp(shape.text, "N:N") == 0 && !is_capital(spot, head.words[1])) { // kind: hot
        shape = (Shape){shape.text, 0, 1, NONE, false};
    }
    if (head.words[shape.name] == NULL || !has_word(&head, shape.kind) ||
        !has_word(&head, shape.type)) {
        return false;
    }
    Arena *arena = spot->parser->arena;
    const char *kind = shape.kind != NONE ? spot_text(spot, head.words[shape.kind]) : "KIND";
    const char *name = name_text(spot, head.words[shape.name]);
    const char *type = shape.type != NONE ? spot_text(spot, head.words[shape.type]) : NULL;
    const char *right = type != NULL ? arena_printf(arena, "%s %s: %s", kind, name, type)
                                     : arena_printf(arena, "%s %s", kind, name);
    Span span = spot_span(spot, spot->member->start, head.last->end);
    const char *written =
        arena_strndup(arena, spot->parser->text + span.start, MIN(span.end - span.start, 60U));
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_RESOURCE_HEAD, span, written, NULL);
    if (shape.kind == NONE) {
        diagnostic_help(spot->list, diagnostic,
                        "a resource has a kind and a name: `KIND NAME: %s { … }`", type);
    } else {
        diagnostic_help(spot->list, diagnostic, "it is written `%s { … }`", right);
    }
    if (shape.kind != NONE && head.last->kind != TOK_LPAREN) {
        diagnostic_fix(spot->list, diagnostic, shape.certain ? FIX_SAFE : FIX_MAYBE,
                       spot_span(spot, span.start, head.brace->start),
                       arena_printf(arena, "%s ", right), "write `%s`", right);
    }
    return true;
}
