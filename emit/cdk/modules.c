#include "cdk/modules.h"

#include "cdk/variables.h"
#include "kinds.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

static UnitClass *new_class(Modules *modules, Unit *unit) {
    UnitClass *class = arena_new_object(modules->arena, UnitClass);
    class->props = g_ptr_array_new();
    class->members = g_ptr_array_new();
    class->lists = g_ptr_array_new();
    class->units = arena_array(modules->arena, Unit *, 1);
    class->units[0] = unit;
    class->unit_count = 1;
    unit->class = class;
    return class;
}

/// Values of the units, one each.
typedef const Value *const *Values;

/// The resource at a place of a unit.
static const ModelResource *resource_at(const Unit *unit, size_t place) {
    return unit->resources->pdata[place];
}

static const Unit *child_at(const Unit *unit, size_t place) {
    return unit->children->pdata[place];
}

static const ModelPart *part_at(const ModelResource *resource, size_t place) {
    const ModelPart *part = resource->parts;
    for (size_t i = 0; i < place; i++) {
        part = part->next;
    }
    return part;
}

/// `props` of a clause, with the parameters of the module where a property of the resource is
/// handed on as it is: what a clause computes with does not show them.
static const Value *with_parameters(const Modules *modules, const Value *props,
                                    const Value *properties) {
    if (props->kind != VALUE_OBJECT || !properties) {
        return props;
    }
    Value *copy = arena_new_object(modules->arena, Value);
    *copy = *props;
    copy->fields = arena_array(modules->arena, Field, props->field_count);
    for (size_t i = 0; i < props->field_count; i++) {
        const Value *property = value_member_near(properties, i, props->fields[i].name->text);
        copy->fields[i] = props->fields[i];
        if (property && unit_same(property, props->fields[i].value)) {
            copy->fields[i].value = property;
        }
    }
    return copy;
}

/// The clauses of the library are objects; how a thing is made is the same in all units.
static const Value *unify_body(Modules *modules, UnitClass *class, const ModelPart **parts,
                               UnifyContext context) {
    const Value *first = parts[0]->body;
    if (first->kind != VALUE_OBJECT) {
        return first;
    }
    Value *copy = arena_new_object(modules->arena, Value);
    *copy = *first;
    copy->fields = arena_array(modules->arena, Field, first->field_count);
    for (size_t i = 0; i < first->field_count; i++) {
        const Field *field = &first->fields[i];
        const bool props = strcmp(field->name->text, "props") == 0;
        copy->fields[i] = *field;
        if (field->value->kind == VALUE_STRING || field->value->kind == VALUE_SYMBOL ||
            field->value->kind == VALUE_ABSENT) {
            continue;
        }
        const Value **values = arena_array(modules->arena, const Value *, class->unit_count);
        for (size_t k = 0; k < class->unit_count; k++) {
            values[k] = parts[k]->body->fields[i].value;
            if (props) {
                values[k] = with_parameters(modules, values[k], parts[k]->resource->properties);
            }
        }
        context.leaf = field->name->text;
        copy->fields[i].value = props ? unify_props(modules, class, values, context)
                                      : unify_value(modules, class, values, context);
    }
    return copy;
}

static void unify_part(Modules *modules, UnitClass *class, ModelPart *part, size_t place,
                       size_t number, UnifyContext context) {
    const ModelPart **parts = arena_array(modules->arena, const ModelPart *, class->unit_count);
    const Value **attributes = arena_array(modules->arena, const Value *, class->unit_count);
    for (size_t i = 0; i < class->unit_count; i++) {
        parts[i] = part_at(resource_at(class->units[i], place), number);
        attributes[i] = parts[i]->attributes;
    }
    part->body = unify_body(modules, class, parts, context);
    if (part->attributes) {
        part->attributes = unify_attributes(modules, class, attributes, context);
    }
}

