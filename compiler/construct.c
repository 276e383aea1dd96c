/// From the declaration of a construct, and the `extend`s of it, to what the compiler goes by.
#include "extend.h"
#include "type_resolve.h"

#include <glib.h>
#include <string.h>

/// Lets the construct take any properties and have any attributes.
static void construct_open(Arena *arena, Construct *construct) {
    construct->open = true;
    construct->any_attribute = arena_new_object(arena, Attribute);
    construct->any_attribute->type = &type_any;
}

static void add_unique(Arena *arena, Construct *construct, const char *what, const Node *key,
                       size_t property, const Node *node) {
    Unique *unique = arena_new_object(arena, Unique);
    *unique = (Unique){
        .what = what, .key = key, .property = property, .node = node, .next = construct->uniques};
    construct->uniques = unique;
}

/// Takes out the promise that a property made before it was declared again.
static void drop_unique(Construct *construct, size_t property) {
    /* Inherited ones are shared with the base and stay. */
    const Unique *inherited = construct->base ? construct->base->uniques : NULL;
    Unique **at = &construct->uniques;
    while (*at && *at != inherited && ((*at)->key || (*at)->property != property)) {
        at = &(*at)->next;
    }
    if (*at && *at != inherited) {
        *at = (*at)->next;
    }
}

static size_t count_members(const Node *list, NodeKind kind) {
    size_t count = 0;
    for (; list; list = list->next) {
        count += list->kind == kind;
    }
    return count;
}

static const Node *body_of(const Node *declaration) {
    return declaration->b ? declaration->b->a : NULL;
}

/// A property of this name takes the place of an earlier one. `scope`: of its type.
static void add_property(Compilation *compilation, Construct *construct, Node *node, Scope *scope) {
    const Type *type = node->a ? type_resolve(compilation, node->a, scope) : &type_error;
    type = type_narrow(compilation, type, node);
    Property property = {.name = node->name,
                         .type = type,
                         .node = node,
                         .fallback = node->b,
                         .optional =
                             (node->flags & NODE_OPTIONAL) || node->b || type->kind == TYPE_NEVER};
    int known = construct_property(construct, node->name);
    size_t index = known >= 0 ? (size_t)known : construct->property_count++;
    construct->properties[index] = property;
    construct->marks[index] = decorator_marks(node->c);
    if (!strcmp(node->name->text, "name")) {
        construct->name_property = (int)index;
    }
    if (known >= 0) {
        drop_unique(construct, index);
    }
    const Node *unique = decorator_find(node->c, "unique");
    if (unique) {
        add_unique(compilation->arena, construct, node->name->text, NULL, index, unique);
    }
}

static void inherit(Construct *construct, const Construct *base) {
    construct->base = base;
    construct->provides = base->provides;
    construct->container = base->container;
    construct->fixed_id = base->fixed_id;
    construct->file = base->file;
    construct->attributes = base->attributes;
    construct->rules = base->rules;
    construct->clauses = base->clauses;
    construct->resource_attributes = base->resource_attributes;
    construct->attribute_forms = base->attribute_forms;
    construct->depends_name = base->depends_name;
    construct->transform = base->transform;
    construct->uniques = base->uniques;
    construct->property_count = base->property_count;
    construct->name_property = base->name_property;
    if (!base->property_count) {
        return;
    }
    memcpy(construct->properties, base->properties, base->property_count * sizeof(Property));
    memcpy(construct->marks, base->marks, base->property_count * sizeof(uint32_t));
}

static void add_clause(Compilation *compilation, const Node *node, Clause ***last) {
    Clause *clause = arena_new_object(compilation->arena, Clause);
    clause->node = node;
    clause->target = node->name;
    clause->head = node->a && node->a->kind == NODE_STRING
                       ? arena_strndup(compilation->arena, node->a->text, node->a->length)
                       : "";
    clause->at = decorator_text(compilation->arena, decorator_find(node->c, "at"));
    const Node *when = decorator_find(node->c, "when");
    clause->when = when ? when->a : NULL;
    **last = clause;
    *last = &clause->next;
}

