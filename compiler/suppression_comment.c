#include "suppression_comment.h"

#include <glib.h>
#include <string.h>

/// What stands instead of a reason where somebody has to give one.
#define REASON_PLACEHOLDER "reason"

/// The words that begin a suppression, and those that people know from elsewhere. The first ones
/// are right.
static const struct {
    const char *word;
    bool whole_file;
} words[] = {
    {"depotc-allow", false},
    {"depotc-allow-file", true},
    {"depotc-allow-line", false},
    {"depotc-allow-next-line", false},
    {"depotc-disable", false},
    {"depotc-disable-line", false},
    {"depotc-disable-next-line", false},
    {"depotc-disable-file", true},
    {"depotc-ignore", false},
    {"depotc-ignore-line", false},
    {"depotc-ignore-next-line", false},
    {"depotc-ignore-file", true},
    {"depotc-suppress", false},
    {"depotc-suppress-file", true},
    {"depotc-nolint", false},
    {"depotc-noqa", false},
};

/// A comment while it is read.
typedef struct Reader {
    Compilation *compilation;
    Arena *arena;
    const Source *source;
    const char *at;
    const char *end;
    SuppressionComment *comment;
} Reader;

static void skip_blanks(Reader *reader) {
    while (reader->at < reader->end && strchr(" \t", *reader->at)) {
        reader->at++;
    }
}

/// Remembers the first thing that is wrong.
static void complain(Reader *reader, const char *problem) {
    if (!reader->comment->problem) {
        reader->comment->problem = problem;
    }
}

static bool is_letter(char c) {
    return g_ascii_isalpha(c) || c == '-' || c == '_';
}

static bool is_id_letter(char c) {
    return g_ascii_isalnum(c) || c == '-' || c == '_';
}

/// The end of the letters that `is` knows, from `at` on.
static const char *run(const Reader *reader, const char *at, bool (*is)(char)) {
    while (at < reader->end && is(*at)) {
        at++;
    }
    return at;
}

/// Whether an id of depotc stands at `at`, in whatever case.
static bool own_id_at(const Reader *reader, const char *at) {
    const char *end = run(reader, at, is_id_letter);
    if (end - at != 5 || g_ascii_toupper(*at) != 'D') {
        return false;
    }
    for (int i = 1; i < 5; i++) {
        if (!g_ascii_isdigit(at[i])) {
            return false;
        }
    }
    return true;
}

/// `depotc allow D1130`: the end of the second word, or `end`.
static const char *second_word(const Reader *reader, const char *start, const char *end) {
    const size_t length = (size_t)(end - start);
    const bool first =
        (length == 6 || length == 5) && !g_ascii_strncasecmp(start, "depotc", length);
    Reader rest = *reader;
    rest.at = end;
    skip_blanks(&rest);
    const char *second = run(reader, rest.at, is_letter);
    Reader behind = *reader;
    behind.at = second;
    skip_blanks(&behind);
    return first && second > rest.at && own_id_at(reader, behind.at) ? second : end;
}

/// A word in small letters with one `-` between its parts, `depot` made `depotc`.
static char *plain_word(const char *start, const char *end) {
    GString *word = g_string_new(NULL);
    for (const char *at = start; at < end; at++) {
        const bool dash = *at == '_' || *at == ' ' || *at == '\t';
        const char c = (char)(dash ? '-' : g_ascii_tolower(*at));
        if (c != '-' || (word->len && word->str[word->len - 1] != '-')) {
            g_string_append_c(word, c);
        }
    }
    if (g_str_has_prefix(word->str, "depot-")) {
        g_string_insert(word, 5, "c");
    }
    return g_string_free(word, FALSE);
}

/// The number of the row that a word means, or -1.
static int find_word(const char *word) {
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!strcmp(words[i].word, word)) {
            return (int)i;
        }
    }
    Similar similar;
    similar_begin(&similar, word + strlen("depotc"));
    for (size_t i = 0; i < 2 && strlen(word) > strlen("depotc-"); i++) {
        similar_offer(&similar, words[i].word + strlen("depotc"));
    }
    const char *best = similar_best(&similar);
    return !best ? -1 : best == words[1].word + strlen("depotc");
}

