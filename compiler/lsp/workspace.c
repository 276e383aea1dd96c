/// The folders that are open in the editor, and which files in them import which.
#include "server.h"

#include "path.h"

#include <string.h>

/// So much of a folder is looked through: who opens a whole disk as a folder gets an answer too.
enum { MAX_FILES = 20000, MAX_FOLDERS = 50000 };

/// A program or project file of the workspace.
typedef struct Member {
    GPtrArray *imports; ///< canonical paths of the files that it imports; NULL: not read yet
} Member;

struct Workspace {
    GPtrArray *folders;  ///< canonical paths
    GHashTable *members; ///< canonical path → Member
    GPtrArray *sorted;   ///< their paths, sorted; NULL: to be made
    /// file → GPtrArray of files outside of projects that import it, both of `members`; NULL: to be
    /// made.
    GHashTable *importers;
    unsigned epoch; ///< how often it has changed who imports whom
    bool searched;  ///< `members` has what is in the folders
};

static void free_member(void *data) {
    Member *member = data;
    if (member->imports != NULL) {
        g_ptr_array_unref(member->imports);
    }
    g_free(member);
}

Workspace *workspace_new(void) {
    Workspace *workspace = g_new0(Workspace, 1);
    workspace->folders = g_ptr_array_new_with_free_func(g_free);
    workspace->members = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_member);
    return workspace;
}

/// Drops what was made of the members: they, or their imports, have changed.
static void forget_order(Workspace *workspace) {
    g_clear_pointer(&workspace->sorted, g_ptr_array_unref);
    g_clear_pointer(&workspace->importers, g_hash_table_unref);
    workspace->epoch++;
}

unsigned workspace_epoch(const Workspace *workspace) {
    return workspace->epoch;
}

void workspace_free(Workspace *workspace) {
    forget_order(workspace);
    g_hash_table_destroy(workspace->members);
    g_ptr_array_unref(workspace->folders);
    g_free(workspace);
}

// Folders

static char *path_of_folder(const char *uri) {
    g_autofree char *path = g_filename_from_uri(uri, NULL, NULL);
    return path != NULL ? documents_canonical(path) : NULL;
}

static void search_again(Workspace *workspace) {
    g_hash_table_remove_all(workspace->members);
    forget_order(workspace);
    workspace->searched = false;
}

void workspace_add_folder(Workspace *workspace, const char *uri) {
    char *path = path_of_folder(uri);
    if (path == NULL ||
        g_ptr_array_find_with_equal_func(workspace->folders, path, g_str_equal, NULL)) {
        g_free(path);
        return;
    }
    g_ptr_array_add(workspace->folders, path);
    search_again(workspace);
}

void workspace_remove_folder(Workspace *workspace, const char *uri) {
    g_autofree char *path = path_of_folder(uri);
    guint index = 0;
    if (path != NULL &&
        g_ptr_array_find_with_equal_func(workspace->folders, path, g_str_equal, &index)) {
        g_ptr_array_remove_index(workspace->folders, index);
        search_again(workspace);
    }
}

const GPtrArray *workspace_folders(const Workspace *workspace) {
    return workspace->folders;
}

// Files

static bool is_source(const char *name) {
    return *name != '.' && (g_str_has_suffix(name, ".depot") || strcmp(name, PROJECT_FILE) == 0);
}

static bool is_passed_over(const char *path, const char *name) {
    if (*name == '.' || strcmp(name, "node_modules") == 0) {
        return true;
    }
    g_autofree char *manifest = g_build_filename(path, MANIFEST_NAME, NULL);
    return files_kind(NULL, manifest) != FILE_NONE;
}

static void add_member(Workspace *workspace, const char *path) {
    if (!g_hash_table_contains(workspace->members, path)) {
        g_hash_table_insert(workspace->members, g_strdup(path), g_new0(Member, 1));
        forget_order(workspace);
    }
}

/// Looks through one folder; folders in it are put on the stack.
static void search_folder(Workspace *workspace, const char *folder, GPtrArray *stack) {
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(NULL, folder, &cause);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        const FileKind kind = files_kind(NULL, path);
        if (kind == FILE_PLAIN && is_source(names->pdata[i])) {
            g_autofree char *canonical = documents_canonical(path);
            add_member(workspace, canonical);
        } else if (kind == FILE_FOLDER && !files_is_link(NULL, path) &&
                   !is_passed_over(path, names->pdata[i])) {
            g_ptr_array_add(stack, g_steal_pointer(&path));
        }
    }
}

/// Finds the files in all folders, and those of documents that are on no disk yet.
static void search(Workspace *workspace, const Documents *documents) {
    if (!workspace->searched) {
        workspace->searched = true;
        g_autoptr(GPtrArray) stack = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < workspace->folders->len; i++) {
            g_ptr_array_add(stack, g_strdup(workspace->folders->pdata[i]));
        }
        for (unsigned count = 0; stack->len > 0 && count < MAX_FOLDERS &&
                                 g_hash_table_size(workspace->members) < MAX_FILES;
             count++) {
            g_autofree char *folder = g_ptr_array_steal_index_fast(stack, stack->len - 1);
            search_folder(workspace, folder, stack);
        }
    }
    g_autoptr(GPtrArray) open = documents_all(documents);
    for (guint i = 0; i < open->len; i++) {
        const Document *document = open->pdata[i];
        if (document->path != NULL) {
            add_member(workspace, document->path);
        }
    }
}

/// Whether a path lies in one of the folders.
static bool is_inside(const Workspace *workspace, const char *path) {
    for (guint i = 0; i < workspace->folders->len; i++) {
        const char *folder = workspace->folders->pdata[i];
        const size_t length = strlen(folder);
        if (strncmp(path, folder, length) == 0 && path[length] == '/') {
            return true;
        }
    }
    return false;
}

