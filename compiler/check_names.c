#include "check_names.h"

#include "builtins.h"
#include "check.h"
#include "check_report.h"
#include "check_test.h"
#include "check_words.h"
#include "program.h"
#include "type_resolve.h"

#include <glib.h>
#include <string.h>

void check_add_similar(Compilation *compilation, Diagnostic *diagnostic, const Similar *similar,
                       const char *what, Span span) {
    const char *best = similar_best(similar);
    if (!best) {
        return;
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "%s with a similar name exists: `%s`",
                    what, best);
    diagnostic_fix(compilation->diagnostics, diagnostic, similar_certainty(similar), span, best,
                   "replace with `%s`", best);
}

/// Offers the names that are visible in `scope` to `similar`.
static void offer_names(Compilation *compilation, const Scope *scope, Similar *similar) {
    for (; scope; scope = scope->outer) {
        scope_offer(compilation, scope, false, similar);
    }
    library_offer(compilation->library, "let ", similar);
}

static void offer_member(const Type *type, void *data) {
    if (type->kind == TYPE_MEMBER || type->kind == TYPE_CASE) {
        similar_offer(data, type->name->text);
    }
}

/// The texts that are expected where a bare word stands.
typedef struct Texts {
    Arena *arena;
    Similar similar;
    const char *exact; ///< the word itself, in quotes, is one of them
} Texts;

static void offer_text(const Type *type, void *data) {
    Texts *texts = data;
    if (type->kind != TYPE_LITERAL || type->literal->kind != VALUE_STRING) {
        return;
    }
    const char *text = arena_strndup(texts->arena, type->literal->text, type->literal->length);
    texts->exact = strcmp(text, texts->similar.wanted) == 0 ? text : texts->exact;
    similar_offer(&texts->similar, text);
}

/// `json` where `"json"` is expected. True if that, or a similar text, was meant.
static bool help_quotes(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                        const Type *expected) {
    Texts texts = {.arena = compilation->arena};
    similar_begin(&texts.similar, node->name->text);
    if (expected) {
        type_each_alternative(expected, offer_text, &texts);
    }
    const char *best = texts.exact ? texts.exact : similar_best(&texts.similar);
    if (!best || strpbrk(best, "\\\"$")) {
        return false;
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "text is written in quotes: `\"%s\"`",
                    best);
    diagnostic_fix(compilation->diagnostics, diagnostic,
                   texts.exact ? FIX_SAFE : similar_certainty(&texts.similar), node_span(node),
                   arena_printf(compilation->arena, "\"%s\"", best), "write `\"%s\"`", best);
    return true;
}

static void find_member(const Type *type, void *data) {
    bool *found = data;
    *found = *found || type->kind == TYPE_MEMBER || type->kind == TYPE_CASE;
}

/// Whether the type (or NULL) has bare members or cases among its alternatives.
static bool has_members(const Type *type) {
    bool found = false;
    if (type) {
        type_each_alternative(type, find_member, &found);
    }
    return found;
}

/// A container's kind (`environment`) names, in library expressions, what the resource stands in.
static Symbol *container_symbol(Compilation *compilation, const Node *node, Scope *scope) {
    Scope *library = scope;
    while (library && library->kind != SCOPE_LIBRARY) {
        library = library->outer;
    }
    if (!library || !library_has_kind(compilation->library, node->name)) {
        return NULL;
    }
    const Construct *construct = library_construct(compilation->library, node->name, NULL, false);
    if (!construct || !construct->container) {
        return NULL;
    }
    Symbol *symbol =
        scope_add(compilation, library, SYMBOL_CONTAINER, node->name, (Node *)construct->node);
    symbol->state = STATE_DONE;
    symbol->type = &type_any;
    return symbol;
}

/// The name is a function's.
static void help_function(Compilation *compilation, Diagnostic *diagnostic, const char *word) {
    if (builtin_find(word) && !builtin_find(word)->library) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`%s` is a function: call it as `%s(…)`", word, word);
    }
}

static void find_text(const Type *type, void *data) {
    bool *found = data;
    *found = *found || type->kind == TYPE_STRING;
}

/// A word that should be text, where any text may stand.
static void help_text(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                      const Type *expected) {
    bool text = false;
    if (expected) {
        type_each_alternative(expected, find_text, &text);
    }
    if (!text) {
        return;
    }
    const char *quoted = arena_printf(compilation->arena, "\"%s\"", node->name->text);
    diagnostic_help(compilation->diagnostics, diagnostic, "text stands in quotes: `%s`", quoted);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, node_span(node), quoted,
                   "put it in quotes");
}

/// A resource is wanted, and none is called so.
static void help_declare(Compilation *compilation, Diagnostic *diagnostic, const Name *name,
                         const Type *expected) {
    const Type *reference = expected != NULL ? type_strip(expected) : NULL;
    if (reference != NULL && reference->kind == TYPE_REFERENCE && reference->name != NULL) {
        check_kind_help(compilation, diagnostic, reference, name->text);
    }
}

