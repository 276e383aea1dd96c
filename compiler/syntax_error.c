// How syntax errors are told: what was found, what was being read and where that began, and what
// could have stood there.

#include "mistakes.h"

#include <glib.h>
#include <string.h>

Diagnostic *syntax_report(Parser *parser, DiagnosticId id, const Token *token, const char *what) {
    return diagnostic_add(parser->compilation->diagnostics, id, token_span(parser, token), what,
                          NULL);
}

void syntax_too_deep(Parser *parser, uint32_t start, uint32_t end) {
    // Once for each member of the file.
    if (parser->deep == parser->levels[0].member) {
        return;
    }
    parser->deep = parser->levels[0].member;
    Span span = {parser->source->id, start, end};
    diagnostic_add(parser->compilation->diagnostics, DIAG_TOO_DEEP, span,
                   arena_printf(parser->arena, "%d", PARSE_MAX_DEPTH), NULL);
}

const char *syntax_text(const Parser *parser, const Token *token) {
    return arena_strndup(parser->arena, parser->text + token->start,
                         MIN(token->end - token->start, 60U));
}

const char *syntax_describe(const Node *node) {
    switch ((NodeKind)node->kind) {
    case NODE_IMPORT:
        return "an `import`";
    case NODE_PARAM:
        return "a `param`";
    case NODE_LET:
        return "a `let`";
    case NODE_TYPE:
        return "a `type`";
    case NODE_RESOURCE:
        return "a resource";
    case NODE_IF:
        return "an `if`";
    case NODE_FOR:
        return "a `for`";
    case NODE_OUTPUT:
        return "an `output`";
    case NODE_CONSTRUCT:
        return "a `construct`";
    case NODE_FN:
        return "a `fn`";
    case NODE_MODULE:
        return "a `module`";
    case NODE_USE:
        return "a `use`";
    case NODE_TEST:
        return "a `test`";
    case NODE_EXPECT:
        return "an `expect`";
    case NODE_SCHEMA:
        return "a `schema`";
    case NODE_RULE:
        return "a `rule`";
    case NODE_PROPERTY:
        return "a property";
    case NODE_SPREAD:
        return "`...`";
    default:
        return "this";
    }
}

// What was found

static const char *found_text(Parser *parser, const Token *token, TokenKind kind) {
    switch (kind) {
    case TOK_NAME:
    case TOK_KIND:
        return arena_printf(parser->arena, "name `%s`", syntax_text(parser, token));
    case TOK_INTEGER:
    case TOK_DECIMAL:
        return arena_printf(parser->arena, "number `%s`", syntax_text(parser, token));
    case TOK_STRING:
    case TOK_STRING_BEGIN:
        return "string";
    case TOK_INTERPOLATION_END:
        return "`}`";
    case TOK_NEWLINE:
        return "end of the line";
    case TOK_END:
        return "end of the file";
    default:
        return token_wording(kind);
    }
}

// What was being read

/// A member that has begun, as people call it, from its first tokens.
static const char *member_text(Parser *parser, const Token *token, LevelKind level) {
    bool ignored = false;
    Token *first = feed_peek(parser->source->tokens + (token - parser->source->tokens), &ignored);
    if (first->kind == TOK_END || first >= parser->last) {
        return NULL;
    }
    const char *text = syntax_text(parser, first);
    Token *second = first->kind == TOK_END ? first : feed_peek(first + 1, &ignored);
    if (first->kind == TOK_KIND && first->keyword != 0 && first->keyword < TOK_COUNT) {
        return arena_printf(parser->arena, "this `%s`", text);
    }
    if (first->kind == TOK_KIND) {
        return second->kind == TOK_NAME
                   ? arena_printf(parser->arena, "the %s `%s`", text, syntax_text(parser, second))
                   : arena_printf(parser->arena, "the %s", text);
    }
    if (token_class((TokenKind)first->kind) == CLASS_KEYWORD) {
        bool named = second->kind == TOK_NAME && second <= parser->last;
        return named && first->kind != TOK_IF && first->kind != TOK_FOR &&
                       first->kind != TOK_REQUIRE
                   ? arena_printf(parser->arena, "`%s %s`", text, syntax_text(parser, second))
                   : arena_printf(parser->arena, "this `%s`", text);
    }
    bool property =
        (level == LEVEL_BRACES || level == LEVEL_FILE) &&
        (first->kind == TOK_NAME || first->kind == TOK_STRING) &&
        (second->kind == TOK_COLON || second->kind == TOK_QUESTION || second->kind == TOK_ASSIGN);
    if (property) {
        return first->kind == TOK_NAME ? arena_printf(parser->arena, "the property `%s`", text)
                                       : arena_printf(parser->arena, "the property %s", text);
    }
    return NULL;
}

