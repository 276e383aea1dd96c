// Between the tokens and the grammar: leaves comments out, puts the line ends in that separate
// members, tells keywords from names, keeps track of the brackets, and finds the place to go on
// after a syntax error. It reads each token once and looks a few tokens ahead.

#include "parser.h"

enum { ENDS = 1, CONTINUES = 2, OPENS = 4, CLOSES = 8, BEGINS = 16 };

static const uint8_t traits[TOK_COUNT] = {
    [TOK_END] = CONTINUES,
    [TOK_NAME] = ENDS | BEGINS,
    [TOK_INTEGER] = ENDS | BEGINS,
    [TOK_DECIMAL] = ENDS | BEGINS,
    [TOK_STRING] = ENDS | BEGINS,
    [TOK_STRING_BEGIN] = BEGINS,
    [TOK_STRING_END] = ENDS,
    [TOK_INTERPOLATION_BEGIN] = OPENS,
    [TOK_INTERPOLATION_END] = CLOSES | CONTINUES,
    [TOK_STRAY] = ENDS,
    [TOK_SKIPPED] = ENDS,
    [TOK_LBRACE] = OPENS | BEGINS,
    [TOK_RBRACE] = ENDS | CONTINUES | CLOSES,
    [TOK_LBRACKET] = OPENS,
    [TOK_RBRACKET] = ENDS | CONTINUES | CLOSES,
    [TOK_LPAREN] = OPENS,
    [TOK_RPAREN] = ENDS | CONTINUES | CLOSES,
    [TOK_COMMA] = CONTINUES,
    [TOK_COLON] = CONTINUES,
    [TOK_DOT] = CONTINUES,
    [TOK_ASSIGN] = CONTINUES,
    [TOK_PIPE] = CONTINUES,
    [TOK_QUESTION] = CONTINUES,
    [TOK_COALESCE] = CONTINUES,
    [TOK_OR] = CONTINUES,
    [TOK_AND] = CONTINUES,
    [TOK_EQ] = CONTINUES,
    [TOK_NE] = CONTINUES,
    [TOK_LT] = CONTINUES,
    [TOK_LE] = CONTINUES,
    [TOK_GT] = CONTINUES,
    [TOK_GE] = CONTINUES,
    [TOK_PLUS] = CONTINUES,
    [TOK_STAR] = CONTINUES,
    [TOK_SLASH] = CONTINUES,
    [TOK_PERCENT] = CONTINUES,
    [TOK_TRUE] = ENDS,
    [TOK_FALSE] = ENDS,
};

bool feed_ends(TokenKind kind) {
    return (traits[kind] & ENDS) != 0;
}

bool feed_continues(TokenKind kind) {
    return (traits[kind] & CONTINUES) != 0;
}

static bool is_trivia(const Token *token) {
    return token->kind == TOK_COMMENT || token->kind == TOK_DOC;
}

Token *feed_peek(Token *token, bool *newline) {
    unsigned flags = token->flags;
    while (is_trivia(token)) {
        flags |= (++token)->flags;
    }
    *newline = (flags & TOKEN_NEWLINE_BEFORE) != 0;
    return token;
}

void feed_begin(Parser *parser) {
    Source *source = parser->source;
    parser->next = source->tokens;
    parser->stop = source->tokens + source->token_count - 1;
    parser->last = source->tokens;
    parser->kind = TOK_NEWLINE;
    parser->at_start = true;
    parser->levels[0] = (Level){
        .kind = LEVEL_FILE, .separated = true, .opener = source->tokens, .member = source->tokens};
    parser->repair = brackets_check(parser);
    parser->repair_at = parser->repair->at;
    source->repairs = parser->repair;
}

static Level *level_of(Parser *parser) {
    return &parser->levels[parser->depth];
}

// Levels

static LevelKind level_kind(const Parser *parser, TokenKind opener) {
    switch (opener) {
    case TOK_LBRACE:
        return parser->importing ? LEVEL_IMPORT : LEVEL_BRACES;
    case TOK_LBRACKET:
        return parser->ends || parser->at_start ? LEVEL_INDEX : LEVEL_LIST;
    case TOK_LPAREN:
        return parser->ends || parser->decorating ? LEVEL_ARGUMENTS : LEVEL_GROUP;
    default:
        return LEVEL_INTERPOLATION;
    }
}

