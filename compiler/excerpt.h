/// Pieces of source with marks under them: the middle part of the text form of a diagnostic.
#ifndef DEPOT_EXCERPT_H
#define DEPOT_EXCERPT_H

#include "diagnostic.h"
#include "source.h"

struct _GString;

/// How many columns of a line are shown; longer ones are cut around the marks.
#define EXCERPT_COLUMNS 120

/// A place to mark.
typedef struct ExcerptMark {
    Source *source;
    uint32_t start; ///< byte offsets
    uint32_t end;
    uint32_t first_line; ///< from 1; filled in by `excerpt_mark`
    uint32_t last_line;
    const char *label; ///< or NULL
    bool primary;      ///< drawn with `^`, others with `-`
} ExcerptMark;

/// How it is drawn.
typedef struct ExcerptStyle {
    unsigned gutter; ///< columns of the line numbers
    bool colour;
    Severity severity; ///< the colour of the primary mark
} ExcerptStyle;

/// A mark for `span` in `source`, with its lines found. A line end at its end is left out.
ExcerptMark excerpt_mark(Source *source, Span span, const char *label, bool primary, Arena *arena);

/// Draws the lines of `marks`, which are all in one file, from the first to the last; long
/// stretches without a mark are left out. `arena` is for the line table of the source.
void excerpt_draw(const ExcerptMark *marks, size_t count, const ExcerptStyle *style, Arena *arena,
                  struct _GString *out);

/// What a piece of the text form is, for its colour.
typedef enum Ink { INK_NONE, INK_GUTTER, INK_PRIMARY, INK_SECONDARY, INK_STRONG } Ink;
/// Switches to the colour of `ink`; appends nothing without colour.
void excerpt_ink(const ExcerptStyle *style, Ink ink, struct _GString *out);
/// Begins a line below the gutter: spaces as wide as the line numbers, and `sign` ("|", "=", …).
void excerpt_gutter(const ExcerptStyle *style, const char *sign, struct _GString *out);

#endif
