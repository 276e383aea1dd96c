#include "runner.h"

#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
/// What `depotc fmt` makes of main.depot.
#define GOLDEN_FORMATTED "formatted.depot"

/// A golden that is being run.
typedef struct Golden {
    const Settings *settings;
    const char *name; ///< "GROUP/NAME"
    const char *folder;
    char *actual;     ///< a temporary folder with what depotc makes of it, laid out like `folder`
    char **arguments; ///< from the file `args`
    GArray *checks;
} Golden;

/// The kinds of expected files. Those with a command come from depot-dump.
typedef struct Kind {
    const char *file;
    const char *dump;
} Kind;

static const Kind kinds[] = {
    {"tokens.txt", "tokens"},
    {"tree.txt", "tree"},
    {"model.txt", "model"},
    {"diagnostics.txt", NULL},
    {"diagnostics.short", NULL},
    {"diagnostics.json", NULL},
    {"cfn", NULL},
    {"cdk", NULL},
    {"fixed.diff", NULL},
    {GOLDEN_FORMATTED, NULL},
};

/// Notes a result; takes ownership of `failure`.
static void add_check(const Golden *golden, const char *what,
                      char *failure) { // NOLINT(readability-non-const-parameter)
    const Check check = {g_strdup(golden->name), g_strdup(what), failure};
    g_array_append_val(golden->checks, check);
}

/// Whether `--add` names a kind: by its file, with or without the extension.
static bool is_added(const Golden *golden, const char *file) {
    if (golden->settings->add == NULL) {
        return false;
    }
    g_auto(GStrv) names = g_strsplit(golden->settings->add, ",", -1);
    g_autofree char *stem =
        strcmp(file, GOLDEN_FORMATTED) == 0 ? g_strdup("fmt") : g_strndup(file, strcspn(file, "."));
    const char *const *list = (const char *const *)names;
    return g_strv_contains(list, file) ||
           (!g_str_has_suffix(file, ".json") && !g_str_has_suffix(file, ".short") &&
            g_strv_contains(list, stem));
}

static bool is_wanted(const Golden *golden, const char *file) {
    g_autofree char *expected = g_build_filename(golden->folder, file, NULL);
    return g_file_test(expected, G_FILE_TEST_EXISTS) || is_added(golden, file);
}

/// Runs depotc on main.depot in `folder`, for one back end, with the output and all reports in
/// `results`. Returns the exit code; `*noise` gets what it printed, which should be nothing.
static int build(const Golden *golden, const char *folder, const char *target, const char *results,
                 GString *noise) {
    g_autoptr(GPtrArray) command = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(command, g_strdup(golden->settings->depotc));
    g_ptr_array_add(command, g_strdup("build"));
    g_ptr_array_add(command, g_strdup("main.depot"));
    g_ptr_array_add(command, g_strconcat("--target=", target, NULL));
    g_ptr_array_add(command, g_strconcat("--out=", results, "/", target, NULL));
    static const char *const formats[] = {"text", "short", "json"};
    static const char *const extensions[] = {"txt", "short", "json"};
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_ptr_array_add(command, g_strdup_printf("--diagnostics=%s:%s/diagnostics.%s", formats[i],
                                                 results, extensions[i]));
    }
    for (char **argument = golden->arguments; *argument != NULL; argument++) {
        if (**argument != '\0') {
            g_ptr_array_add(command, g_strdup(*argument));
        }
    }
    g_ptr_array_add(command, NULL);
    return run_command(folder, (char **)command->pdata, noise);
}

/// What `depotc check --fix` would do to the sources, as a diff, and how it sums that up.
static void fix(const Golden *golden, const char *file) {
    g_autofree char *report = g_strdup_printf("--diagnostics=short:%s/fixed.short", golden->actual);
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    g_ptr_array_add(command, golden->settings->depotc);
    char *const words[] = {"check", "--fix", "--dry-run", "main.depot", report};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_ptr_array_add(command, words[i]);
    }
    for (char **argument = golden->arguments; *argument != NULL; argument++) {
        if (**argument != '\0') {
            g_ptr_array_add(command, *argument);
        }
    }
    g_ptr_array_add(command, NULL);
    g_autoptr(GString) output = g_string_new(NULL);
    run_command(golden->folder, (char **)command->pdata, output);
    g_autofree char *path = g_build_filename(golden->actual, file, NULL);
    files_write(path, output->str, output->len);
}

