#include "cli.h"

#include "embedded.h"
#include "library.h"
#include "pages.h"

#include <cjson/cJSON.h>
#include <string.h>
#include <unistd.h>

/// The id as it is written: `d1203` and `1203` are D1203, the ids of rules stay as they are.
static char *code_of(const char *wanted) {
    const bool number = strlen(wanted) == 4 && strspn(wanted, "0123456789") == 4;
    const bool lower = g_ascii_tolower(wanted[0]) == 'd' && strlen(wanted) == 5 &&
                       strspn(wanted + 1, "0123456789") == 4;
    return number || lower ? g_strdup_printf("D%s", wanted + (lower ? 1 : 0)) : g_strdup(wanted);
}

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

/// The chapters of the list: all ids from `first` on belong to one, until the next begins.
static const struct {
    const char *first;
    const char *title;
} chapters[] = {
    {"D0001", "Files"},
    {"D0020", "Command line and projects"},
    {"D0060", "Comparing the library with npm packages"},
    {"D0070", "Running tests"},
    {"D0080", "Reports, levels and commits"},
    {"D1001", "Syntax"},
    {"D1101", "Names and declarations"},
    {"D1201", "Constructs and their properties"},
    {"D2001", "Types and values"},
    {"D2040", "Tests"},
    {"D3001", "The whole program"},
    {"D3101", "Schemas and migrations"},
    {"D3201", "Rules of constructs"},
    {"D4001", "AWS and CloudFormation"},
    {"D5001", "Output"},
};

static void append_title(GString *out, const char *title, bool colour) {
    g_string_append_printf(out, "%s%s%s%s\n", out->len > 0 ? "\n" : "", colour ? "\033[1m" : "",
                           title, colour ? "\033[0m" : "");
}

/// The lines, each chapter below its title, the groups last; `lines` is sorted and ends with NULL.
static char *by_chapter(char *const *lines, const GPtrArray *groups, bool colour) {
    GString *out = g_string_new(NULL);
    size_t next = 0;
    for (; *lines != NULL; lines++) {
        bool begins = false;
        while (next < G_N_ELEMENTS(chapters) && strncmp(*lines, chapters[next].first, 5) >= 0) {
            next++;
            begins = true;
        }
        if (begins) {
            append_title(out, chapters[next - 1].title, colour);
        }
        g_string_append_printf(out, "  %s\n", *lines);
    }
    append_title(out, "Groups", colour);
    for (guint i = 0; i < groups->len; i++) {
        g_string_append_printf(out, "  %s\n", (const char *)groups->pdata[i]);
    }
    return g_string_free(out, FALSE);
}

/// All codes: those of the compiler with their wording, those of the library with their page's
/// title, or with their message if they have no page.
static char *list_codes(bool colour) {
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
    g_ptr_array_add(lines, NULL);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(g_free);
    list_groups(groups);
    return by_chapter((char *const *)lines->pdata, groups, colour);
}

/// The rule `code` among `list` and in the constructs there, or NULL.
static const Node *find_rule(const Node *list, const char *code) {
    for (const Node *node = list; node != NULL; node = node->next) {
        const Node *id =
            node->kind == NODE_RULE && node->a != NULL && node->a->b != NULL ? node->a->a : NULL;
        if (id != NULL && id->kind == NODE_STRING && strlen(code) == id->length &&
            memcmp(id->text, code, id->length) == 0) {
            return node;
        }
        const Node *inner = node->kind == NODE_CONSTRUCT ? find_rule(node->b, code) : NULL;
        if (inner != NULL) {
            return inner;
        }
    }
    return NULL;
}

/// What a rule of the user's files says: its message, its doc comment, where it stands.
static char *rule_text(Compilation *compilation, Source *source, const Node *rule,
                       const char *code) {
    Span span = node_span(rule->a->b);
    span.start++; /* without the quotes */
    span.end--;
    const char *doc = node_doc(rule, source, compilation->arena);
    const Position place = source_position(source, rule->start, compilation->arena);
    return g_strdup_printf("%s: %.*s\n\n%s%sA rule of this project: %s:%u.\n", code,
                           (int)(span.end - span.start), source->text + span.start,
                           doc != NULL ? doc : "", doc != NULL ? "\n\n" : "", source->path,
                           place.line);
}

/// The same of the rule `code` in the project, or the folder, that depotc is called in; or NULL.
static char *own_rule(const Invocation *invocation, const char *code) {
    Invocation whole = *invocation;
    whole.options.arguments = NULL;
    Session session;
    char *text = NULL;
    session_load(&session, &whole, NULL, NULL);
    Compilation *compilation = session.compilation;
    for (size_t i = 0; text == NULL && i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        const Node *rule =
            source->library || source->tree == NULL ? NULL : find_rule(source->tree->a, code);
        if (rule != NULL) {
            text = rule_text(compilation, source, rule, code);
        }
    }
    session_close(&session);
    return text;
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
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (int id = 0; id < DIAG_COUNT; id++) {
        g_ptr_array_add(codes, (gpointer)diagnostic_code((DiagnosticId)id));
    }
    for (int group = GROUP_NONE + 1; group < GROUP_COUNT; group++) {
        g_ptr_array_add(codes, (gpointer)group_name((DiagnosticGroup)group));
    }
    for (size_t i = 0; i < embedded_page_count; i++) {
        g_ptr_array_add(codes, (gpointer)embedded_pages[i].code);
    }
    g_ptr_array_add(codes, NULL);
    failure_similar(failure, diagnostic, "an id", valid, (const char *const *)codes->pdata);
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
static char *explain(const char *code, bool colour) {
    const char *now = diagnostic_renamed(code);
    code = now != NULL ? now : code;
    DiagnosticId id;
    g_autofree char *text = NULL;
    const char *page = page_find(code);
    if (page != NULL) {
        text = page_plain(page, colour);
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
    const bool colour = invocation->report.render.colour && isatty(STDOUT_FILENO) != 0;
    g_autofree char *text = NULL;
    if (wanted == NULL) {
        text = list_codes(colour);
    } else if (group_find(wanted) != GROUP_NONE) {
        text = group_text(group_find(wanted));
    } else {
        g_autofree char *code = code_of(wanted);
        text = explain(code, colour);
        if (text == NULL) {
            text = own_rule(invocation, wanted);
        }
    }
    if (text == NULL) {
        return unknown_code(invocation, wanted);
    }
    return streams_write(&invocation->report, text, strlen(text));
}
