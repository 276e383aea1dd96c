/// A compilation of sources in memory, for tests of how diagnostics are shown.
#ifndef DEPOT_TESTS_REPORTED_H
#define DEPOT_TESTS_REPORTED_H

#include "compilation.h"

/// The URI of the explanations in these tests.
#define PAGES "https://depotc.example/diagnostics/"

typedef struct Fixture {
    Compilation compilation;
    Source *sources[4];
} Fixture;

/// For g_test_add; the second argument is not used.
void setup(Fixture *fixture, const void *unused);
void teardown(Fixture *fixture, const void *unused);
/// Adds a file that is neither scanned nor parsed. `path` is not copied.
Source *add_source(Fixture *fixture, const char *path, const char *text);
/// The place of `needle` in `source`.
Span at(const Source *source, const char *needle);

#endif
