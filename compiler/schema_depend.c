/// Which package depends on which: by schemas that speak of schemas of others. Their datasets are
/// deployed in that order, so it has no circles.
#include "schema.h"

#include <glib.h>
#include <string.h>

/// The search, with a stack of its own.
typedef struct Search {
    Schemas *schemas;
    GPtrArray *path;     ///< of SchemaSet
    GPtrArray *schema;   ///< beside it: the schema whose links come next …
    GPtrArray *link;     ///< … and the link
    GPtrArray *followed; ///< the SchemaLink that leads to the next set of the path
} Search;

static void enter(Search *search, SchemaSet *set) {
    set->state = STATE_BUSY;
    g_ptr_array_add(search->path, set);
    g_ptr_array_add(search->schema, set->first);
    g_ptr_array_add(search->link, set->first ? set->first->links : NULL);
    g_ptr_array_add(search->followed, NULL);
}

static void leave(Search *search) {
    gint top = (gint)search->path->len - 1;
    ((SchemaSet *)search->path->pdata[top])->state = STATE_DONE;
    g_ptr_array_set_size(search->path, top);
    g_ptr_array_set_size(search->schema, top);
    g_ptr_array_set_size(search->link, top);
    g_ptr_array_set_size(search->followed, top);
}

/// The next link to another package from the set on top, or NULL.
static SchemaLink *next_link(Search *search) {
    guint top = search->path->len - 1;
    const SchemaSet *set = search->path->pdata[top];
    Schema *schema = search->schema->pdata[top];
    SchemaLink *link = search->link->pdata[top];
    for (;;) {
        for (; link; link = link->next) {
            if (link->target->set != set) {
                search->schema->pdata[top] = schema;
                search->link->pdata[top] = link->next;
                search->followed->pdata[top] = link;
                return link;
            }
        }
        schema = schema ? schema->next : NULL;
        if (!schema) {
            search->schema->pdata[top] = NULL;
            search->link->pdata[top] = NULL;
            return NULL;
        }
        link = schema->links;
    }
}

static void report(Search *search, const SchemaSet *again) {
    Diagnostics *list = search->schemas->compilation->diagnostics;
    guint start = 0;
    while (search->path->pdata[start] != again) {
        start++;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = start; i < search->path->len; i++) {
        const SchemaSet *set = search->path->pdata[i];
        if (!set->dataset) {
            return; /* nothing of it is deployed */
        }
        g_string_append_printf(text, "`%s` → ", set->dataset->name->text);
    }
    g_string_append_printf(text, "`%s`", again->dataset->name->text);
    Diagnostic *diagnostic = NULL;
    for (guint i = start; i < search->path->len; i++) {
        const SchemaLink *link = search->followed->pdata[i];
        const SchemaSet *set = search->path->pdata[i];
        if (!diagnostic) {
            diagnostic =
                diagnostic_add(list, DIAG_DATASET_CYCLE, link->document->span, text->str, NULL);
        } else {
            diagnostic_note(list, diagnostic, link->document->span,
                            "package `%s` of dataset `%s` speaks of the next here",
                            set->package->name->text, set->dataset->name->text);
        }
    }
    diagnostic_help(list, diagnostic,
                    "Depot deploys what a dataset depends on before it: put schemas that speak of "
                    "each other into one package");
}

void schema_check_dependencies(Schemas *schemas) {
    Search search = {schemas, g_ptr_array_new(), g_ptr_array_new(), g_ptr_array_new(),
                     g_ptr_array_new()};
    for (SchemaSet *set = schemas->first; set; set = set->next) {
        if (set->state == STATE_NEW) {
            enter(&search, set);
        }
        while (search.path->len) {
            const SchemaLink *link = next_link(&search);
            if (!link) {
                leave(&search);
            } else if (link->target->set->state == STATE_BUSY) {
                report(&search, link->target->set);
            } else if (link->target->set->state == STATE_NEW) {
                enter(&search, link->target->set);
            }
        }
    }
    g_ptr_array_unref(search.path);
    g_ptr_array_unref(search.schema);
    g_ptr_array_unref(search.link);
    g_ptr_array_unref(search.followed);
}
