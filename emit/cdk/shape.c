/// What must be alike in instances of a module for one class to serve them all: the constructs in
/// them, and how these refer to each other. All else can be given to the class by props.
#include "cdk/modules.h"

#include "kinds.h"

#include <string.h>

typedef struct Shape {
    const Units *units;
    const Unit *unit;
    GString *out;
} Shape;

/// A text that is told from what stands around it.
static void add_text(const Shape *shape, const char *text) {
    if (text) {
        g_string_append_printf(shape->out, "%zu:%s", strlen(text), text);
    } else {
        g_string_append_c(shape->out, '-');
    }
}

static void add_bytes(const Shape *shape, const Value *string) {
    g_string_append_printf(shape->out, "%zu:", string->length);
    g_string_append_len(shape->out, string->text, (gssize)string->length);
}

/// Where `resource` stands below `unit`: "2/0/r3". Appended to `out`.
static void shape_position(const Units *units, const Unit *unit, const ModelResource *resource,
                           GString *out) {
    Unit *owner = units_owner(units, resource);
    for (Unit *child = unit_child_towards(unit, owner); child;
         child = unit_child_towards(unit, owner)) {
        g_string_append_printf(out, "%zu/", child->place);
        unit = child;
    }
    g_string_append_printf(out, "r%zu", units_place(units, resource));
}

static void add_value(const Shape *shape, const Value *value, bool props);

static void add_items(const Shape *shape, const Value *value) {
    g_string_append_printf(shape->out, "(%zu", value->count);
    for (size_t i = 0; i < value->count; i++) {
        g_string_append_c(shape->out, ' ');
        add_value(shape, value->items[i], false);
    }
    g_string_append_c(shape->out, ')');
}

/// Of props only what refers to constructs within: others may be there or not.
static void add_object(const Shape *shape, const Value *value, bool props) {
    g_string_append_c(shape->out, '{');
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        if (!props || unit_is_in(shape->units, shape->unit, field->value)) {
            add_text(shape, field->name->text);
            add_value(shape, field->value, false);
        }
    }
    g_string_append_c(shape->out, '}');
}

/// What is called must be the same: a prop for a function would be nobody's style.
static void add_callee(const Shape *shape, const Value *value) {
    if (value->kind == VALUE_SYMBOL) {
        add_text(shape, value->module);
        add_text(shape, value->text);
    } else {
        add_value(shape, value, false);
    }
}

/// `*` where no construct within the unit is part of the value.
static void add_value(const Shape *shape, const Value *value, bool props) {
    value = unit_value(shape->units, shape->unit, value);
    if (!unit_is_in(shape->units, shape->unit, value)) {
        g_string_append_c(shape->out, '*');
        return;
    }
    g_string_append_printf(shape->out, "%u", value->kind);
    switch ((ValueKind)value->kind) {
    case VALUE_VARIABLE:
        shape_position(shape->units, shape->unit, value->target, shape->out);
        break;
    case VALUE_OBJECT:
        add_object(shape, value, props);
        break;
    case VALUE_FIELD:
        add_text(shape, value->symbol->text);
        add_value(shape, value->base, false);
        break;
    case VALUE_INVOKE:
    case VALUE_NEW:
        add_callee(shape, value->base);
        add_items(shape, value);
        break;
    case VALUE_DYNAMIC:
    case VALUE_FUNCTION:
        add_text(shape, value->symbol->text);
        add_items(shape, value);
        break;
    default:
        add_items(shape, value);
        break;
    }
}

/// Objects with all their names, however deep.
static void add_attributes(const Shape *shape, const Value *value) {
    if (value->kind != VALUE_OBJECT) {
        add_value(shape, value, false);
        return;
    }
    g_string_append_c(shape->out, '{');
    for (size_t i = 0; i < value->field_count; i++) {
        add_text(shape, value->fields[i].name->text);
        add_attributes(shape, value->fields[i].value);
    }
    g_string_append_c(shape->out, '}');
}

