#include "check.h"
#include "schema_depot.h"

#include "builtins.h"
#include "check_names.h"
#include "check_report.h"
#include "check_style.h"
#include "check_test.h"
#include "collection.h"
#include "module.h"
#include "program.h"
#include "type_resolve.h"

#include <glib.h>
#include <string.h>

static const Type *bad(Node *node) {
    node->flags |= NODE_BAD;
    return &type_error;
}

/// What the elements of a list are expected to be, if a list is expected.
static const Type *expected_element(const Type *expected) {
    if (!expected) {
        return NULL;
    }
    expected = type_strip(expected);
    if (expected->kind == TYPE_LIST || expected->kind == TYPE_MAP) {
        return expected->element;
    }
    if (expected->kind == TYPE_UNION) {
        for (size_t i = 0; i < expected->count; i++) {
            const Type *element = expected_element(expected->alternatives[i]);
            if (element) {
                return element;
            }
        }
    }
    return NULL;
}

static const Type *infer_list(Compilation *compilation, Node *node, Scope *scope,
                              const Type *expected) {
    const Type *wanted = expected_element(expected);
    const Type *element = &type_never;
    for (Node *item = node->a; item; item = item->next) {
        if (item->kind != NODE_SPREAD) {
            element = type_join(compilation->arena, element,
                                check_infer(compilation, item, scope, wanted));
            continue;
        }
        const Type *spread = type_strip(check_infer(compilation, item->a, scope, expected));
        if (spread->kind == TYPE_LIST) {
            element = type_join(compilation->arena, element, spread->element);
        } else if (spread->kind == TYPE_ANY || spread->kind == TYPE_ERROR) {
            element = &type_any;
        } else {
            report_type(compilation, item->a, "a list", spread, "the spread value", NULL);
            bad(item);
            element = &type_error;
        }
    }
    return type_list(compilation->arena, element);
}

/// How well an object literal fits one alternative of a union: more is better.
static int object_fit(const Node *node, const Type *type) {
    int fit = 0;
    for (const Node *member = node->a; member; member = member->next) {
        if (member->kind != NODE_PROPERTY || !member->name) {
            continue;
        }
        const Property *property = type_property(type, member->name);
        if (!property) {
            fit -= type->element ? 0 : 2;
            continue;
        }
        fit += 1;
        const Type *literal = type_strip(property->type);
        if (literal->kind == TYPE_LITERAL && literal->literal->kind == VALUE_STRING && member->b &&
            member->b->kind == NODE_STRING) {
            bool same = literal->literal->length == member->b->length &&
                        !memcmp(literal->literal->text, member->b->text, member->b->length);
            fit += same ? 100 : -100; /* the discriminating property decides */
        }
    }
    return fit;
}

typedef struct ObjectSearch {
    const Node *node;
    const Type *best;
    int fit;
    bool map;
} ObjectSearch;

static void search_object(const Type *type, void *data) {
    ObjectSearch *search = data;
    if (type->kind == TYPE_MAP && !search->best) {
        search->best = type;
        search->fit = -1000;
    }
    if (type->kind != TYPE_OBJECT) {
        return;
    }
    int fit = object_fit(search->node, type);
    if (!search->best || fit > search->fit) {
        search->best = type;
        search->fit = fit;
    }
}

static const Type *infer_map(Compilation *compilation, Node *node, Scope *scope,
                             const Type *expected) {
    const Type *element = &type_never;
    for (Node *member = node->a; member; member = member->next) {
        if (member->kind == NODE_SPREAD) {
            check_infer(compilation, member->a, scope, expected);
            element = &type_any;
            continue;
        }
        if (member->kind != NODE_PROPERTY || !member->b) {
            continue;
        }
        if (member->a) {
            check_against(compilation, member->a, scope, &type_string, "the key", NULL);
        }
        const Node *outer = compilation->program->member;
        compilation->program->member = member;
        if (!check_against(compilation, member->b, scope, expected->element,
                           report_quoted(compilation, member->name), expected->node)) {
            bad(member);
        }
        compilation->program->member = outer;
        element = expected->element;
    }
    return element == &type_never ? expected : type_map(compilation->arena, element);
}

