#include "cli.h"

#include <string.h>

const char help_introduction[] =
    "depotc compiles .depot programs, which declare Depot environments, to CloudFormation\n"
    "templates and CDK projects.";

const char help_exit_codes[] = "0 done, 1 the program has errors, 2 the command line is wrong,\n"
                               "3 a file could not be read or written, 70 an internal error";

/// `depotc help`: what depotc is, and its verbs.
static char *overview(void) {
    GString *out = g_string_new(help_introduction);
    g_string_append(out, "\n\nUsage:\n  depotc VERB [OPTION…] [ARGUMENT…]\n\nVerbs:\n");
    size_t count = 0;
    const Verb *verbs = verbs_all(&count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "  %-12s%s\n", verbs[i].name, verbs[i].summary);
    }
    g_string_append(out, "\nOptions:\n"
                         "  --version   Prints the version\n"
                         "  -h, --help  Prints this, or behind a verb the help of the verb\n\n"
                         "Exit codes:\n");
    g_auto(GStrv) codes = g_strsplit(help_exit_codes, "\n", -1);
    for (size_t i = 0; codes[i] != NULL; i++) {
        g_string_append_printf(out, "  %s\n", codes[i]);
    }
    g_string_append(out, "\nExample:\n  depotc build orders.depot\n");
    return g_string_free(out, FALSE);
}

ExitCode help_run(Invocation *invocation) {
    const Verb *verb = invocation->options.help ? invocation->verb : NULL;
    char **arguments = invocation->options.help ? NULL : invocation->options.arguments;
    if (arguments != NULL && arguments[0] != NULL) {
        if (arguments[1] != NULL) {
            return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT, arguments[1], "help",
                                 "give one verb");
        }
        verb = verb_find(arguments[0], invocation);
        if (verb == NULL) {
            return EXIT_USAGE;
        }
    }
    const bool plain = invocation->options.help;
    const bool markdown = invocation->options.markdown && !plain;
    const bool man = invocation->options.man && !plain;
    g_autofree char *text = markdown       ? help_markdown()
                            : man          ? help_man(verb)
                            : verb != NULL ? options_help(verb)
                                           : overview();
    return streams_write(&invocation->report, text, strlen(text));
}
