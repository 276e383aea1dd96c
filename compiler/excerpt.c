// Drawing: which lines are shown, what of them fits, and the marks below.
//
//     3 |   let a = one + two     a mark in one line: `^^^` below it, its label behind it;
//       |           ---   ^^^ b   the labels of further marks hang below
//       |           |
//       |           a
//
//     3 | / location hot {        a mark over several lines: a rail beside them, from its first
//     4 | |   name: "x"           character (`/` or ` ___^`) to its last (`|_^`)
//     5 | | }
//       | |_^ label
#include "excerpt.h"

#include "display.h"

#include <glib.h>
#include <string.h>

/// Marks over several lines that get a rail of their own; more are marked on their first line.
#define MAX_RAILS  4
#define RAIL_WIDTH 2
/// Unmarked lines at the begin of a mark over many lines.
#define LINES_OF_RAIL 3
/// Columns shown before the first mark of a line that is cut.
#define COLUMNS_BEFORE 40
#define ELLIPSIS       "…"

/// One mark while it is drawn.
typedef struct Place {
    const ExcerptMark *mark;
    uint32_t first;
    uint32_t last;
    int rail;  ///< its rail, or -1
    bool open; ///< its rail is being drawn
} Place;

typedef struct Drawing {
    Source *source;
    Place *places;
    size_t count;
    unsigned rails;
    const ExcerptStyle *style;
    Arena *arena;
    GString *out;
} Drawing;

/// The part of a line that is shown, in bytes of the source.
typedef struct Window {
    uint32_t line_start;
    uint32_t line_end;
    uint32_t from;
    uint32_t to;
} Window;

/// One line below a line of source: marks, then perhaps a label.
typedef struct Row {
    GString *cells; ///< one ASCII character per column
    GString *inks;  ///< the Ink of each
} Row;

ExcerptMark excerpt_mark(Source *source, Span span, const char *label, bool primary, Arena *arena) {
    uint32_t start = MIN(span.start, source->length);
    uint32_t end = CLAMP(span.end, start, source->length);
    Position from = source_position(source, start, arena);
    // The last character decides; a line end belongs to its line.
    Position to = end > start ? source_position(source, end - 1, arena) : from;
    return (ExcerptMark){
        .source = source,
        .start = start,
        .end = end,
        .first_line = from.line,
        .last_line = MAX(from.line, to.line),
        .label = label,
        .primary = primary,
    };
}

void excerpt_ink(const ExcerptStyle *style, Ink ink, GString *out) {
    static const char *const severities[] = {"", "\x1b[1;36m", "\x1b[1;33m", "\x1b[1;31m"};
    if (!style->colour) {
        return;
    }
    switch (ink) {
    case INK_NONE:
        g_string_append(out, "\x1b[0m");
        break;
    case INK_GUTTER:
    case INK_SECONDARY:
        g_string_append(out, "\x1b[1;34m");
        break;
    case INK_PRIMARY:
        g_string_append(out, severities[style->severity]);
        break;
    case INK_STRONG:
        g_string_append(out, "\x1b[1m");
        break;
    }
}

void excerpt_gutter(const ExcerptStyle *style, const char *sign, GString *out) {
    g_string_append_printf(out, "%*s", (int)style->gutter + 1, "");
    excerpt_ink(style, INK_GUTTER, out);
    g_string_append(out, sign);
    excerpt_ink(style, INK_NONE, out);
}

// Rows

static Row row_new(void) {
    return (Row){g_string_new(NULL), g_string_new(NULL)};
}

/// Makes the row at least `columns` wide.
static void row_pad(Row *row, size_t columns) {
    while (row->cells->len < columns) {
        g_string_append_c(row->cells, ' ');
        g_string_append_c(row->inks, (char)INK_NONE);
    }
}

static void row_put(Row *row, size_t column, char cell, Ink ink) {
    row_pad(row, column + 1);
    row->cells->str[column] = cell;
    row->inks->str[column] = (char)ink;
}

