#include "cdk/expression.h"

#include "cdk/text.h"
#include "kinds.h"
#include "number.h"

#include <string.h>

static Ts *core(ClassFile *file, const char *name) {
    return ts_name(file->arena, imports_use(file->imports, CORE_MODULE, name));
}

/// A string literal with C text.
static Ts *string(ClassFile *file, const char *text) {
    return ts_string(file->arena, text, strlen(text));
}

const char *cdk_local(const ClassFile *file, const void *owner) {
    const char *local = g_hash_table_lookup(file->locals, owner);
    return local ? local : "undefined";
}

Ts *cdk_symbol(ClassFile *file, const char *module, const char *text) {
    Arena *arena = file->arena;
    const size_t length = strcspn(text, ".");
    const bool all = length == strlen(IMPORTS_ALL) && strncmp(text, IMPORTS_ALL, length) == 0;
    const char *root = all ? IMPORTS_ALL : ts_identifier(arena, arena_strndup(arena, text, length));
    Ts *node = ts_name(arena, module && *module ? imports_use(file->imports, module, root) : root);
    for (const char *at = text + length; *at == '.';) {
        const size_t part = strcspn(at + 1, ".");
        node = ts_member(arena, node, arena_strndup(arena, at + 1, part));
        at += part + 1;
    }
    return node;
}

