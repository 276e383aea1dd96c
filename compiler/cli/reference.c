#include "cli.h"

#include "library.h"

#include <cjson/cJSON.h>
#include <string.h>

/// What the facts are read with.
typedef struct Reader {
    Compilation *compilation;
    const Construct *construct;
} Reader;

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
    fact_add(member, "name", type_text(members->reader->compilation->arena, type));
    if (type->node != NULL) {
        fact_add_doc(members->reader->compilation, member, type->node);
        const Node *owner = type->owner != NULL ? type->owner->node : NULL;
        fact_add_provenance(members->reader->compilation, member, type->node,
                            owner != NULL ? owner : members->outer);
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
        cJSON_AddItemToArray(list, cJSON_CreateString(fact_text(reader->compilation, one->node)));
    }
    if (type->constraints->documented) {
        cJSON_AddItemToArray(list, cJSON_CreateString("@documented"));
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
        fact_add(fact, "name", property->name->text);
        fact_add(fact, "type", type_text(reader->compilation->arena, property->type));
        cJSON_AddBoolToObject(fact, "required", !property->optional);
        add_own_constraints(reader, fact, property);
        fact_add_doc(reader->compilation, fact, property->node);
        fact_add_provenance(reader->compilation, fact, property->node, outer);
        fact_add_deprecation(reader->compilation, fact, property->node);
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
        fact_add(member, "name", alternative_text(reader, alternative));
        const bool own = alternative->kind == TYPE_MEMBER || alternative->kind == TYPE_CASE;
        if (own && alternative->node != NULL) {
            fact_add_doc(reader->compilation, member, alternative->node);
            fact_add_provenance(reader->compilation, member, alternative->node, outer);
        }
    }
}

static void add_type(const Reader *reader, cJSON *object, const Type *type) {
    fact_add(object, "name", type->name->text);
    fact_add_doc(reader->compilation, object, type->node);
    fact_add_provenance(reader->compilation, object, type->node, NULL);
    const Type *what = type->element;
    if (what->kind == TYPE_OBJECT) {
        add_type_properties(reader, object, what, type->node);
    } else if (what->kind == TYPE_UNION) {
        add_type_members(reader, object, what->alternatives, what->count, type->node);
    } else if (what->kind == TYPE_MEMBER || what->kind == TYPE_CASE) {
        add_type_members(reader, object, &what, 1, type->node);
    } else {
        fact_add(object, "type", type_text(reader->compilation->arena, what));
    }
    add_constraints(reader, object, type);
}

static int compare_types(const void *left, const void *right) {
    const Type *a = *(const Type *const *)left;
    const Type *b = *(const Type *const *)right;
    return strcmp(a->name->text, b->name->text);
}

/// "types": what was collected, by name; frees it.
static void add_collected(const Reader *reader, cJSON *reference, NamedTypes types) {
    g_ptr_array_sort(types.found, compare_types);
    cJSON *list = cJSON_AddArrayToObject(reference, "types");
    for (guint i = 0; i < types.found->len; i++) {
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        add_type(reader, object, types.found->pdata[i]);
    }
    g_hash_table_destroy(types.seen);
    g_ptr_array_unref(types.found);
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
    add_collected(reader, reference, types);
}

static void add_properties(const Reader *reader, cJSON *reference) {
    const Construct *construct = reader->construct;
    cJSON *list = cJSON_AddArrayToObject(reference, "properties");
    for (size_t i = 0; i < construct->property_count; i++) {
        const Property *property = &construct->properties[i];
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        fact_add(object, "name", property->name->text);
        fact_add(object, "type", type_text(reader->compilation->arena, property->type));
        cJSON_AddBoolToObject(object, "required",
                              !property->optional && property->fallback == NULL &&
                                  (int)i != construct->name_property);
        if (property->fallback != NULL) {
            fact_add(object, "default", fact_text(reader->compilation, property->fallback));
        }
        add_own_constraints(reader, object, property);
        fact_add_doc(reader->compilation, object, property->node);
        fact_add_provenance(reader->compilation, object, property->node, construct->node);
        fact_add_deprecation(reader->compilation, object, property->node);
        add_members(reader, object, property);
    }
}

static void add_attributes(const Reader *reader, cJSON *reference) {
    cJSON *list = cJSON_AddArrayToObject(reference, "attributes");
    const Attribute *attribute = reader->construct->attributes;
    for (; attribute != NULL; attribute = attribute->next) {
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(list, object);
        fact_add(object, "name", attribute->name->text);
        fact_add(object, "type", type_text(reader->compilation->arena, attribute->type));
        fact_add_doc(reader->compilation, object, attribute->node);
        fact_add_provenance(reader->compilation, object, attribute->node, reader->construct->node);
    }
}

/// The message of a rule as it is written, without its quotes.
static const char *rule_message(const Reader *reader, const Rule *rule) {
    const Node *message = rule->node->a->b;
    const char *text = fact_text(reader->compilation, message);
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
        fact_add(object, "id", rule->code);
        fact_add(object, "severity", severity_name(rule->severity));
        fact_add(object, "message", rule_message(reader, rule));
        fact_add_doc(reader->compilation, object, rule->node);
        fact_add_provenance(reader->compilation, object, rule->node, reader->construct->node);
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
        cJSON_AddItemToArray(list,
                             cJSON_CreateString(fact_outdented(reader->compilation, clause->node)));
    }
}

/// "extended": the files whose `extend`s are part of it.
static void add_extensions(const Reader *reader, cJSON *reference) {
    const Layer *layer = reader->construct->layers;
    cJSON *list = NULL;
    for (layer = layer != NULL ? layer->next : NULL; layer != NULL; layer = layer->next) {
        list = list != NULL ? list : cJSON_AddArrayToObject(reference, "extended");
        const Source *source = compilation_source(reader->compilation, layer->node->file);
        cJSON_AddItemToArray(list, cJSON_CreateString(source->path));
    }
}

cJSON *reference_of(Compilation *compilation, const Construct *construct) {
    const Reader reader = {compilation, construct};
    cJSON *reference = cJSON_CreateObject();
    cJSON_AddStringToObject(reference, "formatVersion", "1.0");
    fact_add(reference, "construct", construct->label);
    fact_add_doc(compilation, reference, construct->node);
    fact_add_provenance(compilation, reference, construct->node,
                        construct->base != NULL ? construct->base->node : NULL);
    fact_add_deprecation(compilation, reference, construct->node);
    add_extensions(&reader, reference);
    add_properties(&reader, reference);
    add_attributes(&reader, reference);
    add_types(&reader, reference);
    add_rules(&reader, reference);
    add_targets(&reader, reference);
    return reference;
}

cJSON *reference_of_type(Compilation *compilation, const Type *type) {
    const Reader reader = {compilation, NULL};
    cJSON *reference = cJSON_CreateObject();
    cJSON_AddStringToObject(reference, "formatVersion", "1.0");
    add_type(&reader, reference, type);
    NamedTypes types = {g_ptr_array_new(), g_hash_table_new(NULL, NULL)};
    g_hash_table_add(types.seen, (gpointer)type);
    collect_types(&types, type->element);
    add_collected(&reader, reference, types);
    return reference;
}

const char *reference_summary(Compilation *compilation, const Construct *construct) {
    const Source *source = compilation_source(compilation, construct->node->file);
    const char *doc = node_doc(construct->node, source, compilation->arena);
    return doc != NULL ? arena_strndup(compilation->arena, doc, strcspn(doc, "\n")) : "";
}
