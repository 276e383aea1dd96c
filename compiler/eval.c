#include "eval.h"
#include "schema_depot.h"

#include "builtins.h"
#include "collection.h"
#include "function.h"
#include "module.h"
#include "operators.h"
#include "program.h"
#include "symbolic.h"
#include "test.h"
#include "volume.h"

#include <glib.h>
#include <string.h>

Frame *frame_new(Compilation *compilation, Scope *scope, Frame *outer) {
    Frame *frame = arena_new_object(compilation->arena, Frame);
    *frame = (Frame){.outer = outer, .scope = scope};
    if (outer) {
        frame->resource = outer->resource;
        frame->target = outer->target;
        frame->code = outer->code;
        frame->clause = outer->clause;
    }
    if (scope->kind != SCOPE_LIBRARY) { // properties keep their values in the resource
        frame->slots = arena_array(compilation->arena, void *, scope->count);
    }
    return frame;
}

Frame *frame_of_file(Compilation *compilation, Source *source) {
    Program *program = compilation->program;
    if (source->id >= program->file_capacity) {
        size_t capacity = (size_t)source->id * 2 + 16;
        Frame **grown = arena_array(compilation->arena, Frame *, capacity);
        if (program->file_capacity) {
            memcpy(grown, program->files, program->file_capacity * sizeof *grown);
        }
        program->files = grown;
        program->file_capacity = capacity;
    }
    if (!program->files[source->id]) {
        program->files[source->id] =
            frame_new(compilation, scope_of_file(compilation, source), NULL);
    }
    return program->files[source->id];
}

/// The frame in which `symbol` has its value.
static Frame *frame_of(Compilation *compilation, const Symbol *symbol, Frame *frame) {
    for (Frame *one = frame; one; one = one->outer) {
        if (one->scope == symbol->scope) {
            return one;
        }
    }
    if (symbol->scope && symbol->scope->kind == SCOPE_FILE) {
        return frame_of_file(compilation, symbol->scope->source);
    }
    return NULL;
}

/// Marks a constant whose evaluation has begun.
static const Value busy = {.kind = VALUE_ERROR};

static const Value *eval_let(Compilation *compilation, Symbol *symbol, Frame *frame) {
    Frame *home = frame_of(compilation, symbol, frame);
    if (!home || !home->slots || symbol->node->flags & NODE_BAD) {
        return &value_error;
    }
    Program *program = compilation->program;
    if (program->symbolic && scope_in_module(symbol->scope)) {
        if (program->symbolic_lets++ > SYMBOLIC_MAX_LETS) {
            return &value_error;
        }
        return eval(compilation, symbol->node->b, home);
    }
    if (home->slots[symbol->slot]) {
        return home->slots[symbol->slot];
    }
    home->slots[symbol->slot] = (void *)&busy;
    const Value *value = eval(compilation, symbol->node->b, home);
    if (symbol->node->a && symbol->type) {
        value = conform(compilation, value, symbol->type, symbol->node->b,
                        name_quoted(compilation->arena, symbol->name));
    }
    home->slots[symbol->slot] = (void *)value;
    return value;
}

static const Value *eval_param(Compilation *compilation, Symbol *symbol) {
    Frame *home = frame_of_file(compilation, symbol->scope->source);
    if (!home->slots || symbol->node->flags & NODE_BAD) {
        return &value_error;
    }
    if (!home->slots[symbol->slot]) {
        home->slots[symbol->slot] = (void *)parameter_value(compilation, symbol, home);
    }
    return home->slots[symbol->slot];
}

static const Value *resource_value(Compilation *compilation, Resource *resource) {
    Value *value = value_new(compilation->arena, VALUE_RESOURCE, NULL);
    value->resource = resource;
    return value;
}

static const Value *eval_resource_name(Compilation *compilation, Symbol *symbol, Frame *frame) {
    Instances *instances = program_instances(compilation, symbol, frame);
    if (!instances || !instances->single) {
        return &value_absent;
    }
    return resource_value(compilation, instances->single);
}

