/// `--watch`: runs a verb again and again, each time in a process of its own, which tells what it
/// depended on. So a run starts with nothing left over from those before, memory stays as it is,
/// and whatever happens to one run the next is not concerned.
#include "cli.h"
#include "watching.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/// Tells the watching process what was asked about: a byte of RecordedUse flags, the path, a NUL.
static void tell(const Recording *recording, int pipe_end) {
    g_autoptr(GString) text = g_string_new(NULL);
    GHashTableIter iter;
    gpointer path = NULL;
    gpointer uses = NULL;
    g_hash_table_iter_init(&iter, recording->uses);
    while (g_hash_table_iter_next(&iter, &path, &uses)) {
        g_string_append_c(text, (char)GPOINTER_TO_UINT(uses));
        g_string_append_len(text, path, (gssize)strlen(path) + 1);
    }
    report_write(pipe_end, text->str, text->len);
}

/// One run, in its own process.
static _Noreturn void run_once(Invocation *invocation, int pipe_end) {
    Recording *recording = g_new0(Recording, 1); // freed by the end of the process
    recording_begin(recording, invocation->files);
    invocation->files = &recording->system;
    invocation->recording = recording;
    const ExitCode code = report_end(&invocation->report, invocation->verb->run(invocation));
    tell(recording, pipe_end);
    fflush(NULL);
    _exit((int)code);
}

/// Reads what `tell` has written, until the run has ended.
static void hear(WatchSet *set, int pipe_end) {
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 buffer[8192];
    for (;;) {
        const ssize_t size = read(pipe_end, buffer, sizeof buffer);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            break;
        }
        g_byte_array_append(bytes, buffer, (guint)size);
    }
    for (guint at = 0; at + 1 < bytes->len;) {
        const char *path = (const char *)bytes->data + at + 1;
        watch_set_add(set, path, bytes->data[at]);
        at += 2 + (guint)strlen(path);
    }
}

/// Runs the verb. The exit code, or -1 with an errno if there can be no process.
static int run_round(Invocation *invocation, WatchSet *set) {
    int ends[2];
    if (pipe(ends) != 0) {
        return -1;
    }
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_once(invocation, ends[1]);
    }
    close(ends[1]);
    if (child > 0) {
        hear(set, ends[0]);
    }
    close(ends[0]);
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child < 0 ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_INTERNAL;
}

/// Ctrl-C, and the other ways to end a program, as something that can be waited for. A run goes on
/// to its end: they are blocked in it too.
static int open_signals(void) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    return signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool is_ended(int signals) {
    struct signalfd_siginfo signal_info;
    return read(signals, &signal_info, sizeof signal_info) > 0;
}

/// Says that a run begins, on a clear screen if there is one.
static void announce(const Invocation *invocation, const char *changed) {
    if (isatty(STDERR_FILENO) == 1) {
        fputs("\033[2J\033[3J\033[H", stderr);
        fflush(stderr);
    }
    if (changed != NULL) {
        g_autofree char *here = g_get_current_dir();
        const char *shown = g_str_has_prefix(changed, here) && changed[strlen(here)] == '/'
                                ? changed + strlen(here) + 1
                                : changed;
        g_autofree char *name = g_filename_display_name(shown);
        g_autofree char *line = g_strdup_printf("depotc: `%s` changed\n", name);
        report_say(&invocation->report, line);
    }
}

/// Waits for the next change. NULL: it is time to end.
static char *next_change(const Invocation *invocation, WatchSet *set, struct timespec start,
                         int signals, bool *told) {
    int cause = 0;
    if (!watch_set_arm(set, &cause) && !*told) {
        g_autofree char *line = g_strdup_printf("depotc: the system does not tell of changes (%s): "
                                                "looking for them five times a second\n",
                                                g_strerror(cause));
        report_say(&invocation->report, line);
        *told = true;
    }
    const char *changed = watch_set_changed_since(set, start);
    if (changed == NULL) {
        g_autofree char *line =
            g_strdup_printf("depotc: watching %zu file%s; Ctrl-C ends\n", watch_set_count(set),
                            watch_set_count(set) == 1 ? "" : "s");
        report_say(&invocation->report, line);
        changed = watch_set_wait(set, signals);
    }
    return changed != NULL && !is_ended(signals) ? g_strdup(changed) : NULL;
}

ExitCode watch_run(Invocation *invocation) {
    const int signals = open_signals();
    g_autofree char *changed = NULL;
    bool told = false;
    int code = EXIT_DONE;
    do {
        announce(invocation, changed);
        WatchSet *set = watch_set_new();
        struct timespec start;
        clock_gettime(CLOCK_REALTIME_COARSE, &start);
        code = run_round(invocation, set);
        g_clear_pointer(&changed, g_free);
        if (code >= 0 && code != EXIT_USAGE && !is_ended(signals)) {
            changed = next_change(invocation, set, start, signals, &told);
        }
        watch_set_free(set);
    } while (changed != NULL);
    if (code < 0) {
        g_autofree char *line =
            g_strdup_printf("depotc: no process can be started: %s\n", g_strerror(errno));
        report_say(&invocation->report, line);
    }
    // What there is to report was reported by the runs.
    _exit(code < 0 ? EXIT_FILES : code == EXIT_USAGE ? EXIT_USAGE : EXIT_DONE);
}
