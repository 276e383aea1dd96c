/// fmt-laws [OPTION…]: the formatter's laws, over the programs of the repository, random programs
/// of the grammar, and damaged ones.
#include "compile.h"
#include "generate.h"
#include "judge.h"
#include "programs.h"
#include "reading.h"
#include "selftest.h"
#include "shrink.h"
#include "variant.h"

#include <stdio.h>
#include <string.h>

typedef struct Run {
    char *root;
    char *only; ///< judge this file alone
    gint seed;
    gint programs; ///< random ones
    gboolean quick;
    Grammar *grammar;
    JudgeCounts counts;
    size_t layouts; ///< other layouts that were tried
    bool near;      ///< what is judged is not as somebody wrote it, or has syntax errors
    size_t passed;
    size_t failed;
    size_t weak;      ///< failures of such texts
    GHashTable *laws; ///< by name: how often each was broken
} Run;

enum {
    MOST_SHOWN = 3,
    /// Of 1,000 texts that are random, damaged or have comments at every place, so many may break a
    /// law (but none may crash the formatter). Lower it when the formatter gets better.
    MOST_WEAK = 8
};

// Failures

typedef struct Known {
    const char *failure;
    JudgeKind kind;
} Known;

static bool still_fails(const GString *text, void *data) {
    const Known *known = data;
    g_autofree char *failure = judge(text->str, text->len, known->kind, NULL);
    return failure != NULL && judge_same_law(failure, known->failure);
}

static void show(const char *title, const char *text) {
    printf("    ---- %s\n", title);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL && line - lines < 40; ++line) {
        printf("    %.300s\n", *line);
    }
}

/// Counts a result. Of each law some failures are shown, as short as they can be made.
static void report(Run *run, const char *name, const GString *text, JudgeKind kind, char *failure) {
    if (failure == NULL) {
        ++run->passed;
        return;
    }
    if (run->near && !judge_same_law(failure, "crash:")) {
        ++run->weak;
    } else {
        ++run->failed;
    }
    char *law = g_strndup(failure, strcspn(failure, ":"));
    const guint times = GPOINTER_TO_UINT(g_hash_table_lookup(run->laws, law)) + 1;
    g_hash_table_insert(run->laws, law, GUINT_TO_POINTER(times));
    if (times <= MOST_SHOWN) {
        printf("FAILED %s: %s\n", name, failure);
    }
    if (times <= MOST_SHOWN && text != NULL) {
        g_autoptr(GString) shorter = g_string_new_len(text->str, (gssize)text->len);
        Known known = {failure, kind};
        if (still_fails(shorter, &known)) {
            shrink(shorter, still_fails, &known);
        }
        g_autoptr(GString) formatted = judge_format(shorter->str, shorter->len, kind);
        g_autofree char *again = judge(shorter->str, shorter->len, kind, NULL);
        show(again != NULL ? again : "the program", shorter->str);
        show("becomes", formatted->str);
    }
    g_free(failure);
}

static void judge_text(Run *run, const char *name, const GString *text, JudgeKind kind) {
    report(run, name, text, kind, judge(text->str, text->len, kind, &run->counts));
}

// Programs of the repository

/// Other layouts, comments put in, and damage.
static void judge_near(Run *run, const Sample *program, Chance *chance) {
    const int rounds = program->text->len > 20000 ? 1 : run->quick ? 1 : 4;
    g_autofree char *commented_name = g_strdup_printf("%s with comments", program->name);
    g_autofree char *damaged_name = g_strdup_printf("%s, damaged", program->name);
    for (int round = 0; round < rounds; ++round) {
        report(run, program->name, program->text, program->kind,
               variant_judge(program->text, program->kind, chance, &run->layouts));
        g_autoptr(GString) commented = variant_comment(program->text, chance);
        if (commented != NULL) {
            judge_text(run, commented_name, commented, program->kind);
        }
        g_autoptr(GString) damaged = variant_damage(program->text, chance);
        judge_text(run, damaged_name, damaged, program->kind);
    }
}

