#include "cli.h"
#include "template.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(Options, member)

// Values are read as file names: GLib leaves their bytes as they are, in any locale.
static const OptionRow rows[] = {
    {"target", 't', G_OPTION_ARG_FILENAME_ARRAY, AT(targets), "TARGET", "TARGET",
     "What to write, see below; may be repeated", "build check"},
    {"out", 'o', G_OPTION_ARG_FILENAME, AT(output), "DIR", "FOLDER",
     "The output folder (default: the project's, else out); several targets get a folder each in "
     "it",
     "build"},
    {"project", 0, G_OPTION_ARG_FILENAME, AT(project), "FILE", "FILE",
     "The project file (default: the nearest depot.project in the folder or above)",
     "build check diff stdlib test"},
    {"no-project", 0, G_OPTION_ARG_NONE, AT(no_project), NULL, NULL,
     "Takes no project file, even if there is one", "build check diff stdlib test"},
    {"stage", 0, G_OPTION_ARG_FILENAME, AT(stage), "NAME", NULL,
     "Takes the parameters of this stage of the project", "build check test lsp"},
    {"stage", 0, G_OPTION_ARG_FILENAME_ARRAY, AT(stages_compared), "NAME", NULL,
     "Takes the parameters of this stage; given twice: one stage is compared with the other",
     "diff"},
    {"out", 'o', G_OPTION_ARG_FILENAME, AT(file), "FILE", "FILE",
     "With sync: the file to write (default: PACKAGE.sync.depot in the working folder)", "stdlib"},
    {"typescript", 0, G_OPTION_ARG_FILENAME, AT(typescript), "FOLDER", "FOLDER",
     "With sync: the npm package `typescript` to read with (default: the one beside the package)",
     "stdlib"},
    {"param", 'p', G_OPTION_ARG_FILENAME_ARRAY, AT(parameters), "NAME=VALUE", NULL,
     "Sets a build parameter; may be repeated", "build check diff test"},
    {"params", 0, G_OPTION_ARG_FILENAME_ARRAY, AT(parameter_files), "FILE.json", "FILE",
     "Sets build parameters from a JSON object; -p goes before it", "build check diff test"},
    {"policy", 0, G_OPTION_ARG_FILENAME_ARRAY, AT(policies), "FILE", "FILE",
     "A file of rules that hold for all programs; may be repeated", "build check diff stdlib test"},
    {"library", 0, G_OPTION_ARG_FILENAME_ARRAY, AT(library), "FILE", "FILE",
     "A file of constructs for all programs; may be repeated", "build check diff stdlib test"},
    {"name", 0, G_OPTION_ARG_FILENAME, AT(name), "NAME", NULL,
     "What the output is called (default: as the project, the environment or the first file)",
     "build check test"},
    {"service-token", 0, G_OPTION_ARG_FILENAME, AT(service_token), "ARN", NULL,
     "The function behind the custom resources", "build check diff test"},
    {"package-version", 0, G_OPTION_ARG_FILENAME_ARRAY, AT(package_versions), "NAME=VERSION", NULL,
     "The version of an npm package in a generated project; may be repeated", "build check"},
    {"warn", 'W', G_OPTION_ARG_FILENAME_ARRAY, AT(warn), "ID", NULL,
     "Makes the diagnostic, rule or group ID a warning; may be repeated", "build check test"},
    {"allow", 'A', G_OPTION_ARG_FILENAME_ARRAY, AT(allow), "ID", NULL,
     "Does not show the warning, rule or group ID; may be repeated", "build check test"},
    {"deny", 'D', G_OPTION_ARG_FILENAME_ARRAY, AT(deny), "ID", NULL,
     "Makes the warning, rule or group ID an error; may be repeated", "build check test"},
    {"template", 0, G_OPTION_ARG_FILENAME, AT(template_name), "NAME", "TEMPLATE",
     "What the project begins as (default: minimal), see below; with --from: a folder in PATH",
     "new"},
    {"from", 0, G_OPTION_ARG_FILENAME, AT(template_folder), "PATH", "FOLDER",
     "A template of your own: a folder with a file template.json", "new"},
    {"stages", 0, G_OPTION_ARG_FILENAME, AT(stages), "NAME,…", NULL,
     "The stages of the project (default: the template's)", "new"},
    {"set", 0, G_OPTION_ARG_FILENAME_ARRAY, AT(settings), "NAME=VALUE", NULL,
     "Sets what the template lets you choose; several values are separated by commas; may be "
     "repeated",
     "new"},
    {"git", 0, G_OPTION_ARG_NONE, AT(git), NULL, NULL,
     "Makes it a git repository, if it is in none, with the hook of `depotc hook`", "new"},
    {"yes", 'y', G_OPTION_ARG_NONE, AT(yes), NULL, NULL,
     "Asks nothing, even at a terminal: takes the defaults", "new"},
    {"dry-run", 0, G_OPTION_ARG_NONE, AT(dry_run), NULL, NULL,
     "Writes nothing; lists what would be written", "new"},
    {"force", 0, G_OPTION_ARG_NONE, AT(force), NULL, NULL,
     "Writes into a folder that is not empty; files that are there stay as they are", "new"},
    {"stdio", 0, G_OPTION_ARG_NONE, AT(stdio), NULL, NULL,
     "Changes nothing: standard input and output are all there is; some editors give it", "lsp"},
    {"stdout", 0, G_OPTION_ARG_NONE, AT(to_stdout), NULL, NULL,
     "Prints the one template instead of writing files", "build"},
    {"force", 0, G_OPTION_ARG_NONE, AT(force), NULL, NULL,
     "Overwrites files that were edited or are not depotc's", "build stdlib hook"},
    {"commit", 0, G_OPTION_ARG_NONE, AT(commit), NULL, NULL,
     "Commits what changed in the output folders, and nothing else", "build"},
    {"message", 'm', G_OPTION_ARG_FILENAME, AT(message), "TEXT", NULL,
     "With --commit: its message, above the list of what changed (default: names what changed)",
     "build"},
    {"depfile", 0, G_OPTION_ARG_FILENAME, AT(depfile), "FILE", "FILE",
     "Writes what was read as a rule for make and ninja", "build"},
    {"depfile-target", 0, G_OPTION_ARG_FILENAME, AT(depfile_target), "NAME", "FILE",
     "With --depfile: what the rule is of (default: the manifest in the output folder)", "build"},
    {"no-cache", 0, G_OPTION_ARG_NONE, AT(no_cache), NULL, NULL,
     "Builds although nothing may have changed, and remembers nothing", "build"},
    {"watch", 'w', G_OPTION_ARG_NONE, AT(watch), NULL, NULL,
     "Builds or checks again whenever something that was read changes, until Ctrl-C",
     "build check"},
    {"fix", 0, G_OPTION_ARG_NONE, AT(fix), NULL, NULL,
     "Applies the fixes that are safe to the source files", "check"},
    {"dry-run", 0, G_OPTION_ARG_NONE, AT(dry_run), NULL, NULL,
     "With --fix: prints the changes as a diff and writes nothing", "check"},
    {"staged", 0, G_OPTION_ARG_NONE, AT(staged), NULL, NULL,
     "Checks what would be committed: what is staged (in PATH), and the programs that use it",
     "check"},
    {"staged", 0, G_OPTION_ARG_NONE, AT(staged), NULL, NULL,
     "Judges what would be committed: what is staged (in PATH); writes nothing, as --check", "fmt"},
    {"affected", 0, G_OPTION_ARG_NONE, AT(affected), NULL, NULL,
     "Checks the programs that use PATH, files of any kind (default: all that is not committed)",
     "check"},
    {"check", 0, G_OPTION_ARG_NONE, AT(check_only), NULL, NULL,
     "Writes nothing; lists the files that would change, and exits 1 if there are some",
     "build fmt"},
    {"diff", 0, G_OPTION_ARG_NONE, AT(diff), NULL, NULL,
     "Writes nothing; prints the changes as a diff", "fmt"},
    {"stdin-filepath", 0, G_OPTION_ARG_FILENAME, AT(stdin_path), "NAME", "FILE",
     "With -: the file that standard input is the text of", "fmt"},
    {"stats", 0, G_OPTION_ARG_NONE, AT(stats), NULL, NULL,
     "Prints time and count of each phase to standard error", "build check test"},
    {"max-errors", 0, G_OPTION_ARG_FILENAME, AT(max_errors), "N", NULL,
     "Shows N errors and counts the others (default: 0, all)", "build check test"},
    {"format", 0, G_OPTION_ARG_FILENAME, AT(format), "FORMAT", "text json markdown",
     "How to print it: text (default), json or markdown", "stdlib diff"},
    {"format", 0, G_OPTION_ARG_FILENAME, AT(test_format), "FORMAT", "text junit tap",
     "How to report: text (default), junit or tap", "test"},
    {"filter", 0, G_OPTION_ARG_FILENAME, AT(filter), "PATTERN", NULL,
     "Runs the tests whose name holds PATTERN, or is like it if it has * or ?", "test"},
    {"snapshot", 0, G_OPTION_ARG_NONE, AT(snapshot), NULL, NULL,
     "Compares templates with those kept in __snapshots__; keeps new ones", "test"},
    {"update", 0, G_OPTION_ARG_NONE, AT(update), NULL, NULL,
     "With --snapshot: keeps what differs, removes what belongs to nothing any more", "test"},
    {"ci", 0, G_OPTION_ARG_NONE, AT(ci), NULL, NULL,
     "With --snapshot: writes nothing; a snapshot that is missing is a failure", "test"},
    {"markdown", 0, G_OPTION_ARG_NONE, AT(markdown), NULL, NULL,
     "Prints the help of all verbs as Markdown: a part of docs/cli.md", "help"},
    {"man", 0, G_OPTION_ARG_NONE, AT(man), NULL, NULL,
     "Prints the manual page of depotc, or of VERB, in the language of man(7)", "help"},
    {"diagnostics", 0, G_OPTION_ARG_FILENAME_ARRAY, AT(diagnostics), "FORMAT[:FILE]", "REPORT",
     "How to report, see below (default: text); may be repeated", NULL},
    {"color", 0, G_OPTION_ARG_FILENAME, AT(colour), "WHEN", "auto always never",
     "Colours in reports: auto (default), always or never", NULL},
    {"help", 'h', G_OPTION_ARG_NONE, AT(help), NULL, NULL, "Prints this", NULL},
};

