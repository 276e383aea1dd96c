/// What a build depended on and what it left, so that the next one of the same command is over
/// before it begins if nothing of that has changed.
///
/// A record is a file in the user's cache. It names all that was asked of the disk and all that was
/// written, each with what the system says of it: no text is read to find out that all is as it
/// was. Only builds that had nothing to say are recorded, since saying it again takes a build.
#include "cli.h"
#include "sha256.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/// Smaller builds are as fast as a look at their record, and leave none.
enum { FEWEST_FILES = 100 };
/// Older records are removed, in seconds: nobody may need them any more.
enum { OLDEST = 30 * 24 * 60 * 60 };

static const char HEAD[] = "depotc build record 1\n";
static const char TAIL[] = "end\n";

/// How much of what stands at a path matters.
typedef enum StampKind {
    STAMP_IDENTITY, ///< which file or folder it is, if there is one
    STAMP_CONTENTS, ///< and what is in it
    STAMP_OUTPUT    ///< and that it is no symbolic link
} StampKind;

/// What the system says of a path. Fields that do not matter are 0; all are if nothing is there.
typedef struct Stamp {
    uint64_t device;
    uint64_t inode;
    uint64_t link; ///< the inode of a symbolic link that stands at the path, or 0
    uint64_t size;
    struct timespec modified;
    struct timespec changed;
    uint32_t type; ///< S_IFMT
    uint32_t kind; ///< StampKind
} Stamp;

struct BuildRecord {
    char *path; ///< of the record
    char *key;  ///< what tells the command from others
    Recording recording;
    GHashTable *inputs; ///< path → Stamp, as of its first use
    bool unsure;        ///< something changed so lately that its time would not show another change
};

static Stamp stamp_of(const char *path, StampKind kind) {
    Stamp stamp;
    memset(&stamp, 0, sizeof stamp); // holes too: stamps are compared and kept as bytes
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

/// Whether what was changed then could change again and have the same time.
static bool is_recent(const Stamp *stamp) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now); // the clock of file systems
    return stamp->changed.tv_sec > now.tv_sec ||
           (stamp->changed.tv_sec == now.tv_sec && stamp->changed.tv_nsec >= now.tv_nsec);
}

/// Remembers a path before the disk is asked about it: what changes from then on shows.
static void note_use(const char *path, RecordedUse use, void *data) {
    BuildRecord *record = data;
    const StampKind kind = use == RECORDED_LOOKED ? STAMP_IDENTITY : STAMP_CONTENTS;
    Stamp *known = g_hash_table_lookup(record->inputs, path);
    if (known != NULL && known->kind >= (uint32_t)kind) {
        return;
    }
    const Stamp stamp = stamp_of(path, kind);
    record->unsure = record->unsure || is_recent(&stamp);
    g_hash_table_replace(record->inputs, g_strdup(path), g_memdup2(&stamp, sizeof stamp));
}

// Which record it is

/// What has to be the same: this program, the working folder, and the command line. NULL if one of
/// them cannot be known.
static char *key_of(char **words) {
    Stamp program = stamp_of("/proc/self/exe", STAMP_CONTENTS);
    program.link = 0; // it is another link in each process
    g_autofree char *here = g_get_current_dir();
    if (program.type == 0) {
        return NULL;
    }
    g_autoptr(GString) text = g_string_new_len((const char *)&program, sizeof program);
    g_string_append_len(text, here, (gssize)strlen(here) + 1);
    for (; *words != NULL; words++) {
        g_string_append_len(text, *words, (gssize)strlen(*words) + 1);
    }
    return sha256_of(text->str, text->len);
}

/// Whether a build with these options does nothing but write its output and say what is wrong.
static bool is_plain(const Options *options) {
    return !options->no_cache && !options->to_stdout && !options->check_only && !options->commit &&
           !options->force && !options->stats && !options->watch && options->depfile == NULL &&
           options->diagnostics == NULL;
}

BuildRecord *build_record_open(Invocation *invocation) {
    if (!is_plain(&invocation->options) || invocation->recording != NULL) {
        return NULL;
    }
    char *key = key_of(invocation->words);
    if (key == NULL) {
        return NULL;
    }
    BuildRecord *record = g_new0(BuildRecord, 1);
    record->key = key;
    record->path = g_build_filename(g_get_user_cache_dir(), "depotc", "builds", key, NULL);
    record->inputs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    recording_begin(&record->recording, invocation->files);
    record->recording.before = note_use;
    record->recording.before_data = record;
    invocation->files = &record->recording.system;
    return record;
}

