/// Code actions beside the fixes: changes that keep what a program means, and what diagnostics may
/// be answered with.
#include "refactor.h"

#include "edit.h"
#include "json_text.h"
#include "placeholder.h"
#include "tree.h"

#include <string.h>

cJSON *refactor_add(const Refactoring *own, const char *kind, const char *title,
                    const DiagnosticEdit *edits) {
    cJSON *action = cJSON_CreateObject();
    json_put_text(action, "title", title);
    cJSON_AddStringToObject(action, "kind", kind);
    cJSON_AddItemToObject(action, "edit",
                          workspace_edit_json(own->server, own->spot->compilation, edits));
    cJSON_AddItemToArray(own->list, action);
    return action;
}

static const char *text_of(const Refactoring *own, const Node *node) {
    const Source *source = compilation_source(own->spot->compilation, node->file);
    return arena_strndup(own->spot->compilation->arena, source->text + node->start,
                         node->end - node->start);
}

static const Node *at(const Refactoring *own, guint index) {
    return index < own->path->len ? own->path->pdata[index] : NULL;
}

// A constant of an expression

static bool is_expression(const Node *node) {
    return node->kind >= NODE_STRING && node->kind <= NODE_OBJECT_FOR && node->kind != NODE_SPREAD;
}

/// Where the expression stands in the path that is selected as a whole; the path's length: none is.
static guint find_selected(const Refactoring *own) {
    const Span wanted = own->selection;
    for (guint i = 1; i < own->path->len && wanted.start < wanted.end; i++) {
        const Node *node = own->path->pdata[i];
        const Node *parent = at(own, i - 1);
        const bool part = (node->kind == NODE_STRING && parent->kind == NODE_TEMPLATE) ||
                          (parent->kind == NODE_PROPERTY && parent->c == node) ||
                          (parent->kind == NODE_CALL && parent->a == node);
        if (!part && node->start == wanted.start && node->end == wanted.end &&
            node->kind != NODE_NAME && is_expression(node)) {
            return i;
        }
    }
    return own->path->len;
}

/// Whether the block at `index` of the path may hold declarations: that of a file, a module or a
/// container, and branches and loops of these.
static bool holds_declarations(const Refactoring *own, guint index) {
    while (index > 0 && own->path->pdata[index] != NULL) {
        const Node *owner = own->path->pdata[index - 1];
        if (owner->kind == NODE_IF || owner->kind == NODE_FOR) {
            index--;
            while (index > 0 && at(own, index)->kind != NODE_BLOCK) {
                index--; // `else if` stands in the `if` itself
            }
            continue;
        }
        const Construct *construct =
            owner->kind == NODE_RESOURCE ? query_construct(own->spot->compilation, owner) : NULL;
        return owner->kind == NODE_MODULE || (construct != NULL && construct->container);
    }
    return true;
}

/// The block or file, in the path above `index`, that a constant can be declared in; its length:
/// there is none.
static guint find_home(const Refactoring *own, guint index) {
    while (index-- > 0) {
        const Node *node = own->path->pdata[index];
        switch (node->kind) {
        case NODE_FILE:
            return index;
        case NODE_BLOCK:
            if (holds_declarations(own, index)) {
                return index;
            }
            break;
        case NODE_RESOURCE:
        case NODE_RESOURCE_HEAD:
        case NODE_USE:
        case NODE_IF:
        case NODE_FOR:
        case NODE_OUTPUT:
        case NODE_MODULE:
        case NODE_PROPERTY:
            break;
        default:
            if (!is_expression(node) || node->kind == NODE_LIST_FOR ||
                node->kind == NODE_OBJECT_FOR) {
                return own->path->len; // names that are known only there, or no values
            }
            break;
        }
    }
    return own->path->len;
}

/// Members of enumerations mean what the property says that they stand in.
static void find_member(Node *node, void *data) {
    bool *found = data;
    const Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    *found = *found || (symbol != NULL && symbol->kind == SYMBOL_MEMBER);
    node_each_child(node, find_member, data);
}

static bool has_members(const Node *node) {
    bool found = false;
    find_member((Node *)node, &found);
    return found;
}

const char *refactor_free_name(const Refactoring *own, const Scope *scope, const char *base) {
    Compilation *compilation = own->spot->compilation;
    const char *name = base;
    for (unsigned count = 2; scope_find(scope, names_of(compilation->names, name)) != NULL;
         count++) {
        name = arena_printf(compilation->arena, "%s%u", base, count);
    }
    return name;
}

