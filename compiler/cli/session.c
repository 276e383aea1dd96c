#include "cli.h"

#include <string.h>

/// Adds what is to be compiled: what the command line names, else all of the project, else all of
/// the working folder.
static void add_sources(Session *session, char **paths, bool whole) {
    Compilation *compilation = session->compilation;
    if (whole && session->project != NULL) {
        project_add_entries(compilation, session->project);
        return;
    }
    if (paths == NULL || paths[0] == NULL) {
        compilation_add_entries(compilation, ".", NO_SPAN);
        return;
    }
    for (; *paths != NULL; paths++) {
        compilation_add_entries(compilation, *paths, NO_SPAN);
    }
}

static void add_backend(Session *session, const Backend *backend) {
    for (size_t i = 0; i < session->backend_count; i++) {
        if (session->backends[i] == backend) {
            return;
        }
    }
    session->backends[session->backend_count++] = backend;
}

/// The back ends of `--target`, each once, in the order of the command line; else those of the
/// project, in their own order. One file is printed of the first there is.
static void choose_backends(Session *session, const Options *options) {
    size_t count = 0;
    const Backend *all = backend_all(&count);
    const Project *project = session->project;
    session->backends = g_new0(const Backend *, count);
    session->backend_count = 0;
    for (char **name = options->targets; name != NULL && *name != NULL; name++) {
        add_backend(session, backend_find(*name));
    }
    const bool chosen = session->backend_count > 0 || options->to_stdout;
    for (size_t i = 0; !chosen && i < count && project != NULL; i++) {
        for (size_t k = 0; k < project->target_count; k++) {
            if (strcmp(project->targets[k].name, all[i].name) == 0) {
                add_backend(session, &all[i]);
            }
        }
    }
    if (session->backend_count == 0) {
        add_backend(session, &all[0]);
    }
    const char **names = arena_array(session->compilation->arena, const char *, count + 1);
    for (size_t i = 0; i < session->backend_count; i++) {
        names[i] = session->backends[i]->name;
    }
    session->compilation->options.targets = names;
}

/// All that holds for the whole compilation. False after a diagnostic.
static bool load_settings(Session *session, const Options *options, bool *whole) {
    Compilation *compilation = session->compilation;
    const bool found = settings_find_project(session, options, whole);
    choose_backends(session, options);
    if (!found || !settings_apply(session, options) || !settings_add_parameters(session, options)) {
        return false;
    }
    levels_set(session, options);
    for (size_t i = 0; options->parameter_files != NULL && options->parameter_files[i] != NULL;
         i++) {
        if (!parameters_read(session, options->parameter_files[i])) {
            return false;
        }
    }
    parameters_add(session, options->parameters);
    compilation->options.parameters = (const ParameterSetting *)(void *)session->parameters->data;
    compilation->options.parameter_count = session->parameters->len;
    return true;
}

bool session_prepare(Session *session, const Invocation *invocation, FileReader reader,
                     void *reader_data, bool *whole) {
    const Options *options = &invocation->options;
    *session = (Session){
        .parameters = g_array_new(FALSE, FALSE, sizeof(ParameterSetting)),
        .levels = g_array_new(FALSE, FALSE, sizeof(LevelSetting)),
        .versions = g_array_new(FALSE, FALSE, sizeof(PackageVersion)),
        .texts = g_ptr_array_new_with_free_func(g_free),
    };
    // The settings are needed when the compilation begins, and mistakes in them are its
    // diagnostics: the compilation gets them once they are known.
    session->compilation = compilation_new(&(CompilationOptions){.backends = backend_names(),
                                                                 .files = invocation->files,
                                                                 .reader = reader,
                                                                 .reader_data = reader_data});
    if (!load_settings(session, options, whole)) {
        return false;
    }
    settings_add_parts(session, options);
    return true;
}

bool session_load(Session *session, const Invocation *invocation, FileReader reader,
                  void *reader_data) {
    bool whole = false;
    if (!session_prepare(session, invocation, reader, reader_data, &whole)) {
        return false;
    }
    Compilation *compilation = session->compilation;
    const size_t before = compilation->source_count;
    add_sources(session, invocation->options.arguments, whole);
    const bool listed = whole && session->project != NULL && session->project->entry_count > 0;
    if (compilation->source_count == before && !listed &&
        report_exit_code(compilation) == EXIT_ERRORS) { // nothing but D0029
        session->nothing = true;
        return false;
    }
    session->incomplete = !compilation_check(compilation) ||
                          diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0;
    return !session->incomplete;
}

