/// Other layouts of a program, and other programs near it.
#ifndef DEPOT_VARIANT_H
#define DEPOT_VARIANT_H

#include "chance.h"
#include "judge.h"

/// The same program with other white space: lines joined and broken, indented at random, commas for
/// line ends and line ends for commas. What the author says by layout stays: line ends behind the
/// brace that opens an object, in and behind decorators, empty lines, where comments stand. NULL if
/// nothing was found that is read as the same program.
GString *variant_rearrange(const GString *text, JudgeKind kind, Chance *chance);

/// The program with comments of all kinds, empty lines and line ends at random places. NULL if
/// `text` has errors, or nothing was found that has none.
GString *variant_comment(const GString *text, Chance *chance);

/// The text with tokens and bytes left out, doubled, swapped and put in: mostly no program.
GString *variant_damage(const GString *text, Chance *chance);

/// Whether the formatter makes the same of `text` and of another layout of it: a failure as that of
/// `judge`, or NULL. `*tried` is raised if another layout was found.
char *variant_judge(const GString *text, JudgeKind kind, Chance *chance, size_t *tried);

#endif
