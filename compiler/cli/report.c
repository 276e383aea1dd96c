#include "cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/// A place that a report goes to.
typedef struct ReportSink {
    const RenderFormat *format;
    char *file; ///< NULL: standard error
    bool done;  ///< it is no regular file, and has been written to
    bool failed;
} ReportSink;

/// What is learnt while depotc runs.
struct ReportState {
    GArray *sinks; ///< ReportSink
    char *first;   ///< two reports that exclude each other, as they were asked for; or NULL
    char *second;
    int stdout_cause; ///< why standard output could not be written (errno), or 0
    bool shown;
};

static ReportSink *sink_at(const Report *report, guint i) {
    return &g_array_index(report->state->sinks, ReportSink, i);
}

char *report_formats(void) {
    GString *names = g_string_new(NULL);
    size_t count = 0;
    const RenderFormat *formats = render_formats(&count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? " " : "", formats[i].name);
    }
    return g_string_free(names, FALSE);
}

/// Splits `FORMAT[:FILE]`; NULL if the format is unknown or the file's name empty.
static const RenderFormat *parse_spec(const char *spec, const char **file) {
    const size_t length = strcspn(spec, ":");
    *file = spec[length] == ':' ? spec + length + 1 : NULL;
    if (*file != NULL && **file == '\0') {
        return NULL;
    }
    size_t count = 0;
    const RenderFormat *formats = render_formats(&count);
    for (size_t i = 0; i < count; i++) {
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

bool report_conflict(const Report *report, const char **first, const char **second) {
    *first = report->state->first;
    *second = report->state->second;
    return *first != NULL;
}

static bool variable_set(const char *name) {
    const char *value = g_getenv(name);
    return value != NULL && *value != '\0';
}

/// Whether what goes to `stream` has colours, if nobody has said.
static bool colour_by_default(int stream) {
    if (variable_set("NO_COLOR")) {
        return false;
    }
    if (variable_set("CLICOLOR_FORCE")) {
        return strcmp(g_getenv("CLICOLOR_FORCE"), "0") != 0;
    }
    return isatty(stream) != 0 && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
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

/// Whether two file names are surely one file.
static bool is_same_file(const char *one, const char *other) {
    g_autofree char *first = g_canonicalize_filename(one, NULL);
    g_autofree char *second = g_canonicalize_filename(other, NULL);
    return strcmp(first, second) == 0;
}

/// Whether two reports would be written over or into each other. Lines may stand among others on
/// standard error, a document must not.
static bool excludes(const ReportSink *one, const ReportSink *other) {
    if (one->file != NULL && other->file != NULL) {
        return is_same_file(one->file, other->file);
    }
    return one->file == NULL && other->file == NULL &&
           (one->format->kind == RENDER_DOCUMENT || other->format->kind == RENDER_DOCUMENT);
}

static char *spec_of(const ReportSink *sink) {
    return g_strconcat(sink->format->name, sink->file != NULL ? ":" : "", sink->file, NULL);
}

/// Adds a place, unless it is there already or excludes another one.
static void add_sink(const Report *report, const char *spec) {
    ReportState *state = report->state;
    const char *file = NULL;
    const RenderFormat *format = parse_spec(spec, &file);
    if (format == NULL) {
        return;
    }
    const ReportSink sink = {.format = format, .file = g_strdup(file)};
    for (guint i = 0; i < state->sinks->len; i++) {
        const ReportSink *other = sink_at(report, i);
        const bool twice = other->format == format && g_strcmp0(other->file, file) == 0;
        if (!twice && !excludes(other, &sink)) {
            continue;
        }
        if (!twice && state->first == NULL) {
            state->first = spec_of(other);
            state->second = spec_of(&sink);
        }
        g_free(sink.file);
        return;
    }
    g_array_append_val(state->sinks, sink);
}

static void clear_sink(void *sink) {
    g_free(((ReportSink *)sink)->file);
}

void report_begin(Report *report, char **argv) {
    report->state = g_new0(ReportState, 1);
    report->state->sinks = g_array_new(FALSE, FALSE, sizeof(ReportSink));
    g_array_set_clear_func(report->state->sinks, clear_sink);
    report->render.colour = colour_by_default(STDERR_FILENO);
    report->output_colour = colour_by_default(STDOUT_FILENO);
    report->render.version = DEPOTC_VERSION;
    for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
        const char *value = option_value(&argv, "--diagnostics");
        if (value != NULL) {
            add_sink(report, value);
            continue;
        }
        value = option_value(&argv, "--color");
        if (value != NULL && strcmp(value, "auto") != 0) {
            report->render.colour = strcmp(value, "always") == 0;
            report->output_colour = report->render.colour;
        }
    }
    if (report->state->sinks->len == 0) {
        size_t count = 0;
        add_sink(report, render_formats(&count)[0].name);
    }
}

ExitCode report_end(Report *report, ExitCode code) {
    bool wanted = report->state->stdout_cause != 0;
    for (guint i = 0; i < report->state->sinks->len; i++) {
        const ReportSink *sink = sink_at(report, i);
        wanted = wanted || sink->file != NULL || sink->format->kind == RENDER_DOCUMENT;
    }
    if (wanted && !report->state->shown) {
        code = failure_end(failure_begin(), report, code);
    }
    g_array_free(report->state->sinks, TRUE);
    g_free(report->state->first);
    g_free(report->state->second);
    g_free(report->state);
    return code;
}

// Showing it

/// Takes the text of a report as it grows: `data` is the ReportFile.
static void drain_to_file(GString *text, void *data) {
    report_file_write(data, text->str, text->len);
    g_string_truncate(text, 0);
}

static void drain_to_stderr(GString *text, void *data) {
    (void)data;
    report_write(STDERR_FILENO, text->str, text->len); // if that fails nobody is left to tell
    g_string_truncate(text, 0);
}

static void add_failure(Compilation *compilation, DiagnosticId id, const char *file,
                        const char *cause) {
    g_autofree char *shown = g_utf8_make_valid(file, -1);
    g_autofree char *reason = g_utf8_make_valid(cause, -1);
    diagnostic_add(compilation->diagnostics, id, NO_SPAN, shown, reason, NULL);
}

/// That libxml2 is not there.
static void add_no_renderer(Compilation *compilation, const char *cause) {
    g_autofree char *reason = g_utf8_make_valid(cause, -1);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_XML_LIBRARY, NO_SPAN, reason, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "install libxml2; the other forms of reports do without it");
}

/// Writes a report to a file. False: why not is among the diagnostics of `compilation`.
static bool write_file(ReportSink *sink, Compilation *compilation, RenderOptions options) {
    ReportFile file;
    const char *missing = NULL;
    if (report_file_open(&file, sink->file)) {
        g_autoptr(GString) text = g_string_new(NULL);
        options.drain = drain_to_file;
        options.drain_data = &file;
        missing = sink->format->render(compilation, &options, text);
        drain_to_file(text, &file);
        sink->done = file.direct;
        file.cause = missing != NULL ? ECANCELED : file.cause;
    }
    const int cause = report_file_close(&file) ? 0 : file.cause;
    sink->failed = cause != 0;
    if (missing != NULL) {
        add_no_renderer(compilation, missing);
    } else if (cause != 0) {
        add_failure(compilation, DIAG_REPORT_UNWRITABLE, sink->file, g_strerror(cause));
    }
    return !sink->failed;
}

/// Writes all reports that go to files. One that cannot be written is an error, and all others have
/// to tell of it: so they are written again.
static ExitCode write_files(const Report *report, Compilation *compilation, RenderOptions *options,
                            ExitCode code) {
    options->colour = false; // that is for terminals
    for (bool again = true; again;) {
        again = false;
        options->exit_code = (int)code;
        for (guint i = 0; i < report->state->sinks->len && !again; i++) {
            ReportSink *sink = sink_at(report, i);
            if (sink->file != NULL && !sink->done && !sink->failed &&
                !write_file(sink, compilation, *options)) {
                code = MAX(code, EXIT_FILES);
                again = true;
            }
        }
    }
    return code;
}

static void write_stderr(const RenderFormat *format, Compilation *compilation,
                         RenderOptions options) {
    g_autoptr(GString) text = g_string_new(NULL);
    options.leave_told = format->kind == RENDER_PEOPLE;
    const char *missing = format->render(compilation, &options, text);
    if (missing != NULL) {
        add_no_renderer(compilation, missing);
        g_string_truncate(text, 0);
        render_text(compilation, &options, text);
    }
    drain_to_stderr(text, NULL);
}

/// Whether the reports of this run go to files that could not be written, so that nobody would hear
/// of it.
static bool is_unheard(const Report *report) {
    bool failed = false;
    for (guint i = 0; i < report->state->sinks->len; i++) {
        const ReportSink *sink = sink_at(report, i);
        if (sink->file == NULL) {
            return false;
        }
        failed = failed || sink->failed;
    }
    return failed;
}

ExitCode report_show(const Report *report, Compilation *compilation, ExitCode code) {
    RenderOptions options = report->render;
    g_autofree char *pages = NULL;
    report->state->shown = true;
    if (report->state->stdout_cause != 0) {
        diagnostic_add(compilation->diagnostics, DIAG_STDOUT_UNWRITABLE, NO_SPAN,
                       g_strerror(report->state->stdout_cause), NULL);
        code = MAX(code, EXIT_FILES);
    }
    if (diagnostics_sorted(compilation->diagnostics) != NULL) {
        pages = links_pages();
        options.pages = pages;
    }
    code = write_files(report, compilation, &options, code);
    options.colour = report->render.colour;
    options.exit_code = (int)code;
    options.drain = drain_to_stderr;
    for (guint i = 0; i < report->state->sinks->len; i++) {
        const ReportSink *sink = sink_at(report, i);
        if (sink->file == NULL) {
            write_stderr(sink->format, compilation, options);
        }
    }
    if (is_unheard(report)) {
        size_t count = 0;
        write_stderr(&render_formats(&count)[0], compilation, options);
    }
    return code;
}

void report_stdout_failure(const Report *report, int cause) {
    report->state->stdout_cause = cause;
}

void report_say(const Report *report, const char *line) {
    for (guint i = 0; i < report->state->sinks->len; i++) {
        const ReportSink *sink = sink_at(report, i);
        if (sink->file == NULL && sink->format->kind == RENDER_DOCUMENT) {
            return;
        }
    }
    report_write(STDERR_FILENO, line, strlen(line));
}

// Exit codes

/// Whether `code` says that a file could not be read or written.
static bool is_file_trouble(const char *code) {
    static const DiagnosticId ids[] = {
        DIAG_FILE_MISSING,    DIAG_FILE_UNREADABLE,     DIAG_FILE_NOT_REGULAR,
        DIAG_FILE_TOO_LARGE,  DIAG_FILE_UNWRITABLE,     DIAG_STDOUT_UNWRITABLE,
        DIAG_OUTPUT_FOREIGN,  DIAG_OUTPUT_EDITED,       DIAG_OUTPUT_LINK,
        DIAG_OUTPUT_MANIFEST, DIAG_REPORT_UNWRITABLE,   DIAG_COMMIT_NO_REPOSITORY,
        DIAG_COMMIT_DETACHED, DIAG_COMMIT_BUSY,         DIAG_COMMIT_AUTHOR,
        DIAG_COMMIT_IGNORED,  DIAG_COMMIT_REPOSITORIES, DIAG_COMMIT_REFUSED,
        DIAG_GIT_MISSING};
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
        if (diagnostic->told) { // the test has failed, whatever for
            continue;
        }
        if (diagnostic->severity == SEVERITY_ERROR && is_file_trouble(diagnostic->code)) {
            return EXIT_FILES;
        }
        code = is_usage_trouble(diagnostic) ? EXIT_USAGE : code;
    }
    return code;
}