static Frame *library_frame(Frame *frame) {
    while (frame && !frame->resource) {
        frame = frame->outer;
    }
    return frame;
}

const Value *eval_symbol(Compilation *compilation, Symbol *symbol, Frame *frame) {
    switch (symbol->kind) {
    case SYMBOL_LET:
        return eval_let(compilation, symbol, frame);
    case SYMBOL_PARAM:
    case SYMBOL_DEPLOY_PARAM:
        return eval_param(compilation, symbol);
    case SYMBOL_RESOURCE:
        return eval_resource_name(compilation, symbol, frame);
    case SYMBOL_VARIABLE: {
        Frame *home = frame_of(compilation, symbol, frame);
        return home && home->slots[symbol->slot] ? home->slots[symbol->slot] : &value_error;
    }
    case SYMBOL_PROPERTY:
        frame = library_frame(frame);
        if (compilation->program->symbolic && frame && frame->resource->construct->module) {
            return symbolic_parameter(compilation, frame->resource, symbol);
        }
        return frame ? frame_property(compilation, frame, symbol->property) : &value_absent;
    case SYMBOL_SELF:
        frame = library_frame(frame);
        return frame ? resource_value(compilation, frame->resource) : &value_absent;
    case SYMBOL_CONTAINER:
        frame = library_frame(frame);
        if (!frame) {
            return &value_absent;
        }
        return resource_value(compilation, resource_environment(compilation, frame->resource));
    case SYMBOL_REST:
        frame = library_frame(frame);
        return frame ? frame_rest(compilation, frame) : &value_absent;
    case SYMBOL_NULL:
        return &value_null;
    case SYMBOL_SCHEMA:
        return schema_value(compilation, symbol);
    default:
        return &value_error;
    }
}

static const Value *eval_member_symbol(Compilation *compilation, const Node *node,
                                       const Type *member) {
    Value *value =
        value_new(compilation->arena, member->kind == TYPE_CASE ? VALUE_CASE : VALUE_MEMBER, node);
    value->symbol = member->name;
    value->type = member;
    return value;
}

/// Which keys there are, the nearest first.
static void help_keys(Compilation *compilation, Diagnostic *diagnostic, const Symbol *symbol,
                      Instances *instances, const char *key) {
    enum { MOST_KEYS = 9 };
    size_t count = 0;
    Resource **all = instances ? instances_all(instances, &count) : NULL;
    Similar similar;
    similar_begin(&similar, key);
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        similar_offer(&similar, all[i]->key);
        if (i < MOST_KEYS) {
            g_string_append_printf(list, "%s`%s[\"%s\"]`", i ? ", " : "", symbol->name->text,
                                   all[i]->key);
        }
    }
    const char *best = similar_best(&similar);
    if (best) {
        diagnostic_help(compilation->diagnostics, diagnostic, "a similar key exists: `%s[\"%s\"]`",
                        symbol->name->text, best);
    }
    if (count) {
        diagnostic_help(compilation->diagnostics, diagnostic, "there %s %s%s",
                        count == 1 ? "is" : "are", list->str, count > MOST_KEYS ? ", …" : "");
    }
    g_string_free(list, TRUE);
}

/// In which branch the only declaration of `symbol` stands, and what to do about that.
static void help_branch(Compilation *compilation, Diagnostic *diagnostic, const Symbol *symbol) {
    const Declaration *place = symbol->kind == SYMBOL_RESOURCE ? symbol->places : NULL;
    const Branch *branch = place && !place->next ? place->branch : NULL;
    for (; branch; branch = branch->outer) {
        if (branch->node->a) {
            diagnostic_label(compilation->diagnostics, diagnostic, node_span(branch->node->a),
                             "there only while this is %s", branch->number ? "`false`" : "`true`");
        }
    }
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "it stands in a branch that these parameters do not take: refer to it within "
                    "that branch, or declare one of this name in the other, too");
}

