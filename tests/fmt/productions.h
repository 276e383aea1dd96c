/// The grammar as data, read from grammar/depot.y when the tests run, so that what is added to the
/// language is in the programs that they make.
#ifndef DEPOT_PRODUCTIONS_H
#define DEPOT_PRODUCTIONS_H

#include <glib.h>
#include <stdbool.h>

/// A token (TokenKind) or, with `rule`, a rule by its number.
typedef struct Symbol {
    bool rule;
    unsigned number;
} Symbol;

typedef struct Production {
    unsigned rule;
    GArray *symbols; ///< Symbol
    char *text;      ///< as it is written, without its action
    unsigned depth;  ///< the least height of a derivation; UINT_MAX: there is none
    bool mends;      ///< it passes over errors
    size_t good;     ///< in how many programs without errors it has been
    size_t bad;      ///< in how many with errors
} Production;

typedef struct Rule {
    char *name;
    GArray *productions; ///< their numbers (unsigned)
    bool used;           ///< there is a way to it that passes over no error
} Rule;

typedef struct Grammar {
    GPtrArray *rules;       ///< Rule; the first is that of a file
    GPtrArray *productions; ///< Production
} Grammar;

/// Reads the rules of the file at `path`. NULL, and `*error` set, if it cannot be understood.
Grammar *grammar_read(const char *path, char **error);
void grammar_free(Grammar *grammar);
/// The rule called `name`, or NULL.
Rule *grammar_rule(const Grammar *grammar, const char *name, unsigned *number);

static inline Production *grammar_production(const Grammar *grammar, unsigned number) {
    return g_ptr_array_index(grammar->productions, number);
}

static inline Rule *grammar_rule_at(const Grammar *grammar, unsigned number) {
    return g_ptr_array_index(grammar->rules, number);
}

#endif
