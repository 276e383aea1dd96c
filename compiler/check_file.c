#include "check.h"
#include "schema_depot.h"

#include "check_names.h"
#include "check_report.h"
#include "check_style.h"
#include "check_test.h"
#include "function.h"
#include "module.h"
#include "program.h"
#include "type_resolve.h"

#include <glib.h>
#include <string.h>

static void check_list(Compilation *compilation, Node *list, Scope *scope,
                       const Construct *container);

void check_report_cycle(Compilation *compilation, Symbol *symbol, DiagnosticId id) {
    Program *program = compilation->program;
    size_t start = program->busy_count;
    while (start > 0 && program->busy[start - 1] != symbol) {
        start--;
    }
    /* Through several files it takes files that import each other, which is told there. */
    bool elsewhere = false;
    for (size_t i = start ? start - 1 : 0; i < program->busy_count; i++) {
        program->busy[i]->node->flags |= NODE_BAD;
        elsewhere = elsewhere || program->busy[i]->node->file != symbol->node->file;
    }
    if (elsewhere) {
        return;
    }
    GString *path = g_string_new(NULL);
    for (size_t i = start ? start - 1 : 0; i < program->busy_count; i++) {
        g_string_append_printf(path, "`%s` → ", program->busy[i]->name->text);
    }
    g_string_append_printf(path, "`%s`", symbol->name->text);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, id, node_name_span(compilation, symbol->node),
                       symbol->name->text, path->str, NULL);
    for (size_t i = start; i < program->busy_count && i < start + 20; i++) {
        diagnostic_note(compilation->diagnostics, diagnostic,
                        node_name_span(compilation, program->busy[i]->node), "`%s` is part of it",
                        program->busy[i]->name->text);
    }
    g_string_free(path, TRUE);
}

static const Type *type_of_resource(Compilation *compilation, const Symbol *symbol) {
    const Type *joined = &type_never;
    for (const Declaration *place = symbol->places; place; place = place->next) {
        const Node *head = place->node->a;
        Type *type = arena_new_object(compilation->arena, Type);
        *type = (Type){.kind = TYPE_REFERENCE, .name = head->name};
        type->construct = program_construct(compilation, place->node);
        if (!type->construct) {
            return &type_error;
        }
        type->name = type->construct->kind;
        joined = type_join(compilation->arena, joined, type);
    }
    return joined;
}

static const Type *type_of_declaration(Compilation *compilation, Symbol *symbol) {
    Node *node = symbol->node;
    switch (symbol->kind) {
    case SYMBOL_LET: {
        const Type *wanted = node->a ? type_resolve(compilation, node->a, symbol->scope) : NULL;
        const Type *found = check_infer(compilation, node->b, symbol->scope, wanted);
        if (!wanted) {
            return found;
        }
        if (!check_against(compilation, node->b, symbol->scope, wanted,
                           report_quoted(compilation, node->name), NULL)) {
            node->flags |= NODE_BAD;
        }
        return wanted;
    }
    case SYMBOL_PARAM:
    case SYMBOL_DEPLOY_PARAM:
        return type_narrow(compilation, type_resolve(compilation, node->a, symbol->scope), node);
    case SYMBOL_FN:
        return function_check(compilation, symbol);
    case SYMBOL_MODULE:
        return module_check(compilation, symbol);
    case SYMBOL_RESOURCE:
        return type_of_resource(compilation, symbol);
    case SYMBOL_SCHEMA:
        return &type_string; /* the file that it is written to */
    default:
        return &type_any;
    }
}

const Type *check_symbol(Compilation *compilation, Symbol *symbol) {
    if (symbol->state == STATE_DONE) {
        return symbol->type ? symbol->type : &type_any;
    }
    Program *program = compilation->program;
    if (symbol->state == STATE_BUSY) {
        check_report_cycle(compilation, symbol,
                           symbol->kind == SYMBOL_FN       ? DIAG_FN_RECURSION
                           : symbol->kind == SYMBOL_MODULE ? DIAG_MODULE_RECURSION
                                                           : DIAG_LET_CYCLE);
        return &type_error;
    }
    if (program->busy_count >= EVAL_MAX_DEPTH) {
        program_report_depth(compilation, node_span(symbol->node));
        return &type_error;
    }
    symbol->state = STATE_BUSY;
    program->busy[program->busy_count++] = symbol;
    // What is wrong with the declaration is wrong also if who asks for it only tries something out.
    const unsigned muted = diagnostics_speak(compilation->diagnostics);
    const Type *type = type_of_declaration(compilation, symbol);
    diagnostics_remute(compilation->diagnostics, muted);
    program->busy_count--;
    symbol->type = symbol->node && symbol->node->flags & NODE_BAD ? &type_error : type;
    symbol->state = STATE_DONE;
    return symbol->type;
}

