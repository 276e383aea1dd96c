// Declarations.

#include "fmt_walk.h"

bool declaration_begins(TokenKind kind) {
    switch (kind) {
    case TOK_IMPORT:
    case TOK_PARAM:
    case TOK_DEPLOY:
    case TOK_LET:
    case TOK_FN:
    case TOK_TYPE:
    case TOK_OUTPUT:
    case TOK_KIND:
    case TOK_EXISTING:
    case TOK_MODULE:
    case TOK_USE:
    case TOK_IF:
    case TOK_FOR:
    case TOK_CONSTRUCT:
    case TOK_EXTEND:
    case TOK_RULE:
    case TOK_SCHEMA:
    case TOK_TEST:
    case TOK_EXPECT:
        return true;
    default:
        return false;
    }
}

static void put_word(Walk *walk) {
    walk_put(walk);
    walk_gap(walk, GAP_SPACE, 0);
}

static void put_string(Walk *walk, GapKind gap) {
    if (walk_kind(walk) != TOK_STRING && walk_kind(walk) != TOK_STRING_BEGIN) {
        walk->bad = true;
        return;
    }
    walk_gap(walk, gap, 0);
    walk_string(walk);
}

static void put_import(Walk *walk) {
    put_word(walk);
    if (walk_kind(walk) == TOK_STAR) {
        walk_put(walk);
        walk_expect(walk, TOK_AS, GAP_SPACE);
        walk_expect(walk, TOK_NAME, GAP_SPACE);
        walk_expect(walk, TOK_FROM, GAP_SPACE);
    } else if (walk_kind(walk) == TOK_LBRACE) {
        const uint32_t group = walk_begin(walk);
        walk_put(walk);
        walk_push(walk, CMD_INDENT);
        bool any = false;
        for (;;) {
            walk_skip_commas(walk);
            if (walk->bad || walk_kind(walk) == TOK_RBRACE || walk_kind(walk) == TOK_END) {
                break;
            }
            walk_gap(walk, any ? GAP_COMMAS : GAP_LINE,
                     any ? KEEP_BEFORE | KEEP_INSIDE : KEEP_INSIDE);
            walk_settle(walk);
            walk_member(walk, BLOCK_IMPORT);
            any = true;
        }
        walk_close(walk, TOK_RBRACE, any || !walk_is_bare(walk) ? GAP_LINE : GAP_NONE);
        walk_end(walk, group);
        walk_expect(walk, TOK_FROM, GAP_SPACE);
    }
    put_string(walk, GAP_SPACE);
}

/// `: type`, if there is one.
static void put_type_of(Walk *walk) {
    if (walk_at(walk, TOK_COLON)) {
        walk_any(walk, GAP_NONE);
        walk_gap(walk, GAP_SPACE, 0);
        walk_type(walk, false);
    }
}

/// `= value`, if there is one.
static void put_value_of(Walk *walk) {
    if (walk_at(walk, TOK_ASSIGN)) {
        walk_any(walk, GAP_SPACE);
        walk_assigned(walk, 0);
    }
}

/// `let`, `param`, `output`: a word, a name, a type, a value.
static void put_named(Walk *walk) {
    put_word(walk);
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    put_type_of(walk);
    put_value_of(walk);
}

static void put_fn(Walk *walk) {
    put_word(walk);
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    if (!walk_at(walk, TOK_LPAREN)) {
        walk->bad = true;
        return;
    }
    walk_parameters(walk);
    put_type_of(walk);
    put_value_of(walk);
}

static void put_typedef(Walk *walk) {
    put_word(walk);
    walk_type_name(walk);
    walk_expect(walk, TOK_ASSIGN, GAP_SPACE);
    walk_gap(walk, GAP_SPACE, 0);
    walk_type(walk, true);
}

/// `[key]` behind a name, if there is one.
static void put_key(Walk *walk) {
    if (walk_at(walk, TOK_LBRACKET)) {
        walk_any(walk, GAP_NONE);
        walk_gap(walk, GAP_NONE, 0);
        walk_value(walk);
        if (walk_kind(walk) != TOK_RBRACKET) {
            walk->bad = true;
            return;
        }
        walk_any(walk, GAP_NONE);
    }
}

