#include "cli.h"

#include <string.h>

typedef struct Shell {
    const char *name;
    void (*print)(GString *out);
} Shell;

/// The flags of `verb`: "--target -t --out …".
static void append_flags(GString *out, const char *verb) {
    size_t count = 0;
    const OptionRow *options = options_all(&count);
    const char *separator = "";
    for (size_t i = 0; i < count; i++) {
        if (!option_belongs(&options[i], verb)) {
            continue;
        }
        g_string_append_printf(out, "%s--%s", separator, options[i].name);
        if (options[i].letter != 0) {
            g_string_append_printf(out, " -%c", options[i].letter);
        }
        separator = " ";
    }
}

static void append_words(GString *out, const char *values) {
    g_autofree char *words = option_words(values);
    g_string_append(out, words);
}

/// What completes a value in bash: the words of the row, or files.
static void append_bash_values(GString *out, const char *values) {
    if (values == NULL) {
        g_string_append(out, "COMPREPLY=()");
    } else if (strcmp(values, "FILE") == 0) {
        g_string_append(out, "COMPREPLY=($(compgen -f -- \"$word\"))");
    } else if (strcmp(values, "FOLDER") == 0) {
        g_string_append(out, "COMPREPLY=($(compgen -d -- \"$word\"))");
    } else {
        g_string_append(out, "COMPREPLY=($(compgen -W \"");
        append_words(out, values);
        g_string_append(out, "\" -- \"$word\"))");
    }
}

static void print_bash(GString *out) {
    g_string_append(out,
                    "# Completion of depotc for bash.\n"
                    "_depotc() {\n"
                    "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                    "  if ((COMP_CWORD == 1)); then\n"
                    "    COMPREPLY=($(compgen -W \"");
    append_words(out, "VERB");
    g_string_append(out, " --help --version\" -- \"$word\"))\n    return\n  fi\n"
                         "  case $before in\n");
    size_t count = 0;
    const OptionRow *options = options_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (options[i].value != NULL) {
            g_string_append_printf(out, "    --%s", options[i].name);
            if (options[i].letter != 0) {
                g_string_append_printf(out, "|-%c", options[i].letter);
            }
            g_string_append(out, ") ");
            append_bash_values(out, options[i].values);
            g_string_append(out, "; return ;;\n");
        }
    }
    g_string_append(out, "  esac\n  if [[ $word == -* ]]; then\n    case ${COMP_WORDS[1]} in\n");
    const Verb *verbs = verbs_all(&count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "      %s) COMPREPLY=($(compgen -W \"", verbs[i].name);
        append_flags(out, verbs[i].name);
        g_string_append(out, "\" -- \"$word\")) ;;\n");
    }
    g_string_append(out, "    esac\n    return\n  fi\n  case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "    %s) ", verbs[i].name);
        append_bash_values(out, verbs[i].values);
        g_string_append(out, " ;;\n");
    }
    g_string_append(out, "  esac\n}\ncomplete -o filenames -F _depotc depotc\n");
}

/// Appends `text` for inside single quotes and brackets of zsh's `_arguments`.
static void append_zsh_text(GString *out, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            g_string_append(out, "'\\''");
        } else {
            if (strchr("[]:\\", *text) != NULL) {
                g_string_append_c(out, '\\');
            }
            g_string_append_c(out, *text);
        }
    }
}

static void append_zsh_action(GString *out, const char *values) {
    if (values == NULL) {
        g_string_append(out, " ");
    } else if (strcmp(values, "FILE") == 0) {
        g_string_append(out, "_files");
    } else if (strcmp(values, "FOLDER") == 0) {
        g_string_append(out, "_files -/");
    } else {
        g_string_append_c(out, '(');
        append_words(out, values);
        g_string_append_c(out, ')');
    }
}

static void append_zsh_option(GString *out, const OptionRow *option) {
    const bool repeatable = option->kind == G_OPTION_ARG_FILENAME_ARRAY;
    for (int form = option->letter != 0 ? 0 : 1; form < 2; form++) {
        g_string_append(out, repeatable ? "        '*" : "        '");
        if (form == 0) {
            g_string_append_printf(out, "-%c[", option->letter);
        } else {
            g_string_append_printf(out, "--%s%s[", option->name, option->value != NULL ? "=" : "");
        }
        append_zsh_text(out, option->summary);
        g_string_append_c(out, ']');
        if (option->value != NULL) {
            g_string_append_c(out, ':');
            append_zsh_text(out, option->value);
            g_string_append_c(out, ':');
            append_zsh_action(out, option->values);
        }
        g_string_append(out, "' \\\n");
    }
}

