// Source text is the user's, or an attacker's: terminals only get what they show, never what they
// obey.
#include "display.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define REPLACEMENT 0xFFFDU

/// Characters that change how others are shown: C0 and C1 controls, line and paragraph separators,
/// and the directions that make source read otherwise than it compiles.
static bool is_unsafe(gunichar c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F || c == 0x061C;
}

static uint32_t bytes_of(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

Glyph glyph_at(const char *text, size_t length) {
    unsigned char first = (unsigned char)*text;
    if (first >= 0x20 && first < 0x7F) {
        return (Glyph){first, 1, 1, 1};
    }
    if (first == '\t') {
        return (Glyph){'\t', 1, DISPLAY_TAB, 1};
    }
    gunichar c = g_utf8_get_char_validated(text, (gssize)(length < 4 ? length : 4));
    if (c >= (gunichar)-2) {
        return (Glyph){REPLACEMENT, 1, 1, 1};
    }
    uint32_t bytes = bytes_of(first);
    uint32_t utf16 = c >= 0x10000 ? 2 : 1;
    if (is_unsafe(c)) {
        return (Glyph){REPLACEMENT, bytes, 1, utf16};
    }
    uint32_t width = g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
    return (Glyph){c, bytes, width, utf16};
}

size_t glyph_before(const char *text, size_t offset) {
    for (size_t bytes = 2; bytes <= 4 && bytes <= offset; bytes++) {
        const char *at = text + offset - bytes;
        if (((unsigned char)*at & 0xC0) == 0xC0) {
            return glyph_at(at, bytes).bytes == bytes ? bytes : 1;
        }
    }
    return 1;
}

void display_glyph(GString *out, Glyph glyph) {
    if (glyph.shown == '\t') {
        g_string_append_printf(out, "%*s", DISPLAY_TAB, "");
    } else {
        g_string_append_unichar(out, glyph.shown);
    }
}

void display_text(GString *out, const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        Glyph glyph = glyph_at(text + i, length - i);
        display_glyph(out, glyph);
        i += glyph.bytes;
    }
}