/// `: TYPE` or `: "AWS::SNS::Topic"`, if there is one.
static void put_resource_type(Walk *walk) {
    if (!walk_at(walk, TOK_COLON)) {
        return;
    }
    walk_any(walk, GAP_NONE);
    walk_gap(walk, GAP_SPACE, 0);
    if (walk_kind(walk) == TOK_NAME) {
        walk_type_name(walk);
    } else {
        put_string(walk, GAP_SPACE);
    }
}

static void put_block(Walk *walk, BlockKind kind, bool always) {
    walk_gap(walk, GAP_SPACE, 0);
    walk_block(walk, kind, always);
}

static void put_resource(Walk *walk) {
    const bool always = walk->tokens[walk->next].name == walk->environment;
    put_word(walk);
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    put_key(walk);
    put_resource_type(walk);
    put_block(walk, BLOCK_MEMBERS, always);
}

static void put_module(Walk *walk) {
    put_word(walk);
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    if (walk_at(walk, TOK_LPAREN)) {
        walk_parameters(walk);
    }
    put_block(walk, BLOCK_MEMBERS, true);
}

static void put_use(Walk *walk) {
    put_word(walk);
    walk_type_name(walk);
    walk_expect(walk, TOK_AS, GAP_SPACE);
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    put_key(walk);
    if (walk_at(walk, TOK_LBRACE)) {
        put_block(walk, BLOCK_MEMBERS, false);
    }
}

/// The condition of an `if`: what goes on in the next line is indented more than the block.
static void put_condition(Walk *walk) {
    walk_any(walk, GAP_NONE);
    walk_gap(walk, GAP_SPACE, 0);
    walk_settle(walk);
    const uint32_t frame = walk_push(walk, CMD_GROUP);
    walk->open++;
    walk_command(walk, frame)->flags |= FLAG_FRAME;
    walk_push(walk, CMD_INDENT);
    walk_value(walk);
    walk_end(walk, frame);
}

static void put_if(Walk *walk) {
    put_condition(walk);
    put_block(walk, BLOCK_MEMBERS, true);
    while (!walk->bad && walk_kind(walk) == TOK_ELSE) {
        const bool bare = walk_is_bare(walk);
        walk_gap(walk, bare ? GAP_SPACE : GAP_HARD, KEEP_INSIDE);
        walk_put(walk);
        if (walk_kind(walk) == TOK_IF) {
            if (!bare && !walk_is_bare(walk)) {
                walk->bad = true; // at the begin of a line, `else` is a name unless `if` is beside
            }
            walk_gap(walk, GAP_SPACE, 0);
            walk_settle(walk);
            put_condition(walk);
        }
        put_block(walk, BLOCK_MEMBERS, true);
    }
}

static void put_for(Walk *walk) {
    put_word(walk);
    walk_loop(walk, GAP_SPACE);
    put_block(walk, BLOCK_MEMBERS, true);
}

static void put_construct_name(Walk *walk) {
    walk_gap(walk, GAP_SPACE, 0);
    walk_type_name(walk);
    put_resource_type(walk);
}

static void put_construct(Walk *walk) {
    put_word(walk);
    put_construct_name(walk);
    put_block(walk, BLOCK_CONSTRUCT, true);
}

static void put_extend(Walk *walk) {
    put_word(walk);
    if (walk_kind(walk) == TOK_TYPE) {
        put_typedef(walk);
        return;
    }
    put_construct_name(walk);
    put_block(walk, BLOCK_CONSTRUCT, true);
}

static void put_rule(Walk *walk) {
    put_word(walk);
    put_string(walk, GAP_SPACE);
    put_string(walk, GAP_SPACE);
    const uint32_t group = walk_push(walk, CMD_GROUP);
    walk->open++;
    walk_push(walk, CMD_INDENT);
    walk_push(walk, CMD_INDENT);
    if (walk_at(walk, TOK_FOR)) {
        walk_any(walk, GAP_LINE);
        put_construct_name(walk);
        if (walk_at(walk, TOK_AS)) {
            walk_any(walk, GAP_SPACE);
            walk_expect(walk, TOK_NAME, GAP_SPACE);
        }
    }
    if (walk_at(walk, TOK_WHEN)) {
        walk_any(walk, GAP_LINE);
        walk_gap(walk, GAP_SPACE, 0);
        walk_value(walk);
    }
    walk_end(walk, group);
    put_block(walk, BLOCK_RULE, true);
}

