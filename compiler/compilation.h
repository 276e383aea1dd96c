/// One compilation: files in, diagnostics and a model out. Everything it makes lives in its arena.
///
/// libdepot has no globals and prints nothing; several compilations may run side by side.
#ifndef DEPOT_COMPILATION_H
#define DEPOT_COMPILATION_H

#include "arena.h"
#include "diagnostic.h"
#include "files.h"
#include "names.h"
#include "source.h"

typedef struct Model Model;
typedef struct Library Library;
typedef struct Program Program;

/// The reader of compilations that have none of their own: the disk. `data` is not used.
ReadStatus compilation_read_disk(const char *path, char **text, size_t *length,
                                 const char **message, void *data);

/// `-p name=value` or a member of a `--params` file (then `json` is its JSON text).
/// Or a member of a project's `params`: then `value` and `span` are set, and `text` is not.
typedef struct ParameterSetting {
    const char *name;
    const char *text;
    bool json;
    const char *origin;        ///< "-p" or the file's path, for messages
    const struct Value *value; ///< as the project file has it, or NULL
    Span span;                 ///< of its name there
} ParameterSetting;

/// `-W ID` and the like, or a member of a project's `levels`.
typedef struct LevelSetting {
    const char *code;   ///< an id, perhaps a former one, or the name of a group
    Severity severity;  ///< SEVERITY_OFF: allow, SEVERITY_WARNING, SEVERITY_ERROR: deny
    const char *origin; ///< "-W", or the project file's path
    Span span;          ///< in the project file, or NO_SPAN
} LevelSetting;

/// A version that the project wants of a package.
typedef struct PackageVersion {
    const char *package;
    const char *version;
} PackageVersion;

/// What is set before a compilation begins, on the command line or by a project. All of it may be
/// set or changed (`compilation->options`) until `compilation_check`.
typedef struct CompilationOptions {
    const ParameterSetting *parameters;
    size_t parameter_count; ///< later ones win
    /// The real path of the project's folder, which no path that a program names leaves
    /// (`compilation_allows_path`), or NULL.
    const char *project_root;
    const char *project_name; ///< what the output is called (`Model.project`); NULL: by the program
    /// The function behind custom resources; NULL: the library's constant `serviceToken`.
    const struct Value *service_token;
    const struct Value *tags;       ///< of all stacks: an object of texts, or NULL
    const PackageVersion *versions; ///< of a generated project's packages; later ones win
    size_t version_count;
    const char *const *backends; ///< names of the back ends, NULL at the end; NULL: not judged
    const char *const *targets;  ///< names of those that are built, NULL at the end; NULL: any
    const char *stages;          ///< the project's, for messages, while none is chosen; or NULL
    bool partial; ///< part of a project: its settings may be about files that are not compiled
    bool excerpt; ///< part of a program that was compiled before: those of the command line too
    const FileSystem *files; ///< what is read; NULL: the disk
    /// Reads texts instead of `files`, or NULL: an editor passes its own to show unsaved buffers.
    FileReader reader;
    void *reader_data;
} CompilationOptions;

/// Time and size of one phase, for `--stats`.
typedef struct PhaseStat {
    const char *name;
    int64_t microseconds;
    size_t count;
    const char *unit;
} PhaseStat;

typedef struct Compilation {
    Arena *arena;
    Names *names;
    Diagnostics *diagnostics;
    CompilationOptions options;
    Source **sources; ///< by Source.id
    size_t source_count;
    size_t source_capacity;
    struct _GHashTable *source_by_path; ///< canonical path → Source
    Library *library;
    struct UserLibrary *user_library; ///< constructs and `extend`s of users' files; NULL: none
    Program *program;
    const LevelSetting *levels; ///< of `compilation_set_levels`
    size_t level_count;
    struct Suppressions *suppressions; ///< of comments in sources; NULL: there are none
    struct _GPtrArray *tables;         ///< hash tables to destroy with the compilation
    struct _GPtrArray *regexes;        ///< compiled patterns likewise
    PhaseStat stats[16];
    size_t stat_count;
} Compilation;

/// Has `table` destroyed with the compilation.
void compilation_keep_table(Compilation *compilation, struct _GHashTable *table);

/// A new compilation. The options are copied, what they point to is not. Freed by
/// `compilation_free`, with everything that it made.
Compilation *compilation_new(const CompilationOptions *options);
void compilation_free(Compilation *compilation);

