#include "cli.h"

ExitCode check_run(Invocation *invocation) {
    Session session;
    ExitCode code = session_open(&session, invocation);
    if (code == EXIT_DONE) {
        for (size_t i = 0; i < session.backend_count; i++) {
            session_model(&session, session.backends[i]); // reports what only this target shows
        }
        code = session_finish(&session, invocation);
    }
    session_close(&session);
    return code;
}
