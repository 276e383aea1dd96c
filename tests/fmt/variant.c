#include "variant.h"

#include "items.h"
#include "parser.h"

#include <string.h>

/// How a program is written again, gap after gap.
typedef struct Variant {
    const Reading *reading;
    Chance *chance;
    GString *out;
    GHashTable *begins;     ///< byte offsets of the first tokens of members
    GHashTable *decorators; ///< byte offsets of the tokens in decorators and right behind them
    GString *brackets;      ///< that are open, a letter each
    unsigned percent;       ///< of the gaps are changed
} Variant;

typedef void (*GapWriter)(Variant *variant, const Token *before, const Token *next);

static bool is_comment(const Token *token) {
    return token->kind == TOK_COMMENT || token->kind == TOK_DOC;
}

static bool is_in_string(const Token *next) {
    return next->kind == TOK_STRING_TEXT || next->kind == TOK_STRING_END ||
           next->kind == TOK_INTERPOLATION_BEGIN;
}

static void copy_gap(Variant *variant, const Token *before, const Token *next) {
    g_string_append_len(variant->out, variant->reading->source->text + before->end,
                        (gssize)(next->start - before->end));
}

static void follow_brackets(Variant *variant, const Token *token) {
    switch (token->kind) {
    case TOK_LBRACE:
    case TOK_LBRACKET:
        g_string_append_c(variant->brackets, '{');
        break;
    case TOK_LPAREN:
    case TOK_INTERPOLATION_BEGIN:
        g_string_append_c(variant->brackets, '(');
        break;
    case TOK_RBRACE:
    case TOK_RBRACKET:
    case TOK_RPAREN:
    case TOK_INTERPOLATION_END:
        if (variant->brackets->len > 0) {
            g_string_truncate(variant->brackets, variant->brackets->len - 1);
        }
        break;
    default:
        break;
    }
}

static bool in_parentheses(const Variant *variant) {
    return variant->brackets->len > 0 && variant->brackets->str[variant->brackets->len - 1] == '(';
}

/// Whether a line end may stand between the two without separating them, as far as a look tells.
static bool takes_line_end(const Variant *variant, const Token *before, const Token *next) {
    return in_parentheses(variant) || feed_continues((TokenKind)next->kind) ||
           !feed_ends((TokenKind)before->kind);
}

static bool begins_member(const Variant *variant, const Token *token) {
    return g_hash_table_contains(variant->begins, GUINT_TO_POINTER(token->start));
}

static void append_blanks(Variant *variant) {
    static const char *const blanks[] = {" ", "  ", "\t", "      ", " \t "};
    g_string_append(variant->out, blanks[chance_below(variant->chance, G_N_ELEMENTS(blanks))]);
}

static void append_line_ends(Variant *variant, bool blank) {
    const size_t count = blank ? 2 + chance_below(variant->chance, 3) : 1;
    for (size_t index = 0; index < count; ++index) {
        if (chance_percent(variant->chance, 30)) {
            append_blanks(variant);
        }
        g_string_append_c(variant->out, '\n');
    }
    if (chance_percent(variant->chance, 60)) {
        append_blanks(variant);
    }
}

// Rearranging

static void rearrange_gap(Variant *variant, const Token *before, const Token *next) {
    const bool newline = (next->flags & TOKEN_NEWLINE_BEFORE) != 0;
    const bool blank = (next->flags & TOKEN_BLANK_BEFORE) != 0;
    const bool comment = is_comment(before) || is_comment(next);
    const bool hint = before->kind == TOK_LBRACE || comment || blank ||
                      g_hash_table_contains(variant->decorators, GUINT_TO_POINTER(next->start));
    const bool separates = before->kind != TOK_COMMA && feed_ends((TokenKind)before->kind) &&
                           begins_member(variant, next) && !in_parentheses(variant);
    if (hint && !newline && next->start == before->end) {
        return;
    }
    const bool stays = hint || (newline && chance_percent(variant->chance, 30));
    const bool may_end = before->kind == TOK_COMMA || takes_line_end(variant, before, next);
    if (stays ? newline : !newline && may_end) {
        append_line_ends(variant, stays && blank);
        return;
    }
    g_string_append(variant->out, !stays && newline && separates ? "," : "");
    append_blanks(variant);
}

