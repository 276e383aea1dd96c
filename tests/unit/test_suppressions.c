// Suppressions: the forms of comments, what they cover, and which level goes before which.
#include "compilation.h"
#include "suppression_comment.h"
#include "suppressions.h"

#include <glib.h>
#include <string.h>

/// The only file that there is.
typedef struct Text {
    const char *text;
} Text;

static ReadStatus read_text(const char *path, char **text, size_t *length, const char **message,
                            void *data) {
    (void)path;
    (void)message;
    const Text *file = data;
    *length = strlen(file->text);
    *text = g_malloc0(*length + 2);
    memcpy(*text, file->text, *length);
    return READ_OK;
}

/// A compilation of `text`, with levels, checked.
static Compilation *checked(Text *file, const char *text, const LevelSetting *levels,
                            size_t count) {
    file->text = text;
    Compilation *compilation =
        compilation_new(&(CompilationOptions){.reader = read_text, .reader_data = file});
    compilation_set_levels(compilation, levels, count);
    compilation_add_file(compilation, "main.depot", NO_SPAN);
    compilation_check(compilation);
    compilation_raise_levels(compilation);
    return compilation;
}

// Comments

typedef struct Form {
    const char *text;
    const char *sign;
    const char *written; ///< NULL: no suppression, or without an id
    bool whole_file;
    bool reason;
    bool problem;
} Form;

static const Form forms[] = {
    {"// depotc-allow D1130: why", "//", "// depotc-allow D1130: why", false, true, false},
    {"//depotc-allow D1130:why  ", "//", "// depotc-allow D1130: why", false, true, false},
    {"//\tdepotc-allow-file  D1130 ,A-1 : a: b", "//", "// depotc-allow-file D1130, A-1: a: b",
     true, true, false},
    {"// depotc-allow unused: why", "//", "// depotc-allow unused: why", false, true, false},
    {"# depotc-allow D3115: why", "#", "# depotc-allow D3115: why", false, true, false},
    {"// depotc-allow D1130", "//", "// depotc-allow D1130: reason", false, false, false},
    {"// depotc-allow D1130:", "//", "// depotc-allow D1130: reason", false, false, false},
    {"// depotc-allow D1130,", "//", "// depotc-allow D1130: reason", false, false, false},
    {"// DEPOTC-ALLOW-FILE D1130: why", "//", "// depotc-allow-file D1130: why", true, true, true},
    {"// depot-allow D1130: why", "//", "// depotc-allow D1130: why", false, true, true},
    {"// depotc allow D1130: why", "//", "// depotc-allow D1130: why", false, true, true},
    {"// depotc-ignore-file D1130: why", "//", "// depotc-allow-file D1130: why", true, true, true},
    {"// depotc-allow D1130 -- why", "//", "// depotc-allow D1130: why", false, true, true},
    {"// depotc-allow(D1130): why", "//", "// depotc-allow D1130: why", false, true, true},
    {"// depotc-allow [D1130] why", "//", "// depotc-allow D1130: why", false, true, true},
    {"// depotc-allow=D1130", "//", "// depotc-allow D1130: reason", false, false, true},
    {"// depotc-allow D1130 d1131: why", "//", "// depotc-allow D1130, d1131: why", false, true,
     true},
    {"/* depotc-allow D1130: why */", "/*", "// depotc-allow D1130: why", false, true, true},
    {"/// depotc-allow D1130: why", "///", "// depotc-allow D1130: why", false, true, true},
    {"// depotc-allow", "//", NULL, false, false, true},
};

static const char *const others[] = {
    "//",
    "// ",
    "// depotc",
    "// depotc allows this",
    "// depotc-embed is linked with it",
    "// depotc allow it",
    "// a depotc-allow D1130: why",
    "// depotc-",
    "// depot",

};

static bool read_comment(Compilation *compilation, const char *text, const char *sign,
                         SuppressionComment *comment) {
    Source source = {.text = (char *)text, .length = (uint32_t)strlen(text)};
    const Span span = {0, 0, source.length};
    return suppression_comment_read(compilation, &source, span, sign, comment);
}

static void test_forms(void) {
    Compilation *compilation = compilation_new(&(CompilationOptions){0});
    SuppressionComment comment;
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_test_message("%s", forms[i].text);
        const bool read = read_comment(compilation, forms[i].text, forms[i].sign, &comment);
        g_assert_true(read);
        g_assert_cmpstr(comment.written, ==, forms[i].written);
        g_assert_cmpint(comment.whole_file, ==, forms[i].whole_file);
        g_assert_cmpint(comment.reason != NULL, ==, forms[i].reason);
        g_assert_cmpint(comment.problem != NULL, ==, forms[i].problem);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_test_message("%s", others[i]);
        g_assert_false(read_comment(compilation, others[i], "//", &comment));
    }
    compilation_free(compilation);
}

