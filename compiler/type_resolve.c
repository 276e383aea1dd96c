#include "type_resolve.h"

#include "check.h"
#include "check_foreign.h"
#include "eval.h"
#include "library.h"
#include "program.h"
#include "user_library.h"

#include <glib.h>
#include <string.h>

static double number_of(const Node *node, double otherwise) {
    if (!node) {
        return otherwise;
    }
    if (node->kind == NODE_UNARY) {
        return -number_of(node->a, otherwise);
    }
    if (node->kind == NODE_INTEGER) {
        return (double)node->integer;
    }
    return node->kind == NODE_DECIMAL ? node->number : otherwise;
}

/// The constraints that decorators express, or NULL.
static Constraint *constraints_of(Compilation *compilation, const Node *decorators) {
    static const struct {
        const char *name;
        ConstraintKind kind;
    } known[] = {{"pattern", CONSTRAINT_PATTERN}, {"length", CONSTRAINT_LENGTH},
                 {"range", CONSTRAINT_RANGE},     {"format", CONSTRAINT_FORMAT},
                 {"known", CONSTRAINT_KNOWN},     {"words", CONSTRAINT_WORDS}};
    const bool documented = decorator_find(decorators, "documented") != NULL;
    Constraint *first = NULL, **last = &first;
    for (const Node *node = decorators; node; node = node->next) {
        for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
            if (!node->name || strcmp(node->name->text, known[i].name) != 0) {
                continue;
            }
            Constraint *constraint = arena_new_object(compilation->arena, Constraint);
            constraint->node = node;
            constraint->kind = known[i].kind;
            constraint->documented = documented;
            constraint->text = decorator_text(compilation->arena, node);
            constraint->minimum = number_of(node->a, -G_MAXDOUBLE);
            constraint->maximum = number_of(node->a ? node->a->next : NULL, G_MAXDOUBLE);
            *last = constraint;
            last = &constraint->next;
        }
    }
    return first;
}

static void find_narrowed(const Type *type, void *data) {
    bool *kinds = data;
    const bool literal = type->kind == TYPE_LITERAL;
    const bool text = literal && type->literal->kind == VALUE_STRING;
    kinds[literal ? (text ? TYPE_STRING : TYPE_NUMBER) : type->kind] = true;
}

/// Reports decorators that narrow no value of `type`, such as a range of texts.
static void check_narrowing(Compilation *compilation, const Type *type,
                            const Constraint *constraints) {
    bool kinds[TYPE_NAMED + 1] = {false};
    type_each_alternative(type, find_narrowed, kinds);
    const bool numbers = kinds[TYPE_INT] || kinds[TYPE_NUMBER];
    const bool others = kinds[TYPE_STRING] || kinds[TYPE_LIST] || kinds[TYPE_MAP];
    const bool certain = (numbers || others || kinds[TYPE_BOOL]) && !kinds[TYPE_ANY] &&
                         !kinds[TYPE_ERROR] && !kinds[TYPE_REFERENCE] && !kinds[TYPE_SECRET];
    for (const Constraint *one = certain ? constraints : NULL; one; one = one->next) {
        const bool range = one->kind == CONSTRAINT_RANGE;
        const bool known = range || one->kind == CONSTRAINT_PATTERN ||
                           one->kind == CONSTRAINT_LENGTH || one->kind == CONSTRAINT_FORMAT;
        if (!known || (range ? numbers : others)) {
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_DECORATOR_TARGET,
                                                node_span(one->node), one->node->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "`@%s` narrows %s, and this is `%s`",
                        one->node->name->text,
                        range                            ? "numbers"
                        : one->kind == CONSTRAINT_LENGTH ? "texts and lists"
                                                         : "texts",
                        type_text(compilation->arena, type));
        decorator_offer_removal(compilation, diagnostic, one->node);
    }
}

static bool of_user(Compilation *compilation, const Node *node) {
    return !compilation_source(compilation, node->file)->library;
}

const Type *type_narrow(Compilation *compilation, const Type *type, const Node *node) {
    Constraint *constraints = constraints_of(compilation, node->c);
    if (!constraints) {
        return type;
    }
    if (of_user(compilation, node)) {
        check_narrowing(compilation, type, constraints);
    }
    Type *narrowed = arena_new_object(compilation->arena, Type);
    *narrowed = (Type){.kind = TYPE_NAMED,
                       .constrained = true,
                       .element = type,
                       .node = node,
                       .constraints = constraints};
    narrowed->name = names_of(compilation->names, type_text(compilation->arena, type));
    return narrowed;
}