static void dump(const Golden *golden, const Kind *kind) {
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    g_ptr_array_add(command, golden->settings->dump);
    g_ptr_array_add(command, (char *)kind->dump);
    g_ptr_array_add(command, "main.depot");
    for (char **argument = golden->arguments; *argument != NULL; argument++) {
        if (**argument != '\0') {
            g_ptr_array_add(command, *argument);
        }
    }
    g_ptr_array_add(command, NULL);
    g_autoptr(GString) output = g_string_new(NULL);
    run_command(golden->folder, (char **)command->pdata, output);
    g_autofree char *path = g_build_filename(golden->actual, kind->file, NULL);
    files_write(path, output->str, output->len);
}

/// Compares one expected file or folder with the actual one, or rewrites it.
static void settle(const Golden *golden, const char *file) {
    g_autofree char *expected = g_build_filename(golden->folder, file, NULL);
    g_autofree char *actual = g_build_filename(golden->actual, file, NULL);
    g_autofree char *manifest = g_build_filename(actual, ".depotc-manifest.json", NULL);
    files_remove(manifest);
    char *difference = files_difference(expected, actual);
    if (difference != NULL && golden->settings->bless) {
        files_remove(expected);
        files_copy(actual, expected);
        g_clear_pointer(&difference, g_free);
    }
    add_check(golden, file, difference);
}

/// The exit code: that of the file `exit`, else 1 if an error is expected, else 0.
static void settle_exit(const Golden *golden, int code, const char *noise) {
    g_autofree char *path = g_build_filename(golden->folder, "exit", NULL);
    g_autofree char *written = files_read(path);
    g_autofree char *report = g_build_filename(golden->folder, "diagnostics.txt", NULL);
    g_autofree char *expected_report = files_read(report);
    const bool errors =
        g_str_has_prefix(expected_report, "error") || strstr(expected_report, "\nerror") != NULL;
    const int expected = *written != '\0' ? (int)strtol(written, NULL, 10) : (errors ? 1 : 0);
    char *failure = NULL;
    if (code != expected || *noise != '\0') {
        g_autofree char *reported = g_build_filename(golden->actual, "diagnostics.txt", NULL);
        g_autofree char *text = files_read(reported);
        failure = g_strdup_printf("exit code %d, expected %d\n%s%s", code, expected, noise, text);
    }
    add_check(golden, "exit", failure);
}

/// The ids of the diagnostics in a report of the form `short`, a line each.
static char *read_ids(const char *results) {
    g_autofree char *path = g_build_filename(results, "diagnostics.short", NULL);
    g_autofree char *text = files_read(path);
    GString *ids = g_string_new(NULL);
    for (const char *line = text; *line != '\0';) {
        const char *end = line + strcspn(line, "\n");
        const char *open = memchr(line, '[', (size_t)(end - line));
        if (open != NULL) {
            g_string_append_len(ids, open + 1, (gssize)strcspn(open + 1, "]"));
            g_string_append_c(ids, '\n');
        }
        line = end + (*end == '\n');
    }
    return g_string_free(ids, FALSE);
}

/// Other bytes of the same program.
typedef struct Variant {
    const char *name;
    char *(*make)(const char *text);
} Variant;

static char *with_carriage_returns(const char *text) {
    GString *out = g_string_new(NULL);
    for (; *text != '\0'; text++) {
        if (*text == '\r') {
            continue;
        }
        g_string_append(out, *text == '\n' ? "\r" : "");
        g_string_append_c(out, *text);
    }
    return g_string_free(out, FALSE);
}

static char *with_byte_order_mark(const char *text) {
    return g_strconcat(g_str_has_prefix(text, BYTE_ORDER_MARK) ? "" : BYTE_ORDER_MARK, text, NULL);
}

static char *without_final_newline(const char *text) {
    const char *end = text + strlen(text);
    while (end > text && (end[-1] == '\n' || end[-1] == '\r')) {
        end--;
    }
    return g_strndup(text, (gsize)(end - text));
}

static const Variant variants[] = {
    {"with CR LF", with_carriage_returns},
    {"with a byte order mark", with_byte_order_mark},
    {"without a final newline", without_final_newline},
};

static void rewrite_source(const char *path, void *data) {
    const Variant *variant = data;
    g_autofree char *text = files_read(path);
    g_autofree char *changed = variant->make(text);
    files_write(path, changed, strlen(changed));
}

