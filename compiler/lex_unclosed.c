/// Where text of several lines that is never closed was to end: before the first line that looks
/// like the program again. What follows is read, and told of, as if the text had ended there.
#include "lex.h"

#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static const char *line_end(const char *at) {
    return at + strcspn(at, "\r\n");
}

/// The columns before the text of the line that begins at `line`.
static size_t indent_of(const char *line) {
    return strspn(line, " \t");
}

/// Whether a word begins declarations that have a name: `let x`, `import {`.
static bool is_declarer(const Lexer *lexer, const char *word, size_t length) {
    switch (names_intern(lexer->names, word, length)->keyword) {
    case TOK_IMPORT:
    case TOK_LET:
    case TOK_PARAM:
    case TOK_DEPLOY:
    case TOK_TYPE:
    case TOK_OUTPUT:
    case TOK_RULE:
    case TOK_FN:
    case TOK_MODULE:
    case TOK_USE:
    case TOK_TEST:
    case TOK_SCHEMA:
    case TOK_EXISTING:
        return true;
    default:
        return false;
    }
}

/// Whether the text of a line is one of a program: a closing brace, a property, a head with its
/// `{`, or a declaration.
static bool is_program(const Lexer *lexer, const char *text) {
    const char *end = line_end(text);
    while (end > text && is_blank(end[-1])) {
        --end;
    }
    if (*text == '}') {
        return true;
    }
    size_t word = 0;
    while (is_letter(text[word])) {
        ++word;
    }
    if (word > 0 && text[word] == ':' && is_blank(text[word + 1])) {
        return true;
    }
    if (word == 0 || !is_blank(text[word])) {
        return false;
    }
    const char next = text[word + strspn(text + word, " \t")];
    if (is_letter(next) && end[-1] == '{') {
        return true;
    }
    return (is_letter(next) || next == '{' || next == '"') && is_declarer(lexer, text, word);
}

const char *lexer_text_end(const Lexer *lexer, const char *quotes) {
    const char *end = lexer->text + lexer->source->length;
    if (strstr(quotes + 3, "\"\"\"") != NULL) {
        return NULL;
    }
    const char *line = quotes;
    while (line > lexer->text && line[-1] != '\n' && line[-1] != '\r') {
        --line;
    }
    const size_t indent = indent_of(line);
    const char *last = line_end(quotes); // the end of the last line that is not blank
    for (const char *at = last; at < end; at = line_end(at)) {
        at += strspn(at, "\r\n");
        const size_t columns = indent_of(at);
        const char *text = at + columns;
        if (columns <= indent && is_program(lexer, text)) {
            return last;
        }
        last = *text == '\r' || *text == '\n' ? last : line_end(text);
        if (*at == '\0') {
            break;
        }
    }
    return end;
}