/// What is written for a comment is read again as the same, and has no problem.
static void test_right_form(void) {
    Compilation *compilation = compilation_new(&(CompilationOptions){0});
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        SuppressionComment comment;
        if (!forms[i].written) {
            continue;
        }
        const char *sign = *forms[i].written == '#' ? "#" : "//";
        const bool read = read_comment(compilation, forms[i].written, sign, &comment);
        g_assert_true(read);
        g_assert_null(comment.problem);
        g_assert_nonnull(comment.reason);
        g_assert_cmpstr(comment.written, ==, forms[i].written);
    }
    compilation_free(compilation);
}

// YAML

static bool is_comment(const char *text) {
    Source source = {.text = (char *)text, .length = (uint32_t)strlen(text)};
    return suppressions_yaml_comment(&source, (uint32_t)(strchr(text, '#') - text));
}

static void test_yaml(void) {
    g_assert_true(is_comment("# comment\na: 1\n"));
    g_assert_true(is_comment("\xEF\xBB\xBF# comment\na: 1\n"));
    g_assert_true(is_comment("a: 1 # comment\n"));
    g_assert_true(is_comment("ä: \"ö\" # comment\n"));
    g_assert_true(is_comment("a: |\n  text\n# comment\nb: 2\n"));
    g_assert_true(is_comment("a: [1,\n # comment\n 2]\n"));
    g_assert_false(is_comment("a: \"x # text\"\n"));
    g_assert_false(is_comment("ä: \"ö # text\"\n"));
    g_assert_false(is_comment("a: 'x\n  # text'\n"));
    g_assert_false(is_comment("a: |\n  # text\n"));
    g_assert_false(is_comment("a: >\n  text\n  # text\nb: 1\n"));
}

// Levels

#define WITH_UNUSED                                                                                \
    "let unused = 1\n"                                                                             \
    "environment orders {\n"                                                                       \
    "  account: { name: \"a\", id: aws.accountId }\n"                                              \
    "}\n"

/// The severity of the one diagnostic of WITH_UNUSED; SEVERITY_OFF: it is not shown.
static Severity severity_under(const LevelSetting *levels, size_t count) {
    Text file;
    Compilation *compilation = checked(&file, WITH_UNUSED, levels, count);
    const Diagnostic *first = diagnostics_sorted(compilation->diagnostics);
    const Severity severity = first ? first->severity : SEVERITY_OFF;
    g_assert_true(!first || !first->next);
    compilation_free(compilation);
    return severity;
}

#define LEVEL(code, severity) ((LevelSetting){code, severity, "`here`", NO_SPAN})

static void test_precedence(void) {
    g_assert_cmpint(severity_under(NULL, 0), ==, SEVERITY_WARNING);
    const LevelSetting deny_all = LEVEL("warnings", SEVERITY_ERROR);
    const LevelSetting allow_group = LEVEL("unused", SEVERITY_OFF);
    const LevelSetting warn_id = LEVEL("D1130", SEVERITY_WARNING);
    g_assert_cmpint(severity_under(&deny_all, 1), ==, SEVERITY_ERROR);
    g_assert_cmpint(severity_under(&allow_group, 1), ==, SEVERITY_OFF);
    const LevelSetting *const by_weight[] = {&deny_all, &allow_group, &warn_id};
    const Severity expected[] = {SEVERITY_ERROR, SEVERITY_OFF, SEVERITY_WARNING};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++) {
            // In either order, what is closer to the diagnostic counts.
            const LevelSetting levels[] = {*by_weight[i], *by_weight[k]};
            g_assert_cmpint(severity_under(levels, 2), ==, expected[MAX(i, k)]);
        }
    }
    const LevelSetting later[] = {LEVEL("unused", SEVERITY_OFF), LEVEL("unused", SEVERITY_ERROR)};
    g_assert_cmpint(severity_under(later, 2), ==, SEVERITY_ERROR);
}

