// Numbers and strings: from how they are written to what they are.

#include "parser.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Numbers

/// The digits of a number without `_`; NUL-terminated, in the arena.
static char *digits_of(const Parser *parser, const Token *token) {
    char *digits = arena_alloc(parser->arena, token->end - token->start + 1U);
    char *out = digits;
    for (uint32_t at = token->start; at < token->end; ++at) {
        if (parser->text[at] != '_') {
            *out++ = parser->text[at];
        }
    }
    return digits;
}

static Node *number_too_large(Parser *parser, const Token *token) {
    syntax_report(parser, DIAG_NUMBER_RANGE, token, syntax_text(parser, token));
    return build_error(parser, token->start, token->end);
}

void literal_check_lowest(Parser *parser) {
    if (parser->lowest != NULL) {
        Node *node = parser->lowest;
        parser->lowest = NULL;
        Token token = {.start = node->start, .end = node->end};
        syntax_report(parser, DIAG_NUMBER_RANGE, &token, syntax_text(parser, &token));
        node->flags |= NODE_BAD;
    }
}

Node *literal_integer(Parser *parser, const Token *token) {
    if ((token->flags & TOKEN_BROKEN) != 0) {
        return build_error(parser, token->start, token->end);
    }
    uint64_t value = 0;
    for (uint32_t at = token->start; at < token->end; ++at) {
        if (parser->text[at] == '_') {
            continue;
        }
        uint64_t digit = (uint64_t)(parser->text[at] - '0');
        if (value > (UINT64_MAX - digit) / 10) {
            return number_too_large(parser, token);
        }
        value = value * 10 + digit;
    }
    if (value > (uint64_t)INT64_MAX + 1) {
        return number_too_large(parser, token);
    }
    Node *node = build_node(parser, NODE_INTEGER, token->start, token->end);
    node->integer = (int64_t)value;
    if (value > INT64_MAX) {
        literal_check_lowest(parser);
        node->integer = INT64_MIN;
        parser->lowest = node;
    }
    return node;
}

Node *literal_decimal(Parser *parser, const Token *token) {
    Node *node = build_node(parser, NODE_DECIMAL, token->start, token->end);
    node->number = g_ascii_strtod(digits_of(parser, token), NULL);
    return isinf(node->number) ? number_too_large(parser, token) : node;
}

// Strings

/// What a string's text is decoded with.
typedef struct Decoder {
    Parser *parser;
    char *out;
    bool silent; ///< the text is a copy, its escapes have been checked where it stands
} Decoder;

static void bad_escape(const Decoder *decoder, const char *from, const char *to) {
    if (decoder->silent) {
        return;
    }
    Parser *parser = decoder->parser;
    Token token = {.start = (uint32_t)(from - parser->text), .end = (uint32_t)(to - parser->text)};
    Diagnostic *diagnostic =
        syntax_report(parser, DIAG_BAD_ESCAPE, &token, syntax_text(parser, &token));
    diagnostic_help(
        parser->compilation->diagnostics, diagnostic,
        "escapes are `\\n`, `\\r`, `\\t`, `\\\\`, `\\\"`, `\\'`, `\\$` and `\\u{1F600}`; "
        "a backslash is written `\\\\`");
}

/// `\u{…}` at `from`; returns what follows it.
static const char *decode_unicode(Decoder *decoder, const char *from, const char *end) {
    const char *at = from + 2;
    gunichar value = 0;
    unsigned count = 0;
    if (at < end && *at == '{') {
        for (++at; at < end && g_ascii_isxdigit(*at) && count < 7; ++at, ++count) {
            value = value * 16 + (gunichar)g_ascii_xdigit_value(*at);
        }
    }
    bool closed = at < end && *at == '}';
    at = closed ? at + 1 : at;
    if (!closed || count == 0 || count > 6 || !g_unichar_validate(value) || value == 0) {
        bad_escape(decoder, from, at);
    } else {
        decoder->out += g_unichar_to_utf8(value, decoder->out);
    }
    return at;
}

/// The escape at `from`; returns what follows it.
static const char *decode_escape(Decoder *decoder, const char *from, const char *end) {
    static const char letters[] = "nrt\\\"'$";
    static const char values[] = "\n\r\t\\\"'$";
    if (end - from < 2) {
        bad_escape(decoder, from, end);
        return end;
    }
    if (from[1] == 'u') {
        return decode_unicode(decoder, from, end);
    }
    const char *found = strchr(letters, from[1]);
    if (found != NULL) {
        *decoder->out++ = values[found - letters];
        return from + 2;
    }
    const char *next = from + 2;
    while (next < end && ((unsigned char)*next & 0xc0) == 0x80) {
        ++next;
    }
    bad_escape(decoder, from, next);
    return next;
}

/// Decodes the text of a piece; without escapes it stays where it is.
static void decode(Parser *parser, Node *piece, bool silent) {
    const char *at = piece->text;
    const char *end = at + piece->length;
    if (piece->length == 0 || memchr(at, '\\', piece->length) == NULL) {
        return;
    }
    char *decoded = arena_alloc(parser->arena, piece->length);
    Decoder decoder = {parser, decoded, silent};
    while (at < end) {
        if (*at == '\\') {
            at = decode_escape(&decoder, at, end);
        } else {
            *decoder.out++ = *at++;
        }
    }
    piece->text = decoded;
    piece->length = (size_t)(decoder.out - decoded);
}