static void level_push(Parser *parser, TokenKind kind, const Token *token) {
    Level *outer = level_of(parser);
    LevelKind level = level_kind(parser, kind);
    if (kind == TOK_LBRACE) {
        outer->for_header = false;
        outer->rule_header = false;
        outer->use_header = false;
    }
    // There is room: brackets_check keeps them below the limit.
    parser->levels[++parser->depth] = (Level){
        .kind = (uint8_t)level,
        .separated = level == LEVEL_BRACES || level == LEVEL_IMPORT || level == LEVEL_LIST,
        .decorator = kind == TOK_LPAREN && parser->decorating,
        .opener = token,
        .member = token + 1,
    };
    parser->decorating = false;
    parser->ends = false;
    parser->at_start = level == LEVEL_BRACES;
}

static void operators_forget(Parser *parser, Level *level) {
    parser->operators -= level->operators;
    level->operators = 0;
}

static void level_pop(Parser *parser) {
    Level *level = level_of(parser);
    operators_forget(parser, level);
    bool decorator = level->decorator;
    // Recovery may have passed over the level that the grammar closes now.
    parser->depth -= parser->depth > 0;
    parser->at_start = decorator;
    parser->ends = !decorator;
}

static void member_end(Parser *parser) {
    Level *level = level_of(parser);
    operators_forget(parser, level);
    level->for_header = false;
    level->rule_header = false;
    level->use_header = false;
    parser->ends = false;
    parser->importing = parser->importing && level->kind == LEVEL_IMPORT;
    parser->expect_name = false;
    parser->decorating = false;
    parser->at_start = level->kind == LEVEL_BRACES || level->kind == LEVEL_FILE;
}

// Line ends

/// A member that is not complete (`name:`, `let a =`), then a line that begins another: `name:` or
/// two words, of which the second does not go on with a value.
static bool value_is_missing(const Parser *parser, Token *token) {
    const Level *level = &parser->levels[parser->depth];
    if (parser->at_start || (level->kind != LEVEL_BRACES && level->kind != LEVEL_FILE) ||
        level->operators > 0 || token->kind != TOK_NAME) {
        return false;
    }
    bool newline = false;
    const Token *after = feed_peek(token + 1, &newline);
    if (newline || (after->kind != TOK_NAME && after->kind != TOK_COLON)) {
        return false;
    }
    return after->keyword != TOK_IS && after->keyword != TOK_AT && after->keyword != TOK_IF &&
           after->keyword != TOK_AS && after->keyword != TOK_WHEN;
}

/// Whether the line end before `token` separates it from the token before.
static bool line_end_separates(const Parser *parser, Token *token) {
    const Level *level = &parser->levels[parser->depth];
    if (!level->separated || (traits[token->kind] & CONTINUES) != 0) {
        return false;
    }
    if (!parser->ends) {
        return value_is_missing(parser, token);
    }
    if (level->rule_header) {
        return token->kind != TOK_STRING && token->kind != TOK_STRING_BEGIN &&
               token->kind != TOK_LBRACE && !keyword_continues(parser, token);
    }
    if (token->kind == TOK_LBRACE) {
        return level->kind == LEVEL_LIST; // no member of a block begins so
    }
    return token->kind != TOK_NAME || token->keyword == 0 || !keyword_continues(parser, token);
}

/// A property or an element that begins with `token`, right behind another: `{ a: 1 b: 2 }`, `[1
/// 2]`.
static bool separator_is_missing(const Parser *parser, Token *token) {
    const Level *level = &parser->levels[parser->depth];
    if (!level->separated || token == parser->repair_at ||
        (parser->last->flags & TOKEN_BROKEN) != 0 || (token->flags & TOKEN_BROKEN) != 0) {
        return false;
    }
    bool newline = false;
    const Token *after = feed_peek(token + 1, &newline);
    if (level->kind == LEVEL_BRACES) {
        Token *first = parser->source->tokens + (level->member - parser->source->tokens);
        bool property = first->kind == TOK_NAME || first->kind == TOK_STRING;
        return property && feed_peek(first + 1, &newline)->kind == TOK_COLON &&
               (token->kind == TOK_NAME || token->kind == TOK_STRING) && after->kind == TOK_COLON &&
               parser->text[after->end] != ':' && parser->text[after->end] != '/';
    }
    if (level->kind != LEVEL_LIST) {
        return false;
    }
    bool literal = parser->kind != TOK_NAME;
    if (token->kind == TOK_NAME) {
        return token->keyword == 0 && (after->kind == TOK_COMMA || after->kind == TOK_RBRACKET) &&
               literal;
    }
    return literal && (token->kind != TOK_LBRACE || parser->kind == TOK_RBRACE);
}

