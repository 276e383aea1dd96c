/// Construct ids, logical ids and names of templates: no two alike, none too long.
#include "lower.h"
#include "passes.h"
#include "words.h"

#include <glib.h>
#include <string.h>

/// CloudFormation's limit for a logical id.
enum { LOGICAL_ID_MAX = 255 };

/// Who has an id: a resource, or an output or parameter called `name`.
typedef struct Identity {
    const Resource *resource; ///< or NULL
    const char *kind;         ///< "output", "parameter"
    const char *name;
    Span span;
} Identity;

/// Construct ids that AWS CDK gives away in every stack.
static const char *const cdk_ids[] = {"CheckBootstrapVersion", "CDKMetadata"};

static const char *identity_text(Compilation *compilation, const Identity *identity) {
    if (identity->resource) {
        return resource_text(compilation, identity->resource);
    }
    return arena_printf(compilation->arena, "%s `%s`", identity->kind, identity->name);
}

/// AWS CDK leaves `Default` out of logical ids: nothing would be left for what is a construct of
/// its own alone.
static bool is_left_out(const char *path, const Identity *own) {
    bool inner = own->resource && !own->resource->construct->resource_attributes;
    return !inner && !strcmp(path, "Default");
}

static void report_collision(Compilation *compilation, const Identity *first,
                             const Identity *second, const char *id, const char *help) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_ID_COLLISION,
                                            second->span, identity_text(compilation, second),
                                            identity_text(compilation, first), id, NULL);
    /* What has a key is told apart by it. */
    const bool looped =
        strcmp(identity_text(compilation, first), identity_text(compilation, second)) == 0 &&
        first->span.start == second->span.start;
    if (first->span.file != SPAN_NONE && !looped) {
        diagnostic_label(compilation->diagnostics, diagnostic, first->span, "first taken here");
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "%s",
                    looped
                        ? "each turn of a loop, or instance, declares it again: declare it once, "
                          "outside, with a list of what it shows: `[for …: …]`"
                        : help);
}

/// `path` is the id, below what it stands in.
static void claim(Compilation *compilation, GHashTable *taken, const char *path, Identity own) {
    const char *slash = strrchr(path, '/');
    const char *id = slash ? slash + 1 : path;
    size_t length = strlen(id);
    if (!length || length > LOGICAL_ID_MAX) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, length ? DIAG_ID_TOO_LONG : DIAG_ID_EMPTY,
                           own.span, identity_text(compilation, &own),
                           arena_printf(compilation->arena, "%zu", length), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "ids are made of the letters and digits of the name and the key");
        return;
    }
    if (is_left_out(path, &own)) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_ID_EMPTY, own.span,
                                                identity_text(compilation, &own), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "AWS CDK leaves `Default` out of logical ids: choose another name");
        return;
    }
    Identity *first = g_hash_table_lookup(taken, path);
    if (first) {
        report_collision(compilation, first, &own, id,
                         "ids are made of the letters and digits of the name and the key; rename "
                         "one of the two");
        return;
    }
    Identity *kept = arena_new_object(compilation->arena, Identity);
    *kept = own;
    g_hash_table_insert(taken, (gpointer)path, kept);
}

static void claim_resource(Compilation *compilation, GHashTable *taken, const Resource *resource,
                           const char *id) {
    claim(compilation, taken, id,
          (Identity){.resource = resource, .span = node_name_span(compilation, resource->node)});
}

static void claim_parameters(Compilation *compilation, GHashTable *taken, GHashTable *found) {
    GHashTableIter iterator;
    gpointer key = NULL;
    GPtrArray *sorted = g_ptr_array_new();
    g_hash_table_iter_init(&iterator, found);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        g_ptr_array_add(sorted, key);
    }
    for (guint i = 0; i < sorted->len; i++) {
        const ModelParameter *parameter = sorted->pdata[i];
        claim(compilation, taken, parameter->id,
              (Identity){.kind = "parameter", .name = parameter->name, .span = parameter->span});
    }
    g_ptr_array_unref(sorted);
}

/// Whether an id that stands alone looks like one that a hash is part of.
static bool looks_hashed(const char *path) {
    enum { HASH_DIGITS = 8 };
    size_t length = strlen(path);
    bool found = length > HASH_DIGITS && !strchr(path, '/');
    for (size_t i = 1; found && i <= HASH_DIGITS; i++) {
        found = g_ascii_isxdigit(path[length - i]) && !g_ascii_islower(path[length - i]);
    }
    return found;
}

