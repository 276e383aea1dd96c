#include "query.h"

#include "check.h"
#include "module.h"
#include "tree.h"

#include <glib.h>
#include <string.h>

// Nodes around a place

typedef struct Path {
    GPtrArray *nodes;
    uint32_t offset;
    const Node *inner; ///< the child to go on with
} Path;

static void visit_child(Node *child, void *data) {
    Path *path = data;
    if (child->start <= path->offset && path->offset <= child->end) {
        path->inner = child; // of two that touch, the second: a name behind a dot, not the dot
    }
}

GPtrArray *query_path(const Source *source, uint32_t offset) {
    Path path = {g_ptr_array_new(), offset, source->tree};
    while (path.inner) {
        const Node *node = path.inner;
        g_ptr_array_add(path.nodes, (gpointer)node);
        path.inner = NULL;
        node_each_child(node, visit_child, &path);
    }
    return path.nodes;
}

static const Node *above(const GPtrArray *path, guint steps) {
    return path->len > steps ? path->pdata[path->len - 1 - steps] : NULL;
}

// Types

const Construct *query_construct(Compilation *compilation, const Node *node) {
    diagnostics_mute(compilation->diagnostics);
    const Construct *construct =
        node->kind == NODE_USE && node->a && node->a->b ? module_of_use(compilation, node)
        : node->kind == NODE_RESOURCE && node->a        ? program_construct(compilation, node)
                                                        : NULL;
    diagnostics_unmute(compilation->diagnostics);
    return construct;
}

static const Type *type_of_symbol(Compilation *compilation, const Symbol *symbol) {
    if (!symbol || symbol->kind == SYMBOL_FILE || symbol->kind == SYMBOL_TYPE) {
        return NULL;
    }
    if (!symbol->type && symbol->state == STATE_NEW && symbol->node) {
        diagnostics_mute(compilation->diagnostics);
        check_symbol(compilation, (Symbol *)symbol);
        diagnostics_unmute(compilation->diagnostics);
    }
    return symbol->type;
}

const Type *query_symbol_type(Compilation *compilation, const Symbol *symbol) {
    return type_of_symbol(compilation, symbol_target((Symbol *)symbol));
}

static void set_property(Entity *entity, const Property *property) {
    entity->property = property;
    entity->type = property->type;
    entity->node = property->node;
}

/// What `type.name` is, if it is known: a property or an attribute.
static void find_member(const Type *type, const Name *name, Entity *entity) {
    const Type *plain = type ? type_strip(type) : NULL;
    if (!plain || !name) {
        return;
    }
    const Property *property = NULL;
    if (plain->kind == TYPE_REFERENCE && plain->construct) {
        const int index = construct_property(plain->construct, name);
        property = index >= 0 ? &plain->construct->properties[index] : NULL;
        const Attribute *attribute = construct_attribute(plain->construct, name);
        if (attribute && attribute->node) { // it goes before a property of its name
            entity->attribute = attribute;
            entity->type = attribute->type;
            entity->node = attribute->node;
            return;
        }
    } else {
        property = type_property(plain, name);
    }
    if (property) {
        set_property(entity, property);
    }
}

const Type *query_type(Compilation *compilation, const Node *node) {
    Entity entity = {0};
    const Type *base = NULL;
    switch (node ? node->kind : NODE_ERROR) {
    case NODE_NAME:
        return type_of_symbol(compilation, symbol_target(node->bound));
    case NODE_MEMBER:
        if (node->bound) {
            return type_of_symbol(compilation, symbol_target(node->bound));
        }
        find_member(query_type(compilation, node->a), node->name, &entity);
        return entity.type;
    case NODE_INDEX:
    case NODE_ALL:
        base = query_type(compilation, node->a);
        base = base ? type_strip(base) : NULL;
        return base && (base->kind == TYPE_LIST || base->kind == TYPE_MAP) ? base->element : base;
    default:
        return NULL;
    }
}

// Names

static void set_symbol(Compilation *compilation, Entity *entity, Symbol *symbol, Span span) {
    entity->symbol = symbol_target(symbol);
    entity->span = span;
    if (entity->symbol) {
        entity->type = entity->symbol->kind == SYMBOL_TYPE
                           ? entity->symbol->type
                           : type_of_symbol(compilation, entity->symbol);
        entity->node = entity->symbol->node;
        if (entity->symbol->kind == SYMBOL_MEMBER && entity->symbol->member) {
            entity->type = entity->symbol->member;
            entity->node = entity->symbol->member->node;
        }
    }
}

