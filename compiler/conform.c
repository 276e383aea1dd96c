#include "conform_fix.h"

#include "conform.h"

#include "check_report.h"
#include "diagnostic.h"
#include "format.h"
#include "operators.h"
#include "placeholder.h"
#include "program.h"

#include <glib.h>
#include <string.h>

/// What a template can hold: beyond it a bound is none.
static const double LARGEST_INTEGER = 9007199254740991.0;

static const Value *fit(const Conform *context, const Value *value, const Type *type);

Span conform_place(const Conform *context, const Value *value) {
    /* A parameter's own place is its declaration: what matters is where it is used. */
    bool elsewhere = !value->origin || value->kind == VALUE_PARAMETER;
    const Node *node = context->origin || elsewhere ? context->place : value->origin;
    /* A value that the library made is the user's at the place where it is used. */
    if (compilation_is_lenient(context->compilation, node) &&
        !compilation_is_lenient(context->compilation, context->place)) {
        node = context->place;
    }
    return node->kind == NODE_PARAM ? node_name_span(context->compilation, node) : node_span(node);
}

static void add_origin(const Conform *context, Diagnostic *diagnostic) {
    if (context->origin) {
        diagnostic_help(context->compilation->diagnostics, diagnostic, "the value comes from %s",
                        context->origin);
    }
}

/// What can be given from outside where `value` does not fit `type`.
static void help_given(Compilation *compilation, Diagnostic *diagnostic, const Value *value,
                       const Type *type) {
    const TypeKind kind = type_strip(type)->kind;
    const bool text = value->kind == VALUE_STRING;
    const char *wrong = text ? arena_strndup(compilation->arena, value->text, value->length) : NULL;
    if (kind == TYPE_INT || kind == TYPE_NUMBER || kind == TYPE_BOOL) {
        diagnostic_help(compilation->diagnostics, diagnostic, "give %s",
                        kind == TYPE_INT      ? "a whole number, such as `3`"
                        : kind == TYPE_NUMBER ? "a number, such as `2.5`"
                                              : "`true` or `false`");
    } else if (!report_words(compilation, diagnostic, type, wrong) && kind == TYPE_LIST) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "give a list as JSON, such as `[\"a\", \"b\"]`");
    }
}

static const Value *report_value(const Conform *context, const Value *value, const Type *type) {
    Compilation *compilation = context->compilation;
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, DIAG_VALUE_MISMATCH, conform_place(context, value), context->what,
        arena_printf(compilation->arena, "`%s`", type_text(compilation->arena, type)),
        value_text(compilation->arena, value), NULL);
    add_origin(context, diagnostic);
    if (context->origin) {
        help_given(compilation, diagnostic, value, type);
    }
    return &value_error;
}

static Diagnostic *report_constraint(const Conform *context, const Value *value,
                                     const Constraint *constraint, const char *rule) {
    Compilation *compilation = context->compilation;
    Diagnostic *diagnostic = diagnostic_add(
        compilation->diagnostics, constraint->documented ? DIAG_DOCUMENTED_VALUE : DIAG_CONSTRAINT,
        conform_place(context, value), value_text(compilation->arena, value), context->what, rule,
        NULL);
    diagnostic_label(compilation->diagnostics, diagnostic, node_span(constraint->node),
                     "demanded here");
    add_origin(context, diagnostic);
    return diagnostic;
}

static void report_pattern(Compilation *compilation, const Constraint *constraint) {
    const Node *text = constraint->node->a ? constraint->node->a : constraint->node;
    g_autoptr(GError) error = NULL;
    g_autoptr(GRegex) regex = g_regex_new(constraint->text, 0, 0, &error);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_BAD_PATTERN, node_span(text), NULL);
    if (!regex && error) {
        const char *why = strstr(error->message, ": ");
        diagnostic_help(compilation->diagnostics, diagnostic, "%s", why ? why + 2 : error->message);
    }
}

