#include "symbolic.h"

#include "module.h"

const Value *symbolic_parameter(Compilation *compilation, Resource *use, const Symbol *symbol) {
    const Value *concrete = resource_property(compilation, use, symbol->property, true);
    if (concrete->kind == VALUE_ABSENT || concrete->kind == VALUE_ERROR) {
        return concrete;
    }
    Value *base = value_new(compilation->arena, VALUE_RESOURCE, NULL);
    base->resource = use;
    Value *value = value_new(compilation->arena, VALUE_ATTRIBUTE, NULL);
    value->base = base;
    value->symbol = symbol->name;
    value->number = type_is(symbol->type, TYPE_NUMBER);
    return value;
}

bool symbolic_is_parameter(Compilation *compilation, const Value *value, const Value **concrete) {
    if (value->kind != VALUE_ATTRIBUTE) {
        return false;
    }
    const Value *base = value->base;
    if (base->kind == VALUE_RESOURCE) {
        if (!base->resource->construct->module) {
            return false;
        }
        int index = construct_property(base->resource->construct, value->symbol);
        if (index >= 0) {
            *concrete = resource_property(compilation, base->resource, (size_t)index, true);
        }
        return index >= 0;
    }
    const Value *outer = NULL;
    if (!symbolic_is_parameter(compilation, base, &outer)) {
        return false;
    }
    *concrete = outer->kind == VALUE_RESOURCE || outer->kind == VALUE_OBJECT
                    ? eval_member(compilation, outer, value->symbol, NULL)
                    : &value_absent;
    return true;
}

typedef struct Search {
    Compilation *compilation;
    bool found;  ///< a parameter is part of it
    bool opaque; ///< so is something that only this instance's value tells
} Search;

static void search(const Value *value, void *data) {
    Search *found = data;
    const Value *concrete = NULL;
    if (value->kind == VALUE_ERROR) {
        found->opaque = true;
    } else if (symbolic_is_parameter(found->compilation, value, &concrete)) {
        found->found = true;
        const Value *outer = NULL;
        bool member = symbolic_is_parameter(found->compilation, value->base, &outer);
        /* A property of a resource: what was built does not tell it. */
        bool property = member && outer->kind == VALUE_RESOURCE &&
                        (outer->resource->construct->module ||
                         !construct_attribute(outer->resource->construct, value->symbol));
        found->opaque = found->opaque || property || concrete->kind == VALUE_ABSENT;
    } else {
        value_each_child(value, search, data);
    }
}

static const Value *merge(Compilation *compilation, const Value *symbolic, const Value *value);

static const Value *merge_items(Compilation *compilation, const Value *symbolic,
                                const Value *value) {
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *value;
    copy->items = arena_array(compilation->arena, const Value *, value->count);
    for (size_t i = 0; i < value->count; i++) {
        copy->items[i] = merge(compilation, symbolic->items[i], value->items[i]);
    }
    return copy;
}

static const Value *merge_fields(Compilation *compilation, const Value *symbolic,
                                 const Value *value) {
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *value;
    copy->fields = arena_array(compilation->arena, Field, value->field_count);
    for (size_t i = 0; i < value->field_count; i++) {
        copy->fields[i] = value->fields[i];
        const Value *field = value_field(symbolic, value->fields[i].name);
        if (field) {
            copy->fields[i].value = merge(compilation, field, value->fields[i].value);
        }
    }
    return copy;
}

/// What `symbolic` knows of parameters, put into `value`.
static const Value *merge(Compilation *compilation, const Value *symbolic, const Value *value) {
    bool same = symbolic->kind == value->kind;
    if (value->kind == VALUE_ABSENT || value->kind == VALUE_ERROR) {
        return value;
    }
    if (same && (value->kind == VALUE_LIST || value->kind == VALUE_CASE) &&
        symbolic->count == value->count) {
        return merge_items(compilation, symbolic, value);
    }
    if (same && value->kind == VALUE_OBJECT) {
        return merge_fields(compilation, symbolic, value);
    }
    Search found = {.compilation = compilation};
    search(symbolic, &found);
    if (!found.found || found.opaque) {
        return value;
    }
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *symbolic;
    copy->form = value->form;
    copy->origin = value->origin;
    return copy;
}

const Value *symbolic_value(Compilation *compilation, const Node *node, Frame *frame,
                            const Value *value) {
    Program *program = compilation->program;
    if (!program->code || !scope_in_module(frame->scope)) {
        return value;
    }
    diagnostics_mute(compilation->diagnostics);
    program->symbolic = true;
    program->symbolic_lets = 0;
    const Value *symbolic = eval(compilation, node, frame);
    program->symbolic = false;
    const Value *merged = merge(compilation, symbolic, value);
    diagnostics_unmute(compilation->diagnostics);
    return merged;
}

const Value *symbolic_property(Compilation *compilation, Resource *resource, size_t index,
                               const Value *value) {
    const Slot *slot = &resource->slots[index];
    if (!slot->frame || !slot->node || slot->node->kind != NODE_PROPERTY) {
        return value;
    }
    return symbolic_value(compilation, slot->node->b, slot->frame, value);
}