/// The name is one of another environment's. Looks at as many declarations as the budget for
/// similar names allows: a file may hold a hundred thousand of both. False if none is found.
static bool help_elsewhere(Compilation *compilation, Diagnostic *diagnostic, const Name *name) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        for (const Node *node = source->library ? NULL : source->tree->a; node; node = node->next) {
            if (compilation->program->offers++ > SIMILAR_MAX_OFFERS) {
                return false;
            }
            const Scope *scope = node->kind == NODE_RESOURCE && node->b ? node->b->bound : NULL;
            const Symbol *symbol = scope ? scope_find_here(scope, name) : NULL;
            if (!symbol || symbol->kind != SYMBOL_RESOURCE) {
                continue;
            }
            diagnostic_label(compilation->diagnostics, diagnostic,
                             node_name_span(compilation, symbol->node), "declared in another one");
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "%s `%s` has one of this name; each is a stack of its own",
                            node->a->name->text, node->name->text);
            return true;
        }
    }
    return false;
}

static void find_resource(const Type *type, void *data) {
    bool *found = data;
    *found = *found || type->kind == TYPE_REFERENCE || type->kind == TYPE_ANY ||
             type->kind == TYPE_ERROR;
}

/// Whether a resource may stand where `expected` (or NULL: anything) is wanted.
static bool takes_resources(const Type *expected) {
    bool found = !expected;
    if (expected) {
        type_each_alternative(expected, find_resource, &found);
    }
    return found;
}

static void report_unknown(Compilation *compilation, Node *node, Scope *scope,
                           const Type *expected) {
    const char *text = node->name->text;
    node->flags |= NODE_BAD;
    if (check_is_test_count(text)) {
        report_test_only(compilation, node);
        return;
    }
    if (expected && type_strip(expected)->kind == TYPE_ERROR) {
        return; /* it may be a member of the type that is wrong */
    }
    Similar members, names;
    similar_begin(&members, text);
    similar_allow_longer(&members);
    similar_begin(&names, text);
    if (expected) {
        type_each_alternative(expected, offer_member, &members);
    }
    if (!similar_best(&members) && check_foreign_word(compilation, node, expected)) {
        return;
    }
    offer_names(compilation, scope, &names);
    const Symbol *near = similar_best(&names)
                             ? scope_find(scope, names_of(compilation->names, similar_best(&names)))
                             : NULL;
    if (near && near->kind == SYMBOL_RESOURCE && !takes_resources(expected)) {
        names.best = NULL;
    }
    bool member = has_members(expected) && (similar_best(&members) || !similar_best(&names));
    Diagnostic *diagnostic =
        member ? diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_MEMBER, node_span(node),
                                text, type_text(compilation->arena, expected), NULL)
               : diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_NAME, node_span(node), text,
                                NULL);
    const bool quotes = !member && help_quotes(compilation, diagnostic, node, expected);
    if (!quotes) {
        check_add_similar(compilation, diagnostic, member ? &members : &names,
                          member ? "a member" : "something", node_span(node));
    }
    if (member) {
        report_words(compilation, diagnostic, expected, text);
    } else if (!quotes && !similar_best(&names)) {
        help_text(compilation, diagnostic, node, expected);
    }
    help_function(compilation, diagnostic, text);
    diagnostic->cause = member ? NULL : node->name;
    const bool elsewhere = help_elsewhere(compilation, diagnostic, node->name);
    if (!member && !quotes && !elsewhere && !similar_best(&names)) {
        help_declare(compilation, diagnostic, node->name, expected);
    }
}

/// The member that the context expects, also where a list of them is expected and the brackets are
/// forgotten: the types then tell.
static const Type *expected_member(const Type *expected, const Name *name) {
    if (!expected) {
        return NULL;
    }
    const Type *member = type_find_member(expected, name);
    const Type *plain = type_strip(expected);
    return member || plain->kind != TYPE_LIST ? member : type_find_member(plain->element, name);
}

Symbol *check_name(Compilation *compilation, Node *node, Scope *scope, const Type *expected) {
    if (node->bound) {
        return node->bound;
    }
    if (node->flags & NODE_BAD) {
        return NULL;
    }
    Symbol *symbol = scope_find(scope, node->name);
    bool plain = symbol && symbol->kind != SYMBOL_TYPE;
    if (!plain) {
        const Type *member = expected_member(expected, node->name);
        symbol = member ? (Symbol *)member->symbol : library_let(compilation->library, node->name);
        if (!symbol) {
            symbol = container_symbol(compilation, node, scope);
        }
        if (!symbol) {
            symbol = check_test_count(compilation, node, scope);
        }
    }
    if (!symbol) {
        report_unknown(compilation, node, scope, expected);
        return NULL;
    }
    symbol->used = true;
    symbol = symbol_target(symbol);
    if (!symbol) {
        node->flags |= NODE_BAD;
    }
    node->bound = symbol;
    return symbol;
}

