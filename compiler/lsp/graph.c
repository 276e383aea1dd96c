#include "graph.h"

#include <glib.h>
#include <string.h>

// What is drawn

typedef struct Graph Graph;

typedef struct GraphNode {
    const ModelResource *resource;
    const ModelStack *stack;
    GArray *edges;  ///< of guint: numbers of the nodes that it uses, each once
    unsigned layer; ///< the longest way to one that uses nothing
    unsigned row;
    bool layered;
} GraphNode;

struct Graph {
    GPtrArray *nodes;
    GHashTable *numbers; ///< ModelResource → number of its node, plus 1
    GraphNode *from;     ///< whose edges are looked for
};

static void free_node(void *data) {
    GraphNode *node = data;
    g_array_unref(node->edges);
    g_free(node);
}

static void add_nodes(Graph *graph, const ModelStack *stack) {
    for (size_t i = 0; i < stack->resource_count; i++) {
        if (stack->resources[i] != stack->container) {
            GraphNode *node = g_new0(GraphNode, 1);
            node->resource = stack->resources[i];
            node->stack = stack;
            node->edges = g_array_new(FALSE, FALSE, sizeof(guint));
            g_ptr_array_add(graph->nodes, node);
            g_hash_table_insert(graph->numbers, stack->resources[i],
                                GUINT_TO_POINTER(graph->nodes->len));
        }
    }
}

static void add_edge(Graph *graph, const ModelResource *to) {
    const guint number = GPOINTER_TO_UINT(g_hash_table_lookup(graph->numbers, to));
    if (number == 0 || to == graph->from->resource) {
        return;
    }
    const guint target = number - 1;
    for (guint i = 0; i < graph->from->edges->len; i++) {
        if (g_array_index(graph->from->edges, guint, i) == target) {
            return;
        }
    }
    g_array_append_val(graph->from->edges, target);
}

static void visit_value(const Value *value, void *data) {
    if (value->kind == VALUE_REF || value->kind == VALUE_GETATT) {
        add_edge(data, value->part->resource);
    }
    value_each_child(value, visit_value, data);
}

static void add_edges(Graph *graph, GraphNode *node) {
    graph->from = node;
    for (const ModelPart *part = node->resource->parts; part != NULL; part = part->next) {
        visit_value(part->body, graph);
        for (size_t i = 0; i < part->dependency_count; i++) {
            add_edge(graph, part->dependencies[i]->resource);
        }
    }
    for (size_t i = 0; i < node->resource->dependency_count; i++) {
        add_edge(graph, node->resource->dependencies[i]);
    }
}

static Graph graph_new(const Model *model, const char *only) {
    Graph graph = {g_ptr_array_new_with_free_func(free_node),
                   g_hash_table_new(g_direct_hash, g_direct_equal), NULL};
    for (size_t i = 0; i < model->stack_count; i++) {
        if (only == NULL || strcmp(model->stacks[i].name, only) == 0) {
            add_nodes(&graph, &model->stacks[i]);
        }
    }
    for (guint i = 0; i < graph.nodes->len; i++) {
        add_edges(&graph, graph.nodes->pdata[i]);
    }
    return graph;
}

static void graph_clear(Graph *graph) {
    g_hash_table_destroy(graph->numbers);
    g_ptr_array_unref(graph->nodes);
}

/// Adds a text; what HTML and XML would take for something else is written by its number.
static void append_text(GString *out, const char *text) {
    for (; *text != '\0'; text++) {
        if (strchr("\"<>&#", *text) != NULL) {
            g_string_append_printf(out, "&#%d;", *text);
        } else {
            g_string_append_c(out, *text);
        }
    }
}

/// What a resource is called, with its key. The caller frees it.
static char *name_of(const ModelResource *resource) {
    return g_strconcat(resource->name, resource->key != NULL ? " " : NULL, resource->key, NULL);
}

// Mermaid

char *graph_mermaid(const Model *model, const char *only) {
    Graph graph = graph_new(model, only);
    GString *out = g_string_new("flowchart LR\n");
    const ModelStack *stack = NULL;
    for (guint i = 0; i < graph.nodes->len; i++) {
        const GraphNode *node = graph.nodes->pdata[i];
        if (node->stack != stack) {
            g_string_append_printf(out, "%s  subgraph %s\n", stack != NULL ? "  end\n" : "",
                                   node->stack->name);
            stack = node->stack;
        }
        g_string_append_printf(out, "    n%u[\"", i);
        g_autofree char *name = name_of(node->resource);
        append_text(out, name);
        g_string_append(out, "<br/>");
        append_text(out, node->resource->type);
        g_string_append(out, "\"]\n");
    }
    g_string_append(out, stack != NULL ? "  end\n" : "");
    for (guint i = 0; i < graph.nodes->len; i++) {
        const GraphNode *node = graph.nodes->pdata[i];
        for (guint k = 0; k < node->edges->len; k++) {
            g_string_append_printf(out, "  n%u --> n%u\n", i, g_array_index(node->edges, guint, k));
        }
    }
    graph_clear(&graph);
    return g_string_free(out, FALSE);
}

