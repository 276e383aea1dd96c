// What the walk appends: tokens, the gaps between them, and the comments that stand in the gaps.

#include "fmt_walk.h"

#include <string.h>

static bool is_comment(const Token *token) {
    return token->kind == TOK_COMMENT || token->kind == TOK_DOC;
}

static bool is_opener(TokenKind kind) {
    return kind == TOK_LBRACE || kind == TOK_LBRACKET || kind == TOK_LPAREN;
}

static bool is_closer(TokenKind kind) {
    return kind == TOK_RBRACE || kind == TOK_RBRACKET || kind == TOK_RPAREN;
}

static uint32_t behind_comments(const Walk *walk, uint32_t index) {
    while (is_comment(&walk->tokens[index])) {
        index++;
    }
    return index;
}

TokenKind walk_kind_behind(const Walk *walk) {
    return walk_kind(walk) == TOK_END
               ? TOK_END
               : (TokenKind)walk->tokens[behind_comments(walk, walk->next + 1)].kind;
}

bool walk_at(const Walk *walk, TokenKind kind) {
    return walk_kind(walk) == kind && !walk_is_separated(walk);
}

uint32_t walk_push(Walk *walk, CommandKind kind) {
    const Command command = {.kind = (uint8_t)kind};
    g_array_append_val(walk->layout.commands, command);
    return walk->layout.commands->len - 1;
}

static void push_token(Walk *walk, CommandKind kind, uint32_t token) {
    walk_command(walk, walk_push(walk, kind))->arg = token;
}

void walk_gap(Walk *walk, GapKind gap, unsigned keep) {
    walk->gap = (uint8_t)gap;
    walk->keep = (uint8_t)keep;
}

// Comments

static bool has_newline(const Walk *walk, uint32_t index) {
    return (walk->tokens[index].flags & TOKEN_NEWLINE_BEFORE) != 0;
}

/// Whether a line ends before the comment or next token at `index`. The commas before it, and the
/// first `|` of a union, are not appended, so line ends before them count too.
static bool begins_line(const Walk *walk, uint32_t index) {
    bool begins = has_newline(walk, index);
    while (index > walk->cursor && !is_comment(&walk->tokens[index - 1])) {
        begins = has_newline(walk, --index) || begins;
    }
    return begins;
}

/// Whether a comment on the line of the token before it belongs to that, and not to the next.
static bool is_trailing(const Walk *walk, uint32_t index) {
    if (comment_ends_line(&walk->layout, &walk->tokens[index])) {
        return true;
    }
    const uint32_t after = index + 1;
    const TokenKind kind = (TokenKind)walk->tokens[after].kind;
    const TokenKind before =
        walk->cursor > 0 ? (TokenKind)walk->tokens[walk->cursor - 1].kind : TOK_END;
    if (before == TOK_LBRACKET || before == TOK_LPAREN) {
        return false;
    }
    if (walk->gap == GAP_NONE) {
        return !is_opener(before); // no line can end here
    }
    if (has_newline(walk, after) || kind == TOK_COMMA || kind == TOK_END) {
        return true;
    }
    if (is_comment(&walk->tokens[after])) {
        return is_trailing(walk, after);
    }
    return is_closer(kind) && index > 0 && !is_opener((TokenKind)walk->tokens[index - 1].kind);
}

/// Appends the comments that belong to the token before. Returns the first that does not, or the
/// next token. `*ended`: one of them ends its line.
static uint32_t put_trailing(Walk *walk, bool *ended) {
    uint32_t index = walk->cursor;
    *ended = false;
    for (; index < walk->next; index++) {
        if (!is_comment(&walk->tokens[index])) {
            continue;
        }
        if (index == 0 || *ended || has_newline(walk, index) || !is_trailing(walk, index)) {
            break;
        }
        walk->odd =
            walk->odd || walk->gap == GAP_NONE || walk->gap == GAP_SPACE || walk->gap == GAP_VALUE;
        push_token(walk, CMD_TRAIL, index);
        *ended = comment_ends_line(&walk->layout, &walk->tokens[index]);
    }
    while (index < walk->next && !is_comment(&walk->tokens[index])) {
        index++;
    }
    return index;
}

static CommandKind command_of_gap(GapKind gap) {
    static const uint8_t kinds[] = {
        [GAP_NONE] = CMD_NOTHING, [GAP_SPACE] = CMD_SPACE,   [GAP_LINE] = CMD_LINE,
        [GAP_SOFT] = CMD_SOFT,    [GAP_COMMAS] = CMD_COMMAS, [GAP_FILL] = CMD_FILL,
        [GAP_VALUE] = CMD_FLUID,  [GAP_HARD] = CMD_HARD};
    return (CommandKind)kinds[gap];
}

static void push_hard(Walk *walk, unsigned flags) {
    walk_command(walk, walk_push(walk, CMD_HARD))->flags = (uint8_t)flags;
}