static const Type *with_symbol(Compilation *compilation, Type *type) {
    Symbol *symbol = arena_new_object(compilation->arena, Symbol);
    *symbol = (Symbol){.kind = SYMBOL_MEMBER,
                       .state = STATE_DONE,
                       .used = true,
                       .name = type->name,
                       .member = type};
    symbol->type = type;
    type->symbol = symbol;
    return type;
}

static const Type *new_member(Compilation *compilation, const Node *node, const Type *owner) {
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_MEMBER, .name = node->name, .node = node, .owner = owner};
    return with_symbol(compilation, type);
}

static size_t fill_properties(Compilation *compilation, Node *list, Scope *scope,
                              Property **properties, bool *constrained) {
    size_t count = 0;
    for (const Node *node = list; node; node = node->next) {
        count += node->kind == NODE_PROPERTY_DECL;
    }
    *properties = arena_array(compilation->arena, Property, count);
    size_t i = 0;
    for (Node *node = list; node; node = node->next) {
        if (node->kind != NODE_PROPERTY_DECL) {
            continue;
        }
        const Type *type = type_resolve(compilation, node->a, scope);
        type = type_narrow(compilation, type, node);
        bool user = !compilation_source(compilation, node->file)->library;
        if (user) {
            check_decorators(compilation, node);
        }
        if (node->b && user) {
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_DEFAULT_PLACE,
                                                    node_span(node->b), NULL);
            const Span gone = {node->file, node->a->end, node->b->end};
            diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, gone, "",
                           "take it out");
        }
        *constrained = *constrained || type->constrained;
        (*properties)[i++] = (Property){.name = node->name,
                                        .type = type,
                                        .node = node,
                                        .fallback = node->b,
                                        .optional = (node->flags & NODE_OPTIONAL) || node->b};
    }
    return count;
}

static const Type *resolve(Compilation *compilation, Node *node, Scope *scope, const Type *owner,
                           bool in_union);

static const Type *resolve_object(Compilation *compilation, Node *node, Scope *scope) {
    if (!node->a && node->b) {
        return type_map(compilation->arena, type_resolve(compilation, node->b, scope));
    }
    Type *type = arena_new_object(compilation->arena, Type);
    type->kind = TYPE_OBJECT;
    type->node = node;
    type->constrained = true; /* values take the order of the declaration */
    type->count =
        fill_properties(compilation, node->a, scope, &type->properties, &type->constrained);
    if (node->b) {
        type->element = type_resolve(compilation, node->b, scope);
    }
    return type;
}

static const Type *resolve_case(Compilation *compilation, Node *node, Scope *scope,
                                const Type *owner) {
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){
        .kind = TYPE_CASE, .name = node->name, .node = node, .owner = owner, .constrained = true};
    bool constrained = false;
    type->count = fill_properties(compilation, node->a, scope, &type->properties, &constrained);
    return with_symbol(compilation, type);
}

static const Type *resolve_union(Compilation *compilation, Node *node, Scope *scope,
                                 const Type *owner) {
    Type *type = arena_new_object(compilation->arena, Type);
    type->kind = TYPE_UNION;
    type->node = node;
    for (const Node *one = node->a; one; one = one->next) {
        type->count++;
    }
    type->alternatives = arena_array(compilation->arena, const Type *, type->count);
    size_t i = 0;
    for (Node *one = node->a; one; one = one->next) {
        const Type *alternative = resolve(compilation, one, scope, owner ? owner : type, true);
        type->constrained = type->constrained || alternative->constrained;
        type->alternatives[i++] = alternative;
    }
    return type;
}

static const Type *plain_type(const Name *name) {
    static const struct {
        const char *name;
        const Type *type;
    } plain[] = {{"string", &type_string}, {"int", &type_int},      {"number", &type_number},
                 {"bool", &type_bool},     {"any", &type_any},      {"secret", &type_secret},
                 {"never", &type_never},   {"boolean", &type_bool}, {"deployed", &type_deployed}};
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        if (!strcmp(name->text, plain[i].name)) {
            return plain[i].type;
        }
    }
    return NULL;
}

/// `location`, `location.X`: a reference to a resource.
static const Type *reference_type(Compilation *compilation, const Name *name) {
    const char *dot = strchr(name->text, '.');
    size_t length = dot ? (size_t)(dot - name->text) : name->length;
    const Name *kind = names_intern(compilation->names, name->text, length);
    if (!library_has_kind(compilation->library, kind)) {
        return NULL;
    }
    const Construct *construct = NULL;
    if (dot) {
        construct = library_construct(compilation->library, kind,
                                      names_of(compilation->names, dot + 1), false);
        if (!construct) {
            return NULL;
        }
    }
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_REFERENCE, .name = kind, .construct = construct};
    return type;
}

