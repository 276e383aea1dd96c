// Unknown names that are words of other languages, and text without quotes.

#include "check_words.h"

#include <glib.h>
#include <string.h>

static const char *text_of(Compilation *compilation, const Node *node) {
    return compilation_source(compilation, node->file)->text;
}

// No value

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_word(char c) {
    return g_ascii_isalnum(c) || c == '_' || c == '"' || c == '\'';
}

/// The bytes of the property whose value is `value`, with its line or its comma; empty if the value
/// is not all that stands behind the `:`.
static Span property_span(const char *text, Span value) {
    Span none = {value.file, value.start, value.start};
    uint32_t start = value.start;
    while (start > 0 && is_blank(text[start - 1])) {
        --start;
    }
    if (start == 0 || text[start - 1] != ':') {
        return none;
    }
    --start;
    uint32_t name = start;
    while (start > 0 && is_word(text[start - 1])) {
        --start;
    }
    uint32_t line = start;
    while (line > 0 && is_blank(text[line - 1])) {
        --line;
    }
    uint32_t end = value.end;
    while (is_blank(text[end])) {
        ++end;
    }
    bool comma = text[end] == ',';
    end += comma;
    uint32_t behind = end;
    while (is_blank(text[behind])) {
        ++behind;
    }
    behind += text[behind] == '\r';
    bool alone = line == 0 || text[line - 1] == '\n';
    if (start == name || (!alone && strchr("{,", text[line - 1]) == NULL)) {
        return none;
    }
    if (alone && text[behind] == '\n') { // all of its line
        return (Span){value.file, line, behind + 1};
    }
    if (comma) {
        return (Span){value.file, start, behind};
    }
    bool last = text[behind] == '}' || text[behind] == '\n';
    if (!last) {
        return none;
    }
    return (Span){value.file, line - (!alone && text[line - 1] == ','), value.end};
}

static bool is_no_value(const char *word) {
    static const char *const words[] = {"null", "NULL", "Null",    "undefined",
                                        "None", "nil",  "nullptr", "NoValue"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!strcmp(words[i], word)) {
            return true;
        }
    }
    return false;
}

static void report_no_value(Compilation *compilation, const Node *node) {
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_FOREIGN_WORD, node_span(node), node->name->text, NULL);
    diagnostic_help(list, diagnostic, "a property that has no value is left out");
    Span span = property_span(text_of(compilation, node), node_span(node));
    if (span.end > span.start) {
        diagnostic_fix(list, diagnostic, FIX_MAYBE, span, "", "remove the property");
    }
}

// Truth

const char *check_truth_word(const char *word, bool quoted) {
    static const struct {
        const char *word;
        const char *truth;
        bool quoted; ///< only in quotes: alone it is rather a name
    } words[] = {{"true", "true", false},   {"false", "false", false},   {"yes", "true", false},
                 {"no", "false", false},    {"on", "true", false},       {"off", "false", false},
                 {"enabled", "true", true}, {"disabled", "false", true}, {"y", "true", true},
                 {"n", "false", true}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if ((quoted || !words[i].quoted) && !g_ascii_strcasecmp(words[i].word, word)) {
            return words[i].truth;
        }
    }
    return NULL;
}

static void report_truth(Compilation *compilation, const Node *node, const char *truth,
                         const Type *expected) {
    Diagnostics *list = compilation->diagnostics;
    const char *word = node->name->text;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_FOREIGN_WORD, node_span(node), word, NULL);
    diagnostic_help(list, diagnostic, "it is written `%s`", truth);
    bool certain = !g_ascii_strcasecmp(word, truth) ||
                   (expected != NULL && type_strip(expected)->kind == TYPE_BOOL);
    diagnostic_fix(list, diagnostic, certain ? FIX_SAFE : FIX_MAYBE, node_span(node), truth,
                   "write `%s`", truth);
}

// What programs elsewhere begin with

typedef struct Word {
    const char *name;
    const char *language;
    const char *help;
    char keep;
} Word;

static const Word words[] = {
#define FOREIGN_NAME(name, language, help, keep) {name, language, help, keep},
#include "foreign_names.def"
#undef FOREIGN_NAME
};

/// The end of `.a.b.c` at `at`.
static uint32_t dotted_end(const char *text, uint32_t at) {
    while (text[at] == '.' && (g_ascii_isalpha(text[at + 1]) || text[at + 1] == '_')) {
        ++at;
        while (g_ascii_isalnum(text[at]) || text[at] == '_') {
            ++at;
        }
    }
    return at;
}

