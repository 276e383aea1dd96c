#include "lines.h"

#include "cli.h"

#include <string.h>

Lines lines_of(const char *text, size_t length) {
    Lines lines = {text, g_array_new(FALSE, FALSE, sizeof(size_t))};
    size_t begin = 0;
    while (begin < length) {
        g_array_append_val(lines.begins, begin);
        const char *end = memchr(text + begin, '\n', length - begin);
        begin = end != NULL ? (size_t)(end - text) + 1 : length;
    }
    g_array_append_val(lines.begins, length);
    return lines;
}

void lines_clear(Lines *lines) {
    g_array_free(lines->begins, TRUE);
}

size_t line_count(const Lines *lines) {
    return lines->begins->len - 1;
}

size_t line_begin(const Lines *lines, size_t line) {
    return g_array_index(lines->begins, size_t, line);
}

size_t line_length(const Lines *lines, size_t line) {
    return line_begin(lines, line + 1) - line_begin(lines, line);
}

bool line_same(const Lines *one, size_t i, const Lines *other, size_t j) {
    const size_t length = line_length(one, i);
    return length == line_length(other, j) &&
           memcmp(one->text + line_begin(one, i), other->text + line_begin(other, j), length) == 0;
}

// What differs, by the greedy algorithm of Myers ("An O(ND) Difference Algorithm and Its
// Variations", 1986). Whoever needs more edits than these gets one change from the first line that
// differs to the last: to remember all ways takes memory by the square of their number.
enum { MOST_EDITS = 500 };

/// The lines that differ, between what is the same at both ends.
typedef struct Middle {
    const Lines *old_lines;
    const Lines *new_lines;
    size_t begin;     ///< how many lines are the same before
    gint64 old_count; ///< lines between
    gint64 new_count;
    GPtrArray *reached; ///< of each number of edits, how far into the old lines each diagonal got
} Middle;

static Middle middle_of(const Lines *old_lines, const Lines *new_lines) {
    size_t old_end = line_count(old_lines);
    size_t new_end = line_count(new_lines);
    size_t begin = 0;
    while (begin < old_end && begin < new_end && line_same(old_lines, begin, new_lines, begin)) {
        begin++;
    }
    while (old_end > begin && new_end > begin &&
           line_same(old_lines, old_end - 1, new_lines, new_end - 1)) {
        old_end--;
        new_end--;
    }
    return (Middle){old_lines,
                    new_lines,
                    begin,
                    (gint64)(old_end - begin),
                    (gint64)(new_end - begin),
                    g_ptr_array_new_with_free_func(g_free)};
}

/// Where diagonal `k` is entered with `edits` edits: `before` is what one edit less reached.
/// `*down`: by a line that comes, not by one that goes.
static gint64 entry(const gint64 *before, gint64 edits, gint64 k, bool *down) {
    *down = k == -edits || (k != edits && before[k - 1] < before[k + 1]);
    return *down ? before[k + 1] : before[k - 1] + 1;
}

/// Follows lines that are the same.
static gint64 slide(const Middle *middle, gint64 x, gint64 k) {
    while (x < middle->old_count && x - k < middle->new_count &&
           line_same(middle->old_lines, middle->begin + (size_t)x, middle->new_lines,
                     middle->begin + (size_t)(x - k))) {
        x++;
    }
    return x;
}

/// The least number of edits, or -1 if there are too many.
static gint64 search(Middle *middle) {
    gint64 first[3] = {0};
    const gint64 *before = first + 1;
    for (gint64 edits = 0; edits <= MOST_EDITS; edits++) {
        gint64 *row = g_new0(gint64, (gsize)(2 * edits + 3));
        gint64 *here = row + edits + 1;
        g_ptr_array_add(middle->reached, row);
        for (gint64 k = -edits; k <= edits; k += 2) {
            bool down = false;
            here[k] = slide(middle, edits == 0 ? 0 : entry(before, edits, k, &down), k);
            if (k == middle->old_count - middle->new_count && here[k] >= middle->old_count) {
                return edits;
            }
        }
        before = here;
    }
    return -1;
}

/// Marks the lines that go and come on the way that was found, from its end.
static void trace(const Middle *middle, gint64 edits, bool *goes, bool *comes) {
    gint64 k = middle->old_count - middle->new_count;
    for (; edits > 0; edits--) {
        const gint64 *before = (const gint64 *)middle->reached->pdata[edits - 1] + edits;
        bool down = false;
        const gint64 x = entry(before, edits, k, &down);
        if (down) {
            comes[x - k - 1] = true;
        } else {
            goes[x - 1] = true;
        }
        k += down ? 1 : -1;
    }
}

/// A change from and to these lines of the middle.
static void add_change(const Middle *middle, GArray *changes, const gint64 from[2],
                       const gint64 to[2]) {
    const size_t begin = middle->begin;
    const Change change = {line_begin(middle->old_lines, begin + (size_t)from[0]),
                           line_begin(middle->old_lines, begin + (size_t)to[0]),
                           line_begin(middle->new_lines, begin + (size_t)from[1]),
                           line_begin(middle->new_lines, begin + (size_t)to[1])};
    g_array_append_val(changes, change);
}

GArray *lines_changes(const Lines *old_lines, const Lines *new_lines) {
    Middle middle = middle_of(old_lines, new_lines);
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(Change));
    // One more each: false, so that the end of the lines ends what goes or comes.
    bool *goes = g_new0(bool, (gsize)middle.old_count + 1);
    bool *comes = g_new0(bool, (gsize)middle.new_count + 1);
    const gint64 edits = search(&middle);
    if (edits > 0) {
        trace(&middle, edits, goes, comes);
    } else if (edits < 0) {
        memset(goes, true, (size_t)middle.old_count);
        memset(comes, true, (size_t)middle.new_count);
    }
    gint64 at[2] = {0, 0};
    while (at[0] < middle.old_count || at[1] < middle.new_count) {
        const gint64 from[2] = {at[0], at[1]};
        while (goes[at[0]]) {
            at[0]++;
        }
        while (comes[at[1]]) {
            at[1]++;
        }
        if (at[0] > from[0] || at[1] > from[1]) {
            add_change(&middle, changes, from, at);
        } else {
            at[0]++;
            at[1]++;
        }
    }
    g_free(goes);
    g_free(comes);
    g_ptr_array_free(middle.reached, TRUE);
    return changes;
}
