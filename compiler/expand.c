/// Building the program: conditions decided, loops unrolled, resources made.
#include "check.h"
#include "conform.h"
#include "module.h"
#include "operators.h"
#include "program.h"
#include "words.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

Program *program_new(Compilation *compilation) {
    Program *program = arena_new_object(compilation->arena, Program);
    program->busy = arena_array(compilation->arena, Symbol *, EVAL_MAX_DEPTH + 1);
    program->importing = arena_array(compilation->arena, Source *, IMPORT_MAX_DEPTH);

    return program;
}

void program_report_depth(Compilation *compilation, Span place) {
    Program *program = compilation->program;
    if (!program->too_deep) { /* each of the values on the way would say it again */
        diagnostic_add(compilation->diagnostics, DIAG_EVALUATION_DEPTH, place,
                       arena_printf(compilation->arena, "%d", EVAL_MAX_DEPTH), NULL);
    }
    program->too_deep = true;
}

const Construct *program_construct(Compilation *compilation, const Node *node) {
    const Node *head = node->a;
    if (node->kind == NODE_USE) {
        return module_of_use(compilation, node);
    }
    if (!head || !head->name || node->flags & NODE_BAD) {
        return NULL;
    }
    if (head->bound) {
        return head->bound;
    }
    bool existing = node->flags & NODE_EXISTING;
    const Construct *construct = library_construct(compilation->library, head->name,
                                                   head->b ? head->b->name : NULL, existing);
    if (construct && construct->file) {
        diagnostic_add(compilation->diagnostics, DIAG_PROJECT_KIND, node_span(head),
                       construct->label, construct->file, NULL);
        ((Node *)node)->flags |= NODE_BAD;
        return NULL;
    }
    /* A base of types, written without a type. */
    bool base = construct && !head->b && !existing && construct->abstract &&
                check_kind_has_types(compilation, head->name);
    if (!construct || base) {
        if (check_report_head(compilation, (Node *)node)) {
            return program_construct(compilation, node);
        }
        ((Node *)node)->flags |= NODE_BAD;
        return NULL;
    }
    ((Node *)head)->bound = (void *)construct;
    return construct;
}

typedef struct Expansion {
    Resource *container; ///< NULL at the top level of a file
    Resource *use;       ///< the instance of a module whose block it is, or NULL
    bool entry;
} Expansion;

static void expand_list(Compilation *compilation, const Node *list, Frame *frame,
                        const Expansion *expansion);

static Instances *instances_at(Compilation *compilation, const Symbol *symbol, Frame *frame) {
    for (; frame; frame = frame->outer) {
        if (frame->scope == symbol->scope) {
            break;
        }
    }
    if (!frame) {
        return NULL;
    }
    if (!frame->slots[symbol->slot]) {
        frame->slots[symbol->slot] = arena_new_object(compilation->arena, Instances);
    }
    return frame->slots[symbol->slot];
}

Instances *program_instances(Compilation *compilation, const Symbol *symbol, Frame *frame) {
    Frame *home = frame;
    while (home && home->scope != symbol->scope) {
        home = home->outer;
    }
    if (!home && symbol->scope && symbol->scope->kind == SCOPE_FILE) {
        home = frame_of_file(compilation, symbol->scope->source);
    }
    return home ? home->slots[symbol->slot] : NULL;
}

static int by_key(const void *left, const void *right) {
    const Resource *a = *(Resource *const *)left, *b = *(Resource *const *)right;
    return strcmp(a->key, b->key);
}

Resource **instances_all(Instances *instances, size_t *count) {
    if (!instances->sorted) {
        qsort(instances->all, instances->count, sizeof *instances->all, by_key);
        instances->sorted = true;
    }
    *count = instances->count;
    return instances->all;
}

static void push(Arena *arena, Resource ***list, size_t *count, size_t *capacity,
                 Resource *resource) {
    if (*count == *capacity) {
        size_t grown = *capacity ? *capacity * 2 : 8;
        Resource **copy = arena_array(arena, Resource *, grown);
        if (*count) {
            memcpy(copy, *list, *count * sizeof *copy);
        }
        *list = copy;
        *capacity = grown;
    }
    (*list)[(*count)++] = resource;
}