/// The resource at `place` as the class has it.
static void unify_resource(Modules *modules, UnitClass *class, size_t place) {
    ModelResource *copy = &class->copies[place];
    const UnifyContext context = {variables_name(modules->arena, copy), NULL};
    ModelPart **end = &copy->parts;
    size_t number = 0;
    for (const ModelPart *part = copy->parts; part; part = part->next, number++) {
        ModelPart *own = arena_new_object(modules->arena, ModelPart);
        *own = *part;
        own->resource = copy;
        unify_part(modules, class, own, place, number, context);
        *end = own;
        end = &own->next;
    }
    if (!shape_uses_properties(resource_at(class->units[0], place))) {
        copy->properties = NULL;
    } else {
        const Value **values = arena_array(modules->arena, const Value *, class->unit_count);
        for (size_t i = 0; i < class->unit_count; i++) {
            values[i] = resource_at(class->units[i], place)->properties;
        }
        copy->properties = unify_props(modules, class, values, context);
    }
}

/// What instance `index` of a child's class is given, with the names of its props.
static const Value *given_props(const Modules *modules, const UnitClass *class, size_t index) {
    Value *object = arena_new_object(modules->arena, Value);
    object->kind = VALUE_OBJECT;
    object->ordered = true;
    object->fields = arena_array(modules->arena, Field, class->scope.prop_count);
    for (size_t i = 0; i < class->scope.prop_count; i++) {
        const CdkProp *prop = class->scope.props[i];
        const Value *value = prop->values[index];
        if (!value) {
            continue;
        }
        if (prop->text) {
            Value *text = arena_new_object(modules->arena, Value);
            text->kind = VALUE_CONCAT; // of one piece: what it is as text
            text->items = arena_array(modules->arena, const Value *, 1);
            text->items[0] = value;
            text->count = 1;
            value = text;
        }
        const UnitProp *known = class->props->pdata[i];
        object->fields[object->field_count++] = (Field){known->argument->symbol, value, NULL};
    }
    return object;
}

/// The instance at `place` as a resource: `new Tables(this, "First", { prefix: "a" })`. What the
/// class is called is filled in when all classes are known.
static void unify_child(Modules *modules, UnitClass *class, size_t place) {
    ModelResource *handle = &class->handles[place];
    const UnitClass *inner = child_at(class->units[0], place)->class;
    const UnifyContext context = {variables_name(modules->arena, handle), NULL};
    const Value **values = arena_array(modules->arena, const Value *, class->unit_count);
    for (size_t i = 0; i < class->unit_count; i++) {
        values[i] = given_props(modules, inner, child_at(class->units[i], place)->index);
    }
    if (inner->scope.prop_count > 0) {
        handle->properties = unify_props(modules, class, values, context);
    }
}

/// Adds `value` to what a construct depends on.
static void add_dependency(CdkConstruct *construct, const Value *value) {
    construct->dependencies[construct->dependency_count++] = value;
}

/// What a construct was made to depend on, in the model.
typedef struct Dependencies {
    ModelResource *const *resources;
    size_t count;
    ModelInstance *const *instances;
    size_t instance_count;
} Dependencies;

static Dependencies dependencies_of(const Unit *unit, size_t place) {
    if (place < unit->resources->len) {
        const ModelResource *one = resource_at(unit, place);
        return (Dependencies){one->dependencies, one->dependency_count, one->instance_dependencies,
                              one->instance_dependency_count};
    }
    const ModelInstance *one = child_at(unit, place - unit->resources->len)->instance;
    return (Dependencies){one->dependencies, one->dependency_count, one->instance_dependencies,
                          one->instance_dependency_count};
}

/// The construct as a value of `unit`: the parameter that gives it, if one does.
static const Value *as_value(const Modules *modules, const Unit *unit, ModelResource *resource) {
    Value *variable = arena_new_object(modules->arena, Value);
    variable->kind = VALUE_VARIABLE;
    variable->target = resource;
    for (size_t i = 0; unit->instance && i < unit->instance->argument_count; i++) {
        const ModelArgument *argument = &unit->instance->arguments[i];
        if (unit_same(argument->value, variable)) {
            Name *name = arena_new_object(modules->arena, Name);
            name->text = argument->name;
            name->length = (uint32_t)strlen(argument->name);
            Value *value = arena_new_object(modules->arena, Value);
            value->kind = VALUE_ARGUMENT;
            value->symbol = name;
            value->base = argument->value;
            return value;
        }
    }
    return variable;
}

