#include "cdk/types.h"

#include "cdk/cdk.h"
#include "cdk/text.h"
#include "kinds.h"

#include <string.h>

static Doc *type_of(ClassFile *file, const Value *value);

Doc *types_named(const ClassFile *file, const char *name) {
    return doc_text(file->arena, name);
}

/// The text of a name with dots, as `cdk_symbol` makes it.
static const char *dotted(Arena *arena, const Ts *node) {
    return node->base ? arena_printf(arena, "%s.%s", dotted(arena, node->base), node->text)
                      : node->text;
}

static const char *symbol_text(ClassFile *file, const char *module, const char *text) {
    return dotted(file->arena, cdk_symbol(file, module, text));
}

/// `NAME<A, B>`
static Doc *generic(const ClassFile *file, const char *name, Doc *first, Doc *second) {
    Arena *arena = file->arena;
    Doc *nothing = doc_text(arena, "");
    Doc *rest = second ? doc_concat(arena, doc_text(arena, ","), doc_line(arena), second) : nothing;
    Doc *arguments = doc_concat(arena, doc_softline(arena), first, rest);
    Doc *whole = doc_concat(arena, doc_text(arena, "<"), doc_indent(arena, arguments),
                            doc_softline(arena), doc_text(arena, ">"));
    return doc_concat(arena, doc_text(arena, name), doc_group(arena, whole, false));
}

/// `BASE["name"]`
static Doc *indexed(const ClassFile *file, Doc *base, const char *name) {
    Arena *arena = file->arena;
    return doc_concat(arena, base, doc_text(arena, "["),
                      doc_text(arena, ts_quoted(arena, name, strlen(name))), doc_text(arena, "]"));
}

/// The type of what a function returns.
static Doc *returned(ClassFile *file, const Value *function) {
    if (function->kind == VALUE_FIELD) {
        Doc *method = indexed(file, type_of(file, function->base), function->symbol->text);
        return generic(file, "ReturnType", method, NULL);
    }
    const char *name = function->kind == VALUE_SYMBOL
                           ? symbol_text(file, function->module, function->text)
                           : "undefined";
    name = arena_printf(file->arena, "typeof %s", name);
    return generic(file, "ReturnType", doc_text(file->arena, name), NULL);
}

/// The type of what the first clause of a resource makes.
static Doc *made_by(ClassFile *file, const ModelPart *part) {
    Arena *arena = file->arena;
    const char *from = part ? cdk_body_text(arena, part, "from") : NULL;
    const char *class = part ? cdk_body_text(arena, part, "class") : NULL;
    const char *factory = part ? cdk_body_text(arena, part, "call") : NULL;
    const char *method = part ? cdk_body_text(arena, part, "method") : NULL;
    const Value *symbol = part ? value_member(part->body, "class") : NULL;
    const Value *on = part ? value_member(part->body, "on") : NULL;
    if (symbol && symbol->kind == VALUE_SYMBOL) {
        return doc_text(arena, symbol_text(file, symbol->module, symbol->text));
    }
    if (class) {
        return doc_text(arena, symbol_text(file, from, class));
    }
    if (factory) {
        const char *name = symbol_text(file, from, factory);
        name = arena_printf(arena, "typeof %s", name);
        return generic(file, "ReturnType", doc_text(arena, name), NULL);
    }
    if (method && on) {
        return generic(file, "ReturnType", indexed(file, type_of(file, on), method), NULL);
    }
    return doc_text(arena, "undefined");
}

/// The type of a member of an enumeration is the enumeration: all but the last part of its name.
static Doc *symbol_type(ClassFile *file, const Value *symbol) {
    const char *name = symbol_text(file, symbol->module, symbol->text);
    const char *dot = strrchr(name, '.');
    const bool member = dot && strchr(symbol->text, '.') &&
                        !(symbol->text[0] == '*' && strrchr(symbol->text, '.') == symbol->text + 1);
    return doc_text(file->arena, member ? arena_strndup(file->arena, name, (size_t)(dot - name))
                                        : arena_printf(file->arena, "typeof %s", name));
}