/// What a constant of an expression is called: as the property, if that is the value of one.
static const char *name_for(const Node *parent) {
    const Name *property = parent->kind == NODE_PROPERTY ? parent->name : NULL;
    return property != NULL && token_is_name(property->text, property->length) ? property->text
                                                                               : "value";
}

static void add_extract(const Refactoring *own) {
    const guint index = find_selected(own);
    const guint home = index < own->path->len ? find_home(own, index) : own->path->len;
    const Node *expression = at(own, index);
    const Node *block = at(own, home);
    const Node *member = at(own, home + 1);
    if (block == NULL || block->bound == NULL || member == NULL || member->kind == NODE_LET ||
        own->spot->source->settings || has_members(expression)) {
        return;
    }
    Compilation *compilation = own->spot->compilation;
    const char *name = refactor_free_name(own, block->bound, name_for(at(own, index - 1)));
    const char *line =
        arena_printf(compilation->arena, "let %s = %s", name, text_of(own, expression));
    const EditInsertion insertion = edit_insert_line(compilation, own->spot->source,
                                                     edit_extent(compilation, member).start, line);
    DiagnosticEdit *edits = edit_before(compilation, node_span(expression), name, NULL);
    edits = edit_before(own->spot->compilation, insertion.place, insertion.text, edits);
    g_autofree char *title = g_strdup_printf("Extract to `let %s`", name);
    refactor_add(own, "refactor.extract", title, edits);
}

// A constant in the places of its name

const char *refactor_instead(const Refactoring *own, Span place, const char *text, bool loose) {
    Compilation *compilation = own->spot->compilation;
    g_autoptr(GPtrArray) path =
        query_path(compilation_source(compilation, place.file), place.start);
    const Node *name = path->len > 0 ? path->pdata[path->len - 1] : NULL;
    const Node *parent = path->len > 1 ? path->pdata[path->len - 2] : NULL;
    if (name == NULL || name->start != place.start || parent == NULL) {
        return NULL;
    }
    const bool whole = parent->kind == NODE_PROPERTY || parent->kind == NODE_LET ||
                       parent->kind == NODE_OUTPUT || parent->kind == NODE_LIST ||
                       parent->kind == NODE_TEMPLATE;
    text = loose && !whole ? arena_printf(compilation->arena, "(%s)", text) : text;
    return edit_of_name(compilation, place, text);
}

static const char *inlined(const Refactoring *own, const Node *value, Span place) {
    const bool loose = value->kind == NODE_BINARY || value->kind == NODE_CONDITIONAL ||
                       value->kind == NODE_UNARY || value->kind == NODE_IS;
    return refactor_instead(own, place, text_of(own, value), loose);
}

/// Names that mean something else at the place than where the constant is declared.
typedef struct Meaning {
    const Scope *scope;
    bool same;
} Meaning;

static void compare_meaning(Node *node, void *data) {
    Meaning *meaning = data;
    const Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    if (symbol != NULL && symbol->kind != SYMBOL_MEMBER && symbol->kind != SYMBOL_VARIABLE) {
        Symbol *there = meaning->scope != NULL ? scope_find(meaning->scope, node->name) : NULL;
        meaning->same = meaning->same && there != NULL &&
                        symbol_target(there) == symbol_target((Symbol *)symbol);
    }
    node_each_child(node, compare_meaning, data);
}

static DiagnosticEdit *inline_edits(const Refactoring *own, const Entity *entity) {
    Compilation *compilation = own->spot->compilation;
    const Node *let = entity->symbol->node;
    const Span name = node_name_span(compilation, let);
    g_autoptr(GArray) spans = query_occurrences(compilation, entity);
    DiagnosticEdit *edits =
        edit_before(own->spot->compilation, edit_removal(compilation, let), "", NULL);
    for (guint i = spans->len; i > 0; i--) {
        const Span span = g_array_index(spans, Span, i - 1);
        if (span.file == name.file && span.start == name.start) {
            continue;
        }
        Meaning meaning = {query_place(compilation, own->spot->source, span.start).scope, true};
        compare_meaning(let->b, &meaning);
        const char *text = span.file == let->file ? inlined(own, let->b, span) : NULL;
        if (text == NULL || !meaning.same) {
            return NULL; // another file imports it, or it would be another value
        }
        edits = edit_before(own->spot->compilation, span, text, edits);
    }
    return edits->next != NULL ? edits : NULL;
}

