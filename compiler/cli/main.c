/// depotc: the list of verbs.
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const Verb verbs[] = {
    {"build", "[PATH…]", "FILE", "Compiles programs to CloudFormation templates or CDK projects.",
     "PATH is a .depot file or a folder of them; without one it is the project around the\n"
     "working folder (depot.project, there or above), else that folder.\n"
     "A program with errors writes nothing.\n\n"
     "Examples:\n"
     "  depotc build orders.depot\n"
     "  depotc build --stage prod\n"
     "  depotc build --watch\n"
     "  depotc build --target cfn --target cdk -o out -p stage=prod examples/orders",
     build_run, false},
    {"check", "[PATH…]", "FILE",
     "Runs all checks on programs; with --fix, mends what is safe to mend.",
     "PATH is a .depot file or a folder of them; without one it is the project around the\n"
     "working folder (depot.project, there or above), else that folder.\n"
     "Without --fix nothing is written.\n\n"
     "--staged reads everything from git's index, whatever the working tree has; without PATH all\n"
     "that is staged counts. --affected reads the files as they are; files that were deleted "
     "since\n"
     "the last commit count too.\n\n"
     "Examples:\n"
     "  depotc check\n"
     "  depotc check --staged\n"
     "  depotc check --fix orders.depot\n"
     "  depotc check --diagnostics json orders.depot",
     check_run, false},
    {"fmt", "[PATH…|-]", "FILE", "Formats programs, in place or from standard input.",
     "PATH is a file, or a folder: every .depot file and depot.project in it and below it, but not "
     "in\n"
     "hidden folders, node_modules and output folders. Without one it is the project around the\n"
     "working folder, else that folder. - reads standard input and writes standard output.\n"
     "There is one style, and nothing to choose but the project's `format: { indent: 4 }`.\n"
     "What has syntax errors stays as it is, and what is around it is formatted.\n"
     "--staged judges the texts in git's index, whatever the working tree has.\n"
     "Exit code 1: there were syntax errors, or --check or --staged found something.\n\n"
     "Examples:\n"
     "  depotc fmt\n"
     "  depotc fmt --check orders.depot\n"
     "  depotc fmt --staged --diff\n"
     "  depotc fmt - --stdin-filepath orders.depot < orders.depot",
     fmt_run, false},
    {"test", "[PATH…]", "FILE", "Runs the tests that programs hold.",
     "PATH is a .depot file, or a folder: its .depot files, and every *.test.depot below it. "
     "Without\n"
     "one it is the project, or the working folder.\n"
     "Each test builds the program with its own parameters; nothing is written but snapshots.\n"
     "Exit code 1: a test failed.\n\n"
     "Examples:\n"
     "  depotc test\n"
     "  depotc test --filter production --format junit > tests.xml\n"
     "  depotc test --snapshot --ci",
     test_run, false},
    {"new", "NAME", NULL,
     "Makes a new project: a folder that builds, checks and tests as it stands.",
     "NAME is the name of the project, and of its folder, which may stand in another one; `.` is "
     "the\n"
     "working folder. At a terminal, what is not said is asked.\n"
     "A folder that is not empty is left alone without --force, and no file is ever "
     "overwritten.\n\n"
     "Examples:\n"
     "  depotc new orders\n"
     "  depotc new orders --template tiered-store --stages dev,prod --set gateways=API,IAM --git\n"
     "  depotc new services/orders --from ../our-template",
     new_run, false},
    {"diff", "[A [B]]", "FILE",
     "Compares two programs, two templates, or two stages of one program.",
     "A and B are .depot files, folders or projects of them, CloudFormation templates (.json), "
     "folders\n"
     "of templates such as cdk.out, or - for standard input. Programs are compiled; nothing is "
     "written.\n"
     "With two stages, A is compared in one with the other; without A that is the project around "
     "the\n"
     "working folder.\n"
     "Exit code 0: they give the same; 2: they differ; 1: something is wrong.\n\n"
     "Examples:\n"
     "  depotc diff --stage dev --stage prod\n"
     "  depotc diff old/orders.depot orders.depot\n"
     "  depotc diff cdk.out orders.depot\n"
     "  aws cloudformation get-template --stack-name orders | depotc diff - orders.depot",
     diff_run, true},
    {"hook", "install|uninstall|print", "install uninstall print",
     "Has git check what is staged, and whether it is formatted, before each commit.",
     "`install` writes the hook pre-commit of the repository around the working folder, unless\n"
     "there is one that is not depotc's; `uninstall` removes it; `print` prints it.\n\n"
     "Example:\n"
     "  depotc hook install",
     hook_run, false},
    {"explain", "[ID|GROUP]", NULL,
     "Says what a diagnostic or a group of them means; without ID, lists all.",
     "Examples:\n"
     "  depotc explain D1001\n"
     "  depotc explain",
     explain_run, false},
    {"stdlib", "([KIND[.TYPE]] [PATH…] | sync FOLDER)", NULL,
     "Prints what the compiler knows of a construct: properties, types, defaults, provenance.",
     "Without an argument it lists all constructs; it shows named types too. What users' files\n"
     "declare and extend is part of it:\n"
     "those of the project, and the .depot files and folders (with a /) that are named.\n\n"
     "`sync FOLDER` reads the declarations of an installed npm package, writes a .depot file of "
     "what\n"
     "they have and the library lacks or has otherwise, and prints the differences. It needs "
     "Node.js\n"
     "and the npm package `typescript`.\n\n"
     "Examples:\n"
     "  depotc stdlib\n"
     "  depotc stdlib gateway.API --format json\n"
     "  depotc stdlib AWS::SNS::Topic\n"
     "  depotc stdlib accountId\n"
     "  depotc stdlib location.Paper constructs.depot\n"
     "  depotc stdlib sync node_modules/@stage-tech/depot-cdk -o depot-cdk.sync.depot",
     stdlib_run, false},
    {"lsp", "", NULL, "Serves editors: the language server, on standard input and output.",
     "Editors start it; docs/editors.md says how each is told to. It speaks version 3.17 of the\n"
     "Language Server Protocol, checks what `depotc check` checks, with unsaved changes, and "
     "writes no file.\n\n"
     "Example:\n"
     "  depotc lsp",
     lsp_run, false},
    {"completion", "bash|zsh|fish", "bash zsh fish", "Prints a completion script for a shell.",
     "Example:\n"
     "  depotc completion bash > ~/.local/share/bash-completion/completions/depotc",
     completion_run, false},
    {"help", "[VERB]", "VERB", "Prints the help of a verb, or the list of verbs.",
     "Example:\n"
     "  depotc help build",
     help_run, false},
};

