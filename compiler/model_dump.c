#include "model_dump.h"

#include <glib.h>
#include <string.h>

static void append_quoted(GString *out, const char *text, size_t length) {
    g_string_append_c(out, '"');
    for (size_t i = 0; i < length; i++) {
        const char byte = text[i];
        if (byte == '"' || byte == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, byte);
        } else if (byte == '\n') {
            g_string_append(out, "\\n");
        } else if ((unsigned char)byte < ' ') {
            g_string_append_printf(out, "\\u%04x", (unsigned char)byte);
        } else {
            g_string_append_c(out, byte);
        }
    }
    g_string_append_c(out, '"');
}

static void append_text(GString *out, const char *text) {
    append_quoted(out, text, strlen(text));
}

static void append_line(GString *out, int indent) {
    g_string_append_printf(out, "\n%*s", indent, "");
}

static void value_dump(const Value *value, int indent, GString *out);

/// "name(item, item)".
static void append_items(GString *out, const char *name, const Value *value, int indent) {
    g_string_append_printf(out, "%s(", name);
    for (size_t i = 0; i < value->count; i++) {
        g_string_append(out, i > 0 ? ", " : "");
        value_dump(value->items[i], indent, out);
    }
    g_string_append_c(out, ')');
}

static void append_list(GString *out, const Value *value, int indent) {
    g_string_append_c(out, '[');
    for (size_t i = 0; i < value->count; i++) {
        append_line(out, indent + 2);
        value_dump(value->items[i], indent + 2, out);
    }
    if (value->count > 0) {
        append_line(out, indent);
    }
    g_string_append_c(out, ']');
}

static void append_object(GString *out, const Value *value, int indent) {
    g_string_append(out, value->map ? "map {" : "{");
    for (size_t i = 0; i < value->field_count; i++) {
        append_line(out, indent + 2);
        g_string_append_printf(out, "%s: ", value->fields[i].name->text);
        value_dump(value->fields[i].value, indent + 2, out);
    }
    if (value->field_count > 0) {
        append_line(out, indent);
    }
    g_string_append_c(out, '}');
}

static void append_number(GString *out, double number) {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_dtostr(buffer, sizeof buffer, number));
}

/// The construct path of a resource.
static void append_path(GString *out, const ModelResource *resource) {
    if (resource->instance) {
        g_string_append_printf(out, "%s/", resource->instance->path);
    }
    g_string_append(out, resource->id);
}

/// Values that hold no others.
static bool append_leaf(GString *out, const Value *value) {
    switch (value->kind) {
    case VALUE_NULL:
        g_string_append(out, "null");
        return true;
    case VALUE_BOOL:
        g_string_append(out, value->boolean ? "true" : "false");
        return true;
    case VALUE_INT:
        g_string_append_printf(out, "%" G_GINT64_FORMAT, value->integer);
        return true;
    case VALUE_NUMBER:
        append_number(out, value->decimal);
        return true;
    case VALUE_STRING:
        append_quoted(out, value->text, value->length);
        return true;
    case VALUE_PARAMETER:
        g_string_append_printf(out, "parameter(%s)", value->parameter->id);
        return true;
    case VALUE_PSEUDO:
        g_string_append_printf(out, "pseudo(%s)", value->text);
        return true;
    case VALUE_REF:
        g_string_append_printf(out, "ref(%s)", value->part->logical_id);
        return true;
    case VALUE_GETATT:
        g_string_append_printf(out, "att(%s, %s)", value->part->logical_id, value->text);
        return true;
    case VALUE_VARIABLE:
        g_string_append(out, "variable(");
        append_path(out, value->target);
        g_string_append_c(out, ')');
        return true;
    case VALUE_SYMBOL:
        g_string_append_printf(out, "symbol(%s, %s)", value->text, value->module);
        return true;
    case VALUE_THIS:
        g_string_append(out, "this");
        return true;
    default:
        return false;
    }
}