const OptionRow *options_all(size_t *count) {
    *count = G_N_ELEMENTS(rows);
    return rows;
}

/// Adds a word to a list of them.
static void add_word(GString *words, const char *word) {
    g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", word);
}

static void add_targets(GString *words) {
    size_t count = 0;
    const Backend *backends = backend_all(&count);
    for (size_t i = 0; i < count; i++) {
        add_word(words, backends[i].name);
    }
}

static void add_verbs(GString *words) {
    size_t count = 0;
    const Verb *verbs = verbs_all(&count);
    for (size_t i = 0; i < count; i++) {
        add_word(words, verbs[i].name);
    }
}

static void add_formats(GString *words) {
    g_autofree char *formats = report_formats();
    g_string_append(words, formats);
}

static void add_templates(GString *words) {
    g_auto(GStrv) names = template_names();
    for (char **name = names; *name != NULL; name++) {
        add_word(words, *name);
    }
}

/// What a row of an option or a verb says in the place of words that are found elsewhere.
static const struct {
    const char *name;
    void (*add)(GString *words);
} word_lists[] = {
    {"TARGET", add_targets},
    {"VERB", add_verbs},
    {"REPORT", add_formats},
    {"TEMPLATE", add_templates},
};

char *option_words(const char *values) {
    GString *words = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(word_lists); i++) {
        if (strcmp(values, word_lists[i].name) == 0) {
            word_lists[i].add(words);
            return g_string_free(words, FALSE);
        }
    }
    return g_string_free(g_string_append(words, values), FALSE);
}

