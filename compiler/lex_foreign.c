// What other languages and word processors write otherwise: comments, numbers, characters that look
// like others.

#include "lex.h"

#include <glib.h>
#include <string.h>

static Span span_of(const Lexer *lexer, const char *text, size_t length) {
    uint32_t start = (uint32_t)(text - lexer->text);
    return (Span){lexer->source->id, start, start + (uint32_t)length};
}

// Comments

static void report_comment(Lexer *lexer, const char *text, size_t mark, size_t length) {
    Diagnostics *list = lexer->compilation->diagnostics;
    const char *what = arena_strndup(lexer->compilation->arena, text, mark);
    Span span = span_of(lexer, text, mark);
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_FOREIGN_COMMENT, span, what, NULL);
    DiagnosticFix *fix =
        diagnostic_fix(list, diagnostic, FIX_SAFE, span, "//", "begin the comment with `//`");
    if (mark == 4 && length >= 7 && memcmp(text + length - 3, "-->", 3) == 0) {
        diagnostic_fix_edit(list, fix, span_of(lexer, text + length - 3, 3), "");
    }
}

void lexer_foreign_comment(Lexer *lexer, const char *text, size_t length) {
    lexer_push(lexer, TOK_COMMENT, text, length);
    report_comment(lexer, text, 1, length);
}

size_t lexer_foreign_line(Lexer *lexer, const char *text, size_t length) {
    bool begins = (lexer->flags & TOKEN_NEWLINE_BEFORE) != 0 || lexer->next == lexer->first;
    size_t mark = text[0] == '<' ? 4 : 2;
    bool words = text[0] == '<' || length == 2 || text[2] == ' ' || text[2] == '-';
    if (!begins || !words || lexer->string_count > 0) {
        return 1;
    }
    mark += text[0] == '-' ? strspn(text + 2, "-") : 0;
    lexer_push(lexer, TOK_COMMENT, text, length);
    report_comment(lexer, text, mark, length);
    return length;
}

// Numbers

static void number_fix(Lexer *lexer, Diagnostic *diagnostic, const char *text, size_t length,
                       Applicability applicability, const char *instead) {
    diagnostic_fix(lexer->compilation->diagnostics, diagnostic, applicability,
                   span_of(lexer, text, length), instead, "write `%s`", instead);
}

/// `0x1F`, `.5`, `5.`, the `000` of `1,000`: true if it is one of these.
static bool number_of_others(Lexer *lexer, Diagnostic *diagnostic, const char *text,
                             size_t length) {
    Arena *arena = lexer->compilation->arena;
    Diagnostics *list = lexer->compilation->diagnostics;
    const char *what = arena_strndup(arena, text, length);
    if (what[0] == '.' || what[length - 1] == '.') {
        const char *instead =
            what[0] == '.' ? arena_printf(arena, "0%s", what) : arena_printf(arena, "%s0", what);
        diagnostic_help(list, diagnostic, "digits stand on both sides of the `.`: `%s`", instead);
        number_fix(lexer, diagnostic, text, length, FIX_SAFE, instead);
        return true;
    }
    int base = what[0] != '0'                    ? 0
               : g_ascii_tolower(what[1]) == 'x' ? 16
               : g_ascii_tolower(what[1]) == 'b' ? 2
               : g_ascii_tolower(what[1]) == 'o' ? 8
                                                 : 0;
    char *end = NULL;
    guint64 value = base != 0 ? g_ascii_strtoull(what + 2, &end, (guint)base) : 0;
    if (base != 0 && length > 2 && length < 17 && *end == '\0') {
        const char *instead = arena_printf(arena, "%" G_GUINT64_FORMAT, value);
        diagnostic_help(list, diagnostic, "numbers are decimal: `%s`", instead);
        number_fix(lexer, diagnostic, text, length, FIX_SAFE, instead);
        return true;
    }
    const Token *comma = lexer->next - 2;
    bool group = length == 3 && strspn(what, "0123456789") == 3 && comma > lexer->first &&
                 comma->kind == TOK_COMMA && comma->end == (uint32_t)(text - lexer->text) &&
                 comma[-1].kind == TOK_INTEGER && comma[-1].end == comma->start;
    if (group) {
        const char *before =
            arena_strndup(arena, lexer->text + comma[-1].start, comma[-1].end - comma[-1].start);
        const char *instead = arena_printf(arena, "%s_%s", before, what);
        diagnostic_help(list, diagnostic, "thousands are parted with `_`: `%s`", instead);
        size_t from = comma[-1].start;
        number_fix(lexer, diagnostic, lexer->text + from,
                   (size_t)(text - lexer->text) + length - from, FIX_MAYBE, instead);
    }
    return group;
}

