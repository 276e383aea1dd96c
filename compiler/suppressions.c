#include "suppressions.h"

#include "passes.h"
#include "suppression_comment.h"
#include "token.h"
#include "tree.h"

#include <glib.h>
#include <string.h>

/// A suppression and what it covers.
typedef struct Entry {
    Suppression suppression; ///< first: diagnostics hold a pointer to it
    SuppressionComment comment;
    uint32_t start, end; ///< of the lines that diagnostics begin on
    uint32_t reach;      ///< the largest `end` of this entry and those before it
} Entry;

/// Those of one file.
typedef struct FileEntries {
    Source *source;
    bool data;       ///< a YAML file
    GPtrArray *wide; ///< Entry: those about the whole file
    GPtrArray *near; ///< Entry: the others, by `start`
} FileEntries;

struct Suppressions {
    Compilation *compilation;
    GHashTable *files; ///< Source.id + 1 → FileEntries
};

// Matching

/// Whether `id` stands for the diagnostic, which is of the severity `own` by itself.
static bool names(const SuppressedId *id, const Diagnostic *diagnostic, Severity own) {
    if (!strcmp(id->code, diagnostic->code)) {
        return own != SEVERITY_ERROR || id->errors;
    }
    const DiagnosticGroup group = own != SEVERITY_ERROR ? group_find(id->code) : GROUP_NONE;
    return group != GROUP_NONE &&
           (group == diagnostic->group || (group == GROUP_WARNINGS && own == SEVERITY_WARNING));
}

static bool matches(Entry *entry, const Diagnostic *diagnostic, Severity own) {
    for (size_t i = 0; i < entry->comment.id_count; i++) {
        SuppressedId *id = &entry->comment.ids[i];
        if (names(id, diagnostic, own)) {
            id->used = true;
            return true;
        }
    }
    return false;
}

/// The number of the last entry that begins at `place` or before it, plus 1.
static guint behind(const GPtrArray *entries, uint32_t place) {
    guint low = 0;
    guint high = entries->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        const Entry *entry = entries->pdata[middle];
        if (entry->start <= place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/// A Suppressor.
static const Suppression *find(const Diagnostic *diagnostic, Severity own, void *data) {
    const struct Suppressions *suppressions = data;
    const uint32_t place = diagnostic->span.start;
    const FileEntries *file = g_hash_table_lookup(
        suppressions->files, GUINT_TO_POINTER(diagnostic->span.file + 1)); // SPAN_NONE gives 0
    if (!file) {
        return NULL;
    }
    for (guint i = behind(file->near, place); i > 0; i--) {
        Entry *entry = file->near->pdata[i - 1];
        if (entry->reach <= place) {
            break;
        }
        if (entry->end > place && matches(entry, diagnostic, own)) {
            return &entry->suppression;
        }
    }
    for (guint i = 0; i < file->wide->len; i++) {
        Entry *entry = file->wide->pdata[i];
        if (matches(entry, diagnostic, own)) {
            return &entry->suppression;
        }
    }
    return NULL;
}

// Collecting

static void free_file(void *data) {
    FileEntries *file = data;
    g_ptr_array_unref(file->wide);
    g_ptr_array_unref(file->near);
    g_free(file);
}

/// The entries of `source`; made if there are none.
static FileEntries *entries_of(Compilation *compilation, Source *source) {
    struct Suppressions *all = compilation->suppressions;
    if (!all) {
        all = arena_new_object(compilation->arena, struct Suppressions);
        all->compilation = compilation;
        all->files = g_hash_table_new_full(NULL, NULL, NULL, free_file);
        compilation_keep_table(compilation, all->files);
        compilation->suppressions = all;
        diagnostics_set_suppressor(compilation->diagnostics, find, all);
    }
    FileEntries *file = g_hash_table_lookup(all->files, GUINT_TO_POINTER(source->id + 1U));
    if (!file) {
        file = g_new0(FileEntries, 1);
        file->source = source;
        file->wide = g_ptr_array_new();
        file->near = g_ptr_array_new();
        g_hash_table_insert(all->files, GUINT_TO_POINTER(source->id + 1U), file);
    }
    return file;
}

static Entry *add_entry(Compilation *compilation, FileEntries *file, Span span,
                        const SuppressionComment *comment, Span covered) {
    Entry *entry = arena_new_object(compilation->arena, Entry);
    *entry = (Entry){.suppression = {span, comment->reason ? comment->reason : ""},
                     .comment = *comment,
                     .start = covered.start,
                     .end = covered.end};
    for (size_t i = 0; i < comment->id_count; i++) {
        const char *now = diagnostic_renamed(comment->ids[i].code);
        entry->comment.ids[i].bad = comment->reason == NULL;
        comment->ids[i].code = now ? now : comment->ids[i].code;
    }
    if (comment->whole_file) {
        g_ptr_array_add(file->wide, entry);
        return entry;
    }
    const Entry *before = file->near->len ? file->near->pdata[file->near->len - 1] : NULL;
    entry->reach = before ? MAX(before->reach, entry->end) : entry->end;
    g_ptr_array_add(file->near, entry);
    return entry;
}

/// "`D1130`", "`D1130` and `D3115`".
static const char *ids_text(Compilation *compilation, const SuppressionComment *comment) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < comment->id_count; i++) {
        const char *join = i == 0 ? "" : i + 1 == comment->id_count ? " and " : ", ";
        g_string_append_printf(out, "%s`%s`", join, comment->ids[i].code);
    }
    return arena_strndup(compilation->arena, out->str, out->len);
}