static void judge_program(Run *run, const Sample *program, Chance *chance) {
    if (run->quick && program->text->len > 100000) {
        return;
    }
    g_autoptr(Reading) reading =
        reading_new(program->text->str, program->text->len, program->kind == JUDGE_SETTINGS);
    run->near = !reading->good;
    judge_text(run, program->name, program->text, program->kind);
    run->near = true;
    if (program->text->len < 100000) {
        judge_near(run, program, chance);
    }
    run->near = !reading->good;
    if (program->path != NULL && (!run->quick || chance_percent(chance, 25))) {
        report(run, program->name, NULL, program->kind, compile_judge(program->path));
    }
}

static void judge_repository(Run *run, Chance *chance) {
    g_autoptr(GPtrArray) programs = programs_find(run->root);
    for (guint index = 0; index < programs->len; ++index) {
        judge_program(run, g_ptr_array_index(programs, index), chance);
    }
    printf("%u programs of the repository\n", programs->len);
}

/// What stands around a stretch with an error is formatted as if it stood alone.
static void judge_around_errors(Run *run) {
    static const char *const wrong[] = {"let = = 3\n",
                                        "let broken = [1, 2\n",
                                        "resource \"x\" \"y\" {\n  a: 1\n}\n",
                                        "let text = \"no end\n",
                                        "environment {\n  a: ]\n}\n",
                                        "}\n",
                                        "let c = 1 +\n"};
    g_autoptr(GString) good = g_string_new("let  a=1   +2\n\n\nenvironment  e{ a:1,b : 2 }\n");
    g_autoptr(GString) nice = judge_format(good->str, good->len, JUDGE_PROGRAM);
    for (size_t index = 0; index < G_N_ELEMENTS(wrong); ++index) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "%s\n%s\n%s", good->str, wrong[index], good->str);
        g_autoptr(GString) found = judge_format(text->str, text->len, JUDGE_PROGRAM);
        char *failure = NULL;
        if (!g_str_has_prefix(found->str, nice->str)) {
            failure = g_strdup("around errors: what stands before is not formatted");
        }
        report(run, wrong[index], NULL, JUDGE_PROGRAM, failure);
        run->near = true;
        judge_text(run, wrong[index], text, JUDGE_PROGRAM);
        run->near = false;
    }
}

// Random programs

static void judge_random(Run *run) {
    for (int number = 0; number < run->programs; ++number) {
        Chance chance = {(uint64_t)run->seed * 1000003U + (uint64_t)number};
        g_autofree char *name = g_strdup_printf("random program %d", number);
        g_autoptr(GString) text =
            generate_program(run->grammar, 1 + (unsigned)chance_below(&chance, 5), &chance);
        judge_text(run, name, text, JUDGE_PROGRAM);
        report(run, name, text, JUDGE_PROGRAM,
               variant_judge(text, JUDGE_PROGRAM, &chance, &run->layouts));
        g_autoptr(GString) commented = variant_comment(text, &chance);
        if (commented != NULL) {
            judge_text(run, "a random program with comments", commented, JUDGE_PROGRAM);
            report(run, name, commented, JUDGE_PROGRAM,
                   variant_judge(commented, JUDGE_PROGRAM, &chance, &run->layouts));
        }
        g_autoptr(GString) damaged = variant_damage(commented ? commented : text, &chance);
        judge_text(run, "a damaged random program", damaged, JUDGE_PROGRAM);
    }
}

static void judge_extremes(Run *run) {
    const char *name = NULL;
    for (unsigned number = 0;; ++number) {
        g_autoptr(GString) text = generate_extreme(number, &name);
        if (text == NULL) {
            return;
        }
        judge_text(run, name, text, JUDGE_PROGRAM);
    }
}

/// Every production has been in a program that was judged, or the test tests less than it says.
static void judge_coverage(Run *run) {
    size_t all = 0;
    size_t good = 0;
    for (guint index = 0; index < run->grammar->productions->len; ++index) {
        const Production *production = grammar_production(run->grammar, index);
        if (production->depth == UINT_MAX ||
            !grammar_rule_at(run->grammar, production->rule)->used) {
            continue;
        }
        ++all;
        good += production->good > 0;
        if (production->good == 0) {
            printf("in no program without errors: %s\n", production->text);
        }
        if (production->good + production->bad == 0) {
            printf("FAILED coverage: in no program: %s\n", production->text);
            ++run->failed;
        }
    }
    printf("%zu productions, %zu of them in programs without errors\n", all, good);
}

