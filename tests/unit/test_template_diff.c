// What changes between two templates.
#include "template_diff.h"

#include <cJSON.h>
#include <glib.h>

/// The printed difference of two templates; the caller frees it.
static char *diff_of(const char *before, const char *after) {
    cJSON *old_template = cJSON_Parse(before);
    cJSON *new_template = cJSON_Parse(after);
    g_assert_nonnull(old_template);
    g_assert_nonnull(new_template);
    GPtrArray *changes = template_diff(old_template, new_template);
    GString *out = g_string_new(NULL);
    template_diff_print(changes, "", out);
    template_diff_free(changes);
    cJSON_Delete(old_template);
    cJSON_Delete(new_template);
    return g_string_free(out, FALSE);
}

static void assert_diff(const char *before, const char *after, const char *expected) {
    g_autofree char *found = diff_of(before, after);
    g_assert_cmpstr(found, ==, expected);
}

static void test_same(void) {
    assert_diff("{}", "{}", "");
    assert_diff("{\"Resources\":{\"A\":{\"Type\":\"T\",\"Properties\":{\"x\":1,\"y\":[1,2]}}}}",
                "{\"Resources\":{\"A\":{\"Properties\":{\"y\":[1,2],\"x\":1.0},\"Type\":\"T\"}}}",
                "");
}

static void test_members(void) {
    assert_diff("{\"Resources\":{\"B\":{\"Type\":\"T\"},\"A\":{\"Type\":\"U\"}},\"Outputs\":{\"O\":"
                "{\"Value\":1}}}",
                "{\"Resources\":{\"D\":{\"Type\":\"T\"},\"C\":{}},\"Parameters\":{\"P\":{\"Type\":"
                "\"String\"}}}",
                "- U A\n- T B\n+ Resource C\n+ T D\n+ Parameter P\n- Output O\n");
}

static void test_values(void) {
    assert_diff("{\"Resources\":{\"A\":{\"Type\":\"T\",\"Properties\":{\"x\":1,\"o\":{\"p\":\"q\"},"
                "\"gone\":true}}}}",
                "{\"Resources\":{\"A\":{\"Type\":\"V\",\"Properties\":{\"x\":\"1\",\"o\":[],\"a "
                "b\":null}}}}",
                "~ V A\n"
                "    ~ Type: \"T\" → \"V\"\n"
                "    ~ Properties.x: 1 → \"1\"\n"
                "    ~ Properties.o: {\"p\":\"q\"} → []\n"
                "    + Properties[\"a b\"]: null\n"
                "    - Properties.gone: true\n");
}

static void test_lists(void) {
    // What is the same at both ends is left out.
    assert_diff("{\"Outputs\":{\"O\":{\"l\":[1,2,3,4]}}}",
                "{\"Outputs\":{\"O\":{\"l\":[1,2,9,3,4]}}}", "~ Output O\n    + l[2]: 9\n");
    assert_diff("{\"Outputs\":{\"O\":{\"l\":[1,2,3]}}}", "{\"Outputs\":{\"O\":{\"l\":[2,3]}}}",
                "~ Output O\n    - l[0]: 1\n");
    assert_diff("{\"Outputs\":{\"O\":{\"l\":[{\"a\":1,\"b\":2}]}}}",
                "{\"Outputs\":{\"O\":{\"l\":[{\"a\":1,\"b\":3}]}}}",
                "~ Output O\n    ~ l[0].b: 2 → 3\n");
}

static void test_rest(void) {
    assert_diff(
        "{\"Description\":\"a\",\"Transform\":\"t\"}", "{\"Description\":\"b\",\"Metadata\":{}}",
        "~ Template Description\n    ~ \"a\" → \"b\"\n+ Template Metadata\n- Template Transform\n");
    // What is no template is compared all the same.
    assert_diff("[]", "3", "");
    assert_diff("{\"Resources\":[]}", "{\"Resources\":{\"A\":3}}", "+ Resource A\n");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/template-diff/same", test_same);
    g_test_add_func("/template-diff/members", test_members);
    g_test_add_func("/template-diff/values", test_values);
    g_test_add_func("/template-diff/lists", test_lists);
    g_test_add_func("/template-diff/rest", test_rest);
    return g_test_run();
}
