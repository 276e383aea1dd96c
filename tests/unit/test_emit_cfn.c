// The CloudFormation back end, on models made by hand.
#include "backend.h"
#include "emit_models.h"
#include "number.h"

#include <glib.h>
#include <string.h>

typedef struct Fixture {
    Arena *arena;
    Model *model;
    EmitFiles *files;
} Fixture;

static void setup(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    fixture->arena = arena_new();
    fixture->model = make_model(fixture->arena, "cfn", "orders");
    fixture->files = emit_files_new();
}

static void teardown(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    emit_files_free(fixture->files);
    arena_free(fixture->arena);
}

static const char *template_text(Fixture *fixture) {
    backend_find("cfn")->emit(fixture->model, fixture->files);
    const EmitFile *file = emit_files_get(fixture->files, emit_files_count(fixture->files) - 1);
    g_assert_cmpstr(file->path, ==, "orders.template.json");
    g_assert_cmpuint(strlen(file->text), ==, file->length);
    return file->text;
}

/// The text of `value` as an output has it, indented as there.
static char *output_text(Fixture *fixture, const Value *value) {
    add_output(fixture->model, "x", value);
    const char *text = template_text(fixture);
    const char *begin = strstr(text, "\"Value\": ");
    g_assert_nonnull(begin);
    begin += strlen("\"Value\": ");
    const char *end = strstr(begin, "\n    }\n  }\n}\n");
    g_assert_nonnull(end);
    fixture->model->stacks->output_count = 0;
    return g_strndup(begin, (gsize)(end - begin));
}

static void expect_output(Fixture *fixture, const Value *value, const char *expected) {
    g_autofree char *text = output_text(fixture, value);
    g_assert_cmpstr(text, ==, expected);
}

static const char WHOLE[] = "{\n"
                            "  \"Description\": \"The order platform.\",\n"
                            "  \"Parameters\": {\n"
                            "    \"SecretArn\": {\n"
                            "      \"Type\": \"String\",\n"
                            "      \"Description\": \"Known only at deployment.\"\n"
                            "    }\n"
                            "  },\n"
                            "  \"Resources\": {\n"
                            "    \"Cold39253134\": {\n"
                            "      \"Type\": \"AWS::SNS::Topic\",\n"
                            "      \"DependsOn\": [\n"
                            "        \"Hot659A85A5\"\n"
                            "      ]\n"
                            "    },\n"
                            "    \"Hot659A85A5\": {\n"
                            "      \"Type\": \"Custom::Location\",\n"
                            "      \"Properties\": {\n"
                            "        \"Secret\": {\n"
                            "          \"Ref\": \"SecretArn\"\n"
                            "        },\n"
                            "        \"Props\": {},\n"
                            "        \"Rows\": []\n"
                            "      },\n"
                            "      \"DeletionPolicy\": \"Delete\"\n"
                            "    }\n"
                            "  },\n"
                            "  \"Outputs\": {\n"
                            "    \"Url\": {\n"
                            "      \"Description\": \"Where it is.\",\n"
                            "      \"Value\": {\n"
                            "        \"Fn::GetAtt\": [\n"
                            "          \"Hot659A85A5\",\n"
                            "          \"Url\"\n"
                            "        ]\n"
                            "      }\n"
                            "    }\n"
                            "  }\n"
                            "}\n";

static void test_whole(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    Model *model = fixture->model;
    model->stacks->doc = "The order platform.";
    ModelParameter *secret = add_parameter(model, "secretArn", PARAMETER_STRING);
    secret->doc = "Known only at deployment.";
    ModelResource *hot = add_resource(model, "hot", "Hot");
    ModelResource *cold = add_resource(model, "cold", "Cold");
    ModelPart *hot_part =
        add_part(model, hot, "Custom::Location", "Resource",
                 make_object(arena, "DeletionPolicy", make_string(arena, "Delete"), "Secret",
                             make_parameter(arena, secret), "Props", make_object(arena, NULL),
                             "Rows", make_items(arena, VALUE_LIST, NULL, NULL), NULL));
    ModelPart *cold_part =
        add_part(model, cold, "AWS::SNS::Topic", "Resource", make_object(arena, NULL));
    ModelPart *others[] = {hot_part, hot_part};
    cold_part->dependencies = others;
    cold_part->dependency_count = 2;
    ModelOutput *output = add_output(model, "url", make_getatt(arena, hot_part, "Url"));
    output->doc = "Where it is.";
    g_assert_cmpstr(template_text(fixture), ==, WHOLE);
}

