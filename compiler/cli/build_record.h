/// What a build depended on and what it left, kept in the user's cache: the next one of the same
/// command is over before it begins if nothing of that has changed, and compiles no more than what
/// depends on a change if that is known.
#ifndef DEPOT_CLI_BUILD_RECORD_H
#define DEPOT_CLI_BUILD_RECORD_H

#include "cli.h"
#include "groups.h"

#include <time.h>

// record_stamp.c

/// How much of what stands at a path matters.
typedef enum StampKind {
    STAMP_IDENTITY, ///< which file or folder it is, if there is one
    STAMP_CONTENTS, ///< and what is in it
    STAMP_OUTPUT    ///< and that it is no symbolic link
} StampKind;

/// What the system says of a path. Fields that do not matter are 0; all are if nothing is there.
/// Stamps are compared and kept as bytes.
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

Stamp stamp_of(const char *path, StampKind kind);
bool stamp_equals(const Stamp *left, const Stamp *right);
/// Whether what was changed then could change again and have the same time.
bool stamp_is_recent(const Stamp *stamp);
/// Makes `into`, which knows `path` already, know what `stamp` knows too. False: the two
/// contradict each other.
bool stamp_join(Stamp *into, const Stamp *stamp);

// record_text.c

/// The group of what is of no group.
#define RECORD_NO_GROUP UINT32_MAX

/// What a build asked the disk about.
typedef struct RecordInput {
    const char *path;
    const char *names; ///< of a folder that was listed: a sum of the names in it; else ""
    Stamp stamp;
    bool common;  ///< all of the build depends on it
    bool changed; ///< it is no longer what it was
} RecordInput;

/// What a build wrote.
typedef struct RecordOutput {
    const char *folder;
    const char *path; ///< in the folder
    const char *sum;  ///< SHA-256
    Stamp stamp;
    uint32_t group; ///< whose it is, or RECORD_NO_GROUP
} RecordOutput;

/// A ProgramGroup.
typedef struct RecordGroup {
    GPtrArray *entries; ///< paths
    GPtrArray *claims;
    GArray *inputs; ///< uint32_t: their numbers
    bool affected;  ///< an input or output of it has changed
    uint32_t next;  ///< its number in the next record, unless it is affected
} RecordGroup;

/// Strings belong to `text`, or to whoever filled it in.
typedef struct RecordBody {
    GArray *inputs;    ///< RecordInput
    GArray *outputs;   ///< RecordOutput
    GPtrArray *groups; ///< RecordGroup
    char *text;        ///< or NULL
} RecordBody;

void record_body_begin(RecordBody *body);
void record_body_clear(RecordBody *body);
RecordGroup *record_body_add_group(RecordBody *body);
/// Reads what `record_body_print` wrote for `key` and takes over `text`. False: it is none.
bool record_body_parse(RecordBody *body, char *text, size_t length, const char *key);
GString *record_body_print(const RecordBody *body, const char *key);

// build_record.c

typedef struct BuildRecord {
    char *path; ///< of the record
    char *key;  ///< what tells the command from others
    Recording recording;
    GHashTable *inputs; ///< path → Stamp, as of its first use by this build
    bool unsure;        ///< something changed so lately that its time would not show another change
    unsigned waited;    ///< how often it was waited for such a thing to become older
    bool known;         ///< there is a record of the last build …
    RecordBody last;    ///< … and what it says
} BuildRecord;

/// What has to be done.
typedef enum BuildNeed {
    BUILD_NOTHING,
    BUILD_PART, ///< `build_record_entries`
    BUILD_ALL
} BuildNeed;

/// Begins to note what the build that `invocation` asks for depends on (`invocation->files`), and
/// finds what is known of the last one. NULL: of such a build nothing is kept. Always close it.
BuildRecord *build_record_open(Invocation *invocation);
void build_record_close(BuildRecord *record, Invocation *invocation);
/// Finds out what has changed since this very build was done, without a word, of what it depended
/// on and what it wrote. `record` may be NULL.
BuildNeed build_record_look(BuildRecord *record);
/// Adds to `recording` what the last build has read, as if this one, which does less, had.
void build_record_tell(const BuildRecord *record, Recording *recording);
/// After BUILD_PART: has all be built, and recorded, after all.
void build_record_forget(BuildRecord *record);
/// BUILD_PART: the paths of the files that are to be compiled, and of those among what they read
/// whose environments are built too. The array is the caller's, the strings are the record's.
GPtrArray *build_record_entries(const BuildRecord *record);
/// BUILD_PART: whether what came out can take the place of the groups that have changed, and no
/// other group can notice.
bool build_record_accepts(const BuildRecord *record, const ProgramGroups *groups);
/// BUILD_PART: adds what stays as it is to `files`, an array of OutputFile. False if that is also
/// among them.
bool build_record_add_rest(const BuildRecord *record, GArray *files);
/// Whether a build that has written `folders` and had nothing to say is worth a record: small ones
/// are not. Costs nothing, unlike what `build_record_keep` has to know and to wait for. `record`
/// may be NULL.
bool build_record_is_wanted(const BuildRecord *record, const OutputFolder *folders, size_t count);
/// Keeps the record of such a build. `groups`: what can be compiled without the rest, or NULL.
/// Failures are silent: the next build takes its time.
void build_record_keep(BuildRecord *record, const OutputFolder *folders, size_t count,
                       const ProgramGroups *groups);

#endif
