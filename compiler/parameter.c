/// Build parameters from the command line, and deployment parameters.
#include "conform.h"
#include "edit.h"
#include "model.h"
#include "operators.h"
#include "program.h"
#include "words.h"

#include <cJSON.h>
#include <glib.h>
#include <string.h>

static const ParameterSetting *find_setting(const Compilation *compilation, const Name *name) {
    /* The last one wins: -p after --params. */
    for (size_t i = compilation->options.parameter_count; i > 0; i--) {
        if (!strcmp(compilation->options.parameters[i - 1].name, name->text)) {
            return &compilation->options.parameters[i - 1];
        }
    }
    return NULL;
}

const Value *value_of_json(Compilation *compilation, const cJSON *json, const Node *node,
                           const Value *null) {
    if (cJSON_IsBool(json)) {
        return value_bool(compilation->arena, cJSON_IsTrue(json), node);
    }
    if (cJSON_IsNumber(json)) {
        if (json->valuedouble >= -9007199254740992.0 && json->valuedouble <= 9007199254740992.0 &&
            (double)(int64_t)json->valuedouble >= json->valuedouble &&
            (double)(int64_t)json->valuedouble <= json->valuedouble) {
            return value_int(compilation->arena, (int64_t)json->valuedouble, node);
        }
        Value *value = value_new(compilation->arena, VALUE_NUMBER, node);
        value->decimal = json->valuedouble;
        return value;
    }
    if (cJSON_IsString(json)) {
        return value_string(
            compilation->arena,
            arena_strndup(compilation->arena, json->valuestring, strlen(json->valuestring)), node);
    }
    size_t count = (size_t)cJSON_GetArraySize(json);
    const cJSON *item = NULL;
    if (cJSON_IsArray(json)) {
        Value *list = value_list(compilation->arena, count, node);
        size_t i = 0;
        cJSON_ArrayForEach(item, json) list->items[i++] =
            value_of_json(compilation, item, node, null);
        return list;
    }
    if (cJSON_IsObject(json)) {
        Value *object = value_object(compilation->arena, count, node);
        cJSON_ArrayForEach(item, json) object->fields[object->field_count++] =
            (Field){names_of(compilation->names, item->string),
                    value_of_json(compilation, item, node, null), NULL};
        return object;
    }
    return null;
}

/// The text of `-p` as its type wants it: plain for strings, JSON for lists and objects.
static const Value *from_text(Compilation *compilation, const char *text, const Type *type,
                              const Node *node) {
    if (type_is(type, TYPE_STRING)) {
        return value_string(compilation->arena, text, node);
    }
    const Name *name = names_of(compilation->names, text);
    const Type *member = type_find_member(type, name);
    if (member) {
        Value *value = value_new(compilation->arena, VALUE_MEMBER, node);
        value->symbol = name;
        value->type = member;
        return value;
    }
    cJSON *json = cJSON_Parse(text);
    const Value *value = json ? value_of_json(compilation, json, node, &value_absent)
                              : value_string(compilation->arena, text, node);
    cJSON_Delete(json);
    return value;
}

static const Value *build_parameter(Compilation *compilation, Symbol *symbol, Frame *home) {
    const Node *node = symbol->node;
    const Type *type = symbol->type ? symbol->type : &type_any;
    const ParameterSetting *setting = find_setting(compilation, symbol->name);
    const char *what = name_quoted(compilation->arena, symbol->name);
    if (setting && setting->value) {
        const Node *place = setting->value->origin ? setting->value->origin : node;
        return conform(compilation, setting->value, type, place, what);
    }
    if (setting) {
        const Value *value = NULL;
        if (setting->json) {
            cJSON *json = cJSON_Parse(setting->text);
            value = json ? value_of_json(compilation, json, node, &value_absent) : &value_absent;
            cJSON_Delete(json);
        } else {
            value = from_text(compilation, setting->text, type, node);
        }
        return conform_given(compilation, value, type, node, what, setting->origin);
    }
    if (node->b) {
        return conform(compilation, eval(compilation, node->b, home), type, node->b, what);
    }
    if (type->kind == TYPE_ERROR) {
        return &value_error;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_PARAM_MISSING,
                       node_name_span(compilation, node), symbol->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "give it with `-p %s=…`, in a `--params` file, or a default in the source",
                    symbol->name->text);
    if (compilation->options.stages) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "or take a stage of the project with `--stage`: %s",
                        compilation->options.stages);
    }
    return &value_error;
}