/// Appends a value, on several lines if it holds objects; the first line is not indented, the
/// others by `indent` columns and more.
static void value_dump(const Value *value, int indent, GString *out) {
    if (append_leaf(out, value)) {
        return;
    }
    switch (value->kind) {
    case VALUE_LIST:
        append_list(out, value, indent);
        break;
    case VALUE_OBJECT:
        append_object(out, value, indent);
        break;
    case VALUE_CONCAT:
        append_items(out, "concat", value, indent);
        break;
    case VALUE_DYNAMIC:
    case VALUE_FUNCTION:
        append_items(out, value->symbol->text, value, indent);
        break;
    case VALUE_ARGUMENT:
        g_string_append_printf(out, "argument(%s, ", value->symbol->text);
        value_dump(value->base, indent, out);
        g_string_append_c(out, ')');
        break;
    case VALUE_FIELD:
        value_dump(value->base, indent, out);
        g_string_append_printf(out, ".%s", value->symbol->text);
        break;
    case VALUE_NEW:
        g_string_append(out, "new ");
        value_dump(value->base, indent, out);
        append_items(out, "", value, indent);
        break;
    case VALUE_INVOKE:
        value_dump(value->base, indent, out);
        append_items(out, "", value, indent);
        break;
    default:
        g_string_append_printf(out, "value of kind %d", value->kind); // does not occur in models
    }
}

static void dump_doc(const char *doc, GString *out) {
    if (doc != NULL) {
        g_string_append(out, " doc ");
        append_text(out, doc);
    }
}

static const char *parameter_type_name(ParameterType type) {
    switch (type) {
    case PARAMETER_NUMBER:
        return "number";
    case PARAMETER_LIST:
        return "list";
    case PARAMETER_STRING:
        break;
    }
    return "string";
}

static void dump_constraints(const ModelParameter *parameter, GString *out) {
    for (size_t i = 0; i < parameter->allowed_count; i++) {
        g_string_append(out, i == 0 ? "\n    allowed " : ", ");
        append_text(out, parameter->allowed[i]);
    }
    if (parameter->pattern != NULL) {
        g_string_append(out, "\n    pattern ");
        append_text(out, parameter->pattern);
    }
    if (parameter->constraint != NULL) {
        g_string_append(out, "\n    constraint ");
        append_text(out, parameter->constraint);
    }
    if (parameter->has_min_length) {
        g_string_append_printf(out, "\n    length from %" G_GINT64_FORMAT, parameter->min_length);
    }
    if (parameter->has_max_length) {
        g_string_append_printf(out, "\n    length to %" G_GINT64_FORMAT, parameter->max_length);
    }
    if (parameter->has_min_value) {
        g_string_append(out, "\n    from ");
        append_number(out, parameter->min_value);
    }
    if (parameter->has_max_value) {
        g_string_append(out, "\n    to ");
        append_number(out, parameter->max_value);
    }
}

static void dump_parameter(const ModelParameter *parameter, GString *out) {
    g_string_append_printf(out, "  parameter %s: %s id %s", parameter->name,
                           parameter_type_name(parameter->type), parameter->id);
    dump_doc(parameter->doc, out);
    if (parameter->default_value != NULL) {
        g_string_append(out, "\n    default ");
        value_dump(parameter->default_value, 4, out);
    }
    dump_constraints(parameter, out);
    g_string_append_c(out, '\n');
}

static void dump_part(const ModelPart *part, GString *out) {
    g_string_append(out, "    part ");
    append_text(out, part->head);
    if (part->path != NULL) {
        g_string_append_printf(out, " at %s", part->path);
    }
    if (part->logical_id != NULL) {
        g_string_append_printf(out, " id %s", part->logical_id);
    }
    g_string_append_c(out, ' ');
    value_dump(part->body, 4, out);
    for (size_t i = 0; i < part->dependency_count; i++) {
        g_string_append_printf(out, "\n      after %s", part->dependencies[i]->path);
    }
    g_string_append_c(out, '\n');
}