/// A document on one line.
static char *flat_text(Doc *doc) {
    GString *text = g_string_new(NULL);
    doc_print(doc, 0, DOC_NO_LIMIT, text);
    return g_string_free(text, FALSE);
}

/// A field of an object's type.
typedef struct ShapeField {
    const Name *name;
    Doc *type;
    bool optional;
} ShapeField;

/// `{ name: TYPE; name?: TYPE }`
static Doc *shape_type(const ClassFile *file, const ShapeField *fields, size_t count) {
    Arena *arena = file->arena;
    Doc **parts = arena_array(arena, Doc *, count * 3);
    for (size_t i = 0; i < count; i++) {
        const char *key = ts_key(arena, fields[i].name->text, fields[i].name->length);
        key = arena_printf(arena, "%s%s: ", key, fields[i].optional ? "?" : "");
        parts[i * 3] = doc_concat(arena, doc_text(arena, i > 0 ? ";" : ""), doc_line(arena));
        parts[i * 3 + 1] = doc_text(arena, key);
        parts[i * 3 + 2] = fields[i].type;
    }
    if (count == 0) {
        return doc_text(arena, "{}");
    }
    Doc *end = doc_if_break(arena, doc_text(arena, ";"), doc_text(arena, ""), NULL);
    return doc_group(arena,
                     doc_concat(arena, doc_text(arena, "{"),
                                doc_indent(arena, doc_list(arena, parts, count * 3)), end,
                                doc_line(arena), doc_text(arena, "}")),
                     false);
}

/// The types of some values while they are gathered.
typedef struct Gathered {
    GPtrArray *types;  ///< Doc, each once, in the order in which they occur
    GHashTable *seen;  ///< their texts
    GPtrArray *shapes; ///< those values among them that are objects of fields, one for each type
    Doc *empty;        ///< the type of an empty list, or NULL
    bool lists;        ///< there are others
} Gathered;

static void gather(ClassFile *file, Gathered *gathered, const Value *value) {
    value = value_concrete(value);
    Doc *type = type_of(file, value);
    if (value->kind == VALUE_LIST && value->count == 0) {
        gathered->empty = type;
    } else if (g_hash_table_add(gathered->seen, flat_text(type))) {
        gathered->lists = gathered->lists || value_is_list(value);
        g_ptr_array_add(gathered->types, type);
        if (value->kind == VALUE_OBJECT && !value->map) {
            g_ptr_array_add(gathered->shapes, (gpointer)value);
        }
    }
}

static GPtrArray *alternatives(ClassFile *file, const Value *const *values, size_t count);

/// The names of all fields, in the order in which they occur.
static GPtrArray *field_names(const GPtrArray *objects) {
    GPtrArray *names = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < objects->len; i++) {
        const Value *object = objects->pdata[i];
        for (size_t k = 0; k < object->field_count; k++) {
            const Field *field = &object->fields[k];
            if (field->value->kind != VALUE_ABSENT &&
                g_hash_table_add(seen, (gpointer)field->name->text)) {
                g_ptr_array_add(names, (gpointer)field->name);
            }
        }
    }
    return names;
}

/// `{ a: string; b?: number }` for objects whose fields of one name have one type. NULL for others:
/// what belongs together in them would not be told.
static Doc *merged_type(ClassFile *file, const GPtrArray *objects) {
    Arena *arena = file->arena;
    g_autoptr(GPtrArray) names = field_names(objects);
    ShapeField *fields = arena_array(arena, ShapeField, names->len);
    for (guint i = 0; i < names->len; i++) {
        const Value **values = arena_array(arena, const Value *, objects->len);
        fields[i].name = names->pdata[i];
        for (guint k = 0; k < objects->len; k++) {
            values[k] = value_member(objects->pdata[k], fields[i].name->text);
            fields[i].optional = fields[i].optional || !values[k];
        }
        g_autoptr(GPtrArray) types = alternatives(file, values, objects->len);
        if (types->len != 1) {
            return NULL;
        }
        fields[i].type = types->pdata[0];
    }
    return shape_type(file, fields, names->len);
}

