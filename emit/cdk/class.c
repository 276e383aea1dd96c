#include "cdk/class.h"

#include "cdk/options.h"
#include "cdk/text.h"
#include "cdk/variables.h"
#include "kinds.h"

#include <string.h>

/// Where the statements of a constructor stand.
enum { BODY_INDENT = 4 };

void class_text(const ClassWriter *writer, const char *format, ...) {
    if (writer->out) {
        va_list arguments;
        va_start(arguments, format);
        g_string_append_vprintf(writer->out, format, arguments);
        va_end(arguments);
    }
}

static void end_statement(ClassWriter *writer, const TsStatement *statement) {
    if (writer->out) {
        if (writer->apart) {
            g_string_append_c(writer->out, '\n');
        }
        ts_print_statement(writer->file.arena, statement, BODY_INDENT, writer->out);
    }
    writer->apart = false;
    arena_free(writer->file.arena);
    writer->file.arena = arena_new();
}

void class_statement(ClassWriter *writer, const char *constant, Ts *value) {
    const TsStatement statement = {.name = constant, .value = value};
    end_statement(writer, &statement);
}

void class_assignment(ClassWriter *writer, const char *target, Ts *value) {
    const TsStatement statement = {.target = target, .value = value};
    end_statement(writer, &statement);
}

void class_doc(ClassWriter *writer, const char *doc, long indent) {
    if (!writer->out || !doc || !*doc) {
        return;
    }
    if (writer->apart) {
        g_string_append_c(writer->out, '\n');
        writer->apart = false;
    }
    ts_comment(writer->out, doc, indent);
}

Ts *class_string(const ClassWriter *writer, const char *text) {
    return ts_string(writer->file.arena, text, strlen(text));
}

Ts *class_core(ClassWriter *writer, const char *name) {
    return ts_name(writer->file.arena, imports_use(writer->file.imports, CORE_MODULE, name));
}

const char *class_free_id(ClassWriter *writer, const char *id, const char *kind) {
    Arena *arena = writer->file.arena;
    const char *chosen = id;
    for (unsigned number = 1; g_hash_table_contains(writer->ids, chosen); number++) {
        chosen = number == 1 ? arena_printf(arena, "%s%s", id, kind)
                             : arena_printf(arena, "%s%s%u", id, kind, number);
    }
    g_hash_table_add(writer->ids, g_strdup(chosen));
    return chosen;
}

void class_constructor(const ClassWriter *writer, const char *props) {
    const char *construct = imports_use(writer->file.imports, CONSTRUCTS_MODULE, "Construct");
    if (!writer->out) {
        return;
    }
    Arena *arena = writer->file.arena;
    Doc *nothing = doc_text(arena, "");
    Doc *last =
        props ? doc_concat(arena, doc_text(arena, ","), doc_line(arena), doc_text(arena, props))
              : nothing;
    Doc *parameters = doc_concat(arena, doc_softline(arena), doc_text(arena, "scope: "),
                                 doc_text(arena, construct), doc_text(arena, ","), doc_line(arena),
                                 doc_text(arena, "id: string"), last);
    Doc *group = doc_concat(arena, doc_text(arena, "("), doc_indent(arena, parameters),
                            doc_if_break(arena, doc_text(arena, ","), nothing, NULL),
                            doc_softline(arena), doc_text(arena, ")"));
    Doc *head = doc_concat(arena, doc_text(arena, "constructor"), doc_group(arena, group, false),
                           doc_text(arena, " {"));
    g_string_append(writer->out, "  ");
    doc_print(head, 2, 80, writer->out);
    g_string_append_c(writer->out, '\n');
}

void class_super(ClassWriter *writer, Ts *props) {
    Arena *arena = writer->file.arena;
    class_statement(writer, NULL,
                    ts_call(arena, ts_leaf(arena, TS_SUPER, "super"), ts_name(arena, "scope"),
                            ts_name(arena, "id"), props, NULL));
}

/// What makes the construct of a part: `new CLASS`, `FACTORY` or `on.METHOD`, still to be given
/// its arguments. NULL if the library's clause says none of them.
static Ts *maker(ClassWriter *writer, const ModelPart *part, TsKind *kind) {
    Arena *arena = writer->file.arena;
    const char *from = cdk_body_text(arena, part, "from");
    const char *class = cdk_body_text(arena, part, "class");
    const char *factory = cdk_body_text(arena, part, "call");
    const char *method = cdk_body_text(arena, part, "method");
    const Value *on = value_member(part->body, "on");
    const Value *symbol = value_member(part->body, "class");
    const bool given = symbol && symbol->kind == VALUE_SYMBOL;
    *kind = class || given ? TS_NEW : TS_CALL;
    if (given) {
        return cdk_value(&writer->file, symbol);
    }
    if (class || factory) {
        return cdk_symbol(&writer->file, from, class ? class : factory);
    }
    return method && on ? ts_member(arena, cdk_value(&writer->file, on), method) : NULL;
}