static bool enter_instance(Compilation *compilation, Resource *resource, Instances *instances) {
    if (!resource->key) {
        if (instances->single) {
            return false;
        }
        instances->single = resource;
        return true;
    }
    if (!instances->by_key) {
        instances->by_key = g_hash_table_new(g_str_hash, g_str_equal);
        compilation_keep_table(compilation, instances->by_key);
    }
    Resource *known = g_hash_table_lookup(instances->by_key, resource->key);
    if (known) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_DUPLICATE_KEY,
                           node_span(resource->node->a->a), resource->key, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a key occurs once: `unique(list)` takes each element of a list once");
        return false;
    }
    g_hash_table_insert(instances->by_key, (gpointer)resource->key, resource);
    push(compilation->arena, &instances->all, &instances->count, &instances->capacity, resource);
    return true;
}

static void make_expressions_frame(Compilation *compilation, Resource *resource) {
    Frame *frame = frame_new(compilation, resource->construct->scope, NULL);
    frame->resource = resource;
    resource->expressions = frame;
}

static void expand_container(Compilation *compilation, Resource *resource, const Node *node,
                             Frame *frame, const Expansion *outer) {
    Program *program = compilation->program;
    resource->frame = frame_new(compilation, node->b->bound, frame);
    const char *joined = resource->key ? arena_printf(compilation->arena, "%s-%s",
                                                      resource->name->text, resource->key)
                                       : resource->name->text;
    resource->stack = resource->key ? words_kebab(compilation->arena, joined) : joined;
    if (outer->entry) {
        push(compilation->arena, &program->containers, &program->container_count,
             &program->container_capacity, resource);
    }
    Expansion inner = {.container = resource, .entry = outer->entry};
    expand_list(compilation, node->b->a, resource->frame, &inner);
}

/// The block of the module, with the instance's arguments for its parameters.
static void expand_module(Compilation *compilation, Resource *use, const Expansion *outer) {
    const Construct *construct = use->construct;
    Resource *container = outer->container;
    if (!container) {
        return; /* it stands outside of an environment, which is reported */
    }
    push(compilation->arena, &container->uses, &container->use_count, &container->use_capacity,
         use);
    use->expressions =
        frame_new(compilation, construct->scope, frame_of_file(compilation, construct->source));
    use->expressions->resource = use;
    use->trail = arena_new_object(compilation->arena, DiagnosticTrail);
    *use->trail = (DiagnosticTrail){.within = node_span(construct->node),
                                    .place = node_name_span(compilation, use->node),
                                    .text = arena_printf(compilation->arena, "in %s, made here",
                                                         resource_text(compilation, use)),
                                    .outer = use->use ? use->use->trail : NULL};
    Expansion inner = {.container = container, .use = use, .entry = outer->entry};
    const DiagnosticTrail *before = diagnostics_follow(compilation->diagnostics, use->trail);
    expand_list(compilation, construct->node->b->a, use->expressions, &inner);
    diagnostics_follow(compilation->diagnostics, before);
}

/// Whether one more resource, with all that an instance of a module is at least, is not too many;
/// reported once. Then nothing more is built.
static bool has_room(Compilation *compilation, const Node *node, const Construct *construct) {
    Program *program = compilation->program;
    if (program->resource_count > PROGRAM_MAX_RESOURCES) {
        return false;
    }
    const size_t more =
        construct->module && construct->node ? module_least_resources(compilation, construct) : 1;
    if (more <= PROGRAM_MAX_RESOURCES - program->resource_count) {
        return true;
    }
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_PROGRAM_SIZE, node_name_span(compilation, node),
        arena_printf(compilation->arena, "%d", PROGRAM_MAX_RESOURCES), NULL);
    if (more > 1) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "%s alone is at least %zu: look for modules that use others twice, "
                        "in several steps",
                        construct->label, more);
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "look for loops inside of loops, and modules that are used in them");
    }
    program->resource_count = PROGRAM_MAX_RESOURCES + 1;
    program->incomplete = true;
    return false;
}