static const Value *report_not_built(Compilation *compilation, const Node *node,
                                     const Symbol *symbol, Instances *instances, const char *key) {
    if (compilation->program->incomplete) {
        return &value_error;
    }
    const char *text = key ? arena_printf(compilation->arena, "%s[\"%s\"]", symbol->name->text, key)
                           : symbol->name->text;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_NOT_BUILT, node_span(node), text, NULL);
    diagnostic_label(compilation->diagnostics, diagnostic,
                     node_name_span(compilation, symbol->node), "declared here");
    if (!key) {
        help_branch(compilation, diagnostic, symbol);
    } else {
        help_keys(compilation, diagnostic, symbol, instances, key);
    }
    return &value_error;
}

static const Value *eval_name(Compilation *compilation, const Node *node, Frame *frame) {
    Symbol *symbol = node->bound;
    if (!symbol) {
        return &value_error;
    }
    if (symbol->kind == SYMBOL_MEMBER) {
        return eval_member_symbol(compilation, node, symbol->member);
    }
    const Value *value = eval_symbol(compilation, symbol, frame);
    if (symbol->kind != SYMBOL_RESOURCE) {
        return value;
    }
    if (value->kind == VALUE_ABSENT) {
        return symbol->node->flags & NODE_BAD
                   ? &value_error
                   : report_not_built(compilation, node, symbol, NULL, NULL);
    }
    ((Value *)value)->origin = node; /* made just now, for this place */
    return value;
}

const Type *value_attribute_type(const Value *value) {
    if (value->base->kind != VALUE_ATTRIBUTE) {
        const Attribute *attribute =
            construct_attribute(value->base->resource->construct, value->symbol);
        return attribute ? attribute->type : NULL;
    }
    const Type *outer = value_attribute_type(value->base);
    const Property *property = outer ? type_property(outer, value->symbol) : NULL;
    return property ? property->type : NULL;
}

static const Value *attribute_value(Compilation *compilation, const Value *base, const Name *name,
                                    const Node *node) {
    Value *value = value_new(compilation->arena, VALUE_ATTRIBUTE, node);
    value->base = base;
    value->symbol = name;
    const Type *type = value_attribute_type(value);
    value->number = type && type_is(type, TYPE_NUMBER);
    return value;
}

static const Value *member_of_resource(Compilation *compilation, const Value *base,
                                       const Name *name, const Node *node) {
    Resource *resource = base->resource;
    if (!resource) {
        return &value_error;
    }
    const Attribute *attribute = construct_attribute(resource->construct, name);
    if (attribute && resource->construct->module) {
        return module_output(compilation, resource, name, node);
    }
    if (attribute) {
        return attribute_value(compilation, base, name, node);
    }
    int property = construct_property(resource->construct, name);
    if (property >= 0) {
        return resource_property(compilation, resource, (size_t)property, true);
    }
    const Value *declared = test_member(compilation, resource, name);
    if (declared) {
        return declared;
    }
    const Value *collection = collection_value(compilation, resource, name, node);
    if (collection) {
        return collection;
    }
    bool strict = node && !compilation_is_lenient(compilation, node);
    if (!strict) {
        return &value_absent; /* the library asks for what only some types have */
    }
    diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_ATTRIBUTE,
                   node->b ? node_span(node->b) : node_span(node), name->text,
                   resource->construct->label, construct_offers(resource->construct), NULL);
    return &value_error;
}

