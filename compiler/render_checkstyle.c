// Checkstyle's XML: files, and in each what is wrong there.
#include "render.h"
#include "xml.h"

#include <glib.h>

/// What is said of mistakes that are about no file.
#define NO_FILE "depotc"

static const char *file_of(const Compilation *compilation, const Diagnostic *diagnostic) {
    const Source *source = compilation_source(compilation, diagnostic->span.file);
    return source ? source->path : diagnostic->file ? diagnostic->file : NO_FILE;
}

static void print_error(Xml *xml, Compilation *compilation, const Diagnostic *diagnostic) {
    static const char *const severities[] = {"ignore", "info", "warning", "error"};
    Source *source = compilation_source(compilation, diagnostic->span.file);
    Position at = {1, 1, 0};
    if (source) {
        at = source_position(source, diagnostic->span.start, compilation->arena);
    }
    g_autofree char *message = diagnostic_full_message(compilation, diagnostic);
    g_autofree char *rule = g_strconcat("depotc.", diagnostic->code, NULL);
    xml_open(xml, "error");
    xml_number(xml, "line", at.line);
    xml_number(xml, "column", at.column);
    xml_attribute(xml, "severity", severities[diagnostic->severity]);
    xml_attribute(xml, "message", message);
    xml_attribute(xml, "source", rule);
    xml_close(xml);
}

/// What `--max-errors` leaves out, as an error of its own.
static void print_hidden(Xml *xml, const RenderLimit *limit) {
    g_autofree char *hidden = render_hidden_text(limit);
    xml_open(xml, "file");
    xml_attribute(xml, "name", NO_FILE);
    xml_open(xml, "error");
    xml_number(xml, "line", 1);
    xml_attribute(xml, "severity", "error");
    xml_attribute(xml, "message", hidden);
    xml_attribute(xml, "source", "depotc");
    xml_close(xml);
    xml_close(xml);
}

const char *render_checkstyle(Compilation *compilation, const RenderOptions *options,
                              GString *out) {
    const char *cause = NULL;
    Xml *xml = xml_begin(&cause);
    if (!xml) {
        return arena_printf(compilation->arena, "%s", cause);
    }
    RenderLimit limit = render_limit(options);
    const char *open = NULL;
    xml_open(xml, "checkstyle");
    xml_attribute(xml, "version", "4.3"); // of the form; nobody has raised it since
    for (const Diagnostic *at = render_next(&limit, diagnostics_sorted(compilation->diagnostics));
         at; at = render_next(&limit, at->next)) {
        const char *file = file_of(compilation, at);
        if (g_strcmp0(open, file) != 0) {
            if (open) {
                xml_close(xml);
            }
            xml_open(xml, "file");
            xml_attribute(xml, "name", file);
            open = file;
        }
        print_error(xml, compilation, at);
        xml_move(xml, out);
        render_drain(options, out);
    }
    if (open) {
        xml_close(xml);
    }
    if (limit.hidden > 0) {
        print_hidden(xml, &limit);
    }
    xml_close(xml);
    xml_end(xml, out);
    return NULL;
}