/// A clause that stands at the construct's own place and has no head makes a resource of the
/// construct's own type.
static void name_clauses(Construct *construct) {
    for (Clause *clause = construct->clauses; clause && construct->type; clause = clause->next) {
        if (clause->at && !*clause->at && !*clause->head) {
            clause->head = construct->type->text;
        }
    }
}

/// The clauses `own` replace what the construct inherits for the same back ends.
static void merge_clauses(Compilation *compilation, Construct *construct, Clause *own) {
    Clause *merged = NULL, **tail = &merged;
    for (const Clause *clause = construct->clauses; clause; clause = clause->next) {
        bool replaced = false;
        for (const Clause *mine = own; mine; mine = mine->next) {
            replaced = replaced || mine->target == clause->target;
        }
        if (replaced) {
            continue;
        }
        Clause *copy = arena_new_object(compilation->arena, Clause);
        *copy = *clause;
        copy->mentions = NULL; /* properties have other numbers there */
        copy->next = NULL;
        *tail = copy;
        tail = &copy->next;
    }
    *tail = own;
    construct->clauses = merged;
    name_clauses(construct);
}

static void add_clauses(Compilation *compilation, Construct *construct, const Node *declaration) {
    Clause *own = NULL, **last = &own;
    for (const Node *node = body_of(declaration); node; node = node->next) {
        if (node->kind == NODE_CLAUSE && !(node->flags & NODE_BAD)) {
            add_clause(compilation, node, &last);
        }
    }
    merge_clauses(compilation, construct, own);
}

/// In the place of its own earlier one of this name, else behind its own earlier ones, before those
/// that it inherits, which it may hide.
static void add_attribute(Compilation *compilation, Construct *construct, Node *node,
                          const Layer *layer) {
    const Attribute *inherited = construct->base ? construct->base->attributes : NULL;
    Attribute **last = &construct->attributes;
    while (*last && *last != inherited && (*last)->name != node->name) {
        last = &(*last)->next;
    }
    const Attribute *known = construct_attribute(construct, node->name);
    if (known && layer->node->flags & NODE_EXTEND) {
        node = extend_attribute(compilation, known->node, node);
    }
    Attribute *attribute = arena_new_object(compilation->arena, Attribute);
    *attribute = (Attribute){.name = node->name, .node = node};
    attribute->type = type_resolve(compilation, node->a, layer->scope);
    attribute->next = *last && *last != inherited ? (*last)->next : *last;
    *last = attribute;
}

static Severity rule_severity(const Node *rule) {
    return decorator_find(rule->c, "warning") ? SEVERITY_WARNING
           : decorator_find(rule->c, "note")  ? SEVERITY_NOTE
                                              : SEVERITY_ERROR;
}

Rule *rule_new(Compilation *compilation, const Node *node) {
    const Node *id = node->a ? node->a->a : NULL;
    if (!id || id->kind != NODE_STRING || node->flags & NODE_BAD) {
        return NULL;
    }
    Rule *rule = arena_new_object(compilation->arena, Rule);
    *rule = (Rule){.node = node, .severity = rule_severity(node)};
    rule->code = arena_strndup(compilation->arena, id->text, id->length);
    return rule;
}

static void add_member(Compilation *compilation, Construct *construct, Node *node,
                       const Layer *layer) {
    if (node->flags & NODE_BAD) {
        return;
    }
    if (node->kind == NODE_ATTRIBUTE) {
        add_attribute(compilation, construct, node, layer);
    } else if (node->kind == NODE_RULE) {
        Rule *rule = rule_new(compilation, node);
        if (rule) {
            rule->next = construct->rules;
            construct->rules = rule;
        }
    }
}

