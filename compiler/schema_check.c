/// Documents against the library's types.
///
/// Where the library says that it only infers a property, what does not fit is a warning: the
/// documentation could not be read to its end, and depotc would reject what Depot takes.
#include "library.h"
#include "schema.h"
#include "schema_expression.h"

#include <glib.h>
#include <string.h>

/// One value and what is wanted of it.
typedef struct Wanted {
    Schemas *schemas;
    Schema *schema; ///< or NULL
    const char *what;
    const Node *outer; ///< the type whose provenance properties inherit, or NULL
    bool inferred;
} Wanted;

static void check_value(const Wanted *wanted, const Document *document, const Type *type);

/// The word of a type's `@reads`, or NULL.
static const char *role_of(const Schemas *schemas, const Type *type) {
    if (type->kind != TYPE_NAMED || !type->node) {
        return NULL;
    }
    const Node *reads = decorator_find(node_decorators(type->node), "reads");
    return decorator_text(schemas->compilation->arena, reads);
}

static bool is_number(const Document *document, double *number) {
    if (document->quoted || !document->length) {
        return false;
    }
    char *end = NULL;
    *number = g_ascii_strtod(document->text, &end);
    return !*end;
}

static bool is_literal(const Document *document, const Value *literal) {
    int64_t integer = 0;
    switch (literal->kind) {
    case VALUE_STRING:
        return document->length == literal->length &&
               !memcmp(document->text, literal->text, literal->length);
    case VALUE_INT:
        return document_integer(document, &integer) && integer == literal->integer;
    case VALUE_BOOL:
        return !strcmp(document->text, literal->boolean ? "true" : "false");
    default:
        return false;
    }
}

/// Whether a value could be meant for a type, by its outside.
static bool fits(const Schemas *schemas, const Document *document, const Type *type) {
    const char *role = role_of(schemas, type);
    if (role && (!strcmp(role, "schema") || !strcmp(role, "expression"))) {
        return document->kind == DOCUMENT_SCALAR && !document_is_null(document);
    }
    type = type_strip(type);
    double number = 0;
    int64_t integer = 0;
    bool scalar = document->kind == DOCUMENT_SCALAR;
    switch (type->kind) {
    case TYPE_STRING:
        return scalar && !document_is_null(document);
    case TYPE_INT:
        return scalar && document_integer(document, &integer);
    case TYPE_NUMBER:
        return scalar && is_number(document, &number);
    case TYPE_BOOL:
        return scalar && (!strcmp(document->text, "true") || !strcmp(document->text, "false"));
    case TYPE_LITERAL:
        return scalar && is_literal(document, type->literal);
    case TYPE_MEMBER:
        return scalar && !strcmp(document->text, type->name->text);
    case TYPE_LIST:
        return document->kind == DOCUMENT_LIST;
    case TYPE_MAP:
    case TYPE_OBJECT:
        return document->kind == DOCUMENT_MAP;
    case TYPE_UNION:
        for (size_t i = 0; i < type->count; i++) {
            if (fits(schemas, document, type->alternatives[i])) {
                return true;
            }
        }
        return false;
    default:
        return true;
    }
}

typedef struct Offer {
    Arena *arena;
    Similar similar;
} Offer;

static void offer_alternative(const Type *type, void *data) {
    Offer *offer = data;
    if (type->kind == TYPE_MEMBER) {
        similar_offer(&offer->similar, type->name->text);
    } else if (type->kind == TYPE_LITERAL && type->literal->kind == VALUE_STRING) {
        similar_offer(&offer->similar,
                      arena_strndup(offer->arena, type->literal->text, type->literal->length));
    }
}