// All of it

static void judge_all(Run *run) {
    selftest_run(&run->passed, &run->failed);
    Chance chance = {(uint64_t)run->seed};
    judge_repository(run, &chance);
    run->near = false;
    judge_around_errors(run);
    run->near = true;
    judge_extremes(run);
    judge_random(run);
    judge_coverage(run);
}

static bool judge_only(Run *run) {
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(run->only, &text, &length, NULL)) {
        fprintf(stderr, "fmt-laws: cannot read %s\n", run->only);
        return false;
    }
    g_autoptr(GString) program = g_string_new_len(text, (gssize)length);
    const JudgeKind kind = g_str_has_suffix(run->only, ".project") ? JUDGE_SETTINGS : JUDGE_PROGRAM;
    judge_text(run, run->only, program, kind);
    return true;
}

static bool options_read(Run *run, int *count, char ***arguments) {
    const GOptionEntry entries[] = {
        {"root", 0, 0, G_OPTION_ARG_FILENAME, &run->root, "The folder of the repository", "PATH"},
        {"quick", 0, 0, G_OPTION_ARG_NONE, &run->quick, "Some seconds only", NULL},
        {"seed", 0, 0, G_OPTION_ARG_INT, &run->seed, "Of the random programs (1)", "N"},
        {"programs", 0, 0, G_OPTION_ARG_INT, &run->programs, "How many random programs", "N"},
        {"only", 0, 0, G_OPTION_ARG_FILENAME, &run->only, "Judge this file alone", "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new("- the laws of depotc fmt");
    g_option_context_add_main_entries(context, entries, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, count, arguments, &error)) {
        fprintf(stderr, "fmt-laws: %s\n", error->message);
        return false;
    }
    if (run->programs == 0) {
        run->programs = run->quick ? 200 : 3000;
    }
    return true;
}

static void run_summary(Run *run) {
    GHashTableIter iter;
    gpointer law = NULL;
    gpointer times = NULL;
    g_hash_table_iter_init(&iter, run->laws);
    while (g_hash_table_iter_next(&iter, &law, &times)) {
        printf("broken %u times: %s\n", GPOINTER_TO_UINT(times), (const char *)law);
    }
    printf("%zu texts, %zu of them with syntax errors, %zu bytes, %zu other layouts\n",
           run->counts.programs, run->counts.broken, run->counts.bytes, run->layouts);
    printf("%zu lines, %zu of them over 80 columns with a blank between tokens\n",
           run->counts.lines, run->counts.long_lines);
    const size_t all = run->passed + run->failed + run->weak;
    printf("%zu of %zu are random, damaged or commented texts that break a law\n", run->weak, all);
    if (run->weak * 1000 > all * MOST_WEAK) {
        printf("FAILED these are more than %d of 1,000\n", MOST_WEAK);
        run->failed += run->weak;
    }
    printf("%zu passed, %zu failed\n", run->passed, run->failed);
}

int main(int argc, char **argv) {
    Run run = {.root = g_strdup("."), .seed = 1};
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!options_read(&run, &argc, &argv)) {
        return 2;
    }
    g_autofree char *path = g_build_filename(run.root, "grammar", "depot.y", NULL);
    char *error = NULL;
    run.grammar = grammar_read(path, &error);
    if (run.grammar == NULL) {
        fprintf(stderr, "fmt-laws: %s\n", error);
        return 2;
    }
    run.laws = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool readable = true;
    if (run.only != NULL) {
        readable = judge_only(&run);
    } else {
        judge_all(&run);
    }
    run_summary(&run);
    g_hash_table_destroy(run.laws);
    grammar_free(run.grammar);
    g_free(run.root);
    return !readable ? 2 : run.failed > 0;
}
