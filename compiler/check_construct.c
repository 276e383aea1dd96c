#include "check.h"

#include "builtins.h"

#include <glib.h>
#include <string.h>

/// What decorators hold is bound so that passes can evaluate it.
static void bind_decorators(Compilation *compilation, const Node *decorators, Scope *scope) {
    for (const Node *node = decorators; node; node = node->next) {
        bool wanted = decorator_is_form(node) || decorator_find(node, "unique") == node ||
                      decorator_find(node, "when") == node ||
                      decorator_find(node, "attributes") == node ||
                      decorator_find(node, "attributeForms") == node;
        /* `@unique(environment)` on a property names a kind, not a value. */
        bool kind = decorator_find(node, "unique") == node && node->a && !node->a->next;
        for (Node *argument = wanted && !kind ? node->a : NULL; argument;
             argument = argument->next) {
            check_infer(compilation, argument, scope, NULL);
        }
    }
}

void check_requirements(Compilation *compilation, const Node *rule, Scope *scope) {
    for (Node *require = rule->b; require; require = require->next) {
        if (require->kind != NODE_REQUIRE) {
            continue;
        }
        check_against(compilation, require->a, scope, &type_bool, "a condition", NULL);
        if (require->b) {
            check_infer(compilation, require->b, scope, NULL);
        }
    }
}

static void bind_rule(Compilation *compilation, const Node *node, Scope *scope) {
    const Node *head = node->a;
    if (head->c && head->c->kind == NODE_SUBJECT) {
        return; /* about something else: check_library.c says so */
    }
    check_infer(compilation, head->b, scope, NULL);
    if (head->c) {
        check_against(compilation, head->c, scope, &type_bool, "a condition", NULL);
    }
    check_requirements(compilation, node, scope);
}

/// Bodies of clauses and forms are judged by what the back end gets, not by types.
static void bind_members(Compilation *compilation, Node *object, Scope *scope) {
    if (object && object->kind == NODE_OBJECT) {
        check_infer(compilation, object, scope, NULL);
    }
}

typedef struct Places {
    Compilation *compilation;
    const Construct *construct;
} Places;

static const char *place_of(const Clause *clause) {
    return clause->at ? clause->at : "Resource";
}

static void report_place(const Places *places, const Node *at) {
    Compilation *compilation = places->compilation;
    const char *wanted = arena_strndup(compilation->arena, at->text, at->length);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NO_PART, node_span(at),
                                            places->construct->label, wanted, NULL);
    for (const Clause *clause = places->construct->clauses; clause; clause = clause->next) {
        if (*clause->head) {
            diagnostic_help(compilation->diagnostics, diagnostic, "it writes `%s` at `%s`",
                            clause->head, place_of(clause));
        }
    }
}

/// `att("Arn", "Role/Resource")`: the construct writes something at that place.
static void check_places(Node *node, void *data) {
    static const struct {
        const char *name;
        int place;
    } calls[] = {{"ref", 0}, {"att", 1}, {"logicalId", 0}};
    const Places *places = data;
    bool builtin = node->kind == NODE_CALL && node->bound && node->a->kind == NODE_NAME &&
                   !node->a->bound && builtin_find(node->a->name->text) == node->bound;
    for (size_t i = 0; builtin && i < G_N_ELEMENTS(calls); i++) {
        if (strcmp(node->a->name->text, calls[i].name) != 0) {
            continue;
        }
        const Node *at = node->b && calls[i].place ? node->b->next : node->b;
        bool found = !at || at->kind != NODE_STRING;
        for (const Clause *one = places->construct->clauses; one && !found; one = one->next) {
            const char *place = place_of(one);
            found = strlen(place) == at->length && !memcmp(place, at->text, at->length);
        }
        if (!found) {
            report_place(places, at);
        }
    }
    node_each_child(node, check_places, data);
}

static void bind_member(Compilation *compilation, Node *node, const Construct *construct,
                        Scope *scope) {
    bind_decorators(compilation, node_decorators(node), scope);
    switch (node->kind) {
    case NODE_PROPERTY_DECL: {
        int index = construct_property(construct, node->name);
        if (node->b && index >= 0 && construct->properties[index].fallback == node->b) {
            check_against(compilation, node->b, scope, construct->properties[index].type,
                          "the default", node);
        }
        break;
    }
    case NODE_ATTRIBUTE:
    case NODE_CLAUSE:
        bind_members(compilation, node->b, scope);
        if (node->b && !construct->abstract) {
            Places places = {compilation, construct};
            check_places(node->b, &places);
        }
        break;
    case NODE_RULE:
        bind_rule(compilation, node, scope);
        break;
    default:
        break;
    }
}

void check_construct(Compilation *compilation, const Construct *construct) {
    if (construct->checked) {
        return;
    }
    ((Construct *)construct)->checked = true;
    if (construct->base) {
        check_construct(compilation, construct->base);
    }
    for (const Layer *layer = construct->layers; layer; layer = layer->next) {
        bind_decorators(compilation, layer->node->c, layer->scope);
        for (Node *node = layer->node->b ? layer->node->b->a : NULL; node; node = node->next) {
            bind_member(compilation, node, construct, layer->scope);
        }
    }
}