/// `eu-west-1a`, `2026-01-01`: a number that is none at the end of words that nothing parts. They
/// become one token, which is told as text.
static bool ends_text(Lexer *lexer, const char *text, size_t length) {
    uint32_t start = (uint32_t)(text - lexer->text);
    Token *first = lexer->next;
    while (first - 1 > lexer->first) {
        const Token *mark = first - 1;
        const Token *word = first - 2;
        bool joined = (mark->kind == TOK_MINUS || mark->kind == TOK_SLASH) && mark->end == start &&
                      (word->kind == TOK_NAME || word->kind == TOK_INTEGER) &&
                      word->end == mark->start;
        if (!joined) {
            break;
        }
        first -= 2;
        start = first->start;
    }
    if (first == lexer->next) {
        return false;
    }
    bool told = (first->flags & TOKEN_BROKEN) != 0;
    uint32_t end = (uint32_t)(text - lexer->text) + (uint32_t)length;
    first->kind = TOK_INTEGER;
    first->end = end;
    first->flags |= TOKEN_BROKEN;
    lexer->next = first + 1;
    if (told) {
        return true;
    }
    const char *more = text + length;
    size_t all = end - start +
                 strspn(more, "0123456789./-_abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *whole =
        arena_strndup(lexer->compilation->arena, lexer->text + start, MIN(all, 200U));
    Diagnostics *list = lexer->compilation->diagnostics;
    Span span = span_of(lexer, lexer->text + start, all);
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_UNQUOTED_TEXT, span, whole, NULL);
    if (all < 200) {
        diagnostic_fix(list, diagnostic, FIX_SAFE, span,
                       arena_printf(lexer->compilation->arena, "\"%s\"", whole),
                       "put it in quotes");
    }
    return true;
}

/// `0..3`, of which `text` is the `0.`.
static bool is_range(Lexer *lexer, const char *text, size_t length) {
    if (text[length - 1] != '.' || text[length] != '.') {
        return false;
    }
    Diagnostics *list = lexer->compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_FOREIGN_OPERATOR,
                                            span_of(lexer, text + length - 1, 2), "..", NULL);
    diagnostic_help(list, diagnostic, "a list of numbers is written `range(0, 3)`, without the 3");
    return true;
}

void lexer_bad_number(Lexer *lexer, const char *text, size_t length) {
    enum { LONGEST = 60 };
    Arena *arena = lexer->compilation->arena;
    Diagnostics *list = lexer->compilation->diagnostics;
    const Token *before = lexer->next - 1;
    bool goes_on = text[0] == '.' && before > lexer->first && (before->flags & TOKEN_BROKEN) != 0 &&
                   before->end == (uint32_t)(text - lexer->text);
    if (goes_on || is_range(lexer, text, length)) {
        lexer_push(lexer, TOK_INTEGER, text, length)->flags |= TOKEN_BROKEN;
        return;
    }
    if (ends_text(lexer, text, length)) {
        return;
    }
    lexer_push(lexer, TOK_INTEGER, text, length)->flags |= TOKEN_BROKEN;
    const char *what = arena_strndup(arena, text, MIN(length, (size_t)LONGEST));
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_BAD_NUMBER, span_of(lexer, text, length), what, NULL);
    if (length <= LONGEST && number_of_others(lexer, diagnostic, text, length)) {
        return;
    }
    bool digits = strspn(what, "0123456789._") == strlen(what);
    bool versions = digits && (strchr(what, '.') != NULL || what[0] == '0');
    diagnostic_help(list, diagnostic, "%s",
                    versions ? "versions, addresses, and numbers that begin with 0, stand in quotes"
                    : digits ? "a single `_` may stand between two digits"
                             : "numbers have decimal digits only; any other text stands in quotes");
    // An address goes on behind its digits: `10.0.0.0/16`, `1.4.0-beta`.
    size_t all = length + strspn(text + length, "0123456789./-_abcdefghijklmnopqrstuvwxyz"
                                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if ((versions || !digits) && all <= LONGEST) {
        diagnostic_fix(list, diagnostic, FIX_MAYBE, span_of(lexer, text, all),
                       arena_printf(arena, "\"%.*s\"", (int)all, text), "put it in quotes");
    }
}

// Characters that look like others

typedef struct Lookalike {
    const char *bytes;
    const char *name;
    const char *instead; // "" for nothing
    uint8_t kind;        // TOK_END: white space
} Lookalike;

