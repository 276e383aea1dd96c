#include "module.h"

#include "check.h"
#include "check_names.h"
#include "check_report.h"
#include "function.h"
#include "type_resolve.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

bool scope_in_module(const Scope *scope) {
    while (scope && scope->kind != SCOPE_MODULE) {
        scope = scope->outer;
    }
    return scope != NULL;
}

/// The parameters become names in the module's block.
static void declare_parameters(Compilation *compilation, Construct *construct) {
    const Node *node = construct->node;
    construct->properties = signature_parameters(compilation, node->a, construct->scope->outer,
                                                 &construct->property_count);
    construct->marks = arena_array(compilation->arena, uint32_t, construct->property_count + 1);
    for (size_t i = 0; i < construct->property_count; i++) {
        Property *property = &construct->properties[i];
        Symbol *symbol = scope_add(compilation, construct->scope, SYMBOL_PROPERTY, property->name,
                                   (Node *)property->node);
        symbol->property = i;
        symbol->state = STATE_DONE;
        symbol->type = property->type;
        property->symbol = symbol;
    }
    for (size_t i = 0; i < construct->property_count; i++) {
        const Property *property = &construct->properties[i];
        if (property->fallback &&
            !check_against(compilation, (Node *)property->fallback, construct->scope,
                           property->type, "the default", property->node)) {
            ((Node *)property->node)->flags |= NODE_BAD;
        }
    }
}

typedef void (*MemberVisitor)(Compilation *compilation, Node *node, Scope *scope, void *data);

/// Visits what a block declares, also in its branches and loops.
static void each_member(Compilation *compilation, Node *block, MemberVisitor visit, void *data) {
    Scope *scope = block->bound;
    for (Node *node = scope ? block->a : NULL; node; node = node->next) {
        if (node->kind == NODE_FOR && node->b) {
            each_member(compilation, node->b, visit, data);
        }
        for (Node *branch = node->kind == NODE_IF ? node : NULL; branch; branch = branch->c) {
            Node *body = branch->kind == NODE_IF ? branch->b : branch;
            if (body) {
                each_member(compilation, body, visit, data);
            }
            if (branch->kind != NODE_IF) {
                break;
            }
        }
        visit(compilation, node, scope, data);
    }
}

/// Modules that are used in this one; one that leads back here is reported on the way.
static void visit_use(Compilation *compilation, Node *node, Scope *scope, void *data) {
    (void)scope;
    (void)data;
    if (node->kind == NODE_USE && node->bound) {
        module_of_use(compilation, node);
    }
}

static void visit_output(Compilation *compilation, Node *node, Scope *scope, void *data) {
    Construct *construct = data;
    if (node->kind != NODE_OUTPUT || !node->name || node->flags & NODE_BAD) {
        return;
    }
    const Type *wanted = node->a ? type_resolve(compilation, node->a, scope) : NULL;
    const Type *type = wanted;
    if (!wanted) {
        type = check_infer(compilation, node->b, scope, NULL);
    } else {
        node->a->bound = (void *)wanted;
        check_against(compilation, node->b, scope, wanted, report_quoted(compilation, node->name),
                      node);
    }
    const Attribute *known = construct_attribute(construct, node->name);
    if (known && scope == construct->scope) {
        scope_report_duplicate(compilation, node, known->node);
        node->flags |= NODE_BAD;
        return;
    }
    if (known) { /* branches of an `if` give it in turn */
        ((Attribute *)known)->type = type_join(compilation->arena, known->type, type);
        return;
    }
    Attribute *attribute = arena_new_object(compilation->arena, Attribute);
    *attribute =
        (Attribute){.name = node->name, .node = node, .type = type, .next = construct->attributes};
    construct->attributes = attribute;
}

const Type *module_check(Compilation *compilation, Symbol *symbol) {
    Node *node = symbol->node;
    if (node->flags & NODE_BAD || !node->b) {
        return &type_error;
    }
    Construct *construct = arena_new_object(compilation->arena, Construct);
    *construct =
        (Construct){.kind = names_of(compilation->names, "module"),
                    .label = arena_printf(compilation->arena, "module `%s`", symbol->name->text),
                    .node = node,
                    .source = symbol->scope->source,
                    .name_property = -1,
                    .module = true,
                    .checked = true};
    construct->scope = scope_new(compilation, SCOPE_MODULE, symbol->scope, NULL);
    node->b->bound = construct->scope;
    declare_parameters(compilation, construct);
    scope_declare(compilation, construct->scope, construct->scope, node->b->a, NULL);
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_REFERENCE, .name = construct->kind, .construct = construct};
    symbol->type = type;
    each_member(compilation, node->b, visit_use, NULL);
    if (node->flags & NODE_BAD) { /* it uses itself */
        return &type_error;
    }
    each_member(compilation, node->b, visit_output, construct);
    return type;
}

