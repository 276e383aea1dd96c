/// What the system says of files, to find out whether they are as they were without reading them.
#include "build_record.h"

#include <string.h>
#include <sys/stat.h>

Stamp stamp_of(const char *path, StampKind kind) {
    Stamp stamp;
    memset(&stamp, 0, sizeof stamp); // holes too
    stamp.kind = kind;
    struct stat status;
    if (lstat(path, &status) != 0) {
        return stamp;
    }
    stamp.link = S_ISLNK(status.st_mode) ? (uint64_t)status.st_ino : 0;
    if (stamp.link != 0 && kind != STAMP_OUTPUT && stat(path, &status) != 0) {
        return stamp;
    }
    stamp.device = (uint64_t)status.st_dev;
    stamp.inode = (uint64_t)status.st_ino;
    stamp.type = (uint32_t)(status.st_mode & S_IFMT);
    if (kind != STAMP_IDENTITY) {
        stamp.size = (uint64_t)status.st_size;
        stamp.modified = status.st_mtim;
        stamp.changed = status.st_ctim;
    }
    return stamp;
}

bool stamp_equals(const Stamp *left, const Stamp *right) {
    return memcmp(left, right, sizeof *left) == 0;
}

bool stamp_is_recent(const Stamp *stamp) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now); // the clock of file systems
    return stamp->changed.tv_sec > now.tv_sec ||
           (stamp->changed.tv_sec == now.tv_sec && stamp->changed.tv_nsec >= now.tv_nsec);
}

bool stamp_join(Stamp *into, const Stamp *stamp) {
    if (into->kind == stamp->kind) {
        return stamp_equals(into, stamp);
    }
    const bool same = into->device == stamp->device && into->inode == stamp->inode &&
                      into->link == stamp->link && into->type == stamp->type;
    if (into->kind < stamp->kind) {
        *into = *stamp;
    }
    return same;
}