static void test_empty(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    g_assert_cmpstr(template_text(fixture), ==, "{}\n");
}

static void test_parameter(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    static const char *allowed[] = {"1", "2"};
    ModelParameter *parameter = add_parameter(fixture->model, "size", PARAMETER_NUMBER);
    parameter->default_value = make_int(fixture->arena, 2);
    parameter->allowed = allowed;
    parameter->allowed_count = 2;
    parameter->pattern = "\\d";
    parameter->constraint = "a digit";
    parameter->has_min_length = parameter->has_max_length = true;
    parameter->min_length = 1;
    parameter->max_length = 9;
    parameter->has_min_value = parameter->has_max_value = true;
    parameter->min_value = 0.5;
    parameter->max_value = 1e21;
    add_parameter(fixture->model, "zones", PARAMETER_LIST);
    g_assert_cmpstr(template_text(fixture), ==,
                    "{\n"
                    "  \"Parameters\": {\n"
                    "    \"Size\": {\n"
                    "      \"Type\": \"Number\",\n"
                    "      \"Default\": 2,\n"
                    "      \"AllowedPattern\": \"\\\\d\",\n"
                    "      \"AllowedValues\": [\n"
                    "        \"1\",\n"
                    "        \"2\"\n"
                    "      ],\n"
                    "      \"ConstraintDescription\": \"a digit\",\n"
                    "      \"MaxLength\": 9,\n"
                    "      \"MaxValue\": 1e+21,\n"
                    "      \"MinLength\": 1,\n"
                    "      \"MinValue\": 0.5\n"
                    "    },\n"
                    "    \"Zones\": {\n"
                    "      \"Type\": \"CommaDelimitedList\"\n"
                    "    }\n"
                    "  }\n"
                    "}\n");
}

static void test_attributes(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    ModelResource *other = add_resource(fixture->model, "b", "B");
    ModelPart *other_part =
        add_part(fixture->model, other, "A::B", "Default", make_object(arena, NULL));
    const Value *own = make_items(arena, VALUE_LIST, NULL, make_string(arena, "Zed"),
                                  make_ref(arena, other_part), NULL);
    const Value *body =
        make_object(arena, "Metadata", make_object(arena, "a", make_null(arena), NULL), "Condition",
                    make_string(arena, "C"), "UpdateReplacePolicy", make_string(arena, "Retain"),
                    "DependsOn", own, NULL);
    add_part(fixture->model, add_resource(fixture->model, "a", "A"), "A::A", "Default", body);
    const char *text = template_text(fixture);
    g_assert_true(g_str_has_prefix(text, "{\n"
                                         "  \"Resources\": {\n"
                                         "    \"A\": {\n"
                                         "      \"Type\": \"A::A\",\n"
                                         "      \"DependsOn\": [\n"
                                         "        \"B\",\n"
                                         "        \"Zed\"\n"
                                         "      ],\n"
                                         "      \"UpdateReplacePolicy\": \"Retain\",\n"
                                         "      \"Metadata\": {\n"
                                         "        \"a\": null\n"
                                         "      },\n"
                                         "      \"Condition\": \"C\"\n"
                                         "    },\n"));
}