static void fill_constraints(Compilation *compilation, ModelParameter *parameter,
                             const Type *type) {
    for (; type->kind == TYPE_NAMED; type = type->element) {
        for (const Constraint *one = type->constraints; one; one = one->next) {
            if (one->kind == CONSTRAINT_PATTERN && !parameter->pattern) {
                parameter->pattern = one->text;
            }
            if (one->kind == CONSTRAINT_LENGTH) {
                parameter->has_min_length = one->minimum > 0;
                parameter->has_max_length = one->maximum < G_MAXDOUBLE;
                parameter->min_length = one->minimum > 0 ? (int64_t)one->minimum : 0;
                parameter->max_length = parameter->has_max_length ? (int64_t)one->maximum : 0;
            }
            if (one->kind == CONSTRAINT_RANGE) {
                parameter->has_min_value = one->minimum > -G_MAXDOUBLE;
                parameter->has_max_value = one->maximum < G_MAXDOUBLE;
                parameter->min_value = one->minimum;
                parameter->max_value = one->maximum;
            }
        }
        if (parameter->pattern && !parameter->constraint && type->node->kind == NODE_TYPE) {
            parameter->constraint =
                arena_printf(compilation->arena, "must be a value of %s", type->name->text);
        }
    }
}

typedef struct AllowedList {
    Compilation *compilation;
    GPtrArray *values;
    bool closed; ///< nothing but literals and members
} AllowedList;

static void collect_allowed(const Type *type, void *data) {
    AllowedList *list = data;
    size_t length = 0;
    const char *text = NULL;
    if (type->kind == TYPE_MEMBER) {
        text = type->name->text;
        length = type->name->length;
    } else if (type->kind == TYPE_LITERAL) {
        text = value_to_text(list->compilation->arena, type->literal, &length);
    }
    if (text) {
        g_ptr_array_add(list->values, arena_strndup(list->compilation->arena, text, length));
    } else {
        list->closed = false;
    }
}

static void fill_allowed(Compilation *compilation, ModelParameter *parameter, const Type *type) {
    AllowedList list = {compilation, g_ptr_array_new(), true};
    type_each_alternative(type, collect_allowed, &list);
    if (list.closed && list.values->len) {
        const char **allowed = arena_array(compilation->arena, const char *, list.values->len);
        memcpy(allowed, list.values->pdata, list.values->len * sizeof *allowed);
        parameter->allowed = allowed;
        parameter->allowed_count = list.values->len;
    }
    g_ptr_array_unref(list.values);
}

static const Value *deploy_default(Compilation *compilation, Symbol *symbol, Frame *home) {
    const Node *node = symbol->node;
    if (!node->b) {
        return NULL;
    }
    const Value *value = conform(compilation, eval(compilation, node->b, home), symbol->type,
                                 node->b, "the default");
    if (value->kind == VALUE_BOOL || value->kind == VALUE_MEMBER) {
        size_t length = 0;
        const char *text = value_to_text(compilation->arena, value, &length);
        return value_string_n(compilation->arena, text, length, node->b);
    }
    if (value->kind == VALUE_LIST) {
        const Value *parts[64];
        size_t count = 0;
        for (size_t i = 0; i < value->count && count + 2 < G_N_ELEMENTS(parts); i++) {
            if (i) {
                parts[count++] = value_string(compilation->arena, ",", NULL);
            }
            parts[count++] = value->items[i];
        }
        value = value_concat(compilation->arena, parts, count, node->b);
    }
    if (value_is_deploy(value)) {
        report_build_time(compilation, node->b, "the default of a parameter");
        return NULL;
    }
    return value->kind == VALUE_ERROR ? NULL : value;
}

/// CloudFormation's parameters are strings, numbers and lists of strings.
static bool deploy_type(Compilation *compilation, const Symbol *symbol, ParameterType *kind) {
    const Type *type = symbol->type, *plain = type_strip(type);
    if (type_is(type, TYPE_NUMBER)) {
        *kind = PARAMETER_NUMBER;
        return true;
    }
    if (plain->kind == TYPE_LIST && type_assignable(plain->element, &type_string)) {
        *kind = PARAMETER_LIST;
        return true;
    }
    AllowedList list = {compilation, g_ptr_array_new(), true};
    type_each_alternative(type, collect_allowed, &list);
    bool words = list.closed && list.values->len;
    g_ptr_array_unref(list.values);
    *kind = PARAMETER_STRING;
    return words || type_is(type, TYPE_STRING) || plain->kind == TYPE_BOOL;
}

