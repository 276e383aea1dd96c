/// goldens --depotc FILE --dump FILE --root DIR [--bless] [--add KINDS] [--junit FILE] [PATTERN…]
#include "runner.h"

#include <stdio.h>
#include <string.h>

static bool is_chosen(const Settings *settings, const char *name) {
    if (settings->patterns == NULL || settings->patterns[0] == NULL) {
        return true;
    }
    for (char **pattern = settings->patterns; *pattern != NULL; pattern++) {
        if (strstr(name, *pattern) != NULL) {
            return true;
        }
    }
    return false;
}

/// Runs every golden GROUP/NAME below the root.
static void run_all(const Settings *settings, GArray *checks) {
    g_autoptr(GPtrArray) groups = files_list(settings->root);
    for (guint i = 0; i < groups->len; i++) {
        g_autofree char *group = g_build_filename(settings->root, groups->pdata[i], NULL);
        g_autoptr(GPtrArray) names = files_list(group);
        for (guint j = 0; j < names->len; j++) {
            g_autofree char *name = g_build_filename(groups->pdata[i], names->pdata[j], NULL);
            g_autofree char *folder = g_build_filename(settings->root, name, NULL);
            g_autofree char *program = g_build_filename(folder, "main.depot", NULL);
            if (g_file_test(program, G_FILE_TEST_EXISTS) && is_chosen(settings, name)) {
                golden_run(settings, name, folder, checks);
            }
        }
    }
}

static void clear_check(void *data) {
    Check *check = data;
    g_free(check->golden);
    g_free(check->what);
    g_free(check->failure);
}

/// Prints what failed and the closing line. Returns how many failed.
static guint report(const GArray *checks) {
    guint failed = 0;
    for (guint i = 0; i < checks->len; i++) {
        const Check *check = &g_array_index(checks, Check, i);
        if (check->failure != NULL) {
            printf("FAILED %s: %s\n%s\n", check->golden, check->what, check->failure);
            failed++;
        }
    }
    printf("%u passed, %u failed\n", checks->len - failed, failed);
    return failed;
}

static bool parse(Settings *settings, int argc, char **argv) {
    const GOptionEntry entries[] = {
        {"depotc", 0, 0, G_OPTION_ARG_FILENAME, &settings->depotc, "The program to test", "FILE"},
        {"dump", 0, 0, G_OPTION_ARG_FILENAME, &settings->dump, "Prints tokens and trees", "FILE"},
        {"root", 0, 0, G_OPTION_ARG_FILENAME, &settings->root, "The folder of goldens", "DIR"},
        {"junit", 0, 0, G_OPTION_ARG_FILENAME, &settings->junit, "A JUnit report", "FILE"},
        {"bless", 0, 0, G_OPTION_ARG_NONE, &settings->bless, "Rewrites expectations", NULL},
        {"add", 0, 0, G_OPTION_ARG_FILENAME, &settings->add, "Creates expectations", "KINDS"},
        {"plain", 0, 0, G_OPTION_ARG_NONE, &settings->plain, "Leaves variants out", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &settings->patterns, NULL, NULL},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new("[PATTERN…]");
    g_option_context_add_main_entries(context, entries, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "goldens: %s\n", error->message);
        return false;
    }
    if (settings->depotc == NULL || settings->dump == NULL || settings->root == NULL) {
        fputs("goldens: --depotc, --dump and --root are needed\n", stderr);
        return false;
    }
    // Commands run in the folders of the goldens.
    char **paths[] = {&settings->depotc, &settings->dump, &settings->root};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        char *absolute = g_canonicalize_filename(*paths[i], NULL);
        g_free(*paths[i]);
        *paths[i] = absolute;
    }
    return true;
}

int main(int argc, char **argv) {
    Settings settings = {0};
    int code = 2;
    // Links in reports do not depend on where depotc is.
    g_setenv("DEPOTC_PAGES", "https://depotc.example/diagnostics/", TRUE);
    if (parse(&settings, argc, argv)) {
        g_autoptr(GArray) checks = g_array_new(FALSE, FALSE, sizeof(Check));
        g_array_set_clear_func(checks, clear_check);
        run_all(&settings, checks);
        code = report(checks) > 0 ? 1 : 0;
        if (settings.junit != NULL && !junit_write(settings.junit, checks)) {
            fprintf(stderr, "goldens: cannot write %s\n", settings.junit);
            code = 3;
        }
    }
    g_free(settings.depotc);
    g_free(settings.dump);
    g_free(settings.root);
    g_free(settings.junit);
    g_free(settings.add);
    g_strfreev(settings.patterns);
    return code;
}