/// The type of an object literal that nothing is expected of.
static const Type *infer_free_object(Compilation *compilation, Node *node, Scope *scope) {
    Type *type = arena_new_object(compilation->arena, Type);
    type->kind = TYPE_OBJECT;
    size_t most = 0;
    for (Node *member = node->a; member; member = member->next) {
        most++;
    }
    type->properties = arena_array(compilation->arena, Property, most);
    bool open = false;
    GHashTable *seen = most > 16 ? g_hash_table_new(NULL, NULL) : NULL;
    for (Node *member = node->a; member; member = member->next) {
        if (member->kind == NODE_SPREAD) {
            check_infer(compilation, member->a, scope, NULL);
            open = true;
            continue;
        }
        if (member->kind != NODE_PROPERTY || !member->b) {
            continue;
        }
        if (member->a) {
            check_against(compilation, member->a, scope, &type_string, "the key", NULL);
        }
        const Type *value = check_infer(compilation, member->b, scope, NULL);
        if (!member->name) {
            open = true;
            continue;
        }
        const Property *known = NULL;
        if (seen) {
            known = g_hash_table_lookup(seen, member->name);
        } else {
            known = type_property(type, member->name);
        }
        if (known && !open) {
            report_duplicate_property(compilation, member, known->node);
            bad(member);
            continue;
        }
        Property *property = &type->properties[type->count++];
        *property = (Property){.name = member->name, .type = value, .node = member};
        if (seen) {
            g_hash_table_insert(seen, (gpointer)member->name, property);
        }
    }
    if (seen) {
        g_hash_table_destroy(seen);
    }
    if (open) {
        type->element = &type_any;
    }
    return type;
}

/// Whether the literal has members that the type has not.
static bool has_others(const Node *node, const Type *type) {
    bool others = false;
    for (const Node *member = node->a; member; member = member->next) {
        others = others || (member->name && !type->element && !type_property(type, member->name));
    }
    return others;
}

/// What an object literal is the value of, for messages.
static const char *owner_text(Compilation *compilation, const Node *node) {
    const Node *member = compilation->program->member;
    const Node *value = member ? member->b : NULL;
    if (!value || !member->name || value->file != node->file || node->start < value->start ||
        node->end > value->end) {
        return "this object";
    }
    const char *name = name_quoted(compilation->arena, member->name);
    if (value == node) {
        return name;
    }
    return arena_printf(compilation->arena,
                        value->kind == NODE_LIST ? "an element of %s" : "this object in %s", name);
}

static const Type *infer_object(Compilation *compilation, Node *node, Scope *scope,
                                const Type *expected) {
    ObjectSearch search = {.node = node};
    if (expected) {
        type_each_alternative(expected, search_object, &search);
    }
    /* One object where a list of them belongs: its members are understood all the same. */
    const bool alone = !search.best && expected_element(expected);
    if (alone) {
        type_each_alternative(expected_element(expected), search_object, &search);
    }
    if (!search.best || (alone && has_others(node, search.best))) {
        return infer_free_object(compilation, node, scope);
    }
    if (search.best->kind == TYPE_MAP) {
        return infer_map(compilation, node, scope, search.best);
    }
    const Type *type = search.best;
    MemberContext context = {.properties = type->properties,
                             .count = type->count,
                             .further = type->element,
                             .owner = owner_text(compilation, node),
                             .members = node->a};
    MemberSet set = {.written = arena_array(compilation->arena, const Node *, type->count)};
    for (Node *member = node->a; member; member = member->next) {
        check_member(compilation, member, scope, &context, &set);
    }
    if ((!alone && !check_missing(compilation, &context, &set, node_span(node), node)) ||
        set.broken) {
        bad(node);
    }
    return type;
}

