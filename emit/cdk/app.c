#include "cdk/cdk.h"
#include "cdk/expression.h"
#include "cdk/text.h"

#include <string.h>

static void add_file(const CdkProject *project, const char *folder, const char *end,
                     GString *text) {
    g_autofree char *path = g_strconcat(folder, "/", project->name, end, NULL);
    const size_t length = text->len;
    emit_files_add(project->files, path, g_string_free(text, FALSE), length);
}

/// Imports of the classes of all stacks, from the folder beside.
static void import_stacks(const CdkProject *project, GString *out) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < project->model->stack_count; i++) {
        const CdkStack *stack = &project->stacks[i];
        const char *class = stack->stack->class_name;
        const char *path = arena_printf(arena, "../lib/%s", stack->file);
        const bool renamed = strcmp(class, stack->local) != 0;
        g_string_append_printf(out, "import { %s%s%s } from %s;\n", class, renamed ? " as " : "",
                               renamed ? stack->local : "", ts_quoted(arena, path, strlen(path)));
    }
    arena_free(arena);
}

/// A stack's name as CloudFormation takes it: letters, digits and dashes, a letter first.
static const char *deployed_name(Arena *arena, const char *name) {
    char *deployed = arena_printf(arena, "%s%s", g_ascii_isalpha(name[0]) ? "" : "stack", name);
    for (char *at = deployed; *at; at++) {
        if (!g_ascii_isalnum(*at)) {
            *at = '-';
        }
    }
    return deployed;
}

/// `{ team: "retail" }`
static Ts *tags_object(Arena *arena, const Value *tags) {
    Ts *object = ts_object(arena, tags->field_count);
    for (size_t i = 0; i < tags->field_count; i++) {
        const Name *key = tags->fields[i].name;
        const Value *value = tags->fields[i].value;
        ts_put(object, ts_key(arena, key->text, key->length),
               ts_string(arena, value->text, value->length));
    }
    return object;
}

/// `new OrdersStack(SCOPE, "orders")`; `tags` may be NULL.
static Ts *new_stack(Arena *arena, const CdkStack *stack, Ts *scope, const Value *tags) {
    const char *name = stack->stack->name;
    const char *deployed = deployed_name(arena, name);
    Ts *props = ts_object(arena, 2);
    if (strcmp(deployed, name) != 0) {
        ts_put(props, "stackName", ts_string(arena, deployed, strlen(deployed)));
    }
    if (tags != NULL) {
        ts_put(props, "tags", tags_object(arena, tags));
    }
    if (props->count == 0) {
        props = NULL;
    }
    return ts_new(arena, ts_name(arena, stack->local), scope, ts_string(arena, name, strlen(name)),
                  props, NULL);
}

static void print(Arena *arena, const char *constant, Ts *value, GString *out) {
    const TsStatement statement = {.name = constant, .value = value};
    ts_print_statement(arena, &statement, 0, out);
}

void cdk_app_file(CdkProject *project) {
    GString *out = g_string_new("#!/usr/bin/env node\n" CDK_HEADER
                                "import { App } from \"" CORE_MODULE "\";\n");
    Arena *arena = arena_new();
    import_stacks(project, out);
    g_string_append_c(out, '\n');
    print(arena, project->model->stack_count > 0 ? "app" : NULL,
          ts_new(arena, ts_name(arena, "App"), NULL), out);
    for (size_t i = 0; i < project->model->stack_count; i++) {
        print(arena, NULL,
              new_stack(arena, &project->stacks[i], ts_name(arena, "app"), project->model->tags),
              out);
    }
    arena_free(arena);
    add_file(project, "bin", ".ts", out);
}

/// The statements of a test, as they are gathered.
typedef struct Test {
    Arena *arena;
    GArray *statements; ///< of TsStatement
} Test;

static void add_statement(const Test *test, const char *constant, Ts *value, bool apart) {
    const TsStatement statement = {.name = constant, .value = value, .apart = apart};
    g_array_append_val(test->statements, statement);
}

