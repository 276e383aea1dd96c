#include "words.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/// The words of `text`, lower case, joined by `separator`. A word begins after anything that is no
/// letter or digit, at an upper-case letter after a lower-case one or a digit, and at the last
/// upper-case letter of a run that goes on in lower case (`HTTPServer` is http, server).
static GString *split(const char *text, char separator) {
    GString *out = g_string_new(NULL);
    bool begin = false;
    for (size_t i = 0; text[i]; i++) {
        char c = text[i];
        if (!g_ascii_isalnum(c) && !((unsigned char)c & 0x80)) {
            begin = true;
            continue;
        }
        char before = i ? text[i - 1] : 0;
        if (g_ascii_isupper(c)) {
            bool after_lower = g_ascii_islower(before) || g_ascii_isdigit(before);
            bool run_ends = g_ascii_isupper(before) && g_ascii_islower(text[i + 1]);
            begin = begin || after_lower || run_ends;
        }
        if (begin && out->len)
            g_string_append_c(out, separator);
        begin = false;
        g_string_append_c(out, g_ascii_tolower(c));
    }
    return out;
}

static char *keep(Arena *arena, GString *text) {
    char *kept = arena_strndup(arena, text->str, text->len);
    g_string_free(text, TRUE);
    return kept;
}

char *words_kebab(Arena *arena, const char *text) {
    return keep(arena, split(text, '-'));
}

char *words_snake(Arena *arena, const char *text) {
    return keep(arena, split(text, '_'));
}

char *words_upper_snake(Arena *arena, const char *text) {
    GString *words = split(text, '_');
    g_string_ascii_up(words);
    return keep(arena, words);
}

static char *joined(Arena *arena, const char *text, bool capital) {
    GString *words = split(text, ' ');
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < words->len; i++) {
        char c = words->str[i];
        if (c == ' ') {
            capital = true;
        } else if (g_ascii_isalnum(c)) {
            g_string_append_c(out, capital ? g_ascii_toupper(c) : c);
            capital = false;
        }
    }
    g_string_free(words, TRUE);
    return keep(arena, out);
}

char *words_pascal(Arena *arena, const char *text) {
    return joined(arena, text, true);
}

char *words_camel(Arena *arena, const char *text) {
    return joined(arena, text, false);
}
