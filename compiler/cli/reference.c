#include "cli.h"

#include "library.h"

#include <cjson/cJSON.h>
#include <string.h>

/// What the facts are read with.
typedef struct Reader {
    Compilation *compilation;
    const Construct *construct;
} Reader;

static const Source *source_of(const Reader *reader, const Node *node) {
    return compilation_source(reader->compilation, node->file);
}

/// The source text of a node.
static const char *text_of(const Reader *reader, const Node *node) {
    const Source *source = source_of(reader, node);
    return arena_strndup(reader->compilation->arena, source->text + node->start,
                         node->end - node->start);
}

static void add_text(cJSON *object, const char *name, const char *text) {
    if (text != NULL) {
        cJSON_AddStringToObject(object, name, text);
    }
}

static void add_doc(const Reader *reader, cJSON *object, const Node *node) {
    add_text(object, "doc", node_doc(node, source_of(reader, node), reader->compilation->arena));
}

/// "documented": the page, or "inferred": the reason. What says nothing itself inherits it.
static void add_provenance(const Reader *reader, cJSON *object, const Node *node,
                           const Node *outer) {
    const Provenance provenance = provenance_of(reader->compilation->arena, node, outer);
    add_text(object, provenance.inferred ? "inferred" : "documented", provenance.text);
}

/// "deprecated": { reason, replacement, since }, as far as given.
static void add_deprecation(const Reader *reader, cJSON *object, const Node *node) {
    const Node *mark = decorator_find(node_decorators(node), "deprecated");
    if (mark == NULL) {
        return;
    }
    cJSON *facts = cJSON_AddObjectToObject(object, "deprecated");
    if (mark->a == NULL || mark->a->kind != NODE_OBJECT) {
        return;
    }
    for (const Node *member = mark->a->a; member != NULL; member = member->next) {
        if (member->kind == NODE_PROPERTY && member->name != NULL && member->b != NULL &&
            member->b->kind == NODE_STRING) {
            add_text(facts, member->name->text,
                     arena_strndup(reader->compilation->arena, member->b->text, member->b->length));
        }
    }
}

/// Collects the alternatives of an enumeration.
typedef struct Members {
    const Reader *reader;
    const Node *outer; ///< the property, whose provenance they inherit
    cJSON *list;
    bool plain; ///< all of them are members, cases or literals
} Members;

static void visit_alternative(const Type *type, void *data) {
    Members *members = data;
    const bool listed =
        type->kind == TYPE_MEMBER || type->kind == TYPE_CASE || type->kind == TYPE_LITERAL;
    if (!listed) {
        members->plain = false;
        return;
    }
    cJSON *member = cJSON_CreateObject();
    cJSON_AddItemToArray(members->list, member);
    add_text(member, "name", type_text(members->reader->compilation->arena, type));
    if (type->node != NULL) {
        add_doc(members->reader, member, type->node);
        const Node *owner = type->owner != NULL ? type->owner->node : NULL;
        add_provenance(members->reader, member, type->node, owner != NULL ? owner : members->outer);
    }
}

static void add_members(const Reader *reader, cJSON *object, const Property *property) {
    Members members = {reader, property->node, cJSON_CreateArray(), true};
    type_each_alternative(property->type, visit_alternative, &members);
    if (members.plain && cJSON_GetArraySize(members.list) > 0) {
        cJSON_AddItemToObject(object, "members", members.list);
    } else {
        cJSON_Delete(members.list);
    }
}

static void add_properties(const Reader *reader, cJSON *reference) {
    const Construct *construct = reader->construct;
    cJSON *list = cJSON_AddArrayToObject(reference, "properties");
    for (size_t i = 0; i < construct->property_count; i++) {
        const Property *property = &construct->properties[i];
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        add_text(object, "name", property->name->text);
        add_text(object, "type", type_text(reader->compilation->arena, property->type));
        cJSON_AddBoolToObject(object, "required",
                              !property->optional && property->fallback == NULL &&
                                  (int)i != construct->name_property);
        if (property->fallback != NULL) {
            add_text(object, "default", text_of(reader, property->fallback));
        }
        add_doc(reader, object, property->node);
        add_provenance(reader, object, property->node, construct->node);
        add_deprecation(reader, object, property->node);
        add_members(reader, object, property);
    }
}

static void add_attributes(const Reader *reader, cJSON *reference) {
    cJSON *list = cJSON_AddArrayToObject(reference, "attributes");
    const Attribute *attribute = reader->construct->attributes;
    for (; attribute != NULL; attribute = attribute->next) {
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        add_text(object, "name", attribute->name->text);
        add_text(object, "type", type_text(reader->compilation->arena, attribute->type));
        add_doc(reader, object, attribute->node);
        add_provenance(reader, object, attribute->node, reader->construct->node);
    }
}

/// The message of a rule as it is written, without its quotes.
static const char *rule_message(const Reader *reader, const Rule *rule) {
    const Node *message = rule->node->a->b;
    const char *text = text_of(reader, message);
    const size_t length = strlen(text);
    return length >= 2 ? arena_strndup(reader->compilation->arena, text + 1, length - 2) : text;
}

static void add_rules(const Reader *reader, cJSON *reference) {
    cJSON *list = cJSON_AddArrayToObject(reference, "rules");
    for (const Rule *rule = reader->construct->rules; rule != NULL; rule = rule->next) {
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        add_text(object, "id", rule->code);
        add_text(object, "severity", severity_name(rule->severity));
        add_text(object, "message", rule_message(reader, rule));
    }
}

/// How each back end writes the construct: its clauses as they stand in the library.
static void add_targets(const Reader *reader, cJSON *reference) {
    cJSON *targets = cJSON_AddObjectToObject(reference, "targets");
    const Clause *clause = reader->construct->clauses;
    for (; clause != NULL; clause = clause->next) {
        const char *target = clause->target->text;
        cJSON *list = cJSON_GetObjectItemCaseSensitive(targets, target);
        if (list == NULL) {
            list = cJSON_AddArrayToObject(targets, target);
        }
        cJSON_AddItemToArray(list, cJSON_CreateString(text_of(reader, clause->node)));
    }
}

cJSON *reference_of(Compilation *compilation, const Construct *construct) {
    const Reader reader = {compilation, construct};
    cJSON *reference = cJSON_CreateObject();
    cJSON_AddStringToObject(reference, "formatVersion", "1.0");
    add_text(reference, "construct", construct->label);
    add_doc(&reader, reference, construct->node);
    add_provenance(&reader, reference, construct->node, NULL);
    add_deprecation(&reader, reference, construct->node);
    add_properties(&reader, reference);
    add_attributes(&reader, reference);
    add_rules(&reader, reference);
    add_targets(&reader, reference);
    return reference;
}

const char *reference_summary(Compilation *compilation, const Construct *construct) {
    const Reader reader = {compilation, construct};
    const char *doc =
        node_doc(construct->node, source_of(&reader, construct->node), compilation->arena);
    return doc != NULL ? arena_strndup(compilation->arena, doc, strcspn(doc, "\n")) : "";
}
