/// `depotc stdlib sync FOLDER`: compares an installed npm package with the library. The comparison
/// is a program for Node, stdlib/sync/, which reads the package's declarations with the user's own
/// TypeScript; it stands in depotc as text, and is given the library as JSON.
#include "cli.h"

#include "embedded.h"

#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// What the last line of a written file begins with; the sum of all before it follows.
#define SEAL "// depotc-sync "

/// Shows one diagnostic with at most one help line. Returns `code`, or EXIT_FILES.
static ExitCode fail(const Invocation *invocation, DiagnosticId id, const char *first,
                     const char *second, const char *help, ExitCode code) {
    Compilation *failure = failure_begin();
    g_autofree char *shown = g_utf8_make_valid(first, -1);
    g_autofree char *reason = second != NULL ? g_utf8_make_valid(second, -1) : NULL;
    Diagnostic *diagnostic = diagnostic_add(failure->diagnostics, id, NO_SPAN, shown, reason, NULL);
    if (help != NULL) {
        diagnostic_help(failure->diagnostics, diagnostic, "%s", help);
    }
    return failure_end(failure, &invocation->report, code);
}

/// The kinds of failure that the program tells of.
static const struct {
    const char *kind;
    DiagnosticId id;
    ExitCode code;
    const char *help;
} failures[] = {
    {"package", DIAG_SYNC_PACKAGE, EXIT_FILES,
     "give the folder of an installed npm package, such as `node_modules/@stage-tech/depot-cdk`"},
    {"types", DIAG_SYNC_TYPES, EXIT_FILES,
     "only a package that carries its declarations, `.d.ts` files, can be read"},
    {"typescript", DIAG_SYNC_TYPESCRIPT, EXIT_FILES,
     "install it beside the package, `npm install typescript`, or give `--typescript "
     "node_modules/typescript` of another project"},
    {"syntax", DIAG_SYNC_SYNTAX, EXIT_ERRORS, "reinstall the package: its files are damaged"},
    {"foreign", DIAG_SYNC_FOREIGN, EXIT_ERRORS,
     "constructs are exported classes with a constructor of the form `(scope, id, props)`"},
};

/// Shows what the program says has gone wrong.
static ExitCode show_failure(const Invocation *invocation, const cJSON *failure) {
    const char *kind = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(failure, "kind"));
    const char *subject =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(failure, "subject"));
    const char *reason = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(failure, "message"));
    for (size_t i = 0; i < G_N_ELEMENTS(failures); i++) {
        if (g_strcmp0(kind, failures[i].kind) == 0) {
            return fail(invocation, failures[i].id, subject, reason, failures[i].help,
                        failures[i].code);
        }
    }
    return fail(invocation, DIAG_SYNC_FAILED, reason != NULL ? reason : "no reason given", NULL,
                NULL, EXIT_FILES);
}

/// Writes the program and its input into `folder`. False with `error`.
static bool write_program(const char *folder, const char *request, GError **error) {
    for (size_t i = 0; i < embedded_script_count; i++) {
        const EmbeddedScript *script = &embedded_scripts[i];
        g_autofree char *path = g_build_filename(folder, script->name, NULL);
        if (!g_file_set_contents(path, script->text, (gssize)script->length, error)) {
            return false;
        }
    }
    g_autofree char *path = g_build_filename(folder, "request.json", NULL);
    return g_file_set_contents(path, request, -1, error);
}

static void remove_program(const char *folder) {
    for (size_t i = 0; i < embedded_script_count; i++) {
        g_autofree char *path = g_build_filename(folder, embedded_scripts[i].name, NULL);
        g_unlink(path);
    }
    g_autofree char *path = g_build_filename(folder, "request.json", NULL);
    g_unlink(path);
    g_rmdir(folder);
}

/// The last line of what a program said before it ended, or what is known otherwise.
static char *last_words(const char *said, const GError *error) {
    g_auto(GStrv) lines = g_strsplit(said != NULL ? said : "", "\n", -1);
    const char *found = NULL;
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (strstr(lines[i], "Error: ") != NULL && found == NULL) {
            found = lines[i];
        }
    }
    return g_strdup(found != NULL ? found : error != NULL ? error->message : "it said nothing");
}

/// Runs Node on the program in `folder`. Its answer, or NULL after a diagnostic with `*code`.
static cJSON *run_node(const Invocation *invocation, const char *folder, ExitCode *code) {
    g_autofree char *program = g_build_filename(folder, "main.mjs", NULL);
    g_autofree char *request = g_build_filename(folder, "request.json", NULL);
    char *command[] = {"node", program, request, NULL};
    g_autofree char *answer = NULL;
    g_autofree char *said = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    if (!g_spawn_sync(NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &answer, &said, &status,
                      &error)) {
        *code = fail(invocation, DIAG_SYNC_NODE, error->message, NULL,
                     "install Node.js 18 or later, so that `node` is found in PATH", EXIT_FILES);
        return NULL;
    }
    cJSON *document = g_spawn_check_wait_status(status, &error) ? cJSON_Parse(answer) : NULL;
    if (document == NULL) {
        g_autofree char *words = last_words(said, error);
        *code = fail(invocation, DIAG_SYNC_FAILED, words, NULL,
                     "Node.js 18 or later is needed; `node --version` says which one this is",
                     EXIT_FILES);
    }
    return document;
}

