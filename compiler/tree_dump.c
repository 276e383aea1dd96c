// The tree and the tokens as text, for goldens and for people who debug.

#include "parse.h"

#include <glib.h>

typedef struct Dump {
    const Source *source;
    GString *out;
    GArray *lines; // byte offset of each line's begin
    unsigned depth;
} Dump;

static void lines_find(Dump *dump) {
    dump->lines = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    uint32_t begin = dump->source->bom ? 3 : 0;
    g_array_append_val(dump->lines, begin);
    const char *text = dump->source->text;
    for (uint32_t at = begin; at < dump->source->length; ++at) {
        if (text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n')) {
            uint32_t next = at + 1;
            g_array_append_val(dump->lines, next);
        }
    }
}

/// Appends `line:column`, the column in characters.
static void append_place(const Dump *dump, uint32_t offset) {
    guint low = 0;
    guint high = dump->lines->len;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(dump->lines, uint32_t, middle) <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    unsigned column = 1;
    for (uint32_t at = g_array_index(dump->lines, uint32_t, low); at < offset; ++at) {
        column += ((unsigned char)dump->source->text[at] & 0xc0) != 0x80;
    }
    g_string_append_printf(dump->out, "%u:%u", low + 1, column);
}

static void append_span(const Dump *dump, uint32_t start, uint32_t end) {
    append_place(dump, start);
    g_string_append(dump->out, "..");
    append_place(dump, end);
}

static void append_quoted(const Dump *dump, const char *text, size_t length) {
    g_string_append_c(dump->out, '"');
    for (size_t index = 0; index < length; ++index) {
        unsigned char byte = (unsigned char)text[index];
        if (byte == '\n') {
            g_string_append(dump->out, "\\n");
        } else if (byte == '"' || byte == '\\') {
            g_string_append_printf(dump->out, "\\%c", byte);
        } else if (byte < 0x20) {
            g_string_append_printf(dump->out, "\\x%02x", byte);
        } else {
            g_string_append_c(dump->out, (char)byte);
        }
    }
    g_string_append_c(dump->out, '"');
}

static void append_literal(const Dump *dump, const Node *node) {
    switch (node->kind) {
    case NODE_STRING:
        g_string_append_c(dump->out, ' ');
        append_quoted(dump, node->text, node->length);
        break;
    case NODE_INTEGER:
        g_string_append_printf(dump->out, " %" G_GINT64_FORMAT, node->integer);
        break;
    case NODE_BOOL:
        g_string_append(dump->out, node->integer != 0 ? " true" : " false");
        break;
    case NODE_DECIMAL: {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf(dump->out, " %s",
                               g_ascii_dtostr(digits, sizeof digits, node->number));
        break;
    }
    case NODE_UNARY:
    case NODE_BINARY:
        g_string_append_printf(dump->out, " %s", token_spelling((TokenKind)node->op));
        break;
    default:
        break;
    }
}

static void append_flags(const Dump *dump, const Node *node) {
    static const struct {
        unsigned flag;
        const char *word;
    } words[] = {
        {NODE_DEPLOY, "deploy"},       {NODE_EXISTING, "existing"}, {NODE_OPTIONAL, "optional"},
        {NODE_SHORTHAND, "shorthand"}, {NODE_BAD, "bad"},           {NODE_MULTILINE, "multiline"},
        {NODE_EXTEND, "extend"},       {NODE_QUOTED, "quoted"},
    };
    for (size_t index = 0; index < G_N_ELEMENTS(words); ++index) {
        if ((node->flags & words[index].flag) != 0) {
            g_string_append_printf(dump->out, " %s", words[index].word);
        }
    }
}

static void dump_node(Node *node, void *data) {
    Dump *dump = data;
    g_string_append_printf(dump->out, "%*s%s", (int)(2 * dump->depth), "",
                           node_kind_name((NodeKind)node->kind));
    if (node->name != NULL) {
        g_string_append_printf(dump->out, " %s", node->name->text);
    }
    append_literal(dump, node);
    append_flags(dump, node);
    g_string_append(dump->out, "  ");
    append_span(dump, node->start, node->end);
    g_string_append_c(dump->out, '\n');
    ++dump->depth;
    node_each_child(node, dump_node, dump);
    --dump->depth;
}

void tree_dump(const Node *node, const Source *source, GString *out) {
    Dump dump = {.source = source, .out = out};
    lines_find(&dump);
    dump_node((Node *)(uintptr_t)node, &dump);
    g_array_free(dump.lines, TRUE);
}

static const char *const token_ids[TOK_COUNT] = {
#define TOKEN(id, spelling, wording, class) #id,
#include "tokens.def"
#undef TOKEN
};

void tokens_dump(const Source *source, GString *out) {
    Dump dump = {.source = source, .out = out};
    lines_find(&dump);
    for (uint32_t index = 0; index < source->token_count; ++index) {
        const Token *token = &source->tokens[index];
        append_span(&dump, token->start, token->end);
        g_string_append_printf(out, " %s", token_ids[token->kind]);
        if (token->end > token->start) {
            g_string_append_c(out, ' ');
            append_quoted(&dump, source->text + token->start, token->end - token->start);
        }
        g_string_append_printf(out, "%s%s%s\n",
                               (token->flags & TOKEN_NEWLINE_BEFORE) != 0 ? " newline" : "",
                               (token->flags & TOKEN_BLANK_BEFORE) != 0 ? " blank" : "",
                               (token->flags & TOKEN_BROKEN) != 0 ? " broken" : "");
    }
    g_array_free(dump.lines, TRUE);
}
