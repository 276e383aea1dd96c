/// Random programs from the grammar.
#ifndef DEPOT_GENERATE_H
#define DEPOT_GENERATE_H

#include "chance.h"
#include "productions.h"

/// A piece of a program and the productions that it came from.
typedef struct Piece {
    GString *text;
    GArray *used; ///< numbers of productions
} Piece;

/// Expands `rule` into about `size` tokens at most. Productions that few programs had come first.
Piece *generate(const Grammar *grammar, unsigned rule, unsigned size, Chance *chance);
void piece_free(Piece *piece);

/// A program of `count` members without errors, each on a line, and counts its productions.
GString *generate_program(const Grammar *grammar, unsigned count, Chance *chance);

/// Member `number` of a fixed list of programs that go to limits: deep, long, wide; NULL behind the
/// last. `*name` says which.
GString *generate_extreme(unsigned number, const char **name);

#endif
