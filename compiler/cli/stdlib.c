#include "cli.h"

#include "library.h"

#include <cjson/cJSON.h>
#include <string.h>

const Construct *stdlib_find(Compilation *compilation, const char *label) {
    const bool existing = g_str_has_prefix(label, "existing ");
    const char *kind = existing ? label + strlen("existing ") : label;
    const char *dot = existing ? NULL : strchr(kind, '.');
    const size_t length = dot != NULL ? (size_t)(dot - kind) : strlen(kind);
    const Name *kind_name = names_intern(compilation->names, kind, length);
    const Name *type_name = dot != NULL ? names_of(compilation->names, dot + 1) : NULL;
    return library_construct(compilation->library, kind_name, type_name, existing);
}

static const char *summary_of(Compilation *compilation, const char *label) {
    const Construct *construct = stdlib_find(compilation, label);
    return construct != NULL ? reference_summary(compilation, construct) : "";
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

/// "constructs": the types of a kind that is a construct itself, as `list_constructs` has them.
static void add_constructs_of_kind(Compilation *compilation, const char *kind, cJSON *reference) {
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
}

static char *show_construct(Compilation *compilation, const Construct *construct,
                            const char *format) {
    GString *out = g_string_new(NULL);
    cJSON *reference = reference_of(compilation, construct);
    add_constructs_of_kind(compilation, construct->label, reference);
    if (strcmp(format, "json") == 0) {
        g_autofree char *json = json_print(reference);
        g_string_assign(out, json);
    } else {
        reference_print(reference, strcmp(format, "markdown") == 0, out);
    }
    cJSON_Delete(reference);
    return g_string_free(out, FALSE);
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

static ExitCode unknown(Compilation *compilation, const Invocation *invocation, const char *label) {
    g_autofree char *valid = g_utf8_make_valid(label, -1);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_USAGE_CONSTRUCT, NO_SPAN, valid, NULL);
    failure_similar(compilation, diagnostic, "a construct", valid,
                    library_construct_names(compilation->library));
    diagnostic_help(compilation->diagnostics, diagnostic, "`depotc stdlib` lists all constructs");
    return report_show(&invocation->report, compilation) ? EXIT_USAGE : EXIT_FILES;
}

ExitCode stdlib_run(Invocation *invocation) {
    char **arguments = invocation->options.arguments;
    const char *format = invocation->options.format != NULL ? invocation->options.format : "text";
    // "existing environment" may come as two words.
    g_autofree char *label = arguments != NULL ? g_strjoinv(" ", arguments) : NULL;
    Compilation *compilation = compilation_new(&(CompilationOptions){0});
    g_autofree char *text = NULL;
    if (label == NULL || *label == '\0') {
        text = list_constructs(compilation, format);
    } else {
        const Construct *construct = stdlib_find(compilation, label);
        text = construct != NULL ? show_construct(compilation, construct, format)
                                 : types_of_kind(compilation, label);
    }
    const ExitCode code = text != NULL ? streams_write(&invocation->report, text, strlen(text))
                                       : unknown(compilation, invocation, label);
    compilation_free(compilation);
    return code;
}
