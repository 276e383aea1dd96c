#include "schema_files.h"

#include "edit.h"
#include "model_files.h"
#include "path.h"
#include "schema_depot.h"

#include <glib.h>
#include <string.h>

/// How deep folders of schemas may nest.
#define FOLDER_MAX_DEPTH 32

/// One path of a package while it is read.
typedef struct FilesWalk {
    Compilation *compilation;
    SchemaFiles *files;
    const char *written; ///< as in the program
    const char *where;   ///< from the working folder
    Span span;
    size_t found;
    GHashTable *seen; ///< real paths of folders: links may lead in circles
} FilesWalk;

static bool has_yaml_ending(const char *name) {
    return g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml");
}

static FileKind kind_of(const FilesWalk *walk, const char *path) {
    return files_kind(walk->compilation->options.files, path);
}

/// The names in `folder`, sorted by their bytes; none if it cannot be read.
static GPtrArray *names_in(const FilesWalk *walk, const char *folder) {
    int cause = 0;
    GPtrArray *names = files_list(walk->compilation->options.files, folder, &cause);
    return names ? names : g_ptr_array_new();
}

static void append_file(SchemaFiles *files, SchemaFile *file) {
    if (files->last) {
        files->last->next = file;
    } else {
        files->first = file;
    }
    files->last = file;
    files->count++;
}

static void add_file(FilesWalk *walk, const char *where, const char *inside) {
    Arena *arena = walk->compilation->arena;
    SchemaFiles *files = walk->files;
    walk->found++;
    if (files->count >= SCHEMA_MAX_FILES) {
        if (files->complete) {
            diagnostic_add(walk->compilation->diagnostics, DIAG_SCHEMA_TOO_MANY, walk->span,
                           arena_printf(arena, "%d", SCHEMA_MAX_FILES), NULL);
        }
        files->complete = false;
        return;
    }
    Source *source = compilation_add_data(walk->compilation, where, walk->span);
    if (!source) {
        files->complete = false;
        return;
    }
    for (const SchemaFile *file = files->first; file; file = file->next) {
        if (file->source == source) {
            return;
        }
    }
    SchemaFile *file = arena_new_object(arena, SchemaFile);
    file->source = source;
    file->inside = inside ? arena_strndup(arena, inside, strlen(inside)) : NULL;
    file->path = inside ? arena_printf(arena, "%s%s%s", walk->written,
                                       g_str_has_suffix(walk->written, "/") ? "" : "/", inside)
                        : walk->written;
    if (!inside) {
        g_autofree char *base = g_path_get_basename(walk->written);
        file->inside = arena_strndup(arena, base, strlen(base));
    }
    append_file(files, file);
}

/// Whether a folder is met for the first time.
static bool enter_folder(FilesWalk *walk, const char *where) {
    char *real = files_real(walk->compilation->options.files, where);
    return real && g_hash_table_add(walk->seen, real);
}

static void report_unreadable(FilesWalk *walk, const char *folder, int cause) {
    Diagnostic *diagnostic = diagnostic_add(walk->compilation->diagnostics, DIAG_FILE_UNREADABLE,
                                            walk->span, folder, g_strerror(cause), NULL);
    diagnostic->file = arena_strndup(walk->compilation->arena, folder, strlen(folder));
    walk->files->complete = false;
    walk->found++; // nobody knows what it holds
}

static void add_folder(FilesWalk *walk, const char *where, const char *inside, unsigned depth) {
    if (depth > FOLDER_MAX_DEPTH || !enter_folder(walk, where)) {
        return;
    }
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(walk->compilation->options.files, where, &cause);
    if (!names) {
        report_unreadable(walk, where, cause);
        return;
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (*name == '.') { /* hidden */
            continue;
        }
        g_autofree char *path = g_build_filename(where, name, NULL);
        g_autofree char *below = inside ? g_strconcat(inside, "/", name, NULL) : g_strdup(name);
        if (kind_of(walk, path) == FILE_FOLDER) {
            add_folder(walk, path, below, depth + 1);
        } else if (has_yaml_ending(name)) {
            add_file(walk, path, below);
        }
    }
}

