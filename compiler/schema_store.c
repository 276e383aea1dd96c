/// Schemas against the engines that datasets put them into, and datasets against each other.
///
/// What an engine takes is said by its construct in the library: `@engine({ … })`. A dataset is any
/// resource that refers to a package with schemas and, perhaps through parts, to constructs with
/// engines.
#include "library.h"
#include "schema.h"
#include "words.h"

#include <glib.h>
#include <string.h>

/// A dataset's package in one engine.
typedef struct Store {
    Schemas *schemas;
    SchemaSet *set;
    Resource *dataset;
    const Resource *location; ///< whose construct has the engine
    const Node *reference;    ///< where the dataset names the location, or NULL
    const Node *engine;       ///< the decorator's NODE_OBJECT
} Store;

/// The value of `name` in an object of literals, or NULL.
static const Node *member_of(const Node *object, const char *name) {
    for (const Node *one = object ? object->a : NULL; one; one = one->next) {
        if (one->kind == NODE_PROPERTY && one->name && !strcmp(one->name->text, name)) {
            return one->b;
        }
    }
    return NULL;
}

static bool is_text(const Node *node, const char *text) {
    return node && node->kind == NODE_STRING && node->length == strlen(text) &&
           !memcmp(node->text, text, node->length);
}

static const Node *engine_of(const Construct *construct) {
    for (; construct; construct = construct->base) {
        const Node *engine = decorator_find(construct->node->c, "engine");
        if (engine) {
            return engine->a && engine->a->kind == NODE_OBJECT ? engine->a : NULL;
        }
    }
    return NULL;
}

/// Says in which dataset the schema comes to that engine.
static void note_dataset(const Store *store, Diagnostic *diagnostic) {
    Compilation *compilation = store->schemas->compilation;
    Span span = store->reference ? node_span(store->reference)
                                 : node_name_span(compilation, store->dataset->node);
    diagnostic_note(compilation->diagnostics, diagnostic, span, "%s is stored in %s",
                    resource_text(compilation, store->dataset),
                    resource_text(compilation, store->location));
}

static const char *number_text(Arena *arena, int64_t number) {
    return arena_printf(arena, "%lld", (long long)number);
}

/// A name as the engine writes it.
static const char *identifier(const Store *store, const char *name) {
    Arena *arena = store->schemas->compilation->arena;
    bool snake = is_text(member_of(store->engine, "naming"), "lower_snake");
    return snake ? words_snake(arena, name) : name;
}

static void check_identifier(const Store *store, const char *name, const char *what, Span span) {
    const Node *limit = member_of(store->engine, "identifierBytes");
    if (!limit || limit->kind != NODE_INTEGER) {
        return;
    }
    const char *written = identifier(store, name);
    if ((int64_t)strlen(written) <= limit->integer) {
        return;
    }
    Compilation *compilation = store->schemas->compilation;
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_STORE_NAME, span, what,
        number_text(compilation->arena, (int64_t)strlen(written)),
        store->location->construct->label, number_text(compilation->arena, limit->integer), NULL);
    note_dataset(store, diagnostic);
    diagnostic_help(compilation->diagnostics, diagnostic, "there it is called `%s`; shorten it",
                    written);
}

static void check_identifiers(const Store *store, const Schema *schema) {
    Arena *arena = store->schemas->compilation->arena;
    bool stored = schema->type && schema->type->node &&
                  decorator_find(node_decorators(schema->type->node), "stored");
    if (!stored) {
        return;
    }
    check_identifier(store, schema->last, arena_printf(arena, "schema `%s`", schema->last),
                     schema->span);
    for (const SchemaProperty *one = schema->properties; one; one = one->next) {
        check_identifier(store, one->key->text,
                         arena_printf(arena, "property `%s`", one->key->text), one->key->span);
    }
}

/// The extension with a dotted name: written so, or nested.
static const Document *find_extension(const Document *extensions, const char *name) {
    if (!extensions || extensions->kind != DOCUMENT_MAP) {
        return NULL;
    }
    for (const Document *member = extensions->first; member; member = member->next) {
        size_t length = member->key->length;
        if (!strcmp(member->key->text, name)) {
            return member;
        }
        if (!strncmp(member->key->text, name, length) && name[length] == '.') {
            const Document *inner = find_extension(member, name + length + 1);
            if (inner) {
                return inner;
            }
        }
    }
    return NULL;
}