/// What is made by which means; texts of the library, which are no property's values.
static void add_maker(const Shape *shape, const Value *body) {
    for (size_t i = 0; body->kind == VALUE_OBJECT && i < body->field_count; i++) {
        const Field *field = &body->fields[i];
        add_text(shape, field->name->text);
        if (field->value->kind == VALUE_STRING) {
            add_bytes(shape, field->value);
        } else if (field->value->kind == VALUE_SYMBOL) {
            add_callee(shape, field->value);
        } else {
            add_value(shape, field->value, strcmp(field->name->text, "props") == 0);
        }
    }
}

static int compare_texts(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/// The positions of resources and instances within; how many there are of others.
static void add_dependencies(const Shape *shape, ModelResource *const *resources, size_t count,
                             ModelInstance *const *instances, size_t instance_count) {
    g_autoptr(GPtrArray) inside = g_ptr_array_new_with_free_func(g_free);
    size_t outside = 0;
    for (size_t i = 0; i < count + instance_count; i++) {
        if (i < count && !resources[i]->parts) {
            continue; // nothing is written for it
        }
        Unit *owner = i < count ? units_owner(shape->units, resources[i])
                                : g_hash_table_lookup(shape->units->table, instances[i - count]);
        const bool within =
            (owner == shape->unit && i < count) || unit_child_towards(shape->unit, owner);
        if (!within) {
            outside++;
            continue;
        }
        GString *position = g_string_new(NULL);
        if (i < count) {
            shape_position(shape->units, shape->unit, resources[i], position);
        } else {
            g_string_assign(position,
                            instances[i - count]->path +
                                (shape->unit->instance ? strlen(shape->unit->instance->path) : 0));
        }
        g_ptr_array_add(inside, g_string_free(position, FALSE));
    }
    g_ptr_array_sort(inside, compare_texts);
    g_string_append_printf(shape->out, "|%zu", outside);
    for (guint i = 0; i < inside->len; i++) {
        add_text(shape, inside->pdata[i]);
    }
}

bool shape_uses_properties(const ModelResource *resource) {
    return resource->properties && resource->parts && !value_member(resource->parts->body, "props");
}

static void add_resource(const Shape *shape, const ModelResource *resource) {
    g_string_append_c(shape->out, '\n');
    add_text(shape, resource->id);
    add_text(shape, resource->type);
    for (const ModelPart *part = resource->parts; part; part = part->next) {
        g_string_append_c(shape->out, '+');
        add_text(shape, part->at);
        add_maker(shape, part->body);
        if (part->attributes) {
            add_attributes(shape, part->attributes);
        }
    }
    if (shape_uses_properties(resource)) {
        add_value(shape, resource->properties, true);
    }
    add_dependencies(shape, resource->dependencies, resource->dependency_count,
                     resource->instance_dependencies, resource->instance_dependency_count);
}

static void add_child(const Shape *shape, const Unit *child) {
    const ModelInstance *instance = child->instance;
    const UnitClass *class = child->class;
    g_string_append_c(shape->out, '\n');
    add_text(shape, instance->id);
    g_string_append_printf(shape->out, "=%zu", class->number);
    for (size_t i = 0; i < class->scope.prop_count; i++) {
        const Value *value = class->scope.props[i]->values[child->index];
        if (value && unit_is_in(shape->units, shape->unit, value)) {
            add_text(shape, class->scope.props[i]->name);
            add_value(shape, value, false);
        }
    }
    add_dependencies(shape, instance->dependencies, instance->dependency_count,
                     instance->instance_dependencies, instance->instance_dependency_count);
}

const char *shape_of(const Units *units, const Unit *unit, Arena *arena) {
    const Shape shape = {units, unit, g_string_new(NULL)};
    const ModelInstance *instance = unit->instance;
    add_text(&shape, instance->file);
    add_text(&shape, instance->module);
    for (guint i = 0; i < unit->resources->len; i++) {
        add_resource(&shape, unit->resources->pdata[i]);
    }
    g_string_append_c(shape.out, '\n');
    for (guint i = 0; i < unit->children->len; i++) {
        add_child(&shape, unit->children->pdata[i]);
    }
    for (size_t i = 0; i < instance->output_count; i++) {
        g_string_append_c(shape.out, '\n');
        add_text(&shape, instance->outputs[i].name);
        add_value(&shape, instance->outputs[i].value, false);
    }
    char *text = g_string_free(shape.out, FALSE);
    const char *kept = arena_strndup(arena, text, strlen(text));
    g_free(text);
    return kept;
}
