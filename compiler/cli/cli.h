/// The depotc program: a thin client of libdepot. Grouped by source file.
#ifndef DEPOT_CLI_H
#define DEPOT_CLI_H

#include "backend.h"
#include "compilation.h"
#include "project.h"
#include "recording.h"
#include "render.h"

#include <glib.h>

/// Exit codes, as docs/cli.md promises them.
typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_ERRORS = 1,   ///< the program has errors
    EXIT_USAGE = 2,    ///< the command line is wrong
    EXIT_FILES = 3,    ///< a file could not be read or written
    EXIT_INTERNAL = 70 ///< a defect of depotc
} ExitCode;

// main.c

typedef struct Invocation Invocation;

/// A verb: one row in main.c, one file in this folder.
typedef struct Verb {
    const char *name;
    const char *arguments; ///< behind the options in its usage line: "[PATH…]"
    const char *values;  ///< words that may stand there, for completion; "FILE" for paths; or NULL
    const char *summary; ///< one line
    const char *details; ///< the rest of its help, with an example
    ExitCode (*run)(Invocation *invocation);
    bool errors_are_one; ///< mistakes on the command line end it with EXIT_ERRORS: 2 means
                         ///< something else
} Verb;

/// All verbs, in the order of the help.
const Verb *verbs_all(size_t *count);
/// The verb called `name`, or NULL after a usage error was reported.
const Verb *verb_find(const char *name, Invocation *invocation);

// options.c

/// What the options of all verbs were set to. Strings are owned.
typedef struct Options {
    char **targets;
    char *output;
    char *file;
    char *typescript;
    char **parameters;
    char **parameter_files;
    char **diagnostics;
    char *max_errors;
    char *colour;
    char *format;
    char *test_format;
    char *filter;
    char *project;
    char *stage;
    char **stages_compared;
    char *name;
    char *service_token;
    char **package_versions;
    char **policies;
    char **library;
    gboolean no_project;
    char **warn;
    char **allow;
    char **deny;
    gboolean to_stdout;
    gboolean stdio;
    gboolean stats;
    gboolean force;
    gboolean fix;
    gboolean staged;
    gboolean affected;
    gboolean snapshot;
    gboolean update;
    gboolean ci;
    gboolean dry_run;
    gboolean check_only;
    gboolean commit;
    char *message;
    char *depfile;
    char *depfile_target;
    gboolean watch;
    gboolean no_cache;
    gboolean diff;
    char *template_name;
    char *template_folder;
    char **settings;
    char *stages;
    gboolean yes;
    gboolean git;
    char *stdin_path;
    gboolean markdown;
    gboolean man;
    gboolean help;
    char **arguments; ///< what is no option, or NULL
} Options;

/// A row of the one table of options: help, parsing and completion are made from it.
typedef struct OptionRow {
    const char *name;
    char letter; ///< 0: none
    GOptionArg kind;
    size_t offset;      ///< in Options
    const char *value;  ///< placeholder of its value, NULL for switches
    const char *values; ///< words that the value may be (`option_words`), "FILE", "FOLDER", or NULL
    const char *summary;
    const char *verbs; ///< the verbs that take it, or NULL for all
} OptionRow;

const OptionRow *options_all(size_t *count);
/// The words that a value may be, separated by spaces: `values` of an option or a verb, with
/// "TARGET", "VERB" and "REPORT" replaced by what there is. The caller frees it.
char *option_words(const char *values);
/// Whether `verb` takes `option`.
bool option_belongs(const OptionRow *option, const char *verb);
/// Whether a list of the options that only some verbs take, `verb` among them, has `option`; with
/// NULL, a list of those that all verbs take.
bool option_listed(const OptionRow *option, const char *verb);
/// Reads `argv` (the verb first) into `invocation->options`. False after a usage error.
bool options_parse(Invocation *invocation, int argc, char **argv);
void options_clear(Options *options);
/// The complete help of a verb; the caller frees it.
char *options_help(const Verb *verb);
/// What stands behind the options in the help of a verb: the targets, where it takes some, and its
/// details. The caller frees it.
char *help_details(const Verb *verb);

// help.c

/// What depotc is, in a sentence of two lines.
extern const char help_introduction[];
/// All exit codes, in two lines.
extern const char help_exit_codes[];

// help_markdown.c

/// The help of all verbs as Markdown, made of the tables of verbs, options and back ends; the
/// caller frees it.
char *help_markdown(void);

// help_man.c

