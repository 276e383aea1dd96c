/// IP ranges, and the other formats that a pattern cannot judge well.
#ifndef DEPOT_FORMAT_H
#define DEPOT_FORMAT_H

#include "eval.h"

/// An IP range: the address, masked, and how many bits of it are fixed.
typedef struct Cidr {
    uint8_t bytes[16];
    unsigned bits;
    bool v6;
    bool has_mask;
    bool host_bits; ///< bits behind the mask were set
} Cidr;

/// Reads "10.0.0.0/8" or "2001:db8::/32"; false if it is no address or the mask is out of range.
bool cidr_parse(const char *text, size_t length, Cidr *cidr);
/// The range as text, host bits cleared.
char *cidr_text(Arena *arena, const Cidr *cidr);
/// Whether every address of `inner` is in `outer`.
bool cidr_contains(const Cidr *outer, const Cidr *inner);

/// Whether a string has the format ("cidr", "semver"); reports what is wrong with it, at `span`.
bool format_check(Compilation *compilation, const Value *value, const char *format, Span span);

#endif
