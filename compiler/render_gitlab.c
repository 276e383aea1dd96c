// A code quality report, as GitLab reads it: an array of findings.
#include "render.h"

#include "fingerprint.h"
#include "json_text.h"

#include <cjson/cJSON.h>
#include <glib.h>

static cJSON *finding(Compilation *compilation, const Diagnostic *diagnostic,
                      Fingerprints *fingerprints) {
    static const char *const severities[] = {"info", "info", "minor", "critical"};
    Source *source = compilation_source(compilation, diagnostic->span.file);
    g_autofree char *message = diagnostic_full_message(compilation, diagnostic);
    g_autofree char *fingerprint = fingerprint_of(fingerprints, diagnostic);
    cJSON *object = cJSON_CreateObject();
    json_put_text(object, "description", message);
    json_put_text(object, "check_name", diagnostic->code);
    json_put_text(object, "fingerprint", fingerprint);
    json_put_text(object, "severity", severities[diagnostic->severity]);
    cJSON *location = cJSON_AddObjectToObject(object, "location");
    const char *file = source ? source->path : diagnostic->file;
    json_put_text(location, "path", file ? file : "."); // a finding without a file is none there
    cJSON *lines = cJSON_AddObjectToObject(location, "lines");
    uint32_t begin = 1;
    uint32_t end = 1;
    if (source) {
        const Span span = diagnostic->span;
        begin = source_position(source, span.start, compilation->arena).line;
        end = source_position(source, MAX(span.end, span.start + 1) - 1, compilation->arena).line;
    }
    cJSON_AddNumberToObject(lines, "begin", begin);
    cJSON_AddNumberToObject(lines, "end", end);
    return object;
}

const char *render_gitlab(Compilation *compilation, const RenderOptions *options, GString *out) {
    RenderLimit limit = render_limit(options);
    Fingerprints *fingerprints = fingerprints_new(compilation);
    const char *separator = "";
    g_string_append_c(out, '[');
    for (const Diagnostic *at = render_next(&limit, diagnostics_sorted(compilation->diagnostics));
         at; at = render_next(&limit, at->next)) {
        g_string_append(out, separator);
        json_append(out, finding(compilation, at, fingerprints));
        render_drain(options, out);
        separator = ",";
    }
    g_string_append(out, "]\n");
    fingerprints_free(fingerprints);
    return NULL;
}
