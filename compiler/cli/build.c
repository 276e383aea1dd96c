#include "build_record.h"
#include "git.h"

#include <string.h>

/// The output of all back ends, with the paths that it has in the output folders.
typedef struct Output {
    GPtrArray *sets;  ///< EmitFiles, which own the texts
    GPtrArray *paths; ///< strings that the others point to
    GArray *files;    ///< OutputFile, those of one folder in a row
    GArray *folders;  ///< OutputFolder; `files` are set when all are known
} Output;

static void free_set(void *set) {
    emit_files_free(set);
}

static void output_begin(Output *output) {
    output->sets = g_ptr_array_new_with_free_func(free_set);
    output->paths = g_ptr_array_new_with_free_func(g_free);
    output->files = g_array_new(FALSE, FALSE, sizeof(OutputFile));
    output->folders = g_array_new(FALSE, FALSE, sizeof(OutputFolder));
}

static void output_clear(Output *output) {
    g_array_free(output->files, TRUE);
    g_array_free(output->folders, TRUE);
    g_ptr_array_free(output->paths, TRUE);
    g_ptr_array_free(output->sets, TRUE);
}

/// The folder that the files of `backend` go into: the one before it, or a new one. `*inside`: the
/// folder in it, or NULL.
static OutputFolder *folder_of(const Session *session, const Options *options,
                               const Backend *backend, Output *output, const char **inside) {
    char *path = settings_folder(session, options, backend, inside);
    g_ptr_array_add(output->paths, path);
    OutputFolder *last = output->folders->len == 0 ? NULL
                                                   : &g_array_index(output->folders, OutputFolder,
                                                                    output->folders->len - 1);
    if (last == NULL || strcmp(last->folder, path) != 0) {
        const OutputFolder folder = {.folder = path, .target = backend->name};
        g_array_append_val(output->folders, folder);
        last = &g_array_index(output->folders, OutputFolder, output->folders->len - 1);
    }
    return last;
}

/// Whether a copy would be written over the file that it is a copy of: the output folder is the
/// program's own.
static bool is_itself(const OutputFolder *folder, const EmitFile *file, const char *path) {
    if (file->origin == NULL) {
        return false;
    }
    g_autofree char *joined = g_build_filename(folder->folder, path, NULL);
    g_autofree char *target = g_canonicalize_filename(joined, NULL);
    g_autofree char *origin = g_canonicalize_filename(file->origin, NULL);
    return strcmp(target, origin) == 0;
}

/// Runs one back end. With several, each has a folder of its own.
static bool emit(Session *session, const Options *options, const Backend *backend, Output *output) {
    Model *model = session_model(session, backend);
    if (model == NULL) {
        return false;
    }
    const int64_t start = g_get_monotonic_time();
    EmitFiles *set = emit_files_new();
    g_ptr_array_add(output->sets, set);
    if (model->stack_count == 0) {
        session_report_nothing(session);
    }
    backend->emit(model, set);
    const char *inside = NULL;
    OutputFolder *folder = folder_of(session, options, backend, output, &inside);
    size_t bytes = 0;
    for (size_t i = 0; i < emit_files_count(set); i++) {
        const EmitFile *file = emit_files_get(set, i);
        char *path =
            inside != NULL ? g_strconcat(inside, "/", file->path, NULL) : g_strdup(file->path);
        g_ptr_array_add(output->paths, path);
        if (is_itself(folder, file, path)) {
            continue;
        }
        folder->count++;
        const OutputFile row = {.path = path,
                                .text = file->text,
                                .length = file->length,
                                .yours = file->yours,
                                .source = file->stack != NULL ? file->stack->span.file : SPAN_NONE};
        g_array_append_val(output->files, row);
        bytes += file->length;
        session_check_size(session, backend, file);
    }
    session_phase(session, backend->name, start, bytes, "bytes");
    return true;
}

/// `--stdout` with more, or less, than one file to print.
static ExitCode refuse_stdout(const Session *session, const Output *output) {
    enum { SHOWN = 8 };
    Diagnostics *list = session->compilation->diagnostics;
    g_autofree char *count =
        output->files->len == 0 ? g_strdup("none") : g_strdup_printf("%u", output->files->len);
    g_autoptr(GString) names = g_string_new(output->files->len == 0 ? "no environment" : NULL);
    for (guint i = 0; i < output->files->len && i < SHOWN; i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               g_array_index(output->files, OutputFile, i).path);
    }
    if (output->files->len > SHOWN) {
        g_string_append(names, ", …");
    }
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_USAGE_STDOUT, NO_SPAN, count, names->str, NULL);
    diagnostic_help(list, diagnostic, "leave `--stdout` out and name a folder with `-o`");
    return EXIT_USAGE;
}

static ExitCode print_output(const Session *session, const Invocation *invocation,
                             const Output *output) {
    if (output->files->len != 1) {
        return refuse_stdout(session, output);
    }
    const OutputFile *file = &g_array_index(output->files, OutputFile, 0);
    return streams_write(&invocation->report, file->text, file->length);
}