static unsigned blank_flag(const Walk *walk, uint32_t index, bool keep) {
    return keep && (walk->tokens[index].flags & TOKEN_BLANK_BEFORE) != 0 ? FLAG_BLANK : 0U;
}

/// The gap before `index`. `breaks`: a comment there stands on a line of its own.
static void push_gap(Walk *walk, uint32_t index, bool breaks) {
    const GapKind gap = (GapKind)walk->gap;
    const unsigned blank = blank_flag(walk, index, (walk->keep & KEEP_BEFORE) != 0);
    if (gap == GAP_VALUE && breaks) {
        walk_push(walk, CMD_STEP);
        push_hard(walk, 0);
        walk->value_at = UINT32_MAX;
    } else if ((gap == GAP_NONE || gap == GAP_SPACE) && breaks) {
        push_hard(walk, FLAG_CONTINUE);
    } else if (gap != GAP_NONE) {
        const uint32_t at = walk_push(walk, command_of_gap(gap));
        walk_command(walk, at)->flags = (uint8_t)(blank | (breaks ? FLAG_FORCED : 0U));
        if (gap == GAP_VALUE) {
            walk->value_at = at;
        }
    }
}

/// Comments before the next token, from `index` on, each behind what separates it.
static void put_leading(Walk *walk, uint32_t index) {
    const bool hangs = walk->gap == GAP_NONE || walk->gap == GAP_SPACE;
    const unsigned deeper = hangs ? FLAG_CONTINUE : 0U;
    walk->odd = walk->odd || (index < walk->next && (hangs || walk->gap == GAP_VALUE));
    // What stands in the line of an opening bracket is followed by no empty line.
    bool edge = index == walk->cursor && index > 0 && !has_newline(walk, index) &&
                is_opener((TokenKind)walk->tokens[index - 1].kind);
    while (index < walk->next) {
        push_token(walk, CMD_COMMENT, index);
        const bool ends = comment_ends_line(&walk->layout, &walk->tokens[index]);
        do {
            index++;
        } while (index < walk->next && !is_comment(&walk->tokens[index]));
        if (ends || begins_line(walk, index)) {
            const bool keep = (walk->keep & KEEP_INSIDE) != 0 && !edge;
            push_hard(walk, deeper | blank_flag(walk, index, keep));
            edge = false;
        } else {
            walk_push(walk, CMD_SPACE);
        }
    }
}

void walk_settle(Walk *walk) {
    if (walk->settled) {
        return;
    }
    bool ended = false;
    const uint32_t index = put_trailing(walk, &ended);
    const bool own = index < walk->next && (index == 0 || begins_line(walk, index));
    push_gap(walk, index, (own && index > 0) || ended);
    put_leading(walk, index);
    walk->cursor = walk->next;
    walk->settled = true;
    walk->gap = GAP_NONE;
    walk->keep = 0;
}

// Tokens

void walk_move_behind(Walk *walk, uint32_t last) {
    walk->cursor = last + 1;
    walk->next = behind_comments(walk, last + 1);
    walk->settled = false;
    walk->gap = GAP_NONE;
    walk->keep = 0;
    walk->bad_at = UINT32_MAX;
}

void walk_put(Walk *walk) {
    if (walk_kind(walk) == TOK_END) {
        walk->bad = true;
        return;
    }
    walk_settle(walk);
    push_token(walk, CMD_TOKEN, walk->next);
    walk_move_behind(walk, walk->next);
}

void walk_name(Walk *walk) {
    if (walk_kind(walk) == TOK_NAME) {
        walk_put(walk);
    } else {
        walk->bad = true;
    }
}

void walk_any(Walk *walk, GapKind gap) {
    walk_gap(walk, gap, 0);
    walk_put(walk);
}

void walk_expect(Walk *walk, TokenKind kind, GapKind gap) {
    if (!walk_at(walk, kind)) {
        walk->bad = true;
        return;
    }
    walk_any(walk, gap);
}

void walk_put_text(Walk *walk, uint32_t last, const char *text, size_t length) {
    walk_settle(walk);
    const LayoutText entry = {text, (uint32_t)length, layout_columns(&walk->layout, text, length)};
    g_array_append_val(walk->layout.texts, entry);
    push_token(walk, CMD_TEXT, walk->layout.texts->len - 1);
    walk_move_behind(walk, last);
}

void walk_put_range(Walk *walk, uint32_t last, CommandKind kind) {
    walk_settle(walk);
    const uint32_t at = walk_push(walk, kind);
    walk_command(walk, at)->arg = walk->next;
    walk_command(walk, at)->arg2 = last;
    walk_move_behind(walk, last);
}

void walk_skip_commas(Walk *walk) {
    while (walk_kind(walk) == TOK_COMMA && !walk->settled) {
        walk->next = behind_comments(walk, walk->next + 1);
    }
}

