/// Paths as programs write them.
#ifndef DEPOT_PATH_H
#define DEPOT_PATH_H

#include "files.h"

/// The path `written`, seen from `folder`, as messages show it: without `.`, doubled slashes and a
/// slash at the end, and without `name/..` unless `name` is a symbolic link, which leads elsewhere.
/// An absolute path stays where it is. `files` (NULL: the disk) knows the links. The caller
/// frees it with g_free.
char *path_from_folder(const FileSystem *files, const char *folder, const char *written);

/// `written`, seen from the folder that the file at `file` lies in.
char *path_beside(const FileSystem *files, const char *file, const char *written);

/// `path`, absolute and real, as people in the folder `working`, likewise, know it: relative,
/// unless the two have nothing in common. The caller frees it with g_free.
char *path_from_working(const char *path, const char *working);

#endif