const Verb *verbs_all(size_t *count) {
    *count = G_N_ELEMENTS(verbs);
    return verbs;
}

const Verb *verb_find(const char *name, Invocation *invocation) {
    const char *names[G_N_ELEMENTS(verbs) + 1] = {NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
        names[i] = verbs[i].name;
        if (strcmp(name, names[i]) == 0) {
            return &verbs[i];
        }
    }
    // Verbs of the contract that this version does not have: said so, not taken for misspelled.
    static const char *const later[] = {"import", "graph", "docs", "trace", NULL};
    if (g_strv_contains(later, name)) {
        failure_usage(&invocation->report, DIAG_USAGE_NOT_IN_VERSION, name, NULL,
                      "`depotc help` lists the verbs");
        return NULL;
    }
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    Compilation *failure = failure_begin();
    Diagnostic *diagnostic =
        diagnostic_add(failure->diagnostics, DIAG_USAGE_VERB, NO_SPAN, valid, NULL);
    failure_similar(failure, diagnostic, "a verb", valid, names);
    diagnostic_help(failure->diagnostics, diagnostic, "`depotc help` lists the verbs");
    failure_end(failure, &invocation->report, EXIT_USAGE);
    return NULL;
}

/// `depotc VERB …`.
static ExitCode run_verb(Invocation *invocation, int argc, char **argv) {
    invocation->words = argv;
    invocation->verb = verb_find(argv[0], invocation);
    ExitCode code =
        invocation->verb != NULL && invocation->verb->errors_are_one ? EXIT_ERRORS : EXIT_USAGE;
    if (invocation->verb != NULL && options_parse(invocation, argc, argv)) {
        code = invocation->options.help    ? help_run(invocation)
               : invocation->options.watch ? watch_run(invocation)
                                           : invocation->verb->run(invocation);
    }
    options_clear(&invocation->options);
    return code;
}

/// Everything behind the program's name.
static ExitCode run(Invocation *invocation, int argc, char **argv) {
    if (argc == 0) {
        return failure_usage(&invocation->report, DIAG_USAGE_NO_VERB, NULL, NULL,
                             "`depotc help` lists the verbs");
    }
    if (strcmp(argv[0], "--version") == 0 || strcmp(argv[0], "-V") == 0) {
        static const char version[] = "depotc " DEPOTC_VERSION "\n";
        return streams_write(&invocation->report, version, sizeof version - 1);
    }
    if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0) {
        return help_run(invocation);
    }
    return run_verb(invocation, argc, argv);
}

int main(int argc, char **argv) {
    streams_begin();
    crash_begin();
    Invocation invocation = {0};
    report_begin(&invocation.report, argv);
    const ExitCode code = argc > 0 ? run(&invocation, argc - 1, argv + 1) : EXIT_USAGE;
    return (int)report_end(&invocation.report, code);
}