/// The manual page of `verb`, or of depotc itself (NULL), from the same tables; the caller frees
/// it.
char *help_man(const Verb *verb);

// report.c

typedef struct ReportState ReportState;

/// Where diagnostics go, and how they look. There is one report of a run, which is shown once.
typedef struct Report {
    RenderOptions render;
    bool output_colour; ///< what goes to standard output has colours, in forms that have them
    ReportState *state;
} Report;

/// Looks for `--diagnostics` and `--color` anywhere in `argv`, so that even a mistake on the
/// command line is reported the way that was asked for. Malformed values are left to
/// `options_parse`.
void report_begin(Report *report, char **argv);
/// Shows a report of nothing if none was shown, where even that is a document or a file, and frees
/// all of it. Returns `code`, or a higher one.
ExitCode report_end(Report *report, ExitCode code);
/// Whether `spec` is `FORMAT` or `FORMAT:FILE` with a known format.
bool report_spec_valid(const char *spec);
/// Whether two of the reports would be written to one place. The second of them is not made.
bool report_conflict(const Report *report, const char **first, const char **second);
/// The names of all formats, separated by spaces; the caller frees it.
char *report_formats(void);
/// Shows the diagnostics of `compilation` wherever they go, in a run that ends with `code`. Returns
/// that, or a higher one if a report cannot be written.
ExitCode report_show(const Report *report, Compilation *compilation, ExitCode code);
/// The report will tell that standard output could not be written, for the reason `cause` (errno).
void report_stdout_failure(const Report *report, int cause);
/// Says a line that is no diagnostic on standard error, unless a document goes there.
void report_say(const Report *report, const char *line);
/// The exit code that the diagnostics of `compilation` call for.
ExitCode report_exit_code(Compilation *compilation);

// report_file.c

/// A report on its way into a file.
typedef struct ReportFile {
    char *path;      ///< where it will be
    char *temporary; ///< where it is, or NULL
    int file;
    int cause;   ///< why it cannot be written (errno), or 0
    bool direct; ///< it is no regular file
} ReportFile;

/// Opens the place of a report. False: see `cause`. Always `report_file_close` it.
bool report_file_open(ReportFile *file, const char *path);
void report_file_write(ReportFile *file, const char *text, size_t length);
/// Puts the report in its place, unless something has failed: then nothing changes there. False:
/// see `cause`, which may be set before to give it up.
bool report_file_close(ReportFile *file);
/// Writes all of `text` to an open file. False: see errno.
bool report_write(int file, const char *text, size_t length);

// links.c

/// The URI of the folder with the pages of `depotc explain`, with "/" at its end: that of the
/// environment variable DEPOTC_PAGES, else the one depotc was built with, else that of the pages
/// which were installed with it. NULL: there is none. The caller frees it.
char *links_pages(void);

// failure.c

/// A mistake that is found without a program: a compilation without files to hang a diagnostic on.
Compilation *failure_begin(void);
/// Shows it, frees the compilation, and returns `code`.
ExitCode failure_end(Compilation *compilation, const Report *report, ExitCode code);
/// For a mistake that one diagnostic with two insertions (the second may be NULL) and at most one
/// help line says all about. Returns EXIT_USAGE.
ExitCode failure_usage(const Report *report, DiagnosticId id, const char *first, const char *second,
                       const char *help);
/// Adds "a verb with a similar name exists: …" if there is one among `candidates`.
void failure_similar(Compilation *compilation, Diagnostic *diagnostic, const char *what,
                     const char *wanted, const char *const *candidates);

// session.c

/// The compilation that `build` and `check` share.
typedef struct Session {
    Compilation *compilation;
    GArray *parameters;       ///< ParameterSetting; those that go before others come last
    GArray *levels;           ///< LevelSetting, likewise
    GArray *versions;         ///< PackageVersion, likewise
    GPtrArray *texts;         ///< strings that these point to
    const Project *project;   ///< or NULL
    const Backend **backends; ///< those of `--target`, each once
    size_t backend_count;
    ExitCode least;  ///< the verb ends with this code or a higher one
    bool incomplete; ///< there should have been a model and there is none
    bool nothing;    ///< the command line names no source file at all: its mistake
} Session;

/// Begins a session: its settings, and the files of policies and libraries. What is to be compiled
/// is for the caller to add: all of the project if `*whole`. False: there are errors, to be shown
/// by `session_finish`. Always `session_close` it.
bool session_prepare(Session *session, const Invocation *invocation, FileReader reader,
                     void *reader_data, bool *whole);

