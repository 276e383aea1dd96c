#include "cdk/layout.h"

#include <glib.h>
#include <string.h>

static Doc *text(Layout *layout, const char *string) {
    return doc_text(layout->arena, string);
}

static Doc *trailing_comma(Layout *layout, const Doc *group) {
    return doc_if_break(layout->arena, text(layout, ","), text(layout, ""), group);
}

static Doc *property(Layout *layout, const Ts *object, size_t index) {
    const char *key = object->texts[index];
    Ts *value = object->items[index];
    if (!key) {
        Doc *spread = layout_node(layout, value, PARENT_OTHER);
        return doc_concat(layout->arena, text(layout, "..."), spread);
    }
    if (value->kind == TS_NAME && strcmp(value->text, key) == 0) {
        return layout_node(layout, value, PARENT_OTHER); // `{ name }` for `{ name: name }`
    }
    return layout_assignment(layout, text(layout, key), ":", value,
                             doc_text_width(key, strlen(key)));
}

static Doc *object(Layout *layout, const Ts *node) {
    Arena *arena = layout->arena;
    if (node->count == 0) {
        return text(layout, "{}");
    }
    Doc **members = arena_array(arena, Doc *, node->count * 3);
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++) {
        members[count++] = i > 0 ? text(layout, ",") : text(layout, "");
        members[count++] = doc_line(arena);
        members[count++] = property(layout, node, i);
    }
    Doc *contents =
        doc_concat(arena, text(layout, "{"), doc_indent(arena, doc_list(arena, members, count)),
                   trailing_comma(layout, NULL), doc_line(arena), text(layout, "}"));
    return doc_group(arena, contents, node->held || (node->expanded && !layout->in_template));
}

bool layout_is_numbers(const Ts *node) {
    if (node->kind != TS_ARRAY || node->count == 0) {
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i]->kind != TS_NUMBER) {
            return false;
        }
    }
    return true;
}

/// Tables, that is lists of objects or lists of lists, take a line per element.
static bool is_table(const Ts *node) {
    const uint8_t kind = node->items[0]->kind;
    if (node->count < 2 || (kind != TS_ARRAY && kind != TS_OBJECT)) {
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i]->kind != kind || node->items[i]->count < 2) {
            return false;
        }
    }
    return true;
}

static Doc *array(Layout *layout, const Ts *node) {
    Arena *arena = layout->arena;
    if (node->count == 0) {
        return text(layout, "[]");
    }
    const bool numbers = layout_is_numbers(node);
    Doc *group = doc_group_empty(arena);
    Doc **parts = arena_array(arena, Doc *, node->count * 2);
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++) {
        Doc *element = layout_node(layout, node->items[i], PARENT_OTHER);
        Doc *end = i + 1 < node->count ? text(layout, ",")
                                       : trailing_comma(layout, numbers ? group : NULL);
        element = numbers ? element : doc_group(arena, element, false);
        parts[count++] = doc_concat(arena, element, end);
        if (i + 1 < node->count) {
            parts[count++] = doc_line(arena);
        }
    }
    Doc *elements = numbers ? doc_fill(arena, parts, count) : doc_list(arena, parts, count);
    elements = doc_indent(arena, doc_concat(arena, doc_softline(arena), elements));
    doc_group_fill(
        group,
        doc_concat(arena, text(layout, "["), elements, doc_softline(arena), text(layout, "]")),
        is_table(node));
    return group;
}

/// `${…}` never breaks unless something in it must: then it is laid out like any other code.
static Doc *interpolation(Layout *layout, Ts *node) {
    Arena *arena = layout->arena;
    const bool outer = layout->in_template;
    layout->in_template = true;
    Doc *value = layout_node(layout, node, PARENT_OTHER);
    layout->in_template = outer;
    g_autoptr(GString) line = g_string_new(NULL);
    doc_print(value, 0, DOC_NO_LIMIT, line);
    if (!strchr(line->str, '\n')) {
        value = text(layout, arena_strndup(arena, line->str, line->len));
    }
    return doc_group(arena, doc_concat(arena, text(layout, "${"), value, text(layout, "}")), false);
}

static Doc *template_literal(Layout *layout, const Ts *node) {
    Arena *arena = layout->arena;
    Doc **parts = arena_array(arena, Doc *, node->count * 2 + 3);
    size_t count = 0;
    parts[count++] = text(layout, "`");
    for (size_t i = 0; i < node->count; i++) {
        parts[count++] = text(layout, node->texts[i]);
        parts[count++] = interpolation(layout, node->items[i]);
    }
    parts[count++] = text(layout, node->texts[node->count]);
    parts[count++] = text(layout, "`");
    return doc_list(arena, parts, count);
}