Node *literal_piece(Parser *parser, const Token *token) {
    Node *node = build_node(parser, NODE_STRING, token->start, token->end);
    node->text = parser->text + token->start;
    node->length = token->end - token->start;
    node->bound = node; // tells it from a string in an interpolation until the template is complete
    return node;
}

Node *literal_string(Parser *parser, const Token *token) {
    Node *node = build_node(parser, NODE_STRING, token->start, token->end);
    node->text = parser->text + token->start + 1;
    node->length = token->end - token->start - 2U;
    return node;
}

// Strings of several lines

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *at, const char *end) {
    while (at < end && is_blank(*at)) {
        ++at;
    }
    return at;
}

/// Behind a line end at `at`, or NULL if there is none.
static const char *skip_line_end(const char *at, const char *end) {
    if (at < end && *at == '\n') {
        return at + 1;
    }
    if (at < end && *at == '\r') {
        return at + 1 < end && at[1] == '\n' ? at + 2 : at + 1;
    }
    return NULL;
}

/// The indentation that all lines in the piece share with `common`. The line on which the string
/// ends counts even if nothing else stands on it.
static size_t common_indent(const Node *piece, size_t common) {
    const char *end = piece->text + piece->length;
    for (const char *at = piece->text; at < end;) {
        const char *line = skip_line_end(at, end);
        if (line == NULL) {
            ++at;
            continue;
        }
        at = skip_blanks(line, end);
        if (skip_line_end(at, end) == NULL) {
            common = MIN(common, (size_t)(at - line));
        }
    }
    return common;
}

/// Takes `indent` off each line, and makes every line end a single one.
static void outdent(Parser *parser, Node *piece, size_t indent) {
    char *text = arena_alloc(parser->arena, piece->length + 1);
    char *out = text;
    const char *end = piece->text + piece->length;
    for (const char *at = piece->text; at < end;) {
        const char *line = skip_line_end(at, end);
        if (line == NULL) {
            *out++ = *at++;
            continue;
        }
        *out++ = '\n';
        const char *content = skip_blanks(line, end);
        at = (size_t)(content - line) > indent ? line + indent : content;
    }
    piece->text = text;
    piece->length = (size_t)(out - text);
}

static bool is_text(const Node *piece) {
    return piece->bound != NULL;
}

/// The line end right behind the opening quotes and blanks before it are no part of the text.
/// Returns whether there is one: it then stands first in the piece and is dropped when the
/// indentation behind it has been read.
static bool begins_with_line_end(Node *first, const char *begin) {
    if (!is_text(first) || first->text != begin) {
        return false;
    }
    const char *end = first->text + first->length;
    const char *blanks_end = skip_blanks(first->text, end);
    if (skip_line_end(blanks_end, end) == NULL) {
        return false;
    }
    first->length -= (size_t)(blanks_end - first->text);
    first->text = blanks_end;
    return true;
}

/// Neither is the line end before closing quotes that stand on a line of their own.
static void drop_last_line_end(Node *last) {
    if (!is_text(last)) {
        return;
    }
    size_t length = last->length;
    while (length > 0 && is_blank(last->text[length - 1])) {
        --length;
    }
    if (length > 0 && last->text[length - 1] == '\n') {
        last->length = length - 1;
    }
}

static void arrange_lines(Parser *parser, NodeList pieces, const char *begin) {
    bool dropped = begins_with_line_end(pieces.first, begin);
    size_t indent = SIZE_MAX;
    for (Node *piece = pieces.first; piece != NULL; piece = piece->next) {
        indent = is_text(piece) ? common_indent(piece, indent) : indent;
    }
    for (Node *piece = pieces.first; piece != NULL; piece = piece->next) {
        if (is_text(piece)) {
            Node checked = *piece;
            decode(parser, &checked, false);
            outdent(parser, piece, indent);
        }
    }
    if (dropped) {
        ++pieces.first->text;
        --pieces.first->length;
    }
    drop_last_line_end(pieces.last);
}

Node *literal_template(Parser *parser, const Token *begin, NodeList pieces, const Token *end) {
    bool lines = begin->end - begin->start == 3;
    if (lines && pieces.first != NULL) {
        arrange_lines(parser, pieces, parser->text + begin->end);
    }
    bool text_only = pieces.first != NULL && is_text(pieces.first);
    for (Node *piece = pieces.first; piece != NULL; piece = piece->next) {
        if (is_text(piece)) {
            decode(parser, piece, lines);
            piece->bound = NULL;
        }
    }
    Node *node = pieces.first;
    if (node == NULL || (node->next == NULL && text_only)) {
        const char *text = node != NULL ? node->text : "";
        size_t length = node != NULL ? node->length : 0;
        node = build_node(parser, NODE_STRING, begin->start, end->end);
        node->text = text;
        node->length = length;
    } else {
        node = build_braced(parser, NODE_TEMPLATE, begin, pieces, end);
    }
    node->flags |= lines ? NODE_MULTILINE : 0U;
    node->flags |= (end->flags & TOKEN_BROKEN) != 0 ? NODE_BAD : 0U;
    return node;
}

Node *literal_plain(Parser *parser, Node *literal, const char *what) {
    if (literal->kind != NODE_TEMPLATE) {
        return literal;
    }
    diagnostic_add(parser->compilation->diagnostics, DIAG_MIXED_STRING, node_span(literal), what,
                   NULL);
    return build_error(parser, literal->start, literal->end);
}
