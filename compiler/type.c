#include "type.h"

#include "library.h"
#include "number.h"

#include <glib.h>
#include <string.h>

const Type type_error = {.kind = TYPE_ERROR};
const Type type_any = {.kind = TYPE_ANY};
const Type type_never = {.kind = TYPE_NEVER};
const Type type_string = {.kind = TYPE_STRING};
const Type type_int = {.kind = TYPE_INT};
const Type type_number = {.kind = TYPE_NUMBER};
const Type type_bool = {.kind = TYPE_BOOL};
const Type type_secret = {.kind = TYPE_SECRET};
const Type type_deployed = {.kind = TYPE_DEPLOYED};

/// More different alternatives than this are not worth telling apart in an inferred type.
enum { JOIN_LIMIT = 8, TEXT_LIMIT = 8 };

size_t type_case_required(const Type *type) {
    size_t required = 0;
    for (size_t i = 0; i < type->count; i++) {
        required += !type->properties[i].optional;
    }
    return required;
}

const Type *type_list(Arena *arena, const Type *element) {
    Type *type = arena_new_object(arena, Type);
    *type = (Type){.kind = TYPE_LIST, .element = element, .constrained = element->constrained};
    return type;
}

const Type *type_map(Arena *arena, const Type *element) {
    Type *type = arena_new_object(arena, Type);
    *type = (Type){.kind = TYPE_MAP, .element = element, .constrained = true};
    return type;
}

const Type *type_literal(Arena *arena, const Value *literal) {
    Type *type = arena_new_object(arena, Type);
    *type = (Type){.kind = TYPE_LITERAL, .literal = literal};
    return type;
}

const Type *type_widen(const Type *type) {
    if (type->kind != TYPE_LITERAL) {
        return type;
    }
    switch (type->literal->kind) {
    case VALUE_STRING:
        return &type_string;
    case VALUE_BOOL:
        return &type_bool;
    case VALUE_INT:
        return &type_int;
    default:
        return &type_number;
    }
}

const Type *type_strip(const Type *type) {
    while (type->kind == TYPE_NAMED) {
        type = type->element;
    }
    return type;
}

void type_each_alternative(const Type *type, void (*visit)(const Type *, void *), void *data) {
    type = type_strip(type);
    if (type->kind != TYPE_UNION) {
        visit(type, data);
        return;
    }
    for (size_t i = 0; i < type->count; i++) {
        type_each_alternative(type->alternatives[i], visit, data);
    }
}

static TypeKind literal_kind(const Value *value) {
    switch (value->kind) {
    case VALUE_STRING:
        return TYPE_STRING;
    case VALUE_BOOL:
        return TYPE_BOOL;
    case VALUE_INT:
        return TYPE_INT;
    default:
        return TYPE_NUMBER;
    }
}

bool type_is(const Type *type, TypeKind kind) {
    type = type_strip(type);
    if (type->kind == TYPE_UNION) {
        for (size_t i = 0; i < type->count; i++) {
            if (!type_is(type->alternatives[i], kind)) {
                return false;
            }
        }
        return type->count > 0;
    }
    TypeKind own = type->kind == TYPE_LITERAL ? literal_kind(type->literal) : type->kind;
    return own == kind || (kind == TYPE_NUMBER && own == TYPE_INT);
}

static bool literal_equal(const Value *left, const Value *right) {
    if (left->kind != right->kind) {
        return false;
    }
    switch (left->kind) {
    case VALUE_STRING:
        return left->length == right->length && !memcmp(left->text, right->text, left->length);
    case VALUE_BOOL:
        return left->boolean == right->boolean;
    case VALUE_INT:
        return left->integer == right->integer;
    default:
        return left->decimal <= right->decimal && left->decimal >= right->decimal;
    }
}

static bool alternatives_equal(const Type *left, const Type *right) {
    if (left->count != right->count) {
        return false;
    }
    for (size_t i = 0; i < left->count; i++) {
        if (!type_equal(left->alternatives[i], right->alternatives[i])) {
            return false;
        }
    }
    return true;
}

