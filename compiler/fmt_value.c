// Values: operators, conditionals, members and calls.

#include "fmt_walk.h"

enum { CHAIN_CALLS = 3, CHAIN_MOST = 64 };

/// How tightly an operator binds; 0: it is none.
static unsigned binding(TokenKind kind) {
    switch (kind) {
    case TOK_COALESCE:
        return 1;
    case TOK_OR:
        return 2;
    case TOK_AND:
        return 3;
    case TOK_EQ:
    case TOK_NE:
        return 4;
    case TOK_LT:
    case TOK_LE:
    case TOK_GT:
    case TOK_GE:
    case TOK_IS:
        return 5;
    case TOK_PLUS:
    case TOK_MINUS:
        return 6;
    case TOK_STAR:
    case TOK_SLASH:
    case TOK_PERCENT:
        return 7;
    default:
        return 0;
    }
}

enum { BINDING_LOGICAL = 3 }; ///< `??`, `||` and `&&` do not bind tighter

// Arguments

/// Whether the argument that comes next is an object or a list that is all of it.
static bool argument_is_bracket(const Walk *walk) {
    return walk_kind(walk) == TOK_LBRACE || walk_kind(walk) == TOK_LBRACKET;
}

void walk_arguments(Walk *walk) {
    walk_gap(walk, GAP_NONE, 0);
    const uint32_t group = walk_begin(walk);
    walk_put(walk);
    walk_push(walk, CMD_INDENT);
    uint32_t last = 0;
    bool hugs = false;
    bool before = false; // an argument before it is an object or list as well
    while (!walk->bad && walk_kind(walk) != TOK_RPAREN && walk_kind(walk) != TOK_END) {
        walk_gap(walk, last == 0 ? GAP_SOFT : GAP_LINE,
                 last == 0 ? KEEP_INSIDE : KEEP_BEFORE | KEEP_INSIDE);
        walk_settle(walk);
        before = hugs;
        last = walk->layout.commands->len;
        const bool bracket = argument_is_bracket(walk);
        const Shape shape = walk_value(walk);
        hugs = bracket && shape == SHAPE_BRACKETS;
        if (walk_kind(walk) == TOK_COMMA) {
            const bool more = walk_kind_behind(walk) != TOK_RPAREN;
            walk_skip_commas(walk);
            if (more) {
                walk_push(walk, CMD_COMMA);
            }
        } else if (walk_kind(walk) != TOK_RPAREN) {
            walk->bad = true;
        }
    }
    walk_close(walk, TOK_RPAREN, last == 0 ? GAP_NONE : GAP_SOFT);
    if (hugs && !before) {
        walk_command(walk, group)->flags |= FLAG_HUG;
        walk_command(walk, group)->arg2 = last + 1 - group;
    }
    walk_end(walk, group);
}

// What follows a value: members, indexes, calls

typedef struct Chain {
    uint32_t links[CHAIN_MOST]; ///< commands before the dots of calls
    uint32_t count;
    uint32_t calls;
    uint32_t dots;
    bool plain; ///< nothing but names
} Chain;

static void put_member(Walk *walk, Chain *chain, uint32_t *link) {
    // `1.x` would be read as a number.
    const bool number = walk->next > 0 && (walk->tokens[walk->next - 1].kind == TOK_INTEGER ||
                                           walk->tokens[walk->next - 1].kind == TOK_DECIMAL);
    walk_gap(walk, number ? GAP_SPACE : GAP_NONE, 0);
    walk_settle(walk);
    *link = walk_push(walk, CMD_NOTHING);
    walk_put(walk);
    walk_any(walk, GAP_NONE);
    chain->dots++;
}

static void put_index(Walk *walk) {
    walk_any(walk, GAP_NONE);
    walk_gap(walk, GAP_NONE, 0);
    if (walk_kind(walk) == TOK_STAR) {
        walk_put(walk);
    } else {
        walk_value(walk);
    }
    if (walk_kind(walk) != TOK_RBRACKET) {
        walk->bad = true;
        return;
    }
    walk_any(walk, GAP_NONE);
}

static bool put_suffix(Walk *walk, Chain *chain, uint32_t *link) {
    switch (walk_kind(walk)) {
    case TOK_DOT:
        put_member(walk, chain, link);
        return true;
    case TOK_LBRACKET:
        put_index(walk);
        chain->plain = false;
        return true;
    case TOK_LPAREN:
        walk_arguments(walk);
        chain->calls++;
        chain->plain = false;
        if (*link != UINT32_MAX && chain->count < CHAIN_MOST) {
            chain->links[chain->count++] = *link;
        }
        *link = UINT32_MAX;
        return true;
    default:
        return false;
    }
}