static Type *new_named(Compilation *compilation, Node *declaration);
static bool may_recur(const Compilation *compilation, const Node *declaration);
static void fill_named(Compilation *compilation, Type *type, Scope *scope);

const Type *type_of_symbol(Compilation *compilation, Symbol *symbol) {
    Symbol *target = symbol_target(symbol);
    if (!target) {
        return &type_error;
    }
    if (target->kind != SYMBOL_TYPE) {
        return NULL;
    }
    target->used = true;
    Program *program = compilation->program;
    if (target->state == STATE_BUSY && target->type) {
        return target->type; /* an object of the library may hold others of its type */
    }
    if (target->state == STATE_BUSY || program->busy_count >= EVAL_MAX_DEPTH) {
        check_report_cycle(compilation, target, DIAG_TYPE_CYCLE);
        return &type_error;
    }
    if (target->state == STATE_NEW) {
        target->state = STATE_BUSY;
        program->busy[program->busy_count++] = target;
        Type *type = new_named(compilation, target->node);
        if (may_recur(compilation, target->node)) {
            target->type = type;
        }
        fill_named(compilation, type, target->scope);
        target->type = type;
        program->busy_count--;
        target->state = STATE_DONE;
    }
    return target->type;
}

/// `Type.case`: one alternative of a named type.
static const Type *alternative_type(Compilation *compilation, const Name *name, Scope *scope) {
    const char *dot = strrchr(name->text, '.');
    if (!dot) {
        return NULL;
    }
    const Name *owner = names_intern(compilation->names, name->text, (size_t)(dot - name->text));
    Symbol *symbol = scope_find(scope, owner);
    const Type *type = symbol ? type_of_symbol(compilation, symbol) : NULL;
    type = type ? type : library_type(compilation->library, owner);
    return type ? type_find_member(type, names_of(compilation->names, dot + 1)) : NULL;
}

static void offer_types(Compilation *compilation, const Scope *scope, Similar *similar) {
    static const char *const plain[] = {"string", "int", "number", "bool", "any", "secret"};
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        similar_offer(similar, plain[i]);
    }
    for (; scope; scope = scope->outer) {
        for (const Symbol *symbol = scope->first; symbol; symbol = symbol->next) {
            if (symbol->kind == SYMBOL_TYPE) {
                similar_offer(similar, symbol->name->text);
            }
        }
    }
    library_offer(compilation->library, "type ", similar);
    library_offer(compilation->library, "construct ", similar);
}

/// `owner`: the type that is declared as nothing but `node`, or NULL.
static const Type *unknown_type(Compilation *compilation, Node *node, const Scope *scope,
                                const Type *owner) {
    Similar similar;
    similar_begin(&similar, node->name->text);
    offer_types(compilation, scope, &similar);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_TYPE,
                                            node_span(node), node->name->text, NULL);
    if (foreign_type(compilation, diagnostic, node->name->text, node_span(node))) {
        return &type_error;
    }
    const char *best = similar_best(&similar);
    if (best) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a type with a similar name exists: `%s`", best);
        diagnostic_fix(compilation->diagnostics, diagnostic, similar_certainty(&similar),
                       node_span(node), best, "replace with `%s`", best);
    } else if (owner && owner->node && owner->node->a == node) {
        Span before = node_span(node);
        before.end = before.start;
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a type with this word as its only value is written `| %s`",
                        node->name->text);
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, before, "| ",
                       "make it a value");
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "types are `string`, `int`, `number`, `bool`, `any`, what a `type` or the "
                        "library declares, and kinds of resources");
    }
    return &type_error;
}

/// `x.Name`, where x is `import * as x`: the type that the file declares.
static const Type *type_of_file(Compilation *compilation, const Name *name, Scope *scope) {
    const char *dot = strchr(name->text, '.');
    if (!dot) {
        return NULL;
    }
    Symbol *file =
        scope_find(scope, names_intern(compilation->names, name->text, (size_t)(dot - name->text)));
    if (!file || file->kind != SYMBOL_FILE || dot[1] == '_') {
        return NULL;
    }
    file->used = true;
    if (!file->inner) {
        return &type_error; /* the import is broken and reported */
    }
    Symbol *symbol = scope_find_here(file->inner, names_of(compilation->names, dot + 1));
    return symbol ? type_of_symbol(compilation, symbol) : NULL;
}