/// A type as people write it in YAML.
static const char *expected_text(Arena *arena, const Type *type) {
    const Type *plain = type_strip(type);
    switch (plain->kind) {
    case TYPE_STRING:
        return "text";
    case TYPE_INT:
        return "an integer";
    case TYPE_NUMBER:
        return "a number";
    case TYPE_BOOL:
        return "`true` or `false`";
    case TYPE_LIST:
        return "a list";
    case TYPE_MAP:
    case TYPE_OBJECT:
        return "a mapping";
    case TYPE_LITERAL:
    case TYPE_MEMBER:
        return arena_printf(arena, "`%s`", type_text(arena, plain));
    case TYPE_UNION:
        break;
    default:
        return "a value";
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < plain->count; i++) {
        const char *comma = i == 0 ? "" : i + 1 < plain->count ? ", " : " or ";
        g_string_append_printf(text, "%s%s", comma, expected_text(arena, plain->alternatives[i]));
    }
    return arena_strndup(arena, text->str, text->len);
}

static void report_value(const Wanted *wanted, const Document *document, const Type *type) {
    Compilation *compilation = wanted->schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, wanted->inferred ? DIAG_SCHEMA_VALUE_ODD : DIAG_SCHEMA_VALUE,
                       document->span, wanted->what, document_text(compilation->arena, document),
                       expected_text(compilation->arena, type), NULL);
    if (document->kind != DOCUMENT_SCALAR) {
        return;
    }
    Offer offer = {.arena = compilation->arena};
    similar_begin(&offer.similar, document->text);
    similar_allow_longer(&offer.similar);
    type_each_alternative(type, offer_alternative, &offer);
    const char *best = similar_best(&offer.similar);
    if (best) {
        diagnostic_help(list, diagnostic, "a similar value is allowed: `%s`", best);
        diagnostic_fix(list, diagnostic, similar_certainty(&offer.similar), document->span, best,
                       "replace with `%s`", best);
    }
}

static void report_range(const Wanted *wanted, const Document *document,
                         const Constraint *constraint) {
    Compilation *compilation = wanted->schemas->compilation;
    diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_VALUE, document->span, wanted->what,
                   document_text(compilation->arena, document),
                   arena_printf(compilation->arena, "an integer from %.0f to %.0f",
                                constraint->minimum, constraint->maximum),
                   NULL);
}

static void check_constraints(const Wanted *wanted, const Document *document, const Type *type) {
    for (; type->kind == TYPE_NAMED; type = type->element) {
        for (const Constraint *one = type->constraints; one; one = one->next) {
            int64_t integer = 0;
            if (one->kind == CONSTRAINT_RANGE && document_integer(document, &integer) &&
                ((double)integer < one->minimum || (double)integer > one->maximum)) {
                report_range(wanted, document, one);
            }
        }
    }
}

static void report_unknown_key(const Wanted *wanted, const Document *key, const Type *object) {
    Compilation *compilation = wanted->schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    Similar similar;
    similar_begin(&similar, key->text);
    for (size_t i = 0; i < object->count; i++) {
        similar_offer(&similar, object->properties[i].name->text);
    }
    const char *best = similar_best(&similar);
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_SCHEMA_KEY, key->span, key->text, wanted->what, NULL);
    if (best) {
        diagnostic_help(list, diagnostic, "a key with a similar name exists: `%s`", best);
        diagnostic_fix(list, diagnostic, FIX_MAYBE, key->span, best, "replace with `%s`", best);
    } else {
        diagnostic_help(list, diagnostic,
                        "not all keys are documented; if Depot knows it, allow this warning");
    }
}

/// Whether a key that is not known looks like this one: then nothing is missing but letters.
static bool is_misspelled(const Compilation *compilation, const Document *document,
                          const Type *object, const Property *property) {
    for (const Document *member = document->first; member; member = member->next) {
        Similar similar;
        similar_begin(&similar, member->key->text);
        similar_offer(&similar, property->name->text);
        if (similar_best(&similar) &&
            !type_property(object, names_of(compilation->names, member->key->text))) {
            return true;
        }
    }
    return false;
}

