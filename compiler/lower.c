#define _GNU_SOURCE // memmem
#include "lower.h"

#include "check.h"
#include "narrow.h"
#include "operators.h"
#include "symbolic.h"

#include <glib.h>
#include <string.h>

Frame *lower_frame(Compilation *compilation, Resource *resource) {
    Program *program = compilation->program;
    if (!resource->lowering) {
        resource->lowering = frame_new(compilation, resource->construct->scope, NULL);
        resource->lowering->resource = resource;
    }
    resource->lowering->target = program->target;
    resource->lowering->code = program->code;
    return resource->lowering;
}

static const Value *lower_items(Compilation *compilation, const Value *value) {
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *value;
    copy->items = arena_array(compilation->arena, const Value *, value->count);
    for (size_t i = 0; i < value->count; i++) {
        copy->items[i] = lower_value(compilation, value->items[i]);
    }
    return copy;
}

Value *lower_object(Compilation *compilation, const Value *value, size_t room) {
    Value *copy = value_object(compilation->arena, value->field_count + room, value->origin);
    copy->map = value->map;
    copy->ordered = true;
    for (size_t i = 0; i < value->field_count; i++) {
        const Value *field = value->fields[i].value;
        const Name *name = value->fields[i].name;
        if (name->text[0] == '_' && !strcmp(name->text, "__proto__")) {
            const Node *place = value->fields[i].origin ? value->fields[i].origin : value->origin;
            diagnostic_add(compilation->diagnostics, DIAG_PROTO_KEY,
                           place ? node_span(place) : NO_SPAN, NULL);
        }
        if (field->kind != VALUE_ABSENT) {
            copy->fields[copy->field_count++] = (Field){
                value->fields[i].name, lower_value(compilation, field), value->fields[i].origin};
        }
    }
    /* What the user wrote without a declared order gets one of its own: moving changes nothing. */
    if (!value->ordered) {
        fields_sort(copy->fields, copy->field_count);
    }
    return copy;
}

/// Evaluates the form that decorators give for the current target; NULL if they give none.
static const Value *decorated_form(Compilation *compilation, const Node *decorators,
                                   const Type *parameters, const Value *arguments,
                                   const Value *self) {
    const Node *form = decorator_find(decorators, compilation->program->target);
    if (!form || !form->a) {
        return NULL;
    }
    Source *source = compilation_source(compilation, form->file);
    Scope *scope = form->bound;
    if (!scope) {
        scope = scope_new(compilation, SCOPE_BLOCK, scope_of_file(compilation, source), source);
        scope->forms = true;
        for (size_t i = 0; parameters && i < parameters->count; i++) {
            Symbol *symbol = scope_add(compilation, scope, SYMBOL_VARIABLE,
                                       parameters->properties[i].name, NULL);
            symbol->state = STATE_DONE;
            symbol->type = &type_any;
        }
        Symbol *own = scope_add(compilation, scope, SYMBOL_VARIABLE,
                                names_of(compilation->names, "self"), NULL);
        own->state = STATE_DONE;
        own->type = &type_any;
        ((Node *)form)->bound = scope;
        check_infer(compilation, form->a, scope, NULL);
    }
    Frame *frame = frame_new(compilation, scope, frame_of_file(compilation, source));
    frame->target = compilation->program->target;
    frame->code = compilation->program->code;
    for (size_t i = 0; parameters && i < parameters->count; i++) {
        frame->slots[i] = (void *)lower_value(compilation, arguments->items[i]);
    }
    frame->slots[scope->count - 1] = (void *)self;
    const Value *value = eval(compilation, form->a, frame);
    return value->kind == VALUE_ERROR ? NULL : value;
}

