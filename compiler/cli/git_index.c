/// The index of git as a file system: the files that git knows, as they would be committed now, or
/// as they are on the disk.
#include "git.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/// How many links may lead from one to the next, as on the disk.
#define LINKS_MAX 40
/// How many texts are asked for at once: so many ids fit into a pipe that nobody reads yet.
#define ASKED_MAX 500

struct GitIndex {
    Git *git;
    char *listing;  ///< what `git ls-files` printed; entries point into it
    GArray *sorted; ///< IndexEntry
    FileSystem files;
    bool staged; ///< texts are those that would be committed
    GPid child;  ///< `git cat-file --batch`, once a text is asked for
    int ask;     ///< ids go in
    FILE *texts; ///< texts come out
    bool broken; ///< it could not be started, or ended
};

// The list

/// Reads `MODE ID STAGE\tPATH`. False: it is none.
static bool read_entry(const char *line, IndexEntry *entry) {
    char *at = NULL;
    const unsigned long mode = strtoul(line, &at, 8);
    if (*at != ' ') {
        return false;
    }
    const char *id = at + 1;
    const char *id_end = strchr(id, ' ');
    const char *path = id_end != NULL ? strchr(id_end, '\t') : NULL;
    if (path == NULL) {
        return false;
    }
    *entry = (IndexEntry){.path = path + 1,
                          .length = strlen(path + 1),
                          .id = id,
                          .id_length = (size_t)(id_end - id),
                          .mode = (unsigned)mode,
                          .conflict = id_end[1] != '0'};
    return true;
}

