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

/// A dependency on what stands in another template is one of the whole nested stack.
static void push_part(const CfnWriter *writer, GPtrArray *ids, const ModelPart *part) {
    const ModelNested *owner = part->resource->nested;
    if (owner == writer->nested) {
        g_ptr_array_add(ids, (gpointer)part->logical_id);
    } else if (!writer->nested) {
        g_ptr_array_add(ids, (gpointer)owner->logical_id);
    }
}

static void push_dependency(const CfnWriter *writer, GPtrArray *ids, const Value *value) {
    if (value->kind == VALUE_REF) {
        push_part(writer, ids, value->part);
    } else if (value->kind == VALUE_STRING) {
        g_ptr_array_add(ids, arena_strndup(writer->arena, value->text, value->length));
    } else if (value->kind == VALUE_LIST) {
        for (size_t i = 0; i < value->count; i++) {
            push_dependency(writer, ids, value->items[i]);
        }
    }
}

/// A list of sorted texts, each once; its elements stand `depth` deep.
static void write_texts(CfnWriter *writer, const char *const *texts, size_t count, unsigned depth) {
    json_literal(&writer->json, "[");
    bool none = true;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(texts[i], texts[i - 1]) != 0) {
            json_next(&writer->json, depth, &none);
            json_string(&writer->json, texts[i], strlen(texts[i]));
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
        push_dependency(writer, ids, own);
    }
    for (size_t i = 0; i < part->dependency_count; i++) {
        push_part(writer, ids, part->dependencies[i]);
    }
    if (ids->len == 0) {
        return;
    }
    qsort(ids->pdata, ids->len, sizeof *ids->pdata, compare_texts);
    begin_member(&writer->json, ATTRIBUTES[ATTRIBUTE_DEPENDS_ON], 3, first);
    write_texts(writer, (const char *const *)ids->pdata, ids->len, 4);
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

/// The resource of the stack's template that creates a nested stack. Its address is the template's
/// file, which a deployment puts where CloudFormation finds it.
static void write_nested(CfnWriter *writer, const ModelNested *nested) {
    Json *json = &writer->json;
    bool first = true;
    bool none = true;
    json_literal(json, "{");
    string_member(json, "Type", "AWS::CloudFormation::Stack", 3, &first);
    begin_member(json, "Properties", 3, &first);
    json_literal(json, "{");
    if (nested->parameter_count > 0) {
        bool empty = true;
        begin_member(json, "Parameters", 4, &none);
        json_literal(json, "{");
        for (size_t i = 0; i < nested->parameter_count; i++) {
            begin_member(json, nested->parameters[i].id, 5, &empty);
            cfn_text(writer, nested->parameters[i].value, 5);
        }
        json_close(json, 4, false, '}');
    }
    string_member(json, "TemplateURL", nested->file, 4, &none);
    json_close(json, 3, false, '}');
    if (nested->depends_on_count > 0) {
        begin_member(json, ATTRIBUTES[ATTRIBUTE_DEPENDS_ON], 3, &first);
        write_texts(writer, nested->depends_on, nested->depends_on_count, 4);
    }
    string_member(json, ATTRIBUTES[ATTRIBUTE_DELETION_POLICY], "Delete", 3, &first);
    string_member(json, ATTRIBUTES[ATTRIBUTE_UPDATE_REPLACE_POLICY], "Delete", 3, &first);
    json_close(json, 2, false, '}');
}

/// A resource of the template with the first bytes of its logical id, which decide most
/// comparisons without looking at the id itself.
typedef struct Sorted {
    uint64_t prefix;
    const char *id;
    const ModelPart *part;     ///< or NULL:
    const ModelNested *nested; ///< what creates a nested stack
} Sorted;

static int compare_sorted(const void *left, const void *right) {
    const Sorted *a = left;
    const Sorted *b = right;
    if (a->prefix != b->prefix) {
        return a->prefix < b->prefix ? -1 : 1;
    }
    return strcmp(a->id, b->id);
}

static uint64_t id_prefix(const char *id) {
    uint64_t prefix = 0;
    for (int i = 0; i < 8; i++) {
        prefix = prefix << 8 | (unsigned char)*id;
        id += *id != '\0';
    }
    return prefix;
}

static void add_parts(GArray *parts, const ModelResource *resource) {
    for (const ModelPart *part = resource->parts; part; part = part->next) {
        const Sorted sorted = {id_prefix(part->logical_id), part->logical_id, part, NULL};
        g_array_append_val(parts, sorted);
    }
}

