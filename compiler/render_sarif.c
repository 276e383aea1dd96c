// SARIF 2.1.0: for code scanning services and editors. Mistakes with a place are results; those
// without one (a wrong command line, a file that cannot be read) are notifications of the run,
// since services refuse results that are nowhere. Nothing in it depends on where or when depotc
// ran.
#include "render.h"

#include "fingerprint.h"
#include "json_text.h"
#include "pages.h"
#include "uri.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <string.h>

#define SCHEMA                                                                                     \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
/// What relative URIs are relative to: the working folder, and the standard library.
#define FOLDER  "SRCROOT"
#define LIBRARY "DEPOTC_LIBRARY"

typedef struct Printer {
    Compilation *compilation;
    const RenderOptions *options;
    GString *out;
    /// Codes → position in the list of rules, and in that of notifications.
    GHashTable *rules;
    GHashTable *notifications;
    Fingerprints *fingerprints;
} Printer;

/// A way over all diagnostics: those that are shown, then those that comments suppress.
typedef struct Walk {
    RenderLimit limit;
    const Diagnostic *at;
    bool suppressed;
} Walk;

/// Goes on to the next one; `walk->at` is NULL behind the last.
static void walk_on(const Printer *printer, Walk *walk, const Diagnostic *next) {
    walk->at = walk->suppressed ? next : render_next(&walk->limit, next);
    if (!walk->at && !walk->suppressed) {
        walk->suppressed = true;
        walk->at = diagnostics_suppressed(printer->compilation->diagnostics);
    }
}

static Walk walk_begin(const Printer *printer) {
    Walk walk = {.limit = render_limit(printer->options)};
    walk_on(printer, &walk, diagnostics_sorted(printer->compilation->diagnostics));
    return walk;
}

static bool has_place(const Printer *printer, const Diagnostic *diagnostic) {
    return compilation_source(printer->compilation, diagnostic->span.file) != NULL;
}

static const char *level_of(Severity severity) {
    static const char *const levels[] = {"none", "note", "warning", "error"};
    return levels[severity];
}

static cJSON *put_message(cJSON *object, const char *key, const char *text) {
    cJSON *message = cJSON_AddObjectToObject(object, key);
    json_put_text(message, "text", text);
    return message;
}

// Places

static void put_artifact_location(cJSON *object, const char *key, const char *path, bool library) {
    cJSON *location = cJSON_AddObjectToObject(object, key);
    g_autofree char *uri = uri_of_path(path);
    json_put_text(location, "uri", uri);
    if (!g_path_is_absolute(path)) {
        json_put_text(location, "uriBaseId", library ? LIBRARY : FOLDER);
    }
}

static void put_region(cJSON *object, const char *key, Source *source, Span span, Arena *arena) {
    const Position start = source_position(source, span.start, arena);
    const Position end = source_position(source, span.end, arena);
    cJSON *region = cJSON_AddObjectToObject(object, key);
    cJSON_AddNumberToObject(region, "startLine", start.line);
    cJSON_AddNumberToObject(region, "startColumn", start.utf16 + 1);
    cJSON_AddNumberToObject(region, "endLine", end.line);
    cJSON_AddNumberToObject(region, "endColumn", end.utf16 + 1);
    cJSON_AddNumberToObject(region, "byteOffset", span.start);
    cJSON_AddNumberToObject(region, "byteLength", span.end - span.start);
}

/// Adds where `span` is, or the file as a whole; nothing if there is neither.
static void put_physical(const Printer *printer, cJSON *location, Span span, const char *file) {
    Source *source = compilation_source(printer->compilation, span.file);
    if (!source && !file) {
        return;
    }
    cJSON *physical = cJSON_AddObjectToObject(location, "physicalLocation");
    put_artifact_location(physical, "artifactLocation", source ? source->path : file,
                          source && source->library);
    if (source) {
        put_region(physical, "region", source, span, printer->compilation->arena);
    }
}

