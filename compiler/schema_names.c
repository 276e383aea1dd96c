/// Which schema a name means.
#include "schema.h"

#include <glib.h>
#include <string.h>

static bool is_end_of(const char *path, const char *name) {
    size_t whole = strlen(path), part = strlen(name);
    return g_str_has_suffix(path, name) && (whole == part || path[whole - part - 1] == '.');
}

/// How well `text` names `schema` in the namespace of `from`: 0 not at all.
static int fitness(const Schema *schema, const Schema *from, const char *text) {
    if (!is_end_of(schema->path, text) && !is_end_of(schema->name, text)) {
        return 0;
    }
    const char *dot = strrchr(from->name, '.');
    size_t space = dot ? (size_t)(dot - from->name) + 1 : 0;
    if (space && !strncmp(schema->name, from->name, space) && !strcmp(schema->name + space, text)) {
        return 3;
    }
    return strcmp(schema->name, text) ? 1 : 2;
}

static const char *last_part(const char *text) {
    const char *dot = strrchr(text, '.');
    return dot ? dot + 1 : text;
}

static Schema *find_in(const SchemaSet *set, const Schema *from, const char *text) {
    const GPtrArray *known = g_hash_table_lookup(set->by_last, last_part(text));
    Schema *best = NULL;
    int best_fitness = 0;
    for (guint i = 0; known && i < known->len; i++) {
        int fit = fitness(known->pdata[i], from, text);
        if (fit > best_fitness) {
            best = known->pdata[i];
            best_fitness = fit;
        }
    }
    return best;
}

/// The schema that `text` names in `from`'s surroundings: in its own package, else in another one
/// of the same environment; or NULL.
static Schema *schema_find(const Schemas *schemas, const Schema *from, const char *text) {
    Schema *found = find_in(from->set, from, text);
    const GPtrArray *sets = found ? NULL : g_hash_table_lookup(schemas->by_last, last_part(text));
    for (guint i = 0; sets && i < sets->len && !found; i++) {
        const SchemaSet *set = sets->pdata[i];
        if (set != from->set && set->package->container == from->set->package->container) {
            found = find_in(set, from, text);
        }
    }
    return found;
}

static void offer_members(Arena *arena, Similar *similar, const Type *type) {
    type = type ? type_strip(type) : NULL;
    for (size_t i = 0; type && type->kind == TYPE_UNION && i < type->count; i++) {
        const Type *one = type_strip(type->alternatives[i]);
        if (one->kind == TYPE_LITERAL && one->literal->kind == VALUE_STRING) {
            similar_offer(similar, arena_strndup(arena, one->literal->text, one->literal->length));
        }
    }
}

/// Looks for a name like `text`. `types`: of a type, too; if not, `from` itself is none that can be
/// meant.
static void find_similar(const Schemas *schemas, const Schema *from, const char *text, bool types,
                         Similar *similar) {
    similar_begin(similar, text);
    bool dotted = strchr(text, '.') != NULL;
    Program *program = schemas->compilation->program;
    if (types && !dotted) {
        offer_members(schemas->compilation->arena, similar, schemas->scalars);
    }
    for (const SchemaSet *set = schemas->first; set; set = set->next) {
        for (const Schema *schema = set->first; schema; schema = schema->next) {
            if (program->offers++ >= SIMILAR_MAX_OFFERS) {
                return;
            }
            if (!types && schema == from) {
                continue;
            }
            if (set == from->set || set->package->container == from->set->package->container) {
                similar_offer(similar, dotted ? schema->name : schema->last);
            }
        }
    }
}

Schema *schema_resolve(const Schemas *schemas, Schema *from, const Document *reference,
                       const char *text, bool types) {
    Schema *found = schema_find(schemas, from, text);
    if (found) {
        return found;
    }
    Compilation *compilation = schemas->compilation;
    from->open = true;
    Similar search;
    find_similar(schemas, from, text, types, &search);
    const char *similar = similar_best(&search);
    if (!similar && !from->set->complete) {
        return NULL; /* it may be in what could not be read */
    }
    bool foreign = !similar && strchr(text, '.');
    Diagnostics *list = compilation->diagnostics;
    size_t offset = 0;
    const char *at = strstr(reference->text, text);
    offset = at ? (size_t)(at - reference->text) : 0;
    Span span = document_span(compilation, reference, offset, strlen(text));
    Diagnostic *diagnostic =
        diagnostic_add(list, foreign ? DIAG_SCHEMA_FOREIGN : DIAG_SCHEMA_UNKNOWN, span, text,
                       types ? "type or schema" : "schema", NULL);
    if (similar) {
        diagnostic_help(list, diagnostic, "one with a similar name exists: `%s`", similar);
        diagnostic_fix(list, diagnostic, similar_certainty(&search), span, similar,
                       "replace with `%s`", similar);
    } else if (foreign) {
        diagnostic_help(list, diagnostic,
                        "a Node package that this one depends on may bring it; `depotc` does not "
                        "look into those");
    } else {
        diagnostic_help(list, diagnostic, "add a schema of this name to the package");
    }
    return NULL;
}

