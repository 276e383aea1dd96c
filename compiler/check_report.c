#include "check_report.h"

#include "collection.h"

#include "check_names.h"
#include "edit.h"

#include <glib.h>
#include <string.h>

const char *report_sentence(Compilation *compilation, const char *doc) {
    size_t length = strlen(doc);
    while (length && doc[length - 1] == '.') {
        length--;
    }
    char *text = arena_strndup(compilation->arena, doc, length);
    if (length > 1 && g_ascii_isupper(text[0]) && !g_ascii_isupper(text[1])) {
        text[0] = g_ascii_tolower(text[0]);
    }
    return text;
}

const char *report_quoted(Compilation *compilation, const Name *name) {
    return name ? name_quoted(compilation->arena, name) : "a key";
}

/// "`string`", but "a location" for a reference.
static const char *quoted_type(Compilation *compilation, const Type *type) {
    const Type *plain = type_strip(type);
    if (plain->kind == TYPE_REFERENCE) {
        const char *label = plain->construct ? plain->construct->label : plain->name->text;
        return arena_printf(compilation->arena, "%s %s", strchr("aeiouA", *label) ? "an" : "a",
                            label);
    }
    const char *text = type_text(compilation->arena, type); // "module `m`[]" has its quotes
    return strchr(text, '`') ? text : arena_printf(compilation->arena, "`%s`", text);
}

static void label_declaration(Compilation *compilation, Diagnostic *diagnostic,
                              const Node *declared) {
    if (declared) {
        diagnostic_label(compilation->diagnostics, diagnostic,
                         node_name_span(compilation, declared), "declared here");
    }
}

Diagnostic *report_type(Compilation *compilation, const Node *node, const char *expected,
                        const Type *found, const char *what, const Node *declared) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_TYPE_MISMATCH, node_span(node), what,
                       expected, quoted_type(compilation, found), NULL);
    label_declaration(compilation, diagnostic, declared);
    return diagnostic;
}

typedef struct Words {
    GString *list;
    size_t count;
} Words;

static void collect_word(const Type *type, void *data) {
    Words *words = data;
    const char *text = NULL;
    size_t length = 0;
    if (type->kind == TYPE_MEMBER) {
        text = type->name->text;
        length = type->name->length;
    } else if (type->kind == TYPE_LITERAL && type->literal->kind == VALUE_STRING) {
        text = type->literal->text;
        length = type->literal->length;
    } else if (type->kind == TYPE_CASE) {
        g_string_append_printf(words->list, "%s`%s(…)`", words->count++ ? ", " : "",
                               type->name->text);
        return;
    } else {
        return;
    }
    g_string_append_printf(words->list, "%s`%s%.*s%s`", words->count++ ? ", " : "",
                           type->kind == TYPE_LITERAL ? "\"" : "", (int)length, text,
                           type->kind == TYPE_LITERAL ? "\"" : "");
}

static void offer_bare(const Type *type, void *data) {
    if (type->kind == TYPE_MEMBER) {
        similar_offer(data, type->name->text);
    }
}

/// The quoting of an enumeration is off: `"ONDEMAND"` for `ONDEMAND`, or the other way round.
static bool fix_quoting(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                        const Type *expected) {
    if (node->kind != NODE_STRING) {
        return false;
    }
    const Name *name = names_intern(compilation->names, node->text, node->length);
    const Type *member = type_find_member(expected, name);
    Similar similar;
    similar_begin(&similar, name->text);
    if (!member) {
        type_each_alternative(expected, offer_bare, &similar);
    }
    const char *text = member && member->kind == TYPE_MEMBER ? name->text : similar_best(&similar);
    if (!text) {
        return false;
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "members are written without quotes: `%s`", text);
    diagnostic_fix(compilation->diagnostics, diagnostic, similar_certainty(&similar),
                   node_span(node), text, "write `%s` without quotes", text);
    return true;
}

