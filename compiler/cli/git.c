/// Running git.
#include "git.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/// Variables that would have git work on another repository than that of a folder.
static const char *const elsewhere[] = {"GIT_DIR",      "GIT_WORK_TREE",  "GIT_INDEX_FILE",
                                        "GIT_PREFIX",   "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
                                        "GIT_NAMESPACE"};

static void fail(Git *git, char *failure) {
    g_free(git->failure);
    git->failure = failure;
}

/// What git said, as the cause in a message: its first line without "fatal: ".
static char *cause_of(const char *said) {
    static const char *const heads[] = {"fatal: ", "error: "};
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
        if (g_str_has_prefix(said, heads[i])) {
            said += strlen(heads[i]);
            break;
        }
    }
    g_autofree char *line = g_strndup(said, strcspn(said, "\n"));
    return g_utf8_make_valid(*line != '\0' ? line : "it gave no reason", -1);
}

/// Adds what can be read now. False at the end.
static bool take(int file, GString *text) {
    char buffer[65536];
    const ssize_t got = read(file, buffer, sizeof buffer);
    if (got > 0) {
        g_string_append_len(text, buffer, got);
    }
    return got > 0 || (got < 0 && errno == EINTR);
}

/// Reads both pipes to their ends, whichever has something, and closes them.
static void drain(const int pipes[2], GString *texts[2]) {
    struct pollfd waits[2] = {{pipes[0], POLLIN, 0}, {pipes[1], POLLIN, 0}};
    while (waits[0].fd >= 0 || waits[1].fd >= 0) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR) {
            break;
        }
        for (size_t i = 0; i < 2; i++) {
            if (waits[i].fd >= 0 && waits[i].revents != 0 && !take(waits[i].fd, texts[i])) {
                waits[i].fd = -1;
            }
        }
    }
    close(pipes[0]);
    close(pipes[1]);
}

/// A file without a name that holds `input`, to be read from its begin. -1 with a failure.
static int file_of(Git *git, const char *input, size_t length) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    const int file = g_file_open_tmp("depotc-XXXXXX", &path, &error);
    if (file < 0) {
        fail(git, g_utf8_make_valid(error->message, -1));
        return -1;
    }
    g_unlink(path);
    while (length > 0) {
        const ssize_t written = write(file, input, length);
        if (written < 0 && errno != EINTR) {
            fail(git, g_strdup(g_strerror(errno)));
            close(file);
            return -1;
        }
        input += MAX(written, 0);
        length -= (size_t)MAX(written, 0);
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

/// Starts a command in `folder` (NULL: the working folder). -1 with a failure.
static GPid start(Git *git, const char *folder, char **command, int input, int pipes[2]) {
    g_autoptr(GError) error = NULL;
    GPid child = 0;
    if (!g_spawn_async_with_pipes_and_fds(
            folder, (const char *const *)command, (const char *const *)git->environment,
            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, input, -1, -1, NULL, NULL,
            0, &child, NULL, &pipes[0], &pipes[1], &error)) {
        git->missing = true;
        fail(git, g_utf8_make_valid(error->message, -1));
        return -1;
    }
    return child;
}

/// Runs a command in `folder` (NULL: the working folder).
static char *run(Git *git, const char *folder, char **command, int input, size_t *length) {
    int pipes[2] = {-1, -1};
    const GPid child = start(git, folder, command, input, pipes);
    if (child < 0) {
        return NULL;
    }
    GString *out = g_string_sized_new(4096);
    GString *said = g_string_new(NULL);
    drain(pipes, (GString *[2]){out, said});
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    fail(git, cause_of(said->str));
    g_free(git->said);
    git->said = g_string_free(said, FALSE);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        g_string_free(out, TRUE);
        return NULL;
    }
    *length = out->len;
    return g_string_free(out, FALSE);
}

