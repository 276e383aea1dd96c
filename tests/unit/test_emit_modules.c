// Modules in the TypeScript back end, on models made by hand: what one class serves, and what it is
// given. That the texts compile and synthesise is asked in tests/oracle.
#include "backend.h"
#include "emit_models.h"

#include <glib.h>
#include <string.h>

#define DEPOT "@stage-tech/depot-cdk"

typedef struct Fixture {
    Arena *arena;
    Model *model;
    EmitFiles *files;
    ModelResource *environment;
} Fixture;

static const Value *class_body(Arena *arena, const char *class) {
    return make_object(arena, "class", make_string(arena, class), "from", make_string(arena, DEPOT),
                       NULL);
}

/// A resource that is made by `new CLASS(this, "Id", properties)`, in an instance unless NULL.
static ModelResource *add_class(Fixture *fixture, ModelInstance *instance, const char *name,
                                const char *id, const char *class, const Value *properties) {
    ModelResource *resource = add_resource(fixture->model, name, id);
    add_part(fixture->model, resource, "", "", class_body(fixture->arena, class));
    resource->instance = instance;
    resource->properties = properties;
    return resource;
}

static void setup(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    fixture->arena = arena_new();
    fixture->model = make_model(fixture->arena, "cdk", "orders");
    fixture->files = emit_files_new();
    fixture->environment =
        add_class(fixture, NULL, "environment", "Environment", "Environment", NULL);
    fixture->environment->kind = "environment";
}

static void teardown(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    emit_files_free(fixture->files);
    arena_free(fixture->arena);
}

static const char *find_file(Fixture *fixture, const char *path) {
    if (emit_files_count(fixture->files) == 0) {
        backend_find("cdk")->emit(fixture->model, fixture->files);
    }
    for (size_t i = 0; i < emit_files_count(fixture->files); i++) {
        const EmitFile *file = emit_files_get(fixture->files, i);
        if (strcmp(file->path, path) == 0) {
            return file->text;
        }
    }
    return NULL;
}

static const char *file_text(Fixture *fixture, const char *path) {
    const char *text = find_file(fixture, path);
    g_assert_nonnull(text);
    return text;
}

static void expect_in(const char *text, const char *expected) {
    if (!strstr(text, expected)) {
        g_test_message("not found:\n%s\nin:\n%s", expected, text);
        g_test_fail();
    }
}

/// Two instances of the module `tables`, each with one resource whose property `v` is a value made
/// of the argument `a`.
static void add_two(Fixture *fixture, const Value *first, const Value *second,
                    const Value *(*make)(Arena *, const Value *)) {
    static const char *const NAMES[] = {"first", "second"};
    const Value *given[] = {first, second};
    for (size_t i = 0; i < 2; i++) {
        ModelInstance *instance = add_instance(fixture->model, NULL, "tables", NAMES[i]);
        const Value *argument = given[i] ? give(fixture->model, instance, "a", given[i])
                                         : make_string(fixture->arena, "");
        const Value *value = make(fixture->arena, argument);
        add_class(fixture, instance, "t", "T", "A",
                  given[i] ? make_object(fixture->arena, "v", value, NULL)
                           : make_object(fixture->arena, NULL));
    }
}

static const Value *itself(Arena *arena, const Value *value) {
    (void)arena;
    return value;
}

static const Value *in_text(Arena *arena, const Value *value) {
    return make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "x-"), value, NULL);
}

static const Value *in_function(Arena *arena, const Value *value) {
    return make_named(arena, VALUE_FUNCTION, "Fn::Join", make_string(arena, "+"),
                      make_items(arena, VALUE_LIST, NULL, value, make_string(arena, "b"), NULL),
                      NULL);
}

