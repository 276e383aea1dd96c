/// `depotc test`: what its files share. Grouped by source file.
#ifndef DEPOT_CLI_TESTING_H
#define DEPOT_CLI_TESTING_H

#include "cli.h"
#include "test.h"
#include "xml.h"

// test.c

/// One test, or one build whose templates are compared with their snapshots.
typedef struct TestResult {
    const char *file; ///< as shown
    char *name;
    uint32_t line;        ///< where the test stands; 0: it is a build
    int64_t microseconds; ///< how long it took
    TestOutcome outcome;
} TestResult;

typedef struct TestResults {
    GPtrArray *list; ///< TestResult, those of one file in a row
    size_t failed;
    bool timed; ///< show how long each took; else every run gives the same bytes
} TestResults;

// test_files.c

/// Adds the files whose tests are run: what the command line names; of folders and projects also
/// every `*.test.depot` below.
void test_files_add(Session *session, const Options *options, bool whole);

/// Files that were read once. A test is a compilation, and reads all of its files.
typedef struct FileCache FileCache;
FileCache *file_cache_new(void);
void file_cache_free(FileCache *cache);
/// A FileReader (`data`: the FileCache).
ReadStatus file_cache_read(const char *path, char **text, size_t *length, const char **message,
                           void *data);

// snapshot.c

/// How the files of templates end.
#define TEMPLATE_SUFFIX ".template.json"

typedef enum SnapshotMode {
    SNAPSHOT_OFF,
    SNAPSHOT_KEEP,   ///< compare; write those that are not there yet
    SNAPSHOT_UPDATE, ///< write all
    SNAPSHOT_CI      ///< compare; one that is not there is a failure
} SnapshotMode;

typedef struct Snapshots {
    SnapshotMode mode;
    GHashTable *live; ///< paths of files that belong to something, and of folders that may
    size_t written, updated, removed;
} Snapshots;

void snapshots_begin(Snapshots *snapshots, SnapshotMode mode);
void snapshots_clear(Snapshots *snapshots);
/// Compares the templates of `result` with those in `__snapshots__/FILE/VARIANT/`, or writes them.
/// What differs is added to its failures. Reports files that cannot be written to `compilation`.
void snapshots_compare(Snapshots *snapshots, Compilation *compilation, TestResult *result,
                       const char *variant);
/// The folder's name for the snapshots of the test called `name`: each name has its own. The caller
/// frees it.
char *snapshot_variant(const char *name);
/// Reports, or with SNAPSHOT_UPDATE removes, what belongs to nothing any more: of the snapshots of
/// `file`, and of files that were beside it. Call when all of its tests and builds are compared.
void snapshots_sweep(Snapshots *snapshots, Compilation *compilation, const char *file);

// test_text.c

/// The list of tests for people.
void test_print_text(const TestResults *results, const Snapshots *snapshots, GString *out);

// test_tap.c

/// TAP, version 14: a YAML block says why a test failed.
void test_print_tap(const TestResults *results, GString *out);

// test_junit.c

/// The XML that CI systems read. False if libxml2 cannot be loaded: `*cause` says why.
bool test_print_junit(const TestResults *results, GString *out, const char **cause);

#endif