/// Whether braces hold an object and not a block, by what stands before them.
static bool is_object(const Parser *parser, const Level *level) {
    return level->kind == LEVEL_BRACES && level->opener > parser->source->tokens &&
           !feed_ends((TokenKind)level->opener[-1].kind);
}

/// The brackets that a mistake stands in.
static const char *level_text(Parser *parser, const Level *level) {
    switch ((LevelKind)level->kind) {
    case LEVEL_FILE:
        return "the file";
    case LEVEL_BRACES: {
        if (is_object(parser, level)) {
            return "this object";
        }
        const Level *outer = level - 1;
        const char *member = member_text(parser, outer->member, (LevelKind)outer->kind);
        return member != NULL ? arena_printf(parser->arena, "the block of %s", member)
                              : "these braces";
    }
    case LEVEL_IMPORT:
        return "the names of an `import`";
    case LEVEL_LIST:
        return "this list";
    case LEVEL_INDEX:
        return "these brackets";
    case LEVEL_GROUP:
        return "these parentheses";
    case LEVEL_ARGUMENTS:
        return "these arguments";
    case LEVEL_INTERPOLATION:
        return "this `${…}`";
    default:
        return "this";
    }
}

/// Where a mistake stands.
typedef struct Place {
    const Level *level;
    const Token *member; ///< the first token of the member that it is in
    const Token *began;  ///< where what was being read began
    const char *text;    ///< what was being read
    const char *label;   ///< for its begin; NULL: it is the file
} Place;

static Place place_find(Parser *parser) {
    TokenKind kind = (TokenKind)parser->kind;
    bool opens = kind == TOK_LBRACE || kind == TOK_LBRACKET || kind == TOK_LPAREN ||
                 kind == TOK_INTERPOLATION_BEGIN;
    bool closes = kind == TOK_RBRACE || kind == TOK_RBRACKET || kind == TOK_RPAREN ||
                  kind == TOK_INTERPOLATION_END;
    bool separates = kind == TOK_NEWLINE || kind == TOK_COMMA;
    Place place = {
        .level = &parser->levels[opens || closes ? parser->last_depth : parser->depth],
    };
    LevelKind level = (LevelKind)place.level->kind;
    place.member = separates ? parser->ended : place.level->member;
    if (level == LEVEL_FILE || level == LEVEL_BRACES) {
        place.text = member_text(parser, place.member, level);
    }
    if (place.text != NULL) {
        place.began = place.member;
        place.label = arena_printf(parser->arena, "%s begins here", place.text);
        return place;
    }
    place.began = place.level->opener;
    place.text = level_text(parser, place.level);
    place.label = level == LEVEL_FILE ? NULL : "opened here";
    return place;
}

// What could have stood there

typedef struct Expected {
    bool kinds[TOK_COUNT];
    const char *wordings[4];
    unsigned count;
} Expected;

static void expect(Expected *expected, const char *wording) {
    if (expected->count < G_N_ELEMENTS(expected->wordings)) {
        expected->wordings[expected->count++] = wording;
    }
}

