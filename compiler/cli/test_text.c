#include "testing.h"

#include <string.h>

static void print_indented(const char *text, GString *out) {
    while (*text != '\0') {
        const char *end = strchr(text, '\n');
        const size_t length = end != NULL ? (size_t)(end - text) : strlen(text);
        if (length > 0) {
            g_string_append(out, "    ");
            g_string_append_len(out, text, (gssize)length);
        }
        g_string_append_c(out, '\n');
        text += length + (end != NULL);
    }
}

static void print_result(const TestResults *results, const TestResult *result, GString *out) {
    const bool failed = result->outcome.failures->len > 0;
    g_autofree char *name = g_utf8_make_valid(result->name, -1);
    g_strdelimit(name, "\n\r\t", ' ');
    g_string_append_printf(out, "  %s  %s", failed ? "FAILED" : "ok    ", name);
    if (results->timed) {
        g_string_append_printf(out, " (%.1f ms)", (double)result->microseconds / 1000.0);
    }
    g_string_append_c(out, '\n');
    for (guint i = 0; i < result->outcome.failures->len; i++) {
        const TestFailure *failure = result->outcome.failures->pdata[i];
        print_indented(failure->text, out);
        g_string_append_c(out, '\n');
    }
}

static void print_count(GString *out, size_t count, const char *what, bool *first) {
    if (count > 0) {
        g_string_append_printf(out, "%s%zu %s", *first ? "snapshots: " : ", ", count, what);
        *first = false;
    }
}

void test_print_text(const TestResults *results, const Snapshots *snapshots, GString *out) {
    const char *file = NULL;
    for (guint i = 0; i < results->list->len; i++) {
        const TestResult *result = results->list->pdata[i];
        if (file == NULL || strcmp(file, result->file) != 0) {
            g_autofree char *valid = g_utf8_make_valid(result->file, -1);
            g_string_append_printf(out, "%s%s\n", file != NULL ? "\n" : "", valid);
            file = result->file;
        }
        print_result(results, result, out);
    }
    bool first = true;
    g_string_append(out, file != NULL ? "\n" : "");
    print_count(out, snapshots->written, "written", &first);
    print_count(out, snapshots->updated, "updated", &first);
    print_count(out, snapshots->removed, "removed", &first);
    g_string_append(out, first ? "" : "\n");
    g_string_append_printf(out, "%zu passed, %zu failed\n", results->list->len - results->failed,
                           results->failed);
}
