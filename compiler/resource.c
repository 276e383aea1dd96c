/// Properties of resources: where they are written, what they hold.
#include "conform.h"
#include "lower.h"
#include "module.h"
#include "operators.h"
#include "placeholder.h"
#include "program.h"
#include "words.h"

#include <glib.h>
#include <string.h>

Span resource_span(Compilation *compilation, Resource *resource, int index) {
    const Node *node = index >= 0 ? resource->slots[index].node : NULL;
    if (!node || node->kind != NODE_PROPERTY || !node->b) {
        return node ? node_span(node) : node_name_span(compilation, resource->node);
    }
    /* A value that is a block of its own would be all of the excerpt. */
    const bool block = node->b->kind == NODE_OBJECT || node->b->kind == NODE_LIST;
    return block ? node_name_span(compilation, node) : node_span(node->b);
}

/// `first.shard["eu"]`
static void append_name(GString *out, const Resource *resource) {
    if (resource->use) {
        append_name(out, resource->use);
        g_string_append_c(out, '.');
    }
    g_string_append(out, resource->name->text);
    if (resource->key) {
        g_string_append_printf(out, "[\"%s\"]", resource->key);
    }
}

const char *resource_text(Compilation *compilation, const Resource *resource) {
    const Construct *construct = resource->construct;
    GString *text = g_string_new(construct->module ? "instance" : construct->kind->text);
    g_string_append(text, " `");
    append_name(text, resource);
    g_string_append_c(text, '`');
    const char *kept = arena_strndup(compilation->arena, text->str, text->len);
    g_string_free(text, TRUE);
    return kept;
}

const DiagnosticTrail *resource_enter(Compilation *compilation, const Resource *resource) {
    return diagnostics_follow(compilation->diagnostics,
                              resource->use ? resource->use->trail : NULL);
}

void resource_leave(Compilation *compilation, const DiagnosticTrail *before) {
    diagnostics_follow(compilation->diagnostics, before);
}

static const char *property_words(Compilation *compilation, const Resource *resource,
                                  size_t index) {
    if (index == resource_depends_slot(resource)) {
        return "`dependsOn`";
    }
    if (index == resource_container_slot(resource)) {
        return arena_printf(compilation->arena, "`%s`",
                            resource->container ? resource->container->construct->kind->text : "");
    }
    return name_quoted(compilation->arena, resource->construct->properties[index].name);
}

static const Value *report_cycle(Compilation *compilation, Resource *resource, size_t index) {
    const Node *place = resource->slots[index].node ? resource->slots[index].node : resource->node;
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_PROPERTY_CYCLE, node_span(place),
        property_words(compilation, resource, index), resource_text(compilation, resource), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a property cannot be computed from itself; put the shared part into a `let`");
    return &value_error;
}

/// `name` is the declared identifier in kebab case, with the key of its loop.
static const Value *default_name(Compilation *compilation, Resource *resource) {
    const char *name = resource->name->text;
    if (resource->key) {
        name = arena_printf(compilation->arena, "%s-%s", name, resource->key);
    }
    return value_string(compilation->arena, words_kebab(compilation->arena, name), NULL);
}

static bool names_itself(const Resource *resource, size_t index) {
    return resource->construct->name_property == (int)index && !resource->construct->existing &&
           type_assignable(resource->construct->properties[index].type, &type_string);
}

/// A resource where any value may stand: CloudFormation takes texts, not resources.
static void report_bare_reference(const Value *value, void *data) {
    Compilation *compilation = data;
    if (value->kind == VALUE_ATTRIBUTE) {
        return;
    }
    if (value->kind != VALUE_RESOURCE) {
        value_each_child(value, report_bare_reference, data);
        return;
    }
    const Resource *target = value->resource;
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_BARE_REFERENCE,
                                            value->origin ? node_span(value->origin) : NO_SPAN,
                                            resource_text(compilation, target), NULL);
    const char *offered =
        construct_attributes_text(compilation->arena, target->construct, target->name->text);
    if (offered) {
        diagnostic_help(compilation->diagnostics, diagnostic, "write what is meant of it: %s",
                        offered);
    }
}