static const Type *loop_types(Compilation *compilation, Node *header, Scope *scope) {
    const Type *over = check_infer(compilation, header->a, scope, NULL);
    const Type *plain = type_strip(over);
    const Type *first = &type_any, *second = &type_any;
    if (plain->kind == TYPE_LIST) {
        first = plain->element;
        if (header->b) {
            first = &type_int;
            second = plain->element;
        }
    } else if (plain->kind == TYPE_MAP || plain->kind == TYPE_OBJECT) {
        first = &type_string;
        second = plain->kind == TYPE_MAP ? plain->element : &type_never;
        for (size_t i = 0; plain->kind == TYPE_OBJECT && i < plain->count; i++) {
            second = type_join(compilation->arena, second, plain->properties[i].type);
        }
        if (plain->kind == TYPE_OBJECT && plain->element) {
            second = &type_any;
        }
    } else if (plain->kind != TYPE_ANY && plain->kind != TYPE_ERROR && plain->kind != TYPE_UNION) {
        Diagnostic *diagnostic = report_type(compilation, header->a, "a list or a map", over,
                                             "what a loop runs over", NULL);
        if (type_is(over, TYPE_INT)) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "`range(count)` is the list of the numbers from 0");
        } else if (type_is(over, TYPE_STRING)) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "`split(text, \",\")` makes a list of text");
        }
        bad(header->a);
        first = second = &type_error;
    }
    Scope *inner = header->bound;
    if (inner->first) {
        inner->first->type = first;
        inner->first->state = STATE_DONE;
        if (header->b && inner->first->next) { // without one, it is a declaration of the body
            inner->first->next->type = second;
            inner->first->next->state = STATE_DONE;
        }
    }
    return first;
}

void check_loop(Compilation *compilation, Node *header, Scope *scope) {
    if (!header->bound) {
        scope_for_header(compilation, scope, header);
    }
    loop_types(compilation, header, scope);
    if (header->c) {
        check_against(compilation, header->c, header->bound, &type_bool, "a condition", NULL);
    }
}

static const Type *infer_list_for(Compilation *compilation, Node *node, Scope *scope,
                                  const Type *expected) {
    check_loop(compilation, node->a, scope);
    return type_list(compilation->arena,
                     check_infer(compilation, node->b, node->a->bound, expected_element(expected)));
}

static const Type *infer_object_for(Compilation *compilation, Node *node, Scope *scope,
                                    const Type *expected) {
    check_loop(compilation, node->a, scope);
    check_against(compilation, node->b, node->a->bound, &type_string, "the key", NULL);
    return type_map(compilation->arena,
                    check_infer(compilation, node->c, node->a->bound, expected_element(expected)));
}

static const Type *member_of_reference(Compilation *compilation, Node *node, const Type *type) {
    const Construct *construct = type->construct;
    if (!construct) {
        construct = library_construct(compilation->library, type->name, NULL, false);
    }
    if (!construct) {
        return &type_any;
    }
    const Attribute *attribute = construct_attribute(construct, node->name);
    if (attribute) {
        return attribute->type;
    }
    int property = construct->module ? -1 : construct_property(construct, node->name);
    if (property >= 0) {
        return construct->properties[property].type;
    }
    const Type *collection = collection_type(compilation, construct, node->name);
    if (collection) {
        return collection;
    }
    /* Which type of its kind it is may only be known once it is built. */
    if (!type->construct && construct->abstract &&
        collection_kind_knows(compilation, construct, node->name)) {
        return &type_any;
    }
    report_unknown_attribute(compilation, node, construct);
    return bad(node);
}

static const Type *member_of(Compilation *compilation, Node *node, const Type *base) {
    const Type *type = type_strip(base);
    switch (type->kind) {
    case TYPE_ANY:
        return &type_any;
    case TYPE_ERROR:
        return bad(node);
    case TYPE_OBJECT: {
        const Property *property = type_property(type, node->name);
        if (property) {
            return property->type;
        }
        if (type->element) {
            return type->element;
        }
        report_no_property(compilation, node, type);
        return bad(node);
    }
    case TYPE_MAP:
        return type->element;
    case TYPE_REFERENCE:
        return member_of_reference(compilation, node, type);
    case TYPE_CASE:
        for (size_t i = 0; i < type->count; i++) {
            if (type->properties[i].name == node->name) {
                return type->properties[i].type;
            }
        }
        return bad(node);
    case TYPE_UNION: {
        const Type *joined = &type_never;
        /* The library asks with `is` first; which alternative it is, its conditions decide. */
        if (compilation_is_lenient(compilation, node)) {
            return &type_any;
        }
        for (size_t i = 0; i < type->count; i++) {
            joined = type_join(compilation->arena, joined,
                               member_of(compilation, node, type->alternatives[i]));
        }
        return joined;
    }
    default:
        report_no_members(compilation, node, base);
        return bad(node);
    }
}