// Giving tokens to the grammar

static TokenKind give(Parser *parser, SymbolValue *value, TokenKind kind, const Token *token) {
    parser->before = parser->last;
    parser->last = token;
    parser->kind = (uint8_t)kind;
    value->token = token;
    return kind;
}

/// A token that does not stand in the file, at the end of what was read last.
static Token *virtual_token(Parser *parser, uint32_t start, uint32_t end) {
    Token *token = arena_new_object(parser->arena, Token);
    token->start = start;
    token->end = end;
    parser->virtual = true;
    return token;
}

static TokenKind give_closer(Parser *parser, SymbolValue *value, TokenKind kind,
                             const Token *token) {
    parser->last_depth = parser->depth;
    level_pop(parser);
    return give(parser, value, kind, token);
}

/// The repair at the next token. Returns TOK_COUNT where it only changes what is read next.
static TokenKind give_repair(Parser *parser, SymbolValue *value) {
    const Repair *repair = parser->repair++;
    parser->repair_at = parser->repair->at;
    switch ((RepairKind)repair->kind) {
    case REPAIR_CLOSE: {
        const Token *before = parser->last;
        Token *token = virtual_token(parser, before->end, before->end);
        token->kind = repair->closer;
        token->flags = TOKEN_BROKEN;
        return give_closer(parser, value, (TokenKind)repair->closer, token);
    }
    case REPAIR_DROP:
        parser->next->flags |= TOKEN_BROKEN;
        ++parser->next;
        return TOK_COUNT;
    case REPAIR_SKIP:
        break;
    }
    Token *token = virtual_token(parser, repair->at->start, repair->to[-1].end);
    token->flags = TOKEN_BROKEN;
    parser->next = parser->source->tokens + (repair->to - parser->source->tokens);
    parser->ends = true;
    parser->at_start = false;
    return give(parser, value, TOK_SKIPPED, token);
}

static int skip_one(Parser *parser);
static void skip_to_end(Parser *parser, int depth, bool block);

/// Operators that nest to the right would grow the grammar's stack without end.
static bool operator_too_deep(Parser *parser, TokenKind kind) {
    bool nests = kind == TOK_QUESTION || kind == TOK_BANG || (kind == TOK_MINUS && !parser->ends);
    if (!nests) {
        return false;
    }
    if (parser->depth + parser->operators >= PARSE_MAX_DEPTH) {
        return true;
    }
    ++parser->operators;
    ++level_of(parser)->operators;
    return false;
}

/// The indentation of the line that `token` stands on.
static uint32_t indent_of(const Parser *parser, const Token *token) {
    uint32_t start = token->start;
    while (start > 0 && parser->text[start - 1] != '\n' && parser->text[start - 1] != '\r') {
        --start;
    }
    uint32_t at = start;
    while (parser->text[at] == ' ' || parser->text[at] == '\t') {
        ++at;
    }
    return at - start;
}

/// Moves over a statement or value of another language, with all lines behind it that are indented
/// more than the one that it begins on. Returns its last token.
static const Token *pass_over(Parser *parser) {
    const Token *first = parser->next;
    uint32_t indent = indent_of(parser, first);
    for (;;) {
        int depth = skip_one(parser);
        while (parser->words_end != NULL && parser->next <= parser->words_end) {
            depth += skip_one(parser);
        }
        skip_to_end(parser, depth, false);
        bool newline = false;
        Token *token = feed_peek(parser->next, &newline);
        bool ends = token->kind == TOK_END || (traits[token->kind] & CLOSES) != 0 ||
                    token == parser->repair_at;
        if (!newline || ends || indent_of(parser, token) <= indent) {
            break;
        }
        parser->next = token;
    }
    const Token *last = parser->next - 1;
    while (last > first && is_trivia(last)) {
        --last;
    }
    return last;
}

const Token *feed_end_of(Parser *parser, const Token *first) {
    Parser kept = *parser;
    parser->next = parser->source->tokens + (first - parser->source->tokens);
    const Token *last = pass_over(parser);
    *parser = kept;
    return last;
}

unsigned feed_depth(const Parser *parser) {
    return (traits[parser->kind] & CLOSES) != 0 ? parser->last_depth : parser->depth;
}

void feed_foreign(Parser *parser, const Token *first, const Token *last) {
    ForeignText *part = arena_new_object(parser->arena, ForeignText);
    *part = (ForeignText){.start = first->start, .end = last->end};
    Source *source = parser->source;
    if (source->foreign == NULL) {
        source->foreign = part;
    } else {
        source->last_foreign->next = part;
    }
    source->last_foreign = part;
}