bool conform_matches(Compilation *compilation, Constraint *constraint, const Value *value) {
    if (!constraint->text) {
        return true;
    }
    if (!constraint->regex) {
        constraint->regex = g_regex_new(constraint->text, G_REGEX_OPTIMIZE, 0, NULL);
        if (!constraint->regex) {
            report_pattern(compilation, constraint);
            constraint->text = NULL;
            return true;
        }
        g_ptr_array_add(compilation->regexes, constraint->regex);
    }
    return g_regex_match_full(constraint->regex, value->text, (gssize)value->length, 0, 0, NULL,
                              NULL);
}

static bool check_size(const Conform *context, const Value *value, Constraint *constraint,
                       double size, const char *unit) {
    if ((size >= constraint->minimum && size <= constraint->maximum) ||
        constraint->minimum > constraint->maximum) { /* bounds that are wrong are reported */
        return true;
    }
    Arena *arena = context->compilation->arena;
    const char *rule = NULL;
    if (constraint->maximum >= G_MAXDOUBLE) {
        rule = arena_printf(arena, "at least %.15g%s", constraint->minimum, unit);
    } else if (constraint->minimum <= -LARGEST_INTEGER) {
        rule = arena_printf(arena, "at most %.15g%s", constraint->maximum, unit);
    } else {
        rule =
            arena_printf(arena, "%.15g to %.15g%s", constraint->minimum, constraint->maximum, unit);
    }
    report_constraint(context, value, constraint, rule);
    return false;
}

static void add_word(GString *list, const Node *word) {
    g_string_append_printf(list, "%s`%.*s`", list->len ? ", " : "", (int)word->length, word->text);
}

/// Whether there are words, and nothing else: arguments that are wrong are reported.
static bool lists_words(const Node *decorator) {
    bool words = decorator->a != NULL;
    for (const Node *word = decorator->a; word && words; word = word->next) {
        words = word->kind == NODE_STRING;
    }
    return words;
}

/// Whether the text is one of the words that `constraint` lists.
static bool check_words(const Conform *context, const Value *value, const Constraint *constraint) {
    Compilation *compilation = context->compilation;
    if (!lists_words(constraint->node)) {
        return true;
    }
    Similar similar;
    similar_begin(&similar, arena_strndup(compilation->arena, value->text, value->length));
    GString *list = g_string_new(NULL);
    bool found = false;
    size_t count = 0;
    for (const Node *word = constraint->node->a; word && !found; word = word->next) {
        count++;
        found = word->length == value->length && !memcmp(word->text, value->text, value->length);
        similar_offer(&similar, arena_strndup(compilation->arena, word->text, word->length));
        add_word(list, word);
    }
    if (!found) {
        Diagnostic *diagnostic = report_constraint(
            context, value, constraint,
            arena_printf(compilation->arena, "%s%s", count > 1 ? "one of " : "", list->str));
        const char *best = similar_best(&similar);
        if (best) {
            diagnostic_help(compilation->diagnostics, diagnostic,
                            "a similar word is among them: `%s`", best);
            conform_fix_text(context, diagnostic, value, best, similar_certainty(&similar));
        }
    }
    g_string_free(list, TRUE);
    return found;
}

static bool check_pattern(const Conform *context, const Value *value, Constraint *constraint,
                          const Type *type) {
    Compilation *compilation = context->compilation;
    if (conform_matches(compilation, constraint, value)) {
        return true;
    }
    bool named = type->node->kind == NODE_TYPE;
    const char *name = named ? name_quoted(compilation->arena, type->name) : NULL;
    /* A property whose type is called like it would be told to be what it is called. */
    const char *rule = named && strcmp(name, context->what) != 0
                           ? name
                           : arena_printf(compilation->arena, "the pattern `%s`", constraint->text);
    Diagnostic *diagnostic = report_constraint(context, value, constraint, rule);
    conform_fix_pattern(context, diagnostic, value, constraint);
    const char *doc =
        node_doc(type->node, compilation_source(compilation, type->node->file), compilation->arena);
    if (doc) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s: %s",
                        named ? name : context->what, report_sentence(compilation, doc));
    }
    return false;
}

