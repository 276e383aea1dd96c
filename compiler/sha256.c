// GLib computes SHA-256 in portable C, which took a third of the time of a large build: every file
// that is written is summed. Processors of the last years have instructions for it, eight times as
// fast. On others GLib does it.

#include "sha256.h"

#include <glib.h>

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, LENGTH = 8 };

static const uint32_t CONSTANTS[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool processor_has_sha(void) {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __builtin_cpu_supports("sse4.1") && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 &&
           (b & bit_SHA) != 0;
}

/// The eight words of the state in the order in which the instructions want them.
typedef struct State {
    __m128i abef;
    __m128i cdgh;
} State;

static __m128i load(const void *at) {
    return _mm_loadu_si128((const __m128i *)at);
}

/// Works `count` blocks into the state: four rounds with each of sixteen groups of four words, of
/// which the first four are the block and the others follow from the four groups before them.
__attribute__((target("sha,sse4.1"))) static void add_blocks(State *state, const char *text,
                                                             size_t count) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    for (; count > 0; --count, text += BLOCK) {
        const State before = *state;
        __m128i words[4];
#pragma GCC unroll 16
        for (int group = 0; group < 16; ++group) {
            __m128i *own = &words[group % 4];
            if (group < 4) {
                *own = _mm_shuffle_epi8(load(text + (ptrdiff_t)group * 16), swap);
            } else {
                const __m128i last = words[(group + 3) % 4];
                const __m128i middle = _mm_alignr_epi8(last, words[(group + 2) % 4], 4);
                *own = _mm_sha256msg1_epu32(*own, words[(group + 1) % 4]);
                *own = _mm_sha256msg2_epu32(_mm_add_epi32(*own, middle), last);
            }
            __m128i sum = _mm_add_epi32(*own, load(&CONSTANTS[(ptrdiff_t)group * 4]));
            state->cdgh = _mm_sha256rnds2_epu32(state->cdgh, state->abef, sum);
            sum = _mm_shuffle_epi32(sum, 0x0e);
            state->abef = _mm_sha256rnds2_epu32(state->abef, state->cdgh, sum);
        }
        state->abef = _mm_add_epi32(state->abef, before.abef);
        state->cdgh = _mm_add_epi32(state->cdgh, before.cdgh);
    }
}

/// What is left behind the whole blocks, a bit, zeros, and the length in bits.
static void add_end(State *state, const char *rest, size_t left, size_t length) {
    char end[2 * BLOCK] = {0};
    if (left > 0) {
        memcpy(end, rest, left);
    }
    end[left] = (char)0x80;
    const size_t blocks = left + 1 + LENGTH > BLOCK ? 2 : 1;
    const uint64_t bits = GUINT64_TO_BE((uint64_t)length * 8);
    memcpy(end + blocks * BLOCK - LENGTH, &bits, LENGTH);
    add_blocks(state, end, blocks);
}

static char *print_state(const State *state) {
    uint32_t abef[4];
    uint32_t cdgh[4];
    _mm_storeu_si128((__m128i *)abef, state->abef);
    _mm_storeu_si128((__m128i *)cdgh, state->cdgh);
    return g_strdup_printf("%08x%08x%08x%08x%08x%08x%08x%08x", abef[3], abef[2], cdgh[3], cdgh[2],
                           abef[1], abef[0], cdgh[1], cdgh[0]);
}

char *sha256_of(const char *text, size_t length) {
    if (!processor_has_sha()) {
        return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    }
    State state = {
        .abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
        .cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19),
    };
    const size_t whole = length / BLOCK;
    add_blocks(&state, text, whole);
    add_end(&state, text + whole * BLOCK, length % BLOCK, length);
    return print_state(&state);
}

#else

char *sha256_of(const char *text, size_t length) {
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
}

#endif
