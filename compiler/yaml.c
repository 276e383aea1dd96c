/// YAML files as documents, read with libyaml.
///
/// libyaml counts characters; places here are bytes. Its events come in order, so a cursor that
/// moves forward turns one into the other.
#include "document.h"

#include <glib.h>
#include <string.h>
#include <yaml.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/// A collection that is being read.
typedef struct Open {
    Document *document;
    Document *key;     ///< MAP: the key whose value comes next, or NULL
    Diagnostic *twice; ///< says that `key` was given before, or NULL
    GHashTable *keys;  ///< MAP with many members: text → key; made when there are some
    const char *anchor;
} Open;

typedef struct YamlReader {
    Compilation *compilation;
    Source *source;
    yaml_parser_t parser;
    size_t base;       ///< bytes of the byte order mark
    size_t characters; ///< the cursor, in characters …
    size_t bytes;      ///< … and in bytes
    Open open[DOCUMENT_MAX_DEPTH];
    size_t depth;
    GHashTable *anchors; ///< name → Document
    Document *root;
    uint32_t values;
    bool failed;
} YamlReader;

/// What libyaml says, and how people are told.
static const struct {
    const char *theirs;
    const char *ours;
    const char *help;
} problems[] = {
    {"found character that cannot start any token", "a value cannot begin so", NULL},
    {"found a tab character", "a tab where spaces are needed", "indent with spaces"},
    {"mapping values are not allowed", "a `:` where no key can stand",
     "put text that holds a `: ` in quotes, and begin keys that belong together in one column"},
    {"did not find expected key", "something else than a key",
     "the keys of one mapping begin in the same column"},
    {"could not find expected ':'", "a key without `:`",
     "write `key: value`, or `- value` in a list"},
    {"did not find expected '-' indicator", "something else than an element of the list",
     "each element begins with `- ` in the same column"},
    {"did not find expected ',' or '}'", "a `{` that is not closed",
     "separate members with `,` and close them with `}`"},
    {"did not find expected ',' or ']'", "a `[` that is not closed",
     "separate elements with `,` and close them with `]`"},
    {"found unexpected end of stream", "quotes that are not closed", "close the quotes"},
    {"block sequence entries are not allowed", "an element of a list where none can stand",
     "begin lists on a line of their own"},
    {"found unknown escape character", "an escape that YAML does not have",
     "use single quotes, in which `\\` is a character like others"},
    {"did not find expected hexdecimal number", "an escape that YAML does not have",
     "use single quotes, in which `\\` is a character like others"},
    {"control characters are not allowed", "a control character", "take it out"},
    {"did not find expected alphabetic or numeric character", "an anchor without a name",
     "put text that begins with `&` or `*` in quotes"},
    {"did not find expected <document start>", "text behind the end of the document",
     "the keys of one mapping begin in the same column"},
    {"did not find expected node content", "no value where one is needed", NULL},
    {"did not find expected comment or line break", "text behind `|` or `>`",
     "begin the text on the next line"},
    {"found undefined tag handle", "a tag that nothing declares",
     "put text that begins with `!` in quotes"},
};

static uint32_t byte_of(YamlReader *reader, size_t characters) {
    const char *text = reader->source->text;
    if (characters < reader->characters) {
        reader->characters = 0;
        reader->bytes = reader->base;
    }
    while (reader->characters < characters && reader->bytes < reader->source->length) {
        reader->bytes += (size_t)(g_utf8_next_char(text + reader->bytes) - (text + reader->bytes));
        reader->characters++;
    }
    return (uint32_t)MIN(reader->bytes, reader->source->length);
}

static Span span_of(YamlReader *reader, yaml_mark_t start, yaml_mark_t end) {
    uint32_t from = byte_of(reader, start.index);
    uint32_t to = byte_of(reader, end.index);
    const char *text = reader->source->text;
    while (to > from && strchr(" \t\r\n", text[to - 1])) { /* blocks end where the next begins */
        to--;
    }
    return (Span){reader->source->id, from, to};
}