/// The names that expressions of the construct may use.
static void declare_names(Compilation *compilation, Construct *construct, Scope *scope) {
    static const struct {
        const char *name;
        SymbolKind kind;
    } fixed[] = {{"self", SYMBOL_SELF}, {"rest", SYMBOL_REST}, {"null", SYMBOL_NULL}};
    for (size_t i = 0; i < construct->property_count; i++) {
        Property *property = &construct->properties[i];
        Symbol *symbol =
            scope_add(compilation, scope, SYMBOL_PROPERTY, property->name, (Node *)property->node);
        symbol->property = i;
        symbol->state = STATE_DONE;
        symbol->type = property->type;
        property->symbol = symbol;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++) {
        const Name *name = names_of(compilation->names, fixed[i].name);
        if (scope_find_here(scope, name)) {
            continue;
        }
        Symbol *symbol = scope_add(compilation, scope, fixed[i].kind, name, NULL);
        symbol->state = STATE_DONE;
        symbol->type = &type_any;
        if (fixed[i].kind == SYMBOL_SELF) {
            Type *type = arena_new_object(compilation->arena, Type);
            *type = (Type){.kind = TYPE_REFERENCE, .name = construct->kind, .construct = construct};
            symbol->type = type;
        }
    }
}

/// What says how a construct speaks of things that it does not declare one by one.
static void read_openness(Compilation *compilation, Construct *construct) {
    const Node *node = construct->node;
    const Node *attributes = decorator_find(node->c, "attributes");
    const Node *forms = decorator_find(node->c, "attributeForms");
    const char *depends = decorator_text(compilation->arena, decorator_find(node->c, "dependsOn"));
    const Node *open = decorator_find(node->c, "open");
    if (attributes) {
        construct->resource_attributes = attributes->a;
    }
    if (forms) {
        construct->attribute_forms = forms->a;
    }
    const char *transform =
        decorator_text(compilation->arena, decorator_find(node->c, "transform"));
    construct->transform = transform ? transform : construct->transform;
    if (depends) {
        construct->depends_name = names_of(compilation->names, depends);
    }
    if (open && open->a) {
        construct->families = open->a;
    } else if (open) {
        construct_open(compilation->arena, construct);
    }
}

static void read_decorators(Compilation *compilation, Construct *construct) {
    const Node *decorators = construct->node->c;
    if (decorator_find(decorators, "container")) {
        construct->container = true;
    }
    if (decorator_find(decorators, "provides")) {
        construct->provides = true;
    }
    construct->deprecated = decorator_find(decorators, "deprecated");
    const char *file = decorator_text(compilation->arena, decorator_find(decorators, "file"));
    construct->file = file ? file : construct->file;
    read_openness(compilation, construct);
    const char *id = decorator_text(compilation->arena, decorator_find(decorators, "id"));
    if (id) {
        construct->fixed_id = id;
    }
    for (const Node *mark = decorators; mark; mark = mark->next) {
        if (mark->name && !strcmp(mark->name->text, "unique") && mark->a && mark->a->next) {
            add_unique(compilation->arena, construct, decorator_text(compilation->arena, mark),
                       mark->a->next, 0, mark);
        }
    }
}

/// What one or several `extend`s make of a property.
typedef struct Change {
    Node *node;
    Scope *scope; ///< of its type
} Change;

static int by_name(const void *left, const void *right) {
    const Change *a = left, *b = right;
    return strcmp(a->node->name->text, b->node->name->text);
}

/// Merges a property of an `extend` into what there is of it.
static void change_property(Compilation *compilation, Construct *construct, Node *node,
                            Scope *scope, GArray *changes) {
    Change *known = NULL;
    for (guint i = 0; i < changes->len && !known; i++) {
        Change *one = &g_array_index(changes, Change, i);
        known = one->node->name == node->name ? one : NULL;
    }
    if (known) {
        known->node = extend_property(compilation, known->node, node);
        known->scope = node->a ? scope : known->scope;
        return;
    }
    const int index = construct_property(construct, node->name);
    Change change = {node, scope};
    if (index >= 0) {
        const Node *old = construct->properties[index].node;
        change.node = extend_property(compilation, old, node);
        change.scope = node->a ? scope : construct->scope; /* the type is known already */
    } else if (!node->a) {
        return; /* said by check_library */
    }
    g_array_append_val(changes, change);
}

