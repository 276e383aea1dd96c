/// Running git.
#include "git.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

/// Runs a command in `folder` (NULL: the working folder).
static char *run(Git *git, const char *folder, char **command, size_t *length) {
    g_autoptr(GError) error = NULL;
    GPid child = 0;
    int pipes[2] = {-1, -1};
    if (!g_spawn_async_with_pipes(folder, command, NULL,
                                  G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                  &child, NULL, &pipes[0], &pipes[1], &error)) {
        git->missing = true;
        fail(git, g_utf8_make_valid(error->message, -1));
        return NULL;
    }
    GString *out = g_string_sized_new(4096);
    g_autoptr(GString) said = g_string_new(NULL);
    drain(pipes, (GString *[2]){out, said});
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        g_string_free(out, TRUE);
        fail(git, cause_of(said->str));
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
    return run(git, git->top, (char **)command->pdata, length);
}

GPtrArray *git_list(Git *git, const char *argument, ...) {
    va_list rest;
    va_start(rest, argument);
    g_autoptr(GPtrArray) command = command_of(argument, rest);
    va_end(rest);
    size_t length = 0;
    g_autofree char *text = run(git, git->top, (char **)command->pdata, &length);
    if (text == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (const char *at = text; at < text + length; at += strlen(at) + 1) {
        g_ptr_array_add(list, g_strdup(at));
    }
    return list;
}

bool git_begin(Git *git) {
    *git = (Git){.working = files_real(NULL, ".")};
    size_t length = 0;
    // In the working folder, where GIT_DIR may be relative to; a path may end in any byte.
    g_autofree char *top = git_run(git, &length, "rev-parse", "--show-toplevel", NULL);
    if (top == NULL) {
        return false;
    }
    if (length > 0 && top[length - 1] == '\n') {
        top[length - 1] = '\0';
    }
    git->top = files_real(NULL, top);
    if (git->top == NULL || git->working == NULL) {
        fail(git, g_strdup("the folder of the work tree is gone"));
    }
    return git->top != NULL && git->working != NULL;
}

void git_clear(Git *git) {
    g_free(git->top);
    g_free(git->working);
    g_free(git->failure);
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
