#include "token.h"

#include <glib.h>

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

bool token_is_name(const char *text, size_t length) {
    bool ok = length > 0 && !g_ascii_isdigit(*text);
    for (size_t i = 0; i < length && ok; i++) {
        ok = g_ascii_isalnum(text[i]) || text[i] == '_';
    }
    return ok;
}
