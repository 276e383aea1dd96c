/// Tokens. `grammar/tokens.def` is the one table; this header, the lexer, the parser and their
/// wording are made from it.
#ifndef DEPOT_TOKEN_H
#define DEPOT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum TokenKind {
#define TOKEN(id, spelling, wording, class) TOK_##id,
#include "tokens.def"
#undef TOKEN
    TOK_COUNT
} TokenKind;

typedef enum TokenClass {
    CLASS_NONE,
    CLASS_TRIVIA,  ///< comments
    CLASS_NAME,    ///< identifiers
    CLASS_LITERAL, ///< numbers, strings and their pieces
    CLASS_PUNCT,   ///< punctuation and operators
    CLASS_KEYWORD  ///< contextual keywords
} TokenClass;

enum {
    TOKEN_NEWLINE_BEFORE = 1, ///< a line end stands between it and the token before
    TOKEN_BLANK_BEFORE = 2,   ///< an empty line does
    TOKEN_BROKEN = 4,         ///< the lexer has reported it; the parser says nothing more about it
    TOKEN_SEPARATED =
        8, ///< a line end before it ended a member, or the comma itself: set by the parser
    TOKEN_NEEDLESS = 16, ///< of the name before a member of an enumeration, which means the same
                         ///< without it: set by the checker, as is the next
    TOKEN_NEEDED = 32    ///< the same where it does not, at another look
};

/// The bytes between two tokens are white space only, so the tokens and the text together lose
/// nothing: comments are tokens.
///
/// The lexer gives every identifier the kind TOK_NAME; where the parser reads it as a keyword it
/// changes the kind to the keyword's, and to TOK_KIND where it begins a resource.
struct Token {
    uint32_t start;
    uint32_t end;
    uint32_t name; ///< Name.id of an identifier, else 0
    uint8_t kind;
    uint8_t flags;
    uint16_t keyword; ///< Name.keyword of an identifier, else 0
};

/// "`{`", "a name", "`import`" …: how a token is named to people.
const char *token_wording(TokenKind kind);
/// The fixed text of a punctuator or keyword, NULL for others.
const char *token_spelling(TokenKind kind);
TokenClass token_class(TokenKind kind);
/// Whether `length` bytes are a name as it stands without quotes.
bool token_is_name(const char *text, size_t length);

#endif