static void set_construct(Entity *entity, const Construct *construct, Span span) {
    if (construct && !construct->module) {
        entity->construct = construct;
        entity->node = construct->node;
        entity->span = span;
    }
}

static void set_type(Entity *entity, const Type *type, Span span) {
    entity->span = span;
    entity->type = type;
    if (type && type->kind == TYPE_REFERENCE && type->construct) {
        set_construct(entity, type->construct, span);
    } else if (type) {
        entity->node = type->node;
        if (type->node && type->node->kind == NODE_TYPE) {
            entity->symbol = type->node->bound;
        }
    }
}

static bool holds(Span span, uint32_t offset) {
    return span.start <= offset && offset <= span.end;
}

/// The head of a resource: its kind, its name or its type.
static void read_head(Compilation *compilation, const Node *resource, uint32_t offset,
                      Entity *entity) {
    const Node *head = resource->a;
    if (!head) {
        return;
    }
    if (head->c && holds(node_span(head->c), offset)) {
        set_symbol(compilation, entity, resource->bound, node_span(head->c));
    } else if (resource->kind == NODE_USE && head->b && holds(node_span(head->b), offset)) {
        set_symbol(compilation, entity, head->b->bound, node_span(head->b));
    } else if (head->b && holds(node_span(head->b), offset)) {
        set_construct(entity, query_construct(compilation, resource), node_span(head->b));
    } else if (resource->kind == NODE_RESOURCE && head->name) {
        if (holds(head_kind_span(head), offset)) {
            set_construct(entity, query_construct(compilation, resource), head_kind_span(head));
        }
    }
}

/// A name in an expression, or where something is declared.
static void read_name(Compilation *compilation, const GPtrArray *path, Entity *entity) {
    const Node *node = above(path, 0);
    const Node *outer = above(path, 1);
    if (outer && outer->kind == NODE_MEMBER && outer->b == node) {
        entity->span = node_span(node);
        if (outer->bound) {
            set_symbol(compilation, entity, outer->bound, node_span(node));
        } else {
            find_member(query_type(compilation, outer->a), outer->name, entity);
        }
    } else if (outer && outer->kind == NODE_PROPERTY && outer->c == node && outer->bound) {
        set_property(entity, outer->bound);
        entity->span = node_span(node);
    } else if (node->kind == NODE_NAME && node->bound) {
        set_symbol(compilation, entity, node->bound, node_span(node));
    }
}

/// Whether the node declares a name that is a symbol.
static bool is_declaration(const Node *node) {
    switch (node->kind) {
    case NODE_RESOURCE:
    case NODE_USE:
    case NODE_LET:
    case NODE_PARAM:
    case NODE_TYPE:
    case NODE_FN:
    case NODE_MODULE:
    case NODE_SCHEMA:
    case NODE_IMPORT_NAME:
        return true;
    default:
        return false;
    }
}

/// A declaration whose name the place stands on.
static void read_declaration(Compilation *compilation, const Node *node, uint32_t offset,
                             Entity *entity) {
    const Span name = node_name_span(compilation, node);
    if (holds(name, offset) && node->bound && node->name) {
        set_symbol(compilation, entity, node->bound, name);
    }
}

/// The variables of a loop or comprehension.
static void read_header(Compilation *compilation, const Node *header, uint32_t offset,
                        Entity *entity) {
    const Scope *scope = header->bound;
    for (Symbol *symbol = scope ? scope->first : NULL; symbol; symbol = symbol->next) {
        const Span span = node_name_span(compilation, symbol->node);
        if (symbol->kind == SYMBOL_VARIABLE && holds(span, offset)) {
            set_symbol(compilation, entity, symbol, span);
        }
    }
}

bool query_entity(Compilation *compilation, const Source *source, uint32_t offset, Entity *entity) {
    *entity = (Entity){.span = NO_SPAN};
    g_autoptr(GPtrArray) path = query_path(source, offset);
    for (guint i = 0; i < path->len && entity->span.file == SPAN_NONE; i++) {
        const Node *node = above(path, i);
        switch (node->kind) {
        case NODE_NAME:
        case NODE_STRING: // `"name": …`
            if (i == 0) {
                read_name(compilation, path, entity);
            }
            break;
        case NODE_TYPE_NAME:
            if (i == 0 && node->bound) {
                set_type(entity, node->bound, node_span(node));
            }
            break;
        case NODE_FOR_HEADER:
            read_header(compilation, node, offset, entity);
            break;
        case NODE_RESOURCE:
        case NODE_USE:
            if (node->a && offset <= node->a->end) {
                read_head(compilation, node, offset, entity);
            }
            break;
        default:
            if (is_declaration(node)) {
                read_declaration(compilation, node, offset, entity);
            }
            break;
        }
    }
    return entity->symbol || entity->property || entity->attribute || entity->construct ||
           (entity->type && entity->span.file != SPAN_NONE);
}

