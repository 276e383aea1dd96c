/// Parts and holders: nothing contains itself, and what may have one holder has one.
#include "passes.h"

#include <glib.h>

typedef struct PartWalk {
    Compilation *compilation;
    GHashTable *state; ///< Resource → 1 on the path, 2 done
    GPtrArray *path;   ///< of Resource
    GPtrArray *next;   ///< of reference number, beside `path`
} PartWalk;

static bool is_part(const Resource *resource, const Reference *reference) {
    return reference->property >= 0 &&
           (size_t)reference->property < resource->construct->property_count &&
           resource->construct->marks[reference->property] & MARK_PART;
}

static void report(PartWalk *walk, const Resource *again) {
    Compilation *compilation = walk->compilation;
    guint start = 0;
    while (walk->path->pdata[start] != again) {
        start++;
    }
    GString *text = g_string_new(NULL);
    for (guint i = start; i < walk->path->len; i++) {
        g_string_append_printf(text, "`%s` → ", ((Resource *)walk->path->pdata[i])->name->text);
    }
    g_string_append_printf(text, "`%s`", again->name->text);
    Resource *first = walk->path->pdata[start];
    if (first->bad && walk->path->len == start + 1) { /* it holds itself in a second way */
        g_string_free(text, TRUE);
        return;
    }
    Diagnostic *diagnostic = NULL;
    for (guint i = start; i < walk->path->len; i++) {
        Resource *resource = walk->path->pdata[i];
        const Reference *reference =
            &resource->references[GPOINTER_TO_SIZE(walk->next->pdata[i]) - 1];
        Span span = reference->node ? node_span(reference->node)
                                    : resource_span(compilation, resource, reference->property);
        if (!diagnostic) {
            diagnostic = diagnostic_add(compilation->diagnostics, DIAG_CONTAINS_ITSELF, span,
                                        resource_text(compilation, first), text->str, NULL);
        } else {
            diagnostic_note(compilation->diagnostics, diagnostic, span, "`%s` holds it here",
                            resource->name->text);
        }
        resource->bad = true;
        if (reference->property >= 0) {
            resource->slots[reference->property].bad = true;
        }
    }
    g_string_free(text, TRUE);
}

/// Depth first with a stack of its own: chains may be long.
static void walk_from(PartWalk *walk, Resource *start) {
    if (g_hash_table_lookup(walk->state, start)) {
        return;
    }
    g_ptr_array_add(walk->path, start);
    g_ptr_array_add(walk->next, GSIZE_TO_POINTER(0));
    g_hash_table_insert(walk->state, start, GINT_TO_POINTER(1));
    while (walk->path->len) {
        guint top = walk->path->len - 1;
        Resource *resource = walk->path->pdata[top];
        size_t number = GPOINTER_TO_SIZE(walk->next->pdata[top]);
        if (number == resource->reference_count) {
            g_hash_table_insert(walk->state, resource, GINT_TO_POINTER(2));
            g_ptr_array_set_size(walk->path, (gint)top);
            g_ptr_array_set_size(walk->next, (gint)top);
            continue;
        }
        walk->next->pdata[top] = GSIZE_TO_POINTER(number + 1);
        const Reference *reference = &resource->references[number];
        if (!is_part(resource, reference)) {
            continue;
        }
        int state = GPOINTER_TO_INT(g_hash_table_lookup(walk->state, reference->target));
        if (state == 1) {
            report(walk, reference->target);
        }
        if (state) {
            continue;
        }
        g_ptr_array_add(walk->path, reference->target);
        g_ptr_array_add(walk->next, GSIZE_TO_POINTER(0));
        g_hash_table_insert(walk->state, reference->target, GINT_TO_POINTER(1));
    }
}

void pass_parts(Compilation *compilation) {
    Program *program = compilation->program;
    PartWalk walk = {compilation, g_hash_table_new(NULL, NULL), g_ptr_array_new(),
                     g_ptr_array_new()};
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            walk_from(&walk, container->members[m]);
        }
    }
    g_hash_table_destroy(walk.state);
    g_ptr_array_unref(walk.path);
    g_ptr_array_unref(walk.next);
}

static void claim(Compilation *compilation, GHashTable *holders, Resource *resource,
                  const Reference *reference) {
    if ((size_t)reference->property >= resource->construct->property_count ||
        !(resource->construct->marks[reference->property] & MARK_EXCLUSIVE)) {
        return;
    }
    Resource *holder = g_hash_table_lookup(holders, reference->target);
    if (!holder) {
        g_hash_table_insert(holders, reference->target, resource);
        return;
    }
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_HELD_TWICE,
        reference->node ? node_span(reference->node)
                        : resource_span(compilation, resource, reference->property),
        resource_text(compilation, reference->target), holder == resource ? "twice" : "already",
        resource_text(compilation, holder), NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     resource_span(compilation, holder, reference->property), "first held here");
    diagnostic_help(compilation->diagnostics, diagnostic, "declare a second %s for the second use",
                    reference->target->construct->kind->text);
}

void pass_exclusive(Compilation *compilation) {
    Program *program = compilation->program;
    GHashTable *holders = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            Resource *resource = container->members[m];
            for (size_t r = 0; r < resource->reference_count; r++) {
                claim(compilation, holders, resource, &resource->references[r]);
            }
        }
    }
    g_hash_table_destroy(holders);
}
