#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int compare_paths(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void report_folder(Compilation *compilation, const char *path, int cause) {
    g_autofree char *valid = g_utf8_make_valid(path, -1);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FILE_UNREADABLE, NO_SPAN,
                                            valid, g_strerror(cause), NULL);
    diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
}

/// Adds every `*.depot` directly in `folder`, sorted. Paths in the working folder stay bare.
static void add_folder(Compilation *compilation, const char *folder) {
    errno = 0;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    if (directory == NULL) {
        report_folder(compilation, folder, errno);
        return;
    }
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(directory); name != NULL;
         name = g_dir_read_name(directory)) {
        if (g_str_has_suffix(name, ".depot")) {
            g_ptr_array_add(paths, strcmp(folder, ".") == 0 ? g_strdup(name)
                                                            : g_build_filename(folder, name, NULL));
        }
    }
    g_ptr_array_sort(paths, compare_paths);
    for (guint i = 0; i < paths->len; i++) {
        compilation_add_file(compilation, paths->pdata[i], NO_SPAN);
    }
    if (paths->len == 0) {
        g_autofree char *where = strcmp(folder, ".") == 0 ? g_strdup("the working folder")
                                                          : g_strdup_printf("folder `%s`", folder);
        g_autofree char *valid = g_utf8_make_valid(where, -1);
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_USAGE_NO_SOURCES, NO_SPAN, valid, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "name a `.depot` file, or a folder that holds some");
    }
}

static void add_sources(Compilation *compilation, char **paths) {
    if (paths == NULL || paths[0] == NULL) {
        add_folder(compilation, ".");
        return;
    }
    for (; *paths != NULL; paths++) {
        if (g_file_test(*paths, G_FILE_TEST_IS_DIR)) {
            add_folder(compilation, *paths);
        } else {
            compilation_add_file(compilation, *paths, NO_SPAN);
        }
    }
}

/// The back ends of `--target`, each once, in the order of the command line.
static void choose_backends(Session *session, char **targets) {
    size_t count = 0;
    const Backend *all = backend_all(&count);
    session->backends = g_new0(const Backend *, count);
    if (targets == NULL || targets[0] == NULL) {
        session->backends[session->backend_count++] = &all[0];
        return;
    }
    for (; *targets != NULL; targets++) {
        const Backend *backend = backend_find(*targets);
        bool known = false;
        for (size_t i = 0; i < session->backend_count; i++) {
            known = known || session->backends[i] == backend;
        }
        if (!known && backend != NULL) {
            session->backends[session->backend_count++] = backend;
        }
    }
}

bool session_load(Session *session, const Invocation *invocation, FileReader reader,
                  void *reader_data) {
    const Options *options = &invocation->options;
    *session = (Session){
        .parameters = g_array_new(FALSE, FALSE, sizeof(ParameterSetting)),
        .levels = g_array_new(FALSE, FALSE, sizeof(LevelSetting)),
        .texts = g_ptr_array_new_with_free_func(g_free),
    };
    choose_backends(session, options->targets);
    // The settings are needed when the compilation begins, and mistakes in them are its
    // diagnostics: the compilation gets the array once it has been filled.
    session->compilation =
        compilation_new(&(CompilationOptions){.reader = reader, .reader_data = reader_data});
    Compilation *compilation = session->compilation;
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
    add_sources(compilation, options->arguments);
    if (compilation->source_count == 0 &&
        report_exit_code(compilation) == EXIT_ERRORS) { // nothing but D0029
        session->nothing = true;
        return false;
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
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_TEMPLATE_SIZE, file->stack->span,
                       file->stack->name, bytes, limit, NULL);
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
static void print_stats(const Compilation *compilation) {
    for (size_t i = 0; i < compilation->stat_count; i++) {
        const PhaseStat *stat = &compilation->stats[i];
        fprintf(stderr, "%-10s %10.3f ms %12zu %s\n", stat->name,
                (double)stat->microseconds / 1000.0, stat->count, stat->unit);
    }
    fprintf(stderr, "%-10s %13s %12zu bytes\n", "memory", "", arena_used(compilation->arena));
}

ExitCode session_finish(Session *session, Invocation *invocation) {
    compilation_raise_levels(session->compilation);
    const bool shown = report_show(&invocation->report, session->compilation);
    if (invocation->options.stats) {
        print_stats(session->compilation);
    }
    const ExitCode code = report_exit_code(session->compilation);
    if (session->incomplete && code == EXIT_DONE) {
        return EXIT_INTERNAL;
    }
    if (session->nothing) {
        return shown ? EXIT_USAGE : EXIT_FILES;
    }
    return shown ? code : EXIT_FILES;
}