static const Value *evaluate(Compilation *compilation, Resource *resource, size_t index) {
    Slot *slot = &resource->slots[index];
    const Value *value = slot->value;
    const Node *place = slot->node;
    size_t errors = diagnostics_count(compilation->diagnostics, SEVERITY_ERROR);
    const DiagnosticTrail *before = resource_enter(compilation, resource);
    if (slot->frame) {
        place = slot->node->b;
        value = eval(compilation, slot->node->b, slot->frame);
    }
    if (index >= resource->construct->property_count) {
        resource_leave(compilation, before);
        return value;
    }
    const Property *property = &resource->construct->properties[index];
    value = conform(compilation, value, property->type, place,
                    property_words(compilation, resource, index));
    if (resource->construct->marks[index] & MARK_SORTED) {
        resource_sorted(compilation, value, decorator_find(property->node->c, "sorted"));
    }
    if (resource->construct->attribute_forms) {
        report_bare_reference(value, compilation);
    }
    resource_leave(compilation, before);
    slot->bad = value_contains_error(value) ||
                diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > errors;
    resource->bad = resource->bad || slot->bad;
    return value;
}

static const Value *written(Compilation *compilation, Resource *resource, size_t index) {
    resource_prepare(compilation, resource);
    Slot *slot = &resource->slots[index];
    if (slot->state == STATE_DONE) {
        return slot->value ? slot->value : &value_absent;
    }
    if (slot->state == STATE_BUSY) {
        return report_cycle(compilation, resource, index);
    }
    slot->state = STATE_BUSY;
    const Value *value = &value_absent;
    if (slot->node) {
        value = evaluate(compilation, resource, index);
    } else if (index < resource->construct->property_count && names_itself(resource, index)) {
        value = default_name(compilation, resource);
    }
    slot->value = value;
    slot->state = STATE_DONE;
    return value;
}

const Value *resource_property(Compilation *compilation, Resource *resource, size_t index,
                               bool fallback) {
    const Value *value = written(compilation, resource, index);
    if (value->kind != VALUE_ABSENT || !fallback || index >= resource->construct->property_count) {
        return value;
    }
    const Property *property = &resource->construct->properties[index];
    if (!property->fallback) {
        return value;
    }
    return conform(compilation, eval(compilation, property->fallback, resource->expressions),
                   property->type, property->fallback, "the default");
}

bool resource_has(Compilation *compilation, Resource *resource, size_t index) {
    const Value *value = written(compilation, resource, index);
    return value->kind != VALUE_ABSENT;
}

Resource *resource_environment(Compilation *compilation, Resource *resource) {
    if (!resource->container) {
        return resource;
    }
    if (resource->environment) {
        return resource->environment;
    }
    size_t slot = resource_container_slot(resource);
    const Value *value = written(compilation, resource, slot);
    resource->environment = value->kind == VALUE_RESOURCE ? value->resource : resource->container;
    return resource->environment;
}

const Value *frame_property(Compilation *compilation, Frame *frame, size_t index) {
    Resource *resource = frame->resource;
    /* A clause sees what is written, in the form of its back end if there is one; rules and the
     * like see defaults too. */
    if (frame->target && resource->construct->marks[index] & MARK_FORM) {
        return lower_property(compilation, resource, index);
    }
    return resource_property(compilation, resource, index, !frame->target);
}

static void visit_resource_property(Compilation *compilation, Resource *resource) {
    for (size_t i = 0; i < resource->construct->property_count + 2; i++) {
        written(compilation, resource, i);
    }
    if (resource->container) {
        resource_environment(compilation, resource);
    }
}

/// Whether the static check could not tell what the block holds: spreads, and branches of a
/// container's block. A member that is wrong may be what is missing, misspelled; then nothing more
/// is said.
static bool is_uncertain(const Resource *resource) {
    bool uncertain = false;
    const Node *block = resource->node->b;
    for (const Node *node = block ? block->a : NULL; node; node = node->next) {
        if (node->kind == NODE_PROPERTY && node->flags & NODE_BAD) {
            return false;
        }
        bool branch = resource->construct->container && node->kind == NODE_IF;
        uncertain = uncertain || branch || node->kind == NODE_SPREAD;
    }
    return uncertain;
}

