#include "cdk/cdk.h"
#include "cdk/text.h"
#include "cdk/variables.h"
#include "kinds.h"
#include "number.h"

#include <string.h>

/// Where the statements of a constructor stand.
enum { BODY_INDENT = 4 };

/// A stack's file in one of its two rounds: the first only finds out what is imported, and has no
/// text.
typedef struct Round {
    StackFile file;
    GString *out;    ///< NULL in the first round
    GHashTable *ids; ///< the ids of the constructs in the stack so far
    bool apart;      ///< an empty line is due before the next statement
} Round;

/// Ends the statement that was built in the round's arena: prints it and empties the arena.
static void end_statement(Round *round, const char *constant, Ts *value) {
    if (round->out) {
        const TsStatement statement = {constant, value, false};
        if (round->apart) {
            g_string_append_c(round->out, '\n');
        }
        ts_print_statement(round->file.arena, &statement, BODY_INDENT, round->out);
    }
    round->apart = false;
    arena_free(round->file.arena);
    round->file.arena = arena_new();
}

static void write_doc(Round *round, const char *doc) {
    if (!round->out || !doc || !*doc) {
        return;
    }
    if (round->apart) {
        g_string_append_c(round->out, '\n');
        round->apart = false;
    }
    ts_comment(round->out, doc, BODY_INDENT);
}

static Ts *text_node(const Round *round, const char *text) {
    return ts_string(round->file.arena, text, strlen(text));
}

static Ts *core(Round *round, const char *name) {
    return ts_name(round->file.arena, imports_use(round->file.imports, CORE_MODULE, name));
}

/// The construct id for a parameter or output called `id`: the same unless a construct has it.
static const char *free_id(Round *round, const char *id, const char *kind) {
    Arena *arena = round->file.arena;
    const char *chosen = id;
    for (unsigned number = 1; g_hash_table_contains(round->ids, chosen); number++) {
        chosen = number == 1 ? arena_printf(arena, "%s%s", id, kind)
                             : arena_printf(arena, "%s%s%u", id, kind, number);
    }
    g_hash_table_add(round->ids, g_strdup(chosen));
    return chosen;
}

/// `super(scope, id, …)`, with the stack's description if it has one.
static void write_super(Round *round) {
    Arena *arena = round->file.arena;
    const char *doc = round->file.stack->doc;
    Ts *props = ts_name(arena, "props");
    if (doc && *doc) {
        Ts *object = ts_object(arena, 2);
        object->expanded = true;
        ts_put(object, "description", text_node(round, doc));
        ts_put(object, NULL, props);
        props = object;
    }
    end_statement(round, NULL,
                  ts_call(arena, ts_leaf(arena, TS_SUPER, "super"), ts_name(arena, "scope"),
                          ts_name(arena, "id"), props, NULL));
}

static void put_text(const Round *round, Ts *object, const char *key, const char *text) {
    if (text && *text) {
        ts_put(object, key, text_node(round, text));
    }
}

static void put_number(const Round *round, Ts *object, const char *key, bool has, double value) {
    if (has) {
        char number[NUMBER_MAX];
        const size_t length = number_from_double(value, number);
        Arena *arena = round->file.arena;
        ts_put(object, key, ts_number(arena, arena_strndup(arena, number, length)));
    }
}

static Ts *parameter_props(Round *round, const ModelParameter *parameter) {
    enum { MOST = 10 };
    Arena *arena = round->file.arena;
    Ts *props = ts_object(arena, MOST);
    props->expanded = true;
    put_text(round, props, "type",
             parameter->type == PARAMETER_NUMBER ? "Number"
             : parameter->type == PARAMETER_LIST ? "CommaDelimitedList"
                                                 : NULL);
    put_text(round, props, "description", parameter->doc);
    if (parameter->default_value) {
        ts_put(props, "default", cdk_value(&round->file, parameter->default_value));
    }
    if (parameter->allowed_count > 0) {
        Ts *allowed = ts_node(arena, TS_ARRAY, NULL, parameter->allowed_count);
        for (size_t i = 0; i < parameter->allowed_count; i++) {
            allowed->items[i] = text_node(round, parameter->allowed[i]);
        }
        ts_put(props, "allowedValues", allowed);
    }
    put_text(round, props, "allowedPattern", parameter->pattern);
    put_text(round, props, "constraintDescription", parameter->constraint);
    put_number(round, props, "minLength", parameter->has_min_length, (double)parameter->min_length);
    put_number(round, props, "maxLength", parameter->has_max_length, (double)parameter->max_length);
    put_number(round, props, "minValue", parameter->has_min_value, parameter->min_value);
    put_number(round, props, "maxValue", parameter->has_max_value, parameter->max_value);
    return props;
}

