/// The golden tests' runner. A golden is a folder with a program, main.depot, and beside it what
/// every pass makes of it; each expected file that exists is compared. Grouped by source file.
#ifndef DEPOT_RUNNER_H
#define DEPOT_RUNNER_H

#include <glib.h>
#include <stdbool.h>

/// What the command line asks for.
typedef struct Settings {
    char *depotc;   ///< the program under test
    char *dump;     ///< depot-dump, for tokens, trees and models
    char *root;     ///< the folder of the goldens
    char *junit;    ///< a report to write, or NULL
    char *add;      ///< kinds of expected files to create, separated by commas, or NULL
    gboolean bless; ///< rewrite expectations instead of comparing
    gboolean
        plain; ///< leave the variants with CR LF, byte order mark, and without final newline out
    char **patterns; ///< only goldens whose name contains one of these; NULL: all
} Settings;

/// One thing that was compared.
typedef struct Check {
    char *golden;  ///< "GROUP/NAME"
    char *what;    ///< "cfn", "diagnostics.txt", "with CR LF", …
    char *failure; ///< what differs; NULL if nothing
} Check;

// golden.c

/// Runs the golden `name` ("GROUP/NAME") in `folder` and appends what was compared to `checks`
/// (Check).
void golden_run(const Settings *settings, const char *name, const char *folder, GArray *checks);

// files.c

/// The names in `folder`, sorted; the caller frees them.
GPtrArray *files_list(const char *folder);
/// A new temporary folder; remove it with `files_remove`.
char *files_temporary(void);
/// Removes a file or a folder with all that it holds. Nothing there: nothing happens.
void files_remove(const char *path);
/// Copies a file, or a folder with all that it holds, over what is there.
void files_copy(const char *from, const char *to);
/// The text of a file; "" if there is none.
char *files_read(const char *path);
/// Replaces or creates a file. Ends the runner if it cannot.
void files_write(const char *path, const char *text, gsize length);
/// Calls `visit` for every `*.depot` below `folder`.
void files_each_source(const char *folder, void (*visit)(const char *path, void *data), void *data);
/// NULL if two files, or two folders, hold the same; else their differences for people. Manifests
/// are left out.
char *files_difference(const char *expected, const char *actual);

// run.c

/// Runs a command in `folder` and waits. Returns its exit code, 128 + N for signal N; appends what
/// it wrote to standard output and standard error to `output` if that is not NULL.
int run_command(const char *folder, char **command, GString *output);

// junit.c

/// Writes the checks as JUnit's XML. False if it cannot be written.
bool junit_write(const char *path, const GArray *checks);

#endif
