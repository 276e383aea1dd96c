/// A file system in memory, for targets: what is fuzzed never reads the disk.
#ifndef DEPOT_FUZZ_FILES_H
#define DEPOT_FUZZ_FILES_H

#include "files.h"

#include <glib.h>
#include <stdint.h>

/// Files by their paths: a GHashTable of char * → GBytes.
typedef struct MemoryFiles {
    GHashTable *texts;
    FileSystem system; ///< answers from `texts`
} MemoryFiles;

/// Divides bytes into files: a line `//// PATH` begins the file PATH, and what stands before the
/// first of them is `first`. Paths are taken as they are. Free with `memory_files_free`.
MemoryFiles *memory_files_new(const uint8_t *data, size_t size, const char *first);
void memory_files_free(MemoryFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MemoryFiles, memory_files_free)

#endif