/// The innermost block around the place: its name, its kind, and the names of all of them.
static void put_logical(const Printer *printer, cJSON *location, const Diagnostic *diagnostic) {
    g_auto(GStrv) blocks = diagnostic_blocks(printer->compilation, diagnostic);
    g_autoptr(GString) path = g_string_new(NULL);
    const char *name = NULL;
    const char *kind = NULL;
    for (size_t i = 0; blocks[i]; i++) {
        char *space = strchr(blocks[i], ' ');
        kind = blocks[i];
        name = space ? space + 1 : NULL;
        g_string_append_printf(path, "%s%s", i > 0 ? "/" : "", name ? name : kind);
        if (space) {
            *space = '\0';
        }
    }
    if (!kind) {
        return;
    }
    cJSON *logical = cJSON_CreateObject();
    json_put_text(logical, "name", name ? name : kind);
    json_put_text(logical, "fullyQualifiedName", path->str);
    json_put_text(logical, "kind", kind);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(location, "logicalLocations"), logical);
}

static void put_locations(const Printer *printer, cJSON *object, const Diagnostic *diagnostic) {
    if (!has_place(printer, diagnostic) && !diagnostic->file) {
        return;
    }
    cJSON *location = cJSON_CreateObject();
    put_physical(printer, location, diagnostic->span, diagnostic->file);
    put_logical(printer, location, diagnostic);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(object, "locations"), location);
}

static void put_related(const Printer *printer, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = NULL;
    int id = 1;
    for (const DiagnosticLabel *label = diagnostic->labels; label; label = label->next) {
        if (!compilation_source(printer->compilation, label->span.file)) {
            continue; // the message says it
        }
        array = array ? array : cJSON_AddArrayToObject(object, "relatedLocations");
        cJSON *location = cJSON_CreateObject();
        cJSON_AddNumberToObject(location, "id", id++);
        put_physical(printer, location, label->span, NULL);
        put_message(location, "message", label->text);
        cJSON_AddItemToArray(array, location);
    }
}

// Fixes

/// The changes of the file that `source` is, in one object.
static cJSON *change_of(const Printer *printer, const DiagnosticFix *fix, Source *source) {
    cJSON *change = cJSON_CreateObject();
    put_artifact_location(change, "artifactLocation", source->path, source->library);
    cJSON *replacements = cJSON_AddArrayToObject(change, "replacements");
    for (const DiagnosticEdit *edit = fix->edits; edit; edit = edit->next) {
        if (edit->span.file != source->id) {
            continue;
        }
        cJSON *replacement = cJSON_CreateObject();
        put_region(replacement, "deletedRegion", source, edit->span, printer->compilation->arena);
        if (*edit->text) {
            put_message(replacement, "insertedContent", edit->text);
        }
        cJSON_AddItemToArray(replacements, replacement);
    }
    return change;
}

/// Whether an edit before `edit` is in the same file.
static bool is_in_earlier_file(const DiagnosticFix *fix, const DiagnosticEdit *edit) {
    const DiagnosticEdit *other = fix->edits;
    while (other != edit && other->span.file != edit->span.file) {
        other = other->next;
    }
    return other != edit;
}

static void put_fixes(const Printer *printer, cJSON *object, const Diagnostic *diagnostic) {
    cJSON *array = diagnostic->fixes ? cJSON_AddArrayToObject(object, "fixes") : NULL;
    for (const DiagnosticFix *fix = diagnostic->fixes; fix; fix = fix->next) {
        cJSON *item = cJSON_CreateObject();
        put_message(item, "description", fix->title);
        cJSON *changes = cJSON_AddArrayToObject(item, "artifactChanges");
        for (const DiagnosticEdit *edit = fix->edits; edit; edit = edit->next) {
            Source *source = compilation_source(printer->compilation, edit->span.file);
            if (source && !is_in_earlier_file(fix, edit)) {
                cJSON_AddItemToArray(changes, change_of(printer, fix, source));
            }
        }
        cJSON *properties = cJSON_AddObjectToObject(item, "properties");
        json_put_text(properties, "applicability", applicability_name(fix->applicability));
        cJSON_AddItemToArray(array, item);
    }
}

// Rules

