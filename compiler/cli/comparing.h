/// `depotc diff`: what is compared, and how that is shown. Grouped by source file.
#ifndef DEPOT_CLI_COMPARING_H
#define DEPOT_CLI_COMPARING_H

#include "cli.h"

struct cJSON;

// diff_side.c

/// What a resource of a template is called in the program that it is of.
typedef struct SideOrigin {
    char *name;      ///< "location `hot`"
    char *file;      ///< as messages show it
    unsigned line;   ///< from 1
    unsigned column; ///< from 1, in characters
} SideOrigin;

/// One template of a side.
typedef struct SideTemplate {
    char *name; ///< "orders"
    struct cJSON *document;
    GHashTable *origins; ///< logical id → SideOrigin; empty unless it is of a program
} SideTemplate;

/// One of the two things that are compared.
typedef struct Side {
    char *label;          ///< the head of its column
    GPtrArray *templates; ///< SideTemplate, sorted by name
} Side;

/// Reads what `path` names: a program, a folder or project of them (NULL: that of the working
/// folder), a template, a folder of templates, or standard input (`-`). A program is compiled for
/// `stage` (or NULL). EXIT_DONE, or another code after it was reported. Always `side_clear`.
ExitCode side_read(Side *side, const Invocation *invocation, const char *path, const char *stage);
void side_clear(Side *side);

// diff_replace.c

/// Whether CloudFormation makes a resource of `type` anew when the property at `path`
/// ("Properties.Name") changes.
typedef enum Replacement {
    REPLACEMENT_UNKNOWN, ///< nobody says so of the type
    REPLACEMENT_NO,
    REPLACEMENT_MAYBE,
    REPLACEMENT_YES
} Replacement;

/// The source is the resource model that AWS publishes; of Depot's custom resources nothing is
/// known.
Replacement replacement_of(const char *type, const char *path);

// diff_print.c

/// Two templates that differ, or one that has no partner.
typedef struct Pair {
    const char *name;
    const SideTemplate *before; ///< or NULL
    const SideTemplate *after;  ///< or NULL
    GPtrArray *changes;         ///< TemplateChange, some
} Pair;

/// All that differs.
typedef struct Comparison {
    const Side *before;
    const Side *after;
    GPtrArray *pairs; ///< Pair
} Comparison;

/// A table for a terminal (`colour`: in its colours), Markdown for a pull request, or JSON
/// (docs/diff.md says of what form). The caller frees them.
char *comparison_text(const Comparison *comparison, bool colour);
char *comparison_markdown(const Comparison *comparison);
char *comparison_json(const Comparison *comparison);

#endif