static void check_refused(const Store *store, const Schema *schema) {
    const Node *refuses = member_of(store->engine, "refuses");
    for (const Node *one = refuses ? refuses->a : NULL; one; one = one->next) {
        if (one->kind != NODE_PROPERTY || !one->name) {
            continue;
        }
        const Document *value = find_extension(schema->extensions, one->name->text);
        if (!value || value->kind != DOCUMENT_SCALAR || !is_text(one->b, value->text)) {
            continue;
        }
        Diagnostics *list = store->schemas->compilation->diagnostics;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_STORE_REFUSED, value->span, one->name->text, value->text,
                           store->location->construct->label, NULL);
        note_dataset(store, diagnostic);
        diagnostic_help(list, diagnostic,
                        "take the extension out, or put the schema into a package that is stored "
                        "elsewhere");
    }
}

static void report_view(const Store *store, const Schema *view, Span span, const Schema *before,
                        const SchemaProperty *column, const char *change) {
    Compilation *compilation = store->schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_STORE_VIEW, span, column->key->text, view->name, change,
                       store->location->construct->label, NULL);
    diagnostic_label(list, diagnostic, column->key->span, "in version %lld",
                     (long long)before->version);
    note_dataset(store, diagnostic);
    diagnostic_help(
        list, diagnostic,
        "a view there only takes further columns behind those that it has: keep them as "
        "they are, or give the new view another name");
}

static bool same_type(const Store *store, const SchemaProperty *left, const SchemaProperty *right) {
    Arena *arena = store->schemas->compilation->arena;
    bool required = false;
    const char *one = schema_type_word(arena, left, &required);
    const char *other = schema_type_word(arena, right, &required);
    return !one || !other || !strcmp(one, other);
}

/// The columns of an earlier version must lead those of a later one.
static void compare_views(const Store *store, const Schema *before, const Schema *after) {
    const SchemaProperty *now = after->properties;
    for (const SchemaProperty *was = before->properties; was; was = was->next) {
        const SchemaProperty *kept = schema_property(after, was->key->text);
        if (!kept) {
            report_view(store, after, after->span, before, was, "is gone");
        } else if (!same_type(store, was, kept)) {
            report_view(store, after, kept->key->span, before, was, "changes its type");
        } else if (now && strcmp(now->key->text, was->key->text) != 0) {
            report_view(store, after, kept->key->span, before, was, "changes its place");
        }
        if (!kept || !now || strcmp(now->key->text, was->key->text) != 0) {
            return; /* all that follow are moved by this one */
        }
        now = now->next;
    }
}

/// What a view is made of must not lose or change columns either.
static void compare_sources(const Store *store, const Schema *before, const Schema *after,
                            const Schema *view) {
    for (const SchemaProperty *was = before->properties; was; was = was->next) {
        const SchemaProperty *kept = schema_property(after, was->key->text);
        const char *change = !kept                          ? "is gone"
                             : !same_type(store, was, kept) ? "changes its type"
                                                            : NULL;
        if (!change) {
            continue;
        }
        Diagnostics *list = store->schemas->compilation->diagnostics;
        Diagnostic *diagnostic = diagnostic_add(
            list, DIAG_STORE_VIEW_SOURCE, kept ? kept->key->span : after->span, was->key->text,
            after->name, change, store->location->construct->label, NULL);
        diagnostic_label(list, diagnostic, was->key->span, "in version %lld",
                         (long long)before->version);
        diagnostic_note(list, diagnostic, view->span, "view `%s` is made of it", view->name);
        note_dataset(store, diagnostic);
        diagnostic_help(list, diagnostic, "keep the property, or take the views away before");
    }
}

/// The schema of the same name in an earlier version of the package, or NULL.
static const Schema *earlier(const Store *store, const Schema *schema) {
    const Value *own = store->set->name;
    const GPtrArray *sets = g_hash_table_lookup(store->schemas->by_name, store->set->name_text);
    const Schema *best = NULL;
    for (guint s = 0; sets && s < sets->len; s++) {
        const SchemaSet *set = sets->pdata[s];
        const GPtrArray *known =
            set == store->set || set->package->construct != store->set->package->construct ||
                    !value_equal(own, set->name)
                ? NULL
                : g_hash_table_lookup(set->by_last, schema->last);
        for (guint i = 0; known && i < known->len; i++) {
            const Schema *one = known->pdata[i];
            if (!strcmp(one->name, schema->name) && !strcmp(one->kind, schema->kind) &&
                one->version < schema->version && (!best || one->version > best->version)) {
                best = one;
            }
        }
    }
    return best;
}

