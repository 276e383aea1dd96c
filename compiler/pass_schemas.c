/// The schemas and migrations of packages: that they exist, say what Depot understands, and fit
/// each other and the engines that they are put into.
#include "passes.h"
#include "schema.h"
#include "schema_depot.h"

#include <glib.h>

typedef void (*FileVisitor)(Schemas *schemas, SchemaSet *set, const SchemaFile *file,
                            const Document *document);

/// What a file says; several packages may name it.
static const Document *read_document(const Schemas *schemas, const SchemaFile *file) {
    if (file->declared) {
        return file->declared->document;
    }
    gpointer known = NULL;
    if (!g_hash_table_lookup_extended(schemas->documents, file->source, NULL, &known)) {
        known = yaml_read(schemas->compilation, file->source);
        g_hash_table_insert(schemas->documents, file->source, known);
    }
    return known;
}

static void read_files(Schemas *schemas, SchemaSet *set, size_t property, FileVisitor visit) {
    Compilation *compilation = schemas->compilation;
    SchemaFiles files = {.complete = true};
    schema_files_read(compilation, set->package, property, &files);
    set->complete = set->complete && files.complete;
    for (const SchemaFile *file = files.first; file; file = file->next) {
        const Document *document = read_document(schemas, file);
        if (document) {
            visit(schemas, set, file, document);
        } else {
            set->complete = false;
        }
    }
    schema_files_rebase(compilation, set->package, property);
    schema_files_keep(compilation, set->package, &files);
}

static void visit_migrations(Schemas *schemas, SchemaSet *set, const SchemaFile *file,
                             const Document *document) {
    (void)file;
    schema_read_migrations(schemas, set, document);
}

static GHashTable *table_of_lists(void) {
    return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
}

static void add_to(GHashTable *lists, const char *key, SchemaSet *set) {
    GPtrArray *list = g_hash_table_lookup(lists, key);
    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(lists, (gpointer)key, list);
    }
    g_ptr_array_add(list, set);
}

static const Value *package_name(Compilation *compilation, Resource *package) {
    int number = package->construct->name_property;
    return number < 0 ? &value_absent
                      : resource_property(compilation, package, (size_t)number, true);
}

static SchemaSet *new_set(Schemas *schemas, Resource *package) {
    SchemaSet *set = arena_new_object(schemas->compilation->arena, SchemaSet);
    *set = (SchemaSet){.package = package,
                       .name = package_name(schemas->compilation, package),
                       .name_text = "",
                       .complete = true};
    if (set->name->kind == VALUE_STRING) {
        set->name_text =
            arena_strndup(schemas->compilation->arena, set->name->text, set->name->length);
    }
    g_hash_table_insert(schemas->by_package, package, set);
    add_to(schemas->by_name, set->name_text, set);
    set->by_last = table_of_lists();
    compilation_keep_table(schemas->compilation, set->by_last);
    if (schemas->last) {
        schemas->last->next = set;
    } else {
        schemas->first = set;
    }
    schemas->last = set;
    return set;
}

/// Calls `read_files` for the properties of all packages that have `mark`.
static void read_marked(Schemas *schemas, SchemaSet *set, PropertyMark mark, FileVisitor visit) {
    const Construct *construct = set->package->construct;
    for (size_t i = 0; i < construct->property_count; i++) {
        if (construct->marks[i] & mark) {
            read_files(schemas, set, i, visit);
        }
    }
}

static bool holds_schemas(const Construct *construct) {
    for (size_t i = 0; i < construct->property_count; i++) {
        if (construct->marks[i] & MARK_SCHEMAS) {
            return true;
        }
    }
    return false;
}

bool container_has_schemas(const Resource *container) {
    for (size_t m = 0; m < container->member_count; m++) {
        if (holds_schemas(container->members[m]->construct)) {
            return true;
        }
    }
    return false;
}

static void add_sets(Schemas *schemas, const Resource *container) {
    for (size_t m = 0; m < container->member_count; m++) {
        Resource *resource = container->members[m];
        if (holds_schemas(resource->construct)) {
            read_marked(schemas, new_set(schemas, resource), MARK_SCHEMAS, schema_read_file);
        }
    }
}

static void index_names(Schemas *schemas) {
    for (SchemaSet *set = schemas->first; set; set = set->next) {
        GHashTableIter iter;
        gpointer last;
        g_hash_table_iter_init(&iter, set->by_last);
        while (g_hash_table_iter_next(&iter, &last, NULL)) {
            add_to(schemas->by_last, last, set);
        }
    }
}

static void check_sets(Schemas *schemas) {
    index_names(schemas);
    for (SchemaSet *set = schemas->first; set; set = set->next) {
        for (Schema *schema = set->first; schema; schema = schema->next) {
            schema_check(schemas, schema);
        }
    }
    schema_check_extends(schemas);
    for (SchemaSet *set = schemas->first; set; set = set->next) {
        for (Schema *schema = set->first; schema; schema = schema->next) {
            schema_check_expressions(schemas, schema);
        }
        read_marked(schemas, set, MARK_MIGRATIONS, visit_migrations);
        schema_check_migrations(schemas, set);
    }
    schema_check_stores(schemas);
}

void pass_schemas(Compilation *compilation) {
    Program *program = compilation->program;
    Schemas schemas = {.compilation = compilation,
                       .documents = g_hash_table_new(NULL, NULL),
                       .by_package = g_hash_table_new(NULL, NULL),
                       .by_last = table_of_lists(),
                       .by_name = table_of_lists(),
                       .labels = g_hash_table_new(g_str_hash, g_str_equal)};
    for (size_t i = 0; i < program->container_count; i++) {
        add_sets(&schemas, program->containers[i]);
    }
    bool any = false;
    for (const SchemaSet *set = schemas.first; set && !any; set = set->next) {
        any = set->first != NULL;
    }
    if (any) { /* only then is the library's description of schemas read */
        schemas.scalars =
            library_type(compilation->library, names_of(compilation->names, "schemaScalar"));
        schemas.collections =
            library_type(compilation->library, names_of(compilation->names, "schemaCollection"));
    }
    check_sets(&schemas);
    g_hash_table_destroy(schemas.documents);
    g_hash_table_destroy(schemas.by_package);
    g_hash_table_destroy(schemas.by_last);
    g_hash_table_destroy(schemas.by_name);
    g_hash_table_destroy(schemas.labels);
}