/// The dotted text of names and members only, e.g. "TransactionRequest.Format"; NULL for others.
static const char *dotted(Compilation *compilation, const Node *node, const Node **root) {
    if (node->kind == NODE_NAME) {
        *root = node;
        return node->name->text;
    }
    if (node->kind != NODE_MEMBER) {
        return NULL;
    }
    const char *base = dotted(compilation, node->a, root);
    return base ? arena_printf(compilation->arena, "%s.%s", base, node->name->text) : NULL;
}

typedef struct QualifierSearch {
    const char *text;
    const Type *owner; ///< the enumeration so called
} QualifierSearch;

static void search_qualifier(const Type *type, void *data) {
    QualifierSearch *search = data;
    const Type *owner = type->owner;
    if (!owner || owner->kind != TYPE_NAMED || search->owner) {
        return;
    }
    bool same = !strcmp(owner->name->text, search->text) ||
                (owner->qualifier && !strcmp(owner->qualifier, search->text));
    if (same) {
        search->owner = owner;
    }
}

static void report_unknown_member(Compilation *compilation, Node *node, const Type *owner) {
    Span span = node->b ? node_span(node->b) : node_span(node);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_MEMBER, span,
                                            node->name->text, owner->name->text, NULL);
    Similar similar;
    similar_begin(&similar, node->name->text);
    type_each_alternative(owner, offer_member, &similar);
    check_add_similar(compilation, diagnostic, &similar, "a member", span);
    report_words(compilation, diagnostic, owner, node->name->text);
}

bool check_qualifier_is_needless(Compilation *compilation, const Node *node, Scope *scope,
                                 const Type *expected, const Symbol *member) {
    const Node *root = node->a;
    while (root->kind == NODE_MEMBER) {
        root = root->a;
    }
    // The name of a type that the program declares or imports would be used once less.
    if (!expected || scope_find(scope, root->name)) {
        return false;
    }
    const Symbol *other = scope_find(scope, node->name);
    const Type *bare = type_find_member(expected, node->name);
    return bare && bare->symbol == (const void *)member && (!other || other->kind == SYMBOL_TYPE) &&
           !library_let(compilation->library, node->name);
}

/// Marks the tokens of `Enumeration.` before a member, for the formatter.
static void mark_qualifier(Compilation *compilation, const Node *node, bool needless) {
    const Source *source = compilation_source(compilation, node->file);
    if (source->library) {
        return;
    }
    uint32_t first = source_token_at(source, node->start);
    uint32_t name = first;
    while (source->tokens[name].end < node->end) {
        name++;
    }
    for (uint32_t index = first; index <= name; index++) {
        const TokenKind kind = (TokenKind)source->tokens[index].kind;
        needless = needless && kind != TOK_COMMENT && kind != TOK_DOC;
    }
    needless = needless && source->tokens[name].keyword == 0;
    for (uint32_t index = first; index < name; index++) {
        source->tokens[index].flags |= needless ? TOKEN_NEEDLESS : TOKEN_NEEDED;
    }
}

static Symbol *find_qualified(Compilation *compilation, Node *node, Scope *scope,
                              const Type *expected, bool *reported) {
    *reported = false;
    const Node *root = NULL;
    if (!node->a) {
        return NULL;
    }
    const char *text = dotted(compilation, node->a, &root);
    Symbol *declared = text ? scope_find(scope, root->name) : NULL;
    const Type *own = declared && root == node->a ? type_of_symbol(compilation, declared) : NULL;
    const bool none = declared && (!own || own->kind == TYPE_ERROR);
    if (!text || none || library_let(compilation->library, root->name)) {
        return NULL;
    }
    QualifierSearch search = {.text = text, .owner = own};
    if (expected && !own) {
        type_each_alternative(expected, search_qualifier, &search);
    }
    /* Where nothing of the kind is expected, the library's enumerations are known by name. */
    if (!search.owner && !(expected && type_find_member(expected, node->name))) {
        search.owner = library_type(compilation->library, names_of(compilation->names, text));
    }
    if (!search.owner && !expected) {
        return NULL;
    }
    const Type *member = type_find_member(search.owner ? search.owner : expected, node->name);
    if (search.owner && member) {
        return (Symbol *)member->symbol;
    }
    if (search.owner) {
        report_unknown_member(compilation, node, search.owner);
        *reported = true;
        return NULL;
    }
    if (!member) {
        return NULL;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_WRONG_QUALIFIER, node_span(node->a), text,
                       node->name->text, report_type_text(compilation, expected), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "write the member alone: `%s`",
                    node->name->text);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, node_span(node),
                   node->name->text, "replace with `%s`", node->name->text);
    *reported = true;
    return NULL;
}

Symbol *check_qualified(Compilation *compilation, Node *node, Scope *scope, const Type *expected,
                        bool *reported) {
    Symbol *member = find_qualified(compilation, node, scope, expected, reported);
    if (member) {
        mark_qualifier(compilation, node,
                       check_qualifier_is_needless(compilation, node, scope, expected, member));
    }
    return member;
}
