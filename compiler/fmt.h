/// The formatter: one style for all programs, with nothing to choose but the width of the
/// indentation. docs/formatting.md shows the style.
///
/// It works on the tokens of a source that has been parsed: white space, commas, the first `|` of a
/// union and the quotes of strings are its business, everything else is printed as it stands and in
/// its order. Parts with syntax errors stay byte for byte.
#ifndef DEPOT_FMT_H
#define DEPOT_FMT_H

#include "compilation.h"

struct _GString;

/// Columns of a line, as far as what stands in it lets lines be broken.
#define FMT_COLUMNS 80
/// The widths that indentation may have, and has by itself.
#define FMT_INDENT_MIN     1
#define FMT_INDENT_MAX     8
#define FMT_INDENT_DEFAULT 2

/// Appends the formatted text of `source` to `out`, with its byte order mark and its line ends (LF
/// or CR LF, whichever it has more of). `indent` is the width of the indentation in columns.
/// `source` was read by `compilation` and has not been changed since; what it reported about the
/// source says where the errors are. Nothing is reported. False if nothing sensible can be told of
/// the source (it is binary): it should stay as it is, and `out` got its text unchanged.
bool fmt_source(const Compilation *compilation, const Source *source, unsigned indent,
                struct _GString *out);

#endif