/// The types of `values`, each once. What an empty list holds is told by the other lists, if there
/// are any.
static GPtrArray *alternatives(ClassFile *file, const Value *const *values, size_t count) {
    Gathered gathered = {
        .types = g_ptr_array_new(),
        .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .shapes = g_ptr_array_new(),
    };
    for (size_t i = 0; i < count; i++) {
        if (values[i]) {
            gather(file, &gathered, values[i]);
        }
    }
    if (gathered.empty && !gathered.lists) {
        g_ptr_array_add(gathered.types, gathered.empty);
    }
    const bool only = gathered.shapes->len == gathered.types->len && gathered.types->len > 1;
    Doc *merged = only ? merged_type(file, gathered.shapes) : NULL;
    if (merged) {
        g_ptr_array_set_size(gathered.types, 0);
        g_ptr_array_add(gathered.types, merged);
    }
    g_hash_table_unref(gathered.seen);
    g_ptr_array_unref(gathered.shapes);
    return gathered.types;
}

/// What a union stands in, where its layout depends on it.
typedef enum UnionParent { UNION_PLAIN, UNION_ELEMENT, UNION_ARGUMENT } UnionParent;

static Doc *union_of_types(Arena *arena, const GPtrArray *types, UnionParent parent) {
    if (types->len == 0) {
        return doc_text(arena, "never");
    }
    if (types->len == 1) {
        return types->pdata[0];
    }
    Doc **parts = arena_array(arena, Doc *, types->len * 3);
    size_t count_of_parts = 0;
    Doc *bar = doc_text(arena, "| ");
    for (guint i = 0; i < types->len; i++) {
        parts[count_of_parts++] = i == 0 ? doc_if_break(arena, bar, doc_text(arena, ""), NULL)
                                         : doc_concat(arena, doc_line(arena), bar);
        parts[count_of_parts++] = doc_indent(arena, types->pdata[i]);
    }
    Doc *whole = doc_group(arena, doc_list(arena, parts, count_of_parts), false);
    if (parent == UNION_ARGUMENT) {
        return whole;
    }
    whole = doc_indent(arena, doc_concat(arena, doc_softline(arena), whole));
    if (parent == UNION_PLAIN) {
        return doc_group(arena, whole, false);
    }
    whole = doc_group(arena, doc_concat(arena, whole, doc_softline(arena)), false);
    return doc_concat(arena, doc_text(arena, "("), whole, doc_text(arena, ")"));
}

static Doc *union_of(ClassFile *file, const Value *const *values, size_t count,
                     UnionParent parent) {
    g_autoptr(GPtrArray) types = alternatives(file, values, count);
    return union_of_types(file->arena, types, parent);
}

static Doc *list_type(ClassFile *file, const Value *list) {
    return doc_concat(file->arena, union_of(file, list->items, list->count, UNION_ELEMENT),
                      doc_text(file->arena, "[]"));
}

static Doc *map_type(ClassFile *file, const Value *map) {
    const Value **values = arena_array(file->arena, const Value *, map->field_count);
    for (size_t i = 0; i < map->field_count; i++) {
        values[i] = map->fields[i].value;
    }
    return generic(file, "Record", doc_text(file->arena, "string"),
                   union_of(file, values, map->field_count, UNION_ARGUMENT));
}

static Doc *object_type(ClassFile *file, const Value *object) {
    ShapeField *fields = arena_array(file->arena, ShapeField, object->field_count);
    size_t count = 0;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (field->value->kind != VALUE_ABSENT) {
            fields[count++] =
                (ShapeField){field->name, union_of(file, &field->value, 1, UNION_PLAIN), false};
        }
    }
    return shape_type(file, fields, count);
}

/// A literal type, for values of properties that take no others of their kind.
static Doc *narrow_type(const ClassFile *file, const Value *value) {
    size_t length = 0;
    const char *text = value_literal_text(value, file->arena, &length);
    return doc_text(file->arena,
                    value->kind == VALUE_STRING ? ts_quoted(file->arena, text, length) : text);
}

