#include "fmt_layout.h"

bool comment_ends_line(const Layout *layout, const Token *token) {
    const char *text = layout->text + token->start;
    return text[0] == '#' || text[1] == '/';
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

bool comment_has_lines(const Layout *layout, const Token *token) {
    if (comment_ends_line(layout, token)) {
        return false;
    }
    for (uint32_t at = token->start; at < token->end; at++) {
        if (is_line_end(layout->text[at])) {
            return true;
        }
    }
    return false;
}

/// Behind the line end at `at`.
static const char *next_line(const char *at, const char *end) {
    return at + (*at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1);
}

static const char *line_stop(const char *at, const char *end) {
    while (at < end && !is_line_end(*at)) {
        at++;
    }
    return at;
}

static const char *skip_blanks(const char *at, const char *end) {
    while (at < end && is_blank(*at)) {
        at++;
    }
    return at;
}

/// Whether each line but the first begins with `*`.
static bool has_margin(const char *text, const char *end) {
    for (const char *at = line_stop(text, end); at < end; at = line_stop(at, end)) {
        at = skip_blanks(next_line(at, end), end);
        if (at == end || *at != '*') {
            return false;
        }
    }
    return true;
}

/// `text` up to `end` without the blanks before it.
static const char *trimmed(const char *text, const char *end) {
    while (end > text && is_blank(end[-1])) {
        end--;
    }
    return end;
}

void layout_comment(Layout *layout, const Token *token, uint32_t indent) {
    const char *text = layout->text + token->start;
    const char *end = layout->text + token->end;
    if (!comment_has_lines(layout, token)) {
        end = comment_ends_line(layout, token) ? trimmed(text, end) : end;
        layout_append_lines(layout, text, (size_t)(end - text));
        return;
    }
    if (!has_margin(text, end)) {
        layout_append_lines(layout, text, (size_t)(end - text));
        return;
    }
    const char *stop = line_stop(text, end);
    layout_append_lines(layout, text, (size_t)(trimmed(text, stop) - text));
    while (stop < end) {
        const char *line = skip_blanks(next_line(stop, end), end);
        stop = line_stop(line, end);
        layout_append_lines(layout, "\n", 1);
        for (uint32_t i = 0; i <= indent; i++) {
            g_string_append_c(layout->out, ' ');
        }
        layout->column = indent + 1;
        layout_append_lines(layout, line, (size_t)(trimmed(line, stop) - line));
    }
}
