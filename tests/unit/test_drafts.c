// Fixes in memory: which are applied, and that the diff of a draft leads from the old text to the
// new one. A program hardly causes fixes that overlap, so these are made by hand and by chance.
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/// One round: a compilation with one source, whose diagnostics have the fixes.
typedef struct Round {
    Compilation compilation;
    Source source;
    Source *sources[1];
} Round;

static void round_begin(Round *round, const char *text) {
    *round = (Round){.source = {.path = "/nowhere/main.depot", .text = g_strdup(text)}};
    round->source.length = (uint32_t)strlen(text);
    round->sources[0] = &round->source;
    round->compilation.arena = arena_new();
    round->compilation.diagnostics = diagnostics_new(round->compilation.arena);
    round->compilation.sources = round->sources;
    round->compilation.source_count = 1;
}

static void round_end(Round *round) {
    g_free(round->source.text);
    arena_free(round->compilation.arena);
}

/// A diagnostic of its own with one fix.
static Diagnostic *add_fix(Round *round, Applicability how, uint32_t start, uint32_t end,
                           const char *text) {
    Diagnostics *list = round->compilation.diagnostics;
    const Span span = {0, start, end};
    g_autofree char *message = g_strdup_printf("%u to %u: %s, %d", start, end, text, (int)how);
    Diagnostic *diagnostic = diagnostic_add_rule(list, "D9999", SEVERITY_ERROR, span, message);
    diagnostic_fix(list, diagnostic, how, span, text, "mend it");
    return diagnostic;
}

static size_t mend(Drafts *drafts, Round *round) {
    return drafts_mend(drafts, &round->compilation);
}

static const Draft *only(const Drafts *drafts) {
    g_assert_cmpuint(drafts->list->len, ==, 1);
    return drafts->list->pdata[0];
}

static void test_overlap(void) {
    Drafts drafts;
    Round round;
    drafts_begin(&drafts);
    round_begin(&round, "abcdefgh");
    add_fix(&round, FIX_SAFE, 3, 5, "late");
    add_fix(&round, FIX_SAFE, 1, 4, "X"); // the first in the source
    add_fix(&round, FIX_SAFE, 2, 2, "inside");
    add_fix(&round, FIX_SAFE, 4, 4, "Y"); // directly behind
    add_fix(&round, FIX_SAFE, 4, 4, "Z"); // at the same place
    add_fix(&round, FIX_SAFE, 4, 6, "longer");
    add_fix(&round, FIX_SAFE, 8, 8, "!");
    g_assert_cmpuint(mend(&drafts, &round), ==, 3);
    g_assert_cmpstr(only(&drafts)->new_text, ==, "aXYefgh!");
    g_assert_cmpstr(only(&drafts)->old_text, ==, "abcdefgh");
    g_assert_cmpuint(only(&drafts)->problems, ==, 3);
    round_end(&round);
    drafts_clear(&drafts);
}

static void test_twice(void) {
    Drafts drafts;
    Round round;
    drafts_begin(&drafts);
    round_begin(&round, "abc");
    Diagnostics *list = round.compilation.diagnostics;
    add_fix(&round, FIX_SAFE, 1, 2, "x");
    Diagnostic *same =
        diagnostic_add_rule(list, "D9998", SEVERITY_ERROR, (Span){0, 0, 1}, "because of that");
    diagnostic_fix(list, same, FIX_SAFE, (Span){0, 1, 2}, "x", "mend it");
    g_assert_cmpuint(mend(&drafts, &round), ==, 2);
    g_assert_cmpstr(only(&drafts)->new_text, ==, "axc");
    round_end(&round);
    drafts_clear(&drafts);
}