static bool properties_equal(const Type *left, const Type *right) {
    if (left->count != right->count || (left->element == NULL) != (right->element == NULL)) {
        return false;
    }
    for (size_t i = 0; i < left->count; i++) {
        const Property *a = &left->properties[i], *b = &right->properties[i];
        if (a->name != b->name || a->optional != b->optional || !type_equal(a->type, b->type)) {
            return false;
        }
    }
    return true;
}

bool type_equal(const Type *left, const Type *right) {
    if (left == right) {
        return true;
    }
    if (left->kind != right->kind || left->name != right->name) {
        return false;
    }
    switch (left->kind) {
    case TYPE_LITERAL:
        return literal_equal(left->literal, right->literal);
    case TYPE_LIST:
    case TYPE_MAP:
        return type_equal(left->element, right->element);
    case TYPE_UNION:
        return alternatives_equal(left, right);
    case TYPE_OBJECT:
        return properties_equal(left, right);
    case TYPE_REFERENCE:
        return left->construct == right->construct;
    case TYPE_MEMBER:
    case TYPE_CASE:
        return left->owner == right->owner;
    case TYPE_NAMED:
        return left->element == right->element;
    default:
        return true;
    }
}

/// Adds `type` to the alternatives unless one covers it; false when there are too many.
static bool join_into(const Type **alternatives, size_t *count, const Type *type) {
    if (type->kind == TYPE_UNION) {
        for (size_t i = 0; i < type->count; i++) {
            if (!join_into(alternatives, count, type->alternatives[i])) {
                return false;
            }
        }
        return true;
    }
    for (size_t i = 0; i < *count; i++) {
        if (type_equal(alternatives[i], type)) {
            return true;
        }
    }
    if (*count == JOIN_LIMIT) {
        return false;
    }
    alternatives[(*count)++] = type;
    return true;
}

const Type *type_join(Arena *arena, const Type *left, const Type *right) {
    if (left == right || right->kind == TYPE_NEVER || type_equal(left, right)) {
        return left;
    }
    if (left->kind == TYPE_NEVER) {
        return right;
    }
    if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR) {
        return &type_error;
    }
    if (left->kind == TYPE_ANY || right->kind == TYPE_ANY) {
        return &type_any;
    }
    if (left->kind == TYPE_LIST && right->kind == TYPE_LIST) {
        return type_list(arena, type_join(arena, left->element, right->element));
    }
    static const Type *const plain[] = {&type_string, &type_int, &type_number, &type_bool};
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        TypeKind kind = plain[i]->kind;
        bool literals = left->kind == TYPE_LITERAL && right->kind == TYPE_LITERAL;
        if (!literals && type_is(left, kind) && type_is(right, kind) &&
            (left == plain[i] || right == plain[i])) {
            return plain[i];
        }
    }
    const Type *alternatives[JOIN_LIMIT];
    size_t count = 0;
    if (!join_into(alternatives, &count, left) || !join_into(alternatives, &count, right)) {
        for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
            if (type_is(left, plain[i]->kind) && type_is(right, plain[i]->kind)) {
                return plain[i];
            }
        }
        return &type_any;
    }
    Type *type = arena_new_object(arena, Type);
    *type = (Type){.kind = TYPE_UNION, .count = count};
    type->alternatives = arena_array(arena, const Type *, count);
    memcpy(type->alternatives, alternatives, count * sizeof *alternatives);
    return type;
}

/// Whether `type` is `ancestor` or a name for something that leads to it.
static bool has_ancestor(const Type *type, const Type *ancestor) {
    for (; type->kind == TYPE_NAMED; type = type->element) {
        if (type == ancestor) {
            return true;
        }
    }
    return false;
}

/// Two names narrow the same named type (`arn`) in different ways.
static bool siblings(const Type *from, const Type *to) {
    if (has_ancestor(from, to) || has_ancestor(to, from)) {
        return false;
    }
    for (const Type *type = from->element; type->kind == TYPE_NAMED; type = type->element) {
        if (has_ancestor(to, type)) {
            return true;
        }
    }
    return false;
}

