/// The resources of a model as a graph. An edge leads from what names another resource, or waits
/// for it, to that. The container is no node: all others name it.
#ifndef DEPOT_LSP_GRAPH_H
#define DEPOT_LSP_GRAPH_H

#include "backend.h"

/// The graph of the stack called `only` (NULL: of all) in the language of Mermaid. The caller frees
/// it with g_free.
char *graph_mermaid(const Model *model, const char *only);
/// The same as a picture: SVG in the colour of the text around it. What something uses stands to
/// the right of it.
char *graph_svg(const Model *model, const char *only);

#endif
