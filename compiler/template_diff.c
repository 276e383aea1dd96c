#include "template_diff.h"

#include <cJSON.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

/// The sections whose members have logical ids, and what one of them is called.
static const char *const sections[][2] = {
    {"Resources", NULL},         {"Parameters", "Parameter"}, {"Outputs", "Output"},
    {"Conditions", "Condition"}, {"Mappings", "Mapping"},     {"Rules", "Rule"},
};

static void free_value(void *data) {
    TemplateValueChange *value = data;
    g_free(value->path);
    g_free(value);
}

static void free_change(void *data) {
    TemplateChange *change = data;
    g_ptr_array_unref(change->values);
    g_free(change);
}

void template_diff_free(GPtrArray *changes) {
    g_ptr_array_unref(changes);
}

// Values

static void compare(const cJSON *before, const cJSON *after, GString *path, GPtrArray *values);

static void add_value(const cJSON *before, const cJSON *after, const GString *path,
                      GPtrArray *values) {
    TemplateValueChange *value = g_new0(TemplateValueChange, 1);
    value->path = g_strdup(path->str);
    value->old_value = before;
    value->new_value = after;
    g_ptr_array_add(values, value);
}

static void push_name(GString *path, const char *name) {
    const size_t plain = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789_-:");
    if (name[plain] == '\0' && *name != '\0') {
        g_string_append_printf(path, "%s%s", path->len > 0 ? "." : "", name);
    } else {
        g_string_append_printf(path, "[\"%s\"]", name);
    }
}

/// The members of `object` by name: what has thousands is not searched from the front each time.
static GHashTable *members_of(const cJSON *object) {
    GHashTable *members = g_hash_table_new(g_str_hash, g_str_equal);
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object) {
        g_hash_table_insert(members, member->string, (gpointer)member);
    }
    return members;
}

static void compare_objects(const cJSON *before, const cJSON *after, GString *path,
                            GPtrArray *values) {
    g_autoptr(GHashTable) old_members = members_of(before);
    g_autoptr(GHashTable) new_members = members_of(after);
    const size_t length = path->len;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, after) {
        push_name(path, member->string);
        compare(g_hash_table_lookup(old_members, member->string), member, path, values);
        g_string_truncate(path, length);
    }
    cJSON_ArrayForEach(member, before) {
        if (!g_hash_table_contains(new_members, member->string)) {
            push_name(path, member->string);
            add_value(member, NULL, path, values);
            g_string_truncate(path, length);
        }
    }
}

static GPtrArray *elements_of(const cJSON *list) {
    GPtrArray *elements = g_ptr_array_new();
    const cJSON *element = NULL;
    cJSON_ArrayForEach(element, list) {
        g_ptr_array_add(elements, (gpointer)element);
    }
    return elements;
}

/// What two lists begin and end with alike is left out; the rest is compared in pairs.
static void compare_lists(const cJSON *before, const cJSON *after, GString *path,
                          GPtrArray *values) {
    g_autoptr(GPtrArray) old_items = elements_of(before);
    g_autoptr(GPtrArray) new_items = elements_of(after);
    guint begin = 0;
    guint old_end = old_items->len;
    guint new_end = new_items->len;
    while (begin < old_end && begin < new_end &&
           cJSON_Compare(old_items->pdata[begin], new_items->pdata[begin], 1)) {
        begin++;
    }
    while (old_end > begin && new_end > begin &&
           cJSON_Compare(old_items->pdata[old_end - 1], new_items->pdata[new_end - 1], 1)) {
        old_end--;
        new_end--;
    }
    const size_t length = path->len;
    for (guint i = begin; i < MAX(old_end, new_end); i++) {
        g_string_append_printf(path, "[%u]", i);
        compare(i < old_end ? old_items->pdata[i] : NULL, i < new_end ? new_items->pdata[i] : NULL,
                path, values);
        g_string_truncate(path, length);
    }
}

static void compare(const cJSON *before, const cJSON *after, GString *path, GPtrArray *values) {
    if (before != NULL && after != NULL && cJSON_IsObject(before) && cJSON_IsObject(after)) {
        compare_objects(before, after, path, values);
    } else if (before != NULL && after != NULL && cJSON_IsArray(before) && cJSON_IsArray(after)) {
        compare_lists(before, after, path, values);
    } else if (before == NULL || after == NULL || !cJSON_Compare(before, after, 1)) {
        add_value(before, after, path, values);
    }
}

// Sections

static const char *type_of(const cJSON *member) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(member, "Type"));
}

