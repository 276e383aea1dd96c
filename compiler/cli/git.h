/// What depotc asks git about: what is staged, and which programs a change affects. Git is the
/// program `git`; everything that it honours (GIT_DIR, GIT_INDEX_FILE, worktrees) holds.
/// Grouped by source file.
#ifndef DEPOT_CLI_GIT_H
#define DEPOT_CLI_GIT_H

#include "cli.h"

// git.c

/// A repository with a work tree.
typedef struct Git {
    char *top;          ///< the real path of the work tree's folder, or NULL
    char *working;      ///< the real path of the working folder
    char *failure;      ///< what went wrong last, or NULL
    char *said;         ///< all that git, or a hook, said of it on standard error, or NULL
    bool missing;       ///< `git` itself cannot be run
    char **environment; ///< NULL: ours
} Git;

/// Finds the repository of the working folder. False: `git_report` says why. Always `git_clear`.
bool git_begin(Git *git);
/// The same for the repository that `folder` is in, whatever GIT_DIR and the like say.
bool git_begin_in(Git *git, const char *folder);
void git_clear(Git *git);
/// Runs `git ARGUMENT…` (NULL at the end) in the top folder. What it prints, NUL-terminated, to be
/// freed with g_free; NULL: `git_report` says why.
char *git_run(Git *git, size_t *length, const char *argument, ...) __attribute__((sentinel));
/// The same with `input` on its standard input.
char *git_feed(Git *git, const char *input, size_t input_length, size_t *length,
               const char *argument, ...) __attribute__((sentinel));
/// The same as `git_run`, as a list of the texts between NUL bytes.
GPtrArray *git_list(Git *git, const char *argument, ...) __attribute__((sentinel));
/// Reports what went wrong last to `report`. Returns EXIT_FILES.
ExitCode git_report(const Git *git, const Report *report);
/// The absolute path `path` from the top folder: "" for that itself; NULL if it is outside.
const char *git_inside(const Git *git, const char *path);

// commit.c

/// The commit that `build --commit` makes.
typedef struct Commit Commit;

/// Finds out whether the files of all folders can be committed: in which repository, and whether it
/// is in a state for it. NULL after a diagnostic. `folders` must live as long.
Commit *commit_begin(Compilation *compilation, const OutputFolder *folders, size_t folder_count);
void commit_end(Commit *commit);
/// Commits what of the folders differs from the last commit, and nothing else. `message` is what
/// the user says, or NULL. What was done is told `report`. False after a diagnostic.
bool commit_make(Commit *commit, const char *message, const Report *report);

// commit_message.c

/// A file that a commit changes.
typedef struct CommitChange {
    char mark;        ///< '+', '-' or '~', as template_diff_print has them
    const char *path; ///< from the top folder
} CommitChange;

/// What is told of a commit.
typedef struct CommitMessage {
    char *text;       ///< owned by the caller
    size_t resources; ///< how many resources of templates change
} CommitMessage;

/// The message of a commit with `changes`, sorted by path: what the user says, or a subject made of
/// what changes, and below it the resources of the templates that change, and other files.
CommitMessage commit_message(Git *git, const CommitChange *changes, size_t count, const char *said);

// staged.c

/// Which staged changes count.
typedef enum StagedKind {
    STAGED_ALL,
    STAGED_GONE, ///< files that are deleted
    STAGED_KEPT  ///< files that are not
} StagedKind;

/// The files that are staged, in `paths` if there are some: a list of paths from the top folder;
/// NULL: `git_report` says why.
GPtrArray *git_staged(Git *git, StagedKind kind, char **paths);
/// `path`, as on the command line, from the top folder, for the caller to free; NULL if it is
/// outside of it.
char *git_from_top(const Git *git, const char *path);
/// Whether `path` is `outer` or lies in it, both from the top folder.
bool git_is_below(const char *path, const char *outer);

// git_index.c

/// The files that would be committed now.
typedef struct GitIndex GitIndex;

/// A file in the index.
typedef struct IndexEntry {
    const char *path; ///< from the top folder
    size_t length;    ///< of `path`
    const char *id;   ///< of its blob, not NUL-terminated
    size_t id_length;
    unsigned mode; ///< as git has it, such as 0100644
    bool conflict; ///< a merge left it in several versions
    bool loaded;   ///< its text has been read, if there is one
    char *text;    ///< with two NUL bytes behind
    size_t text_length;
} IndexEntry;

enum {
    INDEX_TYPE = 0170000,  ///< these bits of a mode tell
    INDEX_LINK = 0120000,  ///< a symbolic link
    INDEX_MODULE = 0160000 ///< a submodule: its files are in a repository of their own
};

/// Reads the list of the index. NULL: `git_report` says why. `git` stays the caller's, and must
/// outlive it.
GitIndex *git_index_open(Git *git);
void git_index_close(GitIndex *index);
/// All entries, sorted by their paths' bytes.
const IndexEntry *git_index_entries(const GitIndex *index, size_t *count);
/// Reads the texts of all entries that `wanted` names, faster than one by one.
void git_index_load(GitIndex *index, bool (*wanted)(const IndexEntry *entry));
/// The text of an entry, which the index owns; NULL if it cannot be read.
const char *git_index_text(GitIndex *index, const IndexEntry *entry, size_t *length);
/// A view of the files that git knows, in the place of the work tree: with `staged` as they would
/// be committed, else as they are on the disk. What is outside of the work tree, or in a submodule,
/// is read from the disk. Lives as long as the index.
const FileSystem *git_index_files(GitIndex *index, bool staged);

// references.c

/// How a program names a file.
typedef enum ReferenceKind {
    REFERENCE_EXACT,     ///< `path` is the file, or a folder that it is in
    REFERENCE_BEGINNING, ///< an interpolation follows behind `path`
    REFERENCE_ENDING     ///< an interpolation or another text goes before; `path` is the last name
} ReferenceKind;

typedef struct Reference {
    ReferenceKind kind;
    char *path; ///< from the top folder
} Reference;

/// All files that the program `tree` at `path` (from the top folder) may name: a list of Reference.
GPtrArray *references_of(const Node *tree, const char *path);

// affected.c

/// Programs that a change affects, to be checked together.
typedef struct AffectedGroup {
    char *project;    ///< the project file, as shown, or NULL
    bool whole;       ///< all of the project, because what changed holds for all of it
    GPtrArray *paths; ///< files, as shown, sorted; else
} AffectedGroup;

/// Finds out what a change affects. With `staged` the change is what is staged, in `paths` if there
/// are some. Else it is `paths` and what was deleted since the last commit; without paths all that
/// differs from it. `files` is `git_index_files`. The groups, a project's or folder's each; NULL:
/// `git_report` says why.
GPtrArray *affected_find(Git *git, GitIndex *index, const FileSystem *files, bool staged,
                         char **paths);

#endif
