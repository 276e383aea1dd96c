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

/// The source text of a node of several lines, as if it stood at the margin.
static const char *outdented(const Reader *reader, const Node *node) {
    const char *text = text_of(reader, node);
    const Source *source = source_of(reader, node);
    size_t margin = 0;
    while (margin < node->start && source->text[node->start - margin - 1] == ' ') {
        margin++;
    }
    char *result = arena_strndup(reader->compilation->arena, text, strlen(text));
    char *out = result;
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n") + 1;
        for (size_t i = 0; i < length && *text != '\0'; i++) {
            *out++ = *text++;
        }
        for (size_t i = 0; i < margin && *text == ' '; i++) {
            text++;
        }
    }
    *out = '\0';
    return result;
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

/// Collects the named types that properties and attributes are made of, each once.
typedef struct NamedTypes {
    GPtrArray *found;
    GHashTable *seen;
} NamedTypes;

static void collect_types(NamedTypes *types, const Type *type) {
    if (type == NULL || !g_hash_table_add(types->seen, (gpointer)type)) {
        return;
    }
    if (type->kind == TYPE_NAMED && type->node != NULL && type->node->kind == NODE_TYPE) {
        g_ptr_array_add(types->found, (gpointer)type);
    }
    collect_types(types, type->element);
    for (size_t i = 0; type->alternatives != NULL && i < type->count; i++) {
        collect_types(types, type->alternatives[i]);
    }
    for (size_t i = 0; type->properties != NULL && i < type->count; i++) {
        collect_types(types, type->properties[i].type);
    }
}

/// What decorators demand of values, as it is written.
static void add_constraints(const Reader *reader, cJSON *object, const Type *type) {
    if (type->kind != TYPE_NAMED || type->constraints == NULL) {
        return;
    }
    cJSON *list = cJSON_AddArrayToObject(object, "constraints");
    for (const Constraint *one = type->constraints; one != NULL; one = one->next) {
        cJSON_AddItemToArray(list, cJSON_CreateString(text_of(reader, one->node)));
    }
}

/// Those of a property itself; those of its named type are listed there.
static void add_own_constraints(const Reader *reader, cJSON *object, const Property *property) {
    if (property->type->node == property->node) {
        add_constraints(reader, object, property->type);
    }
}

/// The properties of an object type.
static void add_type_properties(const Reader *reader, cJSON *object, const Type *type,
                                const Node *outer) {
    cJSON *list = cJSON_AddArrayToObject(object, "properties");
    for (size_t i = 0; i < type->count; i++) {
        const Property *property = &type->properties[i];
        cJSON *fact = cJSON_CreateObject();
        cJSON_AddItemToArray(list, fact);
        add_text(fact, "name", property->name->text);
        add_text(fact, "type", type_text(reader->compilation->arena, property->type));
        cJSON_AddBoolToObject(fact, "required", !property->optional);
        add_own_constraints(reader, fact, property);
        add_doc(reader, fact, property->node);
        add_provenance(reader, fact, property->node, outer);
        add_deprecation(reader, fact, property->node);
    }
}

/// `name(parameter: type, …)` for a case, the text of the type for all else.
static const char *alternative_text(const Reader *reader, const Type *type) {
    Arena *arena = reader->compilation->arena;
    if (type->kind != TYPE_CASE) {
        return type_text(arena, type);
    }
    const char *parameters = "";
    for (size_t i = 0; i < type->count; i++) {
        const Property *one = &type->properties[i];
        parameters =
            arena_printf(arena, "%s%s%s%s: %s", parameters, i > 0 ? ", " : "", one->name->text,
                         one->optional ? "?" : "", type_text(arena, one->type));
    }
    return arena_printf(arena, "%s(%s)", type->name->text, parameters);
}

