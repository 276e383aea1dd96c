#include "token.h"

#include <stddef.h>

typedef struct TokenRow {
    const char *spelling;
    const char *wording;
    TokenClass class;
} TokenRow;

static const TokenRow rows[TOK_COUNT] = {
#define TOKEN(id, spelling, wording, class) {spelling, wording, class},
#include "tokens.def"
#undef TOKEN
};

const char *token_wording(TokenKind kind) {
    return rows[kind].wording;
}

const char *token_spelling(TokenKind kind) {
    return rows[kind].spelling;
}

TokenClass token_class(TokenKind kind) {
    return rows[kind].class;
}