static void expand_resource(Compilation *compilation, const Node *node, Frame *frame,
                            const Expansion *expansion) {
    const Symbol *symbol = node->bound;
    const Construct *construct = program_construct(compilation, node);
    if (!symbol || !construct || construct->container == (expansion->container != NULL) ||
        !has_room(compilation, node, construct)) {
        return;
    }
    Resource *resource = arena_new_object(compilation->arena, Resource);
    *resource = (Resource){.construct = construct,
                           .node = node,
                           .name = node->name,
                           .frame = frame,
                           .container = expansion->container,
                           .use = expansion->use,
                           .index = compilation->program->resource_count++};
    if (node->a->a) {
        const Name *key = eval_key(compilation, node->a->a, frame);
        resource->key = key ? key->text : NULL;
        if (!resource->key) {
            return;
        }
    }
    Instances *instances = instances_at(compilation, symbol, frame);
    if (!instances || !enter_instance(compilation, resource, instances)) {
        return;
    }
    resource->slots = arena_array(compilation->arena, Slot, construct->property_count + 2);
    if (construct->module) {
        expand_module(compilation, resource, expansion);
        return;
    }
    make_expressions_frame(compilation, resource);
    if (construct->container) {
        expand_container(compilation, resource, node, frame, expansion);
        return;
    }
    Resource *container = expansion->container;
    if (!container) {
        return;
    }
    push(compilation->arena, &container->members, &container->member_count,
         &container->member_capacity, resource);
}

static void expand_output(Compilation *compilation, const Node *node, Frame *frame,
                          Resource *container) {
    if (!container) {
        return;
    }
    if (container->output_count == container->output_capacity) {
        size_t grown = container->output_capacity ? container->output_capacity * 2 : 8;
        Output *copy = arena_array(compilation->arena, Output, grown);
        if (container->output_count) {
            memcpy(copy, container->outputs, container->output_count * sizeof *copy);
        }
        container->outputs = copy;
        container->output_capacity = grown;
    }
    container->outputs[container->output_count++] = (Output){.node = node, .frame = frame};
}

typedef struct LoopExpansion {
    const Node *body;
    const Expansion *expansion;
} LoopExpansion;

static void expand_turn(Compilation *compilation, Frame *frame, void *data) {
    const LoopExpansion *loop = data;
    expand_list(compilation, loop->body->a, frame, loop->expansion);
}

/// A property that a diagnostic stands for.
static Slot bad_slot(const Node *node) {
    return (Slot){.node = node, .value = &value_error, .state = STATE_DONE, .bad = true};
}

static void report_twice(Compilation *compilation, const Node *node, const Node *first) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_DUPLICATE_PROPERTY,
                       node_name_span(compilation, node), node->name->text, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic, node_name_span(compilation, first),
                     "first given here");
}

/// The number of the property `name`, or -1.
static int resource_number(const Resource *resource, const Name *name) {
    return resource->numbers
               ? (int)GPOINTER_TO_SIZE(g_hash_table_lookup(resource->numbers, name)) - 1
               : construct_property(resource->construct, name);
}

/// A property of the container in its block or in a branch that is taken.
static void enter_member(Compilation *compilation, Resource *container, const Node *node,
                         Frame *frame) {
    int index = node->name ? construct_property(container->construct, node->name) : -1;
    if (index < 0) {
        return;
    }
    Slot *slot = &container->slots[index];
    if (node->flags & NODE_BAD) {
        *slot = bad_slot(node);
        container->bad = true;
        return;
    }
    if (slot->node && slot->node->kind == NODE_PROPERTY) {
        report_twice(compilation, node, slot->node);
        return;
    }
    *slot = (Slot){.node = node, .frame = frame};
}

static void enter_spread(Compilation *compilation, Resource *resource, const Node *node,
                         Frame *frame) {
    if (node->flags & NODE_BAD) {
        resource->bad = true;
        return;
    }
    const Value *spread = eval(compilation, node->a, frame);
    if (spread->kind == VALUE_ERROR) {
        resource->bad = true;
    }
    if (spread->kind != VALUE_OBJECT) {
        if (spread->kind != VALUE_ERROR && spread->kind != VALUE_ABSENT) {
            report_build_time(compilation, node->a, "a spread object");
        }
        return;
    }
    for (size_t i = 0; i < spread->field_count; i++) {
        const Field *field = &spread->fields[i];
        int index = resource_number(resource, field->name);
        if (index >= 0) {
            resource->slots[index] = (Slot){.node = node, .value = field->value};
        } else {
            Diagnostic *diagnostic =
                diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_PROPERTY, node_span(node->a),
                               field->name->text, resource->construct->label, NULL);
            if (field->origin) {
                diagnostic_label(compilation->diagnostics, diagnostic,
                                 node_name_span(compilation, field->origin), "it comes from here");
            }
        }
    }
}

