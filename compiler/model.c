/// The model of one back end: stacks, their resources and what the library's clauses make of them.
#include "model.h"

#include "check.h"
#include "lower.h"
#include "model_files.h"
#include "operators.h"
#include "passes.h"
#include "program.h"
#include "words.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

const char *lower_construct_id(Compilation *compilation, Resource *resource) {
    if (resource->construct->fixed_id) {
        return resource->construct->fixed_id;
    }
    if (!resource->id) {
        resource->id = words_pascal(compilation->arena, resource->name->text);
        if (resource->key) {
            resource->id = arena_printf(compilation->arena, "%s%s", resource->id,
                                        words_pascal(compilation->arena, resource->key));
        }
    }
    return resource->id;
}

const char *lower_path(Compilation *compilation, Resource *resource) {
    if (!resource->path) {
        const char *id = lower_construct_id(compilation, resource);
        resource->path = resource->use ? arena_printf(compilation->arena, "%s/%s",
                                                      lower_path(compilation, resource->use), id)
                                       : id;
    }
    return resource->path;
}

static const Value *reference_to(Compilation *compilation, Resource *resource) {
    Value *value = value_new(compilation->arena, VALUE_RESOURCE, NULL);
    value->resource = resource;
    return value;
}

/// A part, and the clause that its body comes from.
typedef struct MadePart {
    ModelPart part; ///< first: the model knows this much of it
    Clause *clause;
} MadePart;

/// A clause that becomes a resource of a template, whose type is none: not written, or misspelled.
static void report_head(Compilation *compilation, const Construct *construct,
                        const Clause *clause) {
    const Node *node = clause->node;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_CLAUSE_HEAD,
                       node->a ? node_span(node->a) : node_name_span(compilation, node),
                       clause->target->text, construct->label, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "the type stands behind the back end's name: `%s \"Custom::%s\" { … }`",
                    clause->target->text, words_pascal(compilation->arena, construct->kind->text));
}

/// `path` is that of the resource.
static ModelPart *make_part(Compilation *compilation, ModelResource *model, const char *path,
                            Clause *clause) {
    MadePart *made = arena_new_object(compilation->arena, MadePart);
    ModelPart *part = &made->part;
    made->clause = clause;
    bool code = compilation->program->code;
    part->head = clause->head;
    part->at = clause->at ? clause->at : code ? "" : "Resource";
    part->path = *part->at ? arena_printf(compilation->arena, "%s/%s", path, part->at) : path;
    part->logical_id = code ? NULL : model_logical_id(compilation->arena, part->path);
    part->resource = model;
    return part;
}

/// A user's construct that does not say how the back end writes it. The library's own may be
/// written through what refers to them.
static void report_unwritten(Compilation *compilation, const Resource *resource) {
    const Construct *construct = resource->construct;
    if (construct->existing || construct->module || construct->source->library) {
        return;
    }
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NOT_WRITTEN,
                                            node_name_span(compilation, resource->node),
                                            construct->label, compilation->program->target, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     declaration_span(compilation, construct->layers->node), "declared here");
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "add a clause to the construct: `%s … { … }`", compilation->program->target);
}

/// The parts of a resource, without bodies: they refer to each other.
static void make_parts(Compilation *compilation, Resource *resource, const char *path) {
    ModelPart **last = &resource->model->parts;
    for (Clause *clause = resource->construct->clauses; clause; clause = clause->next) {
        if (strcmp(clause->target->text, compilation->program->target) != 0) {
            continue;
        }
        if (clause->when) {
            bool known = true;
            Frame *plain = resource->expressions;
            if (!eval_condition(compilation, clause->when, plain, true, &known)) {
                continue;
            }
        }
        if (!compilation->program->code && !strstr(clause->head, "::")) {
            report_head(compilation, resource->construct, clause);
        }
        ModelPart *part = make_part(compilation, resource->model, path, clause);
        *last = part;
        last = &part->next;
    }
    if (!construct_written(resource->construct, compilation->program->target)) {
        report_unwritten(compilation, resource);
    }
}

static ModelResource *make_resource(Compilation *compilation, Resource *resource, const char *id) {
    ModelResource *model = arena_new_object(compilation->arena, ModelResource);
    *model = (ModelResource){.name = resource->name->text,
                             .key = resource->key,
                             .id = id,
                             .kind = resource->construct->kind->text,
                             .type = resource->construct->label,
                             .transform = resource->construct->transform,
                             .span = node_name_span(compilation, resource->node)};
    if (resource->container) { /* a container's doc comment describes the stack */
        model->doc = node_doc(resource->node, compilation_source(compilation, resource->node->file),
                              compilation->arena);
    }
    resource->model = model;
    if (resource->use) {
        model->instance = resource->use->instance;
    }
    make_parts(compilation, resource, resource->use ? lower_path(compilation, resource) : id);
    return model;
}

/// The library's constant `name` as the target writes it, or NULL if there is none.
static const Value *library_value(Compilation *compilation, const char *name) {
    Symbol *symbol = library_let(compilation->library, names_of(compilation->names, name));
    if (!symbol) {
        return NULL;
    }
    check_symbol(compilation, symbol);
    return lower_value(compilation, eval_symbol(compilation, symbol, NULL));
}

