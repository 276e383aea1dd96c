/// A text read as a program: its tokens, its tree, and what the parser said.
#ifndef DEPOT_READING_H
#define DEPOT_READING_H

#include "compilation.h"
#include "parse.h"

#include <glib.h>

typedef struct Reading {
    Compilation *compilation;
    Source *source;
    GString *codes; ///< of the diagnostics in the order of their places, a line each
    bool good;      ///< there is none
} Reading;

/// Reads `length` bytes, as the members of a project file if `settings`. Free with `reading_free`.
Reading *reading_new(const char *text, size_t length, bool settings);
void reading_free(Reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)

/// The tree as text, without places, and without what a formatter may change: the quotes of the
/// names of properties.
GString *reading_tree(const Reading *reading);

/// The codes of a list of diagnostics, a line each.
GString *reading_codes(Diagnostics *diagnostics);

#endif
