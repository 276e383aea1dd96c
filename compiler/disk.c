/// The file system that compilations see unless they are given another: the disk.
#include "files.h"

#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// Reads all of an open file; the two NULs that the lexer wants are part of the buffer.
static ReadStatus read_descriptor(int file, size_t size, char **text, size_t *length) {
    char *buffer = g_malloc(size + 3);
    size_t used = 0;
    for (;;) {
        ssize_t got = read(file, buffer + used, size + 1 - used);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            g_free(buffer);
            return READ_FAILED;
        }
        if (got == 0) {
            break;
        }
        used += (size_t)got;
        if (used > size) { /* it grew while it was read */
            size = size * 2 + 4096;
            buffer = g_realloc(buffer, size + 3);
        }
    }
    buffer[used] = buffer[used + 1] = 0;
    *text = buffer;
    *length = used;
    return READ_OK;
}

static ReadStatus status_of_errno(const char **message) {
    *message = g_strerror(errno);
    if (errno == ENOENT || errno == ENOTDIR) {
        return READ_MISSING;
    }
    return errno == EACCES || errno == EPERM ? READ_DENIED : READ_FAILED;
}

static ReadStatus disk_read(const char *path, char **text, size_t *length, const char **message,
                            void *data) {
    (void)data;
    /* O_NONBLOCK: opening a FIFO must not wait for its writer. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return status_of_errno(message);
    }
    struct stat facts;
    ReadStatus status = READ_OK;
    if (fstat(file, &facts) < 0) {
        status = status_of_errno(message);
    } else if (!S_ISREG(facts.st_mode)) {
        *message = S_ISDIR(facts.st_mode) ? "a folder" : "a device, pipe or socket";
        status = READ_NOT_REGULAR;
    } else if ((uint64_t)facts.st_size > SOURCE_MAX_BYTES) {
        status = READ_TOO_LARGE;
    } else {
        status = read_descriptor(file, (size_t)facts.st_size, text, length);
        if (status != READ_OK) {
            *message = g_strerror(errno);
        }
    }
    close(file);
    return status;
}

static FileKind disk_kind(const char *path, void *data) {
    (void)data;
    struct stat facts;
    if (stat(path, &facts) != 0) {
        return FILE_NONE;
    }
    return S_ISREG(facts.st_mode) ? FILE_PLAIN : S_ISDIR(facts.st_mode) ? FILE_FOLDER : FILE_OTHER;
}

static bool disk_is_link(const char *path, void *data) {
    (void)data;
    return g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static char *disk_real(const char *path, void *data) {
    (void)data;
    char *real = realpath(path, NULL);
    char *copy = g_strdup(real);
    free(real); // not g_free: it is the C library's
    return copy;
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static GPtrArray *disk_list(const char *folder, int *cause, void *data) {
    (void)data;
    errno = 0;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    if (!directory) {
        *cause = errno;
        return NULL;
    }
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(directory); name; name = g_dir_read_name(directory)) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, by_text);
    return names;
}

const FileSystem *files_disk(void) {
    static const FileSystem disk = {disk_read, disk_kind, disk_is_link, disk_real, disk_list, NULL};
    return &disk;
}

FileKind files_kind(const FileSystem *files, const char *path) {
    return files ? files->kind(path, files->data) : disk_kind(path, NULL);
}

bool files_is_link(const FileSystem *files, const char *path) {
    return files ? files->is_link(path, files->data) : disk_is_link(path, NULL);
}

char *files_real(const FileSystem *files, const char *path) {
    return files ? files->real(path, files->data) : disk_real(path, NULL);
}

GPtrArray *files_list(const FileSystem *files, const char *folder, int *cause) {
    return files ? files->list(folder, cause, files->data) : disk_list(folder, cause, NULL);
}

ReadStatus files_read(const FileSystem *files, const char *path, char **text, size_t *length,
                      const char **message) {
    return files ? files->read(path, text, length, message, files->data)
                 : disk_read(path, text, length, message, NULL);
}
