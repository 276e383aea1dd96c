/// Files below the output folder, reached one path component at a time without following symbolic
/// links, so that nothing outside of it is touched.
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int folder_open_parent(int root, const char *path, bool make, size_t *reached) {
    int folder = dup(root);
    const char *start = path;
    for (const char *slash = strchr(start, '/'); slash != NULL && folder >= 0;
         start = slash + 1, slash = strchr(start, '/')) {
        g_autofree char *name = g_strndup(start, (gsize)(slash - start));
        *reached = (size_t)(slash - path);
        if (make && mkdirat(folder, name, 0777) != 0 && errno != EEXIST) {
            const int cause = errno;
            close(folder);
            errno = cause;
            return -1;
        }
        const int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        const int cause = errno;
        close(folder);
        errno = cause;
        folder = inner;
    }
    return folder;
}

const char *folder_last_component(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

char *folder_read(int folder, const char *name, size_t *length) {
    const int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    if (file < 0) {
        return NULL;
    }
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(file);
        errno = EINVAL;
        return NULL;
    }
    const size_t size = (size_t)status.st_size;
    char *text = g_malloc(size + 1);
    size_t done = 0;
    while (done < size) {
        const ssize_t got = read(file, text + done, size - done);
        if (got <= 0) {
            break; // shorter than it was: whoever wrote it meanwhile is not us
        }
        done += (size_t)got;
    }
    close(file);
    text[done] = '\0';
    *length = done;
    return text;
}

static bool write_all(int file, const char *text, size_t length) {
    while (length > 0) {
        const ssize_t written = write(file, text, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            text += written;
            length -= (size_t)written;
        }
    }
    return true;
}

static char *temporary_name(const char *name) {
    return g_strconcat(".", name, ".depotc-new", NULL);
}

bool folder_write_temporary(int folder, const char *name, const char *text, size_t length) {
    g_autofree char *temporary = temporary_name(name);
    unlinkat(folder, temporary, 0);
    const int file =
        openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0) {
        return false;
    }
    bool ok = write_all(file, text, length);
    int cause = errno;
    if (close(file) != 0 && ok) {
        ok = false;
        cause = errno;
    }
    errno = cause;
    return ok;
}

bool folder_rename_temporary(int folder, const char *name) {
    g_autofree char *temporary = temporary_name(name);
    return renameat(folder, temporary, folder, name) == 0;
}

bool folder_place_temporary(int folder, const char *name) {
    g_autofree char *temporary = temporary_name(name);
    if (linkat(folder, temporary, folder, name, 0) == 0) {
        return unlinkat(folder, temporary, 0) == 0;
    }
    struct stat status;
    if (errno == EEXIST || fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    // Not every file system has links.
    return renameat(folder, temporary, folder, name) == 0;
}

bool folder_temporary_executable(int folder, const char *name) {
    g_autofree char *temporary = temporary_name(name);
    struct stat status;
    return fstatat(folder, temporary, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           fchmodat(folder, temporary, status.st_mode | (status.st_mode & 0444) >> 2, 0) == 0;
}

void folder_remove_temporary(int folder, const char *name) {
    g_autofree char *temporary = temporary_name(name);
    unlinkat(folder, temporary, 0);
}