static void test_left_alone(void) {
    Drafts drafts;
    Round round;
    drafts_begin(&drafts);
    round_begin(&round, "abc");
    add_fix(&round, FIX_MAYBE, 0, 1, "x");
    add_fix(&round, FIX_SAFE, 1, 2, "b"); // says the same
    add_fix(&round, FIX_SAFE, 2, 9, "x"); // behind the end
    add_fix(&round, FIX_SAFE, 2, 1, "x"); // no range
    round.source.library = true;
    add_fix(&round, FIX_SAFE, 0, 3, "x");
    g_assert_cmpuint(mend(&drafts, &round), ==, 0);
    round.source.library = false;
    Diagnostic *several = add_fix(&round, FIX_MAYBE, 2, 3, "maybe");
    diagnostic_fix(round.compilation.diagnostics, several, FIX_SAFE, (Span){0, 2, 3}, "C", "so");
    diagnostic_fix(round.compilation.diagnostics, several, FIX_SAFE, (Span){0, 0, 1}, "A", "or so");
    drafts_clear(&drafts);
    drafts_begin(&drafts);
    g_assert_cmpuint(mend(&drafts, &round), ==, 1); // "abc" as a whole goes first
    g_assert_cmpstr(only(&drafts)->new_text, ==, "x");
    round_end(&round);
    drafts_clear(&drafts);
}

static void test_several_edits(void) {
    Drafts drafts;
    Round round;
    drafts_begin(&drafts);
    round_begin(&round, "abcdefgh");
    Diagnostics *list = round.compilation.diagnostics;
    DiagnosticFix *late = add_fix(&round, FIX_SAFE, 1, 2, "never")->fixes;
    diagnostic_fix_edit(list, late, (Span){0, 5, 6}, "Y"); // overlaps the next
    DiagnosticFix *first = add_fix(&round, FIX_SAFE, 0, 1, "A")->fixes;
    diagnostic_fix_edit(list, first, (Span){0, 5, 6}, "F");
    diagnostic_fix_edit(list, first, (Span){0, 3, 3}, "");  // nothing
    diagnostic_fix_edit(list, first, (Span){0, 5, 6}, "F"); // said already
    DiagnosticFix *shares = add_fix(&round, FIX_SAFE, 2, 3, "C")->fixes;
    diagnostic_fix_edit(list, shares, (Span){0, 5, 6}, "F");
    DiagnosticFix *outside = add_fix(&round, FIX_SAFE, 7, 8, "H")->fixes;
    diagnostic_fix_edit(list, outside, (Span){0, 8, 9}, "");
    DiagnosticFix *itself = add_fix(&round, FIX_SAFE, 6, 8, "G")->fixes;
    diagnostic_fix_edit(list, itself, (Span){0, 7, 8}, "H");
    g_assert_cmpuint(mend(&drafts, &round), ==, 2);
    g_assert_cmpstr(only(&drafts)->new_text, ==, "AbCdeFgh");
    round_end(&round);
    drafts_clear(&drafts);
}

static void test_several_files(void) {
    Drafts drafts;
    Round round;
    drafts_begin(&drafts);
    round_begin(&round, "abc");
    char other[] = "xyz";
    Source second = {.id = 1, .path = "/nowhere/other.depot", .text = other, .length = 3};
    Source *both[] = {&round.source, &second};
    round.compilation.sources = both;
    round.compilation.source_count = 2;
    Diagnostics *list = round.compilation.diagnostics;
    DiagnosticFix *fix = add_fix(&round, FIX_SAFE, 1, 2, "B")->fixes;
    diagnostic_fix_edit(list, fix, (Span){1, 0, 1}, "X");
    DiagnosticFix *half = add_fix(&round, FIX_SAFE, 2, 3, "C")->fixes;
    diagnostic_fix_edit(list, half, (Span){1, 0, 2}, "");
    g_assert_cmpuint(mend(&drafts, &round), ==, 1);
    g_assert_cmpuint(drafts.list->len, ==, 2);
    g_assert_cmpstr(((const Draft *)drafts.list->pdata[0])->new_text, ==, "aBc");
    g_assert_cmpstr(((const Draft *)drafts.list->pdata[1])->new_text, ==, "Xyz");
    second.library = true; // a fix that would reach into it is not applied at all
    drafts_clear(&drafts);
    drafts_begin(&drafts);
    g_assert_cmpuint(mend(&drafts, &round), ==, 0);
    round_end(&round);
    drafts_clear(&drafts);
}

