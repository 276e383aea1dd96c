/// Forms of other languages that are understood, so that each costs one message which shows what is
/// written here. `foreign.def` is the table.
#ifndef DEPOT_FOREIGN_H
#define DEPOT_FOREIGN_H

#include "parser.h"

/// Where a form is looked for.
typedef enum ForeignPlace {
    FOREIGN_STATEMENT, ///< where a member of a block or file begins
    FOREIGN_VALUE,     ///< where a value begins
    FOREIGN_TAG,       ///< where a value begins, behind a `!`
    FOREIGN_OPERATOR   ///< behind a value
} ForeignPlace;

/// What to do about a form that was found.
typedef enum ForeignAction {
    FOREIGN_NONE, ///< none was found
    FOREIGN_PASS, ///< all of the statement or value is to be passed over
    FOREIGN_DROP, ///< the words are to be left out
    FOREIGN_READ  ///< the words are to be read as `kind`
} ForeignAction;

typedef struct Foreign {
    ForeignAction action;
    TokenKind kind;    ///< what the words stand for
    const Token *last; ///< the last of the words
} Foreign;

/// Looks for a form of another language that begins with `token`, an identifier, and reports it.
Foreign foreign_find(Parser *parser, ForeignPlace place, const Token *token);

#endif
