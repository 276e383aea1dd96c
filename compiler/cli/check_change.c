/// `depotc check --staged` and `--affected`: checks the programs that a change affects.
#include "git.h"

#include <string.h>

/// Leaves out what was shown for programs before: files that several use are read for each.
static void hide_shown(Compilation *compilation, GHashTable *shown) {
    const Diagnostic *diagnostic = diagnostics_sorted(compilation->diagnostics);
    g_autoptr(GPtrArray) again = g_ptr_array_new();
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        const Source *source = compilation_source(compilation, diagnostic->span.file);
        char *key = g_strdup_printf("%s:%u:%u:%s:%s", source != NULL ? source->path : "",
                                    diagnostic->span.start, diagnostic->span.end, diagnostic->code,
                                    diagnostic->message);
        if (!g_hash_table_add(shown, key)) {
            g_ptr_array_add(again, (void *)diagnostic);
        }
    }
    for (guint i = 0; i < again->len; i++) {
        diagnostic_hide(compilation->diagnostics, again->pdata[i]);
    }
}

/// Checks the programs of a group.
static ExitCode check_group(const Invocation *invocation, const AffectedGroup *group,
                            GHashTable *shown) {
    Invocation own = *invocation;
    g_autofree char *project = g_strdup(group->project);
    g_autofree char **paths = g_new0(char *, group->paths->len + 1);
    for (guint i = 0; i < group->paths->len; i++) {
        paths[i] = group->paths->pdata[i];
    }
    own.options.arguments = group->whole ? NULL : paths;
    own.options.project = project;
    own.options.no_project = project == NULL;
    Session session;
    check_load(&session, &own, NULL, NULL);
    compilation_raise_levels(session.compilation);
    const ExitCode found = report_exit_code(session.compilation);
    hide_shown(session.compilation, shown);
    session.incomplete = session.incomplete && found == EXIT_DONE;
    const ExitCode code = session_finish(&session, &own);
    session_close(&session);
    return MAX(found, code);
}

static ExitCode check_groups(const Invocation *invocation, const GPtrArray *groups) {
    g_autoptr(GHashTable) shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ExitCode code = EXIT_DONE;
    for (guint i = 0; i < groups->len; i++) {
        code = MAX(code, check_group(invocation, groups->pdata[i], shown));
    }
    // Whoever reads a report finds one, also of nothing.
    return groups->len > 0 ? code : failure_end(failure_begin(), &invocation->report, EXIT_DONE);
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
        code = check_groups(invocation, groups);
        invocation->files = NULL;
        g_ptr_array_unref(groups);
    }
    git_index_close(index);
    git_clear(&git);
    return code;
}
