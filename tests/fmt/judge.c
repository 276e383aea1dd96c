#include "judge.h"

#include "fmt.h"
#include "items.h"

#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/// How what comes out of a crash begins.
#define CRASH "crash: "

enum {
    WIDTH = 80,
    MOST_SECONDS = 60 ///< for one text; it hangs if it takes longer
};

/// Where a crash or a hang of the formatter ends: what it had is lost, and the run goes on.
static sigjmp_buf rescue;

static void come_back(int signal_number) {
    siglongjmp(rescue, signal_number);
}

/// Has the signals of crashes and hangs come back, on a stack of their own: theirs may be full.
static void watch_signals(bool watch) {
    static char stack[1 << 16];
    static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGTRAP, SIGALRM};
    const stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&other, NULL);
    struct sigaction action = {.sa_flags = SA_ONSTACK};
    action.sa_handler = watch ? come_back : SIG_DFL;
    for (size_t index = 0; index < G_N_ELEMENTS(signals); ++index) {
        sigaction(signals[index], &action, NULL);
    }
    alarm(watch ? MOST_SECONDS : 0);
}

static GString *format_reading(const Reading *reading, const char *text, size_t length) {
    GString *out = g_string_new(NULL);
    if (reading->source == NULL) {
        return g_string_append_len(out, text, (gssize)length);
    }
    fmt_source(reading->compilation, reading->source, FMT_INDENT_DEFAULT, out);
    return out;
}

GString *judge_format(const char *text, size_t length, JudgeKind kind) {
    g_autoptr(Reading) reading = reading_new(text, length, kind == JUDGE_SETTINGS);
    const int signal_number = sigsetjmp(rescue, 1);
    if (signal_number != 0) {
        watch_signals(false);
        return g_string_new(signal_number == SIGALRM ? CRASH "it hangs" : CRASH "it crashed");
    }
    watch_signals(true);
    GString *out = format_reading(reading, text, length);
    watch_signals(false);
    return out;
}

bool judge_same_law(const char *left, const char *right) {
    const size_t length = strcspn(left, ":");
    return strcspn(right, ":") == length && strncmp(left, right, length) == 0;
}

// Texts that must be the same

char *judge_difference(const char *law, const GString *expected, const GString *found) {
    if (g_string_equal(expected, found)) {
        return NULL;
    }
    size_t at = 0;
    while (at < expected->len && at < found->len && expected->str[at] == found->str[at]) {
        ++at;
    }
    size_t line = 1;
    size_t begin = 0;
    for (size_t index = 0; index < at; ++index) {
        if (expected->str[index] == '\n') {
            ++line;
            begin = index + 1;
        }
    }
    g_autofree char *left = g_strndup(expected->str + begin, expected->len - begin);
    g_autofree char *right = g_strndup(found->str + begin, found->len - begin);
    left[strcspn(left, "\n")] = '\0';
    right[strcspn(right, "\n")] = '\0';
    g_autofree char *shown_left = g_strescape(left, NULL);
    g_autofree char *shown_right = g_strescape(right, NULL);
    return g_strdup_printf("%s: line %zu: expected `%s`, found `%s`", law, line, shown_left,
                           shown_right);
}

/// All lines end with CR LF.
static GString *with_cr(const GString *text) {
    GString *out = g_string_sized_new(text->len + text->len / 16);
    for (size_t at = 0; at < text->len; ++at) {
        if (text->str[at] == '\n') {
            g_string_append_c(out, '\r');
        }
        g_string_append_c(out, text->str[at]);
    }
    return out;
}

static GString *with_mark(const GString *text) {
    GString *out = g_string_new("\xef\xbb\xbf");
    return g_string_append_len(out, text->str, (gssize)text->len);
}

/// `variant` is `text` in another form, and must become `formatted` in that form.
static char *judge_variant(const char *law, GString *variant, GString *expected, JudgeKind kind) {
    g_autoptr(GString) given = variant;
    g_autoptr(GString) wanted = expected;
    g_autoptr(GString) found = judge_format(given->str, given->len, kind);
    return judge_difference(law, wanted, found);
}

static char *judge_variants(const GString *text, const GString *formatted, JudgeKind kind) {
    if (memchr(text->str, '\r', text->len) == NULL && memchr(text->str, '\n', text->len) != NULL) {
        char *failure = judge_variant("CR LF", with_cr(text), with_cr(formatted), kind);
        if (failure != NULL) {
            return failure;
        }
    }
    if (!g_str_has_prefix(text->str, "\xef\xbb\xbf")) {
        return judge_variant("byte order mark", with_mark(text), with_mark(formatted), kind);
    }
    return NULL;
}

// Items

