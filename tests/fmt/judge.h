/// The laws of the formatter: what holds between any text and what the formatter makes of it.
#ifndef DEPOT_JUDGE_H
#define DEPOT_JUDGE_H

#include <glib.h>
#include <stdbool.h>

/// What a text is read as.
typedef enum JudgeKind { JUDGE_PROGRAM, JUDGE_SETTINGS } JudgeKind;

/// What is counted besides; not set to zero by the judge.
typedef struct JudgeCounts {
    size_t programs;
    size_t broken; ///< programs with syntax errors
    size_t bytes;
    size_t lines; ///< of what came out
    size_t
        long_lines; ///< of more than 80 columns that have a blank outside of strings and comments
} JudgeCounts;

/// What the formatter makes of `length` bytes. If it crashes or hangs, "crash: …" is.
GString *judge_format(const char *text, size_t length, JudgeKind kind);

/// Formats `length` bytes and looks at all laws. Returns NULL if they hold, else "law: what is
/// wrong", g_malloc'ed. Any bytes will do. `counts` may be NULL.
char *judge(const char *text, size_t length, JudgeKind kind, JudgeCounts *counts);

/// The laws between a text and what it became, whatever made it: a failure as that of `judge`, or
/// NULL.
char *judge_pair(const GString *text, const GString *formatted, JudgeKind kind);

/// Whether two failures are of the same law.
bool judge_same_law(const char *left, const char *right);

/// "law: the first line that differs" if they do, else NULL; g_malloc'ed.
char *judge_difference(const char *law, const GString *expected, const GString *found);

#endif