static bool check_text(const Conform *context, const Value *value, Constraint *constraint,
                       const Type *type) {
    if (value->kind != VALUE_STRING) {
        return true;
    }
    return constraint->kind == CONSTRAINT_WORDS ? check_words(context, value, constraint)
                                                : check_pattern(context, value, constraint, type);
}

/// What a back end writes as another thing than a text cannot wait for deployment.
static bool check_known(const Conform *context, const Value *value) {
    if (value->kind < VALUE_ATTRIBUTE) {
        return true;
    }
    Diagnostic *diagnostic = diagnostic_add(context->compilation->diagnostics, DIAG_KNOWN_LATE,
                                            conform_place(context, value), context->what, NULL);
    diagnostic_help(context->compilation->diagnostics, diagnostic,
                    "a `param` gets its value when the program is built");
    add_origin(context, diagnostic);
    return false;
}

/// The elements of a list, each of them.
static bool check_elements(const Conform *context, const Value *list, Constraint *constraint,
                           const Type *type) {
    bool kept = true;
    for (size_t i = 0; i < list->count; i++) {
        kept = check_text(context, list->items[i], constraint, type) && kept;
    }
    return kept;
}

/// False after a diagnostic: one broken constraint is enough to say.
static bool check_constraint(const Conform *context, const Value *value, Constraint *constraint,
                             const Type *type) {
    switch (constraint->kind) {
    case CONSTRAINT_KNOWN:
        return check_known(context, value);
    case CONSTRAINT_PATTERN:
    case CONSTRAINT_WORDS:
        if (value->kind != VALUE_LIST) {
            return check_text(context, value, constraint, type);
        }
        return check_elements(context, value, constraint, type);
    case CONSTRAINT_LENGTH:
        if (value->kind == VALUE_STRING) {
            return check_size(context, value, constraint,
                              (double)g_utf8_strlen(value->text, (gssize)value->length),
                              " characters");
        }
        if (value->kind == VALUE_LIST) {
            return check_size(context, value, constraint, (double)value->count, " elements");
        }
        return true;
    case CONSTRAINT_RANGE:
        if (value->kind == VALUE_INT) {
            return check_size(context, value, constraint, (double)value->integer, "");
        }
        if (value->kind == VALUE_NUMBER) {
            return check_size(context, value, constraint, value->decimal, "");
        }
        return true;
    case CONSTRAINT_FORMAT:
        if (value->kind == VALUE_STRING) {
            return format_check(context->compilation, value, constraint->text,
                                conform_place(context, value));
        }
        return true;
    }
    return true;
}

static bool value_fits(const Value *value, const Type *type);

/// Something in it is wrong already; what is missing may be just that, misspelled.
static bool has_error(const Value *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        if (object->fields[i].value->kind == VALUE_ERROR) {
            return true;
        }
    }
    return false;
}

static bool map_fits(const Value *value, const Type *type) {
    for (size_t i = 0; i < value->field_count; i++) {
        if (!value_fits(value->fields[i].value, type->element)) {
            return false;
        }
    }
    return true;
}

static bool object_fits(const Value *value, const Type *type) {
    for (size_t i = 0; i < type->count; i++) {
        const Property *property = &type->properties[i];
        const Value *given = value_field(value, property->name);
        if (!given || given->kind == VALUE_ABSENT) {
            if (!property->optional && !has_error(value)) {
                return false;
            }
        } else if (!value_fits(given, property->type)) {
            return false;
        }
    }
    for (size_t i = 0; i < value->field_count; i++) {
        if (value->fields[i].value->kind != VALUE_ERROR && !type->element &&
            !type_property(type, value->fields[i].name)) {
            return false;
        }
    }
    return true;
}

/// A value known only at deployment fits what its kind can become.
static bool deploy_fits(const Value *value, const Type *type) {
    switch (type->kind) {
    case TYPE_STRING:
        return !value->number;
    case TYPE_LITERAL:
    case TYPE_MEMBER:
        return false; /* a choice among words is made when the program is built */
    case TYPE_INT:
    case TYPE_NUMBER:
        return value->number;
    case TYPE_DEPLOYED:
        return !value->number;
    case TYPE_SECRET:
        return value->kind == VALUE_DYNAMIC || value->kind == VALUE_CONCAT;
    case TYPE_BOOL:
    case TYPE_LIST:
        return value->kind == VALUE_PARAMETER || value->kind == VALUE_FUNCTION ||
               value->kind == VALUE_ATTRIBUTE;
    default:
        return value->kind == VALUE_ATTRIBUTE;
    }
}

