// Where in the text an edit goes. Tokens say what stands beside a thing, the text what its line is.
#include "edit.h"

#include <glib.h>
#include <string.h>

/// The indentation of a block's members, where none shows it.
#define INDENTATION "  "

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/// Where the text of the file begins: behind its byte order mark.
static uint32_t text_start(const Source *source) {
    return source->bom ? 3 : 0;
}

/// The begin of the line that `offset` stands in.
static uint32_t line_start(const Source *source, uint32_t offset) {
    while (offset > text_start(source) && !is_line_end(source->text[offset - 1])) {
        offset--;
    }
    return offset;
}

static uint32_t skip_blanks(const Source *source, uint32_t offset) {
    while (offset < source->length && is_blank(source->text[offset])) {
        offset++;
    }
    return offset;
}

/// Behind the line end at `offset`, or `offset` if there is none.
static uint32_t skip_line_end(const Source *source, uint32_t offset) {
    if (offset < source->length && source->text[offset] == '\r') {
        offset++;
        return offset < source->length && source->text[offset] == '\n' ? offset + 1 : offset;
    }
    return offset < source->length && source->text[offset] == '\n' ? offset + 1 : offset;
}

/// Before the line end that ends at `offset`, or `offset` if there is none.
static uint32_t skip_line_end_back(const Source *source, uint32_t offset) {
    if (offset > text_start(source) && source->text[offset - 1] == '\n') {
        offset--;
        return offset > text_start(source) && source->text[offset - 1] == '\r' ? offset - 1
                                                                               : offset;
    }
    return offset > text_start(source) && source->text[offset - 1] == '\r' ? offset - 1 : offset;
}

static bool begins_line(const Source *source, uint32_t offset) {
    const uint32_t start = line_start(source, offset);
    return skip_blanks(source, start) >= offset;
}

static bool ends_line(const Source *source, uint32_t offset) {
    const uint32_t end = skip_blanks(source, offset);
    return end >= source->length || is_line_end(source->text[end]);
}

/// The tokens of a thing: from `first` up to `last`, which belongs to it.
typedef struct Stretch {
    uint32_t first;
    uint32_t last;
} Stretch;

static Stretch tokens_of(const Source *source, const Node *node) {
    const uint32_t first = source_token_at(source, node->start);
    const uint32_t behind = source_token_at(source, node->end);
    return (Stretch){first, behind > first ? behind - 1 : first};
}

/// With the doc comments right above, which belong to what follows them.
static void take_docs(const Source *source, Stretch *stretch) {
    while (stretch->first > 0) {
        const Token *doc = &source->tokens[stretch->first - 1];
        const Token *next = &source->tokens[stretch->first];
        if (doc->kind != TOK_DOC || (next->flags & TOKEN_BLANK_BEFORE) != 0) {
            return;
        }
        stretch->first--;
    }
}

static bool is_comment(const Token *token) {
    return token_class(token->kind) == CLASS_TRIVIA;
}

/// Whole lines go with one of the empty lines around them, and at the end of a file that has no
/// final line end with the line end before them. `leads`: a bracket opens before them.
static Span whole_lines(const Source *source, uint32_t start, uint32_t end, bool leads) {
    Span span = {source->id, line_start(source, start), skip_blanks(source, end)};
    const uint32_t behind = skip_line_end(source, span.end);
    if (behind == span.end) {
        span.start = skip_line_end_back(source, span.start);
        return span;
    }
    span.end = behind;
    const uint32_t above = skip_line_end_back(source, span.start);
    const bool empty_above = leads || above == span.start || begins_line(source, above);
    if (empty_above && ends_line(source, span.end)) {
        span.end = skip_line_end(source, skip_blanks(source, span.end));
    }
    return span;
}

Span edit_extent(const Compilation *compilation, const Node *node) {
    const Source *source = compilation->sources[node->file];
    Stretch stretch = tokens_of(source, node);
    take_docs(source, &stretch);
    return (Span){source->id, source->tokens[stretch.first].start,
                  source->tokens[stretch.last].end};
}

