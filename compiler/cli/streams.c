#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

void streams_begin(void) {
    signal(SIGPIPE, SIG_IGN);
    // A closed stream's number would go to the next file that is opened, an output file maybe, and
    // messages would end up there. Opened the wrong way round, writing to it still fails.
    for (int stream = 0; stream <= 2; stream++) {
        if (fcntl(stream, F_GETFD) == -1 && errno == EBADF) {
            const int opened = open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
            if (opened != stream && opened >= 0) {
                close(opened);
            }
        }
    }
}

ExitCode streams_write(const Report *report, const char *text, size_t length) {
    while (length > 0) {
        const ssize_t written = write(STDOUT_FILENO, text, length);
        if (written >= 0) {
            text += written;
            length -= (size_t)written;
        } else if (errno != EINTR) {
            const int cause = errno;
            if (cause != EPIPE) { // a reader that has seen enough needs no message
                report_stdout_failure(report, cause);
            }
            return EXIT_FILES;
        }
    }
    return EXIT_DONE;
}
