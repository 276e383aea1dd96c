// Contextual keywords: what tells `if` the keyword from `if` the name is what stands around it.

#include "foreign.h"
#include "mistakes.h"

#include <string.h>
#include <strings.h>

/// The tokens behind a word, comments left out, as far as they stand on its line: a token on a
/// later line is TOK_NEWLINE here.
typedef struct Ahead {
    Token *next;
    TokenKind kind;
} Ahead;

static Ahead look(Token *token) {
    bool newline = false;
    Token *next = feed_peek(token, &newline);
    return (Ahead){next, newline ? TOK_NEWLINE : (TokenKind)next->kind};
}

static Ahead look_behind(Ahead ahead) {
    if (ahead.kind == TOK_NEWLINE || ahead.kind == TOK_END) {
        return (Ahead){ahead.next, TOK_NEWLINE};
    }
    return look(ahead.next + 1);
}

static bool is_word(Ahead ahead, TokenKind keyword) {
    return ahead.kind == TOK_NAME && ahead.next->keyword == keyword;
}

/// `name in`, `name, name in`: remembers the place of the `in`.
static bool begins_for(Parser *parser, Ahead ahead) {
    if (ahead.kind != TOK_NAME) {
        return false;
    }
    Ahead second = look_behind(ahead);
    if (second.kind == TOK_COMMA) {
        Ahead third = look_behind(second);
        second = look_behind(third);
        if (third.kind != TOK_NAME) {
            return false;
        }
    }
    if (second.kind == TOK_NAME && second.next->name == parser->of_name->id) {
        Diagnostics *list = parser->compilation->diagnostics;
        Diagnostic *diagnostic = syntax_report(parser, DIAG_FOREIGN_WORD, second.next, "of");
        diagnostic_help(list, diagnostic, "a loop is written `for %s in LIST { … }`",
                        syntax_text(parser, ahead.next));
        diagnostic_fix(list, diagnostic, FIX_SAFE, token_span(parser, second.next), "in",
                       "write `in`");
        second.next->keyword = TOK_IN;
    } else if (!is_word(second, TOK_IN)) {
        return false;
    }
    parser->in_at = second.next;
    parser->expect_name = true;
    parser->levels[parser->depth].for_header = true;
    return true;
}

/// Whether what follows a word at the begin of a member makes it the name of a property.
static bool names_property(Ahead ahead) {
    switch (ahead.kind) {
    case TOK_COLON:
    case TOK_COMMA:
    case TOK_SEMICOLON:
    case TOK_RBRACE:
    case TOK_ASSIGN:
    case TOK_NEWLINE:
    case TOK_END:
        return true;
    case TOK_QUESTION:
        return look_behind(ahead).kind == TOK_COLON;
    default:
        return false;
    }
}

static bool is_string(Ahead ahead) {
    return ahead.kind == TOK_STRING || ahead.kind == TOK_STRING_BEGIN;
}

static bool begins_import(Parser *parser, Ahead ahead) {
    bool begins = ahead.kind == TOK_LBRACE || ahead.kind == TOK_STAR || is_string(ahead) ||
                  (ahead.kind == TOK_NAME && is_word(look_behind(ahead), TOK_FROM));
    parser->importing = begins;
    return begins;
}

