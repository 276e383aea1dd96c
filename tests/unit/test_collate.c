/// The order of tags, held against what JavaScript's `localeCompare` gives.
#include "collate.h"

#include <glib.h>
#include <string.h>

static int compare(const char *left, const char *right) {
    int order = collate(left, strlen(left), right, strlen(right));
    return (order > 0) - (order < 0);
}

/// Sorted by `localeCompare` under Node.js.
static void test_order(void) {
    static const char *const sorted[] = {
        "",      " a", "_a", "-a",    "-A",   ":a",   "!a",    "a",  "A",  "a-",
        "a/b",   "a$", "a1", "a10",   "a2",   "aa",   "aA",    "Aa", "AA", "ab",
        "aws:x", "b",  "B",  "Stage", "team", "Team", "teams", "z",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(sorted); i++) {
        for (size_t k = 0; k < G_N_ELEMENTS(sorted); k++) {
            g_assert_cmpint(compare(sorted[i], sorted[k]), ==, (i > k) - (i < k));
        }
    }
}

/// What is not ASCII comes last, and never makes two texts equal.
static void test_others(void) {
    g_assert_cmpint(compare("z", "ä"), <, 0);
    g_assert_cmpint(compare("ä", "ö"), <, 0);
    g_assert_cmpint(compare("ä", "ä"), ==, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/collate/order", test_order);
    g_test_add_func("/collate/others", test_others);
    return g_test_run();
}
