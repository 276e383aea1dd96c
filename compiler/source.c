// The one place that knows lines and columns. Everything else deals in byte offsets.
#include "source.h"

#include "display.h"

#include <string.h>

/// Distance in bytes between two marks: short enough to count from one, and few enough to keep.
#define MARK_STEP 1024U

/// How many characters and UTF-16 units stand before the first character at or behind
/// `index * MARK_STEP`. With them a column costs the same in a line of a hundred megabytes.
struct SourceMark {
    uint32_t offset;
    uint32_t characters;
    uint32_t utf16;
};

static uint32_t text_begin(const Source *source) {
    return source->length >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/// Whether a line ends with the byte at `offset`: at LF, and at CR that no LF follows.
static bool ends_line(const Source *source, uint32_t offset) {
    char byte = source->text[offset];
    if (byte == '\n') {
        return true;
    }
    return byte == '\r' && !(offset + 1 < source->length && source->text[offset + 1] == '\n');
}

static void make_lines(Source *source, Arena *arena) {
    uint32_t count = 1;
    for (uint32_t i = 0; i < source->length; i++) {
        count += ends_line(source, i) ? 1 : 0;
    }
    uint32_t *lines = arena_array(arena, uint32_t, count);
    uint32_t line = 0;
    lines[line++] = text_begin(source);
    for (uint32_t i = 0; i < source->length; i++) {
        if (ends_line(source, i)) {
            lines[line++] = i + 1;
        }
    }
    source->lines = lines;
    source->line_count = count;
}

/// Moves `mark` over one character.
static void step(const Source *source, SourceMark *mark) {
    const char *at = source->text + mark->offset;
    if ((unsigned char)*at < 0x80) {
        mark->offset++;
        mark->utf16++;
    } else {
        Glyph glyph = glyph_at(at, source->length - mark->offset);
        mark->offset += glyph.bytes;
        mark->utf16 += glyph.utf16;
    }
    mark->characters++;
}

static void make_marks(Source *source, Arena *arena) {
    uint32_t count = source->length / MARK_STEP + 1;
    source->marks = arena_array(arena, SourceMark, count);
    SourceMark mark = {0, 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        while (mark.offset < i * MARK_STEP) {
            step(source, &mark);
        }
        source->marks[i] = mark;
    }
}

static void make_index(Source *source, Arena *arena) {
    if (!source->lines) {
        make_lines(source, arena);
        make_marks(source, arena);
    }
}

/// What stands before `offset`; inside a character: before that character.
static SourceMark count_to(const Source *source, uint32_t offset) {
    uint32_t index = offset / MARK_STEP;
    // The character at the step may begin before it, and the mark then stands behind `offset`.
    if (source->marks[index].offset > offset && index > 0) {
        index--;
    }
    SourceMark mark = source->marks[index];
    while (mark.offset < offset) {
        SourceMark next = mark;
        step(source, &next);
        if (next.offset > offset) {
            break;
        }
        mark = next;
    }
    return mark;
}

/// Index of the last line that begins at or before `offset`.
static uint32_t line_of(const Source *source, uint32_t offset) {
    uint32_t low = 0;
    uint32_t high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t line_end(const Source *source, uint32_t line) {
    if (line + 1 >= source->line_count) {
        return source->length;
    }
    uint32_t end = source->lines[line + 1] - 1;
    if (end > source->lines[line] && source->text[end] == '\n' && source->text[end - 1] == '\r') {
        end--;
    }
    return end;
}

Position source_position(Source *source, uint32_t offset, Arena *arena) {
    make_index(source, arena);
    uint32_t line = line_of(source, offset);
    uint32_t begin = source->lines[line];
    uint32_t end = line_end(source, line);
    offset = offset < begin ? begin : offset > end ? end : offset;
    SourceMark from = count_to(source, begin);
    SourceMark to = count_to(source, offset);
    return (Position){
        .line = line + 1,
        .column = to.characters - from.characters + 1,
        .utf16 = to.utf16 - from.utf16,
    };
}

const char *source_line(Source *source, uint32_t line, size_t *length, Arena *arena) {
    make_index(source, arena);
    if (line == 0 || line > source->line_count) {
        *length = 0;
        return source->text + source->length;
    }
    *length = line_end(source, line - 1) - source->lines[line - 1];
    return source->text + source->lines[line - 1];
}