static void test_back(void) {
    Drafts drafts;
    Round round;
    drafts_begin(&drafts);
    round_begin(&round, "abc");
    add_fix(&round, FIX_SAFE, 1, 2, "x");
    mend(&drafts, &round);
    round_end(&round);
    round_begin(&round, "axc");
    add_fix(&round, FIX_SAFE, 1, 2, "b");
    mend(&drafts, &round);
    round_end(&round);
    round_begin(&round, "another text"); // not the one of the draft
    add_fix(&round, FIX_SAFE, 1, 2, "y");
    g_assert_cmpuint(mend(&drafts, &round), ==, 0);
    round_end(&round);
    g_autoptr(GString) out = g_string_new(NULL);
    unified_diff(only(&drafts), "main.depot", out);
    g_assert_cmpstr(out->str, ==, "");
    drafts_drop_unchanged(&drafts);
    g_assert_cmpuint(drafts.list->len, ==, 0);
    drafts_clear(&drafts);
}

static void test_names(void) {
    Drafts drafts;
    Round round;
    drafts_begin(&drafts);
    round_begin(&round, "a\nb\n");
    add_fix(&round, FIX_SAFE, 0, 2, "");
    mend(&drafts, &round);
    g_autoptr(GString) out = g_string_new(NULL);
    unified_diff(only(&drafts), "a b\n\"\\", out);
    g_assert_cmpstr(out->str, ==,
                    "--- \"a/a b\\012\\\"\\\\\"\n+++ \"b/a b\\012\\\"\\\\\"\n"
                    "@@ -1,2 +1,1 @@\n-a\n b\n");
    round_end(&round);
    drafts_clear(&drafts);
}

// By chance

static void append_random(GString *text, int length) {
    for (int i = 0; i < length; i++) {
        g_string_append_c(text, "aab\n\n\r"[g_test_rand_int_range(0, 6)]);
    }
}

/// What the fixes of a round should make of its text: in the order of the source, without those
/// that overlap. `fixes` is sorted: start, end, text.
static char *expected(const char *text, const uint32_t (*fixes)[2], char *const *texts,
                      size_t count) {
    GString *out = g_string_new(NULL);
    uint32_t done = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        const uint32_t start = fixes[i][0];
        const uint32_t end = fixes[i][1];
        const bool changes =
            strlen(texts[i]) != end - start || strncmp(texts[i], text + start, end - start) != 0;
        if (changes && start >= done && start != last) {
            g_string_append_len(out, text + done, (gssize)(start - done));
            g_string_append(out, texts[i]);
            done = end;
            last = start;
        }
    }
    g_string_append(out, text + done);
    return g_string_free(out, FALSE);
}

/// The line behind the sign of `*diff`, with its LF unless the next line says that it has none.
static void take_line(const char **diff, GString *line) {
    const char *end = strchr(*diff, '\n');
    g_assert_nonnull(end);
    static const char marker[] = "\\ No newline at end of file\n";
    const bool bare = g_str_has_prefix(end + 1, marker);
    g_string_truncate(line, 0);
    g_string_append_len(line, *diff + 1, end - *diff - (bare ? 1 : 0));
    *diff = end + 1 + (bare ? sizeof marker - 1 : 0);
}

/// `@@ -1,2 +3,4 @@`
static void read_header(const char *line, unsigned long counts[4]) {
    static const char *const before[] = {"@@ -", ",", " +", ","};
    char *at = NULL;
    for (int i = 0; i < 4; i++) {
        g_assert_true(g_str_has_prefix(line, before[i]));
        counts[i] = strtoul(line + strlen(before[i]), &at, 10);
        line = at;
    }
    g_assert_true(g_str_has_prefix(line, " @@\n"));
}