/// What a resource consists of has logical ids with a hash; no construct may be called like that.
static void check_parts(Compilation *compilation, GHashTable *taken, Resource *resource,
                        const char *path) {
    for (const Clause *clause = resource->construct->clauses; clause; clause = clause->next) {
        const char *at = clause->at ? clause->at : "Resource";
        const char *id = model_logical_id(
            compilation->arena, *at ? arena_printf(compilation->arena, "%s/%s", path, at) : path);
        const Identity *other = g_hash_table_lookup(taken, id);
        if (other && other->resource != resource) {
            Identity own = {.resource = resource,
                            .span = node_name_span(compilation, resource->node)};
            report_collision(compilation, &own, other, id,
                             "what a resource consists of has such ids: choose another name");
            return;
        }
    }
}

/// Compares ids that are written with those that are made; only where one of them may be meant.
static void check_logical_ids(Compilation *compilation, GHashTable *taken, Resource *container) {
    GHashTableIter iterator;
    gpointer path = NULL;
    bool needed = false;
    g_hash_table_iter_init(&iterator, taken);
    while (!needed && g_hash_table_iter_next(&iterator, &path, NULL)) {
        needed = looks_hashed(path);
    }
    if (!needed) {
        return;
    }
    check_parts(compilation, taken, container, lower_construct_id(compilation, container));
    for (size_t i = 0; i < container->member_count; i++) {
        check_parts(compilation, taken, container->members[i],
                    lower_path(compilation, container->members[i]));
    }
}

static void check_container(Compilation *compilation, Resource *container) {
    GHashTable *taken = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *outputs = g_hash_table_new(g_str_hash, g_str_equal); /* a name space of their own */
    GHashTable *parameters = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cdk_ids); i++) {
        claim(compilation, taken, cdk_ids[i],
              (Identity){.kind = "AWS CDK's own", .name = cdk_ids[i], .span = NO_SPAN});
    }
    claim_resource(compilation, taken, container, lower_construct_id(compilation, container));
    resource_parameters(compilation, container, parameters);
    for (size_t i = 0; i < container->foreign_count; i++) {
        claim_resource(compilation, taken, container->foreign[i],
                       words_pascal(compilation->arena, container->foreign[i]->name->text));
    }
    for (size_t i = 0; i < container->member_count; i++) {
        Resource *member = container->members[i];
        claim_resource(compilation, taken, member, lower_path(compilation, member));
        resource_parameters(compilation, member, parameters);
    }
    for (size_t i = 0; i < container->use_count; i++) {
        claim_resource(compilation, taken, container->uses[i],
                       lower_path(compilation, container->uses[i]));
    }
    for (size_t i = 0; i < container->output_count; i++) {
        const Node *node = container->outputs[i].node;
        claim(compilation, outputs, words_pascal(compilation->arena, node->name->text),
              (Identity){.kind = "output",
                         .name = node->name->text,
                         .span = node_name_span(compilation, node)});
        value_parameters(container->outputs[i].value, parameters);
    }
    claim_parameters(compilation, taken, parameters);
    check_logical_ids(compilation, taken, container);
    g_hash_table_destroy(parameters);
    g_hash_table_destroy(outputs);
    g_hash_table_destroy(taken);
}

void pass_identities(Compilation *compilation) {
    Program *program = compilation->program;
    GHashTable *stacks = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        check_container(compilation, container);
        /* Their files would be one where names of files do not tell capital letters apart. */
        g_autofree char *lower = g_ascii_strdown(container->stack, -1);
        const char *key = arena_strndup(compilation->arena, lower, strlen(lower));
        Resource *first = g_hash_table_lookup(stacks, key);
        if (!first) {
            g_hash_table_insert(stacks, (gpointer)key, container);
            continue;
        }
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_STACK_COLLISION,
                           node_name_span(compilation, container->node), container->stack, NULL);
        diagnostic_label(compilation->diagnostics, diagnostic,
                         node_name_span(compilation, first->node), "first declared here");
        if (strcmp(first->stack, container->stack) != 0) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "names of environments differ in more than capital letters");
        }
    }
    g_hash_table_destroy(stacks);
}