/// What depotc says about a code as such. `example` is a diagnostic that has it.
static cJSON *descriptor(const Printer *printer, const Diagnostic *example) {
    cJSON *object = cJSON_CreateObject();
    const char *code = example->code;
    const char *page = page_find(code);
    json_put_text(object, "id", code);
    if (page) {
        g_autofree char *title = page_title(page);
        g_autofree char *summary = page_summary(page);
        g_autofree char *plain = page_plain(page_body(page), false);
        put_message(object, "shortDescription", title);
        put_message(object, "fullDescription", summary);
        cJSON *help = put_message(object, "help", plain);
        json_put_text(help, "markdown", page_body(page));
    } else {
        put_message(object, "shortDescription", example->message);
    }
    const char *uri = diagnostic_page(example, printer->options, printer->compilation->arena);
    if (uri) {
        json_put_text(object, "helpUri", uri);
    }
    DiagnosticId id = DIAG_COUNT;
    if (diagnostic_find(code, &id)) {
        cJSON *configuration = cJSON_AddObjectToObject(object, "defaultConfiguration");
        json_put_text(configuration, "level", level_of(diagnostic_severity(id)));
    }
    return object;
}

/// Writes the descriptors of what is a result (`placed`), or of what is none, and remembers where
/// each stands in `codes`.
static void print_descriptors(const Printer *printer, const char *key, bool placed,
                              GHashTable *codes) {
    const char *separator = "";
    g_string_append_printf(printer->out, ",\"%s\":[", key);
    for (Walk walk = walk_begin(printer); walk.at; walk_on(printer, &walk, walk.at->next)) {
        const Diagnostic *at = walk.at;
        if (has_place(printer, at) != placed || g_hash_table_contains(codes, at->code)) {
            continue;
        }
        const guint position = g_hash_table_size(codes);
        g_hash_table_insert(codes, (char *)at->code, GUINT_TO_POINTER(position));
        g_string_append(printer->out, separator);
        json_append(printer->out, descriptor(printer, at));
        separator = ",";
    }
    g_string_append_c(printer->out, ']');
}

static int position_of(GHashTable *codes, const Diagnostic *diagnostic) {
    return GPOINTER_TO_INT(g_hash_table_lookup(codes, diagnostic->code));
}

// Results

/// The comment that suppresses it.
static void put_suppression(const Printer *printer, cJSON *object, const Diagnostic *diagnostic) {
    const Suppression *suppression = diagnostic->suppressed_by;
    if (!suppression) {
        return;
    }
    cJSON *item = cJSON_CreateObject();
    json_put_text(item, "kind", "inSource");
    json_put_text(item, "justification", suppression->reason ? suppression->reason : "");
    put_physical(printer, cJSON_AddObjectToObject(item, "location"), suppression->span, NULL);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(object, "suppressions"), item);
}

static cJSON *result(const Printer *printer, const Diagnostic *diagnostic) {
    cJSON *object = cJSON_CreateObject();
    g_autofree char *message = diagnostic_full_message(printer->compilation, diagnostic);
    g_autofree char *fingerprint = fingerprint_of(printer->fingerprints, diagnostic);
    json_put_text(object, "ruleId", diagnostic->code);
    cJSON_AddNumberToObject(object, "ruleIndex", position_of(printer->rules, diagnostic));
    json_put_text(object, "level", level_of(diagnostic->severity));
    put_message(object, "message", message);
    put_locations(printer, object, diagnostic);
    put_related(printer, object, diagnostic);
    cJSON *fingerprints = cJSON_AddObjectToObject(object, "partialFingerprints");
    json_put_text(fingerprints, "depotcLine/v1", fingerprint);
    put_fixes(printer, object, diagnostic);
    put_suppression(printer, object, diagnostic);
    return object;
}

static cJSON *notification(const Printer *printer, const Diagnostic *diagnostic) {
    cJSON *object = cJSON_CreateObject();
    g_autofree char *message = diagnostic_full_message(printer->compilation, diagnostic);
    cJSON *descriptor = cJSON_AddObjectToObject(object, "descriptor");
    json_put_text(descriptor, "id", diagnostic->code);
    cJSON_AddNumberToObject(descriptor, "index", position_of(printer->notifications, diagnostic));
    json_put_text(object, "level", level_of(diagnostic->severity));
    put_message(object, "message", message);
    put_locations(printer, object, diagnostic);
    return object;
}