static void add_inline(const Refactoring *own) {
    const Spot *spot = own->spot;
    Entity entity;
    if (!query_entity(spot->compilation, spot->source, own->selection.start, &entity)) {
        return;
    }
    const Node *let =
        entity.symbol != NULL && entity.symbol->kind == SYMBOL_LET ? entity.symbol->node : NULL;
    if (let == NULL || let->kind != NODE_LET || let->b == NULL || let->file != spot->source->id) {
        return;
    }
    const DiagnosticEdit *edits = inline_edits(own, &entity);
    if (edits != NULL) {
        g_autofree char *title = g_strdup_printf("Inline `%s`", entity.symbol->name->text);
        refactor_add(own, "refactor.inline", title, edits);
    }
}

// Properties that are missing

static void add_missing_to(const Refactoring *own, const Construct *construct, const Node *block) {
    Compilation *compilation = own->spot->compilation;
    g_autoptr(GPtrArray) members = g_ptr_array_new();
    for (size_t i = 0; i < construct->property_count; i++) {
        const Property *property = &construct->properties[i];
        if (query_lacks(construct, property, block)) {
            g_ptr_array_add(members, (void *)placeholder_member(compilation->arena, property));
        }
    }
    if (members->len > 1) { // one alone is the fix of its diagnostic
        const EditInsertion insertion = edit_insert_members(
            compilation, block, (const char *const *)members->pdata, members->len);
        g_autofree char *title =
            g_strdup_printf("Add all %u properties that are missing", members->len);
        refactor_add(own, "refactor.rewrite", title,
                     edit_before(own->spot->compilation, insertion.place, insertion.text, NULL));
    }
}

static void add_missing(const Refactoring *own) {
    for (guint i = own->path->len; i > 0; i--) {
        const Node *node = own->path->pdata[i - 1];
        if ((node->kind == NODE_RESOURCE || node->kind == NODE_USE) && node->b != NULL) {
            const Construct *construct = query_construct(own->spot->compilation, node);
            if (construct != NULL && node->b->kind == NODE_BLOCK) {
                add_missing_to(own, construct, node->b);
            }
            return;
        }
    }
}

// Suppressions

static void add_suppression(const Refactoring *own, const Diagnostic *diagnostic) {
    const Source *source = own->spot->source;
    const uint32_t begin = edit_line_begin(source, diagnostic->span.start);
    const uint32_t token = source_token_at(source, begin);
    if (token >= source->token_count || source->tokens[token].start != begin) {
        return; // the line begins in a string
    }
    g_autofree char *line = g_strdup_printf("// depotc-allow %s: reason", diagnostic->code);
    const EditInsertion insertion = edit_insert_line(own->spot->compilation, source, begin, line);
    g_autofree char *title = g_strdup_printf("Suppress %s here, with a reason", diagnostic->code);
    cJSON *action =
        refactor_add(own, "quickfix", title,
                     edit_before(own->spot->compilation, insertion.place, insertion.text, NULL));
    cJSON *list = cJSON_AddArrayToObject(action, "diagnostics");
    cJSON_AddItemToArray(list, publish_diagnostic(own->server, own->spot->compilation, diagnostic));
}

static void add_suppressions(const Refactoring *own) {
    const Span selection = own->selection;
    const Diagnostic *diagnostic = diagnostics_sorted(own->spot->compilation->diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        const Span span = diagnostic->span;
        if (span.file == selection.file && span.start <= selection.end &&
            span.end >= selection.start && diagnostic->severity != SEVERITY_ERROR) {
            add_suppression(own, diagnostic);
        }
    }
}

static Span trimmed(const Source *source, Span span) {
    while (span.start < span.end && g_ascii_isspace(source->text[span.start])) {
        span.start++;
    }
    while (span.end > span.start && g_ascii_isspace(source->text[span.end - 1])) {
        span.end--;
    }
    return span;
}

void refactor_actions(const Server *server, const Spot *spot, const cJSON *params, Span selection,
                      cJSON *list) {
    const struct {
        const char *kind;
        void (*add)(const Refactoring *own);
    } all[] = {{"quickfix", add_suppressions},
               {"refactor.rewrite", add_missing},
               {"refactor.extract", add_extract},
               {"refactor.extract", refactor_module},
               {"refactor.inline", add_inline}};
    Refactoring own = {server, spot, trimmed(spot->source, selection), NULL, list};
    own.path = query_path(spot->source, own.selection.start);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (action_is_asked(params, all[i].kind)) {
            all[i].add(&own);
        }
    }
    g_ptr_array_unref(own.path);
}