/// Whether a word at the begin of a member is the keyword that it may be.
static bool begins_declaration(Parser *parser, const Token *token, Ahead ahead) {
    switch (token->keyword) {
    case TOK_LET:
    case TOK_PARAM:
    case TOK_OUTPUT:
    case TOK_TYPE:
    case TOK_CONSTRUCT:
    case TOK_ATTRIBUTE:
        // Outside of blocks there are no properties: `let =` lacks a name.
        return parser->expect_name =
                   ahead.kind == TOK_NAME || (ahead.kind == TOK_ASSIGN && parser->depth == 0);
    case TOK_FN:
    case TOK_MODULE:
    case TOK_SCHEMA:
        return parser->expect_name = ahead.kind == TOK_NAME;
    case TOK_USE:
        return parser->expect_name = parser->levels[parser->depth].use_header =
                   ahead.kind == TOK_NAME;
    case TOK_EXTEND:
        return ahead.kind == TOK_NAME;
    case TOK_TEST:
        return is_string(ahead);
    case TOK_DEPLOY:
        return is_word(ahead, TOK_PARAM);
    case TOK_EXISTING:
        return ahead.kind == TOK_NAME && look_behind(ahead).kind == TOK_NAME;
    case TOK_IF:
    case TOK_REQUIRE:
    case TOK_EXPECT:
        return !names_property(ahead);
    case TOK_FOR:
        return begins_for(parser, ahead);
    case TOK_ELSE:
        return false; // one that belongs to an `if` is told behind its block
    case TOK_RULE:
        return parser->levels[parser->depth].rule_header = is_string(ahead);
    case TOK_IMPORT:
        return begins_import(parser, ahead);
    default:
        return false;
    }
}

/// A form of another language that begins with `token`: what it is read as, TOK_COMMENT if it is
/// left out, TOK_SKIPPED if all of it is passed over, TOK_COUNT if there is none.
static TokenKind decide_foreign(Parser *parser, ForeignPlace place, Token *token) {
    Foreign foreign = foreign_find(parser, place, token);
    if (foreign.action == FOREIGN_NONE) {
        return TOK_COUNT;
    }
    if (foreign.action != FOREIGN_PASS) {
        parser->next = parser->source->tokens + (foreign.last - parser->source->tokens) + 1;
    }
    if (foreign.action == FOREIGN_READ && place == FOREIGN_STATEMENT) {
        token->keyword = (uint16_t)foreign.kind;
        begins_declaration(parser, token, look(parser->next));
    }
    return foreign.action == FOREIGN_PASS   ? TOK_SKIPPED
           : foreign.action == FOREIGN_DROP ? TOK_COMMENT
                                            : foreign.kind;
}

/// Whether what follows a word that begins a member can only belong to a declaration with a
/// keyword.
static bool needs_keyword(Ahead ahead) {
    bool possible = ahead.kind == TOK_NAME || ahead.kind == TOK_STAR || ahead.kind == TOK_LBRACE ||
                    ahead.kind == TOK_STRING;
    if (!possible) { // nearly always: a property
        return false;
    }
    Ahead second = look_behind(ahead);
    if (ahead.kind == TOK_STAR) {
        return is_word(second, TOK_AS);
    }
    if (ahead.kind == TOK_LBRACE) { // `improt { a } from "…"`
        enum { FARTHEST = 100 };
        Token *token = ahead.next;
        for (unsigned count = 0; token->kind != TOK_RBRACE && token->kind != TOK_END; ++count) {
            bool name = token->kind == TOK_NAME || token->kind == TOK_COMMA || token == ahead.next;
            if (!name || count == FARTHEST) {
                return false;
            }
            ++token;
        }
        return token->kind == TOK_RBRACE && is_word(look(token + 1), TOK_FROM);
    }
    if (ahead.kind == TOK_STRING) { // `tset "…" {`
        return second.kind == TOK_LBRACE;
    }
    if (ahead.kind != TOK_NAME || second.kind == TOK_NEWLINE) {
        return false;
    }
    if (second.kind == TOK_COLON) { // `parm x: string = …`
        Ahead type = look_behind(second);
        return type.kind == TOK_NAME && look_behind(type).kind == TOK_ASSIGN &&
               look_behind(look_behind(type)).kind != TOK_LBRACE;
    }
    return second.kind == TOK_ASSIGN || second.kind == TOK_LPAREN;
}

