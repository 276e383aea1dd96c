/// Library files of chapters: so many declarations that a program reads only those that it uses.
///
/// A chapter is a file of its own, with its own scope, behind a line `// chapter: NAME`. NAME is
/// that of the declaration for whose sake it is read, as in the index of the library: `construct
/// KIND.TYPE`.
#ifndef DEPOT_CHAPTERS_H
#define DEPOT_CHAPTERS_H

#include "diagnostic.h"

typedef struct Chapter {
    const char *path; ///< of the file that it is in: "stdlib/…/….depot"
    const char *name; ///< not NUL-terminated
    size_t name_length;
    const char *text; ///< not NUL-terminated
    size_t length;
} Chapter;

/// Whether there is a chapter called `name`; then it is put into `chapter`.
bool chapter_find(const char *name, Chapter *chapter);
/// How many chapters have a name that begins with `prefix`.
size_t chapters_count(const char *prefix);
/// Whether there is one.
bool chapters_any(const char *prefix);
/// Offers the names of all that begin with `prefix` to `similar`, without the prefix.
void chapters_offer(Arena *arena, const char *prefix, Similar *similar);
/// The names of all that begin with `prefix`, without it, sorted; NULL at the end. In `arena`.
const char **chapters_names(Arena *arena, const char *prefix);

/// The text of the file `text` from `offset` (behind `// chapter: `) taken apart. `length` and what
/// follows the last chapter are the file's; for whoever makes the index.
Chapter chapter_at(const char *path, const char *text, size_t offset, size_t end);

#endif