/// Whether the shape of the value is that of the type, constraints aside.
static bool value_fits(const Value *value, const Type *type) {
    type = type_strip(type);
    if (type->kind == TYPE_UNION) {
        for (size_t i = 0; i < type->count; i++) {
            if (value_fits(value, type->alternatives[i])) {
                return true;
            }
        }
        return false;
    }
    if (type->kind == TYPE_ANY || type->kind == TYPE_ERROR || value->kind == VALUE_ERROR) {
        return true;
    }
    if (value->kind >= VALUE_ATTRIBUTE) {
        return deploy_fits(value, type);
    }
    switch (type->kind) {
    case TYPE_STRING:
        return value->kind == VALUE_STRING || value->kind == VALUE_MEMBER;
    case TYPE_INT:
        return value->kind == VALUE_INT;
    case TYPE_NUMBER:
        return value->kind == VALUE_INT || value->kind == VALUE_NUMBER;
    case TYPE_BOOL:
        return value->kind == VALUE_BOOL;
    case TYPE_LITERAL:
        return value_equal(value, type->literal);
    case TYPE_MEMBER:
        return (value->kind == VALUE_MEMBER && value->symbol == type->name) ||
               (value->kind == VALUE_STRING && value->length == type->name->length &&
                !memcmp(value->text, type->name->text, value->length));
    case TYPE_CASE:
        return value->kind == VALUE_CASE && value->symbol == type->name;
    case TYPE_LIST:
        if (value->kind != VALUE_LIST) {
            return false;
        }
        for (size_t i = 0; i < value->count; i++) {
            if (!value_fits(value->items[i], type->element)) {
                return false;
            }
        }
        return true;
    case TYPE_MAP:
        return value->kind == VALUE_OBJECT && map_fits(value, type);
    case TYPE_OBJECT:
        return value->kind == VALUE_OBJECT && object_fits(value, type);
    case TYPE_REFERENCE:
        return value->kind == VALUE_RESOURCE && value->resource->construct->kind == type->name &&
               (!type->construct || construct_is(value->resource->construct, type->construct));
    default:
        return false;
    }
}

/// The context of a field of an object.
static Conform at_field(const Conform *context, const Field *field) {
    Conform inner = *context;
    inner.what = name_quoted(context->compilation->arena, field->name);
    if (field->origin && !context->origin) {
        inner.place = field->origin;
    }
    return inner;
}

static const Value *fit_list(const Conform *context, const Value *value, const Type *type) {
    bool same = true;
    Value *list = value_list(context->compilation->arena, value->count, value->origin);
    for (size_t i = 0; i < value->count; i++) {
        list->items[i] = fit(context, value->items[i], type->element);
        same = same && list->items[i] == value->items[i];
    }
    return same ? value : list;
}

static const Value *fit_map(const Conform *context, const Value *value, const Type *type) {
    Value *map = value_object(context->compilation->arena, value->field_count, value->origin);
    map->map = true;
    for (size_t i = 0; i < value->field_count; i++) {
        Field field = value->fields[i];
        Conform inner = at_field(context, &field);
        field.value = fit(&inner, field.value, type->element);
        map->fields[map->field_count++] = field;
    }
    return map;
}