/// A function that is not called, a module that is not used.
static void report_no_value(Compilation *compilation, Node *node, const Symbol *symbol) {
    if (symbol->kind == SYMBOL_MODULE) {
        module_report_value(compilation, node, symbol);
        return;
    }
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FN_VALUE,
                                            node_span(node), symbol->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "call it: `%s(…)`", symbol->name->text);
}

static const Type *infer_member(Compilation *compilation, Node *node, Scope *scope,
                                const Type *expected) {
    bool reported = false;
    Symbol *schema = compilation->program->has_schemas
                         ? schema_named(compilation, node, scope, &reported)
                         : NULL;
    if (schema) {
        node->bound = schema;
        return check_symbol(compilation, schema);
    }
    if (reported) {
        return bad(node);
    }
    Symbol *symbol = check_qualified(compilation, node, scope, expected, &reported);
    if (symbol) {
        style_check_qualifier(compilation, node, scope, expected, symbol);
        node->bound = symbol;
        return symbol->member;
    }
    if (reported) {
        return bad(node);
    }
    if (node->a->kind == NODE_NAME) {
        Symbol *base = check_name(compilation, node->a, scope, NULL);
        if (!base) {
            return bad(node);
        }
        if (base->kind == SYMBOL_FILE) {
            Symbol *member = check_file_member(compilation, node, base);
            node->bound = member;
            if (member && (member->kind == SYMBOL_FN || member->kind == SYMBOL_MODULE)) {
                report_no_value(compilation, node, member);
                return bad(node);
            }
            return member ? check_symbol(compilation, member) : bad(node);
        }
    }
    const Type *base = check_infer(compilation, node->a, scope, NULL);
    const Type *declared = check_test_member(compilation, node, scope, base);
    return declared ? declared : member_of(compilation, node, base);
}

static const Type *infer_index(Compilation *compilation, Node *node, Scope *scope) {
    if (node->a->kind == NODE_NAME) {
        Symbol *symbol = check_name(compilation, node->a, scope, NULL);
        if (!symbol) {
            return bad(node);
        }
        if (symbol->kind == SYMBOL_RESOURCE && symbol->keyed) {
            const Type *type = check_symbol(compilation, symbol);
            if (node->kind == NODE_ALL) {
                return type_list(compilation->arena, type);
            }
            check_infer(compilation, node->b, scope, NULL);
            return type;
        }
    }
    const Type *instances = check_test_keyed(compilation, node, scope);
    if (instances) {
        return instances;
    }
    const Type *base = type_strip(check_infer(compilation, node->a, scope, NULL));
    if (node->kind == NODE_ALL) {
        if (base->kind != TYPE_ANY && base->kind != TYPE_ERROR) {
            report_not_keyed(compilation, node);
        }
        return bad(node);
    }
    const Type *index = check_infer(compilation, node->b, scope, NULL);
    bool text = type_is(index, TYPE_STRING), number = type_is(index, TYPE_INT);
    if (base->kind == TYPE_LIST && (number || index->kind == TYPE_ANY)) {
        return base->element;
    }
    if (base->kind == TYPE_MAP && (text || index->kind == TYPE_ANY)) {
        return base->element;
    }
    if (base->kind == TYPE_OBJECT && text) {
        return &type_any;
    }
    if (base->kind == TYPE_ANY || base->kind == TYPE_ERROR || index->kind == TYPE_ANY ||
        index->kind == TYPE_ERROR) {
        return &type_any;
    }
    if (base->kind == TYPE_LIST || base->kind == TYPE_MAP || base->kind == TYPE_OBJECT) {
        report_type(compilation, node->b, base->kind == TYPE_LIST ? "an int" : "a string", index,
                    "the index", NULL);
    } else {
        report_type(compilation, node->a, "a list or a map", base, "what is indexed", NULL);
    }
    return bad(node);
}