/// Reports what is wrong with how a suppression is written. `alone`: no code follows it on its
/// line, so that it may become a comment up to the end of the line.
static void report_form(Compilation *compilation, const SuppressionComment *comment, Span span,
                        bool alone, const char *sign) {
    Diagnostics *list = compilation->diagnostics;
    if (comment->problem) {
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_SUPPRESSION_FORM, span, comment->problem, NULL);
        diagnostic_help(list, diagnostic,
                        "write `%s depotc-allow ID: reason` on the line before, or `%s "
                        "depotc-allow-file ID: reason` at the top of the file",
                        sign, sign);
        if (comment->written && alone) {
            diagnostic_fix(list, diagnostic, comment->reason ? FIX_SAFE : FIX_MAYBE, span,
                           comment->written, "write `%s`", comment->written);
        }
    } else if (!comment->reason) {
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_SUPPRESSION_REASON, span,
                                                ids_text(compilation, comment), NULL);
        diagnostic_help(list, diagnostic,
                        "say behind a `:` why it is right here, for those who read it later");
        diagnostic_fix(list, diagnostic, FIX_MAYBE, span, comment->written, "give a reason: `%s`",
                       comment->written);
    }
}

// Programs

static uint32_t line_end(const Source *source, uint32_t at) {
    while (at < source->length && source->text[at] != '\n' && source->text[at] != '\r') {
        at++;
    }
    return at;
}

static uint32_t line_start(const Source *source, uint32_t at) {
    while (at > 0 && source->text[at - 1] != '\n' && source->text[at - 1] != '\r') {
        at--;
    }
    return at;
}

static bool is_comment(const Token *token) {
    return token_class(token->kind) == CLASS_TRIVIA;
}

/// Whether code stands before token `index` on its line.
static bool follows_code(const Source *source, uint32_t index) {
    while (!(source->tokens[index].flags & TOKEN_NEWLINE_BEFORE) && index > 0) {
        index--;
        if (!is_comment(&source->tokens[index])) {
            return true;
        }
    }
    return false;
}

/// The first token from `index` on that is no comment.
static uint32_t next_code(const Source *source, uint32_t index) {
    while (is_comment(&source->tokens[index])) {
        index++;
    }
    return index;
}

