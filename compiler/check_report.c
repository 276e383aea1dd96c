#include "check_report.h"

#include "collection.h"

#include "check_foreign.h"
#include "check_names.h"
#include "edit.h"
#include "placeholder.h"

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

/// What a type is called whose text would fill the line.
static const char *long_type(Compilation *compilation, const Type *type) {
    if (type->kind == TYPE_UNION) {
        const bool later = type->alternatives[type->count - 1]->kind == TYPE_DEPLOYED;
        return arena_printf(compilation->arena, "one of %s values",
                            arena_printf(compilation->arena, "%zu", type->count - later));
    }
    return type->kind == TYPE_LIST ? "a list" : "an object";
}

const char *report_type_text(Compilation *compilation, const Type *type) {
    enum { LONGEST_TEXT = 72 };
    const Type *plain = type_strip(type);
    if (plain->kind == TYPE_REFERENCE) {
        const char *label = plain->construct ? plain->construct->label : plain->name->text;
        return arena_printf(compilation->arena, "%s %s", strchr("aeiouA", *label) ? "an" : "a",
                            label);
    }
    if (plain->kind == TYPE_LIST && plain->element->kind == TYPE_NEVER) {
        return "an empty list";
    }
    if (type->kind == TYPE_OBJECT && !type->count && !type->element) {
        return "an empty object";
    }
    const char *text = type_text(compilation->arena, type); // "module `m`[]" has its quotes
    if (strlen(text) > LONGEST_TEXT &&
        (type->kind == TYPE_UNION || type->kind == TYPE_LIST || type->kind == TYPE_OBJECT)) {
        return long_type(compilation, type);
    }
    return strchr(text, '`') ? text : arena_printf(compilation->arena, "`%s`", text);
}

static void label_declaration(Compilation *compilation, Diagnostic *diagnostic,
                              const Node *declared) {
    if (declared) {
        diagnostic_label(compilation->diagnostics, diagnostic,
                         node_name_span(compilation, declared), "declared here");
    }
}

const Symbol *report_untyped_let(const Compilation *compilation, const Node *node) {
    const Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    const bool let = symbol && symbol->kind == SYMBOL_LET && symbol->node && !symbol->node->a;
    return let && !compilation_source(compilation, symbol->node->file)->library ? symbol : NULL;
}

/// A constant whose declaration names no type: its value is what is wrong, wherever it is used.
static void blame_let(Compilation *compilation, Diagnostic *diagnostic, const Node *node) {
    const Symbol *let = report_untyped_let(compilation, node);
    if (let) {
        diagnostic_label(compilation->diagnostics, diagnostic,
                         node_name_span(compilation, let->node), "`%s` is declared here",
                         let->name->text);
        diagnostic->cause = let;
    }
}

const char *report_source_text(Compilation *compilation, const Node *first, const Node *last) {
    const uint32_t start = node_span(first).start;
    return arena_strndup(compilation->arena,
                         compilation_source(compilation, first->file)->text + start,
                         node_span(last).end - start);
}

/// The type of a value for messages; a decimal number as it is written, which `1.0` is not once it
/// is a value.
static const char *found_text(Compilation *compilation, const Node *node, const Type *found) {
    return node->kind == NODE_DECIMAL ? arena_printf(compilation->arena, "`%s`",
                                                     report_source_text(compilation, node, node))
                                      : report_type_text(compilation, found);
}

Diagnostic *report_type(Compilation *compilation, const Node *node, const char *expected,
                        const Type *found, const char *what, const Node *declared) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_TYPE_MISMATCH, node_span(node), what,
                       expected, found_text(compilation, node, found), NULL);
    label_declaration(compilation, diagnostic, declared);
    blame_let(compilation, diagnostic, node);
    return diagnostic;
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
    similar_allow_longer(&similar);
    g_autoptr(GPtrArray) offered = g_ptr_array_new();
    for (const Attribute *one = construct->attributes; one; one = one->next) {
        similar_offer(&similar, one->name->text);
        g_ptr_array_add(offered, (gpointer)one->name->text);
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
    if (!best && !construct->module && construct->property_count <= MOST_ALTERNATIVES) {
        for (size_t i = 0; i < construct->property_count; i++) {
            if (construct->properties[i].type->kind != TYPE_NEVER) {
                g_ptr_array_add(offered, (gpointer)construct->properties[i].name->text);
            }
        }
    }
    if (offered->len && !best) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s offers %s", construct->label,
                        similar_list(compilation->arena, node->name->text, offered));
    }
}

/// What has no such member: by its name if it has one, else by its type.
static const char *base_text(Compilation *compilation, const Node *node, const Type *type) {
    return node->a->kind == NODE_NAME ? name_quoted(compilation->arena, node->a->name)
                                      : report_type_text(compilation, type);
}

void report_no_property(Compilation *compilation, const Node *node, const Type *type) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NO_SUCH_MEMBER, member_span(node),
                       node->name->text, base_text(compilation, node, type), NULL);
    Similar similar;
    similar_begin(&similar, node->name->text);
    similar_allow_longer(&similar);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < type->count; i++) {
        similar_offer(&similar, type->properties[i].name->text);
        g_ptr_array_add(names, (gpointer)type->properties[i].name->text);
    }
    check_add_similar(compilation, diagnostic, &similar, "a property", member_span(node));
    if (!similar_best(&similar) && type->count && type->count <= MOST_ALTERNATIVES) {
        diagnostic_help(compilation->diagnostics, diagnostic, "it has %s",
                        similar_list(compilation->arena, node->name->text, names));
    }
}

void report_no_members(Compilation *compilation, const Node *node, const Type *type) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NO_SUCH_MEMBER, member_span(node),
                       node->name->text, base_text(compilation, node, type), NULL);
    if (!foreign_member(compilation, diagnostic, node) && type->kind == TYPE_LIST &&
        type_strip(type->element)->kind == TYPE_REFERENCE) {
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
    const Span end = {node->file, node->end, node->end};
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, end, "[*]",
                   "write `%s[*]`, all of them", symbol->name->text);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_PLACEHOLDER, end, "[\"key\"]",
                   "write `%s[\"key\"]`, one of them", symbol->name->text);
}

void report_interpolation(Compilation *compilation, const Node *node, const Type *type) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_INTERPOLATION, node_span(node),
                       report_type_text(compilation, type), NULL);
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
    const char *text = placeholder_value(compilation->arena, type);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_PLACEHOLDER, node_span(node), text,
                   "write `%s`, to be completed", text);
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

static bool is_given(const Node *members, const char *name) {
    bool given = false;
    for (const Node *member = members; member; member = member->next) {
        given = given || (member->kind == NODE_PROPERTY && member->name &&
                          !strcmp(member->name->text, name));
    }
    return given;
}

void report_deprecated(Compilation *compilation, Span place, const char *name,
                       const Node *decorator, const Node *members) {
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
        diagnostic_fix(list, diagnostic, is_given(members, text) ? FIX_MAYBE : FIX_SAFE, place,
                       text, "replace with `%s`", text);
    }
}