/// Reads, scans and parses the file at `path` (once per file) and returns it, or NULL after a
/// diagnostic (at `wanted_by`, or about the file if that is NO_SPAN).
/// Files that are added with NO_SPAN are the ones whose environments are built.
Source *compilation_add_file(Compilation *compilation, const char *path, Span wanted_by);

/// Reads the file at `path`, which is data and no program (once per file), and returns it, without
/// tokens and with an empty tree; NULL after a diagnostic at `wanted_by`.
Source *compilation_add_data(Compilation *compilation, const char *path, Span wanted_by);
/// The same for a file whose environments are built, though something wants it.
Source *compilation_add_entry(Compilation *compilation, const char *path, Span wanted_by);
/// The same for a file that takes part in every program, with its rules and constructs; its
/// environments are not built.
Source *compilation_add_part(Compilation *compilation, const char *path, Span wanted_by);
/// The same for a project file, whose members are properties.
Source *compilation_add_settings(Compilation *compilation, const char *path);
/// Adds `path`, a file, or every `*.depot` directly in it, a folder, as entries; those that are
/// parts already stay that. Reports folders that cannot be read or hold none, and files as
/// `compilation_add_file` does.
void compilation_add_entries(Compilation *compilation, const char *path, Span wanted_by);

/// A file of the standard library: its text was embedded as `path`, and is copied.
Source *compilation_add_library(Compilation *compilation, const char *path, const char *text,
                                size_t length);

/// Adds the time since `since` (g_get_monotonic_time) and `count` things to the phase `name`.
void compilation_stat(Compilation *compilation, const char *name, int64_t since, size_t count,
                      const char *unit);

/// Whether the project, if there is one, contains what a program calls `written`, which is the file
/// or folder `path` from the working folder: it is relative, and neither `..` nor a symbolic link
/// leads out of the project's folder. A file outside of it, which the command line names, may name
/// others there. False after a diagnostic at `wanted_by` (D0042). Whoever
/// reads what a program names asks this first.
bool compilation_allows_path(Compilation *compilation, const char *written, const char *path,
                             Span wanted_by);

/// Sets the levels of diagnostics (of the same id or group later ones win). Call before files are
/// added. The settings are not copied. Ids that there are not, and errors that must stay ones, are
/// reported by `compilation_check`.
void compilation_set_levels(Compilation *compilation, const LevelSetting *settings, size_t count);
/// Makes errors of the warnings that the levels deny. Call when nothing more is added, before the
/// diagnostics are counted or shown; it may be called again.
void compilation_raise_levels(Compilation *compilation);

/// Reads what the files import and indexes what they add to the library; nothing is checked.
/// `compilation_check` does this by itself.
void compilation_declare(Compilation *compilation);
/// Adds the diagnostics of `from`, which is at its end, to those of `into`, for one report of
/// several compilations. What both have is told once. `from` must outlive `into`.
void compilation_merge(Compilation *into, Compilation *from);
/// A source of another compilation as one of this: with its text, tokens and tree, which stay the
/// other's. Once per path. NULL if there are too many files.
Source *compilation_share_source(Compilation *compilation, const Source *source);

/// Names, types, evaluation, rules: everything that needs no back end. True without errors.
bool compilation_check(Compilation *compilation);

/// The two halves of `compilation_check`. The first binds names and finds types, and needs no
/// values of parameters.
void compilation_check_names(Compilation *compilation);
/// The second evaluates, and judges what came out. True without errors, those of the first half
/// included.
bool compilation_evaluate(Compilation *compilation);

/// The model for the back end `target` ("cfn", "cdk", …). Call after a `compilation_check` that
/// returned true. NULL after errors that only this target shows. `code`: the back end writes code,
/// so that references become variables and each resource gets its `properties`
/// (`Backend.properties`).
Model *compilation_model(Compilation *compilation, const char *target, bool code);

/// The bytes of the name that a declaration or property introduces (all of the node if it has
/// none).
Span node_name_span(const Compilation *compilation, const Node *node);

/// Reads a file that the program names (`file(…)`), at `wanted_by`; `*text` is g_malloc'ed. Reports
/// failures.
ReadStatus compilation_read(Compilation *compilation, const char *path, char **text, size_t *length,
                            Span wanted_by);

/// The source with number `id`.
static inline Source *compilation_source(const Compilation *compilation, uint32_t id) {
    return id < compilation->source_count ? compilation->sources[id] : NULL;
}

/// Whether `node` belongs to the library, or to a construct or rule of a user: what is absent is no
/// mistake there, and the order of what is written means something.
bool compilation_is_lenient(const Compilation *compilation, const Node *node);

#endif
