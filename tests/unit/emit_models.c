#include "emit_models.h"

#include <glib.h>
#include <string.h>

enum { MOST_ITEMS = 64 };

static Value *make(Arena *arena, ValueKind kind) {
    Value *value = arena_new_object(arena, Value);
    value->kind = (uint8_t)kind;
    return value;
}

static const Name *name_of(Arena *arena, const char *text) {
    Name *name = arena_new_object(arena, Name);
    name->text = arena_strndup(arena, text, strlen(text));
    name->length = (uint32_t)strlen(text);
    return name;
}

static const Value *with_text(Arena *arena, ValueKind kind, const char *text) {
    Value *value = make(arena, kind);
    value->length = strlen(text);
    value->text = arena_strndup(arena, text, value->length);
    return value;
}

const Value *make_string(Arena *arena, const char *text) {
    return with_text(arena, VALUE_STRING, text);
}

const Value *make_int(Arena *arena, int64_t integer) {
    Value *value = make(arena, VALUE_INT);
    value->integer = integer;
    return value;
}

const Value *make_number(Arena *arena, double decimal) {
    Value *value = make(arena, VALUE_NUMBER);
    value->decimal = decimal;
    return value;
}

const Value *make_bool(Arena *arena, bool boolean) {
    Value *value = make(arena, VALUE_BOOL);
    value->boolean = boolean;
    return value;
}

const Value *make_null(Arena *arena) {
    return make(arena, VALUE_NULL);
}

const Value *make_pseudo(Arena *arena, const char *text) {
    return with_text(arena, VALUE_PSEUDO, text);
}

const Value *make_this(Arena *arena) {
    return make(arena, VALUE_THIS);
}

const Value *make_parameter(Arena *arena, ModelParameter *parameter) {
    Value *value = make(arena, VALUE_PARAMETER);
    value->parameter = parameter;
    value->number = parameter->type == PARAMETER_NUMBER;
    return value;
}

const Value *make_ref(Arena *arena, ModelPart *part) {
    Value *value = make(arena, VALUE_REF);
    value->part = part;
    return value;
}

const Value *make_getatt(Arena *arena, ModelPart *part, const char *attribute) {
    Value *value = make(arena, VALUE_GETATT);
    value->part = part;
    value->text = arena_strndup(arena, attribute, strlen(attribute));
    return value;
}

const Value *make_variable(Arena *arena, ModelResource *resource) {
    Value *value = make(arena, VALUE_VARIABLE);
    value->target = resource;
    return value;
}

const Value *make_symbol(Arena *arena, const char *module, const char *text) {
    Value *value = make(arena, VALUE_SYMBOL);
    value->text = arena_strndup(arena, text, strlen(text));
    value->module = arena_strndup(arena, module, strlen(module));
    return value;
}

const Value *make_field(Arena *arena, const Value *base, const char *name) {
    Value *value = make(arena, VALUE_FIELD);
    value->base = base;
    value->symbol = name_of(arena, name);
    return value;
}

const Value *make_items_of(Arena *arena, ValueKind kind, const Value *base,
                           const Value *const *items, size_t count) {
    Value *value = make(arena, kind);
    value->items = arena_array(arena, const Value *, count);
    for (size_t i = 0; i < count; i++) {
        value->items[i] = items[i];
    }
    value->count = count;
    value->base = base;
    return value;
}

static const Value *from_list(Arena *arena, ValueKind kind, const Value *base, va_list list) {
    const Value *items[MOST_ITEMS];
    size_t count = 0;
    for (const Value *item = va_arg(list, const Value *); item;
         item = va_arg(list, const Value *)) {
        g_assert_cmpuint(count, <, MOST_ITEMS);
        items[count++] = item;
    }
    return make_items_of(arena, kind, base, items, count);
}

const Value *make_items(Arena *arena, ValueKind kind, const Value *base, ...) {
    va_list list;
    va_start(list, base);
    const Value *value = from_list(arena, kind, base, list);
    va_end(list);
    return value;
}

const Value *make_named(Arena *arena, ValueKind kind, const char *symbol, ...) {
    va_list list;
    va_start(list, symbol);
    Value *value = arena_new_object(arena, Value);
    *value = *from_list(arena, kind, NULL, list);
    va_end(list);
    value->symbol = name_of(arena, symbol);
    return value;
}

const Value *make_object_of(Arena *arena, const char *const *names, const Value *const *values,
                            size_t count) {
    Value *value = make(arena, VALUE_OBJECT);
    value->fields = arena_array(arena, Field, count);
    value->field_count = count;
    for (size_t i = 0; i < count; i++) {
        value->fields[i].name = name_of(arena, names[i]);
        value->fields[i].value = values[i];
    }
    return value;
}