/// Ids that begin alike are sorted too; a reference to another resource is its id.
static void test_order(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    static const char *const IDS[] = {"LocationTwo", "Location", "LocationOne"};
    ModelPart *last = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(IDS); i++) {
        last = add_part(fixture->model, add_resource(fixture->model, IDS[i], IDS[i]), "A::A",
                        "Default", make_object(arena, NULL));
    }
    add_output(fixture->model, "one", make_ref(arena, last));
    g_assert_true(g_str_has_suffix(template_text(fixture), "{\n"
                                                           "  \"Resources\": {\n"
                                                           "    \"Location\": {\n"
                                                           "      \"Type\": \"A::A\"\n"
                                                           "    },\n"
                                                           "    \"LocationOne\": {\n"
                                                           "      \"Type\": \"A::A\"\n"
                                                           "    },\n"
                                                           "    \"LocationTwo\": {\n"
                                                           "      \"Type\": \"A::A\"\n"
                                                           "    }\n"
                                                           "  },\n"
                                                           "  \"Outputs\": {\n"
                                                           "    \"One\": {\n"
                                                           "      \"Value\": {\n"
                                                           "        \"Ref\": \"LocationOne\"\n"
                                                           "      }\n"
                                                           "    }\n"
                                                           "  }\n"
                                                           "}\n"));
}

static void test_depends_on_one(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    ModelResource *resource = add_resource(fixture->model, "a", "A");
    add_part(fixture->model, resource, "A::A", "Default",
             make_object(arena, "DependsOn", make_string(arena, "B"), NULL));
    add_part(fixture->model, resource, "A::A", "Other",
             make_object(arena, "DependsOn", make_items(arena, VALUE_LIST, NULL, NULL), NULL));
    const char *text = template_text(fixture);
    g_assert_nonnull(strstr(text, "\"DependsOn\": [\n        \"B\"\n      ]\n"));
    g_assert_null(strstr(text, "[]"));
}

static void test_strings(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    expect_output(fixture, make_string(arena, "a\"b\\c/\b\t\n\f\r\x01\x1f\x7f é \xe2\x80\xa8 😀"),
                  "\"a\\\"b\\\\c/\\b\\t\\n\\f\\r\\u0001\\u001f\x7f é \xe2\x80\xa8 😀\"");
    expect_output(fixture, make_string(arena, ""), "\"\"");
    // Every position in a word of eight bytes.
    g_autoptr(GString) plain = g_string_new("");
    for (int length = 0; length < 20; length++) {
        g_autofree char *with_quote = g_strconcat(plain->str, "\"end", NULL);
        g_autofree char *expected = g_strconcat("\"", plain->str, "\\\"end\"", NULL);
        expect_output(fixture, make_string(arena, with_quote), expected);
        g_string_append_c(plain, 'x');
    }
}

static void test_scalars(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    // An output is a string.
    expect_output(fixture, make_int(arena, 5), "\"5\"");
    expect_output(fixture, make_bool(arena, true), "\"true\"");
    expect_output(fixture, make_bool(arena, false), "\"false\"");
    expect_output(fixture, make_number(arena, 1.5), "\"1.5\"");
    expect_output(
        fixture,
        make_object(arena, "a", make_int(arena, INT64_MIN), "b", make_number(arena, 0.1), "c",
                    make_bool(arena, false), NULL),
        "{\n        \"a\": -9223372036854775808,\n        \"b\": 0.1,\n        \"c\": false\n"
        "      }");
}

static void test_join(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *region = make_pseudo(arena, "AWS::Region");
    const Value *inner = make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "b\n"), region,
                                    make_int(arena, 7), NULL);
    const Value *outer = make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "a-"), inner,
                                    make_string(arena, ""), make_bool(arena, true), NULL);
    expect_output(fixture, outer,
                  "{\n"
                  "        \"Fn::Join\": [\n"
                  "          \"\",\n"
                  "          [\n"
                  "            \"a-b\\n\",\n"
                  "            {\n"
                  "              \"Ref\": \"AWS::Region\"\n"
                  "            },\n"
                  "            \"7true\"\n"
                  "          ]\n"
                  "        ]\n"
                  "      }");
    expect_output(fixture, make_items(arena, VALUE_CONCAT, NULL, region, NULL),
                  "{\n        \"Ref\": \"AWS::Region\"\n      }");
    expect_output(fixture, make_items(arena, VALUE_CONCAT, NULL, NULL), "\"\"");
}

