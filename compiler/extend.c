/// What `extend` adds: declarations are merged as trees, before types are made of them.
#include "extend.h"

#include "type_resolve.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

void extend_text(Compilation *compilation, const Node *node, GString *out) {
    const Source *source = compilation_source(compilation, node->file);
    for (uint32_t i = source_token_at(source, node->start);
         i < source->token_count && source->tokens[i].start < node->end; i++) {
        const Token *token = &source->tokens[i];
        const TokenClass class = token_class(token->kind);
        if (class == CLASS_TRIVIA || token->end == token->start) {
            continue;
        }
        g_string_append_len(out, source->text + token->start, token->end - token->start);
        g_string_append_c(out, ' ');
    }
}

static Node *copy_node(Arena *arena, const Node *node) {
    Node *copy = arena_new_object(arena, Node);
    *copy = *node;
    copy->next = NULL;
    return copy;
}

static bool is_named(const Node *node, const char *name) {
    return node->name && !strcmp(node->name->text, name);
}

/// What the two say excludes each other: a fact is documented or inferred.
static bool replaces(const Node *more, const Node *old) {
    const bool provenance = is_named(old, "docs") || is_named(old, "inferred");
    return more->name == old->name ||
           (provenance && (is_named(more, "docs") || is_named(more, "inferred")));
}

static bool narrows(const Node *decorator) {
    return is_named(decorator, "pattern") || is_named(decorator, "length") ||
           is_named(decorator, "range") || is_named(decorator, "format") ||
           is_named(decorator, "words") || is_named(decorator, "known") ||
           is_named(decorator, "documented");
}

Node *extend_decorators(Arena *arena, const Node *old, const Node *more, bool retyped) {
    Node *first = NULL, **last = &first;
    for (; old; old = old->next) {
        bool gone = retyped && narrows(old);
        for (const Node *one = more; one && !gone; one = one->next) {
            gone = replaces(one, old);
        }
        if (!gone) {
            *last = copy_node(arena, old);
            last = &(*last)->next;
        }
    }
    for (; more; more = more->next) {
        *last = copy_node(arena, more);
        last = &(*last)->next;
    }
    return first;
}

/// Gives `node` the place of `more`, which is where its doc comment is looked for.
static void take_place(Compilation *compilation, Node *node, const Node *more) {
    const Source *source = compilation_source(compilation, more->file);
    if (node_doc(more, source, compilation->arena)) {
        node->file = more->file;
        node->start = more->start;
        node->end = more->end;
    }
}

Node *extend_property(Compilation *compilation, const Node *old, const Node *more) {
    Node *node = copy_node(compilation->arena, old);
    if (more->a) {
        node->a = more->a;
        node->b = more->b;
        node->flags = more->flags;
    }
    node->c = extend_decorators(compilation->arena, old->c, more->c, more->a != NULL);
    if (more->a && more->a->kind == NODE_TYPE_NAME && !strcmp(more->a->name->text, "never")) {
        node->file = more->file; /* what it was for does not say why it must not be written */
        node->start = more->start;
        node->end = more->end;
    }
    take_place(compilation, node, more);
    return node;
}

Node *extend_attribute(Compilation *compilation, const Node *old, const Node *more) {
    Arena *arena = compilation->arena;
    Node *node = copy_node(arena, old);
    node->a = more->a;
    node->c = extend_decorators(arena, old->c, more->c, true);
    take_place(compilation, node, more);
    if (!more->b || !old->b || more->b->kind != NODE_OBJECT || old->b->kind != NODE_OBJECT) {
        node->b = more->b;
        return node;
    }
    node->b = copy_node(arena, more->b);
    Node **last = &node->b->a;
    *last = NULL;
    for (const Node *form = more->b->a; form; form = form->next) {
        *last = copy_node(arena, form);
        last = &(*last)->next;
    }
    for (const Node *form = old->b->a; form; form = form->next) {
        bool replaced = false;
        for (const Node *mine = more->b->a; mine; mine = mine->next) {
            replaced = replaced || mine->name == form->name;
        }
        if (!replaced) {
            *last = copy_node(arena, form);
            last = &(*last)->next;
        }
    }
    return node;
}

// Types

/// An alternative that is known by its name: a bare member or a case.
static const Type *named_alternative(const Type **alternatives, size_t count, const Type *type,
                                     size_t *index) {
    const bool named = type->kind == TYPE_MEMBER || type->kind == TYPE_CASE;
    for (size_t i = 0; i < count; i++) {
        const Type *one = alternatives[i];
        const bool same =
            named ? (one->kind == TYPE_MEMBER || one->kind == TYPE_CASE) && one->name == type->name
                  : type_equal(one, type);
        if (same) {
            *index = i;
            return one;
        }
    }
    return NULL;
}

