/// What is checked together: the entries of a project, or what lies in one folder outside of all
/// projects. A file that others which are checked use is checked with them.
#include "affected.h"

#include "path.h"

#include <string.h>

/// A project of the repository, as far as it matters here.
typedef struct ProjectFacts {
    bool whole;          ///< what holds for all of it has changed
    GHashTable *entries; ///< paths from the top folder
} ProjectFacts;

typedef struct Grouping {
    const Finder *finder;
    GHashTable *groups;   ///< project file, or folder without one → AffectedGroup
    GHashTable *projects; ///< project file, as shown → ProjectFacts
    GHashTable *homes;    ///< folder → project file, as shown, or ""
    GHashTable *extra;    ///< AffectedGroup → Candidate list: neither entries nor unused
} Grouping;

static void free_group(void *data) {
    AffectedGroup *group = data;
    g_free(group->project);
    g_ptr_array_unref(group->paths);
    g_free(group);
}

static void free_facts(void *data) {
    ProjectFacts *facts = data;
    g_hash_table_unref(facts->entries);
    g_free(facts);
}

/// `path`, from the working folder or absolute, from the top folder; NULL if it is outside.
static char *from_top(const Finder *finder, const char *path) {
    g_autofree char *full = g_canonicalize_filename(path, finder->git->working);
    return g_strdup(git_inside(finder->git, full));
}

/// `path`, from the top folder, as people in the working folder know it.
static char *as_shown(const Finder *finder, const char *path) {
    g_autofree char *full = g_build_filename(finder->git->top, path, NULL);
    return path_from_working(full, finder->git->working);
}

/// Whether one of these paths, or what they use, has changed; with `gone` only those that are no
/// longer there count.
static bool has_changed(const Finder *finder, const ProjectPath *paths, size_t count, bool gone) {
    for (size_t i = 0; i < count; i++) {
        g_autofree char *path = from_top(finder, paths[i].path);
        if (path != NULL && g_hash_table_contains(finder->targets, path) &&
            !(gone && g_hash_table_contains(finder->by_path, path))) {
            return true;
        }
    }
    return false;
}

/// Adds the file, or the sources directly in the folder.
static void add_entry(const Finder *finder, GHashTable *entries, const char *path) {
    char *inside = from_top(finder, path);
    if (inside == NULL) {
        return;
    }
    int cause = 0;
    g_autoptr(GPtrArray) names = files_kind(finder->files, path) == FILE_FOLDER
                                     ? files_list(finder->files, path, &cause)
                                     : NULL;
    for (guint i = 0; names != NULL && i < names->len; i++) {
        g_hash_table_add(entries, *inside != '\0' ? g_build_filename(inside, names->pdata[i], NULL)
                                                  : g_strdup(names->pdata[i]));
    }
    g_hash_table_add(entries, inside);
}

static ProjectFacts *facts_of(Grouping *grouping, const char *file) {
    ProjectFacts *facts = g_hash_table_lookup(grouping->projects, file);
    if (facts != NULL) {
        return facts;
    }
    const Finder *finder = grouping->finder;
    facts = g_new0(ProjectFacts, 1);
    facts->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_insert(grouping->projects, g_strdup(file), facts);
    Compilation *compilation = compilation_new(&(CompilationOptions){.files = finder->files});
    const Project *project = project_read(compilation, file);
    g_autofree char *inside = from_top(finder, file);
    // A project file with mistakes is checked, and tells them.
    facts->whole = project == NULL || inside == NULL ||
                   diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0 ||
                   g_hash_table_contains(finder->targets, inside) ||
                   has_changed(finder, project->policies, project->policy_count, false) ||
                   has_changed(finder, project->library, project->library_count, false) ||
                   has_changed(finder, project->entries, project->entry_count, true);
    for (size_t i = 0; project != NULL && i < project->entry_count; i++) {
        add_entry(finder, facts->entries, project->entries[i].path);
    }
    if (project != NULL && project->entry_count == 0) {
        add_entry(finder, facts->entries, project->folder);
    }
    compilation_free(compilation);
    return facts;
}