// Where else it is named

typedef struct Occurrences {
    Compilation *compilation;
    const Entity *entity;
    GArray *spans;
} Occurrences;

static void add_span(Occurrences *found, Span span) {
    g_array_append_val(found->spans, span);
}

static bool is_wanted(const Occurrences *found, Symbol *symbol) {
    const Symbol *wanted = found->entity->symbol;
    const Symbol *target = symbol_target(symbol);
    return wanted && target &&
           (target == wanted || (wanted->kind == SYMBOL_MEMBER && target->kind == SYMBOL_MEMBER &&
                                 target->member == wanted->member));
}

/// `a.name`: what names alone bind, or what the type of `a` has.
static void visit_member(Occurrences *found, const Node *node) {
    const Entity *entity = found->entity;
    if (!node->b) {
        return;
    }
    if (node->bound) {
        if (is_wanted(found, node->bound)) {
            add_span(found, node_span(node->b));
        }
        return;
    }
    Entity own = {0};
    if (entity->property || entity->attribute) {
        find_member(query_type(found->compilation, node->a), node->name, &own);
    }
    if ((entity->property && own.property == entity->property) ||
        (entity->attribute && own.attribute == entity->attribute)) {
        add_span(found, node_span(node->b));
    }
}

/// `KIND name: TYPE`: the construct is named by its type, or else its kind.
static void visit_resource(Occurrences *found, const Node *node) {
    const Node *head = node->a;
    if (found->entity->construct && head && head->name &&
        query_construct(found->compilation, node) == found->entity->construct) {
        add_span(found, head->b ? node_span(head->b) : head_kind_span(head));
    }
}

/// Whether the entity is a type that is no construct.
static bool is_type(const Entity *entity) {
    return entity->type && !entity->property && !entity->attribute && !entity->construct &&
           (!entity->symbol || entity->symbol->kind == SYMBOL_TYPE);
}

static void visit_use(Node *node, void *data) {
    Occurrences *found = data;
    const Entity *entity = found->entity;
    switch (node->kind) {
    case NODE_NAME:
        if (node->bound && is_wanted(found, node->bound)) {
            add_span(found, node_span(node));
        }
        break;
    case NODE_MEMBER:
        visit_member(found, node);
        break;
    case NODE_PROPERTY:
        if (entity->property && node->bound == entity->property) {
            add_span(found, node_name_span(found->compilation, node));
        }
        break;
    case NODE_TYPE_NAME:
        if (is_type(entity) && node->bound == entity->type) {
            add_span(found, node_span(node));
        }
        break;
    default:
        if (node->kind == NODE_RESOURCE) {
            visit_resource(found, node);
        }
        if (is_declaration(node) && node->bound && is_wanted(found, node->bound)) {
            add_span(found, node_name_span(found->compilation, node));
        }
        break;
    }
    node_each_child(node, visit_use, data);
}

static int by_place(const void *left, const void *right) {
    const Span *one = left;
    const Span *other = right;
    return one->file != other->file     ? (one->file < other->file ? -1 : 1)
           : one->start != other->start ? (one->start < other->start ? -1 : 1)
                                        : 0;
}

GArray *query_occurrences(Compilation *compilation, const Entity *entity) {
    Occurrences found = {compilation, entity, g_array_new(FALSE, FALSE, sizeof(Span))};
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (!source->library && source->tree) {
            visit_use(source->tree, &found);
        }
    }
    const Symbol *symbol = entity->symbol;
    const Source *home = symbol && symbol->kind == SYMBOL_VARIABLE && symbol->node
                             ? compilation_source(compilation, symbol->node->file)
                             : NULL;
    if (home && !home->library) { // what declares a variable is no declaration of its own
        add_span(&found, node_name_span(compilation, symbol->node));
    }
    g_array_sort(found.spans, by_place);
    for (guint i = 1; i < found.spans->len;) {
        if (by_place(&g_array_index(found.spans, Span, i - 1),
                     &g_array_index(found.spans, Span, i)) == 0) {
            g_array_remove_index(found.spans, i);
        } else {
            i++;
        }
    }
    return found.spans;
}
