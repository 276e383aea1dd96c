#include "testing.h"

#include <string.h>

typedef struct Runner {
    Invocation *invocation;
    Session *session; ///< that has found the tests; its compilation gets what is wrong
    FileCache *cache;
    TestResults results;
    Snapshots snapshots;
    size_t found; ///< tests and builds, those that `--filter` passes over too
} Runner;

static void free_result(void *data) {
    TestResult *result = data;
    g_free(result->name);
    test_outcome_clear(&result->outcome);
    g_free(result);
}

// One of them

/// A TestEmitter (`data`: the Session of the compilation).
static void emit(Compilation *compilation, GHashTable *texts, void *data) {
    (void)compilation;
    Session *session = data;
    const Backend *backend = backend_find("cfn");
    const Model *model = session_model(session, backend);
    if (model == NULL) {
        return;
    }
    EmitFiles *files = emit_files_new();
    backend->emit(model, files);
    for (size_t i = 0; i < emit_files_count(files); i++) {
        const EmitFile *file = emit_files_get(files, i);
        session_check_size(session, backend, file);
        if (file->stack != NULL) {
            g_autofree char *name = g_strdup(file->path);
            if (g_str_has_suffix(name, TEMPLATE_SUFFIX)) {
                name[strlen(name) - strlen(TEMPLATE_SUFFIX)] = '\0';
            }
            test_add_template(texts, name, file->stack->name, file->text);
        }
    }
    emit_files_free(files);
}

/// Judges the test `name` of `result->file`, or builds the file if that is NULL. `stage` goes
/// before the one of the command line, unless it is NULL.
static void run(Runner *runner, TestResult *result, const char *name, const char *stage) {
    const int64_t start = g_get_monotonic_time();
    Invocation invocation = *runner->invocation;
    g_autofree char *own_stage = g_strdup(stage);
    if (stage != NULL) {
        invocation.options.stage = own_stage;
    }
    Session session;
    bool whole = false;
    Source *source = NULL;
    if (session_prepare(&session, &invocation, file_cache_read, runner->cache, &whole)) {
        source = compilation_add_entry(session.compilation, result->file, NO_SPAN);
    }
    if (source == NULL) {
        test_outcome_add_errors(&result->outcome, session.compilation);
    } else if (name != NULL) {
        test_judge(session.compilation, source, name, emit, &session, &result->outcome);
    } else {
        test_build(session.compilation, emit, &session, &result->outcome);
    }
    session_close(&session);
    result->microseconds = g_get_monotonic_time() - start;
}

static TestResult *new_result(const char *file, const char *name) {
    TestResult *result = g_new0(TestResult, 1);
    result->file = file;
    result->name = g_strdup(name);
    test_outcome_begin(&result->outcome);
    return result;
}

static void add_result(Runner *runner, TestResult *result) {
    g_ptr_array_add(runner->results.list, result);
    runner->results.failed += result->outcome.failures->len > 0;
}

/// Whether `--filter` lets `name` through: part of it, or with `*` and `?` a pattern for all of it.
static bool is_chosen(const Runner *runner, const char *name) {
    const char *filter = runner->invocation->options.filter;
    if (filter == NULL) {
        return true;
    }
    return strpbrk(filter, "*?") != NULL ? g_pattern_match_simple(filter, name)
                                         : strstr(name, filter) != NULL;
}

static void run_test(Runner *runner, const Source *source, const TestCase *test) {
    runner->found++;
    if (!is_chosen(runner, test->name)) {
        return;
    }
    Compilation *compilation = runner->session->compilation;
    TestResult *result = new_result(source->path, test->name);
    result->line = source_position((Source *)source, test->node->start, compilation->arena).line;
    run(runner, result, test->name, NULL);
    if (runner->snapshots.mode != SNAPSHOT_OFF && result->outcome.snapshot) {
        g_autofree char *variant = snapshot_variant(test->name);
        snapshots_compare(&runner->snapshots, compilation, result, variant);
    }
    add_result(runner, result);
}