static int depth_change(const Token *token) {
    switch (token->kind) {
    case TOK_LPAREN:
    case TOK_LBRACKET:
    case TOK_LBRACE:
        return 1;
    case TOK_RPAREN:
    case TOK_RBRACKET:
    case TOK_RBRACE:
        return -1;
    default:
        return 0;
    }
}

/// The token behind the decorator that begins with token `index`.
static uint32_t behind_decorator(const Source *source, uint32_t index) {
    index = next_code(source, index + 1); // its name
    uint32_t at = next_code(source, index + (source->tokens[index].kind != TOK_END));
    if (source->tokens[at].kind != TOK_LPAREN ||
        (source->tokens[at].flags & TOKEN_NEWLINE_BEFORE)) {
        return at;
    }
    for (int depth = 0; source->tokens[at].kind != TOK_END; at++) {
        depth += depth_change(&source->tokens[at]);
        if (depth == 0) {
            return next_code(source, at + 1);
        }
    }
    return at;
}

/// The lines that the comment with number `index` is about.
static Span covered_lines(const Source *source, uint32_t index) {
    const Token *comment = &source->tokens[index];
    if (follows_code(source, index)) {
        return (Span){source->id, line_start(source, comment->start), comment->start};
    }
    uint32_t first = next_code(source, index);
    uint32_t last = first;
    while (source->tokens[last].kind == TOK_DECORATOR) {
        last = behind_decorator(source, last);
    }
    const bool none = source->tokens[first].kind == TOK_END;
    const uint32_t start = source->tokens[first].start;
    return (Span){source->id, start, none ? start : line_end(source, source->tokens[last].start)};
}

static const char *sign_of(const Source *source, const Token *token) {
    return source->text[token->start + 1] == '*' ? "/*" : token->kind == TOK_DOC ? "///" : "//";
}

void suppressions_read(Compilation *compilation, Source *source) {
    int depth = 0;
    for (uint32_t i = 0; i < source->token_count; i++) {
        const Token *token = &source->tokens[i];
        depth += depth_change(token);
        SuppressionComment comment;
        const Span span = {source->id, token->start, token->end};
        if (!is_comment(token) || source->text[token->start] != '/' ||
            !suppression_comment_read(compilation, source, span, sign_of(source, token),
                                      &comment)) {
            continue;
        }
        if (comment.whole_file && depth > 0 && !comment.problem) {
            comment.problem = "about the whole file, inside of a block";
            comment.written = NULL;
        }
        const Token *next = &source->tokens[i + 1];
        const bool alone = next->kind == TOK_END || next->flags & TOKEN_NEWLINE_BEFORE;
        report_form(compilation, &comment, span, alone, "//");
        add_entry(compilation, entries_of(compilation, source), span, &comment,
                  covered_lines(source, i));
    }
}

// YAML files

/// Whether a line of a YAML file holds nothing, or nothing but a comment.
static bool is_empty_line(const Source *source, uint32_t start) {
    while (start < source->length && strchr(" \t", source->text[start])) {
        start++;
    }
    return start >= source->length || strchr("#\r\n", source->text[start]);
}

/// The line behind the one that `at` stands on.
static uint32_t next_line(const Source *source, uint32_t at) {
    at = line_end(source, at);
    at += at < source->length && source->text[at] == '\r';
    return at + (at < source->length && source->text[at] == '\n');
}

static Span covered_yaml(const Source *source, uint32_t comment) {
    uint32_t start = line_start(source, comment);
    if (!is_empty_line(source, start)) {
        return (Span){source->id, start, comment};
    }
    do {
        start = next_line(source, start);
    } while (start < source->length && is_empty_line(source, start));
    return (Span){source->id, start, line_end(source, start)};
}

