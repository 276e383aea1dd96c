#include "check.h"

#include "check_report.h"
#include "check_style.h"
#include "edit.h"
#include "placeholder.h"
#include "program.h"

#include <glib.h>
#include <string.h>

static int find_property(const MemberContext *context, const Name *name) {
    for (size_t i = 0; i < context->count; i++) {
        if (context->properties[i].name == name) {
            return (int)i;
        }
    }
    return -1;
}

/// The other spelling that a documentation of the same thing uses, or a slip of the fingers.
/// Returns the property that was probably meant, or NULL.
static const Property *report_unknown(Compilation *compilation, Node *member,
                                      const MemberContext *context, const MemberSet *set) {
    Span span = node_name_span(compilation, member);
    if (context->construct && context->block &&
        construct_attribute(context->construct, member->name)) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_ATTRIBUTE_WRITTEN,
                                                span, member->name->text, context->owner, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "others read it as a member of the resource: `name.%s`",
                        member->name->text);
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE,
                       edit_removal(compilation, member), "", "take it out");
        return NULL;
    }
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_PROPERTY, span,
                                            member->name->text, context->owner, NULL);
    Similar similar;
    similar_begin(&similar, member->name->text);
    similar_allow_longer(&similar);
    for (size_t i = 0; i < context->count; i++) {
        if (context->properties[i].type->kind != TYPE_NEVER) {
            similar_offer(&similar, context->properties[i].name->text);
        }
    }
    const char *best = similar_best(&similar);
    if (best) {
        int index = find_property(context, names_of(compilation->names, best));
        /* What is written already is hardly what was meant. */
        bool taken = index >= 0 && set->written[index];
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a property with a similar name exists: `%s`", best);
        if (!(member->flags & NODE_SHORTHAND)) {
            diagnostic_fix(compilation->diagnostics, diagnostic,
                           taken ? FIX_MAYBE : similar_certainty(&similar), span, best,
                           "replace with `%s`", best);
        }
        return index < 0 ? NULL : &context->properties[index];
    }
    g_autoptr(GPtrArray) listed = g_ptr_array_new();
    for (size_t i = 0; i < context->count; i++) {
        if (context->properties[i].type->kind != TYPE_NEVER) {
            g_ptr_array_add(listed, (gpointer)context->properties[i].name->text);
        }
    }
    if (compilation->program->lost_import && context->construct) { /* it may be declared there */
        diagnostic_hide(compilation->diagnostics, diagnostic);
    } else if (listed->len && listed->len <= MOST_ALTERNATIVES) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s has %s", context->owner,
                        similar_list(compilation->arena, member->name->text, listed));
    } else if (context->construct) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`depotc stdlib %s` lists its properties", context->owner);
    }
    return NULL;
}

static void report_forbidden(Compilation *compilation, const Node *member,
                             const MemberContext *context, const Property *property) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FORBIDDEN_PROPERTY,
                                            node_name_span(compilation, member),
                                            property->name->text, context->owner, NULL);
    Source *source = compilation_source(compilation, property->node->file);
    const char *why = node_doc(property->node, source, compilation->arena);
    if (why) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s",
                        report_sentence(compilation, why));
    }
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE,
                   edit_removal(compilation, member), "", "take it out");
}

static void check_deprecated(Compilation *compilation, const Node *member,
                             const MemberContext *context, const Property *property) {
    const Node *mark = decorator_find(node_decorators(property->node), "deprecated");
    if (mark) {
        report_deprecated(compilation, node_name_span(compilation, member), property->name->text,
                          mark, context->members);
    }
}

static void check_property(Compilation *compilation, Node *member, Scope *scope,
                           const MemberContext *context, MemberSet *set) {
    int index = find_property(context, member->name);
    if (index < 0 && !context->further) {
        const Property *meant = report_unknown(compilation, member, context, set);
        member->flags |= NODE_BAD;
        /* What was misspelled is not missing too. */
        if (meant && !set->written[meant - context->properties]) {
            set->written[meant - context->properties] = member;
        }
        /* Without a property there is no telling what the value should be; names in it are used.
         * In short form one word is name and value. */
        const bool mute = !meant || member->flags & NODE_SHORTHAND;
        if (mute) {
            diagnostics_mute(compilation->diagnostics);
        }
        const Node *outer = compilation->program->member;
        compilation->program->member = member;
        check_infer(compilation, member->b, scope, meant ? meant->type : NULL);
        compilation->program->member = outer;
        if (mute) {
            diagnostics_unmute(compilation->diagnostics);
        }
        return;
    }
    const Property *property = index < 0 ? NULL : &context->properties[index];
    const Type *type = property ? property->type : context->further;
    if (property && type->kind == TYPE_NEVER) {
        report_forbidden(compilation, member, context, property);
        member->flags |= NODE_BAD;
        return;
    }
    if (property && set->written[index] && set->written[index]->kind == NODE_PROPERTY) {
        report_duplicate_property(compilation, member, set->written[index]);
        member->flags |= NODE_BAD;
        return;
    }
    if (property) {
        set->written[index] = member;
        check_deprecated(compilation, member, context, property);
    }
    member->bound = (void *)property;
    const Node *outer = compilation->program->member;
    compilation->program->member = member;
    if (!check_against(compilation, member->b, scope, type,
                       report_quoted(compilation, member->name),
                       property ? property->node : NULL)) {
        member->flags |= NODE_BAD;
    } else if (property) {
        style_check_default(compilation, member, context, property);
    }
    compilation->program->member = outer;
}

