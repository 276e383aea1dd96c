/// The public members of the classes that modules become: what others may refer to.
#include "cdk/modules.h"

#include "cdk/text.h"
#include "cdk/variables.h"
#include "kinds.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

/// Names that members cannot have: those of aws-cdk-lib's constructs.
static const char *const RESERVED[] = {"node", "with", "toString", "constructor"};

/// Those of nested stacks, private ones too. Sorted.
static const char *const NESTED_RESERVED[] = {
    "account",
    "addDependency",
    "addMetadata",
    "addPermissionsBoundaryAspect",
    "addResourceMetadata",
    "addStackDependency",
    "addStackTag",
    "addTransform",
    "allocateLogicalId",
    "artifactId",
    "availabilityZones",
    "azLiteralWarningSilenced",
    "bundlingRequired",
    "contextualAttribute",
    "dependencies",
    "environment",
    "exportStringListValue",
    "exportValue",
    "formatArn",
    "generateStackArtifactId",
    "generateStackId",
    "generateStackName",
    "getLogicalId",
    "maxResources",
    "nested",
    "nestedStackParent",
    "nestedStackResource",
    "notificationArns",
    "parameters",
    "parseEnvironment",
    "partition",
    "permissionsBoundaryArn",
    "region",
    "regionalFact",
    "removeStackTag",
    "renameLogicalId",
    "reportMissingContextKey",
    "resolve",
    "resolveExportedValue",
    "resource",
    "setParameter",
    "splitArn",
    "stackDependencyReasons",
    "stackId",
    "stackName",
    "synthesizer",
    "tags",
    "templateFile",
    "templateOptions",
    "terminationProtection",
    "toJsonString",
    "toYamlString",
    "urlSuffix",
};

static int compare_words(const void *left, const void *right) {
    return strcmp(left, *(const char *const *)right);
}