static void expand_branch(Compilation *compilation, const Node *node, Frame *frame,
                          const Expansion *expansion) {
    bool known = true;
    bool chosen = eval_condition(compilation, node->a, frame, false, &known);
    compilation->program->incomplete = compilation->program->incomplete || !known;
    const Node *body = chosen ? node->b : node->c;
    if (!known || !body) {
        return;
    }
    if (body->kind == NODE_IF) {
        expand_branch(compilation, body, frame, expansion);
    } else if (body->bound) {
        expand_list(compilation, body->a, frame_new(compilation, body->bound, frame), expansion);
    }
}

static void keep_constant(Compilation *compilation, const Node *node, Frame *frame,
                          const Expansion *expansion) {
    Program *program = compilation->program;
    if (!node->bound || !(expansion->container || expansion->use)) {
        return; /* those of files are computed anyhow */
    }
    if (program->constant_count == program->constant_capacity) {
        const size_t grown = program->constant_capacity ? program->constant_capacity * 2 : 16;
        BlockConstant *copy = arena_array(compilation->arena, BlockConstant, grown);
        if (program->constant_count) {
            memcpy(copy, program->constants, program->constant_count * sizeof *copy);
        }
        program->constants = copy;
        program->constant_capacity = grown;
    }
    program->constants[program->constant_count++] =
        (BlockConstant){node->bound, frame, expansion->use};
}

static void expand_list(Compilation *compilation, const Node *list, Frame *frame,
                        const Expansion *expansion) {
    for (const Node *node = list; node; node = node->next) {
        switch (node->kind) {
        case NODE_RESOURCE:
        case NODE_USE:
            expand_resource(compilation, node, frame, expansion);
            break;
        case NODE_IF:
            expand_branch(compilation, node, frame, expansion);
            break;
        case NODE_FOR:
            if (node->a && node->b && node->a->bound) {
                LoopExpansion loop = {node->b, expansion};
                eval_loop(compilation, node->a, frame, expand_turn, &loop);
            }
            break;
        case NODE_OUTPUT:
            expand_output(compilation, node, frame,
                          expansion->use ? expansion->use : expansion->container);
            break;
        case NODE_LET:
            keep_constant(compilation, node, frame, expansion);
            break;
        case NODE_PROPERTY:
            if (expansion->container && !expansion->use) {
                enter_member(compilation, expansion->container, node, frame);
            }
            break;
        case NODE_SPREAD:
            if (expansion->container && !expansion->use) {
                enter_spread(compilation, expansion->container, node, frame);
            }
            break;
        default:
            break;
        }
    }
}

void program_expand(Compilation *compilation) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        if (source->library) {
            continue;
        }
        Expansion expansion = {.entry = source->entry};
        expand_list(compilation, source->tree->a, frame_of_file(compilation, source), &expansion);
    }
    compilation->program->expanded = true;
}

void resource_prepare(Compilation *compilation, Resource *resource) {
    if (resource->prepared) {
        return;
    }
    resource->prepared = true;
    if (resource->construct->container) {
        return; /* expansion did it: its members may stand in branches */
    }
    if (resource->construct->open) {
        resource_open(compilation, resource);
    }
    const Construct *construct = resource->construct;
    const Node *block = resource->node->b;
    for (const Node *node = block ? block->a : NULL; node; node = node->next) {
        if (node->kind == NODE_SPREAD) {
            enter_spread(compilation, resource, node, resource->frame);
            continue;
        }
        if (node->kind != NODE_PROPERTY || !node->name) {
            continue;
        }
        if (node->flags & NODE_BAD) {
            resource->bad = true;
            int bad = resource_number(resource, node->name);
            if (bad >= 0) {
                resource->slots[bad] = bad_slot(node);
            }
            continue;
        }
        int index = resource_number(resource, node->name);
        size_t slot = (size_t)index;
        if (index < 0 && resource->container &&
            node->name == resource->container->construct->kind) {
            slot = resource_container_slot(resource);
        } else if (index < 0 && construct_is_depends(construct, node->name)) {
            slot = resource_depends_slot(resource);
        } else if (index < 0) {
            continue;
        }
        bool twice =
            resource->slots[slot].node && resource->slots[slot].node->kind == NODE_PROPERTY;
        if (twice) {
            report_twice(compilation, node, resource->slots[slot].node);
            continue;
        }
        resource->slots[slot] = (Slot){.node = node, .frame = resource->frame};
    }
}
