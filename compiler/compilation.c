#include "compilation.h"

#include "edit.h"

#include "library.h"
#include "parse.h"
#include "program.h"
#include "suppressions.h"

#include <glib.h>
#include <string.h>

Compilation *compilation_new(const CompilationOptions *options) {
    Arena *arena = arena_new();
    Compilation *compilation = arena_new_object(arena, Compilation);
    compilation->arena = arena;
    compilation->names = names_new(arena);
    compilation->diagnostics = diagnostics_new(arena);
    compilation->options = *options;
    compilation->tables = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_destroy);
    compilation->regexes = g_ptr_array_new_with_free_func((GDestroyNotify)g_regex_unref);
    compilation->source_by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    compilation_keep_table(compilation, compilation->source_by_path);
    compilation->library = library_new(compilation);
    compilation->program = program_new(compilation);
    return compilation;
}

void compilation_free(Compilation *compilation) {
    if (!compilation) {
        return;
    }
    g_ptr_array_unref(compilation->tables);
    g_ptr_array_unref(compilation->regexes);
    arena_free(compilation->arena);
}

void compilation_keep_table(Compilation *compilation, GHashTable *table) {
    g_ptr_array_add(compilation->tables, table);
}

ReadStatus compilation_read_disk(const char *path, char **text, size_t *length,
                                 const char **message, void *data) {
    (void)data;
    return files_read(NULL, path, text, length, message);
}

/// Offers the file of a similar name that stands where none of `path`'s is. Their endings are the
/// same, and make nothing similar. Whether there is one.
static bool offer_similar_file(Compilation *compilation, Diagnostic *diagnostic, const char *path) {
    const Source *source = compilation_source(compilation, diagnostic->span.file);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *stem = g_path_get_basename(path);
    char *dot = strrchr(stem, '.');
    const char *ending = dot ? strrchr(path, '.') : "";
    if (!dot || !source) {
        return false;
    }
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(compilation->options.files, folder, &cause);
    *dot = '\0';
    Similar similar;
    similar_begin(&similar, stem);
    for (guint i = 0; names && i < names->len; i++) {
        char *name = names->pdata[i];
        g_autofree char *other = g_build_filename(folder, name, NULL);
        const bool itself =
            !strcmp(g_str_has_prefix(other, "./") ? other + 2 : other, source->path);
        if (g_str_has_suffix(name, ending) && !itself) {
            name[strlen(name) - strlen(ending)] = '\0';
            similar_offer(&similar, name);
        }
    }
    const char *best = similar_best(&similar);
    const uint32_t behind = diagnostic->span.end - 1 - (uint32_t)strlen(ending);
    const Span span = {diagnostic->span.file, behind - (uint32_t)strlen(stem), behind};
    if (!best) {
        return false;
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "there is a file with a similar name: `%s%s`", best, ending);
    if (diagnostic->span.end - diagnostic->span.start > strlen(stem) + strlen(ending) + 1) {
        edit_offer_text(compilation, diagnostic, similar_certainty(&similar), span, stem, best);
    }
    return true;
}

static void report_unreadable(Compilation *compilation, ReadStatus status, const char *path,
                              const char *message, Span wanted_by) {
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = NULL;
    switch (status) {
    case READ_MISSING:
        diagnostic = diagnostic_add(list, DIAG_FILE_MISSING, wanted_by, path, NULL);
        break;
    case READ_NOT_REGULAR:
        diagnostic = diagnostic_add(list, DIAG_FILE_NOT_REGULAR, wanted_by, path,
                                    message ? message : "something else", NULL);
        break;
    case READ_TOO_LARGE:
        diagnostic =
            diagnostic_add(list, DIAG_FILE_TOO_LARGE, wanted_by, path,
                           arena_printf(compilation->arena, "%zu", SOURCE_MAX_BYTES), NULL);
        break;
    default:
        diagnostic = diagnostic_add(list, DIAG_FILE_UNREADABLE, wanted_by, path,
                                    message ? message : "it cannot be opened", NULL);
    }
    diagnostic->file = arena_strndup(compilation->arena, path, strlen(path));
    const bool similar =
        status == READ_MISSING && offer_similar_file(compilation, diagnostic, path);
    if (wanted_by.file != SPAN_NONE && !similar) {
        diagnostic_help(list, diagnostic, "paths are relative to the file that they stand in");
    }
}