void report_words(Compilation *compilation, Diagnostic *diagnostic, const Type *expected) {
    Words words = {.list = g_string_new(NULL)};
    type_each_alternative(expected, collect_word, &words);
    if (words.count && words.count <= 8) {
        diagnostic_help(compilation->diagnostics, diagnostic, "expected %s%s",
                        words.count > 1 ? "one of " : "", words.list->str);
    }
    g_string_free(words.list, TRUE);
}

void report_nearest(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                    const Type *expected) {
    const Type *wanted = type_strip(expected);
    if (node->kind != NODE_STRING || wanted->kind != TYPE_UNION) {
        return;
    }
    Similar similar;
    similar_begin(&similar, arena_strndup(compilation->arena, node->text, node->length));
    for (size_t i = 0; i < wanted->count; i++) {
        const Type *one = type_strip(wanted->alternatives[i]);
        if (one->kind == TYPE_LITERAL && one->literal->kind == VALUE_STRING) {
            similar_offer(&similar, arena_strndup(compilation->arena, one->literal->text,
                                                  one->literal->length));
        }
    }
    const char *best = similar_best(&similar);
    if (!best) {
        return;
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "a similar value is allowed: `\"%s\"`",
                    best);
    diagnostic_fix(compilation->diagnostics, diagnostic, similar_certainty(&similar),
                   node_span(node), arena_printf(compilation->arena, "\"%s\"", best),
                   "replace with `\"%s\"`", best);
}

static void find_number(const Type *type, void *data) {
    bool *found = data;
    *found = *found || type_is(type, TYPE_NUMBER);
}

static bool takes_number(const Type *type) {
    bool found = false;
    type_each_alternative(type, find_number, &found);
    return found;
}

/// A resource is named alone: `hot`, not `"hot"` or `hot.id`.
static void help_reference(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                           const Scope *scope, const Type *expected) {
    if (type_strip(expected)->kind != TYPE_REFERENCE) {
        return;
    }
    const Name *name = NULL;
    if (node->kind == NODE_STRING) {
        name = names_intern(compilation->names, node->text, node->length);
    } else if (node->kind == NODE_MEMBER && node->a->kind == NODE_NAME) {
        name = node->a->name;
    }
    const Symbol *symbol = name ? scope_find(scope, name) : NULL;
    if (!symbol || symbol->kind != SYMBOL_RESOURCE) {
        return;
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a resource is referred to by its name: `%s`", name->text);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, node_span(node), name->text,
                   "write `%s`", name->text);
}

/// A resource where a text belongs: one of its attributes is meant.
static void help_attributes(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                            const Type *expected, const Type *found) {
    const Type *plain = type_strip(found);
    if (!type_is(expected, TYPE_STRING) || plain->kind != TYPE_REFERENCE || !plain->construct ||
        node->kind != NODE_NAME) {
        return;
    }
    const char *offered =
        construct_attributes_text(compilation->arena, plain->construct, node->name->text);
    if (offered) {
        diagnostic_help(compilation->diagnostics, diagnostic, "it has attributes: %s", offered);
    }
}

static void fix_brackets(Compilation *compilation, Diagnostic *diagnostic, const Node *node) {
    Source *source = compilation_source(compilation, node->file);
    Span span = node_span(node);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, span,
                   arena_printf(compilation->arena, "[%.*s]", (int)(span.end - span.start),
                                source->text + span.start),
                   "put it in brackets");
}

/// A list of objects where one object of another form stands.
static void help_list(Compilation *compilation, Diagnostic *diagnostic, const Type *element) {
    if (element->kind != TYPE_OBJECT) {
        return;
    }
    GString *members = g_string_new(NULL);
    for (size_t i = 0; i < element->count; i++) {
        if (!element->properties[i].optional) {
            g_string_append_printf(members, "%s%s: …", members->len ? ", " : "",
                                   element->properties[i].name->text);
        }
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "the list is written `[{ %s }]`",
                    members->len ? members->str : "…");
    g_string_free(members, TRUE);
}