/// `as const`, which TypeScript knows.
static void put_as_const(Walk *walk) {
    const Token *token = &walk->tokens[walk->next];
    if (token->kind == TOK_NAME && token->keyword == TOK_AS && !walk_is_separated(walk)) {
        walk_any(walk, GAP_SPACE);
        walk_any(walk, GAP_SPACE);
    }
}

/// Everything that follows what begins at command `begin`.
static Shape put_suffixes(Walk *walk, uint32_t begin, Shape shape) {
    Chain chain = {.plain = shape == SHAPE_NAME};
    uint32_t link = UINT32_MAX;
    bool any = false;
    while (!walk->bad && !walk_is_separated(walk) && put_suffix(walk, &chain, &link)) {
        any = true;
    }
    if (chain.count >= CHAIN_CALLS) {
        for (uint32_t i = 0; i < chain.count; i++) {
            walk_command(walk, chain.links[i])->kind = CMD_SOFT;
        }
        walk_begin_at(walk, begin);
        const Command indent = {.kind = CMD_INDENT};
        g_array_insert_val(walk->layout.commands, begin + 1, indent);
        walk_end(walk, begin);
    }
    if (!any) {
        return shape;
    }
    return chain.plain ? SHAPE_STRING : chain.calls > 0 ? SHAPE_CALL : SHAPE_OTHER;
}

static Shape put_group(Walk *walk) {
    walk_put(walk);
    walk_gap(walk, GAP_NONE, 0);
    walk_value(walk);
    if (walk_kind(walk) != TOK_RPAREN) {
        walk->bad = true;
        return SHAPE_OTHER;
    }
    walk_any(walk, GAP_NONE);
    return SHAPE_OTHER;
}

static Shape put_primary(Walk *walk) {
    switch (walk_kind(walk)) {
    case TOK_NAME:
        walk_put(walk);
        return SHAPE_NAME;
    case TOK_TRUE:
    case TOK_FALSE:
        walk_put(walk);
        return SHAPE_SHORT;
    case TOK_INTEGER:
    case TOK_DECIMAL:
        walk_number(walk);
        return SHAPE_SHORT;
    case TOK_STRING:
    case TOK_STRING_BEGIN:
        return walk_string(walk);
    case TOK_LBRACKET:
        return walk_list(walk);
    case TOK_LBRACE:
        return walk_object(walk);
    case TOK_LPAREN:
        return put_group(walk);
    default:
        walk->bad = true;
        return SHAPE_OTHER;
    }
}

Shape walk_operand(Walk *walk) {
    if (walk->bad || walk->depth > 4 * PARSE_MAX_DEPTH) {
        walk->bad = true;
        return SHAPE_OTHER;
    }
    if (walk_kind(walk) == TOK_BANG || walk_kind(walk) == TOK_MINUS) {
        const bool minus = walk_kind(walk) == TOK_MINUS;
        walk_put(walk);
        walk_gap(walk, GAP_NONE, 0);
        walk->depth++;
        const Shape shape = walk_operand(walk);
        walk->depth--;
        return minus && shape == SHAPE_SHORT ? SHAPE_SHORT : SHAPE_OTHER;
    }
    walk_settle(walk);
    const uint32_t begin = walk->layout.commands->len;
    walk->depth++;
    Shape shape = put_primary(walk);
    shape = put_suffixes(walk, begin, shape);
    walk->depth--;
    put_as_const(walk);
    return shape;
}

// Operators

/// Makes what stands from command `begin` on a group in which the rest is indented.
static void close_operators(Walk *walk, uint32_t begin) {
    walk_begin_at(walk, begin);
    walk_end(walk, begin);
}

static Shape walk_operators(Walk *walk, unsigned least);

/// One operator of a run and its right side.
static Shape put_operator(Walk *walk, unsigned strength) {
    const bool is = walk_kind(walk) == TOK_IS;
    const bool logical = strength <= BINDING_LOGICAL;
    walk_any(walk, GAP_SPACE);
    if (is) {
        walk_gap(walk, GAP_SPACE, 0);
        walk_type_name(walk);
        return SHAPE_OPERATORS;
    }
    const TokenKind kind = walk_kind(walk);
    const bool bracket = kind == TOK_LBRACE || kind == TOK_LBRACKET;
    walk_gap(walk, logical && bracket ? GAP_SPACE : GAP_LINE, 0);
    walk_settle(walk);
    const Shape right = walk_operators(walk, strength + 1);
    return logical && bracket && right == SHAPE_BRACKETS ? SHAPE_CALL : SHAPE_OPERATORS;
}

