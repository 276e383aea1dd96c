#include "cfn/value.h"

#include "kinds.h"

/// A piece of a string: a literal, or a value that is known at deployment.
typedef struct Piece {
    const char *text;
    size_t length;
    const Value *value; ///< NULL for a literal
} Piece;

CfnWriter cfn_writer_new(Arena *arena, const ModelStack *stack, size_t expected) {
    return (CfnWriter){
        .json = json_new(expected),
        .pieces = g_array_new(FALSE, FALSE, sizeof(Piece)),
        .arena = arena,
        .stack = stack,
    };
}

void cfn_writer_clear(CfnWriter *writer) {
    g_array_unref(writer->pieces);
}

/// Begins `{ "NAME": `, the form of every intrinsic function.
static void open_intrinsic(CfnWriter *writer, const char *name, size_t length, unsigned depth) {
    json_literal(&writer->json, "{");
    json_line(&writer->json, depth + 1);
    json_key(&writer->json, name, length);
}

static void close_intrinsic(CfnWriter *writer, unsigned depth) {
    json_close(&writer->json, depth, false, '}');
}

static void write_ref(CfnWriter *writer, const char *id, unsigned depth) {
    json_literal(&writer->json, "{");
    json_line(&writer->json, depth + 1);
    json_literal(&writer->json, "\"Ref\": ");
    json_string(&writer->json, id, strlen(id));
    close_intrinsic(writer, depth);
}

static void write_getatt(CfnWriter *writer, const char *id, const char *attribute, unsigned depth) {
    Json *json = &writer->json;
    open_intrinsic(writer, "Fn::GetAtt", strlen("Fn::GetAtt"), depth);
    json_literal(json, "[");
    json_line(json, depth + 2);
    json_string(json, id, strlen(id));
    json_literal(json, ",");
    json_line(json, depth + 2);
    json_string(json, attribute, strlen(attribute));
    json_close(json, depth + 1, false, ']');
    close_intrinsic(writer, depth);
}

/// What stands in another template comes in as a parameter, or, in the stack's own, as an output of
/// the nested stack.
static void write_crossing(CfnWriter *writer, const Value *value, unsigned depth) {
    Arena *arena = writer->arena;
    if (writer->nested) {
        write_ref(writer, model_crossing_parameter(arena, writer->stack, value), depth);
        return;
    }
    const char *attribute = value->kind == VALUE_GETATT ? value->text : NULL;
    const char *output = model_crossing_output(arena, writer->stack, value->part, attribute);
    write_getatt(writer, value->part->resource->nested->logical_id,
                 arena_printf(arena, "Outputs.%s", output), depth);
}

/// `Ref` or `Fn::GetAtt` of a part; between templates a list is one text.
static void write_reference(CfnWriter *writer, const Value *value, unsigned depth) {
    const ModelNested *owner = value->part->resource->nested;
    const char *attribute = value->kind == VALUE_GETATT ? value->text : NULL;
    if (owner == writer->nested) {
        if (attribute) {
            write_getatt(writer, value->part->logical_id, attribute, depth);
        } else {
            write_ref(writer, value->part->logical_id, depth);
        }
    } else if (value->kind == VALUE_GETATT && value->list) {
        Json *json = &writer->json;
        open_intrinsic(writer, "Fn::Split", strlen("Fn::Split"), depth);
        json_literal(json, "[");
        json_line(json, depth + 2);
        json_string(json, MODEL_LIST_SEPARATOR, strlen(MODEL_LIST_SEPARATOR));
        json_literal(json, ",");
        json_line(json, depth + 2);
        write_crossing(writer, value, depth + 2);
        json_close(json, depth + 1, false, ']');
        close_intrinsic(writer, depth);
    } else {
        write_crossing(writer, value, depth);
    }
}

static void push_literal(CfnWriter *writer, const char *text, size_t length) {
    if (length > 0) {
        const Piece piece = {text, length, NULL};
        g_array_append_val(writer->pieces, piece);
    }
}

#define push_fixed(writer, literal) push_literal((writer), (literal), sizeof(literal) - 1)

static void push_value(CfnWriter *writer, const Value *value);

/// `{{resolve:…}}`, as aws-cdk-lib writes it: secrets have all five fields, empty ones too.
static void push_dynamic(CfnWriter *writer, const Value *value) {
    const bool secret = strcmp(value->symbol->text, "secretsmanager") == 0;
    push_fixed(writer, "{{resolve:");
    push_literal(writer, value->symbol->text, value->symbol->length);
    const size_t fields = secret && value->count < 4 ? 4 : value->count;
    for (size_t i = 0; i < fields; i++) {
        push_fixed(writer, ":");
        if (secret && i == 1) {
            push_fixed(writer, "SecretString:");
        }
        if (i < value->count) {
            push_value(writer, value->items[i]);
        }
    }
    push_fixed(writer, "}}");
}