Span edit_removal(const Compilation *compilation, const Node *node) {
    const Source *source = compilation->sources[node->file];
    Stretch stretch = tokens_of(source, node);
    take_docs(source, &stretch);
    const Token *tokens = source->tokens;
    const bool own_begin = begins_line(source, tokens[stretch.first].start);
    const Token *next = &tokens[stretch.last + 1];
    const bool comma = next->kind == TOK_COMMA;
    const uint32_t separated = comma ? stretch.last + 1 : stretch.last;
    uint32_t last = separated;
    if (is_comment(&tokens[last + 1]) && (tokens[last + 1].flags & TOKEN_NEWLINE_BEFORE) == 0) {
        last++;
    }
    if (own_begin && ends_line(source, tokens[last].end)) {
        const bool leads = stretch.first > 0 && (tokens[stretch.first - 1].kind == TOK_LBRACE ||
                                                 tokens[stretch.first - 1].kind == TOK_LBRACKET);
        return whole_lines(source, tokens[stretch.first].start, tokens[last].end, leads);
    }
    Span span = {source->id, tokens[stretch.first].start, tokens[stretch.last].end};
    if (comma) {
        span.end = skip_blanks(source, next->end);
    } else if (stretch.first > 0 && tokens[stretch.first - 1].kind == TOK_COMMA) {
        span.start = tokens[stretch.first - 1].start;
    } else if (stretch.first > 0 && !own_begin) {
        span.start = MAX(tokens[stretch.first - 1].end, line_start(source, span.start));
    }
    return span;
}

/// The bytes that go with an element of a list, with its separator; NO_SPAN if `node` does not
/// stand in a list by itself.
static Span element_removal(const Compilation *compilation, const Node *node) {
    const Source *source = compilation_source(compilation, node->file);
    const Stretch stretch = tokens_of(source, node);
    const Token *before = source_token_before(source, &source->tokens[stretch.first]);
    const Token *behind = &source->tokens[stretch.last + 1];
    while (is_comment(behind)) {
        behind++;
    }
    size_t commas = 0;
    const Token *open = source_open_bracket(source, before, &commas);
    if (!open || open->kind != TOK_LBRACKET) {
        return NO_SPAN;
    }
    const Token *indexed = source_token_before(source, open);
    const bool alone = (before == open || before->kind == TOK_COMMA) &&
                       (behind->kind == TOK_RBRACKET || behind->kind == TOK_COMMA);
    const bool is_index = indexed && (indexed->kind == TOK_NAME || indexed->kind == TOK_RBRACKET ||
                                      indexed->kind == TOK_RPAREN);
    return alone && !is_index ? edit_removal(compilation, node) : NO_SPAN;
}

void edit_offer_element_removal(const Compilation *compilation, Diagnostic *diagnostic,
                                const Node *element, const char *title) {
    const Span span = element ? element_removal(compilation, element) : NO_SPAN;
    if (span.file != SPAN_NONE) {
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, span, "", "%s", title);
    }
}

bool edit_same_tokens(const Compilation *compilation, const Node *one, const Node *other) {
    const Source *left = compilation->sources[one->file];
    const Source *right = compilation->sources[other->file];
    const Stretch a = tokens_of(left, one);
    const Stretch b = tokens_of(right, other);
    bool same = a.last - a.first == b.last - b.first;
    for (uint32_t i = 0; same && i <= a.last - a.first; i++) {
        const Token *token = &left->tokens[a.first + i];
        const Token *twin = &right->tokens[b.first + i];
        const size_t length = token->end - token->start;
        same = twin->end - twin->start == length &&
               memcmp(left->text + token->start, right->text + twin->start, length) == 0;
    }
    return same;
}

Span edit_text(const Compilation *compilation, Span span, const char *text) {
    const Source *source = compilation_source(compilation, span.file);
    const size_t length = strlen(text);
    if (!source || span.end > source->length || span.end - span.start < length) {
        return NO_SPAN;
    }
    const uint32_t around = span.end - span.start - (uint32_t)length;
    const char first = source->text[span.start];
    const bool quoted =
        around == 2 && (first == '"' || first == '\'') && source->text[span.end - 1] == first;
    const Span inner = {span.file, span.start + quoted, span.end - quoted};
    const bool same =
        inner.end - inner.start == length && memcmp(source->text + inner.start, text, length) == 0;
    return same ? inner : NO_SPAN;
}

void edit_offer_text(const Compilation *compilation, Diagnostic *diagnostic, Applicability how,
                     Span span, const char *text, const char *instead) {
    const Span inner = edit_text(compilation, span, text);
    if (inner.file != SPAN_NONE && !strpbrk(instead, "\\\"'$\n")) {
        diagnostic_fix(compilation->diagnostics, diagnostic, how, inner, instead,
                       "replace with `%s`", instead);
    }
}

/// The line end that the file has at `offset` or before it, else LF.
static const char *line_end_of(const Source *source, uint32_t offset) {
    const uint32_t start = line_start(source, offset);
    const uint32_t before = skip_line_end_back(source, start);
    uint32_t at = offset;
    while (at < source->length && !is_line_end(source->text[at])) {
        at++;
    }
    const uint32_t begin = at < source->length ? at : before;
    const uint32_t end = at < source->length ? skip_line_end(source, at) : start;
    if (end - begin == 2) {
        return "\r\n";
    }
    return end > begin && source->text[begin] == '\r' ? "\r" : "\n";
}