/// The alternatives of a union, each as its own text.
static void add_type_members(const Reader *reader, cJSON *object, const Type *const *alternatives,
                             size_t count, const Node *outer) {
    cJSON *list = cJSON_AddArrayToObject(object, "members");
    for (size_t i = 0; i < count; i++) {
        const Type *alternative = alternatives[i];
        cJSON *member = cJSON_CreateObject();
        cJSON_AddItemToArray(list, member);
        add_text(member, "name", alternative_text(reader, alternative));
        const bool own = alternative->kind == TYPE_MEMBER || alternative->kind == TYPE_CASE;
        if (own && alternative->node != NULL) {
            add_doc(reader, member, alternative->node);
            add_provenance(reader, member, alternative->node, outer);
        }
    }
}

static void add_type(const Reader *reader, cJSON *list, const Type *type) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToArray(list, object);
    add_text(object, "name", type->name->text);
    add_doc(reader, object, type->node);
    add_provenance(reader, object, type->node, NULL);
    const Type *what = type->element;
    if (what->kind == TYPE_OBJECT) {
        add_type_properties(reader, object, what, type->node);
    } else if (what->kind == TYPE_UNION) {
        add_type_members(reader, object, what->alternatives, what->count, type->node);
    } else if (what->kind == TYPE_MEMBER || what->kind == TYPE_CASE) {
        add_type_members(reader, object, &what, 1, type->node);
    } else {
        add_text(object, "type", type_text(reader->compilation->arena, what));
    }
    add_constraints(reader, object, type);
}

static int compare_types(const void *left, const void *right) {
    const Type *a = *(const Type *const *)left;
    const Type *b = *(const Type *const *)right;
    return strcmp(a->name->text, b->name->text);
}

/// The library's types by name, so that a reader finds what stands in an object.
static void add_types(const Reader *reader, cJSON *reference) {
    NamedTypes types = {g_ptr_array_new(), g_hash_table_new(NULL, NULL)};
    const Construct *construct = reader->construct;
    for (size_t i = 0; i < construct->property_count; i++) {
        collect_types(&types, construct->properties[i].type);
    }
    for (const Attribute *one = construct->attributes; one != NULL; one = one->next) {
        collect_types(&types, one->type);
    }
    g_ptr_array_sort(types.found, compare_types);
    cJSON *list = cJSON_AddArrayToObject(reference, "types");
    for (guint i = 0; i < types.found->len; i++) {
        add_type(reader, list, types.found->pdata[i]);
    }
    g_hash_table_destroy(types.seen);
    g_ptr_array_unref(types.found);
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
        add_own_constraints(reader, object, property);
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

static int compare_rules(const void *left, const void *right) {
    return strcmp((*(const Rule *const *)left)->code, (*(const Rule *const *)right)->code);
}

static void add_rules(const Reader *reader, cJSON *reference) {
    cJSON *list = cJSON_AddArrayToObject(reference, "rules");
    g_autoptr(GPtrArray) rules = g_ptr_array_new();
    for (const Rule *rule = reader->construct->rules; rule != NULL; rule = rule->next) {
        g_ptr_array_add(rules, (gpointer)rule);
    }
    g_ptr_array_sort(rules, compare_rules);
    for (guint i = 0; i < rules->len; i++) {
        const Rule *rule = rules->pdata[i];
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        add_text(object, "id", rule->code);
        add_text(object, "severity", severity_name(rule->severity));
        add_text(object, "message", rule_message(reader, rule));
        add_doc(reader, object, rule->node);
        add_provenance(reader, object, rule->node, reader->construct->node);
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
        cJSON_AddItemToArray(list, cJSON_CreateString(outdented(reader, clause->node)));
    }
}

cJSON *reference_of(Compilation *compilation, const Construct *construct) {
    const Reader reader = {compilation, construct};
    cJSON *reference = cJSON_CreateObject();
    cJSON_AddStringToObject(reference, "formatVersion", "1.0");
    add_text(reference, "construct", construct->label);
    add_doc(&reader, reference, construct->node);
    add_provenance(&reader, reference, construct->node,
                   construct->base != NULL ? construct->base->node : NULL);
    add_deprecation(&reader, reference, construct->node);
    add_properties(&reader, reference);
    add_attributes(&reader, reference);
    add_types(&reader, reference);
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
