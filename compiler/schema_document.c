/// From declarations to documents: `schema orders.Customer { email: string }` is what
///
///     type: object
///     properties:
///       email: string!
///
/// is in a file. A decorator is a key: `@version(2)` is `version: 2`.
#include "edit.h"
#include "library.h"
#include "number.h"
#include "schema_depot.h"

#include <glib.h>
#include <string.h>

/// A new scalar, list or map for the bytes of `span`.
static Document *document_scalar(Compilation *compilation, const Node *node, const char *text,
                                 size_t length, bool quoted) {
    Document *document = document_new(compilation, DOCUMENT_SCALAR, node_span(node));
    document->text = arena_strndup(compilation->arena, text, length);
    document->length = length;
    document->quoted = quoted;
    return document;
}

static Document *plain(Compilation *compilation, const Node *node, const char *text) {
    return document_scalar(compilation, node, text, strlen(text), false);
}

/// A key that stands for a decorator or property: `span` is where it is written.
static const Document *key_at(Compilation *compilation, Span span, const char *text) {
    Document *key = document_new(compilation, DOCUMENT_SCALAR, span);
    key->text = text;
    key->length = strlen(text);
    return key;
}

static const char *dotted_text(Arena *arena, const Node *node) {
    if (node->kind == NODE_NAME) {
        return node->name->text;
    }
    const char *base = node->kind == NODE_MEMBER ? dotted_text(arena, node->a) : NULL;
    return base ? arena_printf(arena, "%s.%s", base, node->name->text) : NULL;
}

static Document *convert(Compilation *compilation, const Node *node);

static void convert_members(Compilation *compilation, Document *object, const Node *node) {
    for (const Node *one = node->a; one; one = one->next) {
        Document *value = one->kind == NODE_PROPERTY && one->name && !(one->flags & NODE_SHORTHAND)
                              ? convert(compilation, one->b)
                              : NULL;
        if (!value) {
            diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_LITERAL, node_span(one), NULL);
            continue;
        }
        Span span = one->c ? node_span(one->c) : node_span(one);
        document_append(object, key_at(compilation, span, one->name->text), value);
    }
}

/// A literal as a document: names stand for themselves. NULL after a diagnostic.
static Document *convert(Compilation *compilation, const Node *node) {
    Arena *arena = compilation->arena;
    switch (node->kind) {
    case NODE_STRING:
        return document_scalar(compilation, node, node->text, node->length, true);
    case NODE_INTEGER:
        return plain(compilation, node, arena_printf(arena, "%lld", (long long)node->integer));
    case NODE_DECIMAL: {
        char text[NUMBER_MAX];
        number_from_double(node->number, text);
        return plain(compilation, node, text);
    }
    case NODE_BOOL:
        return plain(compilation, node, node->integer ? "true" : "false");
    case NODE_NAME:
    case NODE_MEMBER: {
        const char *text = dotted_text(arena, node);
        if (text) {
            return plain(compilation, node, text);
        }
        break;
    }
    case NODE_LIST: {
        Document *list = document_new(compilation, DOCUMENT_LIST, node_span(node));
        for (const Node *one = node->a; one; one = one->next) {
            Document *element = convert(compilation, one);
            if (element) {
                document_append(list, NULL, element);
            }
        }
        return list;
    }
    case NODE_OBJECT: {
        Document *object = document_new(compilation, DOCUMENT_MAP, node_span(node));
        convert_members(compilation, object, node);
        return object;
    }
    case NODE_UNARY:
        if (node->a->kind == NODE_INTEGER || node->a->kind == NODE_DECIMAL) {
            Document *number = convert(compilation, node->a);
            number->text = arena_printf(arena, "-%s", number->text);
            number->length++;
            number->span = node_span(node);
            return number;
        }
        break;
    case NODE_ERROR:
        return NULL;
    default:
        break;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_LITERAL, node_span(node), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "write it out: a schema is the same in every build");
    return NULL;
}

static Document *wrapped(Compilation *compilation, const Node *node, const char *key,
                         Document *value) {
    Document *map = document_new(compilation, DOCUMENT_MAP, node_span(node));
    document_append(map, key_at(compilation, node_span(node), key), value);
    return map;
}

/// `"open" | "closed"` as `enum: [open, closed]`; NULL if it is another union, which the parser may
/// have reported.
static Document *convert_union(Compilation *compilation, const Node *type, bool *reported) {
    Document *values = document_new(compilation, DOCUMENT_LIST, node_span(type));
    for (const Node *one = type->a; one; one = one->next) {
        const Node *inner = one->kind == NODE_TYPE_DECORATED ? one->a : one;
        if (inner->kind == NODE_TYPE_LITERAL && inner->a->kind == NODE_STRING) {
            document_append(values, NULL, convert(compilation, inner->a));
        } else if (inner->kind == NODE_TYPE_NAME && !strchr(inner->name->text, '.')) {
            document_append(values, NULL, plain(compilation, inner, inner->name->text));
        } else {
            *reported = inner->kind == NODE_ERROR ||
                        (inner->kind == NODE_TYPE_LITERAL && inner->a->kind != NODE_INTEGER &&
                         inner->a->kind != NODE_DECIMAL && inner->a->kind != NODE_BOOL);
            return NULL;
        }
    }
    return wrapped(compilation, type, "enum", values);
}

