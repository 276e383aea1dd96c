/// `depotc new`: a new project, made of a template.
#include "git.h"
#include "path.h"
#include "template.h"
#include "words.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEFAULT_TEMPLATE "minimal"
/// The longest name: environments carry it, with a stage behind it.
#define LONGEST_NAME 40

/// A project in the making.
typedef struct Making {
    Invocation *invocation;
    Compilation *failure;
    bool asks; ///< somebody is there to be asked
    char *folder;
    char *name;
    Template *template;
    GHashTable *values;
    Plan plan;
    bool git;
    bool ended; ///< whoever is asked has gone
} Making;

// Names

static bool is_name(const char *text) {
    const size_t length = strlen(text);
    return length > 0 && length <= LONGEST_NAME && g_ascii_islower(text[0]) &&
           text[length - 1] != '-' && strstr(text, "--") == NULL &&
           strspn(text, G_CSET_a_2_z G_CSET_DIGITS "-") == length;
}

/// Takes the folder that was named, and the project's name from it. False after a diagnostic.
static bool take_name(Making *making, const char *argument) {
    making->folder = g_strdup(argument);
    g_autofree char *full = g_canonicalize_filename(argument, NULL);
    g_autofree char *base = g_path_get_basename(full);
    making->name = g_utf8_make_valid(base, -1);
    if (is_name(making->name)) {
        return true;
    }
    Diagnostic *diagnostic = diagnostic_add(making->failure->diagnostics, DIAG_PROJECT_NAME,
                                            NO_SPAN, making->name, NULL);
    Arena *arena = arena_new();
    const char *better = words_kebab(arena, making->name);
    diagnostic_help(making->failure->diagnostics, diagnostic,
                    "a name is made of small letters, digits and single hyphens, begins with a "
                    "letter, and has at most %d characters%s%s%s",
                    LONGEST_NAME, is_name(better) ? ": `" : "", is_name(better) ? better : "",
                    is_name(better) ? "`" : "");
    arena_free(arena);
    return false;
}

static bool find_name(Making *making) {
    char **arguments = making->invocation->options.arguments;
    if (arguments != NULL && arguments[0] != NULL) {
        if (arguments[1] != NULL) {
            g_autofree char *valid = g_utf8_make_valid(arguments[1], -1);
            diagnostic_add(making->failure->diagnostics, DIAG_USAGE_ARGUMENT, NO_SPAN, valid, "new",
                           NULL);
            return false;
        }
        return take_name(making, arguments[0]);
    }
    if (!making->asks) {
        diagnostic_add(making->failure->diagnostics, DIAG_USAGE_ARGUMENT_MISSING, NO_SPAN, "new",
                       "the name of the project", NULL);
        return false;
    }
    g_autofree char *name = ask_text("Name of the project, and of its folder", NULL);
    making->ended = name == NULL;
    return name != NULL && take_name(making, name);
}

// The template

static bool report_no_template(Making *making, const char *name) {
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_auto(GStrv) names = template_names();
    Diagnostic *diagnostic =
        diagnostic_add(making->failure->diagnostics, DIAG_TEMPLATE_UNKNOWN, NO_SPAN, valid, NULL);
    failure_similar(making->failure, diagnostic, "a template", valid, (const char *const *)names);
    g_autofree char *list = g_strjoinv(", ", names);
    diagnostic_help(making->failure->diagnostics, diagnostic,
                    "templates are %s; `--from PATH` takes one of your own", list);
    return false;
}

/// Asks for one of depotc's templates. NULL: the input has ended.
static char *ask_template(void) {
    g_auto(GStrv) names = template_names();
    g_autoptr(GStrvBuilder) summaries = g_strv_builder_new();
    for (char **name = names; *name != NULL; name++) {
        Template *template = template_builtin(*name);
        g_strv_builder_add(summaries, template->summary);
        template_free(template);
    }
    g_auto(GStrv) hints = g_strv_builder_end(summaries);
    char *standard[] = {DEFAULT_TEMPLATE, NULL};
    g_auto(GStrv) chosen = ask_choice("Template", names, hints, standard, false, true);
    return chosen != NULL ? g_strdup(chosen[0]) : NULL;
}

