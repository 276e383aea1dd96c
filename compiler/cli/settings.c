/// What holds for a whole compilation: the project's settings, and the command line's instead.
#include "cli.h"

#include "eval.h"

#include <string.h>

/// A text in the compilation's arena, valid for messages.
static const char *valid_text(const Session *session, const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return arena_strndup(session->compilation->arena, valid, strlen(valid));
}

// Finding the project

/// Whether `path` stands for its whole project: the project file, or the folder that it is in.
static bool is_whole(const char *path, const char *project) {
    g_autofree char *folder = g_path_get_dirname(project);
    g_autofree char *one = g_canonicalize_filename(path, NULL);
    g_autofree char *other = g_canonicalize_filename(folder, NULL);
    g_autofree char *file = g_canonicalize_filename(project, NULL);
    return strcmp(one, other) == 0 || strcmp(one, file) == 0;
}

/// "the project `x`", or "no project".
static const char *project_words(const Session *session, const char *file) {
    return file == NULL ? "no project"
                        : arena_printf(session->compilation->arena, "the project `%s`",
                                       valid_text(session, file));
}

/// The project of all paths on the command line, or NULL; `*mixed`: they have several.
static char *common_project(Session *session, char **paths, bool *mixed) {
    const FileSystem *files = session->compilation->options.files;
    char *first = project_find(files, paths[0]);
    for (size_t i = 1; paths[i] != NULL && !*mixed; i++) {
        g_autofree char *other = project_find(files, paths[i]);
        if (g_strcmp0(first, other) == 0) {
            continue;
        }
        Diagnostics *list = session->compilation->diagnostics;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_OTHER_PROJECT, NO_SPAN, valid_text(session, paths[i]),
                           project_words(session, other), valid_text(session, paths[0]),
                           project_words(session, first), NULL);
        diagnostic_help(list, diagnostic,
                        "compile them one project at a time, or name one with `--project`");
        *mixed = true;
    }
    return first;
}

/// The project file that `--project` names: it, or the one in the folder.
static char *named_project(const FileSystem *files, const char *path) {
    if (strcmp(path, ".") == 0) {
        return g_strdup(PROJECT_FILE);
    }
    return files_kind(files, path) == FILE_FOLDER ? g_build_filename(path, PROJECT_FILE, NULL)
                                                  : g_strdup(path);
}

/// Reports targets of the project that there are not.
static bool check_targets(Session *session) {
    const Project *project = session->project;
    bool ok = true;
    size_t count = 0;
    const Backend *all = backend_all(&count);
    for (size_t i = 0; i < project->target_count; i++) {
        const ProjectTarget *target = &project->targets[i];
        if (backend_find(target->name) != NULL) {
            continue;
        }
        ok = false;
        Diagnostics *list = session->compilation->diagnostics;
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_TARGET_UNKNOWN, target->span, target->name, NULL);
        g_autofree const char **names = g_new0(const char *, count + 1);
        for (size_t k = 0; k < count; k++) {
            names[k] = all[k].name;
        }
        failure_similar(session->compilation, diagnostic, "a target", target->name, names);
        g_autofree char *listed = g_strjoinv("`, `", (char **)names);
        diagnostic_help(list, diagnostic, "there are `%s`", listed);
    }
    return ok;
}

bool settings_find_project(Session *session, const Options *options, bool *whole) {
    const FileSystem *files = session->compilation->options.files;
    char **paths = options->arguments;
    const bool given = paths != NULL && paths[0] != NULL;
    g_autofree char *file = NULL;
    bool mixed = false;
    *whole = !given;
    if (options->project != NULL) {
        file = named_project(files, options->project);
    } else if (!options->no_project) {
        file = given ? common_project(session, paths, &mixed) : project_find(files, ".");
    }
    if (file == NULL || mixed) {
        return !mixed;
    }
    *whole = !given || (paths[1] == NULL && is_whole(paths[0], file));
    session->project = project_read(session->compilation, file);
    session->compilation->options.partial = !*whole;
    return session->project != NULL && check_targets(session) &&
           diagnostics_count(session->compilation->diagnostics, SEVERITY_ERROR) == 0;
}

// Settings

/// Reports that `value` will not do for `option`.
static bool refuse(Session *session, const char *option, const char *value, const char *help) {
    Diagnostics *list = session->compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_USAGE_VALUE, NO_SPAN, valid_text(session, value), option, NULL);
    if (help != NULL) {
        diagnostic_help(list, diagnostic, "%s", help);
    }
    return false;
}

/// Holds the value of an option against the project's property `name`. NULL after a diagnostic.
static const Value *read_text(Session *session, const char *option, const char *name,
                              const char *text) {
    Compilation *compilation = session->compilation;
    const Value *value = value_string(compilation->arena, valid_text(session, text), NULL);
    const char *why = NULL;
    if (!project_accepts(compilation, name, value, &why)) {
        refuse(session, option, text, why);
        return NULL;
    }
    return value;
}

