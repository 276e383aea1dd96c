/// Runs a command once and prints what it cost: wall clock, own time on the processor and the
/// system's for it, all in microseconds; largest memory in KiB; exit code.
///
///     clock COMMAND [ARGUMENT...]
///
/// A shell or Node would add milliseconds of their own to what takes one or two. What the command
/// prints goes to /dev/null, as a file would cost more or less depending on where it lies.
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long long)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static long long microseconds(struct timeval time) {
    return (long long)time.tv_sec * 1000000 + time.tv_usec;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: clock COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    long long start = now();
    pid_t child = 0;
    int error = posix_spawnp(&child, argv[1], &actions, NULL, argv + 1, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        fprintf(stderr, "clock: %s: %s\n", argv[1], strerror(error));
        return 3;
    }
    int status = 0;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            perror("clock");
            return 3;
        }
    }
    long long wall = now() - start;
    printf("%lld %lld %lld %ld %d\n", wall, microseconds(usage.ru_utime),
           microseconds(usage.ru_stime), usage.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