/// Those among the resources that stand within the unit, or those that do not, in the order of
/// their places: so they match between units.
static GPtrArray *some_dependencies(const Modules *modules, const Unit *unit,
                                    const Dependencies *all, bool within) {
    GPtrArray *some = g_ptr_array_new();
    for (size_t i = 0; i < all->count; i++) {
        Unit *owner = units_owner(modules->units, all->resources[i]);
        const bool inside = owner == unit || unit_child_towards(unit, owner);
        if (inside == within && all->resources[i]->parts) {
            g_ptr_array_add(some, all->resources[i]);
        }
    }
    return some;
}

static void unify_resources_needed(Modules *modules, UnitClass *class, size_t place,
                                   CdkConstruct *construct, bool within) {
    const UnifyContext context = {variables_name(modules->arena, construct->resource),
                                  "dependency"};
    g_autoptr(GPtrArray) needed = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (size_t i = 0; i < class->unit_count; i++) {
        const Dependencies all = dependencies_of(class->units[i], place);
        g_ptr_array_add(needed, some_dependencies(modules, class->units[i], &all, within));
    }
    const guint count = ((const GPtrArray *)needed->pdata[0])->len;
    for (guint k = 0; k < count; k++) {
        const Value **values = arena_array(modules->arena, const Value *, class->unit_count);
        for (guint i = 0; i < class->unit_count; i++) {
            const GPtrArray *of_unit = needed->pdata[i];
            values[i] = as_value(modules, class->units[i], of_unit->pdata[k]);
        }
        add_dependency(construct, unify_value(modules, class, values, context));
    }
}

static void unify_dependencies(Modules *modules, UnitClass *class, size_t place) {
    CdkConstruct *construct = &class->own[place];
    const Unit *unit = class->units[0];
    const Dependencies all = dependencies_of(unit, place);
    if (all.count + all.instance_count == 0) {
        return;
    }
    construct->dependencies =
        arena_array(modules->arena, const Value *, all.count + all.instance_count);
    unify_resources_needed(modules, class, place, construct, true);
    unify_resources_needed(modules, class, place, construct, false);
    for (size_t i = 0; i < all.instance_count; i++) {
        Unit *child = g_hash_table_lookup(modules->units->table, all.instances[i]);
        if (child && child->parent == unit) {
            Value *variable = arena_new_object(modules->arena, Value);
            variable->kind = VALUE_VARIABLE;
            variable->target = &class->handles[child->place];
            add_dependency(construct, variable);
        }
    }
}

/// The constructs of a class, before anything is said of their values.
static void make_constructs(const Modules *modules, UnitClass *class) {
    static const Value NOTHING_YET = {.kind = VALUE_OBJECT};
    const Unit *unit = class->units[0];
    const size_t count = unit->resources->len;
    class->copies = arena_array(modules->arena, ModelResource, count);
    class->handles = arena_array(modules->arena, ModelResource, unit->children->len);
    class->own = arena_array(modules->arena, CdkConstruct, count + unit->children->len);
    for (size_t i = 0; i < count; i++) {
        class->copies[i] = *resource_at(unit, i);
        class->own[i].resource = &class->copies[i];
    }
    for (size_t i = 0; i < unit->children->len; i++) {
        const ModelInstance *instance = child_at(unit, i)->instance;
        ModelPart *part = arena_new_object(modules->arena, ModelPart);
        ModelResource *handle = &class->handles[i];
        *handle = (ModelResource){.name = instance->name,
                                  .key = instance->key,
                                  .id = instance->id,
                                  .kind = instance->module,
                                  .type = instance->module,
                                  .doc = instance->doc,
                                  .parts = part,
                                  .span = instance->span};
        part->resource = handle;
        part->head = part->at = "";
        part->body = &NOTHING_YET;
        class->own[count + i].resource = handle;
    }
}

static void unify_constructs(Modules *modules, UnitClass *class) {
    const Unit *unit = class->units[0];
    const size_t count = unit->resources->len;
    make_constructs(modules, class);
    for (size_t i = 0; i < count; i++) {
        unify_resource(modules, class, i);
    }
    for (size_t i = 0; i < unit->children->len; i++) {
        unify_child(modules, class, i);
    }
    for (size_t i = 0; i < count + unit->children->len; i++) {
        unify_dependencies(modules, class, i);
    }
}

