/// A module of declarations: what they use of their container becomes parameters, what others use
/// of them outputs.
#include "refactor.h"

#include "edit.h"
#include "tree.h"

#include <string.h>

typedef struct Move {
    const Refactoring *own;
    const Node *container;   ///< in whose block they stand
    const Node *first;       ///< of the declarations
    const Node *last;        ///< likewise
    GPtrArray *parameters;   ///< Symbol, each once
    GPtrArray *outputs;      ///< likewise
    const char *instance;    ///< what its `use` is called
    DiagnosticEdit *renamed; ///< names of outputs, outside
    bool possible;
} Move;

static bool holds(const Node *from, const Node *to, const Node *node) {
    return node != NULL && node->file == from->file && node->start >= from->start &&
           node->end <= to->end;
}

static bool is_keyed(const Node *node) {
    return (node->kind == NODE_RESOURCE || node->kind == NODE_USE) && node->a != NULL &&
           node->a->a != NULL;
}

/// Finds the declarations that are selected, all of them whole: constants and resources that stand
/// in the block of a container of the file.
static bool find_members(Move *move) {
    const Refactoring *own = move->own;
    for (const Node *node = own->spot->source->tree->a; node != NULL; node = node->next) {
        const bool around = node->kind == NODE_RESOURCE && node->b != NULL &&
                            node->start < own->selection.start && node->end > own->selection.end;
        move->container = around ? node : move->container;
    }
    const Construct *construct =
        move->container != NULL ? query_construct(own->spot->compilation, move->container) : NULL;
    if (construct == NULL || !construct->container) {
        return false;
    }
    size_t resources = 0;
    for (const Node *node = move->container->b->a; node != NULL; node = node->next) {
        const bool within = node->start >= own->selection.start && node->end <= own->selection.end;
        const bool touches = node->start < own->selection.end && node->end > own->selection.start;
        if (!within && touches) {
            return false;
        }
        if (within) {
            move->first = move->first != NULL ? move->first : node;
            move->last = node;
            resources += node->kind == NODE_RESOURCE;
            if (node->kind != NODE_RESOURCE && node->kind != NODE_LET) {
                return false;
            }
        }
    }
    return resources > 0;
}

// What it takes

static void add_once(GPtrArray *list, const Symbol *symbol) {
    if (!g_ptr_array_find(list, symbol, NULL)) {
        g_ptr_array_add(list, (void *)symbol);
    }
}

/// The type of a parameter: any text for a text, since that of a constant is this text alone.
static const char *type_of(const Move *move, const Symbol *symbol) {
    const Type *type = query_symbol_type(move->own->spot->compilation, symbol);
    if (type == NULL || type->kind == TYPE_ERROR) {
        return NULL;
    }
    if (type->kind != TYPE_LITERAL) {
        const char *text = type_text(move->own->spot->compilation->arena, type);
        return strstr(text, "::") == NULL ? text : NULL; // no parameter can have such a type
    }
    return type->literal->kind == VALUE_STRING ? "string"
           : type->literal->kind == VALUE_INT  ? "int"
           : type->literal->kind == VALUE_BOOL ? "bool"
                                               : "number";
}

/// A name inside: of the file, of what moves, or of the container, which it no longer sees.
static void visit_inside(Node *node, void *data) {
    Move *move = data;
    const bool named = node->kind == NODE_NAME || node->kind == NODE_MEMBER; // `reviews.Rating`
    const Symbol *symbol = named && node->bound != NULL ? symbol_target(node->bound) : NULL;
    const Node *declared = symbol != NULL ? symbol->node : NULL;
    const bool is_container = declared != NULL && declared == move->container;
    if (is_container || (symbol != NULL && symbol->kind == SYMBOL_CONTAINER)) {
        move->possible = false;
    } else if (holds(move->container, move->container, declared) &&
               !holds(move->first, move->last, declared)) {
        const bool plain =
            (declared->kind == NODE_RESOURCE || declared->kind == NODE_LET) && !is_keyed(declared);
        move->possible = move->possible && plain && type_of(move, symbol) != NULL;
        add_once(move->parameters, symbol);
    }
    node_each_child(node, visit_inside, data);
}

// What it gives