/// A keyword that is misspelled, or in other case: reported, and made that keyword.
static bool is_misspelled(Parser *parser, Token *token, Ahead ahead) {
    static const uint8_t keywords[] = {TOK_IMPORT, TOK_PARAM,  TOK_LET,  TOK_OUTPUT, TOK_TYPE,
                                       TOK_FN,     TOK_MODULE, TOK_TEST, TOK_RULE};
    if (parser->source->library || !needs_keyword(ahead)) {
        return false;
    }
    const char *word = syntax_text(parser, token);
    Similar similar;
    similar_begin(&similar, word);
    for (size_t index = 0; index < sizeof keywords; ++index) {
        similar_offer(&similar, token_spelling((TokenKind)keywords[index]));
    }
    const char *best = similar_best(&similar);
    if (best == NULL) {
        return false;
    }
    Token plain = *token;
    plain.keyword = names_of(parser->compilation->names, best)->keyword;
    if (!begins_declaration(parser, &plain, ahead)) {
        return false;
    }
    token->keyword = plain.keyword;
    Diagnostics *list = parser->compilation->diagnostics;
    Diagnostic *diagnostic = syntax_report(parser, DIAG_FOREIGN_WORD, token, word);
    bool same = strcasecmp(word, best) == 0;
    diagnostic_help(list, diagnostic,
                    same ? "keywords are written in small letters: `%s`"
                         : "a word with a similar name exists: `%s`",
                    best);
    diagnostic_fix(list, diagnostic, same ? FIX_SAFE : FIX_MAYBE, token_span(parser, token), best,
                   "write `%s`", best);
    return true;
}

/// A keyword that begins no property and no declaration of its own: `for x {`, `test {`, `fn (`.
static bool is_misused(const Parser *parser, const Token *token, Ahead ahead) {
    bool alone = ahead.kind == TOK_NEWLINE || ahead.kind == TOK_END || ahead.kind == TOK_COLON ||
                 ahead.kind == TOK_ASSIGN || ahead.kind == TOK_QUESTION;
    bool file = parser->depth == 0;
    switch (token->keyword) {
    case TOK_FOR:
    case TOK_IF:
    case TOK_ELSE:
        return !alone && ahead.kind != TOK_COMMA && ahead.kind != TOK_RBRACE;
    case TOK_IMPORT:
    case TOK_LET:
    case TOK_PARAM:
    case TOK_OUTPUT:
    case TOK_FN:
    case TOK_MODULE:
    case TOK_TYPE:
    case TOK_TEST:
    case TOK_USE:
    case TOK_RULE:
        return file ? !parser->source->settings
                    : ahead.kind == TOK_NAME && token->keyword == TOK_RULE;
    default:
        return false;
    }
}

static TokenKind decide_at_start(Parser *parser, Token *token) {
    Ahead ahead = look(parser->next);
    if (token->keyword != 0) {
        if (token->keyword == TOK_IMPORT && ahead.kind != TOK_COLON) { // of a package
            TokenKind kind = decide_foreign(parser, FOREIGN_STATEMENT, token);
            if (kind != TOK_COUNT) {
                return kind;
            }
        }
        if (begins_declaration(parser, token, ahead)) {
            return (TokenKind)token->keyword;
        }
        TokenKind kind = ahead.kind == TOK_COLON || ahead.kind == TOK_NEWLINE
                             ? TOK_COUNT
                             : decide_foreign(parser, FOREIGN_STATEMENT, token);
        if (kind != TOK_COUNT) {
            return kind;
        }
    }
    if (token->keyword == 0 && is_misspelled(parser, token, ahead)) {
        return (TokenKind)token->keyword;
    }
    if (is_misused(parser, token, ahead)) {
        mistake_keyword(parser, token);
        return TOK_SKIPPED;
    }
    if (ahead.kind == TOK_NAME) {
        parser->expect_name = true;
        return TOK_KIND;
    }
    return TOK_NAME;
}