static void report_missing(Compilation *compilation, Resource *resource) {
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        const Property *property = &resource->construct->properties[i];
        if (property->optional || resource_has(compilation, resource, i)) {
            continue;
        }
        resource->bad = true;
        resource->slots[i].bad = true;
        if (is_uncertain(resource)) {
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_MISSING_PROPERTY,
                                                    node_name_span(compilation, resource->node),
                                                    name_quoted(compilation->arena, property->name),
                                                    resource->construct->label, "property", NULL);
            placeholder_offer(compilation, diagnostic, resource->node->b, property);
        }
    }
}

static void evaluate_outputs(Compilation *compilation, Resource *container) {
    for (size_t i = 0; i < container->output_count; i++) {
        Output *output = &container->outputs[i];
        const Node *node = output->node;
        output->value = eval(compilation, node->b, output->frame);
        if (node->a && node->a->bound) {
            output->value = conform(compilation, output->value, node->a->bound, node->b,
                                    name_quoted(compilation->arena, node->name));
        }
        bool structured =
            output->value->kind == VALUE_OBJECT || output->value->kind == VALUE_CASE ||
            output->value->kind == VALUE_RESOURCE || output->value->kind == VALUE_ABSENT;
        if (structured) {
            Diagnostic *diagnostic = diagnostic_add(
                compilation->diagnostics, DIAG_OUTPUT_VALUE, node_span(node->b), node->name->text,
                value_text(compilation->arena, output->value), NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "an output is a string, a number, a bool or a list of them");
        }
        if (value_contains_secret(output->value)) {
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_SECRET_OUTPUT,
                                                    node_span(node->b), node->name->text, NULL);
            diagnostic_help(
                compilation->diagnostics, diagnostic,
                "show where the secret is kept, such as its ARN, and not what it holds");
        }
    }
}

static void evaluate_constants(Compilation *compilation) {
    const Program *program = compilation->program;
    for (size_t i = 0; i < program->constant_count; i++) {
        const BlockConstant *one = &program->constants[i];
        const DiagnosticTrail *before =
            diagnostics_follow(compilation->diagnostics, one->use ? one->use->trail : NULL);
        eval_symbol(compilation, one->symbol, one->frame);
        resource_leave(compilation, before);
    }
}

void program_evaluate(Compilation *compilation) {
    Program *program = compilation->program;
    if (program->resource_count > PROGRAM_MAX_RESOURCES) {
        return; /* what a program of another size says of itself is judged then */
    }
    evaluate_constants(compilation);
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        visit_resource_property(compilation, container);
        report_missing(compilation, container);
        for (size_t u = 0; u < container->use_count; u++) {
            visit_resource_property(compilation, container->uses[u]);
            report_missing(compilation, container->uses[u]);
        }
        for (size_t m = 0; m < container->member_count; m++) {
            visit_resource_property(compilation, container->members[m]);
            report_missing(compilation, container->members[m]);
        }
        for (size_t u = 0; u < container->use_count; u++) {
            for (size_t o = 0; o < container->uses[u]->output_count; o++) {
                const Node *node = container->uses[u]->outputs[o].node;
                module_output(compilation, container->uses[u], node->name, node);
            }
        }
        evaluate_outputs(compilation, container);
    }
}

typedef struct ReferenceSearch {
    ReferenceVisitor visit;
    void *data;
} ReferenceSearch;

static void search_reference(const Value *value, void *data) {
    const ReferenceSearch *search = data;
    if (value->kind == VALUE_RESOURCE) {
        search->visit(value->resource, value->origin, search->data);
    }
    value_each_child(value, search_reference, data);
}

void value_each_reference(const Value *value, ReferenceVisitor visit, void *data) {
    ReferenceSearch search = {visit, data};
    search_reference(value, &search);
}

static void search_parameter(const Value *value, void *data) {
    if (value->kind == VALUE_PARAMETER) {
        g_hash_table_add(data, value->parameter);
    }
    value_each_child(value, search_parameter, data);
}

void value_parameters(const Value *value, GHashTable *found) {
    search_parameter(value, found);
}

void resource_parameters(Compilation *compilation, Resource *resource, GHashTable *found) {
    for (size_t i = 0; i < resource->construct->property_count; i++) {
        value_parameters(resource_property(compilation, resource, i, false), found);
    }
}
