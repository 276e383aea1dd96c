/// What is told of a name.
#include "server.h"

#include "test.h"

#include <string.h>

/// The longest declaration that is shown as it stands, in bytes.
enum { MAX_DECLARATION = 800 };

typedef struct Description {
    Compilation *compilation;
    const Entity *entity;
    GString *text;
} Description;

static const char *type_name(const Description *description) {
    const Type *type = description->entity->type;
    return type != NULL ? type_text(description->compilation->arena, type) : NULL;
}

/// The source of a node up to `end`, blanks and line ends behind it left out.
static void append_source(const Description *description, const Node *node, uint32_t end) {
    const Source *source = compilation_source(description->compilation, node->file);
    while (end > node->start && g_ascii_isspace(source->text[end - 1])) {
        end--;
    }
    if (end - node->start <= MAX_DECLARATION) {
        g_string_append_len(description->text, source->text + node->start, end - node->start);
    }
}

static void append_property(const Description *description, const Property *property) {
    GString *text = description->text;
    const char *type = type_name(description);
    g_string_append_printf(text, "%s%s: %s", property->name->text, property->optional ? "?" : "",
                           type != NULL ? type : "any");
    if (property->fallback != NULL) {
        g_string_append(text, " = ");
        append_source(description, property->fallback, property->fallback->end);
    }
}

static void append_symbol(const Description *description, const Symbol *symbol) {
    GString *text = description->text;
    const char *type = type_name(description);
    const Node *node = symbol->node;
    switch (symbol->kind) {
    case SYMBOL_LET:
        g_string_append_printf(text, "let %s: %s", symbol->name->text, type ? type : "any");
        break;
    case SYMBOL_PARAM:
    case SYMBOL_DEPLOY_PARAM:
        g_string_append_printf(text, "%sparam %s: %s",
                               symbol->kind == SYMBOL_DEPLOY_PARAM ? "deploy " : "",
                               symbol->name->text, type ? type : "any");
        if (node != NULL && node->b != NULL) {
            g_string_append(text, " = ");
            append_source(description, node->b, node->b->end);
        }
        break;
    case SYMBOL_RESOURCE:
    case SYMBOL_FN:
    case SYMBOL_MODULE:
        if (node != NULL && node->a != NULL) {
            append_source(description, node, node->a->end);
        }
        break;
    case SYMBOL_TYPE:
    case SYMBOL_SCHEMA:
        if (node != NULL) {
            append_source(description, node, node->end);
        }
        break;
    case SYMBOL_MEMBER:
        g_string_append(text, symbol->name->text);
        if (description->entity->type != NULL && description->entity->type->owner != NULL) {
            g_string_append_printf(
                text, " (%s)",
                type_text(description->compilation->arena, description->entity->type->owner));
        }
        break;
    default:
        g_string_append_printf(text, "%s: %s", symbol->name->text, type ? type : "any");
        break;
    }
}

static void append_declaration(const Description *description) {
    const Entity *entity = description->entity;
    GString *text = description->text;
    const size_t before = text->len;
    g_string_append(text, "```depot\n");
    const size_t start = text->len;
    if (entity->property != NULL) {
        append_property(description, entity->property);
    } else if (entity->attribute != NULL) {
        g_string_append_printf(text, "attribute %s: %s", entity->attribute->name->text,
                               type_name(description));
    } else if (entity->construct != NULL) {
        g_string_append_printf(text, "construct %s", entity->construct->label);
    } else if (entity->symbol != NULL) {
        append_symbol(description, entity->symbol);
    } else if (entity->node != NULL && entity->type != NULL) {
        append_source(description, entity->node, entity->node->end);
    }
    if (text->len == start) {
        g_string_truncate(text, before);
    } else {
        g_string_append(text, "\n```\n");
    }
}

const char *describe_value(Compilation *compilation, const Symbol *symbol) {
    if (symbol == NULL || (symbol->kind != SYMBOL_LET && symbol->kind != SYMBOL_PARAM) ||
        symbol->scope == NULL || symbol->scope->kind != SCOPE_FILE ||
        symbol->scope->source == NULL || symbol->scope->source->library ||
        diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0) {
        return NULL;
    }
    diagnostics_mute(compilation->diagnostics);
    const Value *value = eval_symbol(compilation, (Symbol *)symbol,
                                     frame_of_file(compilation, symbol->scope->source));
    diagnostics_unmute(compilation->diagnostics);
    return value->kind != VALUE_ERROR && value->kind != VALUE_ABSENT
               ? test_value_text(compilation, value)
               : NULL;
}

static void append_value(const Description *description) {
    enum { LONGEST = 200 };
    const char *text = describe_value(description->compilation, description->entity->symbol);
    if (text != NULL && strlen(text) <= LONGEST && strpbrk(text, "`\n") == NULL) {
        g_string_append_printf(description->text, "\nValue: `%s`\n", text);
    }
}

/// What decorators say: where the fact comes from, and whether it should not be used any more.
static void append_facts(const Description *description) {
    const Entity *entity = description->entity;
    Compilation *compilation = description->compilation;
    const Node *node = entity->node;
    if (node == NULL) {
        return;
    }
    const Node *outer = entity->construct != NULL ? entity->construct->node
                        : entity->type != NULL    ? entity->type->node
                                                  : NULL;
    const Provenance provenance = provenance_of(compilation->arena, node, outer);
    const Source *source = compilation_source(compilation, node->file);
    if (decorator_find(node_decorators(node), "deprecated") != NULL) {
        g_string_append(description->text, "\n*Deprecated.*\n");
    }
    if (source->library && provenance.text != NULL) {
        g_string_append_printf(description->text, "\n*%s: %s*\n",
                               provenance.inferred ? "Inferred" : "Documented", provenance.text);
    }
}

char *describe_entity(Compilation *compilation, const Entity *entity) {
    const Description description = {compilation, entity, g_string_new(NULL)};
    append_declaration(&description);
    const Node *node = entity->node;
    const Source *source = node != NULL ? compilation_source(compilation, node->file) : NULL;
    const char *doc = source != NULL ? node_doc(node, source, compilation->arena) : NULL;
    if (doc != NULL) {
        g_string_append_printf(description.text, "\n%s\n", doc);
    }
    append_value(&description);
    append_facts(&description);
    return g_string_free(description.text, FALSE);
}
