/// Inside of the lexer: what the rules of depot.l call.
#ifndef DEPOT_LEX_H
#define DEPOT_LEX_H

#include "parse.h"

/// What the lexer is in the middle of. The start conditions of depot.l correspond.
typedef enum LexMode { LEX_CODE, LEX_DOUBLE, LEX_SINGLE, LEX_LINES } LexMode;

/// A string whose end has not been seen. While its interpolation is read, `braces` counts the
/// braces that are open in it.
typedef struct OpenString {
    uint32_t start;         ///< its opening quote
    uint32_t interpolation; ///< the `${` being read; UINT32_MAX while in the text
    uint32_t begin;         ///< the number of the token of that `${`
    uint32_t braces;
    uint8_t mode;
} OpenString;

typedef struct Lexer {
    Token *next;
    Token *end;
    Token *first;
    const char *text;
    Names *names;
    Compilation *compilation;
    Source *source;
    unsigned flags;     ///< TOKEN_…_BEFORE of the next token
    unsigned mode;      ///< LexMode
    bool not_utf8;      ///< reported: bytes that are no characters are passed over in silence
    bool deep_reported; ///< interpolations nest too deep
    unsigned string_count;
    unsigned comment_depth;
    uint32_t comment_start;
    const char *text_end; ///< where text of several lines that is not closed ends, or NULL
    OpenString strings[PARSE_MAX_DEPTH];
} Lexer;

/// Makes room for at least one more token.
void lexer_grow(Lexer *lexer);

/// Appends a token of `length` bytes at `text`.
static inline Token *lexer_push(Lexer *lexer, TokenKind kind, const char *text, size_t length) {
    if (lexer->next == lexer->end) {
        lexer_grow(lexer);
    }
    Token *token = lexer->next++;
    token->start = (uint32_t)(text - lexer->text);
    token->end = token->start + (uint32_t)length;
    token->kind = (uint8_t)kind;
    token->flags = (uint8_t)lexer->flags;
    lexer->flags = 0;
    return token;
}

/// An identifier.
static inline void lexer_name(Lexer *lexer, const char *text, size_t length) {
    const Name *name = names_intern(lexer->names, text, length);
    Token *token = lexer_push(lexer, TOK_NAME, text, length);
    token->name = name->id;
    token->keyword = name->keyword;
}

/// A line end outside of strings and comments, `text` behind it.
void lexer_newline(Lexer *lexer, const char *text);
/// `{` or `}`; in an interpolation the brace that ends it is told from others.
void lexer_brace(Lexer *lexer, TokenKind kind, const char *text);
/// A quote that begins a string.
void lexer_string_begin(Lexer *lexer, LexMode mode, const char *text, size_t length);
/// Where the text of several lines that begins at `quotes`, its `"""`, was likely to end: behind a
/// line, or at the end of the file. NULL: it is closed. The text is NUL-terminated.
const char *lexer_text_end(const Lexer *lexer, const char *quotes);
/// How much of `length` bytes of text of several lines is part of it; less than `length` where it
/// was to end.
static inline size_t lexer_text_length(const Lexer *lexer, const char *text, size_t length) {
    if (lexer->text_end == NULL || text + length <= lexer->text_end) {
        return length;
    }
    return text < lexer->text_end ? (size_t)(lexer->text_end - text) : 0;
}
/// Text or an escape in a string; adjoining pieces become one token.
void lexer_string_text(Lexer *lexer, const char *text, size_t length);
/// `${` in a string.
void lexer_interpolation(Lexer *lexer, const char *text);
/// The end of a string: `length` is 0 where its quote is missing.
void lexer_string_end(Lexer *lexer, const char *text, size_t length);
/// The end of a block comment at `end`; `closed` says whether it has one.
void lexer_comment_end(Lexer *lexer, const char *end, bool closed);
/// The end of the file: closes what is open.
void lexer_finish(Lexer *lexer, const char *text);
/// Bytes that begin no token.
void lexer_stray(Lexer *lexer, const char *text, size_t length);
/// Text that begins with, or holds, a character that looks like another: takes what comes before
/// the character, or takes it for the other. Returns how many bytes it took; 0: it holds none.
size_t lexer_lookalike(Lexer *lexer, const char *text, size_t length);
/// A string between curly quotes.
void lexer_curly(Lexer *lexer, const char *text, size_t length);
/// A line that other languages have as a comment, `-- …` or `<!-- …`. Returns how many bytes it
/// took: 1 if it is none.
size_t lexer_foreign_line(Lexer *lexer, const char *text, size_t length);
/// Digits that are no number, such as `0x1F` or `1.2.3`.
void lexer_bad_number(Lexer *lexer, const char *text, size_t length);
/// A comment in the manner of other languages, from `#` to the end of the line.
void lexer_foreign_comment(Lexer *lexer, const char *text, size_t length);
/// An operator of other languages; `kind` is what it stands for, TOK_STRAY if nothing.
void lexer_foreign_operator(Lexer *lexer, TokenKind kind, const char *text, size_t length);

/// Runs the rules of depot.l over the source, which two NUL bytes follow.
void lexer_run(Lexer *lexer);

#endif
