/// Text for people: how wide a character is, and what must never reach a terminal.
#ifndef DEPOT_DISPLAY_H
#define DEPOT_DISPLAY_H

#include <stddef.h>
#include <stdint.h>

struct _GString;

/// How many columns a tab takes in an excerpt.
#define DISPLAY_TAB 4

/// One character of a source.
typedef struct Glyph {
    uint32_t shown; ///< the character to print: U+FFFD for control characters and broken UTF-8
    uint32_t bytes; ///< bytes it takes in the source, at least 1
    uint32_t width; ///< columns it takes on a terminal; a tab DISPLAY_TAB
    uint32_t utf16; ///< UTF-16 code units it takes in an editor
} Glyph;

/// The character at `text`, of which `length` bytes (at least 1) may be read.
Glyph glyph_at(const char *text, size_t length);
/// Bytes of the character that ends before `text + offset`; `offset` is at least 1.
size_t glyph_before(const char *text, size_t offset);

/// Appends `glyph` as it is shown; a tab as spaces.
void display_glyph(struct _GString *out, Glyph glyph);
/// Appends NUL-terminated text with everything replaced that a terminal could obey.
void display_text(struct _GString *out, const char *text);

#endif
