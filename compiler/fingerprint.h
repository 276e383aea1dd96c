/// What a mistake is recognised by when the lines around it change.
#ifndef DEPOT_FINGERPRINT_H
#define DEPOT_FINGERPRINT_H

#include "compilation.h"

/// Which ones have been given out.
typedef struct Fingerprints Fingerprints;

Fingerprints *fingerprints_new(Compilation *compilation);
void fingerprints_free(Fingerprints *fingerprints);
/// The next diagnostic's: 32 hexadecimal digits, from its code, its file, the blocks that it stands
/// in and the text of its line, but not from where that line is. Of several alike each gets its
/// own, so ask once for each, in the order of the report. The caller frees it.
char *fingerprint_of(Fingerprints *fingerprints, const Diagnostic *diagnostic);

#endif