static bool is_local(const FilesWalk *walk) {
    const char *path = walk->written;
    return g_str_has_prefix(path, "./") || g_str_has_prefix(path, "../") || !strcmp(path, ".") ||
           !strcmp(path, "..") || has_yaml_ending(path) || g_str_has_suffix(path, ".json") ||
           kind_of(walk, walk->where) != FILE_NONE;
}

static void report_missing(FilesWalk *walk) {
    Diagnostics *list = walk->compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_SCHEMA_PATH_MISSING, walk->span, walk->written, NULL);
    g_autofree char *parent = g_path_get_dirname(walk->where);
    g_autofree char *base = g_path_get_basename(walk->where);
    g_autoptr(GPtrArray) names = names_in(walk, parent);
    Similar similar;
    similar_begin(&similar, base);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(parent, name, NULL);
        if (*name != '.' && (has_yaml_ending(name) || kind_of(walk, path) == FILE_FOLDER)) {
            similar_offer(&similar, name);
        }
    }
    const char *best = similar_best(&similar);
    if (best) {
        g_autofree char *folder = g_path_get_dirname(walk->written);
        g_autofree char *valid = g_utf8_make_valid(best, -1);
        diagnostic_help(list, diagnostic, "there is something with a similar name: `%s/%s`", folder,
                        valid);
        const bool plain = !strcmp(folder, ".") && !g_str_has_prefix(walk->written, "./");
        g_autofree char *whole = plain ? g_strdup(valid) : g_build_filename(folder, valid, NULL);
        edit_offer_text(walk->compilation, diagnostic, similar_certainty(&similar), walk->span,
                        walk->written, whole);
    } else {
        diagnostic_help(list, diagnostic,
                        "paths are relative to the file that they stand in; make the folder, or "
                        "name the one with the schemas");
    }
}

static void read_path(FilesWalk *walk) {
    Diagnostics *list = walk->compilation->diagnostics;
    if (g_path_is_absolute(walk->written)) {
        walk->files->complete = false;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_SCHEMA_PATH_ABSOLUTE, walk->span, walk->written, NULL);
        diagnostic_help(list, diagnostic,
                        "write where it is from the file that names it: `./schemas`");
    } else if (!is_local(walk) || !compilation_allows_path(walk->compilation, walk->written,
                                                           walk->where, walk->span)) {
        walk->files->complete = false;
    } else if (kind_of(walk, walk->where) == FILE_FOLDER) {
        walk->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        add_folder(walk, walk->where, NULL, 0);
        g_hash_table_destroy(walk->seen);
        if (!walk->found) {
            Diagnostic *diagnostic =
                diagnostic_add(list, DIAG_SCHEMA_FOLDER_EMPTY, walk->span, walk->written, NULL);
            diagnostic_help(list, diagnostic, "its files end in `.yaml` or `.yml`");
        }
    } else if (kind_of(walk, walk->where) != FILE_NONE) {
        add_file(walk, walk->where, NULL);
    } else {
        walk->files->complete = false;
        report_missing(walk);
    }
}

typedef struct ValueWalk {
    Compilation *compilation;
    SchemaFiles *files;
    const Node *outer; ///< the property, for values without a place
} ValueWalk;

/// A schema of the program itself; false if the path is another.
static bool read_declared(ValueWalk *values, const char *path) {
    const SchemaSource *declared = schema_source_at(values->compilation, path);
    if (!declared) {
        return false;
    }
    for (const SchemaFile *one = values->files->first; one; one = one->next) {
        if (one->declared == declared) {
            return true;
        }
    }
    SchemaFile *file = arena_new_object(values->compilation->arena, SchemaFile);
    *file = (SchemaFile){.declared = declared, .path = path, .inside = path};
    append_file(values->files, file);
    return true;
}

static void read_string(ValueWalk *values, const Value *value) {
    Compilation *compilation = values->compilation;
    if (read_declared(values, arena_strndup(compilation->arena, value->text, value->length))) {
        return;
    }
    const Node *origin = value->origin ? value->origin : values->outer;
    if (!origin || memchr(value->text, 0, value->length)) {
        values->files->complete = false;
        return;
    }
    const Source *program = compilation_source(compilation, origin->file);
    char *written = arena_strndup(compilation->arena, value->text, value->length);
    g_autofree char *where = path_beside(compilation->options.files, program->path, written);
    FilesWalk walk = {.compilation = compilation,
                      .files = values->files,
                      .written = written,
                      .where = arena_strndup(compilation->arena, where, strlen(where)),
                      .span = node_span(origin)};
    read_path(&walk);
}