static Diagnostic *fail(YamlReader *reader, DiagnosticId id, Span span, const char *argument) {
    reader->failed = true;
    return diagnostic_add(reader->compilation->diagnostics, id, span, argument, NULL);
}

static void report_problem(YamlReader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem ? parser->problem : "";
    uint32_t at = parser->error == YAML_READER_ERROR
                      ? (uint32_t)MIN(reader->base + parser->problem_offset, reader->source->length)
                      : byte_of(reader, parser->problem_mark.index);
    const char *text = reader->source->text + at;
    uint32_t end =
        at < reader->source->length ? (uint32_t)(g_utf8_next_char(text) - text) + at : at;
    const char *ours = "what stands here follows no rule of YAML";
    const char *help = NULL;
    bool tab = *text == '\t' && strstr(problem, "cannot start any token") != NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(problems); i++) {
        if (strstr(problem, problems[tab ? 1 : i].theirs) || tab) {
            ours = problems[tab ? 1 : i].ours;
            help = problems[tab ? 1 : i].help;
            break;
        }
    }
    Diagnostic *diagnostic =
        fail(reader, DIAG_YAML_SYNTAX, (Span){reader->source->id, at, end}, ours);
    if (parser->context && parser->context_mark.index < parser->problem_mark.index &&
        parser->context_mark.line != parser->problem_mark.line) {
        uint32_t begin = byte_of(reader, parser->context_mark.index);
        diagnostic_label(reader->compilation->diagnostics, diagnostic,
                         (Span){reader->source->id, begin, begin + 1}, "in what begins here");
    }
    if (help) {
        diagnostic_help(reader->compilation->diagnostics, diagnostic, "%s", help);
    } else if (*text == '@' || *text == '`' || *text == '%') {
        diagnostic_help(reader->compilation->diagnostics, diagnostic,
                        "put text that begins with `%c` in quotes", *text);
    }
}

/// Whether the map has the key already; reports it then.
static void check_key(YamlReader *reader, Open *open, Document *key) {
    if (!open->keys) {
        open->keys = g_hash_table_new(g_str_hash, g_str_equal);
    }
    const Document *first = g_hash_table_lookup(open->keys, key->text);
    if (!first) {
        g_hash_table_insert(open->keys, (gpointer)key->text, key);
        return;
    }
    Diagnostics *list = reader->compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_YAML_DUPLICATE_KEY, key->span, key->text, NULL);
    diagnostic_label(list, diagnostic, first->span, "first given here");
    diagnostic_help(list, diagnostic, "keep one of the two");
    open->document->broken = true;
    open->twice = diagnostic;
}

/// Offers to take out the member whose key was given before, if it has its line for itself.
static void offer_removal(YamlReader *reader, const Open *open, const Document *value) {
    const Source *source = reader->source;
    uint32_t start = open->key->span.start;
    uint32_t end = value->span.end;
    while (start > 0 && source->text[start - 1] == ' ') {
        start--;
    }
    while (end < source->length && strchr(" \t\r", source->text[end])) {
        end++;
    }
    const bool whole = (start == 0 || source->text[start - 1] == '\n') && end < source->length &&
                       source->text[end] == '\n' && value->span.start > start;
    if (whole && value->kind == DOCUMENT_SCALAR &&
        !memchr(source->text + start, '\n', value->span.end - start)) {
        diagnostic_fix(reader->compilation->diagnostics, open->twice, FIX_MAYBE,
                       (Span){source->id, start, end + 1}, "", "take out the second");
    }
}

