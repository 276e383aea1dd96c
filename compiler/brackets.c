// Brackets without a partner. The grammar is spared them: it sees a closing bracket for every
// opening one, put in where it is most likely missing, and none that closes nothing.

#include "parser.h"

#include <glib.h>
#include <string.h>

typedef struct Opener {
    const Token *token;
    uint32_t indent;  // of the line that it stands on
    uint32_t content; // of the first line in it
} Opener;

#define NO_LINE UINT32_MAX

typedef struct Scan {
    Parser *parser;
    GArray *repairs;
    Opener stack[PARSE_MAX_DEPTH];
    unsigned depth;
    bool quiet;    // what the lexer reported explains what is missing
    bool indented; // trust the indentation
    bool faulty;
    uint32_t indent;     // of the line being read
    const Token *broken; // the last string that was not closed: it may have swallowed a bracket
} Scan;

static TokenKind closer_of(TokenKind kind) {
    switch (kind) {
    case TOK_LBRACE:
        return TOK_RBRACE;
    case TOK_LBRACKET:
        return TOK_RBRACKET;
    case TOK_LPAREN:
        return TOK_RPAREN;
    case TOK_INTERPOLATION_BEGIN:
        return TOK_INTERPOLATION_END;
    default:
        return TOK_END;
    }
}

static bool is_closer(TokenKind kind) {
    return kind == TOK_RBRACE || kind == TOK_RBRACKET || kind == TOK_RPAREN ||
           kind == TOK_INTERPOLATION_END;
}

static const char *opener_text(TokenKind closer) {
    return closer == TOK_RBRACE     ? "{"
           : closer == TOK_RBRACKET ? "["
           : closer == TOK_RPAREN   ? "("
                                    : "${";
}

static void repair_add(Scan *scan, RepairKind kind, const Token *at, const Token *to,
                       TokenKind closer) {
    Repair repair = {.at = at, .to = to, .kind = (uint8_t)kind, .closer = (uint8_t)closer};
    g_array_append_val(scan->repairs, repair);
}

/// `{ a: https://b }`: what was to be an address is a comment, which holds the bracket.
static bool holds_address(const Token *opener, const Token *at) {
    const Token *comment = at - 1;
    return comment > opener + 1 && comment->kind == TOK_COMMENT && comment[-1].kind == TOK_COLON &&
           comment[-1].end == comment->start && comment[-2].kind == TOK_NAME &&
           comment[-2].end == comment[-1].start;
}

/// The innermost opener has no closer; one is put in before `at`.
static void close_missing(Scan *scan, const Token *at) {
    const Token *opener = scan->stack[--scan->depth].token;
    TokenKind closer = closer_of((TokenKind)opener->kind);
    scan->faulty = true;
    repair_add(scan, REPAIR_CLOSE, at, NULL, closer);
    if (!scan->indented || scan->quiet || holds_address(opener, at) ||
        (scan->broken != NULL && scan->broken > opener)) {
        return;
    }
    Parser *parser = scan->parser;
    Diagnostic *diagnostic = syntax_report(parser, DIAG_UNCLOSED_BRACKET, opener,
                                           token_spelling((TokenKind)opener->kind));
    diagnostic_label(parser->compilation->diagnostics, diagnostic, token_span(parser, at),
                     at->kind == TOK_END ? "the file ends without `%s`"
                                         : "`%s` is missing before this",
                     token_spelling(closer));
}

static void drop_stray(Scan *scan, const Token *token) {
    scan->faulty = true;
    repair_add(scan, REPAIR_DROP, token, NULL, TOK_END);
    if (scan->indented && !scan->quiet) {
        TokenKind kind = (TokenKind)token->kind;
        diagnostic_add(scan->parser->compilation->diagnostics, DIAG_STRAY_BRACKET,
                       token_span(scan->parser, token), token_spelling(kind), opener_text(kind),
                       NULL);
    }
}

static uint32_t column_of(const Scan *scan, const Token *token) {
    const char *text = scan->parser->text;
    uint32_t start = token->start;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t')) {
        --start;
    }
    return token->start - start;
}