/// Offers to insert the key before the first one of the mapping, in lines or between braces.
static void offer_key(Compilation *compilation, Diagnostic *diagnostic, const Document *document,
                      const Property *property) {
    const Document *first = document->first ? document->first->key : NULL;
    Source *source = first ? compilation_source(compilation, first->span.file) : NULL;
    if (!source || source->token_count > 1) {
        return; // it is written in the language
    }
    const uint32_t at = first->span.start;
    const char *value = type_strip(property->type)->kind == TYPE_INT ? "1" : "\"…\"";
    const char *member = arena_printf(compilation->arena, "%s: %s", property->name->text, value);
    const int column = (int)source_position(source, at, compilation->arena).column - 1;
    const char *text = source->text[document->span.start] == '{'
                           ? arena_printf(compilation->arena, "%s, ", member)
                           : arena_printf(compilation->arena, "%s\n%*s", member, column, "");
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_PLACEHOLDER,
                   (Span){source->id, at, at}, text, "insert `%s`", property->name->text);
}

static void check_missing_keys(const Wanted *wanted, const Document *document, const Type *object) {
    Compilation *compilation = wanted->schemas->compilation;
    for (size_t i = 0; i < object->count; i++) {
        const Property *property = &object->properties[i];
        if (property->optional || document_member(document, property->name->text) ||
            is_misspelled(compilation, document, object, property)) {
            continue;
        }
        Span span =
            document->first && document->first->key ? document->first->key->span : document->span;
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_KEY_MISSING,
                                                span, property->name->text, wanted->what, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "add `%s: …`, which is %s",
                        property->name->text, expected_text(compilation->arena, property->type));
        offer_key(compilation, diagnostic, document, property);
    }
}

/// The members of an object against its properties. A key with dots leads into objects in objects.
static void check_object(const Wanted *wanted, const Document *document, const Type *object) {
    Compilation *compilation = wanted->schemas->compilation;
    for (const Document *member = document->first; member; member = member->next) {
        const Name *name = names_of(compilation->names, member->key->text);
        const Property *property = type_property(object, name);
        if (!property && !object->element &&
            !(wanted->schema && document == wanted->schema->document &&
              (!strcmp(name->text, "type") || !strcmp(name->text, "name")))) {
            report_unknown_key(wanted, member->key, object);
        }
        const Type *type = property ? property->type : object->element;
        if (!type) {
            continue;
        }
        Wanted inner = *wanted;
        inner.what = arena_printf(compilation->arena, "`%s`", name->text);
        inner.inferred =
            property ? provenance_of(compilation->arena, property->node, wanted->outer).inferred
                     : wanted->inferred;
        check_value(&inner, member, type);
    }
    check_missing_keys(wanted, document, object);
}

static void check_expression(const Wanted *wanted, const Document *document) {
    Compilation *compilation = wanted->schemas->compilation;
    ExpressionMistake mistake = {0};
    if (expression_read(compilation->arena, document->text, &mistake, NULL, NULL)) {
        return;
    }
    Span span = document_span(compilation, document, mistake.offset, mistake.length);
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_EXPRESSION, span, mistake.expected,
                       mistake.found ? mistake.found : "the end", NULL);
    if (mistake.help) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s", mistake.help);
    }
}

static void check_reference(const Wanted *wanted, const Document *document) {
    Schema *schema = wanted->schema;
    if (!schema) {
        return;
    }
    Schema *target = schema_resolve(wanted->schemas, schema, document, document->text, false);
    if (target) {
        schema_link(wanted->schemas, schema, target, document, false);
    }
}

static void check_extends(const Wanted *wanted, const Document *document) {
    Schema *schema = wanted->schema;
    const Document *one = document->kind == DOCUMENT_LIST ? document->first : document;
    for (; schema && one; one = document->kind == DOCUMENT_LIST ? one->next : NULL) {
        Schema *target = one->kind == DOCUMENT_SCALAR && !document_is_null(one)
                             ? schema_resolve(wanted->schemas, schema, one, one->text, false)
                             : NULL;
        if (target) {
            schema_link(wanted->schemas, schema, target, one, true);
        }
    }
}