/// Pushes the pieces of `value` as part of a longer string; joins within it are flattened.
static void push_value(CfnWriter *writer, const Value *value) {
    const Value *selected = value->kind == VALUE_FUNCTION ? value_select_now(value) : NULL;
    value = selected ? selected : value;
    if (value_is_literal(value)) {
        size_t length = 0;
        const char *text = value_literal_text(value, writer->arena, &length);
        push_literal(writer, text, length);
    } else if (value->kind == VALUE_CONCAT) {
        for (size_t i = 0; i < value->count; i++) {
            push_value(writer, value->items[i]);
        }
    } else if (value->kind == VALUE_DYNAMIC) {
        push_dynamic(writer, value);
    } else {
        const Piece piece = {NULL, 0, value};
        g_array_append_val(writer->pieces, piece);
    }
}

static Piece piece_at(const CfnWriter *writer, guint index) {
    return g_array_index(writer->pieces, Piece, index);
}

/// The index behind the item that begins at `from`: a value, or all literals in a row.
static guint item_end(const CfnWriter *writer, guint from) {
    guint end = from + 1;
    if (!piece_at(writer, from).value) {
        while (end < writer->pieces->len && !piece_at(writer, end).value) {
            end++;
        }
    }
    return end;
}

/// Writes the pieces from `from` to before `to`: a value, or literals with the delimiter between.
static void write_item(CfnWriter *writer, guint from, guint to, const Value *delimiter,
                       unsigned depth) {
    const Piece first = piece_at(writer, from);
    if (first.value) {
        cfn_text(writer, first.value, depth);
        return;
    }
    json_literal(&writer->json, "\"");
    for (guint i = from; i < to; i++) {
        if (i > from && delimiter) {
            json_escaped(&writer->json, delimiter->text, delimiter->length);
        }
        const Piece piece = piece_at(writer, i);
        json_escaped(&writer->json, piece.text, piece.length);
    }
    json_literal(&writer->json, "\"");
}

/// Writes the pieces from `base` on as one string and takes them off the stack. A `delimiter` of
/// NULL is the empty string.
static void write_join(CfnWriter *writer, guint base, const Value *delimiter, unsigned depth) {
    Json *json = &writer->json;
    const guint count = writer->pieces->len;
    if (base == count) {
        json_literal(json, "\"\"");
        return;
    }
    if (item_end(writer, base) == count) {
        write_item(writer, base, count, delimiter, depth);
        g_array_set_size(writer->pieces, base);
        return;
    }
    open_intrinsic(writer, "Fn::Join", strlen("Fn::Join"), depth);
    json_literal(json, "[");
    json_line(json, depth + 2);
    json_string(json, delimiter ? delimiter->text : "", delimiter ? delimiter->length : 0);
    json_literal(json, ",");
    json_line(json, depth + 2);
    json_literal(json, "[");
    bool first = true;
    for (guint from = base; from < count;) {
        // Writing an item may push and pop pieces above `count`, never below.
        const guint to = item_end(writer, from);
        json_next(json, depth + 3, &first);
        write_item(writer, from, to, delimiter, depth + 3);
        from = to;
    }
    json_close(json, depth + 2, false, ']');
    json_close(json, depth + 1, false, ']');
    close_intrinsic(writer, depth);
    g_array_set_size(writer->pieces, base);
}

static void write_string(CfnWriter *writer, const Value *value, unsigned depth) {
    Json *json = &writer->json;
    if (value == writer->last && depth == writer->last_depth) {
        json_reserve(json, writer->last_length); // before the text that is copied may move
        json_raw(json, json->text + writer->last_at, writer->last_length);
        return;
    }
    const guint base = writer->pieces->len;
    const size_t at = json->length;
    push_value(writer, value);
    write_join(writer, base, NULL, depth);
    writer->last = value;
    writer->last_depth = depth;
    writer->last_at = at;
    writer->last_length = json->length - at;
}

/// `item` as a piece of a join: a literal if all of it is known now.
static Piece whole_piece(CfnWriter *writer, const Value *item) {
    const guint base = writer->pieces->len;
    push_value(writer, item);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = base; i < writer->pieces->len; i++) {
        const Piece piece = piece_at(writer, i);
        if (piece.value) {
            g_array_set_size(writer->pieces, base);
            return (Piece){NULL, 0, item};
        }
        g_string_append_len(text, piece.text, (gssize)piece.length);
    }
    g_array_set_size(writer->pieces, base);
    return (Piece){arena_strndup(writer->arena, text->str, text->len), text->len, NULL};
}

