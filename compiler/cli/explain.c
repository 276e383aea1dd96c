#include "cli.h"

#include "embedded.h"
#include "library.h"
#include "pages.h"

#include <cjson/cJSON.h>
#include <string.h>

/// What is done with each rule of the library; `construct` is the first that has it.
typedef void VisitRule(const char *construct, const cJSON *rule, void *data);

/// A rule may have come with its construct, without a page of its own.
static void each_rule(VisitRule *visit, void *data) {
    Compilation *compilation = compilation_new(&(CompilationOptions){0});
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char **names = library_construct_names(compilation->library);
    for (size_t i = 0; names[i] != NULL; i++) {
        const Construct *construct = stdlib_find(compilation, names[i]);
        if (construct == NULL || construct->rules == NULL) {
            continue;
        }
        cJSON *reference = reference_of(compilation, construct);
        const cJSON *rule = NULL;
        cJSON_ArrayForEach(rule, cJSON_GetObjectItemCaseSensitive(reference, "rules")) {
            const char *code = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(rule, "id"));
            if (g_hash_table_add(seen, g_strdup(code))) {
                visit(names[i], rule, data);
            }
        }
        cJSON_Delete(reference);
    }
    compilation_free(compilation);
}

/// The rule that is looked for, and the page that is made of it.
typedef struct RulePage {
    const char *code;
    char *text; ///< NULL: not found
} RulePage;

static void visit_for_page(const char *construct, const cJSON *rule, void *data) {
    RulePage *page = data;
    const char *code = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(rule, "id"));
    if (strcmp(code, page->code) != 0) {
        return;
    }
    const char *doc = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(rule, "doc"));
    page->text = g_strdup_printf(
        "%s: %s\n\n%s%sA rule of %s; `depotc stdlib %s` shows the construct.\n", code,
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(rule, "message")),
        doc != NULL ? doc : "", doc != NULL ? "\n\n" : "", construct, construct);
}

static void visit_for_list(const char *construct, const cJSON *rule, void *data) {
    (void)construct;
    const char *code = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(rule, "id"));
    if (page_find(code) == NULL) {
        g_ptr_array_add(data, g_strdup_printf("%s  %-8s %s", code, "rule",
                                              cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
                                                  rule, "message"))));
    }
}

