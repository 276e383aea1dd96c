/// The sides of `depotc diff`: templates that a program gives, or that are there already.
#include "comparing.h"
#include "testing.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

static void origin_free(void *data) {
    SideOrigin *origin = data;
    g_free(origin->name);
    g_free(origin->file);
    g_free(origin);
}

static void template_free(void *data) {
    SideTemplate *template = data;
    g_free(template->name);
    cJSON_Delete(template->document);
    g_hash_table_unref(template->origins);
    g_free(template);
}

void side_clear(Side *side) {
    g_free(side->label);
    if (side->templates != NULL) {
        g_ptr_array_unref(side->templates);
    }
    *side = (Side){0};
}

static int compare_names(const void *left, const void *right) {
    const SideTemplate *const *a = left;
    const SideTemplate *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

/// Adds a template, which the side owns from now on. `name` may end like the name of its file.
static SideTemplate *add_template(Side *side, const char *name, cJSON *document) {
    SideTemplate *template = g_new0(SideTemplate, 1);
    template->name = g_strdup(name);
    if (g_str_has_suffix(name, TEMPLATE_SUFFIX)) {
        template->name[strlen(name) - strlen(TEMPLATE_SUFFIX)] = '\0';
    } else if (g_str_has_suffix(name, ".json")) {
        template->name[strlen(name) - strlen(".json")] = '\0';
    }
    template->document = document;
    template->origins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, origin_free);
    g_ptr_array_add(side->templates, template);
    return template;
}

// Programs

static char *name_of(const ModelResource *resource) {
    return resource->key != NULL
               ? g_strdup_printf("%s `%s[\"%s\"]`", resource->kind, resource->name, resource->key)
               : g_strdup_printf("%s `%s`", resource->kind, resource->name);
}

/// Notes what the resources of a template are called in the program.
static void add_origins(SideTemplate *template, Compilation *compilation, const ModelStack *stack) {
    for (size_t i = 0; i < stack->resource_count; i++) {
        const ModelResource *resource = stack->resources[i];
        Source *source = compilation_source(compilation, resource->span.file);
        for (const ModelPart *part = resource->parts; part != NULL; part = part->next) {
            SideOrigin *origin = g_new0(SideOrigin, 1);
            origin->name = name_of(resource);
            if (source != NULL) {
                const Position position =
                    source_position(source, resource->span.start, compilation->arena);
                origin->file = g_strdup(source->path);
                origin->line = (unsigned)position.line;
                origin->column = (unsigned)position.column;
            }
            g_hash_table_replace(template->origins, g_strdup(part->logical_id), origin);
        }
    }
}

/// The templates of a program that has no errors.
static bool add_program(Side *side, Session *session) {
    const Backend *backend = session->backends[0];
    const Model *model = session_model(session, backend);
    if (model == NULL) {
        return false;
    }
    EmitFiles *files = emit_files_new();
    backend->emit(model, files);
    for (size_t i = 0; i < emit_files_count(files); i++) {
        const EmitFile *file = emit_files_get(files, i);
        if (g_str_has_suffix(file->path, ".json") && file->stack != NULL) {
            SideTemplate *template = add_template(side, file->path, cJSON_Parse(file->text));
            add_origins(template, session->compilation, file->stack);
        }
    }
    emit_files_free(files);
    return true;
}

static ExitCode read_program(Side *side, const Invocation *invocation, const char *path,
                             const char *stage) {
    char *paths[] = {(char *)path, NULL};
    char *targets[] = {(char *)backend_names()[0], NULL};
    Invocation own = *invocation;
    own.options.arguments = path != NULL ? paths : NULL;
    own.options.targets = targets;
    own.options.stage = (char *)stage;
    Session session;
    const bool ok = session_load(&session, &own, NULL, NULL) && add_program(side, &session);
    ExitCode code = EXIT_DONE;
    if (!ok) {
        code = MAX(session_finish(&session, &own), EXIT_ERRORS);
    }
    session_close(&session);
    return code;
}

// Templates

static ExitCode fail(const Invocation *invocation, DiagnosticId id, const char *path,
                     const char *cause, const char *help) {
    Compilation *failure = failure_begin();
    g_autofree char *shown = g_utf8_make_valid(path, -1);
    Diagnostic *diagnostic = diagnostic_add(failure->diagnostics, id, NO_SPAN, shown, cause, NULL);
    if (help != NULL) {
        diagnostic_help(failure->diagnostics, diagnostic, "%s", help);
    }
    return failure_end(failure, &invocation->report, EXIT_FILES);
}