/// Puts a value where it belongs: into the collection that is open, or at the root.
static void place(YamlReader *reader, Document *document) {
    reader->values += document->weight;
    if (reader->values > DOCUMENT_MAX_VALUES) {
        Diagnostic *diagnostic = fail(
            reader, DIAG_YAML_LIMIT, document->span,
            arena_printf(reader->compilation->arena, "more than %d values", DOCUMENT_MAX_VALUES));
        diagnostic_help(reader->compilation->diagnostics, diagnostic,
                        "divide it into several files; aliases count with all that they repeat");
        return;
    }
    if (!reader->depth) {
        reader->root = document;
        return;
    }
    Open *open = &reader->open[reader->depth - 1];
    if (open->document->kind == DOCUMENT_LIST) {
        document_append(open->document, NULL, document);
    } else if (open->key) {
        document_append(open->document, open->key, document);
        if (open->twice) {
            offer_removal(reader, open, document);
            open->twice = NULL;
        }
        open->key = NULL;
    } else if (document->kind != DOCUMENT_SCALAR) {
        Diagnostic *diagnostic =
            fail(reader, DIAG_YAML_SYNTAX, document->span, "a key that is no text");
        diagnostic_help(reader->compilation->diagnostics, diagnostic,
                        "put text that begins with `{` or `[` in quotes");
    } else {
        check_key(reader, open, document);
        open->key = document;
    }
}

static void remember(YamlReader *reader, const char *anchor, Document *document) {
    if (anchor) {
        g_hash_table_insert(reader->anchors, g_strdup(anchor), document);
    }
}

static void read_scalar(YamlReader *reader, const yaml_event_t *event) {
    Document *document = document_new(reader->compilation, DOCUMENT_SCALAR,
                                      span_of(reader, event->start_mark, event->end_mark));
    document->length = event->data.scalar.length;
    document->text = arena_strndup(reader->compilation->arena,
                                   (const char *)event->data.scalar.value, document->length);
    document->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    remember(reader, (const char *)event->data.scalar.anchor, document);
    place(reader, document);
}

/// What is repeated stands where it was first written: messages about it point there.
static void read_alias(YamlReader *reader, const yaml_event_t *event) {
    const char *name = (const char *)event->data.alias.anchor;
    const Document *meant = g_hash_table_lookup(reader->anchors, name);
    Span span = span_of(reader, event->start_mark, event->end_mark);
    if (!meant) {
        bool inside = false;
        for (size_t i = 0; i < reader->depth; i++) {
            inside = inside || !g_strcmp0(reader->open[i].anchor, name);
        }
        Diagnostic *diagnostic = fail(reader, DIAG_YAML_ALIAS, span, name);
        diagnostic_help(reader->compilation->diagnostics, diagnostic,
                        inside ? "it would contain itself: name something that ends before it"
                               : "an alias repeats what was marked with `&%s` before it; text that "
                                 "begins with `*` stands in quotes",
                        name);
        return;
    }
    Document *document = document_new(reader->compilation, (DocumentKind)meant->kind, span);
    *document = *meant;
    document->key = NULL;
    document->next = NULL;
    place(reader, document);
}

static void open_collection(YamlReader *reader, const yaml_event_t *event, DocumentKind kind,
                            const char *anchor) {
    Document *document = document_new(reader->compilation, kind,
                                      span_of(reader, event->start_mark, event->end_mark));
    if (reader->depth == DOCUMENT_MAX_DEPTH) {
        Diagnostic *diagnostic = fail(
            reader, DIAG_YAML_LIMIT, document->span,
            arena_printf(reader->compilation->arena, "more than %d levels", DOCUMENT_MAX_DEPTH));
        diagnostic_help(reader->compilation->diagnostics, diagnostic, "nest it less deeply");
        return;
    }
    const char *kept =
        anchor ? arena_strndup(reader->compilation->arena, anchor, strlen(anchor)) : NULL;
    reader->open[reader->depth++] = (Open){.document = document, .anchor = kept};
}

