#include "cli.h"

#include "chapters.h"
#include "library.h"

#include <cjson/cJSON.h>
#include <string.h>

/// What entries of constructs begin with, in the index of the library.
#define CONSTRUCT_ENTRY "construct "

/// The label of the construct whose type alone is `type` (`AWS::SNS::Topic`), or NULL.
static const char *label_of_type(Compilation *compilation, const char *type) {
    const char **names = chapters_names(compilation->arena, CONSTRUCT_ENTRY);
    for (; *names != NULL; names++) {
        const char *dot = strchr(*names, '.');
        if (dot != NULL && strcmp(dot + 1, type) == 0) {
            return *names;
        }
    }
    return NULL;
}

/// `kind: "type"`, as it is written in a program, as `kind.type`; other text as it is. In the
/// arena.
static const char *plain_label(Compilation *compilation, const char *label) {
    const char *colon = strchr(label, ':');
    if (colon == NULL || colon[1] == ':') {
        return label;
    }
    const char *type = colon + 1 + strspn(colon + 1, " \"");
    const size_t length = strcspn(type, "\"");
    return arena_printf(compilation->arena, "%.*s.%.*s", (int)(colon - label), label, (int)length,
                        type);
}

const Construct *stdlib_find(Compilation *compilation, const char *label) {
    label = plain_label(compilation, label);
    const Construct *construct = library_labelled(compilation->library, label);
    const char *other =
        construct == NULL && strchr(label, ':') != NULL ? label_of_type(compilation, label) : NULL;
    return other != NULL ? library_labelled(compilation->library, other) : construct;
}

static const char *summary_of(Compilation *compilation, const char *label) {
    const Construct *construct = stdlib_find(compilation, label);
    return construct != NULL ? reference_summary(compilation, construct) : "";
}

/// How many types the library's kinds have beside those that are listed.
static void append_chapters(Compilation *compilation, GString *out) {
    const char **names = chapters_names(compilation->arena, CONSTRUCT_ENTRY);
    while (*names != NULL) {
        const size_t length = strcspn(*names, ".");
        const char *kind = arena_strndup(compilation->arena, *names, length);
        size_t count = 0;
        const char *type = *names + length;
        for (; *names != NULL && strncmp(*names, kind, length) == 0; names++) {
            count++;
        }
        g_string_append_printf(out,
                               "\nThere are %zu types of %s: `depotc stdlib %s` lists them, "
                               "`depotc stdlib TEXT` those with the text in their names,\nand "
                               "`depotc stdlib %s` shows one.\n",
                               count, kind, kind, type + 1);
    }
}

/// The names of all constructs with what each is, in one of the formats.
static char *list_constructs(Compilation *compilation, const char *format) {
    GString *out = g_string_new(NULL);
    cJSON *list = cJSON_CreateArray();
    const char **names = library_construct_names(compilation->library);
    for (size_t i = 0; names[i] != NULL; i++) {
        const char *summary = summary_of(compilation, names[i]);
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        cJSON_AddStringToObject(object, "construct", names[i]);
        cJSON_AddStringToObject(object, "summary", summary);
        if (strcmp(format, "markdown") == 0) {
            g_string_append_printf(out, "* `%s`: %s\n", names[i], summary);
        } else {
            g_string_append_printf(out, "%-24s %s\n", names[i], summary);
        }
    }
    if (strcmp(format, "text") == 0) {
        append_chapters(compilation, out);
    }
    if (strcmp(format, "json") == 0) {
        cJSON *document = cJSON_CreateObject();
        cJSON_AddStringToObject(document, "formatVersion", "1.0");
        cJSON_AddItemToObject(document, "constructs", list);
        g_autofree char *json = json_print(document);
        g_string_assign(out, json);
        cJSON_Delete(document);
    } else {
        cJSON_Delete(list);
    }
    return g_string_free(out, FALSE);
}

