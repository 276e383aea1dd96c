/// A library to be loaded before all others (LD_PRELOAD), which makes one call of the system fail:
/// the FAULT_AT-th of the function FAULT_CALL, from 1, with the error number FAULT_ERRNO; with
/// FAULT_ON also every later one. With FAULT_KILL the process is killed there instead, a write
/// being half done. What failed is written into the file FAULT_MARK.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *wanted;
static long countdown;
static int fault;
static bool lasting;
static bool killing;

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("FAULT_AT");
    const char *number = getenv("FAULT_ERRNO");
    wanted = getenv("FAULT_CALL");
    countdown = at != NULL ? strtol(at, NULL, 10) : 0;
    fault = number != NULL ? (int)strtol(number, NULL, 10) : EIO;
    lasting = getenv("FAULT_ON") != NULL;
    killing = getenv("FAULT_KILL") != NULL;
}

/// Leaves word that a call has failed, without the functions that are replaced here.
static void mark(const char *call) {
    const char *path = getenv("FAULT_MARK");
    const int file =
        path != NULL ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0666)
                     : -1;
    if (file >= 0) {
        syscall(SYS_write, file, call, strlen(call));
        syscall(SYS_write, file, "\n", 1);
        syscall(SYS_close, file);
    }
}

/// Whether this call is to fail; errno says why.
static bool fails(const char *call) {
    if (wanted == NULL || countdown < 1 || strcmp(call, wanted) != 0 || --countdown > 0) {
        return false;
    }
    countdown = lasting ? 1 : 0;
    mark(call);
    if (killing && strcmp(call, "write") != 0) {
        raise(SIGKILL);
    }
    errno = fault;
    return true;
}

/// Standard streams are for the tests of closed pipes; here only files fail.
static bool file_fails(const char *call, int file) {
    return file > STDERR_FILENO && fails(call);
}

#define NEXT(name) __extension__((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

// The names of the system's own declarations are reserved.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
static mode_t mode_of(int flags, va_list arguments) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...) {                                                   \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        const mode_t mode = mode_of(flags, arguments);                                             \
        va_end(arguments);                                                                         \
        return fails("open") ? -1 : NEXT(name)(path, flags, mode);                                 \
    }
#define OPEN_AT(name)                                                                              \
    int name(int folder, const char *path, int flags, ...) {                                       \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        const mode_t mode = mode_of(flags, arguments);                                             \
        va_end(arguments);                                                                         \
        return fails("open") ? -1 : NEXT(name)(folder, path, flags, mode);                         \
    }
OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)

ssize_t read(int file, void *bytes, size_t count) {
    return file_fails("read", file) ? -1 : NEXT(read)(file, bytes, count);
}
ssize_t write(int file, const void *bytes, size_t count) {
    if (!file_fails("write", file)) {
        return NEXT(write)(file, bytes, count);
    }
    if (killing && NEXT(write)(file, bytes, count / 2) >= 0) {
        raise(SIGKILL);
    }
    return -1;
}
int close(int file) {
    if (file_fails("close", file)) {
        NEXT(close)(file);
        errno = fault;
        return -1;
    }
    return NEXT(close)(file);
}
int rename(const char *from, const char *to) {
    return fails("rename") ? -1 : NEXT(rename)(from, to);
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    return fails("rename") ? -1 : NEXT(renameat)(from_folder, from, to_folder, to);
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    return fails("rename") ? -1 : NEXT(renameat2)(from_folder, from, to_folder, to, flags);
}
int unlink(const char *path) {
    return fails("unlink") ? -1 : NEXT(unlink)(path);
}
int unlinkat(int folder, const char *path, int flags) {
    return fails("unlink") ? -1 : NEXT(unlinkat)(folder, path, flags);
}
int mkdir(const char *path, mode_t mode) {
    return fails("mkdir") ? -1 : NEXT(mkdir)(path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
    return fails("mkdir") ? -1 : NEXT(mkdirat)(folder, path, mode);
}
int fsync(int file) {
    return fails("fsync") ? -1 : NEXT(fsync)(file);
}
int flock(int file, int operation) {
    return fails("flock") ? -1 : NEXT(flock)(file, operation);
}
int fchmod(int file, mode_t mode) {
    return fails("fchmod") ? -1 : NEXT(fchmod)(file, mode);
}
DIR *opendir(const char *path) {
    return fails("opendir") ? NULL : NEXT(opendir)(path);
}
DIR *fdopendir(int file) {
    return fails("opendir") ? NULL : NEXT(fdopendir)(file);
}
char *realpath(const char *path, char *result) {
    return fails("realpath") ? NULL : NEXT(realpath)(path, result);
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