/// `start` to `end` of what `part` stands for in what begins with a name that ends at `name_end`.
static const char *part_of(Compilation *compilation, const char *text, char part, Span whole,
                           uint32_t name_end) {
    uint32_t start = name_end + 1;
    uint32_t end = whole.end;
    if (part == 'm') {
        for (end = start; end < whole.end && text[end] != '.'; ++end) {
        }
    } else if (part == 'l') {
        for (start = end; text[start - 1] != '.'; --start) {
        }
    }
    return arena_strndup(compilation->arena, text + start, end - start);
}

static bool report_word(Compilation *compilation, const Node *node) {
    const char *text = text_of(compilation, node);
    const Word *word = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(words) && word == NULL; i++) {
        word = !strcmp(words[i].name, node->name->text) ? &words[i] : NULL;
    }
    Span whole = {node->file, node->start, dotted_end(text, node->end)};
    if (word == NULL || whole.end == node->end) {
        return false;
    }
    Diagnostics *list = compilation->diagnostics;
    const char *what =
        arena_strndup(compilation->arena, text + whole.start, MIN(whole.end - whole.start, 60U));
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_FOREIGN_FORM, whole, what, word->language, NULL);
    g_autoptr(GString) help = g_string_new(NULL);
    for (const char *at = word->help; *at != '\0'; ++at) {
        if (at[0] == '{' && at[1] != '\0' && strchr("mlr", at[1]) != NULL && at[2] == '}') {
            g_string_append(help, part_of(compilation, text, at[1], whole, node->end));
            at += 2;
        } else {
            g_string_append_c(help, *at);
        }
    }
    diagnostic_help(list, diagnostic, "%s", help->str);
    if (word->keep != ' ') {
        const char *kept = part_of(compilation, text, word->keep, whole, node->end);
        diagnostic_fix(list, diagnostic, FIX_MAYBE, whole, kept, "write `%s`", kept);
    }
    return true;
}

bool check_foreign_word(Compilation *compilation, const Node *node, const Type *expected) {
    const char *word = node->name->text;
    if (is_no_value(word)) {
        report_no_value(compilation, node);
        return true;
    }
    const char *truth = check_truth_word(word, false);
    if (truth != NULL) {
        report_truth(compilation, node, truth, expected);
        return true;
    }
    return report_word(compilation, node);
}

// Text without quotes

/// What the words of an expression are: found by walking over it.
typedef struct Words {
    Compilation *compilation;
    Scope *scope;
    unsigned strange; ///< names that nothing is declared as
    unsigned things;  ///< names of resources and the like
    unsigned others;  ///< names of values
    bool plain;       ///< nothing but names and numbers, with `-` and `/` between them
} Words;

static void count_words(Words *found, const Node *node) {
    switch (node->kind) {
    case NODE_BINARY:
        found->plain = found->plain && (node->op == TOK_MINUS || node->op == TOK_SLASH);
        if (found->plain) {
            count_words(found, node->a);
            count_words(found, node->b);
        }
        return;
    case NODE_INTEGER:
        return;
    case NODE_NAME: {
        const Symbol *symbol = scope_find(found->scope, node->name);
        bool known = symbol != NULL || library_let(found->compilation->library, node->name);
        bool thing =
            symbol != NULL && (symbol->kind == SYMBOL_RESOURCE ||
                               symbol->kind == SYMBOL_CONTAINER || symbol->kind == SYMBOL_TYPE);
        found->strange += !known;
        found->things += thing;
        found->others += known && !thing;
        return;
    }
    default:
        found->plain = false;
    }
}

bool check_unquoted(Compilation *compilation, const Node *node, Scope *scope) {
    if (node->op != TOK_MINUS && node->op != TOK_SLASH) {
        return false;
    }
    const char *text = text_of(compilation, node);
    for (uint32_t at = node->start; at < node->end; ++at) {
        if (!g_ascii_isalnum(text[at]) && strchr("_-/", text[at]) == NULL) {
            return false;
        }
    }
    Words found = {.compilation = compilation, .scope = scope, .plain = true};
    count_words(&found, node);
    if (!found.plain || found.strange + found.things == 0) {
        return false;
    }
    Diagnostics *list = compilation->diagnostics;
    const char *what =
        arena_strndup(compilation->arena, text + node->start, node->end - node->start);
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_UNQUOTED_TEXT, node_span(node), what, NULL);
    diagnostic_fix(list, diagnostic, found.things + found.others == 0 ? FIX_SAFE : FIX_MAYBE,
                   node_span(node), arena_printf(compilation->arena, "\"%s\"", what),
                   "put it in quotes");
    return true;
}