static const Value *fit_object(const Conform *context, const Value *value, const Type *type) {
    Compilation *compilation = context->compilation;
    Value *object = value_object(compilation->arena, value->field_count, value->origin);
    object->ordered = true;
    for (size_t i = 0; i < type->count; i++) {
        const Property *property = &type->properties[i];
        for (size_t f = 0; f < value->field_count; f++) {
            Field field = value->fields[f];
            if (field.name != property->name || field.value->kind == VALUE_ABSENT) {
                continue;
            }
            Conform inner = at_field(context, &field);
            field.value = fit(&inner, field.value, property->type);
            object->fields[object->field_count++] = field;
        }
    }
    for (size_t f = 0; f < value->field_count; f++) {
        Field field = value->fields[f];
        if (type_property(type, field.name)) {
            continue;
        }
        if (type->element) {
            object->fields[object->field_count++] =
                (Field){field.name, fit(context, field.value, type->element), field.origin};
        }
    }
    return object;
}

/// Whether the value meets the constraints of `type` too.
static bool meets(const Conform *context, const Value *value, const Type *type) {
    for (; type->kind == TYPE_NAMED; type = type->element) {
        for (Constraint *one = type->constraints; one; one = one->next) {
            if (one->kind == CONSTRAINT_PATTERN && value->kind == VALUE_STRING &&
                !conform_matches(context->compilation, one, value)) {
                return false;
            }
        }
    }
    return true;
}

/// The alternative that the value is: one whose shape and constraints fit, else one whose shape
/// does.
static const Type *choose(const Conform *context, const Value *value, const Type *type) {
    const Type *shape = NULL;
    for (size_t i = 0; i < type->count; i++) {
        const Type *one = type->alternatives[i];
        if (!value_fits(value, one)) {
            continue;
        }
        if (meets(context, value, one)) {
            return one;
        }
        shape = shape ? shape : one;
    }
    return shape;
}

/// A member in quotes is the member.
static const Value *as_member(Compilation *compilation, const Value *value, const Type *type) {
    if (value->kind == VALUE_MEMBER) {
        return value;
    }
    Value *member = value_new(compilation->arena, VALUE_MEMBER, value->origin);
    member->symbol = type->name;
    member->type = type;
    return member;
}

static const Value *fit_shape(const Conform *context, const Value *value, const Type *type) {
    switch (type->kind) {
    case TYPE_LIST:
        return value->kind == VALUE_LIST ? fit_list(context, value, type) : value;
    case TYPE_MAP:
        return value->kind == VALUE_OBJECT ? fit_map(context, value, type) : value;
    case TYPE_OBJECT:
        return value->kind == VALUE_OBJECT ? fit_object(context, value, type) : value;
    case TYPE_MEMBER:
        return value->kind == VALUE_STRING ? as_member(context->compilation, value, type) : value;
    default:
        return value;
    }
}

/// Says what in an object is off, rather than that all of it is.
static bool report_object(const Conform *context, const Value *value, const Type *type) {
    if (value->kind != VALUE_OBJECT || type->kind != TYPE_OBJECT) {
        return false;
    }
    Compilation *compilation = context->compilation;
    bool reported = false;
    for (size_t i = 0; i < type->count; i++) {
        const Property *property = &type->properties[i];
        const Value *given = value_field(value, property->name);
        if ((!given || given->kind == VALUE_ABSENT) && !property->optional && !has_error(value)) {
            Diagnostic *diagnostic = diagnostic_add(
                compilation->diagnostics, DIAG_MISSING_PROPERTY, conform_place(context, value),
                name_quoted(compilation->arena, property->name), context->what, "property", NULL);
            if (value->origin && value->origin->kind == NODE_OBJECT && !context->origin) {
                placeholder_offer(compilation, diagnostic, value->origin, property);
            }
            reported = true;
        }
    }
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        const Property *property = type_property(type, field->name);
        if (field->value->kind == VALUE_ERROR) {
            continue;
        }
        if (!property && !type->element) {
            diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_PROPERTY,
                           field->origin && !context->origin ? node_span(field->origin)
                                                             : conform_place(context, value),
                           field->name->text, context->what, NULL);
            reported = true;
        } else if (property && !value_fits(field->value, property->type)) {
            Conform inner = at_field(context, field);
            report_value(&inner, field->value, property->type);
            reported = true;
        }
    }
    return reported;
}