void build_record_close(BuildRecord *record, Invocation *invocation) {
    if (record == NULL) {
        return;
    }
    invocation->files = record->recording.inner;
    recording_clear(&record->recording);
    g_hash_table_destroy(record->inputs);
    g_free(record->path);
    g_free(record->key);
    g_free(record);
}

// Looking at it

/// Skips `text`, which stands at `*at`. False if something else does.
static bool skip(const char **at, const char *end, const char *text) {
    const size_t length = strlen(text);
    if ((size_t)(end - *at) < length || memcmp(*at, text, length) != 0) {
        return false;
    }
    *at += length;
    return true;
}

/// Whether all that stands between `at` and `end`, stamps with their paths, still holds.
static bool all_hold(const char *at, const char *end) {
    while (at < end) {
        Stamp then;
        if ((size_t)(end - at) < sizeof then + 1) {
            return false;
        }
        memcpy(&then, at, sizeof then);
        const char *path = at + sizeof then;
        const char *nul = memchr(path, '\0', (size_t)(end - path));
        if (nul == NULL || then.kind > STAMP_OUTPUT) {
            return false;
        }
        const Stamp now = stamp_of(path, (StampKind)then.kind);
        if (memcmp(&then, &now, sizeof now) != 0) {
            return false;
        }
        at = nul + 1;
    }
    return true;
}

bool build_record_holds(const BuildRecord *record) {
    g_autofree char *text = NULL;
    size_t length = 0;
    if (record == NULL || !g_file_get_contents(record->path, &text, &length, NULL)) {
        return false;
    }
    const char *at = text;
    const char *end = text + length;
    const size_t tail = strlen(TAIL);
    if (!skip(&at, end, HEAD) || !skip(&at, end, record->key) || (size_t)(end - at) < tail ||
        memcmp(end - tail, TAIL, tail) != 0) {
        return false;
    }
    return all_hold(at, end - tail);
}

// Writing it

static void append_stamp(GString *out, const char *path, const Stamp *stamp) {
    g_string_append_len(out, (const char *)stamp, sizeof *stamp);
    g_string_append_len(out, path, (gssize)strlen(path) + 1);
}

/// Appends what was written. What is a moment old has to become older first, so that its time
/// shows a change; false if it does not.
static bool append_output(GString *out, const char *folder, const char *name) {
    enum { STEP = 1000, PATIENCE = 50 }; // microseconds, and steps
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const Stamp stamp = stamp_of(path, STAMP_OUTPUT);
    for (int i = 0; is_recent(&stamp); i++) {
        if (i == PATIENCE) {
            return false;
        }
        g_usleep(STEP);
    }
    append_stamp(out, path, &stamp);
    return stamp.type != 0;
}

/// Removes records that nobody needs any more.
static void remove_old(const char *folder) {
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        GStatBuf status;
        if (g_lstat(path, &status) == 0 && status.st_mtime + OLDEST < time(NULL)) {
            g_unlink(path);
        }
    }
}

/// Puts the record into its place. Nobody is told if that fails: the next build is a slow one.
static void put(const BuildRecord *record, const GString *text) {
    g_autofree char *folder = g_path_get_dirname(record->path);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return;
    }
    remove_old(folder);
    g_autofree char *temporary = g_strdup_printf("%s.%ld", record->path, (long)getpid());
    const int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok = file >= 0 && report_write(file, text->str, text->len);
    ok = file >= 0 && close(file) == 0 && ok;
    if (file >= 0 && !(ok && rename(temporary, record->path) == 0)) {
        unlink(temporary);
    }
}

void build_record_keep(const BuildRecord *record, const OutputFolder *folders, size_t count) {
    size_t files = record != NULL ? g_hash_table_size(record->inputs) : 0;
    for (size_t i = 0; i < count; i++) {
        files += folders[i].count;
    }
    if (record == NULL || record->unsure || files < FEWEST_FILES) {
        return;
    }
    g_autoptr(GString) text = g_string_new(HEAD);
    g_string_append(text, record->key);
    GHashTableIter iterator;
    void *path = NULL;
    void *stamp = NULL;
    g_hash_table_iter_init(&iterator, record->inputs);
    while (g_hash_table_iter_next(&iterator, &path, &stamp)) {
        append_stamp(text, path, stamp);
    }
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        ok = append_output(text, folders[i].folder, MANIFEST_NAME);
        for (size_t k = 0; k < folders[i].count && ok; k++) {
            ok = append_output(text, folders[i].folder, folders[i].files[k].path);
        }
    }
    g_string_append(text, TAIL);
    if (ok) {
        put(record, text);
    }
}