/// Single tokens, the likeliest first. Operators are left out: they could stand nearly anywhere.
static void expect_tokens(Expected *expected) {
    static const uint8_t likely[] = {
        TOK_COLON,  TOK_ASSIGN,   TOK_IN,     TOK_FROM,   TOK_AS,
        TOK_LBRACE, TOK_RBRACKET, TOK_RPAREN, TOK_RBRACE, TOK_INTERPOLATION_END,
    };
    const bool *has = expected->kinds;
    bool head = has[TOK_COLON] && has[TOK_LBRACE]; // of a resource
    for (size_t index = 0; index < G_N_ELEMENTS(likely); ++index) {
        TokenKind kind = (TokenKind)likely[index];
        bool closes = kind == TOK_RBRACKET || kind == TOK_RBRACE;
        if (has[kind] && !(closes && has[TOK_NEWLINE]) && !(head && kind == TOK_ASSIGN)) {
            expect(expected, token_wording(kind));
        }
    }
    if (has[TOK_STAR] && has[TOK_LBRACE]) { // of an `import`
        expect(expected, token_wording(TOK_STAR));
    }
}

/// Behind a complete value nearly everything is possible; what is likely follows from where it is.
static void expect_behind_value(const Parser *parser, Expected *expected, const Place *place) {
    switch ((LevelKind)place->level->kind) {
    case LEVEL_LIST:
        expect(expected, token_wording(TOK_COMMA));
        expect(expected, token_wording(TOK_RBRACKET));
        break;
    case LEVEL_INDEX:
        expect(expected, token_wording(TOK_RBRACKET));
        break;
    case LEVEL_ARGUMENTS:
        expect(expected, token_wording(TOK_COMMA));
        expect(expected, token_wording(TOK_RPAREN));
        break;
    case LEVEL_GROUP:
        expect(expected, token_wording(TOK_RPAREN));
        break;
    case LEVEL_INTERPOLATION:
        expect(expected, token_wording(TOK_INTERPOLATION_END));
        break;
    default: {
        TokenKind first = (TokenKind)place->member->kind;
        if (first == TOK_RULE && expected->kinds[TOK_WHEN]) {
            if (expected->kinds[TOK_AS]) {
                expect(expected, token_wording(TOK_AS));
            }
            expect(expected, token_wording(TOK_WHEN));
            expect(expected, token_wording(TOK_LBRACE));
            break;
        }
        bool header = parser->kind != TOK_LBRACE &&
                      (first == TOK_IF || first == TOK_FOR || first == TOK_ELSE);
        if (header && is_object(parser, place->level)) { // `{for k, v in m: [k]: v`
            expect(expected, token_wording(TOK_RBRACE));
            break;
        }
        expect(expected, header ? token_wording(TOK_LBRACE) : "the end of the line");
        if (!header) {
            expect(expected, token_wording(TOK_COMMA));
        }
    }
    }
}

/// A whole class of tokens, by the ones that only it has. False if it is none.
static bool expect_class(Expected *expected) {
    const bool *has = expected->kinds;
    if (has[TOK_BANG] && has[TOK_INTEGER]) {
        expect(expected, "a value");
    } else if (has[TOK_PIPE] && has[TOK_INTEGER]) {
        expect(expected, "a type");
    } else if (has[TOK_LET] && has[TOK_KIND]) {
        expect(expected, has[TOK_RBRACE] ? "a property or a declaration" : "a declaration");
    } else if (has[TOK_RULE] && has[TOK_ATTRIBUTE]) {
        expect(expected, "a property (`name: TYPE`), an `attribute`, a `rule` or a clause");
    } else if (has[TOK_REQUIRE]) {
        expect(expected, "`require`");
    } else {
        return false;
    }
    return true;
}