static bool is_view(const Schema *schema) {
    const Node *node = schema->type ? schema->type->node : NULL;
    const Node *stored = node ? decorator_find(node_decorators(node), "stored") : NULL;
    return stored && is_text(stored->a, "view");
}

static void check_view(const Store *store, const Schema *view) {
    if (!is_text(member_of(store->engine, "views"), "append") || !is_view(view)) {
        return;
    }
    const Schema *before = earlier(store, view);
    if (before && !schema_is_open(view) && !schema_is_open(before)) {
        compare_views(store, before, view);
    }
    for (const SchemaLink *link = view->links; link; link = link->next) {
        const Schema *source = is_view(link->target) ? NULL : earlier(store, link->target);
        if (source && !schema_is_open(source) && !schema_is_open(link->target)) {
            compare_sources(store, source, link->target, view);
        }
    }
}

/// A migration of a view that takes a column from one that the view no longer has renames it.
static void check_renames(const Store *store) {
    if (!is_text(member_of(store->engine, "views"), "append")) {
        return;
    }
    for (const Migration *one = store->set->migrations; one; one = one->next) {
        const Document *properties = document_member(one->document, "properties");
        if (!one->target || !is_view(one->target) || !properties ||
            properties->kind != DOCUMENT_MAP || schema_is_open(one->target) ||
            earlier(store, one->target)) { /* then the versions themselves were compared */
            continue;
        }
        for (const Document *value = properties->first; value; value = value->next) {
            bool name = value->kind == DOCUMENT_SCALAR && value->length;
            for (size_t i = 0; name && i < value->length; i++) {
                name = g_ascii_isalpha(value->text[i]) || value->text[i] == '_' ||
                       (i && g_ascii_isdigit(value->text[i]));
            }
            if (!name || schema_property(one->target, value->text)) {
                continue;
            }
            Diagnostics *list = store->schemas->compilation->diagnostics;
            Diagnostic *diagnostic = diagnostic_add(
                list, DIAG_STORE_VIEW, value->span, value->text, one->target->name,
                arena_printf(store->schemas->compilation->arena, "becomes `%s`", value->key->text),
                store->location->construct->label, NULL);
            note_dataset(store, diagnostic);
            diagnostic_help(
                list, diagnostic,
                "a view there only takes further columns behind those that it has: keep "
                "the column, or give the new view another name");
        }
    }
}

static void check_store(const Store *store) {
    for (const Schema *schema = store->set->first; schema; schema = schema->next) {
        check_identifiers(store, schema);
        check_refused(store, schema);
        check_view(store, schema);
    }
    check_renames(store);
}

/// Looks for engines in `location` and its parts. What contains itself is another check's matter.
static void visit_location(Store *store, const Resource *location, GHashTable *seen) {
    if (!g_hash_table_add(seen, (gpointer)location)) {
        return;
    }
    store->engine = engine_of(location->construct);
    if (store->engine) {
        store->location = location;
        check_store(store);
    }
    for (size_t i = 0; i < location->reference_count; i++) {
        const Reference *reference = &location->references[i];
        bool property = reference->property >= 0 &&
                        (size_t)reference->property < location->construct->property_count;
        if (property && location->construct->marks[reference->property] & MARK_PART) {
            visit_location(store, reference->target, seen);
        }
    }
}

/// A schema whose last name is `name`.
static bool has_schema(const SchemaSet *set, const char *name) {
    return g_hash_table_contains(set->by_last, name);
}

static void check_needed_schema(Schemas *schemas, const SchemaSet *set, Resource *dataset,
                                size_t property) {
    const Construct *construct = dataset->construct;
    const Node *needs =
        decorator_find(node_decorators(construct->properties[property].node), "needsSchema");
    const char *name = decorator_text(schemas->compilation->arena, needs);
    if (!name || !set->complete || !set->first || has_schema(set, name)) {
        return;
    }
    Compilation *compilation = schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_STORE_NEEDS_SCHEMA,
                                            resource_span(compilation, dataset, (int)property),
                                            construct->properties[property].name->text, name,
                                            resource_text(compilation, set->package), NULL);
    diagnostic_help(list, diagnostic, "add a schema of this name to the package");
}