static void test_parameter(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    add_two(fixture, make_string(fixture->arena, "one"), make_string(fixture->arena, "two"),
            in_text);
    g_assert_cmpstr(file_text(fixture, "lib/tables.ts"), ==,
                    "// Written by depotc from the .depot source; changes belong there.\n"
                    "import { A } from \"@stage-tech/depot-cdk\";\n"
                    "import { Construct } from \"constructs\";\n"
                    "\n"
                    "export interface TablesProps {\n"
                    "  readonly a: string;\n"
                    "}\n"
                    "\n"
                    "export class Tables extends Construct {\n"
                    "  constructor(scope: Construct, id: string, props: TablesProps) {\n"
                    "    super(scope, id);\n"
                    "\n"
                    "    new A(this, \"T\", {\n"
                    "      v: `x-${props.a}`,\n"
                    "    });\n"
                    "  }\n"
                    "}\n");
    expect_in(file_text(fixture, "lib/orders-stack.ts"), "    new Tables(this, \"Second\", {\n"
                                                         "      a: \"two\",\n"
                                                         "    });\n");
}

static void test_optional(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    add_two(fixture, make_int(fixture->arena, 3), NULL, itself);
    expect_in(file_text(fixture, "lib/tables.ts"), "  readonly a?: number;\n");
    expect_in(file_text(fixture, "lib/tables.ts"), "      v: props.a,\n");
    expect_in(file_text(fixture, "lib/tables.ts"), "props: TablesProps = {}) {\n");
    expect_in(file_text(fixture, "lib/orders-stack.ts"), "    new Tables(this, \"Second\");\n");
}

static const Value *number_parameter(Fixture *fixture) {
    const ModelParameter *parameter = add_parameter(fixture->model, "size", PARAMETER_NUMBER);
    Value *value = (Value *)make_parameter(fixture->arena, (ModelParameter *)parameter);
    value->number = true;
    return value;
}

/// A number that is known and one that is not become text in different ways: so text is given.
static void test_mixed_text(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    add_two(fixture, make_int(fixture->arena, 3), number_parameter(fixture), in_text);
    expect_in(file_text(fixture, "lib/tables.ts"), "  readonly a: string;\n");
    expect_in(file_text(fixture, "lib/tables.ts"), "      v: `x-${props.a}`,\n");
    expect_in(file_text(fixture, "lib/orders-stack.ts"), "      a: \"3\",\n");
    expect_in(file_text(fixture, "lib/orders-stack.ts"), "      a: size.valueAsString,\n");
}

static void test_number_value(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    add_two(fixture, make_int(fixture->arena, 3), number_parameter(fixture), itself);
    expect_in(file_text(fixture, "lib/tables.ts"), "  readonly a: number;\n");
    expect_in(file_text(fixture, "lib/orders-stack.ts"), "      a: size.valueAsNumber,\n");
}

static void test_text_in_function(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    add_two(fixture, make_int(fixture->arena, 3), make_int(fixture->arena, 4), in_function);
    expect_in(file_text(fixture, "lib/tables.ts"), "  readonly a: number;\n");
    expect_in(file_text(fixture, "lib/tables.ts"),
              "      v: Fn.join(\"+\", [String(props.a), \"b\"]),\n");
}

/// What exists in one unit only in another form is given as it is, under the name of its place.
static void test_computed(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    static const char *const NAMES[] = {"first", "second"};
    for (size_t i = 0; i < 2; i++) {
        ModelInstance *instance = add_instance(fixture->model, NULL, "tables", NAMES[i]);
        const Value *value = i ? make_string(arena, "ONE") : make_string(arena, "TWO");
        add_class(fixture, instance, "t", "T", "A",
                  make_object(arena, "environment", make_variable(arena, fixture->environment),
                              "name", value, "mode", make_int(arena, (int64_t)i), NULL));
        add_class(fixture, instance, "u", "U", "A",
                  make_object(arena, "mode", make_int(arena, (int64_t)i), NULL));
    }
    expect_in(file_text(fixture, "lib/tables.ts"), "export interface TablesProps {\n"
                                                   "  readonly environment: Environment;\n"
                                                   "  readonly tName: string;\n"
                                                   "  readonly mode: number;\n"
                                                   "}\n");
}

