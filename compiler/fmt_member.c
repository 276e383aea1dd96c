// Members of blocks, objects and lists; what cannot be understood stays as it is.

#include "fmt_walk.h"

#include "parser.h"

static uint32_t key_width(const Walk *walk, uint32_t first) {
    const Token *token = &walk->tokens[first];
    return token->end - token->start;
}

static void put_property(Walk *walk) {
    const uint32_t first = walk->next;
    uint32_t width = key_width(walk, first);
    const TokenKind kind = walk_kind(walk);
    if (kind == TOK_NAME) {
        walk_put(walk);
        if (walk_kind(walk) != TOK_COLON) {
            return; // shorthand
        }
    } else if (kind == TOK_LBRACKET) {
        walk_put(walk);
        walk_gap(walk, GAP_NONE, 0);
        walk_value(walk);
        walk_expect(walk, TOK_RBRACKET, GAP_NONE);
        width = 0;
    } else {
        width -= walk_quoted_name(walk) ? 2 : 0;
    }
    if (walk_kind(walk) != TOK_COLON) {
        walk->bad = true;
        return;
    }
    walk_any(walk, GAP_NONE);
    walk_assigned(walk, width);
}

static void put_spread(Walk *walk) {
    walk_put(walk);
    walk_gap(walk, GAP_NONE, 0);
    walk_value(walk);
}

/// Decorators before a declaration: on lines of their own if one of them was.
static void put_decorators(Walk *walk) {
    const uint32_t index = walk->next;
    bool lines = false;
    // As far as the last `)` or name of the decorators; what follows says whether a line ended.
    uint32_t depth = 0;
    bool begins = false; // something may follow a decorator's name or arguments
    for (uint32_t at = index + 1;; at++) {
        const Token *token = &walk->tokens[at];
        const TokenKind kind = (TokenKind)token->kind;
        if (depth == 0 && begins && (token->flags & TOKEN_NEWLINE_BEFORE) != 0) {
            lines = true;
            break;
        }
        depth += kind == TOK_LPAREN;
        depth -= kind == TOK_RPAREN && depth > 0;
        if (kind == TOK_COMMENT || kind == TOK_DOC) {
            continue;
        }
        if (kind == TOK_END ||
            (depth == 0 && begins && kind != TOK_RPAREN && kind != TOK_DECORATOR)) {
            break;
        }
        begins = kind != TOK_DECORATOR;
    }
    while (walk_kind(walk) == TOK_DECORATOR && !walk->bad) {
        walk_decorator(walk);
        walk_gap(walk, lines ? GAP_HARD : GAP_SPACE, KEEP_BEFORE | KEEP_INSIDE);
        walk_settle(walk);
    }
}

static void put_import_name(Walk *walk) {
    walk_name(walk);
    if (walk_at(walk, TOK_AS)) {
        walk_any(walk, GAP_SPACE);
        walk_expect(walk, TOK_NAME, GAP_SPACE);
    }
}

static void put_member(Walk *walk, BlockKind kind) {
    if (kind == BLOCK_IMPORT) {
        put_import_name(walk);
        return;
    }
    if (kind == BLOCK_LIST) {
        if (walk_kind(walk) == TOK_SPREAD) {
            put_spread(walk);
        } else {
            walk_value(walk);
        }
        return;
    }
    if (walk_kind(walk) == TOK_DECORATOR) {
        put_decorators(walk);
    }
    if (kind == BLOCK_TYPE) {
        walk_property_declaration(walk);
    } else if (kind == BLOCK_CONSTRUCT || kind == BLOCK_RULE) {
        walk_construct_member(walk);
    } else if (walk_kind(walk) == TOK_SPREAD) {
        put_spread(walk);
    } else if (kind == BLOCK_MEMBERS && declaration_begins(walk_kind(walk))) {
        walk_declaration(walk);
    } else {
        put_property(walk);
    }
}

// What cannot be understood

