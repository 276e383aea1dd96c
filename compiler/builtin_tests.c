// What only tests can ask: templates, resources in them, and what was reported.
#include "builtin_functions.h"
#include "check_test.h"
#include "levels.h"
#include "model.h"
#include "operators.h"
#include "program.h"
#include "test.h"

#include <cJSON.h>
#include <glib.h>
#include <string.h>

static const Value *report_no_template(const BuiltinCall *call, const Resource *container) {
    const TestRun *run = call->compilation->program->test;
    const bool errors = diagnostics_count(run->program, SEVERITY_ERROR) > 0;
    diagnostic_add(call->compilation->diagnostics, DIAG_NO_TEMPLATE, node_span(call->node->b),
                   resource_text(call->compilation, container),
                   errors ? "the program has errors" : "nothing is built for it", NULL);
    return &value_error;
}

/// The template called `name`, parsed once.
static const Value *parsed(const BuiltinCall *call, const char *name, const char *text) {
    const TestRun *run = call->compilation->program->test;
    const Value *known = g_hash_table_lookup(run->templates, name);
    if (!known) {
        cJSON *json = cJSON_Parse(text);
        known = value_of_json(call->compilation, json, call->node, &value_null);
        cJSON_Delete(json);
        g_hash_table_insert(run->templates, (gpointer)name, (gpointer)known);
    }
    return known;
}

/// The resource that is the first argument, an environment if `container`, if there is a template
/// with it; NULL after a diagnostic.
static const Resource *emitted(const BuiltinCall *call, bool container) {
    const TestRun *run = call->compilation->program->test;
    const Value *value = call->arguments[0];
    const Resource *resource = value->kind == VALUE_RESOURCE ? value->resource : NULL;
    if (!resource || (container && !resource->construct->container)) {
        builtin_report(call, 0, container ? "an environment" : "an environment or a resource");
        return NULL;
    }
    if (!run) {
        return NULL; /* what is needed before a test is judged does not ask; that is reported */
    }
    const Resource *stack = resource->construct->container ? resource : resource->container;
    const bool there = stack == resource || resource->model;
    if (!there || !g_hash_table_contains(run->texts, stack->stack)) {
        report_no_template(call, resource);
        return NULL;
    }
    return resource;
}

static const Value *builtin_template(const BuiltinCall *call) {
    const Resource *container = emitted(call, true);
    if (!container) {
        return &value_error;
    }
    const TestTemplate *template =
        g_hash_table_lookup(call->compilation->program->test->texts, container->stack);
    return parsed(call, container->stack, template->text);
}

/// Whether `resource` is written as what has the logical id `id`.
static bool is_part(const Resource *resource, const char *id) {
    const ModelPart *part = resource->model->parts;
    while (part && strcmp(part->logical_id, id) != 0) {
        part = part->next;
    }
    return part != NULL;
}

/// Adds the resources of `template` that are of type `type` (NULL: all), and that `resource` is
/// written as (an environment: all), to `found`.
static void add_resources(Compilation *compilation, const Value *template, const Value *type,
                          const Resource *resource, GArray *found) {
    const Value *all = value_field(template, names_of(compilation->names, "Resources"));
    const Name *type_name = names_of(compilation->names, "Type");
    for (size_t i = 0; all && all->kind == VALUE_OBJECT && i < all->field_count; i++) {
        const Field *field = &all->fields[i];
        const Value *its =
            field->value->kind == VALUE_OBJECT ? value_field(field->value, type_name) : NULL;
        if ((!type || (its && value_equal(type, its))) &&
            (resource->construct->container || is_part(resource, field->name->text))) {
            g_array_append_val(found, *field);
        }
    }
}

/// Those of nested templates too.
static const Value *builtin_resources(const BuiltinCall *call) {
    Compilation *compilation = call->compilation;
    const Resource *resource = emitted(call, false);
    if (!resource) {
        return &value_error;
    }
    const char *stack =
        resource->construct->container ? resource->stack : resource->container->stack;
    const Value *type = call->count > 1 ? call->arguments[1] : NULL;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Field));
    GHashTableIter iterator;
    void *name = NULL;
    void *entry = NULL;
    g_hash_table_iter_init(&iterator, compilation->program->test->texts);
    while (g_hash_table_iter_next(&iterator, &name, &entry)) {
        const TestTemplate *template = entry;
        if (!strcmp(template->stack, stack)) {
            add_resources(compilation, parsed(call, name, template->text), type, resource, found);
        }
    }
    Value *object = value_object(compilation->arena, found->len, call->node);
    object->map = true;
    object->field_count = found->len;
    if (found->len) {
        memcpy(object->fields, found->data, found->len * sizeof(Field));
        fields_sort(object->fields, object->field_count);
    }
    return object;
}

/// Whether a diagnostic was reported with this severity, the id that is the first argument and, if
/// there is a second, its words in the message.
static const Value *was_reported(const BuiltinCall *call, Severity severity) {
    Compilation *compilation = call->compilation;
    const TestRun *run = compilation->program->test;
    const char *id = builtin_text(call, 0);
    const char *words = call->count > 1 ? builtin_text(call, 1) : "";
    if (!run || !id || !words) {
        return &value_error;
    }
    id = levels_check_id(compilation, node_span(call->node->b), id);
    if (!id) {
        return &value_error;
    }
    bool found = false;
    for (const Diagnostic *at = diagnostics_sorted(run->program); at && !found; at = at->next) {
        found = at->severity == severity && !strcmp(at->code, id) && strstr(at->message, words);
    }
    return operator_truth(compilation, found, call->node);
}

static const Value *builtin_error(const BuiltinCall *call) {
    return was_reported(call, SEVERITY_ERROR);
}

static const Value *builtin_warning(const BuiltinCall *call) {
    return was_reported(call, SEVERITY_WARNING);
}

static const Value *builtin_note(const BuiltinCall *call) {
    return was_reported(call, SEVERITY_NOTE);
}

static const Builtin builtins[] = {
    {"template", "e", 'a', false, true, builtin_template, "template(environment)"},
    {"resources", "rS", 'a', false, true, builtin_resources,
     "resources(environment or resource) or resources(environment or resource, \"AWS::Type\")"},
    {"error", "sS", 'b', false, false, builtin_error, "error(\"ID\") or error(\"ID\", \"words\")"},
    {"warning", "sS", 'b', false, false, builtin_warning,
     "warning(\"ID\") or warning(\"ID\", \"words\")"},
    {"note", "sS", 'b', false, false, builtin_note, "note(\"ID\") or note(\"ID\", \"words\")"},
    {"has", "p", 'b', false, true, builtin_has, "has(value)"},
    {NULL, NULL, 0, false, false, NULL, NULL},
};

const Builtin *builtin_all_test(void) {
    return builtins;
}

const Builtin *builtin_find_test(const char *name) {
    for (const Builtin *one = builtins; one->name; one++) {
        if (!strcmp(one->name, name)) {
            return one;
        }
    }
    return NULL;
}