/// All outputs of the module that have a value.
static void unify_members(Modules *modules, UnitClass *class) {
    const ModelInstance *instance = class->units[0]->instance;
    for (size_t i = 0; i < instance->output_count; i++) {
        const Value **values = arena_array(modules->arena, const Value *, class->unit_count);
        for (size_t k = 0; k < class->unit_count; k++) {
            values[k] = class->units[k]->instance->outputs[i].value;
        }
        members_add(modules, class, instance->outputs[i].name, instance->outputs[i].doc, values);
    }
}

static void make_class(Modules *modules, UnitClass *class) {
    unify_constructs(modules, class);
    unify_members(modules, class);
    props_settle(modules, class);
    order_constructs(modules, class);
    class->scope.doc = class->units[0]->instance->module_doc;
    class->scope.nested = class->units[0]->instance->is_nested;
    class->scope.instance_count = class->unit_count;
}

/// Groups the instances of one height by their shapes.
static void find_classes(Modules *modules, unsigned height) {
    g_autoptr(GHashTable) shapes = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *instances = modules->units->instances;
    const guint first = modules->classes->len;
    for (guint i = 0; i < instances->len; i++) {
        Unit *unit = instances->pdata[i];
        if (unit->height != height) {
            continue;
        }
        const char *shape = shape_of(modules->units, unit, modules->arena);
        GPtrArray *units = g_hash_table_lookup(shapes, shape);
        if (!units) {
            UnitClass *class = new_class(modules, unit);
            class->number = modules->classes->len;
            g_ptr_array_add(modules->classes, class);
            units = g_ptr_array_new();
            g_hash_table_insert(shapes, (gpointer)shape, units);
        }
        if (units->len > 0) {
            unit->class = ((Unit *)units->pdata[0])->class;
        }
        unit->index = units->len;
        g_ptr_array_add(units, unit);
    }
    GHashTableIter iterator;
    gpointer list = NULL;
    g_hash_table_iter_init(&iterator, shapes);
    while (g_hash_table_iter_next(&iterator, NULL, &list)) {
        const GPtrArray *units = list;
        UnitClass *class = ((Unit *)units->pdata[0])->class;
        class->unit_count = units->len;
        class->units = arena_array(modules->arena, Unit *, units->len);
        memcpy(class->units, units->pdata, units->len * sizeof(Unit *));
        g_ptr_array_unref(list);
    }
    for (guint i = first; i < modules->classes->len; i++) {
        make_class(modules, modules->classes->pdata[i]);
    }
}

/// The constructs of a stack without instances, as the model has them.
static void keep_constructs(const Modules *modules, UnitClass *class, const ModelStack *stack) {
    CdkConstruct *constructs = arena_array(modules->arena, CdkConstruct, stack->resource_count);
    for (size_t i = 0; i < stack->resource_count; i++) {
        const ModelResource *resource = stack->resources[i];
        constructs[i].resource = resource;
        if (resource->dependency_count > 0) {
            constructs[i].dependencies =
                arena_array(modules->arena, const Value *, resource->dependency_count);
        }
        for (size_t j = 0; j < resource->dependency_count; j++) {
            if (resource->dependencies[j]->parts) {
                Value *variable = arena_new_object(modules->arena, Value);
                variable->kind = VALUE_VARIABLE;
                variable->target = resource->dependencies[j];
                add_dependency(&constructs[i], variable);
            }
        }
    }
    class->scope.constructs = constructs;
    class->scope.construct_count = stack->resource_count;
    class->scope.outputs = stack->outputs;
}

static void unify_stack(Modules *modules, UnitClass *class, const ModelStack *stack) {
    unify_constructs(modules, class);
    order_constructs(modules, class);
    ModelOutput *outputs = arena_array(modules->arena, ModelOutput, stack->output_count);
    for (size_t i = 0; i < stack->output_count; i++) {
        outputs[i] = stack->outputs[i];
        const Value *value = outputs[i].value;
        outputs[i].value =
            unify_value(modules, class, &value, (UnifyContext){NULL, outputs[i].name});
    }
    class->scope.outputs = outputs;
}