/// The variant has the same diagnostics and the same template as the program itself.
static void run_variant(const Golden *golden, const Variant *variant) {
    g_autofree char *work = files_temporary();
    g_autofree char *sources = g_build_filename(work, "sources", NULL);
    files_copy(golden->folder, sources);
    Variant copy = *variant;
    files_each_source(sources, rewrite_source, &copy);
    g_autoptr(GString) noise = g_string_new(NULL);
    build(golden, sources, "cfn", work, noise);
    g_autofree char *expected = read_ids(golden->actual);
    g_autofree char *actual = read_ids(work);
    char *failure = NULL;
    if (strcmp(expected, actual) != 0) {
        failure = g_strdup_printf("diagnostics differ; expected:\n%sfound:\n%s", expected, actual);
    } else {
        g_autofree char *left = g_build_filename(golden->actual, "cfn", NULL);
        g_autofree char *right = g_build_filename(work, "cfn", NULL);
        failure = files_difference(left, right);
    }
    add_check(golden, variant->name, failure);
    files_remove(work);
}

static void run_variants(const Golden *golden) {
    g_autofree char *none = g_build_filename(golden->folder, "no-variants", NULL);
    if (golden->settings->plain || golden->settings->bless ||
        g_file_test(none, G_FILE_TEST_EXISTS)) {
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(variants); i++) {
        run_variant(golden, &variants[i]);
    }
}

/// Formats main.depot in a copy of the folder, and looks whether it is formatted then.
static void format(const Golden *golden) {
    g_autofree char *work = files_temporary();
    g_autofree char *program = g_build_filename(work, "main.depot", NULL);
    g_autofree char *formatted = g_build_filename(golden->actual, GOLDEN_FORMATTED, NULL);
    g_autofree char *exit = g_build_filename(golden->folder, "exit", NULL);
    g_autofree char *written = files_read(exit);
    const int expected = (int)strtol(written, NULL, 10);
    files_copy(golden->folder, work);
    char *command[] = {golden->settings->depotc, (char *)"fmt", (char *)"main.depot", NULL};
    const int code = run_command(work, command, NULL);
    files_copy(program, formatted);
    settle(golden, GOLDEN_FORMATTED);
    add_check(golden, "the exit code of fmt",
              code == expected ? NULL : g_strdup_printf("%d, expected %d\n", code, expected));
    // What has mistakes keeps them, and is told of them again.
    char *again[] = {golden->settings->depotc, (char *)"fmt", (char *)"--check",
                     (char *)"main.depot", NULL};
    g_autoptr(GString) listed = g_string_new(NULL);
    const int same = run_command(work, again, listed);
    add_check(golden, "fmt --check of it",
              same == expected && (expected > 0 || listed->len == 0)
                  ? NULL
                  : g_strdup_printf("exit code %d\n%s", same, listed->str));
    run_command(work, command, NULL);
    add_check(golden, "formatted again", files_difference(formatted, program));
    files_remove(work);
}

/// Whether something but the formatter's work is expected.
static bool is_built(const Golden *golden) {
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].file, GOLDEN_FORMATTED) != 0 && is_wanted(golden, kinds[i].file)) {
            return true;
        }
    }
    return !is_wanted(golden, GOLDEN_FORMATTED);
}

/// A golden without any expectation would pass whatever happens.
static void require_expectation(const Golden *golden) {
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (is_wanted(golden, kinds[i].file)) {
            return;
        }
    }
    add_check(golden, "expectations",
              g_strdup("nothing is expected here; `tests/bless --add cfn,diagnostics NAME` "
                       "writes what there is\n"));
}

/// Everything that is expected of compiling it.
static void run_stages(const Golden *golden) {
    g_autoptr(GString) noise = g_string_new(NULL);
    if (is_wanted(golden, "cdk")) {
        build(golden, golden->folder, "cdk", golden->actual, noise);
    }
    const int code = build(golden, golden->folder, "cfn", golden->actual, noise);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].file, GOLDEN_FORMATTED) == 0 || !is_wanted(golden, kinds[i].file)) {
            continue;
        }
        if (kinds[i].dump != NULL) {
            dump(golden, &kinds[i]);
        } else if (strcmp(kinds[i].file, "fixed.diff") == 0) {
            fix(golden, kinds[i].file);
        }
        settle(golden, kinds[i].file);
    }
    settle_exit(golden, code, noise->str);
    require_expectation(golden);
    run_variants(golden);
}

void golden_run(const Settings *settings, const char *name, const char *folder, GArray *checks) {
    g_autofree char *path = g_build_filename(folder, "args", NULL);
    g_autofree char *arguments = files_read(path);
    g_strdelimit(arguments, "\n", ' ');
    g_auto(GStrv) words = g_strsplit(arguments, " ", -1);
    g_autofree char *actual = files_temporary();
    const Golden golden = {settings, name, folder, actual, words, checks};
    if (is_wanted(&golden, GOLDEN_FORMATTED)) {
        format(&golden);
    }
    if (is_built(&golden)) {
        run_stages(&golden);
    }
    files_remove(actual);
}