/// `Fn::Join` of a list whose elements are known one by one: literals in a row become one, as
/// aws-cdk-lib has it.
static void write_join_of_list(CfnWriter *writer, const Value *delimiter, const Value *list,
                               unsigned depth) {
    const guint base = writer->pieces->len;
    for (size_t i = 0; i < list->count; i++) {
        const Piece piece = whole_piece(writer, list->items[i]);
        g_array_append_val(writer->pieces, piece);
    }
    write_join(writer, base, delimiter, depth);
}

static void write_items(CfnWriter *writer, const Value *value, unsigned depth) {
    Json *json = &writer->json;
    json_literal(json, "[");
    bool first = true;
    for (size_t i = 0; i < value->count; i++) {
        if (value->items[i]->kind != VALUE_ABSENT) {
            json_next(json, depth + 1, &first);
            cfn_value(writer, value->items[i], depth + 1);
        }
    }
    json_close(json, depth, first, ']');
}

static void write_function(CfnWriter *writer, const Value *value, unsigned depth) {
    const Value *selected = value_select_now(value);
    if (selected) {
        cfn_value(writer, selected, depth);
        return;
    }
    if (value_is_function(value, "Fn::Join") && value->count == 2 &&
        value->items[0]->kind == VALUE_STRING && value->items[1]->kind == VALUE_LIST) {
        write_join_of_list(writer, value->items[0], value->items[1], depth);
        return;
    }
    if (value_is_function(value, NUMBER_FUNCTION)) {
        cfn_value(writer, value->items[0], depth);
        return;
    }
    open_intrinsic(writer, value->symbol->text, value->symbol->length, depth);
    if (value->count == 1) {
        cfn_value(writer, value->items[0], depth + 1);
    } else {
        write_items(writer, value, depth + 1);
    }
    close_intrinsic(writer, depth);
}

static void write_object(CfnWriter *writer, const Value *value, unsigned depth) {
    Json *json = &writer->json;
    json_literal(json, "{");
    bool first = true;
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        if (field->value->kind != VALUE_ABSENT) {
            json_next(json, depth + 1, &first);
            json_key(json, field->name->text, field->name->length);
            cfn_value(writer, field->value, depth + 1);
        }
    }
    json_close(json, depth, first, '}');
}

void cfn_value(CfnWriter *writer, const Value *value, unsigned depth) {
    Json *json = &writer->json;
    switch (value->kind) {
    case VALUE_BOOL:
        json_raw(json, value->boolean ? "true" : "false", value->boolean ? 4 : 5);
        break;
    case VALUE_INT:
        json_int(json, value->integer);
        break;
    case VALUE_NUMBER:
        json_double(json, value->decimal);
        break;
    case VALUE_STRING:
        json_string(json, value->text, value->length);
        break;
    case VALUE_LIST:
        write_items(writer, value, depth);
        break;
    case VALUE_OBJECT:
        write_object(writer, value, depth);
        break;
    case VALUE_PARAMETER:
        write_ref(writer,
                  writer->nested ? model_crossing_parameter(writer->arena, writer->stack, value)
                                 : value->parameter->id,
                  depth);
        break;
    case VALUE_PSEUDO:
        write_ref(writer, value->text, depth);
        break;
    case VALUE_REF:
    case VALUE_GETATT:
        write_reference(writer, value, depth);
        break;
    case VALUE_CONCAT:
    case VALUE_DYNAMIC:
        write_string(writer, value, depth);
        break;
    case VALUE_FUNCTION:
        write_function(writer, value, depth);
        break;
    default: // VALUE_NULL; nothing else occurs in a model for this back end
        json_literal(json, "null");
        break;
    }
}

void cfn_text(CfnWriter *writer, const Value *value, unsigned depth) {
    if (value->kind != VALUE_STRING && value_is_literal(value)) {
        write_string(writer, value, depth);
        return;
    }
    if (!value_is_list(value)) {
        cfn_value(writer, value, depth);
        return;
    }
    static const Value COMMA = {.kind = VALUE_STRING, .text = ",", .length = 1};
    if (value->kind == VALUE_LIST) {
        write_join_of_list(writer, &COMMA, value, depth);
        return;
    }
    open_intrinsic(writer, "Fn::Join", strlen("Fn::Join"), depth);
    json_literal(&writer->json, "[");
    json_line(&writer->json, depth + 2);
    json_literal(&writer->json, "\",\",");
    json_line(&writer->json, depth + 2);
    cfn_value(writer, value, depth + 2);
    json_close(&writer->json, depth + 1, false, ']');
    close_intrinsic(writer, depth);
}