static void dump_resource(const ModelResource *resource, GString *out) {
    g_string_append_printf(out, "  resource %s", resource->name);
    if (resource->key != NULL) {
        g_string_append_printf(out, "[%s]", resource->key);
    }
    g_string_append_printf(out, ": %s id %s", resource->type, resource->id);
    if (resource->instance != NULL) {
        g_string_append_printf(out, " in %s", resource->instance->path);
    }
    if (resource->nested != NULL) {
        g_string_append_printf(out, " nested %s", resource->nested->id);
    }
    dump_doc(resource->doc, out);
    g_string_append_c(out, '\n');
    for (size_t i = 0; i < resource->dependency_count; i++) {
        g_string_append_printf(out, "    after %s\n", resource->dependencies[i]->id);
    }
    for (size_t i = 0; i < resource->instance_dependency_count; i++) {
        g_string_append_printf(out, "    after %s\n", resource->instance_dependencies[i]->path);
    }
    if (resource->properties != NULL) {
        g_string_append(out, "    properties ");
        value_dump(resource->properties, 4, out);
        g_string_append_c(out, '\n');
    }
    for (const ModelPart *part = resource->parts; part != NULL; part = part->next) {
        dump_part(part, out);
    }
}

static void dump_output(const ModelOutput *output, int indent, GString *out) {
    g_string_append_printf(out, "%*soutput %s id %s", indent, "", output->name, output->id);
    dump_doc(output->doc, out);
    g_string_append(out, " = ");
    value_dump(output->value, indent, out);
    g_string_append_c(out, '\n');
}

static void dump_instance(const ModelInstance *instance, GString *out) {
    g_string_append_printf(out, "  instance %s: module %s", instance->path, instance->module);
    dump_doc(instance->doc, out);
    g_string_append_c(out, '\n');
    for (size_t i = 0; i < instance->dependency_count; i++) {
        g_string_append_printf(out, "    after %s\n", instance->dependencies[i]->id);
    }
    for (size_t i = 0; i < instance->instance_dependency_count; i++) {
        g_string_append_printf(out, "    after %s\n", instance->instance_dependencies[i]->path);
    }
    for (size_t i = 0; i < instance->argument_count; i++) {
        const ModelArgument *argument = &instance->arguments[i];
        g_string_append_printf(out, "    argument %s", argument->name);
        dump_doc(argument->doc, out);
        g_string_append(out, " = ");
        value_dump(argument->value, 4, out);
        g_string_append_c(out, '\n');
    }
    for (size_t i = 0; i < instance->output_count; i++) {
        dump_output(&instance->outputs[i], 4, out);
    }
}

static void dump_nested(const ModelNested *nested, GString *out) {
    g_string_append_printf(out, "  nested %s id %s file %s\n", nested->id, nested->logical_id,
                           nested->file);
    for (size_t i = 0; i < nested->parameter_count; i++) {
        const ModelCrossing *parameter = &nested->parameters[i];
        g_string_append_printf(out, "    takes %s: %s = ", parameter->id,
                               parameter_type_name(parameter->type));
        value_dump(parameter->value, 4, out);
        g_string_append_c(out, '\n');
    }
    for (size_t i = 0; i < nested->output_count; i++) {
        g_string_append_printf(out, "    gives %s = ", nested->outputs[i].id);
        value_dump(nested->outputs[i].value, 4, out);
        g_string_append_c(out, '\n');
    }
    for (size_t i = 0; i < nested->depends_on_count; i++) {
        g_string_append_printf(out, "    after %s\n", nested->depends_on[i]);
    }
}

static void dump_stack(const ModelStack *stack, GString *out) {
    g_string_append_printf(out, "stack %s class %s", stack->name, stack->class_name);
    dump_doc(stack->doc, out);
    g_string_append_c(out, '\n');
    for (size_t i = 0; i < stack->parameter_count; i++) {
        dump_parameter(stack->parameters[i], out);
    }
    for (size_t i = 0; i < stack->nested_count; i++) {
        dump_nested(stack->nested[i], out);
    }
    for (size_t i = 0; i < stack->instance_count; i++) {
        dump_instance(stack->instances[i], out);
    }
    for (size_t i = 0; i < stack->resource_count; i++) {
        dump_resource(stack->resources[i], out);
    }
    for (size_t i = 0; i < stack->output_count; i++) {
        dump_output(&stack->outputs[i], 2, out);
    }
}

void model_dump(const Model *model, GString *out) {
    g_string_append_printf(out, "model for %s, project %s\n", model->target, model->project);
    for (size_t i = 0; i < model->stack_count; i++) {
        dump_stack(&model->stacks[i], out);
    }
}
