/// What a compilation sees of the world: files, folders and symbolic links. Everything that
/// libdepot reads goes through here, so that others than the disk may answer: git's index, for
/// example.
#ifndef DEPOT_FILES_H
#define DEPOT_FILES_H

#include <stdbool.h>
#include <stddef.h>

/// Why a file could not be read.
typedef enum ReadStatus {
    READ_OK,
    READ_MISSING,
    READ_DENIED,
    READ_NOT_REGULAR, ///< a folder, a device, …
    READ_TOO_LARGE,   ///< over SOURCE_MAX_BYTES
    READ_FAILED       ///< anything else; `message` says what
} ReadStatus;

/// Reads the file at `path`. On READ_OK `*text` is malloc'ed (g_malloc) with two NUL bytes behind
/// `*length` bytes. `*message` may be set to a static or g_malloc'ed explanation (never freed).
typedef ReadStatus (*FileReader)(const char *path, char **text, size_t *length,
                                 const char **message, void *data);

/// What stands at a path, behind all symbolic links.
typedef enum FileKind {
    FILE_NONE,
    FILE_PLAIN,
    FILE_FOLDER,
    FILE_OTHER ///< a device, pipe or socket
} FileKind;

/// Paths are absolute or from the working folder. `data` is handed to each function.
typedef struct FileSystem {
    FileReader read;
    FileKind (*kind)(const char *path, void *data);
    /// Whether a symbolic link stands at `path`, wherever it leads.
    bool (*is_link)(const char *path, void *data);
    /// The absolute path behind all symbolic links, to be freed with g_free; NULL if nothing stands
    /// there.
    char *(*real)(const char *path, void *data);
    /// The names in a folder, without `.` and `..`, sorted by their bytes; the array frees them.
    /// NULL if it cannot be read, with an errno in `*cause`.
    struct _GPtrArray *(*list)(const char *folder, int *cause, void *data);
    void *data;
} FileSystem;

/// The disk; the answer of the functions below for a NULL.
const FileSystem *files_disk(void);

/// These ask `files`, or the disk if it is NULL.
FileKind files_kind(const FileSystem *files, const char *path);
bool files_is_link(const FileSystem *files, const char *path);
char *files_real(const FileSystem *files, const char *path);
struct _GPtrArray *files_list(const FileSystem *files, const char *folder, int *cause);
ReadStatus files_read(const FileSystem *files, const char *path, char **text, size_t *length,
                      const char **message);

#endif
