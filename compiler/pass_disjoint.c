/// Lists of IP ranges that exclude each other, wherever a type marks them `@disjoint`.
#include "edit.h"
#include "format.h"
#include "passes.h"

#include <string.h>

typedef struct DisjointWalk {
    Compilation *compilation;
    Resource *resource;
} DisjointWalk;

static Span value_span(const DisjointWalk *walk, const Value *value) {
    if (value->origin && !compilation_is_lenient(walk->compilation, value->origin)) {
        return node_span(value->origin);
    }
    return node_name_span(walk->compilation, walk->resource->node);
}

static void compare(const DisjointWalk *walk, const Value *item, const Value *others,
                    const Name *name, const Name *other_name) {
    Cidr range, other;
    if (item->kind != VALUE_STRING || !cidr_parse(item->text, item->length, &range)) {
        return;
    }
    for (size_t i = 0; i < others->count; i++) {
        const Value *against = others->items[i];
        bool same = against->kind == VALUE_STRING &&
                    cidr_parse(against->text, against->length, &other) &&
                    range.bits == other.bits && cidr_contains(&range, &other);
        if (!same) {
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(
            walk->compilation->diagnostics, DIAG_IN_BOTH, value_span(walk, item),
            cidr_text(walk->compilation->arena, &range), name->text, other_name->text, NULL);
        diagnostic_label(walk->compilation->diagnostics, diagnostic, value_span(walk, against),
                         "also in `%s`", other_name->text);
        diagnostic_help(walk->compilation->diagnostics, diagnostic,
                        "take it out of one of the two");
        edit_offer_element_removal(
            walk->compilation, diagnostic, item->origin,
            arena_printf(walk->compilation->arena, "take it out of `%s`", name->text));
        edit_offer_element_removal(
            walk->compilation, diagnostic, against->origin,
            arena_printf(walk->compilation->arena, "take it out of `%s`", other_name->text));
    }
}

static void check_object(DisjointWalk *walk, const Value *object, const Type *type) {
    for (size_t i = 0; i < type->count; i++) {
        const Property *property = &type->properties[i];
        const Node *mark = decorator_find(node_decorators(property->node), "disjoint");
        const Value *list = mark ? value_field(object, property->name) : NULL;
        if (!list || list->kind != VALUE_LIST || !mark->a || mark->a->kind != NODE_NAME) {
            continue;
        }
        const Value *other = value_field(object, mark->a->name);
        for (size_t k = 0; other && other->kind == VALUE_LIST && k < list->count; k++) {
            compare(walk, list->items[k], other, property->name, mark->a->name);
        }
    }
}

/// Values beside their types, down to the objects that carry the mark.
static void walk_value(DisjointWalk *walk, const Value *value, const Type *type) {
    type = type_strip(type);
    if (type->kind == TYPE_UNION) {
        for (size_t i = 0; i < type->count; i++) {
            walk_value(walk, value, type->alternatives[i]);
        }
    } else if (type->kind == TYPE_LIST && value->kind == VALUE_LIST) {
        for (size_t i = 0; i < value->count; i++) {
            walk_value(walk, value->items[i], type->element);
        }
    } else if (type->kind == TYPE_OBJECT && value->kind == VALUE_OBJECT) {
        check_object(walk, value, type);
        for (size_t i = 0; i < value->field_count; i++) {
            const Property *property = type_property(type, value->fields[i].name);
            if (property) {
                walk_value(walk, value->fields[i].value, property->type);
            }
        }
    }
}

void pass_disjoint(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            DisjointWalk walk = {compilation, container->members[m]};
            const Construct *construct = walk.resource->construct;
            for (size_t p = 0; p < construct->property_count; p++) {
                const Value *value = resource_property(compilation, walk.resource, p, false);
                if (value->kind == VALUE_OBJECT || value->kind == VALUE_LIST) {
                    walk_value(&walk, value, construct->properties[p].type);
                }
            }
        }
    }
}