/// Appends `row` with `label` behind it, and frees it.
static void row_end(const Drawing *drawing, Row *row, const char *label, Ink ink, bool gap) {
    GString *out = drawing->out;
    excerpt_gutter(drawing->style, "|", out);
    g_string_append_c(out, ' ');
    Ink last = INK_NONE;
    for (size_t i = 0; i < row->cells->len; i++) {
        Ink now = (Ink)row->inks->str[i];
        if (now != last) {
            if (last != INK_NONE) {
                excerpt_ink(drawing->style, INK_NONE, out);
            }
            if (now != INK_NONE) {
                excerpt_ink(drawing->style, now, out);
            }
            last = now;
        }
        g_string_append_c(out, row->cells->str[i]);
    }
    if (last != INK_NONE) {
        excerpt_ink(drawing->style, INK_NONE, out);
    }
    if (label) {
        g_string_append(out, gap ? " " : "");
        excerpt_ink(drawing->style, ink, out);
        display_text(out, label);
        excerpt_ink(drawing->style, INK_NONE, out);
    }
    g_string_append_c(out, '\n');
    g_string_free(row->cells, TRUE);
    g_string_free(row->inks, TRUE);
}

static Ink ink_of(const Place *place) {
    return place->mark->primary ? INK_PRIMARY : INK_SECONDARY;
}

static char sign_of(const Place *place) {
    return place->mark->primary ? '^' : '-';
}

static void row_rails(const Drawing *drawing, Row *row) {
    for (size_t i = 0; i < drawing->count; i++) {
        const Place *place = &drawing->places[i];
        if (place->rail >= 0 && place->open) {
            row_put(row, (size_t)place->rail * RAIL_WIDTH, '|', ink_of(place));
        }
    }
}

// What of a line is shown

static uint32_t clamp_to(const Window *window, uint32_t offset) {
    return CLAMP(offset, window->line_start, window->line_end);
}

static Glyph glyph_in(const Drawing *drawing, uint32_t offset, uint32_t end) {
    return glyph_at(drawing->source->text + offset, end - offset);
}

/// How far one comes from `from` towards `end` within `columns`. Characters without a width count
/// a little too, so that a line of nothing else also has an end.
static uint32_t walk(const Drawing *drawing, uint32_t from, uint32_t end, uint32_t columns) {
    uint32_t budget = columns * 8;
    while (from < end) {
        Glyph glyph = glyph_in(drawing, from, end);
        uint32_t cost = glyph.width > 0 ? glyph.width * 8 : 1;
        if (cost > budget) {
            break;
        }
        budget -= cost;
        from += glyph.bytes;
    }
    return from;
}

static uint32_t walk_back(const Drawing *drawing, uint32_t from, uint32_t begin, uint32_t columns) {
    uint32_t budget = columns * 8;
    while (from > begin) {
        size_t bytes = glyph_before(drawing->source->text + begin, from - begin);
        Glyph glyph = glyph_in(drawing, from - (uint32_t)bytes, from);
        uint32_t cost = glyph.width > 0 ? glyph.width * 8 : 1;
        if (cost > budget) {
            break;
        }
        budget -= cost;
        from -= (uint32_t)bytes;
    }
    return from;
}

/// Where the marks of a line begin, and where its primary mark does.
static void find_focus(const Drawing *drawing, uint32_t line, const Window *window, uint32_t *first,
                       uint32_t *focus) {
    *first = UINT32_MAX;
    *focus = UINT32_MAX;
    for (size_t i = 0; i < drawing->count; i++) {
        const Place *place = &drawing->places[i];
        uint32_t at = UINT32_MAX;
        if (place->first == line) {
            at = clamp_to(window, place->mark->start);
        } else if (place->last == line) {
            at = clamp_to(window, place->mark->end);
        }
        *first = MIN(*first, at);
        if (at != UINT32_MAX && (place->mark->primary || *focus == UINT32_MAX)) {
            *focus = at;
        }
    }
}