/// Names of a declaration outside of what moves: they become those of an output.
static void add_output(Move *move, const Node *node) {
    Compilation *compilation = move->own->spot->compilation;
    const Symbol *symbol = node->bound;
    const Entity entity = {.symbol = symbol, .node = node};
    if (symbol == NULL) {
        move->possible = false;
        return;
    }
    g_autoptr(GArray) spans = query_occurrences(compilation, &entity);
    for (guint i = 0; i < spans->len; i++) {
        const Span span = g_array_index(spans, Span, i);
        if (span.file == node->file && span.start >= move->first->start &&
            span.end <= move->last->end) {
            continue;
        }
        const char *name =
            arena_printf(compilation->arena, "%s.%s", move->instance, symbol->name->text);
        const char *text = span.file == node->file && !is_keyed(node)
                               ? refactor_instead(move->own, span, name, false)
                               : NULL;
        if (text == NULL) {
            move->possible = false;
            return;
        }
        add_once(move->outputs, symbol);
        move->renamed = edit_before(compilation, span, text, move->renamed);
    }
}

// What is written

/// The module, with the declarations as they stand.
static char *module_text(const Move *move, const char *name) {
    const Spot *spot = move->own->spot;
    const Span begin = edit_extent(spot->compilation, move->first);
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "module %s(", name);
    for (guint i = 0; i < move->parameters->len; i++) {
        const Symbol *symbol = move->parameters->pdata[i];
        g_string_append_printf(out, "%s%s: %s", i > 0 ? ", " : "", symbol->name->text,
                               type_of(move, symbol));
    }
    g_string_append(out, ") {\n  ");
    g_string_append_len(out, spot->source->text + begin.start,
                        (gssize)(move->last->end - begin.start));
    for (guint i = 0; i < move->outputs->len; i++) {
        const Symbol *symbol = move->outputs->pdata[i];
        g_string_append_printf(out, "\n  output %s = %s", symbol->name->text, symbol->name->text);
    }
    g_string_append(out, "\n}\n");
    return g_string_free(out, FALSE);
}

static char *use_text(const Move *move, const char *name) {
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "use %s as %s {", name, move->instance);
    for (guint i = 0; i < move->parameters->len; i++) {
        const Symbol *symbol = move->parameters->pdata[i];
        g_string_append_printf(out, "%s %s", i > 0 ? "," : "", symbol->name->text);
    }
    g_string_append(out, move->parameters->len > 0 ? " }" : "}");
    return g_string_free(out, FALSE);
}

static void write_module(const Move *move, const char *name) {
    const Refactoring *own = move->own;
    Compilation *compilation = own->spot->compilation;
    g_autofree char *module = module_text(move, name);
    g_autofree char *use = use_text(move, name);
    const EditInsertion insertion = edit_insert_line(
        compilation, own->spot->source, edit_extent(compilation, move->container).start, module);
    const Span moved = {own->spot->source->id, edit_extent(compilation, move->first).start,
                        move->last->end};
    DiagnosticEdit *edits = edit_before(
        compilation, moved, arena_strndup(compilation->arena, use, strlen(use)), move->renamed);
    edits = edit_before(compilation, insertion.place, insertion.text, edits);
    g_autofree char *title = g_strdup_printf("Move to a module `%s` (other logical ids)", name);
    refactor_add(own, "refactor.extract", title, edits);
}

void refactor_module(const Refactoring *own) {
    Move move = {.own = own, .possible = true};
    if (own->selection.start >= own->selection.end || own->spot->source->settings ||
        !find_members(&move)) {
        return;
    }
    const char *base = move.first->kind == NODE_LET ? "part" : move.first->a->c->name->text;
    Arena *arena = own->spot->compilation->arena;
    const Scope *scope = move.container->b->bound;
    const char *name = refactor_free_name(own, scope, arena_printf(arena, "%sModule", base));
    move.instance = refactor_free_name(own, scope, arena_printf(arena, "%sPart", base));
    move.parameters = g_ptr_array_new();
    move.outputs = g_ptr_array_new();
    for (const Node *node = move.first; node != NULL; node = node->next) {
        node_each_child(node, visit_inside, &move);
        add_output(&move, node);
        if (node == move.last) {
            break;
        }
    }
    if (move.possible) {
        write_module(&move, name);
    }
    g_ptr_array_unref(move.parameters);
    g_ptr_array_unref(move.outputs);
}