/// `topic.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;`, `topic.addMetadata("Owner",
/// "retail");`
static void write_options(ClassWriter *writer, const ModelPart *part) {
    const char *local = cdk_local(&writer->file, part->resource);
    for (size_t i = 0; i < part->attributes->field_count; i++) {
        const Field *field = &part->attributes->fields[i];
        if (strcmp(field->name->text, METADATA_ATTRIBUTE) != 0) {
            const TsStatement statement = {
                .target = options_target(writer->file.arena, local, field->name->text),
                .value = options_value(&writer->file, field->value)};
            end_statement(writer, &statement);
            continue;
        }
        for (size_t k = 0; field->value->kind == VALUE_OBJECT && k < field->value->field_count;
             k++) {
            class_statement(writer, NULL,
                            options_metadata(&writer->file, local, &field->value->fields[k]));
        }
    }
}

static void write_part(ClassWriter *writer, const ModelPart *part) {
    const ModelResource *resource = part->resource;
    const bool first = part == resource->parts;
    const char *local = cdk_local(&writer->file, resource);
    Arena *arena = writer->file.arena;
    TsKind kind = TS_CALL;
    Ts *base = maker(writer, part, &kind);
    if (!base) {
        return;
    }
    const Value *props = variables_props(part);
    Ts *call = ts_node(arena, kind, base, props ? 3 : 2);
    call->items[0] = first ? ts_this(arena) : ts_name(arena, local);
    call->items[1] = class_string(writer, first ? resource->id : part->at);
    if (props) {
        call->items[2] = cdk_value(&writer->file, props);
        call->items[2]->expanded = true;
    }
    const bool constant = first && variables_is_used(&writer->file, resource);
    class_statement(writer, constant ? local : NULL, call);
    if (first && part->attributes) {
        write_options(writer, part);
    }
}

/// `a.node.addDependency(b, c);`
static void write_dependencies(ClassWriter *writer, const CdkConstruct *construct) {
    Arena *arena = writer->file.arena;
    Ts *node = ts_name(arena, cdk_local(&writer->file, construct->resource));
    node = ts_member(arena, ts_member(arena, node, "node"), "addDependency");
    Ts *call = ts_node(arena, TS_CALL, node, construct->dependency_count);
    for (size_t i = 0; i < construct->dependency_count; i++) {
        call->items[i] = cdk_value(&writer->file, construct->dependencies[i]);
    }
    class_statement(writer, NULL, call);
}

static void write_construct(ClassWriter *writer, const CdkConstruct *construct) {
    const ModelResource *resource = construct->resource;
    if (!resource->parts) {
        return;
    }
    writer->apart = true;
    // The environment's comment stands above the class already.
    if (g_strcmp0(resource->doc, writer->file.scope->doc) != 0) {
        class_doc(writer, resource->doc, BODY_INDENT);
    }
    for (const ModelPart *part = resource->parts; part; part = part->next) {
        write_part(writer, part);
    }
    if (construct->dependency_count > 0) {
        write_dependencies(writer, construct);
    }
}

void class_constructs(ClassWriter *writer) {
    const CdkScope *scope = writer->file.scope;
    for (size_t i = 0; i < scope->construct_count; i++) {
        write_construct(writer, &scope->constructs[i]);
    }
}

/// One round: all that stands below the imports.
static void run(ClassWriter *writer, ClassText *write) {
    const CdkScope *scope = writer->file.scope;
    g_hash_table_remove_all(writer->ids);
    writer->apart = false;
    for (size_t i = 0; i < scope->construct_count; i++) {
        g_hash_table_add(writer->ids, g_strdup(scope->constructs[i].resource->id));
    }
    write(writer);
}

void class_file(CdkProject *project, const CdkScope *scope, const char *file, ClassText *write) {
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    Arena *arena = arena_new(); // of the names, while `writer.file.arena` comes and goes
    ClassWriter writer = {
        .file = {.scope = scope,
                 .imports = imports_new(arena),
                 .locals = g_hash_table_new(g_direct_hash, g_direct_equal),
                 .used = g_hash_table_new(g_direct_hash, g_direct_equal),
                 .arena = arena},
        .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    variables_find(&writer.file, taken);
    writer.file.arena = arena_new();
    run(&writer, write);
    imports_settle(writer.file.imports, taken);
    imports_packages(writer.file.imports, project->packages);
    writer.out = g_string_new(CDK_HEADER);
    imports_print(writer.file.imports, writer.out);
    g_string_append_c(writer.out, '\n');
    run(&writer, write);
    const size_t length = writer.out->len;
    g_autofree char *path = g_strconcat("lib/", file, ".ts", NULL);
    emit_files_add(project->files, path, g_string_free(writer.out, FALSE), length);
    g_hash_table_unref(writer.ids);
    g_hash_table_unref(writer.file.locals);
    g_hash_table_unref(writer.file.used);
    imports_free(writer.file.imports);
    arena_free(writer.file.arena);
    arena_free(arena);
}
