/// CloudFormation's limits on one template. From AWS's page "CloudFormation quotas".
#include "passes.h"

#include <string.h>

enum {
    RESOURCES_MAX = LIMIT_RESOURCES,
    PARAMETERS_MAX = 200,
    OUTPUTS_MAX = 200,
    DESCRIPTION_MAX = 1024, ///< bytes of a template's or output's description
    STACK_NAME_MAX = 128
};

static void report(Compilation *compilation, Resource *container, Span span, const char *things,
                   size_t count, size_t most) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_TEMPLATE_LIMIT, span,
                                            resource_text(compilation, container),
                                            arena_printf(compilation->arena, "%zu", count), things,
                                            arena_printf(compilation->arena, "%zu", most), NULL);
    int split = -1;
    if (!split_count(compilation, container, &split) && split >= 0 && most == RESOURCES_MAX) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`%s: true` divides it into nested stacks",
                        container->construct->properties[split].name->text);
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "divide it into several environments, or add some of it to an "
                    "`existing environment`");
}

size_t limits_count_parts(Compilation *compilation, const Resource *resource) {
    size_t count = 0;
    for (const Clause *clause = resource->construct->clauses; clause; clause = clause->next) {
        bool known = true;
        /* A clause with a head makes a resource of that type. */
        if (*clause->head &&
            (!clause->when ||
             eval_condition(compilation, clause->when, resource->expressions, true, &known))) {
            count++;
        }
    }
    return count;
}

static void check_container(Compilation *compilation, Resource *container) {
    size_t count = limits_count_parts(compilation, container);
    for (size_t i = 0; i < container->member_count; i++) {
        count += limits_count_parts(compilation, container->members[i]);
    }
    Span name = node_name_span(compilation, container->node);
    int split = -1;
    if (count > RESOURCES_MAX && !split_count(compilation, container, &split)) {
        report(compilation, container, name, "resources", count, RESOURCES_MAX);
    }
    if (container->output_count > OUTPUTS_MAX) {
        report(compilation, container,
               node_name_span(compilation, container->outputs[OUTPUTS_MAX].node), "outputs",
               container->output_count, OUTPUTS_MAX);
    }
}

/// A doc comment becomes a description where CloudFormation has a place for one.
static void check_description(Compilation *compilation, const Node *node, const char *what) {
    const char *doc =
        node_doc(node, compilation_source(compilation, node->file), compilation->arena);
    if (!doc || strlen(doc) <= DESCRIPTION_MAX) {
        return;
    }
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_DESCRIPTION_LIMIT, node_name_span(compilation, node), what,
        arena_printf(compilation->arena, "%zu", strlen(doc)),
        arena_printf(compilation->arena, "%d", DESCRIPTION_MAX), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "its doc comment is its description; `//` comments are not");
}

static void check_texts(Compilation *compilation, Resource *container) {
    check_description(compilation, container->node, resource_text(compilation, container));
    for (size_t i = 0; i < container->output_count; i++) {
        const Node *node = container->outputs[i].node;
        check_description(compilation, node,
                          arena_printf(compilation->arena, "output `%s`", node->name->text));
    }
    size_t length = strlen(container->stack);
    if (length > STACK_NAME_MAX) {
        diagnostic_add(compilation->diagnostics, DIAG_STACK_NAME_LIMIT,
                       node_name_span(compilation, container->node),
                       arena_printf(compilation->arena, "%zu", length),
                       arena_printf(compilation->arena, "%d", STACK_NAME_MAX), NULL);
    }
}

static void check_parameters(Compilation *compilation) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        size_t count = 0;
        if (source->library) {
            continue;
        }
        for (const Node *node = source->tree->a; node; node = node->next) {
            if (node->kind != NODE_PARAM || !(node->flags & NODE_DEPLOY)) {
                continue;
            }
            if (++count != PARAMETERS_MAX + 1) {
                continue;
            }
            diagnostic_add(compilation->diagnostics, DIAG_TOO_MANY_PARAMETERS,
                           node_name_span(compilation, node),
                           arena_printf(compilation->arena, "%d", PARAMETERS_MAX), NULL);
        }
    }
}

void pass_limits(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        check_container(compilation, program->containers[i]);
        check_texts(compilation, program->containers[i]);
    }
    check_parameters(compilation);
}
