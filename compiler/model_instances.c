/// Instances of modules in the model, and what depends on what.
#include "lower.h"

#include "narrow.h"
#include "symbolic.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const char *doc_of(Compilation *compilation, const Node *node) {
    return node_doc(node, compilation_source(compilation, node->file), compilation->arena);
}

void instances_make(Compilation *compilation, ModelStack *stack, Resource *container) {
    stack->instances = arena_array(compilation->arena, ModelInstance *, container->use_count);
    for (size_t i = 0; i < container->use_count; i++) {
        Resource *use = container->uses[i];
        const Construct *module = use->construct;
        ModelInstance *instance = arena_new_object(compilation->arena, ModelInstance);
        *instance = (ModelInstance){.module = module->node->name->text,
                                    .file = module->source->path,
                                    .module_doc = doc_of(compilation, module->node),
                                    .name = use->name->text,
                                    .key = use->key,
                                    .id = lower_construct_id(compilation, use),
                                    .path = lower_path(compilation, use),
                                    .doc = doc_of(compilation, use->node),
                                    .parent = use->use ? use->use->instance : NULL,
                                    .span = node_name_span(compilation, use->node)};
        use->instance = instance;
        stack->instances[stack->instance_count++] = instance;
    }
}

static void fill_arguments(Compilation *compilation, Resource *use) {
    const Construct *module = use->construct;
    ModelInstance *instance = use->instance;
    instance->arguments = arena_array(compilation->arena, ModelArgument, module->property_count);
    for (size_t i = 0; i < module->property_count; i++) {
        const Value *value = resource_property(compilation, use, i, true);
        if (value->kind == VALUE_ABSENT) {
            continue;
        }
        value = lower_value(compilation, symbolic_property(compilation, use, i, value));
        if (compilation->program->code) {
            value = narrow_value(compilation, value, module->properties[i].type);
        }
        instance->arguments[instance->argument_count++] =
            (ModelArgument){.name = module->properties[i].name->text,
                            .doc = doc_of(compilation, module->properties[i].node),
                            .value = value};
    }
}

static int by_output_name(const void *left, const void *right) {
    return strcmp(((const ModelOutput *)left)->name, ((const ModelOutput *)right)->name);
}

static void fill_outputs(Compilation *compilation, Resource *use) {
    ModelInstance *instance = use->instance;
    instance->outputs = arena_array(compilation->arena, ModelOutput, use->output_count);
    for (size_t i = 0; i < use->output_count; i++) {
        const Output *output = &use->outputs[i];
        const Node *node = output->node;
        if (!output->value || output->value->kind == VALUE_ABSENT) {
            continue;
        }
        const Value *value = symbolic_value(compilation, node->b, output->frame, output->value);
        instance->outputs[instance->output_count++] =
            (ModelOutput){.name = node->name->text,
                          .id = node->name->text,
                          .doc = doc_of(compilation, node),
                          .value = lower_value(compilation, value),
                          .span = node_name_span(compilation, node)};
    }
    qsort(instance->outputs, instance->output_count, sizeof *instance->outputs, by_output_name);
}

/// Calls `visit` for everything that `dependsOn` of a resource or instance names.
typedef void (*DependencyVisitor)(Compilation *compilation, Resource *on, void *data);
static void each_dependency(Compilation *compilation, Resource *resource, DependencyVisitor visit,
                            void *data) {
    const Value *value =
        resource_property(compilation, resource, resource_depends_slot(resource), false);
    size_t count = value->kind == VALUE_LIST ? value->count : value->kind == VALUE_RESOURCE;
    for (size_t i = 0; i < count; i++) {
        const Value *item = value->kind == VALUE_LIST ? value->items[i] : value;
        if (item->kind == VALUE_RESOURCE) {
            visit(compilation, item->resource, data);
        }
    }
}

/// The direct dependencies of a resource or instance, each once.
typedef struct Direct {
    GPtrArray *resources; ///< ModelResource
    GPtrArray *instances; ///< ModelInstance
} Direct;

static void add_once(GPtrArray *list, void *item) {
    if (item && !g_ptr_array_find(list, item, NULL)) {
        g_ptr_array_add(list, item);
    }
}