static const Value *deploy_parameter(Compilation *compilation, Symbol *symbol, Frame *home) {
    const Node *node = symbol->node;
    const Type *type = symbol->type ? symbol->type : &type_any;
    ParameterType kind = PARAMETER_STRING;
    if (type->kind == TYPE_ERROR) {
        return &value_error;
    }
    if (!deploy_type(compilation, symbol, &kind)) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_DEPLOY_TYPE, node_span(node->a),
                           type_text(compilation->arena, type), NULL);
        if (type_strip(type)->kind == TYPE_SECRET) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "take the secret's ARN (`arn.secretsmanager`) and write `secret(%s)`",
                            symbol->name->text);
        } else {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "strings, numbers, booleans and lists of strings can be parameters");
        }
        return &value_error;
    }
    ModelParameter *parameter = arena_new_object(compilation->arena, ModelParameter);
    parameter->name = symbol->name->text;
    parameter->id = words_pascal(compilation->arena, symbol->name->text);
    parameter->doc =
        node_doc(node, compilation_source(compilation, node->file), compilation->arena);
    parameter->type = kind;
    parameter->span = node_name_span(compilation, node);
    fill_constraints(compilation, parameter, type);
    fill_allowed(compilation, parameter, type);
    if (type_strip(type)->kind == TYPE_BOOL && !parameter->allowed) {
        static const char *const both[] = {"true", "false"};
        parameter->allowed = both;
        parameter->allowed_count = 2;
    }
    parameter->default_value = deploy_default(compilation, symbol, home);
    Value *value = value_new(compilation->arena, VALUE_PARAMETER, node);
    value->parameter = parameter;
    value->number = kind == PARAMETER_NUMBER;
    return value;
}

const Value *parameter_value(Compilation *compilation, Symbol *symbol, Frame *home) {
    return symbol->kind == SYMBOL_PARAM ? build_parameter(compilation, symbol, home)
                                        : deploy_parameter(compilation, symbol, home);
}

static void offer_params(Compilation *compilation, Similar *similar) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (source->library || !source->tree) {
            continue;
        }
        for (const Node *node = source->tree->a; node; node = node->next) {
            if (node->kind == NODE_PARAM && node->name && !(node->flags & NODE_DEPLOY)) {
                similar_offer(similar, node->name->text);
            }
        }
    }
}

static bool is_declared(Compilation *compilation, const char *name, bool *deploy) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (source->library || !source->tree) {
            continue;
        }
        for (const Node *node = source->tree->a; node; node = node->next) {
            if (node->kind == NODE_PARAM && node->name && !strcmp(node->name->text, name)) {
                *deploy = (node->flags & NODE_DEPLOY) != 0;
                return true;
            }
        }
    }
    return false;
}

void parameter_report_unused(Compilation *compilation) {
    for (size_t i = 0; i < compilation->options.parameter_count; i++) {
        const ParameterSetting *setting = &compilation->options.parameters[i];
        bool deploy = false;
        bool declared = is_declared(compilation, setting->name, &deploy);
        if (declared && !deploy) {
            continue;
        }
        if (compilation->options.excerpt || (setting->value && compilation->options.partial)) {
            continue; /* it may be a parameter of what is not compiled now */
        }
        if (!declared && compilation->program->lost_import) {
            continue; /* it may be declared there */
        }
        const char *origin = setting->origin;
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_PARAM_UNKNOWN,
                           setting->value ? setting->span : NO_SPAN, setting->name, origin, NULL);
        if (deploy) {
            diagnostic_help(
                compilation->diagnostics, diagnostic,
                "it is a deployment parameter: CloudFormation asks for it at deployment");
            continue;
        }
        Similar similar;
        similar_begin(&similar, setting->name);
        offer_params(compilation, &similar);
        const char *best = similar_best(&similar);
        if (best) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "a parameter with a similar name exists: `%s`", best);
            edit_offer_text(compilation, diagnostic, similar_certainty(&similar),
                            setting->value ? setting->span : NO_SPAN, setting->name, best);
        }
    }
}
