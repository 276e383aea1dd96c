#include "shrink.h"

#include <string.h>

enum { MOST_MICROSECONDS = 2000000 };

typedef struct Shrinking {
    GString *text;
    ShrinkTest test;
    void *data;
    gint64 until;
} Shrinking;

/// Where the pieces of the text begin, its end included: lines, words and signs, or bytes.
static GArray *find_pieces(const GString *text, unsigned kind) {
    GArray *begins = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize at = 0; at <= text->len; ++at) {
        const char byte = text->str[at];
        const bool begin =
            at == 0 || at == text->len || kind == 2 || (kind == 0 && text->str[at - 1] == '\n') ||
            (kind == 1 && !(g_ascii_isalnum(byte) && g_ascii_isalnum(text->str[at - 1])));
        if (begin) {
            g_array_append_val(begins, at);
        }
    }
    return begins;
}

/// Leaves out what stands between two pieces if the test still holds.
static bool leave_out(Shrinking *shrinking, gsize from, gsize to) {
    g_autoptr(GString) shorter =
        g_string_new_len(shrinking->text->str, (gssize)shrinking->text->len);
    g_string_erase(shorter, (gssize)from, (gssize)(to - from));
    if (from == to || !shrinking->test(shorter, shrinking->data)) {
        return false;
    }
    g_string_erase(shrinking->text, (gssize)from, (gssize)(to - from));
    return true;
}

static bool is_late(const Shrinking *shrinking) {
    return g_get_monotonic_time() > shrinking->until;
}

/// One round with runs of `count` pieces; whether something went.
static bool shrink_round(Shrinking *shrinking, unsigned kind, guint count) {
    bool changed = false;
    g_autoptr(GArray) begins = find_pieces(shrinking->text, kind);
    for (guint index = begins->len - 1; index > 0 && !is_late(shrinking);) {
        const guint from = index > count ? index - count : 0;
        changed |= leave_out(shrinking, g_array_index(begins, gsize, from),
                             g_array_index(begins, gsize, index));
        index = from;
    }
    return changed;
}

void shrink(GString *text, ShrinkTest test, void *data) {
    Shrinking shrinking = {text, test, data, g_get_monotonic_time() + MOST_MICROSECONDS};
    bool changed = true;
    while (changed && !is_late(&shrinking)) {
        changed = false;
        for (unsigned kind = 0; kind < 3; ++kind) {
            for (guint count = 1U << 12; count > 0; count /= 2) {
                changed |= shrink_round(&shrinking, kind, count);
            }
        }
    }
}
