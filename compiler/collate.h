/// The order in which JavaScript's `localeCompare` has texts, as far as AWS CDK sorts by it.
#ifndef DEPOT_COLLATE_H
#define DEPOT_COLLATE_H

#include <stddef.h>

/// Negative, 0 or positive as `left` stands before, with or behind `right`. Punctuation comes
/// before digits, these before letters, and a small letter before its capital where nothing else
/// decides; what is not ASCII comes last, by its bytes.
int collate(const char *left, size_t left_length, const char *right, size_t right_length);

#endif
