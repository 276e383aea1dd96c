#include "cli.h"

#include <string.h>
#include <unistd.h>

typedef struct ReportFormat {
    const char *name;
    void (*render)(Compilation *compilation, const RenderOptions *options, GString *out);
} ReportFormat;

static const ReportFormat formats[] = {
    {"text", render_text},
    {"short", render_short},
    {"json", render_json},
};

const char *report_formats(void) {
    return "text short json";
}

/// Splits `FORMAT[:FILE]`; NULL if the format is unknown or the file's name empty.
static const ReportFormat *parse_spec(const char *spec, const char **file) {
    const size_t length = strcspn(spec, ":");
    *file = spec[length] == ':' ? spec + length + 1 : NULL;
    if (*file != NULL && **file == '\0') {
        return NULL;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (strlen(formats[i].name) == length && memcmp(formats[i].name, spec, length) == 0) {
            return &formats[i];
        }
    }
    return NULL;
}

bool report_spec_valid(const char *spec) {
    const char *file = NULL;
    return parse_spec(spec, &file) != NULL;
}

static bool variable_set(const char *name) {
    const char *value = g_getenv(name);
    return value != NULL && *value != '\0';
}

static bool colour_by_default(void) {
    if (variable_set("NO_COLOR")) {
        return false;
    }
    if (variable_set("CLICOLOR_FORCE")) {
        return strcmp(g_getenv("CLICOLOR_FORCE"), "0") != 0;
    }
    return isatty(STDERR_FILENO) != 0 && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

/// The value of option `name` if `*argument` is that option; steps over a value of its own.
static const char *option_value(char ***argument, const char *name) {
    const size_t length = strlen(name);
    if (strncmp(**argument, name, length) != 0) {
        return NULL;
    }
    if ((**argument)[length] == '=') {
        return **argument + length + 1;
    }
    if ((**argument)[length] == '\0' && (*argument)[1] != NULL) {
        return *++*argument;
    }
    return NULL;
}

static void add_sink(Report *report, const char *spec) {
    const char *file = NULL;
    const ReportFormat *format = parse_spec(spec, &file);
    if (format != NULL) {
        const ReportSink sink = {format->render, g_strdup(file)};
        g_array_append_val(report->sinks, sink);
    }
}

static void clear_sink(void *sink) {
    g_free(((ReportSink *)sink)->file);
}

void report_begin(Report *report, char **argv) {
    report->sinks = g_array_new(FALSE, FALSE, sizeof(ReportSink));
    g_array_set_clear_func(report->sinks, clear_sink);
    report->render.colour = colour_by_default();
    for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
        const char *value = option_value(&argv, "--diagnostics");
        if (value != NULL) {
            add_sink(report, value);
            continue;
        }
        value = option_value(&argv, "--color");
        if (value != NULL && strcmp(value, "auto") != 0) {
            report->render.colour = strcmp(value, "always") == 0;
        }
    }
    if (report->sinks->len == 0) {
        add_sink(report, formats[0].name);
    }
}

void report_clear(Report *report) {
    g_array_free(report->sinks, TRUE);
}

static void write_stderr(const char *text, size_t length) {
    while (length > 0) {
        const ssize_t written = write(STDERR_FILENO, text, length);
        if (written <= 0) {
            return; // nobody is left to tell
        }
        text += written;
        length -= (size_t)written;
    }
}

/// Writes what a sink with a file shows. Without colour: that is for terminals.
static bool write_sink(const Report *report, const ReportSink *sink, Compilation *compilation) {
    g_autoptr(GString) out = g_string_new(NULL);
    RenderOptions options = report->render;
    if (sink->file == NULL) {
        sink->render(compilation, &options, out);
        write_stderr(out->str, out->len);
        return true;
    }
    options.colour = false;
    sink->render(compilation, &options, out);
    g_autoptr(GError) error = NULL;
    if (g_file_set_contents(sink->file, out->str, (gssize)out->len, &error)) {
        return true;
    }
    g_autofree char *message =
        g_strdup_printf("error: file `%s` cannot be written: %s\n", sink->file, error->message);
    write_stderr(message, strlen(message));
    return false;
}

bool report_show(const Report *report, Compilation *compilation) {
    bool ok = true;
    for (guint i = 0; i < report->sinks->len; i++) {
        ok = write_sink(report, &g_array_index(report->sinks, ReportSink, i), compilation) && ok;
    }
    return ok;
}

void report_say(const Report *report, const char *line) {
    for (guint i = 0; i < report->sinks->len; i++) {
        const ReportSink *sink = &g_array_index(report->sinks, ReportSink, i);
        if (sink->file == NULL && sink->render == render_json) {
            return;
        }
    }
    write_stderr(line, strlen(line));
}

/// Whether `code` says that a file could not be read or written.
static bool is_file_trouble(const char *code) {
    static const DiagnosticId ids[] = {
        DIAG_FILE_MISSING,    DIAG_FILE_UNREADABLE,   DIAG_FILE_NOT_REGULAR, DIAG_FILE_TOO_LARGE,
        DIAG_FILE_UNWRITABLE, DIAG_STDOUT_UNWRITABLE, DIAG_OUTPUT_FOREIGN,   DIAG_OUTPUT_EDITED,
        DIAG_OUTPUT_LINK,     DIAG_OUTPUT_MANIFEST};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (strcmp(diagnostic_code(ids[i]), code) == 0) {
            return true;
        }
    }
    return false;
}

/// Whether it is about the command line, which no place in a file belongs to.
static bool is_usage_trouble(const Diagnostic *diagnostic) {
    static const DiagnosticId ids[] = {DIAG_ID_UNKNOWN,    DIAG_LEVEL_FIXED,
                                       DIAG_STAGE_UNKNOWN, DIAG_OTHER_PROJECT,
                                       DIAG_USAGE_VALUE,   DIAG_USAGE_OPTION_ALONE};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (strcmp(diagnostic_code(ids[i]), diagnostic->code) == 0) {
            return diagnostic->span.file == SPAN_NONE;
        }
    }
    return false;
}

ExitCode report_exit_code(Compilation *compilation) {
    if (diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) == 0) {
        return EXIT_DONE;
    }
    ExitCode code = EXIT_ERRORS;
    const Diagnostic *diagnostic = diagnostics_sorted(compilation->diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        if (diagnostic->severity == SEVERITY_ERROR && is_file_trouble(diagnostic->code)) {
            return EXIT_FILES;
        }
        code = is_usage_trouble(diagnostic) ? EXIT_USAGE : code;
    }
    return code;
}
