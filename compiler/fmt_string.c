// Strings of several lines: they move with the code around them, and keep their value.

#include "fmt_layout.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *at, const char *end) {
    while (at < end && is_blank(*at)) {
        at++;
    }
    return at;
}

/// Behind the line end at `at`; NULL if there is none.
static const char *behind_line_end(const char *at, const char *end) {
    if (at < end && *at == '\n') {
        return at + 1;
    }
    if (at < end && *at == '\r') {
        return at + 1 < end && at[1] == '\n' ? at + 2 : at + 1;
    }
    return NULL;
}

/// Whether what is filled in stays on its lines.
static bool is_plain(const Layout *layout, const Token *first, const Token *last) {
    unsigned depth = 0;
    for (const Token *token = first + 1; token < last; token++) {
        const bool line = (token->flags & TOKEN_NEWLINE_BEFORE) != 0;
        if (depth > 0 &&
            (line || (token->kind == TOK_COMMENT && comment_has_lines(layout, token)))) {
            return false;
        }
        if (token->kind == TOK_STRING_BEGIN && token->end - token->start == 3) {
            return false;
        }
        depth += token->kind == TOK_INTERPOLATION_BEGIN;
        depth -= token->kind == TOK_INTERPOLATION_END;
    }
    return true;
}

/// The indentation that all lines share, as the language counts it.
static size_t common_indent(const char *text, const char *end) {
    size_t common = SIZE_MAX;
    for (const char *at = text; at < end;) {
        const char *line = behind_line_end(at, end);
        if (line == NULL) {
            at++;
            continue;
        }
        at = skip_blanks(line, end);
        if (behind_line_end(at, end) == NULL) {
            common = MIN(common, (size_t)(at - line));
        }
    }
    return common;
}

void layout_lines(Layout *layout, const Token *first, const Token *last, uint32_t indent) {
    const char *text = layout->text + first->start;
    const char *end = layout->text + last->end;
    if (!is_plain(layout, first, last)) {
        layout_append_lines(layout, text, (size_t)(end - text));
        return;
    }
    const size_t common = common_indent(text, end);
    const char *from = text;
    for (const char *at = text; at < end;) {
        const char *line = behind_line_end(at, end);
        if (line == NULL) {
            at++;
            continue;
        }
        layout_append_lines(layout, from, (size_t)(line - from));
        const char *content = skip_blanks(line, end);
        const bool empty = behind_line_end(content, end) != NULL;
        const size_t blanks = (size_t)(content - line);
        at = blanks > common ? line + common : content;
        from = at;
        if (!empty || blanks > common) {
            for (uint32_t i = 0; i < indent; i++) {
                g_string_append_c(layout->out, ' ');
            }
            layout->column = indent;
        }
    }
    layout_append_lines(layout, from, (size_t)(end - from));
}
