/// `depotc diff`: what differs between two programs, templates, or stages of one program.
#include "comparing.h"
#include "template_diff.h"

#include <cjson/cJSON.h>
#include <string.h>

/// Exit codes of this verb, as those of `terraform plan -detailed-exitcode`: a script can tell a
/// difference from a mistake. docs/diff.md promises them.
enum { SAME = 0, WRONG = 1, DIFFERENT = 2 };

/// What is compared, as the command line names it.
typedef struct Wanted {
    const char *paths[2];  ///< NULL: the project around the working folder
    const char *stages[2]; ///< NULL: none
} Wanted;

static bool misuse(const Invocation *invocation, DiagnosticId id, const char *first,
                   const char *second, const char *help) {
    failure_usage(&invocation->report, id, first, second, help);
    return false;
}

/// Reads the command line. False after a diagnostic.
static bool understand(const Invocation *invocation, Wanted *wanted) {
    static const char sides[] = "two programs or templates, or two stages";
    static const char help[] = "`depotc diff A B`, or `depotc diff --stage dev --stage prod`";
    char **paths = invocation->options.arguments;
    char **stages = invocation->options.stages_compared;
    const guint path_count = paths != NULL ? g_strv_length(paths) : 0;
    const guint stage_count = stages != NULL ? g_strv_length(stages) : 0;
    if (path_count > 2) {
        g_autofree char *valid = g_utf8_make_valid(paths[2], -1);
        return misuse(invocation, DIAG_USAGE_ARGUMENT, valid, "diff", help);
    }
    if (stage_count > 2) {
        g_autofree char *valid = g_utf8_make_valid(stages[2], -1);
        return misuse(invocation, DIAG_USAGE_VALUE, valid, "--stage", "two stages are compared");
    }
    if (path_count < 2 && stage_count < 2) {
        return misuse(invocation, DIAG_USAGE_ARGUMENT_MISSING, "diff", sides, help);
    }
    if (path_count == 2 && strcmp(paths[0], "-") == 0 && strcmp(paths[1], "-") == 0) {
        return misuse(invocation, DIAG_USAGE_ARGUMENT, "-", "diff", "standard input is one text");
    }
    for (guint i = 0; i < 2; i++) {
        wanted->paths[i] = path_count > 0 ? paths[MIN(i, path_count - 1)] : NULL;
        wanted->stages[i] = stage_count > 0 ? stages[MIN(i, stage_count - 1)] : NULL;
    }
    return true;
}

/// The heads of the columns: the stages, if they are what differs; else the paths.
static char *label_of(const Wanted *wanted, guint i) {
    const bool same_path = g_strcmp0(wanted->paths[0], wanted->paths[1]) == 0;
    const bool same_stage = g_strcmp0(wanted->stages[0], wanted->stages[1]) == 0;
    g_autofree char *path =
        wanted->paths[i] != NULL ? g_filename_display_name(wanted->paths[i]) : g_strdup(".");
    g_autofree char *stage =
        wanted->stages[i] != NULL ? g_filename_display_name(wanted->stages[i]) : NULL;
    if (same_path && stage != NULL) {
        return g_steal_pointer(&stage);
    }
    return same_stage || stage == NULL ? g_steal_pointer(&path)
                                       : g_strdup_printf("%s (%s)", path, stage);
}

// Pairs

static void free_pair(void *data) {
    Pair *pair = data;
    template_diff_free(pair->changes);
    g_free(pair);
}

/// Compares two templates; one of them may be missing.
static void add_pair(Comparison *comparison, const char *name, const SideTemplate *before,
                     const SideTemplate *after) {
    Pair *pair = g_new0(Pair, 1);
    pair->name = name;
    pair->before = before;
    pair->after = after;
    pair->changes = template_diff(before != NULL ? before->document : NULL,
                                  after != NULL ? after->document : NULL);
    if (pair->changes->len > 0) {
        g_ptr_array_add(comparison->pairs, pair);
    } else {
        free_pair(pair);
    }
}

/// Pairs templates of one name, and the only ones of both sides, whatever they are called.
static void pair_up(Comparison *comparison) {
    const GPtrArray *before = comparison->before->templates;
    const GPtrArray *after = comparison->after->templates;
    if (before->len == 1 && after->len == 1) {
        const SideTemplate *only = after->pdata[0];
        add_pair(comparison, only->name, before->pdata[0], only);
        return;
    }
    guint i = 0;
    guint k = 0;
    while (i < before->len && k < after->len) {
        const SideTemplate *left = before->pdata[i];
        const SideTemplate *right = after->pdata[k];
        const int order = strcmp(left->name, right->name);
        add_pair(comparison, order <= 0 ? left->name : right->name, order <= 0 ? left : NULL,
                 order >= 0 ? right : NULL);
        i += order <= 0;
        k += order >= 0;
    }
    for (; i < before->len; i++) {
        const SideTemplate *left = before->pdata[i];
        add_pair(comparison, left->name, left, NULL);
    }
    for (; k < after->len; k++) {
        const SideTemplate *right = after->pdata[k];
        add_pair(comparison, right->name, NULL, right);
    }
}

static char *print(const Invocation *invocation, const Comparison *comparison) {
    const char *format = invocation->options.format;
    return g_strcmp0(format, "json") == 0 ? comparison_json(comparison)
           : g_strcmp0(format, "markdown") == 0
               ? comparison_markdown(comparison)
               : comparison_text(comparison, invocation->report.output_colour);
}

ExitCode diff_run(Invocation *invocation) {
    Wanted wanted;
    if (!understand(invocation, &wanted)) {
        return (ExitCode)WRONG;
    }
    Side sides[2] = {{0}};
    ExitCode code = EXIT_DONE;
    for (guint i = 0; i < 2 && code == EXIT_DONE; i++) {
        sides[i].label = label_of(&wanted, i);
        code = side_read(&sides[i], invocation, wanted.paths[i], wanted.stages[i]);
    }
    if (code == EXIT_DONE) {
        Comparison comparison = {.before = &sides[0],
                                 .after = &sides[1],
                                 .pairs = g_ptr_array_new_with_free_func(free_pair)};
        pair_up(&comparison);
        g_autofree char *text = print(invocation, &comparison);
        code = streams_write(&invocation->report, text, strlen(text));
        if (code == EXIT_DONE) {
            code = (ExitCode)(comparison.pairs->len > 0 ? DIFFERENT : SAME);
        }
        g_ptr_array_unref(comparison.pairs);
    } else if (code != EXIT_INTERNAL) {
        code = (ExitCode)WRONG;
    }
    side_clear(&sides[0]);
    side_clear(&sides[1]);
    return code;
}
