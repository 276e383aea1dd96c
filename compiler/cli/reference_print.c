#include "cli.h"

#include <cjson/cJSON.h>
#include <string.h>

static const char *text_of(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/// Appends `text`, each line of it behind `indent`.
static void append_lines(GString *out, const char *indent, const char *text) {
    while (text != NULL && *text != '\0') {
        const size_t length = strcspn(text, "\n");
        g_string_append_printf(out, "%s%.*s\n", indent, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

/// "documented: page", "inferred: reason", "deprecated since …: reason; use …".
static void append_marks(GString *out, const char *indent, const cJSON *object) {
    static const char *const origins[] = {"documented", "inferred"};
    for (size_t i = 0; i < G_N_ELEMENTS(origins); i++) {
        const char *text = text_of(object, origins[i]);
        if (text != NULL) {
            g_string_append_printf(out, "%s%s: %s\n", indent, origins[i], text);
        }
    }
    const cJSON *deprecated = cJSON_GetObjectItemCaseSensitive(object, "deprecated");
    if (deprecated == NULL) {
        return;
    }
    const char *since = text_of(deprecated, "since");
    const char *reason = text_of(deprecated, "reason");
    const char *replacement = text_of(deprecated, "replacement");
    g_string_append_printf(
        out, "%sdeprecated%s%s%s%s%s%s\n", indent, since != NULL ? " since " : "",
        since != NULL ? since : "", reason != NULL ? ": " : "", reason != NULL ? reason : "",
        replacement != NULL ? "; use " : "", replacement != NULL ? replacement : "");
}

/// "name?: type = default".
static void append_signature(GString *out, const cJSON *fact) {
    const char *fallback = text_of(fact, "default");
    const cJSON *required = cJSON_GetObjectItemCaseSensitive(fact, "required");
    const bool optional = required != NULL && !cJSON_IsTrue(required);
    g_string_append_printf(out, "%s%s: %s", text_of(fact, "name"), optional ? "?" : "",
                           text_of(fact, "type"));
    if (fallback != NULL) {
        g_string_append_printf(out, " = %s", fallback);
    }
}

static void append_fact(GString *out, const cJSON *fact) {
    g_string_append(out, "\n  ");
    append_signature(out, fact);
    g_string_append_c(out, '\n');
    append_lines(out, "    ", text_of(fact, "doc"));
    append_marks(out, "    ", fact);
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, cJSON_GetObjectItemCaseSensitive(fact, "members")) {
        const char *doc = text_of(member, "doc");
        g_string_append_printf(out, "    | %s%s%s\n", text_of(member, "name"),
                               doc != NULL ? ": " : "", doc != NULL ? doc : "");
        append_marks(out, "      ", member);
    }
}

static void append_facts(GString *out, const cJSON *reference, const char *list,
                         const char *heading) {
    const cJSON *facts = cJSON_GetObjectItemCaseSensitive(reference, list);
    if (cJSON_GetArraySize(facts) == 0) {
        return;
    }
    g_string_append_printf(out, "\n%s\n", heading);
    const cJSON *fact = NULL;
    cJSON_ArrayForEach(fact, facts) {
        append_fact(out, fact);
    }
}

static void append_rules(GString *out, const cJSON *reference, const char *heading,
                         const char *line) {
    const cJSON *rules = cJSON_GetObjectItemCaseSensitive(reference, "rules");
    if (cJSON_GetArraySize(rules) == 0) {
        return;
    }
    g_string_append(out, heading);
    const cJSON *rule = NULL;
    cJSON_ArrayForEach(rule, rules) {
        g_string_append_printf(out, "%s%s %s: %s\n", line, text_of(rule, "severity"),
                               text_of(rule, "id"), text_of(rule, "message"));
    }
}

static void print_text(const cJSON *reference, GString *out) {
    g_string_append_printf(out, "%s\n", text_of(reference, "construct"));
    append_lines(out, "  ", text_of(reference, "doc"));
    append_marks(out, "  ", reference);
    append_facts(out, reference, "properties", "Properties");
    append_facts(out, reference, "attributes", "Attributes");
    append_rules(out, reference, "\nRules\n\n", "  ");
    g_string_append(out, "\nTargets\n");
    const cJSON *target = NULL;
    cJSON_ArrayForEach(target, cJSON_GetObjectItemCaseSensitive(reference, "targets")) {
        const cJSON *clause = NULL;
        cJSON_ArrayForEach(clause, target) {
            g_string_append_printf(out, "\n  %s\n", clause->valuestring);
        }
    }
}

/// Appends `text` for a cell of a table: on one line, and without its sign.
static void append_cell(GString *out, const char *text) {
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '|') {
            g_string_append(out, "\\|");
        } else {
            g_string_append_c(out, *text == '\n' ? ' ' : *text);
        }
    }
}

static void append_row(GString *out, const cJSON *fact) {
    g_autoptr(GString) signature = g_string_new(NULL);
    append_signature(signature, fact);
    g_autoptr(GString) marks = g_string_new(NULL);
    append_marks(marks, "", fact);
    g_string_truncate(marks, marks->len > 0 ? marks->len - 1 : 0);
    g_string_append(out, "| `");
    append_cell(out, signature->str);
    g_string_append(out, "` | ");
    append_cell(out, text_of(fact, "doc"));
    g_string_append(out, " | ");
    append_cell(out, marks->str);
    g_string_append(out, " |\n");
}

static void append_table(GString *out, const cJSON *reference, const char *list,
                         const char *heading) {
    const cJSON *facts = cJSON_GetObjectItemCaseSensitive(reference, list);
    if (cJSON_GetArraySize(facts) == 0) {
        return;
    }
    g_string_append_printf(
        out, "\n## %s\n\n| Name and type | Meaning | Provenance |\n|---|---|---|\n", heading);
    const cJSON *fact = NULL;
    cJSON_ArrayForEach(fact, facts) {
        append_row(out, fact);
    }
}

static void print_markdown(const cJSON *reference, GString *out) {
    g_string_append_printf(out, "# %s\n\n", text_of(reference, "construct"));
    append_lines(out, "", text_of(reference, "doc"));
    g_autoptr(GString) marks = g_string_new(NULL);
    append_marks(marks, "* ", reference);
    if (marks->len > 0) {
        g_string_append_printf(out, "\n%s", marks->str);
    }
    append_table(out, reference, "properties", "Properties");
    append_table(out, reference, "attributes", "Attributes");
    append_rules(out, reference, "\n## Rules\n\n", "* ");
    g_string_append(out, "\n## Targets\n");
    const cJSON *target = NULL;
    cJSON_ArrayForEach(target, cJSON_GetObjectItemCaseSensitive(reference, "targets")) {
        const cJSON *clause = NULL;
        cJSON_ArrayForEach(clause, target) {
            g_string_append_printf(out, "\n```depot\n%s\n```\n", clause->valuestring);
        }
    }
}

void reference_print(const cJSON *reference, bool markdown, GString *out) {
    if (markdown) {
        print_markdown(reference, out);
    } else {
        print_text(reference, out);
    }
}