/// Operators that bind at least as tightly as `least`. Those of one strength are one group.
static Shape walk_operators(Walk *walk, unsigned least) {
    walk_settle(walk);
    const uint32_t begin = walk->layout.commands->len;
    Shape shape = walk_operand(walk);
    unsigned strength = binding(walk_kind(walk));
    while (!walk->bad && strength >= least && strength > 0 && !walk_is_separated(walk)) {
        const Command indent = {.kind = CMD_INDENT};
        g_array_append_val(walk->layout.commands, indent);
        const uint32_t indented = walk->layout.commands->len - 1;
        const unsigned run = strength;
        while (!walk->bad && strength == run && !walk_is_separated(walk)) {
            shape = put_operator(walk, strength);
            strength = binding(walk_kind(walk));
        }
        close_operators(walk, begin);
        walk->run_at = indented + 1;
    }
    return shape;
}

static Shape put_conditional(Walk *walk, uint32_t begin, Shape test, bool outer) {
    walk_push(walk, CMD_INDENT);
    walk_gap(walk, GAP_LINE, 0);
    walk_put(walk);
    walk_gap(walk, GAP_SPACE, 0);
    walk->depth++;
    walk_value(walk);
    if (!walk_at(walk, TOK_COLON)) {
        walk->bad = true;
    } else {
        walk_any(walk, GAP_LINE);
        walk_gap(walk, GAP_SPACE, 0);
        walk_settle(walk);
        const uint32_t inner = walk->layout.commands->len;
        const Shape shape = walk_operators(walk, 1);
        if (walk_at(walk, TOK_QUESTION)) {
            put_conditional(walk, inner, shape, false);
        }
    }
    walk->depth--;
    walk_push(walk, CMD_DEDENT);
    if (outer) {
        walk_begin_at(walk, begin);
        walk_end(walk, begin);
    }
    return test == SHAPE_OPERATORS ? SHAPE_CHOICE : SHAPE_CONDITIONAL;
}

Shape walk_value(Walk *walk) {
    walk_settle(walk);
    const uint32_t begin = walk->layout.commands->len;
    if (walk->depth > 4 * PARSE_MAX_DEPTH) {
        walk->bad = true;
        return SHAPE_OTHER;
    }
    walk->depth++;
    Shape shape = walk_operators(walk, 1);
    if (!walk->bad && walk_at(walk, TOK_QUESTION)) {
        shape = put_conditional(walk, begin, shape, true);
    }
    walk->depth--;
    return shape;
}

// What is assigned

enum { SHORT_KEY = 5 }; // a line end behind a name shorter than this gains nothing

/// Decides about the line before a value, the command `at` in `group`.
static void decide(Walk *walk, uint32_t group, uint32_t at, Shape shape, bool short_key) {
    Command *line = walk_command(walk, at);
    switch (shape) {
    case SHAPE_SHORT:
    case SHAPE_BRACKETS:
        line->kind = CMD_SPACE;
        return;
    case SHAPE_OPERATORS:
        // All of them stand below each other.
        walk_command(walk, walk->run_at)->kind = CMD_NOTHING;
        break;
    case SHAPE_STRING:
        if (short_key) {
            line->kind = CMD_SPACE;
            return;
        }
        break;
    case SHAPE_CHOICE:
        break;
    default:
        return;
    }
    line->kind = CMD_LINE;
    line->flags |= FLAG_CONTINUE;
    walk_command(walk, group)->flags &= (uint8_t)~FLAG_FRAME;
}

void walk_assigned(Walk *walk, uint32_t key) {
    const uint32_t group = walk_push(walk, CMD_GROUP);
    walk->open++;
    walk_command(walk, group)->flags |= FLAG_FRAME;
    walk->value_at = UINT32_MAX;
    walk_gap(walk, GAP_VALUE, 0);
    walk_settle(walk);
    const uint32_t at = walk->value_at;
    const Shape shape = walk_value(walk);
    if (at != UINT32_MAX) {
        decide(walk, group, at, shape, key > 0 && key < SHORT_KEY);
    }
    walk_end(walk, group);
}

void walk_loop(Walk *walk, GapKind gap) {
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    if (walk_kind(walk) == TOK_COMMA) {
        walk_any(walk, GAP_NONE);
        walk_expect(walk, TOK_NAME, GAP_SPACE);
    }
    walk_expect(walk, TOK_IN, GAP_SPACE);
    walk_gap(walk, GAP_SPACE, 0);
    walk_value(walk);
    if (walk_kind(walk) == TOK_IF && !walk->bad) {
        walk_any(walk, gap);
        walk_gap(walk, GAP_SPACE, 0);
        walk_value(walk);
    }
}
