#include "cdk/text.h"

#include <glib.h>
#include <string.h>

/// Characters that join with their neighbours, or whose width differs between versions of Unicode
/// or between Unicode and prettier: sorted, both ends included.
static const gunichar UNSETTLED[][2] = {
    {0x261d, 0x261d},   {0x2630, 0x2637},   {0x268a, 0x268f},   {0x26f9, 0x26f9},
    {0x270c, 0x270d},   {0x4dc0, 0x4dff},   {0xfe00, 0xfe0f},   {0x1171e, 0x1171e},
    {0x1d300, 0x1d356}, {0x1d360, 0x1d376}, {0x1f1e6, 0x1f1ff}, {0x1f3cb, 0x1f3cc},
    {0x1f3fb, 0x1f3ff}, {0x1f574, 0x1f575}, {0x1f590, 0x1f590},
};

static bool is_unsettled(gunichar character) {
    for (size_t i = 0; i < G_N_ELEMENTS(UNSETTLED) && character >= UNSETTLED[i][0]; i++) {
        if (character <= UNSETTLED[i][1]) {
            return true;
        }
    }
    return false;
}

/// Whether a character would be invisible, look like another, or take a number of columns that
/// nobody agrees on. Such characters are written as escapes.
static bool is_hidden(gunichar character) {
    if (character < 0x7f) {
        return character < ' ';
    }
    switch (g_unichar_type(character)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_ENCLOSING_MARK:
        return true;
    default:
        return is_unsettled(character);
    }
}

static void append_escape(GString *out, gunichar character) {
    static const struct {
        gunichar character;
        char letter;
    } SHORT[] = {{'\b', 'b'}, {'\t', 't'}, {'\n', 'n'}, {'\v', 'v'}, {'\f', 'f'}, {'\r', 'r'}};
    for (size_t i = 0; i < G_N_ELEMENTS(SHORT); i++) {
        if (SHORT[i].character == character) {
            g_string_append_printf(out, "\\%c", SHORT[i].letter);
            return;
        }
    }
    g_string_append_printf(out, character > 0xffff ? "\\u{%x}" : "\\u%04x", character);
}

/// Appends the character at `*at` (escaped if hidden) and moves behind it. A byte that is no UTF-8
/// becomes U+FFFD.
static void append_character(GString *out, const char **at, const char *end) {
    const gunichar character = g_utf8_get_char_validated(*at, end - *at);
    if (character == (gunichar)-1 || character == (gunichar)-2) {
        append_escape(out, 0xfffd);
        (*at)++;
        return;
    }
    const char *next = g_utf8_next_char(*at);
    if (is_hidden(character)) {
        append_escape(out, character);
    } else {
        g_string_append_len(out, *at, next - *at);
    }
    *at = next;
}

static const char *take(Arena *arena, GString *text) {
    const char *copy = arena_strndup(arena, text->str, text->len);
    g_string_free(text, TRUE);
    return copy;
}

const char *ts_quoted(Arena *arena, const char *text, size_t length) {
    size_t doubles = 0;
    size_t singles = 0;
    for (size_t i = 0; i < length; i++) {
        doubles += text[i] == '"';
        singles += text[i] == '\'';
    }
    const char quote = doubles > singles ? '\'' : '"';
    GString *out = g_string_sized_new(length + 3);
    g_string_append_c(out, quote);
    for (const char *at = text; at < text + length;) {
        if (*at == quote || *at == '\\') {
            g_string_append_c(out, '\\');
        }
        append_character(out, &at, text + length);
    }
    g_string_append_c(out, quote);
    return take(arena, out);
}

const char *ts_template_piece(Arena *arena, const char *text, size_t length) {
    GString *out = g_string_sized_new(length + 1);
    const char *end = text + length;
    for (const char *at = text; at < end;) {
        const bool opens = *at == '$' && (at + 1 == end || at[1] == '{');
        if (*at == '`' || *at == '\\' || opens) {
            g_string_append_c(out, '\\');
        }
        append_character(out, &at, end);
    }
    return take(arena, out);
}

bool ts_is_identifier(const char *text) {
    if (!g_ascii_isalpha(*text) && *text != '_' && *text != '$') {
        return false;
    }
    while (g_ascii_isalnum(*text) || *text == '_' || *text == '$') {
        text++;
    }
    return *text == '\0';
}

const char *ts_identifier(Arena *arena, const char *text) {
    if (ts_is_identifier(text)) {
        return text;
    }
    const bool digit = g_ascii_isdigit(*text) || *text == '\0';
    char *copy = arena_printf(arena, "%s%s", digit ? "_" : "", text);
    for (char *at = copy; *at; at++) {
        if (!g_ascii_isalnum(*at) && *at != '$') {
            *at = '_';
        }
    }
    return copy;
}

/// Whether a character may be in a name, `first` at its begin, by the categories of ECMAScript 5.
static bool is_name_character(gunichar character, bool first) {
    if (character == '$' || character == '_') {
        return true;
    }
    if (character > 0xffff || is_hidden(character)) {
        return false;
    }
    switch (g_unichar_type(character)) {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_LETTER_NUMBER:
        return true;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_CONNECT_PUNCTUATION:
        return !first;
    default:
        return false;
    }
}

/// Whether prettier would take the quotes off a key.
static bool is_bare_key(const char *text, size_t length) {
    if (length == 0 || !g_utf8_validate(text, (gssize)length, NULL)) {
        return false;
    }
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        if (!is_name_character(g_utf8_get_char(at), at == text)) {
            return false;
        }
    }
    return true;
}

const char *ts_key(Arena *arena, const char *text, size_t length) {
    if (strcmp(text, "__proto__") == 0) {
        return "[\"__proto__\"]"; // the plain key would set the prototype
    }
    return is_bare_key(text, length) ? text : ts_quoted(arena, text, length);
}

/// Appends a line of a comment; whatever would end the comment is broken up.
static void append_comment_line(GString *out, const char *text, size_t length) {
    while (length > 0 && g_ascii_isspace(text[length - 1])) {
        length--;
    }
    const char *end = text + length;
    for (const char *at = text; at < end;) {
        const bool closes = *at == '*' && at + 1 < end && at[1] == '/';
        if (*at == '\t') {
            g_string_append_c(out, ' ');
            at++;
            continue;
        }
        append_character(out, &at, end);
        if (closes) {
            g_string_append_c(out, '\\');
        }
    }
}

void ts_comment(GString *out, const char *doc, long indent) {
    g_auto(GStrv) lines = g_strsplit(doc, "\n", -1);
    // `/** @ts-… */` on one line would be an order to the type checker.
    const bool single = lines[0] && !lines[1] && *doc != '@' && *g_strchug(lines[0]) != '\0';
    g_string_append_printf(out, "%*s/**", (int)indent, "");
    if (single) {
        g_string_append_c(out, ' ');
        append_comment_line(out, lines[0], strlen(lines[0]));
        g_string_append(out, " */\n");
        return;
    }
    g_string_append_c(out, '\n');
    for (char **line = lines; *line; line++) {
        g_string_append_printf(out, "%*s *", (int)indent, "");
        if (**line) {
            g_string_append_c(out, ' ');
            append_comment_line(out, *line, strlen(*line));
            while (out->str[out->len - 1] == ' ') {
                g_string_truncate(out, out->len - 1);
            }
        }
        g_string_append_c(out, '\n');
    }
    g_string_append_printf(out, "%*s */\n", (int)indent, "");
}
