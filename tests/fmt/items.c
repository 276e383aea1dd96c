#include "items.h"

#include <string.h>

typedef struct Gathering {
    const Reading *reading;
    Arena *arena;
    GArray *items;
    GHashTable *begins; ///< byte offsets at which members begin
    GHashTable *ends;   ///< byte offsets of the brackets that close around members
    Item next;          ///< what is known of the next item
    bool in_lines;      ///< in a `"""` string
} Gathering;

// Where members begin

static void note_chain(Gathering *gathering, const Node *node, const Node *first) {
    g_hash_table_add(gathering->ends, GUINT_TO_POINTER(node->end - 1));
    for (const Node *each = first; each != NULL; each = each->next) {
        g_hash_table_add(gathering->begins, GUINT_TO_POINTER(each->start));
    }
}

static void find_begins(Node *node, void *data) {
    Gathering *gathering = data;
    switch (node->kind) {
    case NODE_FILE:
    case NODE_BLOCK:
    case NODE_OBJECT:
    case NODE_LIST:
    case NODE_TYPE_OBJECT:
    case NODE_IMPORT:
        note_chain(gathering, node, node->a);
        break;
    case NODE_RULE:
    case NODE_CALL:
        note_chain(gathering, node, node->b);
        break;
    default:
        break;
    }
    node_each_child(node, find_begins, data);
}

// Texts

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\f' || byte == '\v';
}

/// Without white space at the ends of its lines and without their indentation.
static const char *plain_lines(Gathering *gathering, const char *text, size_t length) {
    g_autoptr(GString) out = g_string_sized_new(length);
    const char *end = text + length;
    for (const char *at = text; at < end; ++at) {
        if (*at == '\n' || *at == '\r') {
            while (out->len > 0 && is_blank(out->str[out->len - 1])) {
                g_string_truncate(out, out->len - 1);
            }
            if (out->len == 0 || out->str[out->len - 1] != '\n' || *at == '\n') {
                g_string_append_c(out, '\n');
            }
            if (*at == '\r' && at + 1 < end && at[1] == '\n') {
                ++at;
            }
            while (at + 1 < end && is_blank(at[1])) {
                ++at;
            }
        } else {
            g_string_append_c(out, *at);
        }
    }
    while (out->len > 0 && g_ascii_isspace(out->str[out->len - 1])) {
        g_string_truncate(out, out->len - 1);
    }
    return arena_strndup(gathering->arena, out->str, out->len);
}

/// The text of a string without the backslashes before quotes.
static const char *plain_string(Gathering *gathering, const char *text, size_t length) {
    char *copy = arena_alloc(gathering->arena, length + 1);
    size_t used = 0;
    for (size_t at = 0; at < length; ++at) {
        if (text[at] == '\\' && at + 1 < length) {
            if (text[at + 1] != '"' && text[at + 1] != '\'') {
                copy[used++] = text[at];
            }
            ++at;
        }
        copy[used++] = text[at];
    }
    copy[used] = '\0';
    return copy;
}

static void add(Gathering *gathering, const char *text, uint32_t start) {
    Item item = gathering->next;
    item.text = text;
    item.start = start;
    item.begins =
        !item.comment && g_hash_table_contains(gathering->begins, GUINT_TO_POINTER(start));
    item.ends = item.closes &&
                (*text == '<' || g_hash_table_contains(gathering->ends, GUINT_TO_POINTER(start)));
    g_array_append_val(gathering->items, item);
    gathering->next = (Item){.text = NULL};
}

static void add_string_token(Gathering *gathering, const Token *token, const char *text,
                             size_t length) {
    const bool lines = length >= 3 && strncmp(text, "\"\"\"", 3) == 0;
    switch (token->kind) {
    case TOK_STRING:
        add(gathering, "<string>", token->start);
        if (length > 2) {
            add(gathering, plain_string(gathering, text + 1, length - 2), token->start + 1);
        }
        add(gathering, "</string>", token->end - 1);
        break;
    case TOK_STRING_BEGIN:
        gathering->in_lines = lines;
        add(gathering, lines ? "<lines>" : "<string>", token->start);
        break;
    case TOK_STRING_END:
        add(gathering,
            lines        ? "</lines>"
            : length > 0 ? "</string>"
                         : "<string that is open>",
            token->start);
        break;
    default:
        add(gathering,
            memchr(text, '\n', length) != NULL || memchr(text, '\r', length) != NULL
                ? plain_lines(gathering, text, length)
                : plain_string(gathering, text, length),
            token->start);
        break;
    }
}