static void expect_all(const Parser *parser, Expected *expected, const Place *place) {
    const bool *has = expected->kinds;
    if (expect_class(expected)) {
        return;
    }
    if (has[TOK_PLUS] && has[TOK_DOT]) {
        expect_behind_value(parser, expected, place);
        return;
    }
    if (has[TOK_NAME]) {
        expect(expected, "a name");
    } else if (has[TOK_STRING]) {
        expect(expected, "a string");
    }
    expect_tokens(expected);
    if (has[TOK_NEWLINE]) {
        expect(expected, "the end of the line");
    }
    if (has[TOK_COMMA]) {
        expect(expected, token_wording(TOK_COMMA));
    }
}

// What is known of the mistake itself

/// `location: X {`: a resource without a name or without a kind. False if it is something else.
static bool help_resource(Parser *parser, Diagnostic *diagnostic, const Place *place) {
    const Token *first = place->member;
    Diagnostics *list = parser->compilation->diagnostics;
    bool unnamed = parser->kind == TOK_LBRACE && first->kind == TOK_NAME &&
                   first[1].kind == TOK_COLON && first[2].kind == TOK_NAME &&
                   first + 3 == parser->last;
    if (unnamed) {
        diagnostic_help(list, diagnostic, "a resource has a kind and a name: `KIND NAME: %s { … }`",
                        syntax_text(parser, first + 2));
        return true;
    }
    bool assigned = parser->kind == TOK_LBRACE && first->kind == TOK_KIND &&
                    first[1].kind == TOK_NAME && first[2].kind == TOK_ASSIGN &&
                    first + 4 == parser->last;
    if (assigned) {
        diagnostic_help(list, diagnostic, "a resource is written `%s %s: %s { … }`",
                        syntax_text(parser, first), syntax_text(parser, first + 1),
                        syntax_text(parser, first + 3));
        return true;
    }
    bool quoted = parser->kind == TOK_STRING && first->kind == TOK_NAME &&
                  first + 1 == parser->last &&
                  (first[2].kind == TOK_LBRACE || first[2].kind == TOK_COLON);
    if (quoted) {
        diagnostic_help(list, diagnostic, "the name of a resource has no quotes: `%s NAME { … }`",
                        syntax_text(parser, first));
    }
    return quoted;
}

/// `my-name`: a dash right behind a name that is declared or given a value.
static bool help_dash(Parser *parser, Diagnostic *diagnostic, const Place *place) {
    const Token *dash = parser->last;
    if (parser->kind != TOK_MINUS || dash == parser->source->tokens || dash[-1].kind != TOK_NAME ||
        dash[-1].end != dash->start) {
        return false;
    }
    bool head = place->member->kind == TOK_KIND && place->member + 2 == dash;
    if (!head && place->member + 1 != dash) {
        return false;
    }
    diagnostic_help(parser->compilation->diagnostics, diagnostic,
                    head ? "names are made of the letters A to Z, digits and `_`"
                         : "names are made of the letters A to Z, digits and `_`; any other text "
                           "stands in quotes");
    return true;
}

/// Operators that other languages write otherwise.
static bool help_operator(Parser *parser, Diagnostic *diagnostic, const Place *place) {
    static const struct {
        const char *word;
        const char *instead;
    } words[] = {{"and", "&&"}, {"or", "||"}, {"not", "!"}, {"|", "||"}, {"=", "=="}};
    const Token *found = parser->last;
    bool condition = place->member->kind == TOK_IF || place->member->keyword == TOK_IF;
    if (parser->virtual || (found->kind == TOK_ASSIGN && !condition)) {
        return false;
    }
    for (unsigned index = 0; index < G_N_ELEMENTS(words); ++index) {
        // `not x`: what is unexpected is the `x`.
        const Token *token = strcmp(words[index].word, "not") == 0 ? found - 1 : found;
        if (token < place->member || strcmp(syntax_text(parser, token), words[index].word) != 0) {
            continue;
        }
        diagnostic_help(parser->compilation->diagnostics, diagnostic,
                        "the operator is written `%s`", words[index].instead);
        diagnostic_fix(parser->compilation->diagnostics, diagnostic, FIX_MAYBE,
                       token_span(parser, token), words[index].instead, "write `%s`",
                       words[index].instead);
        return true;
    }
    return false;
}