const Value *eval_member(Compilation *compilation, const Value *base, const Name *name,
                         const Node *node) {
    switch (base->kind) {
    case VALUE_OBJECT: {
        const Value *value = value_field(base, name);
        return value ? value : &value_absent;
    }
    case VALUE_RESOURCE:
        return member_of_resource(compilation, base, name, node);
    case VALUE_ATTRIBUTE:
        return attribute_value(compilation, base, name, node);
    case VALUE_CASE:
        for (size_t i = 0; base->type && i < base->type->count; i++) {
            if (base->type->properties[i].name == name) {
                return base->items[i];
            }
        }
        return &value_absent;
    case VALUE_ABSENT:
        if (compilation->program->lenient || (node && compilation_is_lenient(compilation, node))) {
            return &value_absent;
        }
        if (node) {
            Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_MEMBER_OF_ABSENT,
                                                    node_span(node->a), name->text, NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "`??` gives a value for what is absent");
        }
        return &value_error;
    default:
        if (base->kind != VALUE_ERROR && node) {
            diagnostic_add(compilation->diagnostics, DIAG_NO_SUCH_MEMBER,
                           node->b ? node_span(node->b) : node_span(node), name->text,
                           value_text(compilation->arena, base), NULL);
        }
        return &value_error;
    }
}

static const Value *eval_member_node(Compilation *compilation, const Node *node, Frame *frame) {
    Symbol *symbol = node->bound;
    if (symbol && symbol->kind == SYMBOL_MEMBER) {
        return eval_member_symbol(compilation, node, symbol->member);
    }
    if (symbol) {
        const Value *value = eval_symbol(compilation, symbol, frame);
        if (value->kind == VALUE_ABSENT && symbol->kind == SYMBOL_RESOURCE) {
            return report_not_built(compilation, node, symbol, NULL, NULL);
        }
        return value;
    }
    return eval_member(compilation, eval(compilation, node->a, frame), node->name, node);
}

static Symbol *keyed_symbol(const Node *node) {
    Symbol *symbol =
        node->a->kind == NODE_NAME || node->a->kind == NODE_MEMBER ? node->a->bound : NULL;
    return symbol && symbol->kind == SYMBOL_RESOURCE && symbol->keyed ? symbol : NULL;
}

static const Value *eval_keyed(Compilation *compilation, const Node *node, Symbol *symbol,
                               Frame *frame) {
    Instances *instances = program_instances(compilation, symbol, frame);
    if (symbol->scope->kind == SCOPE_CONTAINER && node->a->kind == NODE_MEMBER) {
        instances = test_instances(compilation, node->a, symbol, frame);
    }
    if (node->kind == NODE_ALL) {
        size_t count = 0;
        Resource **all = instances ? instances_all(instances, &count) : NULL;
        Value *list = value_list(compilation->arena, count, node);
        for (size_t i = 0; i < count; i++) {
            list->items[i] = resource_value(compilation, all[i]);
            ((Value *)list->items[i])->origin = node;
        }
        return list;
    }
    const Value *key = eval(compilation, node->b, frame);
    if (key->kind == VALUE_ERROR) {
        return &value_error;
    }
    size_t length = 0;
    const char *text = value_to_text(compilation->arena, key, &length);
    if (!text) {
        return report_build_time(compilation, node->b, "a key");
    }
    char *copy = arena_strndup(compilation->arena, text, length);
    Resource *found =
        instances && instances->by_key ? g_hash_table_lookup(instances->by_key, copy) : NULL;
    if (!found) {
        return report_not_built(compilation, node, symbol, instances, copy);
    }
    Value *value = (Value *)resource_value(compilation, found);
    value->origin = node;
    return value;
}

static const Value *eval_index(Compilation *compilation, const Node *node, Frame *frame) {
    Symbol *symbol = keyed_symbol(node);
    if (symbol) {
        return eval_keyed(compilation, node, symbol, frame);
    }
    if (node->kind == NODE_ALL) {
        return &value_error;
    }
    const Value *base = eval(compilation, node->a, frame);
    const Value *index = eval(compilation, node->b, frame);
    return operator_index(compilation, node, base, index);
}