static const Lookalike lookalikes[] = {
    {"\xC2\xA0", "a non-breaking space", " ", TOK_END},
    {"\xE2\x80\xAF", "a narrow non-breaking space", " ", TOK_END},
    {"\xE2\x80\x87", "a figure space", " ", TOK_END},
    {"\xE3\x80\x80", "a full-width space", " ", TOK_END},
    {"\xE2\x80\x8B", "a zero-width space", "", TOK_END},
    {"\xE2\x80\x8C", "a zero-width non-joiner", "", TOK_END},
    {"\xE2\x80\x8D", "a zero-width joiner", "", TOK_END},
    {"\xE2\x81\xA0", "a word joiner", "", TOK_END},
    {"\xEF\xBB\xBF", "a byte order mark", "", TOK_END},
    {"\xE2\x80\x93", "`–` (an en dash)", "-", TOK_MINUS},
    {"\xE2\x80\x94", "`—` (an em dash)", "-", TOK_MINUS},
    {"\xE2\x88\x92", "`−` (a minus sign)", "-", TOK_MINUS},
    {"\xE2\x80\xA6", "`…` (an ellipsis)", "...", TOK_SPREAD},
    {"\xEF\xBC\x9A", "`：` (a full-width colon)", ":", TOK_COLON},
    {"\xEF\xBC\x8C", "`，` (a full-width comma)", ",", TOK_COMMA},
    {"\xEF\xBC\x9D", "`＝` (a full-width equals sign)", "=", TOK_ASSIGN},
    {"\xEF\xBC\x88", "`（` (a full-width parenthesis)", "(", TOK_LPAREN},
    {"\xEF\xBC\x89", "`）` (a full-width parenthesis)", ")", TOK_RPAREN},
    {"\xEF\xBC\xBB", "`［` (a full-width bracket)", "[", TOK_LBRACKET},
    {"\xEF\xBC\xBD", "`］` (a full-width bracket)", "]", TOK_RBRACKET},
    {"\xEF\xBD\x9B", "`｛` (a full-width brace)", "{", TOK_LBRACE},
    {"\xEF\xBD\x9D", "`｝` (a full-width brace)", "}", TOK_RBRACE},
    {"\xE2\x89\xA4", "`≤`", "<=", TOK_LE},
    {"\xE2\x89\xA5", "`≥`", ">=", TOK_GE},
    {"\xE2\x89\xA0", "`≠`", "!=", TOK_NE},
};

static const Lookalike *lookalike_at(const char *text, size_t length) {
    for (size_t index = 0; index < G_N_ELEMENTS(lookalikes); ++index) {
        size_t size = strlen(lookalikes[index].bytes);
        if (size <= length && memcmp(text, lookalikes[index].bytes, size) == 0) {
            return &lookalikes[index];
        }
    }
    return NULL;
}

static size_t take(Lexer *lexer, const Lookalike *found, const char *text) {
    Diagnostics *list = lexer->compilation->diagnostics;
    size_t size = strlen(found->bytes);
    const char *like = *found->instead == '\0' ? "nothing"
                       : *found->instead == ' '
                           ? "a space"
                           : arena_printf(lexer->compilation->arena, "`%s`", found->instead);
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_LOOKALIKE, span_of(lexer, text, size), found->name, like, NULL);
    diagnostic_fix(list, diagnostic, FIX_SAFE, span_of(lexer, text, size), found->instead, "%s",
                   *found->instead == '\0' ? "remove it"
                   : *found->instead == ' '
                       ? "write a space"
                       : arena_printf(lexer->compilation->arena, "write `%s`", found->instead));
    if (found->kind != TOK_END) {
        lexer_push(lexer, (TokenKind)found->kind, text, size)->flags |= TOKEN_BROKEN;
    }
    return size;
}

size_t lexer_lookalike(Lexer *lexer, const char *text, size_t length) {
    for (size_t at = 0; at < length; ++at) {
        const Lookalike *found =
            (text[at] & 0x80) != 0 ? lookalike_at(text + at, length - at) : NULL;
        if (found == NULL) {
            continue;
        }
        if (at == 0) {
            return take(lexer, found, text);
        }
        // What comes before is read first, if it is a word or a number by itself.
        bool word = g_ascii_isalpha(text[0]) || text[0] == '_';
        size_t digits = strspn(text, "0123456789");
        bool plain = true;
        for (size_t index = 0; index < at; ++index) {
            plain = plain && (text[index] & 0x80) == 0;
        }
        if (plain && word) {
            lexer_name(lexer, text, at);
            return at;
        }
        if (plain && digits == at && (text[0] != '0' || at == 1)) {
            lexer_push(lexer, TOK_INTEGER, text, at);
            return at;
        }
        return 0;
    }
    return 0;
}

void lexer_curly(Lexer *lexer, const char *text, size_t length) {
    enum { QUOTE = 3 };
    Diagnostics *list = lexer->compilation->diagnostics;
    Arena *arena = lexer->compilation->arena;
    lexer_push(lexer, TOK_STRAY, text, length)->flags |= TOKEN_BROKEN;
    const char *name = arena_printf(arena, "`%.*s`", QUOTE, text);
    const char *like = ((unsigned char)text[2]) >= 0x9C ? "`\"`" : "`'`";
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_LOOKALIKE, span_of(lexer, text, length), name, like, NULL);
    diagnostic_fix(list, diagnostic, FIX_SAFE, span_of(lexer, text, length),
                   arena_printf(arena, "\"%.*s\"", (int)length - 2 * QUOTE, text + QUOTE),
                   "write it in `\"…\"`");
}