Symbol *check_file_member(Compilation *compilation, Node *node, const Symbol *file) {
    if (!file->inner) {
        return NULL; /* the import is broken and reported */
    }
    Symbol *symbol = scope_find_here(file->inner, node->name);
    if (symbol && node->name->text[0] != '_') {
        symbol->used = true;
        return symbol_target(symbol);
    }
    Span span = node->b ? node_span(node->b) : node_span(node);
    if (symbol) {
        diagnostic_add(compilation->diagnostics, DIAG_IMPORT_PRIVATE, span, node->name->text, NULL);
        return NULL;
    }
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_IMPORT_UNKNOWN, span,
                                            node->name->text, file->inner->source->path, NULL);
    Similar similar;
    similar_begin(&similar, node->name->text);
    scope_offer(compilation, file->inner, true, &similar);
    check_add_similar(compilation, diagnostic, &similar, "something", span);
    return NULL;
}

/// `environment: orders` and `dependsOn: […]`: every resource in a container may write them.
static bool check_common(Compilation *compilation, Node *member, Scope *scope,
                         const Construct *container, const Construct *construct) {
    if (member->kind != NODE_PROPERTY || !member->name || !member->b) {
        return false;
    }
    const Construct *named = container;
    if (!named && library_has_kind(compilation->library, member->name)) {
        named = library_construct(compilation->library, member->name, NULL, false);
    }
    if (named && named->container && member->name == named->kind) {
        Type *type = arena_new_object(compilation->arena, Type);
        *type = (Type){.kind = TYPE_REFERENCE, .name = named->kind};
        if (!check_against(compilation, member->b, scope, type,
                           report_quoted(compilation, member->name), NULL)) {
            member->flags |= NODE_BAD;
        }
        return true;
    }
    if (!construct_is_depends(construct, member->name)) {
        return false;
    }
    const Type *type = check_infer(compilation, member->b, scope, NULL);
    const Type *plain = type_strip(type);
    const Type *element = plain->kind == TYPE_LIST ? type_strip(plain->element) : plain;
    bool fits = element->kind == TYPE_REFERENCE || element->kind == TYPE_ANY ||
                element->kind == TYPE_ERROR || element->kind == TYPE_NEVER ||
                element->kind == TYPE_UNION;
    if (!fits) {
        report_type(compilation, member->b, "a list of resources", type,
                    report_quoted(compilation, member->name), NULL);
        member->flags |= NODE_BAD;
    }
    return true;
}

static void check_block(Compilation *compilation, Node *list, Scope *scope,
                        const Construct *container, const MemberContext *context, MemberSet *set) {
    for (Node *member = list; member; member = member->next) {
        if (member->kind != NODE_PROPERTY && member->kind != NODE_SPREAD) {
            continue;
        }
        int index = member->name ? construct_property(context->construct, member->name) : -1;
        bool depends = member->name && construct_is_depends(context->construct, member->name);
        if (index < 0 && (depends || !context->construct->module) &&
            check_common(compilation, member, scope, container, context->construct)) {
            continue;
        }
        check_member(compilation, member, scope, context, set);
    }
}

