#include "library.h"

#include "chapters.h"
#include "embedded.h"
#include "eval.h"
#include "parse.h"
#include "type_resolve.h"

#include <glib.h>
#include <string.h>

struct Library {
    Compilation *compilation;
    Source **sources;       ///< by embedded file; NULL until read
    GHashTable *constructs; ///< Name of "kind.type" or "existing kind" → Construct
    GHashTable *asked; ///< ids of kind, type and `existing` in one → the same; spares the Name
    GHashTable *types; ///< Name → Type
    GHashTable *kinds; ///< Name → 1 or 2 (known, unknown)
};

Library *library_new(Compilation *compilation) {
    Library *library = arena_new_object(compilation->arena, Library);
    library->compilation = compilation;
    library->sources = arena_array(compilation->arena, Source *, embedded_file_count);
    library->constructs = g_hash_table_new(NULL, NULL);
    library->asked = g_hash_table_new(g_int64_hash, g_int64_equal);
    library->types = g_hash_table_new(NULL, NULL);
    library->kinds = g_hash_table_new(NULL, NULL);
    compilation_keep_table(compilation, library->constructs);
    compilation_keep_table(compilation, library->asked);
    compilation_keep_table(compilation, library->types);
    compilation_keep_table(compilation, library->kinds);
    return library;
}