/// Keywords that follow an operand, on the same line or in a header that goes on.
static TokenKind decide_behind_operand(Parser *parser, Token *token, bool newline) {
    if (token->keyword == TOK_COUNT && !newline) {
        TokenKind kind = decide_foreign(parser, FOREIGN_OPERATOR, token);
        return kind != TOK_COUNT ? kind : TOK_NAME;
    }
    switch (token->keyword) {
    case TOK_IF:
    case TOK_WHEN:
        return newline && !keyword_continues(parser, token) ? TOK_NAME : (TokenKind)token->keyword;
    case TOK_IS:
    case TOK_AT:
        return newline ? TOK_NAME : (TokenKind)token->keyword;
    case TOK_ELSE:
        return parser->kind == TOK_RBRACE ? TOK_ELSE : TOK_NAME;
    case TOK_AS: {
        const Level *level = &parser->levels[parser->depth];
        parser->expect_name = parser->importing || level->rule_header || level->use_header;
        return parser->expect_name ? TOK_AS : TOK_NAME;
    }
    case TOK_FOR:
        parser->expect_name = parser->levels[parser->depth].rule_header;
        return parser->expect_name ? TOK_FOR : TOK_NAME;
    case TOK_FROM:
        return parser->importing && parser->levels[parser->depth].kind != LEVEL_IMPORT ? TOK_FROM
                                                                                       : TOK_NAME;
    default:
        return TOK_NAME;
    }
}

/// Where a value begins.
static TokenKind decide_value(Parser *parser, Token *token) {
    if (parser->kind == TOK_IS) {
        return TOK_NAME;
    }
    ForeignPlace place = parser->kind == TOK_BANG ? FOREIGN_TAG : FOREIGN_VALUE;
    TokenKind kind = decide_foreign(parser, place, token);
    return kind != TOK_COUNT ? kind : TOK_NAME;
}

TokenKind keyword_decide(Parser *parser, Token *token, bool newline) {
    if (parser->expect_name || parser->kind == TOK_DOT) {
        parser->expect_name = false;
        return TOK_NAME;
    }
    if (token == parser->in_at) {
        parser->in_at = NULL;
        return TOK_IN;
    }
    if (parser->at_start) {
        return decide_at_start(parser, token);
    }
    if (parser->ends) {
        return decide_behind_operand(parser, token, newline);
    }
    switch (token->keyword) {
    case TOK_TRUE:
    case TOK_FALSE:
        return (TokenKind)token->keyword;
    case TOK_FOR:
        if (parser->kind != TOK_LBRACKET || !begins_for(parser, look(parser->next))) {
            return TOK_NAME;
        }
        parser->levels[parser->depth].separated = false;
        return TOK_FOR;
    case TOK_IF: // `else if`
        return parser->kind == TOK_ELSE ? TOK_IF : decide_value(parser, token);
    case TOK_AS: // `import * as`
        parser->expect_name = parser->importing && parser->kind == TOK_STAR;
        return parser->expect_name ? TOK_AS : TOK_NAME;
    case TOK_COUNT: // a word that forms of other languages begin with
        return decide_value(parser, token);
    default:
        return TOK_NAME;
    }
}

bool keyword_continues(const Parser *parser, const Token *token) {
    const Level *level = &parser->levels[parser->depth];
    switch (token->keyword) {
    case TOK_IF:
        return level->for_header;
    case TOK_WHEN:
        return level->rule_header;
    case TOK_FOR:
        return level->rule_header && parser->kind != TOK_FOR;
    case TOK_AS:
        return level->rule_header || level->use_header;
    case TOK_ELSE: {
        if (parser->kind != TOK_RBRACE) {
            return false;
        }
        Ahead ahead = look(parser->source->tokens + (token - parser->source->tokens) + 1);
        // A `{` may even stand on the next line: no member begins with one.
        return ahead.next->kind == TOK_LBRACE || is_word(ahead, TOK_IF);
    }
    default:
        return false;
    }
}
