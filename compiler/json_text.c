#include "json_text.h"

#include <cjson/cJSON.h>
#include <glib.h>

void json_put_text(cJSON *object, const char *key, const char *text) {
    if (!text) {
        cJSON_AddNullToObject(object, key);
    } else if (g_utf8_validate(text, -1, NULL)) {
        cJSON_AddStringToObject(object, key, text);
    } else {
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        cJSON_AddStringToObject(object, key, valid);
    }
}

void json_add_text(cJSON *array, const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    cJSON_AddItemToArray(array, cJSON_CreateString(valid));
}

void json_append(GString *out, cJSON *object) {
    char *text = cJSON_PrintUnformatted(object);
    g_string_append(out, text);
    cJSON_free(text);
    cJSON_Delete(object);
}
