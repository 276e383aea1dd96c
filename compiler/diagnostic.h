/// What is wrong, where, and what to do about it.
///
/// Every diagnostic is one row of `diagnostics.def` (id, name, severity, wording, label) and one
/// page in `docs/diagnostics/`. Rules of the library bring their own id and wording.
#ifndef DEPOT_DIAGNOSTIC_H
#define DEPOT_DIAGNOSTIC_H

#include "arena.h"
#include "source.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum DiagnosticId {
#define DIAGNOSTIC(code, name, severity, message, label) DIAG_##name,
#include "diagnostics.def"
    DIAG_COUNT
} DiagnosticId;

/// What levels can name instead of ids.
typedef enum DiagnosticGroup {
    GROUP_NONE,
#define GROUP(name, constant, summary) GROUP_##constant,
#include "diagnostics.def"
    GROUP_COUNT
} DiagnosticGroup;

typedef enum Severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/// A second place and what it has to do with the first.
typedef struct DiagnosticLabel {
    Span span;
    const char *text;
    bool note; ///< shown as a note of its own (`note: … --> place`), not in the first excerpt
    struct DiagnosticLabel *next;
} DiagnosticLabel;

typedef struct DiagnosticHelp {
    const char *text;
    struct DiagnosticHelp *next;
} DiagnosticHelp;

/// How sure a fix is.
typedef enum Applicability {
    FIX_SAFE,        ///< what was meant is certain: `depotc check --fix` applies it
    FIX_MAYBE,       ///< a person looks at it first
    FIX_PLACEHOLDER, ///< what it inserts is to be completed by a person
} Applicability;

/// One replacement.
typedef struct DiagnosticEdit {
    Span span;
    const char *text; ///< replaces the bytes of `span`
    struct DiagnosticEdit *next;
} DiagnosticEdit;

/// What mends it: all of its edits together, in one file or several, or none of them.
typedef struct DiagnosticFix {
    const char *title;
    Applicability applicability;
    DiagnosticEdit *edits; ///< at least one
    struct DiagnosticFix *next;
} DiagnosticFix;

/// A comment of a source that keeps diagnostics off the report; see suppressions.h.
typedef struct Suppression {
    Span span; ///< of the comment
    const char *reason;
} Suppression;

typedef struct Diagnostic {
    const char *code; ///< "D1203"
    DiagnosticGroup group;
    Severity severity;
    const char *message;
    const char *label;   ///< under the primary span; may be NULL
    Span span;           ///< NO_SPAN: `file` or the command line as a whole
    const char *file;    ///< for diagnostics about a file that was never read
    const char *context; ///< "environment `orders` > location `hot`", or NULL
    bool told;           ///< an error that people read of elsewhere: in the list of tests
    DiagnosticLabel *labels;
    DiagnosticHelp *helps;
    DiagnosticFix *fixes;
    const void *cause;                ///< what several may come from, compared only; or NULL
    const Suppression *suppressed_by; ///< it is not shown and not counted; or NULL
    struct Diagnostic *next;
} Diagnostic;

/// The diagnostics of one compilation.
typedef struct Diagnostics Diagnostics;

/// An empty list in `arena`.
Diagnostics *diagnostics_new(Arena *arena);

/// Adds the diagnostic `id` at `span`. `{0}`, `{1}`, … of its wording and label are replaced by the
/// strings that follow; the list ends with NULL. The same id at the same span with the same message
/// is added once: the earlier one is returned. Never NULL.
Diagnostic *diagnostic_add(Diagnostics *list, DiagnosticId id, Span span, ...)
    __attribute__((sentinel));
/// Adds one with its own code and wording (a rule of the library).
Diagnostic *diagnostic_add_rule(Diagnostics *list, const char *code, Severity severity, Span span,
                                const char *message);

