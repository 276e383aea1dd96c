/// The part of docs/cli.md that lists verbs and options: `depotc help --markdown`.
#include "cli.h"

#include <string.h>

/// Appends `text` for a cell of a table.
static void append_cell(GString *out, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '|') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *text);
    }
}

static void append_option(GString *out, const OptionRow *option) {
    g_string_append(out, "| `");
    if (option->letter != '\0') {
        g_string_append_printf(out, "-%c`, `", option->letter);
    }
    g_string_append_printf(out, "--%s", option->name);
    if (option->value != NULL) {
        g_string_append_c(out, ' ');
        append_cell(out, option->value);
    }
    g_string_append(out, "` | ");
    append_cell(out, option->summary);
    g_string_append(out, " |\n");
}

/// A table of the options that only some verbs take, or of those that all take (`verb` NULL).
static void append_options(GString *out, const char *verb) {
    size_t count = 0;
    const OptionRow *options = options_all(&count);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!option_listed(&options[i], verb)) {
            continue;
        }
        if (!any) {
            g_string_append(out, "\n| Option | Meaning |\n|---|---|\n");
            any = true;
        }
        append_option(out, &options[i]);
    }
}

static void append_block(GString *out, GString *block) {
    if (block->len > 0) {
        g_string_append_printf(out, "\n```console\n%s```\n", block->str);
        g_string_truncate(block, 0);
    }
}

/// The details of a verb: text, and examples that are indented.
static void append_details(GString *out, const char *details) {
    g_auto(GStrv) lines = g_strsplit(details, "\n", -1);
    g_autoptr(GString) block = g_string_new(NULL);
    bool text = false;
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (g_str_has_prefix(lines[i], "  ")) {
            g_string_append_printf(block, "$ %s\n", lines[i] + 2);
            text = false;
            continue;
        }
        append_block(out, block);
        if (g_str_has_prefix(lines[i], "Example")) { // the block that follows says it
            text = false;
            continue;
        }
        if (*lines[i] != '\0') {
            g_string_append_printf(out, "%s%s\n", text ? "" : "\n", lines[i]);
            text = true;
        }
    }
    append_block(out, block);
}

static void append_verb(GString *out, const Verb *verb) {
    g_string_append_printf(out, "\n### depotc %s\n\n`depotc %s [OPTION…] %s`\n\n%s\n", verb->name,
                           verb->name, verb->arguments, verb->summary);
    append_options(out, verb->name);
    append_details(out, verb->details);
}

static void append_targets(GString *out) {
    g_string_append(out, "\n### Targets\n\n| Target | What it writes |\n|---|---|\n");
    size_t count = 0;
    const Backend *backends = backend_all(&count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "| `%s` | ", backends[i].name);
        append_cell(out, backends[i].summary);
        g_string_append(out, i == 0 ? " (default) |\n" : " |\n");
    }
}

static void append_formats(GString *out) {
    g_string_append(out, "\n### Formats of reports\n\n| Format | What it is |\n|---|---|\n");
    size_t count = 0;
    const RenderFormat *formats = render_formats(&count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "| `%s` | ", formats[i].name);
        append_cell(out, formats[i].summary);
        g_string_append(out, i == 0 ? " (default) |\n" : " |\n");
    }
}

char *help_markdown(void) {
    GString *out = g_string_new(NULL);
    size_t count = 0;
    const Verb *verbs = verbs_all(&count);
    for (size_t i = 0; i < count; i++) {
        append_verb(out, &verbs[i]);
    }
    append_targets(out);
    append_formats(out);
    g_string_append(out, "\n### Options of every verb\n");
    append_options(out, NULL);
    return g_string_free(out, FALSE);
}