/// `Symbol.member`: the TypeScript of a member or case whose type names a symbol.
static const Value *member_symbol(Compilation *compilation, const Type *type) {
    const Type *owner = type->owner;
    if (!owner || owner->kind != TYPE_NAMED || !owner->node) {
        return NULL;
    }
    const Value *symbol = decorated_form(compilation, owner->node->c, NULL, NULL, NULL);
    if (!symbol || symbol->kind != VALUE_SYMBOL) {
        return NULL;
    }
    Value *member = value_new(compilation->arena, VALUE_SYMBOL, NULL);
    member->text = arena_printf(compilation->arena, "%s.%s", symbol->text, type->name->text);
    member->length = strlen(member->text);
    member->module = symbol->module;
    return member;
}

static const Value *lower_member(Compilation *compilation, const Value *value) {
    const Type *type = value->type;
    const Value *form = NULL;
    if (type && type->node) {
        form = decorated_form(compilation, node_decorators(type->node), NULL, NULL, value);
    }
    if (!form && type) {
        form = member_symbol(compilation, type);
    }
    if (form) {
        return form;
    }
    return value_string_n(compilation->arena, value->symbol->text, value->symbol->length,
                          value->origin);
}

/// Members that are absent go; what the library wrote keeps its order.
static const Value *without_absent(Compilation *compilation, const Value *value) {
    if (value->kind != VALUE_OBJECT) {
        return value;
    }
    Value *copy = value_object(compilation->arena, value->field_count, value->origin);
    copy->ordered = true;
    copy->map = value->map;
    for (size_t i = 0; i < value->field_count; i++) {
        if (value->fields[i].value->kind != VALUE_ABSENT) {
            copy->fields[copy->field_count++] = value->fields[i];
        }
    }
    return copy;
}

static const Value *lower_case(Compilation *compilation, const Value *value) {
    const Type *type = value->type;
    const Value *form = decorated_form(compilation, node_decorators(type->node), type, value, NULL);
    if (form) {
        return without_absent(compilation, form);
    }
    const Value *symbol = member_symbol(compilation, type);
    if (symbol) {
        Value *call = value_new(compilation->arena, VALUE_INVOKE, value->origin);
        call->base = symbol;
        call->items = arena_array(compilation->arena, const Value *, value->count);
        for (size_t i = 0; i < value->count; i++) {
            if (value->items[i]->kind != VALUE_ABSENT) {
                call->items[call->count++] = lower_value(compilation, value->items[i]);
            }
        }
        return call;
    }
    Value *object = value_object(compilation->arena, value->count, value->origin);
    object->ordered = true;
    for (size_t i = 0; i < value->count; i++) {
        if (value->items[i]->kind != VALUE_ABSENT) {
            object->fields[object->field_count++] =
                (Field){type->properties[i].name, lower_value(compilation, value->items[i]), NULL};
        }
    }
    return object;
}

ModelPart *lower_part(const Resource *resource, const char *at) {
    for (ModelPart *part = resource->model ? resource->model->parts : NULL; part;
         part = part->next) {
        if (!strcmp(part->at, at)) {
            return part;
        }
    }
    return NULL;
}

static const Value *variable_of(Compilation *compilation, const Resource *resource) {
    Value *value = value_new(compilation->arena, VALUE_VARIABLE, NULL);
    value->target = resource->model;
    return value;
}

/// A member that is a string: code that has types need not name it by where it stands.
static const Value *as_string(Compilation *compilation, const Value *form, bool string) {
    if (!string || form->kind != VALUE_FIELD) {
        return form;
    }
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *form;
    copy->string = true;
    return copy;
}

/// The forms that the attribute gives itself, or NULL.
static const Node *own_forms(const Attribute *attribute) {
    const Node *forms = attribute && attribute->node ? attribute->node->b : NULL;
    return forms && forms->a ? forms : NULL;
}

