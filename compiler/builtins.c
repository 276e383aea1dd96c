#include "builtins.h"

#include "builtin_functions.h"
#include "operators.h"

#include <glib.h>
#include <string.h>

static const Builtin builtins[] = {
    // Any value
    {"string", "a", 's', false, true, builtin_string, "string(value)"},
    {"number", "a", 'n', false, true, builtin_number, "number(text)"},
    {"int", "a", 'i', false, true, builtin_int, "int(value)"},
    {"bool", "a", 'b', false, false, builtin_bool, "bool(text)"},
    {"json", "a", 's', false, true, builtin_json, "json(value)"},
    // Lists and maps
    {"length", "c", 'i', false, true, builtin_length, "length(list)"},
    {"keys", "o", 'S', false, true, builtin_keys, "keys(map)"},
    {"values", "o", 'l', false, true, builtin_values, "values(map)"},
    {"entries", "o", 'l', false, true, builtin_entries, "entries(map)"},
    {"merge", "oo*", 'a', false, true, builtin_merge, "merge(map, map…)"},
    {"contains", "ca", 'b', false, false, builtin_contains, "contains(list, value)"},
    {"sort", "l", '1', false, false, builtin_sort, "sort(list)"},
    {"unique", "l", '1', false, false, builtin_unique, "unique(list)"},
    {"flatten", "l", 'l', false, true, builtin_flatten, "flatten(list of lists)"},
    {"zip", "ll", 'l', false, true, builtin_zip, "zip(list, list)"},
    {"range", "iI", 'I', false, false, builtin_range, "range(count) or range(from, to)"},
    {"min", "a*", 'n', false, false, builtin_min, "min(list) or min(a, b…)"},
    {"max", "a*", 'n', false, false, builtin_max, "max(list) or max(a, b…)"},
    {"sum", "l", 'n', false, false, builtin_sum, "sum(list)"},
    {"any", "l", 'b', false, false, builtin_any, "any(list of bool)"},
    {"all", "l", 'b', false, false, builtin_all_of, "all(list of bool)"},
    // Text
    {"join", "ls", 's', false, true, builtin_join, "join(list, separator)"},
    {"split", "ss", 'S', false, true, builtin_split, "split(text, separator)"},
    {"replace", "sss", 's', false, false, builtin_replace, "replace(text, what, with)"},
    {"lower", "s", 's', false, false, builtin_lower, "lower(text)"},
    {"upper", "s", 's', false, false, builtin_upper, "upper(text)"},
    {"kebab", "s", 's', false, false, builtin_kebab, "kebab(text)"},
    {"snake", "s", 's', false, false, builtin_snake, "snake(text)"},
    {"upperSnake", "s", 's', false, false, builtin_upper_snake, "upperSnake(text)"},
    {"pascal", "s", 's', false, false, builtin_pascal, "pascal(text)"},
    {"camel", "s", 's', false, false, builtin_camel, "camel(text)"},
    {"trim", "s", 's', false, false, builtin_trim, "trim(text)"},
    {"startsWith", "ss", 'b', false, false, builtin_starts_with, "startsWith(text, prefix)"},
    {"endsWith", "ss", 'b', false, false, builtin_ends_with, "endsWith(text, suffix)"},
    {"sha256", "s", 's', false, false, builtin_sha256, "sha256(text)"},
    {"cidr", "sii", 's', false, false, builtin_cidr, "cidr(range, bits, number)"},
    {"file", "s", 's', false, false, builtin_file, "file(\"./path\")"},
    // Values known at deployment
    {"secret", "sS", 'x', false, true, builtin_secret, "secret(\"name or ARN\", \"key\")"},
    {"ssm", "s", 's', false, true, builtin_ssm, "ssm(\"/name\")"},
    {"importValue", "s", 's', false, true, builtin_import_value, "importValue(\"export\")"},
    // The library's own
    {"has", "p", 'b', true, true, builtin_has, "has(property)"},
    {"pascalKeys", "a", 'a', true, true, builtin_pascal_keys, "pascalKeys(object)"},
    {"camelKeys", "a", 'a', true, true, builtin_camel_keys, "camelKeys(object)"},
    {"form", "", 'a', true, true, builtin_form, "form()"},
    {"typeName", "", 's', true, true, builtin_type_name, "typeName()"},
    {"attributeName", "", 's', true, true, builtin_attribute_name, "attributeName()"},
    {"attributeType", "", 's', true, true, builtin_attribute_type, "attributeType()"},
    {"attributeKey", "s", 's', true, true, builtin_attribute_key, "attributeKey(\"prefix\")"},
    {"parts", "a", 'l', true, true, builtin_parts, "parts(resource)"},
    {"ref", "S", 's', true, true, builtin_ref, "ref(\"Place\")"},
    {"att", "sS", 'a', true, true, builtin_att, "att(\"Attribute\", \"Place\")"},
    {"constructId", "a", 's', true, true, builtin_construct_id, "constructId(resource)"},
    {"logicalId", "sI", 's', true, true, builtin_logical_id, "logicalId(\"Place\", most)"},
    {"member", "s", 'a', true, true, builtin_member, "member(\"name\")"},
    {"symbol", "ss", 'a', true, true, builtin_symbol, "symbol(\"Name\", \"module\")"},
    {"invoke", "aA*", 'a', true, true, builtin_invoke, "invoke(function, arguments…)"},
    {"construct", "aA*", 'a', true, true, builtin_construct, "construct(class, arguments…)"},
    {"method", "as", 'a', true, true, builtin_method, "method(value, \"name\")"},
    {"chain", "asl", 'a', true, true, builtin_chain, "chain(value, \"name\", list)"},
    {"pseudo", "s", 's', true, true, builtin_pseudo, "pseudo(\"AWS::Name\")"},
    {NULL, NULL, 0, false, false, NULL, NULL},
};

const Builtin *builtin_all(void) {
    return builtins;
}

const Builtin *builtin_find(const char *name) {
    for (const Builtin *one = builtins; one->name; one++) {
        if (!strcmp(one->name, name)) {
            return one;
        }
    }
    return NULL;
}

static const Value *report_argument(const BuiltinCall *call, const Builtin *builtin, size_t index,
                                    const Node *node) {
    return report_build_time(
        call->compilation, node,
        arena_printf(call->compilation->arena, "argument %zu of `%s`", index + 1, builtin->name));
}

const Value *builtin_call(Compilation *compilation, const Node *node, Frame *frame) {
    const Builtin *builtin = node->bound;
    size_t count = 0;
    for (const Node *argument = node->b; argument; argument = argument->next) {
        count++;
    }
    const Value **arguments = arena_array(compilation->arena, const Value *, count);
    BuiltinCall call = {compilation, frame, node, arguments, count};
    if (builtin->parameters[0] == 'p') {
        return builtin->call(&call);
    }
    size_t i = 0;
    for (const Node *argument = node->b; argument; argument = argument->next, i++) {
        arguments[i] = eval(compilation, argument, frame);
        if (value_contains_error(arguments[i])) {
            return &value_error;
        }
        if (arguments[i]->kind == VALUE_ABSENT && !builtin->library) {
            if (compilation_is_lenient(compilation, node)) {
                return &value_absent;
            }
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_ARGUMENT_ABSENT,
                                                    node_span(argument), NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "`??` gives a value for what is absent");
            return &value_error;
        }
        if (!builtin->deploy && value_is_deploy(arguments[i])) {
            return report_argument(&call, builtin, i, argument);
        }
    }
    return builtin->call(&call);
}