/// Adds the types of `kind` that are chapters, with `list` made if need be.
static cJSON *add_chapters(Compilation *compilation, const char *kind, cJSON *reference,
                           cJSON *list) {
    const char *prefix = arena_printf(compilation->arena, "%s%s.", CONSTRUCT_ENTRY, kind);
    for (const char **names = chapters_names(compilation->arena, prefix); *names != NULL; names++) {
        list = list != NULL ? list : cJSON_AddArrayToObject(reference, "constructs");
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        cJSON_AddStringToObject(object, "construct", *names);
        cJSON_AddStringToObject(object, "summary", "");
    }
    return list;
}

/// "constructs": the types of a kind that is a construct itself, as `list_constructs` has them.
/// `all`: those in chapters too, of which there may be very many.
static void add_constructs_of_kind(Compilation *compilation, const char *kind, bool all,
                                   cJSON *reference) {
    const size_t length = strlen(kind);
    const char **names = library_construct_names(compilation->library);
    cJSON *list = NULL;
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strncmp(names[i], kind, length) != 0 || names[i][length] != '.') {
            continue;
        }
        if (list == NULL) {
            list = cJSON_AddArrayToObject(reference, "constructs");
        }
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        cJSON_AddStringToObject(object, "construct", names[i]);
        cJSON_AddStringToObject(object, "summary", summary_of(compilation, names[i]));
    }
    if (all) {
        add_chapters(compilation, kind, reference, list);
    }
}

/// A reference in one of the formats.
static char *print_reference(cJSON *reference, const char *format) {
    GString *out = g_string_new(NULL);
    if (strcmp(format, "json") == 0) {
        g_autofree char *json = json_print(reference);
        g_string_assign(out, json);
    } else {
        reference_print(reference, strcmp(format, "markdown") == 0, out);
    }
    cJSON_Delete(reference);
    return g_string_free(out, FALSE);
}

static char *show_construct(Compilation *compilation, const Construct *construct,
                            const char *format) {
    cJSON *reference = reference_of(compilation, construct);
    add_constructs_of_kind(compilation, construct->label, strcmp(format, "markdown") != 0,
                           reference);
    return print_reference(reference, format);
}

/// The types of a kind that is none itself: "location.A", "location.B", …; NULL if there are none.
static char *types_of_kind(Compilation *compilation, const char *kind) {
    g_autoptr(GString) out = g_string_new(NULL);
    const size_t length = strlen(kind);
    const char **names = library_construct_names(compilation->library);
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strncmp(names[i], kind, length) == 0 && names[i][length] == '.') {
            g_string_append_printf(out, "%-24s %s\n", names[i], summary_of(compilation, names[i]));
        }
    }
    return out->len > 0 ? g_strdup(out->str) : NULL;
}

/// The named type of the library, or NULL.
static char *show_type(Compilation *compilation, const char *name, const char *format) {
    const Type *type = library_type(compilation->library, names_of(compilation->names, name));
    return type != NULL ? print_reference(reference_of_type(compilation, type), format) : NULL;
}

/// The named types `NAME.…`, a line each; NULL if there are none.
static char *types_below(Compilation *compilation, const char *name) {
    g_autoptr(GString) out = g_string_new(NULL);
    const char *prefix = arena_printf(compilation->arena, "%s.", name);
    const char **names = library_type_names(compilation->library, prefix);
    for (; *names != NULL; names++) {
        g_string_append_printf(out, "%s\n", *names);
    }
    return out->len > 0 ? g_strdup(out->str) : NULL;
}

static bool contains(const char *text, const char *part) {
    const size_t length = strlen(part);
    for (; *text != '\0'; text++) {
        if (g_ascii_strncasecmp(text, part, length) == 0) {
            return true;
        }
    }
    return false;
}

/// The types in chapters with `part` in their names; NULL if there are none.
static char *search_types(Compilation *compilation, const char *part) {
    g_autoptr(GString) out = g_string_new(NULL);
    const char **names = chapters_names(compilation->arena, CONSTRUCT_ENTRY);
    for (; *names != NULL; names++) {
        const char *type = strchr(*names, '.');
        if (type != NULL && contains(type + 1, part)) {
            g_string_append_printf(out, "%s\n", type + 1);
        }
    }
    return out->len > 0 ? g_strdup(out->str) : NULL;
}

