/// Levels of diagnostics: what users allow, warn about and deny; and ids wherever users write them.
#ifndef DEPOT_LEVELS_H
#define DEPOT_LEVELS_H

#include "compilation.h"

/// What there is with an id.
typedef enum IdKind {
    ID_UNKNOWN,
    ID_GROUP,
    ID_WARNING,   ///< levels make of it what they like
    ID_ERROR,     ///< of depotc or the library: stays one
    ID_USERS_RULE ///< a rule of a user's file, whatever it is by itself
} IdKind;

/// The ids of users' rules, while ids are judged.
typedef struct RuleIds RuleIds;

/// Holds the ids of `compilation->levels` and of suppressions against those that there are, and
/// lets them lower the errors of users' own rules. Call when all files are read, before rules are
/// judged. Reports ids that there are not, that have another name today, and errors that cannot be
/// lowered.
void levels_check(Compilation *compilation);

/// What the id `*code` is, which is written at `span`; sets it to what it is called today. Reports
/// former ids and, with the one that was meant, unknown ones; but not ids in files that may be
/// those of rules in others, which are not compiled.
IdKind levels_judge_id(Compilation *compilation, const RuleIds *ids, Span span, const char **code);

/// What the id `code` at `span` (with or without quotes) of a diagnostic or a rule is called today;
/// NULL after a diagnostic if there is none.
const char *levels_check_id(Compilation *compilation, Span span, const char *code);

#endif
