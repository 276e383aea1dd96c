/// What differs between two texts, line by line.
#include "lines.h"

#include "cli.h"

#include <string.h>

/// What `changes` make of the old text.
static char *apply(const char *old_text, const char *new_text, const GArray *changes) {
    GString *out = g_string_new(NULL);
    size_t done = 0;
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        g_assert_cmpuint(change->old_start, >=, done);
        g_string_append_len(out, old_text + done, (gssize)(change->old_start - done));
        g_assert_cmpuint(out->len, ==, change->new_start);
        g_string_append_len(out, new_text + change->new_start,
                            (gssize)(change->new_end - change->new_start));
        done = change->old_end;
    }
    g_string_append(out, old_text + done);
    return g_string_free(out, FALSE);
}

/// Lines that go and come.
static size_t cost(const Lines *old_lines, const Lines *new_lines, const GArray *changes) {
    size_t sum = 0;
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        for (size_t k = 0; k < line_count(old_lines); k++) {
            const size_t begin = line_begin(old_lines, k);
            sum += begin >= change->old_start && begin < change->old_end;
        }
        for (size_t k = 0; k < line_count(new_lines); k++) {
            const size_t begin = line_begin(new_lines, k);
            sum += begin >= change->new_start && begin < change->new_end;
        }
    }
    return sum;
}

/// The least number of lines that go and come, by trying all.
static size_t least(const Lines *one, const Lines *other) {
    enum { MOST = 32 };
    static size_t table[MOST][MOST];
    for (size_t i = 0; i <= line_count(one); i++) {
        for (size_t k = 0; k <= line_count(other); k++) {
            if (i == 0 || k == 0) {
                table[i][k] = i + k;
            } else if (line_same(one, i - 1, other, k - 1)) {
                table[i][k] = table[i - 1][k - 1];
            } else {
                table[i][k] = 1 + MIN(table[i - 1][k], table[i][k - 1]);
            }
        }
    }
    return table[line_count(one)][line_count(other)];
}

static void judge(const char *old_text, const char *new_text, bool fewest) {
    Lines old_lines = lines_of(old_text, strlen(old_text));
    Lines new_lines = lines_of(new_text, strlen(new_text));
    GArray *changes = lines_changes(&old_lines, &new_lines);
    g_autofree char *made = apply(old_text, new_text, changes);
    g_assert_cmpstr(made, ==, new_text);
    if (fewest) {
        g_assert_cmpuint(cost(&old_lines, &new_lines, changes), ==, least(&old_lines, &new_lines));
    }
    g_array_free(changes, TRUE);
    lines_clear(&old_lines);
    lines_clear(&new_lines);
}

/// Up to 30 lines of few kinds; the last may lack its newline.
static char *any_text(GRand *random) {
    GString *text = g_string_new(NULL);
    const int count = g_rand_int_range(random, 0, 31);
    for (int i = 0; i < count; i++) {
        g_string_append_printf(text, "%c\n", 'a' + g_rand_int_range(random, 0, 4));
    }
    if (text->len > 0 && g_rand_boolean(random)) {
        g_string_truncate(text, text->len - 1);
    }
    return g_string_free(text, FALSE);
}

static void test_random(void) {
    GRand *random = g_rand_new_with_seed(7);
    for (int i = 0; i < 20000; i++) {
        g_autofree char *one = any_text(random);
        g_autofree char *other = any_text(random);
        judge(one, other, true);
    }
    g_rand_free(random);
}

static void test_ends(void) {
    judge("", "", true);
    judge("", "a\n", true);
    judge("a\n", "", true);
    judge("a\nb", "a\nb\n", true);
    judge("a\n", "a\na\n", true);
}

/// Texts that have little in common are one change.
static void test_large(void) {
    g_autoptr(GString) one = g_string_new(NULL);
    g_autoptr(GString) other = g_string_new(NULL);
    for (int i = 0; i < 50000; i++) {
        g_string_append_printf(one, "%d\n", i);
        g_string_append_printf(other, "%d\n", i * 3);
    }
    judge(one->str, other->str, false);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lines/random", test_random);
    g_test_add_func("/lines/ends", test_ends);
    g_test_add_func("/lines/large", test_large);
    return g_test_run();
}
