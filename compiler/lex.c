#include "lex.h"

#include <glib.h>
#include <string.h>

#define NO_INTERPOLATION UINT32_MAX

static Span span_of(const Lexer *lexer, const char *text, size_t length) {
    uint32_t start = (uint32_t)(text - lexer->text);
    return (Span){lexer->source->id, start, start + (uint32_t)length};
}

static Diagnostic *report(Lexer *lexer, DiagnosticId id, Span span, const char *what) {
    return diagnostic_add(lexer->compilation->diagnostics, id, span, what, NULL);
}

/// At most this much of a stretch of text goes into a message.
static const char *quoted(Lexer *lexer, const char *text, size_t length) {
    enum { LONGEST = 40 };
    const char *end = text + length;
    if (length > LONGEST) {
        end = g_utf8_find_prev_char(text, text + LONGEST);
        end = end != NULL ? end : text + LONGEST;
    }
    return arena_printf(lexer->compilation->arena, "`%.*s%s`", (int)(end - text), text,
                        end < text + length ? "…" : "");
}

void lexer_grow(Lexer *lexer) {
    size_t count = (size_t)(lexer->next - lexer->first);
    size_t capacity = count * 2 + 64;
    Token *tokens = arena_array(lexer->compilation->arena, Token, capacity);
    if (count > 0) {
        memcpy(tokens, lexer->first, count * sizeof(Token));
    }
    lexer->first = tokens;
    lexer->next = tokens + count;
    lexer->end = tokens + capacity;
}

// Strings and their interpolations

static OpenString *innermost(Lexer *lexer) {
    return &lexer->strings[lexer->string_count - 1];
}

static void string_pop(Lexer *lexer) {
    --lexer->string_count;
    lexer->mode = LEX_CODE;
}

void lexer_string_begin(Lexer *lexer, LexMode mode, const char *text, size_t length) {
    lexer_push(lexer, TOK_STRING_BEGIN, text, length);
    if (mode == LEX_LINES && lexer->text_end == NULL) {
        lexer->text_end = lexer_text_end(lexer, text);
    }
    lexer->strings[lexer->string_count++] = (OpenString){
        .start = (uint32_t)(text - lexer->text),
        .interpolation = NO_INTERPOLATION,
        .mode = (uint8_t)mode,
    };
    lexer->mode = mode;
}

void lexer_string_text(Lexer *lexer, const char *text, size_t length) {
    Token *last = lexer->next - 1;
    if (last->kind == TOK_STRING_TEXT && last->end == (uint32_t)(text - lexer->text)) {
        last->end += (uint32_t)length;
    } else {
        lexer_push(lexer, TOK_STRING_TEXT, text, length);
    }
}

/// `'it's'`: a string that ends in the middle of a word, then this one, which begins at the end of
/// the text. Returns the first of them, whose rest is told with it; NULL if it is none.
static const Token *split_by_apostrophe(Lexer *lexer, const OpenString *string) {
    enum { FARTHEST = 20 };
    Token *token = lexer->next - 1;
    while (token > lexer->first && token->start > string->start) {
        --token;
    }
    for (unsigned count = 0; count < FARTHEST && token > lexer->first; ++count) {
        --token;
        if (token->kind != TOK_NAME || token == lexer->first ||
            (token->flags & TOKEN_NEWLINE_BEFORE) != 0) {
            return NULL;
        }
        const Token *before = token - 1;
        if (before->kind == TOK_STRING && before->end == token->start &&
            lexer->text[before->start] == '\'') {
            token->flags |= TOKEN_BROKEN;
            return before;
        }
    }
    return NULL;
}

