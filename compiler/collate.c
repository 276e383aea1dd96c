#include "collate.h"

#include <glib.h>
#include <string.h>

/// What ASCII can show, in order; capital letters have the place of small ones.
static const char ORDER[] =
    " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

/// The place of a character, whether it is small or capital.
static int place(char c) {
    const char *found = c ? strchr(ORDER, g_ascii_tolower(c)) : NULL;
    return found ? (int)(found - ORDER) : (int)sizeof ORDER + (unsigned char)c;
}

int collate(const char *left, size_t left_length, const char *right, size_t right_length) {
    size_t common = left_length < right_length ? left_length : right_length;
    for (size_t i = 0; i < common; i++) {
        int order = place(left[i]) - place(right[i]);
        if (order != 0) {
            return order;
        }
    }
    if (left_length != right_length) {
        return left_length < right_length ? -1 : 1;
    }
    for (size_t i = 0; i < common; i++) {
        if (left[i] != right[i]) {
            return g_ascii_islower(left[i]) ? -1 : 1;
        }
    }
    return 0;
}
