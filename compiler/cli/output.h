/// Inside of what writes output folders, and of what compares them with what a build gives. Grouped
/// by source file.
#ifndef DEPOT_CLI_OUTPUT_H
#define DEPOT_CLI_OUTPUT_H

#include "cli.h"

#include <sys/types.h>

/// Files of one build whose difference is shown.
enum { OUTPUT_MOST_DIFFS = 10 };

// output_look.c

/// What stands in the place of an output file.
typedef enum OutputFound {
    FOUND_NOTHING,
    FOUND_SAME,       ///< what the build gives
    FOUND_OWN,        ///< what depotc wrote, with other contents
    FOUND_EDITED,     ///< what depotc wrote, and somebody edited
    FOUND_FOREIGN,    ///< a file that depotc did not write
    FOUND_YOURS,      ///< any of these where the file is the user's own once it is edited
    FOUND_NO_FILE,    ///< a symbolic link, a device or the like: never followed
    FOUND_UNREADABLE, ///< a file that cannot be read
    FOUND_FOLDER,     ///< a folder
    FOUND_NO_PLACE    ///< its own folder is a file or a symbolic link, or cannot be opened
} OutputFound;

/// An output file and its place.
typedef struct OutputPlace {
    const OutputFile *file;
    char *sum;         ///< SHA-256 of what it is to hold; NULL if it stays
    int folder;        ///< the open folder that it is in, or -1 if there is none; the view's
    OutputFound found; ///< as of `output_look`
    char *present;     ///< what differs from it, where the contents can be shown; or NULL
    size_t length;     ///< of `present`
    int cause;         ///< FOUND_UNREADABLE, FOUND_NO_PLACE: the errno
    size_t reached;    ///< FOUND_NO_PLACE: how much of its path is the trouble
    bool temporary;    ///< its new contents stand in a temporary file
} OutputPlace;

/// An output folder while it is looked at or written.
typedef struct OutputView {
    Compilation *compilation;
    const char *folder; ///< as shown to people
    const char *target; ///< what is written there
    int root;           ///< the open folder, or -1 if there is none
    dev_t device;       ///< where it is
    ino_t inode;
    GHashTable *manifest; ///< what earlier builds wrote
    char *manifest_text;  ///< as it stands there, or NULL
    bool unfinished;      ///< the last build was killed while it wrote
    bool outdated;        ///< what was to stay is no longer what it was
    GHashTable *next;     ///< what this build leaves
    GHashTable *folders;  ///< open folders by their path: many files need few descriptors
    OutputPlace *places;
    size_t count;
    unsigned *diffs; ///< how many more diffs are shown; shared by all folders of a build
} OutputView;

/// Begins to look at a folder; opens nothing. Always `output_view_clear` it.
void output_view_begin(OutputView *view, Compilation *compilation, const OutputFolder *folder,
                       unsigned *diffs);
void output_view_clear(OutputView *view);
/// Opens the folder, `make`: and makes it if there is none. Without, `root` may stay -1. False
/// after a diagnostic.
bool output_view_open(OutputView *view, bool make);
/// Reports whether two of `views` are one folder under different names.
bool output_views_shared(const OutputView *views, size_t count);
/// Waits until no other build writes to any of the folders (`exclusive`: nor reads), which sorts
/// `views`: two builds that waited for each other's folders would wait for ever. False after a
/// diagnostic.
bool output_views_lock(OutputView *views, size_t count, bool exclusive, const Report *report);
/// Reads the manifest. False: something stands there that is none.
bool output_view_read_manifest(OutputView *view);
/// Looks at what stands in the place of each file, and fills `next`. Changes nothing.
void output_look(OutputView *view);
/// The paths that earlier builds wrote and this one does not give, sorted; the keys of the
/// manifest. Without those that lead out of the folder.
GPtrArray *output_view_stale(const OutputView *view);
/// Whether `path` stays below the output folder: a manifest may have been tampered with.
bool output_path_is_inside(const char *path);
/// Whether `path`, in the open `folder`, is as depotc wrote it. `*kept`: something else is there.
bool output_view_owns(const OutputView *view, int folder, const char *path, bool *kept);

// output_report.c

/// Reports `id` about `path` in the folder, or about that itself (NULL). `detail` may be NULL.
Diagnostic *output_report(const OutputView *view, DiagnosticId id, const char *path,
                          const char *detail);
/// Reports that `path` cannot be written. False.
bool output_fail(const OutputView *view, const char *path, int cause);
/// Reports that something is in the way of `place`: it or its folder cannot be a file's. False.
bool output_refuse_place(const OutputView *view, const OutputPlace *place);
/// Notes what would change in the contents of `place`, or why that cannot be shown. `title` stands
/// before a diff: "what `--force` would change".
void output_note_difference(const OutputView *view, Diagnostic *diagnostic,
                            const OutputPlace *place, const char *title);
/// Reports that the manifest is none.
void output_report_manifest(const OutputView *view);

#endif