/// The template in a JSON text: itself, or what `aws cloudformation get-template` wraps around it.
/// NULL: there is none.
static cJSON *parse_template(const char *text, size_t length) {
    cJSON *document = cJSON_ParseWithLength(text, length);
    cJSON *body = cJSON_DetachItemFromObjectCaseSensitive(document, "TemplateBody");
    if (body != NULL) {
        cJSON_Delete(document);
        document = cJSON_IsString(body) ? cJSON_Parse(body->valuestring) : body;
        if (document != body) {
            cJSON_Delete(body);
        }
    }
    if (!cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(document, "Resources"))) {
        cJSON_Delete(document);
        return NULL;
    }
    return document;
}

static ExitCode add_text(Side *side, const Invocation *invocation, const char *path,
                         const char *text, size_t length) {
    cJSON *document = parse_template(text, length);
    if (document == NULL) {
        return fail(invocation, DIAG_DIFF_NO_TEMPLATE, path, NULL,
                    "a template is a JSON object with `Resources`, as `depotc build`, `cdk synth` "
                    "and `aws cloudformation get-template` write it");
    }
    g_autofree char *name = g_path_get_basename(path);
    add_template(side, name, document);
    return EXIT_DONE;
}

static ExitCode read_file(Side *side, const Invocation *invocation, const char *path) {
    g_autofree char *text = NULL;
    size_t length = 0;
    const char *cause = NULL;
    const ReadStatus status = files_read(NULL, path, &text, &length, &cause);
    if (status == READ_MISSING) {
        return fail(invocation, DIAG_FILE_MISSING, path, NULL, NULL);
    }
    if (status != READ_OK) {
        return fail(invocation, DIAG_FILE_UNREADABLE, path,
                    cause != NULL              ? cause
                    : status == READ_DENIED    ? g_strerror(EACCES)
                    : status == READ_TOO_LARGE ? g_strerror(EFBIG)
                                               : g_strerror(EINVAL),
                    NULL);
    }
    return add_text(side, invocation, path, text, length);
}

static ExitCode read_input(Side *side, const Invocation *invocation) {
    g_autoptr(GString) text = g_string_new(NULL);
    char buffer[65536];
    ssize_t got = 0;
    while ((got = read(STDIN_FILENO, buffer, sizeof buffer)) != 0) {
        if (got < 0 && errno != EINTR) {
            return fail(invocation, DIAG_FILE_UNREADABLE, "<stdin>", g_strerror(errno), NULL);
        }
        g_string_append_len(text, buffer, MAX(got, 0));
    }
    return add_text(side, invocation, "<stdin>", text->str, text->len);
}

/// The templates in a folder, such as `cdk.out` or the output of a build.
static ExitCode read_folder(Side *side, const Invocation *invocation, const char *path,
                            const GPtrArray *names) {
    for (guint i = 0; i < names->len; i++) {
        if (g_str_has_suffix(names->pdata[i], TEMPLATE_SUFFIX)) {
            g_autofree char *file = g_build_filename(path, names->pdata[i], NULL);
            const ExitCode code = read_file(side, invocation, file);
            if (code != EXIT_DONE) {
                return code;
            }
        }
    }
    return EXIT_DONE;
}

static bool has_suffix(const GPtrArray *names, const char *suffix) {
    for (guint i = 0; names != NULL && i < names->len; i++) {
        if (g_str_has_suffix(names->pdata[i], suffix)) {
            return true;
        }
    }
    return false;
}

static ExitCode read_path(Side *side, const Invocation *invocation, const char *path,
                          const char *stage) {
    if (path == NULL) {
        return read_program(side, invocation, NULL, stage);
    }
    if (strcmp(path, "-") == 0) {
        return read_input(side, invocation);
    }
    if (files_kind(NULL, path) != FILE_FOLDER) {
        const bool program = g_str_has_suffix(path, ".depot") ||
                             strcmp(folder_last_component(path), PROJECT_FILE) == 0;
        return program ? read_program(side, invocation, path, stage)
                       : read_file(side, invocation, path);
    }
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(NULL, path, &cause);
    if (!has_suffix(names, ".depot") && !has_suffix(names, PROJECT_FILE) &&
        has_suffix(names, TEMPLATE_SUFFIX)) {
        return read_folder(side, invocation, path, names);
    }
    return read_program(side, invocation, path, stage);
}

ExitCode side_read(Side *side, const Invocation *invocation, const char *path, const char *stage) {
    side->templates = g_ptr_array_new_with_free_func(template_free);
    const ExitCode code = read_path(side, invocation, path, stage);
    g_ptr_array_sort(side->templates, compare_names);
    return code;
}
