// Forms of other languages: finds the row of foreign.def that fits, and tells it.

#include "foreign.h"

#include <glib.h>
#include <string.h>

typedef enum What { WHAT_FORM, WHAT_WORD, WHAT_OPERATOR } What;

typedef struct Row {
    ForeignPlace place;
    TokenKind action; // ACTION_PASS, ACTION_DROP, or what the words are read as
    What what;
    const char *language;
    const char *pattern;
    const char *help;
    const char *mended;
} Row;

enum { ACTION_PASS = TOK_SKIPPED, ACTION_DROP = TOK_COMMENT };

// The names that the table uses for what to do.
#define ACTION_LET  TOK_LET
#define ACTION_FOR  TOK_FOR
#define ACTION_AND  TOK_AND
#define ACTION_OR   TOK_OR
#define ACTION_BANG TOK_BANG

static const Row rows[] = {
#define FOREIGN(place, action, what, language, pattern, help, mended)                              \
    {FOREIGN_##place, (TokenKind)ACTION_##action, WHAT_##what, language, pattern, help, mended},
#include "foreign.def"
#undef FOREIGN
};

/// What the pattern of a row matched.
typedef struct Match {
    Parser *parser;
    const Token *first;
    const Token *last;     // of what it is about
    const Token *names[2]; // NAME and TEXT, in their order
    unsigned name_count;
    const Token *name;
    const Token *text;
    const Token *dotted; // the first token …
    const Token *dotted_end;
} Match;

// Matching

static const Token *next_token(const Parser *parser, const Token *token) {
    bool ignored = false;
    Token *from = parser->source->tokens + (token - parser->source->tokens);
    return token->kind == TOK_END ? token : feed_peek(from + 1, &ignored);
}

static bool has_text(const Parser *parser, const Token *token, const char *text, size_t length) {
    return token->end - token->start == length &&
           memcmp(parser->text + token->start, text, length) == 0;
}

static void keep(Match *match, const Token *token) {
    if (match->name_count < G_N_ELEMENTS(match->names)) {
        match->names[match->name_count++] = token;
    }
}

static bool is_class(const char *text, size_t length, const char *class) {
    return strlen(class) == length && memcmp(text, class, length) == 0;
}

/// `"@scope/name"`, and what programs for the CDK import otherwise.
static bool is_package(const Parser *parser, const Token *token) {
    static const char *const packages[] = {"aws-cdk-lib", "constructs", "aws-cdk", "path",
                                           "fs",          "process",    "os",      "node:"};
    if (token->kind != TOK_STRING) {
        return false;
    }
    const char *text = parser->text + token->start + 1;
    size_t length = token->end - token->start - 2;
    for (size_t index = 0; index < G_N_ELEMENTS(packages); ++index) {
        size_t size = strlen(packages[index]);
        bool begins = length >= size && memcmp(text, packages[index], size) == 0;
        if (begins && (length == size || text[size] == '/' || text[size - 1] == ':')) {
            return true;
        }
    }
    return length > 2 && text[0] == '@';
}

/// The `}` that belongs to the `{` at `token`, if all that stands between are names; else NULL.
static const Token *closing_brace(const Parser *parser, const Token *token) {
    bool names = token->kind == TOK_LBRACE;
    while (names) {
        token = next_token(parser, token);
        if (token->kind == TOK_RBRACE) {
            return token;
        }
        names = token->kind == TOK_NAME || token->kind == TOK_COMMA || token->kind == TOK_COLON;
    }
    return NULL;
}

/// Matches one alternative; returns the last token of it, NULL if it does not fit.
static const Token *match_one(Match *match, const Token *token, const char *text, size_t length) {
    Parser *parser = match->parser;
    if (is_class(text, length, "NAME")) {
        if (token->kind != TOK_NAME) {
            return NULL;
        }
        match->name = match->name != NULL ? match->name : token;
        keep(match, token);
        return token;
    }
    if (is_class(text, length, "TEXT")) {
        if (token->kind != TOK_STRING) {
            return NULL;
        }
        match->text = match->text != NULL ? match->text : token;
        keep(match, token);
        return token;
    }
    if (is_class(text, length, "PACKAGE")) {
        return is_package(parser, token) ? token : NULL;
    }
    if (is_class(text, length, "{}")) {
        return closing_brace(parser, token);
    }
    if (is_class(text, length, "NUMBER")) {
        return token->kind == TOK_INTEGER || token->kind == TOK_DECIMAL ? token : NULL;
    }
    if (is_class(text, length, "DOTTED")) {
        if (token->kind != TOK_NAME) {
            return NULL;
        }
        match->dotted = token;
        for (;;) {
            const Token *dot = next_token(parser, token);
            const Token *name = next_token(parser, dot);
            if (dot->kind != TOK_DOT || name->kind != TOK_NAME) {
                break;
            }
            token = name;
        }
        match->dotted_end = token;
        return token;
    }
    return has_text(parser, token, text, length) ? token : NULL;
}

static const Token *match_element(Match *match, const Token *token, const char *text,
                                  size_t length) {
    const char *end = text + length;
    while (text < end) {
        const char *bar = memchr(text, '|', (size_t)(end - text));
        const char *stop = bar != NULL ? bar : end;
        const Token *last = match_one(match, token, text, (size_t)(stop - text));
        if (last != NULL) {
            return last;
        }
        text = stop + 1;
    }
    return NULL;
}

static bool matches(Match *match, const char *pattern) {
    const Token *token = match->first;
    bool ahead = false;
    for (bool begin = true;; begin = false) {
        size_t length = strcspn(pattern, " ");
        if (is_class(pattern, length, ">")) {
            ahead = true;
        } else {
            // Words stand on one line; only behind brackets and commas a new one may begin.
            token = begin ? token : next_token(match->parser, token);
            bool apart = (token->flags & TOKEN_NEWLINE_BEFORE) != 0 && !begin &&
                         token[-1].kind != TOK_LPAREN && token[-1].kind != TOK_COMMA &&
                         token[-1].kind != TOK_LBRACE;
            token = apart ? NULL : match_element(match, token, pattern, length);
            if (token == NULL) {
                return false;
            }
            match->last = ahead ? match->last : token;
        }
        if (pattern[length] == '\0') {
            return true;
        }
        pattern += length + 1;
    }
}

static const Row *find_row(Match *match, ForeignPlace place) {
    const Token *first = match->first;
    for (size_t index = 0; index < G_N_ELEMENTS(rows); ++index) {
        const Row *row = &rows[index];
        if (row->place != place) {
            continue;
        }
        *match = (Match){.parser = match->parser, .first = first};
        if (matches(match, row->pattern)) {
            return row;
        }
    }
    return NULL;
}

// Telling

static void append_token(GString *out, const Parser *parser, const Token *token) {
    g_string_append_len(out, parser->text + token->start, token->end - token->start);
}

/// A name, or the text of a string as one: what is no part of a name is left out.
static void append_name(GString *out, const Parser *parser, const Token *token) {
    if (token == NULL) {
        g_string_append(out, "NAME");
        return;
    }
    gsize before = out->len;
    for (uint32_t at = token->start; at < token->end; ++at) {
        char c = parser->text[at];
        bool first = out->len == before;
        if (g_ascii_isalpha(c) || c == '_' || (g_ascii_isdigit(c) && !first)) {
            g_string_append_c(out, c);
        }
    }
    if (out->len == before) {
        g_string_append(out, "NAME");
    }
}

static void append_small(GString *out, const Parser *parser, const Token *token) {
    gsize before = out->len;
    append_name(out, parser, token);
    if (token != NULL) {
        out->str[before] = g_ascii_tolower(out->str[before]);
    }
}

/// `kind hot: Type` of `new Kind.Type(this, "hot", …)`.
static void append_head(GString *out, const Match *match) {
    const Parser *parser = match->parser;
    const Token *type = match->dotted_end;
    const Token *kind = match->dotted;
    // `lib.Kind.Type`: the last two words count.
    while (kind != type && next_token(parser, next_token(parser, kind)) != type) {
        kind = next_token(parser, next_token(parser, kind));
    }
    append_small(out, parser, kind);
    g_string_append_c(out, ' ');
    append_small(out, parser,
                 match->name != NULL && match->name < match->dotted ? match->name : match->text);
    if (kind != type) {
        g_string_append(out, ": ");
        append_token(out, parser, type);
    }
}

/// The last object of what ends before `end`, which is not inside of another.
static void append_body(GString *out, const Match *match, const Token *end) {
    const Token *closer = end;
    while (closer > match->first && closer->kind != TOK_RBRACE) {
        --closer;
    }
    const Token *opener = closer;
    for (unsigned depth = 0; opener > match->first; --opener) {
        depth += opener->kind == TOK_RBRACE;
        depth -= opener->kind == TOK_LBRACE;
        if (depth == 0) {
            break;
        }
    }
    if (closer->kind == TOK_RBRACE && opener->kind == TOK_LBRACE) {
        g_string_append_len(out, match->parser->text + opener->start, closer->end - opener->start);
    } else {
        g_string_append(out, "{}");
    }
}

static void append_part(GString *out, const Match *match, char part, const Token *end) {
    const Parser *parser = match->parser;
    const Token *text = match->text;
    switch (part) {
    case 'n':
        append_name(out, parser, match->name);
        break;
    case 'c':
        append_small(out, parser, match->name);
        break;
    case 't':
        if (text != NULL) {
            g_string_append_len(out, parser->text + text->start + 1, text->end - text->start - 2);
        }
        break;
    case '2':
        append_name(out, parser, match->names[1]);
        break;
    case 'd':
        if (match->dotted != NULL) {
            g_string_append_len(out, parser->text + match->dotted->start,
                                match->dotted_end->end - match->dotted->start);
        }
        break;
    case 'r':
        append_head(out, match);
        break;
    default:
        append_body(out, match, end);
    }
}

/// The text of a row with `{n}` and the like filled in; `end` is the last token of the form.
static const char *fill(const Match *match, const char *text, const Token *end) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *at = text; *at != '\0'; ++at) {
        if (at[0] == '{' && at[1] != '\0' && strchr("nct2drb", at[1]) != NULL && at[2] == '}') {
            append_part(out, match, at[1], end);
            at += 2;
        } else {
            g_string_append_c(out, *at);
        }
    }
    return arena_strndup(match->parser->arena, out->str, out->len);
}

