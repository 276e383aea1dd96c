#include "library.h"

#include "chapters.h"
#include "embedded.h"
#include "eval.h"
#include "parse.h"
#include "type_resolve.h"
#include "user_library.h"

#include <glib.h>
#include <stdlib.h>
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
    construct_fill_open(compilation, construct, base);
    return construct;
}

/// The declaration of a construct of the library, or NULL.
static Node *embedded_construct(Library *library, const Name *key, const Name *kind,
                                const Name *type, bool existing, Source **source) {
    Compilation *compilation = library->compilation;
    const char *entry_name =
        existing ? key->text : arena_printf(compilation->arena, "construct %s", key->text);
    const EmbeddedName *entry = find_entry(entry_name);
    const Name *declared =
        type ? names_of(compilation->names,
                        arena_printf(compilation->arena, "%s.%s", kind->text, type->text))
             : kind;
    if (entry) {
        return load_declaration(library, entry, NODE_CONSTRUCT, declared, existing, source);
    }
    return existing ? NULL : load_chapter(library, entry_name, declared, source);
}

Node *library_construct_node(Library *library, const Name *key) {
    Names *names = library->compilation->names;
    Source *source = NULL;
    if (g_str_has_prefix(key->text, "existing ")) {
        const Name *kind = names_of(names, key->text + strlen("existing "));
        return embedded_construct(library, key, kind, NULL, true, &source);
    }
    const size_t length = strcspn(key->text, ".");
    const Name *type = key->text[length] ? names_of(names, key->text + length + 1) : NULL;
    return embedded_construct(library, key, names_intern(names, key->text, length), type, false,
                              &source);
}

static Construct *make_construct(Library *library, const Name *key, const Name *kind,
                                 const Name *type, bool existing) {
    Compilation *compilation = library->compilation;
    const UserLibrary *users = compilation->user_library;
    Source *source = NULL;
    Node *node = embedded_construct(library, key, kind, type, existing, &source);
    if (!node) {
        node = user_library_construct(users, key);
        source = node ? compilation_source(compilation, node->file) : NULL;
    }
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
    construct_begin(compilation, construct, user_library_extensions(users, key));
    /* Entered before its types are read, so that a property may refer to its own kind. */
    g_hash_table_insert(library->constructs, (gpointer)key, construct);
    const Construct *base =
        type && !existing ? library_construct(library, kind, NULL, false) : NULL;
    construct_fill(compilation, construct, base);
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

const Construct *library_labelled(Library *library, const char *label) {
    const bool existing = g_str_has_prefix(label, "existing ");
    const char *kind = existing ? label + strlen("existing ") : label;
    const char *dot = existing ? NULL : strchr(kind, '.');
    Names *names = library->compilation->names;
    const Name *kind_name = names_intern(names, kind, dot ? (size_t)(dot - kind) : strlen(kind));
    return library_construct(library, kind_name, dot ? names_of(names, dot + 1) : NULL, existing);
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
    found = found || user_library_has_kind(library->compilation->user_library, kind);
    g_hash_table_insert(library->kinds, (gpointer)kind, GINT_TO_POINTER(found ? 1 : 2));
    return found;
}

Node *library_type_node(Library *library, const Name *name) {
    const EmbeddedName *entry =
        find_entry(arena_printf(library->compilation->arena, "type %s", name->text));
    Source *source = NULL;
    return entry ? load_declaration(library, entry, NODE_TYPE, name, false, &source) : NULL;
}

const Type *library_type(Library *library, const Name *name) {
    gpointer known = NULL;
    if (g_hash_table_lookup_extended(library->types, name, NULL, &known)) {
        return known;
    }
    Compilation *compilation = library->compilation;
    const Node *node = library_type_node(library, name);
    const Type *type = NULL;
    if (node) {
        Source *source = compilation_source(compilation, node->file);
        Symbol *symbol = scope_find_here(scope_of_file(compilation, source), name);
        if (symbol && symbol->state == STATE_NEW) {
            symbol->state = STATE_BUSY;
            symbol->type = type_declare(compilation, symbol->node, symbol->scope);
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

/// Whether `node` is a NODE_RULE with this id.
static bool rule_has_id(const Node *node, const char *id) {
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
    if (g_str_has_prefix(prefix, "construct ")) {
        user_library_offer(library->compilation->user_library, prefix + strlen("construct "),
                           similar);
    }
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char **library_construct_names(Library *library) {
    Arena *arena = library->compilation->arena;
    const UserLibrary *users = library->compilation->user_library;
    const size_t own = user_library_construct_count(users);
    const char **names = arena_array(arena, const char *, embedded_name_count + own + 1);
    size_t count = 0;
    for (size_t i = 0; i < embedded_name_count; i++) {
        const char *name = embedded_names[i].name;
        if (g_str_has_prefix(name, "construct ")) {
            names[count++] = name + strlen("construct ");
        } else if (g_str_has_prefix(name, "existing ")) {
            names[count++] = name;
        }
    }
    user_library_construct_names(users, names + count);
    if (own) {
        qsort(names, count + own, sizeof *names, compare_names);
    }
    return names;
}

const char **library_type_names(Library *library, const char *prefix) {
    const char *wanted = arena_printf(library->compilation->arena, "type %s", prefix);
    const char **names =
        arena_array(library->compilation->arena, const char *, embedded_name_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < embedded_name_count; i++) {
        if (g_str_has_prefix(embedded_names[i].name, wanted)) {
            names[count++] = embedded_names[i].name + strlen("type ");
        }
    }
    return names;
}
