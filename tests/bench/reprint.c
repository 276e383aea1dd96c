/// The least that a program which writes these templates could do: reads each with cJSON and prints
/// it again, into a folder.
///
///     reprint FOLDER FILE...
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        return NULL;
    }
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (text != NULL) {
        text[fread(text, 1, size, file)] = 0;
    }
    fclose(file);
    return text;
}

static int reprint(const char *folder, const char *path) {
    char *text = read_all(path);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    char *printed = json != NULL ? cJSON_Print(json) : NULL;
    char out[4096];
    const char *name = strrchr(path, '/');
    snprintf(out, sizeof out, "%s/%s", folder, name != NULL ? name + 1 : path);
    FILE *file = printed != NULL ? fopen(out, "wb") : NULL;
    int good = file != NULL && fputs(printed, file) >= 0;
    if (file != NULL) {
        good = fclose(file) == 0 && good;
    }
    cJSON_free(printed);
    cJSON_Delete(json);
    free(text);
    return good;
}

int main(int argc, char **argv) {
    for (int i = 2; i < argc; i++) {
        if (!reprint(argv[1], argv[i])) {
            fprintf(stderr, "reprint: %s failed\n", argv[i]);
            return 3;
        }
    }
    return argc > 2 ? 0 : 2;
}