bool option_belongs(const OptionRow *option, const char *verb) {
    if (option->verbs == NULL) {
        return true;
    }
    const size_t length = strlen(verb);
    for (const char *word = option->verbs; word != NULL; word = strchr(word, ' ')) {
        word += *word == ' ';
        if (strncmp(word, verb, length) == 0 && (word[length] == ' ' || word[length] == '\0')) {
            return true;
        }
    }
    return false;
}

bool option_listed(const OptionRow *option, const char *verb) {
    return verb == NULL ? option->verbs == NULL
                        : option->verbs != NULL && option_belongs(option, verb);
}

/// GLib's parser for the options of `verb`, which sets the members of `options`.
static GOptionContext *make_context(const Verb *verb, Options *options) {
    GOptionContext *context = g_option_context_new(verb->arguments);
    g_option_context_set_help_enabled(context, FALSE);          // ours returns instead of exiting
    g_option_context_set_ignore_unknown_options(context, TRUE); // the message is ours as well
    GOptionEntry entries[G_N_ELEMENTS(rows) + 2] = {{0}};
    size_t count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (option_belongs(&rows[i], verb->name)) {
            entries[count++] = (GOptionEntry){
                rows[i].name,    rows[i].letter, 0, rows[i].kind, (char *)options + rows[i].offset,
                rows[i].summary, rows[i].value};
        }
    }
    entries[count] = (GOptionEntry){.long_name = G_OPTION_REMAINING,
                                    .arg = G_OPTION_ARG_FILENAME_ARRAY,
                                    .arg_data = &options->arguments};
    g_option_context_add_main_entries(context, entries, NULL);
    return context;
}

