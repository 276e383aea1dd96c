/// Mistakes that have a message of their own: what was meant is known from what stands around.
#ifndef DEPOT_MISTAKES_H
#define DEPOT_MISTAKES_H

#include "parser.h"

#include <string.h>

/// Reports the mistake at the token that the grammar could not take, if it is a known one. `member`
/// is the first token of the member that it stands in. `kinds[k]` says whether a token of kind `k`
/// could have stood there. False: nothing was reported.
bool mistake_report(Parser *parser, const Token *member, const bool *kinds);

/// Says how the declaration that begins with the keyword `first` is written. False: nothing is
/// known of it.
bool mistake_help_form(Parser *parser, Diagnostic *diagnostic, const Token *first);
/// Reports the line of `first`, a keyword behind which nothing stands that could follow it.
void mistake_keyword(Parser *parser, const Token *first);

/// Reports a file that is no program at all, and hides what the lexer said about it. False: it may
/// be one.
bool mistake_in_file(Parser *parser);

// For the finders: what they look at, and questions about it.

/// What a finder looks at.
typedef struct Spot {
    Parser *parser;
    Diagnostics *list;
    const Token *found;  ///< could not be taken
    TokenKind kind;      ///< … as this
    const Token *before; ///< the token before it
    const Token *member; ///< the first of the member
    const Token *second; ///< the token behind that
    const bool *kinds;   ///< what could have stood there
    bool line_end;       ///< a line or the file ends; `found` is the token behind it
} Spot;

/// The token behind `token`, comments left out.
static inline const Token *spot_behind(const Parser *parser, const Token *token) {
    bool ignored = false;
    Token *from = parser->source->tokens + (token - parser->source->tokens);
    return token->kind == TOK_END ? token : feed_peek(from + 1, &ignored);
}

/// Whether nothing stands between two tokens.
static inline bool spot_touches(const Token *left, const Token *right) {
    return left->end == right->start;
}

/// Whether `token` begins a line.
static inline bool spot_on_new_line(const Token *token) {
    return (token->flags & TOKEN_NEWLINE_BEFORE) != 0;
}

/// Whether `token` is written as `text`.
static inline bool spot_is_text(const Spot *spot, const Token *token, const char *text) {
    size_t length = strlen(text);
    return token->end - token->start == length &&
           memcmp(spot->parser->text + token->start, text, length) == 0;
}

/// Whether a string begins with `token`.
static inline bool spot_is_string(const Token *token) {
    return token->kind == TOK_STRING || token->kind == TOK_STRING_BEGIN;
}

/// Whether `token` is a number, a string or a truth value.
static inline bool spot_is_literal(const Token *token) {
    return spot_is_string(token) || token->kind == TOK_INTEGER || token->kind == TOK_DECIMAL ||
           token->keyword == TOK_TRUE || token->keyword == TOK_FALSE;
}

/// Whether `token` begins a value that is no name.
static inline bool spot_begins_value(const Token *token) {
    return spot_is_literal(token) || token->kind == TOK_LBRACKET || token->kind == TOK_LBRACE ||
           token->kind == TOK_LPAREN;
}

/// The text of `token`, for messages.
static inline const char *spot_text(const Spot *spot, const Token *token) {
    return syntax_text(spot->parser, token);
}

/// The bytes from `start` to `end`.
static inline Span spot_span(const Spot *spot, uint32_t start, uint32_t end) {
    return (Span){spot->parser->source->id, start, end};
}

/// The bytes of `token`.
static inline Span spot_token_span(const Spot *spot, const Token *token) {
    return token_span(spot->parser, token);
}

/// `kind NAME = Type {` and the like: a resource whose head is written in another way.
bool mistake_in_head(const Spot *spot);

#endif