static char *complain_item(const char *law, const GArray *items, guint index, const char *what) {
    const Item *item = &g_array_index(items, Item, index);
    g_autofree char *shown = g_strescape(item->text, NULL);
    g_autofree char *before =
        g_strescape(index > 0 ? g_array_index(items, Item, index - 1).text : "the begin", NULL);
    return g_strdup_printf("%s: at `%.60s` behind `%.60s`: %s", law, shown, before, what);
}

static char *judge_sequence(const GArray *before, const GArray *after) {
    for (guint index = 0; index < before->len && index < after->len; ++index) {
        const Item *old = &g_array_index(before, Item, index);
        const Item *new = &g_array_index(after, Item, index);
        if (old->comment != new->comment || strcmp(old->text, new->text) != 0) {
            g_autofree char *shown = g_strescape(new->text, NULL);
            g_autofree char *what = g_strdup_printf("there is `%.60s` instead", shown);
            return complain_item(old->comment ? "comments" : "tokens", before, index, what);
        }
    }
    if (before->len != after->len) {
        return g_strdup_printf("tokens: there were %u, there are %u", before->len, after->len);
    }
    return NULL;
}

static const char *const places[] = {
    [PLACE_INLINE] = "in a line",
    [PLACE_BEHIND] = "behind something on its line",
    [PLACE_BEFORE] = "before something on its line",
    [PLACE_ALONE] = "on a line of its own",
};

/// Whether the item is an opening bracket or a comment behind it on its line.
static bool is_opened(const GArray *items, guint index) {
    const Item *item = &g_array_index(items, Item, index);
    while (index > 0 && item->comment && !item->newline) {
        item = &g_array_index(items, Item, --index);
    }
    return item->opens;
}

/// What is fair beside brackets and commas: there a comment may come to stand elsewhere, between
/// the same neighbours.
static bool may_move(const GArray *before, const GArray *after, guint index) {
    const Place old = items_place(before, index);
    const Place new = items_place(after, index);
    if (index > 0 && is_opened(before, index - 1)) {
        return true;
    }
    if (old == PLACE_BEHIND && new == PLACE_INLINE) {
        const Item *next = &g_array_index(after, Item, index + 1);
        return next->closes || next->comment;
    }
    guint border = index + 1;
    while (g_array_index(before, Item, border).comment) {
        ++border;
    }
    return old == PLACE_BEFORE && (g_array_index(before, Item, border).closes ||
                                   g_array_index(before, Item, index + 1).comma);
}

/// A comment between members stays where it belongs. Inside of one it only stays between its
/// neighbours.
static char *judge_place(const GArray *before, const GArray *after, guint index) {
    const Place old = items_place(before, index);
    const Place new = items_place(after, index);
    if (old == new || old == PLACE_INLINE || !items_at_border(before, index) ||
        may_move(before, after, index)) {
        return NULL;
    }
    g_autofree char *what = g_strdup_printf("it stood %s, and stands %s", places[old], places[new]);
    return complain_item("attachment", before, index, what);
}

/// An empty line between two neighbours stays, but not behind an opening bracket or before a
/// closing one. None appears.
static char *judge_blank(const GArray *before, const GArray *after, guint index) {
    const Item *old = &g_array_index(before, Item, index);
    const Item *new = &g_array_index(after, Item, index);
    const bool edge = index == 0 || old->closes || is_opened(before, index - 1);
    if (strcmp(new->text, "<end>") == 0) {
        return NULL; // how a file ends is white space
    }
    if (new->blank && edge) {
        return complain_item("blank lines", before, index, "one stands at the edge of brackets");
    }
    if (new->blank && !old->blank) {
        return complain_item("blank lines", before, index, "one has come");
    }
    if (old->blank && !new->blank && !edge && (old->begins || old->comment) &&
        items_at_border(before, index)) {
        return complain_item("blank lines", before, index, "it is gone");
    }
    return NULL;
}

static char *judge_items(const Reading *before, const Reading *after) {
    g_autoptr(GArray) old = items_of(before);
    g_autoptr(GArray) new = items_of(after);
    char *failure = judge_sequence(old, new);
    for (guint index = 0; failure == NULL && before->good && index < old->len; ++index) {
        failure = judge_blank(old, new, index);
        if (failure == NULL && g_array_index(old, Item, index).comment) {
            failure = judge_place(old, new, index);
        }
    }
    return failure;
}

// White space