/// Applies one hunk: `*at` is where in the old text we are.
static void apply_hunk(const char **diff, const char **at, GString *result) {
    g_autoptr(GString) line = g_string_new(NULL);
    unsigned long counts[4];
    read_header(*diff, counts);
    *diff = strchr(*diff, '\n') + 1;
    while (counts[1] + counts[3] > 0) {
        const char sign = **diff;
        g_assert_nonnull(strchr(" +-", sign));
        take_line(diff, line);
        if (sign != '+') {
            g_assert_true(g_str_has_prefix(*at, line->str));
            *at += line->len;
            counts[1]--;
        }
        if (sign != '-') {
            g_string_append(result, line->str);
            counts[3]--;
        }
    }
}

static unsigned long lines_in(const char *text, const char *end) {
    unsigned long lines = 0;
    for (; text < end; text++) {
        lines += *text == '\n';
    }
    return lines;
}

/// Does what `patch` does, and believes the line numbers.
static char *patched(const char *old, const char *diff) {
    GString *result = g_string_new(NULL);
    const char *at = old;
    if (*diff != '\0') {
        static const char header[] = "--- a/x\n+++ b/x\n";
        g_assert_true(g_str_has_prefix(diff, header));
        diff += sizeof header - 1;
    }
    while (*diff != '\0') {
        unsigned long counts[4];
        read_header(diff, counts);
        const unsigned long before = counts[1] > 0 ? counts[0] - 1 : counts[0];
        while (lines_in(old, at) < before) {
            g_string_append_c(result, *at++);
        }
        apply_hunk(&diff, &at, result);
    }
    g_string_append(result, at);
    return g_string_free(result, FALSE);
}

/// Adds sorted fixes at random places of the text, and returns what they should make of it.
static char *add_random(Round *round) {
    enum { MOST = 6 };
    uint32_t fixes[MOST][2];
    char *texts[MOST + 1] = {NULL};
    const int length = (int)round->source.length;
    const size_t count = (size_t)g_test_rand_int_range(0, MOST + 1);
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        GString *text = g_string_new(NULL);
        append_random(text, g_test_rand_int_range(0, 4));
        const int from = (int)start + g_test_rand_int_range(1, 12);
        start = (uint32_t)MIN(length, from);
        const int to = (int)start + g_test_rand_int_range(0, 6);
        fixes[i][0] = start;
        fixes[i][1] = (uint32_t)MIN(length, to);
        texts[i] = g_string_free(text, FALSE);
    }
    char *wanted = expected(round->source.text, (const uint32_t(*)[2])fixes, texts, count);
    for (size_t i = 0; i < count; i++) {
        add_fix(round, FIX_SAFE, fixes[i][0], fixes[i][1], texts[i]);
        g_free(texts[i]);
    }
    return wanted;
}

static void test_chance(void) {
    for (int turn = 0; turn < 3000; turn++) {
        Drafts drafts;
        drafts_begin(&drafts);
        g_autoptr(GString) begin = g_string_new(NULL);
        append_random(begin, g_test_rand_int_range(0, 80));
        g_autofree char *text = g_strdup(begin->str);
        for (int i = 0; i < 3; i++) {
            Round round;
            round_begin(&round, text);
            char *wanted = add_random(&round);
            mend(&drafts, &round);
            if (drafts.list->len > 0) {
                g_assert_cmpstr(only(&drafts)->new_text, ==, wanted);
            } else {
                g_assert_cmpstr(text, ==, wanted);
            }
            round_end(&round);
            g_free(text);
            text = wanted;
        }
        if (drafts.list->len > 0) {
            g_autoptr(GString) diff = g_string_new(NULL);
            unified_diff(only(&drafts), "x", diff);
            g_autofree char *result = patched(only(&drafts)->old_text, diff->str);
            g_assert_cmpstr(result, ==, text);
        }
        drafts_clear(&drafts);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/drafts/overlap", test_overlap);
    g_test_add_func("/drafts/twice", test_twice);
    g_test_add_func("/drafts/left-alone", test_left_alone);
    g_test_add_func("/drafts/several-edits", test_several_edits);
    g_test_add_func("/drafts/several-files", test_several_files);
    g_test_add_func("/drafts/back", test_back);
    g_test_add_func("/diff/names", test_names);
    g_test_add_func("/diff/chance", test_chance);
    return g_test_run();
}