/// Properties of a container may stand in the branches of an `if` in its block.
static void check_branches(Compilation *compilation, Node *list, const MemberContext *context,
                           MemberSet *set) {
    for (Node *node = list; node; node = node->next) {
        if (node->kind != NODE_IF) {
            continue;
        }
        Node *bodies[] = {node->b, node->c};
        for (size_t i = 0; i < 2; i++) {
            Node *body = bodies[i];
            if (!body) {
                continue;
            }
            if (body->kind == NODE_IF) {
                Node alone = *body;
                alone.next = NULL;
                check_branches(compilation, &alone, context, set);
                continue;
            }
            MemberSet own = {.written =
                                 arena_array(compilation->arena, const Node *, context->count)};
            check_block(compilation, body->a, body->bound, NULL, context, &own);
            check_branches(compilation, body->a, context, &own);
            for (size_t p = 0; p < context->count; p++) {
                if (own.written[p] && !set->written[p]) {
                    set->written[p] = own.written[p];
                }
            }
            set->open = set->open || own.open;
        }
    }
}

/// Declarations in the block of a resource that is no container. Returns the scope for the block's
/// expressions, in which they are known, so that their uses are no second mistake.
static Scope *report_nested(Compilation *compilation, Node *list, Scope *scope,
                            const Construct *construct) {
    Scope *inner = scope;
    for (Node *node = list; node; node = node->next) {
        if (node->kind == NODE_PROPERTY || node->kind == NODE_SPREAD || node->kind == NODE_ERROR ||
            node->flags & NODE_BAD) {
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NESTED_DECLARATION,
                                                node_span(node), construct->label, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "declare it beside this resource, in the block around it");
        if (node->kind != NODE_LET || !node->name) {
            continue;
        }
        if (inner == scope) {
            inner = scope_new(compilation, SCOPE_BLOCK, scope, NULL);
        }
        Symbol *symbol = scope_add(compilation, inner, SYMBOL_LET, node->name, node);
        symbol->state = STATE_DONE;
        symbol->type = &type_error;
    }
    return inner;
}

/// The scope of a container's block, with what its members declare.
static Scope *container_scope(Compilation *compilation, Node *node, Scope *scope) {
    if (!node->b->bound) {
        Scope *inner = scope_new(compilation, SCOPE_CONTAINER, scope, NULL);
        node->b->bound = inner;
        scope_declare(compilation, inner, inner, node->b->a, NULL);
    }
    return node->b->bound;
}

/// "location `hot`"
static const char *declared_text(Compilation *compilation, const Node *node) {
    if (node->kind == NODE_USE) {
        return name_quoted(compilation->arena, node->name);
    }
    return arena_printf(compilation->arena, "%s `%s`", node->a->name->text, node->name->text);
}

/// Reports a resource that cannot stand where it does. True if it is a container in another one, or
/// in a module: it will be moved out, and what it lacks there is no second mistake.
static bool check_place(Compilation *compilation, const Node *node, const Construct *construct,
                        const Construct *container, bool module) {
    if (construct->container && (container || module)) {
        diagnostic_add(compilation->diagnostics, DIAG_CONTAINER_NESTED, node_span(node->a),
                       declared_text(compilation, node),
                       module ? "a module"
                              : arena_printf(compilation->arena, "another %s", container->label),
                       NULL);
        return true;
    }
    if (construct->module && !container && !module) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_USE_PLACE,
                                                node_span(node->a), node->a->b->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "move it into the block of an `environment` or of a module");
    } else if (!construct->container && !container && !module) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_OUTSIDE_CONTAINER, node_span(node->a),
                           declared_text(compilation, node), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "move it into the block of an `environment`");
    }
    return false;
}

/// The first variable of the innermost loop around, or NULL.
static const Name *loop_variable(const Scope *scope) {
    for (; scope && scope->kind == SCOPE_BLOCK; scope = scope->outer) {
        if (scope->first && scope->first->kind == SYMBOL_VARIABLE) {
            return scope->first->name;
        }
    }
    return NULL;
}

/// A resource in a loop that has no key, so that all of them would have the same name.
static void report_key_missing(Compilation *compilation, const Node *node, const Scope *scope) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_KEY_MISSING,
                       node_name_span(compilation, node), node->name->text, NULL);
    const Name *variable = loop_variable(scope);
    const char *key = variable ? variable->text : "key";
    Span behind = node_name_span(compilation, node);
    behind.start = behind.end;
    diagnostic_help(compilation->diagnostics, diagnostic, "give it a key from the loop: `%s[%s]`",
                    node->name->text, key);
    if (variable) {
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, behind,
                       arena_printf(compilation->arena, "[%s]", key), "add the key `[%s]`", key);
    }
}

