/// Environments that are split, held against random programs: where a resource stands does not
/// change when others come, go or change places, and nested stacks use only those before them.
#include "model.h"

#include <glib.h>
#include <string.h>

enum { PROGRAMS = 60, DECLARATIONS = 40, LATER = 25 };

/// A declaration of a random program; what it refers to stands before it in the list.
typedef struct Declaration {
    char *text;
    char *location; ///< an expression for a location, or NULL
    char *string;   ///< an expression for a string that is known at deployment, or NULL
} Declaration;

static void free_declaration(gpointer data) {
    Declaration *declaration = data;
    g_free(declaration->text);
    g_free(declaration->location);
    g_free(declaration->string);
    g_free(declaration);
}

/// An expression of a declaration before: a location, or a string; NULL if none is found.
static const char *earlier(GRand *random, const GPtrArray *list, bool location) {
    for (int tries = 0; list->len && tries < 8; tries++) {
        const Declaration *one = list->pdata[g_rand_int_range(random, 0, (gint32)list->len)];
        const char *found = location ? one->location : one->string;
        if (found) {
            return found;
        }
    }
    return NULL;
}

static Declaration *plain_location(GRand *random, const GPtrArray *list, int number) {
    const char *text = g_rand_boolean(random) ? earlier(random, list, false) : NULL;
    Declaration *made = g_new0(Declaration, 1);
    made->text = g_strdup_printf("location x%d: DynamoDB { name: \"x%d-${%s}\" }\n", number, number,
                                 text ? text : "1");
    made->location = g_strdup_printf("x%d", number);
    made->string = g_strdup_printf("x%d.id", number);
    return made;
}

static Declaration *topic(GRand *random, const GPtrArray *list, int number) {
    const char *text = g_rand_boolean(random) ? earlier(random, list, false) : NULL;
    Declaration *made = g_new0(Declaration, 1);
    made->text = g_strdup_printf("resource x%d: \"AWS::SNS::Topic\" { TopicName: \"x-${%s}\" }\n",
                                 number, text ? text : "1");
    made->string = g_strdup_printf("x%d.TopicArn", number);
    return made;
}

static Declaration *composite(GRand *random, const GPtrArray *list, int number) {
    const char *first = earlier(random, list, true);
    const char *second = earlier(random, list, true);
    if (!first || !second || strcmp(first, second) == 0) {
        return topic(random, list, number);
    }
    Declaration *made = g_new0(Declaration, 1);
    made->text = g_strdup_printf("location x%d: Composite { name: \"x%d\", primaryLocation: %s, "
                                 "replicaLocation: %s, replicationMode: IMMEDIATE }\n",
                                 number, number, first, second);
    made->location = g_strdup_printf("x%d", number);
    made->string = g_strdup_printf("x%d.id", number);
    return made;
}

static Declaration *dataset(GRand *random, const GPtrArray *list, int number) {
    const char *location = earlier(random, list, true);
    if (!location) {
        return plain_location(random, list, number);
    }
    Declaration *made = g_new0(Declaration, 1);
    made->text = g_strdup_printf("dataset x%d { name: \"x%d\", location: %s, package: model }\n",
                                 number, number, location);
    made->string = g_strdup_printf("x%d.id", number);
    return made;
}

static Declaration *use(GRand *random, const GPtrArray *list, int number) {
    const char *next = earlier(random, list, true);
    const char *text = earlier(random, list, false);
    const bool given = g_rand_boolean(random);
    if (!next) {
        return plain_location(random, list, number);
    }
    Declaration *made = g_new0(Declaration, 1);
    made->text =
        g_strdup_printf("use pair as x%d { prefix: \"x%d\", note: \"${%s}\"%s%s }\n", number,
                        number, text ? text : "1", given ? ", next: " : "", given ? next : "");
    made->location = g_strdup_printf("x%d.whole", number);
    made->string = g_strdup_printf("x%d.arn", number);
    return made;
}

static Declaration *random_declaration(GRand *random, const GPtrArray *list, int number) {
    switch (g_rand_int_range(random, 0, 6)) {
    case 0:
        return composite(random, list, number);
    case 1:
        return dataset(random, list, number);
    case 2:
        return use(random, list, number);
    case 3:
        return plain_location(random, list, number);
    default:
        return topic(random, list, number);
    }
}

static ReadStatus read_text(const char *path, char **text, size_t *length, const char **message,
                            void *data) {
    if (strcmp(path, "main.depot") != 0) {
        return compilation_read_disk(path, text, length, message, data);
    }
    *length = strlen(data);
    *text = g_malloc0(*length + 2);
    memcpy(*text, data, *length);
    return READ_OK;
}

