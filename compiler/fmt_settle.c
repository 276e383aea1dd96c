// Texts of which it is not certain that they were understood: with syntax errors, or with comments
// in odd places. What came out is read again. It must have the same mistakes, and stay as it is
// when it is formatted once more; else more of the text stays as it was.

#include "fmt_walk.h"

#include <string.h>

enum { MOST_LOOKS = 4 };

/// A text that has been read.
typedef struct Reading {
    const GString *text;
    size_t begin; ///< of what is read in it
    Compilation *compilation;
    const Source *source; ///< NULL: it cannot be
} Reading;

static ReadStatus read_text(const char *path, char **text, size_t *length, const char **message,
                            void *data) {
    (void)path;
    (void)message;
    const Reading *reading = data;
    *length = reading->text->len - reading->begin;
    *text = g_malloc(*length + 2);
    memcpy(*text, reading->text->str + reading->begin, *length);
    memset(*text + *length, 0, 2);
    return READ_OK;
}

/// `like`: the source that the text was made of.
static void reading_begin(Reading *reading, const Source *like) {
    reading->compilation =
        compilation_new(&(CompilationOptions){.reader = read_text, .reader_data = reading});
    reading->source = like->settings
                          ? compilation_add_settings(reading->compilation, like->path)
                          : compilation_add_file(reading->compilation, like->path, NO_SPAN);
}

static void reading_end(Reading *reading) {
    compilation_free(reading->compilation);
}

/// The next of the errors in `source`, from `diagnostic` on.
static const Diagnostic *next_error(const Diagnostic *diagnostic, const Source *source) {
    while (diagnostic != NULL &&
           (diagnostic->severity != SEVERITY_ERROR || diagnostic->span.file != source->id)) {
        diagnostic = diagnostic->next;
    }
    return diagnostic;
}

/// Whether both have the same mistakes in the same order.
static bool same_mistakes(const Compilation *compilation, const Source *source,
                          const Reading *reading) {
    if (reading->source == NULL) {
        return false;
    }
    const Diagnostic *old = next_error(diagnostics_sorted(compilation->diagnostics), source);
    const Diagnostic *new =
        next_error(diagnostics_sorted(reading->compilation->diagnostics), reading->source);
    while (old != NULL && new != NULL && strcmp(old->code, new->code) == 0) {
        old = next_error(old->next, source);
        new = next_error(new->next, reading->source);
    }
    return old == NULL && new == NULL;
}

static bool same_text(const GString *text, size_t begin, const GString *other) {
    return text->len - begin == other->len &&
           memcmp(text->str + begin, other->str, other->len) == 0;
}

/// Whether `out`, from `begin` on, has the mistakes of the source. `*again` becomes what is made of
/// it.
static bool look(const Compilation *compilation, const Source *source, unsigned indent,
                 size_t begin, const GString *out, GString *again) {
    Reading reading = {.text = out, .begin = begin};
    reading_begin(&reading, source);
    const bool same = same_mistakes(compilation, source, &reading);
    g_string_truncate(again, 0);
    if (same) {
        fmt_once(reading.compilation, reading.source, indent, STAY_MEMBER, again);
    }
    reading_end(&reading);
    return same;
}

void fmt_settle(const Compilation *compilation, const Source *source, unsigned indent, size_t begin,
                GString *out) {
    g_autoptr(GString) again = g_string_sized_new(out->len - begin + 64);
    for (FmtStay stay = STAY_MEMBER; stay < STAY_ALL; stay++) {
        if (stay > STAY_MEMBER) {
            g_string_truncate(out, begin);
            fmt_once(compilation, source, indent, stay, out);
        }
        for (unsigned looks = 0; looks < MOST_LOOKS; looks++) {
            if (!look(compilation, source, indent, begin, out, again)) {
                break;
            }
            if (same_text(out, begin, again)) {
                return;
            }
            g_string_truncate(out, begin);
            g_string_append_len(out, again->str, (gssize)again->len);
        }
    }
    g_string_truncate(out, begin);
    fmt_once(compilation, source, indent, STAY_ALL, out);
}