/// The index entry `name`, or NULL.
static const EmbeddedName *find_entry(const char *name) {
    size_t low = 0, high = embedded_name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(embedded_names[middle].name, name);
        if (order == 0) {
            return &embedded_names[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static Source *load(Library *library, size_t file) {
    if (library->sources[file]) {
        return library->sources[file];
    }
    const EmbeddedFile *embedded = &embedded_files[file];
    char *path = g_strdup_printf("<depotc>/%s", embedded->path);
    Source *source =
        compilation_add_library(library->compilation, path, embedded->text, embedded->length);
    g_free(path);
    library->sources[file] = source;
    return source;
}

/// The declaration of `kind` called `name` in a file that was read, or NULL.
static Node *find_declaration(const Source *source, NodeKind kind, const Name *name,
                              bool existing) {
    for (Node *node = source->tree->a; node; node = node->next) {
        if (node->kind == kind && node->name == name &&
            ((node->flags & NODE_EXISTING) != 0) == existing) {
            return node;
        }
    }
    return NULL;
}

/// The construct of the chapter `entry` ("construct KIND.TYPE"), which is read now; NULL if there
/// is none.
static Node *load_chapter(Library *library, const char *entry, const Name *name, Source **source) {
    Chapter chapter;
    if (!chapter_find(entry, &chapter)) {
        return NULL;
    }
    char *path = g_strdup_printf("<depotc>/%s/%s", chapter.path, name->text);
    *source = compilation_add_library(library->compilation, path, chapter.text, chapter.length);
    g_free(path);
    return find_declaration(*source, NODE_CONSTRUCT, name, false);
}

/// The declaration of `kind` (NODE_TYPE, …) called `name` in the embedded file of `entry`.
static Node *load_declaration(Library *library, const EmbeddedName *entry, NodeKind kind,
                              const Name *name, bool existing, Source **source) {
    *source = load(library, entry->file);
    return find_declaration(*source, kind, name, existing);
}

const Node *decorator_find(const Node *decorators, const char *name) {
    for (; decorators; decorators = decorators->next) {
        if (decorators->name && !strcmp(decorators->name->text, name)) {
            return decorators;
        }
    }
    return NULL;
}

const char *decorator_text(Arena *arena, const Node *decorator) {
    if (!decorator || !decorator->a || decorator->a->kind != NODE_STRING) {
        return NULL;
    }
    return arena_strndup(arena, decorator->a->text, decorator->a->length);
}

const Node *node_decorators(const Node *node) {
    switch (node->kind) {
    case NODE_TYPE_DECORATED:
    case NODE_TYPE_CASE:
    case NODE_PARAM:
    case NODE_LET:
    case NODE_TYPE:
    case NODE_RESOURCE:
    case NODE_OUTPUT:
    case NODE_FN:
    case NODE_MODULE:
    case NODE_USE:
    case NODE_TEST:
    case NODE_SCHEMA:
    case NODE_CONSTRUCT:
    case NODE_PROPERTY_DECL:
    case NODE_ATTRIBUTE:
    case NODE_RULE:
    case NODE_CLAUSE:
        return node->c;
    default:
        return NULL;
    }
}

Provenance provenance_of(Arena *arena, const Node *node, const Node *outer) {
    for (int turn = 0; turn < 2; turn++) {
        const Node *decorators = turn ? outer : node;
        decorators = decorators ? node_decorators(decorators) : NULL;
        const Node *inferred = decorator_find(decorators, "inferred");
        if (inferred) {
            return (Provenance){true, decorator_text(arena, inferred)};
        }
        const Node *docs = decorator_find(decorators, "docs");
        if (docs) {
            return (Provenance){false, decorator_text(arena, docs)};
        }
    }
    return (Provenance){false, NULL};
}

/// The decorators that the compiler knows; `mark` is what whole-program passes go by.
static const struct {
    const char *name;
    uint32_t mark;
} decorators_known[] = {{"part", MARK_PART},
                        {"exclusive", MARK_EXCLUSIVE},
                        {"dependency", 0},
                        {"fallback", MARK_FALLBACK},
                        {"purposes", MARK_PURPOSES},
                        {"needs", MARK_NEEDS},
                        {"disjoint", MARK_DISJOINT},
                        {"schemaFiles", MARK_SCHEMAS},
                        {"migrationFiles", MARK_MIGRATIONS},
                        {"reads", 0},
                        {"reserved", 0},
                        {"engine", 0},
                        {"docs", 0},
                        {"inferred", 0},
                        {"deprecated", 0},
                        {"unique", 0},
                        {"provides", 0},
                        {"container", 0},
                        {"id", 0},
                        {"file", 0},
                        {"pattern", 0},
                        {"length", 0},
                        {"range", 0},
                        {"format", 0},
                        {"warning", 0},
                        {"at", 0},
                        {"open", 0},
                        {"dependsOn", 0},
                        {"attributes", 0},
                        {"reads", 0},
                        {"key", 0},
                        {"plain", 0},
                        {"sorted", 0},
                        {"when", 0}};

static int known_decorator(const Node *decorator) {
    for (size_t i = 0; i < G_N_ELEMENTS(decorators_known); i++) {
        if (decorator->name && !strcmp(decorator->name->text, decorators_known[i].name)) {
            return (int)i;
        }
    }
    return -1;
}

bool decorator_is_form(const Node *decorator) {
    return decorator->name && known_decorator(decorator) < 0;
}

static uint32_t marks_of(const Node *decorators) {
    uint32_t marks = 0;
    for (; decorators; decorators = decorators->next) {
        int known = known_decorator(decorators);
        marks |= known < 0 ? (uint32_t)MARK_FORM : decorators_known[known].mark;
    }
    return marks;
}

/// Lets the construct take any properties and have any attributes.
static void construct_open(Arena *arena, Construct *construct) {
    construct->open = true;
    construct->any_attribute = arena_new_object(arena, Attribute);
    construct->any_attribute->type = &type_any;
}

static void add_unique(Arena *arena, Construct *construct, const char *what, const Node *key,
                       size_t property, const Node *node) {
    Unique *unique = arena_new_object(arena, Unique);
    *unique = (Unique){
        .what = what, .key = key, .property = property, .node = node, .next = construct->uniques};
    construct->uniques = unique;
}

static size_t count_members(const Node *list, NodeKind kind) {
    size_t count = 0;
    for (; list; list = list->next) {
        count += list->kind == kind;
    }
    return count;
}

static void add_property(Compilation *compilation, Construct *construct, Node *node) {
    const Type *type = type_resolve(compilation, node->a, construct->scope);
    type = type_narrow(compilation, type, node);
    Property property = {.name = node->name,
                         .type = type,
                         .node = node,
                         .fallback = node->b,
                         .optional =
                             (node->flags & NODE_OPTIONAL) || node->b || type->kind == TYPE_NEVER};
    int known = construct_property(construct, node->name);
    size_t index = known >= 0 ? (size_t)known : construct->property_count++;
    construct->properties[index] = property;
    construct->marks[index] = marks_of(node->c);
    if (!strcmp(node->name->text, "name")) {
        construct->name_property = (int)index;
    }
    const Node *unique = decorator_find(node->c, "unique");
    if (unique) {
        add_unique(compilation->arena, construct, node->name->text, NULL, index, unique);
    }
}

static void inherit(Construct *construct, const Construct *base) {
    construct->base = base;
    construct->provides = base->provides;
    construct->container = base->container;
    construct->fixed_id = base->fixed_id;
    construct->attributes = base->attributes;
    construct->rules = base->rules;
    construct->clauses = base->clauses;
    construct->resource_attributes = base->resource_attributes;
    construct->attribute_forms = base->attribute_forms;
    construct->depends_name = base->depends_name;
    construct->uniques = base->uniques;
    construct->property_count = base->property_count;
    construct->name_property = base->name_property;
    if (!base->property_count) {
        return;
    }
    memcpy(construct->properties, base->properties, base->property_count * sizeof(Property));
    memcpy(construct->marks, base->marks, base->property_count * sizeof(uint32_t));
}

static void add_clause(Compilation *compilation, const Node *node, Clause ***last) {
    Clause *clause = arena_new_object(compilation->arena, Clause);
    clause->node = node;
    clause->target = node->name;
    clause->head = node->a && node->a->kind == NODE_STRING
                       ? arena_strndup(compilation->arena, node->a->text, node->a->length)
                       : "";
    clause->at = decorator_text(compilation->arena, decorator_find(node->c, "at"));
    const Node *when = decorator_find(node->c, "when");
    clause->when = when ? when->a : NULL;
    **last = clause;
    *last = &clause->next;
}

/// A clause that stands at the construct's own place and has no head makes a resource of the
/// construct's own type.
static void name_clauses(Construct *construct) {
    for (Clause *clause = construct->clauses; clause && construct->type; clause = clause->next) {
        if (clause->at && !*clause->at && !*clause->head) {
            clause->head = construct->type->text;
        }
    }
}

/// The clauses `own` replace what the construct inherits for the same back ends.
static void merge_clauses(Compilation *compilation, Construct *construct, Clause *own) {
    Clause *merged = NULL, **tail = &merged;
    for (const Clause *clause = construct->clauses; clause; clause = clause->next) {
        bool replaced = false;
        for (const Clause *mine = own; mine; mine = mine->next) {
            replaced = replaced || mine->target == clause->target;
        }
        if (replaced) {
            continue;
        }
        Clause *copy = arena_new_object(compilation->arena, Clause);
        *copy = *clause;
        copy->mentions = NULL; /* properties have other numbers there */
        copy->next = NULL;
        *tail = copy;
        tail = &copy->next;
    }
    *tail = own;
    construct->clauses = merged;
    name_clauses(construct);
}

static void add_clauses(Compilation *compilation, Construct *construct, const Node *body) {
    Clause *own = NULL, **last = &own;
    for (const Node *node = body->a; node; node = node->next) {
        if (node->kind == NODE_CLAUSE) {
            add_clause(compilation, node, &last);
        }
    }
    merge_clauses(compilation, construct, own);
}

/// Behind its own earlier ones, before those that it inherits, which it may hide.
static void add_attribute(Construct *construct, Attribute *attribute) {
    const Attribute *inherited = construct->base ? construct->base->attributes : NULL;
    Attribute **last = &construct->attributes;
    while (*last && *last != inherited) {
        last = &(*last)->next;
    }
    attribute->next = *last;
    *last = attribute;
}

static void add_member(Compilation *compilation, Construct *construct, Node *node) {
    Arena *arena = compilation->arena;
    if (node->kind == NODE_ATTRIBUTE) {
        Attribute *attribute = arena_new_object(arena, Attribute);
        *attribute = (Attribute){.name = node->name, .node = node};
        attribute->type = type_resolve(compilation, node->a, construct->scope);
        add_attribute(construct, attribute);
    } else if (node->kind == NODE_RULE && node->a && node->a->a) {
        Rule *rule = arena_new_object(arena, Rule);
        *rule = (Rule){.node = node, .next = construct->rules};
        rule->code = arena_strndup(arena, node->a->a->text, node->a->a->length);
        rule->severity = decorator_find(node->c, "warning") ? SEVERITY_WARNING : SEVERITY_ERROR;
        construct->rules = rule;
    }
}

/// The names that expressions of the construct may use.
static void declare_names(Compilation *compilation, Construct *construct) {
    static const struct {
        const char *name;
        SymbolKind kind;
    } fixed[] = {{"self", SYMBOL_SELF}, {"rest", SYMBOL_REST}, {"null", SYMBOL_NULL}};
    for (size_t i = 0; i < construct->property_count; i++) {
        Property *property = &construct->properties[i];
        Symbol *symbol = scope_add(compilation, construct->scope, SYMBOL_PROPERTY, property->name,
                                   (Node *)property->node);
        symbol->property = i;
        symbol->state = STATE_DONE;
        symbol->type = property->type;
        property->symbol = symbol;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++) {
        const Name *name = names_of(compilation->names, fixed[i].name);
        if (scope_find_here(construct->scope, name)) {
            continue;
        }
        Symbol *symbol = scope_add(compilation, construct->scope, fixed[i].kind, name, NULL);
        symbol->state = STATE_DONE;
        symbol->type = &type_any;
    }
}

/// What says how a construct speaks of things that it does not declare one by one.
static void read_openness(Compilation *compilation, Construct *construct, const Node *node) {
    const Node *attributes = decorator_find(node->c, "attributes");
    const Node *reads = decorator_find(node->c, "reads");
    const char *depends = decorator_text(compilation->arena, decorator_find(node->c, "dependsOn"));
    const Node *open = decorator_find(node->c, "open");
    if (attributes) {
        construct->resource_attributes = attributes->a;
    }
    if (reads) {
        construct->attribute_forms = reads->a;
    }
    if (depends) {
        construct->depends_name = names_of(compilation->names, depends);
    }
    if (open && open->a) {
        construct->families = open->a;
    } else if (open) {
        construct_open(compilation->arena, construct);
    }
}

static void read_decorators(Compilation *compilation, Construct *construct, const Node *node) {
    if (decorator_find(node->c, "container")) {
        construct->container = true;
    }
    if (decorator_find(node->c, "provides")) {
        construct->provides = true;
    }
    construct->deprecated = decorator_find(node->c, "deprecated");
    construct->file = decorator_text(compilation->arena, decorator_find(node->c, "file"));
    read_openness(compilation, construct, node);
    const char *id = decorator_text(compilation->arena, decorator_find(node->c, "id"));
    if (id) {
        construct->fixed_id = id;
    }
    for (const Node *mark = node->c; mark; mark = mark->next) {
        if (mark->name && !strcmp(mark->name->text, "unique") && mark->a && mark->a->next) {
            add_unique(compilation->arena, construct, decorator_text(compilation->arena, mark),
                       mark->a->next, 0, mark);
        }
    }
}

static void fill(Compilation *compilation, Construct *construct, const Construct *base) {
    const Node *body = construct->node->b;
    size_t most =
        (base ? base->property_count : 0) + (body ? count_members(body->a, NODE_PROPERTY_DECL) : 0);
    construct->properties = arena_array(compilation->arena, Property, most);
    construct->marks = arena_array(compilation->arena, uint32_t, most);
    construct->name_property = -1;
    if (base) {
        inherit(construct, base);
    }
    read_decorators(compilation, construct, construct->node);
    if (!body) {
        return;
    }
    for (Node *node = body->a; node; node = node->next) {
        if (node->kind == NODE_PROPERTY_DECL) {
            add_property(compilation, construct, node);
        }
    }
    declare_names(compilation, construct);
    for (Node *node = body->a; node; node = node->next) {
        add_member(compilation, construct, node);
    }
    add_clauses(compilation, construct, body);
    construct->abstract = !construct->clauses;
}

/// What messages call a construct. Types in quotes are names of their own: `AWS::SNS::Topic`.
static const char *label_of(const Name *key, const Name *type) {
    return type && strchr(type->text, ':') ? type->text : key->text;
}

/// Whether `name` is of the family `pattern`, in which one `*` stands for any text.
static bool in_family(const Name *name, const Node *pattern) {
    const char *star =
        pattern->kind == NODE_STRING ? memchr(pattern->text, '*', pattern->length) : NULL;
    if (!star) {
        return false;
    }
    size_t before = (size_t)(star - pattern->text), after = pattern->length - before - 1;
    return name->length > before + after && !memcmp(name->text, pattern->text, before) &&
           !memcmp(name->text + name->length - after, star + 1, after);
}

/// The construct of a type that nobody declares because its base takes all of its family; or NULL.
static Construct *make_member_of_family(Library *library, const Name *key, const Name *kind,
                                        const Name *type) {
    Compilation *compilation = library->compilation;
    const Construct *base = library_construct(library, kind, NULL, false);
    bool found = false;
    for (const Node *one = base ? base->families : NULL; one && !found; one = one->next) {
        found = in_family(type, one);
    }
    if (!found) {
        return NULL;
    }
    Construct *construct = arena_new_object(compilation->arena, Construct);
    *construct = (Construct){.kind = kind,
                             .type = type,
                             .label = label_of(key, type),
                             .node = base->node,
                             .source = base->source,
                             .scope = base->scope};
    g_hash_table_insert(library->constructs, (gpointer)key, construct);
    construct->properties = arena_array(compilation->arena, Property, base->property_count);
    construct->marks = arena_array(compilation->arena, uint32_t, base->property_count);
    inherit(construct, base);
    merge_clauses(compilation, construct, NULL);
    construct_open(compilation->arena, construct);
    return construct;
}

static Construct *make_construct(Library *library, const Name *key, const Name *kind,
                                 const Name *type, bool existing) {
    Compilation *compilation = library->compilation;
    const char *entry_name =
        existing ? key->text : arena_printf(compilation->arena, "construct %s", key->text);
    const EmbeddedName *entry = find_entry(entry_name);
    Source *source = NULL;
    const Name *declared =
        type ? names_of(compilation->names,
                        arena_printf(compilation->arena, "%s.%s", kind->text, type->text))
             : kind;
    Node *node = entry
                     ? load_declaration(library, entry, NODE_CONSTRUCT, declared, existing, &source)
                 : existing ? NULL
                            : load_chapter(library, entry_name, declared, &source);
    if (!node) {
        return type && !existing ? make_member_of_family(library, key, kind, type) : NULL;
    }
    Construct *construct = arena_new_object(compilation->arena, Construct);
    *construct = (Construct){.kind = kind,
                             .type = type,
                             .label = label_of(key, type),
                             .node = node,
                             .source = source,
                             .existing = existing};
    construct->scope =
        scope_new(compilation, SCOPE_LIBRARY, scope_of_file(compilation, source), source);
    construct->scope->construct = construct;
    /* Entered before its types are read, so that a property may refer to its own kind. */
    g_hash_table_insert(library->constructs, (gpointer)key, construct);
    const Construct *base =
        type && !existing ? library_construct(library, kind, NULL, false) : NULL;
    fill(compilation, construct, base);
    return construct;
}

static const Construct *find_construct(Library *library, const Name *kind, const Name *type,
                                       bool existing) {
    Compilation *compilation = library->compilation;
    const Name *key = kind;
    if (existing) {
        key = names_of(compilation->names,
                       arena_printf(compilation->arena, "existing %s", kind->text));
    } else if (type) {
        key = names_of(compilation->names,
                       arena_printf(compilation->arena, "%s.%s", kind->text, type->text));
    }
    gpointer known = NULL;
    if (g_hash_table_lookup_extended(library->constructs, key, NULL, &known)) {
        return known;
    }
    Construct *construct = make_construct(library, key, kind, type, existing);
    if (!construct) {
        g_hash_table_insert(library->constructs, (gpointer)key, NULL);
    }
    return construct;
}

const Construct *library_construct(Library *library, const Name *kind, const Name *type,
                                   bool existing) {
    gint64 key = (gint64)kind->id << 32 | (gint64)(type ? type->id : 0) << 1 | existing;
    gpointer known = NULL;
    if (g_hash_table_lookup_extended(library->asked, &key, NULL, &known)) {
        return known;
    }
    const Construct *construct = find_construct(library, kind, type, existing);
    gint64 *kept = arena_new_object(library->compilation->arena, gint64);
    *kept = key;
    g_hash_table_insert(library->asked, kept, (gpointer)construct);
    return construct;
}

bool library_has_kind(Library *library, const Name *kind) {
    gpointer known = g_hash_table_lookup(library->kinds, kind);
    if (known) {
        return GPOINTER_TO_INT(known) == 1;
    }
    bool found = false;
    char *prefix = g_strdup_printf("construct %s", kind->text);
    size_t length = strlen(prefix);
    for (size_t i = 0; i < embedded_name_count && !found; i++) {
        const char *name = embedded_names[i].name;
        found = !strncmp(name, prefix, length) && (name[length] == 0 || name[length] == '.');
    }
    g_free(prefix);
    g_hash_table_insert(library->kinds, (gpointer)kind, GINT_TO_POINTER(found ? 1 : 2));
    return found;
}

const Type *library_type(Library *library, const Name *name) {
    gpointer known = NULL;
    if (g_hash_table_lookup_extended(library->types, name, NULL, &known)) {
        return known;
    }
    Compilation *compilation = library->compilation;
    const EmbeddedName *entry = find_entry(arena_printf(compilation->arena, "type %s", name->text));
    Source *source = NULL;
    Node *node = entry ? load_declaration(library, entry, NODE_TYPE, name, false, &source) : NULL;
    const Type *type = NULL;
    if (node) {
        Symbol *symbol = scope_find_here(scope_of_file(compilation, source), name);
        if (symbol && symbol->state == STATE_NEW) {
            symbol->state = STATE_BUSY;
            symbol->type = type_declare(compilation, node, symbol->scope);
            symbol->state = STATE_DONE;
        }
        type = symbol ? symbol->type : NULL;
    }
    g_hash_table_insert(library->types, (gpointer)name, (gpointer)type);
    return type;
}

Symbol *library_let(Library *library, const Name *name) {
    Compilation *compilation = library->compilation;
    const EmbeddedName *entry = find_entry(arena_printf(compilation->arena, "let %s", name->text));
    if (!entry) {
        return NULL;
    }
    Scope *scope = scope_of_file(compilation, load(library, entry->file));
    Symbol *symbol = scope_find_here(scope, name);
    if (symbol) {
        symbol->used = true;
    }
    return symbol;
}

bool rule_has_id(const Node *node, const char *id) {
    const Node *written = node->kind == NODE_RULE && node->a ? node->a->a : NULL;
    return written && written->kind == NODE_STRING && strlen(id) == written->length &&
           !memcmp(written->text, id, written->length);
}

/// The rule in the block of a construct (NODE_CONSTRUCT) with this id, or NULL.
static const Node *construct_rule(const Node *construct, const char *id) {
    const Node *body = construct->kind == NODE_CONSTRUCT ? construct->b : NULL;
    for (const Node *node = body ? body->a : NULL; node; node = node->next) {
        if (rule_has_id(node, id)) {
            return node;
        }
    }
    return NULL;
}

const Node *library_rule(Library *library, const char *id) {
    char *name = g_strconcat("rule ", id, NULL);
    const EmbeddedName *entry = find_entry(name);
    g_free(name);
    const Node *node = entry ? load(library, entry->file)->tree->a : NULL;
    const Node *rule = NULL;
    for (; node && !rule; node = node->next) {
        rule = construct_rule(node, id);
    }
    return rule;
}

void library_offer(Library *library, const char *prefix, Similar *similar) {
    chapters_offer(library->compilation->arena, prefix, similar);
    size_t length = strlen(prefix);
    for (size_t i = 0; i < embedded_name_count; i++) {
        if (!strncmp(embedded_names[i].name, prefix, length)) {
            similar_offer(similar, embedded_names[i].name + length);
        }
    }
}

const char **library_construct_names(Library *library) {
    Arena *arena = library->compilation->arena;
    const char **names = arena_array(arena, const char *, embedded_name_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < embedded_name_count; i++) {
        const char *name = embedded_names[i].name;
        if (g_str_has_prefix(name, "construct ")) {
            names[count++] = name + strlen("construct ");
        } else if (g_str_has_prefix(name, "existing ")) {
            names[count++] = name;
        }
    }
    return names;
}

bool construct_is(const Construct *construct, const Construct *ancestor) {
    for (; construct; construct = construct->base) {
        if (construct == ancestor) {
            return true;
        }
    }
    return false;
}

int construct_property(const Construct *construct, const Name *name) {
    for (size_t i = 0; i < construct->property_count; i++) {
        if (construct->properties[i].name == name) {
            return (int)i;
        }
    }
    return -1;
}

bool construct_is_depends(const Construct *construct, const Name *name) {
    return name == construct->depends_name || !strcmp(name->text, "dependsOn");
}

const Attribute *construct_attribute(const Construct *construct, const Name *name) {
    for (const Attribute *attribute = construct->attributes; attribute;
         attribute = attribute->next) {
        if (attribute->name == name) {
            return attribute;
        }
    }
    int index = construct->open ? construct_property(construct, name) : -1;
    bool declared = index >= 0 && construct->properties[index].node->kind == NODE_PROPERTY_DECL;
    return declared ? NULL : construct->any_attribute;
}

const Construct *construct_with_properties(Arena *arena, const Construct *construct,
                                           const Name *const *names, size_t count) {
    size_t own = construct->property_count;
    Construct *copy = arena_new_object(arena, Construct);
    *copy = *construct;
    copy->base = construct;
    copy->properties = arena_array(arena, Property, own + count);
    copy->marks = arena_array(arena, uint32_t, own + count);
    if (own) {
        memcpy(copy->properties, construct->properties, own * sizeof(Property));
        memcpy(copy->marks, construct->marks, own * sizeof(uint32_t));
    }
    for (size_t i = 0; i < count; i++) {
        copy->properties[own + i] = (Property){
            .name = names[i], .type = &type_any, .node = construct->node, .optional = true};
    }
    copy->property_count += count;
    return copy;
}