static const char *shown(const Match *match) {
    enum { LONGEST = 80 };
    Parser *parser = match->parser;
    uint32_t start = match->first->start;
    uint32_t length = match->last->end - start;
    TokenKind kind = (TokenKind)match->last->kind;
    const char *end =
        kind == TOK_LPAREN   ? "…)"
        : kind == TOK_LBRACE ? " … }"
        : kind == TOK_ASSIGN || kind == TOK_COLON || kind == TOK_STRAY || kind == TOK_COMMA ? " …"
                                                                                            : "";
    // An opening parenthesis has its closing one behind what is shown.
    for (const Token *token = match->first; token < match->last; ++token) {
        if (token->kind == TOK_LPAREN) {
            length = token->end - start;
            end = "…)";
            break;
        }
    }
    if (length > LONGEST || memchr(parser->text + start, '\n', length) != NULL) {
        const Token *last = match->dotted_end != NULL ? match->dotted_end : match->first;
        length = MIN(last->end - start, (uint32_t)LONGEST);
        end = "…";
    }
    return arena_printf(parser->arena, "%.*s%s", (int)length, parser->text + start, end);
}

/// The end of the line that `whole` is all of, the end of `whole` if it is not.
static uint32_t end_of_line(const Parser *parser, Span whole) {
    const char *text = parser->text;
    uint32_t end = whole.end;
    while (text[end] == ' ' || text[end] == '\t') {
        ++end;
    }
    end += text[end] == '\r';
    bool alone = (whole.start == 0 || text[whole.start - 1] == '\n') && text[end] == '\n';
    return alone ? end + 1 : whole.end;
}

