/// Functions that only library files may use: docs/library.md lists them.
#include "builtin_functions.h"
#include "lower.h"
#include "operators.h"

#include <glib.h>
#include <string.h>

Frame *builtin_home(const BuiltinCall *call) {
    Frame *frame = call->frame;
    while (frame && !frame->resource) {
        frame = frame->outer;
    }
    return frame;
}

const Value *builtin_has(const BuiltinCall *call) {
    const Node *argument = call->node->b;
    const Symbol *symbol = argument->kind == NODE_NAME ? argument->bound : NULL;
    Frame *frame = builtin_home(call);
    bool present = false;
    if (symbol && symbol->kind == SYMBOL_PROPERTY && frame) {
        present = resource_has(call->compilation, frame->resource, symbol->property);
    } else {
        const Value *value = eval(call->compilation, argument, call->frame);
        present = value->kind != VALUE_ABSENT;
    }
    return operator_truth(call->compilation, present, call->node);
}

typedef struct PartsWalk {
    Compilation *compilation;
    GPtrArray *leaves;
    GHashTable *seen; ///< a store that contains itself is another check's matter
} PartsWalk;

static void walk_parts(PartsWalk *walk, Resource *resource) {
    if (!g_hash_table_add(walk->seen, resource)) {
        return;
    }
    bool leaf = true;
    const Construct *construct = resource->construct;
    for (size_t i = 0; i < construct->property_count; i++) {
        if (!(construct->marks[i] & MARK_PART)) {
            continue;
        }
        const Value *value = resource_property(walk->compilation, resource, i, false);
        size_t count = value->kind == VALUE_LIST ? value->count : 1;
        for (size_t k = 0; k < count; k++) {
            const Value *item = value->kind == VALUE_LIST ? value->items[k] : value;
            if (item->kind != VALUE_RESOURCE) {
                continue;
            }
            leaf = false;
            walk_parts(walk, item->resource);
        }
    }
    if (leaf) {
        g_ptr_array_add(walk->leaves, resource);
    }
}

const Value *builtin_parts(const BuiltinCall *call) {
    const Value *whole = call->arguments[0];
    if (whole->kind == VALUE_ABSENT) {
        return value_list(call->compilation->arena, 0, call->node);
    }
    if (whole->kind != VALUE_RESOURCE) {
        return builtin_report(call, 0, "a resource");
    }
    PartsWalk walk = {call->compilation, g_ptr_array_new(), g_hash_table_new(NULL, NULL)};
    walk_parts(&walk, whole->resource);
    Value *list = value_list(call->compilation->arena, walk.leaves->len, call->node);
    for (guint i = 0; i < walk.leaves->len; i++) {
        Value *leaf = value_new(call->compilation->arena, VALUE_RESOURCE, whole->origin);
        leaf->resource = walk.leaves->pdata[i];
        list->items[i] = leaf;
    }
    g_ptr_array_unref(walk.leaves);
    g_hash_table_destroy(walk.seen);
    return list;
}

/// The part that `ref` or `att` means: the named place, or `Resource`; what has nothing there is
/// written at its own place.
static ModelPart *part_at(const BuiltinCall *call, size_t index) {
    const Frame *frame = builtin_home(call);
    if (!frame) {
        return NULL;
    }
    if (index < call->count) {
        const char *at = builtin_text(call, index);
        return at ? lower_part(frame->resource, at) : NULL;
    }
    ModelPart *part = lower_part(frame->resource, "Resource");
    return part ? part : lower_part(frame->resource, "");
}

const Value *builtin_ref(const BuiltinCall *call) {
    ModelPart *part = part_at(call, 0);
    if (!part) {
        return &value_absent;
    }
    Value *value = value_new(call->compilation->arena, VALUE_REF, call->node);
    value->part = part;
    return value;
}

