/// Seals: the last line of a file that depotc wrote is the sum of all before it, so that a file
/// that somebody edited is known.
#include "cli.h"

#include "sha256.h"

#include <string.h>

char *seal_add(const char *text, const char *mark) {
    g_autofree char *sum = sha256_of(text, strlen(text));
    return g_strconcat(text, mark, sum, "\n", NULL);
}

bool seal_holds(const char *text, size_t length, const char *mark) {
    const char *seal = g_strrstr_len(text, (gssize)length, mark);
    if (seal == NULL || (seal > text && seal[-1] != '\n')) {
        return false;
    }
    g_autofree char *sum = sha256_of(text, (size_t)(seal - text));
    g_autofree char *line = g_strconcat(mark, sum, "\n", NULL);
    return strcmp(seal, line) == 0;
}