static void check_resource(Compilation *compilation, Node *node, Scope *scope,
                           const Construct *container, bool looped) {
    const Construct *construct = program_construct(compilation, node);
    if (!construct) {
        return;
    }
    check_construct(compilation, construct);
    const bool nested =
        check_place(compilation, node, construct, container, scope_in_module(scope));
    if (node->kind == NODE_RESOURCE) {
        check_quotes(compilation, node->a);
    }
    if (construct->deprecated) {
        report_deprecated(compilation, node_span(node->a->b ? node->a->b : node->a),
                          construct->label, construct->deprecated, NULL);
    }
    if (node->a->a) {
        check_infer(compilation, node->a->a, scope, NULL);
    }
    if (looped && !node->a->a && node->name) {
        report_key_missing(compilation, node, scope);
        node->flags |= NODE_BAD;
    }
    Node *members = node->b ? node->b->a : NULL;
    Scope *inner = scope;
    if (node->b && construct->container) { // only the use of a module may have no block
        inner = container_scope(compilation, node, scope);
    } else {
        inner = report_nested(compilation, members, scope, construct);
    }
    MemberContext context = {.properties = construct->properties,
                             .count = construct->property_count,
                             .owner = construct->label,
                             .further = construct->open ? &type_any : NULL,
                             .construct = construct,
                             .block = !construct->module,
                             .resource = node,
                             .members = members};
    MemberSet set = {.written = arena_array(compilation->arena, const Node *, context.count)};
    check_block(compilation, members, inner, container, &context, &set);
    if (construct->container) {
        check_branches(compilation, members, &context, &set);
    }
    if (!nested) {
        check_missing(compilation, &context, &set, node_name_span(compilation, node), node->b);
    }
    if (construct->container) {
        check_list(compilation, members, inner, construct);
    }
}

static void check_body(Compilation *compilation, Node *body, const Construct *container) {
    if (body && body->bound) {
        check_list(compilation, body->a, body->bound, container);
    }
}

static bool inside_loop(const Scope *scope) {
    return loop_variable(scope) != NULL;
}

static void check_parameter(Compilation *compilation, Node *node, Scope *scope) {
    if (scope->kind != SCOPE_FILE) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_PARAM_PLACE,
                           node_name_span(compilation, node), node->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        scope_in_module(scope)
                            ? "a module takes its parameters in parentheses behind its name"
                            : "move it out of the block, to the top level of the file");
        node->flags |= NODE_BAD;
        if (node->bound) { /* its uses are no second mistake */
            Symbol *symbol = node->bound;
            symbol->state = STATE_DONE;
            symbol->type = &type_error;
        }
        return;
    }
    if (!node->bound) {
        return;
    }
    const Type *type = check_symbol(compilation, node->bound);
    if (node->b && !check_against(compilation, node->b, scope, type, "the default", node)) {
        node->flags |= NODE_BAD;
    }
}

/// `if true` and `if false`: one of the branches is never built.
static void report_unreachable(Compilation *compilation, const Node *node) {
    const Node *dead = node->a->integer ? node->c : node->b;
    if (!dead) {
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_UNREACHABLE, node_span(node->a), NULL);
    diagnostic_label(compilation->diagnostics, diagnostic, node_span(dead), "never built");
}

static void check_module(Compilation *compilation, Node *node, const Scope *scope) {
    if (scope->kind != SCOPE_FILE) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_MODULE_PLACE,
                           node_name_span(compilation, node), node->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "move it out of the block");
        node->flags |= NODE_BAD;
    }
    if (node->bound && node->b) {
        check_symbol(compilation, node->bound);
        check_body(compilation, node->b, NULL);
    }
}

static void check_type(Compilation *compilation, Node *node) {
    if (node->bound) {
        Symbol *symbol = node->bound;
        bool used = symbol->used;
        type_of_symbol(compilation, symbol);
        symbol->used = used; /* its own declaration is no use */
    }
}