/// The project file of a candidate, as shown, or NULL.
static const char *home_of(Grouping *grouping, const Candidate *candidate) {
    char *folder = g_path_get_dirname(candidate->path);
    const char *home = g_hash_table_lookup(grouping->homes, folder);
    if (home == NULL) {
        g_autofree char *full = g_build_filename(grouping->finder->git->top, candidate->path, NULL);
        char *found = project_find(grouping->finder->files, full);
        home = found != NULL ? found : g_strdup("");
        g_hash_table_insert(grouping->homes, folder, (char *)home);
    } else {
        g_free(folder);
    }
    return *home != '\0' ? home : NULL;
}

static AffectedGroup *group_of(Grouping *grouping, const char *project, const char *path) {
    char *key = project != NULL ? g_strdup(project) : g_path_get_dirname(path);
    AffectedGroup *group = g_hash_table_lookup(grouping->groups, key);
    if (group == NULL) {
        group = g_new0(AffectedGroup, 1);
        group->project = g_strdup(project);
        group->paths = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(grouping->groups, key, group);
        g_hash_table_insert(grouping->extra, group, g_ptr_array_new());
    } else {
        g_free(key);
    }
    return group;
}

static void place(Grouping *grouping, const Candidate *candidate) {
    const Finder *finder = grouping->finder;
    const char *project = home_of(grouping, candidate);
    AffectedGroup *group = group_of(grouping, project, candidate->path);
    const ProjectFacts *facts = project != NULL ? facts_of(grouping, project) : NULL;
    group->whole = group->whole || (facts != NULL && facts->whole);
    if (affected_is_project(candidate->path)) {
        return;
    }
    if (facts == NULL || g_hash_table_contains(facts->entries, candidate->path) ||
        !candidate->used) {
        g_ptr_array_add(group->paths, as_shown(finder, candidate->path));
    } else {
        g_ptr_array_add(g_hash_table_lookup(grouping->extra, group), (void *)candidate);
    }
}

/// Files that only import each other are checked themselves.
static void add_extra(const Grouping *grouping, AffectedGroup *group) {
    const GPtrArray *extra = g_hash_table_lookup(grouping->extra, group);
    const bool alone = group->paths->len == 0;
    for (guint i = 0; alone && i < extra->len; i++) {
        const Candidate *candidate = extra->pdata[i];
        g_ptr_array_add(group->paths, as_shown(grouping->finder, candidate->path));
    }
}

/// Whether `candidate` is a project file for all of whose programs something has changed.
static bool is_shaken(Grouping *grouping, const Candidate *candidate) {
    const Finder *finder = grouping->finder;
    if (!affected_is_project(candidate->path)) {
        return false;
    }
    const size_t folder = strlen(candidate->path) - strlen(PROJECT_FILE);
    for (guint i = 0; i < finder->changed->len; i++) {
        if (strncmp(finder->changed->pdata[i], candidate->path, folder) == 0) {
            g_autofree char *shown = as_shown(finder, candidate->path);
            return facts_of(grouping, shown)->whole;
        }
    }
    return false;
}

GPtrArray *affected_groups(const Finder *finder) {
    Grouping grouping = {
        .finder = finder,
        .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .projects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_facts),
        .homes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .extra = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref)};
    for (guint i = 0; i < finder->candidates->len; i++) {
        const Candidate *candidate = finder->candidates->pdata[i];
        if (candidate->affected || is_shaken(&grouping, candidate)) {
            place(&grouping, candidate);
        }
    }
    GPtrArray *groups = g_ptr_array_new_with_free_func(free_group);
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(grouping.groups), (GCompareFunc)strcmp);
    for (const GList *key = keys; key != NULL; key = key->next) {
        AffectedGroup *group = g_hash_table_lookup(grouping.groups, key->data);
        add_extra(&grouping, group);
        g_ptr_array_add(groups, group);
    }
    g_hash_table_unref(grouping.extra);
    g_hash_table_unref(grouping.groups);
    g_hash_table_unref(grouping.projects);
    g_hash_table_unref(grouping.homes);
    return groups;
}