/// Whether a `|` at this place begins a type, where it says nothing.
static bool begins_union(const Gathering *gathering) {
    if (gathering->items->len == 0) {
        return false;
    }
    static const char *const before[] = {"=", ":", "(", ","};
    guint index = gathering->items->len - 1;
    while (index > 0 && g_array_index(gathering->items, Item, index).comment) {
        --index;
    }
    const char *last = g_array_index(gathering->items, Item, index).text;
    for (size_t each = 0; each < G_N_ELEMENTS(before); ++each) {
        if (strcmp(last, before[each]) == 0) {
            return true;
        }
    }
    return false;
}

static void add_token(Gathering *gathering, const Token *token) {
    const char *text = gathering->reading->source->text + token->start;
    const size_t length = token->end - token->start;
    Item *next = &gathering->next;
    if (token->kind == TOK_COMMA) { // what stands before it says nothing
        next->comma = true;
        return;
    }
    next->newline = (token->flags & TOKEN_NEWLINE_BEFORE) != 0;
    next->blank = (token->flags & TOKEN_BLANK_BEFORE) != 0;
    switch (token->kind) {
    case TOK_PIPE:
        if (begins_union(gathering)) {
            return;
        }
        break;
    case TOK_DECIMAL: {
        g_autofree char *lower = g_ascii_strdown(text, (gssize)length); // `1E3` is `1e3`
        add(gathering, arena_strndup(gathering->arena, lower, length), token->start);
        return;
    }
    case TOK_COMMENT:
    case TOK_DOC:
        next->comment = true;
        add(gathering, plain_lines(gathering, text, length), token->start);
        return;
    case TOK_STRING:
    case TOK_STRING_BEGIN:
    case TOK_STRING_TEXT:
    case TOK_STRING_END:
        add_string_token(gathering, token, text, length);
        return;
    case TOK_LBRACE:
    case TOK_LBRACKET:
    case TOK_LPAREN:
    case TOK_INTERPOLATION_BEGIN:
        next->opens = true;
        break;
    case TOK_RBRACE:
    case TOK_RBRACKET:
    case TOK_RPAREN:
    case TOK_INTERPOLATION_END:
        next->closes = true;
        break;
    case TOK_END:
        next->closes = true;
        add(gathering, "<end>", token->start);
        return;
    default:
        break;
    }
    add(gathering, arena_strndup(gathering->arena, text, length), token->start);
}

static bool is_label(const GArray *items, guint index) {
    if (index + 3 >= items->len) {
        return false;
    }
    const Item *item = &g_array_index(items, Item, index);
    const Item *behind = item + 3;
    while (behind->comment) {
        ++behind;
    }
    return strcmp(item->text, "<string>") == 0 && strcmp(item[2].text, "</string>") == 0 &&
           strcmp(behind->text, ":") == 0 &&
           strspn(item[1].text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_") ==
               strlen(item[1].text);
}

/// A name that need not be quoted is the same as one that is not: `"a":` and `a:`.
static void plain_labels(GArray *items) {
    guint used = 0;
    for (guint index = 0; index < items->len; ++index) {
        Item copy = g_array_index(items, Item, index);
        if (is_label(items, index)) {
            copy.text = g_array_index(items, Item, index + 1).text;
            index += 2;
        }
        g_array_index(items, Item, used++) = copy;
    }
    g_array_set_size(items, used);
}

GArray *items_of(const Reading *reading) {
    g_autoptr(GHashTable) begins = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) ends = g_hash_table_new(NULL, NULL);
    Gathering gathering = {
        .reading = reading,
        .arena = reading->compilation->arena,
        .items = g_array_new(FALSE, FALSE, sizeof(Item)),
        .begins = begins,
        .ends = ends,
    };
    if (reading->source == NULL) {
        return gathering.items;
    }
    find_begins(reading->source->tree, &gathering);
    for (uint32_t index = 0; index < reading->source->token_count; ++index) {
        add_token(&gathering, &reading->source->tokens[index]);
    }
    plain_labels(gathering.items);
    return gathering.items;
}

// Places

Place items_place(const GArray *items, guint index) {
    const Item *item = &g_array_index(items, Item, index);
    const Item *after = item + 1;
    const bool ends = after->newline || strcmp(after->text, "<end>") == 0;
    if (item->newline || index == 0) {
        return ends ? PLACE_ALONE : PLACE_BEFORE;
    }
    if (ends) {
        return PLACE_BEHIND;
    }
    return after->comma && !item->comma ? PLACE_BEHIND : item->comma ? PLACE_BEFORE : PLACE_INLINE;
}

bool items_at_border(const GArray *items, guint index) {
    while (g_array_index(items, Item, index).comment) {
        ++index;
    }
    const Item *item = &g_array_index(items, Item, index);
    return item->begins || item->ends;
}