/// Compares what `depotc build` makes of the file.
static void run_build(Runner *runner, const Source *source, const char *stage) {
    g_autofree char *name =
        stage != NULL ? g_strconcat("build of stage ", stage, NULL) : g_strdup("build");
    g_autofree char *variant =
        stage != NULL ? g_strconcat("stage.", stage, NULL) : g_strdup("build");
    runner->found++;
    if (!is_chosen(runner, name)) {
        return;
    }
    TestResult *result = new_result(source->path, name);
    run(runner, result, NULL, stage);
    if (result->outcome.failures->len == 0 && g_hash_table_size(result->outcome.texts) == 0) {
        runner->found--; // a file without environments
        free_result(result);
        return;
    }
    snapshots_compare(&runner->snapshots, runner->session->compilation, result, variant);
    add_result(runner, result);
}

static void run_builds(Runner *runner, const Source *source) {
    const Project *project = runner->session->project;
    const char *stage = runner->invocation->options.stage;
    if (stage != NULL || project == NULL || project->stage_count == 0) {
        run_build(runner, source, stage);
        return;
    }
    for (size_t i = 0; i < project->stage_count; i++) {
        run_build(runner, source, project->stages[i].name);
    }
}

// All of them

/// Whether all that could have snapshots was looked at, as it is without further options.
static bool is_complete(const Options *options) {
    return options->filter == NULL && options->stage == NULL && options->parameters == NULL &&
           options->parameter_files == NULL;
}

static void run_all(Runner *runner) {
    Compilation *compilation = runner->session->compilation;
    const bool snapshots = runner->snapshots.mode != SNAPSHOT_OFF;
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (source->library || source->settings || !(source->entry || source->part)) {
            continue;
        }
        size_t count = 0;
        const TestCase *tests = tests_of(compilation, source, &count);
        for (size_t k = 0; k < count; k++) {
            run_test(runner, source, &tests[k]);
        }
        if (snapshots && source->entry) {
            run_builds(runner, source);
        }
        if (snapshots && is_complete(&runner->invocation->options)) {
            snapshots_sweep(&runner->snapshots, compilation, source->path);
        }
    }
}

/// Leaves of what was reported only what keeps tests from being run: files and syntax, `before`
/// names were looked up, and mistakes in the tests themselves. The program's errors are for the
/// tests to judge.
static void leave_mistakes_of_tests(Compilation *compilation, size_t before) {
    if (before > 0) {
        return;
    }
    Diagnostic *next = NULL;
    for (Diagnostic *one = diagnostics_sorted(compilation->diagnostics); one != NULL; one = next) {
        next = one->next;
        const Source *source = compilation_source(compilation, one->span.file);
        const Node *at = source != NULL ? source->tree->a : NULL;
        while (at != NULL && at->end <= one->span.start) {
            at = at->next;
        }
        const bool in_test = at != NULL && at->kind == NODE_TEST && at->start <= one->span.start;
        if (!in_test || one->severity != SEVERITY_ERROR) {
            diagnostic_hide(compilation->diagnostics, one);
        }
    }
}

/// Finds the tests. False after a mistake that keeps them from being run.
static bool find(Runner *runner) {
    Session *session = runner->session;
    bool whole = false;
    if (!session_prepare(session, runner->invocation, file_cache_read, runner->cache, &whole)) {
        return false;
    }
    Compilation *compilation = session->compilation;
    const size_t before = compilation->source_count;
    test_files_add(session, &runner->invocation->options, whole);
    const size_t errors = diagnostics_count(compilation->diagnostics, SEVERITY_ERROR);
    session->nothing = compilation->source_count == before && session->project == NULL &&
                       report_exit_code(compilation) == EXIT_ERRORS;
    compilation_check_names(compilation);
    leave_mistakes_of_tests(compilation, errors);
    return diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) == 0;
}

/// Says that nothing was run, and why.
static void report_none(const Runner *runner) {
    Diagnostics *list = runner->session->compilation->diagnostics;
    const char *filter = runner->invocation->options.filter;
    if (runner->found == 0) {
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_NO_TESTS, NO_SPAN, NULL);
        diagnostic_help(list, diagnostic,
                        "a test is written `test \"what is expected\" { expect … }`, in any "
                        "`.depot` file");
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(filter, -1);
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_FILTER_NONE, NO_SPAN, valid, NULL);
    diagnostic_help(list, diagnostic, "there %s %zu: `depotc test` without it lists %s",
                    runner->found == 1 ? "is" : "are", runner->found,
                    runner->found == 1 ? "it" : "them");
    runner->session->least = EXIT_USAGE;
}