/// The attribute `name` as the target reads it, or what lies below it: `path` is its dotted name.
/// NULL if the library says nothing of it.
static const Value *attribute_form(Compilation *compilation, Resource *resource, const Name *name,
                                   const char *path, const Type *type) {
    const Attribute *attribute = construct_attribute(resource->construct, name);
    const Node *own = own_forms(attribute);
    const Node *forms = own || !attribute ? own : resource->construct->attribute_forms;
    if (!forms || forms->kind != NODE_OBJECT) {
        return NULL;
    }
    Frame *frame = lower_frame(compilation, resource);
    for (const Node *form = forms->a; form; form = form->next) {
        if (form->kind == NODE_PROPERTY && form->name && form->b &&
            !strcmp(form->name->text, compilation->program->target)) {
            frame->attribute = attribute;
            frame->attribute_name = path;
            frame->attribute_type = type;
            return as_string(compilation, eval(compilation, form->b, frame),
                             !strcmp(path, name->text) && type_is(attribute->type, TYPE_STRING));
        }
    }
    return NULL;
}

/// Whether all that lies below the attribute has a name of its own, made of its path.
static bool has_paths(const Resource *resource, const Name *name) {
    const Attribute *attribute = construct_attribute(resource->construct, name);
    return attribute && resource->construct->attribute_forms && !own_forms(attribute);
}

static const Value *lower_reference(Compilation *compilation, Resource *resource) {
    if (compilation->program->code) {
        return variable_of(compilation, resource);
    }
    const Value *id =
        attribute_form(compilation, resource, names_of(compilation->names, "id"), "id", NULL);
    if (id) {
        return lower_value(compilation, id);
    }
    Value *value = value_new(compilation->arena, VALUE_REF, NULL);
    value->part = resource->model ? resource->model->parts : NULL;
    return value->part ? value : &value_absent;
}

typedef struct Substitution {
    const ModelResource *target;
    const Value *value;
} Substitution;

/// `value` with the variable of a resource replaced.
static const Value *substitute(Compilation *compilation, const Value *value,
                               const Substitution *with) {
    if (value->kind == VALUE_VARIABLE && value->target == with->target) {
        return with->value;
    }
    if (value->kind != VALUE_FIELD && value->kind != VALUE_INVOKE && value->kind != VALUE_NEW) {
        return value;
    }
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *value;
    copy->base = substitute(compilation, value->base, with);
    if (value->kind != VALUE_FIELD) {
        copy->items = arena_array(compilation->arena, const Value *, value->count);
        for (size_t i = 0; i < value->count; i++) {
            copy->items[i] = substitute(compilation, value->items[i], with);
        }
    }
    return copy;
}

/// What `attribute` reads, with what its type says of it.
static const Value *as_typed(Compilation *compilation, const Value *form, const Value *attribute) {
    const Type *type = value_attribute_type(attribute);
    bool list = type && type_is(type, TYPE_LIST);
    form = without_absent(compilation, form);
    if ((!attribute->number && !list) || form->kind < VALUE_ATTRIBUTE) {
        return form;
    }
    Value *copy = arena_new_object(compilation->arena, Value);
    *copy = *form;
    copy->number = attribute->number;
    copy->list = list;
    return copy;
}

/// A parameter of the module around it, or a member of one.
static const Value *lower_parameter(Compilation *compilation, const Value *value,
                                    const Value *concrete) {
    const Value *base = value->base;
    if (base->kind == VALUE_RESOURCE) {
        Value *argument = value_new(compilation->arena, VALUE_ARGUMENT, value->origin);
        argument->symbol = value->symbol;
        argument->number = value->number;
        argument->base = lower_value(compilation, concrete);
        return argument;
    }
    const Value *outer = NULL;
    symbolic_is_parameter(compilation, base, &outer);
    const Value *inner = lower_value(compilation, base);
    if (outer->kind == VALUE_RESOURCE) {
        const Value *form =
            attribute_form(compilation, outer->resource, value->symbol, value->symbol->text, NULL);
        Substitution with = {outer->resource->model, inner};
        return form ? as_typed(compilation, substitute(compilation, form, &with), value)
                    : lower_value(compilation, concrete);
    }
    Value *field = value_new(compilation->arena, VALUE_FIELD, value->origin);
    field->base = inner;
    field->symbol = value->symbol;
    return field;
}

