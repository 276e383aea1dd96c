/// What a syntax error makes look wrong. Names, types and rules are judged on what could be read;
/// what could not be read is missing there, and a second message about that helps nobody.
#ifndef DEPOT_CONSEQUENCES_H
#define DEPOT_CONSEQUENCES_H

#include "compilation.h"

/// Hides the diagnostics that follow from a syntax error in the same file. Call when all checks
/// have run; takes as long as sorting the diagnostics.
void consequences_hide(Compilation *compilation);

#endif