/// Whether `token`, which closes nothing, stands where the innermost bracket should be closed: that
/// one opens on this line, and nothing else closes it there.
static bool is_wrong_closer(const Scan *scan, const Token *token) {
    if (!scan->indented || scan->depth == 0 || token->kind == TOK_INTERPOLATION_END) {
        return false;
    }
    const Opener *opener = &scan->stack[scan->depth - 1];
    TokenKind closer = closer_of((TokenKind)opener->token->kind);
    for (const Token *at = opener->token + 1; at <= token; ++at) {
        if ((at->flags & TOKEN_NEWLINE_BEFORE) != 0) {
            return false;
        }
    }
    int depth = 0;
    for (const Token *at = token + 1;
         (at->flags & TOKEN_NEWLINE_BEFORE) == 0 && at->kind != TOK_END; ++at) {
        if (depth == 0 && at->kind == closer) {
            return false;
        }
        depth += closer_of((TokenKind)at->kind) != TOK_END;
        depth -= is_closer((TokenKind)at->kind);
    }
    return closer != TOK_INTERPOLATION_END;
}

/// `[1, 2)`: the bracket is taken for the one that is wanted.
static void close_wrongly(Scan *scan, const Token *token) {
    const Token *opener = scan->stack[--scan->depth].token;
    TokenKind closer = closer_of((TokenKind)opener->kind);
    repair_add(scan, REPAIR_CLOSE, token, NULL, closer);
    repair_add(scan, REPAIR_DROP, token, NULL, TOK_END);
    Parser *parser = scan->parser;
    Diagnostics *list = parser->compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(
        list, DIAG_BRACKET_PAIR, token_span(parser, token), token_spelling((TokenKind)opener->kind),
        token_spelling((TokenKind)token->kind), token_spelling(closer), NULL);
    diagnostic_label(list, diagnostic, token_span(parser, opener), "opened here");
    diagnostic_fix(list, diagnostic, FIX_SAFE, token_span(parser, token), token_spelling(closer),
                   "write `%s`", token_spelling(closer));
}

/// Whether the closing `token` comes too early for its partner: the line is indented more than the
/// partner's, and what follows on the next line too.
static bool is_too_early(const Scan *scan, const Token *token, const Opener *partner) {
    if (!scan->indented || partner->indent >= scan->indent || partner->content == NO_LINE ||
        token->kind != TOK_RBRACE) {
        return false;
    }
    const Token *after = token + 1;
    while (after->kind == TOK_COMMENT || after->kind == TOK_DOC) {
        ++after;
    }
    return after->kind != TOK_END && (after->flags & TOKEN_NEWLINE_BEFORE) != 0 &&
           !is_closer((TokenKind)after->kind) && column_of(scan, after) > partner->indent;
}

static void close_bracket(Scan *scan, const Token *token, bool first_on_line) {
    unsigned partner = scan->depth;
    bool fits = false; // the partner's line is indented like this one
    for (unsigned index = scan->depth; index > 0 && !fits; --index) {
        const Opener *opener = &scan->stack[index - 1];
        if (closer_of((TokenKind)opener->token->kind) == (TokenKind)token->kind) {
            fits = opener->indent == scan->indent;
            if (partner == scan->depth || fits) {
                partner = index - 1;
            }
            if (!scan->indented || !first_on_line || opener->indent <= scan->indent) {
                break;
            }
        } else if (opener->token->kind == TOK_INTERPOLATION_BEGIN) {
            break; // nothing reaches out of a string
        }
    }
    if (partner == scan->depth && is_wrong_closer(scan, token)) {
        close_wrongly(scan, token);
        return;
    }
    if (partner == scan->depth || is_too_early(scan, token, &scan->stack[partner])) {
        drop_stray(scan, token);
        return;
    }
    while (scan->depth > partner + 1) {
        close_missing(scan, token);
    }
    --scan->depth;
}

/// Too deep: all of it up to the bracket's partner, found by counting, is passed over.
static const Token *skip_deep(Scan *scan, const Token *token) {
    const Token *from = token;
    size_t depth = 0;
    do {
        if (closer_of((TokenKind)token->kind) != TOK_END) {
            ++depth;
        } else if (is_closer((TokenKind)token->kind)) {
            --depth;
        }
        ++token;
    } while (depth > 0 && token->kind != TOK_END);
    repair_add(scan, REPAIR_SKIP, from, token, TOK_END);
    scan->faulty = true;
    scan->quiet = true; // what is not closed now is part of it
    if (scan->indented) {
        Parser *parser = scan->parser;
        diagnostic_add(parser->compilation->diagnostics, DIAG_TOO_DEEP, token_span(parser, from),
                       arena_printf(parser->arena, "%d", PARSE_MAX_DEPTH), NULL);
    }
    return token - 1;
}

