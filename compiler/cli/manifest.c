#include "cli.h"

#include <cjson/cJSON.h>
#include <string.h>

static void free_sums(void *sums) {
    g_ptr_array_free(sums, TRUE);
}

GHashTable *manifest_new(void) {
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_sums);
}

void manifest_add(GHashTable *manifest, const char *path, const char *sum) {
    GPtrArray *sums = g_hash_table_lookup(manifest, path);
    if (sums == NULL) {
        sums = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(manifest, g_strdup(path), sums);
    }
    if (!g_ptr_array_find_with_equal_func(sums, sum, g_str_equal, NULL)) {
        g_ptr_array_add(sums, g_strdup(sum));
    }
}

bool manifest_allows(GHashTable *manifest, const char *path, const char *sum) {
    GPtrArray *sums = g_hash_table_lookup(manifest, path);
    return sums != NULL && g_ptr_array_find_with_equal_func(sums, sum, g_str_equal, NULL);
}

/// Reads one member: a sum, or a list of them while a build is being written.
static bool parse_member(GHashTable *manifest, const cJSON *member) {
    if (cJSON_IsString(member)) {
        manifest_add(manifest, member->string, member->valuestring);
        return true;
    }
    bool ok = cJSON_IsArray(member) != 0;
    const cJSON *sum = NULL;
    cJSON_ArrayForEach(sum, member) {
        if (!ok || !cJSON_IsString(sum)) {
            return false;
        }
        manifest_add(manifest, member->string, sum->valuestring);
    }
    return ok;
}

GHashTable *manifest_parse(const char *text, bool *unfinished) {
    cJSON *document = cJSON_Parse(text);
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(document, "files");
    GHashTable *manifest = manifest_new();
    bool ok = cJSON_IsObject(files) != 0;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, files) {
        ok = ok && parse_member(manifest, member);
    }
    *unfinished = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(document, "unfinished")) != 0;
    cJSON_Delete(document);
    if (!ok) {
        g_hash_table_destroy(manifest);
        return NULL;
    }
    return manifest;
}

static int compare_keys(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static cJSON *print_sums(const GPtrArray *sums) {
    if (sums->len == 1) {
        return cJSON_CreateString(sums->pdata[0]);
    }
    return cJSON_CreateStringArray((const char *const *)sums->pdata, (int)sums->len);
}

char *manifest_print(GHashTable *manifest, bool unfinished) {
    guint count = 0;
    g_autofree void **paths = g_hash_table_get_keys_as_array(manifest, &count);
    qsort(paths, count, sizeof *paths, compare_keys);
    cJSON *document = cJSON_CreateObject();
    cJSON_AddStringToObject(document, "formatVersion", "1.0");
    if (unfinished) {
        cJSON_AddTrueToObject(document, "unfinished");
    }
    cJSON *files = cJSON_AddObjectToObject(document, "files");
    for (guint i = 0; i < count; i++) {
        cJSON_AddItemToObject(files, paths[i], print_sums(g_hash_table_lookup(manifest, paths[i])));
    }
    char *text = json_print(document);
    cJSON_Delete(document);
    return text;
}