/// The function behind custom resources: the project's, else the library's.
static const Value *service_token(Compilation *compilation) {
    const Value *own = compilation->options.service_token;
    return own ? lower_value(compilation, own) : library_value(compilation, "serviceToken");
}

/// What `custom_resource_add` adds at most.
enum { CUSTOM_RESOURCE_FIELDS = 3 };

/// Custom resources are written as CDK's `CustomResource` writes them.
static void custom_resource_add(Compilation *compilation, Value *body, const Value *service) {
    const Name *token = names_of(compilation->names, "ServiceToken");
    if (value_field(body, token)) {
        return;
    }
    const Value *policy = value_string(compilation->arena, "Delete", NULL);
    memmove(body->fields + 1, body->fields, body->field_count * sizeof *body->fields);
    body->fields[0] = (Field){token, service, NULL};
    ++body->field_count;
    body->fields[body->field_count++] =
        (Field){names_of(compilation->names, "UpdateReplacePolicy"), policy, NULL};
    body->fields[body->field_count++] =
        (Field){names_of(compilation->names, "DeletionPolicy"), policy, NULL};
}

/// `@attributes`: what the template says of the resource beside its properties.
static const Value *resource_attributes(Compilation *compilation, const Node *node, Frame *frame) {
    const Value *value = eval(compilation, node, frame);
    return value->kind == VALUE_OBJECT ? value : value_object(compilation->arena, 0, NULL);
}

/// `service`: the token of custom resources, NULL where the target writes none.
static void fill_bodies(Compilation *compilation, Resource *resource, const Value *service) {
    Frame *frame = lower_frame(compilation, resource);
    const Node *attributes = resource->construct->resource_attributes;
    for (ModelPart *part = resource->model->parts; part; part = part->next) {
        frame->clause = ((MadePart *)part)->clause;
        const Value *body = eval(compilation, frame->clause->node->b, frame);
        frame->clause = NULL;
        if (body->kind != VALUE_OBJECT) {
            body = value_object(compilation->arena, 0, NULL);
        }
        Value *lowered = lower_object(compilation, body, CUSTOM_RESOURCE_FIELDS);
        if (attributes) {
            part->attributes =
                lower_value(compilation, resource_attributes(compilation, attributes, frame));
        } else if (service && g_str_has_prefix(part->head, "Custom::")) {
            custom_resource_add(compilation, lowered, service);
        }
        part->body = lowered;
    }
    if (!compilation->program->code) {
        return;
    }
    Value *properties =
        value_object(compilation->arena, resource->construct->property_count + 1, NULL);
    properties->ordered = true;
    if (resource->container) {
        Resource *environment = resource_environment(compilation, resource);
        properties->fields[properties->field_count++] =
            (Field){environment->construct->kind,
                    lower_value(compilation, reference_to(compilation, environment)), NULL};
    }
    const Value *rest = frame_rest(compilation, frame);
    for (size_t i = 0; i < rest->field_count; i++) {
        properties->fields[properties->field_count++] = rest->fields[i];
    }
    resource->model->properties = properties;
}

static int by_parameter_id(const void *left, const void *right) {
    const ModelParameter *a = *(ModelParameter *const *)left, *b = *(ModelParameter *const *)right;
    return strcmp(a->id, b->id);
}

static void fill_parameters(Compilation *compilation, ModelStack *stack) {
    GHashTable *used = compilation->program->stack_parameters;
    stack->parameters = arena_array(compilation->arena, ModelParameter *, g_hash_table_size(used));
    GHashTableIter iterator;
    gpointer parameter = NULL;
    g_hash_table_iter_init(&iterator, used);
    while (g_hash_table_iter_next(&iterator, &parameter, NULL)) {
        stack->parameters[stack->parameter_count++] = parameter;
    }
    qsort(stack->parameters, stack->parameter_count, sizeof *stack->parameters, by_parameter_id);
}

static int by_output_id(const void *left, const void *right) {
    return strcmp(((const ModelOutput *)left)->id, ((const ModelOutput *)right)->id);
}

/// Outputs are text: what is known is made text here, as precise as the language has it.
static const Value *as_output(Compilation *compilation, const Value *value) {
    size_t length = 0;
    const char *text = value_to_text(compilation->arena, value, &length);
    return text ? value_string_n(compilation->arena, text, length, value->origin) : value;
}

static void fill_outputs(Compilation *compilation, ModelStack *stack, const Resource *container) {
    stack->outputs = arena_array(compilation->arena, ModelOutput, container->output_count);
    for (size_t i = 0; i < container->output_count; i++) {
        const Output *output = &container->outputs[i];
        ModelOutput *model = &stack->outputs[stack->output_count++];
        const Node *node = output->node;
        *model = (ModelOutput){.name = node->name->text,
                               .id = words_pascal(compilation->arena, node->name->text),
                               .span = node_name_span(compilation, node)};
        model->doc =
            node_doc(node, compilation_source(compilation, node->file), compilation->arena);
        model->value = lower_value(compilation, as_output(compilation, output->value));
    }
    qsort(stack->outputs, stack->output_count, sizeof *stack->outputs, by_output_id);
}

