#include "lsp/server.h"

ExitCode lsp_run(Invocation *invocation) {
    if (invocation->options.arguments != NULL && invocation->options.arguments[0] != NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT,
                             invocation->options.arguments[0], "lsp",
                             "the editor says which files are open; `depotc check` takes paths");
    }
    return server_run(invocation);
}
