/// `depotc build --commit`: one commit of what changed in the output folders, and of nothing else.
///
/// It is `git commit --only`: git itself keeps what else is staged, runs the hooks, and leaves the
/// index as it should be. New files are made known to it before, and forgotten if it refuses.
#include "git.h"
#include "output.h"

#include <glib/gstdio.h>
#include <string.h>

struct Commit {
    Compilation *compilation;
    const OutputFolder *folders;
    size_t folder_count;
    Git git;
    GPtrArray *places; ///< the folders from the top folder; "" for that itself, NULL: not there
    const char *shown; ///< the first of them as shown to people
};

static Diagnostic *tell(const Commit *commit, DiagnosticId id, const char *detail) {
    Compilation *compilation = commit->compilation;
    g_autofree char *valid = g_utf8_make_valid(commit->shown, -1);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, id, NO_SPAN, valid, detail, NULL);
    diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
    return diagnostic;
}

static void help(const Commit *commit, Diagnostic *diagnostic, const char *text) {
    diagnostic_help(commit->compilation->diagnostics, diagnostic, "%s", text);
}

// Which repository

/// The real path that `folder` has, or will have when it is made: what exists of it is real.
static char *real_folder(const char *folder, char **existing) {
    char *real = files_real(NULL, folder);
    if (real != NULL || strcmp(folder, "/") == 0 || strcmp(folder, ".") == 0) {
        *existing = g_strdup(real);
        return real;
    }
    g_autofree char *parent = g_path_get_dirname(folder);
    g_autofree char *name = g_path_get_basename(folder);
    g_autofree char *above = real_folder(parent, existing);
    return above != NULL ? g_build_filename(above, name, NULL) : NULL;
}

static bool report_failure(const Commit *commit, const Git *git, DiagnosticId id,
                           const char *text) {
    Diagnostics *list = commit->compilation->diagnostics;
    if (git->missing) {
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_GIT_MISSING, NO_SPAN, git->failure, NULL);
        help(commit, diagnostic, "install git, so that `git` is found in PATH");
        return false;
    }
    Diagnostic *diagnostic = tell(commit, id, NULL);
    if (git->failure != NULL) {
        diagnostic_note(list, diagnostic, NO_SPAN, "git says: %s", git->failure);
    }
    help(commit, diagnostic, text);
    return false;
}

/// Takes the repository of a folder, which is the one of all others too.
static bool take_repository(Commit *commit, const char *folder, Git *git) {
    if (commit->git.top == NULL) {
        commit->git = *git;
        commit->shown = folder;
        *git = (Git){0};
        return true;
    }
    if (strcmp(git->top, commit->git.top) == 0) {
        return true;
    }
    Diagnostic *diagnostic = tell(commit, DIAG_COMMIT_REPOSITORIES, folder);
    help(commit, diagnostic, "build one target after the other, each with `--commit`");
    return false;
}

static bool find_repository(Commit *commit, const char *folder) {
    g_autofree char *existing = NULL;
    g_autofree char *real = real_folder(folder, &existing);
    Git git = {0};
    bool ok = real != NULL && git_begin_in(&git, existing);
    if (!ok) {
        commit->shown = folder;
        report_failure(commit, &git, DIAG_COMMIT_NO_REPOSITORY,
                       "`git init` makes one; without `--commit` the output is just written");
    } else {
        ok = take_repository(commit, folder, &git);
    }
    if (ok) {
        const char *inside = git_inside(&commit->git, real);
        g_ptr_array_add(commit->places, g_strdup(inside != NULL ? inside : ""));
    }
    git_clear(&git);
    return ok;
}

// Whether it is in a state for it

/// The absolute path of a file of the repository's own, such as `MERGE_HEAD`; NULL: there is none.
static char *own_file(Git *git, const char *name) {
    size_t length = 0;
    g_autofree char *path = git_run(git, &length, "rev-parse", "--git-path", name, NULL);
    if (path == NULL) {
        return NULL;
    }
    path[strcspn(path, "\n")] = '\0';
    char *place = g_canonicalize_filename(path, git->top);
    if (!g_file_test(place, G_FILE_TEST_EXISTS)) {
        g_clear_pointer(&place, g_free);
    }
    return place;
}