static const Type *infer_unary(Compilation *compilation, Node *node, Scope *scope) {
    if (node->op == TOK_BANG) {
        if (!check_against(compilation, node->a, scope, &type_bool, "the operand of `!`", NULL)) {
            bad(node);
        }
        return &type_bool;
    }
    const Type *type = check_infer(compilation, node->a, scope, NULL);
    if (type_assignable(type, &type_number)) {
        return type_is(type, TYPE_INT) ? &type_int : &type_number;
    }
    report_type(compilation, node->a, "a number", type, "the operand of `-`", NULL);
    return bad(node);
}

static const Type *infer_conditional(Compilation *compilation, Node *node, Scope *scope,
                                     const Type *expected) {
    if (!check_against(compilation, node->a, scope, &type_bool, "a condition", NULL)) {
        bad(node);
    }
    return type_join(compilation->arena, check_infer(compilation, node->b, scope, expected),
                     check_infer(compilation, node->c, scope, expected));
}

static const Type *infer_template(Compilation *compilation, Node *node, Scope *scope) {
    const Type *result = &type_string;
    for (Node *piece = node->a; piece; piece = piece->next) {
        const Type *type = check_infer(compilation, piece, scope, NULL);
        const Type *plain = type_strip(type);
        if (plain->kind == TYPE_SECRET) {
            result = &type_secret;
        } else if (plain->kind == TYPE_LIST || plain->kind == TYPE_OBJECT ||
                   plain->kind == TYPE_MAP || plain->kind == TYPE_REFERENCE) {
            report_interpolation(compilation, piece, type);
            bad(piece);
        }
    }
    return result;
}

static const Type *infer_name(Compilation *compilation, Node *node, Scope *scope,
                              const Type *expected) {
    Symbol *symbol = check_name(compilation, node, scope, expected);
    if (!symbol) {
        return bad(node);
    }
    if (symbol->kind == SYMBOL_MEMBER) {
        if (symbol->member->kind == TYPE_CASE && symbol->member->count) {
            report_case_without_call(compilation, node, symbol->member);
            return bad(node);
        }
        return symbol->member;
    }
    if (symbol->kind == SYMBOL_FILE) {
        report_namespace(compilation, node);
        return bad(node);
    }
    if (symbol->kind == SYMBOL_FN || symbol->kind == SYMBOL_MODULE) {
        report_no_value(compilation, node, symbol);
        return bad(node);
    }
    if (symbol->kind == SYMBOL_RESOURCE && symbol->keyed) {
        report_needs_key(compilation, node, symbol);
        return bad(node);
    }
    const Type *type = check_symbol(compilation, symbol);
    if (type->kind == TYPE_ERROR) {
        bad(node);
    }
    return type;
}

const Type *check_infer(Compilation *compilation, Node *node, Scope *scope, const Type *expected) {
    if (!node) {
        return &type_error;
    }
    switch (node->kind) {
    case NODE_STRING:
    case NODE_INTEGER:
    case NODE_DECIMAL:
    case NODE_BOOL:
        node->bound = (void *)value_of_literal(compilation->arena, node);
        return type_literal(compilation->arena, node->bound);
    case NODE_TEMPLATE:
        return infer_template(compilation, node, scope);
    case NODE_NAME:
        return infer_name(compilation, node, scope, expected);
    case NODE_MEMBER:
        return infer_member(compilation, node, scope, expected);
    case NODE_INDEX:
    case NODE_ALL:
        return infer_index(compilation, node, scope);
    case NODE_CALL:
        return check_call(compilation, node, scope, expected);
    case NODE_UNARY:
        return infer_unary(compilation, node, scope);
    case NODE_BINARY:
        return check_binary(compilation, node, scope, expected);
    case NODE_IS:
        check_infer(compilation, node->a, scope, NULL);
        type_resolve(compilation, node->b, scope);
        return &type_bool;
    case NODE_CONDITIONAL:
        return infer_conditional(compilation, node, scope, expected);
    case NODE_LIST:
        return infer_list(compilation, node, scope, expected);
    case NODE_OBJECT:
        return infer_object(compilation, node, scope, expected);
    case NODE_LIST_FOR:
        return infer_list_for(compilation, node, scope, expected);
    case NODE_OBJECT_FOR:
        return infer_object_for(compilation, node, scope, expected);
    default:
        return bad(node);
    }
}
