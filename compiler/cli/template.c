/// Templates, from depotc's own files or from a folder: their files, and what template.json says.
#include "template.h"
#include "embedded.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/// The file that describes a template, and is none of a project.
#define DESCRIPTION "template.json"
/// How large a template may be. What is larger is the wrong folder.
#define MOST_FILES 1000
#define MOST_BYTES ((size_t)16 * 1024 * 1024)
/// How many templates may be each other's base.
#define MOST_BASES 8

static void setting_free(void *data) {
    TemplateSetting *setting = data;
    g_free(setting->name);
    g_free(setting->question);
    g_strfreev(setting->values);
    g_strfreev(setting->chosen);
    g_free(setting);
}

static void file_free(void *data) {
    TemplateFile *file = data;
    g_free(file->path);
    g_free(file->text);
    g_free(file);
}

static Template *template_new(const char *name) {
    Template *template = g_new0(Template, 1);
    template->name = g_strdup(name);
    template->settings = g_ptr_array_new_with_free_func(setting_free);
    template->files = g_ptr_array_new_with_free_func(file_free);
    return template;
}

void template_free(Template *template) {
    if (template == NULL) {
        return;
    }
    g_free(template->name);
    g_free(template->summary);
    g_free(template->about);
    g_strfreev(template->stages);
    g_ptr_array_free(template->settings, TRUE);
    g_ptr_array_free(template->files, TRUE);
    g_free(template);
}

TemplateSetting *template_setting(const Template *template, const char *name) {
    for (guint i = 0; i < template->settings->len; i++) {
        TemplateSetting *setting = template->settings->pdata[i];
        if (strcmp(setting->name, name) == 0) {
            return setting;
        }
    }
    return NULL;
}

// Files

static bool has_file(const Template *template, const char *path) {
    for (guint i = 0; i < template->files->len; i++) {
        const TemplateFile *file = template->files->pdata[i];
        if (strcmp(file->path, path) == 0) {
            return true;
        }
    }
    return false;
}

/// Adds a file, unless there is one of the same path: a template goes before its base. `dot-x` is
/// the file `.x`, so that what is meant for projects means nothing where the template is kept.
static void add_file(Template *template, const char *path, const char *text, size_t length,
                     bool executable) {
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        if (g_str_has_prefix(*part, "dot-")) {
            char *hidden = g_strconcat(".", *part + strlen("dot-"), NULL);
            g_free(*part);
            *part = hidden;
        }
    }
    g_autofree char *name = g_strjoinv("/", parts);
    if (has_file(template, name)) {
        return;
    }
    TemplateFile *file = g_new0(TemplateFile, 1);
    file->path = g_steal_pointer(&name);
    file->text = g_malloc(length + 1);
    memcpy(file->text, text, length);
    file->text[length] = '\0';
    file->length = length;
    file->executable = executable;
    g_ptr_array_add(template->files, file);
}

// template.json

/// The strings of a JSON array, for g_strfreev; NULL if it is none.
static char **string_list(const cJSON *array) {
    if (!cJSON_IsArray(array)) {
        return NULL;
    }
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array) {
        if (!cJSON_IsString(item)) {
            return NULL;
        }
        g_strv_builder_add(builder, item->valuestring);
    }
    return g_strv_builder_end(builder);
}

static const cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *string_member(const cJSON *object, const char *name) {
    const cJSON *value = member(object, name);
    return cJSON_IsString(value) ? value->valuestring : NULL;
}