static Source *new_source(Compilation *compilation, const char *path, char *text, size_t length) {
    if (compilation->source_count == compilation->source_capacity) {
        size_t capacity = compilation->source_capacity ? compilation->source_capacity * 2 : 64;
        Source **grown = arena_array(compilation->arena, Source *, capacity);
        if (compilation->source_count) {
            memcpy(grown, compilation->sources, compilation->source_count * sizeof *grown);
        }
        compilation->sources = grown;
        compilation->source_capacity = capacity;
    }
    Source *source = arena_new_object(compilation->arena, Source);
    source->id = (uint16_t)compilation->source_count;
    source->path = arena_strndup(compilation->arena, path, strlen(path));
    source->text = text;
    source->length = (uint32_t)length;
    compilation->sources[compilation->source_count++] = source;
    return source;
}

static void parse_timed(Compilation *compilation, Source *source) {
    int64_t start = g_get_monotonic_time();
    lex_source(compilation, source);
    if (source->directives && !source->library) {
        suppressions_read(compilation, source);
    }
    int64_t middle = g_get_monotonic_time();
    parse_source(compilation, source);
    if (source->library) {
        compilation_stat(compilation, "library", start, 1, "files");
        return;
    }
    compilation_stat(compilation, "lex", start + (g_get_monotonic_time() - middle),
                     source->token_count, "tokens");
    compilation_stat(compilation, "parse", middle, source->length, "bytes");
}

void compilation_stat(Compilation *compilation, const char *name, int64_t since, size_t count,
                      const char *unit) {
    int64_t spent = g_get_monotonic_time() - since;
    for (size_t i = 0; i < compilation->stat_count; i++) {
        PhaseStat *stat = &compilation->stats[i];
        if (!strcmp(stat->name, name)) {
            stat->microseconds += spent;
            stat->count += count;
            return;
        }
    }
    if (compilation->stat_count < G_N_ELEMENTS(compilation->stats)) {
        compilation->stats[compilation->stat_count++] =
            (PhaseStat){.name = name, .microseconds = spent, .count = count, .unit = unit};
    }
}

/// Notes that what stands at `wanted_by` names the file at `path`; `source`: what it is, or NULL.
static void note_use(Compilation *compilation, const char *path, Source *source, Span wanted_by) {
    Source *by = wanted_by.file == SPAN_NONE ? NULL : compilation->sources[wanted_by.file];
    if (!by || by == source) {
        return;
    }
    FileUse *use = arena_new_object(compilation->arena, FileUse);
    *use = (FileUse){arena_strndup(compilation->arena, path, strlen(path)), source, by->uses};
    by->uses = use;
}

/// Reads a file whose use is noted.
static ReadStatus read_noted(Compilation *compilation, const char *path, char **text,
                             size_t *length, Span wanted_by) {
    const CompilationOptions *options = &compilation->options;
    const char *message = NULL;
    ReadStatus status = options->reader
                            ? options->reader(path, text, length, &message, options->reader_data)
                            : files_read(options->files, path, text, length, &message);
    if (status != READ_OK) {
        report_unreadable(compilation, status, path, message, wanted_by);
    }
    return status;
}

ReadStatus compilation_read(Compilation *compilation, const char *path, char **text, size_t *length,
                            Span wanted_by) {
    note_use(compilation, path, NULL, wanted_by);
    return read_noted(compilation, path, text, length, wanted_by);
}

/// The file at `path` as a new source, or NULL after a diagnostic.
static Source *read_source(Compilation *compilation, const char *path, Span wanted_by) {
    if (compilation->source_count >= SOURCE_MAX_FILES) {
        diagnostic_add(compilation->diagnostics, DIAG_FILE_TOO_MANY, wanted_by,
                       arena_printf(compilation->arena, "%d", SOURCE_MAX_FILES), NULL);
        return NULL;
    }
    char *text = NULL;
    size_t length = 0;
    if (read_noted(compilation, path, &text, &length, wanted_by) != READ_OK) {
        return NULL;
    }
    /* The arena keeps the text: nodes and values point into it. */
    char *kept = arena_alloc(compilation->arena, length + 2);
    if (text) {
        memcpy(kept, text, length);
    }
    g_free(text);
    return new_source(compilation, path, kept, length);
}

/// Adds the file at `path` unless it is there already; `settings`: it is a project file.
static Source *add_source(Compilation *compilation, const char *path, Span wanted_by,
                          bool settings) {
    char *canonical = g_canonicalize_filename(path, NULL);
    Source *known = g_hash_table_lookup(compilation->source_by_path, canonical);
    if (known) {
        g_free(canonical);
        if (known->settings && !settings) {
            diagnostic_add(compilation->diagnostics, DIAG_PROJECT_AS_PROGRAM, wanted_by,
                           known->path, NULL);
            return NULL;
        }
        note_use(compilation, known->path, known, wanted_by);
        return known;
    }
    Source *source = read_source(compilation, path, wanted_by);
    if (!source) {
        g_free(canonical);
        return NULL;
    }
    note_use(compilation, path, source, wanted_by);
    source->settings = settings;
    g_hash_table_insert(compilation->source_by_path, canonical, source);
    parse_timed(compilation, source);
    return source;
}

