/// Schemas in documents: their names and kinds.
///
/// A file holds one schema, whose name is its path, or a mapping from names to schemas. What the
/// documentation says is that a schema's name matches its path; from which folder on is not said,
/// so any end of the path will do.
#include "library.h"
#include "schema.h"
#include "schema_depot.h"

#include <glib.h>
#include <string.h>

/// `./schemas/orders/Order.yaml` as `schemas.orders.Order`.
static char *dotted(Arena *arena, const char *path) {
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (size_t i = 0; parts[i]; i++) {
        if (!*parts[i] || !strcmp(parts[i], ".") || !strcmp(parts[i], "..")) {
            continue;
        }
        g_string_append_printf(text, "%s%s", text->len ? "." : "", parts[i]);
    }
    static const char *const endings[] = {".yaml", ".yml", ".json"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (g_str_has_suffix(text->str, endings[i])) {
            g_string_truncate(text, text->len - strlen(endings[i]));
            break;
        }
    }
    return arena_strndup(arena, text->str, text->len);
}

/// Whether `name` is `path` or what stands behind one of its dots.
static bool is_end_of(const char *path, const char *name) {
    size_t whole = strlen(path), part = strlen(name);
    return g_str_has_suffix(path, name) && (whole == part || path[whole - part - 1] == '.');
}

static const Type *library_type_of(const Schemas *schemas, const char *name) {
    return library_type(schemas->compilation->library, names_of(schemas->compilation->names, name));
}

static void report_kind(Schemas *schemas, const Schema *schema, const Document *kind) {
    Compilation *compilation = schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    Similar similar;
    similar_begin(&similar, schema->kind);
    library_offer(compilation->library, "type schema.", &similar);
    const char *best = similar_best(&similar);
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_SCHEMA_KIND, kind->span, document_text(compilation->arena, kind),
                       schema->name, NULL);
    if (best) {
        diagnostic_help(list, diagnostic, "a kind with a similar name exists: `%s`", best);
        diagnostic_fix(list, diagnostic, similar_certainty(&similar), kind->span, best,
                       "replace with `%s`", best);
    } else {
        diagnostic_help(list, diagnostic, "`depotc explain D3114` lists the kinds");
    }
}

/// What kind of schema it is. The documentation shows none without `type`.
static void find_kind(Schemas *schemas, Schema *schema) {
    Compilation *compilation = schemas->compilation;
    const Document *kind = document_member(schema->document, "type");
    if (!kind || document_is_null(kind)) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_KIND_MISSING,
                           kind ? kind->span : schema->span, schema->name, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "write what it is, such as `type: object`");
        schema->kind = "object";
    } else if (kind->kind != DOCUMENT_SCALAR) {
        schema->kind = "?";
        report_kind(schemas, schema, kind);
        return;
    } else {
        schema->kind = kind->text;
    }
    schema->type =
        library_type_of(schemas, arena_printf(compilation->arena, "schema.%s", schema->kind));
    if (!schema->type && kind) {
        report_kind(schemas, schema, kind);
    }
}

/// Whether the library reserves the name, whatever its letters' case.
static void check_reserved(Schemas *schemas, const Schema *schema) {
    const Type *names = library_type_of(schemas, "schemaName");
    const Node *decorators = names && names->node ? node_decorators(names->node) : NULL;
    const Node *reserved = decorator_find(decorators, "reserved");
    for (const Node *word = reserved ? reserved->a : NULL; word; word = word->next) {
        if (word->kind == NODE_STRING && strlen(schema->last) == word->length &&
            !g_ascii_strncasecmp(schema->last, word->text, word->length)) {
            Diagnostics *list = schemas->compilation->diagnostics;
            Diagnostic *diagnostic =
                diagnostic_add(list, DIAG_SCHEMA_RESERVED, schema->span, schema->last, NULL);
            diagnostic_help(list, diagnostic,
                            "choose another name; upper and lower case make no difference");
        }
    }
}

static void check_name(Schemas *schemas, const Schema *schema) {
    const char *at = schema->name;
    bool good = g_ascii_isalpha(*at) || *at == '_';
    for (; *at; at++) {
        bool begins = at[1] && *at == '.';
        good = good && (g_ascii_isalnum(*at) || *at == '_' || begins);
        good = good && !(begins && !g_ascii_isalpha(at[1]) && at[1] != '_');
    }
    if (!good) {
        Diagnostics *list = schemas->compilation->diagnostics;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_SCHEMA_NAME, schema->span, schema->name, NULL);
        diagnostic_help(list, diagnostic,
                        "name the file with letters, digits and `_`: other schemas and expressions "
                        "speak of it");
    }
    check_reserved(schemas, schema);
}

