#include "consequences.h"

#include "render.h"

#include <glib.h>
#include <string.h>

/// What is known of the syntax errors of one file.
typedef struct Broken {
    Compilation *compilation;
    const Source *source;
    const Diagnostic **errors; ///< those that hide others, by place
    size_t count;
    size_t next;          ///< the first that ends behind the diagnostic that is looked at
    bool stray;           ///< a bracket closes nothing: blocks end elsewhere than they were meant to
    uint32_t object_end;  ///< end of the property outside of a block that was seen last
    GHashTable *words;    ///< of the lines with errors: word → its place, 0 if it occurs twice
    GHashTable *contexts; ///< the blocks that errors stand in
} Broken;

static bool is_code(const Diagnostic *diagnostic, DiagnosticId id) {
    return strcmp(diagnostic->code, diagnostic_code(id)) == 0;
}

/// Whether it says that something is not what the grammar reads there.
static bool is_syntax(const Diagnostic *diagnostic) {
    static const DiagnosticId ids[] = {DIAG_SYNTAX, DIAG_UNCLOSED_BRACKET, DIAG_STRAY_BRACKET,
                                       DIAG_EQUALS_FOR_COLON, DIAG_MISSING_COLON};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (is_code(diagnostic, ids[i])) {
            return true;
        }
    }
    return false;
}

/// Whether it is about what was read: the others are of the lexer and parser themselves.
static bool is_about_meaning(const Diagnostic *diagnostic) {
    return strncmp(diagnostic->code, "D10", 3) > 0 ? strncmp(diagnostic->code, "D10", 3) != 0
                                                   : is_code(diagnostic, DIAG_OUTSIDE_BLOCK) ||
                                                         is_code(diagnostic, DIAG_INSIDE_OBJECT);
}

static bool is_word(char c) {
    return g_ascii_isalnum(c) || c == '_';
}

/// The words of the line that `offset` stands in.
static void add_words(Broken *broken, uint32_t offset) {
    const char *text = broken->source->text;
    uint32_t start = offset;
    while (start > 0 && text[start - 1] != '\n') {
        start--;
    }
    for (uint32_t at = start; at < broken->source->length && text[at] != '\n';) {
        uint32_t end = at;
        while (end < broken->source->length && is_word(text[end])) {
            end++;
        }
        if (end > at) {
            char *word = g_strndup(text + at, end - at);
            uint32_t place = g_hash_table_contains(broken->words, word) ? 0 : at + 1;
            g_hash_table_insert(broken->words, word, GUINT_TO_POINTER(place));
        }
        at = end > at ? end : end + 1;
    }
}

/// Whether the name that a diagnostic is about stands elsewhere on a line that could not be read:
/// it may have been declared there.
static bool lost_name(const Broken *broken, const Diagnostic *diagnostic) {
    const char *text = broken->source->text + diagnostic->span.start;
    uint32_t length = 0;
    while (diagnostic->span.start + length < broken->source->length && is_word(text[length])) {
        length++;
    }
    g_autofree char *word = g_strndup(text, length);
    gpointer place = NULL;
    return g_hash_table_lookup_extended(broken->words, word, NULL, &place) &&
           GPOINTER_TO_UINT(place) != diagnostic->span.start + 1;
}

/// Whether a syntax error stands in what the diagnostic points to, or right behind it.
static bool holds_error(Broken *broken, const Diagnostic *diagnostic) {
    while (broken->next < broken->count &&
           broken->errors[broken->next]->span.start < diagnostic->span.start) {
        broken->next++;
    }
    if (broken->next == broken->count) {
        return false;
    }
    uint32_t error = broken->errors[broken->next]->span.start;
    const char *text = broken->source->text;
    for (uint32_t at = diagnostic->span.end; at < error; at++) {
        if (text[at] != ' ' && text[at] != '\t') {
            return false;
        }
    }
    return true;
}

static bool is_consequence(Broken *broken, const Diagnostic *diagnostic) {
    if (broken->stray || diagnostic->span.start < broken->object_end ||
        holds_error(broken, diagnostic)) {
        return true;
    }
    if (is_code(diagnostic, DIAG_MISSING_PROPERTY)) {
        const char *context = diagnostic_context_of(broken->compilation, diagnostic,
                                                    broken->compilation->arena);
        return context != NULL && g_hash_table_contains(broken->contexts, context);
    }
    return (is_code(diagnostic, DIAG_UNKNOWN_NAME) || is_code(diagnostic, DIAG_NOT_BUILT)) &&
           lost_name(broken, diagnostic);
}

/// Collects the syntax errors among `diagnostics[0 … count - 1]`, which are those of one file.
static void collect(Broken *broken, Diagnostic *const *diagnostics, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!is_syntax(diagnostics[i])) {
            continue;
        }
        broken->errors[broken->count++] = diagnostics[i];
        broken->stray = broken->stray || is_code(diagnostics[i], DIAG_STRAY_BRACKET);
        add_words(broken, diagnostics[i]->span.start);
        const char *context = diagnostic_context_of(broken->compilation, diagnostics[i],
                                                    broken->compilation->arena);
        if (context != NULL) {
            g_hash_table_add(broken->contexts, (gpointer)context);
        }
    }
}

/// Hides what follows from the syntax errors of one file.
static void hide_in_file(Compilation *compilation, Diagnostic *const *diagnostics, size_t count) {
    const Source *source = compilation_source(compilation, diagnostics[0]->span.file);
    g_autofree const Diagnostic **errors = g_new(const Diagnostic *, count);
    g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) contexts = g_hash_table_new(g_str_hash, g_str_equal);
    Broken broken = {.compilation = compilation,
                     .source = source,
                     .errors = errors,
                     .words = words,
                     .contexts = contexts};
    collect(&broken, diagnostics, count);
    for (size_t i = 0; i < count && broken.count > 0; i++) {
        if (!is_about_meaning(diagnostics[i])) {
            continue;
        }
        bool hidden = is_consequence(&broken, diagnostics[i]);
        if (is_code(diagnostics[i], DIAG_OUTSIDE_BLOCK)) {
            broken.object_end = MAX(broken.object_end, diagnostics[i]->span.end);
        }
        if (hidden) {
            diagnostic_hide(compilation->diagnostics, diagnostics[i]);
        }
    }
}

void consequences_hide(Compilation *compilation) {
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (Diagnostic *at = diagnostics_sorted(compilation->diagnostics); at; at = at->next) {
        if (at->span.file != SPAN_NONE) {
            g_ptr_array_add(all, at);
        }
    }
    Diagnostic **diagnostics = (Diagnostic **)(void *)all->pdata;
    for (size_t i = 0, end = 0; i < all->len; i = end) {
        while (end < all->len && diagnostics[end]->span.file == diagnostics[i]->span.file) {
            end++;
        }
        hide_in_file(compilation, diagnostics + i, end - i);
    }
}