/// The resources of a template: the stack's own, or a nested stack's.
static GArray *sorted_parts(const ModelStack *stack, const ModelNested *nested) {
    ModelResource *const *resources = nested ? nested->resources : stack->resources;
    const size_t count = nested ? nested->resource_count : stack->resource_count;
    GArray *parts = g_array_sized_new(FALSE, FALSE, sizeof(Sorted), (guint)count);
    for (size_t i = 0; i < count; i++) {
        if (resources[i]->nested == nested) {
            add_parts(parts, resources[i]);
        }
    }
    for (size_t i = 0; !nested && i < stack->nested_count; i++) {
        const char *id = stack->nested[i]->logical_id;
        const Sorted sorted = {id_prefix(id), id, NULL, stack->nested[i]};
        g_array_append_val(parts, sorted);
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
        const Sorted *sorted = &g_array_index(parts, Sorted, i);
        begin_member(json, sorted->id, 2, &none);
        if (sorted->part) {
            write_resource(writer, sorted->part);
        } else {
            write_nested(writer, sorted->nested);
        }
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

static const char *const TYPES[] = {
    [PARAMETER_STRING] = "String",
    [PARAMETER_NUMBER] = "Number",
    [PARAMETER_LIST] = "CommaDelimitedList",
};

static void write_parameter(CfnWriter *writer, const ModelParameter *parameter) {
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

/// `Transform`: the macros that resources of the template need, sorted, each once; as AWS CDK has
/// it, a text if there is but one such resource.
static void write_transforms(CfnWriter *writer, const GArray *parts, bool *first) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < parts->len; i++) {
        const ModelPart *part = g_array_index(parts, Sorted, i).part;
        const ModelResource *resource = part ? part->resource : NULL; // else a nested stack
        if (resource && resource->transform && part == resource->parts) {
            g_ptr_array_add(names, (gpointer)resource->transform);
        }
    }
    if (names->len == 0) {
        return;
    }
    qsort(names->pdata, names->len, sizeof *names->pdata, compare_texts);
    if (names->len == 1) {
        string_member(&writer->json, "Transform", names->pdata[0], 1, first);
        return;
    }
    begin_member(&writer->json, "Transform", 1, first);
    write_texts(writer, (const char *const *)names->pdata, names->len, 2);
}

/// What a nested stack is given.
static void write_taken(CfnWriter *writer, bool *first) {
    const ModelNested *nested = writer->nested;
    if (nested->parameter_count == 0) {
        return;
    }
    Json *json = &writer->json;
    begin_member(json, "Parameters", 1, first);
    json_literal(json, "{");
    bool none = true;
    for (size_t i = 0; i < nested->parameter_count; i++) {
        bool empty = true;
        begin_member(json, nested->parameters[i].id, 2, &none);
        json_literal(json, "{");
        string_member(json, "Type", TYPES[nested->parameters[i].type], 3, &empty);
        json_close(json, 2, false, '}');
    }
    json_close(json, 1, false, '}');
}

/// What a nested stack gives.
static void write_given(CfnWriter *writer, bool *first) {
    const ModelNested *nested = writer->nested;
    if (nested->output_count == 0) {
        return;
    }
    Json *json = &writer->json;
    begin_member(json, "Outputs", 1, first);
    json_literal(json, "{");
    bool none = true;
    for (size_t i = 0; i < nested->output_count; i++) {
        bool empty = true;
        begin_member(json, nested->outputs[i].id, 2, &none);
        json_literal(json, "{");
        begin_member(json, "Value", 3, &empty);
        cfn_text(writer, nested->outputs[i].value, 3);
        json_close(json, 2, false, '}');
    }
    json_close(json, 1, false, '}');
}

/// The template of a stack, or of one of its nested stacks.
static void emit_template(const Model *model, const ModelStack *stack, const ModelNested *nested,
                          EmitFiles *files) {
    enum { USUAL_RESOURCE = 640 };
    g_autoptr(GArray) parts = sorted_parts(stack, nested);
    CfnWriter writer = cfn_writer_new(model->arena, stack, (size_t)parts->len * USUAL_RESOURCE);
    writer.nested = nested;
    bool first = true;
    json_literal(&writer.json, "{");
    if (nested) {
        write_transforms(&writer, parts, &first);
        write_taken(&writer, &first);
        write_resources(&writer, parts, &first);
        write_given(&writer, &first);
    } else {
        string_member(&writer.json, "Description", stack->doc, 1, &first);
        write_transforms(&writer, parts, &first);
        write_parameters(&writer, stack, &first);
        write_resources(&writer, parts, &first);
        write_outputs(&writer, stack, &first);
    }
    json_close(&writer.json, 0, first, '}');
    cfn_writer_clear(&writer);
    size_t length = 0;
    char *text = json_finish(&writer.json, &length);
    g_autofree char *path =
        nested ? g_strdup(nested->file) : g_strconcat(stack->name, ".template.json", NULL);
    emit_files_add_stack(files, path, text, length, stack);
}

void cfn_emit(const Model *model, EmitFiles *files) {
    for (size_t i = 0; i < model->stack_count; i++) {
        const ModelStack *stack = &model->stacks[i];
        emit_template(model, stack, NULL, files);
        for (size_t j = 0; j < stack->nested_count; j++) {
            emit_template(model, stack, stack->nested[j], files);
        }
    }
}