/// Instances that hold different constructs are different classes.
static void test_shapes(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    static const char *const NAMES[] = {"a", "b", "large"};
    for (size_t i = 0; i < 3; i++) {
        ModelInstance *instance = add_instance(fixture->model, NULL, "order", NAMES[i]);
        add_class(fixture, instance, "t", "T", "A", NULL);
        if (i == 2) {
            add_class(fixture, instance, "more", "More", "A", NULL);
        }
    }
    expect_in(file_text(fixture, "lib/order.ts"),
              "export class Order extends Construct {\n"
              "  constructor(scope: Construct, id: string) {\n");
    expect_in(file_text(fixture, "lib/order-large.ts"), "    new A(this, \"More\");\n");
    expect_in(file_text(fixture, "lib/orders-stack.ts"), "    new OrderLarge(this, \"Large\");\n");
    expect_in(file_text(fixture, "README.md"), "## Constructs\n"
                                               "\n"
                                               "- `Order` in `lib/order.ts`\n"
                                               "- `OrderLarge` in `lib/order-large.ts`\n");
    expect_in(file_text(fixture, "test/orders.test.ts"), "tryFindChild(\"Large\")");
}

/// What is referred to from outside is a member, whether it is an output or not.
static void test_members(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    ModelInstance *outer = add_instance(fixture->model, NULL, "outer", "one");
    ModelInstance *inner = add_instance(fixture->model, outer, "inner", "deep");
    ModelResource *shown = add_class(fixture, inner, "shown", "Shown", "A", NULL);
    ModelResource *hidden = add_class(fixture, inner, "hidden", "Hidden", "A", NULL);
    show(inner, "node", make_variable(arena, shown));
    show(outer, "all", make_items(arena, VALUE_LIST, NULL, make_variable(arena, shown), NULL));
    add_class(fixture, NULL, "user", "User", "B",
              make_object(arena, "a", make_variable(arena, shown), "b",
                          make_field(arena, make_variable(arena, hidden), "url"), NULL));
    expect_in(file_text(fixture, "lib/inner.ts"), "  public readonly hidden: A;\n"
                                                  "  public readonly nodeOutput: A;\n");
    expect_in(file_text(fixture, "lib/outer.ts"), "    this.all = [deep.nodeOutput];\n"
                                                  "    this.hidden = deep.hidden;\n");
    expect_in(file_text(fixture, "lib/orders-stack.ts"), "      a: one.all[0],\n"
                                                         "      b: one.hidden.url,\n");
}

/// Modules of one name, one that is called like the stack, one like its file.
static void test_clashes(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    add_instance(fixture->model, NULL, "tables", "a");
    add_instance(fixture->model, NULL, "tables", "b")->file = "other.depot";
    add_instance(fixture->model, NULL, "ordersStack", "c");
    add_instance(fixture->model, NULL, "record", "d");
    const char *text = file_text(fixture, "lib/orders-stack.ts");
    expect_in(text, "    new Tables(this, \"A\");\n");
    expect_in(text, "    new Tables2(this, \"B\");\n");
    expect_in(text, "    new OrdersStack2(this, \"C\");\n");
    expect_in(text, "    new Record2(this, \"D\");\n");
    expect_in(text, "import { OrdersStack2 } from \"./orders-stack2\";\n");
}

#define CASE(name, function) g_test_add("/modules/" name, Fixture, NULL, setup, function, teardown)

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    CASE("parameter", test_parameter);
    CASE("optional", test_optional);
    CASE("mixed-text", test_mixed_text);
    CASE("number-value", test_number_value);
    CASE("text-in-function", test_text_in_function);
    CASE("computed", test_computed);
    CASE("shapes", test_shapes);
    CASE("members", test_members);
    CASE("clashes", test_clashes);
    return g_test_run();
}
