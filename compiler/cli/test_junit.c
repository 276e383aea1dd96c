#include "testing.h"

#include <string.h>

typedef struct Counts {
    size_t tests, failures, errors;
    int64_t microseconds;
} Counts;

/// Whether the test could not be judged, because its program has errors.
static bool is_error(const TestResult *result) {
    static const DiagnosticId judged[] = {DIAG_EXPECT_FAILED, DIAG_SNAPSHOT_DIFFERS,
                                          DIAG_SNAPSHOT_MISSING, DIAG_SNAPSHOT_UNREADABLE};
    for (guint i = 0; i < result->outcome.failures->len; i++) {
        const TestFailure *failure = result->outcome.failures->pdata[i];
        for (size_t k = 0; k < G_N_ELEMENTS(judged); k++) {
            if (strcmp(failure->code, diagnostic_code(judged[k])) == 0) {
                return false;
            }
        }
    }
    return result->outcome.failures->len > 0;
}

/// Counts the results from `begin` to before `end`.
static Counts count(const TestResults *results, guint begin, guint end) {
    Counts counts = {0};
    for (guint i = begin; i < end; i++) {
        const TestResult *result = results->list->pdata[i];
        counts.tests++;
        counts.errors += is_error(result);
        counts.failures += result->outcome.failures->len > 0 && !is_error(result);
        counts.microseconds += result->microseconds;
    }
    return counts;
}

static void print_time(Xml *xml, const TestResults *results, int64_t microseconds) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    const double seconds = results->timed ? (double)microseconds / 1e6 : 0.0;
    xml_attribute(xml, "time", g_ascii_formatd(text, sizeof text, "%.3f", seconds));
}

static void print_counts(Xml *xml, const TestResults *results, const Counts *counts) {
    xml_number(xml, "tests", counts->tests);
    xml_number(xml, "failures", counts->failures);
    xml_number(xml, "errors", counts->errors);
    print_time(xml, results, counts->microseconds);
}

static void print_result(Xml *xml, const TestResults *results, const TestResult *result) {
    xml_open(xml, "testcase");
    xml_attribute(xml, "name", result->name);
    xml_attribute(xml, "classname", result->file);
    print_time(xml, results, result->microseconds);
    for (guint i = 0; i < result->outcome.failures->len; i++) {
        const TestFailure *failure = result->outcome.failures->pdata[i];
        g_autofree char *place = failure->line > 0 ? g_strdup_printf("%s:%u:%u: ", failure->file,
                                                                     failure->line, failure->column)
                                                   : g_strdup("");
        g_autofree char *message = g_strconcat(place, failure->message, NULL);
        xml_open(xml, is_error(result) ? "error" : "failure");
        xml_attribute(xml, "type", failure->code);
        xml_attribute(xml, "message", message);
        xml_text(xml, failure->text);
        xml_close(xml);
    }
    xml_close(xml);
}

static void print_suite(Xml *xml, const TestResults *results, guint begin, guint end) {
    const TestResult *first = results->list->pdata[begin];
    const Counts counts = count(results, begin, end);
    xml_open(xml, "testsuite");
    xml_attribute(xml, "name", first->file);
    print_counts(xml, results, &counts);
    xml_attribute(xml, "skipped", "0");
    xml_attribute(xml, "file", first->file);
    for (guint i = begin; i < end; i++) {
        print_result(xml, results, results->list->pdata[i]);
    }
    xml_close(xml);
}

bool test_print_junit(const TestResults *results, GString *out, const char **cause) {
    Xml *xml = xml_begin(cause);
    if (xml == NULL) {
        return false;
    }
    const guint total = results->list->len;
    const Counts counts = count(results, 0, total);
    xml_open(xml, "testsuites");
    xml_attribute(xml, "name", "depotc test");
    print_counts(xml, results, &counts);
    for (guint begin = 0, end = 0; begin < total; begin = end) {
        const TestResult *first = results->list->pdata[begin];
        while (end < total &&
               strcmp(((const TestResult *)results->list->pdata[end])->file, first->file) == 0) {
            end++;
        }
        print_suite(xml, results, begin, end);
    }
    xml_close(xml);
    xml_end(xml, out);
    return true;
}