/// What stands between two tokens: at most one empty line, no blanks before a line end, no tabs.
static char *judge_gap(const char *gap, size_t length, bool first, bool last) {
    size_t ends = 0;
    for (size_t at = 0; at < length; ++at) {
        if (gap[at] == '\n') {
            ++ends;
            if (at > 0 && gap[at - 1] == ' ') {
                return g_strdup("white space: a line ends with blanks");
            }
        } else if (gap[at] != ' ' && gap[at] != '\r') {
            return g_strdup_printf("white space: byte 0x%02x stands between tokens",
                                   (unsigned char)gap[at]);
        }
    }
    if (first && length > 0) {
        return g_strdup("white space: the file begins with it");
    }
    if (last && (ends != 1 || gap[length - 1] != '\n')) {
        return g_strdup("white space: the file does not end with one line end");
    }
    if (ends > 2) {
        return g_strdup("white space: there are several empty lines");
    }
    return NULL;
}

static char *judge_white_space(const Reading *after) {
    const Source *source = after->source;
    uint32_t end = source->bom ? 3 : 0;
    unsigned strings = 0; // that are open: what is filled into them stays as it is
    for (uint32_t index = 0; index < source->token_count; ++index) {
        const Token *token = &source->tokens[index];
        const bool last = token->kind == TOK_END;
        if (index == 0 && last) {
            return NULL;
        }
        char *failure = strings > 0
                            ? NULL
                            : judge_gap(source->text + end, token->start - end, index == 0, last);
        if (failure != NULL) {
            return failure;
        }
        strings += token->kind == TOK_STRING_BEGIN;
        strings -= token->kind == TOK_STRING_END;
        if ((token->kind == TOK_COMMENT || token->kind == TOK_DOC) &&
            strchr(" \t", source->text[token->end - 1]) != NULL) {
            return g_strdup("white space: a comment ends with blanks");
        }
        end = token->end;
    }
    return NULL;
}

/// Whether a line could be broken: one of its blanks stands between two tokens, not before or in a
/// comment.
static bool may_break(const Source *source, uint32_t begin, uint32_t end) {
    for (uint32_t index = source_token_at(source, begin); index + 1 < source->token_count;
         ++index) {
        const Token *next = &source->tokens[index + 1];
        if (next->start >= end || next->kind == TOK_COMMENT || next->kind == TOK_DOC) {
            return false;
        }
        if (source->tokens[index].kind != TOK_COMMENT && next->start > source->tokens[index].end) {
            return true;
        }
    }
    return false;
}

static void count_lines(const Source *source, JudgeCounts *counts) {
    uint32_t begin = 0;
    uint32_t columns = 0;
    for (uint32_t at = 0; at < source->length; ++at) {
        if (source->text[at] == '\n') {
            ++counts->lines;
            counts->long_lines += columns > WIDTH && may_break(source, begin, at);
            begin = at + 1;
            columns = 0;
        } else if (source->text[at] != '\r') {
            columns += ((unsigned char)source->text[at] & 0xc0) != 0x80;
        }
    }
}

// All of it

/// The laws between a text and what came out of it, both read.
static char *judge_readings(const Reading *before, const Reading *after) {
    char *failure = judge_difference("diagnostics", before->codes, after->codes);
    if (failure == NULL) {
        failure = judge_items(before, after);
    }
    if (failure == NULL && before->good) {
        g_autoptr(GString) old = reading_tree(before);
        g_autoptr(GString) new = reading_tree(after);
        failure = judge_difference("tree", old, new);
    }
    if (failure == NULL && before->good) {
        failure = judge_white_space(after);
    }
    return failure;
}

char *judge_pair(const GString *text, const GString *formatted, JudgeKind kind) {
    const bool settings = kind == JUDGE_SETTINGS;
    g_autoptr(Reading) before = reading_new(text->str, text->len, settings);
    g_autoptr(Reading) after = reading_new(formatted->str, formatted->len, settings);
    return judge_readings(before, after);
}

char *judge(const char *text, size_t length, JudgeKind kind, JudgeCounts *counts) {
    const bool settings = kind == JUDGE_SETTINGS;
    g_autoptr(GString) given = g_string_new_len(text, (gssize)length);
    g_autoptr(GString) formatted = judge_format(text, length, kind);
    g_autoptr(Reading) before = reading_new(text, length, settings);
    g_autoptr(Reading) after = reading_new(formatted->str, formatted->len, settings);
    if (g_str_has_prefix(formatted->str, CRASH)) {
        return g_strdup(formatted->str);
    }
    if (before->source == NULL || after->source == NULL) {
        return before->source == after->source ? NULL : g_strdup("reading: one cannot be read");
    }
    if (counts != NULL) {
        ++counts->programs;
        counts->broken += !before->good;
        counts->bytes += length;
        count_lines(after->source, counts);
    }
    char *failure = judge_readings(before, after);
    if (failure == NULL) {
        g_autoptr(GString) again = judge_format(formatted->str, formatted->len, kind);
        failure = judge_difference("idempotence", formatted, again);
    }
    if (failure == NULL) {
        failure = judge_variants(given, formatted, kind);
    }
    return failure;
}