// Comments

static void comment_gap(Variant *variant, const Token *before, const Token *next) {
    copy_gap(variant, before, next);
    const bool line = takes_line_end(variant, before, next) || before->kind == TOK_COMMA ||
                      (next->flags & TOKEN_NEWLINE_BEFORE) != 0;
    static const char *const lines[] = {" // one\n",
                                        "\n// two  \n",
                                        "\n/* three */\n",
                                        "// four\n\n",
                                        "\n\n/* five\n * six\n */\n",
                                        "\n\n\n",
                                        "\n",
                                        "/* seven */\n\n",
                                        "\n\n// eight\n// nine\n\n"};
    static const char *const inside[] = {" /* a */ ", "/* b */ /* c */", "\t"};
    if (begins_member(variant, next) && line && chance_percent(variant->chance, 30)) {
        g_string_append(variant->out, "\n/// ten\n");
    } else if (line && chance_percent(variant->chance, 70)) {
        g_string_append(variant->out, lines[chance_below(variant->chance, G_N_ELEMENTS(lines))]);
    } else {
        g_string_append(variant->out, inside[chance_below(variant->chance, G_N_ELEMENTS(inside))]);
    }
}

// Both

static GString *write_again(Variant *variant, GapWriter gap) {
    const Source *source = variant->reading->source;
    GString *out = g_string_new(NULL);
    variant->out = out;
    g_string_truncate(variant->brackets, 0);
    unsigned strings = 0; // that are open: what is filled into them stays as it is
    Token before = {.end = source->bom ? 3 : 0, .kind = TOK_NEWLINE};
    g_string_append_len(out, source->text, before.end);
    for (uint32_t index = 0; index < source->token_count; ++index) {
        const Token *next = &source->tokens[index];
        if (strings > 0 || is_in_string(next) ||
            !chance_percent(variant->chance, variant->percent)) {
            copy_gap(variant, &before, next);
        } else {
            gap(variant, &before, next);
        }
        g_string_append_len(out, source->text + next->start, (gssize)(next->end - next->start));
        follow_brackets(variant, next);
        strings += next->kind == TOK_STRING_BEGIN;
        strings -= next->kind == TOK_STRING_END;
        before = *next;
    }
    return out;
}

static GHashTable *begins_of(const Reading *reading) {
    GHashTable *begins = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) items = items_of(reading);
    for (guint index = 0; index < items->len; ++index) {
        const Item *item = &g_array_index(items, Item, index);
        if (item->begins) {
            g_hash_table_add(begins, GUINT_TO_POINTER(item->start));
        }
    }
    return begins;
}

static void find_decorators(Node *node, void *data) {
    const Variant *variant = data;
    const Source *source = variant->reading->source;
    if (node->kind == NODE_DECORATOR) {
        uint32_t index = source_token_at(source, node->start + 1);
        do {
            g_hash_table_add(variant->decorators, GUINT_TO_POINTER(source->tokens[index].start));
        } while (source->tokens[index++].start < node->end && index < source->token_count);
    }
    node_each_child(node, find_decorators, data);
}

/// Writes again, changing less and less, until it is read as `same` (NULL: without errors).
static GString *write_until_read(const Reading *reading, JudgeKind kind, Chance *chance,
                                 GapWriter gap, unsigned percent, const GString *same) {
    g_autoptr(GHashTable) begins = begins_of(reading);
    g_autoptr(GHashTable) decorators = g_hash_table_new(NULL, NULL);
    g_autoptr(GString) brackets = g_string_new(NULL);
    Variant variant = {.reading = reading,
                       .chance = chance,
                       .begins = begins,
                       .decorators = decorators,
                       .brackets = brackets};
    find_decorators(reading->source->tree, &variant);
    for (; percent > 0; percent /= 2) {
        variant.percent = percent;
        g_autoptr(GString) out = write_again(&variant, gap);
        g_autoptr(Reading) again = reading_new(out->str, out->len, kind == JUDGE_SETTINGS);
        if (again->good && same == NULL) {
            return g_steal_pointer(&out);
        }
        if (again->good) {
            g_autoptr(GString) tree = reading_tree(again);
            if (g_string_equal(tree, same)) {
                return g_steal_pointer(&out);
            }
        }
    }
    return NULL;
}