// A picture

enum {
    BOX_WIDTH = 190,
    BOX_HEIGHT = 40,
    COLUMN = 250, ///< from one box to that beside it
    ROW = 56,     ///< and to that below it
    MARGIN = 12,
    TEXT_MAX = 26 ///< characters that a box has room for
};

/// Resources use no others in a circle: the compiler refuses that.
static unsigned layer_of(const Graph *graph, GraphNode *node) {
    if (!node->layered) {
        node->layered = true;
        for (guint i = 0; i < node->edges->len; i++) {
            GraphNode *used = graph->nodes->pdata[g_array_index(node->edges, guint, i)];
            node->layer = MAX(node->layer, layer_of(graph, used) + 1);
        }
    }
    return node->layer;
}

static void append_line(GString *out, unsigned x, unsigned y, const char *size, const char *text) {
    g_autofree char *start =
        g_utf8_strlen(text, -1) > TEXT_MAX ? g_utf8_substring(text, 0, TEXT_MAX - 1) : NULL;
    g_string_append_printf(out, "<text x=\"%u\" y=\"%u\" font-size=\"%s\">", x, y, size);
    append_text(out, start != NULL ? start : text);
    g_string_append(out, start != NULL ? "…</text>\n" : "</text>\n");
}

static void append_box(GString *out, const GraphNode *node, unsigned x, unsigned y) {
    g_autofree char *name = name_of(node->resource);
    g_string_append_printf(out,
                           "<rect x=\"%u\" y=\"%u\" width=\"%d\" height=\"%d\" rx=\"4\" "
                           "fill=\"none\" stroke=\"currentColor\"/>\n",
                           x, y, BOX_WIDTH, BOX_HEIGHT);
    append_line(out, x + 10, y + 17, "13", name);
    append_line(out, x + 10, y + 32, "10", node->resource->type);
}

static void append_edge(GString *out, unsigned x, unsigned y, unsigned to_x, unsigned to_y) {
    const unsigned bend = (to_x - x) / 2;
    g_string_append_printf(out,
                           "<path d=\"M%u %uC%u %u %u %u %u %u\" fill=\"none\" "
                           "stroke=\"currentColor\" opacity=\"0.5\" marker-end=\"url(#end)\"/>\n",
                           x, y, x + bend, y, to_x - bend, to_y, to_x - 4, to_y);
}

/// Puts each node into the column of its layer, those that use most at the left. Returns how many
/// layers there are; `*rows`: the most nodes in one.
static unsigned place(const Graph *graph, unsigned *rows) {
    unsigned layers = 0;
    for (guint i = 0; i < graph->nodes->len; i++) {
        layers = MAX(layers, layer_of(graph, graph->nodes->pdata[i]) + 1);
    }
    unsigned *filled = g_new0(unsigned, layers + 1);
    for (guint i = 0; i < graph->nodes->len; i++) {
        GraphNode *node = graph->nodes->pdata[i];
        node->row = filled[node->layer]++;
        *rows = MAX(*rows, filled[node->layer]);
    }
    g_free(filled);
    return layers;
}

char *graph_svg(const Model *model, const char *only) {
    Graph graph = graph_new(model, only);
    unsigned rows = 0;
    const unsigned layers = place(&graph, &rows);
    GString *out = g_string_new(NULL);
    g_string_append_printf(out,
                           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                           "font-family=\"sans-serif\" fill=\"currentColor\">\n"
                           "<defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" "
                           "markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
                           "<path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n",
                           2 * MARGIN + layers * COLUMN, 2 * MARGIN + rows * ROW);
    for (guint i = 0; i < graph.nodes->len; i++) {
        const GraphNode *node = graph.nodes->pdata[i];
        const unsigned x = MARGIN + (layers - 1 - node->layer) * COLUMN;
        const unsigned y = MARGIN + node->row * ROW;
        append_box(out, node, x, y);
        for (guint k = 0; k < node->edges->len; k++) {
            const GraphNode *used = graph.nodes->pdata[g_array_index(node->edges, guint, k)];
            append_edge(out, x + BOX_WIDTH, y + BOX_HEIGHT / 2,
                        MARGIN + (layers - 1 - used->layer) * COLUMN,
                        MARGIN + used->row * ROW + BOX_HEIGHT / 2);
        }
    }
    g_string_append(out, "</svg>\n");
    graph_clear(&graph);
    return g_string_free(out, FALSE);
}
