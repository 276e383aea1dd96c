/// Choices from a seed, so that what fails can be made again.
#ifndef DEPOT_CHANCE_H
#define DEPOT_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Chance {
    uint64_t state;
} Chance;

/// The next of a sequence of numbers (SplitMix64).
static inline uint64_t chance_next(Chance *chance) {
    uint64_t mixed = chance->state += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
}

/// One of 0 … `count` - 1; `count` is not 0.
static inline size_t chance_below(Chance *chance, size_t count) {
    return (size_t)(chance_next(chance) % count);
}

/// True in `percent` of 100 cases.
static inline bool chance_percent(Chance *chance, unsigned percent) {
    return chance_below(chance, 100) < percent;
}

#endif