static int compare_lines(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/// A wording with "…" for what is filled in.
static char *plain_wording(DiagnosticId id) {
    GString *out = g_string_new(diagnostic_wording(id));
    for (char place[] = "{0}"; place[1] <= '9'; place[1]++) {
        g_string_replace(out, place, "…", 0);
    }
    return g_string_free(out, FALSE);
}

/// A line per group.
static void list_groups(GPtrArray *lines) {
    for (int group = GROUP_NONE + 1; group < GROUP_COUNT; group++) {
        g_ptr_array_add(lines,
                        g_strdup_printf("%-10s  group    %s", group_name((DiagnosticGroup)group),
                                        group_summary((DiagnosticGroup)group)));
    }
}

/// What a severity is called in lists. What is off by itself is a warning where it is asked for.
static const char *severity_word(DiagnosticId id) {
    return severity_name(MAX(diagnostic_severity(id), SEVERITY_WARNING));
}

/// All codes: those of the compiler with their wording, those of the library with their page's
/// title, or with their message if they have no page.
static char *list_codes(void) {
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (int id = 0; id < DIAG_COUNT; id++) {
        const DiagnosticId row = (DiagnosticId)id;
        g_autofree char *wording = plain_wording(row);
        g_ptr_array_add(lines, g_strdup_printf("%s  %-8s %s", diagnostic_code(row),
                                               severity_word(row), wording));
    }
    for (size_t i = 0; i < embedded_page_count; i++) {
        DiagnosticId id;
        if (!diagnostic_find(embedded_pages[i].code, &id)) {
            g_autofree char *title = page_title(embedded_pages[i].text);
            g_ptr_array_add(lines,
                            g_strdup_printf("%s  %-8s %s", embedded_pages[i].code, "rule", title));
        }
    }
    each_rule(visit_for_list, lines);
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, g_strdup(""));
    list_groups(lines);
    g_ptr_array_add(lines, g_strdup(""));
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

/// Whether a diagnostic is one of `group`.
static bool is_member(DiagnosticId id, DiagnosticGroup group) {
    return group == GROUP_WARNINGS ? diagnostic_severity(id) == SEVERITY_WARNING
                                   : diagnostic_group(id) == group;
}

/// What a group is, with its members.
static char *group_text(DiagnosticGroup group) {
    GString *out = g_string_new(NULL);
    g_string_printf(out,
                    "%s: %s\n\nA group of diagnostics, named like an id: `-D %s`, `levels: "
                    "{ %s: \"deny\" }`, `// depotc-allow %s: reason`.\n\n",
                    group_name(group), group_summary(group), group_name(group), group_name(group),
                    group_name(group));
    for (int id = 0; id < DIAG_COUNT; id++) {
        if (is_member((DiagnosticId)id, group)) {
            g_autofree char *wording = plain_wording((DiagnosticId)id);
            const bool off = diagnostic_severity((DiagnosticId)id) == SEVERITY_OFF;
            g_string_append_printf(out, "%s  %s%s\n", diagnostic_code((DiagnosticId)id), wording,
                                   off ? " (off by itself)" : "");
        }
    }
    if (group == GROUP_WARNINGS) {
        g_string_append(out,
                        "\nRules of the library and of users' files that are warnings are part "
                        "of it.\n");
    }
    return g_string_free(out, FALSE);
}

static ExitCode unknown_code(const Invocation *invocation, const char *code) {
    g_autofree char *valid = g_utf8_make_valid(code, -1);
    Compilation *failure = failure_begin();
    Diagnostic *diagnostic =
        diagnostic_add(failure->diagnostics, DIAG_USAGE_CODE, NO_SPAN, valid, NULL);
    const char *codes[DIAG_COUNT + GROUP_COUNT] = {NULL};
    for (int id = 0; id < DIAG_COUNT; id++) {
        codes[id] = diagnostic_code((DiagnosticId)id);
    }
    for (int group = GROUP_NONE + 1; group < GROUP_COUNT; group++) {
        codes[DIAG_COUNT + group - 1] = group_name((DiagnosticGroup)group);
    }
    failure_similar(failure, diagnostic, "an id", valid, codes);
    if (*valid != 'D' && g_ascii_isupper(*valid)) {
        diagnostic_help(failure->diagnostics, diagnostic,
                        "a rule of your own files is explained by its doc comment: look for `rule "
                        "\"%s\"`",
                        valid);
    }
    diagnostic_help(failure->diagnostics, diagnostic, "`depotc explain` lists all ids");
    return failure_end(failure, &invocation->report, EXIT_USAGE);
}

/// A diagnostic without a page, which only its wording explains.
static char *wording_only(DiagnosticId id) {
    g_autofree char *wording = plain_wording(id);
    return g_strdup_printf("%s: %s\n", diagnostic_code(id), wording);
}

/// What goes behind a page: the group of the diagnostic, its former ids. "" without any.
static char *page_facts(const char *code) {
    GString *out = g_string_new(NULL);
    DiagnosticId id;
    const DiagnosticGroup group = diagnostic_find(code, &id) ? diagnostic_group(id) : GROUP_NONE;
    if (group != GROUP_NONE) {
        g_string_append_printf(out, "\nGroup: %s (%s)%s\n", group_name(group), group_summary(group),
                               diagnostic_severity(id) == SEVERITY_OFF ? "; off by itself" : "");
    }
    for (size_t i = 0; diagnostic_former(i) != NULL; i++) {
        if (strcmp(diagnostic_renamed(diagnostic_former(i)), code) == 0) {
            g_string_append_printf(out, "\nFormer id: %s\n", diagnostic_former(i));
        }
    }
    return g_string_free(out, FALSE);
}

/// All that there is to say of `code`, which is in capitals; NULL if there is nothing of that id.
static char *explain(const char *code) {
    const char *now = diagnostic_renamed(code);
    code = now != NULL ? now : code;
    DiagnosticId id;
    g_autofree char *text = NULL;
    const char *page = page_find(code);
    if (page != NULL) {
        text = page_plain(page);
    } else if (diagnostic_find(code, &id)) {
        text = wording_only(id);
    } else {
        RulePage rule = {code, NULL};
        each_rule(visit_for_page, &rule);
        return rule.text;
    }
    g_autofree char *facts = page_facts(code);
    return g_strconcat(text, facts, NULL);
}

ExitCode explain_run(Invocation *invocation) {
    char **arguments = invocation->options.arguments;
    if (arguments != NULL && arguments[0] != NULL && arguments[1] != NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT, arguments[1], "explain",
                             "give one id");
    }
    const char *wanted = arguments != NULL ? arguments[0] : NULL;
    g_autofree char *text = NULL;
    if (wanted == NULL) {
        text = list_codes();
    } else if (group_find(wanted) != GROUP_NONE) {
        text = group_text(group_find(wanted));
    } else {
        g_autofree char *code = g_ascii_strup(wanted, -1);
        text = explain(code);
    }
    if (text == NULL) {
        return unknown_code(invocation, wanted);
    }
    return streams_write(&invocation->report, text, strlen(text));
}