void suppressions_read_data(Compilation *compilation, Source *source) {
    const char *text = source->text;
    const char *end = text + source->length;
    for (const char *at = memchr(text, '#', source->length); at;
         at = memchr(at + 1, '#', (size_t)(end - at - 1))) {
        const char *word = at + 1 + strspn(at + 1, " \t");
        const bool begins = at == text || strchr(" \t\r\n", at[-1]);
        if (!begins || g_ascii_strncasecmp(word, "depot", 5) != 0) {
            continue;
        }
        const uint32_t offset = (uint32_t)(at - text);
        const Span span = {source->id, offset, line_end(source, offset)};
        SuppressionComment comment;
        if (!suppression_comment_read(compilation, source, span, "#", &comment) ||
            !suppressions_yaml_comment(source, offset)) {
            continue;
        }
        report_form(compilation, &comment, span, true, "#");
        FileEntries *file = entries_of(compilation, source);
        file->data = true;
        add_entry(compilation, file, span, &comment, covered_yaml(source, offset));
    }
}

// Their ids

typedef void VisitEntry(Compilation *compilation, const FileEntries *file, Entry *entry,
                        const void *data);

/// All suppressions, in the order of files and places.
static void each_entry(Compilation *compilation, VisitEntry *visit, const void *data) {
    for (size_t i = 0; i < compilation->source_count && compilation->suppressions; i++) {
        const FileEntries *file =
            g_hash_table_lookup(compilation->suppressions->files, GUINT_TO_POINTER(i + 1));
        for (guint k = 0; file && k < file->wide->len; k++) {
            visit(compilation, file, file->wide->pdata[k], data);
        }
        for (guint k = 0; file && k < file->near->len; k++) {
            visit(compilation, file, file->near->pdata[k], data);
        }
    }
}

/// The bytes to take out so that nothing is left of a suppression: its line, or what stands behind
/// the code.
static Span whole_of(const Source *source, Span comment) {
    const uint32_t start = line_start(source, comment.start);
    uint32_t at = comment.start;
    while (at > start && strchr(" \t", source->text[at - 1])) {
        at--;
    }
    const bool bom = source->bom && start == 0;
    if (at > start + (bom ? 3U : 0U) || line_end(source, comment.end) != comment.end) {
        return (Span){comment.file, at > start ? at : comment.start, comment.end};
    }
    return (Span){comment.file, at, next_line(source, comment.end)};
}

/// The bytes to take out so that the id with number `index` is no longer part of a suppression.
static Span one_of(const SuppressionComment *comment, size_t index) {
    Span span = comment->ids[index].span;
    if (index + 1 < comment->id_count) {
        span.end = comment->ids[index + 1].span.start;
    } else {
        span.start = comment->ids[index - 1].span.end;
    }
    return span;
}

/// Adds the fix that takes out the id with number `index`, with the comment if it is the only one.
static void add_removal(Compilation *compilation, Diagnostic *diagnostic, const FileEntries *file,
                        const Entry *entry, size_t index) {
    const SuppressionComment *comment = &entry->comment;
    if (comment->id_count == 1) {
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE,
                       whole_of(file->source, entry->suppression.span), "",
                       "take out the suppression");
    } else {
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, one_of(comment, index), "",
                       "take `%s` out of the suppression", comment->ids[index].code);
    }
}

static void check_entry(Compilation *compilation, const FileEntries *file, Entry *entry,
                        const void *data) {
    const RuleIds *rules = data;
    for (size_t i = 0; i < entry->comment.id_count; i++) {
        SuppressedId *id = &entry->comment.ids[i];
        const Span span = id->span;
        const char *code = arena_strndup(compilation->arena, file->source->text + span.start,
                                         span.end - span.start);
        const IdKind kind = levels_judge_id(compilation, rules, span, &code);
        id->errors = kind == ID_USERS_RULE;
        id->bad = id->bad || kind == ID_UNKNOWN || kind == ID_ERROR;
        if (kind == ID_ERROR) {
            Diagnostic *diagnostic =
                diagnostic_add(compilation->diagnostics, DIAG_SUPPRESSION_FIXED, span, code, NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "warnings and the rules of your own files can be; what this one "
                            "reports would fail later");
            add_removal(compilation, diagnostic, file, entry, i);
        }
    }
}

