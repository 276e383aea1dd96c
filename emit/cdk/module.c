#include "cdk/class.h"
#include "cdk/types.h"

#include "cdk/text.h"

/// Where members of a class or an interface stand.
enum { MEMBER_INDENT = 2, LINE_WIDTH = 80 };

/// `readonly name?: TYPE;`
static void write_member(ClassWriter *writer, const char *doc, const char *start, Doc *type) {
    Arena *arena = writer->file.arena;
    class_doc(writer, doc, MEMBER_INDENT);
    if (!writer->out) {
        return;
    }
    class_text(writer, "%*s", MEMBER_INDENT, "");
    doc_print(doc_concat(arena, doc_text(arena, start), doc_text(arena, ": "), type,
                         doc_text(arena, ";")),
              MEMBER_INDENT, LINE_WIDTH, writer->out);
    class_text(writer, "\n");
}

static void write_interface(ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    class_text(writer, "export interface %s {\n", scope->interface);
    for (size_t i = 0; i < scope->prop_count; i++) {
        const CdkProp *prop = scope->props[i];
        const char *start = arena_printf(writer->file.arena, "readonly %s%s", prop->name,
                                         prop->optional ? "?" : "");
        Doc *type = prop->text ? types_named(&writer->file, "string")
                               : types_of(&writer->file, prop->typed, scope->instance_count);
        write_member(writer, prop->doc, start, type);
    }
    class_text(writer, "}\n\n");
}

static void write_members(ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    for (size_t i = 0; i < scope->member_count; i++) {
        const CdkMember *member = scope->members[i];
        const char *start = arena_printf(writer->file.arena, "public readonly %s", member->name);
        write_member(
            writer, member->doc, start,
            types_of_written(&writer->file, member->value, member->values, scope->instance_count));
    }
    if (scope->member_count > 0) {
        class_text(writer, "\n");
    }
}

/// The prop that hands a list over to a nested stack.
static const char *prop_of_list(const CdkScope *scope, const ModelParameter *parameter) {
    for (size_t i = 0; i < scope->prop_count; i++) {
        const Value *value = scope->props[i]->values[0];
        if (value && value->kind == VALUE_PARAMETER && value->parameter == parameter) {
            return scope->props[i]->name;
        }
    }
    return parameter->name;
}

/// `{ parameters: { Names: Fn.join(",", props.names) } }`: between templates a list is one text.
static Ts *taken_lists(ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    Arena *arena = writer->file.arena;
    if (scope->parameter_count == 0) {
        return NULL;
    }
    Ts *parameters = ts_object(arena, scope->parameter_count);
    for (size_t i = 0; i < scope->parameter_count; i++) {
        const ModelParameter *parameter = scope->parameters[i];
        Ts *list = ts_member(arena, ts_name(arena, "props"), prop_of_list(scope, parameter));
        Ts *join = ts_member(arena, class_core(writer, "Fn"), "join");
        ts_put(parameters, parameter->id,
               ts_call(arena, join, class_string(writer, ","), list, NULL));
    }
    Ts *props = ts_object(arena, 1);
    props->expanded = true;
    ts_put(props, "parameters", parameters);
    return props;
}

/// `const names = new CfnParameter(this, "Names", { type: "CommaDelimitedList" });`
static void write_lists(ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    for (size_t i = 0; i < scope->parameter_count; i++) {
        const ModelParameter *parameter = scope->parameters[i];
        Arena *arena = writer->file.arena;
        Ts *props = ts_object(arena, 1);
        props->expanded = true;
        ts_put(props, "type", class_string(writer, "CommaDelimitedList"));
        writer->apart = true;
        class_statement(writer, cdk_local(&writer->file, parameter),
                        ts_new(arena, class_core(writer, "CfnParameter"), ts_this(arena),
                               class_string(writer, parameter->id), props, NULL));
    }
}

/// The last parameter of the constructor, or NULL: props that may all be missing may be left out.
static const char *props_parameter(const ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    bool required = false;
    for (size_t i = 0; i < scope->prop_count; i++) {
        required = required || !scope->props[i]->optional;
    }
    return scope->interface ? arena_printf(writer->file.arena, "props: %s%s", scope->interface,
                                           required ? "" : " = {}")
                            : NULL;
}

static void write_module(ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    if (scope->interface) {
        write_interface(writer);
    }
    class_doc(writer, scope->doc, 0);
    class_text(writer, "export class %s extends %s {\n", scope->class_name,
               scope->nested ? imports_use(writer->file.imports, CORE_MODULE, "NestedStack")
                             : imports_use(writer->file.imports, CONSTRUCTS_MODULE, "Construct"));
    write_members(writer);
    class_constructor(writer, props_parameter(writer));
    class_super(writer, taken_lists(writer));
    write_lists(writer);
    class_constructs(writer);
    writer->apart = true;
    for (size_t i = 0; i < scope->member_count; i++) {
        const CdkMember *member = scope->members[i];
        const char *target = arena_printf(writer->file.arena, "this.%s", member->name);
        class_assignment(writer, target, cdk_value(&writer->file, member->value));
    }
    class_text(writer, "  }\n}\n");
}

void cdk_module_file(CdkProject *project, const CdkModule *module) {
    class_file(project, module->scope, module->file, write_module);
}
