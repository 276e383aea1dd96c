#include "path.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

static void check(const char *folder, const char *written, const char *expected) {
    g_autofree char *path = path_from_folder(NULL, folder, written);
    g_assert_cmpstr(path, ==, expected);
}

static void test_steps(void) {
    check(".", "./x.depot", "x.depot");
    check(".", "x.depot", "x.depot");
    check("folder", "./x.depot", "folder/x.depot");
    check("./folder/", ".//a/./x.depot", "folder/a/x.depot");
    check("folder", "schemas/", "folder/schemas");
    check(".", "./", ".");
    check(".", "", ".");
}

static void test_upwards(void) {
    check("a/b", "../x.depot", "a/x.depot");
    check("a/b", "../../x.depot", "x.depot");
    check("a", "..", ".");
    check("a", "../../x.depot", "../x.depot");
    check("..", "../x.depot", "../../x.depot");
    check("../a", "../x.depot", "../x.depot");
    check("...", "../..a/x.depot", "..a/x.depot");
}

static void test_absolute(void) {
    check("/a/b", "./x.depot", "/a/b/x.depot");
    check("/a", "../x.depot", "/x.depot");
    check("/", "../../x.depot", "/x.depot");
    check("folder", "/a/./x.depot", "/a/x.depot");
}

static void test_beside(void) {
    g_autofree char *bare = path_beside(NULL, "main.depot", "./x.depot");
    g_assert_cmpstr(bare, ==, "x.depot");
    g_autofree char *below = path_beside(NULL, "folder/main.depot", "./x.depot");
    g_assert_cmpstr(below, ==, "folder/x.depot");
}

/// Over a symbolic link `..` leads elsewhere than back.
static void test_links(void) {
    g_autofree char *folder = g_dir_make_tmp("path-XXXXXX", NULL);
    g_assert_nonnull(folder);
    g_autofree char *link = g_build_filename(folder, "link", NULL);
    g_assert_cmpint(symlink("/", link), ==, 0);
    g_autofree char *path = path_from_folder(NULL, link, "../x.depot");
    g_autofree char *expected = g_build_filename(link, "..", "x.depot", NULL);
    g_assert_cmpstr(path, ==, expected);
    g_assert_cmpint(g_unlink(link), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/path/steps", test_steps);
    g_test_add_func("/path/upwards", test_upwards);
    g_test_add_func("/path/absolute", test_absolute);
    g_test_add_func("/path/beside", test_beside);
    g_test_add_func("/path/links", test_links);
    return g_test_run();
}