/// The dotted name of an attribute below its resource.
static const char *path_of(Compilation *compilation, const Value *value) {
    if (value->base->kind != VALUE_ATTRIBUTE) {
        return value->symbol->text;
    }
    return arena_printf(compilation->arena, "%s.%s", path_of(compilation, value->base),
                        value->symbol->text);
}

static const Value *lower_attribute(Compilation *compilation, const Value *value) {
    const Value *base = value->base, *root = value, *concrete = NULL;
    if (symbolic_is_parameter(compilation, value, &concrete)) {
        return lower_parameter(compilation, value, concrete);
    }
    while (root->base->kind == VALUE_ATTRIBUTE) {
        root = root->base;
    }
    bool whole = base->kind == VALUE_RESOURCE;
    if (whole ||
        (root->base->kind == VALUE_RESOURCE && has_paths(root->base->resource, root->symbol))) {
        const Value *form =
            attribute_form(compilation, root->base->resource, root->symbol,
                           path_of(compilation, value), value_attribute_type(value));
        return form ? as_typed(compilation, form, value) : &value_absent;
    }
    const Value *inner = lower_value(compilation, base);
    if (inner->kind == VALUE_OBJECT) {
        const Value *field = value_field(inner, value->symbol);
        return field ? field : &value_absent;
    }
    Value *field = value_new(compilation->arena, VALUE_FIELD, value->origin);
    field->base = inner;
    field->symbol = value->symbol;
    return field;
}

static const Value *lower_concat(Compilation *compilation, const Value *value) {
    const Value **parts = arena_array(compilation->arena, const Value *, value->count);
    for (size_t i = 0; i < value->count; i++) {
        parts[i] = lower_value(compilation, value->items[i]);
    }
    return value_concat(compilation->arena, parts, value->count, value->origin);
}

/// A value whose named type says how it is written.
static const Value *lower_formed(Compilation *compilation, const Value *value) {
    Value *plain = arena_new_object(compilation->arena, Value);
    *plain = *value;
    plain->form = NULL;
    const Value *self = lower_value(compilation, plain);
    const Value *form = decorated_form(compilation, value->form->node->c, NULL, NULL, self);
    return form ? without_absent(compilation, form) : self;
}

/// What JavaScript, and with it AWS CDK, cannot hold as it is written.
static void check_portable(Compilation *compilation, const Value *value) {
    const int64_t most = INT64_C(9007199254740991);
    Span span = value->origin ? node_span(value->origin) : NO_SPAN;
    if (value->kind == VALUE_INT && (value->integer > most || value->integer < -most)) {
        diagnostic_add(compilation->diagnostics, DIAG_INTEGER_RANGE, span,
                       arena_printf(compilation->arena, "%" G_GINT64_FORMAT, value->integer), NULL);
    } else if (value->kind == VALUE_STRING && value->length > 8 &&
               memmem(value->text, value->length, "{Token[", strlen("{Token["))) {
        diagnostic_add(compilation->diagnostics, DIAG_TOKEN_TEXT, span, NULL);
    }
}

const Value *lower_value(Compilation *compilation, const Value *value) {
    if (value->form) {
        return lower_formed(compilation, value);
    }
    switch (value->kind) {
    case VALUE_LIST:
        return lower_items(compilation, value);
    case VALUE_OBJECT:
        return lower_object(compilation, value, 0);
    case VALUE_MEMBER:
        return lower_member(compilation, value);
    case VALUE_CASE:
        return lower_case(compilation, value);
    case VALUE_RESOURCE:
        return lower_reference(compilation, value->resource);
    case VALUE_ATTRIBUTE:
        return lower_attribute(compilation, value);
    case VALUE_PARAMETER:
        g_hash_table_add(compilation->program->stack_parameters, value->parameter);
        return value;
    case VALUE_CONCAT:
        return lower_concat(compilation, value);
    case VALUE_DYNAMIC:
    case VALUE_FUNCTION:
        return lower_items(compilation, value);
    default:
        check_portable(compilation, value);
        return value;
    }
}