static const Value *report_misfit(const Conform *context, const Value *value, const Type *type) {
    const Type *plain = type_strip(type);
    if (plain->kind == TYPE_LIST && value->kind == VALUE_LIST) {
        for (size_t i = 0; i < value->count; i++) {
            if (!value_fits(value->items[i], plain->element)) {
                report_misfit(context, value->items[i], plain->element);
            }
        }
        return &value_error;
    }
    if (plain->kind == TYPE_MAP && value->kind == VALUE_OBJECT) {
        for (size_t i = 0; i < value->field_count; i++) {
            const Field *field = &value->fields[i];
            if (!value_fits(field->value, plain->element)) {
                Conform inner = at_field(context, field);
                report_misfit(&inner, field->value, plain->element);
            }
        }
        return &value_error;
    }
    if (!report_object(context, value, plain)) {
        report_value(context, value, type);
    }
    return &value_error;
}

/// Where the type says nothing the keys are the user's own, at any depth.
static const Value *as_freeform(Arena *arena, const Value *value) {
    if (value->kind != VALUE_OBJECT && value->kind != VALUE_LIST) {
        return value;
    }
    Value *copy = arena_new_object(arena, Value);
    *copy = *value;
    if (value->kind == VALUE_LIST) {
        copy->items = arena_array(arena, const Value *, value->count);
        for (size_t i = 0; i < value->count; i++) {
            copy->items[i] = as_freeform(arena, value->items[i]);
        }
        return copy;
    }
    copy->map = true;
    copy->fields = arena_array(arena, Field, value->field_count);
    for (size_t i = 0; i < value->field_count; i++) {
        copy->fields[i] = (Field){value->fields[i].name, as_freeform(arena, value->fields[i].value),
                                  value->fields[i].origin};
    }
    return copy;
}

/// Remembers the named type that says how back ends write the value.
static const Value *with_form(Arena *arena, const Value *value, const Type *type) {
    bool own = value->kind == VALUE_MEMBER || value->kind == VALUE_CASE ||
               value->kind == VALUE_ERROR || value->kind == VALUE_ABSENT;
    if (own) {
        return value; /* members and cases know their type themselves */
    }
    Value *copy = arena_new_object(arena, Value);
    *copy = *value;
    copy->form = type;
    return copy;
}

static const Value *fit(const Conform *context, const Value *value, const Type *type) {
    if (value->kind == VALUE_ERROR || value->kind == VALUE_ABSENT) {
        return value;
    }
    if (type->kind == TYPE_ANY) {
        return as_freeform(context->compilation->arena, value);
    }
    if (!value_fits(value, type)) {
        return report_misfit(context, value, type);
    }
    const Type *plain = type, *form = NULL;
    bool allowed = true, told = false;
    for (; plain->kind == TYPE_NAMED; plain = plain->element) {
        for (Constraint *one = plain->constraints; one && allowed && !told; one = one->next) {
            bool kept = check_constraint(context, value, one, plain);
            allowed = kept || one->documented;
            told = !kept;
        }
        form = !form && plain->formed ? plain : form;
    }
    if (!allowed) {
        return &value_error; /* what is wrong with it is said; nothing follows from it */
    }
    const Type *chosen = plain->kind == TYPE_UNION ? choose(context, value, plain) : NULL;
    const Value *result = value;
    if (chosen) {
        result = fit(context, value, chosen);
    } else if (plain->kind != TYPE_UNION) {
        result = fit_shape(context, value, plain);
    }
    if (form && !result->form) {
        result = with_form(context->compilation->arena, result, form);
    }
    return result;
}

const Value *conform(Compilation *compilation, const Value *value, const Type *type,
                     const Node *place, const char *what) {
    if (!type || value->kind == VALUE_ERROR) {
        return value;
    }
    Conform context = {.compilation = compilation, .place = place, .what = what};
    return fit(&context, value, type);
}

const Value *conform_given(Compilation *compilation, const Value *value, const Type *type,
                           const Node *place, const char *what, const char *origin) {
    Conform context = {.compilation = compilation, .place = place, .what = what, .origin = origin};
    return value->kind == VALUE_ERROR ? value : fit(&context, value, type);
}
