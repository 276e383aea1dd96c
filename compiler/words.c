#include "words.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/// The words of `text`, lower case, joined by `separator`. A word begins after anything that is no
/// letter or digit, at an upper-case letter after a lower-case one or a digit, and at the last
/// upper-case letter of a run that goes on in lower case (`HTTPServer` is http, server).
static char *split(Arena *arena, const char *text, char separator) {
    char *words = arena_alloc(arena, 2 * strlen(text) + 1); // a separator before each at most
    char *out = words;
    bool begin = false;
    for (size_t i = 0; text[i]; i++) {
        char c = text[i];
        if (!g_ascii_isalnum(c) && !((unsigned char)c & 0x80)) {
            begin = true;
            continue;
        }
        char before = '\0';
        if (i) {
            before = text[i - 1];
        }
        if (g_ascii_isupper(c)) {
            bool after_lower = g_ascii_islower(before) || g_ascii_isdigit(before);
            bool run_ends = g_ascii_isupper(before) && g_ascii_islower(text[i + 1]);
            begin = begin || after_lower || run_ends;
        }
        if (begin && out > words) {
            *out++ = separator;
        }
        begin = false;
        *out++ = g_ascii_tolower(c);
    }
    return words; /* memory of the arena is zero behind it */
}

char *words_kebab(Arena *arena, const char *text) {
    return split(arena, text, '-');
}

char *words_snake(Arena *arena, const char *text) {
    return split(arena, text, '_');
}

char *words_upper_snake(Arena *arena, const char *text) {
    char *words = split(arena, text, '_');
    for (char *c = words; *c; c++) {
        *c = g_ascii_toupper(*c);
    }
    return words;
}

/// Never longer than the words that it is made of, so it takes their place.
static char *joined(Arena *arena, const char *text, bool capital) {
    char *words = split(arena, text, ' ');
    char *out = words;
    for (const char *in = words; *in; in++) {
        if (*in == ' ') {
            capital = true;
        } else if (g_ascii_isalnum(*in)) {
            *out++ = *in;
            if (capital) {
                out[-1] = g_ascii_toupper(*in);
            }
            capital = false;
        }
    }
    *out = 0;
    return words;
}

char *words_pascal(Arena *arena, const char *text) {
    return joined(arena, text, true);
}

char *words_camel(Arena *arena, const char *text) {
    return joined(arena, text, false);
}
