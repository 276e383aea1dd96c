/// Programs that documents are part of, and their compilations: the same that `depotc check` makes.
#include "server.h"

#include <stdlib.h>
#include <string.h>

struct Analyses {
    GHashTable *by_key;  ///< key → Analysis, which it owns
    GHashTable *by_path; ///< canonical path of a document → Analysis that it is part of
    unsigned epoch;      ///< of the workspace, of `by_path`
};

// Life

static void unload(Analysis *analysis) {
    if (analysis->loaded) {
        session_close(&analysis->session);
        analysis->loaded = false;
    }
}

static void free_analysis(void *data) {
    Analysis *analysis = data;
    unload(analysis);
    g_hash_table_destroy(analysis->trace.paths);
    g_hash_table_destroy(analysis->reports);
    g_free(analysis->files.data);
    g_free(analysis->invocation.options.project);
    g_free(analysis->invocation.options.stage);
    g_strfreev(analysis->invocation.options.arguments);
    g_free(analysis->key);
    g_free(analysis);
}

Analyses *analyses_new(void) {
    Analyses *analyses = g_new0(Analyses, 1);
    analyses->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_analysis);
    analyses->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return analyses;
}

void analyses_free(Analyses *analyses) {
    g_hash_table_destroy(analyses->by_path);
    g_hash_table_destroy(analyses->by_key);
    g_free(analyses);
}

static int by_key(const void *left, const void *right) {
    const Analysis *one = *(Analysis *const *)left;
    const Analysis *other = *(Analysis *const *)right;
    return strcmp(one->key, other->key);
}

GPtrArray *analyses_all(const Analyses *analyses) {
    GPtrArray *all = g_ptr_array_new();
    GHashTableIter iterator;
    void *analysis = NULL;
    g_hash_table_iter_init(&iterator, analyses->by_key);
    while (g_hash_table_iter_next(&iterator, NULL, &analysis)) {
        g_ptr_array_add(all, analysis);
    }
    g_ptr_array_sort(all, by_key);
    return all;
}

/// The analysis with the arguments of an invocation, made if there is none. Takes the strings.
static Analysis *get_analysis(Server *server, const Options *options) {
    g_autofree char *paths =
        options->arguments != NULL ? g_strjoinv("\n", options->arguments) : g_strdup("");
    g_autofree char *key = g_strdup_printf(
        "%s\n%d\n%s", options->project != NULL ? options->project : "", options->no_project, paths);
    Analysis *analysis = g_hash_table_lookup(server->analyses->by_key, key);
    if (analysis != NULL) {
        g_free(options->project);
        g_strfreev(options->arguments);
        return analysis;
    }
    analysis = g_new0(Analysis, 1);
    analysis->key = g_steal_pointer(&key);
    analysis->invocation.options = *options;
    analysis->invocation.report = server->invocation->report;
    analysis->trace.paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    analysis->reports =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    analysis->files = documents_files(server->documents, &analysis->trace);
    analysis->invocation.files = &analysis->files;
    analysis->stale = true;
    g_hash_table_insert(server->analyses->by_key, analysis->key, analysis);
    return analysis;
}

// Compiling

/// Who imports whom may be other than before.
static void learn_imports(Server *server, const Analysis *analysis) {
    const Compilation *compilation = analysis->session.compilation;
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (!source->library && !source->settings) {
            g_autofree char *path = documents_canonical(source->path);
            workspace_learn(server->workspace, &analysis->files, source, path);
        }
    }
}

/// Compiles the program, unless nothing has changed.
static void load(Server *server, Analysis *analysis) {
    if (analysis->loaded && !analysis->stale) {
        return;
    }
    unload(analysis);
    g_hash_table_remove_all(analysis->trace.paths);
    g_free(analysis->invocation.options.stage);
    const bool staged = !analysis->invocation.options.no_project;
    analysis->invocation.options.stage = staged ? g_strdup(server->stage) : NULL;
    check_load(&analysis->session, &analysis->invocation, NULL, NULL);
    compilation_raise_levels(analysis->session.compilation);
    analysis->loaded = true;
    analysis->stale = false;
    learn_imports(server, analysis);
    if (!analysis->silent) {
        publish_collect(server, analysis);
    }
}

Source *analysis_source(const Analysis *analysis, const char *path) {
    const Compilation *compilation = analysis->session.compilation;
    Source *source = g_hash_table_lookup(compilation->source_by_path, path);
    // It may have been read through a symbolic link, or be data.
    for (size_t i = 0; source == NULL && i < compilation->source_count; i++) {
        Source *other = compilation->sources[i];
        g_autofree char *own = other->library ? NULL : documents_canonical(other->path);
        source = g_strcmp0(own, path) == 0 ? other : NULL;
    }
    return source;
}

/// The analysis with these options, compiled, if the file is part of its program; else NULL.
static Analysis *try_analysis(Server *server, Options options, const char *path) {
    Analysis *analysis = get_analysis(server, &options);
    analysis->wanted = true;
    load(server, analysis);
    return analysis_source(analysis, path) != NULL ? analysis : NULL;
}

