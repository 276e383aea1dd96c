#include "watching.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    QUIET = 4,     ///< milliseconds without a further change, before one is reported
    LONGEST = 60,  ///< milliseconds that a change waits for others at most
    INTERVAL = 200 ///< milliseconds between two looks, where the system does not tell
};

/// A folder, and what in it matters.
typedef struct Folder {
    char *path;
    GHashTable *names; ///< of entries that were asked for
    bool listed;       ///< which programs and schemas there are matters
} Folder;

struct WatchSet {
    GHashTable *uses;    ///< absolute path → RecordedUse flags
    GHashTable *folders; ///< path → Folder, once armed
    GHashTable *watches; ///< inotify's number → Folder
    GHashTable *states;  ///< absolute path → its state as text, where inotify does not work
    char *changed;
    size_t read;
    int inotify;
};

static void folder_free(void *data) {
    Folder *folder = data;
    g_hash_table_destroy(folder->names);
    g_free(folder->path);
    g_free(folder);
}

WatchSet *watch_set_new(void) {
    WatchSet *set = g_new0(WatchSet, 1);
    set->uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    set->folders = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, folder_free);
    set->watches = g_hash_table_new(NULL, NULL);
    set->states = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    set->inotify = -1;
    return set;
}

void watch_set_free(WatchSet *set) {
    if (set->inotify >= 0) {
        close(set->inotify);
    }
    g_hash_table_destroy(set->states);
    g_hash_table_destroy(set->watches);
    g_hash_table_destroy(set->folders);
    g_hash_table_destroy(set->uses);
    g_free(set->changed);
    g_free(set);
}

static void add_absolute(WatchSet *set, char *path, unsigned uses) {
    const unsigned known = GPOINTER_TO_UINT(g_hash_table_lookup(set->uses, path));
    g_hash_table_replace(set->uses, path, GUINT_TO_POINTER(known | uses));
}

void watch_set_add(WatchSet *set, const char *path, unsigned uses) {
    char *absolute = g_canonicalize_filename(path, NULL);
    char *real = realpath(absolute, NULL);
    if (real != NULL && strcmp(real, absolute) != 0) { // both the link and what it leads to
        add_absolute(set, g_strdup(real), uses);
    }
    free(real); // not g_free: it is the C library's
    add_absolute(set, absolute, uses);
    set->read += (uses & RECORDED_READ) != 0;
}

size_t watch_set_count(const WatchSet *set) {
    return set->read;
}

// Folders

static Folder *folder_at(WatchSet *set, const char *path) {
    Folder *folder = g_hash_table_lookup(set->folders, path);
    if (folder == NULL) {
        folder = g_new0(Folder, 1);
        folder->path = g_strdup(path);
        folder->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_insert(set->folders, folder->path, folder);
    }
    return folder;
}

/// An entry matters in the folder that it is in; where that does not exist, the next of the way in
/// the nearest folder that does.
static void add_entry(WatchSet *set, const char *path) {
    g_autofree char *at = g_strdup(path);
    for (;;) {
        g_autofree char *parent = g_path_get_dirname(at);
        if (strcmp(parent, at) == 0) {
            return; // the root
        }
        char *name = g_path_get_basename(at);
        if (g_file_test(parent, G_FILE_TEST_IS_DIR)) {
            g_hash_table_add(folder_at(set, parent)->names, name);
            return;
        }
        g_free(name);
        g_free(at);
        at = g_steal_pointer(&parent);
    }
}

static void add_folders(WatchSet *set) {
    GHashTableIter iter;
    gpointer path = NULL;
    gpointer uses = NULL;
    g_hash_table_iter_init(&iter, set->uses);
    while (g_hash_table_iter_next(&iter, &path, &uses)) {
        add_entry(set, path);
        if ((GPOINTER_TO_UINT(uses) & RECORDED_LISTED) != 0 &&
            g_file_test(path, G_FILE_TEST_IS_DIR)) {
            folder_at(set, path)->listed = true;
        }
    }
}

// Where the system does not tell

/// What can be seen of a path without reading it.
static char *state_of(const char *path) {
    struct stat facts;
    if (stat(path, &facts) != 0) {
        return g_strdup("");
    }
    return g_strdup_printf("%lld.%ld %lld %llu", (long long)facts.st_mtim.tv_sec,
                           facts.st_mtim.tv_nsec, (long long)facts.st_size,
                           (unsigned long long)facts.st_ino);
}

static void keep_states(WatchSet *set) {
    GHashTableIter iter;
    gpointer path = NULL;
    g_hash_table_iter_init(&iter, set->uses);
    while (g_hash_table_iter_next(&iter, &path, NULL)) {
        g_hash_table_replace(set->states, path, state_of(path));
    }
}