static Window window_of(const Drawing *drawing, uint32_t line) {
    size_t length = 0;
    const char *text = source_line(drawing->source, line, &length, drawing->arena);
    uint32_t start = (uint32_t)(text - drawing->source->text);
    uint32_t end = start + (uint32_t)length;
    Window window = {start, end, start, end};
    if (walk(drawing, start, end, EXCERPT_COLUMNS) == end) {
        return window;
    }
    uint32_t first = start;
    uint32_t focus = start;
    find_focus(drawing, line, &window, &first, &focus);
    if (first == UINT32_MAX) {
        first = focus = start;
    }
    // From a little before the first mark, if the primary one is still to be seen then.
    uint32_t from = walk_back(drawing, first, start, COLUMNS_BEFORE);
    if (walk(drawing, from, end, EXCERPT_COLUMNS * 3 / 4) < focus) {
        from = walk_back(drawing, focus, start, COLUMNS_BEFORE);
    }
    uint32_t to = walk(drawing, from, end, EXCERPT_COLUMNS);
    if (to == end) {
        from = walk_back(drawing, end, start, EXCERPT_COLUMNS);
    }
    window.from = from;
    window.to = to;
    return window;
}

/// The column at which `offset` is shown. What is cut off stands below the ellipsis.
static size_t column_of(const Drawing *drawing, const Window *window, uint32_t offset) {
    size_t column = (size_t)drawing->rails * RAIL_WIDTH;
    if (window->from > window->line_start) {
        if (offset < window->from) {
            return column;
        }
        column++;
    }
    uint32_t end = MIN(offset, window->to);
    for (uint32_t at = window->from; at < end;) {
        Glyph glyph = glyph_in(drawing, at, window->line_end);
        at += glyph.bytes;
        column += at <= end ? glyph.width : 0;
    }
    return column;
}

// Lines

/// Whether nothing but white space stands before `place` in its line.
static bool begins_line(const Drawing *drawing, const Window *window, const Place *place) {
    if (window->from > window->line_start) {
        return false;
    }
    for (uint32_t at = window->line_start; at < place->mark->start; at++) {
        char byte = drawing->source->text[at];
        if (byte != ' ' && byte != '\t') {
            return false;
        }
    }
    return true;
}

static void draw_text(const Drawing *drawing, const Window *window) {
    GString *out = drawing->out;
    if (window->from > window->line_start) {
        g_string_append(out, ELLIPSIS);
    }
    for (uint32_t at = window->from; at < window->to;) {
        Glyph glyph = glyph_in(drawing, at, window->line_end);
        display_glyph(out, glyph);
        at += glyph.bytes;
    }
    if (window->to < window->line_end) {
        g_string_append(out, ELLIPSIS);
    }
}

static void trim_spaces(GString *out) {
    while (out->len > 0 && out->str[out->len - 1] == ' ') {
        g_string_truncate(out, out->len - 1);
    }
}

/// The line number, the rails, and the text.
static void draw_source(const Drawing *drawing, uint32_t line, const Window *window) {
    GString *out = drawing->out;
    excerpt_ink(drawing->style, INK_GUTTER, out);
    g_string_append_printf(out, "%*u |", (int)drawing->style->gutter, line);
    excerpt_ink(drawing->style, INK_NONE, out);
    g_string_append_c(out, ' ');
    for (unsigned rail = 0; rail < drawing->rails; rail++) {
        char cell = ' ';
        Ink ink = INK_NONE;
        for (size_t i = 0; i < drawing->count; i++) {
            Place *place = &drawing->places[i];
            if (place->rail != (int)rail) {
                continue;
            }
            bool begins = place->first == line && begins_line(drawing, window, place);
            if (begins || place->open) {
                cell = begins ? '/' : '|';
                ink = ink_of(place);
                place->open = true;
            }
        }
        if (ink != INK_NONE) {
            excerpt_ink(drawing->style, ink, out);
        }
        g_string_append_c(out, cell);
        if (ink != INK_NONE) {
            excerpt_ink(drawing->style, INK_NONE, out);
        }
        g_string_append_c(out, ' ');
    }
    draw_text(drawing, window);
    trim_spaces(out);
    g_string_append_c(out, '\n');
}