static void report_unclosed_string(Lexer *lexer, const OpenString *string) {
    const Token *split = string->mode == LEX_SINGLE ? split_by_apostrophe(lexer, string) : NULL;
    if (split != NULL) {
        Diagnostic *diagnostic =
            report(lexer, DIAG_UNCLOSED_STRING,
                   (Span){lexer->source->id, string->start, string->start + 1}, NULL);
        diagnostic_label(lexer->compilation->diagnostics, diagnostic,
                         (Span){lexer->source->id, split->start, split->end},
                         "a string ends in the middle of a word");
        diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                        "a `'` in text is written `\\'`, or the text stands in `\"…\"`");
        return;
    }
    bool lines = string->mode == LEX_LINES;
    Span span = {lexer->source->id, string->start, string->start + (lines ? 3U : 1U)};
    Diagnostic *diagnostic = report(lexer, DIAG_UNCLOSED_STRING, span, NULL);
    if (lines) {
        const Span end = span_of(lexer, lexer->next[-1].start + lexer->text, 0);
        if (end.end < lexer->source->length) {
            diagnostic_label(lexer->compilation->diagnostics, diagnostic, end,
                             "it seems to end here");
        }
        diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                        "it ends with `\"\"\"`, which does not come before the end of the file");
    } else {
        diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                        "it ends with `%s` on the same line; text of several lines stands between "
                        "`\"\"\"` and `\"\"\"`",
                        string->mode == LEX_SINGLE ? "'" : "\"");
    }
}

void lexer_string_end(Lexer *lexer, const char *text, size_t length) {
    Token *token = lexer_push(lexer, TOK_STRING_END, text, length);
    if (length == 0) {
        token->flags |= TOKEN_BROKEN;
        // In an interpolation on the same line it is the interpolation that is not closed: the
        // quote was to end the string around it.
        unsigned count = lexer->string_count;
        if (count < 2 || lexer->strings[count - 2].mode == LEX_LINES) {
            report_unclosed_string(lexer, innermost(lexer));
        }
    }
    string_pop(lexer);
}

void lexer_interpolation(Lexer *lexer, const char *text) {
    // A string in the interpolation needs a place in the stack too.
    if (lexer->string_count == PARSE_MAX_DEPTH) {
        if (!lexer->deep_reported) {
            lexer->deep_reported = true;
            report(lexer, DIAG_TOO_DEEP, span_of(lexer, text, 2),
                   arena_printf(lexer->compilation->arena, "%d", PARSE_MAX_DEPTH));
        }
        lexer_string_text(lexer, text, 2);
        return;
    }
    innermost(lexer)->begin = (uint32_t)(lexer->next - lexer->first);
    lexer_push(lexer, TOK_INTERPOLATION_BEGIN, text, 2);
    innermost(lexer)->interpolation = (uint32_t)(text - lexer->text);
    innermost(lexer)->braces = 0;
    lexer->mode = LEX_CODE;
}

void lexer_brace(Lexer *lexer, TokenKind kind, const char *text) {
    OpenString *string = innermost(lexer);
    if (kind == TOK_LBRACE) {
        ++string->braces;
    } else if (string->braces > 0) {
        --string->braces;
    } else {
        lexer_push(lexer, TOK_INTERPOLATION_END, text, 1);
        string->interpolation = NO_INTERPOLATION;
        lexer->mode = string->mode;
        return;
    }
    lexer_push(lexer, kind, text, 1);
}

/// Ends the innermost string in the middle of its interpolation.
static void interpolation_drop(Lexer *lexer, const char *text) {
    lexer->first[innermost(lexer)->begin].flags |= TOKEN_BROKEN;
    lexer_push(lexer, TOK_INTERPOLATION_END, text, 0)->flags |= TOKEN_BROKEN;
    lexer_push(lexer, TOK_STRING_END, text, 0)->flags |= TOKEN_BROKEN;
    string_pop(lexer);
}

/// The same, reported: for the innermost of several.
static void interpolation_break(Lexer *lexer, const char *text) {
    OpenString *string = innermost(lexer);
    Span span = {lexer->source->id, string->interpolation, string->interpolation + 2};
    Diagnostic *diagnostic = report(lexer, DIAG_UNCLOSED_INTERPOLATION, span, "${");
    diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                    "it ends with `}`%s; a `$` that is only text is written `\\$`",
                    string->mode == LEX_LINES ? "" : " on the same line");
    interpolation_drop(lexer, text);
}