/// What git is in the middle of, or NULL.
static const char *find_business(Commit *commit) {
    static const char *const signs[][2] = {{"MERGE_HEAD", "a merge"},
                                           {"rebase-merge", "a rebase"},
                                           {"rebase-apply", "a rebase"},
                                           {"CHERRY_PICK_HEAD", "a cherry-pick"},
                                           {"REVERT_HEAD", "a revert"}};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        g_autofree char *place = own_file(&commit->git, signs[i][0]);
        if (place != NULL) {
            return signs[i][1];
        }
    }
    return NULL;
}

static bool check_state(Commit *commit) {
    const char *business = find_business(commit);
    size_t length = 0;
    if (business != NULL) {
        Diagnostic *diagnostic = tell(commit, DIAG_COMMIT_BUSY, business);
        help(commit, diagnostic, "finish or abort it first; `git status` says how");
        return false;
    }
    g_autofree char *branch = git_run(&commit->git, &length, "symbolic-ref", "-q", "HEAD", NULL);
    if (branch == NULL) {
        Diagnostic *diagnostic = tell(commit, DIAG_COMMIT_DETACHED, NULL);
        help(commit, diagnostic, "switch to one: `git switch main`, or `git switch -c NAME`");
        return false;
    }
    g_autofree char *author = git_run(&commit->git, &length, "var", "GIT_AUTHOR_IDENT", NULL);
    g_autofree char *committer =
        author != NULL ? git_run(&commit->git, &length, "var", "GIT_COMMITTER_IDENT", NULL) : NULL;
    return committer != NULL ||
           report_failure(
               commit, &commit->git, DIAG_COMMIT_AUTHOR,
               "`git config user.name NAME` and `git config user.email ADDRESS` tell it");
}

/// Adds the path, from the top folder, of a file in the folder `index`.
static void add_path(const Commit *commit, size_t index, const char *path, GPtrArray *paths) {
    const char *place = commit->places->pdata[index];
    g_ptr_array_add(paths, *place == '\0' ? g_strdup(path) : g_strconcat(place, "/", path, NULL));
}

/// Whether a file that may be the user's own is: something else stands there than the build gives.
static bool is_yours(const OutputFolder *folder, const OutputFile *file) {
    if (!file->yours) {
        return false;
    }
    g_autofree char *path = g_build_filename(folder->folder, file->path, NULL);
    g_autofree char *text = NULL;
    size_t length = 0;
    if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        return true;
    }
    if (!g_file_get_contents(path, &text, &length, NULL)) {
        return g_file_test(path, G_FILE_TEST_EXISTS);
    }
    return length != file->length || memcmp(text, file->text, length) != 0;
}

/// The paths of all files that the build gives, from the top folder.
static GPtrArray *output_paths(const Commit *commit) {
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < commit->folder_count; i++) {
        const OutputFolder *folder = &commit->folders[i];
        if (commit->places->pdata[i] == NULL) {
            continue;
        }
        for (size_t k = 0; k < folder->count; k++) {
            if (!is_yours(folder, &folder->files[k])) {
                add_path(commit, i, folder->files[k].path, paths);
            }
        }
        add_path(commit, i, MANIFEST_NAME, paths);
    }
    return paths;
}

/// Paths with a NUL byte behind each, as git reads them.
static GString *nul_list(const GPtrArray *paths) {
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < paths->len; i++) {
        g_string_append_len(list, paths->pdata[i], (gssize)strlen(paths->pdata[i]) + 1);
    }
    return list;
}