static void test_dynamic(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    expect_output(
        fixture, make_named(arena, VALUE_DYNAMIC, "secretsmanager", make_string(arena, "db"), NULL),
        "\"{{resolve:secretsmanager:db:SecretString:::}}\"");
    expect_output(fixture,
                  make_named(arena, VALUE_DYNAMIC, "secretsmanager", make_string(arena, "db"),
                             make_string(arena, "user"), make_string(arena, "AWSCURRENT"), NULL),
                  "\"{{resolve:secretsmanager:db:SecretString:user:AWSCURRENT:}}\"");
    expect_output(fixture,
                  make_named(arena, VALUE_DYNAMIC, "ssm", make_string(arena, "/a/b"), NULL),
                  "\"{{resolve:ssm:/a/b}}\"");
    expect_output(fixture,
                  make_named(arena, VALUE_DYNAMIC, "secretsmanager",
                             make_pseudo(arena, "AWS::StackName"), NULL),
                  "{\n"
                  "        \"Fn::Join\": [\n"
                  "          \"\",\n"
                  "          [\n"
                  "            \"{{resolve:secretsmanager:\",\n"
                  "            {\n"
                  "              \"Ref\": \"AWS::StackName\"\n"
                  "            },\n"
                  "            \":SecretString:::}}\"\n"
                  "          ]\n"
                  "        ]\n"
                  "      }");
}

static void test_functions(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *name = make_pseudo(arena, "AWS::StackName");
    const Value *split =
        make_named(arena, VALUE_FUNCTION, "Fn::Split", make_string(arena, "-"), name, NULL);
    expect_output(
        fixture,
        make_named(arena, VALUE_FUNCTION, "Fn::ImportValue", make_string(arena, "x"), NULL),
        "{\n        \"Fn::ImportValue\": \"x\"\n      }");
    expect_output(fixture,
                  make_named(arena, VALUE_FUNCTION, "Fn::Select", make_int(arena, 0), split, NULL),
                  "{\n"
                  "        \"Fn::Select\": [\n"
                  "          0,\n"
                  "          {\n"
                  "            \"Fn::Split\": [\n"
                  "              \"-\",\n"
                  "              {\n"
                  "                \"Ref\": \"AWS::StackName\"\n"
                  "              }\n"
                  "            ]\n"
                  "          }\n"
                  "        ]\n"
                  "      }");
    // A list is joined where a string must be.
    expect_output(fixture, split,
                  "{\n"
                  "        \"Fn::Join\": [\n"
                  "          \",\",\n"
                  "          {\n"
                  "            \"Fn::Split\": [\n"
                  "              \"-\",\n"
                  "              {\n"
                  "                \"Ref\": \"AWS::StackName\"\n"
                  "              }\n"
                  "            ]\n"
                  "          }\n"
                  "        ]\n"
                  "      }");
}

static void test_functions_of_literals(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *list =
        make_items(arena, VALUE_LIST, NULL, make_string(arena, "a"), make_string(arena, "b"), NULL);
    const Value *select =
        make_named(arena, VALUE_FUNCTION, "Fn::Select", make_int(arena, 1), list, NULL);
    expect_output(fixture, select, "\"b\"");
    expect_output(fixture, make_items(arena, VALUE_CONCAT, NULL, select, select, NULL), "\"bb\"");
    expect_output(fixture, list, "\"a,b\"");
    expect_output(fixture, make_items(arena, VALUE_LIST, NULL, NULL), "\"\"");
    expect_output(
        fixture, make_named(arena, VALUE_FUNCTION, "Fn::Join", make_string(arena, "+"), list, NULL),
        "\"a+b\"");
    const Value *mixed = make_items(arena, VALUE_LIST, NULL, make_string(arena, "a"), select,
                                    make_pseudo(arena, "AWS::Region"), NULL);
    expect_output(fixture, mixed,
                  "{\n"
                  "        \"Fn::Join\": [\n"
                  "          \",\",\n"
                  "          [\n"
                  "            \"a,b\",\n"
                  "            {\n"
                  "              \"Ref\": \"AWS::Region\"\n"
                  "            }\n"
                  "          ]\n"
                  "        ]\n"
                  "      }");
}

