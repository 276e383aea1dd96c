/// Texts as lines, and what differs between two of them.
#ifndef DEPOT_CLI_LINES_H
#define DEPOT_CLI_LINES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/// Where lines begin: `begins[i]` is the first byte of line i; one more entry is the end.
typedef struct Lines {
    const char *text;
    GArray *begins; ///< size_t
} Lines;

/// The lines of `text`, which must live as long. Only LF ends a line, as for `patch`: a CR before
/// it is a part of the line. `lines_clear` frees them.
Lines lines_of(const char *text, size_t length);
void lines_clear(Lines *lines);
size_t line_count(const Lines *lines);
/// The first byte of line `line`, or the end of the text.
size_t line_begin(const Lines *lines, size_t line);
/// How many bytes line `line` has, its LF included.
size_t line_length(const Lines *lines, size_t line);
/// Whether line `i` of one text is line `j` of another.
bool line_same(const Lines *one, size_t i, const Lines *other, size_t j);

/// What differs between two texts that nothing is known of: an array of Change (cli.h), in whole
/// lines, the fewest of them unless the texts have little in common. The caller frees it.
GArray *lines_changes(const Lines *old_lines, const Lines *new_lines);

#endif