static bool find_template(Making *making) {
    const Options *options = &making->invocation->options;
    if (options->template_folder != NULL) {
        g_autofree char *folder =
            options->template_name != NULL
                ? g_build_filename(options->template_folder, options->template_name, NULL)
                : g_strdup(options->template_folder);
        making->template = template_read(making->failure, folder);
        return making->template != NULL;
    }
    g_autofree char *name = options->template_name != NULL ? g_strdup(options->template_name)
                            : making->asks                 ? ask_template()
                                                           : g_strdup(DEFAULT_TEMPLATE);
    making->ended = name == NULL;
    if (name == NULL) {
        return false;
    }
    making->template = template_builtin(name);
    return making->template != NULL || report_no_template(making, name);
}

// Stages and settings

static bool report_value(Making *making, const char *value, const char *of, const char *help) {
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    Diagnostic *diagnostic =
        diagnostic_add(making->failure->diagnostics, DIAG_SETTING_VALUE, NO_SPAN, valid, of, NULL);
    diagnostic_help(making->failure->diagnostics, diagnostic, "%s", help);
    return false;
}

/// The texts between commas (and, as people type them, white space), without those that are empty
/// or were there before.
static char **split(const char *text) {
    g_auto(GStrv) words = g_strsplit_set(text, ", \t", -1);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (char **word = words; *word != NULL; word++) {
        if ((*word)[0] != '\0' &&
            !g_ptr_array_find_with_equal_func(list, *word, g_str_equal, NULL)) {
            g_ptr_array_add(list, *word);
        }
    }
    g_ptr_array_add(list, NULL);
    return g_strdupv((char **)list->pdata);
}

static bool take_stages(Making *making) {
    const char *given = making->invocation->options.stages;
    g_autofree char *standard = g_strjoinv(",", making->template->stages);
    g_autofree char *text = given != NULL  ? g_strdup(given)
                            : making->asks ? ask_text("Stages, the first one the default", standard)
                                           : g_strdup(standard);
    making->ended = text == NULL;
    if (text == NULL) {
        return false;
    }
    g_auto(GStrv) stages = split(text);
    static const char help[] = "stages are made of small letters, digits and hyphens, and begin "
                               "with a letter: `--stages dev,prod`";
    if (stages[0] == NULL) {
        return report_value(making, text, "stages", help);
    }
    for (char **stage = stages; *stage != NULL; stage++) {
        if (!is_name(*stage)) {
            return report_value(making, *stage, "stages", help);
        }
    }
    template_values_set_list(making->values, "stages", stages);
    return true;
}

/// Whether a setting may have these values. False after a diagnostic.
static bool check_choice(Making *making, const TemplateSetting *setting, char **chosen) {
    g_autofree char *list = setting->values != NULL ? g_strjoinv(", ", setting->values) : NULL;
    if (!setting->many && g_strv_length(chosen) != 1) {
        g_autofree char *text = g_strjoinv(",", chosen);
        return report_value(making, text, setting->name, "it takes one value");
    }
    if (setting->required && chosen[0] == NULL) {
        return report_value(making, "", setting->name, "it takes at least one value");
    }
    for (char **value = chosen; *value != NULL; value++) {
        if (list != NULL && !g_strv_contains((const char *const *)setting->values, *value)) {
            g_autofree char *help =
                g_strdup_printf(setting->many ? "give some of: %s" : "give one of: %s", list);
            return report_value(making, *value, setting->name, help);
        }
        if (strpbrk(*value, "\"\\\n$") != NULL) {
            return report_value(making, *value, setting->name,
                                "quotes, backslashes, `$` and line ends would mean something in "
                                "the files that it goes into");
        }
    }
    return true;
}

/// The values that `--set` says for `setting`; NULL: none. The last option counts.
static char **set_by_option(const Making *making, const TemplateSetting *setting) {
    char **settings = making->invocation->options.settings;
    const size_t length = strlen(setting->name);
    char **chosen = NULL;
    for (; settings != NULL && *settings != NULL; settings++) {
        if (strncmp(*settings, setting->name, length) != 0 || (*settings)[length] != '=') {
            continue;
        }
        const char *text = *settings + length + 1;
        char *single[] = {(char *)text, NULL};
        g_strfreev(chosen);
        chosen = setting->many ? split(text) : g_strdupv(single);
    }
    return chosen;
}

