#include "backend.h"
#include "cfn/value.h"
#include "kinds.h"

#include <stdlib.h>

void cfn_emit(const Model *model, EmitFiles *files);

/// Members of a part's body that are attributes of the resource rather than properties, in the
/// order in which they are written behind the properties.
typedef enum Attribute {
    ATTRIBUTE_DEPENDS_ON,
    ATTRIBUTE_CREATION_POLICY,
    ATTRIBUTE_UPDATE_POLICY,
    ATTRIBUTE_DELETION_POLICY,
    ATTRIBUTE_UPDATE_REPLACE_POLICY,
    ATTRIBUTE_METADATA,
    ATTRIBUTE_CONDITION,
    ATTRIBUTE_COUNT
} Attribute;

static const char *const ATTRIBUTES[ATTRIBUTE_COUNT] = {
    "DependsOn",           "CreationPolicy", "UpdatePolicy", "DeletionPolicy",
    "UpdateReplacePolicy", "Metadata",       "Condition",
};

static Attribute attribute_of(const Name *name) {
    // Nearly all names are properties; the initial settles most of them.
    const char initial = name->text[0];
    if (initial != 'D' && initial != 'U' && initial != 'M' && initial != 'C') {
        return ATTRIBUTE_COUNT;
    }
    Attribute attribute = ATTRIBUTE_DEPENDS_ON;
    while (attribute < ATTRIBUTE_COUNT && strcmp(ATTRIBUTES[attribute], name->text) != 0) {
        attribute++;
    }
    return attribute;
}

static void begin_member(Json *json, const char *name, unsigned depth, bool *first) {
    json_next(json, depth, first);
    json_key(json, name, strlen(name));
}

static void string_member(Json *json, const char *name, const char *text, unsigned depth,
                          bool *first) {
    if (text) {
        begin_member(json, name, depth, first);
        json_string(json, text, strlen(text));
    }
}