void schema_link(Schemas *schemas, Schema *from, Schema *target, const Document *document,
                 bool extends) {
    SchemaLink *link = arena_new_object(schemas->compilation->arena, SchemaLink);
    *link = (SchemaLink){
        .target = target, .document = document, .extends = extends, .next = from->links};
    from->links = link;
}

/// The search for schemas that extend themselves, with a stack of its own: chains may be long.
typedef struct Chain {
    const Schemas *schemas;
    GPtrArray *path;  ///< of Schema
    GPtrArray *links; ///< the next link of each
} Chain;

static void report_circle(const Chain *chain, const Schema *again) {
    Diagnostics *list = chain->schemas->compilation->diagnostics;
    guint start = 0;
    while (chain->path->pdata[start] != again) {
        start++;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = start; i < chain->path->len; i++) {
        const Schema *schema = chain->path->pdata[i];
        g_string_append_printf(text, "`%s` → ", schema->name);
    }
    g_string_append_printf(text, "`%s`", again->name);
    Diagnostic *diagnostic = NULL;
    for (guint i = start; i < chain->path->len; i++) {
        Schema *schema = chain->path->pdata[i];
        const Schema *next = i + 1 < chain->path->len ? chain->path->pdata[i + 1] : again;
        const SchemaLink *link = schema->links;
        while (link && (!link->extends || link->target != next)) {
            link = link->next;
        }
        schema->open = true;
        Span span = link ? link->document->span : schema->span;
        if (!diagnostic) {
            diagnostic = diagnostic_add(list, DIAG_SCHEMA_EXTENDS_CYCLE, span, schema->name,
                                        text->str, NULL);
        } else {
            diagnostic_note(list, diagnostic, span, "`%s` extends it here", schema->name);
        }
    }
    diagnostic_help(list, diagnostic,
                    "move what they share into a schema that extends none of them");
}

static void enter_chain(const Chain *chain, Schema *schema) {
    schema->state = STATE_BUSY;
    g_ptr_array_add(chain->path, schema);
    g_ptr_array_add(chain->links, schema->links);
}

static void follow(const Chain *chain, Schema *start) {
    if (start->state != STATE_NEW) {
        return;
    }
    enter_chain(chain, start);
    while (chain->path->len) {
        guint top = chain->path->len - 1;
        Schema *schema = chain->path->pdata[top];
        const SchemaLink *link = chain->links->pdata[top];
        while (link && (!link->extends || link->target->state == STATE_DONE)) {
            link = link->next;
        }
        if (!link) {
            schema->state = STATE_DONE;
            g_ptr_array_set_size(chain->path, (gint)top);
            g_ptr_array_set_size(chain->links, (gint)top);
            continue;
        }
        chain->links->pdata[top] = link->next;
        if (link->target->state == STATE_BUSY) {
            report_circle(chain, link->target);
        } else {
            enter_chain(chain, link->target);
        }
    }
}

void schema_check_extends(const Schemas *schemas) {
    Chain chain = {schemas, g_ptr_array_new(), g_ptr_array_new()};
    for (SchemaSet *set = schemas->first; set; set = set->next) {
        for (Schema *schema = set->first; schema; schema = schema->next) {
            follow(&chain, schema);
        }
    }
    g_ptr_array_unref(chain.path);
    g_ptr_array_unref(chain.links);
}

/// How many schemas are looked into for one property: what extends two that extend two … is met
/// many times over.
#define EXTENDS_MAX_VISITS 10000

static const SchemaProperty *find_property(const Schema *schema, const char *name,
                                           unsigned *visits) {
    for (const SchemaProperty *property = schema->properties; property; property = property->next) {
        if (!strcmp(property->key->text, name)) {
            return property;
        }
    }
    for (const SchemaLink *link = schema->links; link && *visits < EXTENDS_MAX_VISITS;
         link = link->next) {
        ++*visits;
        const SchemaProperty *found =
            link->extends ? find_property(link->target, name, visits) : NULL;
        if (found) {
            return found;
        }
    }
    return NULL;
}

const SchemaProperty *schema_property(const Schema *schema, const char *name) {
    unsigned visits = 0;
    return schema_is_open(schema) ? NULL : find_property(schema, name, &visits);
}

static bool is_open(const Schema *schema, unsigned *visits) {
    bool open = schema->open;
    for (const SchemaLink *link = schema->links; link && !open; link = link->next) {
        ++*visits;
        open = *visits >= EXTENDS_MAX_VISITS || (link->extends && is_open(link->target, visits));
    }
    return open;
}

bool schema_is_open(const Schema *schema) {
    unsigned visits = 0;
    return is_open(schema, &visits);
}