/// `require condition at value`: the value goes into a line of its own if it does not fit there.
static void put_require(Walk *walk) {
    put_word(walk);
    walk_settle(walk);
    const uint32_t frame = walk_push(walk, CMD_GROUP);
    walk->open++;
    walk_command(walk, frame)->flags |= FLAG_FRAME;
    walk_value(walk);
    if (walk_at(walk, TOK_AT)) {
        walk_any(walk, GAP_SPACE);
        walk_gap(walk, GAP_VALUE, 0);
        walk_value(walk);
    }
    walk_end(walk, frame);
}

static void put_schema(Walk *walk) {
    put_word(walk);
    walk_type_name(walk);
    put_resource_type(walk);
    put_block(walk, BLOCK_CONSTRUCT, true);
}

static void put_test(Walk *walk) {
    put_word(walk);
    put_string(walk, GAP_SPACE);
    put_block(walk, BLOCK_MEMBERS, true);
}

static void put_expect(Walk *walk) {
    put_word(walk);
    walk_value(walk);
}

void walk_declaration(Walk *walk) {
    if (walk_kind(walk) == TOK_DEPLOY || walk_kind(walk) == TOK_EXISTING) {
        put_word(walk);
        walk_settle(walk);
    }
    switch (walk_kind(walk)) {
    case TOK_IMPORT:
        put_import(walk);
        break;
    case TOK_PARAM:
    case TOK_LET:
    case TOK_OUTPUT:
        put_named(walk);
        break;
    case TOK_FN:
        put_fn(walk);
        break;
    case TOK_TYPE:
        put_typedef(walk);
        break;
    case TOK_KIND:
        put_resource(walk);
        break;
    case TOK_MODULE:
        put_module(walk);
        break;
    case TOK_USE:
        put_use(walk);
        break;
    case TOK_IF:
        put_if(walk);
        break;
    case TOK_FOR:
        put_for(walk);
        break;
    case TOK_CONSTRUCT:
        put_construct(walk);
        break;
    case TOK_EXTEND:
        put_extend(walk);
        break;
    case TOK_RULE:
        put_rule(walk);
        break;
    case TOK_SCHEMA:
        put_schema(walk);
        break;
    case TOK_TEST:
        put_test(walk);
        break;
    case TOK_EXPECT:
        put_expect(walk);
        break;
    default:
        walk->bad = true;
    }
}

// Members of constructs, schemas and rules

static void put_attribute(Walk *walk) {
    put_word(walk);
    walk_expect(walk, TOK_NAME, GAP_SPACE);
    put_type_of(walk);
    if (walk_at(walk, TOK_LBRACE)) {
        walk_gap(walk, GAP_SPACE, 0);
        walk_object(walk);
    }
}

/// `name { … }` or `name "…" { … }`.
static void put_clause(Walk *walk) {
    put_word(walk);
    if (walk_kind(walk) != TOK_LBRACE) {
        put_string(walk, GAP_SPACE);
        walk_gap(walk, GAP_SPACE, 0);
    }
    if (walk_kind(walk) != TOK_LBRACE) {
        walk->bad = true;
        return;
    }
    walk_object(walk);
}

void walk_construct_member(Walk *walk) {
    switch (walk_kind(walk)) {
    case TOK_ATTRIBUTE:
        put_attribute(walk);
        return;
    case TOK_RULE:
        put_rule(walk);
        return;
    case TOK_REQUIRE:
        put_require(walk);
        return;
    case TOK_NAME:
        break;
    default:
        walk->bad = true;
        return;
    }
    switch (walk_kind_behind(walk)) {
    case TOK_COLON:
    case TOK_QUESTION:
        walk_property_declaration(walk);
        break;
    case TOK_DECORATOR:
        walk_put(walk);
        walk_trailing_decorators(walk);
        break;
    default:
        put_clause(walk);
    }
}