static void add_change(GPtrArray *changes, const char *section, const cJSON *before,
                       const cJSON *after) {
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(free_value);
    if (before != NULL && after != NULL) {
        g_autoptr(GString) path = g_string_new(NULL);
        compare(before, after, path, values);
        if (values->len == 0) {
            return;
        }
    }
    const cJSON *present = after != NULL ? after : before;
    TemplateChange *change = g_new0(TemplateChange, 1);
    change->kind = before == NULL  ? TEMPLATE_ADDED
                   : after == NULL ? TEMPLATE_REMOVED
                                   : TEMPLATE_CHANGED;
    change->section = section;
    change->id = present->string;
    change->type = strcmp(section, sections[0][0]) == 0 ? type_of(present) : NULL;
    change->values = g_steal_pointer(&values);
    g_ptr_array_add(changes, change);
}

static int compare_ids(const void *left, const void *right) {
    const TemplateChange *const *a = left;
    const TemplateChange *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

/// The members of two objects that differ, behind those that are in `changes` already.
static void compare_members(const cJSON *before, const cJSON *after, const char *section,
                            bool (*passed)(const char *name), GPtrArray *changes) {
    g_autoptr(GHashTable) old_members = members_of(before);
    g_autoptr(GHashTable) new_members = members_of(after);
    const guint begin = changes->len;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, after) {
        if (passed == NULL || !passed(member->string)) {
            add_change(changes, section, g_hash_table_lookup(old_members, member->string), member);
        }
    }
    cJSON_ArrayForEach(member, before) {
        if ((passed == NULL || !passed(member->string)) &&
            !g_hash_table_contains(new_members, member->string)) {
            add_change(changes, section, member, NULL);
        }
    }
    if (changes->len > begin) {
        qsort(changes->pdata + begin, changes->len - begin, sizeof *changes->pdata, compare_ids);
    }
}

static bool is_section(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (strcmp(sections[i][0], name) == 0) {
            return true;
        }
    }
    return false;
}

GPtrArray *template_diff(const cJSON *old_template, const cJSON *new_template) {
    GPtrArray *changes = g_ptr_array_new_with_free_func(free_change);
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        compare_members(cJSON_GetObjectItemCaseSensitive(old_template, sections[i][0]),
                        cJSON_GetObjectItemCaseSensitive(new_template, sections[i][0]),
                        sections[i][0], NULL, changes);
    }
    compare_members(old_template, new_template, "", is_section, changes);
    return changes;
}

// Text

/// A value on one line, cut if it is long.
static void print_value(const cJSON *value, GString *out) {
    enum { MOST = 200 };
    char *text = cJSON_PrintUnformatted(value);
    const size_t length = strlen(text);
    if (length <= MOST) {
        g_string_append(out, text);
    } else {
        const char *end = g_utf8_find_prev_char(text, text + MOST);
        g_string_append_len(out, text, end != NULL ? end - text : 0);
        g_string_append(out, "…");
    }
    cJSON_free(text);
}

static void print_value_change(const TemplateValueChange *value, const char *indent, GString *out) {
    const char *mark = value->old_value == NULL ? "+" : value->new_value == NULL ? "-" : "~";
    g_string_append_printf(out, "%s    %s ", indent, mark);
    if (*value->path != '\0') {
        g_string_append_printf(out, "%s: ", value->path);
    }
    if (value->old_value != NULL) {
        print_value(value->old_value, out);
    }
    if (value->old_value != NULL && value->new_value != NULL) {
        g_string_append(out, " → ");
    }
    if (value->new_value != NULL) {
        print_value(value->new_value, out);
    }
    g_string_append_c(out, '\n');
}

static const char *what(const TemplateChange *change) {
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (strcmp(sections[i][0], change->section) == 0 && sections[i][1] != NULL) {
            return sections[i][1];
        }
    }
    if (change->section[0] == '\0') {
        return "Template";
    }
    return change->type != NULL ? change->type : "Resource";
}

void template_diff_print(const GPtrArray *changes, const char *indent, GString *out) {
    static const char *const marks[] = {
        [TEMPLATE_ADDED] = "+", [TEMPLATE_REMOVED] = "-", [TEMPLATE_CHANGED] = "~"};
    for (guint i = 0; i < changes->len; i++) {
        const TemplateChange *change = changes->pdata[i];
        g_string_append_printf(out, "%s%s %s %s\n", indent, marks[change->kind], what(change),
                               change->id);
        for (guint k = 0; k < change->values->len; k++) {
            print_value_change(change->values->pdata[k], indent, out);
        }
    }
}
