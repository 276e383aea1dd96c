/// The library as JSON for a program that compares it with something: `depotc stdlib sync`. Types
/// have their structure here, where `depotc stdlib` has them as text for people.
#include "cli.h"

#include "library.h"

#include <cjson/cJSON.h>
#include <string.h>

typedef struct Writer {
    Compilation *compilation;
    cJSON *types;      ///< by name: those that something mentions
    const Node *outer; ///< whose provenance a member of the type at hand inherits
} Writer;

/// Types nest as deep as people write them; the parser bounds that.
static cJSON *type_json(Writer *writer, const Type *type);

/// An expression, as far as it is plain: a string, a name, `a.b`, a call, an object; else
/// JSON's null.
static cJSON *expression_json(const Compilation *compilation, const Node *node);

/// [{"name": …, "value": …}…] of an object's members; the order of a library file is kept.
static cJSON *members_json(const Compilation *compilation, const Node *object) {
    cJSON *list = cJSON_CreateArray();
    for (const Node *member = object->a; member != NULL; member = member->next) {
        if (member->kind == NODE_PROPERTY && member->name != NULL) {
            cJSON *entry = cJSON_CreateObject();
            cJSON_AddStringToObject(entry, "name", member->name->text);
            cJSON_AddItemToObject(entry, "value", expression_json(compilation, member->b));
            cJSON_AddItemToArray(list, entry);
        }
    }
    return list;
}

static cJSON *call_json(const Compilation *compilation, const Node *node) {
    cJSON *call = cJSON_CreateObject();
    cJSON_AddStringToObject(call, "call", fact_text(compilation, node->a));
    cJSON *arguments = cJSON_AddArrayToObject(call, "arguments");
    for (const Node *one = node->b; one != NULL; one = one->next) {
        cJSON_AddItemToArray(arguments, expression_json(compilation, one));
    }
    return call;
}

static cJSON *expression_json(const Compilation *compilation, const Node *node) {
    cJSON *object = NULL;
    switch (node->kind) {
    case NODE_STRING:
        return cJSON_CreateString(arena_strndup(compilation->arena, node->text, node->length));
    case NODE_NAME:
        object = cJSON_CreateObject();
        cJSON_AddStringToObject(object, "name", node->name->text);
        return object;
    case NODE_CALL:
        return call_json(compilation, node);
    case NODE_OBJECT:
        object = cJSON_CreateObject();
        cJSON_AddItemToObject(object, "members", members_json(compilation, node));
        return object;
    default:
        return cJSON_CreateNull();
    }
}

/// "decorators": [{"name": …, "text": …, "value": the first argument}…]
static void add_decorators(const Compilation *compilation, cJSON *object, const Node *node) {
    cJSON *list = cJSON_AddArrayToObject(object, "decorators");
    for (const Node *one = node_decorators(node); one != NULL; one = one->next) {
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddItemToArray(list, entry);
        cJSON_AddStringToObject(entry, "name", one->name->text);
        cJSON_AddStringToObject(entry, "text", fact_text(compilation, one));
        if (one->a != NULL) {
            cJSON_AddItemToObject(entry, "value", expression_json(compilation, one->a));
        }
    }
}

/// What a declaration says of itself beside its type.
static void add_declaration(const Compilation *compilation, cJSON *object, const Node *node,
                            const Node *outer) {
    fact_add_doc(compilation, object, node);
    fact_add_provenance(compilation, object, node, outer);
    fact_add_deprecation(compilation, object, node);
    add_decorators(compilation, object, node);
}

static cJSON *property_json(Writer *writer, const Property *property, const Node *outer) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "name", property->name->text);
    cJSON_AddBoolToObject(object, "optional", property->optional);
    cJSON_AddItemToObject(object, "type", type_json(writer, property->type));
    if (property->fallback != NULL) {
        cJSON_AddStringToObject(object, "default",
                                fact_text(writer->compilation, property->fallback));
    }
    add_declaration(writer->compilation, object, property->node, outer);
    return object;
}

static cJSON *properties_json(Writer *writer, const Property *properties, size_t count,
                              const Node *outer) {
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        cJSON_AddItemToArray(list, property_json(writer, &properties[i], outer));
    }
    return list;
}

static void add_literal(const Writer *writer, cJSON *object, const Value *literal) {
    switch (literal->kind) {
    case VALUE_STRING:
        fact_add(object, "value",
                 arena_strndup(writer->compilation->arena, literal->text, literal->length));
        break;
    case VALUE_INT:
        cJSON_AddNumberToObject(object, "value", (double)literal->integer);
        break;
    case VALUE_NUMBER:
        cJSON_AddNumberToObject(object, "value", literal->decimal);
        break;
    default:
        cJSON_AddBoolToObject(object, "value", literal->boolean);
        break;
    }
}

/// Adds the type to "types", once: its name comes first, so that it may mention itself.
static void note_named(Writer *writer, const Type *type) {
    if (cJSON_GetObjectItemCaseSensitive(writer->types, type->name->text) != NULL) {
        return;
    }
    cJSON *object = cJSON_AddObjectToObject(writer->types, type->name->text);
    add_declaration(writer->compilation, object, type->node, NULL);
    const Node *outer = writer->outer;
    writer->outer = type->node;
    cJSON_AddItemToObject(object, "type", type_json(writer, type->element));
    writer->outer = outer;
}

