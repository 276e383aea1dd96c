/// Which programs a change affects: those that changed, and those that use what changed, directly
/// or not. From round to round: whoever names what the last round found is found. A file is parsed
/// only if a name that is looked for stands in it.
#include "affected.h"

#include "tree.h"

#include <string.h>

/// With more names than this to look for, all files are parsed.
#define NAMES_MAX 32

static bool is_source(const char *path) {
    return g_str_has_suffix(path, ".depot");
}

bool affected_is_project(const char *path) {
    return strcmp(path, PROJECT_FILE) == 0 || g_str_has_suffix(path, "/" PROJECT_FILE);
}

static bool is_schema(const char *path) {
    return g_str_has_suffix(path, ".yaml") || g_str_has_suffix(path, ".yml");
}

static bool is_wanted(const IndexEntry *entry) {
    return is_source(entry->path) || (entry->mode & INDEX_TYPE) == INDEX_LINK;
}

static int compare_texts(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void free_candidate(void *data) {
    Candidate *candidate = data;
    g_free(candidate->path);
    g_free(candidate->own);
    if (candidate->references != NULL) {
        g_ptr_array_unref(candidate->references);
    }
    g_free(candidate);
}

// What changed

/// Adds what git prints to `changed`. False after a failure.
static bool add_list(Finder *finder, GPtrArray *list) {
    for (guint i = 0; list != NULL && i < list->len; i++) {
        g_ptr_array_add(finder->changed, g_strdup(list->pdata[i]));
    }
    const bool ok = list != NULL;
    if (ok) {
        g_ptr_array_unref(list);
    }
    return ok;
}

/// Adds a path of the command line: the file, or what git has of the folder.
static void add_path(Finder *finder, const char *path) {
    g_autofree char *inside = git_from_top(finder->git, path);
    size_t count = 0;
    const IndexEntry *entries = git_index_entries(finder->index, &count);
    if (inside == NULL) {
        return;
    }
    if (files_kind(NULL, path) != FILE_FOLDER) {
        g_ptr_array_add(finder->changed, g_steal_pointer(&inside));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (git_is_below(entries[i].path, inside)) {
            g_ptr_array_add(finder->changed, g_strdup(entries[i].path));
        }
    }
}

static bool find_changed(Finder *finder, char **paths) {
    Git *git = finder->git;
    const bool given = paths != NULL && *paths != NULL;
    const bool staged = finder->staged;
    GPtrArray *list =
        git_staged(git, given && !staged ? STAGED_GONE : STAGED_ALL, staged ? paths : NULL);
    if (!add_list(finder, list)) {
        return false;
    }
    if (given && !staged) {
        for (; *paths != NULL; paths++) {
            add_path(finder, *paths);
        }
        return add_list(finder, git_list(git, "ls-files", "-z", "--deleted", NULL));
    }
    if (!staged) {
        return add_list(finder, git_list(git, "ls-files", "-z", "--modified", "--deleted", NULL));
    }
    return true;
}

// Candidates

/// Adds what git knows.
static void find_candidates(Finder *finder) {
    size_t count = 0;
    const IndexEntry *entries = git_index_entries(finder->index, &count);
    for (size_t i = 0; i < count; i++) {
        finder->links = finder->links || (entries[i].mode & INDEX_TYPE) == INDEX_LINK;
        const char *path = entries[i].path;
        g_autofree char *full = g_build_filename(finder->git->top, path, NULL);
        if ((is_source(path) || affected_is_project(path)) &&
            files_kind(finder->files, full) == FILE_PLAIN) {
            Candidate *candidate = g_new0(Candidate, 1);
            candidate->path = g_strdup(path);
            g_ptr_array_add(finder->candidates, candidate);
            g_hash_table_insert(finder->by_path, candidate->path, candidate);
        }
    }
}

static void load(Finder *finder, Candidate *candidate) {
    g_autofree char *full = g_build_filename(finder->git->top, candidate->path, NULL);
    const char *message = NULL;
    if (candidate->text == NULL &&
        files_read(finder->files, full, &candidate->own, &candidate->length, &message) == READ_OK) {
        candidate->text = candidate->own;
    }
}

static void load_all(Finder *finder) {
    size_t count = 0;
    const IndexEntry *entries = git_index_entries(finder->index, &count);
    if (finder->staged) {
        git_index_load(finder->index, is_wanted);
    }
    for (size_t i = 0; finder->staged && i < count; i++) {
        Candidate *candidate = g_hash_table_lookup(finder->by_path, entries[i].path);
        if (candidate != NULL && (entries[i].mode & INDEX_TYPE) != INDEX_LINK) {
            candidate->text = git_index_text(finder->index, &entries[i], &candidate->length);
        }
    }
    for (guint i = 0; i < finder->candidates->len; i++) {
        load(finder, finder->candidates->pdata[i]);
    }
}

static void parse(Finder *finder, Candidate *candidate) {
    if (candidate->references != NULL) {
        return;
    }
    Compilation *compilation = finder->compilation;
    g_autofree char *full = g_build_filename(finder->git->top, candidate->path, NULL);
    const size_t before = diagnostics_count(compilation->diagnostics, SEVERITY_ERROR);
    const Source *source = compilation_add_file(compilation, full, NO_SPAN);
    candidate->unsure = source == NULL || source->tree == NULL ||
                        diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > before;
    candidate->references = source != NULL && source->tree != NULL
                                ? references_of(source->tree, candidate->path)
                                : g_ptr_array_new();
}

// Who names what

/// Has the last name of `path` looked for.
static void look_for(Finder *finder, const char *path) {
    g_hash_table_add(finder->names, g_path_get_basename(path));
}

/// Makes a target of what changed. Schemas are named by their folders too.
static void add_target(Finder *finder, const char *path) {
    g_hash_table_add(finder->targets, g_strdup(path));
    look_for(finder, path);
    g_hash_table_add(finder->endings, g_path_get_basename(path));
    g_autofree char *at = g_strdup(path);
    while (is_schema(path) && strchr(at, '/') != NULL) {
        char *above = g_path_get_dirname(at);
        g_free(at);
        at = above;
        g_hash_table_add(finder->targets, g_strdup(at));
        look_for(finder, at);
    }
    if (is_schema(path)) {
        g_hash_table_add(finder->targets, g_strdup("")); // the top folder
    }
}

/// Whether something that changed begins like `path`.
static bool begins_changed(const Finder *finder, const char *path) {
    size_t low = 0;
    size_t high = finder->changed->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(finder->changed->pdata[middle], path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < finder->changed->len && g_str_has_prefix(finder->changed->pdata[low], path);
}

/// Whether what stands at `path`, behind links, is a target.
static bool leads_to_target(const Finder *finder, const char *path) {
    g_autofree char *full = g_build_filename(finder->git->top, path, NULL);
    g_autofree char *real = files_real(finder->files, full);
    const char *inside = real != NULL ? git_inside(finder->git, real) : NULL;
    return inside != NULL && g_hash_table_contains(finder->targets, inside);
}

static bool names_target(const Finder *finder, const Reference *reference) {
    if (reference->kind == REFERENCE_ENDING) {
        return g_hash_table_contains(finder->endings, reference->path);
    }
    if (reference->kind == REFERENCE_BEGINNING) {
        return begins_changed(finder, reference->path);
    }
    for (guint i = 0; i < finder->modules->len; i++) {
        if (g_str_has_prefix(reference->path, finder->modules->pdata[i])) {
            return true;
        }
    }
    return g_hash_table_contains(finder->targets, reference->path) ||
           (finder->links && leads_to_target(finder, reference->path));
}

static bool is_affected(const Finder *finder, const Candidate *candidate) {
    for (guint i = 0; i < candidate->references->len; i++) {
        if (names_target(finder, candidate->references->pdata[i])) {
            return true;
        }
    }
    return candidate->unsure;
}

/// Whether a path with an interpolation or an escape may stand in the text, or one that ends with a
/// step up: names do not tell then.
static bool is_puzzling(const Candidate *candidate) {
    if (strchr(candidate->text, '\\') != NULL || strstr(candidate->text, "..\"") != NULL ||
        strstr(candidate->text, "../\"") != NULL) {
        return true;
    }
    for (const char *at = strstr(candidate->text, "${"); at != NULL; at = strstr(at + 2, "${")) {
        const char *line = at; // what stands before it
        while (line > candidate->text && line[-1] != '\n' && line[-1] != '/') {
            line--;
        }
        const char *slash = strpbrk(at, "/\n");
        if ((line > candidate->text && line[-1] == '/') || (slash != NULL && *slash == '/')) {
            return true;
        }
    }
    return false;
}

/// Whether one of the names that are looked for stands in the text.
static bool holds_name(const Finder *finder, const Candidate *candidate, bool first) {
    if (candidate->text == NULL) {
        return false;
    }
    if (g_hash_table_size(finder->names) > NAMES_MAX || finder->links || finder->modules->len > 0 ||
        (first && is_puzzling(candidate))) {
        return true;
    }
    GHashTableIter iterator;
    void *name = NULL;
    g_hash_table_iter_init(&iterator, finder->names);
    while (g_hash_table_iter_next(&iterator, &name, NULL)) {
        if (strstr(candidate->text, name) != NULL) {
            return true;
        }
    }
    return false;
}

static void find_affected(Finder *finder) {
    for (bool first = true; g_hash_table_size(finder->names) > 0; first = false) {
        g_autoptr(GPtrArray) found = g_ptr_array_new();
        for (guint i = 0; i < finder->candidates->len; i++) {
            Candidate *candidate = finder->candidates->pdata[i];
            if (candidate->affected || !is_source(candidate->path) ||
                !holds_name(finder, candidate, first)) {
                continue;
            }
            parse(finder, candidate);
            if (is_affected(finder, candidate)) {
                candidate->affected = true;
                g_ptr_array_add(found, candidate);
            }
        }
        g_hash_table_remove_all(finder->names);
        for (guint i = 0; i < found->len; i++) {
            const Candidate *candidate = found->pdata[i];
            g_hash_table_add(finder->targets, g_strdup(candidate->path));
            look_for(finder, candidate->path);
        }
    }
}

/// Marks those that others which are affected name.
static void mark_used(Finder *finder) {
    for (guint i = 0; i < finder->candidates->len; i++) {
        Candidate *candidate = finder->candidates->pdata[i];
        if (!candidate->affected || !is_source(candidate->path)) {
            continue;
        }
        parse(finder, candidate);
        for (guint k = 0; k < candidate->references->len; k++) {
            const Reference *reference = candidate->references->pdata[k];
            Candidate *used = reference->kind == REFERENCE_EXACT
                                  ? g_hash_table_lookup(finder->by_path, reference->path)
                                  : NULL;
            if (used != NULL && used != candidate) {
                used->used = true;
            }
        }
    }
}

/// Begins with what changed.
static void seed(Finder *finder) {
    size_t count = 0;
    const IndexEntry *entries = git_index_entries(finder->index, &count);
    g_ptr_array_sort(finder->changed, compare_texts);
    for (guint i = 0; i < finder->changed->len; i++) {
        const char *path = finder->changed->pdata[i];
        Candidate *candidate = g_hash_table_lookup(finder->by_path, path);
        add_target(finder, path);
        if (candidate != NULL) {
            candidate->affected = true;
        } else if (affected_is_project(path)) { // it is gone: what was in it stands for itself
            g_autofree char *folder = g_path_get_dirname(path);
            for (guint k = 0; k < finder->candidates->len; k++) {
                Candidate *other = finder->candidates->pdata[k];
                other->affected = other->affected ||
                                  git_is_below(other->path, strcmp(folder, ".") == 0 ? "" : folder);
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        if ((entries[i].mode & INDEX_TYPE) == INDEX_MODULE &&
            g_hash_table_contains(finder->targets, entries[i].path)) {
            g_ptr_array_add(finder->modules, g_strconcat(entries[i].path, "/", NULL));
        }
    }
}

static void clear(Finder *finder) {
    compilation_free(finder->compilation);
    g_ptr_array_unref(finder->changed);
    g_hash_table_unref(finder->by_path);
    g_ptr_array_unref(finder->candidates);
    g_hash_table_unref(finder->targets);
    g_hash_table_unref(finder->endings);
    g_hash_table_unref(finder->names);
    g_ptr_array_unref(finder->modules);
}

static GHashTable *new_set(void) {
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

GPtrArray *affected_find(Git *git, GitIndex *index, const FileSystem *files, bool staged,
                         char **paths) {
    Finder finder = {.git = git,
                     .index = index,
                     .files = files,
                     .staged = staged,
                     .candidates = g_ptr_array_new_with_free_func(free_candidate),
                     .by_path = g_hash_table_new(g_str_hash, g_str_equal),
                     .changed = g_ptr_array_new_with_free_func(g_free),
                     .targets = new_set(),
                     .endings = new_set(),
                     .names = new_set(),
                     .modules = g_ptr_array_new_with_free_func(g_free)};
    finder.compilation = compilation_new(&(CompilationOptions){.files = finder.files});
    GPtrArray *groups = NULL;
    if (find_changed(&finder, paths)) {
        find_candidates(&finder);
        if (finder.changed->len > 0 && finder.candidates->len > 0) {
            load_all(&finder);
            seed(&finder);
            find_affected(&finder);
            mark_used(&finder);
        }
        groups = affected_groups(&finder);
    }
    clear(&finder);
    return groups;
}
