#include "cli.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/// Takes ownership of `text` for as long as the session lives.
static const char *keep(Session *session, char *text) {
    g_ptr_array_add(session->texts, text);
    return text;
}

void parameters_add(Session *session, char **settings) {
    for (; settings != NULL && *settings != NULL; settings++) {
        const char *equals = strchr(*settings, '=');
        const ParameterSetting setting = {
            .name = keep(session, g_strndup(*settings, (gsize)(equals - *settings))),
            .text = equals + 1,
            .json = false,
            .origin = "-p",
        };
        g_array_append_val(session->parameters, setting);
    }
}

static bool fail(Session *session, DiagnosticId id, const char *path, const char *cause) {
    Compilation *compilation = session->compilation;
    g_autofree char *valid = g_utf8_make_valid(path, -1);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, id, NO_SPAN, valid, cause, NULL);
    diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
    return false;
}

/// Reads `path` into `*text`. False after a diagnostic.
static bool read_text(Session *session, const char *path, char **text, gsize *length) {
    const FileSystem *files = session->compilation->options.files;
    const char *message = NULL;
    switch (files_read(files, path, text, length, &message)) {
    case READ_OK:
        break;
    case READ_MISSING:
        return fail(session, DIAG_FILE_MISSING, path, message);
    case READ_NOT_REGULAR: // reading a pipe that nobody writes would wait for ever
        return fail(session, DIAG_FILE_NOT_REGULAR, path,
                    files_kind(files, path) == FILE_FOLDER ? "a folder" : "a device or a pipe");
    default:
        return fail(session, DIAG_FILE_UNREADABLE, path, message ? message : "it is too large");
    }
    return g_utf8_validate(*text, (gssize)*length, NULL) ||
           fail(session, DIAG_PARAMETERS_JSON, path, "it is not UTF-8 text");
}

/// Says in which line the text stops being JSON.
static bool fail_syntax(Session *session, const char *path, const char *text, const char *end) {
    unsigned line = 1;
    for (; text < end; text++) {
        line += *text == '\n';
    }
    g_autofree char *cause = g_strdup_printf("syntax error in line %u", line);
    return fail(session, DIAG_PARAMETERS_JSON, path, cause);
}

bool parameters_read(Session *session, const char *path) {
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!read_text(session, path, &text, &length)) {
        return false;
    }
    const char *end = text;
    cJSON *document = cJSON_ParseWithLengthOpts(text, length + 1, &end, cJSON_True);
    if (document == NULL) {
        return fail_syntax(session, path, text, end);
    }
    const bool is_object = cJSON_IsObject(document) != 0;
    const char *origin = keep(session, g_strdup(path));
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, document) {
        if (!is_object) {
            break;
        }
        char *json = cJSON_PrintUnformatted(member);
        const ParameterSetting setting = {
            .name = keep(session, g_strdup(member->string)),
            .text = keep(session, g_strdup(json)),
            .json = true,
            .origin = origin,
        };
        cJSON_free(json);
        g_array_append_val(session->parameters, setting);
    }
    cJSON_Delete(document);
    return is_object || fail(session, DIAG_PARAMETERS_JSON, path, "it holds something else");
}
