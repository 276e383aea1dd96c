#include "reading.h"

#include <string.h>

typedef struct Text {
    const char *bytes;
    size_t length;
} Text;

static ReadStatus read_memory(const char *path, char **text, size_t *length, const char **message,
                              void *data) {
    (void)path;
    (void)message;
    const Text *from = data;
    *text = g_malloc0(from->length + 2);
    if (from->length > 0) {
        memcpy(*text, from->bytes, from->length);
    }
    *length = from->length;
    return READ_OK;
}

GString *reading_codes(Diagnostics *diagnostics) {
    GString *codes = g_string_new(NULL);
    for (const Diagnostic *each = diagnostics_sorted(diagnostics); each; each = each->next) {
        // What a decorator's indentation looks like is what a formatter mends.
        if (strcmp(each->code, diagnostic_code(DIAG_DECORATOR_LAYOUT)) != 0) {
            g_string_append_printf(codes, "%s\n", each->code);
        }
    }
    return codes;
}

Reading *reading_new(const char *text, size_t length, bool settings) {
    Reading *reading = g_new0(Reading, 1);
    Text from = {text, length};
    const CompilationOptions options = {.reader = read_memory, .reader_data = &from};
    reading->compilation = compilation_new(&options);
    reading->source = settings ? compilation_add_settings(reading->compilation, "depot.project")
                               : compilation_add_file(reading->compilation, "main.depot", NO_SPAN);
    reading->codes = reading_codes(reading->compilation->diagnostics);
    reading->good = reading->codes->len == 0;
    return reading;
}

void reading_free(Reading *reading) {
    compilation_free(reading->compilation);
    g_string_free(reading->codes, TRUE);
    g_free(reading);
}

// The tree

typedef struct Writer {
    GString *out;
    const Reading *reading;
    const Node *label; ///< a node that says nothing: its property has its name
    unsigned depth;
} Writer;

static void write_literal(GString *out, const Node *node) {
    switch (node->kind) {
    case NODE_STRING: {
        g_autofree char *text = g_strndup(node->text, node->length);
        g_autofree char *escaped = g_strescape(text, NULL);
        g_string_append_printf(out, " \"%s\" %zu", escaped, node->length);
        break;
    }
    case NODE_INTEGER:
    case NODE_BOOL:
        g_string_append_printf(out, " %" G_GINT64_FORMAT, node->integer);
        break;
    case NODE_DECIMAL: {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf(out, " %s", g_ascii_dtostr(digits, sizeof digits, node->number));
        break;
    }
    case NODE_UNARY:
    case NODE_BINARY:
        g_string_append_printf(out, " %s", token_spelling((TokenKind)node->op));
        break;
    default:
        break;
    }
}

/// Which flags are of the tree, and not of how it is written.
enum { FLAGS = 0xffff & ~NODE_LENIENT };

static void write_node(Node *node, void *data) {
    Writer *writer = data;
    if (node == writer->label) {
        return;
    }
    g_string_append_printf(writer->out, "%*s%s", (int)(2 * writer->depth), "",
                           node_kind_name((NodeKind)node->kind));
    if (node->name != NULL) {
        g_string_append_printf(writer->out, " %s", node->name->text);
    }
    write_literal(writer->out, node);
    g_string_append_printf(writer->out, " %x\n", node->flags & FLAGS);
    const char *doc = node_doc(node, writer->reading->source, writer->reading->compilation->arena);
    if (doc != NULL) {
        g_autofree char *escaped = g_strescape(doc, NULL);
        g_string_append_printf(writer->out, "%*s/// %s\n", (int)(2 * writer->depth), "", escaped);
    }
    writer->label = node->kind == NODE_PROPERTY && node->name != NULL ? node->c : NULL;
    ++writer->depth;
    node_each_child(node, write_node, writer);
    --writer->depth;
}

GString *reading_tree(const Reading *reading) {
    Writer writer = {.out = g_string_new(NULL), .reading = reading};
    if (reading->source != NULL) {
        write_node(reading->source->tree, &writer);
    }
    return writer.out;
}
