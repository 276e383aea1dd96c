/// What `depotc diff` prints: a table of two columns, as text or Markdown, or JSON.
#include "comparing.h"
#include "template_diff.h"

#include <cjson/cJSON.h>
#include <string.h>

/// The widest value and path in a table, in characters. JSON has all of them.
#define WIDEST_VALUE 60
#define WIDEST_PATH  60
/// What stands for no value.
#define NOTHING "–"

static const char marks[] = {
    [TEMPLATE_ADDED] = '+', [TEMPLATE_REMOVED] = '-', [TEMPLATE_CHANGED] = '~'};
static const char *const words[] = {
    [TEMPLATE_ADDED] = "added", [TEMPLATE_REMOVED] = "removed", [TEMPLATE_CHANGED] = "changed"};

static bool is_resource(const TemplateChange *change) {
    return strcmp(change->section, "Resources") == 0;
}

/// What the resource is called in the program, of the new side if it is there.
static const SideOrigin *origin_of(const Pair *pair, const TemplateChange *change) {
    const SideOrigin *origin = NULL;
    if (is_resource(change) && pair->after != NULL) {
        origin = g_hash_table_lookup(pair->after->origins, change->id);
    }
    if (is_resource(change) && origin == NULL && pair->before != NULL) {
        origin = g_hash_table_lookup(pair->before->origins, change->id);
    }
    return origin;
}

/// The path of a value, without what all properties begin with.
static const char *path_of(const TemplateValueChange *value) {
    static const char properties[] = "Properties.";
    return g_str_has_prefix(value->path, properties) ? value->path + strlen(properties)
                                                     : value->path;
}

/// Whether the resource is made anew: what the most serious of its changes does.
static Replacement replacement(const TemplateChange *change) {
    Replacement worst = REPLACEMENT_UNKNOWN;
    if (!is_resource(change) || change->kind != TEMPLATE_CHANGED) {
        return REPLACEMENT_NO;
    }
    for (guint i = 0; i < change->values->len; i++) {
        const TemplateValueChange *value = change->values->pdata[i];
        const Replacement one = replacement_of(change->type, value->path);
        worst = MAX(worst, one);
    }
    return worst;
}

// Texts

/// At most `most` characters of `text`, the last of them "…" if there are more.
static char *cut(const char *text, glong most) {
    if (g_utf8_strlen(text, -1) <= most) {
        return g_strdup(text);
    }
    const char *end = g_utf8_offset_to_pointer(text, most - 1);
    return g_strdup_printf("%.*s…", (int)(end - text), text);
}

static char *value_text(const cJSON *value) {
    if (value == NULL) {
        return g_strdup(NOTHING);
    }
    char *printed = cJSON_PrintUnformatted(value);
    char *text = cut(printed, WIDEST_VALUE);
    cJSON_free(printed);
    return text;
}

static void pad(GString *out, const char *text, glong width) {
    g_string_append(out, text);
    for (glong i = g_utf8_strlen(text, -1); i < width; i++) {
        g_string_append_c(out, ' ');
    }
}

/// "location `hot`, Custom::Location Hot8CE4D4AD, main.depot:12"
static char *title_of(const Pair *pair, const TemplateChange *change) {
    const SideOrigin *origin = origin_of(pair, change);
    GString *title = g_string_new(NULL);
    if (origin != NULL) {
        g_string_append_printf(title, "%s, ", origin->name);
    }
    const char *type = change->type != NULL         ? change->type
                       : change->section[0] == '\0' ? "Template"
                                                    : change->section;
    g_string_append_printf(title, "%s %s", type, change->id);
    if (origin != NULL && origin->file != NULL) {
        g_string_append_printf(title, ", %s:%u", origin->file, origin->line);
    }
    const Replacement fate = replacement(change);
    g_string_append(title, fate == REPLACEMENT_YES     ? ", is replaced"
                           : fate == REPLACEMENT_MAYBE ? ", may be replaced"
                                                       : "");
    return g_string_free(title, FALSE);
}

/// "3 differ: 1 added, 2 changed"
static char *summary_of(const Comparison *comparison) {
    guint counts[3] = {0};
    guint others = 0;
    guint replaced = 0;
    for (guint i = 0; i < comparison->pairs->len; i++) {
        const Pair *pair = comparison->pairs->pdata[i];
        for (guint k = 0; k < pair->changes->len; k++) {
            const TemplateChange *change = pair->changes->pdata[k];
            counts[change->kind] += is_resource(change);
            others += !is_resource(change);
            replaced += replacement(change) == REPLACEMENT_YES;
        }
    }
    const guint all = counts[0] + counts[1] + counts[2];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%u resource%s differ%s", all, all == 1 ? "" : "s",
                           all == 1 ? "s" : "");
    const char *before = ": ";
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (counts[i] > 0) {
            g_string_append_printf(text, "%s%u %s", before, counts[i], words[i]);
            before = ", ";
        }
    }
    if (replaced > 0) {
        g_string_append_printf(text, " (%u replaced)", replaced);
    }
    if (others > 0) {
        g_string_append_printf(text, "; %u other part%s of templates", others,
                               others == 1 ? "" : "s");
    }
    return g_string_free(text, FALSE);
}