void feed_skip(Parser *parser, const Token *last) {
    uint8_t kind = parser->kind; // the grammar got no other token
    int depth = 0;
    while ((parser->next <= last && parser->next->kind != TOK_END) ||
           (depth > 0 && parser->next == parser->repair_at)) { // closes what was passed over
        depth += skip_one(parser);
    }
    parser->kind = kind;
}

const Token *feed_indented_end(const Parser *parser, const Token *outer, const Token *first) {
    uint32_t indent = indent_of(parser, outer);
    const Token *last = NULL;
    int depth = 0;
    for (const Token *token = first; token->kind != TOK_END && depth >= 0; ++token) {
        if (is_trivia(token)) {
            continue;
        }
        bool begins = (token->flags & TOKEN_NEWLINE_BEFORE) != 0 && depth == 0;
        if (begins && indent_of(parser, token) <= indent) {
            break;
        }
        depth += (traits[token->kind] & OPENS) != 0;
        depth -= (traits[token->kind] & CLOSES) != 0;
        last = depth >= 0 ? token : last;
    }
    return last;
}

/// Passes over what `token` begins, which has been reported.
static TokenKind give_passed(Parser *parser, SymbolValue *value, Token *token) {
    parser->next = token;
    const Token *last = pass_over(parser);
    feed_foreign(parser, token, last);
    Token *passed = virtual_token(parser, token->start, last->end);
    passed->flags = TOKEN_BROKEN;
    bool newline = false;
    parser->quiet = feed_peek(parser->next, &newline);
    parser->ends = true;
    parser->at_start = false;
    return give(parser, value, TOK_SKIPPED, passed);
}

static TokenKind give_skipped(Parser *parser, SymbolValue *value) {
    uint32_t start = parser->next->start;
    skip_to_end(parser, skip_one(parser), false);
    Token *token = virtual_token(parser, start, parser->next[-1].end);
    token->flags = TOKEN_BROKEN;
    parser->ends = true;
    parser->at_start = false;
    return give(parser, value, TOK_SKIPPED, token);
}

static TokenKind give_separator(Parser *parser, SymbolValue *value, TokenKind kind,
                                const Token *token) {
    parser->source->tokens[token - parser->source->tokens].flags |= TOKEN_SEPARATED;
    parser->last_depth = parser->depth;
    member_end(parser);
    parser->ended = level_of(parser)->member;
    level_of(parser)->member = kind == TOK_NEWLINE ? token : token + 1;
    return give(parser, value, kind, token);
}

static TokenKind give_semicolon(Parser *parser, SymbolValue *value, const Token *token) {
    if (token == parser->quiet) {
        return give_separator(parser, value, TOK_COMMA, token);
    }
    Diagnostics *list = parser->compilation->diagnostics;
    Level *level = level_of(parser);
    bool newline = false;
    const Token *after = feed_peek(parser->next, &newline);
    bool last = newline || (traits[after->kind] & CLOSES) != 0 || after->kind == TOK_END;
    const char *instead = last ? "" : ",";
    Span span = token_span(parser, token);
    Token *begin = parser->source->tokens + (level->member - parser->source->tokens);
    bool ignored = false;
    if (level->kind == LEVEL_BRACES && begin->kind == TOK_NAME &&
        feed_peek(begin + 1, &ignored)->kind == TOK_ASSIGN) { // told with the `=`
        parser->pending = token;
        parser->pending_text = instead;
        return give_separator(parser, value, TOK_COMMA, token);
    }
    bool begun = parser->fix != NULL && parser->fixed == level->member;
    bool first = parser->semicolon_member != parser->levels[0].member;
    DiagnosticFix *fix = begun ? parser->fix : first ? NULL : parser->semicolons;
    if (fix != NULL) { // told once for all in a member of the file
        diagnostic_fix_edit(list, fix, span, instead);
    } else {
        Diagnostic *diagnostic = syntax_report(parser, DIAG_SEMICOLON, token, NULL);
        parser->semicolon_member = parser->levels[0].member;
        parser->semicolons = diagnostic_fix(list, diagnostic, FIX_SAFE, span, instead,
                                            last ? "remove the `;`" : "write `,`");
    }
    return give_separator(parser, value, TOK_COMMA, token);
}

