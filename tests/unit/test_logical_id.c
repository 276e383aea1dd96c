// Logical ids, against what aws-cdk-lib makes of the same paths.
#include "model.h"

#include <glib.h>
#include <string.h>

static void expect_id(const char *path, const char *id) {
    Arena *arena = arena_new();
    g_assert_cmpstr(model_logical_id(arena, path), ==, id);
    arena_free(arena);
}

static void test_paths(void) {
    expect_id("Hot", "Hot");
    expect_id("Hot-2/Default", "Hot2");
    expect_id("Hot/Default", "Hot");
    expect_id("Default/X/Default", "X");
    expect_id("Resource", "Resource");
    expect_id("Hot/Resource", "Hot659A85A5");
    expect_id("A/Role/Resource", "ARole1EF0A07B");
    expect_id("Nightly/Schedule/Resource", "NightlySchedule669F2570");
    expect_id("Resource/Resource", "CF9390BA");
    expect_id("", "");
    expect_id("Default", "");
}

static void test_repeated_components(void) {
    expect_id("HotLocation/Location/Resource", "HotLocationA36742FD");
    expect_id("Hot/Hot/Hot", "Hot9BEF13A7");
}

/// The id of `first` times 'x', and if `second` is not 0, of a second component with 'y's.
static char *long_id(size_t first, size_t second) {
    Arena *arena = arena_new();
    g_autofree char *xs = g_strnfill(first, 'x');
    g_autofree char *ys = g_strnfill(second, 'y');
    g_autofree char *path = g_strconcat(xs, second ? "/" : "", ys, NULL);
    char *id = g_strdup(model_logical_id(arena, path));
    arena_free(arena);
    return id;
}

static void test_long(void) {
    g_autofree char *whole = long_id(255, 0);
    g_assert_cmpuint(strlen(whole), ==, 255);
    g_autofree char *cut = long_id(256, 0);
    g_assert_cmpuint(strlen(cut), ==, 248);
    g_assert_true(g_str_has_suffix(cut, "xxxxC7A139A2"));
    g_autofree char *two = long_id(200, 100);
    g_assert_cmpuint(strlen(two), ==, 248);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/logical-id/paths", test_paths);
    g_test_add_func("/logical-id/repeated-components", test_repeated_components);
    g_test_add_func("/logical-id/long", test_long);
    return g_test_run();
}
