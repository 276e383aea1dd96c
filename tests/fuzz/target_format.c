/// The formatter, with its laws as the oracle: they hold for whatever has no mistake, and no text
/// crashes it.
#include "target.h"

#include "judge.h"
#include "reading.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    g_autofree char *failure = judge(text, size, JUDGE_PROGRAM, NULL);
    if (failure != NULL) {
        fprintf(stderr, "%s\n", failure);
        abort();
    }
    return 0;
}
