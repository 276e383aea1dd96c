/// Files of reports. A report is written beside its place and renamed over it, so that what stands
/// there is a whole report, whatever happens. What is no regular file (a pipe, a device) is written
/// to as it is.
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool report_write(int file, const char *text, size_t length) {
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

static bool fail(ReportFile *file, int cause) {
    file->cause = cause;
    return false;
}

/// Opens what is no regular file.
static bool open_directly(ReportFile *file, const char *path) {
    file->direct = true;
    file->file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return file->file >= 0 || fail(file, errno);
}

/// Opens a temporary file beside `file->path`, with the permissions of the file there (`old`), if
/// there is one.
static bool open_beside(ReportFile *file, const struct stat *old) {
    if (old != NULL && faccessat(AT_FDCWD, file->path, W_OK, AT_EACCESS) != 0) {
        return fail(file, errno);
    }
    g_autofree char *folder = g_path_get_dirname(file->path);
    file->temporary = g_build_filename(folder, ".depotc-XXXXXX", NULL);
    // 0666 less the mask of the process, as for any new file.
    file->file = g_mkstemp_full(file->temporary, O_WRONLY | O_CLOEXEC, 0666);
    if (file->file < 0) {
        const int cause = errno;
        g_clear_pointer(&file->temporary, g_free);
        return fail(file, cause);
    }
    return old == NULL || fchmod(file->file, old->st_mode & 07777) == 0 || fail(file, errno);
}

bool report_file_open(ReportFile *file, const char *path) {
    *file = (ReportFile){.file = -1};
    struct stat status;
    const bool present = stat(path, &status) == 0;
    if (present && S_ISDIR(status.st_mode)) {
        return fail(file, EISDIR);
    }
    // What /dev/stdout stands for is a file that the shell has opened.
    if ((present && !S_ISREG(status.st_mode)) || g_str_has_prefix(path, "/dev/")) {
        return open_directly(file, path);
    }
    char *real = present ? realpath(path, NULL) : NULL; // a symbolic link stays
    file->path = g_strdup(real != NULL ? real : path);
    free(real); // not g_free: it is the C library's
    return open_beside(file, present ? &status : NULL);
}

void report_file_write(ReportFile *file, const char *text, size_t length) {
    if (file->cause == 0 && !report_write(file->file, text, length)) {
        fail(file, errno);
    }
}

bool report_file_close(ReportFile *file) {
    if (file->file >= 0 && close(file->file) != 0 && file->cause == 0) {
        fail(file, errno);
    }
    if (file->cause == 0 && file->temporary != NULL && g_rename(file->temporary, file->path) != 0) {
        fail(file, errno);
    }
    if (file->cause != 0 && file->temporary != NULL) {
        g_unlink(file->temporary);
    }
    g_free(file->temporary);
    g_free(file->path);
    return file->cause == 0;
}