static const char *type_word(const Name *name) {
    if (!strcmp(name->text, "int")) {
        return "integer";
    }
    return !strcmp(name->text, "bool") ? "boolean" : name->text;
}

/// A type of the language as a type of schemas.
static Document *schema_document_type(Compilation *compilation, const Node *type, bool set,
                                      bool required) {
    Document *inner = NULL;
    switch (type->kind) {
    case NODE_TYPE_NAME:
        return plain(
            compilation, type,
            arena_printf(compilation->arena, "%s%s", type_word(type->name), required ? "!" : ""));
    case NODE_TYPE_LIST:
        inner = schema_document_type(compilation, type->a, false, false);
        return inner ? wrapped(compilation, type, set ? "set" : "array", inner) : NULL;
    case NODE_TYPE_OBJECT:
        if (type->b && !type->a) {
            inner = schema_document_type(compilation, type->b, false, false);
            return inner ? wrapped(compilation, type, "map", inner) : NULL;
        }
        break;
    case NODE_TYPE_LITERAL:
    case NODE_TYPE_UNION: {
        Node alone = {
            .kind = NODE_TYPE_UNION, .file = type->file, .start = type->start, .end = type->end};
        alone.a = (Node *)type;
        bool reported = false;
        inner =
            convert_union(compilation, type->kind == NODE_TYPE_UNION ? type : &alone, &reported);
        if (inner || reported) {
            return inner;
        }
        break;
    }
    case NODE_TYPE_DECORATED:
        return schema_document_type(compilation, type->a, set, required);
    case NODE_ERROR:
        return NULL;
    default:
        break;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_TYPE, node_span(type), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    type->kind == NODE_TYPE_OBJECT
                        ? "declare a schema of its own for it: `schema NAME: struct { … }`"
                        : "properties are words such as `string`, schemas, lists, maps "
                          "(`{ [string]: T }`) and choices of texts");
    return NULL;
}

/// The doc comment before a node, on one line.
static Document *doc_of(Compilation *compilation, const Node *node) {
    const Source *source = compilation_source(compilation, node->file);
    const char *doc = node_doc(node, source, compilation->arena);
    if (!doc || !*doc) {
        return NULL;
    }
    char *text = arena_strndup(compilation->arena, doc, strlen(doc));
    g_strdelimit(text, "\n\r\t", ' ');
    return document_scalar(compilation, node, text, strlen(text), true);
}

/// The name of a decorator, behind its `@`.
static Span decorator_span(const Node *decorator) {
    return (Span){decorator->file, decorator->start,
                  decorator->start + 1 + (decorator->name ? decorator->name->length : 0)};
}

/// What a decorator says: its argument, a list of several, `true` without any.
static Document *decorator_value(Compilation *compilation, const Node *decorator) {
    if (!decorator->a) {
        return plain(compilation, decorator, "true");
    }
    if (!decorator->a->next) {
        return convert(compilation, decorator->a);
    }
    Document *list = document_new(compilation, DOCUMENT_LIST, node_span(decorator));
    for (const Node *one = decorator->a; one; one = one->next) {
        Document *element = convert(compilation, one);
        if (element) {
            document_append(list, NULL, element);
        }
    }
    return list;
}

static bool is_text(const Document *document) {
    return document && document->kind == DOCUMENT_SCALAR && document->quoted;
}

/// `@permissions({ read: "…" })`: a text is an expression.
static Document *with_expressions(Compilation *compilation, const Node *node, Document *object) {
    if (!object || object->kind != DOCUMENT_MAP) {
        return object;
    }
    Document *result = document_new(compilation, DOCUMENT_MAP, object->span);
    for (Document *member = object->first, *next; member; member = next) {
        next = member->next;
        member->next = NULL;
        const Document *key = member->key;
        document_append(result, key,
                        is_text(member) ? wrapped(compilation, node, "expression", member)
                                        : member);
    }
    return result;
}

/// `@extension("engine.setting", HYBRID)`, however often, as members of `extensions`.
static void add_extension(Compilation *compilation, Document *document, const Node *decorator) {
    const Node *key = decorator->a;
    if (!key || key->kind != NODE_STRING || !key->next || key->next->next) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_DECORATOR,
                                                node_span(decorator), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "it is written `@extension(\"name\", value)`");
        return;
    }
    Document *value = convert(compilation, key->next);
    Document *extensions = (Document *)document_member(document, "extensions");
    if (!extensions) {
        extensions = document_new(compilation, DOCUMENT_MAP, decorator_span(decorator));
        document_append(document, key_at(compilation, decorator_span(decorator), "extensions"),
                        extensions);
    }
    if (value) {
        const char *name = arena_strndup(compilation->arena, key->text, key->length);
        document_append(extensions, key_at(compilation, node_span(key), name), value);
    }
}