/// A place within one line, with its columns.
typedef struct Flat {
    const Place *place;
    size_t from;
    size_t to;
} Flat;

/// The last in the line first; of those at one column the longest first.
static int from_right(const void *a, const void *b) {
    const Flat *one = a;
    const Flat *other = b;
    if (one->from != other->from) {
        return one->from > other->from ? -1 : 1;
    }
    if (one->to != other->to) {
        return one->to > other->to ? -1 : 1;
    }
    return one->place < other->place ? -1 : 1;
}

static GArray *flat_places(const Drawing *drawing, uint32_t line, const Window *window) {
    GArray *flats = g_array_new(FALSE, FALSE, sizeof(Flat));
    for (size_t i = 0; i < drawing->count; i++) {
        const Place *place = &drawing->places[i];
        if (place->rail >= 0 || place->first != line) {
            continue;
        }
        size_t from = column_of(drawing, window, clamp_to(window, place->mark->start));
        size_t to = column_of(drawing, window, clamp_to(window, place->mark->end));
        Flat flat = {place, from, MAX(to, from + 1)};
        g_array_append_val(flats, flat);
    }
    g_array_sort(flats, from_right);
    return flats;
}

/// A row with the bars of the labels that still hang, all those left of `column`.
static Row hanging_row(const Drawing *drawing, const GArray *flats, guint from, size_t column) {
    Row row = row_new();
    row_rails(drawing, &row);
    for (guint i = from; i < flats->len; i++) {
        const Flat *flat = &g_array_index(flats, Flat, i);
        if (flat->place->mark->label && flat->from < column) {
            row_put(&row, flat->from, '|', ink_of(flat->place));
        }
    }
    return row;
}

/// The labels that have no room beside their marks, from the right, each on a row of its own.
static void draw_hanging(const Drawing *drawing, const GArray *flats, guint from) {
    bool first = true;
    for (guint i = from; i < flats->len; i++) {
        const Flat *flat = &g_array_index(flats, Flat, i);
        if (!flat->place->mark->label) {
            continue;
        }
        if (first) {
            Row bars = hanging_row(drawing, flats, i, SIZE_MAX);
            row_end(drawing, &bars, NULL, INK_NONE, false);
            first = false;
        }
        Row row = hanging_row(drawing, flats, i + 1, flat->from);
        row_pad(&row, flat->from);
        row_end(drawing, &row, flat->place->mark->label, ink_of(flat->place), false);
    }
}

/// The marks within `line`, and their labels.
static void draw_flat(const Drawing *drawing, uint32_t line, const Window *window) {
    g_autoptr(GArray) flats = flat_places(drawing, line, window);
    if (flats->len == 0) {
        return;
    }
    Row row = row_new();
    row_rails(drawing, &row);
    size_t right = 0;
    for (int primary = 0; primary <= 1; primary++) {
        for (guint i = 0; i < flats->len; i++) {
            const Flat *flat = &g_array_index(flats, Flat, i);
            for (size_t at = flat->from; at < flat->to; at++) {
                if (flat->place->mark->primary == (primary == 1)) {
                    row_put(&row, at, sign_of(flat->place), ink_of(flat->place));
                }
            }
            right = MAX(right, flat->to);
        }
    }
    const Flat *last = &g_array_index(flats, Flat, 0);
    bool beside = last->to == right;
    const char *label = beside ? last->place->mark->label : NULL;
    row_end(drawing, &row, label, ink_of(last->place), true);
    draw_hanging(drawing, flats, beside ? 1 : 0);
}

/// ` ____^`: where a mark over several lines begins or ends. The rail of `place` begins below it,
/// or ends in it.
static void draw_turn(const Drawing *drawing, const Window *window, Place *place, bool end) {
    Row row = row_new();
    row_rails(drawing, &row);
    size_t rail = (size_t)place->rail * RAIL_WIDTH;
    uint32_t offset = place->mark->start;
    if (end) {
        offset = clamp_to(window, place->mark->end);
        if (offset > window->line_start) {
            offset -= (uint32_t)glyph_before(drawing->source->text + window->line_start,
                                             offset - window->line_start);
        }
    }
    size_t column = column_of(drawing, window, offset);
    for (size_t at = rail + 1; at < column; at++) {
        row_put(&row, at, '_', ink_of(place));
    }
    row_put(&row, column, sign_of(place), ink_of(place));
    row_end(drawing, &row, end ? place->mark->label : NULL, ink_of(place), true);
    place->open = !end;
}

