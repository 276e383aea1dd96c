/// The entry of a target without libFuzzer: `fuzz-TARGET FILE|FOLDER…` judges each file, and says
/// how many there were. What breaks an oracle ends it.
#include "target.h"

#include <glib.h>
#include <stdio.h>

static size_t replay(const char *path) {
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    size_t count = 0;
    if (folder != NULL) {
        for (const char *name = g_dir_read_name(folder); name != NULL;
             name = g_dir_read_name(folder)) {
            g_autofree char *inner = g_build_filename(path, name, NULL);
            count += replay(inner);
        }
        return count;
    }
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, &length, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 0;
    }
    g_setenv("DEPOT_FUZZ_FILE", path, TRUE); // a debugger shows what was judged
    LLVMFuzzerTestOneInput((const uint8_t *)text, length);
    return 1;
}

int main(int argc, char **argv) {
    size_t count = 0;
    for (int index = 1; index < argc; ++index) {
        count += replay(argv[index]);
    }
    printf("%zu passed, 0 failed\n", count);
    return count > 0 ? 0 : 1;
}
