/// The types of properties: `string!`, `orders.Customer?`, `array: string`.
#include "library.h"
#include "schema.h"

#include <glib.h>
#include <string.h>

/// Whether `word` is one of the texts of a library type.
static bool is_word(const Type *type, const char *word) {
    type = type ? type_strip(type) : NULL;
    for (size_t i = 0; type && type->kind == TYPE_UNION && i < type->count; i++) {
        const Type *one = type_strip(type->alternatives[i]);
        if (one->kind == TYPE_LITERAL && one->literal->kind == VALUE_STRING &&
            strlen(word) == one->literal->length &&
            !memcmp(word, one->literal->text, one->literal->length)) {
            return true;
        }
    }
    return false;
}

static Diagnostic *report_form(Schemas *schemas, const Document *document, const char *help) {
    Compilation *compilation = schemas->compilation;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SCHEMA_TYPE_FORM, document->span,
                       document_text(compilation->arena, document), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "%s", help);
    return diagnostic;
}

/// `string[]`, `array<string>`, `string!?`: what people who know other languages write.
static void report_text(Schemas *schemas, const Document *document, const char *word) {
    Arena *arena = schemas->compilation->arena;
    const char *help = "a type is a word such as `string`, or the name of a schema; `!` behind it "
                       "makes it required";
    size_t length = strlen(word);
    if (length > 2 && g_str_has_suffix(word, "[]")) {
        help = arena_printf(arena, "a list is written `array: %.*s`", (int)length - 2, word);
    } else if (strchr(word, '!') || strchr(word, '?')) {
        help = "keep one of `!` (required) and `?` (optional), at the end";
    } else if (strchr(word, '<') || strchr(word, '(')) {
        help = "a collection is a mapping: `array: string`";
    }
    report_form(schemas, document, help);
}

static bool is_name(const char *word) {
    bool begins = true;
    for (const char *at = word; *at; at++) {
        bool letter = g_ascii_isalpha(*at) || *at == '_';
        if (begins ? !letter : !letter && !g_ascii_isdigit(*at) && *at != '.') {
            return false;
        }
        begins = *at == '.';
    }
    return !begins;
}

static void check_word(Schemas *schemas, Schema *schema, const Document *document) {
    Arena *arena = schemas->compilation->arena;
    char *word = arena_strndup(arena, document->text, document->length);
    size_t length = strlen(word);
    if (length && (word[length - 1] == '!' || word[length - 1] == '?')) {
        word[length - 1] = 0;
    }
    if (!is_name(word)) {
        report_text(schemas, document, word);
        return;
    }
    if (is_word(schemas->scalars, word)) {
        return;
    }
    if (is_word(schemas->collections, word)) {
        report_form(schemas, document,
                    arena_printf(arena, "say what it holds: `%s: string`", word));
        return;
    }
    Schema *target = schema ? schema_resolve(schemas, schema, document, word, true) : NULL;
    if (target) {
        schema_link(schemas, schema, target, document, false);
    }
}

/// `array: string`, or a type with settings: `string: { … }`.
static void check_mapping(Schemas *schemas, Schema *schema, const Document *member) {
    if (is_word(schemas->collections, member->key->text)) {
        schema_check_type(schemas, schema, member);
    } else if (!is_word(schemas->scalars, member->key->text) &&
               strcmp(member->key->text, "enum") != 0) {
        check_word(schemas, schema, member->key);
    }
}

void schema_check_type(Schemas *schemas, Schema *schema, const Document *document) {
    if (document->kind == DOCUMENT_LIST) {
        report_form(schemas, document, "a list of values is written `array: string`");
    } else if (document->kind == DOCUMENT_SCALAR && document_is_null(document)) {
        report_form(schemas, document, "write a type, such as `string`");
    } else if (document->kind == DOCUMENT_SCALAR) {
        check_word(schemas, schema, document);
    } else if (document_member(document, "type")) { /* with settings: `array: { type: string }` */
        schema_check_type(schemas, schema, document_member(document, "type"));
    } else if (document->count != 1) {
        report_form(schemas, document, "a type in a mapping has one key, such as `array: string`");
    } else {
        check_mapping(schemas, schema, document->first);
    }
}

static char marker_of(const Document *type) {
    if (!type || type->kind != DOCUMENT_SCALAR || type->length < 2) {
        return '\0';
    }
    const char last = type->text[type->length - 1];
    if (last == '!' || last == '?') {
        return last;
    }
    return '\0';
}

/// `string?` beside `required: true`, `string!` beside `required: false`.
static void check_contradiction(Schemas *schemas, const Document *property) {
    const Document *type = document_member(property, "type");
    const Document *required = document_member(property, "required");
    char marker = marker_of(type);
    if (!marker || !required || required->kind != DOCUMENT_SCALAR) {
        return;
    }
    if (strcmp(required->text, marker == '!' ? "false" : "true") != 0) {
        return;
    }
    Diagnostics *list = schemas->compilation->diagnostics;
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_SCHEMA_REQUIRED, required->span, required->text,
                       document_text(schemas->compilation->arena, type), NULL);
    diagnostic_label(list, diagnostic, type->span, "`%c` says the opposite", marker);
    diagnostic_help(list, diagnostic, "keep one of the two");
}

/// The key of a property that is its type (`array: string` beside `required: true`), or NULL.
static const Document *type_member(const Schemas *schemas, const Document *property,
                                   const Type *details) {
    for (const Document *member = property->first; member; member = member->next) {
        const Name *name = names_of(schemas->compilation->names, member->key->text);
        if (is_word(schemas->collections, member->key->text) ||
            is_word(schemas->scalars, member->key->text) || !strcmp(name->text, "enum") ||
            (property->count == 1 && !type_property(details, name))) {
            return member;
        }
    }
    return NULL;
}

void schema_check_property(Schemas *schemas, Schema *schema, const Document *document,
                           const Type *details) {
    if (document->kind != DOCUMENT_MAP) {
        schema_check_type(schemas, schema, document);
        return;
    }
    if (document_member(document, "type")) {
        check_contradiction(schemas, document);
        schema_check_value(schemas, schema, document, details, "a property");
        return;
    }
    const Document *member = type_member(schemas, document, type_strip(details));
    if (member) {
        check_mapping(schemas, schema, member);
    }
    if (!member || document->count > 1) {
        Document rest = *document; /* the same without the type */
        rest.first = rest.last = NULL;
        rest.count = 0;
        for (const Document *one = document->first; one; one = one->next) {
            if (one == member) {
                continue;
            }
            Document *copy = arena_new_object(schemas->compilation->arena, Document);
            *copy = *one;
            copy->next = NULL;
            if (rest.last) {
                rest.last->next = copy;
            } else {
                rest.first = copy;
            }
            rest.last = copy;
            rest.count++;
        }
        schema_check_value(schemas, schema, &rest, details, "a property");
    }
}

const char *schema_type_word(Arena *arena, const SchemaProperty *property, bool *required) {
    const Document *value = property->value;
    const Document *flag = document_member(value, "required");
    const Document *type = document_member(value, "type");
    type = type ? type : value;
    *required = (flag && flag->kind == DOCUMENT_SCALAR && !strcmp(flag->text, "true")) ||
                marker_of(type) == '!';
    if (type->kind == DOCUMENT_MAP) {
        return type->first ? type->first->key->text : NULL;
    }
    if (type->kind != DOCUMENT_SCALAR) {
        return NULL;
    }
    size_t length = type->length - (marker_of(type) ? 1 : 0);
    return arena_strndup(arena, type->text, length);
}