/// Whether `token` and what follows it begin a declaration: two names in a row, which no value has.
static bool is_head(const Token *token) {
    const Token *next = token + 1;
    return token->kind == TOK_NAME && token->keyword != TOK_FOR && next->kind == TOK_NAME &&
           next->keyword == 0 && (next->flags & TOKEN_NEWLINE_BEFORE) == 0;
}

/// Whether the line that begins with `token` shows by its indentation that the innermost bracket
/// was to be closed before it: what stands in brackets is indented more than the line they open on.
static bool ends_by_indentation(const Scan *scan, const Token *token) {
    const Opener *opener = &scan->stack[scan->depth - 1];
    if (scan->indent > opener->indent || is_closer((TokenKind)token->kind) ||
        feed_continues((TokenKind)token->kind)) {
        return false;
    }
    if (opener->content != NO_LINE) {
        return opener->content > opener->indent;
    }
    return (opener->token[1].flags & TOKEN_NEWLINE_BEFORE) == 0 || // text behind it on its own line
           (opener->token->kind != TOK_LBRACE && is_head(token));
}

static void scan_line(Scan *scan, const Token *token) {
    scan->indent = column_of(scan, token);
    while (scan->depth > 0 && ends_by_indentation(scan, token)) {
        close_missing(scan, token);
    }
    if (scan->depth > 0 && scan->stack[scan->depth - 1].content == NO_LINE) {
        scan->stack[scan->depth - 1].content = scan->indent;
    }
}

/// Reads the bracket `token`; returns the last token read.
static const Token *scan_bracket(Scan *scan, const Token *token) {
    if (is_closer((TokenKind)token->kind)) {
        close_bracket(scan, token, (token->flags & TOKEN_NEWLINE_BEFORE) != 0);
    } else if (scan->depth == PARSE_MAX_DEPTH) {
        return skip_deep(scan, token);
    } else {
        scan->stack[scan->depth++] = (Opener){token, scan->indent, NO_LINE};
    }
    return token;
}

static bool is_bracket(TokenKind kind) {
    return (kind >= TOK_LBRACE && kind <= TOK_RPAREN) || kind == TOK_INTERPOLATION_BEGIN ||
           kind == TOK_INTERPOLATION_END;
}

static void scan_all(Scan *scan) {
    const Token *token = scan->parser->source->tokens;
    for (; token->kind != TOK_END; ++token) {
        if (scan->indented) {
            bool trivia = token->kind == TOK_COMMENT || token->kind == TOK_DOC;
            if (!trivia && ((token->flags & TOKEN_NEWLINE_BEFORE) != 0 || token->start == 0)) {
                scan_line(scan, token);
            }
            if (token->kind == TOK_STRING_END && (token->flags & TOKEN_BROKEN) != 0) {
                scan->broken = token;
            }
        }
        if (is_bracket((TokenKind)token->kind)) {
            token = scan_bracket(scan, token);
        }
    }
    while (scan->depth > 0) {
        close_missing(scan, token);
    }
}

/// Whether the file ends in a string or comment that is not closed.
static bool ends_broken(const Source *source) {
    return source->token_count > 1 &&
           (source->tokens[source->token_count - 2].flags & TOKEN_BROKEN) != 0 &&
           source->tokens[source->token_count - 2].kind != TOK_STRAY &&
           source->tokens[source->token_count - 2].kind != TOK_INTEGER;
}

const Repair *brackets_check(Parser *parser) {
    Scan *scan = g_new0(Scan, 1);
    scan->parser = parser;
    scan->repairs = g_array_new(FALSE, FALSE, sizeof(Repair));
    scan_all(scan);
    // Nearly every file is done here. In the others the indentation says which bracket it is.
    if (scan->faulty) {
        g_array_set_size(scan->repairs, 0);
        scan->depth = 0;
        scan->indented = true;
        scan->quiet = ends_broken(parser->source);
        scan_all(scan);
    }
    repair_add(scan, REPAIR_DROP, parser->stop + 1, NULL, TOK_END);
    Repair *repairs = arena_array(parser->arena, Repair, scan->repairs->len);
    memcpy(repairs, scan->repairs->data, sizeof(Repair) * scan->repairs->len);
    g_array_free(scan->repairs, TRUE);
    g_free(scan);
    return repairs;
}