static void report_not_module(Compilation *compilation, const Node *node, const Symbol *symbol) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NOT_A_MODULE,
                                            node_span(node), node->name->text, NULL);
    if (symbol && symbol->node) {
        diagnostic_label(compilation->diagnostics, diagnostic,
                         node_name_span(compilation, symbol->node), "declared here");
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a module is declared as `module %s { … }`, outside of all blocks",
                    node->name->text);
}

void module_report_value(Compilation *compilation, Node *node, const Symbol *symbol) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_MODULE_VALUE,
                                            node_span(node), symbol->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "`use %s as NAME { … }` makes an instance, and `NAME.x` is its output `x`",
                    symbol->name->text);
    node->flags |= NODE_BAD;
}

/// The symbol that `use SYMBOL` or `use file.SYMBOL` names, or NULL after a diagnostic. It is
/// looked for outside of all blocks, where modules are declared: an instance may have its module's
/// name.
static Symbol *module_symbol(Compilation *compilation, Node *path, Scope *scope) {
    Scope *inner = scope;
    while (scope->outer) {
        scope = scope->outer;
    }
    if (path->kind == NODE_NAME) {
        bool here = scope_find_here(scope, path->name);
        return check_name(compilation, path, here ? scope : inner, NULL);
    }
    Symbol *base =
        path->a->kind == NODE_NAME ? check_name(compilation, path->a, scope, NULL) : NULL;
    if (base && base->kind == SYMBOL_FILE) {
        return check_file_member(compilation, path, base);
    }
    if (base || path->a->kind != NODE_NAME) {
        report_not_module(compilation, path, NULL);
    }
    return NULL;
}

const Construct *module_of_use(Compilation *compilation, const Node *node) {
    Node *head = node->a;
    const Symbol *own = node->bound;
    if (!own || !head->b || node->flags & NODE_BAD) {
        return NULL;
    }
    if (head->bound) {
        return head->bound;
    }
    Symbol *symbol = module_symbol(compilation, head->b, own->scope);
    bool module = symbol && symbol->kind == SYMBOL_MODULE;
    const Type *type = module ? check_symbol(compilation, symbol) : NULL;
    if (symbol && !module) {
        report_not_module(compilation, head->b, symbol);
    }
    if (!type || type->kind != TYPE_REFERENCE) {
        ((Node *)node)->flags |= NODE_BAD;
        return NULL;
    }
    head->bound = (void *)type->construct;
    return type->construct;
}

size_t module_least_resources(Compilation *compilation, const Construct *module) {
    if (module->least) {
        return module->least;
    }
    ((Construct *)module)->least = 1; /* if it leads back to itself, which is reported */
    size_t count = 1;
    for (const Node *node = module->node->b->a; node; node = node->next) {
        if (node->kind == NODE_USE) {
            const Construct *used = module_of_use(compilation, node);
            count += used ? module_least_resources(compilation, used) : 0;
        }
        count = MIN(count + (node->kind == NODE_RESOURCE), SIZE_MAX / 4);
    }
    ((Construct *)module)->least = count;
    return count;
}

/// Marks an output whose value is being found.
static const Value busy = {.kind = VALUE_ERROR};

const Value *module_output(Compilation *compilation, Resource *use, const Name *name,
                           const Node *node) {
    for (size_t i = 0; i < use->output_count; i++) {
        Output *output = &use->outputs[i];
        if (output->node->name != name) {
            continue;
        }
        if (output->value == &busy) {
            diagnostic_add(compilation->diagnostics, DIAG_PROPERTY_CYCLE,
                           node ? node_span(node) : node_span(output->node),
                           name_quoted(compilation->arena, name), resource_text(compilation, use),
                           NULL);
            return &value_error;
        }
        if (!output->value) {
            output->value = &busy;
            const Node *declared = output->node;
            const DiagnosticTrail *before =
                diagnostics_follow(compilation->diagnostics, use->trail);
            const Value *value = eval(compilation, declared->b, output->frame);
            if (declared->a && declared->a->bound) {
                value = conform(compilation, value, declared->a->bound, declared->b,
                                name_quoted(compilation->arena, name));
            }
            diagnostics_follow(compilation->diagnostics, before);
            output->value = value;
        }
        return output->value;
    }
    return &value_absent;
}