/// The answer of the program about the package in `folder`, or NULL after a diagnostic.
static cJSON *compare(const Invocation *invocation, const char *folder, ExitCode *code) {
    Compilation *compilation = compilation_new(&(CompilationOptions){0});
    cJSON *request = cJSON_CreateObject();
    g_autofree char *path = g_canonicalize_filename(folder, NULL);
    cJSON_AddStringToObject(request, "package", path);
    cJSON_AddStringToObject(request, "shown", folder);
    if (invocation->options.typescript != NULL) {
        cJSON_AddStringToObject(request, "typescript", invocation->options.typescript);
    }
    cJSON_AddItemToObject(request, "library", library_json(compilation));
    char *text = cJSON_PrintUnformatted(request);
    cJSON_Delete(request);
    compilation_free(compilation);

    g_autoptr(GError) error = NULL;
    g_autofree char *place = g_dir_make_tmp("depotc-sync-XXXXXX", &error);
    cJSON *answer = NULL;
    if (place == NULL || !write_program(place, text, &error)) {
        const char *where = place != NULL ? place : g_get_tmp_dir();
        *code = fail(invocation, DIAG_FILE_UNWRITABLE, where, error->message, NULL, EXIT_FILES);
    } else {
        answer = run_node(invocation, place, code);
    }
    if (place != NULL) {
        remove_program(place);
    }
    cJSON_free(text);
    return answer;
}

/// Puts the file in its place, unless somebody else's stands there.
static ExitCode write_file(const Invocation *invocation, const char *path, const char *text) {
    g_autofree char *old = NULL;
    size_t length = 0;
    GStatBuf facts;
    if (g_stat(path, &facts) == 0 && !S_ISREG(facts.st_mode)) { // it would be replaced
        return fail(invocation, DIAG_FILE_NOT_REGULAR, path,
                    S_ISDIR(facts.st_mode) ? "a folder" : "a device, pipe or socket",
                    "name a file with `-o FILE`", EXIT_FILES);
    }
    if (!invocation->options.force && g_file_test(path, G_FILE_TEST_EXISTS) &&
        (!g_file_get_contents(path, &old, &length, NULL) || !seal_holds(old, length, SEAL))) {
        return fail(invocation, DIAG_SYNC_OVERWRITE, path, NULL,
                    "give another file with `-o FILE`, or overwrite this one with `--force`",
                    EXIT_FILES);
    }
    g_autofree char *sealed = seal_add(text, SEAL);
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents_full(path, sealed, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &error)) {
        return fail(invocation, DIAG_FILE_UNWRITABLE, path, error->message, NULL, EXIT_FILES);
    }
    return EXIT_DONE;
}

/// Prints the report in the form that was asked for.
static ExitCode print_report(const Invocation *invocation, const cJSON *report) {
    const char *format = invocation->options.format != NULL ? invocation->options.format : "text";
    const cJSON *shown = cJSON_GetObjectItemCaseSensitive(report, format);
    g_autofree char *text =
        cJSON_IsString(shown) ? g_strdup(shown->valuestring) : json_print(shown);
    return streams_write(&invocation->report, text, strlen(text));
}

/// Writes the file and prints the report of an answer.
static ExitCode deliver(const Invocation *invocation, const cJSON *answer) {
    const cJSON *failure = cJSON_GetObjectItemCaseSensitive(answer, "failure");
    if (failure != NULL) {
        return show_failure(invocation, failure);
    }
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "text"));
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "name"));
    const cJSON *report = cJSON_GetObjectItemCaseSensitive(answer, "report");
    if (text == NULL || name == NULL || !cJSON_IsObject(report)) {
        return fail(invocation, DIAG_SYNC_FAILED, "the answer is incomplete", NULL, NULL,
                    EXIT_FILES);
    }
    g_autofree char *path = invocation->options.file != NULL
                                ? g_strdup(invocation->options.file)
                                : g_strconcat(name, ".sync.depot", NULL);
    const ExitCode code = write_file(invocation, path, text);
    return code != EXIT_DONE ? code : print_report(invocation, report);
}

ExitCode sync_run(const Invocation *invocation) {
    char **arguments = invocation->options.arguments + 1; // behind "sync"
    if (arguments[0] == NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT_MISSING, "stdlib sync",
                             "the folder of an installed npm package",
                             "such as `depotc stdlib sync node_modules/@stage-tech/depot-cdk`");
    }
    if (arguments[1] != NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT, arguments[1], "stdlib sync",
                             "give one folder");
    }
    if (!g_utf8_validate(arguments[0], -1, NULL)) {
        return fail(invocation, DIAG_SYNC_PACKAGE, arguments[0], "its path is not UTF-8 text", NULL,
                    EXIT_FILES);
    }
    ExitCode code = EXIT_FILES;
    cJSON *answer = compare(invocation, arguments[0], &code);
    if (answer != NULL) {
        code = deliver(invocation, answer);
        cJSON_Delete(answer);
    }
    return code;
}
