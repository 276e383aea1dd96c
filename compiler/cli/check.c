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

ExitCode check_run(Invocation *invocation) {
    Session session;
    ExitCode code = session_open(&session, invocation);
    if (code == EXIT_DONE) {
        for (size_t i = 0; i < session.backend_count; i++) {
            check_target(&session, session.backends[i]);
        }
        code = session_finish(&session, invocation);
    }
    session_close(&session);
    return code;
}