void report_mismatch(Compilation *compilation, Node *node, const Scope *scope, const Type *expected,
                     const Type *found, const char *what, const Node *declared) {
    Diagnostic *diagnostic =
        report_type(compilation, node, quoted_type(compilation, expected), found, what, declared);
    help_reference(compilation, diagnostic, node, scope, expected);
    if (!fix_quoting(compilation, diagnostic, node, expected)) {
        report_nearest(compilation, diagnostic, node, expected);
        report_words(compilation, diagnostic, expected);
    }
    const Type *wanted = type_strip(expected);
    if (wanted->kind == TYPE_LIST && type_assignable(found, wanted->element)) {
        diagnostic_help(compilation->diagnostics, diagnostic, "a list of one is written `[…]`");
        fix_brackets(compilation, diagnostic, node);
    } else if (wanted->kind == TYPE_LIST && type_is(found, TYPE_OBJECT)) {
        help_list(compilation, diagnostic, type_strip(wanted->element));
    }
    help_attributes(compilation, diagnostic, node, expected, found);
    if (wanted->kind == TYPE_STRING && type_is(found, TYPE_NUMBER)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`string(…)` or quotes make it a string");
    }
    if (node->kind == NODE_STRING && takes_number(expected)) {
        diagnostic_help(compilation->diagnostics, diagnostic, "numbers are written without quotes");
    }
    if (wanted->kind == TYPE_SECRET) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "secrets come from `secret(\"name or ARN\")`, never from text");
    }
}

void report_duplicate_property(Compilation *compilation, const Node *node, const Node *first) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_DUPLICATE_PROPERTY,
                       node_name_span(compilation, node), node->name->text, NULL);
    if (first) {
        diagnostic_label(compilation->diagnostics, diagnostic, node_name_span(compilation, first),
                         "first given here");
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "keep one of the two");
    const bool same =
        first && first->b && node->b && edit_same_tokens(compilation, first->b, node->b);
    diagnostic_fix(compilation->diagnostics, diagnostic, same ? FIX_SAFE : FIX_MAYBE,
                   edit_removal(compilation, node), "", "take out the second");
}

static Span member_span(const Node *node) {
    return node->b ? node_span(node->b) : node_span(node);
}

/// What the construct offers under `name`, for messages.
static const char *offered_as(const Construct *construct, const char *name) {
    if (construct->module) {
        return "an output";
    }
    for (const Attribute *one = construct->attributes; one; one = one->next) {
        if (!strcmp(one->name->text, name)) {
            return "an attribute";
        }
    }
    return "a property";
}

void report_unknown_attribute(Compilation *compilation, const Node *node,
                              const Construct *construct) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_ATTRIBUTE, member_span(node),
                       node->name->text, construct->label, construct_offers(construct), NULL);
    Similar similar;
    similar_begin(&similar, node->name->text);
    GString *list = g_string_new(NULL);
    for (const Attribute *one = construct->attributes; one; one = one->next) {
        similar_offer(&similar, one->name->text);
        g_string_append_printf(list, "%s`%s`", list->len ? ", " : "", one->name->text);
    }
    /* The parameters of a module stay within it. */
    for (size_t i = 0; !construct->module && i < construct->property_count; i++) {
        similar_offer(&similar, construct->properties[i].name->text);
    }
    if (construct->container) {
        collection_offer(compilation, &similar);
    }
    const char *best = similar_best(&similar);
    check_add_similar(compilation, diagnostic, &similar, best ? offered_as(construct, best) : "",
                      member_span(node));
    if (list->len) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s offers %s", construct->label,
                        list->str);
    }
    g_string_free(list, TRUE);
}

/// What has no such member: by its name if it has one, else by its type.
static const char *base_text(Compilation *compilation, const Node *node, const Type *type) {
    return node->a->kind == NODE_NAME ? name_quoted(compilation->arena, node->a->name)
                                      : quoted_type(compilation, type);
}