static bool is_reserved(const Type *type, const Document *key) {
    const Node *reserved =
        type->node ? decorator_find(node_decorators(type->node), "reserved") : NULL;
    for (const Node *word = reserved ? reserved->a : NULL; word; word = word->next) {
        if (word->kind == NODE_STRING && key->length == word->length &&
            !memcmp(key->text, word->text, word->length)) {
            return true;
        }
    }
    return false;
}

static void read_properties(const Wanted *wanted, const Document *document, const Type *type) {
    Schema *schema = wanted->schema;
    SchemaProperty **last = &schema->properties;
    schema->properties_type = type;
    for (const Document *member = document->first; member; member = member->next) {
        SchemaProperty *property =
            arena_new_object(wanted->schemas->compilation->arena, SchemaProperty);
        *property = (SchemaProperty){.key = member->key, .value = member};
        *last = property;
        last = &property->next;
        if (is_reserved(type, member->key)) {
            Diagnostics *list = wanted->schemas->compilation->diagnostics;
            Diagnostic *diagnostic = diagnostic_add(list, DIAG_SCHEMA_PROPERTY_RESERVED,
                                                    member->key->span, member->key->text, NULL);
            diagnostic_help(list, diagnostic,
                            "every object has it already; choose another name for your own");
        }
    }
}

/// `a.b.c: x` in a mapping is the same as `a: { b: { c: x } }`.
static void check_extensions(const Wanted *wanted, const Document *document, const Type *type) {
    if (wanted->schema && !wanted->schema->extensions) {
        wanted->schema->extensions = document;
    }
    Compilation *compilation = wanted->schemas->compilation;
    for (const Document *member = document->first; member; member = member->next) {
        g_auto(GStrv) parts = g_strsplit(member->key->text, ".", -1);
        const Type *inner = type;
        for (size_t i = 0; parts[i] && inner; i++) {
            const Type *plain = type_strip(inner);
            const Property *property =
                plain->kind == TYPE_OBJECT
                    ? type_property(plain, names_of(compilation->names, parts[i]))
                    : NULL;
            inner = property ? property->type : NULL;
        }
        if (inner) {
            Wanted value = *wanted;
            value.what = arena_printf(compilation->arena, "`%s`", member->key->text);
            check_value(&value, member, inner);
        }
    }
}

/// What a type's `@reads` says to do with the value. True if nothing is left to check.
static bool play_role(const Wanted *wanted, const char *role, const Document *document,
                      const Type *type) {
    Schemas *schemas = wanted->schemas;
    if (!strcmp(role, "expression")) {
        check_expression(wanted, document);
        return true;
    }
    if (!strcmp(role, "schema")) {
        check_reference(wanted, document);
        return true;
    }
    if (!strcmp(role, "extends")) {
        check_extends(wanted, document);
        return true;
    }
    if (!strcmp(role, "extensions")) {
        check_extensions(wanted, document, type);
        return true;
    }
    if (!strcmp(role, "type")) {
        schema_check_type(schemas, wanted->schema, document);
        return true;
    }
    if (!strcmp(role, "property")) {
        schema_check_property(schemas, wanted->schema, document, type->element);
        return true;
    }
    if (wanted->schema && !strcmp(role, "version")) {
        wanted->schema->version_place = document;
        document_integer(document, &wanted->schema->version);
    } else if (wanted->schema && !strcmp(role, "properties")) {
        read_properties(wanted, document, type);
    }
    return false;
}

static void check_union(const Wanted *wanted, const Document *document, const Type *type) {
    for (size_t i = 0; i < type->count; i++) {
        if (fits(wanted->schemas, document, type->alternatives[i])) {
            check_value(wanted, document, type->alternatives[i]);
            return;
        }
    }
}