static void draw_line(const Drawing *drawing, uint32_t line) {
    Window window = window_of(drawing, line);
    draw_source(drawing, line, &window);
    draw_flat(drawing, line, &window);
    for (size_t i = 0; i < drawing->count; i++) {
        Place *place = &drawing->places[i];
        if (place->rail >= 0 && place->first == line && !place->open) {
            draw_turn(drawing, &window, place, false);
        }
    }
    for (size_t i = drawing->count; i-- > 0;) {
        Place *place = &drawing->places[i];
        if (place->rail >= 0 && place->last == line && place->open) {
            draw_turn(drawing, &window, place, true);
        }
    }
}

/// `...` for lines that are left out.
static void draw_gap(const Drawing *drawing) {
    GString *out = drawing->out;
    Row row = row_new();
    row_rails(drawing, &row);
    excerpt_ink(drawing->style, INK_GUTTER, out);
    g_string_append(out, "...");
    excerpt_ink(drawing->style, INK_NONE, out);
    if (row.cells->len > 0) {
        g_string_append_printf(out, "%*s%s", (int)drawing->style->gutter, "", row.cells->str);
    }
    g_string_append_c(out, '\n');
    g_string_free(row.cells, TRUE);
    g_string_free(row.inks, TRUE);
}

// Which lines

static int by_line(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a;
    uint32_t other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

/// The lines that are shown, in order, perhaps twice.
static GArray *wanted_lines(const Drawing *drawing) {
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (size_t i = 0; i < drawing->count; i++) {
        const Place *place = &drawing->places[i];
        uint32_t shown = MIN(place->last, place->first + LINES_OF_RAIL);
        for (uint32_t line = place->first; line <= shown; line++) {
            g_array_append_val(lines, line);
        }
        g_array_append_val(lines, place->last);
    }
    g_array_sort(lines, by_line);
    return lines;
}

static int outer_first(const void *a, const void *b) {
    const Place *one = a;
    const Place *other = b;
    if (one->mark->start != other->mark->start) {
        return one->mark->start < other->mark->start ? -1 : 1;
    }
    if (one->mark->end != other->mark->end) {
        return one->mark->end > other->mark->end ? -1 : 1;
    }
    return one->mark < other->mark ? -1 : 1;
}

static void set_rails(Drawing *drawing) {
    for (size_t i = 0; i < drawing->count; i++) {
        Place *place = &drawing->places[i];
        if (place->first == place->last) {
            continue;
        }
        if (drawing->rails < MAX_RAILS) {
            place->rail = (int)drawing->rails++;
        } else {
            place->last = place->first;
        }
    }
}

void excerpt_draw(const ExcerptMark *marks, size_t count, const ExcerptStyle *style, Arena *arena,
                  GString *out) {
    if (count == 0) {
        return;
    }
    g_autofree Place *places = g_new0(Place, count);
    for (size_t i = 0; i < count; i++) {
        places[i] = (Place){&marks[i], marks[i].first_line, marks[i].last_line, -1, false};
    }
    qsort(places, count, sizeof *places, outer_first);
    Drawing drawing = {marks[0].source, places, count, 0, style, arena, out};
    set_rails(&drawing);
    g_autoptr(GArray) lines = wanted_lines(&drawing);
    uint32_t last = 0;
    for (guint i = 0; i < lines->len; i++) {
        uint32_t line = g_array_index(lines, uint32_t, i);
        if (last != 0 && line == last + 2) {
            draw_line(&drawing, last + 1);
        } else if (last != 0 && line > last + 2) {
            draw_gap(&drawing);
        }
        if (line != last) {
            draw_line(&drawing, line);
        }
        last = line;
    }
}
