#include "cli.h"

/// What only this target shows: its model, and how large its files would be.
static void check_target(Session *session, const Backend *backend) {
    const Model *model = session_model(session, backend);
    if (model == NULL || backend->limit == 0) {
        return;
    }
    EmitFiles *files = emit_files_new();
    backend->emit(model, files);
    for (size_t i = 0; i < emit_files_count(files); i++) {
        session_check_size(session, backend, emit_files_get(files, i));
    }
    emit_files_free(files);
}

void check_load(Session *session, const Invocation *invocation, FileReader reader,
                void *reader_data) {
    if (session_load(session, invocation, reader, reader_data)) {
        for (size_t i = 0; i < session->backend_count; i++) {
            check_target(session, session->backends[i]);
        }
    }
}

ExitCode check_run(Invocation *invocation) {
    const Options *options = &invocation->options;
    if (options->dry_run && !options->fix) {
        return failure_usage(&invocation->report, DIAG_USAGE_OPTION_ALONE, "--dry-run", "--fix",
                             "`depotc check --fix --dry-run` prints what `--fix` would change");
    }
    if (options->watch && (options->fix || options->staged || options->affected)) {
        return failure_usage(&invocation->report, DIAG_USAGE_EXCLUDE, "--watch",
                             options->fix      ? "--fix"
                             : options->staged ? "--staged"
                                               : "--affected",
                             NULL);
    }
    if (options->staged || options->affected) {
        return check_change(invocation);
    }
    if (options->fix) {
        return fix_run(invocation);
    }
    Session session;
    check_load(&session, invocation, NULL, NULL);
    const ExitCode code = session_finish(&session, invocation);
    session_close(&session);
    return code;
}
