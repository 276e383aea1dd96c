#include "cli.h"

#include <cjson/cJSON.h>
#include <string.h>

char *json_print(const cJSON *document) {
    char *printed = cJSON_Print(document);
    GString *out = g_string_sized_new(strlen(printed) * 2);
    // cJSON lays out with tabs. Those in strings are escaped, so every tab is layout.
    for (const char *text = printed; *text != '\0'; text++) {
        if (*text != '\t') {
            g_string_append_c(out, *text);
        } else {
            g_string_append(out, text > printed && text[-1] == ':' ? " " : "  ");
        }
    }
    cJSON_free(printed);
    g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}