static char **ask_setting(const TemplateSetting *setting) {
    if (setting->values != NULL) {
        return ask_choice(setting->question, setting->values, NULL, setting->chosen, setting->many,
                          setting->required);
    }
    g_autofree char *standard = setting->chosen != NULL ? g_strjoinv(",", setting->chosen) : NULL;
    g_autofree char *text = ask_text(setting->question, standard);
    char *single[] = {text, NULL};
    return text == NULL ? NULL : setting->many ? split(text) : g_strdupv(single);
}

static bool take_setting(Making *making, const TemplateSetting *setting) {
    g_auto(GStrv) chosen = set_by_option(making, setting);
    if (chosen == NULL && making->asks) {
        chosen = ask_setting(setting);
        making->ended = chosen == NULL;
    } else if (chosen == NULL && setting->chosen != NULL) {
        chosen = g_strdupv(setting->chosen);
    }
    if (chosen == NULL) {
        return making->ended ||
               report_value(making, "", setting->name, "it has no default: give it with `--set`");
    }
    template_values_set_list(making->values, setting->name, chosen);
    return check_choice(making, setting, chosen);
}

/// Whether the template has all that `--set` names. False after a diagnostic.
static bool check_names(Making *making) {
    char **settings = making->invocation->options.settings;
    for (; settings != NULL && *settings != NULL; settings++) {
        g_autofree char *name = g_strndup(*settings, strcspn(*settings, "="));
        if (template_setting(making->template, name) != NULL) {
            continue;
        }
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (guint i = 0; i < making->template->settings->len; i++) {
            const TemplateSetting *setting = making->template->settings->pdata[i];
            g_ptr_array_add(names, setting->name);
        }
        g_ptr_array_add(names, NULL);
        Diagnostic *diagnostic = diagnostic_add(making->failure->diagnostics, DIAG_SETTING_UNKNOWN,
                                                NO_SPAN, making->template->name, name, NULL);
        failure_similar(making->failure, diagnostic, "a setting", name,
                        (const char *const *)names->pdata);
        g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
        diagnostic_help(making->failure->diagnostics, diagnostic,
                        list[0] != '\0' ? "its settings are: %s" : "it has no settings%s", list);
        return false;
    }
    return true;
}

/// Whether programs of the template declare `name` themselves, or the language has it for something
/// else.
static bool is_taken(const Template *template, const char *name) {
    static const char *const words[] = {"true", "false", "null", "this", NULL};
    g_autofree char *pattern = g_strdup_printf("^(deploy )?(param|let|fn|type) %s\\b", name);
    for (guint i = 0; i < template->files->len; i++) {
        const TemplateFile *file = template->files->pdata[i];
        if (g_str_has_suffix(file->path, ".depot") &&
            g_regex_match_simple(pattern, file->text, G_REGEX_MULTILINE, 0)) {
            return true;
        }
    }
    return g_strv_contains(words, name);
}

static bool take_values(Making *making) {
    making->values = template_values_new();
    Arena *arena = arena_new();
    const char *camel = words_camel(arena, making->name);
    g_autofree char *environment =
        g_strconcat(camel, is_taken(making->template, camel) ? "Environment" : "", NULL);
    template_values_set(making->values, "name", making->name);
    template_values_set(making->values, "environment", environment);
    template_values_set(making->values, "about", making->template->about);
    arena_free(arena);
    bool ok = check_names(making) && take_stages(making);
    const GPtrArray *settings = making->template->settings;
    for (guint i = 0; ok && i < settings->len; i++) {
        ok = take_setting(making, settings->pdata[i]) && !making->ended;
    }
    return ok;
}

// What is written

/// The lines of all files, each with what becomes of it.
static char *list_files(const Plan *plan) {
    GString *lines = g_string_new(NULL);
    for (guint i = 0; i < plan->files->len; i++) {
        const PlannedFile *file = plan->files->pdata[i];
        g_autofree char *path = g_build_filename(plan->folder, file->path, NULL);
        g_autofree char *shown = g_filename_display_name(path);
        g_string_append_printf(lines, "  %s%s\n", shown, file->kept ? " (is there, stays)" : "");
    }
    return g_string_free(lines, FALSE);
}