/// "`--flag` with a similar name exists", among the options of the verb.
static void offer_similar(Compilation *failure, Diagnostic *diagnostic, const Verb *verb,
                          const char *wanted) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (option_belongs(&rows[i], verb->name)) {
            g_ptr_array_add(names, g_strconcat("--", rows[i].name, NULL));
        }
    }
    g_ptr_array_add(names, NULL);
    failure_similar(failure, diagnostic, "an option", wanted, (const char *const *)names->pdata);
}

static bool unknown_option(const Invocation *invocation, const char *argument) {
    g_autofree char *name = g_strndup(argument, strcspn(argument, "="));
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    Compilation *failure = failure_begin();
    Diagnostic *diagnostic = diagnostic_add(failure->diagnostics, DIAG_USAGE_OPTION, NO_SPAN, valid,
                                            invocation->verb->name, NULL);
    offer_similar(failure, diagnostic, invocation->verb, valid);
    diagnostic_help(failure->diagnostics, diagnostic, "`depotc %s --help` lists the options",
                    invocation->verb->name);
    failure_end(failure, &invocation->report, EXIT_USAGE);
    return false;
}

static bool bad_value(const Invocation *invocation, const char *option, const char *value,
                      const char *help) {
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    failure_usage(&invocation->report, DIAG_USAGE_VALUE, valid, option, help);
    return false;
}

static bool check_max_errors(Invocation *invocation) {
    const char *text = invocation->options.max_errors;
    guint64 number = 0;
    if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL)) {
        return bad_value(invocation, "--max-errors", text, "give a number, 0 for all");
    }
    invocation->report.render.max_errors = (size_t)number;
    return true;
}

static bool check_diagnostics(const Invocation *invocation) {
    char **specs = invocation->options.diagnostics;
    for (size_t i = 0; specs != NULL && specs[i] != NULL; i++) {
        if (!report_spec_valid(specs[i])) {
            g_autofree char *formats = report_formats();
            g_autofree char *help =
                g_strdup_printf("give FORMAT or FORMAT:FILE; formats are %s", formats);
            return bad_value(invocation, "--diagnostics", specs[i], help);
        }
    }
    const char *first = NULL;
    const char *second = NULL;
    if (report_conflict(&invocation->report, &first, &second)) {
        g_autofree char *one = g_utf8_make_valid(first, -1);
        g_autofree char *other = g_utf8_make_valid(second, -1);
        failure_usage(&invocation->report, DIAG_REPORT_CONFLICT, one, other,
                      "give each a file of its own: `--diagnostics FORMAT:FILE`");
        return false;
    }
    return true;
}

/// Whether `value` is one of the words that the row of option `name` lists.
static bool check_word(const Invocation *invocation, const char *name, const char *value) {
    for (size_t i = 0; value != NULL && i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].name, name) != 0 || !option_belongs(&rows[i], invocation->verb->name)) {
            continue;
        }
        g_autofree char *known = option_words(rows[i].values);
        g_auto(GStrv) words = g_strsplit(known, " ", -1);
        if (!g_strv_contains((const char *const *)words, value)) {
            g_autofree char *option = g_strconcat("--", name, NULL);
            g_autofree char *list = g_strjoinv(", ", words);
            g_autofree char *help = g_strdup_printf("give one of: %s", list);
            return bad_value(invocation, option, value, help);
        }
    }
    return true;
}

static bool check_targets(const Invocation *invocation) {
    char **targets = invocation->options.targets;
    for (size_t i = 0; targets != NULL && targets[i] != NULL; i++) {
        if (!check_word(invocation, "target", targets[i])) {
            return false;
        }
    }
    return true;
}