/// `template.METHOD("Id", { … });`
static void expect_in_template(const Test *test, const char *method, const char *id, Ts *props) {
    Ts *callee = ts_member(test->arena, ts_name(test->arena, "template"), method);
    Ts *name = ts_string(test->arena, id, strlen(id));
    add_statement(test, NULL, ts_call(test->arena, callee, name, props, NULL), false);
}

/// `expect(stack.node.tryFindChild("Id")).toBeDefined();`
static void expect_child(const Test *test, const char *id) {
    Arena *arena = test->arena;
    Ts *find = ts_member(arena, ts_name(arena, "stack"), "node");
    find = ts_member(arena, find, "tryFindChild");
    find = ts_call(arena, find, ts_string(arena, id, strlen(id)), NULL);
    Ts *expect = ts_call(arena, ts_name(arena, "expect"), find, NULL);
    add_statement(test, NULL, ts_call(arena, ts_member(arena, expect, "toBeDefined"), NULL), false);
}

/// Parameters and outputs by their logical ids, and a construct for each resource and instance that
/// is made by a constructor (what a factory makes is its own business).
static void add_expectations(const Test *test, const CdkStack *of) {
    const ModelStack *stack = of->stack;
    for (size_t i = 0; i < stack->parameter_count; i++) {
        expect_in_template(test, "hasParameter", stack->parameters[i]->id,
                           ts_object(test->arena, 0));
    }
    for (size_t i = 0; i < of->scope->construct_count; i++) {
        const ModelResource *resource = of->scope->constructs[i].resource;
        if (resource->parts && cdk_body_text(test->arena, resource->parts, "class")) {
            expect_child(test, resource->id);
        }
    }
    for (size_t i = 0; i < stack->output_count; i++) {
        expect_in_template(test, "hasOutput", stack->outputs[i].id, ts_object(test->arena, 0));
    }
}

static void write_test(const CdkStack *stack, GString *out) {
    Arena *arena = arena_new();
    const Test test = {arena, g_array_new(FALSE, FALSE, sizeof(TsStatement))};
    Ts *app = ts_new(arena, ts_name(arena, "App"), NULL);
    add_statement(&test, "stack", new_stack(arena, stack, app, NULL), false);
    Ts *from = ts_member(arena, ts_name(arena, "Template"), "fromStack");
    from = ts_call(arena, from, ts_name(arena, "stack"), NULL);
    add_statement(&test, "template", from, false);
    const guint before = test.statements->len;
    add_expectations(&test, stack);
    if (test.statements->len > before) {
        g_array_index(test.statements, TsStatement, before).apart = true;
    }
    // All of it, against the snapshot that the first run has written.
    Ts *json = ts_call(arena, ts_member(arena, ts_name(arena, "template"), "toJSON"), NULL);
    Ts *expect = ts_call(arena, ts_name(arena, "expect"), json, NULL);
    add_statement(&test, NULL, ts_call(arena, ts_member(arena, expect, "toMatchSnapshot"), NULL),
                  true);
    Ts *function = ts_leaf(arena, TS_FUNCTION, NULL);
    function->statements = &g_array_index(test.statements, TsStatement, 0);
    function->statement_count = test.statements->len;
    const char *title = arena_printf(arena, "%s synthesises", stack->stack->name);
    g_string_append_c(out, '\n');
    print(arena, NULL,
          ts_call(arena, ts_name(arena, "test"), ts_string(arena, title, strlen(title)), function,
                  NULL),
          out);
    g_array_unref(test.statements);
    arena_free(arena);
}

void cdk_test_file(CdkProject *project) {
    GString *out = g_string_new(CDK_HEADER "import { Template } from \"" ASSERTIONS_MODULE "\";\n"
                                           "import { App } from \"" CORE_MODULE "\";\n");
    import_stacks(project, out);
    for (size_t i = 0; i < project->model->stack_count; i++) {
        write_test(&project->stacks[i], out);
    }
    add_file(project, "test", ".test.ts", out);
}