/// The word that a suppression begins with. False if it is none.
static bool read_word(Reader *reader) {
    const char *start = reader->at;
    reader->at = second_word(reader, start, run(reader, start, is_letter));
    g_autofree char *word = plain_word(start, reader->at);
    const int index = g_str_has_prefix(word, "depotc-") ? find_word(word) : -1;
    if (index < 0) {
        return false;
    }
    reader->comment->whole_file = words[index].whole_file;
    const char *right = words[words[index].whole_file].word;
    const size_t length = (size_t)(reader->at - start);
    if (length != strlen(right) || memcmp(start, right, length) != 0) {
        complain(reader, arena_printf(reader->arena, "`%.*s` for `%s`", (int)length, start, right));
    }
    return true;
}

/// Steps over what does not belong between the word and the ids.
static void skip_signs(Reader *reader) {
    skip_blanks(reader);
    const char *start = reader->at;
    while (reader->at < reader->end && strchr(":=([{ \t", *reader->at)) {
        reader->at++;
    }
    if (reader->at > start) {
        complain(reader, arena_printf(reader->arena, "`%c` before the id", *start));
    }
}

static void add_id(Reader *reader, const char *start, const char *end) {
    SuppressionComment *comment = reader->comment;
    SuppressedId *ids = arena_array(reader->arena, SuppressedId, comment->id_count + 1);
    if (comment->id_count) {
        memcpy(ids, comment->ids, comment->id_count * sizeof *ids);
    }
    const uint32_t offset = (uint32_t)(start - reader->source->text);
    ids[comment->id_count++] = (SuppressedId){
        .code = arena_strndup(reader->arena, start, (size_t)(end - start)),
        .span = {reader->source->id, offset, offset + (uint32_t)(end - start)},
    };
    comment->ids = ids;
}

/// The ids, up to the `:` before the reason.
static void read_ids(Reader *reader) {
    for (;;) {
        skip_blanks(reader);
        const char *end = run(reader, reader->at, is_id_letter);
        if (end == reader->at || !g_ascii_isalpha(*reader->at)) {
            return;
        }
        add_id(reader, reader->at, end);
        reader->at = end;
        while (reader->at < reader->end && strchr(")]} \t", *reader->at)) {
            reader->at++;
        }
        if (reader->at < reader->end && *reader->at == ',') {
            reader->at++;
        } else if (own_id_at(reader, reader->at)) {
            complain(reader, "no `,` between two ids");
        } else {
            return;
        }
    }
}

/// The reason behind the `:`.
static void read_reason(Reader *reader) {
    skip_blanks(reader);
    if (reader->at < reader->end && *reader->at == ':') {
        reader->at++;
    } else if (reader->at < reader->end) {
        complain(reader, "no `:` before the reason");
        while (reader->at < reader->end && strchr("-=/#\"' \t", *reader->at)) {
            reader->at++;
        }
    }
    skip_blanks(reader);
    while (reader->end > reader->at && strchr(" \t", reader->end[-1])) {
        reader->end--;
    }
    if (reader->end > reader->at) {
        const char *text =
            arena_strndup(reader->arena, reader->at, (size_t)(reader->end - reader->at));
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        reader->comment->reason = arena_strndup(reader->arena, valid, strlen(valid));
    }
}

/// The comment in the right form.
static const char *right_form(const Reader *reader, const char *sign) {
    const SuppressionComment *comment = reader->comment;
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_printf(out, "%s %s ", *sign == '#' ? "#" : "//", words[comment->whole_file].word);
    for (size_t i = 0; i < comment->id_count; i++) {
        g_string_append_printf(out, "%s%s", i ? ", " : "", comment->ids[i].code);
    }
    g_string_append_printf(out, ": %s", comment->reason ? comment->reason : REASON_PLACEHOLDER);
    return arena_strndup(reader->arena, out->str, out->len);
}

bool suppression_comment_read(Compilation *compilation, const Source *source, Span span,
                              const char *sign, SuppressionComment *comment) {
    *comment = (SuppressionComment){0};
    Reader reader = {.compilation = compilation,
                     .arena = compilation->arena,
                     .source = source,
                     .at = source->text + span.start + strlen(sign),
                     .end = source->text + span.end,
                     .comment = comment};
    if (!strcmp(sign, "/*") && span.end >= span.start + 4) {
        reader.end -= 2;
    }
    skip_blanks(&reader);
    if (!read_word(&reader)) {
        return false;
    }
    if (strcmp(sign, "//") != 0 && *sign == '/') {
        complain(&reader,
                 sign[1] == '*' ? "between `/*` and `*/`" : "in the documentation of what follows");
    }
    skip_signs(&reader);
    read_ids(&reader);
    if (!comment->id_count) {
        complain(&reader, "without an id");
        return true;
    }
    read_reason(&reader);
    comment->written = right_form(&reader, sign);
    return true;
}
