/// Chapters of library files: found by name, listed by prefix.
#include "chapters.h"

#include <glib.h>
#include <string.h>

static void expect(const char *type, bool there) {
    g_autofree char *name = g_strconcat("construct resource.", type, NULL);
    Chapter chapter;
    g_assert_cmpint(chapter_find(name, &chapter), ==, there);
    if (!there) {
        return;
    }
    g_autofree char *head = g_strdup_printf("construct resource: \"%s\" {", type);
    g_autofree char *text = g_strndup(chapter.text, chapter.length);
    g_assert_nonnull(strstr(text, head));
    g_assert_null(strstr(text, "// chapter: "));
}

/// The first, the last, one whose name another begins with, and those that are none.
static void test_find(void) {
    Arena *arena = arena_new();
    const char **all = chapters_names(arena, "construct resource.");
    size_t count = chapters_count("construct resource.");
    g_assert_cmpuint(count, >, 1000);
    expect(all[0], true);
    expect(all[count - 1], true);
    expect("AWS::SNS::Topic", true);
    expect("AWS::SNS::TopicPolicy", true);
    expect("AWS::SNS::Topi", false);
    expect("AWS::SNS::Topicz", false);
    expect("", false);
    expect("\xff", false);
    arena_free(arena);
}

/// Every chapter is found by the name that it is listed under, and the names ascend.
static void test_names(void) {
    Arena *arena = arena_new();
    const char **all = chapters_names(arena, "construct resource.");
    for (size_t i = 0; all[i]; i++) {
        expect(all[i], true);
        g_assert_true(!i || strcmp(all[i - 1], all[i]) < 0);
    }
    arena_free(arena);
}

static void test_prefix(void) {
    g_assert_cmpuint(chapters_count("construct resource.AWS::SNS::"), ==, 4);
    g_assert_cmpuint(chapters_count("construct resource.AWS::SNT"), ==, 0);
    g_assert_true(chapters_any("construct resource."));
    g_assert_false(chapters_any("construct resourcf."));
    g_assert_cmpuint(chapters_count(""), ==, chapters_count("construct "));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chapters/find", test_find);
    g_test_add_func("/chapters/names", test_names);
    g_test_add_func("/chapters/prefix", test_prefix);
    return g_test_run();
}