/// Finds the sources, reads (with `reader`, NULL: the file system) and checks them; shows nothing.
/// True: go on with `session->compilation`; false: it has errors, to be shown by `session_finish`.
/// Always `session_close` it.
bool session_load(Session *session, const Invocation *invocation, FileReader reader,
                  void *reader_data);

/// The same for some of the entries of a program that was compiled as a whole before: the paths of
/// `entries`, and not what the command line names.
bool session_load_entries(Session *session, const Invocation *invocation, const GPtrArray *entries);

/// The same as `session_load` for verbs that end with the first errors. EXIT_DONE: go on; anything
/// else: it has been shown. Always `session_close` it.
ExitCode session_open(Session *session, Invocation *invocation);
void session_close(Session *session);
/// The model for one back end, or NULL after errors.
Model *session_model(Session *session, const Backend *backend);
/// Warns that the program declares no environment (D5006).
void session_report_nothing(Session *session);
/// Reports a file of one environment that is larger than its target takes (D4008).
void session_check_size(Session *session, const Backend *backend, const EmitFile *file);
/// Shows diagnostics and, if asked for, statistics. The exit code of the verb.
ExitCode session_finish(Session *session, Invocation *invocation);
/// Adds a phase to the statistics that began at `start` (g_get_monotonic_time).
void session_phase(Session *session, const char *name, int64_t start, size_t count,
                   const char *unit);

// levels.c

/// Sets the levels of the project, and of `-W`, `-A`, `-D` and `--deny warnings`, which go before
/// them.
void levels_set(Session *session, const Options *options);

// settings.c

/// Finds and reads the project of what the command line names, if it has one, into
/// `session->project`. `*whole`: all of its entries are meant, not what the command line names.
/// False after a diagnostic.
bool settings_find_project(Session *session, const Options *options, bool *whole);
/// Sets all but the parameters and levels: what the project says, and what the command line says
/// instead. False after a diagnostic.
bool settings_apply(Session *session, const Options *options);
/// The parameters of the project and of its stage. False after a diagnostic.
bool settings_add_parameters(Session *session, const Options *options);
/// Adds the files of libraries and policies.
void settings_add_parts(Session *session, const Options *options);
/// The folder that the output of `backend` goes into, for the caller to free. `*inside` is a folder
/// in it, or NULL.
char *settings_folder(const Session *session, const Options *options, const Backend *backend,
                      const char **inside);

// check.c

/// All checks that `depotc check` makes, those of the targets too: `session_load` and more.
void check_load(Session *session, const Invocation *invocation, FileReader reader,
                void *reader_data);

// check_change.c

/// `depotc check --staged` and `--affected`: checks the programs that a change affects.
ExitCode check_change(Invocation *invocation);

// fix.c

/// `depotc check --fix`: mends what can safely be mended, and shows what is left.
ExitCode fix_run(Invocation *invocation);

// hook.c

/// Installs the hook in the repository of the working folder. The exit code, after a diagnostic or
/// a line that says so.
ExitCode hook_install(const Invocation *invocation);

// drafts.c

/// Bytes that were replaced by others. What stands between two changes is the same in both texts.
typedef struct Change {
    size_t old_start;
    size_t old_end;
    size_t new_start;
    size_t new_end;
} Change;

/// A source file with its safe fixes applied, in memory.
typedef struct Draft {
    char *path;  ///< of the real file, behind all symbolic links
    char *shown; ///< as people know it
    char *old_text;
    size_t old_length;
    char *new_text;
    size_t new_length;
    GArray *changes; ///< Change, from the old text to the new, in their order
    size_t problems; ///< how many diagnostics that mended
    char *failure;   ///< why it was not written, or NULL
} Draft;

typedef struct Drafts {
    GPtrArray *list; ///< Draft, in the order in which they were begun
    GHashTable *by_path;
} Drafts;

void drafts_begin(Drafts *drafts);
void drafts_clear(Drafts *drafts);
/// Applies the safe fixes of a compilation that has read these drafts, each with all of its edits
/// or not at all. Of fixes that overlap the first is applied; the next round finds out about the
/// others. Returns how many diagnostics that mends: 0 when there is nothing left to do.
size_t drafts_mend(Drafts *drafts, Compilation *compilation);
/// A FileReader (`data`: the Drafts) that sees drafts in the place of their files.
ReadStatus drafts_read(const char *path, char **text, size_t *length, const char **message,
                       void *data);