/// Adds the versions of `--package-version`.
static bool add_versions(Session *session, char **settings) {
    Compilation *compilation = session->compilation;
    for (; settings != NULL && *settings != NULL; settings++) {
        const char *equals = strchr(*settings, '=');
        char *package = g_strndup(*settings, (gsize)(equals - *settings));
        g_ptr_array_add(session->texts, package);
        if (!project_is_package(package)) {
            return refuse(session, "--package-version", *settings,
                          "a package is called `name` or `@scope/name`");
        }
        Value *map = value_object(compilation->arena, 1, NULL);
        map->fields[map->field_count++] =
            (Field){names_of(compilation->names, package),
                    value_string(compilation->arena, equals + 1, NULL), NULL};
        const char *why = NULL;
        if (!project_accepts(compilation, "versions", map, &why)) {
            return refuse(session, "--package-version", *settings, why);
        }
        const PackageVersion version = {package, equals + 1};
        g_array_append_val(session->versions, version);
    }
    return true;
}

bool settings_apply(Session *session, const Options *options) {
    const Project *project = session->project;
    CompilationOptions *set = &session->compilation->options;
    if (project != NULL) {
        set->project_name = project->name;
        set->service_token = project->service_token;
        set->tags = project->tags;
        g_array_append_vals(session->versions, project->versions, (guint)project->version_count);
    }
    if (options->name != NULL) {
        const Value *name = read_text(session, "--name", "name", options->name);
        if (name == NULL) {
            return false;
        }
        set->project_name = name->text;
    }
    if (options->service_token != NULL) {
        set->service_token =
            read_text(session, "--service-token", "serviceToken", options->service_token);
        if (set->service_token == NULL) {
            return false;
        }
    }
    if (!add_versions(session, options->package_versions)) {
        return false;
    }
    set->versions = (const PackageVersion *)(void *)session->versions->data;
    set->version_count = session->versions->len;
    return true;
}

// Stages

/// The stages of the project, those like `wanted` (or NULL) first: "`dev`, `prod`".
static const char *stage_names(Arena *arena, const Project *project, const char *wanted) {
    g_autoptr(GPtrArray) listed = g_ptr_array_new();
    for (size_t i = 0; i < project->stage_count; i++) {
        g_ptr_array_add(listed, (gpointer)project->stages[i].name);
    }
    return similar_list(arena, wanted, listed);
}

/// `--stage` without a project, or with a name that the project does not have.
static bool report_stage(Session *session, const char *name) {
    Compilation *compilation = session->compilation;
    Diagnostics *list = compilation->diagnostics;
    const Project *project = session->project;
    if (project == NULL) {
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_USAGE_OPTION_ALONE, NO_SPAN, "--stage", PROJECT_FILE, NULL);
        diagnostic_help(list, diagnostic,
                        "a project file has the stages; there is none here or in a folder above");
        return false;
    }
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_STAGE_UNKNOWN, NO_SPAN, valid_text(session, name), NULL);
    if (project->stage_count == 0) {
        diagnostic_help(list, diagnostic, "`%s` declares none: add `stages: { %s: { … } }`",
                        project->file, valid_text(session, name));
        return false;
    }
    const char **names = arena_array(compilation->arena, const char *, project->stage_count + 1);
    for (size_t i = 0; i < project->stage_count; i++) {
        names[i] = project->stages[i].name;
    }
    failure_similar(compilation, diagnostic, "a stage", valid_text(session, name), names);
    diagnostic_help(list, diagnostic, "it has %s", stage_names(compilation->arena, project, name));
    return false;
}

bool settings_add_parameters(Session *session, const Options *options) {
    const Project *project = session->project;
    const ProjectStage *stage =
        project != NULL && options->stage != NULL ? project_stage(project, options->stage) : NULL;
    if (options->stage != NULL && stage == NULL) {
        return report_stage(session, options->stage);
    }
    if (project != NULL) {
        g_array_append_vals(session->parameters, project->parameters,
                            (guint)project->parameter_count);
        if (stage == NULL && project->stage_count > 0) {
            session->compilation->options.stages =
                stage_names(session->compilation->arena, project, NULL);
        }
    }
    if (stage != NULL) {
        g_array_append_vals(session->parameters, stage->parameters, (guint)stage->parameter_count);
    }
    return true;
}

// Files

void settings_add_parts(Session *session, const Options *options) {
    if (session->project != NULL) {
        project_add_parts(session->compilation, session->project);
    }
    char **const lists[] = {options->library, options->policies};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (char **path = lists[i]; path != NULL && *path != NULL; path++) {
            compilation_add_part(session->compilation, *path, NO_SPAN);
        }
    }
}

char *settings_folder(const Session *session, const Options *options, const Backend *backend,
                      const char **inside) {
    const Project *project = session->project;
    *inside = NULL;
    for (size_t i = 0; options->output == NULL && project != NULL && i < project->target_count;
         i++) {
        if (strcmp(project->targets[i].name, backend->name) == 0) {
            return g_strdup(project->targets[i].folder);
        }
    }
    if (session->backend_count > 1) {
        *inside = backend->name;
    }
    if (options->output != NULL) {
        return g_strdup(options->output);
    }
    return project != NULL && strcmp(project->folder, ".") != 0
               ? g_build_filename(project->folder, "out", NULL)
               : g_strdup("out");
}
