/// Numbers as JavaScript writes them: in text, JSON and TypeScript alike.
#ifndef DEPOT_NUMBER_H
#define DEPOT_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/// Room for any number that the functions below write, with the NUL.
#define NUMBER_MAX 32

/// Writes `value` in decimal into `out` and returns its length.
size_t number_from_int(int64_t value, char out[NUMBER_MAX]);

/// Writes the shortest text that reads back as `value`, in the form of JavaScript's
/// `Number.prototype.toString` (`0.1`, `1e+21`, `1e-7`), and returns its length. Negative zero is
/// `0` and what is no finite number is `null`, as `JSON.stringify` has it.
size_t number_from_double(double value, char out[NUMBER_MAX]);

#endif