/// `@cfn(expr)` or `@cdk(expr)` on the property says how it is written.
static const Value *property_form(Compilation *compilation, Resource *resource, size_t index) {
    const Node *node = resource->construct->properties[index].node;
    const Node *form = decorator_find(node->c, compilation->program->target);
    if (!form || !form->a) {
        return NULL;
    }
    /* Inside the form the property's own name is the plain value. */
    Frame *frame = lower_frame(compilation, resource);
    size_t outer = frame->plain;
    frame->plain = index + 1;
    const Value *value = eval(compilation, form->a, frame);
    frame->plain = outer;
    return value;
}

static bool is_empty(const Value *value) {
    return (value->kind == VALUE_LIST && value->count == 0) ||
           (value->kind == VALUE_OBJECT && value->field_count == 0);
}

const Value *lower_property(Compilation *compilation, Resource *resource, size_t index) {
    const Value *value = resource_property(compilation, resource, index, false);
    if (value->kind == VALUE_ABSENT) {
        return value;
    }
    if (resource->construct->marks[index] & MARK_OMIT_EMPTY && is_empty(value)) {
        return &value_absent;
    }
    const bool typed = resource->use && compilation->program->code;
    /* In code the class sorts them when it runs. */
    if (resource->construct->marks[index] & MARK_SORTED && !compilation->program->code) {
        const Node *node = resource->construct->properties[index].node;
        value = resource_sorted(compilation, value, decorator_find(node->c, "sorted"));
    }
    if (resource->use) {
        value = symbolic_property(compilation, resource, index, value);
    }
    bool formed = resource->construct->marks[index] & MARK_FORM;
    bool inside = resource->lowering && resource->lowering->plain == index + 1;
    if (formed && !inside) {
        const Value *form = property_form(compilation, resource, index);
        if (form) {
            return form;
        }
    }
    value = lower_value(compilation, value);
    return typed ? narrow_value(compilation, value, resource->construct->properties[index].type)
                 : value;
}

const Value *lower_construct_form(Compilation *compilation, const Resource *resource) {
    const Value *form =
        decorated_form(compilation, resource->construct->node->c, NULL, NULL, &value_absent);
    return form ? form : &value_absent;
}

/// Marks the properties that a clause names.
static void mark_mentions(Node *node, void *data) {
    bool *mentions = data;
    Symbol *symbol = node->kind == NODE_NAME ? node->bound : NULL;
    if (symbol && symbol->kind == SYMBOL_PROPERTY) {
        mentions[symbol->property] = true;
    }
    node_each_child(node, mark_mentions, data);
}

static const bool *mentions_of(Compilation *compilation, Frame *frame) {
    Clause *clause = frame->clause;
    if (!clause->mentions) {
        clause->mentions =
            arena_array(compilation->arena, bool, frame->resource->construct->property_count + 1);
        node_each_child(clause->node->b, mark_mentions, clause->mentions);
        const Node *attributes = frame->resource->construct->resource_attributes;
        if (attributes) {
            node_each_child(attributes, mark_mentions, clause->mentions);
        }
    }
    return clause->mentions;
}

const Value *frame_rest(Compilation *compilation, Frame *frame) {
    Resource *resource = frame->resource;
    size_t count = resource->construct->property_count;
    const bool *mentions = frame->clause ? mentions_of(compilation, frame) : NULL;
    Value *rest = value_object(compilation->arena, count, NULL);
    rest->ordered = true;
    for (size_t i = 0; i < count; i++) {
        if ((mentions && mentions[i]) || resource->construct->marks[i] & MARK_SPLIT) {
            continue;
        }
        const Value *value = frame->target ? lower_property(compilation, resource, i)
                                           : resource_property(compilation, resource, i, false);
        if (value->kind != VALUE_ABSENT) {
            rest->fields[rest->field_count++] =
                (Field){resource->construct->properties[i].name, value, NULL};
        }
    }
    if (resource->construct
            ->open) { /* its properties have the order of the block: no declared one */
        fields_sort(rest->fields, rest->field_count);
    }
    return rest;
}