static bool check_ignored(Commit *commit) {
    g_autoptr(GPtrArray) paths = output_paths(commit);
    GString *list = nul_list(paths);
    size_t length = 0;
    g_autofree char *ignored = git_feed(&commit->git, list->str, list->len, &length, "check-ignore",
                                        "-z", "--stdin", NULL);
    g_string_free(list, TRUE);
    if (ignored == NULL) {
        return true; // or git cannot tell; it will say so when it commits
    }
    g_autofree char *valid = g_utf8_make_valid(ignored, -1); // the first of them
    Diagnostic *diagnostic = tell(commit, DIAG_COMMIT_IGNORED, valid);
    help(commit, diagnostic,
         "take it out of `.gitignore`; `git check-ignore -v FILE` shows which line it is");
    return false;
}

Commit *commit_begin(Compilation *compilation, const OutputFolder *folders, size_t folder_count) {
    Commit *commit = g_new0(Commit, 1);
    commit->compilation = compilation;
    commit->folders = folders;
    commit->folder_count = folder_count;
    commit->places = g_ptr_array_new_with_free_func(g_free);
    bool ok = true;
    for (size_t i = 0; i < folder_count && ok; i++) {
        if (folders[i].count == 0 && !g_file_test(folders[i].folder, G_FILE_TEST_EXISTS)) {
            g_ptr_array_add(commit->places, NULL); // as output_write has it
        } else {
            ok = find_repository(commit, folders[i].folder);
        }
    }
    if (ok && commit->git.top != NULL && !(check_state(commit) && check_ignored(commit))) {
        ok = false;
    }
    if (!ok) {
        commit_end(commit);
        return NULL;
    }
    return commit;
}

void commit_end(Commit *commit) {
    if (commit != NULL) {
        git_clear(&commit->git);
        g_ptr_array_free(commit->places, TRUE);
        g_free(commit);
    }
}

// What differs from the last commit

/// What git knows of the output folders.
typedef struct Known {
    GHashTable *committed; ///< paths in the last commit
    GHashTable *staged;    ///< paths in the index that have contents there
    GHashTable *changed;   ///< paths of the last commit that differ on the disk
} Known;

static GHashTable *set_of(GPtrArray *list) {
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        g_hash_table_add(set, g_strdup(list->pdata[i]));
    }
    g_clear_pointer(&list, g_ptr_array_unref);
    return set;
}

/// Paths with contents in the index. Others are announced alone (`git add -N`): a build that was
/// killed may have done that.
static GHashTable *staged_of(Git *git) {
    GHashTable *staged = set_of(git_list(git, "ls-files", "-z", NULL));
    g_autoptr(GPtrArray) announced = git_list(git, "diff-files", "--no-ext-diff", "--no-renames",
                                              "--diff-filter=A", "--name-only", "-z", NULL);
    for (guint i = 0; announced != NULL && i < announced->len; i++) {
        g_hash_table_remove(staged, announced->pdata[i]);
    }
    return staged;
}

static Known known_of(Git *git) {
    size_t length = 0;
    g_autofree char *head = git_run(git, &length, "rev-parse", "-q", "--verify", "HEAD", NULL);
    const bool born = head != NULL; // there is a first commit
    return (Known){.committed = set_of(born ? git_list(git, "ls-tree", "-r", "-z", "--name-only",
                                                       "--full-tree", "HEAD", NULL)
                                            : NULL),
                   .staged = staged_of(git),
                   .changed = set_of(born ? git_list(git, "diff", "--no-ext-diff", "--no-renames",
                                                     "--ignore-submodules=all", "--name-only", "-z",
                                                     "HEAD", NULL)
                                          : NULL)};
}

static void known_clear(Known *known) {
    g_hash_table_destroy(known->committed);
    g_hash_table_destroy(known->staged);
    g_hash_table_destroy(known->changed);
}