void lexer_newline(Lexer *lexer, const char *text) {
    // A string in quotes stays on its line, what stands in its interpolations included: that way
    // one that is not closed costs one line and not the rest of the file.
    if (lexer->string_count > 0 && innermost(lexer)->mode != LEX_LINES) {
        interpolation_break(lexer, text);
    }
    while (lexer->string_count > 0 && innermost(lexer)->mode != LEX_LINES) {
        interpolation_drop(lexer, text);
    }
    lexer->flags |= (lexer->flags & TOKEN_NEWLINE_BEFORE) != 0 ? (unsigned)TOKEN_BLANK_BEFORE
                                                               : (unsigned)TOKEN_NEWLINE_BEFORE;
}

// Comments

void lexer_comment_end(Lexer *lexer, const char *end, bool closed) {
    const char *start = lexer->text + lexer->comment_start;
    Token *token = lexer_push(lexer, TOK_COMMENT, start, (size_t)(end - start));
    lexer->comment_depth = 0;
    if (!closed) {
        token->flags |= TOKEN_BROKEN;
        Diagnostic *diagnostic =
            report(lexer, DIAG_UNCLOSED_COMMENT, span_of(lexer, start, 2), NULL);
        diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                        "every `/*`, also one inside of a comment, ends with a `*/` of its own");
    }
}

// What is no token

static bool has_letters(const char *text, size_t length) {
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        if (g_unichar_isalpha(g_utf8_get_char(at))) {
            return true;
        }
    }
    return false;
}

void lexer_stray(Lexer *lexer, const char *text, size_t length) {
    Token *token = lexer_push(lexer, TOK_STRAY, text, length);
    token->flags |= TOKEN_BROKEN;
    if (!g_utf8_validate_len(text, length, NULL)) {
        if (lexer->not_utf8) {
            return;
        }
        report(lexer, DIAG_STRAY_TEXT, span_of(lexer, text, length), "this byte");
        return;
    }
    bool lines = memchr(text, '\n', length) != NULL || memchr(text, '\r', length) != NULL;
    const char *what = lines ? "the text between backquotes" : quoted(lexer, text, length);
    if ((unsigned char)text[0] < 0x20 || text[0] == 0x7f) {
        what = arena_printf(lexer->compilation->arena, "the control character U+%04X",
                            (unsigned)text[0]);
    }
    Diagnostic *diagnostic = report(lexer, DIAG_STRAY_TEXT, span_of(lexer, text, length), what);
    if (text[0] == '`') {
        diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                        lines ? "text of several lines stands between `\"\"\"` and `\"\"\"`, with "
                                "`${…}` for what is filled in"
                              : "strings stand in `\"…\"`, with `${…}` for what is filled in");
        if (length > 1 && !lines && memchr(text, '"', length) == NULL) {
            diagnostic_fix(
                lexer->compilation->diagnostics, diagnostic, FIX_SAFE, span_of(lexer, text, length),
                arena_printf(lexer->compilation->arena, "\"%.*s\"", (int)length - 2, text + 1),
                "write it in `\"…\"`");
        }
    } else if (text[0] == '$' && length == 1 && (g_ascii_isalpha(text[1]) || text[1] == '{')) {
        diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                        "outside of text a name stands alone; `${…}` fills it into text");
        if (text[1] != '{') {
            diagnostic_fix(lexer->compilation->diagnostics, diagnostic, FIX_SAFE,
                           span_of(lexer, text, length), "", "remove the `$`");
        }
    } else if (has_letters(text, length)) {
        diagnostic_help(lexer->compilation->diagnostics, diagnostic,
                        "names are made of the letters A to Z, digits and `_`; any other text "
                        "stands in quotes");
    }
}

