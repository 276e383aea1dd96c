// How syntax errors are told: what was found, what was being read and where that began, and what
// could have stood there.

#include "parser.h"

#include <glib.h>
#include <string.h>

Diagnostic *syntax_report(Parser *parser, DiagnosticId id, const Token *token, const char *what) {
    return diagnostic_add(parser->compilation->diagnostics, id, token_span(parser, token), what,
                          NULL);
}

void syntax_too_deep(Parser *parser, uint32_t start, uint32_t end) {
    // Once for each member of the file.
    if (parser->deep == parser->levels[0].member) {
        return;
    }
    parser->deep = parser->levels[0].member;
    Span span = {parser->source->id, start, end};
    diagnostic_add(parser->compilation->diagnostics, DIAG_TOO_DEEP, span,
                   arena_printf(parser->arena, "%d", PARSE_MAX_DEPTH), NULL);
}

const char *syntax_text(const Parser *parser, const Token *token) {
    return arena_strndup(parser->arena, parser->text + token->start,
                         MIN(token->end - token->start, 60U));
}

const char *syntax_describe(const Node *node) {
    switch ((NodeKind)node->kind) {
    case NODE_IMPORT:
        return "an `import`";
    case NODE_PARAM:
        return "a `param`";
    case NODE_LET:
        return "a `let`";
    case NODE_TYPE:
        return "a `type`";
    case NODE_RESOURCE:
        return "a resource";
    case NODE_IF:
        return "an `if`";
    case NODE_FOR:
        return "a `for`";
    case NODE_OUTPUT:
        return "an `output`";
    case NODE_CONSTRUCT:
        return "a `construct`";
    case NODE_PROPERTY:
        return "a property";
    case NODE_SPREAD:
        return "`...`";
    default:
        return "this";
    }
}

// What was found

static const char *found_text(Parser *parser, const Token *token, TokenKind kind) {
    switch (kind) {
    case TOK_NAME:
    case TOK_KIND:
        return arena_printf(parser->arena, "name `%s`", syntax_text(parser, token));
    case TOK_INTEGER:
    case TOK_DECIMAL:
        return arena_printf(parser->arena, "number `%s`", syntax_text(parser, token));
    case TOK_STRING:
    case TOK_STRING_BEGIN:
        return "string";
    case TOK_NEWLINE:
        return "end of the line";
    case TOK_END:
        return "end of the file";
    default:
        return token_wording(kind);
    }
}

// What was being read

/// A member that has begun, as people call it, from its first tokens.
static const char *member_text(Parser *parser, const Token *token, LevelKind level) {
    bool ignored = false;
    Token *first = feed_peek(parser->source->tokens + (token - parser->source->tokens), &ignored);
    if (first->kind == TOK_END || first > parser->last) {
        return NULL;
    }
    const char *text = syntax_text(parser, first);
    Token *second = first->kind == TOK_END ? first : feed_peek(first + 1, &ignored);
    if (first->kind == TOK_KIND) {
        return second->kind == TOK_NAME
                   ? arena_printf(parser->arena, "the %s `%s`", text, syntax_text(parser, second))
                   : arena_printf(parser->arena, "the %s", text);
    }
    if (token_class((TokenKind)first->kind) == CLASS_KEYWORD) {
        bool named = second->kind == TOK_NAME && second <= parser->last;
        return named && first->kind != TOK_IF && first->kind != TOK_FOR &&
                       first->kind != TOK_REQUIRE
                   ? arena_printf(parser->arena, "`%s %s`", text, syntax_text(parser, second))
                   : arena_printf(parser->arena, "this `%s`", text);
    }
    bool property =
        (level == LEVEL_BRACES || level == LEVEL_FILE) &&
        (first->kind == TOK_NAME || first->kind == TOK_STRING) &&
        (second->kind == TOK_COLON || second->kind == TOK_QUESTION || second->kind == TOK_ASSIGN);
    if (property && first != parser->last) {
        return first->kind == TOK_NAME ? arena_printf(parser->arena, "the property `%s`", text)
                                       : arena_printf(parser->arena, "the property %s", text);
    }
    return NULL;
}

/// The brackets that a mistake stands in.
static const char *level_text(Parser *parser, const Level *level) {
    switch ((LevelKind)level->kind) {
    case LEVEL_FILE:
        return "the file";
    case LEVEL_BRACES: {
        const Level *outer = level - 1;
        const char *member = member_text(parser, outer->member, (LevelKind)outer->kind);
        return member != NULL ? arena_printf(parser->arena, "the braces of %s", member)
                              : "these braces";
    }
    case LEVEL_IMPORT:
        return "the names of an `import`";
    case LEVEL_LIST:
        return "this list";
    case LEVEL_INDEX:
        return "these brackets";
    case LEVEL_GROUP:
        return "these parentheses";
    case LEVEL_ARGUMENTS:
        return "these arguments";
    case LEVEL_INTERPOLATION:
        return "this `${…}`";
    default:
        return "this";
    }
}

static const char *context_text(Parser *parser, const Level *level, const Token **began) {
    *began = NULL;
    bool members = level->kind == LEVEL_FILE || level->kind == LEVEL_BRACES;
    bool separator = parser->kind == TOK_NEWLINE || parser->kind == TOK_COMMA;
    const Token *member = separator ? parser->ended : level->member;
    const char *text = members ? member_text(parser, member, (LevelKind)level->kind) : NULL;
    if (text != NULL) {
        *began = member;
        return text;
    }
    *began = level->kind == LEVEL_FILE ? NULL : level->opener;
    return level_text(parser, level);
}

// What could have stood there

typedef struct Expected {
    bool kinds[TOK_COUNT];
    const char *wordings[4];
    unsigned count;
} Expected;

