#include "fingerprint.h"

#include "render.h"
#include "sha256.h"

#include <glib.h>
#include <string.h>

/// So much of a line counts, on both sides of the place: lines may be very long, and hold very many
/// mistakes.
#define REACH  200U
#define DIGITS 32

struct Fingerprints {
    Compilation *compilation;
    GHashTable *seen; ///< sums without a number → how many there were
};

Fingerprints *fingerprints_new(Compilation *compilation) {
    Fingerprints *fingerprints = g_new(Fingerprints, 1);
    *fingerprints =
        (Fingerprints){compilation, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    return fingerprints;
}

void fingerprints_free(Fingerprints *fingerprints) {
    g_hash_table_destroy(fingerprints->seen);
    g_free(fingerprints);
}

/// Appends the line of the place, without the blanks around it. With the NUL: it keeps "ab" + "c"
/// apart from "a" + "bc".
static void append_line(GString *text, Source *source, uint32_t offset, Arena *arena) {
    size_t length = 0;
    const char *line =
        source_line(source, source_position(source, offset, arena).line, &length, arena);
    const char *place = source->text + MIN(offset, source->length);
    const char *end = line + length;
    if (place > line + REACH) {
        line = place - REACH;
    }
    if (end > place + REACH) {
        end = place + REACH;
    }
    while (line < end && g_ascii_isspace(*line)) {
        line++;
    }
    while (end > line && g_ascii_isspace(end[-1])) {
        end--;
    }
    g_string_append_len(text, line, end - line);
    g_string_append_c(text, '\0');
}

static void append_part(GString *text, const char *part) {
    g_string_append(text, part ? part : "");
    g_string_append_c(text, '\0');
}

char *fingerprint_of(Fingerprints *fingerprints, const Diagnostic *diagnostic) {
    Compilation *compilation = fingerprints->compilation;
    Source *source = compilation_source(compilation, diagnostic->span.file);
    g_autoptr(GString) text = g_string_new(NULL);
    append_part(text, diagnostic->code);
    append_part(text, source ? source->path : diagnostic->file);
    append_part(text, diagnostic_context_of(compilation, diagnostic, compilation->arena));
    if (source) {
        append_line(text, source, diagnostic->span.start, compilation->arena);
    } else {
        append_part(text, diagnostic->message);
    }
    char *sum = sha256_of(text->str, text->len);
    const guint before = GPOINTER_TO_UINT(g_hash_table_lookup(fingerprints->seen, sum));
    g_hash_table_replace(fingerprints->seen, g_strdup(sum), GUINT_TO_POINTER(before + 1));
    if (before > 0) {
        g_autofree char *numbered = g_strdup_printf("%s %u", sum, before);
        g_free(sum);
        sum = sha256_of(numbered, strlen(numbered));
    }
    sum[DIGITS] = '\0';
    return sum;
}
