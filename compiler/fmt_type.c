// Types, declared properties and decorators.

#include "fmt_walk.h"

void walk_type_name(Walk *walk) {
    walk_name(walk);
    while (walk_kind(walk) == TOK_DOT && !walk->bad) {
        walk_any(walk, GAP_NONE);
        walk_expect(walk, TOK_NAME, GAP_NONE);
    }
}

/// Whether the `(` that comes next has one argument, a string of one token: breaking around it
/// would gain nothing.
static bool has_lone_string(const Walk *walk) {
    const Token *token = &walk->tokens[walk->next];
    return token[1].kind == TOK_STRING &&
           (token[2].kind == TOK_RPAREN ||
            (token[2].kind == TOK_COMMA && token[3].kind == TOK_RPAREN));
}

void walk_decorator(Walk *walk) {
    walk_put(walk);
    walk_any(walk, GAP_NONE);
    if (!walk_at(walk, TOK_LPAREN)) {
        return;
    }
    if (has_lone_string(walk)) {
        walk_any(walk, GAP_NONE);
        walk_string(walk);
        walk_skip_commas(walk);
        walk_any(walk, GAP_NONE);
    } else {
        walk_arguments(walk);
    }
}

void walk_trailing_decorators(Walk *walk) {
    while (walk_at(walk, TOK_DECORATOR) && !walk->bad) {
        walk_gap(walk, GAP_SPACE, 0);
        walk_decorator(walk);
    }
}

void walk_parameters(Walk *walk) {
    walk_gap(walk, GAP_NONE, 0);
    const uint32_t group = walk_begin(walk);
    walk_put(walk);
    walk_push(walk, CMD_INDENT);
    bool any = false;
    while (!walk->bad && walk_kind(walk) != TOK_RPAREN && walk_kind(walk) != TOK_END) {
        walk_gap(walk, any ? GAP_LINE : GAP_SOFT, any ? KEEP_BEFORE | KEEP_INSIDE : KEEP_INSIDE);
        walk_property_declaration(walk);
        any = true;
        if (walk_kind(walk) == TOK_COMMA) {
            walk_comma(walk, TOK_RPAREN);
        } else if (walk_kind(walk) != TOK_RPAREN) {
            walk->bad = true;
        }
    }
    walk_close(walk, TOK_RPAREN, any || !walk_is_bare(walk) ? GAP_SOFT : GAP_NONE);
    walk_end(walk, group);
}

void walk_property_declaration(Walk *walk) {
    walk_name(walk);
    if (walk_kind(walk) == TOK_QUESTION) {
        walk_any(walk, GAP_NONE);
    }
    walk_expect(walk, TOK_COLON, GAP_NONE);
    walk_gap(walk, GAP_SPACE, 0);
    walk_type(walk, false);
    if (walk_at(walk, TOK_ASSIGN)) {
        walk_any(walk, GAP_SPACE);
        walk_assigned(walk, 0);
    }
    walk_trailing_decorators(walk);
}

/// `[string]: T` of a map.
static void put_map_member(Walk *walk) {
    walk_put(walk);
    walk_expect(walk, TOK_NAME, GAP_NONE);
    if (walk_kind(walk) == TOK_COLON) {
        walk_any(walk, GAP_NONE);
        walk_expect(walk, TOK_NAME, GAP_SPACE);
    }
    walk_expect(walk, TOK_RBRACKET, GAP_NONE);
    walk_expect(walk, TOK_COLON, GAP_NONE);
    walk_gap(walk, GAP_SPACE, 0);
    walk_type(walk, false);
}

static void put_object_type(Walk *walk) {
    const uint32_t group = walk_begin(walk);
    walk_put(walk);
    if (walk_kind(walk) != TOK_RBRACE && walk_newline_follows(walk)) {
        walk_command(walk, group)->flags |= FLAG_FORCED;
    }
    walk_push(walk, CMD_INDENT);
    bool any = false;
    for (;;) {
        walk_skip_commas(walk);
        if (walk->bad || walk_kind(walk) == TOK_RBRACE || walk_kind(walk) == TOK_END) {
            break;
        }
        walk_gap(walk, any ? GAP_COMMAS : GAP_LINE, any ? KEEP_BEFORE | KEEP_INSIDE : KEEP_INSIDE);
        walk_settle(walk);
        if (walk_kind(walk) == TOK_LBRACKET) {
            put_map_member(walk);
        } else {
            walk_member(walk, BLOCK_TYPE);
        }
        any = true;
    }
    walk_close(walk, TOK_RBRACE, any || !walk_is_bare(walk) ? GAP_LINE : GAP_NONE);
    walk_end(walk, group);
}