/// Gives each folder its files, once all of them are known.
static void complete(const Output *output) {
    const OutputFile *files = (const OutputFile *)(void *)output->files->data;
    for (guint i = 0; i < output->folders->len; i++) {
        OutputFolder *folder = &g_array_index(output->folders, OutputFolder, i);
        folder->files = files;
        files += folder->count;
    }
}

static const OutputFolder *folders_of(const Output *output) {
    return (const OutputFolder *)(void *)output->folders->data;
}

/// Whether there is a commit to make and it cannot be made: nothing is written then.
static bool begin_commit(Session *session, const Invocation *invocation, const Output *output,
                         Commit **commit) {
    *commit = NULL;
    if (invocation->options.commit) {
        *commit = commit_begin(session->compilation, folders_of(output), output->folders->len);
    }
    return *commit != NULL || !invocation->options.commit;
}

/// Writes the output folders, or compares them.
static void write_output(Session *session, const Invocation *invocation, const Output *output) {
    const Options *options = &invocation->options;
    const Report *report = &invocation->report;
    const int64_t start = g_get_monotonic_time();
    const OutputFolder *folders = folders_of(output);
    if (options->check_only) {
        output_check(session->compilation, report, folders, output->folders->len);
        session_phase(session, "compare", start, output->files->len, "files");
        return;
    }
    Commit *commit = NULL;
    if (begin_commit(session, invocation, output, &commit) &&
        output_write(session->compilation, report, folders, output->folders->len, options->force)) {
        session_phase(session, "write", start, output->files->len, "files");
        if (commit != NULL) {
            commit_make(commit, options->message, report);
        }
    }
    commit_end(commit);
}

/// What a rule for build tools is of, if nothing else is named: the file that every build of the
/// folder writes.
static char *depfile_target(const Options *options, const Output *output) {
    if (options->depfile_target != NULL || options->to_stdout || output->folders->len == 0) {
        return g_strdup(options->depfile_target != NULL ? options->depfile_target
                                                        : options->depfile);
    }
    const OutputFolder *folder = &g_array_index(output->folders, OutputFolder, 0);
    return g_build_filename(folder->folder, MANIFEST_NAME, NULL);
}

/// `--depfile`, for a build that has done its work.
static void write_depfile(Session *session, const Invocation *invocation, const Output *output) {
    const Options *options = &invocation->options;
    if (options->depfile != NULL && report_exit_code(session->compilation) == EXIT_DONE &&
        session->least == EXIT_DONE) {
        g_autofree char *target = depfile_target(options, output);
        depfile_write(session->compilation, invocation->recording, options->depfile, target);
    }
}

/// Runs all back ends. False after errors.
static bool emit_all(Session *session, const Options *options, Output *output) {
    for (size_t i = 0; i < session->backend_count; i++) {
        if (!emit(session, options, session->backends[i], output)) {
            return false;
        }
    }
    return true;
}

static ExitCode compile(Session *session, Invocation *invocation, Output *output) {
    if (!emit_all(session, &invocation->options, output)) {
        return session_finish(session, invocation);
    }
    complete(output);
    // An error that only the output shows, its size for example, keeps all of it from being
    // written.
    compilation_raise_levels(session->compilation);
    const bool ok = diagnostics_count(session->compilation->diagnostics, SEVERITY_ERROR) == 0;
    if (ok && invocation->options.to_stdout) {
        session->least = print_output(session, invocation, output);
    } else if (ok) {
        write_output(session, invocation, output);
    }
    write_depfile(session, invocation, output);
    return session_finish(session, invocation);
}

/// What of the options excludes each other: two names, or none.
static bool find_conflict(const Options *options, const char *conflict[2]) {
    const struct {
        bool given;
        const char *one;
        const char *other;
    } pairs[] = {{options->check_only && options->to_stdout, "--check", "--stdout"},
                 {options->check_only && options->force, "--check", "--force"},
                 {options->check_only && options->commit, "--check", "--commit"},
                 {options->commit && options->to_stdout, "--commit", "--stdout"},
                 {options->watch && options->check_only, "--watch", "--check"},
                 {options->watch && options->commit, "--watch", "--commit"}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (pairs[i].given) {
            conflict[0] = pairs[i].one;
            conflict[1] = pairs[i].other;
            return true;
        }
    }
    return false;
}

/// Whether there is nothing to say.
static bool is_quiet(const Session *session) {
    const Diagnostics *list = session->compilation->diagnostics;
    return diagnostics_count(list, SEVERITY_ERROR) == 0 &&
           diagnostics_count(list, SEVERITY_WARNING) == 0 &&
           diagnostics_count(list, SEVERITY_NOTE) == 0;
}