/// How many errors stand before `offset`.
static uint32_t errors_before(const Walk *walk, uint32_t offset) {
    const uint32_t *errors = (const uint32_t *)(const void *)walk->errors->data;
    uint32_t low = 0;
    uint32_t high = walk->errors->len;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (errors[middle] < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool opens(TokenKind kind) {
    return kind == TOK_LBRACE || kind == TOK_LBRACKET || kind == TOK_LPAREN ||
           kind == TOK_INTERPOLATION_BEGIN || kind == TOK_STRING_BEGIN;
}

static bool closes(TokenKind kind) {
    return kind == TOK_RBRACE || kind == TOK_RBRACKET || kind == TOK_RPAREN ||
           kind == TOK_INTERPOLATION_END || kind == TOK_STRING_END;
}

/// The first repair at or behind a token, of which the file has `count`.
static const Repair *repair_from(const Walk *walk, const Token *token) {
    uint32_t low = 0;
    uint32_t high = walk->repair_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (walk->source->repairs[middle].at < token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return &walk->source->repairs[low];
}

/// The last token of the member that begins at the next token, with the brackets that the parser
/// put in and without those that it dropped.
static uint32_t member_last(const Walk *walk) {
    uint32_t depth = 0;
    uint32_t last = walk->next;
    const Repair *repair = repair_from(walk, &walk->tokens[walk->next]);
    for (uint32_t index = walk->next; walk->tokens[index].kind != TOK_END; index++) {
        const Token *token = &walk->tokens[index];
        const TokenKind kind = (TokenKind)token->kind;
        if (kind == TOK_COMMENT || kind == TOK_DOC) {
            continue;
        }
        bool counts = true;
        for (; repair->at == token; repair++) {
            counts = counts && repair->kind != REPAIR_DROP;
            if (repair->kind != REPAIR_CLOSE || index == walk->next) {
                continue;
            }
            if (depth == 0) {
                return last;
            }
            depth--;
        }
        if (!counts) {
            if (depth == 0 && index > walk->next) {
                return last;
            }
            last = index;
            continue;
        }
        if (depth == 0 && index > walk->next) {
            const bool semicolon = walk->tokens[last].kind == TOK_SEMICOLON;
            const unsigned ends = semicolon ? TOKEN_NEWLINE_BEFORE : TOKEN_SEPARATED;
            if (((token->flags & ends) != 0 && kind != TOK_SEMICOLON) || closes(kind)) {
                return last;
            }
        }
        depth += opens(kind);
        depth -= closes(kind) && depth > 0;
        last = index;
    }
    return last;
}

/// Where the walk is, to come back to.
typedef struct Place {
    uint32_t cursor, next, open, depth, consumed, commands, texts;
    uint8_t gap, keep;
    bool settled;
} Place;

static Place place_of(const Walk *walk) {
    return (Place){walk->cursor,
                   walk->next,
                   walk->open,
                   walk->depth,
                   walk->consumed,
                   walk->layout.commands->len,
                   walk->layout.texts->len,
                   walk->gap,
                   walk->keep,
                   walk->settled};
}

static void return_to(Walk *walk, const Place *place) {
    walk->cursor = place->cursor;
    walk->next = place->next;
    walk->open = place->open;
    walk->depth = place->depth;
    walk->consumed = place->consumed;
    g_array_set_size(walk->layout.commands, place->commands);
    g_array_set_size(walk->layout.texts, place->texts);
    walk->gap = place->gap;
    walk->keep = place->keep;
    walk->settled = place->settled;
    walk->bad = false;
}

/// Whether the member ends where the walk has come to.
static bool is_at_end(const Walk *walk) {
    const TokenKind kind = walk_kind(walk);
    if (walk->cursor > 0 && walk->tokens[walk->cursor - 1].kind == TOK_SEMICOLON) {
        return kind == TOK_END || closes(kind) || !walk_is_on_line(walk);
    }
    return kind == TOK_COMMA || kind == TOK_END || walk_is_separated(walk) || closes(kind);
}

/// The last token of the member of the file that has the last error.
static uint32_t last_wrong(Walk *walk) {
    const uint32_t at = walk->next;
    const uint32_t end = g_array_index(walk->errors, uint32_t, walk->errors->len - 1);
    uint32_t last;
    do {
        last = member_last(walk);
        walk->next = last + 1;
        while (walk->tokens[walk->next].kind == TOK_COMMENT ||
               walk->tokens[walk->next].kind == TOK_DOC) {
            walk->next++;
        }
    } while (walk->tokens[last].end <= end && walk_kind(walk) != TOK_END);
    walk->next = at;
    return last;
}

/// Has the member whose last token is `last` stay as it is: with the one before it, if that does,
/// and what stands between.
static void keep_member(Walk *walk, const Place *place, uint32_t bad_at, uint32_t last) {
    return_to(walk, place);
    if (walk->stay == STAY_STRETCH && walk->errors->len > 0) {
        last = MAX(last, last_wrong(walk));
    }
    if (bad_at == UINT32_MAX) {
        bad_at = walk->layout.commands->len;
        walk_put_range(walk, last, CMD_VERBATIM);
    } else {
        g_array_set_size(walk->layout.commands, bad_at + 1);
        walk_command(walk, bad_at)->arg2 = last;
        walk_move_behind(walk, last);
    }
    walk->bad_at = bad_at;
}

void walk_member(Walk *walk, BlockKind kind) {
    const uint32_t bad_at = walk->bad_at;
    walk_settle(walk);
    walk->bad_at = UINT32_MAX;
    const bool top = walk->members == 0 && walk->stay != STAY_MEMBER;
    const bool inner = walk->members > 0 && walk->stay != STAY_MEMBER;
    if (inner || (walk->errors->len == 0 && !walk->careful && !top)) {
        walk->members++;
        put_member(walk, kind);
        walk->members--;
        walk->bad = walk->bad || !is_at_end(walk);
        return;
    }
    const bool odd = walk->odd;
    walk->odd = false;
    const Place place = place_of(walk);
    const uint32_t last = member_last(walk);
    const uint32_t first_error = errors_before(walk, walk->tokens[walk->next].start);
    const uint32_t errors = errors_before(walk, walk->tokens[last].end + 1) - first_error;
    walk->attempts++;
    walk->members++;
    put_member(walk, kind);
    walk->members--;
    walk->attempts--;
    while (!walk->bad && walk_kind(walk) == TOK_SEMICOLON) {
        walk->consumed++;
        walk_any(walk, GAP_NONE);
    }
    const bool ok = !walk->bad && is_at_end(walk) && walk->cursor == last + 1 &&
                    walk->consumed - place.consumed == errors &&
                    !(top && walk->odd && walk->errors->len == 0);
    walk->odd = walk->odd || odd;
    if (!ok) {
        keep_member(walk, &place, bad_at, last);
        walk->consumed = place.consumed + errors;
    }
}

// Blocks

bool walk_statements(Walk *walk, BlockKind kind, TokenKind closer) {
    bool any = false;
    for (;;) {
        walk_skip_commas(walk);
        if (walk->bad || walk_kind(walk) == closer || walk_kind(walk) == TOK_END) {
            return any;
        }
        walk_gap(walk, GAP_HARD, any ? KEEP_BEFORE | KEEP_INSIDE : KEEP_INSIDE);
        walk_settle(walk);
        walk_member(walk, kind);
        any = true;
        if (!walk->bad && walk->bad_at == UINT32_MAX) {
            walk_flush(walk);
        }
    }
}

/// A block that is on one line if it fits and the user left it there.
static void put_flat_block(Walk *walk, BlockKind kind) {
    const uint32_t group = walk_begin(walk);
    walk_put(walk);
    walk_push(walk, CMD_INDENT);
    bool any = false;
    for (;;) {
        walk_skip_commas(walk);
        if (walk->bad || walk_kind(walk) == TOK_RBRACE || walk_kind(walk) == TOK_END) {
            break;
        }
        walk_gap(walk, any ? GAP_COMMAS : GAP_LINE, any ? KEEP_BEFORE | KEEP_INSIDE : KEEP_INSIDE);
        walk_settle(walk);
        if (declaration_begins(walk_kind(walk)) || walk_kind(walk) == TOK_DECORATOR) {
            walk_command(walk, group)->flags |= FLAG_FORCED;
        }
        walk_member(walk, kind);
        any = true;
    }
    walk_close(walk, TOK_RBRACE, any || !walk_is_bare(walk) ? GAP_LINE : GAP_NONE);
    walk_end(walk, group);
}

void walk_block(Walk *walk, BlockKind kind, bool always) {
    if (walk_kind(walk) != TOK_LBRACE) {
        walk->bad = true;
        return;
    }
    if (walk_kind_behind(walk) != TOK_RBRACE && !always &&
        (walk->tokens[walk->next + 1].flags & TOKEN_NEWLINE_BEFORE) == 0) {
        put_flat_block(walk, kind);
        return;
    }
    walk_put(walk);
    walk_push(walk, CMD_INDENT);
    const bool any = walk_statements(walk, kind, TOK_RBRACE);
    walk_close(walk, TOK_RBRACE,
               !any && walk_is_on_line(walk) ? (walk_is_bare(walk) ? GAP_NONE : GAP_SPACE)
               : !any && walk_is_bare(walk)  ? GAP_NONE
                                             : GAP_HARD);
}