// A table

/// The widths of the first two columns.
typedef struct Widths {
    glong path;
    glong before;
} Widths;

static Widths measure(const Comparison *comparison) {
    Widths widths = {0, g_utf8_strlen(comparison->before->label, -1)};
    for (guint i = 0; i < comparison->pairs->len; i++) {
        const Pair *pair = comparison->pairs->pdata[i];
        for (guint k = 0; k < pair->changes->len; k++) {
            const TemplateChange *change = pair->changes->pdata[k];
            for (guint n = 0; n < change->values->len; n++) {
                const TemplateValueChange *value = change->values->pdata[n];
                g_autofree char *text = value_text(value->old_value);
                widths.path = MAX(widths.path, g_utf8_strlen(path_of(value), -1));
                widths.before = MAX(widths.before, g_utf8_strlen(text, -1));
            }
        }
    }
    widths.path = MIN(widths.path, WIDEST_PATH);
    return widths;
}

static void append_row(GString *out, Widths widths, const char *path, const char *before,
                       const char *after) {
    g_autofree char *shown = cut(path, WIDEST_PATH);
    g_string_append(out, "    ");
    pad(out, shown, widths.path);
    g_string_append(out, "  ");
    pad(out, before, widths.before);
    g_string_append_printf(out, "  %s\n", after);
}

/// What a terminal is told before and behind a text.
#define BOLD   "\033[1m"
#define FAINT  "\033[2m"
#define NORMAL "\033[0m"
static const char *const colours[] = {[TEMPLATE_ADDED] = "\033[32m",
                                      [TEMPLATE_REMOVED] = "\033[31m",
                                      [TEMPLATE_CHANGED] = "\033[33m"};

static void append_change(GString *out, Widths widths, const Pair *pair,
                          const TemplateChange *change, bool colour) {
    g_autofree char *title = title_of(pair, change);
    g_string_append_printf(out, "%s%c %s%s\n", colour ? colours[change->kind] : "",
                           marks[change->kind], title, colour ? NORMAL : "");
    for (guint i = 0; i < change->values->len; i++) {
        const TemplateValueChange *value = change->values->pdata[i];
        g_autofree char *before = value_text(value->old_value);
        g_autofree char *after = value_text(value->new_value);
        append_row(out, widths, path_of(value), before, after);
    }
}

/// The name of a template, and whether only one side has it.
static char *heading_of(const Comparison *comparison, const Pair *pair) {
    if (pair->before == NULL || pair->after == NULL) {
        return g_strdup_printf("%s (only %s)", pair->name,
                               pair->before == NULL ? comparison->after->label
                                                    : comparison->before->label);
    }
    return strcmp(pair->before->name, pair->after->name) == 0
               ? g_strdup(pair->name)
               : g_strdup_printf("%s → %s", pair->before->name, pair->after->name);
}

char *comparison_text(const Comparison *comparison, bool colour) {
    GString *out = g_string_new(NULL);
    const Widths widths = measure(comparison);
    for (guint i = 0; i < comparison->pairs->len; i++) {
        const Pair *pair = comparison->pairs->pdata[i];
        g_autofree char *heading = heading_of(comparison, pair);
        g_string_append_printf(out, "%s%s%s%s\n", i > 0 ? "\n" : "", colour ? BOLD : "", heading,
                               colour ? NORMAL : "");
        g_string_append(out, colour ? FAINT : "");
        append_row(out, widths, "", comparison->before->label, comparison->after->label);
        g_string_append(out, colour ? NORMAL : "");
        for (guint k = 0; k < pair->changes->len; k++) {
            append_change(out, widths, pair, pair->changes->pdata[k], colour);
        }
    }
    if (comparison->pairs->len > 0) {
        g_autofree char *summary = summary_of(comparison);
        g_string_append_printf(out, "\n%s\n", summary);
    }
    return g_string_free(out, FALSE);
}

// Markdown

/// A text as code in a cell of a table.
static void append_cell(GString *out, const char *text, bool code) {
    g_string_append(out, code ? "`" : "");
    for (; *text != '\0'; text++) {
        g_string_append(out, *text == '|' ? "\\" : "");
        g_string_append_c(out, *text == '`' && code ? '\'' : *text == '\n' ? ' ' : *text);
    }
    g_string_append(out, code ? "`" : "");
}

