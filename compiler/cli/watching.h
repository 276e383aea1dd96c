/// `--watch`: which places of the disk a run depended on, and when something changes there.
#ifndef DEPOT_WATCHING_H
#define DEPOT_WATCHING_H

#include "recording.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

typedef struct WatchSet WatchSet;

/// A set without places. Free it with `watch_set_free`.
WatchSet *watch_set_new(void);
void watch_set_free(WatchSet *set);

/// Adds a path that a run asked about, and how (RecordedUse flags). From the working folder or
/// absolute; it need not exist.
void watch_set_add(WatchSet *set, const char *path, unsigned uses);
/// How many of the paths were read.
size_t watch_set_count(const WatchSet *set);

/// Begins to notice changes. False: the system cannot tell of them, for the reason `*cause`
/// (errno); `watch_set_wait` then looks by itself every now and then.
bool watch_set_arm(WatchSet *set, int *cause);
/// Whether something that was read has been changed since `start` (CLOCK_REALTIME_COARSE): before
/// the set was armed, perhaps. Its path, or NULL.
const char *watch_set_changed_since(const WatchSet *set, struct timespec start);
/// Waits until something changes and then stays as it is for a moment, or until `signals` (a file
/// descriptor) can be read: then NULL is returned. Else the path of what changed first, which the
/// set owns.
const char *watch_set_wait(WatchSet *set, int signals);

#endif
