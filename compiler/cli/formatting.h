/// What `depotc fmt` formats, and how wide its indentation is. Grouped by source file.
#ifndef DEPOT_FORMATTING_H
#define DEPOT_FORMATTING_H

#include "cli.h"

// fmt_find.c

/// Adds to `paths` (strings to be freed) the files that `arguments` name (or NULL: the project
/// around the working folder, else that folder): a file by itself; of a folder, every `*.depot` and
/// `depot.project` in it and below it, sorted. Passed over are hidden folders, `node_modules`,
/// folders that depotc wrote its output into, and links to folders. Each file comes once. What
/// cannot be read is reported.
void format_find(Compilation *compilation, const char *const *arguments, GPtrArray *paths);

/// Whether a file called `name` is one that is formatted: a program or a project file.
bool format_takes(const char *name);

// fmt_qualifiers.c

/// Whether the source may have names of enumerations before their members.
bool format_has_qualifiers(const Source *source);
/// Checks the names and types of `source`, with its project and what it imports (`reader`, NULL:
/// the file system). Returns the checked source, whose formatting leaves such names out where they
/// say nothing (`session->compilation` has read it); NULL if there are errors. Shows nothing.
/// Always `session_close` the session.
const Source *format_read_checked(Session *session, const Invocation *invocation,
                                  const Source *source, FileReader reader, void *reader_data);

// fmt.c

/// Reads a program or project file to be formatted. NULL after a diagnostic.
Source *format_add(Compilation *compilation, const char *path);
/// Appends to `text` what `source` is formatted, which `compilation` has read and not checked.
/// Where names may be left out that only a check can tell, `invocation` says how it is checked.
void format_source(Invocation *invocation, const Compilation *compilation, const Source *source,
                   unsigned width, GString *text);

// fmt_width.c

/// What is known of the widths that projects set.
typedef struct FormatWidths FormatWidths;
FormatWidths *format_widths_new(void);
void format_widths_free(FormatWidths *widths);
/// Sets `*width` to what the project around `path` sets, if it does. False after a diagnostic: it
/// sets something, and it cannot be told what.
bool format_width(FormatWidths *widths, Compilation *compilation, const char *path,
                  unsigned *width);

#endif