/// The names that may have been meant: of constructs, and of types in chapters.
static const char **known_names(Compilation *compilation, const char *label) {
    const char **constructs = library_construct_names(compilation->library);
    if (strchr(label, ':') == NULL) {
        return constructs;
    }
    const char **types = chapters_names(compilation->arena, CONSTRUCT_ENTRY);
    for (const char **name = types; *name != NULL; name++) {
        const char *dot = strchr(*name, '.');
        *name = dot != NULL ? dot + 1 : *name;
    }
    return types;
}

static ExitCode unknown(Compilation *compilation, const Invocation *invocation, const char *label) {
    g_autofree char *valid = g_utf8_make_valid(label, -1);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_USAGE_CONSTRUCT, NO_SPAN, valid, NULL);
    failure_similar(compilation, diagnostic, "a construct", valid, known_names(compilation, valid));
    diagnostic_help(compilation->diagnostics, diagnostic, "`depotc stdlib` lists all constructs");
    return report_show(&invocation->report, compilation, EXIT_USAGE);
}

/// An argument that names a file or folder rather than a construct.
static bool is_path(const char *argument) {
    return g_str_has_suffix(argument, ".depot") || strchr(argument, '/') != NULL ||
           strcmp(argument, ".") == 0 || strcmp(argument, "..") == 0;
}

/// Reads what users' files add to the library: those of the project, of the options, and `paths`.
/// False after a diagnostic.
static bool read_users(Session *session, Options options, char **paths) {
    Compilation *compilation = session->compilation;
    bool whole = false;
    options.arguments = *paths != NULL ? paths : NULL;
    if (!settings_find_project(session, &options, &whole)) {
        return false;
    }
    settings_add_parts(session, &options);
    for (; *paths != NULL; paths++) {
        compilation_add_entries(compilation, *paths, NO_SPAN);
    }
    if (compilation->source_count > 0) {
        compilation_declare(compilation);
    }
    return diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) == 0;
}

static ExitCode print_construct(Session *session, const Invocation *invocation, const char *label) {
    const char *format = invocation->options.format != NULL ? invocation->options.format : "text";
    Compilation *compilation = session->compilation;
    g_autofree char *text = NULL;
    if (*label == '\0') {
        text = list_constructs(compilation, format);
    } else {
        const Construct *construct = stdlib_find(compilation, label);
        text = construct != NULL ? show_construct(compilation, construct, format)
                                 : types_of_kind(compilation, label);
        text = text != NULL ? text : show_type(compilation, label, format);
        text = text != NULL ? text : types_below(compilation, label);
        text = text != NULL ? text : search_types(compilation, label);
    }
    return text != NULL ? streams_write(&invocation->report, text, strlen(text))
                        : unknown(compilation, invocation, label);
}

ExitCode stdlib_run(Invocation *invocation) {
    char **arguments = invocation->options.arguments;
    if (arguments != NULL && strcmp(arguments[0], "sync") == 0) {
        return sync_run(invocation);
    }
    // "existing environment" may come as two words.
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (; arguments != NULL && *arguments != NULL; arguments++) {
        g_ptr_array_add(is_path(*arguments) ? paths : words, *arguments);
    }
    g_ptr_array_add(words, NULL);
    g_ptr_array_add(paths, NULL);
    g_autofree char *label = g_strjoinv(" ", (char **)words->pdata);
    Session session = {
        .parameters = g_array_new(FALSE, FALSE, sizeof(ParameterSetting)),
        .levels = g_array_new(FALSE, FALSE, sizeof(LevelSetting)),
        .versions = g_array_new(FALSE, FALSE, sizeof(PackageVersion)),
        .texts = g_ptr_array_new_with_free_func(g_free),
        .compilation = compilation_new(&(CompilationOptions){.backends = backend_names()}),
    };
    ExitCode code = EXIT_DONE;
    if (read_users(&session, invocation->options, (char **)paths->pdata)) {
        code = print_construct(&session, invocation, label);
    } else {
        code = report_show(&invocation->report, session.compilation,
                           report_exit_code(session.compilation));
    }
    session_close(&session);
    return code;
}