const Value *builtin_att(const BuiltinCall *call) {
    ModelPart *part = part_at(call, 1);
    if (!part) {
        return &value_absent;
    }
    Value *value = value_new(call->compilation->arena, VALUE_GETATT, call->node);
    value->text = builtin_text(call, 0);
    value->part = part;
    return value;
}

const Value *builtin_construct_id(const BuiltinCall *call) {
    const Value *value = call->arguments[0];
    Resource *resource = NULL;
    if (value->kind == VALUE_RESOURCE) {
        resource = value->resource;
    }
    if (!resource) {
        return builtin_report(call, 0, "a resource");
    }
    return value_string(call->compilation->arena, lower_construct_id(call->compilation, resource),
                        call->node);
}

/// The logical id of the part at a place; with a second argument its last so many characters.
const Value *builtin_logical_id(const BuiltinCall *call) {
    ModelPart *part = part_at(call, 0);
    if (!part || !part->logical_id) {
        return &value_absent;
    }
    const char *id = part->logical_id;
    size_t length = strlen(id);
    if (call->count > 1 && call->arguments[1]->kind == VALUE_INT &&
        call->arguments[1]->integer > 0 && length > (size_t)call->arguments[1]->integer) {
        id += length - (size_t)call->arguments[1]->integer;
    }
    return value_string(call->compilation->arena, id, call->node);
}

static const Value *field_of(const BuiltinCall *call, const Value *base, size_t index) {
    const char *name = builtin_text(call, index);
    Value *value = value_new(call->compilation->arena, VALUE_FIELD, call->node);
    value->base = base;
    value->symbol = names_of(call->compilation->names, name ? name : "");
    return value;
}

const Value *builtin_member(const BuiltinCall *call) {
    Frame *frame = builtin_home(call);
    if (!frame) {
        return &value_absent;
    }
    Value *variable = value_new(call->compilation->arena, VALUE_VARIABLE, call->node);
    variable->target = frame->resource->model;
    return field_of(call, variable, 0);
}

const Value *builtin_method(const BuiltinCall *call) {
    return field_of(call, lower_value(call->compilation, call->arguments[0]), 1);
}

const Value *builtin_symbol(const BuiltinCall *call) {
    const char *name = builtin_text(call, 0), *module = builtin_text(call, 1);
    if (!name || !module) {
        return &value_error;
    }
    Value *value = value_new(call->compilation->arena, VALUE_SYMBOL, call->node);
    value->text = name;
    value->length = strlen(name);
    value->module = module;
    return value;
}

static const Value *apply(const BuiltinCall *call, ValueKind kind) {
    Value *value = value_new(call->compilation->arena, kind, call->node);
    value->base = call->arguments[0];
    value->items = arena_array(call->compilation->arena, const Value *, call->count);
    for (size_t i = 1; i < call->count; i++) {
        if (call->arguments[i]->kind != VALUE_ABSENT) {
            value->items[value->count++] = lower_value(call->compilation, call->arguments[i]);
        }
    }
    return value;
}

const Value *builtin_invoke(const BuiltinCall *call) {
    return apply(call, VALUE_INVOKE);
}

const Value *builtin_construct(const BuiltinCall *call) {
    return apply(call, VALUE_NEW);
}

const Value *builtin_chain(const BuiltinCall *call) {
    const Value *list = call->arguments[2];
    const Value *chain = lower_value(call->compilation, call->arguments[0]);
    for (size_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
        Value *next = value_new(call->compilation->arena, VALUE_INVOKE, call->node);
        next->base = field_of(call, chain, 1);
        next->items = arena_array(call->compilation->arena, const Value *, 1);
        next->items[0] = lower_value(call->compilation, list->items[i]);
        next->count = 1;
        chain = next;
    }
    return chain;
}

const Value *builtin_pseudo(const BuiltinCall *call) {
    const char *name = builtin_text(call, 0);
    if (!name) {
        return &value_error;
    }
    Value *value = value_new(call->compilation->arena, VALUE_PSEUDO, call->node);
    value->text = name;
    value->length = strlen(name);
    return value;
}