static void read_value(ValueWalk *values, const Value *value) {
    if (value->kind == VALUE_STRING) {
        read_string(values, value);
    } else if (value->kind == VALUE_LIST || value->kind == VALUE_CASE) {
        for (size_t i = 0; i < value->count; i++) {
            read_value(values, value->items[i]);
        }
    } else if (value->kind != VALUE_ABSENT) {
        values->files->complete = false;
    }
}

void schema_files_read(Compilation *compilation, Resource *resource, size_t property,
                       SchemaFiles *files) {
    ValueWalk walk = {compilation, files, resource->slots[property].node};
    read_value(&walk, resource_property(compilation, resource, property, false));
}

/// The folder of a program's file, canonical.
static char *folder_of(Compilation *compilation, const Node *node) {
    const Source *source = compilation_source(compilation, node->file);
    g_autofree char *folder = g_path_get_dirname(source->path);
    return g_canonicalize_filename(folder, NULL);
}

/// `path` (canonical) as it is written from the folder `base` (canonical): "./a/b", "../c".
static const char *relative(Arena *arena, const char *base, const char *path) {
    g_auto(GStrv) from = g_strsplit(base, "/", -1);
    g_auto(GStrv) to = g_strsplit(path, "/", -1);
    size_t common = 0;
    while (from[common] && to[common] && !strcmp(from[common], to[common])) {
        common++;
    }
    g_autoptr(GString) text = g_string_new(from[common] ? NULL : ".");
    for (size_t i = common; from[i]; i++) {
        g_string_append(text, i == common ? ".." : "/..");
    }
    for (size_t i = common; to[i]; i++) {
        g_string_append_printf(text, "/%s", to[i]);
    }
    return arena_strndup(arena, text->str, text->len);
}

static const Value *rebase_string(Compilation *compilation, const char *base, const Value *value) {
    bool declares = value->origin && value->origin->kind == NODE_SCHEMA;
    if (!value->origin || declares || value->text[0] != '.' ||
        memchr(value->text, 0, value->length)) {
        return value;
    }
    g_autofree char *folder = folder_of(compilation, value->origin);
    if (!strcmp(folder, base)) {
        return value;
    }
    g_autofree char *written = g_strndup(value->text, value->length);
    g_autofree char *path = g_canonicalize_filename(written, folder);
    return value_string(compilation->arena, relative(compilation->arena, base, path),
                        value->origin);
}

static const Value *rebase(Compilation *compilation, const char *base, const Value *value) {
    if (value->kind == VALUE_STRING) {
        return rebase_string(compilation, base, value);
    }
    if (value->kind != VALUE_LIST && value->kind != VALUE_CASE) {
        return value;
    }
    Value *copy = NULL;
    for (size_t i = 0; i < value->count; i++) {
        const Value *item = rebase(compilation, base, value->items[i]);
        if (item == value->items[i]) {
            continue;
        }
        if (!copy) {
            copy = arena_new_object(compilation->arena, Value);
            *copy = *value;
            copy->items = arena_array(compilation->arena, const Value *, value->count);
            memcpy(copy->items, value->items, value->count * sizeof *value->items);
        }
        copy->items[i] = item;
    }
    return copy ? copy : value;
}

void schema_files_rebase(Compilation *compilation, Resource *resource, size_t property) {
    Slot *slot = &resource->slots[property];
    if (!slot->value || slot->bad) {
        return;
    }
    g_autofree char *base = folder_of(compilation, resource->container->node);
    slot->value = rebase(compilation, base, slot->value);
}

void schema_files_keep(Compilation *compilation, const Resource *resource,
                       const SchemaFiles *files) {
    if (!files->first) {
        return;
    }
    g_autofree char *base = folder_of(compilation, resource->container->node);
    for (const SchemaFile *file = files->first; file; file = file->next) {
        if (!file->source) {
            continue;
        }
        g_autofree char *path = g_canonicalize_filename(file->source->path, NULL);
        const char *from = relative(compilation->arena, base, path);
        if (g_str_has_prefix(from, "./")) {
            model_keep_file(compilation, from + strlen("./"), file->source);
        }
    }
}