static const Type *resolve_name(Compilation *compilation, Node *node, Scope *scope,
                                const Type *owner, bool in_union) {
    const Type *type = plain_type(node->name);
    if (type) {
        return type;
    }
    Symbol *symbol = scope_find(scope, node->name);
    if (symbol && (type = type_of_symbol(compilation, symbol))) {
        return type;
    }
    if ((type = type_of_file(compilation, node->name, scope))) {
        return type;
    }
    if ((type = library_type(compilation->library, node->name))) {
        return type;
    }
    if ((type = reference_type(compilation, node->name))) {
        return type;
    }
    if ((type = alternative_type(compilation, node->name, scope))) {
        return type;
    }
    if (in_union && !strchr(node->name->text, '.')) {
        return new_member(compilation, node, owner);
    }
    return unknown_type(compilation, node, scope, owner);
}

static const Type *resolve(Compilation *compilation, Node *node, Scope *scope, const Type *owner,
                           bool in_union) {
    switch (node->kind) {
    case NODE_TYPE_NAME:
        return resolve_name(compilation, node, scope, owner, in_union);
    case NODE_TYPE_LITERAL:
        return type_literal(compilation->arena, value_of_literal(compilation->arena, node->a));
    case NODE_TYPE_LIST:
        return type_list(compilation->arena, resolve(compilation, node->a, scope, NULL, false));
    case NODE_TYPE_OBJECT:
        return resolve_object(compilation, node, scope);
    case NODE_TYPE_CASE:
        return resolve_case(compilation, node, scope, owner);
    case NODE_TYPE_UNION:
        return resolve_union(compilation, node, scope, owner);
    case NODE_TYPE_DECORATED: {
        if (!compilation_source(compilation, node->file)->library) {
            check_decorators(compilation, node);
        }
        const Type *type = resolve(compilation, node->a, scope, owner, in_union);
        if (type->kind == TYPE_MEMBER || type->kind == TYPE_CASE) {
            ((Type *)type)->node = node; /* made just now, by this very call */
        }
        return type;
    }
    default:
        return &type_error;
    }
}

const Type *type_resolve(Compilation *compilation, Node *node, Scope *scope) {
    if (!node) {
        return &type_any;
    }
    if (!node->bound) {
        node->bound = (void *)resolve(compilation, node, scope, NULL, false);
    }
    return node->bound;
}

const Type *type_resolve_alternative(Compilation *compilation, Node *node, Scope *scope,
                                     const Type *owner) {
    return resolve(compilation, node, scope, owner, true);
}

/// `@cdk(symbol("X.Y", …))`: the name that pasted TypeScript writes before a member.
static const char *qualifier_of(Compilation *compilation, const Node *declaration) {
    for (const Node *node = declaration->c; node; node = node->next) {
        if (node->a && node->a->kind == NODE_CALL && node->a->b &&
            node->a->b->kind == NODE_STRING) {
            return arena_strndup(compilation->arena, node->a->b->text, node->a->b->length);
        }
    }
    return NULL;
}

static Type *new_named(Compilation *compilation, Node *declaration) {
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_NAMED, .name = declaration->name, .node = declaration};
    /* What refers to it before it is filled knows this much: objects take the order of the
     * declaration. */
    type->constrained = declaration->a && declaration->a->kind == NODE_TYPE_OBJECT;
    return type;
}

/// Programs' own types are finite; the library describes what others have made.
static bool may_recur(const Compilation *compilation, const Node *declaration) {
    return compilation_source(compilation, declaration->file)->library && declaration->a &&
           declaration->a->kind == NODE_TYPE_OBJECT;
}

static void fill_named(Compilation *compilation, Type *type, Scope *scope) {
    Node *declaration = (Node *)type->node;
    /* A declaration with a single bare member is an enumeration too. */
    type->element = declaration->a ? resolve(compilation, declaration->a, scope, type,
                                             declaration->a->kind == NODE_TYPE_DECORATED ||
                                                 declaration->a->kind == NODE_TYPE_UNION)
                                   : &type_error;
    const Extension *extensions =
        user_library_type_extensions(compilation->user_library, declaration);
    if (extensions) {
        extend_type(compilation, type, extensions);
    }
    type->constraints = constraints_of(compilation, type->node->c);
    if (type->constraints && of_user(compilation, type->node)) {
        check_narrowing(compilation, type->element, type->constraints);
    }
    type->qualifier = qualifier_of(compilation, type->node);
    for (const Node *node = type->node->c; node; node = node->next) {
        type->formed = type->formed || decorator_is_form(node);
    }
    type->constrained = type->constraints || type->formed || type->element->constrained;
}

const Type *type_declare(Compilation *compilation, Node *declaration, Scope *scope) {
    Type *type = new_named(compilation, declaration);
    fill_named(compilation, type, scope);
    return type;
}
