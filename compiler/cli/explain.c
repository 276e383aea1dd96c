#include "cli.h"

#include "embedded.h"
#include "library.h"

#include <cjson/cJSON.h>
#include <string.h>

/// The page of `code` (in any case), or NULL.
static const EmbeddedPage *find_page(const char *code) {
    for (size_t i = 0; i < embedded_page_count; i++) {
        if (g_ascii_strcasecmp(embedded_pages[i].code, code) == 0) {
            return &embedded_pages[i];
        }
    }
    return NULL;
}

/// Markdown for reading as it is: headings without signs, code blocks indented.
static char *plain_text(const char *markdown) {
    GString *out = g_string_new(NULL);
    bool code = false;
    while (*markdown != '\0') {
        const size_t length = strcspn(markdown, "\n");
        if (strncmp(markdown, "```", 3) == 0) {
            code = !code;
        } else if (code) {
            g_string_append_printf(out, "%s%.*s\n", length > 0 ? "    " : "", (int)length,
                                   markdown);
        } else {
            const size_t signs = *markdown == '#' ? strspn(markdown, "# ") : 0;
            g_string_append_printf(out, "%.*s\n", (int)(length - signs), markdown + signs);
        }
        markdown += length + (markdown[length] == '\n');
    }
    return g_string_free(out, FALSE);
}

/// A page's title without its code: "# D3201: this" gives "this".
static char *page_title(const EmbeddedPage *page) {
    g_autofree char *line = g_strndup(page->text, strcspn(page->text, "\n"));
    const char *colon = strstr(line, ": ");
    return g_strdup(colon != NULL ? colon + 2 : line);
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
    if (find_page(code) == NULL) {
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

/// All codes: those of the compiler with their wording, those of the library with their page's
/// title, or with their message if they have no page.
static char *list_codes(void) {
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (int id = 0; id < DIAG_COUNT; id++) {
        const DiagnosticId row = (DiagnosticId)id;
        g_autofree char *wording = plain_wording(row);
        g_ptr_array_add(lines, g_strdup_printf("%s  %-8s %s", diagnostic_code(row),
                                               severity_name(diagnostic_severity(row)), wording));
    }
    for (size_t i = 0; i < embedded_page_count; i++) {
        DiagnosticId id;
        if (!diagnostic_find(embedded_pages[i].code, &id)) {
            g_autofree char *title = page_title(&embedded_pages[i]);
            g_ptr_array_add(lines,
                            g_strdup_printf("%s  %-8s %s", embedded_pages[i].code, "rule", title));
        }
    }
    each_rule(visit_for_list, lines);
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, g_strdup(""));
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static ExitCode unknown_code(const Invocation *invocation, const char *code) {
    g_autofree char *valid = g_utf8_make_valid(code, -1);
    Compilation *failure = failure_begin();
    Diagnostic *diagnostic =
        diagnostic_add(failure->diagnostics, DIAG_USAGE_CODE, NO_SPAN, valid, NULL);
    const char *codes[DIAG_COUNT + 1] = {NULL};
    for (int id = 0; id < DIAG_COUNT; id++) {
        codes[id] = diagnostic_code((DiagnosticId)id);
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
    } else {
        const EmbeddedPage *page = find_page(wanted);
        g_autofree char *code = g_ascii_strup(wanted, -1);
        DiagnosticId id;
        if (page != NULL) {
            text = plain_text(page->text);
        } else if (diagnostic_find(code, &id)) {
            text = wording_only(id);
        } else {
            RulePage rule = {code, NULL};
            each_rule(visit_for_page, &rule);
            text = rule.text;
        }
        if (text == NULL) {
            return unknown_code(invocation, wanted);
        }
    }
    return streams_write(&invocation->report, text, strlen(text));
}