/// Adds what the manifest of the last commit lists and is gone now.
static void add_removed(Commit *commit, size_t index, const Known *known, GPtrArray *paths) {
    g_autoptr(GPtrArray) manifest = g_ptr_array_new_with_free_func(g_free);
    add_path(commit, index, MANIFEST_NAME, manifest);
    const char *own = manifest->pdata[0];
    size_t length = 0;
    g_autofree char *object = g_strconcat("HEAD:", own, NULL);
    g_autofree char *text = g_hash_table_contains(known->committed, own)
                                ? git_run(&commit->git, &length, "cat-file", "blob", object, NULL)
                                : NULL;
    bool unfinished = false;
    GHashTable *files = text != NULL ? manifest_parse(text, &unfinished) : NULL;
    if (files == NULL) {
        return;
    }
    GHashTableIter iterator;
    void *path = NULL;
    g_hash_table_iter_init(&iterator, files);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        if (!output_path_is_inside(path)) {
            continue;
        }
        add_path(commit, index, path, paths);
        const guint last = paths->len - 1;
        g_autofree char *place = g_build_filename(commit->git.top, paths->pdata[last], NULL);
        GStatBuf status;
        if (g_lstat(place, &status) == 0 ||
            !g_hash_table_contains(known->committed, paths->pdata[last])) {
            g_ptr_array_remove_index(paths, last); // it was edited and kept, or is another folder's
        }
    }
    g_hash_table_destroy(files);
}

static int by_path(const void *left, const void *right) {
    return strcmp(((const CommitChange *)left)->path, ((const CommitChange *)right)->path);
}

/// What of the output differs from the last commit, sorted. `paths` owns the paths.
static GArray *find_changes(Commit *commit, const Known *known, GPtrArray **paths) {
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(CommitChange));
    *paths = output_paths(commit);
    const guint given = (*paths)->len;
    for (size_t i = 0; i < commit->folder_count; i++) {
        if (commit->places->pdata[i] != NULL) {
            add_removed(commit, i, known, *paths);
        }
    }
    for (guint i = 0; i < (*paths)->len; i++) {
        CommitChange change = {'-', (*paths)->pdata[i]};
        const bool committed = g_hash_table_contains(known->committed, change.path);
        if (i < given) {
            change.mark = committed ? '~' : '+';
        }
        if (change.mark != '~' || g_hash_table_contains(known->changed, change.path)) {
            g_array_append_val(changes, change);
        }
    }
    g_array_sort(changes, by_path);
    return changes;
}

// The commit