/// Adds a draft of `source` with `text` as its new text, which is copied; the drafts own it.
Draft *drafts_add(Drafts *drafts, const Source *source, const char *text, size_t length);
/// Removes drafts that have come back to their old text.
void drafts_drop_unchanged(Drafts *drafts);

// rewrite.c

/// Puts the new texts in the place of their files, permissions kept: all, or none if one of them
/// cannot be written or is no longer what was read. False: those not written have a `failure`.
bool rewrite_files(const Drafts *drafts);

// unified_diff.c

/// Adds what changed in `draft`, a file called `name`, as a unified diff for `patch -p1`.
void unified_diff(const Draft *draft, const char *name, GString *out);

// parameters.c

/// Reads a `--params` file into `settings`. False after a diagnostic.
bool parameters_read(Session *session, const char *path);
/// Adds the settings of the `-p` options.
void parameters_add(Session *session, char **settings);

// output.c

/// A file to be put into the output folder.
typedef struct OutputFile {
    const char *path; ///< relative to the folder, with "/"
    const char *text; ///< NULL: it stands there as an earlier build left it, and stays
    size_t length;
    bool yours;      ///< left alone as soon as somebody has edited it
    const char *sum; ///< with `text` NULL: the SHA-256 that the manifest has of it
    uint32_t source; ///< Source.id of the file with the environment that it is for, or SPAN_NONE
} OutputFile;

/// An output folder and what it is to hold.
typedef struct OutputFolder {
    const char *folder;
    const char *target; ///< the back end that it is of, for messages
    const OutputFile *files;
    size_t count;
} OutputFolder;

/// Makes each of the folders hold its files and nothing else that depotc wrote before: all or
/// nothing, in all of them. What was edited or written by others is left alone unless `force`.
/// False after a diagnostic, or without one if files that were to stay have been written by another
/// build meanwhile. What it says while it waits for that goes to `report`.
bool output_write(Compilation *compilation, const Report *report, const OutputFolder *folders,
                  size_t folder_count, bool force);

// output_compare.c

/// Reports what `output_write` would change in the folders, and in which files. Writes nothing.
void output_check(Compilation *compilation, const Report *report, const OutputFolder *folders,
                  size_t folder_count);

// folder.c

/// Opens the folder that `path` (relative to the open folder `root`) is in, making folders on the
/// way if `make`. -1: see errno; `*reached` is then how much of `path` was the trouble.
int folder_open_parent(int root, const char *path, bool make, size_t *reached);
/// What stands behind the last "/" of `path`, or all of it.
const char *folder_last_component(const char *path);
/// The text of the regular file `name` in an open folder, for the caller to free; NULL if there is
/// none, or it cannot be read, or it is something else, a symbolic link for example (see errno).
char *folder_read(int folder, const char *name, size_t *length);
/// Writes a temporary file for `name`. What a killed build left there goes away. False: see errno.
bool folder_write_temporary(int folder, const char *name, const char *text, size_t length);
/// Puts the temporary file in the place of `name`. False: see errno.
bool folder_rename_temporary(int folder, const char *name);
/// Lets those run it who may read it. False: see errno.
bool folder_temporary_executable(int folder, const char *name);
/// Puts it where nothing stands. False: see errno, which is EEXIST if something does.
bool folder_place_temporary(int folder, const char *name);
/// Removes the temporary file for `name`.
void folder_remove_temporary(int folder, const char *name);

// watch.c

/// `--watch`: runs the verb now and whenever something changes that it depended on, until Ctrl-C,
/// and ends the program: with EXIT_USAGE if the command line is wrong, else with EXIT_DONE.
ExitCode watch_run(Invocation *invocation);

// depfile.c

/// Writes what was read as a rule of `target` into the file `path`, by renaming it into its place.
/// False after a diagnostic.
bool depfile_write(Compilation *compilation, const Recording *recording, const char *path,
                   const char *target);

// json.c

struct cJSON;

/// A JSON document, indented by two columns and with a newline at the end; the caller frees it.
char *json_print(const struct cJSON *document);

// facts.c

/// The source text of a node; in the compilation's arena.
const char *fact_text(const Compilation *compilation, const Node *node);
/// The source text of a node of several lines, as if it stood at the margin; in the arena.
const char *fact_outdented(const Compilation *compilation, const Node *node);
/// Adds a text to a JSON object, unless it is NULL.
void fact_add(struct cJSON *object, const char *name, const char *text);
/// "doc": the doc comment, if there is one; "examples": the programs in it, between lines
/// "```depot" and "```".
void fact_add_doc(const Compilation *compilation, struct cJSON *object, const Node *node);
/// "documented": the page, or "inferred": the reason. What says nothing itself inherits it from
/// `outer` (or NULL).
void fact_add_provenance(const Compilation *compilation, struct cJSON *object, const Node *node,
                         const Node *outer);
