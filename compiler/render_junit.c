// JUnit's XML: a suite per file, a test case per mistake. Errors are failures; warnings and notes
// are test cases that pass and say something, as they do not fail a build either. A file without
// any has one test case that passes: systems that read such reports take one without tests for a
// mistake.
#include "render.h"
#include "xml.h"

#include <glib.h>

/// What suites and test cases are called that are about no file.
#define NO_FILE "depotc"

typedef struct Printer {
    Compilation *compilation;
    const RenderOptions *options;
    Xml *xml;
    GString *out;
} Printer;

/// Tests are counted before they are printed. `next` is the first diagnostic that is not counted.
typedef struct Count {
    size_t tests;
    size_t failures;
    const Diagnostic *next;
} Count;

static bool is_about(const Compilation *compilation, const Diagnostic *diagnostic,
                     const Source *source) {
    return compilation_source(compilation, diagnostic->span.file) == source;
}

/// Counts the diagnostics from `at` on that are about `source`; `limit` is what came before.
static Count count_suite(const Printer *printer, const Source *source, const Diagnostic *at,
                         RenderLimit limit) {
    Count count = {0};
    while (at && is_about(printer->compilation, at, source)) {
        const bool shown = render_admits(&limit, at);
        count.tests += shown;
        count.failures += shown && at->severity == SEVERITY_ERROR;
        at = at->next;
    }
    count.next = at;
    if (!source && limit.hidden > 0) { // the test case that tells of them
        count.tests++;
        count.failures++;
    }
    return count;
}

static void print_counts(Xml *xml, const Count *count) {
    xml_number(xml, "tests", count->tests);
    xml_number(xml, "failures", count->failures);
    xml_number(xml, "errors", 0);
    xml_attribute(xml, "time", "0.000");
}

static void open_case(Xml *xml, const char *name, const char *file) {
    xml_open(xml, "testcase");
    xml_attribute(xml, "name", name);
    xml_attribute(xml, "classname", file);
    xml_attribute(xml, "time", "0.000");
}

static void open_failure(Xml *xml, const char *type, const char *message) {
    xml_open(xml, "failure");
    xml_attribute(xml, "type", type);
    xml_attribute(xml, "message", message);
}

static void print_diagnostic(const Printer *printer, const Diagnostic *diagnostic) {
    Compilation *compilation = printer->compilation;
    Xml *xml = printer->xml;
    Source *source = compilation_source(compilation, diagnostic->span.file);
    g_autofree char *name = NULL;
    if (source) {
        const Position at = source_position(source, diagnostic->span.start, compilation->arena);
        name = g_strdup_printf("%s at %u:%u", diagnostic->code, at.line, at.column);
    }
    const char *file = source ? source->path : diagnostic->file ? diagnostic->file : NO_FILE;
    open_case(xml, name ? name : diagnostic->code, file);
    g_autoptr(GString) text = g_string_new(NULL);
    RenderOptions plain = *printer->options;
    plain.colour = false;
    render_diagnostic(compilation, diagnostic, &plain, text);
    if (diagnostic->severity == SEVERITY_ERROR) {
        open_failure(xml, diagnostic->code, diagnostic->message);
    } else {
        xml_open(xml, "system-out");
    }
    xml_text(xml, text->str);
    xml_close(xml);
    xml_close(xml);
    xml_move(xml, printer->out);
    render_drain(printer->options, printer->out);
}

/// Prints what is about `source` (NULL: about none), from `at` on.
static void print_suite(const Printer *printer, const Source *source, const Diagnostic *at,
                        RenderLimit *limit) {
    Xml *xml = printer->xml;
    Count count = count_suite(printer, source, at, *limit);
    const char *name = source ? source->path : NO_FILE;
    const bool empty = count.tests == 0;
    count.tests += empty;
    xml_open(xml, "testsuite");
    xml_attribute(xml, "name", name);
    print_counts(xml, &count);
    xml_number(xml, "skipped", 0);
    if (source) {
        xml_attribute(xml, "file", name);
    }
    if (empty) {
        open_case(xml, "check", name);
        xml_close(xml);
    }
    for (; at != count.next; at = at->next) {
        if (render_admits(limit, at)) {
            print_diagnostic(printer, at);
        }
    }
    if (!source && limit->hidden > 0) {
        g_autofree char *hidden = render_hidden_text(limit);
        open_case(xml, "further errors", NO_FILE);
        open_failure(xml, "depotc", hidden);
        xml_close(xml);
        xml_close(xml);
    }
    xml_close(xml);
}

/// Whether a suite is printed for `source`: files of the library have one if they are to blame.
static bool has_suite(const Compilation *compilation, const Source *source, const Diagnostic *at) {
    return !source->library || (at && is_about(compilation, at, source));
}

/// Walks over all suites; prints them, or only counts (`total`).
static void each_suite(const Printer *printer, Count *total) {
    Compilation *compilation = printer->compilation;
    const Diagnostic *at = diagnostics_sorted(compilation->diagnostics);
    RenderLimit limit = render_limit(printer->options);
    bool any = false;
    for (size_t i = 0; i <= compilation->source_count; i++) {
        const bool last = i == compilation->source_count;
        const Source *source = last ? NULL : compilation->sources[i];
        const bool wanted =
            last ? at || limit.hidden > 0 || !any : has_suite(compilation, source, at);
        if (!wanted) {
            continue;
        }
        any = true;
        const Count count = count_suite(printer, source, at, limit);
        if (total) {
            total->tests += MAX(count.tests, 1);
            total->failures += count.failures;
            for (; at != count.next; at = at->next) {
                render_admits(&limit, at);
            }
        } else {
            print_suite(printer, source, at, &limit);
            at = count.next;
        }
    }
}

const char *render_junit(Compilation *compilation, const RenderOptions *options, GString *out) {
    const char *cause = NULL;
    const Printer printer = {compilation, options, xml_begin(&cause), out};
    if (!printer.xml) {
        return arena_printf(compilation->arena, "%s", cause);
    }
    Count total = {0};
    each_suite(&printer, &total);
    xml_open(printer.xml, "testsuites");
    xml_attribute(printer.xml, "name", "depotc");
    print_counts(printer.xml, &total);
    each_suite(&printer, NULL);
    xml_close(printer.xml);
    xml_end(printer.xml, out);
    return NULL;
}