static ExitCode print(const Runner *runner) {
    const char *format = runner->invocation->options.test_format;
    g_autoptr(GString) out = g_string_new(NULL);
    const char *cause = NULL;
    if (g_strcmp0(format, "tap") == 0) {
        test_print_tap(&runner->results, out);
    } else if (g_strcmp0(format, "junit") != 0) {
        test_print_text(&runner->results, &runner->snapshots, out);
    } else if (!test_print_junit(&runner->results, out, &cause)) {
        Diagnostics *list = runner->session->compilation->diagnostics;
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_XML_LIBRARY, NO_SPAN, cause, NULL);
        diagnostic_help(list, diagnostic, "install libxml2; `--format tap` does without it");
        return EXIT_FILES;
    }
    return streams_write(&runner->invocation->report, out->str, out->len);
}

/// Where `failure` is in what `compilation` has read.
static Span span_of(const Compilation *compilation, const TestFailure *failure) {
    for (size_t i = 0; failure->line > 0 && i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (strcmp(source->path, failure->file) == 0 && failure->end <= source->length) {
            return (Span){source->id, failure->start, failure->end};
        }
    }
    return NO_SPAN;
}

/// Adds why tests have failed to the report. The list on standard output says it for people; what
/// reads the report gets to know it too.
static void report_failures(const Runner *runner) {
    Compilation *compilation = runner->session->compilation;
    for (guint i = 0; i < runner->results.list->len; i++) {
        const TestResult *result = runner->results.list->pdata[i];
        for (guint k = 0; k < result->outcome.failures->len; k++) {
            const TestFailure *failure = result->outcome.failures->pdata[k];
            g_autofree char *message =
                g_strdup_printf("test `%s`: %s", result->name, failure->message);
            Diagnostic *diagnostic =
                diagnostic_add_rule(compilation->diagnostics, failure->code, SEVERITY_ERROR,
                                    span_of(compilation, failure), message);
            diagnostic->told = true;
            diagnostic->file = result->file;
            for (char **remark = failure->remarks; remark != NULL && *remark != NULL; remark++) {
                diagnostic_note(compilation->diagnostics, diagnostic, NO_SPAN, "%s", *remark);
            }
        }
    }
}

static ExitCode run_found(Runner *runner) {
    Session *session = runner->session;
    run_all(runner);
    if (runner->results.list->len == 0) {
        report_none(runner);
    }
    if (runner->results.failed > 0) {
        session->least = EXIT_ERRORS;
    }
    session->least = MAX(session->least, print(runner));
    report_failures(runner);
    return session_finish(session, runner->invocation);
}

static SnapshotMode snapshot_mode(const Options *options) {
    return !options->snapshot ? SNAPSHOT_OFF
           : options->update  ? SNAPSHOT_UPDATE
           : options->ci      ? SNAPSHOT_CI
                              : SNAPSHOT_KEEP;
}

ExitCode test_run(Invocation *invocation) {
    const Options *options = &invocation->options;
    if ((options->update || options->ci) && !options->snapshot) {
        return failure_usage(&invocation->report, DIAG_USAGE_OPTION_ALONE,
                             options->update ? "--update" : "--ci", "--snapshot",
                             "snapshots are compared with `--snapshot`");
    }
    if (options->update && options->ci) {
        return failure_usage(&invocation->report, DIAG_USAGE_EXCLUDE, "--update", "--ci",
                             "what is updated nobody has looked at: do it before, and review it");
    }
    Session session;
    Runner runner = {
        .invocation = invocation,
        .session = &session,
        .cache = file_cache_new(),
        .results = {.list = g_ptr_array_new_with_free_func(free_result), .timed = options->stats},
    };
    snapshots_begin(&runner.snapshots, snapshot_mode(options));
    const ExitCode code = find(&runner) ? run_found(&runner) : session_finish(&session, invocation);
    g_ptr_array_unref(runner.results.list);
    session_close(&session);
    snapshots_clear(&runner.snapshots);
    file_cache_free(runner.cache);
    return code;
}