/// Whether all `settings` of an option are NAME=VALUE.
static bool check_settings(const Invocation *invocation, const char *option, char **settings) {
    for (size_t i = 0; settings != NULL && settings[i] != NULL; i++) {
        const char *equals = strchr(settings[i], '=');
        if (equals == NULL || equals == settings[i]) {
            return bad_value(invocation, option, settings[i], "give NAME=VALUE");
        }
        if (!g_utf8_validate(settings[i], -1, NULL)) {
            return bad_value(invocation, option, settings[i], "give UTF-8 text");
        }
    }
    return true;
}

static bool check_project(const Invocation *invocation) {
    if (invocation->options.project != NULL && invocation->options.no_project) {
        return bad_value(invocation, "--project", invocation->options.project,
                         "leave `--no-project` out");
    }
    return true;
}

/// What GLib cannot check: the values.
static bool check_values(Invocation *invocation) {
    const Options *options = &invocation->options;
    return check_targets(invocation) && check_settings(invocation, "-p", options->parameters) &&
           check_settings(invocation, "--package-version", options->package_versions) &&
           check_settings(invocation, "--set", options->settings) && check_project(invocation) &&
           check_word(invocation, "format", options->format) &&
           check_word(invocation, "format", options->test_format) &&
           check_word(invocation, "color", options->colour) && check_diagnostics(invocation) &&
           check_max_errors(invocation);
}

bool options_parse(Invocation *invocation, int argc, char **argv) {
    const char *last = argv[argc - 1];
    g_autoptr(GOptionContext) context = make_context(invocation->verb, &invocation->options);
    // GLib shortens the array that it is given; the strings stay ours.
    g_autofree char **rest = g_memdup2(argv, sizeof(char *) * ((size_t)argc + 1));
    if (!g_option_context_parse(context, &argc, &rest, NULL)) {
        // Values are strings, so all that can be wrong is that one is missing at the end.
        failure_usage(&invocation->report, DIAG_USAGE_VALUE_MISSING, last, NULL, NULL);
        return false;
    }
    if (argc > 1) {
        return unknown_option(invocation, rest[1]);
    }
    return invocation->options.help || check_values(invocation);
}

void options_clear(Options *options) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        void *member = (char *)options + rows[i].offset;
        if (rows[i].kind == G_OPTION_ARG_FILENAME_ARRAY) {
            g_strfreev(*(char ***)member);
        } else if (rows[i].kind == G_OPTION_ARG_FILENAME) {
            g_free(*(char **)member);
        }
    }
    g_strfreev(options->arguments);
}

static void append_row(GString *out, const char *name, const char *summary, bool first) {
    g_string_append_printf(out, "  %-13s%s%s\n", name, summary, first ? " (default)" : "");
}

/// The templates, if the verb has an option for them.
static void append_templates(GString *out, const Verb *verb) {
    bool listed = false;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        listed = listed || (g_strcmp0(rows[i].values, "TEMPLATE") == 0 &&
                            option_belongs(&rows[i], verb->name));
    }
    g_auto(GStrv) names = listed ? template_names() : NULL;
    for (char **name = names; name != NULL && *name != NULL; name++) {
        Template *template = template_builtin(*name);
        g_string_append(out, name == names ? "Templates:\n" : "");
        append_row(out, *name, template->summary, false);
        template_free(template);
    }
    g_string_append(out, listed ? "\n" : "");
}

char *help_details(const Verb *verb) {
    GString *out = g_string_new(NULL);
    size_t count = 0;
    append_templates(out, verb);
    if (option_belongs(&rows[0], verb->name)) {
        const Backend *backends = backend_all(&count);
        g_string_append(out, "Targets:\n");
        for (size_t i = 0; i < count; i++) {
            append_row(out, backends[i].name, backends[i].summary, i == 0);
        }
        g_string_append_c(out, '\n');
    }
    const RenderFormat *formats = render_formats(&count);
    g_string_append(out, "Formats of --diagnostics:\n");
    for (size_t i = 0; i < count; i++) {
        append_row(out, formats[i].name, formats[i].summary, i == 0);
    }
    g_string_append_printf(out, "\n%s", verb->details);
    return g_string_free(out, FALSE);
}

char *options_help(const Verb *verb) {
    Options options = {0};
    g_autofree char *program = g_strconcat("depotc ", verb->name, NULL);
    g_autofree char *details = help_details(verb);
    g_set_prgname(program);
    g_autoptr(GOptionContext) context = make_context(verb, &options);
    g_option_context_set_summary(context, verb->summary);
    g_option_context_set_description(context, details);
    return g_option_context_get_help(context, TRUE, NULL);
}
