/// What is wrong with the head of a resource: its kind, its type, `existing`.
#include "chapters.h"
#include "check_names.h"
#include "check_report.h"
#include "program.h"

#include <glib.h>
#include <string.h>

static bool is_word(const char *text) {
    for (; *text; text++) {
        if (!g_ascii_isalnum(*text) && *text != '_' && *text != '.') {
            return false;
        }
    }
    return true;
}

bool check_kind_has_types(Compilation *compilation, const Name *kind) {
    const char *prefix = arena_printf(compilation->arena, "%s.", kind->text);
    if (chapters_any(arena_printf(compilation->arena, "construct %s", prefix))) {
        return true;
    }
    for (const char **names = library_construct_names(compilation->library); *names; names++) {
        if (!strncmp(*names, prefix, strlen(prefix))) {
            return true;
        }
    }
    return false;
}

void check_kind_help(Compilation *compilation, Diagnostic *diagnostic, const Type *reference,
                     const char *name) {
    const Construct *construct = reference->construct;
    const char *dot = construct != NULL ? strchr(construct->label, '.') : NULL;
    const char *type = "";
    if (dot != NULL) {
        type = arena_printf(compilation->arena, is_word(dot + 1) ? ": %s" : ": \"%s\"", dot + 1);
    } else if (construct == NULL && check_kind_has_types(compilation, reference->name)) {
        type = ": TYPE";
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "%s is declared as `%s %s%s { … }`, and then used by its name",
                    report_type_text(compilation, reference), reference->name->text, name, type);
}

/// `AWS.SNS.Topic` for `"AWS::SNS::Topic"`.
static bool report_unquoted(Compilation *compilation, const Node *head, Diagnostic *diagnostic) {
    char **words = g_strsplit(head->b->name->text, ".", -1);
    char *joined = g_strjoinv("::", words);
    const Name *type = names_of(compilation->names, joined);
    bool found = library_construct(compilation->library, head->name, type, false) != NULL;
    g_free(joined);
    g_strfreev(words);
    if (!found) {
        return false;
    }
    const char *quoted = arena_printf(compilation->arena, "\"%s\"", type->text);
    diagnostic_help(compilation->diagnostics, diagnostic, "the type is written `%s`", quoted);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, node_span(head->b), quoted,
                   "replace with `%s`", quoted);
    return true;
}

/// Types of others (`Org::Service::Type`) can be declared, where the library takes such at all.
static bool help_foreign(Compilation *compilation, Diagnostic *diagnostic, const Node *head) {
    const Construct *base = library_construct(compilation->library, head->name, NULL, false);
    if (!base || !base->families || !strstr(head->b->name->text, "::")) {
        return false;
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a type that is not AWS's is declared: `@open construct %s: \"%s\" {}`",
                    head->name->text, head->b->name->text);
    return true;
}

void check_quotes(Compilation *compilation, const Node *head) {
    const Node *type = head->b;
    if (!type || !(type->flags & NODE_QUOTED) || !is_word(type->name->text)) {
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_TYPE_QUOTED, node_span(type),
                       type->name->text, head->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "it is written `%s`", type->name->text);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, node_span(type),
                   type->name->text, "write `%s`", type->name->text);
}

/// Lists the types of a kind, if they are few; `wrong` is what was written instead, or NULL.
static void help_types(Compilation *compilation, Diagnostic *diagnostic, const Name *kind,
                       const char *wrong) {
    const char *prefix = arena_printf(compilation->arena, "%s.", kind->text);
    g_autoptr(GPtrArray) types = g_ptr_array_new();
    for (const char **names = library_construct_names(compilation->library); *names; names++) {
        if (!strncmp(*names, prefix, strlen(prefix))) {
            g_ptr_array_add(types, (gpointer)(*names + strlen(prefix)));
        }
    }
    if (types->len && types->len <= MOST_ALTERNATIVES) {
        diagnostic_help(compilation->diagnostics, diagnostic, "types of %s are %s", kind->text,
                        similar_list(compilation->arena, wrong, types));
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`depotc stdlib %s` lists what there is", kind->text);
    }
}

