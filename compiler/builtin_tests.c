// What only tests can ask: templates, resources in them, and what was reported.
#include "builtin_functions.h"
#include "check_test.h"
#include "levels.h"
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

/// The template of the environment that is the first argument, or VALUE_ERROR.
static const Value *template_of(const BuiltinCall *call) {
    Compilation *compilation = call->compilation;
    TestRun *run = compilation->program->test;
    const Value *container = call->arguments[0];
    if (!run) {
        return &value_error;
    }
    if (container->kind != VALUE_RESOURCE || !container->resource->construct->container) {
        return builtin_report(call, 0, "an environment");
    }
    const char *stack = container->resource->stack;
    const Value *known = g_hash_table_lookup(run->templates, stack);
    if (known) {
        return known;
    }
    const char *text = g_hash_table_lookup(run->texts, stack);
    cJSON *json = text ? cJSON_Parse(text) : NULL;
    if (!json) {
        return report_no_template(call, container->resource);
    }
    known = value_of_json(compilation, json, call->node, &value_null);
    cJSON_Delete(json);
    g_hash_table_insert(run->templates, (gpointer)stack, (gpointer)known);
    return known;
}

static const Value *builtin_template(const BuiltinCall *call) {
    return template_of(call);
}

static const Value *builtin_resources(const BuiltinCall *call) {
    Compilation *compilation = call->compilation;
    const Value *template = template_of(call);
    if (template->kind != VALUE_OBJECT) {
        return template;
    }
    const Value *all = value_field(template, names_of(compilation->names, "Resources"));
    const Value *type = call->count > 1 ? call->arguments[1] : NULL;
    const Name *type_name = names_of(compilation->names, "Type");
    const size_t most = all && all->kind == VALUE_OBJECT ? all->field_count : 0;
    Value *found = value_object(compilation->arena, most, call->node);
    found->map = true;
    for (size_t i = 0; i < most; i++) {
        const Field *field = &all->fields[i];
        const Value *its =
            field->value->kind == VALUE_OBJECT ? value_field(field->value, type_name) : NULL;
        if (!type || (its && value_equal(type, its))) {
            found->fields[found->field_count++] = *field;
        }
    }
    return found;
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
    const char *similar = NULL;
    if (!levels_knows(compilation, id, &similar)) {
        diagnostic_add(compilation->diagnostics, DIAG_TEST_ID, node_span(call->node->b), id, NULL);
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
    {"resources", "eS", 'a', false, true, builtin_resources,
     "resources(environment) or resources(environment, \"AWS::Type\")"},
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
