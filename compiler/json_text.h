/// Small pieces of JSON, with cJSON. All texts become UTF-8: what is none is replaced by U+FFFD.
#ifndef DEPOT_JSON_TEXT_H
#define DEPOT_JSON_TEXT_H

struct cJSON;
struct _GString;

/// Adds `text` under `key`; NULL becomes null.
void json_put_text(struct cJSON *object, const char *key, const char *text);
/// Adds `text` to an array.
void json_add_text(struct cJSON *array, const char *text);
/// Appends `object` as text without blanks to `out`, and frees it.
void json_append(struct _GString *out, struct cJSON *object);

#endif