const Value *make_object(Arena *arena, ...) {
    const char *names[MOST_ITEMS];
    const Value *values[MOST_ITEMS];
    size_t count = 0;
    va_list list;
    va_start(list, arena);
    for (const char *name = va_arg(list, const char *); name; name = va_arg(list, const char *)) {
        g_assert_cmpuint(count, <, MOST_ITEMS);
        names[count] = name;
        values[count++] = va_arg(list, const Value *);
    }
    va_end(list);
    return make_object_of(arena, names, values, count);
}

/// "orders" → "Orders"
static const char *pascal(Arena *arena, const char *name) {
    char *copy = arena_strndup(arena, name, strlen(name));
    copy[0] = g_ascii_toupper(copy[0]);
    return copy;
}

Model *make_model(Arena *arena, const char *target, const char *name) {
    enum { MOST = 512 };
    Model *model = arena_new_object(arena, Model);
    ModelStack *stack = arena_new_object(arena, ModelStack);
    stack->name = name;
    stack->class_name = arena_printf(arena, "%sStack", pascal(arena, name));
    stack->resources = arena_array(arena, ModelResource *, MOST);
    stack->parameters = arena_array(arena, ModelParameter *, MOST);
    stack->outputs = arena_array(arena, ModelOutput, MOST);
    stack->instances = arena_array(arena, ModelInstance *, MOST);
    stack->span = NO_SPAN;
    model->target = target;
    model->project = name;
    model->stacks = stack;
    model->stack_count = 1;
    model->arena = arena;
    return model;
}

ModelResource *add_resource(Model *model, const char *name, const char *id) {
    ModelResource *resource = arena_new_object(model->arena, ModelResource);
    resource->name = name;
    resource->id = id;
    resource->kind = "location";
    resource->type = "location.X";
    resource->span = NO_SPAN;
    model->stacks->resources[model->stacks->resource_count++] = resource;
    if (model->stacks->container == NULL) {
        model->stacks->container = resource; // the first
    }
    return resource;
}

ModelPart *add_part(Model *model, ModelResource *resource, const char *head, const char *at,
                    const Value *body) {
    ModelPart *part = arena_new_object(model->arena, ModelPart);
    ModelPart **end = &resource->parts;
    while (*end) {
        end = &(*end)->next;
    }
    *end = part;
    part->head = head;
    part->at = at;
    part->path = arena_printf(model->arena, "%s/%s", resource->id, at);
    part->logical_id = model_logical_id(model->arena, part->path);
    part->body = body;
    part->resource = resource;
    return part;
}

ModelParameter *add_parameter(Model *model, const char *name, ParameterType type) {
    ModelParameter *parameter = arena_new_object(model->arena, ModelParameter);
    parameter->name = name;
    parameter->id = pascal(model->arena, name);
    parameter->type = type;
    parameter->span = NO_SPAN;
    model->stacks->parameters[model->stacks->parameter_count++] = parameter;
    return parameter;
}

ModelOutput *add_output(Model *model, const char *name, const Value *value) {
    ModelOutput *output = &model->stacks->outputs[model->stacks->output_count++];
    output->name = name;
    output->id = pascal(model->arena, name);
    output->value = value;
    output->span = NO_SPAN;
    return output;
}

const Value *make_argument(Arena *arena, const char *name, const Value *value) {
    Value *argument = arena_new_object(arena, Value);
    argument->kind = VALUE_ARGUMENT;
    argument->symbol = name_of(arena, name);
    argument->base = value;
    argument->number = value->number;
    return argument;
}

ModelInstance *add_instance(Model *model, ModelInstance *parent, const char *module,
                            const char *name) {
    enum { MOST = 16 };
    Arena *arena = model->arena;
    ModelInstance *instance = arena_new_object(arena, ModelInstance);
    *instance = (ModelInstance){.module = module,
                                .file = "main.depot",
                                .name = name,
                                .id = pascal(arena, name),
                                .parent = parent,
                                .span = NO_SPAN};
    instance->path =
        parent ? arena_printf(arena, "%s/%s", parent->path, instance->id) : instance->id;
    instance->arguments = arena_array(arena, ModelArgument, MOST);
    instance->outputs = arena_array(arena, ModelOutput, MOST);
    model->stacks->instances[model->stacks->instance_count++] = instance;
    return instance;
}

const Value *give(Model *model, ModelInstance *instance, const char *name, const Value *value) {
    instance->arguments[instance->argument_count++] = (ModelArgument){name, NULL, value};
    return make_argument(model->arena, name, value);
}

void show(ModelInstance *instance, const char *name, const Value *value) {
    instance->outputs[instance->output_count++] =
        (ModelOutput){.name = name, .id = name, .value = value, .span = NO_SPAN};
}
