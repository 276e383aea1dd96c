// Lists and objects, and what makes either of a list.

#include "fmt_walk.h"

/// Members or elements up to `closer`.
static bool put_members(Walk *walk, BlockKind kind, TokenKind closer, GapKind first, GapKind gap) {
    bool any = false;
    for (;;) {
        walk_skip_commas(walk);
        if (walk->bad || walk_kind(walk) == closer || walk_kind(walk) == TOK_END) {
            return any;
        }
        walk_gap(walk, any ? gap : first, any ? KEEP_BEFORE | KEEP_INSIDE : KEEP_INSIDE);
        walk_settle(walk);
        walk_member(walk, kind);
        any = true;
    }
}

// Lists

typedef enum ElementKind {
    ELEMENTS_MIXED,
    ELEMENTS_NUMBERS,
    ELEMENTS_OBJECTS,
    ELEMENTS_LISTS
} ElementKind;

/// What is known of an element from its tokens.
typedef struct ElementScan {
    uint32_t index;
    uint32_t depth;
} ElementScan;

static bool opens(TokenKind kind) {
    return kind == TOK_LBRACE || kind == TOK_LBRACKET || kind == TOK_LPAREN ||
           kind == TOK_INTERPOLATION_BEGIN;
}

static bool closes(TokenKind kind) {
    return kind == TOK_RBRACE || kind == TOK_RBRACKET || kind == TOK_RPAREN ||
           kind == TOK_INTERPOLATION_END;
}

/// Whether the element at `*index` is all of a bracket of `kind` with more than one member in it.
/// `*index` becomes the token behind it.
static bool is_full_bracket(const Walk *walk, uint32_t *index, TokenKind kind) {
    if (walk->tokens[*index].kind != kind) {
        return false;
    }
    uint32_t depth = 0;
    uint32_t members = 0;
    bool begins = true;
    for (;; ++*index) {
        const Token *token = &walk->tokens[*index];
        const TokenKind at = (TokenKind)token->kind;
        if (at == TOK_END) {
            return false;
        }
        if (at == TOK_COMMENT || at == TOK_DOC) {
            continue;
        }
        if (closes(at) && --depth == 0) {
            ++*index;
            return members > 1;
        }
        begins = begins || (depth == 1 && (token->flags & TOKEN_SEPARATED) != 0);
        if (at == TOK_COMMA && depth == 1) {
            begins = true;
        } else if (depth > 0 && begins) {
            members++;
            begins = false;
        }
        depth += opens(at);
    }
}

static bool is_number_element(const Walk *walk, uint32_t *index) {
    *index += walk->tokens[*index].kind == TOK_MINUS;
    const TokenKind kind = (TokenKind)walk->tokens[*index].kind;
    ++*index;
    return kind == TOK_INTEGER || kind == TOK_DECIMAL;
}

/// What all elements of the list whose `[` is the next token have in common. As prettier does it,
/// several objects (or lists) with more than one member each stand on lines of their own, and
/// numbers fill lines.
static ElementKind scan_elements(const Walk *walk) {
    uint32_t index = walk->next + 1;
    ElementKind all = ELEMENTS_MIXED;
    for (uint32_t count = 0;; count++) {
        bool separated = count == 0;
        while (walk->tokens[index].kind == TOK_COMMENT || walk->tokens[index].kind == TOK_COMMA ||
               walk->tokens[index].kind == TOK_DOC) {
            separated = separated || walk->tokens[index].kind == TOK_COMMA;
            index++;
        }
        const Token *token = &walk->tokens[index];
        if (token->kind == TOK_RBRACKET) {
            return count > 1 ? all : ELEMENTS_MIXED;
        }
        if (!separated && (token->flags & TOKEN_SEPARATED) == 0) {
            return ELEMENTS_MIXED;
        }
        const ElementKind kind = token->kind == TOK_LBRACE     ? ELEMENTS_OBJECTS
                                 : token->kind == TOK_LBRACKET ? ELEMENTS_LISTS
                                                               : ELEMENTS_NUMBERS;
        const bool like = kind == ELEMENTS_NUMBERS
                              ? is_number_element(walk, &index)
                              : is_full_bracket(walk, &index, (TokenKind)token->kind);
        if (!like || (count > 0 && kind != all)) {
            return ELEMENTS_MIXED;
        }
        all = kind;
    }
}

/// `for x in list if condition: value` between brackets; `key`: `[key]: value`.
static void put_comprehension(Walk *walk, bool key, GapKind edge) {
    walk_gap(walk, edge, 0);
    walk_put(walk);
    walk_loop(walk, GAP_LINE);
    walk_expect(walk, TOK_COLON, GAP_NONE);
    const uint32_t group = walk_push(walk, CMD_GROUP);
    walk->open++;
    walk_push(walk, CMD_INDENT);
    walk_gap(walk, GAP_LINE, 0);
    if (key) {
        walk_expect(walk, TOK_LBRACKET, GAP_LINE);
        walk_gap(walk, GAP_NONE, 0);
        walk_value(walk);
        walk_expect(walk, TOK_RBRACKET, GAP_NONE);
        walk_expect(walk, TOK_COLON, GAP_NONE);
        walk_assigned(walk, 0);
        walk_skip_commas(walk);
    } else {
        walk_value(walk);
    }
    walk_end(walk, group);
}

Shape walk_list(Walk *walk) {
    const ElementKind elements = scan_elements(walk);
    const uint32_t group = walk_begin(walk);
    if (elements == ELEMENTS_OBJECTS || elements == ELEMENTS_LISTS) {
        walk_command(walk, group)->flags |= FLAG_FORCED;
    }
    walk_put(walk);
    walk_push(walk, CMD_INDENT);
    GapKind edge = GAP_SOFT;
    if (walk_kind(walk) == TOK_FOR) {
        put_comprehension(walk, false, GAP_SOFT);
    } else if (!put_members(walk, BLOCK_LIST, TOK_RBRACKET, GAP_SOFT,
                            elements == ELEMENTS_NUMBERS ? GAP_FILL : GAP_COMMAS)) {
        edge = walk_is_bare(walk) ? GAP_NONE : GAP_SOFT;
    }
    walk_close(walk, TOK_RBRACKET, edge);
    walk_end(walk, group);
    return elements == ELEMENTS_NUMBERS ? SHAPE_NUMBERS : SHAPE_BRACKETS;
}

// Objects

Shape walk_object(Walk *walk) {
    walk_settle(walk);
    const uint32_t group = walk_begin(walk);
    walk_put(walk);
    if (walk_kind(walk) != TOK_RBRACE && walk_newline_follows(walk)) {
        walk_command(walk, group)->flags |= FLAG_FORCED;
    }
    walk_push(walk, CMD_INDENT);
    GapKind edge = GAP_LINE;
    walk_skip_commas(walk);
    if (walk_kind(walk) == TOK_FOR) {
        // In braces, a line in the header that begins with `name:` would be a member.
        walk->odd = true;
        put_comprehension(walk, true, GAP_LINE);
    } else if (!put_members(walk, BLOCK_OBJECT, TOK_RBRACE, GAP_LINE, GAP_COMMAS)) {
        edge = walk_is_bare(walk) ? GAP_NONE : GAP_LINE;
    }
    walk_close(walk, TOK_RBRACE, edge);
    walk_end(walk, group);
    return SHAPE_BRACKETS;
}