static const Value *eval_list(Compilation *compilation, const Node *node, Frame *frame) {
    size_t count = 0;
    bool spread = false;
    for (const Node *item = node->a; item; item = item->next) {
        count++;
        spread = spread || item->kind == NODE_SPREAD;
    }
    if (!spread) {
        Value *list = value_list(compilation->arena, count, node);
        size_t i = 0;
        for (const Node *item = node->a; item; item = item->next) {
            list->items[i++] = eval(compilation, item, frame);
        }
        return list;
    }
    GPtrArray *items = g_ptr_array_new();
    for (const Node *item = node->a; item; item = item->next) {
        if (item->kind != NODE_SPREAD) {
            g_ptr_array_add(items, (gpointer)eval(compilation, item, frame));
            continue;
        }
        const Value *part = eval(compilation, item->a, frame);
        if (part->kind != VALUE_LIST && part->kind != VALUE_ERROR && part->kind != VALUE_ABSENT) {
            report_build_time(compilation, item->a, "a spread list");
        }
        for (size_t i = 0; part->kind == VALUE_LIST && i < part->count; i++) {
            g_ptr_array_add(items, (gpointer)part->items[i]);
        }
    }
    Value *list = value_list(compilation->arena, items->len, node);
    if (items->len) {
        memcpy(list->items, items->pdata, items->len * sizeof *list->items);
    }
    g_ptr_array_unref(items);
    return list;
}

static void set_field(Value *object, GHashTable *known, const Name *name, const Value *value,
                      const Node *origin) {
    gpointer at = NULL;
    if (known) {
        if (g_hash_table_lookup_extended(known, name, NULL, &at)) {
            object->fields[GPOINTER_TO_SIZE(at)] = (Field){name, value, origin};
            return;
        }
        g_hash_table_insert(known, (gpointer)name, GSIZE_TO_POINTER(object->field_count));
    } else {
        for (size_t i = 0; i < object->field_count; i++) {
            if (object->fields[i].name == name) {
                object->fields[i] = (Field){name, value, origin};
                return;
            }
        }
    }
    object->fields[object->field_count++] = (Field){name, value, origin};
}

const Name *eval_key(Compilation *compilation, const Node *node, Frame *frame) {
    const Value *key = eval(compilation, node, frame);
    if (key->kind == VALUE_ERROR) {
        return NULL;
    }
    size_t length = 0;
    const char *text = value_to_text(compilation->arena, key, &length);
    if (!text) {
        report_build_time(compilation, node, "a key");
        return NULL;
    }
    return names_intern(compilation->names, text, length);
}

/// An object without spreads: the usual case, without a look-up.
static const Value *eval_plain_object(Compilation *compilation, const Node *node, Frame *frame,
                                      size_t count) {
    Value *object = value_object(compilation->arena, count, node);
    object->ordered = compilation_is_lenient(compilation, node);
    for (const Node *member = node->a; member; member = member->next) {
        if (member->kind != NODE_PROPERTY || !member->b) {
            continue;
        }
        const Value *value =
            member->flags & NODE_BAD ? &value_error : eval(compilation, member->b, frame);
        object->fields[object->field_count++] = (Field){member->name, value, member};
    }
    return object;
}

static const Value *eval_object(Compilation *compilation, const Node *node, Frame *frame) {
    size_t count = 0;
    bool plain = true;
    for (const Node *member = node->a; member; member = member->next) {
        count++;
        plain = plain && member->kind == NODE_PROPERTY && member->name && !member->a;
    }
    if (plain) {
        return eval_plain_object(compilation, node, frame, count);
    }
    const Value **spreads = arena_array(compilation->arena, const Value *, count);
    size_t most = 0, i = 0;
    for (const Node *member = node->a; member; member = member->next, i++) {
        most++;
        if (member->kind != NODE_SPREAD) {
            continue;
        }
        spreads[i] = eval(compilation, member->a, frame);
        if (spreads[i]->kind == VALUE_OBJECT) {
            most += spreads[i]->field_count;
        } else if (spreads[i]->kind != VALUE_ERROR && spreads[i]->kind != VALUE_ABSENT) {
            report_build_time(compilation, member->a, "a spread object");
        }
    }
    Value *object = value_object(compilation->arena, most, node);
    object->ordered = compilation_is_lenient(compilation, node);
    GHashTable *known = most > 16 ? g_hash_table_new(NULL, NULL) : NULL;
    i = 0;
    for (const Node *member = node->a; member; member = member->next, i++) {
        const Value *spread = spreads[i];
        for (size_t f = 0; spread && spread->kind == VALUE_OBJECT && f < spread->field_count; f++) {
            set_field(object, known, spread->fields[f].name, spread->fields[f].value, member);
        }
        if (member->kind != NODE_PROPERTY || !member->b) {
            continue;
        }
        const Name *name = member->a ? eval_key(compilation, member->a, frame) : member->name;
        bool bad = member->flags & NODE_BAD;
        if (name) {
            set_field(object, known, name, bad ? &value_error : eval(compilation, member->b, frame),
                      member);
        }
    }
    if (known) {
        g_hash_table_destroy(known);
    }
    return object;
}

