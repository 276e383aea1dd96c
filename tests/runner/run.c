#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int run_command(const char *folder, char **command, GString *output) {
    g_autofree char *out = NULL;
    g_autofree char *err = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    if (!g_spawn_sync(folder, command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN,
                      NULL, NULL, &out, &err, &status, &error)) {
        fprintf(stderr, "%s: %s\n", command[0], error->message);
        exit(3);
    }
    if (output != NULL) {
        g_string_append(output, out);
        g_string_append(output, err);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