/// Whether the program gives `path`, a property of the resource or a member of one.
static bool is_given(Compilation *compilation, Resource *resource, const char *path) {
    g_auto(GStrv) parts = g_strsplit(path, ".", -1);
    const Value *value = NULL;
    for (size_t i = 0; parts[i]; i++) {
        const Name *name = names_of(compilation->names, parts[i]);
        int number = value ? -1 : construct_property(resource->construct, name);
        value = number >= 0 ? resource_property(compilation, resource, (size_t)number, false)
                : value && value->kind == VALUE_OBJECT ? value_field(value, name)
                                                       : NULL;
        if (!value || value->kind == VALUE_ABSENT || value->kind == VALUE_ERROR) {
            return false;
        }
    }
    return true;
}

static bool has_resource(Schemas *schemas, const Resource *container, const char *label) {
    if (schemas->labelled != container) {
        g_hash_table_remove_all(schemas->labels);
        for (size_t i = 0; i < container->member_count; i++) {
            g_hash_table_add(schemas->labels, (gpointer)container->members[i]->construct->label);
        }
        schemas->labelled = container;
    }
    return g_hash_table_contains(schemas->labels, label);
}

/// Whether the container has a resource of the type; one that exists already may have it unseen.
static void check_needed_resource(Schemas *schemas, Resource *dataset, size_t property) {
    const Construct *construct = dataset->construct;
    const Node *needs =
        decorator_find(node_decorators(construct->properties[property].node), "needsResource");
    const char *label = decorator_text(schemas->compilation->arena, needs);
    const Resource *container = dataset->container;
    bool found = !label || container->construct->existing;
    if (!found && needs->a->next && needs->a->next->kind == NODE_STRING) {
        const Node *path = needs->a->next;
        g_autofree char *text = g_strndup(path->text, path->length);
        found = !is_given(schemas->compilation, dataset, text);
    }
    if (found || has_resource(schemas, container, label)) {
        return;
    }
    Compilation *compilation = schemas->compilation;
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_STORE_NEEDS_RESOURCE,
                                            resource_span(compilation, dataset, (int)property),
                                            construct->properties[property].name->text, label,
                                            container->construct->kind->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "declare one beside the %s",
                    construct->kind->text);
}

static void check_needs(Schemas *schemas, Resource *dataset, const SchemaSet *set) {
    const Construct *construct = dataset->construct;
    for (size_t i = 0; i < construct->property_count; i++) {
        if (!(construct->marks[i] & (MARK_NEEDS_SCHEMA | MARK_NEEDS_RESOURCE)) ||
            !resource_has(schemas->compilation, dataset, i) || dataset->slots[i].bad) {
            continue;
        }
        if (set && construct->marks[i] & MARK_NEEDS_SCHEMA) {
            check_needed_schema(schemas, set, dataset, i);
        }
        if (construct->marks[i] & MARK_NEEDS_RESOURCE) {
            check_needed_resource(schemas, dataset, i);
        }
    }
}

static void check_dataset(Schemas *schemas, Resource *dataset) {
    SchemaSet *set = NULL;
    for (size_t i = 0; i < dataset->reference_count && !set; i++) {
        set = g_hash_table_lookup(schemas->by_package, dataset->references[i].target);
    }
    check_needs(schemas, dataset, set);
    if (!set) {
        return;
    }
    set->dataset = set->dataset ? set->dataset : dataset;
    GHashTable *seen = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < dataset->reference_count; i++) {
        const Reference *reference = &dataset->references[i];
        Store store = {
            .schemas = schemas, .set = set, .dataset = dataset, .reference = reference->node};
        visit_location(&store, reference->target, seen);
    }
    g_hash_table_destroy(seen);
}

void schema_check_stores(Schemas *schemas) {
    Program *program = schemas->compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        const Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            check_dataset(schemas, container->members[m]);
        }
    }
    schema_check_dependencies(schemas);
}
