// A JSON object per line, for what reads line by line. Each line says which version of the form it
// has, since it may be all that somebody reads.
#include "render_json.h"

#include "json_text.h"

#include <cjson/cJSON.h>
#include <glib.h>

static cJSON *line_begin(void) {
    cJSON *line = cJSON_CreateObject();
    json_put_text(line, "formatVersion", JSON_FORMAT_VERSION);
    return line;
}

static void line_end(GString *out, cJSON *line) {
    json_append(out, line);
    g_string_append_c(out, '\n');
}

const char *render_jsonl(Compilation *compilation, const RenderOptions *options, GString *out) {
    Diagnostics *list = compilation->diagnostics;
    RenderLimit limit = render_limit(options);
    for (const Diagnostic *at = render_next(&limit, diagnostics_sorted(list)); at;
         at = render_next(&limit, at->next)) {
        cJSON *line = line_begin();
        json_put_diagnostic(compilation, line, at, options);
        line_end(out, line);
        render_drain(options, out);
    }
    cJSON *last = line_begin();
    json_put_summary(last, list, &limit);
    line_end(out, last);
    return NULL;
}