Doc *layout_lookup(Layout *layout, Ts *member) {
    Arena *arena = layout->arena;
    if (member->kind == TS_MEMBER) {
        return doc_concat(arena, text(layout, "."), text(layout, member->text));
    }
    Doc *key = layout_node(layout, member->items[0], PARENT_OTHER);
    key = doc_indent(arena, doc_concat(arena, doc_softline(arena), key));
    return doc_group(
        arena, doc_concat(arena, text(layout, "["), key, doc_softline(arena), text(layout, "]")),
        false);
}

static Doc *member(Layout *layout, Ts *node, TsParent parent) {
    Arena *arena = layout->arena;
    const Ts *base = node->base;
    Doc *start = layout_node(layout, node->base, parent == PARENT_NEW ? PARENT_NEW : PARENT_MEMBER);
    const bool after_call = (base->kind == TS_CALL && base->count > 0) || doc_is_labelled(start);
    const bool stays = parent == PARENT_NEW || node->kind == TS_INDEX ||
                       (base->kind == TS_NAME && parent != PARENT_MEMBER) ||
                       (parent == PARENT_CONSTANT && after_call);
    Doc *lookup = layout_lookup(layout, node);
    if (!stays) {
        lookup = doc_indent(arena, doc_concat(arena, doc_softline(arena), lookup));
        lookup = doc_group(arena, lookup, false);
    }
    Doc *whole = doc_concat(arena, start, lookup);
    return doc_is_labelled(start) ? doc_label(arena, whole) : whole;
}

static bool is_test(const Ts *node) {
    return node->kind == TS_CALL && node->base->kind == TS_NAME && node->count == 2 &&
           node->items[0]->kind == TS_STRING && node->items[1]->kind == TS_FUNCTION;
}

static Doc *call(Layout *layout, Ts *node, TsParent parent) {
    Arena *arena = layout->arena;
    if (node->kind == TS_CALL && (node->base->kind == TS_MEMBER || node->base->kind == TS_INDEX)) {
        return layout_chain(layout, node, parent);
    }
    const bool is_new = node->kind == TS_NEW;
    Doc *callee = layout_node(layout, node->base, is_new ? PARENT_NEW : PARENT_OTHER);
    if (is_test(node)) { // a test's title and the begin of its body share a line, however long
        return doc_concat(arena, callee, text(layout, "("),
                          layout_node(layout, node->items[0], PARENT_OTHER), text(layout, ", "),
                          layout_node(layout, node->items[1], PARENT_OTHER), text(layout, ")"));
    }
    Doc *arguments = layout_arguments(layout, node);
    Doc *whole = doc_concat(arena, text(layout, is_new ? "new " : ""), callee, arguments);
    return !is_new && node->base->kind == TS_CALL ? doc_group(arena, whole, false) : whole;
}

static Doc *function(Layout *layout, const Ts *node) {
    Arena *arena = layout->arena;
    if (node->statement_count == 0) {
        return text(layout, "() => {}");
    }
    Doc **lines = arena_array(arena, Doc *, node->statement_count * 3);
    size_t count = 0;
    for (size_t i = 0; i < node->statement_count; i++) {
        if (node->statements[i].apart && i > 0) {
            lines[count++] = doc_hardline(arena);
        }
        lines[count++] = doc_hardline(arena);
        lines[count++] = layout_statement(layout, &node->statements[i]);
    }
    return doc_group(arena,
                     doc_concat(arena, text(layout, "() => {"),
                                doc_indent(arena, doc_list(arena, lines, count)),
                                doc_hardline(arena), text(layout, "}")),
                     false);
}

static Doc *make_node(Layout *layout, Ts *node, TsParent parent) {
    switch ((TsKind)node->kind) {
    case TS_NAME:
    case TS_THIS:
    case TS_SUPER:
    case TS_WORD:
    case TS_NUMBER:
    case TS_STRING:
        return text(layout, node->text);
    case TS_TEMPLATE:
        return template_literal(layout, node);
    case TS_ARRAY:
        return array(layout, node);
    case TS_OBJECT:
        return object(layout, node);
    case TS_MEMBER:
    case TS_INDEX:
        return member(layout, node, parent);
    case TS_CALL:
    case TS_NEW:
        return call(layout, node, parent);
    case TS_FUNCTION:
        return function(layout, node);
    }
    return text(layout, "");
}

Doc *layout_node(Layout *layout, Ts *node, TsParent parent) {
    if (!node->doc) {
        node->doc = make_node(layout, node, parent);
    }
    return node->doc;
}

Doc *layout_statement(Layout *layout, const TsStatement *statement) {
    Arena *arena = layout->arena;
    Doc *contents = NULL;
    if (statement->name) {
        Doc *name = doc_concat(arena, text(layout, "const "), text(layout, statement->name));
        contents = layout_assignment(layout, name, " =", statement->value, 0);
    } else if (statement->target) {
        contents =
            layout_assignment(layout, text(layout, statement->target), " =", statement->value, 0);
    } else {
        contents = layout_node(layout, statement->value, PARENT_STATEMENT);
    }
    return doc_concat(arena, contents, text(layout, ";"));
}