/// Reads an entry of "settings". What is wrong with it, or NULL.
static const char *read_setting(Template *template, const cJSON *entry) {
    const char *name = string_member(entry, "name");
    if (name == NULL || name[0] == '\0' || strpbrk(name, ".=#/{}") != NULL) {
        return "each of the `settings` needs a `name`, without `.`, `=`, `#`, `/` and braces";
    }
    if (template_setting(template, name) != NULL) {
        return NULL; // the base's, which the template has otherwise
    }
    TemplateSetting *setting = g_new0(TemplateSetting, 1);
    g_ptr_array_add(template->settings, setting);
    const char *question = string_member(entry, "question");
    setting->name = g_strdup(name);
    setting->question = g_strdup(question != NULL ? question : name);
    setting->many = cJSON_IsTrue(member(entry, "many"));
    setting->required = cJSON_IsTrue(member(entry, "required"));
    const cJSON *values = member(entry, "values");
    setting->values = string_list(values);
    if (values != NULL && setting->values == NULL) {
        return "`values` of a setting is a list of texts";
    }
    const cJSON *standard = member(entry, "default");
    if (setting->many) {
        setting->chosen = string_list(standard);
    } else if (cJSON_IsString(standard)) {
        char *single[] = {standard->valuestring, NULL};
        setting->chosen = g_strdupv(single);
    }
    if (standard != NULL && setting->chosen == NULL) {
        return setting->many ? "`default` of a setting with `many` is a list of texts"
                             : "`default` of a setting is a text";
    }
    for (char **value = setting->chosen; value != NULL && *value != NULL; value++) {
        if (setting->values != NULL &&
            !g_strv_contains((const char *const *)setting->values, *value)) {
            return "`default` of a setting is one of its `values`";
        }
    }
    return NULL;
}

/// Reads what a template.json says, as far as nothing said so before. `*base`: the template that it
/// is based on, or NULL. What is wrong, or NULL.
static const char *read_description(Template *template, const char *text, char **base) {
    cJSON *document = cJSON_Parse(text);
    const char *wrong = cJSON_IsObject(document) ? NULL : "it is no JSON object";
    *base = g_strdup(string_member(document, "base"));
    if (template->summary == NULL) {
        template->summary = g_strdup(string_member(document, "summary"));
    }
    if (template->about == NULL) {
        template->about = g_strdup(string_member(document, "about"));
    }
    const cJSON *stages = member(document, "stages");
    if (template->stages == NULL && stages != NULL) {
        template->stages = string_list(stages);
        if (template->stages == NULL || template->stages[0] == NULL) {
            wrong = "`stages` is a list of texts";
        }
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, member(document, "settings")) {
        const char *mistake = read_setting(template, entry);
        wrong = wrong != NULL ? wrong : mistake;
    }
    cJSON_Delete(document);
    return wrong;
}

// depotc's own

char **template_names(void) {
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (size_t i = 0; i < embedded_template_count; i++) {
        const char *path = embedded_templates[i].path;
        const char *slash = strchr(path, '/');
        if (path[0] != '_' && strcmp(slash + 1, DESCRIPTION) == 0) {
            g_autofree char *name = g_strndup(path, (gsize)(slash - path));
            g_strv_builder_add(builder, name);
        }
    }
    return g_strv_builder_end(builder);
}

/// Adds what depotc's own template `name` has. False: there is none of that name.
static bool add_builtin(Template *template, const char *name, char **base) {
    const size_t length = strlen(name);
    bool found = false;
    for (size_t i = 0; i < embedded_template_count; i++) {
        const EmbeddedTemplate *file = &embedded_templates[i];
        if (strncmp(file->path, name, length) != 0 || file->path[length] != '/') {
            continue;
        }
        const char *path = file->path + length + 1;
        if (strcmp(path, DESCRIPTION) == 0) {
            found = true;
            read_description(template, file->text, base);
        } else {
            add_file(template, path, file->text, file->length, g_str_has_prefix(file->text, "#!"));
        }
    }
    return found;
}

/// Adds what the bases have. False: one of them is not there.
static bool add_bases(Template *template, char *base) {
    bool ok = true;
    for (unsigned i = 0; base != NULL && ok; i++) {
        char *next = NULL;
        ok = i < MOST_BASES && add_builtin(template, base, &next);
        g_free(base);
        base = next;
    }
    g_free(base);
    return ok;
}

/// What a template has that says nothing of it.
static Template *complete(Template *template) {
    static const char *stages[] = {"dev", "prod", NULL};
    if (template->stages == NULL) {
        template->stages = g_strdupv((char **)stages);
    }
    if (template->about == NULL) {
        template->about = g_strdup(template->summary != NULL ? template->summary : template->name);
    }
    return template;
}

