#include "collection.h"

#include "user_library.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/// What one container holds.
typedef struct Held {
    Resource **resources;
    size_t count, capacity;
    GHashTable *lists; ///< kind → Value
} Held;

/// The usual plural: `policies`, `boxes`, `locations`.
static const char *usual_plural(Arena *arena, const char *kind, size_t length) {
    const int last = length ? kind[length - 1] : 0;
    const int before = length > 1 ? kind[length - 2] : 0;
    const bool hisses = last == 's' || last == 'x' || last == 'z' ||
                        (last == 'h' && (before == 'c' || before == 's'));
    if (last == 'y' && before && !strchr("aeiou", before)) {
        return arena_printf(arena, "%.*sies", (int)length - 1, kind);
    }
    return arena_printf(arena, "%.*s%s", (int)length, kind, hisses ? "es" : "s");
}

/// The declaration of a kind: that of its base.
static const Node *kind_node(Compilation *compilation, const Name *kind) {
    const Node *node = user_library_construct(compilation->user_library, kind);
    return node ? node : library_construct_node(compilation->library, kind);
}

static const char *own_plural(Compilation *compilation, const Name *kind) {
    const Node *node = kind_node(compilation, kind);
    return node ? decorator_text(compilation->arena, decorator_find(node->c, "plural")) : NULL;
}

typedef bool (*KindVisitor)(Compilation *compilation, const Name *kind, void *data);

/// Calls `visit` for every kind until it returns true.
static const Name *each_kind(Compilation *compilation, KindVisitor visit, void *data) {
    const Name *last = NULL;
    for (const char **names = library_construct_names(compilation->library); *names; names++) {
        if (g_str_has_prefix(*names, "existing ")) {
            continue;
        }
        const Name *kind = names_intern(compilation->names, *names, strcspn(*names, "."));
        if (kind != last && visit(compilation, kind, data)) {
            return kind;
        }
        last = kind;
    }
    return NULL;
}

static bool is_usual(Compilation *compilation, const Name *kind, void *data) {
    const Name *plural = data;
    return plural->length > kind->length / 2 && plural->text[0] == kind->text[0] &&
           !strcmp(usual_plural(compilation->arena, kind->text, kind->length), plural->text) &&
           !own_plural(compilation, kind);
}

static bool is_own(Compilation *compilation, const Name *kind, void *data) {
    const char *own = own_plural(compilation, kind);
    return own && !strcmp(own, ((const Name *)data)->text);
}

/// The kind whose plural `name` is (`datasets`; what `@plural` of the construct says, else by the
/// usual rules), or NULL.
static const Name *collection_kind(Compilation *compilation, const Name *name) {
    Program *program = compilation->program;
    if (!program->plurals) {
        program->plurals = g_hash_table_new(NULL, NULL);
        compilation_keep_table(compilation, program->plurals);
    }
    gpointer known = NULL;
    if (g_hash_table_lookup_extended(program->plurals, name, NULL, &known)) {
        return known;
    }
    const Name *kind = each_kind(compilation, is_usual, (gpointer)name);
    kind = kind ? kind : each_kind(compilation, is_own, (gpointer)name);
    g_hash_table_insert(program->plurals, (gpointer)name, (gpointer)kind);
    return kind;
}

static bool offer_plural(Compilation *compilation, const Name *kind, void *data) {
    const char *own = own_plural(compilation, kind);
    similar_offer(data, own ? own : usual_plural(compilation->arena, kind->text, kind->length));
    return false;
}

void collection_offer(Compilation *compilation, Similar *similar) {
    each_kind(compilation, offer_plural, similar);
}

static const Type *reference_to(Compilation *compilation, const Name *kind) {
    Type *type = arena_new_object(compilation->arena, Type);
    *type = (Type){.kind = TYPE_REFERENCE, .name = kind};
    return type;
}

/// Whether `name` is the kind of a container.
static bool is_container(Compilation *compilation, const Name *name) {
    if (!library_has_kind(compilation->library, name)) {
        return false;
    }
    const Construct *construct = library_construct(compilation->library, name, NULL, false);
    return construct && construct->container;
}

const Type *collection_type(Compilation *compilation, const Construct *construct,
                            const Name *name) {
    if (construct->module) {
        return NULL;
    }
    if (!construct->container) {
        return is_container(compilation, name) ? reference_to(compilation, name) : NULL;
    }
    const Name *kind = collection_kind(compilation, name);
    return kind ? type_list(compilation->arena, reference_to(compilation, kind)) : NULL;
}

static int by_name(const void *left, const void *right) {
    const Resource *a = *(Resource *const *)left, *b = *(Resource *const *)right;
    const int order = strcmp(a->name->text, b->name->text);
    if (order) {
        return order;
    }
    const int keys = strcmp(a->key ? a->key : "", b->key ? b->key : "");
    if (keys) {
        return keys;
    }
    /* Of one name in several modules: by the instances that hold them. */
    if (a->use && b->use && a->use != b->use) {
        const Resource *one = a->use, *other = b->use;
        return by_name(&one, &other);
    }
    return (a->use != NULL) - (b->use != NULL);
}