void report_no_property(Compilation *compilation, const Node *node, const Type *type) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NO_SUCH_MEMBER, member_span(node),
                       node->name->text, base_text(compilation, node, type), NULL);
    Similar similar;
    similar_begin(&similar, node->name->text);
    for (size_t i = 0; i < type->count; i++) {
        similar_offer(&similar, type->properties[i].name->text);
    }
    check_add_similar(compilation, diagnostic, &similar, "a property", member_span(node));
}

void report_no_members(Compilation *compilation, const Node *node, const Type *type) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NO_SUCH_MEMBER, member_span(node),
                       node->name->text, base_text(compilation, node, type), NULL);
    if (!strcmp(node->name->text, "length")) {
        diagnostic_help(compilation->diagnostics, diagnostic, "the length is `length(…)`");
    } else if (type->kind == TYPE_LIST && type_strip(type->element)->kind == TYPE_REFERENCE) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "the list of what each has is `[for one in …: one.%s]`", node->name->text);
    }
}

void report_not_keyed(Compilation *compilation, const Node *node) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NOT_KEYED, node_span(node), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "`[*]` stands for all resources that a loop declares with a key");
}

void report_needs_key(Compilation *compilation, const Node *node, const Symbol *symbol) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NEEDS_KEY,
                                            node_span(node), symbol->name->text, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     node_name_span(compilation, symbol->node), "declared with a key");
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "write `%s[key]` for one of them or `%s[*]` for all", symbol->name->text,
                    symbol->name->text);
}

void report_interpolation(Compilation *compilation, const Node *node, const Type *type) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_INTERPOLATION,
                                            node_span(node), quoted_type(compilation, type), NULL);
    const Type *plain = type_strip(type);
    if (plain->kind == TYPE_LIST) {
        diagnostic_help(compilation->diagnostics, diagnostic, "`join(list, \", \")` makes it text");
    } else if (plain->kind == TYPE_REFERENCE) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "name one of its attributes, such as `.id`");
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic, "`json(…)` makes it text");
    }
}

void report_case_without_call(Compilation *compilation, const Node *node, const Type *type) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_CASE_CALL,
                                            node_span(node), type->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "write `%s(%s)`", type->name->text,
                    type->properties[0].name->text);
}

void report_namespace(Compilation *compilation, const Node *node) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NAMESPACE,
                                            node_span(node), node->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "write `%s.name` for one of its names",
                    node->name->text);
}

/// The text `name` of the object that a decorator was given, or NULL.
static const char *decorator_fact(Compilation *compilation, const Node *decorator,
                                  const char *name) {
    const Node *facts = decorator->a;
    for (const Node *fact = facts && facts->kind == NODE_OBJECT ? facts->a : NULL; fact;
         fact = fact->next) {
        if (fact->kind == NODE_PROPERTY && fact->name && !strcmp(fact->name->text, name) &&
            fact->b && fact->b->kind == NODE_STRING) {
            return arena_strndup(compilation->arena, fact->b->text, fact->b->length);
        }
    }
    return NULL;
}

void report_deprecated(Compilation *compilation, Span place, const char *name,
                       const Node *decorator) {
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_DEPRECATED, place, name, NULL);
    const char *since = decorator_fact(compilation, decorator, "since");
    const char *reason = decorator_fact(compilation, decorator, "reason");
    const char *replacement = decorator_fact(compilation, decorator, "replacement");
    if (since) {
        diagnostic_help(list, diagnostic, "deprecated since %s", since);
    }
    if (reason) {
        diagnostic_help(list, diagnostic, "%s", reason);
    }
    if (replacement) {
        const char *dot = strrchr(replacement, '.');
        const char *text = dot ? dot + 1 : replacement;
        diagnostic_help(list, diagnostic, "use `%s` instead", replacement);
        diagnostic_fix(list, diagnostic, FIX_SAFE, place, text, "replace with `%s`", text);
    }
}