void walk_comma(Walk *walk, TokenKind closer) {
    const bool more = walk_kind_behind(walk) != closer;
    for (uint32_t index = walk->cursor; index < walk->next; index++) {
        if (has_newline(walk, index) || comment_ends_line(&walk->layout, &walk->tokens[index])) {
            break;
        }
        push_token(walk, CMD_TRAIL, index);
        walk->cursor = index + 1;
    }
    walk_skip_commas(walk);
    if (more) {
        walk_push(walk, CMD_COMMA);
    }
}

bool walk_is_bare(const Walk *walk) {
    for (uint32_t index = walk->cursor; index < walk->next; index++) {
        if (is_comment(&walk->tokens[index])) {
            return false;
        }
    }
    return true;
}

void walk_skip_qualifier(Walk *walk) {
    const unsigned mask = TOKEN_NEEDLESS | TOKEN_NEEDED;
    while ((walk->tokens[walk->next].flags & mask) == TOKEN_NEEDLESS) {
        walk->cursor = ++walk->next; // there are no comments in it
    }
}

bool walk_is_on_line(const Walk *walk) {
    for (uint32_t index = walk->cursor; index <= walk->next; index++) {
        if (has_newline(walk, index)) {
            return false;
        }
    }
    return true;
}

bool walk_newline_follows(const Walk *walk) {
    return has_newline(walk, walk->cursor);
}

/// Comments before a closing bracket; nothing follows them there.
static void put_dangling(Walk *walk) {
    bool ended = false;
    uint32_t index = put_trailing(walk, &ended);
    const bool first = index > 0 && is_opener((TokenKind)walk->tokens[index - 1].kind);
    bool begins = first;
    for (; index < walk->next; index++) {
        if (!is_comment(&walk->tokens[index])) {
            continue;
        }
        if (begins_line(walk, index)) {
            push_hard(walk, blank_flag(walk, index, !begins));
        } else if (!first || walk_kind(walk) == TOK_RBRACE) {
            walk_push(walk, CMD_SPACE);
        }
        push_token(walk, CMD_COMMENT, index);
        begins = false;
    }
    walk->cursor = walk->next;
}

void walk_close(Walk *walk, TokenKind kind, GapKind gap) {
    if (walk_kind(walk) != kind) {
        walk->bad = true;
        return;
    }
    put_dangling(walk);
    walk_push(walk, CMD_DEDENT);
    walk_gap(walk, gap, 0);
    walk_put(walk);
}

// Groups

uint32_t walk_begin(Walk *walk) {
    walk_settle(walk);
    walk->open++;
    return walk_push(walk, CMD_GROUP);
}

void walk_begin_at(Walk *walk, uint32_t index) {
    const Command command = {.kind = CMD_GROUP};
    g_array_insert_val(walk->layout.commands, index, command);
    walk->open++;
}

void walk_end(Walk *walk, uint32_t group) {
    const uint32_t end = walk_push(walk, CMD_END);
    walk_command(walk, group)->arg = end - group;
    walk->open--;
}

void walk_flatten(Walk *walk, uint32_t begin) {
    static const LayoutText commas = {", ", 2, 2};
    for (uint32_t index = begin; index < walk->layout.commands->len; index++) {
        Command *command = walk_command(walk, index);
        switch ((CommandKind)command->kind) {
        case CMD_LINE:
        case CMD_FLUID:
        case CMD_HARD:
            command->kind = CMD_SPACE;
            break;
        case CMD_COMMAS:
        case CMD_FILL:
            g_array_append_val(walk->layout.texts, commas);
            command->kind = CMD_TEXT;
            command->arg = walk->layout.texts->len - 1;
            break;
        case CMD_SOFT:
        case CMD_BAR:
        case CMD_GROUP:
        case CMD_END:
        case CMD_INDENT:
        case CMD_DEDENT:
        case CMD_STEP:
        case CMD_ALIGN:
            command->kind = CMD_NOTHING;
            break;
        default:
            break;
        }
    }
}

void walk_flush(Walk *walk) {
    if (walk->open == 0 && walk->attempts == 0) {
        layout_print(&walk->layout);
    }
}

// The begin and the end of the file

void walk_start(Walk *walk) {
    walk->cursor = 0;
    walk->next = behind_comments(walk, 0);
}

void walk_finish(Walk *walk) {
    bool ended = false;
    uint32_t index = put_trailing(walk, &ended);
    for (bool any = index > 0; index < walk->next; index++) {
        if (is_comment(&walk->tokens[index])) {
            if (!any || ended || begins_line(walk, index)) {
                push_hard(walk, blank_flag(walk, index, any));
            } else {
                walk_push(walk, CMD_SPACE);
            }
            ended = comment_ends_line(&walk->layout, &walk->tokens[index]);
            push_token(walk, CMD_COMMENT, index);
            any = true;
        }
    }
    walk->cursor = walk->next;
}
