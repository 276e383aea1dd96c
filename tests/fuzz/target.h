/// A fuzz target: a program per target_*.c, each with one function that is given any bytes.
///
/// Built for libFuzzer (DEPOTC_FUZZER) it looks for bytes that break an oracle; else it judges the
/// files that it is given, and so repeats in the test suite what was found.
#ifndef DEPOT_TARGET_H
#define DEPOT_TARGET_H

#include "compilation.h"

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's entry: judges `size` bytes. Ends the program if an oracle is broken. Returns 0.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/// Ends the program with a message if `holds` is false: libFuzzer keeps what led here.
void target_expect(bool holds, const char *what);

/// Everything that a report promises, whatever the program: each diagnostic has a place in a file
/// that was read or names a file, places are within their file, fixes are edits within theirs, the
/// JSON and SARIF forms parse, and the others are UTF-8.
void target_judge_report(Compilation *compilation);

#endif