/// "deprecated": { reason, replacement, since }, as far as given.
void fact_add_deprecation(const Compilation *compilation, struct cJSON *object, const Node *node);

// library_json.c

/// All of the library for programs: constructs, and types with their structure, as
/// stdlib/sync/README.md describes it.
struct cJSON *library_json(Compilation *compilation);

// reference.c

typedef struct Construct Construct;

/// What the library says of a construct, as JSON (the form of `depotc stdlib --format json`).
struct cJSON *reference_of(Compilation *compilation, const Construct *construct);
/// The same of a named type of the library: "name" rather than "construct", and "types".
struct cJSON *reference_of_type(Compilation *compilation, const struct Type *type);
/// The first line of its doc comment; "" without one. In the compilation's arena.
const char *reference_summary(Compilation *compilation, const Construct *construct);

// stdlib.c

/// The construct called `label` ("location.X", "dataset", "existing environment"), or NULL.
const Construct *stdlib_find(Compilation *compilation, const char *label);

// sync.c

/// `depotc stdlib sync FOLDER`: the arguments begin with "sync".
ExitCode sync_run(const Invocation *invocation);

// reference_print.c

/// The JSON of `reference_of` as text for a terminal, or as Markdown.
void reference_print(const struct cJSON *reference, bool markdown, GString *out);

// reference_markdown.c

/// The same as Markdown, whatever was asked for.
void reference_markdown(const struct cJSON *reference, GString *out);

// manifest.c

/// The file in the output folder that lists what depotc wrote there.
#define MANIFEST_NAME ".depotc-manifest.json"

/// The table path → GPtrArray of SHA-256 sums that the file may have, from the text of a manifest,
/// or NULL if that is none. `*unfinished`: a build was being written, and may have been killed.
GHashTable *manifest_parse(const char *text, bool *unfinished);
/// An empty table of that kind.
GHashTable *manifest_new(void);
/// Says that `path` may have the sum `sum`.
void manifest_add(GHashTable *manifest, const char *path, const char *sum);
/// Whether `path` may have the sum `sum`.
bool manifest_allows(GHashTable *manifest, const char *path, const char *sum);
/// Its text, sorted; `unfinished`: while a build is being written. The caller frees it.
char *manifest_print(GHashTable *manifest, bool unfinished);

// seal.c

/// `text` with a last line that says that depotc wrote it: `mark` ("// depotc-sync ") and the sum
/// of the text. The caller frees it.
char *seal_add(const char *text, const char *mark);
/// Whether the text is what depotc once wrote, and nobody edited since.
bool seal_holds(const char *text, size_t length, const char *mark);

// streams.c

/// Makes the three standard streams safe to use: none of their numbers is given to a file that is
/// opened later, and a reader that goes away is an error code, not a signal.
void streams_begin(void);
/// Writes data to standard output. That it failed is told by the report, which is to be shown
/// afterwards; that the reader went away is not told.
ExitCode streams_write(const Report *report, const char *text, size_t length);

// crash.c

/// From here on, a fault inside depotc ends it with EXIT_INTERNAL and a way to report it.
void crash_begin(void);

/// One run of depotc.
struct Invocation {
    const Verb *verb;
    Options options;
    Report report;
    char **words;            ///< the command line: the verb and all behind it, NULL at the end
    const FileSystem *files; ///< what is compiled; NULL: the disk
    Recording *recording;    ///< of what is read, where something wants to know; else NULL
};

// The verbs, each in the file of its name

ExitCode build_run(Invocation *invocation);
ExitCode check_run(Invocation *invocation);
ExitCode fmt_run(Invocation *invocation);
ExitCode test_run(Invocation *invocation);
ExitCode new_run(Invocation *invocation);
ExitCode diff_run(Invocation *invocation);
ExitCode hook_run(Invocation *invocation);
ExitCode explain_run(Invocation *invocation);
ExitCode stdlib_run(Invocation *invocation);
ExitCode help_run(Invocation *invocation);
ExitCode completion_run(Invocation *invocation);
ExitCode lsp_run(Invocation *invocation);

#endif