static void help_after_refusal(Commit *commit, Diagnostic *diagnostic) {
    g_autofree char *lock = own_file(&commit->git, "index.lock");
    if (lock == NULL) {
        help(commit, diagnostic,
             "the output is written; `--commit` tries again when you build again");
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(lock, -1);
    diagnostic_help(commit->compilation->diagnostics, diagnostic,
                    "another git is at work, or one was killed: when none runs, delete `%s`; the "
                    "output is written, and `--commit` tries again when you build again",
                    valid);
}

static bool report_refused(Commit *commit) {
    enum { MOST = 4000 };
    Diagnostic *diagnostic = tell(commit, DIAG_COMMIT_REFUSED, NULL);
    g_autofree char *said = g_utf8_make_valid(commit->git.said != NULL ? commit->git.said : "", -1);
    g_strchomp(said);
    if (strlen(said) > MOST) {
        const char *end = g_utf8_find_prev_char(said, said + MOST);
        said[end != NULL ? end - said : MOST] = '\0';
    }
    diagnostic_note(commit->compilation->diagnostics, diagnostic, NO_SPAN, "git says:\n%s",
                    *said != '\0' ? said : "nothing");
    help_after_refusal(commit, diagnostic);
    return false;
}

/// Makes new files known to git, so that it can commit them by their names.
static bool announce(Commit *commit, const GPtrArray *fresh) {
    if (fresh->len == 0) {
        return true;
    }
    GString *list = nul_list(fresh);
    size_t length = 0;
    g_autofree char *out =
        git_feed(&commit->git, list->str, list->len, &length, "--literal-pathspecs", "add", "-N",
                 "--pathspec-from-file=-", "--pathspec-file-nul", NULL);
    g_string_free(list, TRUE);
    return out != NULL;
}

/// Takes that back.
static void forget(Commit *commit, const GPtrArray *fresh) {
    char *said = g_steal_pointer(&commit->git.said); // what git says of this does not matter
    GString *list = nul_list(fresh);
    size_t length = 0;
    g_free(git_feed(&commit->git, list->str, list->len, &length, "update-index", "--force-remove",
                    "-z", "--stdin", NULL));
    g_string_free(list, TRUE);
    g_free(commit->git.said);
    commit->git.said = said;
}

static bool run_commit(Commit *commit, const GArray *changes, const Known *known,
                       const char *message) {
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_autoptr(GPtrArray) fresh = g_ptr_array_new();
    for (guint i = 0; i < changes->len; i++) {
        const CommitChange *change = &g_array_index(changes, CommitChange, i);
        g_ptr_array_add(all, (void *)change->path);
        if (change->mark != '-' && !g_hash_table_contains(known->staged, change->path)) {
            g_ptr_array_add(fresh, (void *)change->path);
        }
    }
    GString *list = nul_list(all);
    size_t length = 0;
    g_autofree char *out =
        announce(commit, fresh)
            ? git_feed(&commit->git, list->str, list->len, &length, "--literal-pathspecs", "commit",
                       "-q", "--only", "--cleanup=whitespace", "-m", message,
                       "--pathspec-from-file=-", "--pathspec-file-nul", NULL)
            : NULL;
    const bool ok = out != NULL;
    g_string_free(list, TRUE);
    if (!ok && fresh->len > 0) {
        forget(commit, fresh);
    }
    return ok || report_refused(commit);
}

/// "committed 1a2b3c4 to main: 3 files, 5 resources"
static void say(Commit *commit, size_t files, size_t resources, const Report *report) {
    size_t length = 0;
    g_autofree char *id = git_run(&commit->git, &length, "rev-parse", "--short", "HEAD", NULL);
    g_autofree char *branch =
        git_run(&commit->git, &length, "symbolic-ref", "-q", "--short", "HEAD", NULL);
    g_autoptr(GString) line = g_string_new("committed ");
    g_string_append_len(line, id != NULL ? id : "", id != NULL ? (gssize)strcspn(id, "\n") : 0);
    if (branch != NULL) {
        g_string_append_printf(line, " to %.*s", (int)strcspn(branch, "\n"), branch);
    }
    g_string_append_printf(line, ": %zu file%s", files, files == 1 ? "" : "s");
    if (resources > 0) {
        g_string_append_printf(line, ", %zu resource%s", resources, resources == 1 ? "" : "s");
    }
    g_string_append_c(line, '\n');
    g_autofree char *around =
        git_run(&commit->git, &length, "rev-parse", "--show-superproject-working-tree", NULL);
    if (around != NULL && *around != '\0') {
        g_string_append(line, "it is a submodule: the repository around it names the old commit "
                              "until you commit there\n");
    }
    report_say(report, line->str);
}

bool commit_make(Commit *commit, const char *message, const Report *report) {
    if (commit->git.top == NULL) {
        report_say(report, "nothing to commit: there is no output\n");
        return true;
    }
    Known known = known_of(&commit->git);
    g_autoptr(GPtrArray) paths = NULL;
    GArray *changes = find_changes(commit, &known, &paths);
    bool ok = true;
    if (changes->len == 0) {
        report_say(report, "nothing to commit: the output is that of the last commit\n");
    } else {
        CommitMessage text = commit_message(
            &commit->git, (const CommitChange *)(void *)changes->data, changes->len, message);
        ok = run_commit(commit, changes, &known, text.text);
        if (ok) {
            say(commit, changes->len, text.resources, report);
        }
        g_free(text.text);
    }
    g_array_free(changes, TRUE);
    known_clear(&known);
    return ok;
}