/// A suppressed diagnostic is known, with its reason, and not counted.
static void test_suppressed(void) {
    Text file;
    const LevelSetting deny = LEVEL("D1130", SEVERITY_ERROR);
    Compilation *compilation =
        checked(&file, "// depotc-allow unused: for later\n" WITH_UNUSED, &deny, 1);
    Diagnostics *list = compilation->diagnostics;
    g_assert_null(diagnostics_sorted(list));
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_ERROR), ==, 0);
    g_assert_cmpuint(diagnostics_count(list, SEVERITY_WARNING), ==, 0);
    g_assert_cmpuint(diagnostics_suppressed_count(list), ==, 1);
    const Diagnostic *one = diagnostics_suppressed(list);
    g_assert_cmpstr(one->code, ==, "D1130");
    g_assert_cmpint(one->severity, ==, SEVERITY_WARNING);
    g_assert_cmpstr(one->suppressed_by->reason, ==, "for later");
    g_assert_cmpuint(one->suppressed_by->span.start, ==, 0);
    g_assert_cmpuint(one->suppressed_by->span.end, ==, 33);
    g_assert_null(one->next);
    compilation_free(compilation);
}

/// What is off by itself is looked for only where a level asks for it.
static void test_off(void) {
    Text file;
    for (unsigned asked = 0; asked < 2; asked++) {
        const LevelSetting level = LEVEL(asked ? "inferred" : "warnings", SEVERITY_ERROR);
        Compilation *compilation =
            checked(&file,
                    "environment orders {\n  account: { name: \"a\", id: aws.accountId }\n"
                    "  gateway api: API {}\n  output url = api.url\n}\n",
                    &level, 1);
        g_assert_true(diagnostics_wants(compilation->diagnostics, DIAG_INFERRED) == (asked == 1));
        g_assert_cmpuint(diagnostics_count(compilation->diagnostics, SEVERITY_ERROR), ==, asked);
        compilation_free(compilation);
    }
}

/// The tables agree: a former id has no row, what it is called today has one.
static void test_tables(void) {
    DiagnosticId id;
    for (size_t i = 0; diagnostic_former(i); i++) {
        g_assert_false(diagnostic_find(diagnostic_former(i), &id));
        g_assert_true(diagnostic_find(diagnostic_renamed(diagnostic_former(i)), &id));
    }
    g_assert_null(diagnostic_renamed("D1130"));
    for (int group = GROUP_NONE + 1; group < GROUP_COUNT; group++) {
        g_assert_cmpint(group_find(group_name((DiagnosticGroup)group)), ==, group);
    }
    g_assert_cmpint(group_find("D1130"), ==, GROUP_NONE);
    g_assert_true(diagnostic_find("D1130", &id));
    g_assert_cmpint(diagnostic_group(id), ==, GROUP_UNUSED);
    for (int row = 0; row < DIAG_COUNT; row++) {
        // `warnings` is no row's.
        g_assert_cmpint(diagnostic_group((DiagnosticId)row), !=, GROUP_WARNINGS);
        // What is an error cannot be allowed, so that a group of it would mean nothing.
        g_assert_true(diagnostic_group((DiagnosticId)row) == GROUP_NONE ||
                      diagnostic_severity((DiagnosticId)row) != SEVERITY_ERROR);
    }
}

/// Many suppressions and many diagnostics take linear time.
static void test_many(void) {
    enum { COUNT = 20000 };
    GString *text = g_string_new(NULL);
    for (int i = 0; i < COUNT; i++) {
        g_string_append_printf(text, "// depotc-allow D1130: for later\nlet unused%d = 1\n", i);
    }
    g_string_append(text,
                    "environment orders {\n  account: { name: \"a\", id: aws.accountId }\n}\n");
    Text file;
    const int64_t start = g_get_monotonic_time();
    Compilation *compilation = checked(&file, text->str, NULL, 0);
    g_assert_cmpint(g_get_monotonic_time() - start, <, (gint64)5 * G_USEC_PER_SEC);
    g_assert_cmpuint(diagnostics_suppressed_count(compilation->diagnostics), ==, COUNT);
    g_assert_null(diagnostics_sorted(compilation->diagnostics));
    compilation_free(compilation);
    g_string_free(text, TRUE);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/suppressions/forms", test_forms);
    g_test_add_func("/suppressions/right-form", test_right_form);
    g_test_add_func("/suppressions/yaml", test_yaml);
    g_test_add_func("/suppressions/precedence", test_precedence);
    g_test_add_func("/suppressions/suppressed", test_suppressed);
    g_test_add_func("/suppressions/off", test_off);
    g_test_add_func("/suppressions/tables", test_tables);
    g_test_add_func("/suppressions/many", test_many);
    return g_test_run();
}