/// The alternative `more` with the decorators that `old` had.
static const Type *merge_alternative(Compilation *compilation, const Type *old, const Type *more) {
    if (!more->node || !old->node) {
        return more;
    }
    Arena *arena = compilation->arena;
    Node *node = copy_node(arena, more->node);
    if (node->kind == NODE_TYPE_NAME) {
        *node = (Node){.kind = NODE_TYPE_DECORATED,
                       .file = node->file,
                       .start = node->start,
                       .end = node->end,
                       .a = (Node *)more->node};
    }
    node->c =
        extend_decorators(arena, node_decorators(old->node), node_decorators(more->node), false);
    const Source *source = compilation_source(compilation, node->file);
    if (!node_doc(node, source, arena)) {
        node->file = old->node->file;
        node->start = old->node->start;
        node->end = old->node->end;
    }
    ((Type *)more)->node = node; /* made just now, for this union */
    return more;
}

static int by_text(const void *left, const void *right, void *data) {
    return strcmp(type_text(data, *(const Type *const *)left),
                  type_text(data, *(const Type *const *)right));
}

/// The alternatives of a type that is a union by itself, or the type as the only one.
static size_t alternatives_of(const Type *const *type, const Type *const **list) {
    const bool several = (*type)->kind == TYPE_UNION;
    *list = several ? (const Type *const *)(*type)->alternatives : type;
    return several ? (*type)->count : 1;
}

/// Adds the alternatives of `more`; what is new stands behind the others, sorted.
static const Type *merge_union(Compilation *compilation, const Type *old, const Type *more,
                               size_t *own) {
    const Type *const *first = NULL, *const *second = NULL;
    const size_t old_count = alternatives_of(&old, &first);
    const size_t more_count = alternatives_of(&more, &second);
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_UNION, .node = old->node, .count = old_count};
    type->alternatives = arena_array(compilation->arena, const Type *, old_count + more_count);
    memcpy(type->alternatives, first, old_count * sizeof *first);
    *own = *own ? *own : old_count;
    for (size_t i = 0; i < more_count; i++) {
        size_t index = type->count;
        const Type *known = named_alternative(type->alternatives, type->count, second[i], &index);
        type->alternatives[index] =
            known ? merge_alternative(compilation, known, second[i]) : second[i];
        type->count += !known;
    }
    g_qsort_with_data(type->alternatives + *own, (gint)(type->count - *own),
                      sizeof *type->alternatives, by_text, compilation->arena);
    for (size_t i = 0; i < type->count; i++) {
        type->constrained = type->constrained || type->alternatives[i]->constrained;
    }
    return type;
}

static int by_property(const void *left, const void *right) {
    return strcmp(((const Property *)left)->name->text, ((const Property *)right)->name->text);
}

static const Type *merge_object(Compilation *compilation, const Type *old, const Type *more,
                                size_t *own) {
    Type *type = arena_new_object(compilation->arena, Type);
    *type = *old;
    type->element = old->element ? old->element : more->element;
    type->properties = arena_array(compilation->arena, Property, old->count + more->count);
    if (old->count) {
        memcpy(type->properties, old->properties, old->count * sizeof(Property));
    }
    *own = *own ? *own : old->count;
    for (size_t i = 0; i < more->count; i++) {
        Property property = more->properties[i];
        size_t index = 0;
        while (index < type->count && type->properties[index].name != property.name) {
            index++;
        }
        if (index < type->count) {
            property.node =
                extend_property(compilation, type->properties[index].node, property.node);
        } else {
            type->count++;
        }
        type->properties[index] = property;
    }
    qsort(type->properties + *own, type->count - *own, sizeof(Property), by_property);
    return type;
}

void extend_type(Compilation *compilation, Type *type, const Extension *extensions) {
    size_t own = 0; /* how many alternatives or properties stood there at first */
    for (; extensions; extensions = extensions->next) {
        Node *node = extensions->node;
        if (node->flags & NODE_BAD || !node->a) {
            continue;
        }
        if (node->c) {
            Node *merged = copy_node(compilation->arena, type->node);
            merged->c = extend_decorators(compilation->arena, merged->c, node->c, false);
            type->node = merged;
        }
        Scope *scope = scope_of_file(compilation, extensions->source);
        const Type *more = type_resolve_alternative(compilation, node->a, scope, type);
        if (more->kind == TYPE_ERROR || type->element->kind == TYPE_ERROR) {
            continue;
        }
        const bool objects = type->element->kind == TYPE_OBJECT && more->kind == TYPE_OBJECT;
        type->element = objects ? merge_object(compilation, type->element, more, &own)
                                : merge_union(compilation, type->element, more, &own);
    }
}