static Held *held_by(Compilation *compilation, GHashTable *table, const Resource *container) {
    Held *held = g_hash_table_lookup(table, container);
    if (!held) {
        held = arena_new_object(compilation->arena, Held);
        held->lists = g_hash_table_new(NULL, NULL);
        compilation_keep_table(compilation, held->lists);
        g_hash_table_insert(table, (gpointer)container, held);
    }
    return held;
}

static void hold(Compilation *compilation, Held *held, Resource *resource) {
    if (held->count == held->capacity) {
        held->capacity = held->capacity ? held->capacity * 2 : 8;
        Resource **grown = arena_array(compilation->arena, Resource *, held->capacity);
        if (held->count) {
            memcpy(grown, held->resources, held->count * sizeof *grown);
        }
        held->resources = grown;
    }
    held->resources[held->count++] = resource;
}

static void sort_held(gpointer key, gpointer value, gpointer data) {
    Held *held = value;
    (void)key;
    (void)data;
    if (held->count > 1) {
        qsort(held->resources, held->count, sizeof *held->resources, by_name);
    }
}

/// Who holds what, of all containers that are built.
static GHashTable *holders(Compilation *compilation) {
    Program *program = compilation->program;
    if (program->holders) {
        return program->holders;
    }
    GHashTable *table = g_hash_table_new(NULL, NULL);
    compilation_keep_table(compilation, table);
    for (size_t i = 0; i < program->container_count; i++) {
        const Resource *container = program->containers[i];
        for (size_t m = 0; m < container->member_count; m++) {
            Resource *member = container->members[m];
            const Resource *environment = resource_environment(compilation, member);
            hold(compilation, held_by(compilation, table, environment), member);
        }
    }
    g_hash_table_foreach(table, sort_held, NULL);
    program->holders = table;
    return table;
}

static const Value *list_of(Compilation *compilation, Held *held, const Name *kind) {
    const Value *known = g_hash_table_lookup(held->lists, kind);
    if (known) {
        return known;
    }
    Value *list = value_list(compilation->arena, held->count, NULL);
    list->count = 0;
    for (size_t i = 0; i < held->count; i++) {
        if (held->resources[i]->construct->kind == kind) {
            Value *one = value_new(compilation->arena, VALUE_RESOURCE, NULL);
            one->resource = held->resources[i];
            list->items[list->count++] = one;
        }
    }
    g_hash_table_insert(held->lists, (gpointer)kind, list);
    return list;
}

static const Value *report_early(Compilation *compilation, const Resource *container,
                                 const Name *name, const Node *node) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_COLLECTION_EARLY,
                                            node ? node_span(node) : NO_SPAN, name->text,
                                            resource_text(compilation, container), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a condition or loop cannot depend on what they themselves decide; properties, "
                    "outputs and rules can");
    return &value_error;
}

const Value *collection_value(Compilation *compilation, Resource *resource, const Name *name,
                              const Node *node) {
    const Construct *construct = resource->construct;
    if (construct->module) {
        return NULL;
    }
    if (!construct->container) {
        if (!is_container(compilation, name)) {
            return NULL;
        }
        Resource *environment = resource_environment(compilation, resource);
        Value *value = value_new(compilation->arena, VALUE_RESOURCE, node);
        value->resource = environment;
        return environment->construct->kind == name ? value : &value_absent;
    }
    const Name *kind = collection_kind(compilation, name);
    if (!kind) {
        return NULL;
    }
    if (!compilation->program->expanded) {
        return report_early(compilation, resource, name, node);
    }
    return list_of(compilation, held_by(compilation, holders(compilation), resource), kind);
}

/// Looks for a property or attribute among the types of a kind.
typedef struct TypeSearch {
    const Name *kind;
    const Name *name;
} TypeSearch;

static bool type_knows(Compilation *compilation, const char *label, const TypeSearch *search) {
    const size_t length = search->kind->length;
    if (strncmp(label, search->kind->text, length) != 0 || label[length] != '.') {
        return false;
    }
    const Construct *construct =
        library_construct(compilation->library, search->kind,
                          names_of(compilation->names, label + length + 1), false);
    return construct && (construct->open || construct_property(construct, search->name) >= 0 ||
                         construct_attribute(construct, search->name));
}

bool collection_kind_knows(Compilation *compilation, const Construct *base, const Name *name) {
    const TypeSearch search = {base->kind, name};
    bool found = base->open || base->families;
    for (const char **names = library_construct_names(compilation->library); *names && !found;
         names++) {
        found = type_knows(compilation, *names, &search);
    }
    return found;
}