Template *template_builtin(const char *name) {
    Template *template = template_new(name);
    char *base = NULL;
    if (name[0] == '_' || !add_builtin(template, name, &base) || !add_bases(template, base)) {
        template_free(template);
        return NULL;
    }
    return complete(template);
}

// A folder

/// A folder that is being read.
typedef struct Reading {
    Template *template;
    const char *folder;
    size_t bytes;
    char *cause; ///< what went wrong, or NULL
} Reading;

static void read_file(Reading *reading, const char *path, const char *full, bool executable) {
    g_autofree char *text = NULL;
    size_t length = 0;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(full, &text, &length, &error)) {
        reading->cause = g_strdup(error->message);
        return;
    }
    reading->bytes += length;
    if (reading->bytes > MOST_BYTES || reading->template->files->len >= MOST_FILES) {
        reading->cause = g_strdup_printf("it has more than %d files, or 16 MiB", MOST_FILES);
        return;
    }
    add_file(reading->template, path, text, length, executable);
}

/// Reads all that is in a folder of the template; `inside` is "" or ends with "/". Version control
/// is not copied.
static void read_folder(Reading *reading, const char *inside) {
    g_autofree char *folder = g_build_filename(reading->folder, inside, NULL);
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(NULL, folder, &cause);
    if (names == NULL) {
        reading->cause = g_strdup_printf("`%s`: %s", folder, g_strerror(cause));
        return;
    }
    for (guint i = 0; i < names->len && reading->cause == NULL; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_strconcat(inside, name, NULL);
        g_autofree char *full = g_build_filename(reading->folder, path, NULL);
        struct stat status;
        if (strcmp(name, ".git") == 0 || strcmp(path, DESCRIPTION) == 0) {
            continue;
        }
        if (!g_utf8_validate(name, -1, NULL)) {
            reading->cause = g_strdup("the name of a file in it is not UTF-8");
        } else if (lstat(full, &status) != 0) {
            reading->cause = g_strdup_printf("`%s`: %s", path, g_strerror(errno));
        } else if (S_ISDIR(status.st_mode)) {
            g_autofree char *next = g_strconcat(path, "/", NULL);
            read_folder(reading, next);
        } else if (S_ISREG(status.st_mode)) {
            read_file(reading, path, full, (status.st_mode & S_IXUSR) != 0);
        } else {
            reading->cause = g_strdup_printf("`%s` is neither a file nor a folder", path);
        }
    }
}

/// Reads template.json, if there is one.
static void read_folder_description(Reading *reading, char **base) {
    g_autofree char *path = g_build_filename(reading->folder, DESCRIPTION, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (g_file_get_contents(path, &text, NULL, &error)) {
        const char *wrong = read_description(reading->template, text, base);
        if (wrong != NULL) {
            reading->cause = g_strdup_printf("`" DESCRIPTION "`: %s", wrong);
        }
    } else if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        reading->cause = g_strdup(error->message);
    }
}

Template *template_read(Compilation *failure, const char *folder) {
    g_autofree char *name = g_path_get_basename(folder);
    g_autofree char *shown = g_utf8_make_valid(folder, -1);
    Template *template = template_new(name);
    Reading reading = {.template = template, .folder = folder};
    char *base = NULL;
    read_folder_description(&reading, &base);
    if (reading.cause == NULL) {
        read_folder(&reading, "");
    }
    g_autofree char *base_name = g_strdup(base);
    if (!add_bases(template, base) && reading.cause == NULL) {
        reading.cause = g_strdup_printf("its `base` is no template of depotc: `%s`", base_name);
    }
    if (reading.cause == NULL && template->files->len == 0) {
        reading.cause = g_strdup("there are no files in it");
    }
    if (reading.cause != NULL) {
        diagnostic_add(failure->diagnostics, DIAG_TEMPLATE_UNREADABLE, NO_SPAN, shown,
                       reading.cause, NULL);
        g_free(reading.cause);
        template_free(template);
        return NULL;
    }
    return complete(template);
}