static void append_markdown_row(GString *out, const TemplateValueChange *value) {
    g_autofree char *before = value_text(value->old_value);
    g_autofree char *after = value_text(value->new_value);
    g_string_append(out, "| ");
    append_cell(out, path_of(value), true);
    g_string_append(out, " | ");
    append_cell(out, before, value->old_value != NULL);
    g_string_append(out, " | ");
    append_cell(out, after, value->new_value != NULL);
    g_string_append(out, " |\n");
}

static void append_markdown_change(GString *out, const Comparison *comparison, const Pair *pair,
                                   const TemplateChange *change) {
    g_autofree char *title = title_of(pair, change);
    g_string_append_printf(out, "**%s** %s\n\n", words[change->kind], title);
    if (change->values->len == 0) {
        return;
    }
    g_string_append(out, "| | ");
    append_cell(out, comparison->before->label, false);
    g_string_append(out, " | ");
    append_cell(out, comparison->after->label, false);
    g_string_append(out, " |\n|---|---|---|\n");
    for (guint i = 0; i < change->values->len; i++) {
        append_markdown_row(out, change->values->pdata[i]);
    }
    g_string_append_c(out, '\n');
}

char *comparison_markdown(const Comparison *comparison) {
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < comparison->pairs->len; i++) {
        const Pair *pair = comparison->pairs->pdata[i];
        g_autofree char *heading = heading_of(comparison, pair);
        g_string_append_printf(out, "### %s\n\n", heading);
        for (guint k = 0; k < pair->changes->len; k++) {
            append_markdown_change(out, comparison, pair, pair->changes->pdata[k]);
        }
    }
    g_autofree char *summary =
        comparison->pairs->len > 0 ? summary_of(comparison) : g_strdup("Nothing differs.");
    g_string_append_printf(out, "%s\n", summary);
    return g_string_free(out, FALSE);
}

// JSON

static cJSON *json_value(const TemplateValueChange *value, const TemplateChange *change) {
    static const char *const fates[] = {
        [REPLACEMENT_NO] = "no", [REPLACEMENT_MAYBE] = "maybe", [REPLACEMENT_YES] = "yes"};
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "path", value->path);
    if (value->old_value != NULL) {
        cJSON_AddItemToObject(object, "before", cJSON_Duplicate(value->old_value, 1));
    }
    if (value->new_value != NULL) {
        cJSON_AddItemToObject(object, "after", cJSON_Duplicate(value->new_value, 1));
    }
    const Replacement fate =
        is_resource(change) ? replacement_of(change->type, value->path) : REPLACEMENT_UNKNOWN;
    if (fate != REPLACEMENT_UNKNOWN) {
        cJSON_AddStringToObject(object, "replaces", fates[fate]);
    }
    return object;
}

static cJSON *json_change(const Pair *pair, const TemplateChange *change) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "change", words[change->kind]);
    cJSON_AddStringToObject(object, "section", change->section);
    cJSON_AddStringToObject(object, "id", change->id);
    if (change->type != NULL) {
        cJSON_AddStringToObject(object, "type", change->type);
    }
    const SideOrigin *origin = origin_of(pair, change);
    if (origin != NULL) {
        cJSON_AddStringToObject(object, "declaration", origin->name);
        if (origin->file != NULL) {
            cJSON_AddStringToObject(object, "file", origin->file);
            cJSON_AddNumberToObject(object, "line", origin->line);
            cJSON_AddNumberToObject(object, "column", origin->column);
        }
    }
    cJSON *values = cJSON_AddArrayToObject(object, "values");
    for (guint i = 0; i < change->values->len; i++) {
        cJSON_AddItemToArray(values, json_value(change->values->pdata[i], change));
    }
    return object;
}

char *comparison_json(const Comparison *comparison) {
    cJSON *document = cJSON_CreateObject();
    cJSON_AddStringToObject(document, "formatVersion", "1.0");
    cJSON_AddStringToObject(document, "before", comparison->before->label);
    cJSON_AddStringToObject(document, "after", comparison->after->label);
    cJSON *templates = cJSON_AddArrayToObject(document, "templates");
    for (guint i = 0; i < comparison->pairs->len; i++) {
        const Pair *pair = comparison->pairs->pdata[i];
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(templates, object);
        cJSON_AddStringToObject(object, "name", pair->name);
        cJSON_AddStringToObject(object, "change",
                                words[pair->before == NULL  ? TEMPLATE_ADDED
                                      : pair->after == NULL ? TEMPLATE_REMOVED
                                                            : TEMPLATE_CHANGED]);
        cJSON *changes = cJSON_AddArrayToObject(object, "changes");
        for (guint k = 0; k < pair->changes->len; k++) {
            cJSON_AddItemToArray(changes, json_change(pair, pair->changes->pdata[k]));
        }
    }
    char *text = json_print(document);
    cJSON_Delete(document);
    return text;
}