GString *variant_rearrange(const GString *text, JudgeKind kind, Chance *chance) {
    g_autoptr(Reading) reading = reading_new(text->str, text->len, kind == JUDGE_SETTINGS);
    if (!reading->good) {
        return NULL;
    }
    g_autoptr(GString) tree = reading_tree(reading);
    return write_until_read(reading, kind, chance, rearrange_gap, 90, tree);
}

GString *variant_comment(const GString *text, Chance *chance) {
    g_autoptr(Reading) reading = reading_new(text->str, text->len, false);
    if (!reading->good) {
        return NULL;
    }
    return write_until_read(reading, JUDGE_PROGRAM, chance, comment_gap,
                            5 + (unsigned)chance_below(chance, 40), NULL);
}

char *variant_judge(const GString *text, JudgeKind kind, Chance *chance, size_t *tried) {
    g_autoptr(GString) other = variant_rearrange(text, kind, chance);
    if (other == NULL) {
        return NULL;
    }
    ++*tried;
    g_autoptr(GString) expected = judge_format(text->str, text->len, kind);
    g_autoptr(GString) found = judge_format(other->str, other->len, kind);
    char *failure = judge_difference("layout", expected, found);
    if (failure == NULL) {
        return NULL;
    }
    char *all = g_strdup_printf("%s, of the other layout\n%s", failure, other->str);
    g_free(failure);
    return all;
}

// Damage

static void damage_bytes(GString *text, Chance *chance) {
    static const char bytes[] = "{}[]()\"'`$#;,:/*\\\n\r\t \xff\x01"
                                "a0@.|?=";
    const gssize at = (gssize)chance_below(chance, text->len + 1);
    const gssize count = (gssize)chance_below(chance, 20);
    const gssize room = (gssize)text->len - at;
    switch (chance_below(chance, 3)) {
    case 0:
        g_string_insert_c(text, at, bytes[chance_below(chance, sizeof bytes - 1)]);
        break;
    case 1:
        g_string_erase(text, at, MIN(room, 1 + count / 7));
        break;
    default:
        g_string_insert_len(text, at, text->str + at, MIN(room, count));
        break;
    }
}

/// Leaves a token out, doubles it, or writes another one in its place.
static void damage_token(GString *text, Chance *chance) {
    g_autoptr(Reading) reading = reading_new(text->str, text->len, false);
    if (reading->source == NULL || reading->source->token_count < 2) {
        return;
    }
    const Token *tokens = reading->source->tokens;
    const Token *token = &tokens[chance_below(chance, reading->source->token_count - 1U)];
    const Token *other = &tokens[chance_below(chance, reading->source->token_count - 1U)];
    g_autofree char *copy = g_strndup(text->str + other->start, other->end - other->start);
    const size_t choice = chance_below(chance, 3);
    if (choice != 1) {
        g_string_erase(text, token->start, (gssize)(token->end - token->start));
    }
    if (choice != 0) {
        g_string_insert(text, token->start, copy);
    }
}

GString *variant_damage(const GString *text, Chance *chance) {
    GString *out = g_string_new_len(text->str, (gssize)text->len);
    const size_t count = 1 + chance_below(chance, 3);
    for (size_t index = 0; index < count; ++index) {
        if (chance_percent(chance, 60)) {
            damage_token(out, chance);
        } else {
            damage_bytes(out, chance);
        }
    }
    return out;
}
