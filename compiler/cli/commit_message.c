/// The message of a commit of output folders.
#include "git.h"
#include "template_diff.h"
#include "testing.h"

#include <cjson/cJSON.h>
#include <string.h>

/// Lines of what changes, templates that are looked into, and bytes of a subject.
enum { MOST_LINES = 200, MOST_TEMPLATES = 100, MOST_SUBJECT = 60 };

/// A message while it is written.
typedef struct Writing {
    Git *git;
    GString *list; ///< what changes
    size_t lines;
    size_t hidden; ///< lines that did not fit
    size_t resources;
} Writing;

static void add_line(Writing *writing, char *line) {
    if (writing->lines < MOST_LINES) {
        g_string_append(writing->list, line);
        g_string_append_c(writing->list, '\n');
        writing->lines++;
    } else {
        writing->hidden++;
    }
    g_free(line);
}

static bool is_template(const CommitChange *change) {
    return g_str_has_suffix(change->path, TEMPLATE_SUFFIX);
}

/// "orders" of "out/orders.template.json"
static char *name_of(const CommitChange *change) {
    char *name = g_path_get_basename(change->path);
    name[strlen(name) - strlen(TEMPLATE_SUFFIX)] = '\0';
    return name;
}

/// The template as the last commit has it; an empty one if it does not.
static cJSON *old_template(Git *git, const CommitChange *change) {
    size_t length = 0;
    g_autofree char *object = g_strconcat("HEAD:", change->path, NULL);
    g_autofree char *text =
        change->mark != '+' ? git_run(git, &length, "cat-file", "blob", object, NULL) : NULL;
    cJSON *template = text != NULL ? cJSON_Parse(text) : NULL;
    return template != NULL ? template : cJSON_CreateObject();
}

/// The template as it stands on the disk.
static cJSON *new_template(const Git *git, const CommitChange *change) {
    g_autofree char *path = g_build_filename(git->top, change->path, NULL);
    g_autofree char *text = NULL;
    if (change->mark != '-') {
        g_file_get_contents(path, &text, NULL, NULL);
    }
    cJSON *template = text != NULL ? cJSON_Parse(text) : NULL;
    return template != NULL ? template : cJSON_CreateObject();
}

/// `+ AWS::SNS::Topic Alarms`, of each resource and whatever else differs.
static void add_template(Writing *writing, const CommitChange *change) {
    static const char marks[] = {
        [TEMPLATE_ADDED] = '+', [TEMPLATE_REMOVED] = '-', [TEMPLATE_CHANGED] = '~'};
    cJSON *before = old_template(writing->git, change);
    cJSON *after = new_template(writing->git, change);
    GPtrArray *changes = template_diff(before, after);
    for (guint i = 0; i < changes->len; i++) {
        const TemplateChange *row = changes->pdata[i];
        const bool resource = strcmp(row->section, "Resources") == 0;
        const char *what = row->type != NULL       ? row->type
                           : *row->section != '\0' ? row->section
                                                   : "Template";
        writing->resources += resource;
        add_line(writing, g_strdup_printf("  %c %s %s", marks[row->kind], what, row->id));
    }
    template_diff_free(changes);
    cJSON_Delete(before);
    cJSON_Delete(after);
}

static void add_templates(Writing *writing, const CommitChange *changes, size_t count) {
    size_t looked_into = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_template(&changes[i])) {
            continue;
        }
        g_autofree char *name = name_of(&changes[i]);
        const char *what = changes[i].mark == '+'   ? ", new"
                           : changes[i].mark == '-' ? ", removed"
                                                    : "";
        add_line(writing, g_strdup_printf("%s (%s%s)", name, changes[i].path, what));
        if (looked_into++ < MOST_TEMPLATES) {
            add_template(writing, &changes[i]);
        }
    }
}

static void add_others(Writing *writing, const CommitChange *changes, size_t count) {
    const size_t before = writing->list->len;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (is_template(&changes[i]) || g_str_has_suffix(changes[i].path, MANIFEST_NAME)) {
            continue;
        }
        if (!any) {
            any = true;
            add_line(writing, g_strdup(before > 0 ? "Other files" : "Files"));
        }
        add_line(writing, g_strdup_printf("  %c %s", changes[i].mark, changes[i].path));
    }
}

/// "Output of orders and customers", or how many of them.
static char *subject_of(const CommitChange *changes, size_t count) {
    g_autoptr(GString) names = g_string_new(NULL);
    size_t templates = 0;
    size_t files = 0;
    for (size_t i = 0; i < count; i++) {
        files += !g_str_has_suffix(changes[i].path, MANIFEST_NAME);
        if (is_template(&changes[i])) {
            g_autofree char *name = name_of(&changes[i]);
            g_string_append_printf(names, "%s%s", templates++ > 0 ? ", " : "", name);
        }
    }
    if (templates > 0 && names->len <= MOST_SUBJECT) {
        return g_strdup_printf("Output of %s", names->str);
    }
    if (templates > 0) {
        return g_strdup_printf("Output of %zu templates", templates);
    }
    return files > 0 ? g_strdup_printf("Output: %zu file%s", files, files == 1 ? "" : "s")
                     : g_strdup("Output: the list of its files");
}

CommitMessage commit_message(Git *git, const CommitChange *changes, size_t count,
                             const char *said) {
    Writing writing = {.git = git, .list = g_string_new(NULL)};
    add_templates(&writing, changes, count);
    add_others(&writing, changes, count);
    if (writing.hidden > 0) {
        g_string_append_printf(writing.list, "  … and %zu more\n", writing.hidden);
    }
    g_autofree char *subject = said != NULL ? g_strdup(said) : subject_of(changes, count);
    g_strchomp(subject);
    const CommitMessage message = {g_strconcat(subject, "\n\n", writing.list->str, NULL),
                                   writing.resources};
    g_string_free(writing.list, TRUE);
    return message;
}