/// The properties, none of them required: what a literal that is spread may hold.
static const Type *partial_type(Compilation *compilation, const MemberContext *context) {
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_OBJECT, .count = context->count, .element = context->further};
    type->properties = arena_array(compilation->arena, Property, context->count);
    for (size_t i = 0; i < context->count; i++) {
        type->properties[i] = context->properties[i];
        type->properties[i].optional = true;
    }
    return type;
}

/// A spread object of known shape is held against the properties one by one.
static void check_spread(Compilation *compilation, Node *member, Scope *scope,
                         const MemberContext *context, MemberSet *set) {
    Type wanted = {.kind = TYPE_OBJECT,
                   .properties = (Property *)context->properties,
                   .count = context->count,
                   .element = context->further};
    bool literal = member->a->kind == NODE_OBJECT || member->a->kind == NODE_CONDITIONAL;
    const Type *partial = literal ? partial_type(compilation, context) : NULL;
    const Type *type = type_strip(check_infer(compilation, member->a, scope, partial));
    if (type == partial) { /* which of them it holds is seen on its value */
        set->open = true;
        return;
    }
    if (type->kind != TYPE_OBJECT || type->element) {
        set->open = true;
        bool fits = type->kind == TYPE_ANY || type->kind == TYPE_ERROR || type->kind == TYPE_MAP ||
                    type->kind == TYPE_OBJECT || type->kind == TYPE_UNION;
        if (!fits) {
            report_type(compilation, member->a, "an object", type, "the spread value", NULL);
            member->flags |= NODE_BAD;
        }
        return;
    }
    for (size_t i = 0; i < type->count; i++) {
        const Property *given = &type->properties[i];
        const Property *known = type_property(&wanted, given->name);
        if (!known && !context->further) {
            Diagnostic *diagnostic =
                diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_PROPERTY,
                               node_span(member->a), given->name->text, context->owner, NULL);
            if (given->node) {
                diagnostic_label(compilation->diagnostics, diagnostic,
                                 node_name_span(compilation, given->node), "it comes from here");
            }
            member->flags |= NODE_BAD;
        } else if (known) {
            /* What it holds is judged on its value: bare members are unknown where it is written.
             */
            if (!set->written[known - context->properties]) {
                set->written[known - context->properties] = member;
            }
        }
    }
}

static bool never_closed(const Compilation *compilation, const Node *node) {
    if (node->kind == NODE_ERROR) {
        return true;
    }
    if (node->kind != NODE_STRING && node->kind != NODE_TEMPLATE) {
        return false;
    }
    char last = compilation_source(compilation, node->file)->text[node->end - 1];
    return last != '"' && last != '\'';
}

void check_member(Compilation *compilation, Node *member, Scope *scope,
                  const MemberContext *context, MemberSet *set) {
    if (member->kind == NODE_SPREAD) {
        check_spread(compilation, member, scope, context, set);
        return;
    }
    if (member->kind == NODE_ERROR) {
        set->open = set->broken = true;
    }
    if (member->kind != NODE_PROPERTY || !member->b) {
        return;
    }
    if (member->flags & NODE_BAD && never_closed(compilation, member->b)) {
        set->open = set->broken = true; /* a syntax error: said already */
        return;
    }
    /* A string that is not closed has swallowed what follows it: nothing can be called missing. */
    if (never_closed(compilation, member->b)) {
        set->open = set->broken = true;
    }
    if (member->name && !member->a) {
        check_property(compilation, member, scope, context, set);
        return;
    }
    if (member->a) {
        check_against(compilation, member->a, scope, &type_string, "the key", NULL);
    }
    check_infer(compilation, member->b, scope, context->further);
    set->open = true;
}

/// Whether property number `index` must be given.
static bool is_required(const MemberContext *context, size_t index) {
    const bool defaulted =
        context->block && context->construct && context->construct->name_property == (int)index;
    return !context->properties[index].optional && !defaulted;
}

/// Puts all that is missing into `braced` at once, to be completed.
static void fix_missing(Compilation *compilation, Diagnostic *diagnostic, const Node *braced,
                        const GPtrArray *missing) {
    g_autoptr(GPtrArray) members = g_ptr_array_new();
    for (guint i = 0; i < missing->len; i++) {
        g_ptr_array_add(members, (void *)placeholder_member(compilation->arena, missing->pdata[i]));
    }
    const EditInsertion insertion =
        edit_insert_members(compilation, braced, (const char *const *)members->pdata, members->len);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_PLACEHOLDER, insertion.place,
                   insertion.text, "add %s, to be completed", missing->len == 1 ? "it" : "them");
}

bool check_missing(Compilation *compilation, const MemberContext *context, const MemberSet *set,
                   Span place, const Node *braced) {
    if (set->open) {
        return true;
    }
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    g_autoptr(GString) list = g_string_new(NULL);
    for (size_t i = 0; i < context->count; i++) {
        if (is_required(context, i) && !set->written[i]) {
            g_string_append_printf(list, "%s`%s`", missing->len > 0 ? ", " : "",
                                   context->properties[i].name->text);
            g_ptr_array_add(missing, (void *)&context->properties[i]);
        }
    }
    if (missing->len == 0) {
        return true;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_MISSING_PROPERTY, place, list->str,
                       context->owner, missing->len == 1 ? "property" : "properties", NULL);
    for (guint i = 0; i < missing->len && missing->len <= MOST_ALTERNATIVES; i++) {
        const Property *one = missing->pdata[i];
        const bool known =
            type_strip(one->type)->kind != TYPE_ERROR; /* told where it is declared */
        diagnostic_help(compilation->diagnostics, diagnostic, "add `%s: …`%s%s", one->name->text,
                        known ? ", " : "", known ? report_wanted_text(compilation, one->type) : "");
    }
    if (braced) {
        fix_missing(compilation, diagnostic, braced, missing);
    }
    return false;
}
