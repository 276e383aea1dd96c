/// Unified diffs. What changed is known byte by byte, so nothing is searched for: changes become
/// blocks of whole lines, and blocks that are near each other a hunk.
#include "cli.h"
#include "lines.h"

#include <string.h>

/// Unchanged lines shown around a change.
enum { CONTEXT = 3 };

/// Lines that were replaced, from `start` up to `end`, not included.
typedef struct Block {
    size_t old_start;
    size_t old_end;
    size_t new_start;
    size_t new_end;
} Block;

/// The line, from `line` on, that `offset` stands in. The end of the text is in a line of its own
/// unless it lacks its LF.
static size_t line_at(const Lines *lines, size_t line, size_t offset) {
    while (line < line_count(lines) && line_begin(lines, line + 1) <= offset &&
           lines->text[line_begin(lines, line + 1) - 1] == '\n') {
        line++;
    }
    return line;
}

/// Takes lines that are the same from both ends of a block.
static Block trim(const Lines *old, const Lines *new, Block block) {
    while (block.old_start < block.old_end && block.new_start < block.new_end &&
           line_same(old, block.old_start, new, block.new_start)) {
        block.old_start++;
        block.new_start++;
    }
    while (block.old_start < block.old_end && block.new_start < block.new_end &&
           line_same(old, block.old_end - 1, new, block.new_end - 1)) {
        block.old_end--;
        block.new_end--;
    }
    return block;
}

/// Blocks that touch become one: all that goes, then all that comes.
static void add_block(GArray *blocks, const Lines *old, const Lines *new, Block block) {
    const Block trimmed = trim(old, new, block);
    if (trimmed.old_start == trimmed.old_end && trimmed.new_start == trimmed.new_end) {
        return;
    }
    Block *last = blocks->len > 0 ? &g_array_index(blocks, Block, blocks->len - 1) : NULL;
    if (last != NULL && last->old_end == trimmed.old_start && last->new_end == trimmed.new_start) {
        last->old_end = trimmed.old_end;
        last->new_end = trimmed.new_end;
    } else {
        g_array_append_val(blocks, trimmed);
    }
}

/// The lines that `changes` touch. Changes in the same line are one block.
static GArray *blocks_of(const GArray *changes, const Lines *old, const Lines *new) {
    GArray *blocks = g_array_new(FALSE, FALSE, sizeof(Block));
    Block block = {0};
    size_t old_line = 0;
    size_t new_line = 0;
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        old_line = line_at(old, old_line, change->old_start);
        new_line = line_at(new, new_line, change->new_start);
        if (i == 0 || old_line >= block.old_end) {
            add_block(blocks, old, new, block);
            block.old_start = old_line;
            block.new_start = new_line;
        }
        old_line = line_at(old, old_line, change->old_end);
        new_line = line_at(new, new_line, change->new_end);
        block.old_end = MIN(old_line + 1, line_count(old));
        block.new_end = MIN(new_line + 1, line_count(new));
    }
    add_block(blocks, old, new, block);
    return blocks;
}

static void print_lines(GString *out, char sign, const Lines *lines, size_t start, size_t end) {
    for (size_t line = start; line < end; line++) {
        g_string_append_c(out, sign);
        g_string_append_len(out, lines->text + line_begin(lines, line),
                            (gssize)line_length(lines, line));
        if (out->str[out->len - 1] != '\n') {
            g_string_append(out, "\n\\ No newline at end of file\n");
        }
    }
}

/// ` -1,3`; a range without lines is named by the line before it.
static void print_range(GString *out, char sign, size_t start, size_t end) {
    g_string_append_printf(out, " %c%zu,%zu", sign, end > start ? start + 1 : start, end - start);
}

/// Blocks from `first` to `last` with the lines around and between them.
static void print_hunk(GString *out, const Block *first, const Block *last, const Lines *old,
                       const Lines *new) {
    const size_t before = MIN((size_t)CONTEXT, first->old_start);
    const size_t after = MIN((size_t)CONTEXT, line_count(old) - last->old_end);
    g_string_append(out, "@@");
    print_range(out, '-', first->old_start - before, last->old_end + after);
    print_range(out, '+', first->new_start - before, last->new_end + after);
    g_string_append(out, " @@\n");
    size_t line = first->old_start - before;
    for (const Block *block = first; block <= last; block++) {
        print_lines(out, ' ', old, line, block->old_start);
        print_lines(out, '-', old, block->old_start, block->old_end);
        print_lines(out, '+', new, block->new_start, block->new_end);
        line = block->old_end;
    }
    print_lines(out, ' ', old, line, line + after);
}

/// `--- a/name`. As git does it: in quotes if it would break the line, and with a tab behind a name
/// with spaces, where some programs expect a date.
static void print_name(GString *out, const char *mark, char side, const char *name) {
    g_string_append_printf(out, "%s ", mark);
    bool quoted = false;
    for (const char *at = name; *at != '\0'; at++) {
        quoted = quoted || g_ascii_iscntrl(*at) || *at == '"' || *at == '\\';
    }
    if (!quoted) {
        g_string_append_printf(out, "%c/%s%s\n", side, name, strchr(name, ' ') != NULL ? "\t" : "");
        return;
    }
    g_string_append_printf(out, "\"%c/", side);
    for (const char *at = name; *at != '\0'; at++) {
        if (g_ascii_iscntrl(*at)) {
            g_string_append_printf(out, "\\%03o", (unsigned)(unsigned char)*at);
        } else {
            g_string_append_printf(out, "%s%c", *at == '"' || *at == '\\' ? "\\" : "", *at);
        }
    }
    g_string_append(out, "\"\n");
}

void unified_diff(const Draft *draft, const char *name, GString *out) {
    Lines old = lines_of(draft->old_text, draft->old_length);
    Lines new = lines_of(draft->new_text, draft->new_length);
    g_autoptr(GArray) array = blocks_of(draft->changes, &old, &new);
    const Block *blocks = (const Block *)(void *)array->data;
    if (array->len > 0) {
        print_name(out, "---", 'a', name);
        print_name(out, "+++", 'b', name);
    }
    for (guint i = 0; i < array->len;) {
        guint last = i;
        while (last + 1 < array->len &&
               blocks[last + 1].old_start - blocks[last].old_end <= 2 * (size_t)CONTEXT) {
            last++;
        }
        print_hunk(out, &blocks[i], &blocks[last], &old, &new);
        i = last + 1;
    }
    lines_clear(&old);
    lines_clear(&new);
}