/// The arguments for a file outside of all projects: where programs begin that it is part of.
static char **root_arguments(Server *server, const char *path) {
    GPtrArray *roots = workspace_roots(server->workspace, server->documents, path);
    g_ptr_array_set_free_func(roots, NULL);
    g_ptr_array_add(roots, NULL);
    return (char **)g_ptr_array_free(roots, FALSE);
}

/// `*certain`: as long as nobody imports others than now, it is this one.
static Analysis *find_analysis(Server *server, const char *path, bool *certain) {
    g_autofree char *project = project_find(NULL, path);
    const char *const alone[] = {path, NULL};
    *certain = true;
    if (project == NULL) {
        return try_analysis(
            server, (Options){.arguments = root_arguments(server, path), .no_project = TRUE}, path);
    }
    Analysis *found = try_analysis(server, (Options){.project = g_strdup(project)}, path);
    if (found == NULL) { // a file in the project's folder that is no part of it
        *certain = false;
        found = try_analysis(server, (Options){.arguments = g_strdupv((char **)alone)}, path);
    }
    if (found == NULL) { // a project file with mistakes keeps nobody from working on the rest
        found = try_analysis(
            server, (Options){.arguments = g_strdupv((char **)alone), .no_project = TRUE}, path);
        if (found != NULL) { // what is missing for that is told in the project file
            found->silent = true;
            g_hash_table_remove_all(found->reports);
        }
    }
    return found;
}

Analysis *analysis_of(Server *server, const char *path) {
    Analyses *analyses = server->analyses;
    if (analyses->epoch != workspace_epoch(server->workspace)) {
        g_hash_table_remove_all(analyses->by_path);
    }
    Analysis *known = g_hash_table_lookup(analyses->by_path, path);
    if (known != NULL) {
        known->wanted = true;
        load(server, known);
        if (analysis_source(known, path) != NULL) {
            return known;
        }
    }
    bool certain = false;
    Analysis *found = find_analysis(server, path, &certain);
    g_hash_table_remove(analyses->by_path, path);
    analyses->epoch = workspace_epoch(server->workspace);
    if (found != NULL && certain) {
        g_hash_table_insert(analyses->by_path, g_strdup(path), found);
    }
    return found;
}

// Keeping them fresh

static gboolean on_refresh(gpointer data) {
    Server *server = data;
    server->refresher = 0;
    analyses_refresh(server);
    return G_SOURCE_REMOVE;
}

static void refresh_soon(Server *server) {
    if (server->refresher == 0) {
        server->refresher = g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, on_refresh, server, NULL);
    }
}

void analyses_touch(Server *server, const char *path) {
    g_autoptr(GPtrArray) all = analyses_all(server->analyses);
    for (guint i = 0; i < all->len; i++) {
        Analysis *analysis = all->pdata[i];
        analysis->stale = analysis->stale || g_hash_table_contains(analysis->trace.paths, path);
    }
    refresh_soon(server);
}

void analyses_touch_all(Server *server) {
    g_autoptr(GPtrArray) all = analyses_all(server->analyses);
    for (guint i = 0; i < all->len; i++) {
        ((Analysis *)all->pdata[i])->stale = true;
    }
    refresh_soon(server);
}

static void add_uris(GHashTable *uris, const Analysis *analysis) {
    GHashTableIter iterator;
    void *uri = NULL;
    g_hash_table_iter_init(&iterator, analysis->reports);
    while (g_hash_table_iter_next(&iterator, &uri, NULL)) {
        g_hash_table_add(uris, g_strdup(uri));
    }
}

static gboolean is_part_of(gpointer path, gpointer analysis, gpointer unwanted) {
    (void)path;
    return analysis == unwanted;
}

/// Drops the programs that no open document is part of.
static void drop_unwanted(Server *server, GHashTable *uris) {
    g_autoptr(GPtrArray) all = analyses_all(server->analyses);
    for (guint i = 0; i < all->len; i++) {
        Analysis *analysis = all->pdata[i];
        if (!analysis->wanted) {
            add_uris(uris, analysis);
            g_hash_table_foreach_remove(server->analyses->by_path, is_part_of, analysis);
            g_hash_table_remove(server->analyses->by_key, analysis->key);
        }
    }
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/// Publishes what is known of these files, in the order of their URIs.
static void publish_all(Server *server, GHashTable *uris) {
    guint count = 0;
    g_autofree void **sorted = g_hash_table_get_keys_as_array(uris, &count);
    qsort(sorted, count, sizeof *sorted, by_text);
    for (guint i = 0; i < count; i++) {
        publish_file(server, sorted[i]);
    }
}

void analyses_refresh(Server *server) {
    g_autoptr(GHashTable) uris = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) all = analyses_all(server->analyses);
    for (guint i = 0; i < all->len; i++) {
        ((Analysis *)all->pdata[i])->wanted = false;
    }
    g_autoptr(GPtrArray) documents = documents_all(server->documents);
    for (guint i = 0; i < documents->len; i++) {
        const Document *document = documents->pdata[i];
        if (document->path != NULL) {
            analysis_of(server, document->path);
        }
    }
    drop_unwanted(server, uris);
    g_autoptr(GPtrArray) left = analyses_all(server->analyses);
    for (guint i = 0; i < left->len; i++) {
        add_uris(uris, left->pdata[i]);
    }
    publish_all(server, uris);
}
