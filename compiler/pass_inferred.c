/// What the program uses and depotc knows by inference only: constructs, properties, attributes,
/// members of enumerations, and how back ends write a construct. Looked for where a level asks for
/// it.
#include "passes.h"

#include <glib.h>
#include <string.h>

/// Where in the program a value is looked at.
typedef struct Search {
    Compilation *compilation;
    const Construct *construct; ///< of the resource around it
    const Type *type;           ///< of the value, or NULL if that says nothing
} Search;

/// Reports that `node`, if it is declared `@inferred`, is used at `place`: "property `x`".
/// `construct` is what it is part of, or the construct itself.
static void report(Compilation *compilation, const Construct *construct, const Node *node,
                   Span place, const char *what) {
    const Provenance fact = provenance_of(compilation->arena, node, NULL);
    const Source *source = compilation_source(compilation, place.file);
    if (!fact.inferred || !source || source->library) {
        return;
    }
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_INFERRED, place, what, NULL);
    diagnostic_note(list, diagnostic, NO_SPAN, "%s", fact.text ? fact.text : "no reason is given");
    const Provenance page = provenance_of(compilation->arena, construct->node, NULL);
    if (page.text && !page.inferred) {
        diagnostic_note(list, diagnostic, NO_SPAN, "%s is documented in `%s`", construct->label,
                        page.text);
    }
    diagnostic_help(list, diagnostic,
                    "make sure of it; `depotc stdlib %s` shows what else is known of %s",
                    construct->label, construct->label);
}

/// The object type among the alternatives of `type` that has the property `name`; its property.
static const Property *find_property(const Type *type, const Name *name) {
    type = type ? type_strip(type) : NULL;
    if (!type || type->kind != TYPE_UNION) {
        return type && type->kind == TYPE_OBJECT ? type_property(type, name) : NULL;
    }
    const Property *found = NULL;
    for (size_t i = 0; i < type->count && !found; i++) {
        found = find_property(type->alternatives[i], name);
    }
    return found;
}

/// The type of the elements of a list.
static const Type *element_type(const Type *type) {
    type = type ? type_strip(type) : NULL;
    if (!type || type->kind != TYPE_UNION) {
        return type && type->kind == TYPE_LIST ? type->element : NULL;
    }
    const Type *found = NULL;
    for (size_t i = 0; i < type->count && !found; i++) {
        found = element_type(type->alternatives[i]);
    }
    return found;
}

static void search_value(const Search *search, const Value *value);

static void search_fields(const Search *search, const Value *value) {
    Arena *arena = search->compilation->arena;
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        const Property *property = find_property(search->type, field->name);
        if (property && property->node && field->origin) {
            report(search->compilation, search->construct, property->node,
                   node_name_span(search->compilation, field->origin),
                   arena_printf(arena, "property `%s`", field->name->text));
        }
        const Search inner = {search->compilation, search->construct,
                              property ? property->type : NULL};
        search_value(&inner, field->value);
    }
}

static void search_attribute(const Search *search, const Value *value) {
    const Value *base = value->base;
    const Construct *construct = base->kind == VALUE_RESOURCE ? base->resource->construct : NULL;
    const Attribute *attribute = construct ? construct_attribute(construct, value->symbol) : NULL;
    if (attribute && attribute->node && value->origin) {
        report(search->compilation, construct, attribute->node, node_span(value->origin),
               arena_printf(search->compilation->arena, "attribute `%s` of %s", value->symbol->text,
                            construct->label));
    }
}

static void search_child(const Value *value, void *data) {
    search_value(data, value);
}

static void search_value(const Search *search, const Value *value) {
    Search inner = {search->compilation, search->construct, NULL};
    switch (value->kind) {
    case VALUE_OBJECT:
        search_fields(search, value);
        return;
    case VALUE_LIST:
        inner.type = element_type(search->type);
        break;
    case VALUE_ATTRIBUTE:
        search_attribute(search, value);
        return;
    case VALUE_MEMBER:
    case VALUE_CASE:
        if (value->type && value->type->node && value->origin) {
            report(search->compilation, search->construct, value->type->node,
                   node_span(value->origin),
                   arena_printf(search->compilation->arena, "`%s`", value->symbol->text));
        }
        break;
    case VALUE_RESOURCE:
        return;
    default:
        break;
    }
    value_each_child(value, search_child, &inner);
}

static void search_properties(Compilation *compilation, Resource *resource) {
    const Construct *construct = resource->construct;
    for (size_t i = 0; i < construct->property_count; i++) {
        const Property *property = &construct->properties[i];
        const Slot *slot = &resource->slots[i];
        if (!slot->node || slot->bad) {
            continue;
        }
        const bool spread = slot->node->kind != NODE_PROPERTY;
        report(compilation, construct, property->node,
               spread ? node_span(slot->node) : node_name_span(compilation, slot->node),
               arena_printf(compilation->arena, "property `%s` of %s", property->name->text,
                            construct->label));
        const Search search = {compilation, construct, property->type};
        search_value(&search, resource_property(compilation, resource, i, false));
    }
}

/// Whether the program is built for the back end `name`.
static bool is_target(const Compilation *compilation, const char *name) {
    const char *const *target = compilation->options.targets;
    while (target && *target && strcmp(*target, name) != 0) {
        target++;
    }
    return !target || *target;
}

static void search_clauses(Compilation *compilation, const Resource *resource, Span place) {
    const Construct *construct = resource->construct;
    for (const Clause *clause = construct->clauses; clause; clause = clause->next) {
        bool known = true;
        if (is_target(compilation, clause->target->text) &&
            (!clause->when ||
             eval_condition(compilation, clause->when, resource->expressions, true, &known))) {
            report(compilation, construct, clause->node, place,
                   arena_printf(compilation->arena, "how `%s` writes %s", clause->target->text,
                                construct->label));
        }
    }
}

static void search_resource(Compilation *compilation, Resource *resource) {
    if (resource->bad || resource->construct->module) {
        return;
    }
    const DiagnosticTrail *before = resource_enter(compilation, resource);
    const Construct *construct = resource->construct;
    const Node *head = resource->node->a;
    const Span place =
        head && head->b ? node_span(head->b) : node_name_span(compilation, resource->node);
    report(compilation, construct, construct->node, place, construct->label);
    search_clauses(compilation, resource, place);
    search_properties(compilation, resource);
    const Search search = {compilation, construct, NULL};
    for (size_t i = 0; i < resource->output_count; i++) {
        if (resource->outputs[i].value) {
            search_value(&search, resource->outputs[i].value);
        }
    }
    resource_leave(compilation, before);
}

void pass_inferred(Compilation *compilation) {
    if (!diagnostics_wants(compilation->diagnostics, DIAG_INFERRED)) {
        return;
    }
    const Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        search_resource(compilation, container);
        for (size_t k = 0; k < container->member_count; k++) {
            search_resource(compilation, container->members[k]);
        }
    }
}