static void write_parameter(Round *round, const ModelParameter *parameter) {
    const char *local = cdk_local(&round->file, parameter);
    const char *id = free_id(round, parameter->id, "Parameter");
    const bool renamed = strcmp(id, parameter->id) != 0;
    Arena *arena = round->file.arena;
    Ts *props = parameter_props(round, parameter);
    Ts *call = ts_new(arena, core(round, "CfnParameter"), ts_this(arena), text_node(round, id),
                      props->count > 0 ? props : NULL, NULL);
    const bool constant = renamed || variables_is_used(&round->file, parameter);
    round->apart = true;
    end_statement(round, constant ? local : NULL, call);
    if (renamed) {
        arena = round->file.arena;
        Ts *method = ts_member(arena, ts_name(arena, local), "overrideLogicalId");
        end_statement(round, NULL, ts_call(arena, method, text_node(round, parameter->id), NULL));
    }
}

static void write_output(Round *round, const ModelOutput *output) {
    Arena *arena = round->file.arena;
    const char *id = free_id(round, output->id, "Output");
    Ts *props = ts_object(arena, 3);
    props->expanded = true;
    if (strcmp(id, output->id) != 0) {
        put_text(round, props, "key", output->id);
    }
    put_text(round, props, "description", output->doc);
    ts_put(props, "value", cdk_text(&round->file, output->value));
    Ts *call =
        ts_new(arena, core(round, "CfnOutput"), ts_this(arena), text_node(round, id), props, NULL);
    round->apart = true;
    end_statement(round, NULL, call);
}

/// What makes the construct of a part: `new CLASS`, `FACTORY` or `on.METHOD`, still to be given
/// its arguments. NULL if the library's clause says none of them.
static Ts *maker(Round *round, const ModelPart *part, TsKind *kind) {
    Arena *arena = round->file.arena;
    const char *from = cdk_body_text(arena, part, "from");
    const char *class = cdk_body_text(arena, part, "class");
    const char *factory = cdk_body_text(arena, part, "call");
    const char *method = cdk_body_text(arena, part, "method");
    const Value *on = value_member(part->body, "on");
    *kind = class ? TS_NEW : TS_CALL;
    if (class || factory) {
        return cdk_symbol(&round->file, from, class ? class : factory);
    }
    return method && on ? ts_member(arena, cdk_value(&round->file, on), method) : NULL;
}

static void write_part(Round *round, const ModelPart *part) {
    const ModelResource *resource = part->resource;
    const bool first = part == resource->parts;
    const char *local = cdk_local(&round->file, resource);
    Arena *arena = round->file.arena;
    TsKind kind = TS_CALL;
    Ts *base = maker(round, part, &kind);
    if (!base) {
        return;
    }
    const Value *props = variables_props(part);
    Ts *call = ts_node(arena, kind, base, props ? 3 : 2);
    call->items[0] = first ? ts_this(arena) : ts_name(arena, local);
    call->items[1] = text_node(round, first ? resource->id : part->at);
    if (props) {
        call->items[2] = cdk_value(&round->file, props);
        call->items[2]->expanded = true;
    }
    const bool constant = first && variables_is_used(&round->file, resource);
    end_statement(round, constant ? local : NULL, call);
}

/// `a.node.addDependency(b, c);`
static void write_dependencies(Round *round, const ModelResource *resource) {
    Arena *arena = round->file.arena;
    Ts *node = ts_name(arena, cdk_local(&round->file, resource));
    node = ts_member(arena, ts_member(arena, node, "node"), "addDependency");
    Ts *call = ts_node(arena, TS_CALL, node, resource->dependency_count);
    call->count = 0;
    for (size_t i = 0; i < resource->dependency_count; i++) {
        const ModelResource *other = resource->dependencies[i];
        if (other->parts) {
            call->items[call->count++] = ts_name(arena, cdk_local(&round->file, other));
        }
    }
    if (call->count > 0) {
        end_statement(round, NULL, call);
    }
}

