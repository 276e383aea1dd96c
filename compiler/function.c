#include "function.h"

#include "check.h"
#include "check_report.h"
#include "program.h"
#include "type_resolve.h"

#include <glib.h>

Property *signature_parameters(Compilation *compilation, const Node *signature, Scope *scope,
                               size_t *count) {
    size_t most = 0;
    for (const Node *node = signature ? signature->a : NULL; node; node = node->next) {
        most++;
    }
    Property *parameters = arena_array(compilation->arena, Property, most);
    *count = 0;
    for (Node *node = signature ? signature->a : NULL; node; node = node->next) {
        if (node->kind != NODE_PROPERTY_DECL || !node->name) {
            continue;
        }
        const Node *first = NULL;
        for (size_t i = 0; i < *count; i++) {
            first = parameters[i].name == node->name ? parameters[i].node : first;
        }
        if (first) {
            scope_report_duplicate(compilation, node, first);
            continue;
        }
        check_decorators(compilation, node);
        bool failed = node->flags & NODE_BAD;
        const Type *type = failed ? &type_error : type_resolve(compilation, node->a, scope);
        parameters[(*count)++] = (Property){.name = node->name,
                                            .type = type_narrow(compilation, type, node),
                                            .node = node,
                                            .fallback = node->b,
                                            .optional = node->flags & NODE_OPTIONAL || node->b};
    }
    return parameters;
}

static void declare_parameters(Compilation *compilation, Function *function) {
    for (size_t i = 0; i < function->count; i++) {
        Property *parameter = &function->parameters[i];
        Symbol *symbol = scope_add(compilation, function->scope, SYMBOL_VARIABLE, parameter->name,
                                   (Node *)parameter->node);
        symbol->state = STATE_DONE;
        symbol->type = parameter->type;
        /* Arguments have no names: what stands before one that is needed is needed. */
        function->required = parameter->optional ? function->required : i + 1;
    }
    for (size_t i = 0; i < function->count; i++) {
        const Property *parameter = &function->parameters[i];
        if (parameter->fallback &&
            !check_against(compilation, (Node *)parameter->fallback, function->scope,
                           parameter->type, "the default", parameter->node)) {
            ((Node *)parameter->node)->flags |= NODE_BAD;
        }
    }
}

const Type *function_check(Compilation *compilation, Symbol *symbol) {
    Node *node = symbol->node;
    if (node->flags & NODE_BAD || !node->a || !node->b) {
        return &type_error;
    }
    Function *function = arena_new_object(compilation->arena, Function);
    symbol->function = function;
    function->scope = scope_new(compilation, SCOPE_BLOCK, symbol->scope, NULL);
    function->parameters =
        signature_parameters(compilation, node->a, symbol->scope, &function->count);
    declare_parameters(compilation, function);
    const Type *wanted = NULL;
    if (node->a->b) {
        wanted = type_resolve(compilation, node->a->b, symbol->scope);
        node->a->bound = (void *)wanted;
        if (!check_against(
                compilation, node->b, function->scope, wanted,
                arena_printf(compilation->arena, "the result of `%s`", symbol->name->text),
                node->a->b)) {
            node->flags |= NODE_BAD;
        }
    }
    function->result = wanted ? wanted : check_infer(compilation, node->b, function->scope, NULL);
    return function->result;
}

static void report_count(Compilation *compilation, const Node *call, const Symbol *symbol,
                         size_t given) {
    const Function *function = symbol->function;
    const char *wanted =
        function->required == function->count
            ? arena_printf(compilation->arena, "%zu", function->count)
            : arena_printf(compilation->arena, "%zu to %zu", function->required, function->count);
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_ARGUMENT_COUNT, node_span(call), symbol->name->text, wanted,
        function->count == 1 ? "" : "s", arena_printf(compilation->arena, "%zu", given), NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     node_name_span(compilation, symbol->node), "declared here");
    GString *usage = g_string_new(NULL);
    for (size_t i = 0; i < function->count; i++) {
        const Property *one = &function->parameters[i];
        g_string_append_printf(usage, "%s%s%s: %s", i ? ", " : "", one->name->text,
                               i < function->required ? "" : "?",
                               type_text(compilation->arena, one->type));
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "it is used so: `%s(%s)`",
                    symbol->name->text, usage->str);
    g_string_free(usage, TRUE);
}

const Type *function_check_call(Compilation *compilation, Node *call, Scope *scope,
                                Symbol *symbol) {
    const Type *result = check_symbol(compilation, symbol);
    const Function *function = symbol->function;
    size_t given = 0;
    for (Node *argument = call->b; argument; argument = argument->next, given++) {
        if (!function || given >= function->count) {
            check_infer(compilation, argument, scope, NULL);
            continue;
        }
        const Property *parameter = &function->parameters[given];
        if (!check_against(compilation, argument, scope, parameter->type,
                           report_quoted(compilation, parameter->name), parameter->node)) {
            argument->flags |= NODE_BAD;
        }
    }
    bool fits = function && given >= function->required && given <= function->count;
    if (function && !fits) {
        report_count(compilation, call, symbol, given);
    }
    if (!fits || result->kind == TYPE_ERROR) {
        call->flags |= NODE_BAD;
        return &type_error;
    }
    return result;
}

const Value *function_call(Compilation *compilation, const Node *call, const Symbol *symbol,
                           Frame *frame, Frame *home) {
    const Function *function = symbol->function;
    const Node *node = symbol->node;
    if (!function || node->flags & NODE_BAD) {
        return &value_error;
    }
    Program *program = compilation->program;
    if (program->calls > FUNCTION_MAX_CALLS) {
        return &value_error;
    }
    if (program->calls++ == FUNCTION_MAX_CALLS) {
        diagnostic_add(compilation->diagnostics, DIAG_CALL_BUDGET, node_span(call),
                       arena_printf(compilation->arena, "%d", FUNCTION_MAX_CALLS), NULL);
        return &value_error;
    }
    Frame *own = frame_new(compilation, function->scope, home);
    const Node *argument = call->b;
    for (size_t i = 0; i < function->count; i++) {
        const Property *parameter = &function->parameters[i];
        const Value *value = &value_absent;
        if (argument) {
            value = eval(compilation, argument, frame);
        } else if (parameter->fallback) {
            value = eval(compilation, parameter->fallback, own);
        }
        if (value->kind != VALUE_ABSENT) {
            value = conform(compilation, value, parameter->type,
                            argument ? argument : parameter->fallback,
                            name_quoted(compilation->arena, parameter->name));
        }
        own->slots[i] = (void *)value;
        argument = argument ? argument->next : NULL;
    }
    const Value *result = eval(compilation, node->b, own);
    if (node->a->bound) {
        result =
            conform(compilation, result, node->a->bound, node->b,
                    arena_printf(compilation->arena, "the result of `%s`", symbol->name->text));
    }
    return result;
}