static void report(Match *match, const Row *row) {
    static const DiagnosticId ids[] = {
        [WHAT_FORM] = DIAG_FOREIGN_FORM,
        [WHAT_WORD] = DIAG_FOREIGN_WORD,
        [WHAT_OPERATOR] = DIAG_FOREIGN_OPERATOR,
    };
    Parser *parser = match->parser;
    Diagnostics *list = parser->compilation->diagnostics;
    bool tagged = row->place == FOREIGN_TAG;
    Span span = {parser->source->id, tagged ? parser->last->start : match->first->start,
                 match->last->end};
    const char *what = shown(match);
    what = tagged ? arena_printf(parser->arena, "!%s", what) : what;
    Diagnostic *diagnostic = diagnostic_add(list, ids[row->what], span, what, row->language, NULL);
    if (row->help != NULL) {
        diagnostic_help(list, diagnostic, "%s", fill(match, row->help, match->last));
    }
    if (row->mended == NULL) {
        return;
    }
    const Token *end = match->last;
    const Token *stop = end;
    bool pass = (int)row->action == ACTION_PASS;
    if (pass) {
        end = feed_end_of(parser, match->first);
        const Token *semicolon = next_token(parser, end);
        stop = semicolon->kind == TOK_SEMICOLON ? semicolon : end;
    }
    bool safe = row->mended[0] == '!';
    const char *text = fill(match, row->mended + safe, end);
    Span whole = {span.file, span.start, stop->end};
    if (row->action == TOK_BANG || (*text == '\0' && !pass)) { // the blank behind it goes too
        whole.end = next_token(parser, end)->start;
    }
    if (*text == '\0' && pass) {
        whole.end = end_of_line(parser, whole);
    }
    parser->fixed = row->place == FOREIGN_STATEMENT && !pass ? match->first : NULL;
    if (*text == '\0') {
        parser->fix = diagnostic_fix(list, diagnostic, safe ? FIX_SAFE : FIX_MAYBE, whole, text,
                                     "remove `%s`", what);
        return;
    }
    const char *brace = strchr(text, '{');
    parser->fix =
        diagnostic_fix(list, diagnostic, safe ? FIX_SAFE : FIX_MAYBE, whole, text, "write `%.*s%s`",
                       (int)(brace != NULL ? (size_t)(brace - text) : strlen(text)), text,
                       brace != NULL ? "{ … }" : "");
}

Foreign foreign_find(Parser *parser, ForeignPlace place, const Token *token) {
    Match match = {.parser = parser, .first = token};
    const Row *row = parser->source->library ? NULL : find_row(&match, place);
    if (row == NULL || match.last == NULL) {
        return (Foreign){FOREIGN_NONE, TOK_NAME, NULL};
    }
    parser->words_end = (int)row->action == ACTION_PASS ? match.last : NULL;
    report(&match, row);
    ForeignAction action = (int)row->action == ACTION_PASS   ? FOREIGN_PASS
                           : (int)row->action == ACTION_DROP ? FOREIGN_DROP
                                                             : FOREIGN_READ;
    return (Foreign){action, row->action, match.last};
}
