/// Names and physical names that must be unique.
#include "passes.h"

#include <glib.h>
#include <string.h>

/// A value that is taken within one environment, by one kind and for one purpose.
typedef struct Claim {
    Resource *resource;
    const Unique *unique;
    const Resource *environment;
    const char *text;
    size_t length;
} Claim;

static guint claim_hash(const void *key) {
    const Claim *claim = key;
    guint hash = g_direct_hash(claim->environment) >> 4;
    for (size_t i = 0; i < claim->length; i++) {
        hash = hash * 33 + (unsigned char)claim->text[i];
    }
    return hash;
}

/// What is unique by an expression is so among all kinds; a property, among resources of its kind.
static gboolean claim_equal(const void *left, const void *right) {
    const Claim *a = left;
    const Claim *b = right;
    bool derived = a->unique->key != NULL;
    return a->environment == b->environment && a->length == b->length &&
           memcmp(a->text, b->text, a->length) == 0 && derived == (b->unique->key != NULL) &&
           (derived || a->resource->construct->kind == b->resource->construct->kind) &&
           !strcmp(a->unique->what, b->unique->what);
}

static Span place_of(Compilation *compilation, Resource *resource, const Unique *unique) {
    int index = unique->key ? resource->construct->name_property : (int)unique->property;
    if (index >= 0 && resource->slots[index].node &&
        resource->slots[index].node->kind == NODE_PROPERTY) {
        return node_span(resource->slots[index].node->b);
    }
    return resource_span(compilation, resource, index);
}

static const Value *key_of(Compilation *compilation, Resource *resource, const Unique *unique) {
    if (unique->key) {
        /* A key that meets values known only at deployment is not judged. */
        diagnostics_mute(compilation->diagnostics);
        const Value *key = eval(compilation, unique->key, resource->expressions);
        diagnostics_unmute(compilation->diagnostics);
        return key;
    }
    return resource_property(compilation, resource, unique->property, false);
}

static void report(Compilation *compilation, Resource *resource, const Unique *unique,
                   const Claim *first, const char *text) {
    const char *what =
        unique->key ? unique->what : arena_printf(compilation->arena, "`%s`", unique->what);
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_NOT_UNIQUE, place_of(compilation, resource, unique),
        resource_text(compilation, resource), resource_text(compilation, first->resource), what,
        text, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     place_of(compilation, first->resource, first->unique), "first taken here");
    int name = resource->construct->name_property;
    if (!unique->key && name == (int)unique->property && !resource->slots[name].node) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "its name is made from the identifier; write another `name`");
    }
}

/// False after a diagnostic.
static bool claim(Compilation *compilation, GHashTable *taken, Resource *resource,
                  const Unique *unique) {
    const Value *key = key_of(compilation, resource, unique);
    size_t length = 0;
    const char *text = value_to_text(compilation->arena, key, &length);
    if (!text) {
        return true; /* absent, or known only at deployment */
    }
    const Claim asked = {.resource = resource,
                         .unique = unique,
                         .environment = resource_environment(compilation, resource),
                         .text = text,
                         .length = length};
    const Claim *first = g_hash_table_lookup(taken, &asked);
    if (first && first->resource != resource) {
        report(compilation, resource, unique, first,
               arena_strndup(compilation->arena, text, length));
        return false;
    }
    Claim *own = arena_new_object(compilation->arena, Claim);
    *own = asked;
    g_hash_table_add(taken, own);
    return true;
}

/// Whether an argument of a module around the resource is wrong: then names in it are not what they
/// are meant to be.
static bool is_misused(const Resource *resource) {
    bool bad = false;
    for (const Resource *use = resource->use; use; use = use->use) {
        bad = bad || use->bad;
    }
    return bad;
}

/// Properties first: what is derived from a name that is taken is taken too.
static void claim_all(Compilation *compilation, GHashTable *taken, Resource *resource) {
    bool free = true;
    for (int derived = 0; derived < 2 && free; derived++) {
        for (const Unique *unique = resource->construct->uniques; unique; unique = unique->next) {
            if ((unique->key != NULL) == (derived == 1)) {
                free = claim(compilation, taken, resource, unique) && free;
            }
        }
    }
}

void pass_uniqueness(Compilation *compilation) {
    Program *program = compilation->program;
    GHashTable *taken = g_hash_table_new(claim_hash, claim_equal);
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            if (is_misused(container->members[m])) {
                continue;
            }
            const DiagnosticTrail *before = resource_enter(compilation, container->members[m]);
            claim_all(compilation, taken, container->members[m]);
            resource_leave(compilation, before);
        }
    }
    g_hash_table_destroy(taken);
}