/// What to write for an operator that has no counterpart, or NULL.
static const char *instead_of(const char *operator) {
    static const char *const helps[][2] = {
        {"**", "a power is written as a product: `a * a`"},
        {"&", "conditions are joined with `&&`"},
        {"++", "a value never changes; `+ 1` is the next one"},
        {"+=", "a value never changes; a second constant may be made of the first"},
    };
    for (size_t index = 0; index < G_N_ELEMENTS(helps); ++index) {
        if (strcmp(helps[index][0], operator) == 0) {
            return helps[index][1];
        }
    }
    return NULL;
}

void lexer_foreign_operator(Lexer *lexer, TokenKind kind, const char *text, size_t length) {
    const char *what = arena_strndup(lexer->compilation->arena, text, length);
    if (strcmp(what, "=>") == 0) { // the parser knows what it stands for
        lexer_push(lexer, kind, text, length);
        return;
    }
    Diagnostic *diagnostic =
        report(lexer, DIAG_FOREIGN_OPERATOR, span_of(lexer, text, length), what);
    Token *token = lexer_push(lexer, kind, text, length);
    if (kind == TOK_STRAY) {
        token->flags |= TOKEN_BROKEN;
        const char *help = instead_of(what);
        if (help != NULL) {
            diagnostic_help(lexer->compilation->diagnostics, diagnostic, "%s", help);
        }
        return;
    }
    const char *instead = token_spelling(kind);
    diagnostic_help(lexer->compilation->diagnostics, diagnostic, "write `%s`", instead);
    diagnostic_fix(lexer->compilation->diagnostics, diagnostic, FIX_SAFE,
                   span_of(lexer, text, length), instead, "write `%s`", instead);
}

// The whole file

void lexer_finish(Lexer *lexer, const char *text) {
    if (lexer->comment_depth > 0) {
        lexer_comment_end(lexer, text, false);
    }
    // One report explains all that is open around it.
    if (lexer->string_count > 0 && innermost(lexer)->interpolation == NO_INTERPOLATION) {
        lexer_string_end(lexer, text, 0);
    } else if (lexer->string_count > 0) {
        interpolation_break(lexer, text);
    }
    while (lexer->string_count > 0) {
        interpolation_drop(lexer, text);
    }
    lexer_push(lexer, TOK_END, text, 0);
}

/// Whether all of the text is UTF-8; ASCII, nearly all there ever is, is passed a word at a time.
static bool text_is_utf8(const char *text, size_t length, const char **bad) {
    size_t index = 0;
    for (; index + 8 <= length; index += 8) {
        uint64_t word;
        memcpy(&word, text + index, sizeof word);
        if ((word & 0x8080808080808080U) != 0) {
            break;
        }
    }
    return g_utf8_validate_len(text + index, length - index, bad);
}

/// Whether the source is text at all. A NUL byte ends that: there is nothing to scan then.
static bool check_bytes(Lexer *lexer) {
    Source *source = lexer->source;
    const char *nul = memchr(source->text, '\0', source->length);
    if (nul != NULL) {
        report(lexer, DIAG_FILE_BINARY, span_of(lexer, nul, 1), source->path);
        return false;
    }
    const char *bad = NULL;
    if (!text_is_utf8(source->text, source->length, &bad)) {
        report(lexer, DIAG_FILE_NOT_UTF8, span_of(lexer, bad, 1), source->path);
        lexer->not_utf8 = true;
    }
    return true;
}

void lex_source(Compilation *compilation, Source *source) {
    Lexer *lexer = g_new0(Lexer, 1);
    lexer->text = source->text;
    lexer->names = compilation->names;
    lexer->compilation = compilation;
    lexer->source = source;
    source->bom = source->length >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0;

    // Enough for almost any text; what is not used of it is never touched.
    size_t guess = source->length / 4 + 64;
    lexer->first = lexer->next = arena_array(compilation->arena, Token, guess);
    lexer->end = lexer->first + guess;
    if (check_bytes(lexer)) {
        lexer_run(lexer);
    } else {
        lexer_finish(lexer, source->text + source->length);
    }
    source->tokens = lexer->first;
    source->token_count = (uint32_t)(lexer->next - lexer->first);
    g_free(lexer);
}