static void expect(Expected *expected, const char *wording) {
    if (expected->count < G_N_ELEMENTS(expected->wordings)) {
        expected->wordings[expected->count++] = wording;
    }
}

/// Single tokens, the likeliest first. Operators are left out: they could stand nearly anywhere.
static void expect_tokens(Expected *expected) {
    static const uint8_t likely[] = {
        TOK_COLON,
        TOK_ASSIGN,
        TOK_IN,
        TOK_FROM,
        TOK_AS,
        TOK_LBRACE,
        TOK_AT,
        TOK_RBRACKET,
        TOK_RPAREN,
        TOK_RBRACE,
        TOK_INTERPOLATION_END,
    };
    bool separators = expected->kinds[TOK_NEWLINE];
    for (size_t index = 0; index < G_N_ELEMENTS(likely); ++index) {
        TokenKind kind = (TokenKind)likely[index];
        bool closes = kind == TOK_RBRACKET || kind == TOK_RBRACE;
        if (expected->kinds[kind] && !(closes && separators)) {
            expect(expected, token_wording(kind));
        }
    }
}

static void expect_all(Expected *expected, const TokenKind *kinds, unsigned count) {
    for (unsigned index = 0; index < count; ++index) {
        if (kinds[index] < TOK_COUNT) {
            expected->kinds[kinds[index]] = true;
        }
    }
    const bool *has = expected->kinds;
    if (has[TOK_NOT] && has[TOK_INTEGER]) {
        expect(expected, "a value");
        has = NULL;
    } else if (has[TOK_PIPE] && has[TOK_INTEGER]) {
        expect(expected, "a type");
        has = NULL;
    } else if (has[TOK_LET] && has[TOK_KIND]) {
        expect(expected, has[TOK_RBRACE] ? "a property or a declaration" : "a declaration");
        has = NULL;
    } else if (has[TOK_RULE] && has[TOK_ATTRIBUTE]) {
        expect(expected, "a property, an `attribute`, a `rule` or a clause");
        has = NULL;
    }
    if (has == NULL) {
        return;
    }
    if (has[TOK_NAME]) {
        expect(expected, "a name");
    } else if (has[TOK_STRING]) {
        expect(expected, "a string");
    }
    if (has[TOK_REQUIRE]) {
        expect(expected, token_wording(TOK_REQUIRE));
    }
    expect_tokens(expected);
    if (has[TOK_NEWLINE]) {
        expect(expected, "the end of the line");
        expect(expected, token_wording(TOK_COMMA));
    } else if (has[TOK_COMMA]) {
        expect(expected, token_wording(TOK_COMMA));
    }
}

static void help_expected(Parser *parser, Diagnostic *diagnostic, const TokenKind *kinds,
                          unsigned count) {
    Expected expected = {0};
    expect_all(&expected, kinds, count);
    if (expected.count == 0) {
        return;
    }
    GString *text = g_string_new("expected ");
    for (unsigned index = 0; index < expected.count; ++index) {
        const char *before = index == 0 ? "" : index + 1 == expected.count ? " or " : ", ";
        g_string_append_printf(text, "%s%s", before, expected.wordings[index]);
    }
    diagnostic_help(parser->compilation->diagnostics, diagnostic, "%s", text->str);
    g_string_free(text, TRUE);
}

/// Mistakes that have a message of their own. True if one was reported.
static bool known_mistake(Parser *parser) {
    const Token *last = parser->last;
    if (last == parser->source->tokens || parser->virtual) {
        return false;
    }
    const Token *before = last - 1;
    if (before->kind == TOK_NAME && before->name == parser->new_name->id &&
        last->kind == TOK_NAME) {
        Diagnostic *diagnostic = syntax_report(parser, DIAG_FOREIGN_WORD, before, "new");
        diagnostic_help(parser->compilation->diagnostics, diagnostic,
                        "a resource is declared as `KIND name: TYPE { … }` and then used by its "
                        "name");
        return true;
    }
    return false;
}

void syntax_error(Parser *parser, const TokenKind *kinds, unsigned count) {
    const Token *token = parser->last;
    TokenKind kind = (TokenKind)parser->kind;
    // What has its diagnostic already, or is a consequence of what has.
    bool told = (kind != TOK_NEWLINE && (token->flags & TOKEN_BROKEN) != 0) ||
                (parser->before->flags & TOKEN_BROKEN) != 0 ||
                (token == parser->reported && kind == parser->reported_kind);
    parser->reported = token;
    parser->reported_kind = (uint8_t)kind;
    if (told || known_mistake(parser)) {
        return;
    }
    bool bracket = parser->last_depth != parser->depth &&
                   (kind == TOK_LBRACE || kind == TOK_LBRACKET || kind == TOK_LPAREN ||
                    kind == TOK_INTERPOLATION_BEGIN || kind == TOK_RBRACE || kind == TOK_RBRACKET ||
                    kind == TOK_RPAREN);
    const Level *level = &parser->levels[bracket ? parser->last_depth : parser->depth];
    const Token *began = NULL;
    Span span = token_span(parser, token);
    if (kind == TOK_NEWLINE || kind == TOK_END) {
        // Points at the end of what stands there, not at the next line.
        span.start = parser->before->end;
        span.end = span.start;
    }
    const char *context = context_text(parser, level, &began);
    Diagnostic *diagnostic = diagnostic_add(parser->compilation->diagnostics, DIAG_SYNTAX, span,
                                            found_text(parser, token, kind), context, NULL);
    if (began != NULL && began != token) {
        diagnostic_label(parser->compilation->diagnostics, diagnostic, token_span(parser, began),
                         "%s begins here",
                         g_str_has_prefix(context, "the braces of ") ? "the block" : context);
    }
    help_expected(parser, diagnostic, kinds, count);
}