static Doc *type_of(ClassFile *file, const Value *value) {
    value = value_concrete(value);
    if (value->narrow && value_is_literal(value)) {
        return narrow_type(file, value);
    }
    switch ((ValueKind)value->kind) {
    case VALUE_NULL:
        return doc_text(file->arena, "null");
    case VALUE_BOOL:
        return doc_text(file->arena, "boolean");
    case VALUE_INT:
    case VALUE_NUMBER:
        return doc_text(file->arena, "number");
    case VALUE_LIST:
        return list_type(file, value);
    case VALUE_OBJECT:
        return value->map ? map_type(file, value) : object_type(file, value);
    case VALUE_VARIABLE:
        return made_by(file, value->target ? value->target->parts : NULL);
    case VALUE_SYMBOL:
        return symbol_type(file, value);
    case VALUE_FIELD:
        return value->number   ? doc_text(file->arena, "number")
               : value->string ? doc_text(file->arena, "string")
                               : indexed(file, type_of(file, value->base), value->symbol->text);
    case VALUE_INVOKE:
        return returned(file, value->base);
    case VALUE_NEW:
        return value->base->kind == VALUE_SYMBOL
                   ? doc_text(file->arena,
                              symbol_text(file, value->base->module, value->base->text))
                   : type_of(file, value->base);
    case VALUE_THIS:
        return doc_text(file->arena, imports_use(file->imports, CONSTRUCTS_MODULE, "Construct"));
    default:
        if (value_is_list(value)) {
            return doc_text(file->arena, "string[]");
        }
        return doc_text(file->arena, value->number ? "number" : "string");
    }
}

Doc *types_of(ClassFile *file, const Value *const *values, size_t count) {
    return union_of(file, values, count, UNION_PLAIN);
}

/// A part of all values: the member `name`, or the element `index` where that is NULL.
static const Value **parts_of(Arena *arena, const Value *const *values, size_t count,
                              const char *name, size_t index) {
    const Value **parts = arena_array(arena, const Value *, count);
    for (size_t i = 0; i < count; i++) {
        const Value *value = values[i] ? value_concrete(values[i]) : NULL;
        if (value && name) {
            parts[i] = value_member(value, name);
        } else if (value && value->kind == VALUE_LIST && index < value->count) {
            parts[i] = value->items[index];
        }
    }
    return parts;
}

/// Whether the class writes the parts of a value one by one.
static bool is_built(const Value *value) {
    return (value->kind == VALUE_OBJECT && !value->map) ||
           (value->kind == VALUE_LIST && value->count > 0);
}

static Doc *written_object(ClassFile *file, const Value *object, const Value *const *values,
                           size_t count) {
    ShapeField *fields = arena_array(file->arena, ShapeField, object->field_count);
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        const Value **parts = parts_of(file->arena, values, count, field->name->text, 0);
        fields[i] =
            (ShapeField){field->name, types_of_written(file, field->value, parts, count), false};
    }
    return shape_type(file, fields, object->field_count);
}

/// The elements of a list may be any of the types that one of them has.
static Doc *written_list(ClassFile *file, const Value *list, const Value *const *values,
                         size_t count) {
    g_autoptr(GPtrArray) types = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < list->count; i++) {
        const Value **parts = parts_of(file->arena, values, count, NULL, i);
        g_autoptr(GPtrArray) own =
            is_built(list->items[i]) ? g_ptr_array_new() : alternatives(file, parts, count);
        if (own->len == 0) {
            g_ptr_array_add(own, types_of_written(file, list->items[i], parts, count));
        }
        for (guint k = 0; k < own->len; k++) {
            if (g_hash_table_add(seen, flat_text(own->pdata[k]))) {
                g_ptr_array_add(types, own->pdata[k]);
            }
        }
    }
    return doc_concat(file->arena, union_of_types(file->arena, types, UNION_ELEMENT),
                      doc_text(file->arena, "[]"));
}

Doc *types_of_written(ClassFile *file, const Value *value, const Value *const *values,
                      size_t count) {
    if (!is_built(value)) {
        return types_of(file, values, count);
    }
    return value->kind == VALUE_OBJECT ? written_object(file, value, values, count)
                                       : written_list(file, value, values, count);
}