static void print_zsh(GString *out) {
    size_t verb_count = 0;
    size_t option_count = 0;
    const Verb *verbs = verbs_all(&verb_count);
    const OptionRow *options = options_all(&option_count);
    g_string_append(out, "#compdef depotc\n"
                         "# Completion of depotc for zsh.\n"
                         "_depotc() {\n"
                         "  if ((CURRENT == 2)); then\n"
                         "    local -a verbs=(\n");
    for (size_t i = 0; i < verb_count; i++) {
        g_string_append_printf(out, "      '%s:", verbs[i].name);
        append_zsh_text(out, verbs[i].summary);
        g_string_append(out, "'\n");
    }
    g_string_append(out, "    )\n    _describe verb verbs\n    return\n  fi\n"
                         "  local verb=$words[2]\n  shift words\n  ((CURRENT--))\n"
                         "  case $verb in\n");
    for (size_t i = 0; i < verb_count; i++) {
        g_string_append_printf(out, "    %s)\n      _arguments \\\n", verbs[i].name);
        for (size_t j = 0; j < option_count; j++) {
            if (option_belongs(&options[j], verbs[i].name)) {
                append_zsh_option(out, &options[j]);
            }
        }
        g_string_append(out, "        '*:argument:");
        append_zsh_action(out, verbs[i].values);
        g_string_append(out, "' ;;\n");
    }
    g_string_append(out, "  esac\n}\n"
                         "if [ \"$funcstack[1]\" = _depotc ]; then _depotc; "
                         "else compdef _depotc depotc; fi\n");
}

/// Appends `text` for inside single quotes of fish.
static void append_fish_text(GString *out, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *text);
    }
}

/// Begins a line about what stands behind one of `verbs`: with files, if `values` says so.
static void append_fish_line(GString *out, const char *verbs, const char *values) {
    const bool files = values != NULL && strcmp(values, "FILE") == 0;
    g_string_append_printf(out, "complete -c depotc %s -n '__fish_seen_subcommand_from %s'",
                           files ? "-F" : "-f", verbs);
}

static void append_fish_values(GString *out, const char *values) {
    if (strcmp(values, "FILE") == 0) {
        return; // the line has them
    }
    if (strcmp(values, "FOLDER") == 0) {
        g_string_append(out, " -a '(__fish_complete_directories)'");
    } else {
        g_string_append(out, " -a '");
        append_words(out, values);
        g_string_append_c(out, '\'');
    }
}

static void append_fish_option(GString *out, const OptionRow *option) {
    g_autofree char *all = option_words("VERB");
    append_fish_line(out, option->verbs != NULL ? option->verbs : all, option->values);
    g_string_append_printf(out, " -l %s", option->name);
    if (option->letter != 0) {
        g_string_append_printf(out, " -s %c", option->letter);
    }
    if (option->value != NULL) {
        g_string_append(out, " -r");
    }
    if (option->values != NULL) {
        append_fish_values(out, option->values);
    }
    g_string_append(out, " -d '");
    append_fish_text(out, option->summary);
    g_string_append(out, "'\n");
}

static void print_fish(GString *out) {
    size_t count = 0;
    const Verb *verbs = verbs_all(&count);
    g_string_append(out, "# Completion of depotc for fish.\n");
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "complete -c depotc -f -n __fish_use_subcommand -a %s -d '",
                               verbs[i].name);
        append_fish_text(out, verbs[i].summary);
        g_string_append(out, "'\n");
        if (verbs[i].values != NULL) {
            append_fish_line(out, verbs[i].name, verbs[i].values);
            append_fish_values(out, verbs[i].values);
            g_string_append_c(out, '\n');
        }
    }
    const OptionRow *options = options_all(&count);
    for (size_t i = 0; i < count; i++) {
        append_fish_option(out, &options[i]);
    }
}

static const Shell shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

ExitCode completion_run(Invocation *invocation) {
    char **arguments = invocation->options.arguments;
    if (arguments == NULL || arguments[0] == NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT_MISSING, "completion",
                             "the name of a shell", "give one of: bash, zsh, fish");
    }
    for (size_t i = 0; arguments[1] == NULL && i < G_N_ELEMENTS(shells); i++) {
        if (strcmp(arguments[0], shells[i].name) == 0) {
            g_autoptr(GString) out = g_string_new(NULL);
            shells[i].print(out);
            return streams_write(&invocation->report, out->str, out->len);
        }
    }
    g_autofree char *valid = g_utf8_make_valid(arguments[arguments[1] == NULL ? 0 : 1], -1);
    return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT, valid, "completion",
                         "give one of: bash, zsh, fish");
}