/// `Aws.ACCOUNT_ID` and the like; what Aws has no name for is a plain reference.
static Ts *pseudo(ClassFile *file, const char *text) {
    static const char *const NAMES[][2] = {
        {"AWS::AccountId", "ACCOUNT_ID"},
        {"AWS::NoValue", "NO_VALUE"},
        {"AWS::NotificationARNs", "NOTIFICATION_ARNS"},
        {"AWS::Partition", "PARTITION"},
        {"AWS::Region", "REGION"},
        {"AWS::StackId", "STACK_ID"},
        {"AWS::StackName", "STACK_NAME"},
        {"AWS::URLSuffix", "URL_SUFFIX"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        if (strcmp(NAMES[i][0], text) == 0) {
            return ts_member(file->arena, core(file, "Aws"), NAMES[i][1]);
        }
    }
    Ts *ref = ts_member(file->arena, core(file, "Fn"), "ref");
    return ts_call(file->arena, ref, string(file, text), NULL);
}

static Ts *parameter(ClassFile *file, const ModelParameter *parameter, bool as_text) {
    const char *member = parameter->type == PARAMETER_LIST                 ? "valueAsList"
                         : parameter->type == PARAMETER_NUMBER && !as_text ? "valueAsNumber"
                                                                           : "valueAsString";
    return ts_member(file->arena, ts_name(file->arena, cdk_local(file, parameter)), member);
}

CdkText cdk_text_kind(const Value *value) {
    const Value *behind = value_concrete(value);
    if (value_is_list(behind)) {
        return TEXT_LIST;
    }
    if (behind->kind != VALUE_STRING && value_is_literal(behind)) {
        return TEXT_LITERAL;
    }
    return behind->number ? TEXT_NUMBER : TEXT_STRING;
}

/// A list whose elements are all strings.
static Ts *texts(ClassFile *file, const Value *list) {
    Ts *array = ts_node(file->arena, TS_ARRAY, NULL, list->count);
    for (size_t i = 0; i < list->count; i++) {
        array->items[i] = cdk_text(file, list->items[i]);
    }
    return array;
}

/// `Fn.join(",", list)`
static Ts *joined(ClassFile *file, const Value *value) {
    if (value->kind == VALUE_LIST && value->count == 0) {
        return string(file, ""); // Fn.join wants an element
    }
    Ts *join = ts_member(file->arena, core(file, "Fn"), "join");
    Ts *items = value->kind == VALUE_LIST ? texts(file, value) : cdk_value(file, value);
    return ts_call(file->arena, join, string(file, ","), items, NULL);
}

/// Counts the values in a string, those in strings within it too.
static size_t count_values(const Value *concat) {
    size_t count = 0;
    for (size_t i = 0; i < concat->count; i++) {
        const Value *item = concat->items[i];
        count += item->kind == VALUE_CONCAT ? count_values(item) : !value_is_literal(item);
    }
    return count;
}

/// Fills `template` from its `at`th value on; `text` gathers the literals between values.
static size_t fill_template(ClassFile *file, const Value *concat, Ts *template, size_t at,
                            GString *text) {
    for (size_t i = 0; i < concat->count; i++) {
        const Value *item = concat->items[i];
        if (item->kind == VALUE_CONCAT) {
            at = fill_template(file, item, template, at, text);
        } else if (value_is_literal(item)) {
            size_t length = 0;
            const char *literal = value_literal_text(item, file->arena, &length);
            g_string_append_len(text, literal, (gssize)length);
        } else {
            // Between backticks numbers and booleans that are known now need no conversion.
            const bool plain = concat->count > 1 && cdk_text_kind(item) == TEXT_LITERAL;
            template->texts[at] = ts_template_piece(file->arena, text->str, text->len);
            template->items[at++] = plain ? cdk_value(file, item) : cdk_text(file, item);
            g_string_truncate(text, 0);
        }
    }
    return at;
}

/// A template literal, or less where less will do.
static Ts *concat(ClassFile *file, const Value *value) {
    g_autoptr(GString) text = g_string_new(NULL);
    const size_t count = count_values(value);
    Ts *template = ts_template(file->arena, count);
    fill_template(file, value, template, 0, text);
    if (count == 0) {
        return ts_string(file->arena, text->str, text->len);
    }
    if (count == 1 && text->len == 0 && template->texts[0][0] == '\0') {
        return template->items[0];
    }
    template->texts[count] = ts_template_piece(file->arena, text->str, text->len);
    return template;
}

static bool is_empty(const Value *value) {
    return value->kind == VALUE_ABSENT || (value->kind == VALUE_STRING && value->length == 0);
}

/// `SecretValue.secretsManager(id, { jsonField: … }).unsafeUnwrap()`
static Ts *secret(ClassFile *file, const Value *value) {
    static const char *const OPTIONS[] = {NULL, "jsonField", "versionStage", "versionId"};
    Arena *arena = file->arena;
    Ts *options = ts_object(arena, G_N_ELEMENTS(OPTIONS));
    for (size_t i = 1; i < value->count && i < G_N_ELEMENTS(OPTIONS); i++) {
        if (!is_empty(value->items[i])) {
            ts_put(options, OPTIONS[i], cdk_text(file, value->items[i]));
        }
    }
    Ts *make = ts_member(arena, core(file, "SecretValue"), "secretsManager");
    Ts *id = value->count > 0 ? cdk_text(file, value->items[0]) : string(file, "");
    make = options->count > 0 ? ts_call(arena, make, id, options, NULL)
                              : ts_call(arena, make, id, NULL);
    return ts_call(arena, ts_member(arena, make, "unsafeUnwrap"), NULL);
}

/// The fields of a dynamic reference as the one key that its constructor wants.
static Ts *dynamic_key(ClassFile *file, const Value *value) {
    static const Value COLON = {.kind = VALUE_STRING, .text = ":", .length = 1};
    Value key = {.kind = VALUE_CONCAT};
    key.items = arena_array(file->arena, const Value *, value->count * 2);
    for (size_t i = 0; i < value->count; i++) {
        if (i > 0) {
            key.items[key.count++] = &COLON;
        }
        key.items[key.count++] = value->items[i];
    }
    return concat(file, &key);
}

/// `new CfnDynamicReference(CfnDynamicReferenceService.SSM, key).toString()`
static Ts *dynamic(ClassFile *file, const Value *value) {
    Arena *arena = file->arena;
    const char *service = value->symbol->text;
    if (strcmp(service, "secretsmanager") == 0) {
        return secret(file, value);
    }
    const bool secure = strcmp(service, "ssm-secure") == 0;
    Ts *kind =
        ts_member(arena, core(file, "CfnDynamicReferenceService"), secure ? "SSM_SECURE" : "SSM");
    Ts *made =
        ts_new(arena, core(file, "CfnDynamicReference"), kind, dynamic_key(file, value), NULL);
    return ts_call(arena, ts_member(arena, made, "toString"), NULL);
}

/// `Fn::Split` → `Fn.split`
static const char *function_name(Arena *arena, const char *symbol) {
    if (strcmp(symbol, "Fn::GetAZs") == 0) {
        return "getAzs";
    }
    const char *colons = strrchr(symbol, ':');
    const char *name = colons ? colons + 1 : symbol;
    return arena_printf(arena, "%c%s", g_ascii_tolower(name[0]), name[0] ? name + 1 : "");
}

bool cdk_takes_number(const Value *function, size_t index) {
    return (value_is_function(function, "Fn::Select") && index == 0) ||
           (value_is_function(function, "Fn::Cidr") && index == 1);
}

/// `Fn.split(",", text)`
static Ts *function(ClassFile *file, const Value *value) {
    Arena *arena = file->arena;
    if (value_is_function(value, NUMBER_FUNCTION)) {
        Ts *number = ts_member(arena, core(file, "Token"), "asNumber");
        return ts_call(arena, number, cdk_text(file, value->items[0]), NULL);
    }
    Ts *callee = ts_member(arena, core(file, "Fn"), function_name(arena, value->symbol->text));
    Ts *call = ts_node(arena, TS_CALL, callee, value->count);
    for (size_t i = 0; i < value->count; i++) {
        const Value *item = value->items[i];
        if (item->kind == VALUE_LIST) {
            call->items[i] = texts(file, item);
        } else if (cdk_takes_number(value, i) || value_is_list(item) ||
                   item->kind == VALUE_OBJECT) {
            call->items[i] = cdk_value(file, item);
        } else {
            call->items[i] = cdk_text(file, item);
        }
    }
    return call;
}

/// A call or `new` with all items of `value` as arguments.
static Ts *with_items(ClassFile *file, TsKind kind, Ts *base, const Value *value) {
    Ts *node = ts_node(file->arena, kind, base, value->count);
    for (size_t i = 0; i < value->count; i++) {
        node->items[i] = cdk_value(file, value->items[i]);
    }
    return node;
}

static Ts *list(ClassFile *file, const Value *value) {
    Ts *array = ts_node(file->arena, TS_ARRAY, NULL, value->count);
    array->count = 0;
    for (size_t i = 0; i < value->count; i++) {
        if (value->items[i]->kind != VALUE_ABSENT) {
            array->items[array->count++] = cdk_value(file, value->items[i]);
        }
    }
    return array;
}

static Ts *object(ClassFile *file, const Value *value) {
    Ts *node = ts_object(file->arena, value->field_count);
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        if (field->value->kind != VALUE_ABSENT) {
            const char *key = ts_key(file->arena, field->name->text, field->name->length);
            ts_put(node, key, cdk_value(file, field->value));
        }
    }
    return node;
}