static bool is_taken(const UnitClass *class, const char *name) {
    const ModelInstance *instance = class->units[0]->instance;
    if (instance && instance->is_nested &&
        bsearch(name, NESTED_RESERVED, G_N_ELEMENTS(NESTED_RESERVED), sizeof *NESTED_RESERVED,
                compare_words)) {
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(RESERVED); i++) {
        if (strcmp(RESERVED[i], name) == 0) {
            return true;
        }
    }
    for (guint i = 0; i < class->members->len; i++) {
        if (strcmp(((const CdkMember *)class->members->pdata[i])->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *free_name(Arena *arena, const UnitClass *class, const char *words) {
    const char *base = words_camel(arena, words);
    base = ts_identifier(arena, *base ? base : "value");
    const char *name = base;
    for (unsigned number = 1; is_taken(class, name); number++) {
        name = number == 1 ? arena_printf(arena, "%sOutput", base)
                           : arena_printf(arena, "%sOutput%u", base, number);
    }
    return name;
}

const CdkMember *members_add(Modules *modules, UnitClass *class, const char *name, const char *doc,
                             const Value **values) {
    CdkMember *member = arena_new_object(modules->arena, CdkMember);
    member->name = free_name(modules->arena, class, name);
    member->doc = doc;
    member->values = values;
    g_ptr_array_add(class->members, member);
    member->value = unify_value(modules, class, values, (UnifyContext){NULL, name});
    return member;
}

/// A child of `unit` that is looked for in a value.
typedef struct ChildSearch {
    const Modules *modules;
    const Unit *unit;
    Unit *child; ///< NULL until it is found
} ChildSearch;

static void search_child(const Value *value, void *data) {
    ChildSearch *search = data;
    if (search->child) {
        return;
    }
    if (value->kind == VALUE_VARIABLE) {
        search->child =
            unit_child_towards(search->unit, units_owner(search->modules->units, value->target));
    } else {
        value_each_child(value, search_child, data);
    }
}

/// The child of `unit` that a construct which is part of `value` is in; NULL if there is none.
static Unit *child_in(const Modules *modules, const Unit *unit, const Value *value) {
    ChildSearch search = {modules, unit, NULL};
    search_child(value, &search);
    return search.child;
}

static const Name *name_of(Arena *arena, const char *text) {
    Name *name = arena_new_object(arena, Name);
    name->text = text;
    name->length = (uint32_t)strlen(text);
    return name;
}

/// `BASE.name`
static Value *read_field(Arena *arena, const Value *base, const Name *name) {
    Value *field = arena_new_object(arena, Value);
    field->kind = VALUE_FIELD;
    field->base = base;
    field->symbol = name;
    return field;
}

/// `first.main`, where `first` is the child at `place`.
static Value *read_member(Arena *arena, const UnitClass *class, size_t place,
                          const CdkMember *member) {
    Value *child = arena_new_object(arena, Value);
    child->kind = VALUE_VARIABLE;
    child->target = &class->handles[place];
    return read_field(arena, child, name_of(arena, member->name));
}

/// How many lists and objects deep something is looked for in a member.
enum { MOST_STEPS = 4 };

/// The way to a part of a member: names of fields, numbers of elements.
typedef struct Path {
    const Name *steps[MOST_STEPS];
    size_t count;
} Path;

/// What the way leads to in one member; NULL if it ends before.
static const Value *follow(const Path *path, const Value *value) {
    for (size_t i = 0; i < path->count && value; i++) {
        value = value_concrete(value);
        if (value->kind == VALUE_LIST) {
            const size_t index = (size_t)g_ascii_strtoull(path->steps[i]->text, NULL, 10);
            value = index < value->count ? value->items[index] : NULL;
        } else {
            value = value_member(value, path->steps[i]->text);
        }
    }
    return value;
}

/// Finds the way to `wanted` in `value`.
static bool find_path(Arena *arena, const Value *value, const Value *wanted, Path *path) {
    if (unit_same(value, wanted)) {
        return true;
    }
    value = value_concrete(value);
    if (path->count == MOST_STEPS) {
        return false;
    }
    bool found = false;
    const size_t at = path->count++;
    for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->field_count && !found; i++) {
        path->steps[at] = value->fields[i].name;
        found = find_path(arena, value->fields[i].value, wanted, path);
    }
    for (size_t i = 0; value->kind == VALUE_LIST && i < value->count && !found; i++) {
        path->steps[at] = name_of(arena, arena_printf(arena, "%zu", i));
        found = find_path(arena, value->items[i], wanted, path);
    }
    path->count -= (size_t)!found;
    return found;
}

/// Whether the way leads to the values in all units.
static bool has_values(const UnitClass *class, size_t place, const CdkMember *member,
                       const Path *path, const Value *const *values) {
    for (size_t i = 0; i < class->unit_count; i++) {
        const Unit *child = class->units[i]->children->pdata[place];
        const Value *found = follow(path, member->values[child->index]);
        if (!found || !unit_same(found, values[i])) {
            return false;
        }
    }
    return true;
}

/// The member with these values, or the part of one: members themselves come first.
static const Value *find_member(Arena *arena, const UnitClass *class, const Unit *child,
                                const Value *const *values, bool parts) {
    const GPtrArray *members = child->class->members;
    for (guint i = 0; i < members->len; i++) {
        const CdkMember *member = members->pdata[i];
        Path path = {.count = 0};
        if ((parts && !find_path(arena, member->values[child->index], values[0], &path)) ||
            !has_values(class, child->place, member, &path, values)) {
            continue;
        }
        Value *read = read_member(arena, class, child->place, member);
        for (size_t k = 0; k < path.count; k++) {
            read = read_field(arena, read, path.steps[k]);
        }
        read->number = values[0]->number;
        return read;
    }
    return NULL;
}

const Value *members_find(Modules *modules, const UnitClass *class, const Value *const *values) {
    const Unit *child =
        class->units[0]->children->len > 0 ? child_in(modules, class->units[0], values[0]) : NULL;
    const Value *member = child ? find_member(modules->arena, class, child, values, false) : NULL;
    return child && !member ? find_member(modules->arena, class, child, values, true) : member;
}

/// The resource of `unit` that stands where `resource` stands in `like`.
static ModelResource *counterpart(const Units *units, const Unit *like, const Unit *unit,
                                  const ModelResource *resource) {
    Unit *owner = units_owner(units, resource);
    for (const Unit *child = unit_child_towards(like, owner); child;
         child = unit_child_towards(like, owner)) {
        unit = unit->children->pdata[child->place];
        like = child;
    }
    return unit->resources->pdata[units_place(units, resource)];
}

const Value *members_reach(Modules *modules, const UnitClass *class, const Value *const *values) {
    const ModelResource *target = values[0]->target;
    Unit *child = unit_child_towards(class->units[0], units_owner(modules->units, target));
    if (!child) {
        return NULL;
    }
    UnitClass *inner = child->class;
    const Value **all = arena_array(modules->arena, const Value *, inner->unit_count);
    for (size_t i = 0; i < inner->unit_count; i++) {
        Value *variable = arena_new_object(modules->arena, Value);
        variable->kind = VALUE_VARIABLE;
        variable->target = counterpart(modules->units, child, inner->units[i], target);
        all[i] = variable;
    }
    const CdkMember *member =
        members_add(modules, inner, variables_name(modules->arena, target), NULL, all);
    return read_member(modules->arena, class, child->place, member);
}
