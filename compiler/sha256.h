/// SHA-256, with the processor's instructions for it where there are some.
#ifndef DEPOT_SHA256_H
#define DEPOT_SHA256_H

#include <stddef.h>

/// The SHA-256 of `length` bytes at `text`, in hexadecimal digits, lower case; freed with g_free.
char *sha256_of(const char *text, size_t length);

#endif