static int compare_texts(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void push_dependency(GPtrArray *ids, const Value *value, Arena *arena) {
    if (value->kind == VALUE_REF) {
        g_ptr_array_add(ids, (gpointer)value->part->logical_id);
    } else if (value->kind == VALUE_STRING) {
        g_ptr_array_add(ids, arena_strndup(arena, value->text, value->length));
    } else if (value->kind == VALUE_LIST) {
        for (size_t i = 0; i < value->count; i++) {
            push_dependency(ids, value->items[i], arena);
        }
    }
}

/// A list of sorted texts, each once; its elements stand `depth` deep.
static void write_texts(CfnWriter *writer, const GPtrArray *texts, unsigned depth) {
    json_literal(&writer->json, "[");
    bool none = true;
    for (guint i = 0; i < texts->len; i++) {
        const char *text = texts->pdata[i];
        if (i == 0 || strcmp(text, texts->pdata[i - 1]) != 0) {
            json_next(&writer->json, depth, &none);
            json_string(&writer->json, text, strlen(text));
        }
    }
    json_close(&writer->json, depth - 1, false, ']');
}

/// `DependsOn`: what the body names and what the model says, sorted, each once.
static void write_depends_on(CfnWriter *writer, const ModelPart *part, const Value *own,
                             bool *first) {
    if (!own && part->dependency_count == 0) {
        return;
    }
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    if (own) {
        push_dependency(ids, own, writer->arena);
    }
    for (size_t i = 0; i < part->dependency_count; i++) {
        g_ptr_array_add(ids, (gpointer)part->dependencies[i]->logical_id);
    }
    if (ids->len == 0) {
        return;
    }
    qsort(ids->pdata, ids->len, sizeof *ids->pdata, compare_texts);
    begin_member(&writer->json, ATTRIBUTES[ATTRIBUTE_DEPENDS_ON], 3, first);
    write_texts(writer, ids, 4);
}

/// Writes the properties of `part` and notes its attributes in `attributes`.
static void write_properties(CfnWriter *writer, const ModelPart *part,
                             const Value *attributes[ATTRIBUTE_COUNT], bool *first) {
    Json *json = &writer->json;
    bool none = true;
    for (size_t i = 0; i < part->body->field_count; i++) {
        const Field *field = &part->body->fields[i];
        const Attribute attribute = part->attributes ? ATTRIBUTE_COUNT : attribute_of(field->name);
        if (field->value->kind == VALUE_ABSENT) {
            continue;
        }
        if (attribute != ATTRIBUTE_COUNT) {
            attributes[attribute] = field->value;
            continue;
        }
        if (none) {
            begin_member(json, "Properties", 3, first);
            json_literal(json, "{");
        }
        json_next(json, 4, &none);
        json_key(json, field->name->text, field->name->length);
        cfn_value(writer, field->value, 4);
    }
    if (!none) {
        json_close(json, 3, false, '}');
    }
}

static void write_resource(CfnWriter *writer, const ModelPart *part) {
    const Value *attributes[ATTRIBUTE_COUNT] = {NULL};
    bool first = true;
    json_literal(&writer->json, "{");
    string_member(&writer->json, "Type", part->head, 3, &first);
    write_properties(writer, part, attributes, &first);
    for (size_t i = 0; part->attributes && i < part->attributes->field_count; i++) {
        const Field *field = &part->attributes->fields[i];
        const Attribute attribute = attribute_of(field->name);
        if (attribute != ATTRIBUTE_COUNT && field->value->kind != VALUE_ABSENT) {
            attributes[attribute] = field->value;
        }
    }
    write_depends_on(writer, part, attributes[ATTRIBUTE_DEPENDS_ON], &first);
    for (Attribute i = ATTRIBUTE_CREATION_POLICY; i < ATTRIBUTE_COUNT; i++) {
        if (attributes[i]) {
            begin_member(&writer->json, ATTRIBUTES[i], 3, &first);
            cfn_value(writer, attributes[i], 3);
        }
    }
    json_close(&writer->json, 2, false, '}');
}

/// A resource of the template with the first bytes of its logical id, which decide most
/// comparisons without looking at the id itself.
typedef struct Sorted {
    uint64_t prefix;
    const ModelPart *part;
} Sorted;

static int compare_sorted(const void *left, const void *right) {
    const Sorted *a = left;
    const Sorted *b = right;
    if (a->prefix != b->prefix) {
        return a->prefix < b->prefix ? -1 : 1;
    }
    return strcmp(a->part->logical_id, b->part->logical_id);
}

static uint64_t id_prefix(const char *id) {
    uint64_t prefix = 0;
    for (int i = 0; i < 8; i++) {
        prefix = prefix << 8 | (unsigned char)*id;
        id += *id != '\0';
    }
    return prefix;
}

static GArray *sorted_parts(const ModelStack *stack) {
    GArray *parts = g_array_sized_new(FALSE, FALSE, sizeof(Sorted), (guint)stack->resource_count);
    for (size_t i = 0; i < stack->resource_count; i++) {
        for (const ModelPart *part = stack->resources[i]->parts; part; part = part->next) {
            const Sorted sorted = {id_prefix(part->logical_id), part};
            g_array_append_val(parts, sorted);
        }
    }
    g_array_sort(parts, compare_sorted);
    return parts;
}

static void write_resources(CfnWriter *writer, const GArray *parts, bool *first) {
    if (parts->len == 0) {
        return;
    }
    Json *json = &writer->json;
    begin_member(json, "Resources", 1, first);
    json_literal(json, "{");
    bool none = true;
    for (guint i = 0; i < parts->len; i++) {
        const ModelPart *part = g_array_index(parts, Sorted, i).part;
        begin_member(json, part->logical_id, 2, &none);
        write_resource(writer, part);
    }
    json_close(json, 1, false, '}');
}

static void write_allowed(Json *json, const ModelParameter *parameter, bool *first) {
    if (parameter->allowed_count == 0) {
        return;
    }
    begin_member(json, "AllowedValues", 3, first);
    json_literal(json, "[");
    bool none = true;
    for (size_t i = 0; i < parameter->allowed_count; i++) {
        json_next(json, 4, &none);
        json_string(json, parameter->allowed[i], strlen(parameter->allowed[i]));
    }
    json_close(json, 3, false, ']');
}

static void write_limits(Json *json, const ModelParameter *parameter, bool *first) {
    if (parameter->has_max_length) {
        begin_member(json, "MaxLength", 3, first);
        json_int(json, parameter->max_length);
    }
    if (parameter->has_max_value) {
        begin_member(json, "MaxValue", 3, first);
        json_double(json, parameter->max_value);
    }
    if (parameter->has_min_length) {
        begin_member(json, "MinLength", 3, first);
        json_int(json, parameter->min_length);
    }
    if (parameter->has_min_value) {
        begin_member(json, "MinValue", 3, first);
        json_double(json, parameter->min_value);
    }
}

static void write_parameter(CfnWriter *writer, const ModelParameter *parameter) {
    static const char *const TYPES[] = {
        [PARAMETER_STRING] = "String",
        [PARAMETER_NUMBER] = "Number",
        [PARAMETER_LIST] = "CommaDelimitedList",
    };
    Json *json = &writer->json;
    bool first = true;
    json_literal(json, "{");
    string_member(json, "Type", TYPES[parameter->type], 3, &first);
    if (parameter->default_value) {
        begin_member(json, "Default", 3, &first);
        cfn_value(writer, parameter->default_value, 3);
    }
    string_member(json, "AllowedPattern", parameter->pattern, 3, &first);
    write_allowed(json, parameter, &first);
    string_member(json, "ConstraintDescription", parameter->constraint, 3, &first);
    string_member(json, "Description", parameter->doc, 3, &first);
    write_limits(json, parameter, &first);
    json_close(json, 2, false, '}');
}

static void write_parameters(CfnWriter *writer, const ModelStack *stack, bool *first) {
    if (stack->parameter_count == 0) {
        return;
    }
    begin_member(&writer->json, "Parameters", 1, first);
    json_literal(&writer->json, "{");
    bool none = true;
    for (size_t i = 0; i < stack->parameter_count; i++) {
        begin_member(&writer->json, stack->parameters[i]->id, 2, &none);
        write_parameter(writer, stack->parameters[i]);
    }
    json_close(&writer->json, 1, false, '}');
}

static void write_outputs(CfnWriter *writer, const ModelStack *stack, bool *first) {
    if (stack->output_count == 0) {
        return;
    }
    Json *json = &writer->json;
    begin_member(json, "Outputs", 1, first);
    json_literal(json, "{");
    bool none = true;
    for (size_t i = 0; i < stack->output_count; i++) {
        const ModelOutput *output = &stack->outputs[i];
        bool empty = true;
        begin_member(json, output->id, 2, &none);
        json_literal(json, "{");
        string_member(json, "Description", output->doc, 3, &empty);
        begin_member(json, "Value", 3, &empty);
        cfn_text(writer, output->value, 3);
        json_close(json, 2, false, '}');
    }
    json_close(json, 1, false, '}');
}

/// `Transform`: the macros that resources of the stack need, sorted, each once.
static void write_transforms(CfnWriter *writer, const ModelStack *stack, bool *first) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < stack->resource_count; i++) {
        if (stack->resources[i]->transform) {
            g_ptr_array_add(names, (gpointer)stack->resources[i]->transform);
        }
    }
    if (names->len == 0) {
        return;
    }
    qsort(names->pdata, names->len, sizeof *names->pdata, compare_texts);
    begin_member(&writer->json, "Transform", 1, first);
    write_texts(writer, names, 2);
}

static void emit_stack(const Model *model, const ModelStack *stack, EmitFiles *files) {
    enum { USUAL_RESOURCE = 640 };
    g_autoptr(GArray) parts = sorted_parts(stack);
    CfnWriter writer = cfn_writer_new(model->arena, (size_t)parts->len * USUAL_RESOURCE);
    bool first = true;
    json_literal(&writer.json, "{");
    string_member(&writer.json, "Description", stack->doc, 1, &first);
    write_transforms(&writer, stack, &first);
    write_parameters(&writer, stack, &first);
    write_resources(&writer, parts, &first);
    write_outputs(&writer, stack, &first);
    json_close(&writer.json, 0, first, '}');
    cfn_writer_clear(&writer);
    size_t length = 0;
    char *text = json_finish(&writer.json, &length);
    g_autofree char *path = g_strconcat(stack->name, ".template.json", NULL);
    emit_files_add_stack(files, path, text, length, stack);
}

void cfn_emit(const Model *model, EmitFiles *files) {
    for (size_t i = 0; i < model->stack_count; i++) {
        emit_stack(model, &model->stacks[i], files);
    }
}
