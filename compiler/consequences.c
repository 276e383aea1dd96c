#include "consequences.h"

#include "render.h"

#include <glib.h>
#include <string.h>

/// What is known of the syntax errors of one file.
typedef struct Broken {
    Compilation *compilation;
    const Source *source;
    GPtrArray *errors; ///< those that hide others, by place
    guint next;        ///< the first that ends behind the diagnostic that is looked at
    uint32_t stray;    ///< the last bracket that closes nothing: blocks before it may end elsewhere
                       ///< than they were meant to
    uint32_t line_end; ///< of the last line that `words` has
    uint32_t object_end;  ///< end of the property outside of a block that was seen last
    GHashTable *words;    ///< of the lines with errors: word → its place, 0 if it occurs twice
    GHashTable *contexts; ///< the blocks that errors stand in
} Broken;

static bool is_code(const Diagnostic *diagnostic, DiagnosticId id) {
    return strcmp(diagnostic->code, diagnostic_code(id)) == 0;
}

/// Whether it says that something is not what the grammar reads there.
static bool is_syntax(const Diagnostic *diagnostic) {
    static const DiagnosticId ids[] = {
        DIAG_SYNTAX,         DIAG_UNCLOSED_BRACKET,   DIAG_STRAY_BRACKET,    DIAG_EQUALS_FOR_COLON,
        DIAG_MISSING_COLON,  DIAG_FOREIGN_FORM,       DIAG_FOREIGN_OPERATOR, DIAG_BRACKET_PAIR,
        DIAG_MISSING_EQUALS, DIAG_MISSING_TYPE_COLON, DIAG_MISSING_TYPE,     DIAG_COLON_FOR_EQUALS,
        DIAG_IMPORT_BRACES,  DIAG_RESOURCE_HEAD,      DIAG_UNQUOTED_TEXT,    DIAG_STATEMENT,
        DIAG_INDENTED_BLOCK};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (is_code(diagnostic, ids[i])) {
            return true;
        }
    }
    return false;
}

/// Whether it is about what was read, and not from the lexer or parser themselves.
static bool is_about_meaning(const Diagnostic *diagnostic) {
    return strcmp(diagnostic->code, "D11") > 0 || is_code(diagnostic, DIAG_OUTSIDE_BLOCK) ||
           is_code(diagnostic, DIAG_INSIDE_OBJECT);
}

static bool is_word(char c) {
    return g_ascii_isalnum(c) || c == '_';
}

