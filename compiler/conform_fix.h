/// What texts that do not conform were meant as. Internal to conform.c and conform_fix.c.
#ifndef DEPOT_CONFORM_FIX_H
#define DEPOT_CONFORM_FIX_H

#include "eval.h"

/// One value on its way through its type.
typedef struct Conform {
    Compilation *compilation;
    const Node *place;  ///< where to report what has no place of its own
    const char *what;   ///< "`name`"
    const char *origin; ///< where it came from, if not from the source
} Conform;

/// Where to report what is wrong with `value`.
Span conform_place(const Conform *context, const Value *value);
/// Whether a text has the form that a pattern asks for. Reports a pattern that is none, once.
bool conform_matches(Compilation *compilation, Constraint *constraint, const Value *value);

/// Offers to write `text` for `value`, if that is a literal that stands as it is in a file; not
/// more than `maybe` if it stands elsewhere than where it is used.
void conform_fix_text(const Conform *context, Diagnostic *diagnostic, const Value *value,
                      const char *text, Applicability how);
/// Offers what a text that a pattern refuses may have been meant as: the same without blanks around
/// it, without `s3://` before it, without slashes at its ends; or, less certain, in other letters.
void conform_fix_pattern(const Conform *context, Diagnostic *diagnostic, const Value *value,
                         Constraint *constraint);

#endif