/// Properties that `extend`s add stand behind the others, by name: it does not matter in which file
/// and in which order they are added.
static void extend_properties(Compilation *compilation, Construct *construct) {
    if (!construct->layers || !construct->layers->next) {
        return;
    }
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(Change));
    for (const Layer *layer = construct->layers->next; layer; layer = layer->next) {
        for (const Node *node = body_of(layer->node); node; node = node->next) {
            if (node->kind == NODE_PROPERTY_DECL && !(node->flags & NODE_BAD)) {
                change_property(compilation, construct, (Node *)node, layer->scope, changes);
            }
        }
    }
    g_array_sort(changes, by_name);
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        add_property(compilation, construct, change->node, change->scope);
    }
    g_array_free(changes, TRUE);
}

static Layer *add_layer(Compilation *compilation, Construct *construct, Node *node,
                        Source *source) {
    Layer *layer = arena_new_object(compilation->arena, Layer);
    *layer = (Layer){.node = node};
    layer->scope =
        scope_new(compilation, SCOPE_LIBRARY, scope_of_file(compilation, source), source);
    layer->scope->construct = construct;
    Layer **last = &construct->layers;
    while (*last) {
        last = &(*last)->next;
    }
    *last = layer;
    return layer;
}

/// The declaration with the decorators of the `extend`s, and the first doc comment there is.
static void merge_declaration(Compilation *compilation, Construct *construct) {
    const Node *own = construct->node;
    Node *merged = NULL;
    for (const Layer *layer = construct->layers->next; layer; layer = layer->next) {
        if (!layer->node->c) {
            continue;
        }
        if (!merged) {
            merged = arena_new_object(compilation->arena, Node);
            *merged = *own;
        }
        merged->c = extend_decorators(compilation->arena, merged->c, layer->node->c, false);
        construct->node = merged;
    }
}

void construct_begin(Compilation *compilation, Construct *construct, const Extension *extensions) {
    Layer *own = add_layer(compilation, construct, (Node *)construct->node, construct->source);
    construct->scope = own->scope;
    for (; extensions; extensions = extensions->next) {
        if (!(extensions->node->flags & NODE_BAD)) {
            add_layer(compilation, construct, extensions->node, extensions->source);
        }
    }
    merge_declaration(compilation, construct);
}

void construct_fill(Compilation *compilation, Construct *construct, const Construct *base) {
    size_t most = base ? base->property_count : 0;
    for (const Layer *layer = construct->layers; layer; layer = layer->next) {
        most += count_members(body_of(layer->node), NODE_PROPERTY_DECL);
    }
    construct->properties = arena_array(compilation->arena, Property, most);
    construct->marks = arena_array(compilation->arena, uint32_t, most);
    construct->name_property = -1;
    if (base) {
        inherit(construct, base);
    }
    read_decorators(compilation, construct);
    for (const Node *node = body_of(construct->node); node; node = node->next) {
        if (node->kind == NODE_PROPERTY_DECL && node->name) {
            add_property(compilation, construct, (Node *)node, construct->scope);
        }
    }
    extend_properties(compilation, construct);
    for (const Layer *layer = construct->layers; layer; layer = layer->next) {
        declare_names(compilation, construct, layer->scope);
        for (const Node *node = body_of(layer->node); node; node = node->next) {
            add_member(compilation, construct, (Node *)node, layer);
        }
        add_clauses(compilation, construct, layer->node);
    }
    construct->abstract = !construct->clauses || construct->families;
}

void construct_fill_open(Compilation *compilation, Construct *construct, const Construct *base) {
    construct->properties = arena_array(compilation->arena, Property, base->property_count);
    construct->marks = arena_array(compilation->arena, uint32_t, base->property_count);
    inherit(construct, base);
    merge_clauses(compilation, construct, NULL);
    construct_open(compilation->arena, construct);
}

