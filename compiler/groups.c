/// Which files of a program have to do with each other.
#include "groups.h"

#include "function.h"
#include "program.h"
#include "schema.h"
#include "user_library.h"
#include "volume.h"

#include <glib.h>
#include <string.h>

/// What is near to a limit of the whole program is not divided: a part would not notice it.
enum { NEAR = 2 };
/// Files that groups read, for each file there is. Beyond, knowing them costs more than it saves.
enum { MOST_READ = 64 };

typedef struct Grouping {
    Compilation *compilation;
    ProgramGroups *groups;
    uint32_t *parents; ///< by Source.id: the forest that says what is in one group
    uint32_t *seen;    ///< by Source.id: the walk that met it last
    bool *walked;      ///< by Source.id: what it reads is known to its group
    uint32_t walk;
    size_t read;       ///< how many files all entries read
    GPtrArray **files; ///< by Source.id of an entry: the paths that it was the first to meet
} Grouping;

/// Whether a file is only read by those that import it, and nothing of them is known in it.
static bool is_plain(const Source *source) {
    for (const Node *node = source->tree->a; node; node = node->next) {
        switch (node->kind) {
        case NODE_IMPORT:
        case NODE_PARAM:
        case NODE_LET:
        case NODE_TYPE:
        case NODE_FN:
        case NODE_MODULE:
        case NODE_TEST:
            break;
        default:
            return false;
        }
    }
    return true;
}

static bool is_divisible(const Compilation *compilation) {
    const Program *program = compilation->program;
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (!source->library && !source->part && source_adds_to_library(source)) {
            return false;
        }
    }
    return compilation->source_count < SOURCE_MAX_FILES / NEAR &&
           program->resource_count < PROGRAM_MAX_RESOURCES / NEAR &&
           program->calls < FUNCTION_MAX_CALLS / NEAR &&
           program->volume < (size_t)VOLUME_MAX_PROGRAM * 1024 * 1024 / NEAR;
}

// Who reads what

static uint32_t root_of(const Grouping *grouping, uint32_t id) {
    while (grouping->parents[id] != id) {
        grouping->parents[id] = grouping->parents[grouping->parents[id]];
        id = grouping->parents[id];
    }
    return id;
}

static void unite(const Grouping *grouping, uint32_t one, uint32_t other) {
    const uint32_t first = root_of(grouping, one), second = root_of(grouping, other);
    grouping->parents[MAX(first, second)] = MIN(first, second);
}

static void push_uses(const Source *source, GPtrArray *open, GPtrArray *paths) {
    for (const FileUse *use = source->uses; use; use = use->next) {
        g_ptr_array_add(use->source ? open : paths,
                        use->source ? (gpointer)use->source : (gpointer)use->path);
    }
}

/// Adds to `paths` what `first` reads. `entry`: united with what is more than read, or NULL.
static void walk_from(Grouping *grouping, Source *first, const Source *entry, GPtrArray *paths) {
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    g_ptr_array_add(open, first);
    grouping->walk++;
    while (open->len > 0) {
        const Source *source = g_ptr_array_steal_index_fast(open, open->len - 1);
        if (grouping->seen[source->id] == grouping->walk) {
            continue;
        }
        grouping->seen[source->id] = grouping->walk;
        grouping->read++;
        g_ptr_array_add(paths, (gpointer)source->path);
        if (entry && !is_plain(source)) {
            unite(grouping, entry->id, source->id);
            if (grouping->walked[source->id]) {
                continue; /* another entry of the group reads what it reads */
            }
            grouping->walked[source->id] = true;
        }
        push_uses(source, open, paths);
    }
}

/// Schemas know each other by their names, wherever their packages stand.
static void unite_schemas(const Grouping *grouping) {
    const Program *program = grouping->compilation->program;
    const Resource *first = NULL;
    for (size_t i = 0; i < program->container_count; i++) {
        const Resource *container = program->containers[i];
        if (container_has_schemas(container)) {
            first = first ? first : container;
            unite(grouping, first->node->file, container->node->file);
        }
    }
}

/// Whether it is known what belongs together.
static bool find_groups(Grouping *grouping) {
    const Compilation *compilation = grouping->compilation;
    for (size_t i = 0; i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        if (source->entry) {
            grouping->files[i] = g_ptr_array_new();
            walk_from(grouping, source, source, grouping->files[i]);
        } else if (source->part) {
            walk_from(grouping, source, NULL, grouping->groups->common);
        }
        if (grouping->read > MOST_READ * compilation->source_count) {
            return false;
        }
    }
    unite_schemas(grouping);
    return true;
}

// What is known of a group