/// Whether it may be written. False after a diagnostic, or when whoever is asked says no.
static bool permit(Making *making) {
    const Plan *plan = &making->plan;
    if (!plan->occupied || making->invocation->options.force) {
        return true;
    }
    g_autofree char *list = list_files(plan);
    if (making->asks) {
        g_autofree char *question = g_strdup_printf(
            "`%s` is not empty. These files would be written:\n%sWrite them", plan->folder, list);
        return ask_yes(question, false, &making->ended);
    }
    g_autofree char *shown = g_utf8_make_valid(plan->folder, -1);
    Diagnostic *diagnostic =
        diagnostic_add(making->failure->diagnostics, DIAG_FOLDER_OCCUPIED, NO_SPAN, shown, NULL);
    g_strchomp(list);
    diagnostic_help(making->failure->diagnostics, diagnostic,
                    "`--force` would write these files into it, and overwrite none:\n%s", list);
    return false;
}

/// Makes a repository of the folder, if it is in none, and installs the hook.
static ExitCode set_up_git(const Making *making) {
    Git git;
    ExitCode code = EXIT_DONE;
    if (g_chdir(making->folder) != 0) {
        return EXIT_FILES;
    }
    const bool inside = git_begin(&git);
    if (!inside && !git.missing) {
        g_autofree char *said = NULL;
        g_autoptr(GError) error = NULL;
        int status = 0;
        const char *command[] = {"git", "init", "--quiet", NULL};
        if (!g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                          &said, &status, &error) ||
            !g_spawn_check_wait_status(status, NULL)) {
            g_free(git.failure);
            git.failure = g_strdup(error != NULL ? error->message : g_strchomp(said));
            code = git_report(&git, &making->invocation->report);
        }
    } else if (!inside) {
        code = git_report(&git, &making->invocation->report);
    }
    git_clear(&git);
    return code == EXIT_DONE ? hook_install(making->invocation) : code;
}

/// Says what was written, and what comes next.
static void tell(const Making *making) {
    const Plan *plan = &making->plan;
    const bool dry = making->invocation->options.dry_run;
    g_autofree char *list = list_files(plan);
    g_autofree char *shown = g_filename_display_name(plan->folder);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s `%s`, of the template `%s`:\n%s",
                           dry ? "would write" : "wrote", shown, making->template->name, list);
    if (!dry) {
        g_string_append(text, "next:\n");
        if (strcmp(shown, ".") != 0) {
            g_string_append_printf(text, "  cd %s\n", shown);
        }
        g_string_append(text, "  depotc build\n  depotc test\nREADME.md says how to go on.\n");
    }
    report_say(&making->invocation->report, text->str);
}

static bool make(Making *making) {
    return find_name(making) && find_template(making) && take_values(making) &&
           plan_make(&making->plan, making->failure, making->template, making->values,
                     making->folder);
}

/// Writes the plan, or says what it is. The exit code.
static ExitCode carry_out(Making *making) {
    const Options *options = &making->invocation->options;
    making->git = options->git;
    if (options->dry_run) {
        tell(making);
        return EXIT_DONE;
    }
    if (!permit(making)) {
        return EXIT_USAGE;
    }
    if (making->asks && !making->git) {
        making->git =
            ask_yes("A git repository, with a hook that checks each commit", true, &making->ended);
        if (making->ended) {
            return EXIT_USAGE;
        }
    }
    if (!plan_write(&making->plan, making->failure)) {
        return EXIT_FILES;
    }
    tell(making);
    return EXIT_DONE;
}

ExitCode new_run(Invocation *invocation) {
    Making making = {
        .invocation = invocation,
        .failure = failure_begin(),
        .asks = !invocation->options.yes && ask_possible(),
    };
    const bool made = make(&making);
    const bool wrong = diagnostics_count(making.failure->diagnostics, SEVERITY_ERROR) > 0;
    ExitCode code = made ? carry_out(&making) : EXIT_USAGE;
    if (code != EXIT_DONE && !wrong &&
        diagnostics_count(making.failure->diagnostics, SEVERITY_ERROR) == 0) {
        report_say(&invocation->report, "depotc: nothing was written\n");
        compilation_free(making.failure);
    } else if (code != EXIT_DONE) {
        code = failure_end(making.failure, &invocation->report, code);
    } else {
        compilation_free(making.failure);
        code = making.git && !invocation->options.dry_run ? set_up_git(&making) : code;
    }
    plan_clear(&making.plan);
    template_free(making.template);
    if (making.values != NULL) {
        g_hash_table_unref(making.values);
    }
    g_free(making.folder);
    g_free(making.name);
    return code;
}