typedef struct Comprehension {
    const Node *node;
    GPtrArray *values; ///< list: the elements
    GArray *fields;    ///< object: its fields
    GHashTable *keys;
} Comprehension;

static void add_element(Compilation *compilation, Frame *frame, void *data) {
    Comprehension *comprehension = data;
    g_ptr_array_add(comprehension->values,
                    (gpointer)eval(compilation, comprehension->node->b, frame));
}

static const Value *eval_list_for(Compilation *compilation, const Node *node, Frame *frame) {
    Comprehension comprehension = {.node = node, .values = g_ptr_array_new()};
    eval_loop(compilation, node->a, frame, add_element, &comprehension);
    Value *list = value_list(compilation->arena, comprehension.values->len, node);
    if (list->count) {
        memcpy(list->items, comprehension.values->pdata, list->count * sizeof *list->items);
    }
    g_ptr_array_unref(comprehension.values);
    return list;
}

static void add_field(Compilation *compilation, Frame *frame, void *data) {
    Comprehension *comprehension = data;
    const Node *node = comprehension->node;
    const Name *name = eval_key(compilation, node->b, frame);
    if (!name) {
        return;
    }
    if (!g_hash_table_add(comprehension->keys, (gpointer)name)) {
        diagnostic_add(compilation->diagnostics, DIAG_DUPLICATE_KEY, node_span(node->b), name->text,
                       NULL);
        return;
    }
    Field field = {name, eval(compilation, node->c, frame), node->c};
    g_array_append_val(comprehension->fields, field);
}

static const Value *eval_object_for(Compilation *compilation, const Node *node, Frame *frame) {
    Comprehension comprehension = {.node = node,
                                   .fields = g_array_new(FALSE, FALSE, sizeof(Field)),
                                   .keys = g_hash_table_new(NULL, NULL)};
    eval_loop(compilation, node->a, frame, add_field, &comprehension);
    Value *object = value_object(compilation->arena, comprehension.fields->len, node);
    object->field_count = comprehension.fields->len;
    if (object->field_count) {
        memcpy(object->fields, comprehension.fields->data, object->field_count * sizeof(Field));
    }
    object->map = true;
    object->ordered = compilation_is_lenient(compilation, node);
    g_array_unref(comprehension.fields);
    g_hash_table_destroy(comprehension.keys);
    return object;
}

static const Value *eval_template(Compilation *compilation, const Node *node, Frame *frame) {
    size_t count = 0;
    for (const Node *piece = node->a; piece; piece = piece->next) {
        count++;
    }
    const Value **parts = arena_array(compilation->arena, const Value *, count);
    size_t i = 0;
    bool bad = false;
    for (const Node *piece = node->a; piece; piece = piece->next, i++) {
        parts[i] = eval(compilation, piece, frame);
        if (parts[i]->kind == VALUE_ERROR) {
            bad = true;
        } else if (parts[i]->kind == VALUE_ABSENT) {
            if (compilation_is_lenient(compilation, node)) {
                return &value_absent; /* a key or name made of what is not there */
            }
            Diagnostic *diagnostic = diagnostic_add(
                compilation->diagnostics, DIAG_INTERPOLATE_ABSENT, node_span(piece), NULL);
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "`??` gives a value for what is absent");
            bad = true;
        } else if (parts[i]->kind == VALUE_LIST || parts[i]->kind == VALUE_OBJECT ||
                   parts[i]->kind == VALUE_RESOURCE || parts[i]->kind == VALUE_CASE) {
            diagnostic_add(compilation->diagnostics, DIAG_INTERPOLATION, node_span(piece),
                           value_text(compilation->arena, parts[i]), NULL);
            bad = true;
        }
    }
    return bad ? &value_error : value_concat(compilation->arena, parts, count, node);
}

