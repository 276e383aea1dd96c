/// Manual pages: `depotc help --man` and `depotc help --man VERB`. In the language of man(7).
#include "cli.h"

#include <string.h>

/// Appends `text` as it stands: what groff or mandoc would take for a command is escaped.
static void append_text(GString *out, const char *text) {
    bool begin = out->len == 0 || out->str[out->len - 1] == '\n';
    for (; *text != '\0'; text++) {
        if (begin && (*text == '.' || *text == '\'')) {
            g_string_append(out, "\\&");
        }
        if (*text == '\\') {
            g_string_append(out, "\\e");
        } else if (*text == '\'') { // else a typographic apostrophe
            g_string_append(out, "\\(aq");
        } else if (*text == '-') { // else a hyphen, which nobody can paste into a shell
            g_string_append(out, "\\-");
        } else {
            g_string_append_c(out, *text);
        }
        begin = *text == '\n';
    }
}

/// Appends a line that begins with `command` and has `text` as its one argument.
static void append_command(GString *out, const char *command, const char *text) {
    g_autofree char *first = g_strndup(text, strcspn(text, "\n"));
    g_string_append_printf(out, "%s \"", command);
    for (const char *at = first; *at != '\0'; at++) {
        if (*at == '"') {
            g_string_append(out, "\\(dq");
        } else {
            const char one[] = {*at, '\0'};
            append_text(out, one);
        }
    }
    g_string_append(out, "\"\n");
}

/// The heading, and the line that `whatis` reads. `verb`: NULL for depotc itself.
static void append_title(GString *out, const Verb *verb, const char *summary) {
    g_autofree char *name =
        verb == NULL ? g_strdup("depotc") : g_strconcat("depotc-", verb->name, NULL);
    g_autofree char *title = g_ascii_strup(name, -1);
    // What a terminal without UTF-8 shows for what its fonts lack.
    g_string_append(out, ".\\\" Made by depotc from its tables of verbs and options.\n"
                         ".fchar \\[u2026] ...\n.TH ");
    append_text(out, title);
    g_string_append(out, " 1 \"\" \"depotc " DEPOTC_VERSION "\" \"depotc\"\n.SH NAME\n");
    append_text(out, name);
    g_string_append(out, " \\- ");
    append_text(out, summary);
    g_string_append(out, "\n");
}

static void append_synopsis(GString *out, const char *verb, const char *arguments) {
    g_autofree char *command =
        verb == NULL ? g_strdup("depotc") : g_strconcat("depotc ", verb, NULL);
    g_string_append(out, ".SH SYNOPSIS\n");
    append_command(out, ".B", command);
    append_text(out, arguments);
    g_string_append(out, "\n");
}

static void append_option(GString *out, const OptionRow *option) {
    g_string_append(out, ".TP\n");
    if (option->letter != '\0') {
        g_string_append_printf(out, "\\fB\\-%c\\fR, ", option->letter);
    }
    g_string_append(out, "\\fB\\-\\-");
    append_text(out, option->name);
    g_string_append(out, "\\fR");
    if (option->value != NULL) {
        g_string_append(out, " \\fI");
        append_text(out, option->value);
        g_string_append(out, "\\fR");
    }
    g_string_append_c(out, '\n');
    append_text(out, option->summary);
    g_string_append_c(out, '\n');
}

/// The options that only some verbs take, or those that all take (`verb` NULL).
static void append_options(GString *out, const char *verb) {
    size_t count = 0;
    const OptionRow *options = options_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (option_listed(&options[i], verb)) {
            append_option(out, &options[i]);
        }
    }
}

/// Text in paragraphs, and what is indented as it stands: examples, lists.
static void append_details(GString *out, const char *details) {
    g_auto(GStrv) lines = g_strsplit(details, "\n", -1);
    bool literal = false;
    for (size_t i = 0; lines[i] != NULL; i++) {
        const bool indented = g_str_has_prefix(lines[i], "  ");
        if (indented != literal) {
            g_string_append(out, indented ? ".PP\n.RS 4\n.nf\n" : ".fi\n.RE\n");
        }
        literal = indented;
        if (*lines[i] == '\0') {
            g_string_append(out, ".PP\n");
            continue;
        }
        append_text(out, lines[i] + (indented ? 2 : 0));
        g_string_append_c(out, '\n');
    }
    g_string_append(out, literal ? ".fi\n.RE\n" : "");
}

/// The page of one verb.
static void append_verb(GString *out, const Verb *verb) {
    append_title(out, verb, verb->summary);
    g_autofree char *arguments = g_strconcat("[OPTION…] ", verb->arguments, NULL);
    append_synopsis(out, verb->name, arguments);
    g_string_append(out, ".SH DESCRIPTION\n");
    append_text(out, verb->summary);
    g_string_append(out, "\n.PP\n");
    g_autofree char *details = help_details(verb);
    append_details(out, details);
    g_string_append(out, ".SH OPTIONS\n");
    append_options(out, verb->name);
    append_options(out, NULL);
    g_string_append(out, ".SH SEE ALSO\n.BR depotc (1)\n");
}

/// The page of depotc itself.
static void append_overview(GString *out) {
    append_title(out, NULL, "the compiler of .depot programs");
    append_synopsis(out, NULL, "VERB [OPTION…] [ARGUMENT…]");
    g_string_append(out, ".SH DESCRIPTION\n");
    append_text(out, help_introduction);
    g_string_append(out, "\n.SH VERBS\n");
    size_t count = 0;
    const Verb *verbs = verbs_all(&count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, ".TP\n\\fBdepotc\\-%s\\fR(1)\n", verbs[i].name);
        append_text(out, verbs[i].summary);
        g_string_append_c(out, '\n');
    }
    g_string_append(out,
                    ".SH OPTIONS\n.TP\n\\fB\\-V\\fR, \\fB\\-\\-version\\fR\nPrints the version\n");
    append_options(out, NULL);
    g_string_append(out, ".SH EXIT STATUS\n");
    append_text(out, help_exit_codes);
    g_string_append(out, "\n.SH SEE ALSO\n");
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, ".BR depotc\\-%s (1)%s\n", verbs[i].name,
                               i + 1 < count ? "," : "");
    }
}

char *help_man(const Verb *verb) {
    GString *out = g_string_new(NULL);
    if (verb != NULL) {
        append_verb(out, verb);
    } else {
        append_overview(out);
    }
    return g_string_free(out, FALSE);
}
