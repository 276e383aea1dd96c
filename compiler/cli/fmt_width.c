/// The width of the indentation, `format: { indent: 4 }` of a project. It is read off the tree of
/// the project file, so that mistakes elsewhere in that file keep nobody from formatting.
#include "formatting.h"

#include "fmt.h"
#include "parse.h"

#include <string.h>

struct FormatWidths {
    GHashTable *by_folder;  ///< folder → its width; 0: it cannot be told
    GHashTable *by_project; ///< project file → likewise
};

FormatWidths *format_widths_new(void) {
    FormatWidths *widths = g_new0(FormatWidths, 1);
    widths->by_folder = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    widths->by_project = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return widths;
}

void format_widths_free(FormatWidths *widths) {
    g_hash_table_destroy(widths->by_folder);
    g_hash_table_destroy(widths->by_project);
    g_free(widths);
}

/// The value of the property `name` among `members`, or NULL.
static const Node *property(const Node *members, const char *name) {
    for (const Node *node = members; node != NULL; node = node->next) {
        if (node->kind == NODE_PROPERTY && node->name != NULL &&
            strcmp(node->name->text, name) == 0) {
            return node->b;
        }
    }
    return NULL;
}

/// The width that a project file sets; 0 after a diagnostic.
static unsigned read_width(Compilation *compilation, const char *project) {
    const CompilationOptions *options = &compilation->options;
    Compilation *own = compilation_new(&(CompilationOptions){
        .files = options->files, .reader = options->reader, .reader_data = options->reader_data});
    const Source *source = compilation_add_settings(own, project);
    const Node *format = source != NULL ? property(source->tree->a, "format") : NULL;
    const Node *indent =
        format != NULL && format->kind == NODE_OBJECT ? property(format->a, "indent") : NULL;
    unsigned width = FMT_INDENT_DEFAULT;
    if (format != NULL && (format->kind != NODE_OBJECT || indent != NULL)) {
        const bool known = indent != NULL && indent->kind == NODE_INTEGER &&
                           indent->integer >= FMT_INDENT_MIN && indent->integer <= FMT_INDENT_MAX;
        width = known ? (unsigned)indent->integer : 0;
    }
    if (width == 0) {
        const Source *shown = compilation_add_settings(compilation, project);
        const Span span = {shown->id, (indent != NULL ? indent : format)->start,
                           (indent != NULL ? indent : format)->end};
        diagnostic_add(compilation->diagnostics, DIAG_FORMAT_WIDTH, span, NULL);
    }
    compilation_free(own);
    return width;
}

bool format_width(FormatWidths *widths, Compilation *compilation, const char *path,
                  unsigned *width) {
    g_autofree char *folder = g_path_get_dirname(path);
    void *found = NULL;
    if (!g_hash_table_lookup_extended(widths->by_folder, folder, NULL, &found)) {
        g_autofree char *project = project_find(compilation->options.files, path);
        found = GUINT_TO_POINTER(FMT_INDENT_DEFAULT);
        if (project != NULL &&
            !g_hash_table_lookup_extended(widths->by_project, project, NULL, &found)) {
            found = GUINT_TO_POINTER(read_width(compilation, project));
            g_hash_table_insert(widths->by_project, g_strdup(project), found);
        }
        g_hash_table_insert(widths->by_folder, g_strdup(folder), found);
    }
    *width = GPOINTER_TO_UINT(found);
    return *width > 0;
}