/// A `,` between two members or elements of one line, which nothing separates.
static void fix_separator(Parser *parser, Diagnostic *diagnostic, const Place *place) {
    const Token *found = parser->last;
    // Two words in a row may be anything: a comprehension, an operator of another language.
    bool words = parser->kind == TOK_NAME && parser->before->kind == TOK_NAME;
    bool listed =
        (place->level->kind == LEVEL_LIST || place->level->kind == LEVEL_ARGUMENTS) && !words;
    bool member = place->level->kind == LEVEL_BRACES && found[1].kind == TOK_COLON;
    bool named = parser->kind == TOK_NAME || parser->kind == TOK_STRING;
    if (parser->virtual || !named || !(listed || member)) {
        return;
    }
    Span span = {parser->source->id, parser->before->end, parser->before->end};
    diagnostic_fix(parser->compilation->diagnostics, diagnostic, FIX_MAYBE, span, ",",
                   "separate them with `,`");
}

/// Whether the mistake stands in the head of a declaration, and not in a value or type in it.
static bool in_head(const Parser *parser, const Expected *expected, const Place *place) {
    const bool *has = expected->kinds;
    bool block = has[TOK_LBRACE] && !has[TOK_INTEGER];
    bool name = has[TOK_NAME] && !has[TOK_INTEGER] && !has[TOK_LBRACKET];
    bool mark = has[TOK_ASSIGN] || has[TOK_COLON] || has[TOK_FROM] || has[TOK_AS] ||
                (has[TOK_LPAREN] && !has[TOK_DOT]);
    bool string = has[TOK_STRING] && !has[TOK_INTEGER];
    LevelKind level = (LevelKind)place->level->kind;
    return (level == LEVEL_FILE || level == LEVEL_BRACES) && place->began == place->member &&
           parser->last != place->member && (block || name || mark || string);
}

static void help_expectation(Parser *parser, Diagnostic *diagnostic, const Expected *expected) {
    GString *text = g_string_new("expected ");
    for (unsigned index = 0; index < expected->count; ++index) {
        const char *before = index == 0 ? "" : index + 1 == expected->count ? " or " : ", ";
        g_string_append_printf(text, "%s%s", before, expected->wordings[index]);
    }
    diagnostic_help(parser->compilation->diagnostics, diagnostic, "%s", text->str);
    g_string_free(text, TRUE);
}

static void help_expected(Parser *parser, Diagnostic *diagnostic, const TokenKind *kinds,
                          unsigned count, const Place *place) {
    if (help_resource(parser, diagnostic, place) || help_dash(parser, diagnostic, place)) {
        return;
    }
    Expected expected = {0};
    for (unsigned index = 0; index < count; ++index) {
        if (kinds[index] < TOK_COUNT) {
            expected.kinds[kinds[index]] = true;
        }
    }
    bool value_before = expected.kinds[TOK_PLUS] && expected.kinds[TOK_DOT];
    if (value_before && help_operator(parser, diagnostic, place)) {
        return;
    }
    if (value_before) {
        fix_separator(parser, diagnostic, place);
    }
    expect_all(parser, &expected, place);
    if (expected.count == 0 && expected.kinds[TOK_LBRACKET]) {
        diagnostic_help(parser->compilation->diagnostics, diagnostic,
                        "a map is made with its key in brackets: `{for k, v in map: [k]: v}`");
        return;
    }
    bool head = in_head(parser, &expected, place);
    if (expected.count > 0) {
        help_expectation(parser, diagnostic, &expected);
    }
    if (head) {
        mistake_help_form(parser, diagnostic, place->member);
    }
}