static bool object_assignable(const Type *from, const Type *to) {
    for (size_t i = 0; i < to->count; i++) {
        const Property *wanted = &to->properties[i];
        const Property *found = type_property(from, wanted->name);
        if (!found) {
            if (!wanted->optional && !from->element) {
                return false;
            }
        } else if (!type_assignable(found->type, wanted->type)) {
            return false;
        }
    }
    for (size_t i = 0; i < from->count; i++) {
        const Property *given = &from->properties[i];
        if (type_property(to, given->name)) {
            continue;
        }
        if (!to->element || !type_assignable(given->type, to->element)) {
            return false;
        }
    }
    return true;
}

static bool map_assignable(const Type *from, const Type *to) {
    if (from->kind == TYPE_MAP) {
        return type_assignable(from->element, to->element);
    }
    if (from->kind != TYPE_OBJECT) {
        return false;
    }
    for (size_t i = 0; i < from->count; i++) {
        if (!type_assignable(from->properties[i].type, to->element)) {
            return false;
        }
    }
    return true;
}

static bool reference_assignable(const Type *from, const Type *to) {
    if (from->kind != TYPE_REFERENCE || from->name != to->name) {
        return false;
    }
    return !to->construct || !from->construct || construct_is(from->construct, to->construct);
}

/// A member may be quoted where TypeScript has a string and no enumeration of its own.
static bool member_assignable(const Type *from, const Type *to) {
    if (from->kind == TYPE_MEMBER) {
        return from->name == to->name;
    }
    return from->kind == TYPE_LITERAL && from->literal->kind == VALUE_STRING &&
           !(to->owner && to->owner->qualifier) && from->literal->length == to->name->length &&
           !memcmp(from->literal->text, to->name->text, to->name->length);
}

static bool plain_assignable(const Type *from, const Type *to) {
    switch (to->kind) {
    case TYPE_STRING:
    case TYPE_INT:
    case TYPE_NUMBER:
    case TYPE_BOOL:
        return type_is(from, (TypeKind)to->kind);
    case TYPE_SECRET:
        return from->kind == TYPE_SECRET;
    case TYPE_DEPLOYED:
        return from->kind == TYPE_STRING; /* when it is known is seen on the value */
    case TYPE_LITERAL:
        /* A string whose text is not known here may be the literal: values are checked later. */
        return from->kind == TYPE_LITERAL ? literal_equal(from->literal, to->literal)
                                          : from->kind == literal_kind(to->literal);
    case TYPE_MEMBER:
        return member_assignable(from, to);
    case TYPE_CASE:
        return from->kind == to->kind && from->name == to->name;
    case TYPE_LIST:
        return from->kind == TYPE_LIST && type_assignable(from->element, to->element);
    case TYPE_MAP:
        return map_assignable(from, to);
    case TYPE_OBJECT:
        if (from->kind == TYPE_MAP) {
            return true; /* judged on the value */
        }
        return from->kind == TYPE_OBJECT && object_assignable(from, to);
    case TYPE_REFERENCE:
        return reference_assignable(from, to);
    default:
        return false;
    }
}

bool type_assignable(const Type *from, const Type *to) {
    if (from == to) {
        return true;
    }
    const Type *source = type_strip(from), *target = type_strip(to);
    if (source->kind == TYPE_ERROR || target->kind == TYPE_ERROR || source->kind == TYPE_ANY ||
        target->kind == TYPE_ANY) {
        return true;
    }
    if (from->kind == TYPE_NAMED && to->kind == TYPE_NAMED && siblings(from, to)) {
        return false;
    }
    if (source->kind == TYPE_UNION) {
        for (size_t i = 0; i < source->count; i++) {
            if (!type_assignable(source->alternatives[i], to)) {
                return false;
            }
        }
        return true;
    }
    if (target->kind == TYPE_UNION) {
        for (size_t i = 0; i < target->count; i++) {
            if (type_assignable(from, target->alternatives[i])) {
                return true;
            }
        }
        return false;
    }
    if (source->kind == TYPE_NEVER) {
        return true;
    }
    return plain_assignable(source, target);
}

const Property *type_property(const Type *type, const Name *name) {
    type = type_strip(type);
    if (type->kind != TYPE_OBJECT) {
        return NULL;
    }
    for (size_t i = 0; i < type->count; i++) {
        if (type->properties[i].name == name) {
            return &type->properties[i];
        }
    }
    return NULL;
}