Span declaration_span(const Compilation *compilation, const Node *node) {
    const Source *source = compilation_source(compilation, node->file);
    uint32_t i = source_token_at(source, node->start);
    const Token *tokens = source->tokens;
    const uint32_t body = node->kind == NODE_TYPE ? node->a->start : node->b->start;
    /* Decorators may stand before it; the name is what follows the last keyword. */
    uint32_t first = i;
    for (; i < source->token_count && tokens[i].start < body; i++) {
        if (token_class(tokens[i].kind) == CLASS_KEYWORD) {
            first = i + 1;
        }
    }
    Span span = {node->file, tokens[first].start, tokens[first].end};
    for (i = first; i < source->token_count && tokens[i].start < body; i++) {
        const bool part = token_class(tokens[i].kind) == CLASS_NAME || tokens[i].kind == TOK_DOT ||
                          tokens[i].kind == TOK_COLON || tokens[i].kind == TOK_STRING;
        if (!part) {
            break;
        }
        span.end = tokens[i].end;
    }
    return span;
}

/// Whether a form is about what a clause makes: `ref()`, `att("Arn")`.
static bool needs_clause(const Node *form) {
    const Node *callee = form && form->kind == NODE_CALL ? form->a : NULL;
    const char *name = callee && callee->kind == NODE_NAME ? callee->name->text : "";
    static const char *const about[] = {"ref", "att", "logicalId", "member"};
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(about); i++) {
        found = found || !strcmp(name, about[i]);
    }
    return found;
}

bool construct_written(const Construct *construct, const char *target) {
    for (const Clause *clause = construct->clauses; clause; clause = clause->next) {
        if (!strcmp(clause->target->text, target)) {
            return true;
        }
    }
    for (const Attribute *one = construct->attributes; one; one = one->next) {
        const Node *form = one->node && one->node->b ? one->node->b->a : NULL;
        for (; form && !strcmp(one->name->text, "id"); form = form->next) {
            if (form->name && !strcmp(form->name->text, target)) {
                return !needs_clause(form->b);
            }
        }
    }
    return false;
}

bool construct_is(const Construct *construct, const Construct *ancestor) {
    for (; construct; construct = construct->base) {
        if (construct == ancestor) {
            return true;
        }
    }
    return false;
}

int construct_property(const Construct *construct, const Name *name) {
    for (size_t i = 0; i < construct->property_count; i++) {
        if (construct->properties[i].name == name) {
            return (int)i;
        }
    }
    return -1;
}

char *construct_attributes_text(Arena *arena, const Construct *construct, const char *name) {
    enum { SHOWN = 6 };
    char *text = NULL;
    size_t count = 0;
    /* What all types of the kind have is asked for most. */
    for (int own = 0; own < 2; own++) {
        const Attribute *one = construct->attributes;
        for (; one && count < SHOWN; one = one->next) {
            if ((one->node->file == construct->node->file) == own) {
                text = arena_printf(arena, "%s%s`%s.%s`", count ? text : "", count ? ", " : "",
                                    name, one->name->text);
                count++;
            }
        }
    }
    return text;
}

bool construct_is_depends(const Construct *construct, const Name *name) {
    return name == construct->depends_name || !strcmp(name->text, "dependsOn");
}

const Attribute *construct_attribute(const Construct *construct, const Name *name) {
    for (const Attribute *attribute = construct->attributes; attribute;
         attribute = attribute->next) {
        if (attribute->name == name) {
            return attribute;
        }
    }
    int index = construct->open ? construct_property(construct, name) : -1;
    bool declared = index >= 0 && construct->properties[index].node->kind == NODE_PROPERTY_DECL;
    return declared ? NULL : construct->any_attribute;
}

const char *construct_offers(const Construct *construct) {
    return construct->module ? "output" : "property or attribute";
}

const Construct *construct_with_properties(Arena *arena, const Construct *construct,
                                           const Name *const *names, size_t count) {
    size_t own = construct->property_count;
    Construct *copy = arena_new_object(arena, Construct);
    *copy = *construct;
    copy->base = construct;
    copy->properties = arena_array(arena, Property, own + count);
    copy->marks = arena_array(arena, uint32_t, own + count);
    if (own) {
        memcpy(copy->properties, construct->properties, own * sizeof(Property));
        memcpy(copy->marks, construct->marks, own * sizeof(uint32_t));
    }
    for (size_t i = 0; i < count; i++) {
        copy->properties[own + i] = (Property){
            .name = names[i], .type = &type_any, .node = construct->node, .optional = true};
    }
    copy->property_count += count;
    return copy;
}