static void put_primary_type(Walk *walk) {
    switch (walk_kind(walk)) {
    case TOK_NAME:
        walk_type_name(walk);
        if (walk_at(walk, TOK_LPAREN)) {
            walk_parameters(walk);
        }
        break;
    case TOK_LPAREN:
        walk_put(walk);
        walk_gap(walk, GAP_NONE, 0);
        walk_type(walk, false);
        walk_expect(walk, TOK_RPAREN, GAP_NONE);
        break;
    case TOK_LBRACE:
        put_object_type(walk);
        break;
    case TOK_MINUS:
        walk_put(walk);
        walk_gap(walk, GAP_NONE, 0);
        walk_number(walk);
        break;
    case TOK_INTEGER:
    case TOK_DECIMAL:
        walk_number(walk);
        break;
    case TOK_STRING:
    case TOK_STRING_BEGIN:
        walk_string(walk);
        break;
    case TOK_TRUE:
    case TOK_FALSE:
        walk_put(walk);
        break;
    default:
        walk->bad = true;
    }
}

/// One alternative. Returns whether it has decorators.
static bool put_alternative(Walk *walk) {
    walk->depth++;
    if (walk->depth > 4 * PARSE_MAX_DEPTH) {
        walk->bad = true;
    }
    if (!walk->bad) {
        put_primary_type(walk);
    }
    while (!walk->bad && walk_at(walk, TOK_LBRACKET)) {
        walk_any(walk, GAP_NONE);
        walk_expect(walk, TOK_RBRACKET, GAP_NONE);
    }
    walk->depth--;
    const bool decorated = walk_at(walk, TOK_DECORATOR);
    walk_trailing_decorators(walk);
    return decorated;
}

/// Whether a `|` follows, on this line or the next.
static bool at_bar(const Walk *walk) {
    return !walk->bad && walk_kind(walk) == TOK_PIPE;
}

/// Passes over the `|` before the first of several alternatives: the style puts it, where lines
/// end. Before a single one it means something.
static bool take_first_bar(Walk *walk) {
    if (walk_kind(walk) != TOK_PIPE) {
        return false;
    }
    const uint32_t bar = walk->next;
    uint32_t behind = bar + 1;
    while (walk->tokens[behind].kind == TOK_COMMENT || walk->tokens[behind].kind == TOK_DOC) {
        behind++;
    }
    walk->next = behind;
    return true;
}

/// A single alternative: nothing breaks before it. A `|` before it stays.
static void make_single(Walk *walk, uint32_t group, uint32_t bar, bool barred) {
    walk_command(walk, group)->flags |= FLAG_FRAME;
    if (barred) {
        const LayoutText text = {"| ", 2, 2};
        g_array_append_val(walk->layout.texts, text);
        walk_command(walk, bar)->kind = CMD_TEXT;
        walk_command(walk, bar)->arg = walk->layout.texts->len - 1;
    } else {
        walk_command(walk, bar)->kind = CMD_NOTHING;
    }
}

void walk_type(Walk *walk, bool declared) {
    const bool named = walk->gap == GAP_SPACE; // behind a name: the first may stand on a line too
    const uint32_t group = walk_push(walk, CMD_GROUP);
    walk->open++;
    const uint32_t indent = walk_push(walk, CMD_INDENT);
    const bool barred = take_first_bar(walk);
    const uint32_t line = walk->layout.commands->len;
    walk_gap(walk, named ? GAP_LINE : GAP_SOFT, 0);
    walk_settle(walk);
    const uint32_t bar = walk_push(walk, CMD_BAR);
    bool decorated = put_alternative(walk);
    bool earlier = false;
    bool single = true;
    while (at_bar(walk)) {
        earlier = earlier || decorated;
        walk_gap(walk, GAP_LINE, 0);
        walk_put(walk);
        walk_gap(walk, GAP_SPACE, 0);
        decorated = put_alternative(walk);
        single = false;
    }
    if (single && bar == line + 1) {
        walk_command(walk, line)->kind = named ? CMD_SPACE : CMD_NOTHING;
        walk_command(walk, indent)->kind = CMD_NOTHING;
    }
    if (single) {
        make_single(walk, group, bar, barred);
    } else if (earlier || (declared && decorated)) {
        walk_command(walk, group)->flags |= FLAG_FORCED;
    }
    walk_end(walk, group);
}