static void add_alternatives(Writer *writer, cJSON *object, const Type *type) {
    cJSON *list = cJSON_AddArrayToObject(object, "alternatives");
    for (size_t i = 0; i < type->count; i++) {
        cJSON_AddItemToArray(list, type_json(writer, type->alternatives[i]));
    }
}

/// A bare member, or a case with its parameters.
static void add_member(Writer *writer, cJSON *object, const Type *type) {
    cJSON_AddStringToObject(object, "name", type->name->text);
    if (type->kind == TYPE_CASE) {
        cJSON_AddItemToObject(object, "parameters",
                              properties_json(writer, type->properties, type->count, NULL));
    }
    if (type->node != NULL) {
        add_declaration(writer->compilation, object, type->node, writer->outer);
    }
}

static void add_object(Writer *writer, cJSON *object, const Type *type) {
    cJSON_AddItemToObject(object, "properties",
                          properties_json(writer, type->properties, type->count, writer->outer));
    if (type->element != NULL) {
        cJSON_AddItemToObject(object, "rest", type_json(writer, type->element));
    }
}

/// The word for each kind of type.
static const char *const kind_words[] = {
    [TYPE_ERROR] = "any",       [TYPE_ANY] = "any",
    [TYPE_NEVER] = "never",     [TYPE_STRING] = "string",
    [TYPE_INT] = "int",         [TYPE_NUMBER] = "number",
    [TYPE_BOOL] = "bool",       [TYPE_SECRET] = "secret",
    [TYPE_LITERAL] = "literal", [TYPE_MEMBER] = "member",
    [TYPE_CASE] = "case",       [TYPE_LIST] = "list",
    [TYPE_MAP] = "map",         [TYPE_OBJECT] = "object",
    [TYPE_UNION] = "union",     [TYPE_REFERENCE] = "reference",
    [TYPE_NAMED] = "named",
};

static cJSON *type_json(Writer *writer, const Type *type) {
    // A named type without a declaration is one that decorators stand on.
    if (type->kind == TYPE_NAMED && (type->node == NULL || type->node->kind != NODE_TYPE)) {
        return type_json(writer, type->element);
    }
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "kind", kind_words[type->kind]);
    switch (type->kind) {
    case TYPE_LITERAL:
        add_literal(writer, object, type->literal);
        break;
    case TYPE_MEMBER:
    case TYPE_CASE:
        add_member(writer, object, type);
        break;
    case TYPE_LIST:
    case TYPE_MAP:
        cJSON_AddItemToObject(object, "element", type_json(writer, type->element));
        break;
    case TYPE_OBJECT:
        add_object(writer, object, type);
        break;
    case TYPE_UNION:
        add_alternatives(writer, object, type);
        break;
    case TYPE_REFERENCE:
        cJSON_AddStringToObject(object, "label", type_text(writer->compilation->arena, type));
        break;
    case TYPE_NAMED:
        cJSON_AddStringToObject(object, "name", type->name->text);
        note_named(writer, type);
        break;
    default:
        break;
    }
    return object;
}

static void add_attributes(Writer *writer, cJSON *object, const Construct *construct) {
    cJSON *list = cJSON_AddArrayToObject(object, "attributes");
    for (const Attribute *one = construct->attributes; one != NULL; one = one->next) {
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddItemToArray(list, entry);
        cJSON_AddStringToObject(entry, "name", one->name->text);
        cJSON_AddItemToObject(entry, "forms", members_json(writer->compilation, one->node->b));
    }
}

static void add_clauses(Writer *writer, cJSON *object, const Construct *construct) {
    cJSON *list = cJSON_AddArrayToObject(object, "clauses");
    for (const Clause *one = construct->clauses; one != NULL; one = one->next) {
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddItemToArray(list, entry);
        cJSON_AddStringToObject(entry, "target", one->target->text);
        cJSON_AddStringToObject(entry, "text", fact_outdented(writer->compilation, one->node));
        cJSON_AddItemToObject(entry, "members", members_json(writer->compilation, one->node->b));
    }
}

static cJSON *construct_json(Writer *writer, const Construct *construct) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "label", construct->label);
    cJSON_AddStringToObject(object, "kind", construct->kind->text);
    if (construct->type != NULL) {
        cJSON_AddStringToObject(object, "type", construct->type->text);
    }
    cJSON_AddBoolToObject(object, "existing", construct->existing);
    cJSON_AddBoolToObject(object, "container", construct->container);
    add_declaration(writer->compilation, object, construct->node,
                    construct->base != NULL ? construct->base->node : NULL);
    cJSON_AddItemToObject(
        object, "properties",
        properties_json(writer, construct->properties, construct->property_count, construct->node));
    add_attributes(writer, object, construct);
    add_clauses(writer, object, construct);
    return object;
}

cJSON *library_json(Compilation *compilation) {
    Writer writer = {compilation, cJSON_CreateObject(), NULL};
    cJSON *document = cJSON_CreateObject();
    cJSON *constructs = cJSON_AddArrayToObject(document, "constructs");
    const char **names = library_construct_names(compilation->library);
    for (size_t i = 0; names[i] != NULL; i++) {
        const Construct *construct = stdlib_find(compilation, names[i]);
        if (construct != NULL) {
            cJSON_AddItemToArray(constructs, construct_json(&writer, construct));
        }
    }
    cJSON_AddItemToObject(document, "types", writer.types);
    return document;
}