static gint by_text(gconstpointer left, gconstpointer right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/// Sorts strings and drops those that are there twice.
static void sort_once(GPtrArray *texts) {
    g_ptr_array_sort(texts, by_text);
    guint count = 0;
    for (guint i = 0; i < texts->len; i++) {
        if (count == 0 || strcmp(texts->pdata[i], texts->pdata[count - 1]) != 0) {
            texts->pdata[count++] = texts->pdata[i];
        }
    }
    g_ptr_array_set_size(texts, (gint)count);
}

static void add_claim(const Grouping *grouping, ProgramGroup *group, const char *what,
                      const char *name) {
    g_ptr_array_add(group->claims, arena_printf(grouping->compilation->arena, "%s %s", what, name));
}

/// Parameters are set from outside; a file that is more than read is of one group alone.
static void claim_source(const Grouping *grouping, ProgramGroup *group, const Source *source) {
    for (const Node *node = source->tree->a; node; node = node->next) {
        if (node->kind == NODE_PARAM && node->name) {
            add_claim(grouping, group, node->flags & NODE_DEPLOY ? "deploy" : "param",
                      node->name->text);
        }
    }
    if (!is_plain(source)) {
        add_claim(grouping, group, "file", source->path);
    }
}

static void claim_container(const Grouping *grouping, const Resource *container) {
    ProgramGroup *group = grouping->groups->by_source[container->node->file];
    if (group) {
        add_claim(grouping, group, "stack", container->stack);
    }
    if (group && container_has_schemas(container)) {
        add_claim(grouping, group, "schemas", "");
    }
}

static ProgramGroup *new_group(ProgramGroups *groups) {
    ProgramGroup *group = g_new(ProgramGroup, 1);
    group->entries = g_ptr_array_new();
    group->files = g_ptr_array_new();
    group->claims = g_ptr_array_new();
    g_ptr_array_add(groups->list, group);
    return group;
}

static void add_entry(const Grouping *grouping, Source *source, ProgramGroup **by_root) {
    ProgramGroup **slot = &by_root[root_of(grouping, source->id)];
    if (!*slot) {
        *slot = new_group(grouping->groups);
    }
    g_ptr_array_add((*slot)->entries, source);
    g_ptr_array_extend((*slot)->files, grouping->files[source->id], NULL, NULL);
    grouping->groups->by_source[source->id] = *slot;
}

static void make_groups(const Grouping *grouping) {
    const Compilation *compilation = grouping->compilation;
    const ProgramGroups *groups = grouping->groups;
    ProgramGroup **by_root =
        arena_array(compilation->arena, ProgramGroup *, compilation->source_count);
    memset(by_root, 0, compilation->source_count * sizeof *by_root);
    g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        if (!source->library) {
            g_hash_table_insert(by_path, (gpointer)source->path, source);
        }
        if (source->entry) {
            add_entry(grouping, source, by_root);
        }
    }
    for (size_t i = 0; i < compilation->program->container_count; i++) {
        claim_container(grouping, compilation->program->containers[i]);
    }
    for (guint i = 0; i < groups->list->len; i++) {
        ProgramGroup *group = groups->list->pdata[i];
        sort_once(group->files);
        for (guint k = 0; k < group->files->len; k++) {
            const Source *source = g_hash_table_lookup(by_path, group->files->pdata[k]);
            if (source) {
                claim_source(grouping, group, source);
            }
        }
        sort_once(group->claims);
    }
}

// All of it

static void free_group(gpointer data) {
    ProgramGroup *group = data;
    g_ptr_array_unref(group->entries);
    g_ptr_array_unref(group->files);
    g_ptr_array_unref(group->claims);
    g_free(group);
}

void program_groups_free(ProgramGroups *groups) {
    if (groups) {
        g_ptr_array_unref(groups->list);
        g_ptr_array_unref(groups->common);
        g_free(groups->by_source);
        g_free(groups);
    }
}

static void clear(Grouping *grouping) {
    for (size_t i = 0; i < grouping->compilation->source_count; i++) {
        if (grouping->files[i]) {
            g_ptr_array_unref(grouping->files[i]);
        }
    }
    g_free(grouping->files);
    g_free(grouping->seen);
    g_free(grouping->walked);
}

ProgramGroups *program_groups(Compilation *compilation) {
    if (!is_divisible(compilation)) {
        return NULL;
    }
    const size_t count = compilation->source_count;
    ProgramGroups *groups = g_new0(ProgramGroups, 1);
    groups->list = g_ptr_array_new_with_free_func(free_group);
    groups->common = g_ptr_array_new();
    groups->by_source = g_new0(ProgramGroup *, count);
    Grouping grouping = {.compilation = compilation,
                         .groups = groups,
                         .parents = arena_array(compilation->arena, uint32_t, count),
                         .seen = g_new0(uint32_t, count),
                         .walked = g_new0(bool, count),
                         .files = g_new0(GPtrArray *, count)};
    for (size_t i = 0; i < count; i++) {
        grouping.parents[i] = (uint32_t)i;
    }
    const bool found = find_groups(&grouping);
    if (found) {
        make_groups(&grouping);
    }
    clear(&grouping);
    if (!found) {
        program_groups_free(groups);
    }
    return found ? groups : NULL;
}