static void add_decorator(Compilation *compilation, Document *document, const Node *decorator) {
    const char *name = decorator->name->text;
    if (!strcmp(name, "extension")) {
        add_extension(compilation, document, decorator);
        return;
    }
    const Document *known = document_member(document, name);
    if (known) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_YAML_DUPLICATE_KEY,
                                                decorator_span(decorator), name, NULL);
        diagnostic_label(compilation->diagnostics, diagnostic, known->key->span,
                         "first given here");
        return;
    }
    Document *value = decorator_value(compilation, decorator);
    if (!strcmp(name, "id") && is_text(value)) {
        value = wrapped(compilation, decorator, "expression", value);
    } else if (!strcmp(name, "permissions")) {
        value = with_expressions(compilation, decorator, value);
    }
    if (value) {
        document_append(document, key_at(compilation, decorator_span(decorator), name), value);
    }
}

/// A property: its type alone, if nothing more is said.
static void add_property(Compilation *compilation, Document *properties, const Node *node) {
    bool required = !(node->flags & NODE_OPTIONAL) && !node->b;
    bool set = decorator_find(node->c, "set") != NULL;
    Document *type = node->a ? schema_document_type(compilation, node->a, set, required) : NULL;
    if (!type) {
        return;
    }
    Document *doc = doc_of(compilation, node);
    bool more = doc || node->b || (required && type->kind != DOCUMENT_SCALAR);
    for (const Node *one = node->c; one; one = one->next) {
        more = more || (one->name && strcmp(one->name->text, "set") != 0);
    }
    Span span = node_name_span(compilation, node);
    const Document *key = key_at(compilation, span, node->name->text);
    if (!more) {
        document_append(properties, key, type);
        return;
    }
    Document *property = document_new(compilation, DOCUMENT_MAP, node_span(node));
    document_append(property, key_at(compilation, node_span(node->a), "type"), type);
    if (required && type->kind != DOCUMENT_SCALAR) {
        document_append(property, key_at(compilation, span, "required"),
                        plain(compilation, node, "true"));
    }
    if (doc) {
        document_append(property, key_at(compilation, span, "description"), doc);
    }
    Document *fallback = node->b ? convert(compilation, node->b) : NULL;
    if (fallback) {
        document_append(property, key_at(compilation, node_span(node->b), "default"), fallback);
    }
    for (const Node *one = node->c; one; one = one->next) {
        if (one->name && strcmp(one->name->text, "set") != 0) {
            add_decorator(compilation, property, one);
        }
    }
    document_append(properties, key, property);
}

static void add_properties(Compilation *compilation, Document *document, const Node *node) {
    Document *properties = document_new(compilation, DOCUMENT_MAP, node_span(node->b));
    for (const Node *one = node->b->a; one; one = one->next) {
        if (one->kind == NODE_PROPERTY_DECL && one->name) {
            const Document *known = document_member(properties, one->name->text);
            if (known) {
                Diagnostic *diagnostic =
                    diagnostic_add(compilation->diagnostics, DIAG_YAML_DUPLICATE_KEY,
                                   node_name_span(compilation, one), one->name->text, NULL);
                diagnostic_label(compilation->diagnostics, diagnostic, known->key->span,
                                 "first given here");
                diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE,
                               edit_removal(compilation, one), "", "take out the second");
                continue;
            }
            add_property(compilation, properties, one);
        } else if (one->kind != NODE_ERROR) {
            Diagnostic *diagnostic =
                diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_MEMBER, node_span(one), NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "what is said of the whole schema stands before it: `@version(2)`");
        }
    }
    if (properties->first) {
        document_append(document,
                        key_at(compilation, node_name_span(compilation, node), "properties"),
                        properties);
    }
}

const Document *schema_document(Compilation *compilation, const Node *node) {
    Span name = node_name_span(compilation, node);
    Document *document = document_new(compilation, DOCUMENT_MAP, name);
    const Node *kind = node->a;
    document_append(document, key_at(compilation, kind ? node_span(kind) : name, "type"),
                    kind ? plain(compilation, kind, kind->name->text)
                         : plain(compilation, node, "object"));
    Document *doc = doc_of(compilation, node);
    if (doc) {
        document_append(document, key_at(compilation, name, "description"), doc);
    }
    for (const Node *one = node->c; one; one = one->next) {
        if (one->name) {
            add_decorator(compilation, document, one);
        }
    }
    if (node->b) {
        add_properties(compilation, document, node);
    }
    return document;
}