void workspace_forget(Workspace *workspace, const char *path) {
    g_autofree char *name = g_path_get_basename(path);
    if (!is_source(name)) {
        return;
    }
    Member *member = g_hash_table_lookup(workspace->members, path);
    if (member != NULL && files_kind(NULL, path) == FILE_NONE) {
        forget_order(workspace);
        g_hash_table_remove(workspace->members, path);
    } else if (member != NULL) {
        forget_order(workspace);
        g_clear_pointer(&member->imports, g_ptr_array_unref);
    } else if (workspace->searched && is_inside(workspace, path)) {
        add_member(workspace, path);
    }
    if (strcmp(name, PROJECT_FILE) == 0) { // what is in a project imports nothing here
        search_again(workspace);
    }
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const GPtrArray *workspace_files(Workspace *workspace, const Documents *documents) {
    search(workspace, documents);
    if (workspace->sorted == NULL) {
        guint count = 0;
        g_autofree void **paths = g_hash_table_get_keys_as_array(workspace->members, &count);
        workspace->sorted = g_ptr_array_sized_new(count);
        for (guint i = 0; i < count; i++) {
            g_ptr_array_add(workspace->sorted, paths[i]);
        }
        g_ptr_array_sort(workspace->sorted, by_text);
    }
    return workspace->sorted;
}

// Imports

/// What a program imports, as canonical paths.
static GPtrArray *imports_of(const FileSystem *files, const Source *source, const char *path) {
    GPtrArray *imports = g_ptr_array_new_with_free_func(g_free);
    for (const Node *node = source->tree->a; node != NULL; node = node->next) {
        const Node *written = node->kind == NODE_IMPORT ? node->b : NULL;
        if (written == NULL || written->kind != NODE_STRING || written->length == 0 ||
            memchr(written->text, 0, written->length) != NULL) {
            continue;
        }
        g_autofree char *text = g_strndup(written->text, written->length);
        g_autofree char *joined = path_beside(files, path, text);
        g_ptr_array_add(imports, documents_canonical(joined));
    }
    return imports;
}

/// The same of the file at `path`, which is read.
static GPtrArray *read_imports(const Documents *documents, const char *path) {
    const FileSystem files = documents_files(documents, NULL);
    Compilation *compilation = compilation_new(&(CompilationOptions){.files = &files});
    const Source *source = compilation_add_file(compilation, path, NO_SPAN);
    GPtrArray *imports =
        source != NULL ? imports_of(&files, source, path) : g_ptr_array_new_with_free_func(g_free);
    compilation_free(compilation);
    g_free(files.data);
    return imports;
}

static bool same_texts(const GPtrArray *left, const GPtrArray *right) {
    bool same = left->len == right->len;
    for (guint i = 0; same && i < left->len; i++) {
        same = strcmp(left->pdata[i], right->pdata[i]) == 0;
    }
    return same;
}

void workspace_learn(Workspace *workspace, const FileSystem *files, const Source *source,
                     const char *path) {
    Member *member = g_hash_table_lookup(workspace->members, path);
    if (member == NULL || member->imports == NULL) {
        return; // it will be read when that matters
    }
    GPtrArray *imports = imports_of(files, source, path);
    if (same_texts(imports, member->imports)) {
        g_ptr_array_unref(imports);
        return;
    }
    forget_order(workspace);
    g_ptr_array_unref(member->imports);
    member->imports = imports;
}

static bool is_in_project(const char *path) {
    g_autofree char *project = project_find(NULL, path);
    return project != NULL;
}

static void add_importer(GHashTable *importers, char *file, const GPtrArray *imports) {
    for (guint i = 0; i < imports->len; i++) {
        GPtrArray *list = g_hash_table_lookup(importers, imports->pdata[i]);
        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(importers, imports->pdata[i], list);
        }
        g_ptr_array_add(list, file);
    }
}

static GHashTable *find_importers(Workspace *workspace, const Documents *documents) {
    const GPtrArray *files = workspace_files(workspace, documents);
    if (workspace->importers != NULL) {
        return workspace->importers;
    }
    workspace->importers =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < files->len; i++) {
        Member *member = g_hash_table_lookup(workspace->members, files->pdata[i]);
        const bool outside = !is_in_project(files->pdata[i]);
        if (member->imports == NULL) {
            member->imports = outside ? read_imports(documents, files->pdata[i])
                                      : g_ptr_array_new_with_free_func(g_free);
        }
        if (outside) {
            add_importer(workspace->importers, files->pdata[i], member->imports);
        }
    }
    return workspace->importers;
}

GPtrArray *workspace_roots(Workspace *workspace, const Documents *documents, const char *path) {
    GHashTable *importers = find_importers(workspace, documents);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) queue = g_ptr_array_new();
    GPtrArray *roots = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_add(seen, (char *)path);
    g_ptr_array_add(queue, (char *)path);
    for (guint i = 0; i < queue->len; i++) {
        const GPtrArray *list = g_hash_table_lookup(importers, queue->pdata[i]);
        if (list == NULL) {
            g_ptr_array_add(roots, g_strdup(queue->pdata[i]));
        }
        for (guint k = 0; list != NULL && k < list->len; k++) {
            if (g_hash_table_add(seen, list->pdata[k])) {
                g_ptr_array_add(queue, list->pdata[k]);
            }
        }
    }
    if (roots->len == 0) { // they import each other in a circle
        g_ptr_array_add(roots, g_strdup(path));
    }
    g_ptr_array_sort(roots, by_text);
    return roots;
}