static void check_output(Compilation *compilation, Node *node, Scope *scope,
                         const Construct *container) {
    if (!container && scope_in_module(scope)) {
        return; /* the module has found its type */
    }
    if (!container) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_OUTPUT_PLACE,
                           node_name_span(compilation, node), node->name->text, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "move it into the block of the environment whose stack is to have it");
    }
    check_infer(compilation, node->b, scope,
                node->a ? type_resolve(compilation, node->a, scope) : NULL);
}

static void check_declaration(Compilation *compilation, Node *node, Scope *scope,
                              const Construct *container) {
    if (node->kind == NODE_SCHEMA) {
        schema_check_declaration(compilation, node);
        return;
    }
    check_decorators(compilation, node);
    switch (node->kind) {
    case NODE_LET:
    case NODE_FN:
        if (node->bound) {
            check_symbol(compilation, node->bound);
        }
        break;
    case NODE_PARAM:
        check_parameter(compilation, node, scope);
        break;
    case NODE_TYPE:
        check_type(compilation, node);
        break;
    case NODE_MODULE:
        check_module(compilation, node, scope);
        break;
    case NODE_RESOURCE:
    case NODE_USE:
        check_resource(compilation, node, scope, container, inside_loop(scope));
        break;
    case NODE_IF:
        check_against(compilation, node->a, scope, &type_bool, "a condition", NULL);
        if (node->a->kind == NODE_BOOL) {
            report_unreachable(compilation, node);
        }
        check_body(compilation, node->b, container);
        if (node->c && node->c->kind == NODE_IF) {
            check_declaration(compilation, node->c, scope, container);
        } else {
            check_body(compilation, node->c, container);
        }
        break;
    case NODE_FOR:
        if (!node->a || !node->b) {
            break;
        }
        check_loop(compilation, node->a, scope);
        check_body(compilation, node->b, container);
        break;
    case NODE_OUTPUT:
        check_output(compilation, node, scope, container);
        break;
    default:
        break;
    }
}

static void report_stray(Compilation *compilation, Node *node, const Scope *scope) {
    node->flags |= NODE_BAD;
    const bool named = node->kind == NODE_PROPERTY && node->name;
    const char *what = named ? arena_printf(compilation->arena, "property %s",
                                            name_quoted(compilation->arena, node->name))
                             : "this spread";
    const bool loop = inside_loop(scope);
    const char *where = loop                     ? "in a loop"
                        : scope_in_module(scope) ? "in the block of a module"
                                                 : "outside of all blocks";
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_PROPERTY_PLACE,
        named ? node_name_span(compilation, node) : node_span(node), what, where, NULL);
    if (loop) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "an environment has each property once: write it outside of the loop");
    } else if (named) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a constant is written `let %s = …`; a property stands in the block of an "
                        "environment or resource",
                        node->name->text);
    }
}

static void check_list(Compilation *compilation, Node *list, Scope *scope,
                       const Construct *container) {
    for (Node *node = list; node; node = node->next) {
        bool member = node->kind == NODE_PROPERTY || node->kind == NODE_SPREAD;
        bool loop = member && (!container || inside_loop(scope));
        if (loop) {
            report_stray(compilation, node, scope);
        } else if (node->kind == NODE_IMPORT && scope->kind != SCOPE_FILE) {
            Diagnostic *diagnostic =
                diagnostic_add(compilation->diagnostics, DIAG_IMPORT_PLACE, node_span(node), NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "move it out of the block, to the top level of the file");
        } else if (node->kind == NODE_TEST || node->kind == NODE_EXPECT) {
            check_test_place(compilation, node, scope);
        } else if (node->kind == NODE_CONSTRUCT && scope->kind == SCOPE_FILE) {
            check_library(compilation, node);
        } else if (node->kind == NODE_RULE && scope->kind == SCOPE_FILE) {
            check_policy(compilation, node);
        } else if (node->kind == NODE_CONSTRUCT || node->kind == NODE_RULE ||
                   (node->flags & NODE_EXTEND && scope->kind != SCOPE_FILE)) {
            check_report_library_place(compilation, node);
        } else {
            check_declaration(compilation, node, scope, container);
        }
    }
}

void check_file(Compilation *compilation, Source *source) {
    Scope *scope = scope_of_file(compilation, source);
    check_list(compilation, source->tree->a, scope, NULL);
    style_check_quotes(compilation, source);
}