static void check_value(const Wanted *wanted, const Document *document, const Type *type) {
    Wanted inner = *wanted;
    for (const Type *one = type; one->kind == TYPE_NAMED; one = one->element) {
        const char *role = role_of(wanted->schemas, one);
        bool named = one->node && one->node->kind == NODE_TYPE;
        if (named && provenance_of(wanted->schemas->compilation->arena, one->node, NULL).inferred) {
            inner.inferred = true;
        }
        inner.outer = named ? one->node : inner.outer;
        bool outside = role && (!strcmp(role, "type") || !strcmp(role, "property"));
        if (!outside && !fits(wanted->schemas, document, one)) {
            report_value(&inner, document, one);
            return;
        }
        if (role && play_role(&inner, role, document, one)) {
            return;
        }
    }
    if (document->kind == DOCUMENT_SCALAR) {
        check_constraints(&inner, document, type);
    }
    type = type_strip(type);
    if (!fits(wanted->schemas, document, type)) {
        report_value(&inner, document, type);
    } else if (type->kind == TYPE_UNION) {
        check_union(&inner, document, type);
    } else if (type->kind == TYPE_OBJECT) {
        check_object(&inner, document, type);
    } else if (type->kind == TYPE_LIST || type->kind == TYPE_MAP) {
        for (const Document *one = document->first; one; one = one->next) {
            Wanted element = inner;
            element.what =
                one->key ? arena_printf(wanted->schemas->compilation->arena, "`%s`", one->key->text)
                         : wanted->what;
            check_value(&element, one, type->element);
        }
    }
}

void schema_check_value(Schemas *schemas, Schema *schema, const Document *document,
                        const Type *type, const char *what) {
    check_value(&(Wanted){.schemas = schemas, .schema = schema, .what = what}, document, type);
}

void schema_check(Schemas *schemas, Schema *schema) {
    if (!schema->type) {
        schema->open = true;
        return;
    }
    schema_check_value(
        schemas, schema, schema->document, schema->type,
        arena_printf(schemas->compilation->arena, "a schema of type `%s`", schema->kind));
}

/// An expression that speaks of `this`.
typedef struct ThisWalk {
    Schemas *schemas;
    Schema *schema;
    const Document *document;
} ThisWalk;

static void visit_path(const char *name, const char *member, size_t offset, size_t length,
                       void *data) {
    ThisWalk *walk = data;
    const Schema *schema = walk->schema;
    if (!member || strcmp(name, "this") != 0 || schema_property(schema, member)) {
        return;
    }
    Compilation *compilation = walk->schemas->compilation;
    Document key = {.text = member, .length = length};
    if (schema->properties_type && is_reserved(schema->properties_type, &key)) {
        return;
    }
    Similar similar;
    similar_begin(&similar, member);
    for (const SchemaProperty *one = schema->properties; one; one = one->next) {
        similar_offer(&similar, one->key->text);
    }
    Span span = document_span(compilation, walk->document, offset, length);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_THIS, span,
                                            member, schema->name, NULL);
    const char *best = similar_best(&similar);
    if (best) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a property with a similar name exists: `%s`", best);
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, span, best,
                       "replace with `%s`", best);
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic, "add it to `properties`");
    }
}

void schema_check_expressions(Schemas *schemas, Schema *schema) {
    const Document *permissions = document_member(schema->document, "permissions");
    if (!permissions || permissions->kind != DOCUMENT_MAP || schema_is_open(schema)) {
        return;
    }
    for (const Document *one = permissions->first; one; one = one->next) {
        const Document *expression = document_member(one, "expression");
        if (!expression || expression->kind != DOCUMENT_SCALAR) {
            continue;
        }
        ThisWalk walk = {schemas, schema, expression};
        ExpressionMistake mistake = {0};
        expression_read(schemas->compilation->arena, expression->text, &mistake, visit_path, &walk);
    }
}
