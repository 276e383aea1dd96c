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

static bool is_bracketed(Shape shape) {
    return shape == SHAPE_BRACKETS || shape == SHAPE_NUMBERS;
}

/// Whether the last argument may be broken while those before it stay on the line, as prettier has
/// it: it is an object or list with something in it, the one before is not of that kind, and it
/// does not fill lines, unless it stands alone. `before` is the kind of bracket before it, if any.
static bool may_hug(Shape shape, TokenKind bracket, TokenKind before, bool alone, bool empty) {
    return is_bracketed(shape) && !empty && bracket != before && (alone || shape != SHAPE_NUMBERS);
}

void walk_arguments(Walk *walk) {
    walk_gap(walk, GAP_NONE, 0);
    const uint32_t group = walk_begin(walk);
    walk_put(walk);
    walk_push(walk, CMD_INDENT);
    uint32_t last = 0;
    bool hugs = false;
    TokenKind before = TOK_END; // the bracket that the argument before is all of
    while (!walk->bad && walk_kind(walk) != TOK_RPAREN && walk_kind(walk) != TOK_END) {
        walk_gap(walk, last == 0 ? GAP_SOFT : GAP_LINE,
                 last == 0 ? KEEP_INSIDE : KEEP_BEFORE | KEEP_INSIDE);
        walk_settle(walk);
        const bool alone = last == 0;
        last = walk->layout.commands->len;
        const TokenKind bracket = walk_kind(walk);
        const TokenKind behind = walk_kind_behind(walk);
        const bool empty = behind == TOK_RBRACE || behind == TOK_RBRACKET;
        const Shape shape = walk_value(walk);
        hugs = may_hug(shape, bracket, before, alone, empty);
        before = is_bracketed(shape) ? bracket : TOK_END;
        if (walk_kind(walk) == TOK_COMMA) {
            walk_comma(walk, TOK_RPAREN);
        } else if (walk_kind(walk) != TOK_RPAREN) {
            walk->bad = true;
        }
    }
    const bool bare = walk_is_bare(walk);
    hugs = hugs && bare;
    walk_close(walk, TOK_RPAREN, last == 0 && bare ? GAP_NONE : GAP_SOFT);
    if (hugs) {
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
    walk->operators = OPERATOR_NONE;
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
    walk_skip_qualifier(walk);
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
        walk->operators = OPERATOR_NONE;
        return minus && shape == SHAPE_SHORT ? SHAPE_SHORT : SHAPE_OTHER;
    }
    walk_settle(walk);
    const uint32_t begin = walk->layout.commands->len;
    walk->depth++;
    walk->operators = OPERATOR_NONE;
    const bool group = walk_kind(walk) == TOK_LPAREN;
    Shape shape = put_primary(walk);
    walk->operators = group ? walk->operators : OPERATOR_NONE;
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

static OperatorKind operator_kind(unsigned strength) {
    return strength == 0                 ? OPERATOR_NONE
           : strength <= BINDING_LOGICAL ? OPERATOR_LOGICAL
                                         : OPERATOR_BINARY;
}

static Shape walk_operators(Walk *walk, unsigned least, OperatorKind around);

/// One operator of a run and its right side. `*line` becomes the command between them.
static Shape put_operator(Walk *walk, unsigned strength, uint32_t *line) {
    const bool is = walk_kind(walk) == TOK_IS;
    const bool logical = strength <= BINDING_LOGICAL;
    walk_any(walk, GAP_SPACE);
    if (is) {
        walk_gap(walk, GAP_SPACE, 0);
        walk_type_name(walk);
        put_suffixes(walk, walk->layout.commands->len, SHAPE_OTHER);
        *line = UINT32_MAX;
        return SHAPE_OPERATORS;
    }
    const TokenKind kind = walk_kind(walk);
    const bool bracket = kind == TOK_LBRACE || kind == TOK_LBRACKET;
    walk_gap(walk, logical && bracket ? GAP_SPACE : GAP_LINE, 0);
    *line = walk->layout.commands->len;
    walk_settle(walk);
    const Shape right = walk_operators(walk, strength + 1, operator_kind(strength));
    return logical && bracket && is_bracketed(right) ? SHAPE_CALL : SHAPE_OPERATORS;
}

/// How tightly the operator that follows binds; 0: none does, or not in this value.
static unsigned next_binding(const Walk *walk, unsigned least) {
    const unsigned strength = walk->bad ? 0 : binding(walk_kind(walk));
    return strength >= least && !walk_is_separated(walk) ? strength : 0;
}

/// Operators that bind at least as tightly as `least`. Those of one strength are one group. As in
/// prettier, the right side of a lone one is a group of its own, unless an operator of its kind
/// stands inside or `around` it.
static Shape walk_operators(Walk *walk, unsigned least, OperatorKind around) {
    walk_settle(walk);
    const uint32_t begin = walk->layout.commands->len;
    Shape shape = walk_operand(walk);
    unsigned strength = next_binding(walk, least);
    while (strength > 0) {
        const OperatorKind kind = operator_kind(strength);
        const uint32_t indented = walk_push(walk, CMD_INDENT);
        const unsigned run = strength;
        bool lone = walk->operators != kind && around != kind;
        bool inlined = false;
        uint32_t line = 0;
        for (uint32_t count = 0; strength == run; count++) {
            shape = put_operator(walk, strength, &line);
            strength = next_binding(walk, least);
            lone = lone && count == 0 && walk->operators != kind;
            inlined = count == 0 && shape == SHAPE_CALL;
        }
        if (inlined) {
            walk_command(walk, indented)->kind = CMD_NOTHING; // `a ?? {`: as if it began with `{`
        }
        if (lone && line != UINT32_MAX && operator_kind(strength) != kind && !walk->bad) {
            walk_begin_at(walk, line);
            walk_end(walk, line);
        }
        close_operators(walk, begin);
        walk->run_at = indented + 1;
        walk->operators = (uint8_t)kind;
    }
    return shape;
}

/// A branch of a conditional: its lines are as deep as what stands behind the `?` or `:`.
static uint32_t begin_branch(Walk *walk) {
    walk_gap(walk, GAP_SPACE, 0);
    const uint32_t branch = walk_begin(walk);
    walk_command(walk, branch)->flags |= FLAG_FRAME;
    walk_push(walk, CMD_ALIGN);
    return branch;
}

static Shape put_conditional(Walk *walk, uint32_t begin, Shape test, bool outer) {
    walk_push(walk, CMD_INDENT);
    walk_gap(walk, GAP_LINE, 0);
    walk_put(walk);
    walk->depth++;
    uint32_t branch = begin_branch(walk);
    walk_value(walk);
    walk_end(walk, branch);
    if (!walk_at(walk, TOK_COLON)) {
        walk->bad = true;
    } else {
        walk_any(walk, GAP_LINE);
        branch = begin_branch(walk);
        const uint32_t inner = walk->layout.commands->len;
        const Shape shape = walk_operators(walk, 1, OPERATOR_NONE);
        walk_end(walk, branch);
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
    walk->operators = OPERATOR_NONE;
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
    Shape shape = walk_operators(walk, 1, OPERATOR_NONE);
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
    case SHAPE_NUMBERS:
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
    if (at == UINT32_MAX && shape == SHAPE_OPERATORS) {
        walk_command(walk, walk->run_at)->kind = CMD_NOTHING;
    } else if (at != UINT32_MAX) {
        decide(walk, group, at, shape, key > 0 && key < SHORT_KEY);
    }
    walk_end(walk, group);
}

/// Whether `if` in the next line would not go on with the header of the loop whose list was
/// appended last: after the token `from` there is a `{` or `:` that is in no other brackets.
static bool ends_header(const Walk *walk, uint32_t from) {
    uint32_t depth = 0;
    for (uint32_t index = from; index < walk->cursor; index++) {
        switch (walk->tokens[index].kind) {
        case TOK_LBRACE:
        case TOK_COLON:
            if (depth == 0) {
                return true;
            }
            break;
        case TOK_LPAREN:
        case TOK_LBRACKET:
        case TOK_INTERPOLATION_BEGIN:
            depth++;
            break;
        case TOK_RPAREN:
        case TOK_RBRACKET:
        case TOK_INTERPOLATION_END:
            depth--;
            break;
        default:
            break;
        }
    }
    return false;
}

void walk_loop(Walk *walk, GapKind gap) {
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    if (walk_kind(walk) == TOK_COMMA) {
        walk_any(walk, GAP_NONE);
        walk_expect(walk, TOK_NAME, GAP_SPACE);
    }
    walk_expect(walk, TOK_IN, GAP_SPACE);
    walk_gap(walk, GAP_SPACE, 0);
    const uint32_t from = walk->next;
    walk_value(walk);
    if (walk_kind(walk) == TOK_IF && !walk->bad) {
        walk_any(walk, ends_header(walk, from) ? GAP_SPACE : gap);
        walk_gap(walk, GAP_SPACE, 0);
        walk_value(walk);
    }
}