/// These add to a diagnostic; texts are printf-formatted and copied. Nothing is added twice.
/// A second place, shown in the excerpt (or, far from the first, in one of its own).
void diagnostic_label(Diagnostics *list, Diagnostic *diagnostic, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/// A note with a place of its own, or with NO_SPAN without one.
void diagnostic_note(Diagnostics *list, Diagnostic *diagnostic, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/// What to do about it. May have several lines.
void diagnostic_help(Diagnostics *list, Diagnostic *diagnostic, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/// A mending: `text` instead of the bytes of `span`; the title says what it does. Several of one
/// diagnostic are alternatives, the best first. Returns it (or the one with this edit and title
/// that was there), for further edits; never NULL.
DiagnosticFix *diagnostic_fix(Diagnostics *list, Diagnostic *diagnostic,
                              Applicability applicability, Span span, const char *text,
                              const char *format, ...) __attribute__((format(printf, 6, 7)));
/// One more edit of `fix`, at a place that none of its others touches, in this file or another.
void diagnostic_fix_edit(Diagnostics *list, DiagnosticFix *fix, Span span, const char *text);

/// How the work came to a place: what is told inside of `within` gets a note at `place`, and at
/// those of the outer ones. Lives as long as its user says.
typedef struct DiagnosticTrail {
    Span within;
    Span place;
    const char *text;
    const struct DiagnosticTrail *outer;
} DiagnosticTrail;

/// From here on `trail` (NULL: none) holds; returns the one that held before.
const DiagnosticTrail *diagnostics_follow(Diagnostics *list, const DiagnosticTrail *trail);

/// Between `diagnostics_mute` and `diagnostics_unmute` nothing is added: what is tried out may
/// fail. They nest. What `diagnostic_add` returns in between may be added to, and is never shown.
void diagnostics_mute(Diagnostics *list);
/// Ends the innermost `diagnostics_mute`.
void diagnostics_unmute(Diagnostics *list);
/// Ends all `diagnostics_mute` for a while, for work that is done once, whoever happens to be the
/// first to need it. Returns how many there were, for `diagnostics_remute`, which makes them hold
/// again.
unsigned diagnostics_speak(Diagnostics *list);
void diagnostics_remute(Diagnostics *list, unsigned muted);

/// How many diagnostics have been muted that were no complaint about a value known only at
/// deployment.
size_t diagnostics_faults(const Diagnostics *list);

/// How many diagnostics have exactly this severity.
size_t diagnostics_count(const Diagnostics *list, Severity severity);
/// How many diagnostics have a safe fix.
size_t diagnostics_fixable(const Diagnostics *list);

/// From here on a diagnostic with this code, or of the group of this name, is of that severity:
/// SEVERITY_OFF (it is not shown), SEVERITY_WARNING or SEVERITY_ERROR. The level of a code goes
/// before that of its group, and this before that of `warnings`, in whatever order they are set; a
/// later level of the same replaces an earlier one. What is an error by itself stays one, unless
/// `errors`. What is lowered is lowered when it is added; what is raised waits for
/// `diagnostics_raise`, so that levels do not change what is found.
/// `place` and `origin` ("`-D D1130`") say where the level was set, for a note.
void diagnostics_set_level(Diagnostics *list, const char *code, Severity severity, bool errors,
                           Span place, const char *origin);
/// Whether `id` is to be looked for: it is not off by itself, or a level asks for it.
bool diagnostics_wants(const Diagnostics *list, DiagnosticId id);
/// Makes errors of the warnings whose level says so. Call it when nothing more is added; it may be
/// called again.
void diagnostics_raise(Diagnostics *list);
/// How many errors are warnings that a level made errors; `*origin` is what says so of all of them
/// ("`--deny warnings`"), or NULL if they have it from several.
size_t diagnostics_raised(const Diagnostics *list, const char **origin);

/// Asked of each new diagnostic, which is of the severity `own` by itself: what suppresses it, or
/// NULL. It is asked also of what its level does not show.
typedef const Suppression *(*Suppressor)(const Diagnostic *diagnostic, Severity own, void *data);
/// From here on `suppressor` is asked; `data` is handed to it.
void diagnostics_set_suppressor(Diagnostics *list, Suppressor suppressor, void *data);
/// Those that are suppressed, sorted like the others and walked like them through `next`. No
/// level raises their `severity`.
Diagnostic *diagnostics_suppressed(Diagnostics *list);
/// How many are suppressed.
size_t diagnostics_suppressed_count(const Diagnostics *list);

/// Makes one of those that have the same `cause` (not NULL), id, file and mending: the first of
/// them, with the places of the others as labels (a few, the rest counted) and one fix for all of
/// them. What is suppressed stays apart.
void diagnostics_fold(Diagnostics *list);

/// Takes a diagnostic out again, as if it had never been added.
void diagnostic_hide(Diagnostics *list, Diagnostic *diagnostic);

/// Sorts by file (in the order of compilation; those without a place last), place, code; the result
/// is stable and is what renderers walk through `next`. Without those whose severity is off and
/// those that are suppressed.
Diagnostic *diagnostics_sorted(Diagnostics *list);

/// The row of a code such as "D1203"; false if there is none.
bool diagnostic_find(const char *code, DiagnosticId *id);
/// The code of a row: "D1203".
const char *diagnostic_code(DiagnosticId id);
/// The wording of a row, with its `{0}`, `{1}`, ….
const char *diagnostic_wording(DiagnosticId id);
/// The severity of a row: SEVERITY_OFF if it is looked for only where a level asks for it.
Severity diagnostic_severity(DiagnosticId id);
/// The group of a row, or GROUP_NONE.
DiagnosticGroup diagnostic_group(DiagnosticId id);
/// What the former id `code` is called today, or NULL if it was never renamed.
const char *diagnostic_renamed(const char *code);
/// The former id number `index` of those that there are, from 0; NULL behind the last.
const char *diagnostic_former(size_t index);
/// The group called `name`, or GROUP_NONE.
DiagnosticGroup group_find(const char *name);
/// What a group is called: "unused".
const char *group_name(DiagnosticGroup group);
/// What it is about, in words without an end: "what has a successor".
const char *group_summary(DiagnosticGroup group);
/// "error", "warning" or "note".
const char *severity_name(Severity severity);
/// "safe", "maybe" or "placeholder".
const char *applicability_name(Applicability applicability);

struct _GPtrArray;

/// Looks among candidates for names like a misspelled one: edit distance (with transpositions) at
/// most a third of the length (of names of one or two letters: one letter more behind), names that
/// differ only in case, `_` and `-` first; of equally near ones the first. Feed candidates with
/// `similar_offer`; `similar_best` is the nearest or NULL. Neither `wanted` nor a candidate is
/// copied.
typedef struct Similar {
    const char *wanted;
    size_t wanted_length;
    const char *best;
    unsigned best_distance; ///< a name must be nearer than this to become `best`
    bool tied;              ///< another name is as near as `best`
    bool longer_counts;     ///< a name counts that `wanted` is the beginning or the end of
    bool longer;            ///< `best` is such a name
} Similar;
/// Starts looking for names like `wanted`.
void similar_begin(Similar *similar, const char *wanted);
/// Also takes names that `wanted` is the beginning or the end of, in whole words:
/// `primaryLocation` for `primary`, `tablePrefix` for `prefix`. For short lists of names, where
/// that is no accident.
void similar_allow_longer(Similar *similar);
/// Considers one more name. `wanted` itself is passed over.
void similar_offer(Similar *similar, const char *candidate);
/// The nearest name offered so far, or NULL if none is near.
const char *similar_best(const Similar *similar);
/// FIX_SAFE if it is certain that the nearest name was meant: no other is as near.
Applicability similar_certainty(const Similar *similar);

/// Sorts `count` names for a message: those nearest to `wanted` first, and those that are equally
/// near, or have nothing in common with it, in the order that they have. `wanted` may be NULL.
void similar_sort(const char *wanted, const char **names, size_t count);
/// "`a`, `b`": the names of a GPtrArray (which is sorted so) in backticks, in `arena`.
const char *similar_list(Arena *arena, const char *wanted, struct _GPtrArray *names);

#endif
