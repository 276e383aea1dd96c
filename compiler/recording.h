/// A file system that remembers what was asked of it: what the result of a compilation depends on.
#ifndef DEPOT_RECORDING_H
#define DEPOT_RECORDING_H

#include "files.h"

/// What was asked about a path; flags.
typedef enum RecordedUse {
    RECORDED_LOOKED = 1, ///< whether something stands there, or what is behind it
    RECORDED_READ = 2,   ///< its text, and it was there
    RECORDED_LISTED = 4  ///< the names in the folder
} RecordedUse;

typedef struct Recording {
    FileSystem system;        ///< to be given to compilations: `&recording->system`
    const FileSystem *inner;  ///< what answers; NULL: the disk
    struct _GHashTable *uses; ///< path → RecordedUse flags
    /// Is told of each use before `inner` is asked, RECORDED_READ also of what then is not there;
    /// may be set after `recording_begin`.
    void (*before)(const char *path, RecordedUse use, void *data);
    void *before_data;
} Recording;

/// Begins a recording of `inner` (NULL: the disk), which must outlive it. It must not be moved.
/// Several threads must not share it.
void recording_begin(Recording *recording, const FileSystem *inner);
void recording_clear(Recording *recording);

/// Adds a use that was not asked for through it.
void recording_add(Recording *recording, const char *path, RecordedUse use);

/// The paths, as they were asked for, whose flags have one of `uses`, sorted by their bytes. The
/// array is the caller's, the strings are the recording's.
struct _GPtrArray *recording_paths(const Recording *recording, unsigned uses);

#endif
