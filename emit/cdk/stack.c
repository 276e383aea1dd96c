#include "cdk/class.h"
#include "cdk/text.h"
#include "cdk/variables.h"
#include "number.h"

#include <string.h>

/// `super(scope, id, …)`, with the stack's description if it has one.
static void write_super(ClassWriter *writer) {
    Arena *arena = writer->file.arena;
    const char *doc = writer->file.scope->doc;
    Ts *props = ts_name(arena, "props");
    if (doc && *doc) {
        Ts *object = ts_object(arena, 2);
        object->expanded = true;
        ts_put(object, "description", class_string(writer, doc));
        ts_put(object, NULL, props);
        props = object;
    }
    class_super(writer, props);
}

/// `Aspects.of(this).add(new ServiceToken(…))`
static void write_service_token(ClassWriter *writer, const Value *token) {
    Arena *arena = writer->file.arena;
    const char *class =
        imports_use(writer->file.imports, "./" SERVICE_TOKEN_FILE, SERVICE_TOKEN_CLASS);
    Ts *aspects =
        ts_call(arena, ts_member(arena, class_core(writer, "Aspects"), "of"), ts_this(arena), NULL);
    Ts *aspect = ts_new(arena, ts_name(arena, class), cdk_text(&writer->file, token), NULL);
    class_statement(writer, NULL, ts_call(arena, ts_member(arena, aspects, "add"), aspect, NULL));
}

static void put_text(const ClassWriter *writer, Ts *object, const char *key, const char *text) {
    if (text && *text) {
        ts_put(object, key, class_string(writer, text));
    }
}

static void put_number(const ClassWriter *writer, Ts *object, const char *key, bool has,
                       double value) {
    if (has) {
        char number[NUMBER_MAX];
        const size_t length = number_from_double(value, number);
        Arena *arena = writer->file.arena;
        ts_put(object, key, ts_number(arena, arena_strndup(arena, number, length)));
    }
}

static Ts *parameter_props(ClassWriter *writer, const ModelParameter *parameter) {
    enum { MOST = 10 };
    Arena *arena = writer->file.arena;
    Ts *props = ts_object(arena, MOST);
    props->expanded = true;
    put_text(writer, props, "type",
             parameter->type == PARAMETER_NUMBER ? "Number"
             : parameter->type == PARAMETER_LIST ? "CommaDelimitedList"
                                                 : NULL);
    put_text(writer, props, "description", parameter->doc);
    if (parameter->default_value) {
        ts_put(props, "default", cdk_value(&writer->file, parameter->default_value));
    }
    if (parameter->allowed_count > 0) {
        Ts *allowed = ts_node(arena, TS_ARRAY, NULL, parameter->allowed_count);
        for (size_t i = 0; i < parameter->allowed_count; i++) {
            allowed->items[i] = class_string(writer, parameter->allowed[i]);
        }
        ts_put(props, "allowedValues", allowed);
    }
    put_text(writer, props, "allowedPattern", parameter->pattern);
    put_text(writer, props, "constraintDescription", parameter->constraint);
    put_number(writer, props, "minLength", parameter->has_min_length,
               (double)parameter->min_length);
    put_number(writer, props, "maxLength", parameter->has_max_length,
               (double)parameter->max_length);
    put_number(writer, props, "minValue", parameter->has_min_value, parameter->min_value);
    put_number(writer, props, "maxValue", parameter->has_max_value, parameter->max_value);
    return props;
}

static void write_parameter(ClassWriter *writer, const ModelParameter *parameter) {
    const char *local = cdk_local(&writer->file, parameter);
    const char *id = class_free_id(writer, parameter->id, "Parameter");
    const bool renamed = strcmp(id, parameter->id) != 0;
    Arena *arena = writer->file.arena;
    Ts *props = parameter_props(writer, parameter);
    Ts *call = ts_new(arena, class_core(writer, "CfnParameter"), ts_this(arena),
                      class_string(writer, id), props->count > 0 ? props : NULL, NULL);
    const bool constant = renamed || variables_is_used(&writer->file, parameter);
    writer->apart = true;
    class_statement(writer, constant ? local : NULL, call);
    if (renamed) {
        arena = writer->file.arena;
        Ts *method = ts_member(arena, ts_name(arena, local), "overrideLogicalId");
        class_statement(writer, NULL,
                        ts_call(arena, method, class_string(writer, parameter->id), NULL));
    }
}

static void write_output(ClassWriter *writer, const ModelOutput *output) {
    Arena *arena = writer->file.arena;
    const char *id = class_free_id(writer, output->id, "Output");
    Ts *props = ts_object(arena, 3);
    props->expanded = true;
    if (strcmp(id, output->id) != 0) {
        put_text(writer, props, "key", output->id);
    }
    put_text(writer, props, "description", output->doc);
    ts_put(props, "value", cdk_text(&writer->file, output->value));
    Ts *call = ts_new(arena, class_core(writer, "CfnOutput"), ts_this(arena),
                      class_string(writer, id), props, NULL);
    writer->apart = true;
    class_statement(writer, NULL, call);
}

static void write_stack(ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    class_doc(writer, scope->doc, 0);
    class_text(writer, "export class %s extends %s {\n", scope->class_name,
               imports_use(writer->file.imports, CORE_MODULE, "Stack"));
    const char *props = imports_use(writer->file.imports, CORE_MODULE, "StackProps");
    class_constructor(writer, arena_printf(writer->file.arena, "props?: %s", props));
    write_super(writer);
    if (scope->service_token) {
        write_service_token(writer, scope->service_token);
    }
    for (size_t i = 0; i < scope->parameter_count; i++) {
        write_parameter(writer, scope->parameters[i]);
    }
    class_constructs(writer);
    for (size_t i = 0; i < scope->output_count; i++) {
        write_output(writer, &scope->outputs[i]);
    }
    class_text(writer, "  }\n}\n");
}

void cdk_stack_file(CdkProject *project, const CdkStack *stack) {
    class_file(project, stack->scope, stack->file, write_stack);
}