/// The declarations as a program, in the order of `places`.
static char *program_of(const GPtrArray *list, const guint *places) {
    GString *text = g_string_new(
        "module pair(prefix: string, note: string, next?: location) {\n"
        "  location main: DynamoDB { name: \"${prefix}-main\" }\n"
        "  location spare: DynamoDB { name: \"${prefix}-spare\" }\n"
        "  location both: Composite { name: prefix, primaryLocation: main, replicaLocation: next "
        "?? spare, replicationMode: IMMEDIATE }\n"
        "  resource topic: \"AWS::SNS::Topic\" { TopicName: \"${note}-${main.id}\" }\n"
        "  output whole = both\n"
        "  output arn = topic.TopicArn\n"
        "}\n"
        "environment e {\n"
        "  account: { name: \"retail\", id: aws.accountId }\n"
        "  split: 3\n"
        "  package model { name: \"a.model\", version: \"1.0.0\", schemas: [] }\n");
    for (guint i = 0; i < list->len; i++) {
        g_string_append(text, ((const Declaration *)list->pdata[places[i]])->text);
    }
    g_string_append(text, "}\n");
    return g_string_free(text, FALSE);
}

static void assert_earlier(const ModelStack *stack, const ModelNested *nested, const char *id) {
    size_t own = 0, other = 0;
    while (stack->nested[own] != nested) {
        own++;
    }
    while (other < stack->nested_count && strcmp(stack->nested[other]->logical_id, id) != 0) {
        other++;
    }
    g_assert_true(other < own || other == stack->nested_count);
}

/// What nested stacks take and wait for is there before them.
static void check_order(const ModelStack *stack) {
    for (size_t i = 0; i < stack->nested_count; i++) {
        const ModelNested *nested = stack->nested[i];
        for (size_t k = 0; k < nested->parameter_count; k++) {
            const Value *value = nested->parameters[k].value;
            if (value->kind == VALUE_REF || value->kind == VALUE_GETATT) {
                const ModelNested *owner = value->part->resource->nested;
                g_assert_true(owner != nested);
                if (owner) {
                    assert_earlier(stack, nested, owner->logical_id);
                }
            }
        }
        for (size_t k = 0; k < nested->depends_on_count; k++) {
            assert_earlier(stack, nested, nested->depends_on[k]);
        }
    }
}

/// Adds where each part of the program stands to `places`: path → id of the nested stack. One that
/// is there already must say the same.
static void compile(char *text, GHashTable *places) {
    Compilation *compilation =
        compilation_new(&(CompilationOptions){.reader = read_text, .reader_data = text});
    compilation_add_file(compilation, "main.depot", NO_SPAN);
    if (!compilation_check(compilation)) {
        g_error("this has errors:\n%s", text);
    }
    const Model *model = compilation_model(compilation, "cfn", false);
    g_assert_nonnull(model);
    const ModelStack *stack = &model->stacks[0];
    check_order(stack);
    for (size_t i = 0; i < stack->resource_count; i++) {
        const ModelResource *resource = stack->resources[i];
        const char *id = resource->nested ? resource->nested->id : "";
        const char *known = g_hash_table_lookup(places, resource->parts->path);
        g_assert_true(i == 0 || *id);
        if (known) {
            g_assert_cmpstr(known, ==, id);
        }
        g_hash_table_insert(places, g_strdup(resource->parts->path), g_strdup(id));
    }
    compilation_free(compilation);
}

static void shuffle(GRand *random, guint *places, guint count) {
    for (guint i = count; i > 1; i--) {
        const guint other = (guint)g_rand_int_range(random, 0, (gint32)i);
        const guint kept = places[i - 1];
        places[i - 1] = places[other];
        places[other] = kept;
    }
}

static void test_stability(void) {
    for (guint32 seed = 1; seed <= PROGRAMS; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        GPtrArray *list = g_ptr_array_new_with_free_func(free_declaration);
        GHashTable *stands = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        guint places[DECLARATIONS + LATER];
        for (int number = 0; number < DECLARATIONS; number++) {
            g_ptr_array_add(list, random_declaration(random, list, number));
        }
        for (guint i = 0; i < DECLARATIONS + LATER; i++) {
            places[i] = i;
        }
        g_autofree char *before = program_of(list, places);
        compile(before, stands);
        for (int number = 0; number < LATER; number++) {
            g_ptr_array_add(list, random_declaration(random, list, DECLARATIONS + number));
        }
        shuffle(random, places, list->len);
        g_autofree char *after = program_of(list, places);
        compile(after, stands);
        g_hash_table_destroy(stands);
        g_ptr_array_unref(list);
        g_rand_free(random);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/split/stability", test_stability);
    return g_test_run();
}
