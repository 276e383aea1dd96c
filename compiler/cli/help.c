#include "cli.h"

#include <string.h>

/// `depotc help`: what depotc is, and its verbs.
static char *overview(void) {
    GString *out =
        g_string_new("depotc compiles .depot programs, which declare Depot environments, "
                     "to CloudFormation\ntemplates and CDK projects.\n\n"
                     "Usage:\n  depotc VERB [OPTION…] [ARGUMENT…]\n\nVerbs:\n");
    size_t count = 0;
    const Verb *verbs = verbs_all(&count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "  %-12s%s\n", verbs[i].name, verbs[i].summary);
    }
    g_string_append(out, "\nOptions:\n"
                         "  --version   Prints the version\n"
                         "  -h, --help  Prints this, or behind a verb the help of the verb\n\n"
                         "Exit codes:\n"
                         "  0 done, 1 the program has errors, 2 the command line is wrong,\n"
                         "  3 a file could not be read or written, 70 an internal error\n\n"
                         "Example:\n"
                         "  depotc build orders.depot\n");
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
    const bool markdown = invocation->options.markdown && !invocation->options.help;
    g_autofree char *text = markdown       ? help_markdown()
                            : verb != NULL ? options_help(verb)
                                           : overview();
    return streams_write(&invocation->report, text, strlen(text));
}