const Type *type_find_member(const Type *type, const Name *name) {
    type = type_strip(type);
    if (type->kind == TYPE_UNION) {
        for (size_t i = 0; i < type->count; i++) {
            const Type *found = type_find_member(type->alternatives[i], name);
            if (found) {
                return found;
            }
        }
        return NULL;
    }
    return (type->kind == TYPE_MEMBER || type->kind == TYPE_CASE) && type->name == name ? type
                                                                                        : NULL;
}

static void append_type(GString *out, const Type *type, bool inner);

static void append_literal(GString *out, const Value *literal) {
    switch (literal->kind) {
    case VALUE_STRING:
        g_string_append_c(out, '"');
        g_string_append_len(out, literal->text, (gssize)literal->length);
        g_string_append_c(out, '"');
        break;
    case VALUE_BOOL:
        g_string_append(out, literal->boolean ? "true" : "false");
        break;
    case VALUE_INT:
        g_string_append_printf(out, "%" G_GINT64_FORMAT, literal->integer);
        break;
    default: {
        char number[NUMBER_MAX];
        g_string_append_len(out, number, (gssize)number_from_double(literal->decimal, number));
    }
    }
}

static void append_union(GString *out, const Type *type, bool inner) {
    if (inner) {
        g_string_append_c(out, '(');
    }
    /* That the words may also be known only later stands last and is no news to readers. */
    size_t count = type->count;
    count -= count > 1 && type->alternatives[count - 1]->kind == TYPE_DEPLOYED;
    for (size_t i = 0; i < count && i < TEXT_LIMIT; i++) {
        if (i) {
            g_string_append(out, " | ");
        }
        append_type(out, type->alternatives[i], true);
    }
    if (count > TEXT_LIMIT) {
        g_string_append(out, " | …");
    }
    if (inner) {
        g_string_append_c(out, ')');
    }
}

static void append_object(GString *out, const Type *type) {
    g_string_append(out, "{ ");
    for (size_t i = 0; i < type->count && i < TEXT_LIMIT; i++) {
        const Property *property = &type->properties[i];
        g_string_append_printf(out, "%s%s%s: ", i ? ", " : "", property->name->text,
                               property->optional ? "?" : "");
        append_type(out, property->type, false);
    }
    if (type->count > TEXT_LIMIT) {
        g_string_append(out, ", …");
    }
    g_string_append(out, type->count ? " }" : "}");
}

static void append_type(GString *out, const Type *type, bool inner) {
    static const char *const words[] = {
        [TYPE_ERROR] = "?",       [TYPE_ANY] = "any",       [TYPE_NEVER] = "never",
        [TYPE_STRING] = "string", [TYPE_INT] = "int",       [TYPE_NUMBER] = "number",
        [TYPE_BOOL] = "bool",     [TYPE_SECRET] = "secret", [TYPE_DEPLOYED] = "deployed",
    };
    switch (type->kind) {
    case TYPE_LITERAL:
        append_literal(out, type->literal);
        break;
    case TYPE_LIST:
        append_type(out, type_widen(type->element), true);
        g_string_append(out, "[]");
        break;
    case TYPE_MAP:
        g_string_append(out, "{ [string]: ");
        append_type(out, type->element, false);
        g_string_append(out, " }");
        break;
    case TYPE_OBJECT:
        append_object(out, type);
        break;
    case TYPE_UNION:
        append_union(out, type, inner);
        break;
    case TYPE_REFERENCE:
        g_string_append(out, type->construct ? type->construct->label : type->name->text);
        break;
    case TYPE_CASE:
        g_string_append_printf(out, "%s(…)", type->name->text);
        break;
    case TYPE_MEMBER:
    case TYPE_NAMED:
        g_string_append(out, type->name->text);
        break;
    default:
        g_string_append(out, words[type->kind]);
    }
}

const char *type_text(Arena *arena, const Type *type) {
    GString *out = g_string_new(NULL);
    append_type(out, type, false);
    char *text = arena_strndup(arena, out->str, out->len);
    g_string_free(out, TRUE);
    return text;
}