static TokenKind give_punctuator(Parser *parser, SymbolValue *value, TokenKind kind,
                                 const Token *token) {
    unsigned trait = traits[kind];
    if ((trait & OPENS) != 0) {
        parser->last_depth = parser->depth;
        level_push(parser, kind, token);
        return give(parser, value, kind, token);
    }
    if ((trait & CLOSES) != 0) {
        return give_closer(parser, value, kind, token);
    }
    if (kind == TOK_COMMA) {
        parser->last_depth = parser->depth;
        // A comma in the header of a `for` parts its two variables.
        if (parser->in_at != NULL && parser->in_at > token) {
            parser->expect_name = true;
            parser->ends = false;
            return give(parser, value, kind, token);
        }
        return give_separator(parser, value, kind, token);
    }
    if (kind == TOK_SEMICOLON) {
        return give_semicolon(parser, value, token);
    }
    if (kind == TOK_COLON) {
        level_of(parser)->for_header = false;
    }
    parser->decorating = kind == TOK_DECORATOR && parser->at_start;
    parser->ends = (trait & ENDS) != 0;
    parser->at_start = false;
    return give(parser, value, kind, token);
}

static TokenKind give_name(Parser *parser, SymbolValue *value, Token *token, bool newline) {
    if (parser->decorating) { // the decorator's name
        bool ignored = false;
        bool arguments = feed_peek(parser->next, &ignored)->kind == TOK_LPAREN && !ignored;
        parser->decorating = arguments;
        parser->ends = false;
        parser->at_start = !arguments;
        return give(parser, value, TOK_NAME, token);
    }
    if (parser->at_start) {
        level_of(parser)->member = token;
    }
    if (token->keyword == 0 && !parser->at_start) {
        parser->expect_name = false;
        parser->ends = true;
        return give(parser, value, TOK_NAME, token);
    }
    TokenKind kind = keyword_decide(parser, token, newline);
    if (kind == TOK_COMMENT) {
        return TOK_COUNT;
    }
    if (kind == TOK_SKIPPED) {
        return give_passed(parser, value, token);
    }
    token->kind = (uint8_t)kind;
    parser->ends = feed_ends(kind);
    if (kind != TOK_EXISTING && kind != TOK_DEPLOY && kind != TOK_EXTEND) {
        parser->at_start = false;
    }
    return give(parser, value, kind, token);
}

/// `as const` behind an expression, which TypeScript knows, says nothing here.
static bool is_as_const(const Parser *parser, Token *token) {
    if (token->keyword != TOK_AS || !parser->ends || parser->importing || token->kind != TOK_NAME) {
        return false;
    }
    bool newline = false;
    const Token *after = feed_peek(token + 1, &newline);
    return after->kind == TOK_NAME && after->name == parser->const_name->id && !newline;
}

TokenKind feed_next(Parser *parser, SymbolValue *value) {
    if (parser->again) {
        parser->again = false;
        value->token = parser->last;
        return (TokenKind)parser->kind;
    }
    parser->virtual = false;
    for (;;) {
        bool newline = false;
        Token *token = feed_peek(parser->next, &newline);
        if (newline && line_end_separates(parser, token)) {
            parser->next = token;
            return give_separator(parser, value, TOK_NEWLINE, token);
        }
        parser->next = token;
        if (!newline && parser->ends && (traits[token->kind] & BEGINS) != 0 &&
            separator_is_missing(parser, token)) {
            syntax_separator(parser, parser->last, token);
            return give_separator(parser, value, TOK_NEWLINE, token);
        }
        if (token == parser->repair_at) {
            TokenKind kind = give_repair(parser, value);
            if (kind != TOK_COUNT) {
                return kind;
            }
            continue;
        }
        TokenKind kind = (TokenKind)token->kind;
        if (is_as_const(parser, token)) {
            bool ignored = false;
            parser->next = feed_peek(token + 1, &ignored) + 1;
            continue;
        }
        if (operator_too_deep(parser, kind)) {
            syntax_too_deep(parser, token->start, token->end);
            return give_skipped(parser, value);
        }
        if (kind == TOK_END) {
            parser->last_depth = parser->depth;
            return give(parser, value, kind, token);
        }
        ++parser->next;
        if (kind == TOK_NAME) {
            kind = give_name(parser, value, token, newline);
            if (kind != TOK_COUNT) {
                return kind;
            }
            continue;
        }
        if (parser->at_start) {
            level_of(parser)->member = token;
        }
        return give_punctuator(parser, value, kind, token);
    }
}

// Recovery