/// A reference to a part by its logical id, for library clauses that want just that.
static Ts *reference(ClassFile *file, const Value *value) {
    Arena *arena = file->arena;
    Ts *fn = core(file, "Fn");
    Ts *id = string(file, value->part->logical_id);
    if (value->kind == VALUE_REF) {
        return ts_call(arena, ts_member(arena, fn, "ref"), id, NULL);
    }
    Ts *attribute =
        ts_call(arena, ts_member(arena, fn, "getAtt"), id, string(file, value->text), NULL);
    return ts_call(arena, ts_member(arena, attribute, "toString"), NULL);
}

static Ts *number(ClassFile *file, const Value *value) {
    size_t length = 0;
    return ts_number(file->arena, value_literal_text(value, file->arena, &length));
}

/// Values that only a model for a TypeScript back end has.
static Ts *code(ClassFile *file, const Value *value) {
    Arena *arena = file->arena;
    switch (value->kind) {
    case VALUE_VARIABLE:
        return ts_name(arena, cdk_local(file, value->target));
    case VALUE_SYMBOL:
        return cdk_symbol(file, value->module, value->text);
    case VALUE_FIELD:
        if (g_ascii_isdigit(value->symbol->text[0])) { // an element of a list
            Ts *element = ts_node(arena, TS_INDEX, cdk_value(file, value->base), 1);
            element->items[0] = ts_number(arena, value->symbol->text);
            return element;
        }
        return ts_member(arena, cdk_value(file, value->base), value->symbol->text);
    case VALUE_INVOKE:
        return with_items(file, TS_CALL, cdk_value(file, value->base), value);
    case VALUE_NEW:
        return with_items(file, TS_NEW, cdk_value(file, value->base), value);
    case VALUE_THIS:
        return ts_this(arena);
    case VALUE_ARGUMENT:
        return ts_member(arena, ts_name(arena, "props"), value->symbol->text);
    default: // VALUE_NULL; nothing else occurs in a model
        return ts_leaf(arena, TS_WORD, "null");
    }
}

Ts *cdk_value(ClassFile *file, const Value *value) {
    Arena *arena = file->arena;
    switch (value->kind) {
    case VALUE_BOOL:
        return ts_leaf(arena, TS_WORD, value->boolean ? "true" : "false");
    case VALUE_INT:
    case VALUE_NUMBER:
        return number(file, value);
    case VALUE_STRING:
        return ts_string(arena, value->text, value->length);
    case VALUE_LIST:
        return list(file, value);
    case VALUE_OBJECT:
        return object(file, value);
    case VALUE_PARAMETER:
        return parameter(file, value->parameter, !value->number);
    case VALUE_PSEUDO:
        return pseudo(file, value->text);
    case VALUE_CONCAT:
        return concat(file, value);
    case VALUE_DYNAMIC:
        return dynamic(file, value);
    case VALUE_FUNCTION:
        return function(file, value);
    case VALUE_REF:
    case VALUE_GETATT:
        return reference(file, value);
    default:
        return code(file, value);
    }
}

Ts *cdk_text(ClassFile *file, const Value *value) {
    if (value_is_literal(value)) {
        size_t length = 0;
        const char *text = value_literal_text(value, file->arena, &length);
        return ts_string(file->arena, text, length);
    }
    if (value->kind == VALUE_PARAMETER && value->parameter->type != PARAMETER_LIST) {
        return parameter(file, value->parameter, true);
    }
    switch (cdk_text_kind(value)) {
    case TEXT_LIST:
        return joined(file, value);
    case TEXT_LITERAL:
        return ts_call(file->arena, ts_name(file->arena, "String"), cdk_value(file, value), NULL);
    case TEXT_NUMBER: {
        Ts *as_string = ts_member(file->arena, core(file, "Token"), "asString");
        return ts_call(file->arena, as_string, cdk_value(file, value), NULL);
    }
    case TEXT_STRING:
        break;
    }
    return cdk_value(file, value);
}
