/// Constructs and `extend`s in users' files, held against what a construct may say. The library's
/// own mistakes fail its build (stdlib/verify.c); users get places and remedies.
#include "check_names.h"
#include "user_library.h"

#include <glib.h>
#include <string.h>

/// The construct that a NODE_CONSTRUCT declares or extends, or NULL.
static const Construct *construct_of(Compilation *compilation, const Node *node) {
    const char *dotted = node->name->text;
    const size_t length = strcspn(dotted, ".");
    const bool existing = node->flags & NODE_EXISTING;
    const Name *kind = names_intern(compilation->names, dotted, length);
    const Name *type =
        !existing && dotted[length] ? names_of(compilation->names, dotted + length + 1) : NULL;
    return library_construct(compilation->library, kind, type, existing);
}

void check_library(Compilation *compilation, Node *node) {
    if (node->flags & NODE_BAD || !node->name || !node->b) {
        return;
    }
    const Construct *construct = construct_of(compilation, node);
    if (construct && construct->file) { /* it was read before anything could extend it */
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_PROJECT_KIND, node_span(node),
                           construct->kind->text, construct->file, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "what it may hold is fixed: `depotc stdlib %s`", construct->kind->text);
        return;
    }
    if (construct) {
        check_construct(compilation, construct);
    }
}