static void make_stack(Modules *modules, size_t place) {
    Unit *unit = &modules->units->stacks[place];
    const ModelStack *stack = unit->stack;
    UnitClass *class = new_class(modules, unit);
    modules->stacks[place] = class;
    if (stack->instance_count > 0) {
        unify_stack(modules, class, stack);
    } else {
        keep_constructs(modules, class, stack);
    }
    class->scope.class_name = stack->class_name;
    class->scope.doc = stack->doc;
    class->scope.parameters = stack->parameters;
    class->scope.parameter_count = stack->parameter_count;
    class->scope.output_count = stack->output_count;
}

static int by_member_name(const void *left, const void *right) {
    return strcmp((*(CdkMember *const *)left)->name, (*(CdkMember *const *)right)->name);
}

static void finish_class(const Modules *modules, UnitClass *class) {
    CdkMember **members = arena_array(modules->arena, CdkMember *, class->members->len);
    for (guint i = 0; i < class->members->len; i++) {
        members[i] = class->members->pdata[i];
    }
    qsort(members, class->members->len, sizeof *members, by_member_name);
    class->scope.members = members;
    class->scope.member_count = class->members->len;
    if (class->scope.nested) {
        class->scope.parameters = (ModelParameter *const *)class->lists->pdata;
        class->scope.parameter_count = class->lists->len;
    }
}

/// What makes an instance: its class, from the file beside.
static void finish_handles(const Modules *modules, const UnitClass *class) {
    static const Name CLASS = {.text = "class", .length = 5}, FROM = {.text = "from", .length = 4};
    const Unit *unit = class->units[0];
    for (size_t i = 0; i < unit->children->len; i++) {
        const UnitClass *inner = child_at(unit, i)->class;
        const char *from = arena_printf(modules->arena, "./%s", inner->file);
        Value *texts = arena_array(modules->arena, Value, 3);
        texts[0] = (Value){.kind = VALUE_STRING,
                           .text = inner->scope.class_name,
                           .length = strlen(inner->scope.class_name)};
        texts[1] = (Value){.kind = VALUE_STRING, .text = from, .length = strlen(from)};
        texts[2].kind = VALUE_OBJECT;
        texts[2].fields = arena_array(modules->arena, Field, 2);
        texts[2].fields[texts[2].field_count++] = (Field){&CLASS, &texts[0], NULL};
        texts[2].fields[texts[2].field_count++] = (Field){&FROM, &texts[1], NULL};
        class->handles[i].parts->body = &texts[2];
    }
}

Modules *modules_new(const CdkProject *project) {
    const Model *model = project->model;
    Modules *modules = g_new0(Modules, 1);
    modules->arena = model->arena;
    modules->units = units_new(model, modules->arena);
    modules->stacks = arena_array(modules->arena, UnitClass *, model->stack_count);
    modules->classes = g_ptr_array_new();
    unsigned height = 0;
    for (size_t i = 0; i < model->stack_count; i++) {
        height = MAX(height, modules->units->stacks[i].height);
    }
    for (unsigned i = 0; i < height; i++) {
        find_classes(modules, i);
    }
    for (size_t i = 0; i < model->stack_count; i++) {
        make_stack(modules, i);
        modules->stacks[i]->scope.service_token = model->service_token;
    }
    names_choose(modules, project);
    for (guint i = 0; i < modules->classes->len; i++) {
        finish_class(modules, modules->classes->pdata[i]);
        finish_handles(modules, modules->classes->pdata[i]);
    }
    for (size_t i = 0; i < model->stack_count; i++) {
        finish_handles(modules, modules->stacks[i]);
    }
    return modules;
}

static void free_class(UnitClass *class) {
    g_ptr_array_unref(class->props);
    g_ptr_array_unref(class->members);
    g_ptr_array_unref(class->lists);
    g_free(class->file);
}

void modules_free(Modules *modules) {
    for (guint i = 0; i < modules->classes->len; i++) {
        free_class(modules->classes->pdata[i]);
    }
    for (size_t i = 0; i < modules->units->stack_count; i++) {
        free_class(modules->stacks[i]);
    }
    g_ptr_array_unref(modules->classes);
    units_free(modules->units);
    g_free(modules);
}