/// The blanks that the line of `offset` begins with.
static const char *indentation_of(const Compilation *compilation, const Source *source,
                                  uint32_t offset) {
    const uint32_t start = line_start(source, offset);
    const uint32_t end = MIN(skip_blanks(source, start), offset);
    return arena_strndup(compilation->arena, source->text + start, end - start);
}

static EditInsertion on_lines(const Compilation *compilation, const Source *source, uint32_t offset,
                              const char *indentation, const char *const *members, size_t count) {
    const char *end = line_end_of(source, offset);
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(text, "%s%s%s", end, indentation, members[i]);
    }
    return (EditInsertion){{source->id, offset, offset},
                           arena_strndup(compilation->arena, text->str, text->len)};
}

/// `before`, the members with `, ` between them, `after`.
static EditInsertion in_line(const Compilation *compilation, const Source *source, uint32_t offset,
                             const char *before, const char *const *members, size_t count,
                             const char *after) {
    g_autoptr(GString) text = g_string_new(before);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", members[i]);
    }
    g_string_append(text, after);
    return (EditInsertion){{source->id, offset, offset},
                           arena_strndup(compilation->arena, text->str, text->len)};
}

/// The end of the line of the token at `index`, a comment on it included.
static uint32_t line_end_behind(const Source *source, uint32_t index) {
    const Token *tokens = source->tokens;
    while (index + 2 < source->token_count &&
           (tokens[index + 1].flags & TOKEN_NEWLINE_BEFORE) == 0 &&
           (is_comment(&tokens[index + 1]) || tokens[index + 1].kind == TOK_COMMA)) {
        index++;
    }
    return tokens[index].end;
}

/// Whether the next token that is no comment or `,` stands on another line.
static bool line_is_over(const Source *source, uint32_t index) {
    const Token *at = &source->tokens[index + 1];
    while ((is_comment(at) || at->kind == TOK_COMMA) && (at->flags & TOKEN_NEWLINE_BEFORE) == 0) {
        at++;
    }
    return (at->flags & TOKEN_NEWLINE_BEFORE) != 0;
}

static EditInsertion into_empty(const Compilation *compilation, const Source *source,
                                const Node *braced, const char *const *members, size_t count) {
    const uint32_t brace = source_token_at(source, braced->start);
    const Token *tokens = source->tokens;
    if (line_is_over(source, brace)) {
        const Token *next = &tokens[brace + 1];
        const bool closes = next->kind == TOK_RBRACE && next->end == braced->end;
        const char *indentation = indentation_of(compilation, source, tokens[brace].start);
        if (closes || !begins_line(source, next->start)) {
            indentation = arena_printf(compilation->arena, "%s" INDENTATION, indentation);
        } else {
            indentation = indentation_of(compilation, source, next->start);
        }
        return on_lines(compilation, source, line_end_behind(source, brace), indentation, members,
                        count);
    }
    const bool empty = tokens[brace + 1].kind == TOK_RBRACE;
    const bool spaced = is_blank(source->text[tokens[brace].end]);
    return in_line(compilation, source, tokens[brace].end, " ", members, count,
                   !empty   ? ","
                   : spaced ? ""
                            : " ");
}

EditInsertion edit_insert_members(const Compilation *compilation, const Node *braced,
                                  const char *const *members, size_t count) {
    const Source *source = compilation->sources[braced->file];
    const Node *anchor = NULL;
    for (const Node *member = braced->a; member; member = member->next) {
        if (member->kind == NODE_PROPERTY || member->kind == NODE_SPREAD) {
            anchor = member;
        }
    }
    if (!anchor) {
        return into_empty(compilation, source, braced, members, count);
    }
    const Stretch stretch = tokens_of(source, anchor);
    if (!line_is_over(source, stretch.last)) {
        return in_line(compilation, source, source->tokens[stretch.last].end, ", ", members, count,
                       "");
    }
    const char *indentation = indentation_of(compilation, source, anchor->start);
    if (!begins_line(source, anchor->start)) {
        indentation = arena_printf(
            compilation->arena, "%s" INDENTATION,
            indentation_of(compilation, source,
                           source->tokens[source_token_at(source, braced->start)].start));
    }
    return on_lines(compilation, source, line_end_behind(source, stretch.last), indentation,
                    members, count);
}

EditInsertion edit_insert_line(const Compilation *compilation, const Source *source,
                               uint32_t offset, const char *line) {
    const char *indentation =
        begins_line(source, offset) ? indentation_of(compilation, source, offset) : "";
    return (EditInsertion){
        {source->id, offset, offset},
        arena_printf(compilation->arena, "%s%s%s", line, line_end_of(source, offset), indentation)};
}

uint32_t edit_line_begin(const Source *source, uint32_t offset) {
    return skip_blanks(source, line_start(source, offset));
}
