/// The files of a new project: made of a template, formatted, and written as a whole or not at all.
#include "fmt.h"
#include "template.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void planned_free(void *data) {
    PlannedFile *file = data;
    g_free(file->path);
    g_free(file->text);
    g_free(file);
}

static int compare_paths(const void *left, const void *right) {
    const PlannedFile *one = *(PlannedFile *const *)left;
    const PlannedFile *other = *(PlannedFile *const *)right;
    return strcmp(one->path, other->path);
}

// Making

/// Whether a path of a template, its variables replaced, stays in the project.
static bool stays_inside(const char *path) {
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        if ((*part)[0] == '\0' || strcmp(*part, ".") == 0 || strcmp(*part, "..") == 0 ||
            g_ascii_strcasecmp(*part, ".git") == 0) {
            return false;
        }
    }
    return true;
}

/// The text of the one file that is formatted; `data`: the PlannedFile.
static ReadStatus read_planned(const char *path, char **text, size_t *length, const char **message,
                               void *data) {
    (void)message;
    const PlannedFile *file = data;
    if (strcmp(path, file->path) != 0) {
        return READ_MISSING;
    }
    *length = file->length;
    *text = g_malloc0(file->length + 2);
    memcpy(*text, file->text, file->length);
    return READ_OK;
}

/// Formats a program or project file: how long its lines are depends on the names that were chosen.
static void format(PlannedFile *file) {
    const bool settings = strcmp(folder_last_component(file->path), PROJECT_FILE) == 0;
    if (!settings && !g_str_has_suffix(file->path, ".depot")) {
        return;
    }
    Compilation *compilation =
        compilation_new(&(CompilationOptions){.reader = read_planned, .reader_data = file});
    const Source *source = settings ? compilation_add_settings(compilation, file->path)
                                    : compilation_add_file(compilation, file->path, NO_SPAN);
    g_autoptr(GString) text = g_string_new(NULL);
    if (source != NULL && fmt_source(compilation, source, FMT_INDENT_DEFAULT, text)) {
        g_free(file->text);
        file->length = text->len;
        file->text = g_string_free(g_steal_pointer(&text), FALSE);
    }
    compilation_free(compilation);
}

/// One file of the template, with the values in it; what is no text stays as it is. NULL: `*cause`
/// says why not.
static PlannedFile *make_file(const TemplateFile *file, GHashTable *values, char **cause) {
    g_autoptr(GString) path = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *why = NULL;
    if (!template_expand(file->path, values, path, &why)) {
        *cause = g_strdup_printf("the name `%s`: %s", file->path, why);
        return NULL;
    }
    if (!stays_inside(path->str)) {
        *cause = g_strdup_printf("`%s` is no place in a project", path->str);
        return NULL;
    }
    if (memchr(file->text, '\0', file->length) != NULL ||
        !g_utf8_validate(file->text, (gssize)file->length, NULL)) {
        g_string_append_len(text, file->text, (gssize)file->length);
    } else if (!template_expand(file->text, values, text, &why)) {
        *cause = g_strdup_printf("`%s`, %s", file->path, why);
        return NULL;
    }
    PlannedFile *planned = g_new0(PlannedFile, 1);
    planned->length = text->len;
    planned->path = g_string_free(g_steal_pointer(&path), FALSE);
    planned->text = g_string_free(g_steal_pointer(&text), FALSE);
    planned->executable = file->executable;
    format(planned);
    return planned;
}

/// Finds out what stands in the folder.
static void look(Plan *plan) {
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(NULL, plan->folder, &cause);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        // A repository that was made for the project is as good as an empty folder.
        plan->occupied = plan->occupied || strcmp(names->pdata[i], ".git") != 0;
    }
    for (guint i = 0; i < plan->files->len; i++) {
        PlannedFile *file = plan->files->pdata[i];
        g_autofree char *path = g_build_filename(plan->folder, file->path, NULL);
        struct stat status;
        file->kept = lstat(path, &status) == 0;
        plan->kept_count += file->kept;
    }
}

bool plan_make(Plan *plan, Compilation *failure, const Template *template, GHashTable *values,
               const char *folder) {
    plan->folder = g_strdup(folder);
    plan->files = g_ptr_array_new_with_free_func(planned_free);
    for (guint i = 0; i < template->files->len; i++) {
        g_autofree char *cause = NULL;
        PlannedFile *file = make_file(template->files->pdata[i], values, &cause);
        if (file == NULL) {
            diagnostic_add(failure->diagnostics, DIAG_TEMPLATE_UNREADABLE, NO_SPAN, template->name,
                           cause, NULL);
            return false;
        }
        g_ptr_array_add(plan->files, file);
    }
    g_ptr_array_sort(plan->files, compare_paths);
    look(plan);
    return true;
}

void plan_clear(Plan *plan) {
    g_free(plan->folder);
    if (plan->files != NULL) {
        g_ptr_array_free(plan->files, TRUE);
    }
    *plan = (Plan){0};
}

// Writing

/// Writes one file where nothing stands. False: see errno.
static bool write_file(int root, const PlannedFile *file) {
    size_t reached = 0;
    const int folder = folder_open_parent(root, file->path, true, &reached);
    if (folder < 0) {
        return false;
    }
    const char *name = folder_last_component(file->path);
    bool ok = folder_write_temporary(folder, name, file->text, file->length);
    if (ok && file->executable) {
        ok = folder_temporary_executable(folder, name);
    }
    ok = ok && folder_place_temporary(folder, name);
    const int cause = errno;
    if (!ok) {
        folder_remove_temporary(folder, name);
    }
    close(folder);
    errno = cause;
    return ok;
}

/// Takes back the first `count` files, and the folders that are empty then.
static void take_back(const Plan *plan, guint count) {
    for (guint i = 0; i < count; i++) {
        const PlannedFile *file = plan->files->pdata[i];
        g_autofree char *path = g_build_filename(plan->folder, file->path, NULL);
        if (!file->kept) {
            g_unlink(path);
        }
        g_autofree char *inside = g_path_get_dirname(file->path);
        while (strcmp(inside, ".") != 0) {
            g_autofree char *folder = g_build_filename(plan->folder, inside, NULL);
            char *above = g_path_get_dirname(inside);
            g_rmdir(folder); // only if nothing is in it
            g_free(inside);
            inside = above;
        }
    }
}

static bool report_unwritable(Compilation *failure, const char *path, int cause) {
    g_autofree char *shown = g_utf8_make_valid(path, -1);
    diagnostic_add(failure->diagnostics, DIAG_FILE_UNWRITABLE, NO_SPAN, shown, g_strerror(cause),
                   NULL);
    return false;
}

bool plan_write(const Plan *plan, Compilation *failure) {
    const int root = g_mkdir_with_parents(plan->folder, 0777) == 0
                         ? open(plan->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                         : -1;
    if (root < 0) {
        return report_unwritable(failure, plan->folder, errno);
    }
    bool ok = true;
    for (guint i = 0; ok && i < plan->files->len; i++) {
        const PlannedFile *file = plan->files->pdata[i];
        if (!file->kept && !write_file(root, file)) {
            const int cause = errno;
            g_autofree char *path = g_build_filename(plan->folder, file->path, NULL);
            take_back(plan, i);
            ok = report_unwritable(failure, path, cause);
        }
    }
    close(root);
    return ok;
}
