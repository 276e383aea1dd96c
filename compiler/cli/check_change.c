/// `depotc check --staged` and `--affected`: checks the programs that a change affects.
#include "git.h"

/// Checks the programs of a group; shows nothing.
static void check_group(const Invocation *invocation, const AffectedGroup *group,
                        Session *session) {
    Invocation own = *invocation;
    g_autoptr(GPtrArray) paths = g_ptr_array_copy(group->paths, NULL, NULL);
    g_ptr_array_set_free_func(paths, NULL); // they are the group's
    g_ptr_array_add(paths, NULL);
    own.options.arguments = group->whole ? NULL : (char **)paths->pdata;
    own.options.project = group->project;
    own.options.no_project = group->project == NULL;
    check_load(session, &own, NULL, NULL);
    compilation_raise_levels(session->compilation);
}

static void close_session(void *data) {
    session_close(data);
    g_free(data);
}

/// Checks one group after the other, and makes one report of all.
static ExitCode check_groups(const Invocation *invocation, const GPtrArray *groups) {
    Compilation *all = failure_begin();
    // The report shows texts that belong to the sessions.
    g_autoptr(GPtrArray) sessions = g_ptr_array_new_with_free_func(close_session);
    ExitCode code = EXIT_DONE;
    for (guint i = 0; i < groups->len; i++) {
        Session *session = g_new0(Session, 1);
        check_group(invocation, groups->pdata[i], session);
        const ExitCode own = report_exit_code(session->compilation);
        code = MAX(code, session->incomplete && own == EXIT_DONE ? EXIT_INTERNAL : own);
        compilation_merge(all, session->compilation);
        if (diagnostics_sorted(session->compilation->diagnostics) != NULL) {
            g_ptr_array_add(sessions, session);
        } else {
            close_session(session);
        }
    }
    return failure_end(all, &invocation->report, code);
}

static ExitCode check_one(Invocation *invocation, const AffectedGroup *group) {
    Session session;
    check_group(invocation, group, &session);
    const ExitCode code = session_finish(&session, invocation);
    session_close(&session);
    return code;
}

/// An option that says something else than that the change tells what is checked; or NULL.
static const char *conflicting_option(const Options *options) {
    const struct {
        bool given;
        const char *name;
    } others[] = {{options->staged && options->affected, "--affected"},
                  {options->fix, "--fix"},
                  {options->project != NULL, "--project"},
                  {options->no_project != FALSE, "--no-project"}};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        if (others[i].given) {
            return others[i].name;
        }
    }
    return NULL;
}

ExitCode check_change(Invocation *invocation) {
    const Options *options = &invocation->options;
    const char *name = options->staged ? "--staged" : "--affected";
    const char *conflict = conflicting_option(options);
    if (conflict != NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_EXCLUDE, name, conflict, NULL);
    }
    Git git;
    GitIndex *index = git_begin(&git) ? git_index_open(&git) : NULL;
    const FileSystem *files = index != NULL ? git_index_files(index, options->staged) : NULL;
    GPtrArray *groups = index != NULL
                            ? affected_find(&git, index, files, options->staged, options->arguments)
                            : NULL;
    ExitCode code = EXIT_FILES;
    if (groups == NULL) {
        code = git_report(&git, &invocation->report);
    } else {
        invocation->files = files;
        code = groups->len == 1 ? check_one(invocation, groups->pdata[0])
                                : check_groups(invocation, groups);
        invocation->files = NULL;
        g_ptr_array_unref(groups);
    }
    git_index_close(index);
    git_clear(&git);
    return code;
}