/// The same string in every resource is copied from the one before: it must not change.
static void test_repeated_string(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    Arena *arena = fixture->arena;
    const Value *token = make_items(arena, VALUE_CONCAT, NULL, make_string(arena, "arn:"),
                                    make_pseudo(arena, "AWS::Partition"), NULL);
    for (int i = 0; i < 200; i++) {
        const char *id = arena_printf(arena, "R%d", i);
        add_part(fixture->model, add_resource(fixture->model, id, id), "Custom::X", "Default",
                 make_object(arena, "ServiceToken", token, "Again", token, "Deep",
                             make_object(arena, "Token", token, NULL), NULL));
    }
    g_auto(GStrv) pieces = g_strsplit(template_text(fixture),
                                      "{\n"
                                      "          \"Fn::Join\": [\n"
                                      "            \"\",\n"
                                      "            [\n"
                                      "              \"arn:\",\n"
                                      "              {\n"
                                      "                \"Ref\": "
                                      "\"AWS::Partition\"\n"
                                      "              }\n"
                                      "            ]\n"
                                      "          ]\n"
                                      "        },\n",
                                      -1);
    g_assert_cmpuint(g_strv_length(pieces), ==, 401);
}

static void expect_number(double value, const char *expected) {
    char text[NUMBER_MAX];
    g_assert_cmpuint(number_from_double(value, text), ==, strlen(expected));
    g_assert_cmpstr(text, ==, expected);
}

static void test_numbers(void) {
    expect_number(0, "0");
    expect_number(-0.0, "0");
    expect_number(1, "1");
    expect_number(-1.25, "-1.25");
    expect_number(0.1, "0.1");
    expect_number(1.0 / 3, "0.3333333333333333");
    expect_number(123456789012345680000.0, "123456789012345680000");
    expect_number(1e21, "1e+21");
    expect_number(1.5e300, "1.5e+300");
    expect_number(0.000001, "0.000001");
    expect_number(0.0000001, "1e-7");
    expect_number(5e-324, "5e-324");
    expect_number(-1.7976931348623157e308, "-1.7976931348623157e+308");
    expect_number(G_MAXDOUBLE * 2, "null");
}

static void test_backends(void) {
    size_t count = 0;
    const Backend *backends = backend_all(&count);
    g_assert_cmpuint(count, ==, 2);
    g_assert_cmpstr(backends[0].name, ==, "cfn");
    g_assert_true(backend_find("cdk")->properties);
    g_assert_false(backend_find("cfn")->properties);
    g_assert_null(backend_find("nothing"));
    emit_files_free(NULL);
}

#define CASE(name, function) g_test_add("/cfn/" name, Fixture, NULL, setup, function, teardown)

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    CASE("whole", test_whole);
    CASE("empty", test_empty);
    CASE("parameter", test_parameter);
    CASE("attributes", test_attributes);
    CASE("order", test_order);
    CASE("depends-on-one", test_depends_on_one);
    CASE("strings", test_strings);
    CASE("scalars", test_scalars);
    CASE("join", test_join);
    CASE("dynamic", test_dynamic);
    CASE("functions", test_functions);
    CASE("functions-of-literals", test_functions_of_literals);
    CASE("repeated-string", test_repeated_string);
    g_test_add_func("/cfn/numbers", test_numbers);
    g_test_add_func("/cfn/backends", test_backends);
    return g_test_run();
}
