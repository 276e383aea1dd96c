/// What the grammar cannot say for tree-sitter: which line ends separate members, and comments in
/// which others stand. The rules are those of compiler/feed.c.
#include "tree_sitter/parser.h"

#include <string.h>
#include <wctype.h>

/// In the order of grammar.js.
enum TokenType {
    LINE_END,
    CONTINUATION,
    BLOCK_COMMENT,
    DOUBLE_TEXT,
    SINGLE_TEXT,
    LINES_TEXT,
    LOST
};

void *tree_sitter_depot_external_scanner_create(void) {
    return NULL;
}

void tree_sitter_depot_external_scanner_destroy(void *payload) {
    (void)payload;
}

unsigned tree_sitter_depot_external_scanner_serialize(void *payload, char *buffer) {
    (void)payload;
    (void)buffer;
    return 0;
}

void tree_sitter_depot_external_scanner_deserialize(void *payload, const char *buffer,
                                                    unsigned length) {
    (void)payload;
    (void)buffer;
    (void)length;
}

static void step(TSLexer *lexer) {
    lexer->advance(lexer, false);
}

static bool is_line_end(int32_t character) {
    return character == '\n' || character == '\r';
}

static bool is_space(int32_t character) {
    return character == ' ' || character == '\t' || character == '\f' || character == '\v' ||
           character == 0xFEFF;
}

static bool is_letter(int32_t character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

/// Moves behind a comment of which the `/*` was read. False: it is not closed.
static bool pass_block(TSLexer *lexer) {
    unsigned depth = 1;
    while (depth > 0 && !lexer->eof(lexer)) {
        const int32_t character = lexer->lookahead;
        step(lexer);
        if (character == '/' && lexer->lookahead == '*') {
            step(lexer);
            depth++;
        } else if (character == '*' && lexer->lookahead == '/') {
            step(lexer);
            depth--;
        }
    }
    return depth == 0;
}

/// Moves to what stands behind spaces, line ends and comments. True: a `/` that begins no comment
/// was read on the way, and is what stands there.
static bool pass_trivia(TSLexer *lexer) {
    for (;;) {
        while (is_space(lexer->lookahead) || is_line_end(lexer->lookahead)) {
            step(lexer);
        }
        if (lexer->lookahead != '/') {
            return false;
        }
        step(lexer);
        if (lexer->lookahead == '*') {
            step(lexer);
            pass_block(lexer);
        } else if (lexer->lookahead == '/') {
            while (!is_line_end(lexer->lookahead) && !lexer->eof(lexer)) {
                step(lexer);
            }
        } else {
            return true;
        }
    }
}

/// Reads a word, of which the first `size - 1` letters are kept.
static void read_word(TSLexer *lexer, char *word, size_t size) {
    size_t length = 0;
    while (is_letter(lexer->lookahead)) {
        if (length + 1 < size) {
            word[length++] = (char)lexer->lookahead;
        }
        step(lexer);
    }
    word[length] = '\0';
}

/// Whether a word continues the member before it: the `else` of an `if`, and no property.
static bool word_continues(TSLexer *lexer) {
    char word[8];
    read_word(lexer, word, sizeof word);
    if (strcmp(word, "else") != 0 || pass_trivia(lexer)) {
        return false;
    }
    if (lexer->lookahead == '{') {
        return true;
    }
    read_word(lexer, word, sizeof word);
    return strcmp(word, "if") == 0;
}

/// Whether what stands behind a line end continues what stands before it. A brace does not: where a
/// block may stand there, the grammar says so.
static bool continues(TSLexer *lexer) {
    if (pass_trivia(lexer) || lexer->eof(lexer)) {
        return true;
    }
    switch (lexer->lookahead) {
    case '.': // `.name` does, `...list` does not
        step(lexer);
        return lexer->lookahead != '.';
    case '!': // `!=` does, `!name` does not
        step(lexer);
        return lexer->lookahead == '=';
    default:
        return is_letter(lexer->lookahead)
                   ? word_continues(lexer)
                   : strchr("}]),:=|?&<>+*%", (int)lexer->lookahead) != NULL;
    }
}

/// A comment begins here, if anything does.
static bool scan_comment(TSLexer *lexer) {
    step(lexer);
    if (lexer->lookahead != '*') {
        return false;
    }
    step(lexer);
    pass_block(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = BLOCK_COMMENT;
    return true;
}

/// Whether the text of a string goes on: up to its end, an escape or an interpolation. The end is
/// `quote`, or three of them (`lines`), which may stand behind others.
static bool scan_text(TSLexer *lexer, enum TokenType kind, int32_t quote, bool lines) {
    lexer->result_symbol = (TSSymbol)kind;
    for (bool any = false;; any = true) {
        lexer->mark_end(lexer);
        const int32_t character = lexer->lookahead;
        const bool ends = !lines && (character == quote || is_line_end(character));
        if (ends || character == '\\' || lexer->eof(lexer)) {
            return any;
        }
        step(lexer);
        if (character == '$' && lexer->lookahead == '{') {
            return any;
        }
        unsigned quotes = character == quote ? 1 : 0;
        for (; quotes > 0 && quotes < 3 && lexer->lookahead == quote; quotes++) {
            step(lexer);
        }
        if (quotes == 3) {
            return any;
        }
    }
}

bool tree_sitter_depot_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
    (void)payload;
    if (!valid[LOST] && valid[DOUBLE_TEXT]) {
        return scan_text(lexer, DOUBLE_TEXT, '"', false);
    }
    if (!valid[LOST] && valid[SINGLE_TEXT]) {
        return scan_text(lexer, SINGLE_TEXT, '\'', false);
    }
    if (!valid[LOST] && valid[LINES_TEXT]) {
        return scan_text(lexer, LINES_TEXT, '"', true);
    }
    const bool separates = valid[LINE_END] && !valid[LOST];
    while (is_space(lexer->lookahead) || (is_line_end(lexer->lookahead) && !separates)) {
        lexer->advance(lexer, true);
    }
    if (lexer->lookahead == '/' && valid[BLOCK_COMMENT]) {
        return scan_comment(lexer);
    }
    if (!separates || !is_line_end(lexer->lookahead)) {
        return false;
    }
    step(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = continues(lexer) ? CONTINUATION : LINE_END;
    return true;
}