/// What of a checked program can be compiled again without the rest; NULL: nothing. Only templates
/// say nothing of each other.
static ProgramGroups *groups_of(const Session *session) {
    const bool separate = session->backend_count == 1 && session->backends[0]->separate;
    return separate ? program_groups(session->compilation) : NULL;
}

static ExitCode build_all(Invocation *invocation, BuildRecord *record) {
    Session session;
    ExitCode code = session_open(&session, invocation);
    if (code == EXIT_DONE) {
        Output output;
        output_begin(&output);
        code = compile(&session, invocation, &output);
        if (code == EXIT_DONE && is_quiet(&session) &&
            build_record_is_wanted(record, folders_of(&output), output.folders->len)) {
            ProgramGroups *groups = groups_of(&session);
            build_record_keep(record, folders_of(&output), output.folders->len, groups);
            program_groups_free(groups);
        }
        output_clear(&output);
    }
    session_close(&session);
    return code;
}

/// Writes what of a part has changed, among all that stays as it is. False: it takes the whole.
static bool write_part(Session *session, Invocation *invocation, BuildRecord *record,
                       Output *output, ExitCode *code) {
    ProgramGroups *groups = groups_of(session);
    bool done = groups != NULL && build_record_accepts(record, groups) &&
                emit_all(session, &invocation->options, output) && is_quiet(session) &&
                output->folders->len == 1 && build_record_add_rest(record, output->files);
    if (done) {
        OutputFolder *folder = &g_array_index(output->folders, OutputFolder, 0);
        folder->count = output->files->len;
        complete(output);
        done = output_write(session->compilation, &invocation->report, folder, 1, false) ||
               !is_quiet(session);
    }
    if (done) {
        *code = session_finish(session, invocation);
    }
    if (done && *code == EXIT_DONE && is_quiet(session) &&
        build_record_is_wanted(record, folders_of(output), 1)) {
        build_record_keep(record, folders_of(output), 1, groups);
    }
    program_groups_free(groups);
    return done;
}

/// Compiles what depends on a change and nothing else. False, and nothing was done or said, if that
/// is not enough: there is something to say, for which all has to be known.
static bool build_part(Invocation *invocation, BuildRecord *record, ExitCode *code) {
    g_autoptr(GPtrArray) entries = build_record_entries(record);
    Session session;
    bool done = session_load_entries(&session, invocation, entries) && is_quiet(&session);
    if (done) {
        Output output;
        output_begin(&output);
        done = write_part(&session, invocation, record, &output, code);
        output_clear(&output);
    }
    session_close(&session);
    return done;
}

static ExitCode build(Invocation *invocation) {
    BuildRecord *record = build_record_open(invocation);
    const BuildNeed need = build_record_look(record);
    ExitCode code = EXIT_DONE;
    if (need == BUILD_PART && !build_part(invocation, record, &code)) {
        build_record_forget(record);
        code = build_all(invocation, record);
    } else if (need == BUILD_ALL) {
        code = build_all(invocation, record);
    }
    if (invocation->recording != NULL) {
        build_record_tell(record, invocation->recording);
    }
    build_record_close(record, invocation);
    return code;
}

static ExitCode build_recorded(Invocation *invocation) {
    Recording recording;
    recording_begin(&recording, invocation->files);
    invocation->recording = &recording;
    invocation->files = &recording.system;
    const ExitCode code = build(invocation);
    recording_clear(&recording);
    invocation->recording = NULL;
    invocation->files = recording.inner;
    return code;
}

static bool is_blank(const char *text) {
    return text[strspn(text, " \t\r\n")] == '\0';
}

ExitCode build_run(Invocation *invocation) {
    const Options *options = &invocation->options;
    const char *conflict[2] = {NULL, NULL};
    if (find_conflict(options, conflict)) {
        return failure_usage(&invocation->report, DIAG_USAGE_EXCLUDE, conflict[0], conflict[1],
                             NULL);
    }
    if (options->to_stdout && options->targets != NULL && options->targets[0] != NULL &&
        options->targets[1] != NULL) {
        g_autofree char *names = g_strjoinv(", ", options->targets);
        return failure_usage(&invocation->report, DIAG_USAGE_STDOUT, "several targets", names,
                             "give one `--target`");
    }
    if (options->depfile_target != NULL && options->depfile == NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_OPTION_ALONE, "--depfile-target",
                             "--depfile", "`--depfile FILE` writes the rule");
    }
    if (options->message != NULL && !options->commit) {
        return failure_usage(&invocation->report, DIAG_USAGE_OPTION_ALONE, "--message", "--commit",
                             "`depotc build --commit -m TEXT` builds and commits");
    }
    if (options->message != NULL && is_blank(options->message)) {
        return failure_usage(&invocation->report, DIAG_USAGE_VALUE, options->message, "--message",
                             "leave it out, and the message names what changed");
    }
    return options->depfile != NULL && invocation->recording == NULL ? build_recorded(invocation)
                                                                     : build(invocation);
}