static void add_direct(Compilation *compilation, Resource *on, void *data) {
    (void)compilation;
    Direct *direct = data;
    add_once(direct->resources, on->model);
    add_once(direct->instances, on->instance);
}

static int by_resource_id(const void *left, const void *right) {
    return strcmp((*(ModelResource *const *)left)->id, (*(ModelResource *const *)right)->id);
}

static int by_instance_path(const void *left, const void *right) {
    return strcmp((*(ModelInstance *const *)left)->path, (*(ModelInstance *const *)right)->path);
}

static void *kept(Arena *arena, const GPtrArray *list) {
    void **copy = arena_array(arena, void *, list->len);
    if (list->len) {
        memcpy(copy, list->pdata, list->len * sizeof *copy);
    }
    return copy;
}

/// Finds them; a set: the order in which they are written changes nothing.
static Direct find_direct(Compilation *compilation, Resource *resource) {
    Direct direct = {g_ptr_array_new(), g_ptr_array_new()};
    each_dependency(compilation, resource, add_direct, &direct);
    g_ptr_array_sort(direct.resources, by_resource_id);
    g_ptr_array_sort(direct.instances, by_instance_path);
    return direct;
}

static void free_direct(Direct *direct) {
    g_ptr_array_unref(direct->resources);
    g_ptr_array_unref(direct->instances);
}

void instances_fill(Compilation *compilation, Resource *container) {
    for (size_t i = 0; i < container->use_count; i++) {
        Resource *use = container->uses[i];
        fill_arguments(compilation, use);
        fill_outputs(compilation, use);
        Direct direct = find_direct(compilation, use);
        use->instance->dependencies = kept(compilation->arena, direct.resources);
        use->instance->dependency_count = direct.resources->len;
        use->instance->instance_dependencies = kept(compilation->arena, direct.instances);
        use->instance->instance_dependency_count = direct.instances->len;
        free_direct(&direct);
    }
}

static bool stands_in(const Resource *resource, const Resource *use) {
    while (resource && resource != use) {
        resource = resource->use;
    }
    return resource != NULL;
}

typedef struct Parts {
    const Resource *from;
    GPtrArray *list;
} Parts;

/// The parts of a resource; of an instance, those of all that stand in it.
static void add_parts(Compilation *compilation, Resource *on, void *data) {
    Parts *parts = data;
    (void)compilation;
    for (ModelPart *part = on->model ? on->model->parts : NULL; part; part = part->next) {
        add_once(parts->list, part);
    }
    const Resource *container = on->construct->module ? on->container : NULL;
    for (size_t i = 0; container && i < container->member_count; i++) {
        const Resource *member = container->members[i];
        if (member == parts->from || !stands_in(member, on)) {
            continue;
        }
        for (ModelPart *part = member->model ? member->model->parts : NULL; part;
             part = part->next) {
            add_once(parts->list, part);
        }
    }
}

/// Whether the program says of it, or of what it stands in, that it depends on something.
static bool has_dependencies(Compilation *compilation, Resource *resource) {
    bool found = false;
    for (Resource *one = resource; one && !found; one = one->use) {
        found = resource_has(compilation, one, resource_depends_slot(one));
    }
    return found;
}

void dependencies_link(Compilation *compilation, Resource *resource) {
    if (!has_dependencies(compilation, resource)) {
        return;
    }
    ModelResource *model = resource->model;
    Direct direct = find_direct(compilation, resource);
    model->dependencies = kept(compilation->arena, direct.resources);
    model->dependency_count = direct.resources->len;
    model->instance_dependencies = kept(compilation->arena, direct.instances);
    model->instance_dependency_count = direct.instances->len;
    free_direct(&direct);
    Parts parts = {resource, g_ptr_array_new()};
    for (Resource *one = resource; one; one = one->use) {
        each_dependency(compilation, one, add_parts, &parts);
    }
    ModelPart **dependencies = kept(compilation->arena, parts.list);
    for (ModelPart *part = model->parts; part && parts.list->len; part = part->next) {
        part->dependencies = dependencies;
        part->dependency_count = parts.list->len;
    }
    g_ptr_array_unref(parts.list);
}