/// Writes what has a place as results (`placed`), or what has none as notifications.
static void print_diagnostics(const Printer *printer, bool placed) {
    const char *separator = "";
    Walk walk = walk_begin(printer);
    for (; walk.at; walk_on(printer, &walk, walk.at->next)) {
        if (has_place(printer, walk.at) == placed) {
            cJSON *object = placed ? result(printer, walk.at) : notification(printer, walk.at);
            g_string_append(printer->out, separator);
            json_append(printer->out, object);
            render_drain(printer->options, printer->out);
            separator = ",";
        }
    }
    if (!placed && walk.limit.hidden > 0) {
        g_autofree char *hidden = render_hidden_text(&walk.limit);
        cJSON *object = cJSON_CreateObject();
        json_put_text(object, "level", "error");
        put_message(object, "message", hidden);
        g_string_append(printer->out, separator);
        json_append(printer->out, object);
    }
}

// The run

static void print_tool(const Printer *printer) {
    cJSON *driver = cJSON_CreateObject();
    json_put_text(driver, "name", "depotc");
    if (printer->options->version) {
        json_put_text(driver, "version", printer->options->version);
        json_put_text(driver, "semanticVersion", printer->options->version);
    }
    GString *out = printer->out;
    g_string_append(out, "\"tool\":{\"driver\":");
    json_append(out, driver);
    g_string_truncate(out, out->len - 1); // more members follow
    print_descriptors(printer, "rules", true, printer->rules);
    print_descriptors(printer, "notifications", false, printer->notifications);
    g_string_append(out, "}}");
}

/// The run itself has succeeded if depotc could look at the program, whatever it found there.
static void print_invocation(const Printer *printer) {
    enum { FOUND_ERRORS = 1 };
    const int code = printer->options->exit_code;
    g_string_append_printf(printer->out,
                           ",\"invocations\":[{\"executionSuccessful\":%s,\"exitCode\":%d,"
                           "\"toolExecutionNotifications\":[",
                           code <= FOUND_ERRORS ? "true" : "false", code);
    print_diagnostics(printer, false);
    g_string_append(printer->out, "]}]");
}

static void put_base(cJSON *bases, const char *name, const char *description) {
    put_message(cJSON_AddObjectToObject(bases, name), "description", description);
}

static void print_bases(const Printer *printer) {
    cJSON *bases = cJSON_CreateObject();
    put_base(bases, FOLDER, "the folder that depotc was run in");
    put_base(bases, LIBRARY, "the standard library of depotc, which is part of it");
    g_string_append(printer->out, ",\"originalUriBaseIds\":");
    json_append(printer->out, bases);
}

static void print_artifacts(const Printer *printer) {
    const char *separator = "";
    g_string_append(printer->out, ",\"artifacts\":[");
    for (size_t i = 0; i < printer->compilation->source_count; i++) {
        const Source *source = printer->compilation->sources[i];
        if (source->library) {
            continue;
        }
        cJSON *artifact = cJSON_CreateObject();
        put_artifact_location(artifact, "location", source->path, false);
        cJSON_AddNumberToObject(artifact, "length", source->length);
        json_put_text(artifact, "encoding", "UTF-8");
        json_add_text(cJSON_AddArrayToObject(artifact, "roles"), "analysisTarget");
        g_string_append(printer->out, separator);
        json_append(printer->out, artifact);
        separator = ",";
    }
    g_string_append_c(printer->out, ']');
}

const char *render_sarif(Compilation *compilation, const RenderOptions *options, GString *out) {
    const Printer printer = {.compilation = compilation,
                             .options = options,
                             .out = out,
                             .rules = g_hash_table_new(g_str_hash, g_str_equal),
                             .notifications = g_hash_table_new(g_str_hash, g_str_equal),
                             .fingerprints = fingerprints_new(compilation)};
    g_string_append(out, "{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{");
    print_tool(&printer);
    print_invocation(&printer);
    print_bases(&printer);
    print_artifacts(&printer);
    g_string_append(out, ",\"columnKind\":\"utf16CodeUnits\","
                         "\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],\"results\":[");
    print_diagnostics(&printer, true);
    g_string_append(out, "]}]}\n");
    g_hash_table_destroy(printer.rules);
    g_hash_table_destroy(printer.notifications);
    fingerprints_free(printer.fingerprints);
    return NULL;
}