/// Reports a second schema of one name.
static void enter(Schemas *schemas, SchemaSet *set, Schema *schema) {
    GPtrArray *known = g_hash_table_lookup(set->by_last, schema->last);
    if (!known) {
        known = g_ptr_array_new();
        g_hash_table_insert(set->by_last, (gpointer)schema->last, known);
    }
    for (guint i = 0; i < known->len; i++) {
        const Schema *other = known->pdata[i];
        if (strcmp(other->name, schema->name) != 0) {
            continue;
        }
        Diagnostics *list = schemas->compilation->diagnostics;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_SCHEMA_DUPLICATE, schema->span, schema->name, NULL);
        diagnostic_label(list, diagnostic, other->span, "first declared here");
        diagnostic_help(list, diagnostic, "give one of them another name, or another folder");
        break;
    }
    g_ptr_array_add(known, schema);
    if (set->last) {
        set->last->next = schema;
    } else {
        set->first = schema;
    }
    set->last = schema;
}

/// Adds a schema; `path` and `name` as in Schema, `name` NULL: what `inside` says.
static Schema *schema_add(Schemas *schemas, SchemaSet *set, const char *path, const char *name,
                          const Document *document, Span span) {
    Compilation *compilation = schemas->compilation;
    Schema *schema = arena_new_object(compilation->arena, Schema);
    const char *dot = strrchr(name, '.');
    *schema = (Schema){.set = set,
                       .name = name,
                       .path = path,
                       .last = dot ? dot + 1 : name,
                       .document = document,
                       .span = span,
                       .version = 1};
    find_kind(schemas, schema);
    check_name(schemas, schema);
    enter(schemas, set, schema);
    return schema;
}

/// The name that a document gives itself, or a mapping of names to its schemas: it must fit the
/// path.
static void check_declared(Schemas *schemas, const char *path, const Document *declared) {
    if (is_end_of(path, declared->text)) {
        return;
    }
    Compilation *compilation = schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    const Source *source = compilation_source(compilation, declared->span.file);
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_SCHEMA_PATH, declared->span, declared->text, source->path, NULL);
    const char *dot = strrchr(path, '.');
    diagnostic_help(list, diagnostic, "the file's name makes it `%s`; rename one of the two",
                    dot ? dot + 1 : path);
}

/// Whether a document without a schema's own keys maps names to schemas.
static bool is_namespace(Schemas *schemas, const Document *document) {
    const Type *object = library_type_of(schemas, "schema.object");
    if (document_member(document, "type") || !document->first) {
        return false;
    }
    for (const Document *member = document->first; member; member = member->next) {
        const Name *name = names_of(schemas->compilation->names, member->key->text);
        bool schema = member->kind == DOCUMENT_MAP &&
                      (document_member(member, "type") || document_member(member, "properties"));
        if (!schema || (object && type_property(object, name))) {
            return false;
        }
    }
    return true;
}

/// Where messages about a schema as a whole point to: its `type`, else its first key.
static Span place_of(const Document *document) {
    const Document *kind = document_member(document, "type");
    const Document *first = kind ? kind : document->first;
    return first && first->key ? first->key->span : document->span;
}

void schema_read_file(Schemas *schemas, SchemaSet *set, const SchemaFile *file,
                      const Document *document) {
    Compilation *compilation = schemas->compilation;
    if (document->kind != DOCUMENT_MAP) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_NO_MAPPING, document->span,
                           document_text(compilation->arena, document), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "begin with `type: object` and `properties:`");
        set->complete = false;
        return;
    }
    const char *path = dotted(compilation->arena, file->path);
    if (file->declared) {
        schema_add(schemas, set, path, file->declared->node->name->text, document, document->span);
        return;
    }
    if (is_namespace(schemas, document)) {
        bool alone = document->count == 1;
        for (const Document *member = document->first; member; member = member->next) {
            if (alone) {
                check_declared(schemas, path, member->key);
            }
            schema_add(schemas, set, alone ? path : member->key->text, member->key->text, member,
                       member->key->span);
        }
        return;
    }
    const Document *declared = document_member(document, "name");
    const char *name = dotted(compilation->arena, file->inside);
    if (declared && declared->kind == DOCUMENT_SCALAR && !document_is_null(declared)) {
        check_declared(schemas, path, declared);
        name = is_end_of(path, declared->text) ? declared->text : name;
    }
    schema_add(schemas, set, path, name, document, place_of(document));
}
