#include "testing.h"

#include <cjson/cJSON.h>
#include <string.h>

/// A description on one line; what begins a directive or an escape is escaped.
static void print_description(const char *text, GString *out) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *c = valid; *c != '\0'; c++) {
        if (*c == '#' || *c == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, (unsigned char)*c < ' ' ? ' ' : *c);
    }
}

/// `key: "text"`: what JSON quotes is quoted for YAML.
static void print_member(const char *indent, const char *key, const char *text, GString *out) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    cJSON *string = cJSON_CreateString(valid);
    char *quoted = cJSON_PrintUnformatted(string);
    g_string_append_printf(out, "%s%s: %s\n", indent, key, quoted);
    cJSON_free(quoted);
    cJSON_Delete(string);
}

/// A text of several lines as a literal block.
static void print_block(const char *indent, const char *key, const char *text, GString *out) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(valid), "\n", -1);
    g_string_append_printf(out, "%s%s: |2\n", indent, key);
    for (char **line = lines; *line != NULL; line++) {
        g_string_append_printf(out, "%s%s%s\n", **line != '\0' ? indent : "",
                               **line != '\0' ? "  " : "", *line);
    }
}

static void print_failures(const TestResult *result, GString *out) {
    const GPtrArray *failures = result->outcome.failures;
    const TestFailure *first = failures->pdata[0];
    g_string_append(out, "  ---\n");
    print_member("  ", "message", first->message, out);
    g_string_append(out, "  severity: fail\n  failures:\n");
    for (guint i = 0; i < failures->len; i++) {
        const TestFailure *failure = failures->pdata[i];
        print_member("    - ", "code", failure->code, out);
        print_member("      ", "message", failure->message, out);
        if (failure->file != NULL) {
            g_string_append(out, "      at:\n");
            print_member("        ", "file", failure->file, out);
        }
        if (failure->line > 0) {
            g_string_append_printf(out, "        line: %u\n        column: %u\n", failure->line,
                                   failure->column);
        }
        print_block("      ", "text", failure->text, out);
    }
    g_string_append(out, "  ...\n");
}

void test_print_tap(const TestResults *results, GString *out) {
    g_string_append_printf(out, "TAP version 14\n1..%u\n", results->list->len);
    for (guint i = 0; i < results->list->len; i++) {
        const TestResult *result = results->list->pdata[i];
        const bool failed = result->outcome.failures->len > 0;
        g_string_append_printf(out, "%sok %u - ", failed ? "not " : "", i + 1);
        print_description(result->file, out);
        g_string_append(out, ": ");
        print_description(result->name, out);
        g_string_append_c(out, '\n');
        if (failed) {
            print_failures(result, out);
        } else if (results->timed) {
            g_string_append_printf(out, "  ---\n  duration_ms: %.1f\n  ...\n",
                                   (double)result->microseconds / 1000.0);
        }
    }
}