/// The words of the line that `offset` stands in.
static void add_words(Broken *broken, uint32_t offset) {
    if (offset < broken->line_end) {
        return;
    }
    const char *text = broken->source->text;
    uint32_t start = offset;
    while (start > 0 && text[start - 1] != '\n') {
        start--;
    }
    uint32_t at = start;
    while (at < broken->source->length && text[at] != '\n') {
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
    broken->line_end = at;
}

/// Whether the name that a diagnostic is about stands elsewhere on a line that could not be read:
/// it may have been declared there.
static bool lost_name(const Broken *broken, const Diagnostic *diagnostic) {
    const char *text = broken->source->text + diagnostic->span.start;
    uint32_t length = 0;
    while (diagnostic->span.start + length < broken->source->length && is_word(text[length])) {
        length++;
    }
    if (length < 2) { // such words stand everywhere
        return false;
    }
    g_autofree char *word = g_strndup(text, length);
    gpointer place = NULL;
    return g_hash_table_lookup_extended(broken->words, word, NULL, &place) &&
           GPOINTER_TO_UINT(place) != diagnostic->span.start + 1;
}

static uint32_t error_start(const Broken *broken, guint index) {
    const Diagnostic *error = g_ptr_array_index(broken->errors, index);
    return error->span.start;
}

/// Whether a syntax error stands in what the diagnostic points to, or right behind the name that it
/// does not know at the begin of a member.
static bool holds_error(Broken *broken, const Diagnostic *diagnostic) {
    while (broken->next < broken->errors->len &&
           error_start(broken, broken->next) < diagnostic->span.start) {
        broken->next++;
    }
    if (broken->next == broken->errors->len) {
        return false;
    }
    uint32_t error = error_start(broken, broken->next);
    if (error <= diagnostic->span.end) {
        return true;
    }
    if (is_code(diagnostic, DIAG_NOT_A_FUNCTION) || // `xs.map(x => …)`
        is_code(diagnostic, DIAG_PARAM_MISSING)) {  // its default may be what was not read
        const char *from = broken->source->text + diagnostic->span.end;
        return error < diagnostic->span.end + strcspn(from, "\r\n");
    }
    bool heads =
        is_code(diagnostic, DIAG_UNKNOWN_PROPERTY) || is_code(diagnostic, DIAG_UNKNOWN_KIND);
    if (!heads) {
        return false;
    }
    const char *text = broken->source->text;
    for (uint32_t at = diagnostic->span.end; at < error; at++) {
        if (text[at] != ' ' && text[at] != '\t') {
            return false;
        }
    }
    return true;
}

static bool is_consequence(Broken *broken, const Diagnostic *diagnostic) {
    if (diagnostic->span.start < broken->object_end || holds_error(broken, diagnostic)) {
        return true;
    }
    if (diagnostic->span.start < broken->stray) { // its block may have ended too early
        const char *context =
            diagnostic_context_of(broken->compilation, diagnostic, broken->compilation->arena);
        if (context == NULL) {
            return true;
        }
    }
    if (is_code(diagnostic, DIAG_MISSING_PROPERTY)) {
        const char *context =
            diagnostic_context_of(broken->compilation, diagnostic, broken->compilation->arena);
        return context != NULL && g_hash_table_contains(broken->contexts, context);
    }
    return (is_code(diagnostic, DIAG_UNKNOWN_NAME) || is_code(diagnostic, DIAG_NOT_BUILT)) &&
           lost_name(broken, diagnostic);
}

/// The block that an error stands in, and those around it but the outermost: what is read as a
/// block inside of a resource's is a property that could not be read.
static void add_contexts(Broken *broken, const Diagnostic *diagnostic) {
    Arena *arena = broken->compilation->arena;
    const char *context = diagnostic_context_of(broken->compilation, diagnostic, arena);
    while (context != NULL) {
        g_hash_table_add(broken->contexts, (gpointer)context);
        const char *last = g_strrstr(context, " > ");
        const char *outer =
            last != NULL ? arena_strndup(arena, context, (size_t)(last - context)) : NULL;
        context = outer != NULL && strstr(outer, " > ") != NULL ? outer : NULL;
    }
}

/// Collects the syntax errors among `diagnostics[0 … count - 1]`, which are those of one file.
static void collect(Broken *broken, Diagnostic *const *diagnostics, size_t count) {
    const char *text = broken->source->text;
    for (size_t i = 0; i < count; i++) {
        if (!is_syntax(diagnostics[i])) {
            continue;
        }
        g_ptr_array_add(broken->errors, diagnostics[i]);
        if (is_code(diagnostics[i], DIAG_STRAY_BRACKET) &&
            text[diagnostics[i]->span.start] == '}') {
            broken->stray = diagnostics[i]->span.start;
        }
        add_words(broken, diagnostics[i]->span.start);
        add_contexts(broken, diagnostics[i]);
    }
}

/// Whether it is about how text is written that was passed over, since it is another language. What
/// is not closed there reaches further, and is told.
static bool in_foreign(const ForeignText *part, const Diagnostic *diagnostic) {
    static const DiagnosticId ids[] = {
        DIAG_STRAY_TEXT,    DIAG_BAD_NUMBER,      DIAG_NUMBER_RANGE,
        DIAG_BAD_ESCAPE,    DIAG_FOREIGN_COMMENT, DIAG_FOREIGN_OPERATOR,
        DIAG_STRAY_BRACKET, DIAG_LOOKALIKE,       DIAG_UNQUOTED_TEXT};
    bool inside = diagnostic->span.start > part->start && diagnostic->span.end <= part->end;
    if (part->whole) {
        return !is_code(diagnostic, DIAG_OTHER_FILE);
    }
    for (size_t i = 0; inside && i < G_N_ELEMENTS(ids); i++) {
        if (is_code(diagnostic, ids[i])) {
            return true;
        }
    }
    return false;
}

/// Hides what is about text that was passed over.
static void hide_foreign(Compilation *compilation, const ForeignText *part,
                         Diagnostic *const *diagnostics, size_t count) {
    for (size_t i = 0; i < count; i++) {
        while (part != NULL && part->end <= diagnostics[i]->span.start) {
            part = part->next;
        }
        if (part != NULL && in_foreign(part, diagnostics[i])) {
            diagnostic_hide(compilation->diagnostics, diagnostics[i]);
        }
    }
}

/// Hides what follows from the syntax errors of one file.
static void hide_in_file(Compilation *compilation, Diagnostic *const *diagnostics, size_t count) {
    const Source *source = compilation_source(compilation, diagnostics[0]->span.file);
    if (source == NULL) {
        return;
    }
    hide_foreign(compilation, source->foreign, diagnostics, count);
    g_autoptr(GPtrArray) errors = g_ptr_array_new();
    g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) contexts = g_hash_table_new(g_str_hash, g_str_equal);
    Broken broken = {.compilation = compilation,
                     .source = source,
                     .errors = errors,
                     .words = words,
                     .contexts = contexts};
    collect(&broken, diagnostics, count);
    for (size_t i = 0; i < count && errors->len > 0; i++) {
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