/// `git`, the argument, and those that follow it.
static GPtrArray *command_of(const char *argument, va_list rest) {
    GPtrArray *command = g_ptr_array_new();
    g_ptr_array_add(command, (void *)"git");
    for (; argument != NULL; argument = va_arg(rest, const char *)) {
        g_ptr_array_add(command, (void *)argument);
    }
    g_ptr_array_add(command, NULL);
    return command;
}

char *git_run(Git *git, size_t *length, const char *argument, ...) {
    va_list rest;
    va_start(rest, argument);
    g_autoptr(GPtrArray) command = command_of(argument, rest);
    va_end(rest);
    return run(git, git->top, (char **)command->pdata, -1, length);
}

char *git_feed(Git *git, const char *input, size_t input_length, size_t *length,
               const char *argument, ...) {
    va_list rest;
    va_start(rest, argument);
    g_autoptr(GPtrArray) command = command_of(argument, rest);
    va_end(rest);
    const int file = file_of(git, input, input_length);
    if (file < 0) {
        return NULL;
    }
    char *out = run(git, git->top, (char **)command->pdata, file, length);
    close(file);
    return out;
}

GPtrArray *git_list(Git *git, const char *argument, ...) {
    va_list rest;
    va_start(rest, argument);
    g_autoptr(GPtrArray) command = command_of(argument, rest);
    va_end(rest);
    size_t length = 0;
    g_autofree char *text = run(git, git->top, (char **)command->pdata, -1, &length);
    if (text == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (const char *at = text; at < text + length; at += strlen(at) + 1) {
        g_ptr_array_add(list, g_strdup(at));
    }
    return list;
}

/// Asks git in `folder` for the top of its work tree.
static bool find_top(Git *git, const char *folder) {
    size_t length = 0;
    char *command[] = {"git", "rev-parse", "--show-toplevel", NULL};
    g_autofree char *top = run(git, folder, command, -1, &length);
    if (top == NULL) {
        return false;
    }
    if (length > 0 && top[length - 1] == '\n') { // a path may end in any byte
        top[length - 1] = '\0';
    }
    git->top = files_real(NULL, top);
    if (git->top == NULL || git->working == NULL) {
        fail(git, g_strdup("the folder of the work tree is gone"));
    }
    return git->top != NULL && git->working != NULL;
}

bool git_begin(Git *git) {
    *git = (Git){.working = files_real(NULL, ".")};
    return find_top(git, NULL); // in the working folder, where GIT_DIR may be relative to
}

bool git_begin_in(Git *git, const char *folder) {
    *git = (Git){.working = files_real(NULL, folder), .environment = g_get_environ()};
    for (size_t i = 0; i < G_N_ELEMENTS(elsewhere); i++) {
        git->environment = g_environ_unsetenv(git->environment, elsewhere[i]);
    }
    return find_top(git, folder);
}

void git_clear(Git *git) {
    g_free(git->top);
    g_free(git->working);
    g_free(git->failure);
    g_free(git->said);
    g_strfreev(git->environment);
}

ExitCode git_report(const Git *git, const Report *report) {
    Compilation *failure = failure_begin();
    Diagnostic *diagnostic =
        diagnostic_add(failure->diagnostics, git->missing ? DIAG_GIT_MISSING : DIAG_GIT_FAILED,
                       NO_SPAN, git->failure, NULL);
    diagnostic_help(failure->diagnostics, diagnostic, "%s",
                    git->missing ? "install git, so that `git` is found in PATH"
                                 : "run it in a git repository with a work tree; elsewhere "
                                   "`depotc check` checks files and folders");
    return failure_end(failure, report, EXIT_FILES);
}

const char *git_inside(const Git *git, const char *path) {
    const size_t length = strcmp(git->top, "/") == 0 ? 0 : strlen(git->top);
    if (strncmp(path, git->top, length) != 0 || (path[length] != '/' && path[length] != '\0')) {
        return NULL;
    }
    return path + length + (path[length] == '/');
}
