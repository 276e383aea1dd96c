// Which name did they mean? The nearest by edit distance, as long as it is near enough.
#include "diagnostic.h"

#include <glib.h>
#include <string.h>

/// Longer names than this are compared for case and separators only.
#define LONGEST 128

static char folded(char c) {
    if (c == '-') {
        return '_';
    }
    return g_ascii_tolower(c);
}

/// Whether two names differ in nothing but case and in `_` and `-`.
static bool same_letters(const char *a, const char *b) {
    for (;;) {
        while (*a == '_' || *a == '-') {
            a++;
        }
        while (*b == '_' || *b == '-') {
            b++;
        }
        if (g_ascii_tolower(*a) != g_ascii_tolower(*b)) {
            return false;
        }
        if (*a == '\0') {
            return true;
        }
        a++;
        b++;
    }
}

static unsigned smaller(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`, or
/// `limit + 1` as soon as it is clear that more than `limit` are needed.
static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length,
                         unsigned limit) {
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0];
    unsigned *last = rows[1];
    unsigned *row = rows[2];
    for (size_t j = 0; j <= b_length; j++) {
        before[j] = last[j] = (unsigned)j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        unsigned least = row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            bool equal = folded(a[i - 1]) == folded(b[j - 1]);
            unsigned best = smaller(last[j], row[j - 1]) + 1;
            best = smaller(best, last[j - 1] + (equal ? 0U : 1U));
            if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
                folded(a[i - 2]) == folded(b[j - 1])) {
                best = smaller(best, before[j - 2] + 1);
            }
            row[j] = best;
            least = smaller(least, best);
        }
        if (least > limit) {
            return limit + 1;
        }
        unsigned *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b_length];
}

/// Whether a word of a name begins at `at`: `Location` in `primaryLocation`, `name` in
/// `table_name`.
static bool begins_word(const char *at) {
    return g_ascii_isupper(*at) || at[-1] == '_' || at[-1] == '-' || *at == '_' || *at == '-';
}

/// Whether `wanted`, of `length` bytes, is the beginning or the end of the words of `candidate`:
/// somebody has shortened it.
static bool is_shortened(const char *wanted, size_t length, const char *candidate,
                         size_t candidate_length) {
    enum { SHORTEST = 4 };
    if (length < SHORTEST || candidate_length <= length) {
        return false;
    }
    const char *end = candidate + (candidate_length - length);
    return (g_ascii_strncasecmp(wanted, candidate, length) == 0 &&
            begins_word(candidate + length)) ||
           (g_ascii_strncasecmp(wanted, end, length) == 0 && begins_word(end));
}

/// Of several names that `wanted` may be short for, the shortest.
static void offer_longer(Similar *similar, const char *candidate, size_t length) {
    if (!similar->longer_counts ||
        (similar->best != NULL && (!similar->longer || strlen(similar->best) <= length))) {
        return;
    }
    if (is_shortened(similar->wanted, similar->wanted_length, candidate, length)) {
        similar->best = candidate;
        similar->longer = true;
    }
}

void similar_begin(Similar *similar, const char *wanted) {
    size_t length = strlen(wanted);
    unsigned third = (unsigned)(MIN(length, (size_t)LONGEST) / 3);
    *similar = (Similar){
        .wanted = wanted,
        .wanted_length = length,
        .best = NULL,
        // The first candidate must be nearer than this; a third of the length is near enough.
        .best_distance = (third > 0 ? third : 1) + 1,
    };
}

void similar_allow_longer(Similar *similar) {
    similar->longer_counts = true;
}

void similar_offer(Similar *similar, const char *candidate) {
    if (strcmp(candidate, similar->wanted) == 0 ||
        (similar->best && strcmp(candidate, similar->best) == 0)) {
        return;
    }
    if (same_letters(similar->wanted, candidate)) {
        similar->tied = similar->best && similar->best_distance == 0;
        similar->best = similar->tied ? similar->best : candidate;
        similar->longer = false;
        similar->best_distance = 0;
        return;
    }
    if (similar->best_distance == 0) {
        return;
    }
    size_t wanted = similar->wanted_length;
    // One that is as near is not better, but makes the choice doubtful.
    const bool near = similar->best != NULL && !similar->longer;
    unsigned limit = similar->best_distance - (near ? 0 : 1);
    size_t length = strnlen(candidate, LONGEST + 1);
    size_t difference = length > wanted ? length - wanted : wanted - length;
    if (length > LONGEST || wanted > LONGEST) {
        return;
    }
    const bool hopeless = limit == 0 || difference > limit;
    unsigned found =
        hopeless ? limit + 1 : distance(similar->wanted, wanted, candidate, length, limit);
    // Names that share no letter at all are not similar, however short they are; of one or two
    // letters every other name is a slip away: only a letter may be missing behind.
    const bool too_short = wanted < 3 && strncmp(candidate, similar->wanted, wanted) != 0;
    if (found > limit || found >= MAX(wanted, length) || too_short) {
        offer_longer(similar, candidate, length);
        return;
    }
    similar->tied = near && found == similar->best_distance;
    if (!similar->tied) {
        similar->best = candidate;
        similar->longer = false;
        similar->best_distance = found;
    }
}

const char *similar_best(const Similar *similar) {
    return similar->best;
}

Applicability similar_certainty(const Similar *similar) {
    return similar->tied || similar->longer ? FIX_MAYBE : FIX_SAFE;
}

// Lists of alternatives

/// How far `candidate` is from `wanted`; what shares nothing with it is as far as it is long.
static unsigned far(const char *wanted, const char *candidate) {
    const size_t length = strnlen(wanted, LONGEST + 1);
    const size_t other = strnlen(candidate, LONGEST + 1);
    if (length > LONGEST || other > LONGEST) {
        return LONGEST;
    }
    if (same_letters(wanted, candidate)) {
        return 0;
    }
    return smaller(distance(wanted, length, candidate, other, LONGEST), (unsigned)length);
}

void similar_sort(const char *wanted, const char **names, size_t count) {
    if (!wanted) {
        return;
    }
    g_autoptr(GArray) ranks = g_array_sized_new(FALSE, FALSE, sizeof(unsigned), (guint)count);
    for (guint i = 0; i < count; i++) {
        const char *name = names[i];
        const unsigned rank = far(wanted, name);
        guint at = i;
        while (at > 0 && g_array_index(ranks, unsigned, at - 1) > rank) {
            at--;
        }
        g_array_insert_val(ranks, at, rank);
        memmove(names + at + 1, names + at, (i - at) * sizeof *names);
        names[at] = name;
    }
}

const char *similar_list(Arena *arena, const char *wanted, GPtrArray *names) {
    similar_sort(wanted, (const char **)names->pdata, names->len);
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(list, "%s`%s`", i > 0 ? ", " : "", (const char *)names->pdata[i]);
    }
    return arena_strndup(arena, list->str, list->len);
}