static const char *find_change(WatchSet *set) {
    GHashTableIter iter;
    gpointer path = NULL;
    gpointer state = NULL;
    g_hash_table_iter_init(&iter, set->states);
    while (g_hash_table_iter_next(&iter, &path, &state)) {
        g_autofree char *now = state_of(path);
        if (strcmp(now, state) != 0) {
            return path;
        }
    }
    return NULL;
}

// inotify

bool watch_set_arm(WatchSet *set, int *cause) {
    static const uint32_t changes = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE |
                                    IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF |
                                    IN_ONLYDIR;
    add_folders(set);
    set->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    *cause = errno;
    GHashTableIter iter;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, set->folders);
    while (set->inotify >= 0 && g_hash_table_iter_next(&iter, NULL, &value)) {
        const Folder *folder = value;
        const int watch = inotify_add_watch(set->inotify, folder->path, changes);
        if (watch >= 0) {
            g_hash_table_insert(set->watches, GINT_TO_POINTER(watch), value);
        } else if (errno == ENOSPC || errno == ENOMEM) { // else nothing can change there for us
            *cause = errno;
            close(set->inotify);
            set->inotify = -1;
        }
    }
    if (set->inotify < 0) {
        keep_states(set);
    }
    return set->inotify >= 0;
}

const char *watch_set_changed_since(const WatchSet *set, struct timespec start) {
    GHashTableIter iter;
    gpointer path = NULL;
    gpointer uses = NULL;
    g_hash_table_iter_init(&iter, set->uses);
    while (g_hash_table_iter_next(&iter, &path, &uses)) {
        struct stat facts;
        const bool read = (GPOINTER_TO_UINT(uses) & RECORDED_READ) != 0;
        if (read && stat(path, &facts) == 0 &&
            (facts.st_ctim.tv_sec > start.tv_sec ||
             (facts.st_ctim.tv_sec == start.tv_sec && facts.st_ctim.tv_nsec > start.tv_nsec))) {
            return path;
        }
    }
    return NULL;
}

/// Whether a new or vanished entry of a listed folder may be one that a run takes.
static bool is_source(const char *name, uint32_t mask) {
    return name[0] != '.' && ((mask & IN_ISDIR) != 0 || g_str_has_suffix(name, ".depot") ||
                              g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml"));
}

/// Whether an event is about something that matters; keeps what it is.
static bool take_event(WatchSet *set, const struct inotify_event *event) {
    const Folder *folder = g_hash_table_lookup(set->watches, GINT_TO_POINTER(event->wd));
    const char *name = event->len > 0 ? event->name : "";
    const bool whole = (event->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF)) != 0;
    const bool entries = (event->mask & (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)) != 0;
    if (!whole && (folder == NULL || *name == '\0')) {
        return false;
    }
    if (!whole && !g_hash_table_contains(folder->names, name) &&
        !(folder->listed && entries && is_source(name, event->mask))) {
        return false;
    }
    if (set->changed == NULL) {
        set->changed = folder != NULL && *name != '\0'
                           ? g_build_filename(folder->path, name, NULL)
                           : g_strdup(folder != NULL ? folder->path : ".");
    }
    return true;
}

/// Reads all events there are. True: one of them matters.
static bool take_events(WatchSet *set) {
    _Alignas(struct inotify_event) char buffer[16384];
    bool matters = false;
    for (;;) {
        const ssize_t size = read(set->inotify, buffer, sizeof buffer);
        if (size <= 0) {
            return matters;
        }
        for (const char *at = buffer; at < buffer + size;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)at;
            matters |= take_event(set, event);
            at += sizeof *event + event->len;
        }
    }
}

/// Waits until changes stop, or it has been long enough.
static void settle(WatchSet *set) {
    const gint64 end = g_get_monotonic_time() + LONGEST * G_TIME_SPAN_MILLISECOND;
    struct pollfd more = {.fd = set->inotify, .events = POLLIN};
    while (g_get_monotonic_time() < end && poll(&more, 1, QUIET) > 0) {
        take_events(set);
    }
}

const char *watch_set_wait(WatchSet *set, int signals) {
    struct pollfd places[] = {{.fd = signals, .events = POLLIN},
                              {.fd = set->inotify, .events = POLLIN}};
    g_clear_pointer(&set->changed, g_free);
    for (;;) {
        const int ready = poll(places, 2, set->inotify >= 0 ? -1 : INTERVAL);
        if (ready < 0 && errno != EINTR) {
            return NULL;
        }
        if (places[0].revents != 0) {
            return NULL;
        }
        if (set->inotify < 0) {
            const char *changed = find_change(set);
            if (changed != NULL) {
                return changed;
            }
        } else if (places[1].revents != 0 && take_events(set)) {
            settle(set);
            return set->changed;
        }
    }
}
