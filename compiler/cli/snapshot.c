// Snapshots: the templates that a test or a build gave once, kept beside the source, in
// `__snapshots__/FILE/VARIANT/STACK.template.json`.
#include "testing.h"

#include "template_diff.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SNAPSHOT_FOLDER "__snapshots__"

void snapshots_begin(Snapshots *snapshots, SnapshotMode mode) {
    *snapshots = (Snapshots){.mode = mode,
                             .live = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
}

void snapshots_clear(Snapshots *snapshots) {
    g_hash_table_unref(snapshots->live);
}

// Names

char *snapshot_variant(const char *name) {
    GString *out = g_string_new("test.");
    for (const char *c = name; *c != '\0'; c++) {
        if (*c == ' ') {
            g_string_append_c(out, '-');
        } else if (g_ascii_isalnum(*c) || (signed char)*c < 0) {
            g_string_append_c(out, *c);
        } else { // so that no two names have one folder, and none leads elsewhere
            g_string_append_printf(out, "_%02x", (unsigned char)*c);
        }
    }
    return g_string_free(out, FALSE);
}

/// "orders" of "shop/orders.depot"
static char *base_of(const char *file) {
    char *base = g_path_get_basename(file);
    if (g_str_has_suffix(base, ".depot")) {
        base[strlen(base) - strlen(".depot")] = '\0';
    }
    return base;
}

static char *shown_path(const char *file, const char *path) {
    g_autofree char *folder = g_path_get_dirname(file);
    g_autofree char *joined =
        strcmp(folder, ".") == 0 ? g_strdup(path) : g_build_filename(folder, path, NULL);
    return g_utf8_make_valid(joined, -1);
}

static int open_folder_of(const char *file) {
    g_autofree char *folder = g_path_get_dirname(file);
    return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

// Comparing

static void fail(TestResult *result, DiagnosticId id, const char *path, const char *help,
                 const char *details) {
    g_autofree char *shown = shown_path(result->file, path);
    Compilation *wording = failure_begin();
    const Diagnostic *diagnostic = diagnostic_add(wording->diagnostics, id, NO_SPAN, shown, NULL);
    g_autofree char *text = g_strdup_printf("%s  = help: %s\n", details, help);
    test_outcome_add(&result->outcome, diagnostic->code, diagnostic->message, text);
    compilation_free(wording);
}

static void report_unwritable(Compilation *compilation, const TestResult *result, const char *path,
                              int cause) {
    g_autofree char *shown = shown_path(result->file, path);
    diagnostic_add(compilation->diagnostics, DIAG_FILE_UNWRITABLE, NO_SPAN, shown,
                   g_strerror(cause), NULL);
}

/// One snapshot on its way.
typedef struct Snapshot {
    int folder;       ///< the open folder that it is in
    const char *path; ///< below the folder of the source
    const char *text; ///< what the build gives
} Snapshot;

static bool write_snapshot(Compilation *compilation, const TestResult *result,
                           const Snapshot *snapshot) {
    const char *name = folder_last_component(snapshot->path);
    const bool ok =
        folder_write_temporary(snapshot->folder, name, snapshot->text, strlen(snapshot->text)) &&
        folder_rename_temporary(snapshot->folder, name);
    if (!ok) {
        const int cause = errno;
        folder_remove_temporary(snapshot->folder, name);
        report_unwritable(compilation, result, snapshot->path, cause);
    }
    return ok;
}

/// Adds what differs between the snapshot's text and the new one to the failures.
static bool differs(TestResult *result, const Snapshot *snapshot, const char *present,
                    bool report) {
    static const char help[] = "`depotc test --snapshot --update` takes the new one";
    cJSON *before = cJSON_Parse(present);
    cJSON *after = cJSON_Parse(snapshot->text);
    GPtrArray *changes = before != NULL ? template_diff(before, after) : NULL;
    const bool found = changes == NULL || changes->len > 0;
    if (found && report) {
        g_autoptr(GString) text = g_string_new(NULL);
        if (changes != NULL) {
            template_diff_print(changes, "  ", text);
        }
        fail(result, changes != NULL ? DIAG_SNAPSHOT_DIFFERS : DIAG_SNAPSHOT_UNREADABLE,
             snapshot->path, help, text->str);
    }
    if (changes != NULL) {
        template_diff_free(changes);
    }
    cJSON_Delete(before);
    cJSON_Delete(after);
    return found;
}

static void compare(Snapshots *snapshots, Compilation *compilation, TestResult *result,
                    const Snapshot *snapshot) {
    size_t length = 0;
    errno = 0;
    g_autofree char *present =
        folder_read(snapshot->folder, folder_last_component(snapshot->path), &length);
    if (present == NULL && errno != ENOENT) {
        report_unwritable(compilation, result, snapshot->path, errno);
    } else if (present == NULL) {
        snapshots->written += write_snapshot(compilation, result, snapshot);
    } else if (strcmp(present, snapshot->text) == 0) {
        return;
    } else if (snapshots->mode != SNAPSHOT_UPDATE) {
        differs(result, snapshot, present, true);
    } else {
        snapshots->updated += write_snapshot(compilation, result, snapshot);
    }
}

/// With `--ci` nothing is written, no folder is made either.
static void compare_at(Snapshots *snapshots, Compilation *compilation, TestResult *result, int root,
                       const Snapshot *wanted) {
    const bool make = snapshots->mode != SNAPSHOT_CI;
    size_t reached = 0;
    Snapshot snapshot = *wanted;
    errno = 0;
    snapshot.folder = folder_open_parent(root, snapshot.path, make, &reached);
    const char *name = folder_last_component(snapshot.path);
    const bool missing = snapshot.folder < 0
                             ? errno == ENOENT
                             : faccessat(snapshot.folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
    if (!make && missing) {
        fail(result, DIAG_SNAPSHOT_MISSING, snapshot.path,
             "`depotc test --snapshot` without `--ci` writes it; it belongs into the repository",
             "");
    } else if (snapshot.folder < 0) {
        report_unwritable(compilation, result, snapshot.path, errno);
    } else {
        compare(snapshots, compilation, result, &snapshot);
    }
    if (snapshot.folder >= 0) {
        close(snapshot.folder);
    }
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

void snapshots_compare(Snapshots *snapshots, Compilation *compilation, TestResult *result,
                       const char *variant) {
    g_autofree char *base = base_of(result->file);
    g_autofree char *folder = g_strjoin("/", SNAPSHOT_FOLDER, base, variant, NULL);
    if (result->outcome.failures->len > 0) { // what it would give is not known
        g_hash_table_add(snapshots->live, shown_path(result->file, folder));
        return;
    }
    const int root = open_folder_of(result->file);
    if (root < 0) {
        report_unwritable(compilation, result, folder, errno);
        return;
    }
    guint count = 0;
    g_autofree void **stacks = g_hash_table_get_keys_as_array(result->outcome.texts, &count);
    qsort(stacks, count, sizeof *stacks, compare_names);
    for (guint i = 0; i < count; i++) {
        g_autofree char *path = g_strconcat(folder, "/", stacks[i], TEMPLATE_SUFFIX, NULL);
        const TestTemplate *template = g_hash_table_lookup(result->outcome.texts, stacks[i]);
        const Snapshot snapshot = {-1, path, template->text};
        g_hash_table_add(snapshots->live, shown_path(result->file, path));
        compare_at(snapshots, compilation, result, root, &snapshot);
    }
    close(root);
}

// What belongs to nothing any more

static void drop(Snapshots *snapshots, Compilation *compilation, int root, const char *file,
                 const char *path) {
    g_autofree char *shown = shown_path(file, path);
    if (g_hash_table_contains(snapshots->live, shown)) {
        return;
    }
    size_t reached = 0;
    const int folder =
        snapshots->mode == SNAPSHOT_UPDATE ? folder_open_parent(root, path, false, &reached) : -1;
    if (folder >= 0) {
        snapshots->removed += unlinkat(folder, folder_last_component(path), 0) == 0;
        close(folder);
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SNAPSHOT_OBSOLETE, NO_SPAN, shown, NULL);
    diagnostic->file = arena_strndup(compilation->arena, shown, strlen(shown));
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "`depotc test --snapshot --update` removes it");
}

/// The names in `folder`, sorted.
static GPtrArray *names_in(const char *folder) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    const char *name = directory != NULL ? g_dir_read_name(directory) : NULL;
    for (; name != NULL; name = g_dir_read_name(directory)) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void sweep_variant(Snapshots *snapshots, Compilation *compilation, int root,
                          const char *file, const char *variant) {
    g_autofree char *shown = shown_path(file, variant);
    if (g_hash_table_contains(snapshots->live, shown)) {
        return;
    }
    g_autofree char *parent = g_path_get_dirname(file);
    g_autofree char *folder = g_build_filename(parent, variant, NULL);
    g_autoptr(GPtrArray) names = names_in(folder);
    for (guint i = 0; i < names->len; i++) {
        if (g_str_has_suffix(names->pdata[i], TEMPLATE_SUFFIX)) {
            g_autofree char *path = g_strconcat(variant, "/", names->pdata[i], NULL);
            drop(snapshots, compilation, root, file, path);
        }
    }
    if (snapshots->mode == SNAPSHOT_UPDATE) {
        unlinkat(root, variant, AT_REMOVEDIR); // if it is empty now
    }
}

/// All that there is of the source file that is called `base` without its ending.
static void sweep_base(Snapshots *snapshots, Compilation *compilation, int root, const char *file,
                       const char *base) {
    g_autofree char *parent = g_path_get_dirname(file);
    g_autofree char *folder = g_build_filename(parent, SNAPSHOT_FOLDER, base, NULL);
    g_autoptr(GPtrArray) variants = names_in(folder);
    for (guint i = 0; i < variants->len; i++) {
        g_autofree char *variant =
            g_strjoin("/", SNAPSHOT_FOLDER, base, (const char *)variants->pdata[i], NULL);
        sweep_variant(snapshots, compilation, root, file, variant);
    }
    if (snapshots->mode == SNAPSHOT_UPDATE) {
        g_autofree char *own = g_strjoin("/", SNAPSHOT_FOLDER, base, NULL);
        unlinkat(root, own, AT_REMOVEDIR);
    }
}

void snapshots_sweep(Snapshots *snapshots, Compilation *compilation, const char *file) {
    const int root = open_folder_of(file);
    if (root < 0) {
        return;
    }
    g_autofree char *base = base_of(file);
    sweep_base(snapshots, compilation, root, file, base);
    g_autofree char *parent = g_path_get_dirname(file);
    g_autofree char *folder = g_build_filename(parent, SNAPSHOT_FOLDER, NULL);
    g_autoptr(GPtrArray) bases = names_in(folder);
    for (guint i = 0; i < bases->len; i++) { // those of source files that are gone
        g_autofree char *name = g_strconcat(bases->pdata[i], ".depot", NULL);
        if (faccessat(root, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0) {
            sweep_base(snapshots, compilation, root, file, bases->pdata[i]);
        }
    }
    close(root);
}
