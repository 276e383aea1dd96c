/// The judge on trial: pairs of texts that break a law, each of which it must name.
#ifndef DEPOT_SELFTEST_H
#define DEPOT_SELFTEST_H

#include <stddef.h>

/// Adds to the numbers of what passed and failed; prints what failed.
void selftest_run(size_t *passed, size_t *failed);

#endif