void suppressions_check(Compilation *compilation, const RuleIds *ids) {
    each_entry(compilation, check_entry, ids);
}

// Those that are of no use

/// Whether what is reported with other values of the build may be what `code` is about: names and
/// types are always the same, values are not.
static bool depends_on_values(const char *code) {
    return group_find(code) == GROUP_NONE && strncmp(code, "D1", 2) != 0 &&
           strncmp(code, "D2", 2) != 0;
}

/// Whether anything that `code` names is looked for.
static bool is_wanted(const Compilation *compilation, const char *code) {
    const DiagnosticGroup group = group_find(code);
    DiagnosticId id = DIAG_COUNT;
    if (group == GROUP_NONE) {
        return !diagnostic_find(code, &id) || diagnostics_wants(compilation->diagnostics, id);
    }
    bool wanted = group == GROUP_WARNINGS;
    for (int i = 0; i < DIAG_COUNT && !wanted; i++) {
        id = (DiagnosticId)i;
        wanted = diagnostic_group(id) == group && diagnostics_wants(compilation->diagnostics, id);
    }
    return wanted;
}

static bool is_useless(const Compilation *compilation, const SuppressedId *id, bool parameters) {
    return !id->used && !id->bad && is_wanted(compilation, id->code) &&
           !(parameters && depends_on_values(id->code));
}

static void report_useless(Compilation *compilation, const FileEntries *file, const Entry *entry,
                           Span span, const char *what, size_t index) {
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_SUPPRESSION_USELESS, span, what, NULL);
    if (entry->comment.whole_file) {
        diagnostic_help(list, diagnostic, "nothing in this file is reported so; take it out");
    } else if (entry->end == entry->start) {
        diagnostic_help(list, diagnostic, "no code follows it; take it out");
    } else {
        const Position place = source_position(file->source, entry->start, compilation->arena);
        diagnostic_help(list, diagnostic, "nothing on line %u is reported so; take it out",
                        place.line);
    }
    if (index < entry->comment.id_count) {
        add_removal(compilation, diagnostic, file, entry, index);
        return;
    }
    diagnostic_fix(list, diagnostic, FIX_SAFE, whole_of(file->source, entry->suppression.span), "",
                   "take out the suppression");
}

static void check_use(Compilation *compilation, const FileEntries *file, Entry *entry,
                      const void *data) {
    const bool *parameters = data;
    const SuppressionComment *comment = &entry->comment;
    // What others import is judged where it is built: there nothing is missing that uses it.
    if (!file->source->entry && !file->source->settings && !file->data) {
        return;
    }
    size_t useless = 0;
    for (size_t i = 0; i < comment->id_count; i++) {
        useless += is_useless(compilation, &comment->ids[i], *parameters);
    }
    if (useless && useless == comment->id_count) {
        report_useless(compilation, file, entry, entry->suppression.span,
                       ids_text(compilation, comment), useless == 1 ? 0 : comment->id_count);
        return;
    }
    for (size_t i = 0; useless && i < comment->id_count; i++) {
        if (is_useless(compilation, &comment->ids[i], *parameters)) {
            report_useless(compilation, file, entry, comment->ids[i].span,
                           arena_printf(compilation->arena, "`%s`", comment->ids[i].code), i);
        }
    }
}

/// Whether some file declares parameters of the build.
static bool has_parameters(const Compilation *compilation) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        for (const Node *node = source->library ? NULL : source->tree->a; node; node = node->next) {
            if (node->kind == NODE_PARAM) {
                return true;
            }
        }
    }
    return false;
}

void pass_suppressions(Compilation *compilation) {
    if (compilation->suppressions) {
        const bool parameters = has_parameters(compilation);
        each_entry(compilation, check_use, &parameters);
    }
}