static void close_collection(YamlReader *reader, const yaml_event_t *event) {
    Open open = reader->open[--reader->depth];
    Document *document = open.document;
    if (open.keys) {
        g_hash_table_destroy(open.keys);
    }
    uint32_t end = byte_of(reader, event->end_mark.index);
    const char *text = reader->source->text;
    while (end > document->span.start && strchr(" \t\r\n", text[end - 1])) {
        end--;
    }
    document->span.end = MAX(end, document->span.end);
    for (const Document *child = document->first; child; child = child->next) {
        document->weight += child->weight + (child->key ? 1 : 0);
        document->broken = document->broken || child->broken;
        document->span.end = MAX(document->span.end, child->span.end);
    }
    reader->values -= document->weight - 1; /* counted already, one by one */
    remember(reader, open.anchor, document);
    place(reader, document);
}

static void read_event(YamlReader *reader, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reader->root) {
            Diagnostic *diagnostic =
                fail(reader, DIAG_YAML_DOCUMENTS,
                     span_of(reader, event->start_mark, event->end_mark), NULL);
            diagnostic_help(reader->compilation->diagnostics, diagnostic,
                            "move it into a file of its own");
        }
        break;
    case YAML_ALIAS_EVENT:
        read_alias(reader, event);
        break;
    case YAML_SCALAR_EVENT:
        read_scalar(reader, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(reader, event, DOCUMENT_LIST,
                        (const char *)event->data.sequence_start.anchor);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(reader, event, DOCUMENT_MAP,
                        (const char *)event->data.mapping_start.anchor);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(reader, event);
        break;
    default:
        break;
    }
}

static void read_events(YamlReader *reader) {
    for (bool more = true; more && !reader->failed;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            report_problem(reader);
            return;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        read_event(reader, &event);
        yaml_event_delete(&event);
    }
}

/// Reports what is wrong before YAML comes into it; false then.
static bool check_bytes(YamlReader *reader) {
    const Source *source = reader->source;
    Diagnostics *list = reader->compilation->diagnostics;
    if (source->length > DOCUMENT_MAX_BYTES) {
        Diagnostic *diagnostic = fail(
            reader, DIAG_YAML_LIMIT, (Span){source->id, 0, 0},
            arena_printf(reader->compilation->arena, "more than %zu bytes", DOCUMENT_MAX_BYTES));
        diagnostic_help(list, diagnostic, "divide it into several files");
        return false;
    }
    const char *bad = NULL;
    if (!g_utf8_validate_len(source->text, source->length, &bad)) {
        uint32_t at = (uint32_t)(bad - source->text);
        Diagnostic *diagnostic =
            fail(reader, DIAG_YAML_ENCODING, (Span){source->id, at, at + 1}, NULL);
        diagnostic_help(list, diagnostic, "save the file as UTF-8");
        return false;
    }
    return true;
}

Document *yaml_read(Compilation *compilation, Source *source) {
    YamlReader reader = {.compilation = compilation, .source = source};
    if (!check_bytes(&reader)) {
        return NULL;
    }
    if (g_str_has_prefix(source->text, BYTE_ORDER_MARK)) {
        reader.base = strlen(BYTE_ORDER_MARK);
        source->bom = true;
    }
    reader.bytes = reader.base;
    if (!yaml_parser_initialize(&reader.parser)) {
        g_error("out of memory");
    }
    reader.anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)source->text + reader.base,
                                 source->length - reader.base);
    read_events(&reader);
    for (size_t i = 0; i < reader.depth; i++) {
        if (reader.open[i].keys) {
            g_hash_table_destroy(reader.open[i].keys);
        }
    }
    yaml_parser_delete(&reader.parser);
    g_hash_table_destroy(reader.anchors);
    if (!reader.failed && (!reader.root || document_is_null(reader.root))) {
        Diagnostic *diagnostic = fail(&reader, DIAG_YAML_EMPTY, (Span){source->id, 0, 0}, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "write a schema into it, or take the file away");
    }
    return reader.failed ? NULL : reader.root;
}