static const Value *eval_case(Compilation *compilation, const Node *node, Frame *frame,
                              const Type *type) {
    Value *value = value_new(compilation->arena, VALUE_CASE, node);
    value->symbol = type->name;
    value->type = type;
    value->items = arena_array(compilation->arena, const Value *, type->count);
    for (size_t i = 0; i < type->count; i++) {
        value->items[i] = &value_absent;
    }
    for (const Node *argument = node->b; argument && value->count < type->count;
         argument = argument->next) {
        const Property *parameter = &type->properties[value->count];
        const Value *given = eval(compilation, argument, frame);
        value->items[value->count++] = conform(compilation, given, parameter->type, argument,
                                               name_quoted(compilation->arena, parameter->name));
    }
    value->count = type->count;
    return value;
}

static const Value *eval_call(Compilation *compilation, const Node *node, Frame *frame) {
    const Symbol *symbol = node->a->bound;
    if (symbol && symbol->kind == SYMBOL_MEMBER) {
        return eval_case(compilation, node, frame, symbol->member);
    }
    if (symbol && symbol->kind == SYMBOL_FN) {
        return function_call(compilation, node, symbol, frame,
                             frame_of(compilation, symbol, frame));
    }
    return node->bound ? builtin_call(compilation, node, frame) : &value_error;
}

static const Value *eval_conditional(Compilation *compilation, const Node *node, Frame *frame) {
    bool known = true;
    bool chosen = eval_condition(compilation, node->a, frame, false, &known);
    if (!known) {
        return &value_error;
    }
    return eval(compilation, chosen ? node->b : node->c, frame);
}

static const Value *eval_node(Compilation *compilation, const Node *node, Frame *frame) {
    switch (node->kind) {
    case NODE_STRING:
    case NODE_INTEGER:
    case NODE_DECIMAL:
    case NODE_BOOL:
        return node->bound ? node->bound : value_of_literal(compilation->arena, node);
    case NODE_TEMPLATE:
        return eval_template(compilation, node, frame);
    case NODE_NAME:
        return eval_name(compilation, node, frame);
    case NODE_MEMBER:
        return eval_member_node(compilation, node, frame);
    case NODE_INDEX:
    case NODE_ALL:
        return eval_index(compilation, node, frame);
    case NODE_CALL:
        return eval_call(compilation, node, frame);
    case NODE_UNARY:
    case NODE_BINARY:
    case NODE_IS:
        return operator_eval(compilation, node, frame);
    case NODE_CONDITIONAL:
        return eval_conditional(compilation, node, frame);
    case NODE_LIST:
        return eval_list(compilation, node, frame);
    case NODE_OBJECT:
        return eval_object(compilation, node, frame);
    case NODE_LIST_FOR:
        return eval_list_for(compilation, node, frame);
    case NODE_OBJECT_FOR:
        return eval_object_for(compilation, node, frame);
    default:
        return &value_error;
    }
}

const Value *eval(Compilation *compilation, const Node *node, Frame *frame) {
    if (!node || node->flags & NODE_BAD) {
        return &value_error;
    }
    Program *program = compilation->program;
    if (program->depth >= EVAL_MAX_DEPTH) {
        program_report_depth(compilation, node_span(node));
        return &value_error;
    }
    program->depth++;
    const Value *value = eval_node(compilation, node, frame);
    program->depth--;
    bool made = value->origin == node && node->kind != NODE_STRING;
    return made ? volume_charge(compilation, value) : value;
}
