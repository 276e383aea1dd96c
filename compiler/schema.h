/// Schemas: what the documents of a package say, held against the library's description of them
/// (`stdlib/types/schema.depot`), and against each other.
#ifndef DEPOT_SCHEMA_H
#define DEPOT_SCHEMA_H

#include "schema_files.h"

typedef struct SchemaSet SchemaSet;
typedef struct Schema Schema;

/// A property of a schema.
typedef struct SchemaProperty {
    const Document *key;   ///< its name, and where it stands
    const Document *value; ///< what is said of it
    struct SchemaProperty *next;
} SchemaProperty;

/// Something that one schema says of another.
typedef struct SchemaLink {
    Schema *target;
    const Document *document; ///< where it is written
    bool extends;             ///< it takes over what the other has
    struct SchemaLink *next;
} SchemaLink;

struct Schema {
    SchemaSet *set;
    const char *name; ///< `orders.Customer`, as declared or as its file's path has it
    const char *path; ///< dotted, with all folders that the program names: names are its ends
    const char *last; ///< the last part of the name
    const Document *document; ///< DOCUMENT_MAP
    const char *kind;         ///< "object", …
    const Type *type;         ///< what the library says of the kind, or NULL (reported)
    Span span;                ///< where messages about the whole of it point to
    int64_t version;
    const Document *version_place; ///< or NULL
    SchemaProperty *properties;
    const Type *properties_type; ///< what the library says of the properties
    const Document *extensions;  ///< or NULL
    SchemaLink *links;
    bool open;     ///< it has properties that are not known: of what it extends
    uint8_t state; ///< of the search for circles
    Schema *next;
};

/// A migration of a package.
typedef struct Migration {
    const Document *document;
    Schema *target; ///< NULL: unknown
    const Document *target_place;
    bool has_from, has_to;
    int64_t from, to;
    struct Migration *next;
} Migration;

/// The schemas of one package.
struct SchemaSet {
    Resource *package;
    const struct Value *name; ///< of the package
    const char *name_text;    ///< "" if only the deployment knows it
    Schema *first, *last;
    Migration *migrations, *last_migration;
    bool complete;               ///< all of them were read
    const Resource *dataset;     ///< the first that uses it, or NULL
    uint8_t state;               ///< of the search for circles
    struct _GHashTable *by_last; ///< last part of the name → GPtrArray of Schema
    SchemaSet *next;
};

/// All sets of the program.
typedef struct Schemas {
    Compilation *compilation;
    SchemaSet *first, *last;
    const Type *scalars, *collections; ///< of the library
    struct _GHashTable *documents;     ///< Source → Document, NULL for one that cannot be read
    struct _GHashTable *by_package;    ///< Resource → SchemaSet
    struct _GHashTable
        *by_last; ///< last part of a schema's name → GPtrArray of SchemaSet, in order
    struct _GHashTable *by_name;     ///< `name_text` → likewise
    struct _GHashTable *labels;      ///< of the constructs in `labelled`
    const struct Resource *labelled; ///< a container, or NULL
} Schemas;

// schema_read.c
/// Whether a container holds what names files with schemas, a package: it shares their names with
/// all other containers.
bool container_has_schemas(const Resource *container);

/// Adds the schemas of a file. Reports what is no schema, has no kind or a name of its own that its
/// path contradicts, and names that are taken.
void schema_read_file(Schemas *schemas, SchemaSet *set, const SchemaFile *file,
                      const Document *document);

// schema_names.c
/// The same, and reports what is found nowhere. `types`: names of types are offered too.
Schema *schema_resolve(const Schemas *schemas, Schema *from, const Document *reference,
                       const char *text, bool types);
/// Remembers that `from` speaks of `target`.
void schema_link(Schemas *schemas, Schema *from, Schema *target, const Document *document,
                 bool extends);
/// Reports schemas that extend themselves.
void schema_check_extends(const Schemas *schemas);
/// The property `name` of a schema or of what it extends; NULL if it has none or is open.
const SchemaProperty *schema_property(const Schema *schema, const char *name);
/// Whether some property may be unknown.
bool schema_is_open(const Schema *schema);

// schema_check.c
/// Holds the document of a schema against the library's type for its kind.
void schema_check(Schemas *schemas, Schema *schema);
/// Holds `document` against the library's type `type`; `what` is its name for messages, `schema`
/// may be NULL. Without further consequences after a report.
void schema_check_value(Schemas *schemas, Schema *schema, const Document *document,
                        const Type *type, const char *what);
/// Judges expressions that speak of `this`, once all properties are known.
void schema_check_expressions(Schemas *schemas, Schema *schema);

// schema_type.c
/// Holds a property's type, or the property with it, against what there is.
void schema_check_type(Schemas *schemas, Schema *schema, const Document *document);
void schema_check_property(Schemas *schemas, Schema *schema, const Document *document,
                           const Type *details);
/// The word of a property's type without its marker: "string", "orders.Customer", "array"; NULL if
/// it says none. `*required` is whether a value is required.
const char *schema_type_word(Arena *arena, const SchemaProperty *property, bool *required);

// schema_migration.c
/// Adds the migrations of a file to the set.
void schema_read_migrations(Schemas *schemas, SchemaSet *set, const Document *document);
/// Holds migrations against the versions of their targets and against each other.
void schema_check_migrations(Schemas *schemas, SchemaSet *set);

// schema_store.c
/// Holds schemas against the engines that datasets put them into, and datasets against each other.
void schema_check_stores(Schemas *schemas);

// schema_depend.c
/// Reports packages whose schemas speak of each other in a circle: no dataset of them could be
/// deployed first.
void schema_check_dependencies(Schemas *schemas);

#endif