static void make_stack(Compilation *compilation, ModelStack *stack, Resource *container) {
    Program *program = compilation->program;
    program->stack_parameters = g_hash_table_new(NULL, NULL);
    size_t count = container->member_count + container->foreign_count + 1;
    stack->name = container->stack;
    stack->class_name = arena_printf(compilation->arena, "%sStack",
                                     words_pascal(compilation->arena, container->stack));
    stack->doc = node_doc(container->node, compilation_source(compilation, container->node->file),
                          compilation->arena);
    stack->span = node_name_span(compilation, container->node);
    stack->resources = arena_array(compilation->arena, ModelResource *, count);
    instances_make(compilation, stack, container);
    stack->container =
        make_resource(compilation, container, lower_construct_id(compilation, container));
    stack->resources[stack->resource_count++] = stack->container;
    for (size_t i = 0; i < container->foreign_count; i++) {
        stack->resources[stack->resource_count++] =
            make_resource(compilation, container->foreign[i],
                          words_pascal(compilation->arena, container->foreign[i]->name->text));
    }
    for (size_t i = 0; i < container->member_count; i++) {
        stack->resources[stack->resource_count++] =
            make_resource(compilation, container->members[i],
                          lower_construct_id(compilation, container->members[i]));
    }
    nested_make(compilation, stack, container);
    const Value *service = program->code ? NULL : service_token(compilation);
    fill_bodies(compilation, container, service);
    for (size_t i = 0; i < container->foreign_count; i++) {
        fill_bodies(compilation, container->foreign[i], service);
    }
    for (size_t i = 0; i < container->member_count; i++) {
        fill_bodies(compilation, container->members[i], service);
    }
    for (size_t i = 0; i < container->member_count; i++) {
        dependencies_link(compilation, container->members[i]);
    }
    instances_fill(compilation, container);
    container_order(compilation, stack, container);
    fill_outputs(compilation, stack, container);
    /* Also what this back end writes nothing of: the stack has the same parameters in all of them.
     */
    resource_parameters(compilation, container, program->stack_parameters);
    for (size_t i = 0; i < container->foreign_count; i++) {
        resource_parameters(compilation, container->foreign[i], program->stack_parameters);
    }
    for (size_t i = 0; i < container->member_count; i++) {
        resource_parameters(compilation, container->members[i], program->stack_parameters);
    }
    fill_parameters(compilation, stack);
    nested_link(compilation, stack);
    g_hash_table_destroy(program->stack_parameters);
    program->stack_parameters = NULL;
}

/// What exists already needs a stack only for what is added to it.
static bool has_stack(const Resource *container) {
    return !container->construct->existing || container->member_count || container->output_count;
}

static int by_stack_name(const void *left, const void *right) {
    return strcmp(((const ModelStack *)left)->name, ((const ModelStack *)right)->name);
}

static const char *project_name(Compilation *compilation) {
    if (compilation->options.project_name) {
        return compilation->options.project_name;
    }
    const Program *program = compilation->program;
    const Resource *only = NULL;
    size_t stacks = 0;
    for (size_t i = 0; i < program->container_count; i++) {
        if (!has_stack(program->containers[i])) {
            continue;
        }
        only = program->containers[i];
        stacks++;
    }
    if (stacks == 1) {
        return words_kebab(compilation->arena, only->stack);
    }
    for (size_t i = 0; i < compilation->source_count; i++) {
        if (!compilation->sources[i]->entry) {
            continue;
        }
        char *base = g_path_get_basename(compilation->sources[i]->path);
        char *dot = strrchr(base, '.');
        if (dot) {
            *dot = 0;
        }
        char *name = words_kebab(compilation->arena, base);
        g_free(base);
        if (*name) {
            return name;
        }
    }
    return "depot";
}

Model *compilation_model(Compilation *compilation, const char *target, bool code) {
    Program *program = compilation->program;
    int64_t start = g_get_monotonic_time();
    program->target = target;
    program->code = code;
    Model *model = arena_new_object(compilation->arena, Model);
    model->target = target;
    model->project = project_name(compilation);
    model->arena = compilation->arena;
    model->stacks = arena_array(compilation->arena, ModelStack, program->container_count);
    for (size_t i = 0; i < program->container_count; i++) {
        if (has_stack(program->containers[i])) {
            make_stack(compilation, &model->stacks[model->stack_count++], program->containers[i]);
        }
    }
    qsort(model->stacks, model->stack_count, sizeof *model->stacks, by_stack_name);
    model->settings =
        library_value(compilation, arena_printf(compilation->arena, "%sSettings", target));
    model->service_token = compilation->options.service_token ? service_token(compilation) : NULL;
    model->tags = compilation->options.tags;
    model->versions = compilation->options.versions;
    model->version_count = compilation->options.version_count;
    if (code) {
        model_add_files(compilation, model);
    }
    program->target = NULL;
    compilation_stat(compilation, "model", start, program->resource_count, "resources");
    return diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) ? NULL : model;
}