static Diagnostic *report_unknown_type(Compilation *compilation, const Node *head) {
    const Name *type = head->b->name;
    Span span = node_span(head->b);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_CONSTRUCT, span,
                                            type->text, head->name->text, NULL);
    if (!check_kind_has_types(compilation, head->name)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a %s has no types: write `%s %s { … }`", head->name->text,
                        head->name->text, head->c ? head->c->name->text : "name");
        return diagnostic;
    }
    if (head->b->flags & NODE_QUOTED && span.end - span.start > 2) {
        span.start++; /* within the quotes */
        span.end--;
    } else if (report_unquoted(compilation, head, diagnostic)) {
        return diagnostic;
    }
    /* `Location.X`, as TypeScript has it, is the type `X`. */
    const char *last = strrchr(type->text, '.');
    Similar similar;
    similar_begin(&similar, last ? last + 1 : type->text);
    library_offer(compilation->library,
                  arena_printf(compilation->arena, "construct %s.", head->name->text), &similar);
    const char *best = similar_best(&similar);
    if (!best && compilation->program->lost_import) { /* it may be declared there */
        diagnostic_hide(compilation->diagnostics, diagnostic);
        return diagnostic;
    }
    bool alone = last && library_construct(compilation->library, head->name,
                                           names_of(compilation->names, last + 1), false);
    if (alone) {
        best = last + 1;
        diagnostic_help(compilation->diagnostics, diagnostic, "the type is written alone: `%s`",
                        best);
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, span, best,
                       "replace with `%s`", best);
        return diagnostic;
    }
    check_add_similar(compilation, diagnostic, &similar, "a type", span);
    if (!best && help_foreign(compilation, diagnostic, head)) {
        return diagnostic;
    }
    if (!best) {
        help_types(compilation, diagnostic, head->name, type->text);
    }
    return diagnostic;
}

/// What was written as a kind is another thing that there is: a type of a kind, a module.
static bool help_no_kind(Compilation *compilation, Diagnostic *diagnostic, const Node *node) {
    const Scope *scope = compilation_source(compilation, node->file)->tree->bound; /* of the file */
    const Node *head = node->a;
    const char *word = head->name->text;
    const char *name = node->name ? node->name->text : "name";
    const Symbol *symbol = scope ? scope_find(scope, head->name) : NULL;
    if (symbol && symbol->kind == SYMBOL_IMPORT) {
        symbol = symbol->target;
    }
    if (symbol && symbol->kind == SYMBOL_MODULE) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`%s` is a module: write `use %s as %s { … }`", word, word, name);
        return true;
    }
    for (const char **names = library_construct_names(compilation->library); *names; names++) {
        const char *dot = strchr(*names, '.');
        if (dot && !strcmp(dot + 1, word)) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "`%s` is a type of %s: write `%s %s: %s { … }`", word,
                            arena_strndup(compilation->arena, *names, (size_t)(dot - *names)),
                            arena_strndup(compilation->arena, *names, (size_t)(dot - *names)), name,
                            word);
            return true;
        }
    }
    return false;
}

static Diagnostic *report_unknown_kind(Compilation *compilation, const Node *node, Span span) {
    const Node *head = node->a;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_KIND, span, head->name->text, NULL);
    if (help_no_kind(compilation, diagnostic, node)) {
        return diagnostic;
    }
    Similar similar;
    similar_begin(&similar, head->name->text);
    for (const char **names = library_construct_names(compilation->library); *names; names++) {
        const char *dot = strchr(*names, '.');
        similar_offer(&similar,
                      dot ? arena_strndup(compilation->arena, *names, (size_t)(dot - *names))
                          : *names);
    }
    check_add_similar(compilation, diagnostic, &similar, "a kind", span);
    if (similar_best(&similar)) {
        return diagnostic;
    }
    if (compilation->program->lost_import) { /* it may be declared there */
        diagnostic_hide(compilation->diagnostics, diagnostic);
        return diagnostic;
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "`depotc stdlib` lists what there is");
    return diagnostic;
}

/// The word that a diagnostic is certain of, in the place of the one that was written.
static bool go_on_with(Compilation *compilation, Node *written, const Diagnostic *diagnostic) {
    const DiagnosticFix *fix = diagnostic ? diagnostic->fixes : NULL;
    if (!fix || fix->applicability != FIX_SAFE ||
        (written->flags & NODE_QUOTED && is_word(written->name->text))) {
        return false; /* needless quotes would be told with the old word */
    }
    const char *text = fix->edits->text;
    const size_t quotes = *text == '"';
    const char *word = arena_strndup(compilation->arena, text + quotes, strlen(text) - 2 * quotes);
    written->name = names_of(compilation->names, word);
    return true;
}

bool check_report_head(Compilation *compilation, Node *node) {
    Node *head = node->a;
    const Span span = head_kind_span(head);
    if (!library_has_kind(compilation->library, head->name)) {
        return go_on_with(compilation, head, report_unknown_kind(compilation, node, span));
    }
    if (head->b && !(node->flags & NODE_EXISTING)) {
        return go_on_with(compilation, head->b, report_unknown_type(compilation, head));
    }
    if (node->flags & NODE_EXISTING) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_EXISTING_KIND, span,
                                                head->name->text, NULL);
        const Source *source = compilation->sources[node->file];
        const Token *word = &source->tokens[source_token_at(source, head->start) - 1];
        if (word->kind == TOK_EXISTING) {
            diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE,
                           (Span){node->file, word->start, head->start}, "", "take out `existing`");
        }
    } else {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_TYPE_NEEDED, span,
                                                head->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "write `%s %s: TYPE { … }`; `depotc stdlib %s` lists the types",
                        head->name->text, node->name ? node->name->text : "name", head->name->text);
    }
    return false;
}