static void write_resource(Round *round, const ModelResource *resource) {
    if (!resource->parts) {
        return;
    }
    round->apart = true;
    // The environment's comment stands above the class already.
    if (g_strcmp0(resource->doc, round->file.stack->doc) != 0) {
        write_doc(round, resource->doc);
    }
    for (const ModelPart *part = resource->parts; part; part = part->next) {
        write_part(round, part);
    }
    if (resource->dependency_count > 0) {
        write_dependencies(round, resource);
    }
}

/// The body of the constructor.
static void write_body(Round *round) {
    const ModelStack *stack = round->file.stack;
    for (size_t i = 0; i < stack->resource_count; i++) {
        g_hash_table_add(round->ids, g_strdup(stack->resources[i]->id));
    }
    write_super(round);
    for (size_t i = 0; i < stack->parameter_count; i++) {
        write_parameter(round, stack->parameters[i]);
    }
    for (size_t i = 0; i < stack->resource_count; i++) {
        write_resource(round, stack->resources[i]);
    }
    for (size_t i = 0; i < stack->output_count; i++) {
        write_output(round, &stack->outputs[i]);
    }
}

/// `constructor(scope: Construct, id: string, props?: StackProps) {`
static void write_constructor(const Round *round) {
    Arena *arena = round->file.arena;
    const char *construct = imports_use(round->file.imports, CONSTRUCTS_MODULE, "Construct");
    const char *props = imports_use(round->file.imports, CORE_MODULE, "StackProps");
    Doc *parameters = doc_concat(arena, doc_softline(arena), doc_text(arena, "scope: "),
                                 doc_text(arena, construct), doc_text(arena, ","), doc_line(arena),
                                 doc_text(arena, "id: string,"), doc_line(arena),
                                 doc_text(arena, "props?: "), doc_text(arena, props));
    Doc *group = doc_concat(arena, doc_text(arena, "("), doc_indent(arena, parameters),
                            doc_if_break(arena, doc_text(arena, ","), doc_text(arena, ""), NULL),
                            doc_softline(arena), doc_text(arena, ")"));
    Doc *head = doc_concat(arena, doc_text(arena, "constructor"), doc_group(arena, group, false),
                           doc_text(arena, " {"));
    g_string_append(round->out, "  ");
    doc_print(head, 2, 80, round->out);
    g_string_append_c(round->out, '\n');
}

static void write_file(Round *round) {
    const ModelStack *stack = round->file.stack;
    g_string_append(round->out, CDK_HEADER);
    imports_print(round->file.imports, round->out);
    g_string_append_c(round->out, '\n');
    if (stack->doc && *stack->doc) {
        ts_comment(round->out, stack->doc, 0);
    }
    g_string_append_printf(round->out, "export class %s extends %s {\n", stack->class_name,
                           imports_use(round->file.imports, CORE_MODULE, "Stack"));
    write_constructor(round);
    write_body(round);
    g_string_append(round->out, "  }\n}\n");
}

void cdk_stack_file(CdkProject *project, const CdkStack *stack) {
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    Arena *arena = arena_new(); // of the names, while `round.file.arena` comes and goes
    Round round = {
        .file = {.stack = stack->stack,
                 .imports = imports_new(arena),
                 .locals = g_hash_table_new(g_direct_hash, g_direct_equal),
                 .used = g_hash_table_new(g_direct_hash, g_direct_equal),
                 .arena = arena},
        .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    variables_find(&round.file, taken);
    round.file.arena = arena_new();
    imports_use(round.file.imports, CORE_MODULE, "Stack");
    imports_use(round.file.imports, CORE_MODULE, "StackProps");
    imports_use(round.file.imports, CONSTRUCTS_MODULE, "Construct");
    write_body(&round);
    imports_settle(round.file.imports, taken);
    imports_packages(round.file.imports, project->packages);
    g_hash_table_remove_all(round.ids);
    round.out = g_string_new(NULL);
    write_file(&round);
    const size_t length = round.out->len;
    g_autofree char *path = g_strconcat("lib/", stack->file, ".ts", NULL);
    emit_files_add(project->files, path, g_string_free(round.out, FALSE), length);
    g_hash_table_unref(round.ids);
    g_hash_table_unref(round.file.locals);
    g_hash_table_unref(round.file.used);
    imports_free(round.file.imports);
    arena_free(round.file.arena);
    arena_free(arena);
}