/// Moves over one token or repair; returns by how much the depth changes.
static int skip_one(Parser *parser) {
    Token *token = parser->next;
    if (token == parser->repair_at) {
        const Repair *repair = parser->repair++;
        parser->repair_at = parser->repair->at;
        if (repair->kind == REPAIR_CLOSE) {
            parser->ends = true;
            return -1;
        }
        parser->next = repair->kind == REPAIR_DROP
                           ? token + 1
                           : parser->source->tokens + (repair->to - parser->source->tokens);
        return 0;
    }
    ++parser->next;
    unsigned trait = traits[token->kind];
    parser->kind = token->kind;
    parser->ends = (trait & ENDS) != 0;
    return (trait & OPENS) != 0 ? 1 : (trait & CLOSES) != 0 ? -1 : 0;
}

/// Whether the next token ends a member at the depth that is skipped in.
static bool skip_is_done(const Parser *parser, Token *token, bool newline, bool block) {
    const Level *level = &parser->levels[parser->depth];
    if (token == parser->repair_at && parser->repair->kind == REPAIR_CLOSE) {
        return true;
    }
    if (token == parser->repair_at) {
        return false;
    }
    if (token->kind == TOK_END || (traits[token->kind] & CLOSES) != 0 ||
        (block && token->kind == TOK_LBRACE)) {
        return true;
    }
    bool commas = level->separated || level->kind == LEVEL_ARGUMENTS;
    if (token->kind == TOK_SEMICOLON || (token->kind == TOK_COMMA && commas)) {
        return true;
    }
    return newline && level->separated && (traits[token->kind] & CONTINUES) == 0 &&
           !(token->kind == TOK_LBRACE && level->kind != LEVEL_LIST) &&
           !(token->kind == TOK_NAME && token->keyword == TOK_ELSE &&
             keyword_continues(parser, token));
}

/// Goes on until the member ends, `depth` brackets inside of the level.
static void skip_to_end(Parser *parser, int depth, bool block) {
    for (;;) {
        bool newline = false;
        Token *token = feed_peek(parser->next, &newline);
        if (depth == 0 && skip_is_done(parser, token, newline, block)) {
            parser->ends = true; // so that a line end counts
            parser->quiet = token;
            return;
        }
        if (token->kind == TOK_END && token != parser->repair_at) {
            return;
        }
        parser->next = token;
        depth += skip_one(parser);
    }
}

/// Whether the token that the grammar got last ends a member of `level`.
static bool is_end_of_member(const Parser *parser, const Level *level, bool block) {
    switch (parser->kind) {
    case TOK_NEWLINE:
    case TOK_END:
        return true;
    case TOK_COMMA:
        return level->separated || level->kind == LEVEL_ARGUMENTS;
    case TOK_LBRACE:
        return block;
    default:
        return (traits[parser->kind] & CLOSES) != 0;
    }
}

/// Moves over a token that recovery came to before, so that it always gets on. False at the end.
static bool skip_stuck(Parser *parser, int *inside) {
    bool newline = false;
    parser->next = feed_peek(parser->next, &newline);
    if (parser->next->kind == TOK_END && parser->next != parser->repair_at) {
        return false;
    }
    *inside += skip_one(parser);
    if (*inside < 0) {
        *inside = 0;
        parser->depth -= parser->depth > 0;
    }
    return true;
}

bool feed_recover(Parser *parser, unsigned levels, bool block) {
    bool bracket = (traits[parser->kind] & (OPENS | CLOSES)) != 0;
    bool separator = parser->kind == TOK_NEWLINE || parser->kind == TOK_COMMA;
    unsigned depth =
        bracket || separator || parser->kind == TOK_END ? parser->last_depth : parser->depth;
    unsigned target = depth;
    while (target > 0 && (levels & 1U << parser->levels[target].kind) == 0) {
        --target;
    }
    const Level *level = &parser->levels[target];
    parser->failed = separator && target == depth ? parser->ended : level->member;
    bool stuck = parser->recovered == parser->next;
    parser->recovered = parser->next;
    if (target == depth && is_end_of_member(parser, level, block) && !stuck) {
        parser->again = true;
        return true;
    }
    target = target < parser->depth ? target : parser->depth;
    int inside = (int)parser->depth - (int)target;
    while (parser->depth > target) {
        operators_forget(parser, level_of(parser));
        --parser->depth;
    }
    operators_forget(parser, level_of(parser));
    parser->expect_name = false;
    parser->decorating = false;
    parser->in_at = NULL;
    if (stuck && !skip_stuck(parser, &inside)) {
        return false;
    }
    skip_to_end(parser, inside, block);
    return true;
}