/// The part of `sorted` from the first entry on that does not go before `path`.
static size_t lower_bound(const GitIndex *index, const char *path) {
    size_t low = 0;
    size_t high = index->sorted->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(g_array_index(index->sorted, IndexEntry, middle).path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static IndexEntry *entry_at(const GitIndex *index, const char *path) {
    const size_t place = lower_bound(index, path);
    IndexEntry *entry =
        place < index->sorted->len ? &g_array_index(index->sorted, IndexEntry, place) : NULL;
    return entry != NULL && strcmp(entry->path, path) == 0 ? entry : NULL;
}

/// Whether there are entries below `path`, a folder.
static bool is_folder(const GitIndex *index, const char *path) {
    if (*path == '\0') {
        return true;
    }
    g_autofree char *prefix = g_strconcat(path, "/", NULL);
    const size_t place = lower_bound(index, prefix);
    return place < index->sorted->len &&
           g_str_has_prefix(g_array_index(index->sorted, IndexEntry, place).path, prefix);
}

// The texts

static bool start_child(GitIndex *index) {
    char *command[] = {"git", "cat-file", "--batch", NULL};
    int out = -1;
    index->broken = !g_spawn_async_with_pipes(
        index->git->top, command, NULL,
        G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
        &index->child, &index->ask, &out, NULL, NULL);
    if (!index->broken) {
        index->texts = fdopen(out, "r");
        index->broken = index->texts == NULL;
    }
    return !index->broken;
}

static bool is_text(const IndexEntry *entry) {
    return (entry->mode & INDEX_TYPE) != INDEX_MODULE && !entry->conflict;
}

/// Asks for the texts of these entries.
static bool ask(GitIndex *index, IndexEntry *const *entries, size_t count) {
    g_autoptr(GString) ids = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        g_string_append_len(ids, entries[i]->id, (gssize)entries[i]->id_length);
        g_string_append_c(ids, '\n');
    }
    for (size_t done = 0; done < ids->len;) {
        const ssize_t written = write(index->ask, ids->str + done, ids->len - done);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return true;
}

/// Reads one answer: `ID blob SIZE\nTEXT\n`, or `ID missing\n`. False: the child is of no use.
static bool read_answer(GitIndex *index, IndexEntry *entry) {
    char head[160];
    if (fgets(head, sizeof head, index->texts) == NULL) {
        return false;
    }
    const char *kind = strchr(head, ' ');
    if (kind == NULL || strncmp(kind, " blob ", 6) != 0) {
        return kind != NULL;
    }
    const size_t size = strtoul(kind + 6, NULL, 10);
    entry->text = g_malloc(size + 2);
    entry->text_length = size;
    const bool complete =
        fread(entry->text, 1, size, index->texts) == size && fgetc(index->texts) == '\n';
    memset(entry->text + size, 0, 2);
    if (!complete) {
        g_clear_pointer(&entry->text, g_free);
    }
    return complete;
}

static void load(GitIndex *index, IndexEntry *const *entries, size_t count) {
    for (size_t i = 0; i < count; i++) {
        entries[i]->loaded = true;
    }
    if (count == 0 || index->broken || (index->texts == NULL && !start_child(index))) {
        return;
    }
    index->broken = !ask(index, entries, count);
    for (size_t i = 0; i < count && !index->broken; i++) {
        index->broken = !read_answer(index, entries[i]);
    }
}

void git_index_load(GitIndex *index, bool (*wanted)(const IndexEntry *entry)) {
    IndexEntry *asked[ASKED_MAX];
    size_t count = 0;
    for (guint i = 0; i < index->sorted->len; i++) {
        IndexEntry *entry = &g_array_index(index->sorted, IndexEntry, i);
        if (!entry->loaded && is_text(entry) && wanted(entry)) {
            asked[count++] = entry;
        }
        if (count == ASKED_MAX) {
            load(index, asked, count);
            count = 0;
        }
    }
    load(index, asked, count);
}

static const char *text_of(GitIndex *index, IndexEntry *entry, size_t *length) {
    if (!entry->loaded && is_text(entry)) {
        load(index, &entry, 1);
    }
    *length = entry->text_length;
    return entry->text;
}

const char *git_index_text(GitIndex *index, const IndexEntry *entry, size_t *length) {
    const size_t place = (size_t)(entry - (const IndexEntry *)(void *)index->sorted->data);
    return text_of(index, &g_array_index(index->sorted, IndexEntry, place), length);
}

// Paths

/// A path on its way through folders and links.
typedef struct Walk {
    GString *at;     ///< how far it is, from the top folder
    GPtrArray *rest; ///< components that are still to go, the next one last
    unsigned links;
    bool outside; ///< it leads out of the work tree
} Walk;

static void push_components(Walk *walk, const char *path) {
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (guint i = g_strv_length(parts); i-- > 0;) {
        if (*parts[i] != '\0' && strcmp(parts[i], ".") != 0) {
            g_ptr_array_add(walk->rest, g_strdup(parts[i]));
        }
    }
}

static void step_back(Walk *walk) {
    if (walk->at->len == 0) {
        walk->outside = true;
        return;
    }
    const char *slash = strrchr(walk->at->str, '/');
    g_string_truncate(walk->at, slash != NULL ? (gsize)(slash - walk->at->str) : 0);
}

/// Follows the link that `entry` is, from the folder `before` bytes long. False: it leads nowhere.
static bool follow(GitIndex *index, Walk *walk, IndexEntry *entry, size_t before) {
    size_t length = 0;
    const char *target = text_of(index, entry, &length);
    if (target == NULL || length == 0 || ++walk->links > LINKS_MAX) {
        return false;
    }
    g_string_truncate(walk->at, before);
    if (*target == '/') {
        const char *inside = git_inside(index->git, target);
        walk->outside = inside == NULL;
        g_string_truncate(walk->at, 0);
        target = inside != NULL ? inside : "";
    }
    push_components(walk, target);
    return true;
}

/// Goes where `path`, from the top folder, leads; the last component is followed if `last`. False:
/// there is a link that leads nowhere.
static bool go(GitIndex *index, Walk *walk, const char *path, bool last) {
    push_components(walk, path);
    while (walk->rest->len > 0 && !walk->outside) {
        g_autofree char *part = g_ptr_array_steal_index(walk->rest, walk->rest->len - 1);
        if (strcmp(part, "..") == 0) {
            step_back(walk);
            continue;
        }
        const size_t before = walk->at->len;
        g_string_append_printf(walk->at, "%s%s", before > 0 ? "/" : "", part);
        IndexEntry *entry = entry_at(index, walk->at->str);
        if (entry != NULL && (entry->mode & INDEX_TYPE) == INDEX_LINK &&
            (last || walk->rest->len > 0) && !follow(index, walk, entry, before)) {
            return false;
        }
        if (entry != NULL && (entry->mode & INDEX_TYPE) == INDEX_MODULE && walk->rest->len > 0) {
            walk->outside = true; // in a repository of its own
        }
    }
    return true;
}

/// `path` as an absolute one. What a work tree is known as behind links becomes its real path.
static char *absolute(const GitIndex *index, const char *path) {
    if (*path != '/') {
        return g_strcmp0(path, ".") == 0 ? g_strdup(index->git->working)
                                         : g_build_filename(index->git->working, path, NULL);
    }
    if (git_inside(index->git, path) != NULL) {
        return g_strdup(path);
    }
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *real = files_real(NULL, folder);
    g_autofree char *base = g_path_get_basename(path);
    return real != NULL ? g_build_filename(real, base, NULL) : g_strdup(path);
}

/// Where a path leads in the index: "" for the top folder. NULL: to nothing, or `*outside`.
static char *place_of(GitIndex *index, const char *path, bool last, bool *outside) {
    g_autofree char *full = absolute(index, path);
    const char *inside = git_inside(index->git, full);
    *outside = inside == NULL;
    if (inside == NULL) {
        return NULL;
    }
    Walk walk = {.at = g_string_new(NULL), .rest = g_ptr_array_new_with_free_func(g_free)};
    const bool leads = go(index, &walk, inside, last);
    *outside = walk.outside;
    g_ptr_array_unref(walk.rest);
    return g_string_free(walk.at, !leads || walk.outside);
}

// The file system

/// A file of the index as it is on the disk; the caller frees the path.
static char *on_disk(const GitIndex *index, const IndexEntry *entry) {
    return g_build_filename(index->git->top, entry->path, NULL);
}

/// Whether the file is there: the index has it, and if texts come from the disk, the disk.
static bool is_there(const GitIndex *index, const IndexEntry *entry) {
    g_autofree char *full = index->staged ? NULL : on_disk(index, entry);
    return full == NULL || files_kind(NULL, full) != FILE_NONE || files_is_link(NULL, full);
}

static int compare_texts(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static FileKind index_kind(const char *path, void *data) {
    GitIndex *index = data;
    bool outside = false;
    g_autofree char *place = place_of(index, path, true, &outside);
    if (outside) {
        return files_kind(NULL, path);
    }
    const IndexEntry *entry = place != NULL ? entry_at(index, place) : NULL;
    if (entry != NULL && (entry->mode & INDEX_TYPE) == INDEX_MODULE) {
        return FILE_FOLDER;
    }
    if (entry != NULL) {
        return is_there(index, entry) ? FILE_PLAIN : FILE_NONE;
    }
    return place != NULL && is_folder(index, place) ? FILE_FOLDER : FILE_NONE;
}

static bool index_is_link(const char *path, void *data) {
    GitIndex *index = data;
    bool outside = false;
    g_autofree char *place = place_of(index, path, false, &outside);
    if (outside) {
        return files_is_link(NULL, path);
    }
    const IndexEntry *entry = place != NULL ? entry_at(index, place) : NULL;
    return entry != NULL && (entry->mode & INDEX_TYPE) == INDEX_LINK;
}

static char *index_real(const char *path, void *data) {
    GitIndex *index = data;
    bool outside = false;
    g_autofree char *place = place_of(index, path, true, &outside);
    if (outside) {
        return files_real(NULL, path);
    }
    if (place != NULL && *place == '\0') {
        return g_strdup(index->git->top);
    }
    // The working folder is there, even if nothing in it is staged.
    if (place == NULL || (entry_at(index, place) == NULL && !is_folder(index, place))) {
        return strcmp(path, ".") == 0 ? g_strdup(index->git->working) : NULL;
    }
    return g_build_filename(index->git->top, place, NULL);
}

static GPtrArray *index_list(const char *folder, int *cause, void *data) {
    GitIndex *index = data;
    bool outside = false;
    g_autofree char *place = place_of(index, folder, true, &outside);
    const IndexEntry *entry = place != NULL ? entry_at(index, place) : NULL;
    if (outside || (entry != NULL && (entry->mode & INDEX_TYPE) == INDEX_MODULE)) {
        return files_list(NULL, folder, cause);
    }
    if (place == NULL || entry != NULL || !is_folder(index, place)) {
        *cause = entry != NULL ? ENOTDIR : ENOENT;
        return NULL;
    }
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *prefix = *place != '\0' ? g_strconcat(place, "/", NULL) : g_strdup("");
    const size_t skip = strlen(prefix);
    size_t at = lower_bound(index, prefix);
    while (at < index->sorted->len) {
        const char *path = g_array_index(index->sorted, IndexEntry, at).path;
        if (!g_str_has_prefix(path, prefix)) {
            break;
        }
        const size_t length = strcspn(path + skip, "/");
        if (path[skip + length] == '/' ||
            is_there(index, &g_array_index(index->sorted, IndexEntry, at))) {
            g_ptr_array_add(names, g_strndup(path + skip, length));
        }
        at++;
        if (path[skip + length] == '/') { // behind all that is below: '0' follows '/'
            g_autofree char *behind = g_strdup_printf("%.*s0", (int)(skip + length), path);
            at = lower_bound(index, behind);
        }
    }
    g_ptr_array_sort(names, compare_texts); // "a-b" goes before "a/", but not before "a"
    return names;
}

static ReadStatus index_read(const char *path, char **text, size_t *length, const char **message,
                             void *data) {
    GitIndex *index = data;
    bool outside = false;
    g_autofree char *place = place_of(index, path, true, &outside);
    if (outside) {
        return files_read(NULL, path, text, length, message);
    }
    IndexEntry *entry = place != NULL ? entry_at(index, place) : NULL;
    if (entry == NULL || (entry->mode & INDEX_TYPE) == INDEX_MODULE) {
        const bool folder = place != NULL && (entry != NULL || is_folder(index, place));
        const bool unknown = !folder && files_kind(NULL, path) == FILE_PLAIN;
        *message = folder    ? "a folder"
                   : unknown ? "it is there, but not in git's index; `git add` adds it"
                             : NULL;
        return folder ? READ_NOT_REGULAR : unknown ? READ_FAILED : READ_MISSING;
    }
    if (!index->staged) {
        g_autofree char *full = on_disk(index, entry);
        return files_read(NULL, full, text, length, message);
    }
    if (entry->conflict) {
        *message = "a merge left a conflict in it that is not resolved";
        return READ_FAILED;
    }
    const char *own = text_of(index, entry, length);
    if (own == NULL) {
        *message = "git has no object for it";
        return READ_FAILED;
    }
    if (*length > SOURCE_MAX_BYTES) {
        return READ_TOO_LARGE;
    }
    *text = g_memdup2(own, *length + 2);
    return READ_OK;
}

GitIndex *git_index_open(Git *git) {
    size_t length = 0;
    char *listing = git_run(git, &length, "ls-files", "--stage", "-z", NULL);
    if (listing == NULL) {
        return NULL;
    }
    GitIndex *index = g_new0(GitIndex, 1);
    index->git = git;
    index->listing = listing;
    index->sorted = g_array_new(FALSE, FALSE, sizeof(IndexEntry));
    index->files =
        (FileSystem){index_read, index_kind, index_is_link, index_real, index_list, index};
    const IndexEntry *last = NULL;
    for (const char *at = listing; at < listing + length; at += strlen(at) + 1) {
        IndexEntry entry;
        if (read_entry(at, &entry) && (last == NULL || strcmp(last->path, entry.path) != 0)) {
            g_array_append_val(index->sorted, entry);
            last = &g_array_index(index->sorted, IndexEntry, index->sorted->len - 1);
        }
    }
    return index;
}

void git_index_close(GitIndex *index) {
    if (index == NULL) {
        return;
    }
    for (guint i = 0; i < index->sorted->len; i++) {
        g_free(g_array_index(index->sorted, IndexEntry, i).text);
    }
    if (index->texts != NULL) {
        close(index->ask);
        fclose(index->texts);
        while (waitpid(index->child, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    g_array_free(index->sorted, TRUE);
    g_free(index->listing);
    g_free(index);
}

const IndexEntry *git_index_entries(const GitIndex *index, size_t *count) {
    *count = index->sorted->len;
    return (const IndexEntry *)(void *)index->sorted->data;
}

const FileSystem *git_index_files(GitIndex *index, bool staged) {
    index->staged = staged;
    return &index->files;
}