bool session_load_entries(Session *session, const Invocation *invocation,
                          const GPtrArray *entries) {
    bool whole = false;
    if (!session_prepare(session, invocation, NULL, NULL, &whole)) {
        return false;
    }
    Compilation *compilation = session->compilation;
    compilation->options.partial = true;
    compilation->options.excerpt = true;
    for (guint i = 0; i < entries->len; i++) {
        compilation_add_entry(compilation, entries->pdata[i], NO_SPAN);
    }
    session->incomplete = !compilation_check(compilation) ||
                          diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0;
    return !session->incomplete;
}

ExitCode session_open(Session *session, Invocation *invocation) {
    return session_load(session, invocation, NULL, NULL) ? EXIT_DONE
                                                         : session_finish(session, invocation);
}

void session_close(Session *session) {
    compilation_free(session->compilation);
    g_array_free(session->parameters, TRUE);
    g_array_free(session->levels, TRUE);
    g_array_free(session->versions, TRUE);
    g_ptr_array_free(session->texts, TRUE);
    g_free(session->backends);
}

Model *session_model(Session *session, const Backend *backend) {
    Model *model = compilation_model(session->compilation, backend->name, backend->properties);
    session->incomplete = session->incomplete || model == NULL;
    return model;
}

void session_check_size(Session *session, const Backend *backend, const EmitFile *file) {
    if (backend->limit == 0 || file->length <= backend->limit || file->stack == NULL) {
        return;
    }
    Compilation *compilation = session->compilation;
    g_autofree char *bytes = g_strdup_printf("%zu", file->length);
    g_autofree char *limit = g_strdup_printf("%zu", backend->limit);
    const ModelStack *stack = file->stack;
    const bool divided = stack->nested_count > 0;
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_TEMPLATE_SIZE,
                                            divided ? stack->divided_at : stack->span,
                                            divided ? file->path : stack->name, bytes, limit, NULL);
    if (divided) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a larger number divides it further; what is deployed already then moves");
    } else if (stack->divided_by != NULL) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`%s: true` divides it into nested stacks", stack->divided_by);
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "divide the environment, or add some of it to an `existing environment`");
    session->incomplete = true;
}

void session_report_nothing(Session *session) {
    Compilation *compilation = session->compilation;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NOTHING_TO_BUILD, NO_SPAN, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a file that others import declares none; build the file that imports it");
}

void session_phase(Session *session, const char *name, int64_t start, size_t count,
                   const char *unit) {
    Compilation *compilation = session->compilation;
    if (compilation->stat_count < G_N_ELEMENTS(compilation->stats)) {
        compilation->stats[compilation->stat_count++] =
            (PhaseStat){name, g_get_monotonic_time() - start, count, unit};
    }
}

/// `--stats`: a line per phase.
static void say_stats(const Compilation *compilation, const Report *report) {
    g_autoptr(GString) lines = g_string_new(NULL);
    for (size_t i = 0; i < compilation->stat_count; i++) {
        const PhaseStat *stat = &compilation->stats[i];
        g_string_append_printf(lines, "%-10s %10.3f ms %12zu %s\n", stat->name,
                               (double)stat->microseconds / 1000.0, stat->count, stat->unit);
    }
    g_string_append_printf(lines, "%-10s %13s %12zu bytes\n", "memory", "",
                           arena_used(compilation->arena));
    report_say(report, lines->str);
}

ExitCode session_finish(Session *session, Invocation *invocation) {
    compilation_raise_levels(session->compilation);
    ExitCode code = report_exit_code(session->compilation);
    if (session->incomplete && code == EXIT_DONE) {
        code = EXIT_INTERNAL;
    } else if (session->nothing) {
        code = EXIT_USAGE;
    }
    code = report_show(&invocation->report, session->compilation, MAX(code, session->least));
    if (invocation->options.stats) {
        say_stats(session->compilation, &invocation->report);
    }
    return code;
}
