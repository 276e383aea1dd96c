#include "cli.h"

#include <stdlib.h>
#include <string.h>

/// A fix may show the next mistake. After so many rounds what is left stays, even if fixes go round
/// in a circle.
enum { MAX_ROUNDS = 10 };

/// Where `path` is from the working folder, for headers of a diff. What lies outside of it is named
/// from the root, for `patch -p1 -d /`.
static const char *name_in_folder(const char *path, const char *folder) {
    const size_t length = strlen(folder);
    if (strncmp(path, folder, length) == 0 && path[length] == '/') {
        return path + length + 1;
    }
    return path + (*path == '/');
}

static ExitCode print_diff(const Drafts *drafts, const Report *report) {
    g_autofree char *working = g_get_current_dir();
    char *real = realpath(working, NULL);
    const char *folder = real != NULL ? real : working;
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < drafts->list->len; i++) {
        const Draft *draft = drafts->list->pdata[i];
        unified_diff(draft, name_in_folder(draft->path, strcmp(folder, "/") == 0 ? "" : folder),
                     out);
    }
    free(real); // not g_free: it is the C library's
    return streams_write(report, out->str, out->len);
}

/// `fixed 3 problems in 2 files`, of those that were written.
static void say_fixed(const Drafts *drafts, const Invocation *invocation) {
    size_t problems = 0;
    size_t files = 0;
    for (guint i = 0; i < drafts->list->len; i++) {
        const Draft *draft = drafts->list->pdata[i];
        if (draft->failure == NULL) {
            problems += draft->problems;
            files++;
        }
    }
    if (files > 0) {
        g_autofree char *line = g_strdup_printf(
            "%s %zu problem%s in %zu file%s\n", invocation->options.dry_run ? "would fix" : "fixed",
            problems, problems == 1 ? "" : "s", files, files == 1 ? "" : "s");
        report_say(&invocation->report, line);
    }
}

/// Adds why files could not be written to the report.
static void report_failures(const Drafts *drafts, Compilation *compilation) {
    for (guint i = 0; i < drafts->list->len; i++) {
        const Draft *draft = drafts->list->pdata[i];
        if (draft->failure != NULL) {
            g_autofree char *valid = g_utf8_make_valid(draft->shown, -1);
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FILE_UNWRITABLE,
                                                    NO_SPAN, valid, draft->failure, NULL);
            diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
        }
    }
}

/// Makes the result known: as a diff, or in the files.
static ExitCode deliver(Session *session, Drafts *drafts, Invocation *invocation) {
    drafts_drop_unchanged(drafts);
    ExitCode printed = EXIT_DONE;
    if (invocation->options.dry_run) {
        printed = print_diff(drafts, &invocation->report);
    } else if (!rewrite_files(drafts)) {
        // The places in the report are those of the files as they are.
        session_close(session);
        check_load(session, invocation, NULL, NULL);
        report_failures(drafts, session->compilation);
    }
    if (printed == EXIT_DONE) {
        say_fixed(drafts, invocation);
    }
    session->least = printed;
    return session_finish(session, invocation);
}

ExitCode fix_run(Invocation *invocation) {
    Drafts drafts;
    drafts_begin(&drafts);
    Session session;
    check_load(&session, invocation, drafts_read, &drafts);
    for (int round = 0; round < MAX_ROUNDS; round++) {
        if (drafts_mend(&drafts, session.compilation) == 0) {
            break;
        }
        session_close(&session);
        check_load(&session, invocation, drafts_read, &drafts);
    }
    const ExitCode code = deliver(&session, &drafts, invocation);
    session_close(&session);
    drafts_clear(&drafts);
    return code;
}