/// `AWS::SNS::Topic` without quotes: the last token is the first of its colons.
static bool unquoted_type(Parser *parser) {
    const Token *colon = parser->last;
    const Token *name = colon - 1;
    const char *text = parser->text;
    if (colon->kind != TOK_COLON || text[colon->end] != ':' || name->kind != TOK_NAME ||
        name->end != colon->start) {
        return false;
    }
    Span span = {parser->source->id, name->start, colon->end};
    while (g_ascii_isalnum(text[span.end]) || text[span.end] == ':' || text[span.end] == '_') {
        ++span.end;
    }
    const char *type = arena_strndup(parser->arena, text + span.start, span.end - span.start);
    Diagnostics *list = parser->compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_UNQUOTED_TYPE, span, type, NULL);
    diagnostic_fix(list, diagnostic, FIX_SAFE, span, arena_printf(parser->arena, "\"%s\"", type),
                   "put it in quotes");
    return true;
}

void syntax_separator(Parser *parser, const Token *before, const Token *token) {
    Diagnostics *list = parser->compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_MISSING_COMMA, token_span(parser, before),
                       syntax_text(parser, before), syntax_text(parser, token), NULL);
    Span span = {parser->source->id, before->end, before->end};
    diagnostic_fix(list, diagnostic, FIX_SAFE, span, ",", "add `,`");
}

/// Mistakes that have a message of their own. True if one was reported.
static bool known_mistake(Parser *parser, const Place *place, const TokenKind *kinds,
                          unsigned count) {
    const Token *last = parser->last;
    if (last == parser->source->tokens || parser->virtual) {
        return false;
    }
    bool could[TOK_COUNT] = {false};
    for (unsigned index = 0; index < count; ++index) {
        could[kinds[index] < TOK_COUNT ? kinds[index] : TOK_END] = true;
    }
    return unquoted_type(parser) || mistake_report(parser, place->member, could);
}

/// Whether the mistake stands in an interpolation that is not closed: it may have swallowed more
/// than was meant.
static bool in_broken_interpolation(const Parser *parser) {
    for (unsigned depth = parser->depth; depth > 0; --depth) {
        const Level *level = &parser->levels[depth];
        if (level->kind == LEVEL_INTERPOLATION && (level->opener->flags & TOKEN_BROKEN) != 0) {
            return true;
        }
    }
    return false;
}

void syntax_error(Parser *parser, const TokenKind *kinds, unsigned count) {
    const Token *token = parser->last;
    TokenKind kind = (TokenKind)parser->kind;
    // What has its diagnostic already, or is a consequence of what has.
    bool after_broken = !parser->virtual && token > parser->source->tokens &&
                        (token[-1].flags & TOKEN_BROKEN) != 0;
    bool told = (kind != TOK_NEWLINE && (token->flags & TOKEN_BROKEN) != 0) || after_broken ||
                (parser->before->flags & TOKEN_BROKEN) != 0 ||
                (token == parser->reported && kind == parser->reported_kind);
    parser->reported = token;
    parser->reported_kind = (uint8_t)kind;
    if (told || in_broken_interpolation(parser)) {
        return;
    }
    Place place = place_find(parser);
    if (known_mistake(parser, &place, kinds, count)) {
        return;
    }
    Span span = token_span(parser, token);
    if (kind == TOK_NEWLINE || kind == TOK_END) {
        // Points at the end of what stands there, not at the next line.
        span.start = parser->before->end;
        span.end = span.start;
    }
    Diagnostic *diagnostic = diagnostic_add(parser->compilation->diagnostics, DIAG_SYNTAX, span,
                                            found_text(parser, token, kind), place.text, NULL);
    if (place.label != NULL && place.began != token) {
        diagnostic_label(parser->compilation->diagnostics, diagnostic,
                         token_span(parser, place.began), "%s", place.label);
    }
    help_expected(parser, diagnostic, kinds, count, &place);
}
