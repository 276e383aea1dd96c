/// Pieces of the JSON form, for those that are made of them.
#ifndef DEPOT_RENDER_JSON_H
#define DEPOT_RENDER_JSON_H

#include "render.h"

struct cJSON;

/// The version of the form: docs/diagnostics.schema.json.
#define JSON_FORMAT_VERSION "1.0"

/// Adds the members of a diagnostic.
void json_put_diagnostic(Compilation *compilation, struct cJSON *object,
                         const Diagnostic *diagnostic, const RenderOptions *options);
/// Adds "summary".
void json_put_summary(struct cJSON *object, const Diagnostics *list, const RenderLimit *limit);

#endif