Source *compilation_add_file(Compilation *compilation, const char *path, Span wanted_by) {
    Source *source = add_source(compilation, path, wanted_by, false);
    if (source && wanted_by.file == SPAN_NONE) {
        source->entry = true;
    }
    return source;
}

Source *compilation_add_entry(Compilation *compilation, const char *path, Span wanted_by) {
    Source *source = add_source(compilation, path, wanted_by, false);
    if (source) {
        source->entry = true;
    }
    return source;
}

Source *compilation_add_part(Compilation *compilation, const char *path, Span wanted_by) {
    Source *source = add_source(compilation, path, wanted_by, false);
    if (source) {
        source->part = true;
    }
    return source;
}

Source *compilation_add_settings(Compilation *compilation, const char *path) {
    return add_source(compilation, path, NO_SPAN, true);
}

Source *compilation_add_data(Compilation *compilation, const char *path, Span wanted_by) {
    g_autofree char *canonical = g_canonicalize_filename(path, NULL);
    /* A program that is named as data is read a second time: no path begins like this. */
    char *key = g_strconcat("data:", canonical, NULL);
    Source *source = g_hash_table_lookup(compilation->source_by_path, key);
    source = source ? source : read_source(compilation, path, wanted_by);
    if (source) {
        note_use(compilation, source->path, source, wanted_by);
    }
    if (!source || source->tree) {
        g_free(key);
        return source;
    }
    source->tree = arena_new_object(compilation->arena, Node);
    source->tree->kind = NODE_FILE;
    source->tree->file = source->id;
    source->tree->end = source->length;
    source->tokens = arena_new_object(compilation->arena, Token);
    source->tokens->kind = TOK_END;
    source->tokens->start = source->tokens->end = source->length;
    source->token_count = 1;
    g_hash_table_insert(compilation->source_by_path, key, source);
    suppressions_read_data(compilation, source);
    return source;
}

Source *compilation_add_library(Compilation *compilation, const char *path, const char *text,
                                size_t length) {
    char *kept = arena_alloc(compilation->arena, length + 2);
    if (length) {
        memcpy(kept, text, length);
    }
    Source *source = new_source(compilation, path, kept, length);
    source->library = true;
    parse_timed(compilation, source);
    return source;
}

Source *compilation_share_source(Compilation *compilation, const Source *source) {
    /* No path of a file begins like this. */
    char *key = g_strconcat("shared:", source->path, NULL);
    Source *own = g_hash_table_lookup(compilation->source_by_path, key);
    if (own || compilation->source_count >= SOURCE_MAX_FILES) {
        g_free(key);
        return own;
    }
    own = new_source(compilation, source->path, source->text, source->length);
    const uint16_t id = own->id;
    *own = *source;
    own->id = id;
    own->lines = NULL; /* what is made on first use is made here */
    own->marks = NULL;
    own->contexts = NULL;
    own->uses = NULL;
    g_hash_table_insert(compilation->source_by_path, key, own);
    return own;
}

/// The name behind the keyword that `node` begins with, if no blank stands in it; else its first
/// part.
static Span dotted_name_span(const Source *source, const Node *node) {
    const Token *token = &source->tokens[source_token_at(source, node->start)];
    while (token->kind != TOK_SCHEMA && token->end < node->end) { /* decorators */
        token++;
    }
    token += token->end < node->end;
    bool whole = token->start + node->name->length <= source->length &&
                 !memcmp(source->text + token->start, node->name->text, node->name->length);
    return (Span){node->file, token->start, whole ? token->start + node->name->length : token->end};
}

Span node_name_span(const Compilation *compilation, const Node *node) {
    if (node->kind == NODE_RESOURCE && node->a && node->a->c) {
        return node_span(node->a->c);
    }
    if (node->kind == NODE_PROPERTY && node->c) {
        return node_span(node->c);
    }
    const Source *source = compilation_source(compilation, node->file);
    if (!node->name || !source || !source->tokens) {
        return node_span(node);
    }
    if (node->kind == NODE_SCHEMA) {
        return dotted_name_span(source, node);
    }
    for (uint32_t i = source_token_at(source, node->start);
         i < source->token_count && source->tokens[i].start < node->end; i++) {
        const Token *token = &source->tokens[i];
        if (token->name == node->name->id && token_class(token->kind) != CLASS_KEYWORD) {
            return (Span){node->file, token->start, token->end};
        }
    }
    return node_span(node);
}

bool compilation_is_lenient(const Compilation *compilation, const Node *node) {
    return node->flags & NODE_LENIENT || compilation_source(compilation, node->file)->library;
}
