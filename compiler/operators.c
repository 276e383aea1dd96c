#include "operators.h"

#include "program.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/// What in an expression is known only at deployment.
typedef struct LateSearch {
    Compilation *compilation;
    const Symbol *parameter; ///< the deployment parameter
    const Node *member;      ///< or what is looked for in a resource or in `aws`
    unsigned depth;          ///< of constants that lead to it
} LateSearch;

static void search_late(Node *node, void *data);

static void search_late_name(const Node *node, LateSearch *search) {
    enum { MOST_CONSTANTS = 16 };
    const Symbol *symbol = node->bound;
    if (!symbol) {
        return;
    }
    if (symbol->kind == SYMBOL_DEPLOY_PARAM) {
        search->parameter = symbol;
    } else if (symbol->kind == SYMBOL_LET && symbol->node && symbol->node->b &&
               !compilation_is_lenient(search->compilation, symbol->node) &&
               search->depth < MOST_CONSTANTS) {
        search->depth++;
        search_late(symbol->node->b, search);
        search->depth--;
    }
}

static void search_late(Node *node, void *data) {
    LateSearch *search = data;
    if (search->parameter || search->member) {
        return;
    }
    if (node->kind == NODE_NAME) {
        search_late_name(node, search);
        return;
    }
    const Symbol *base =
        node->kind == NODE_MEMBER && node->a && node->a->kind == NODE_NAME ? node->a->bound : NULL;
    const bool library = base && base->kind == SYMBOL_LET && base->node &&
                         compilation_is_lenient(search->compilation, base->node);
    if (base && (base->kind == SYMBOL_RESOURCE || library)) {
        search->member = node;
        return;
    }
    node_each_child(node, search_late, search);
}

const Value *report_build_time(Compilation *compilation, const Node *node, const char *what) {
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_BUILD_TIME, node_span(node), what, NULL);
    LateSearch search = {.compilation = compilation};
    search_late((Node *)node, &search);
    if (search.parameter && search.parameter->node) {
        diagnostic_label(list, diagnostic, node_name_span(compilation, search.parameter->node),
                         "a deployment parameter");
        diagnostic_help(list, diagnostic,
                        "declare it as `param %s`, whose value is given when the program is built",
                        search.parameter->name->text);
        return &value_error;
    }
    if (search.member) {
        diagnostic_help(list, diagnostic,
                        "`%s.%s` is what deployment gives; a `param` has a value when the program "
                        "is built",
                        search.member->a->name->text, search.member->name->text);
        return &value_error;
    }
    diagnostic_help(list, diagnostic,
                    "deployment parameters, pseudo parameters and attributes of resources are "
                    "known only at deployment; a `param` is known at build time");
    return &value_error;
}

/// The value is of the wrong kind, or known only at deployment: says which of the two.
static const Value *report_known(Compilation *compilation, const Node *node, const Value *value,
                                 const char *what, const char *expected) {
    if (value_is_deploy(value)) {
        return report_build_time(compilation, node, what);
    }
    diagnostic_add(compilation->diagnostics, DIAG_VALUE_MISMATCH, node_span(node), what, expected,
                   value_text(compilation->arena, value), NULL);
    return &value_error;
}

static bool is_number(const Value *value) {
    return value->kind == VALUE_INT || value->kind == VALUE_NUMBER;
}

static double as_double(const Value *value) {
    return value->kind == VALUE_INT ? (double)value->integer : value->decimal;
}

static const Value *new_number(Compilation *compilation, double number, const Node *node) {
    if (!isfinite(number)) {
        diagnostic_add(compilation->diagnostics, DIAG_OVERFLOW, node_span(node), NULL);
        return &value_error;
    }
    Value *value = value_new(compilation->arena, VALUE_NUMBER, node);
    value->decimal = number;
    return value;
}

static const Value *divide_by_zero(Compilation *compilation, const Node *node) {
    const Node *divisor = node->kind == NODE_BINARY ? node->b : node;
    diagnostic_add(compilation->diagnostics, DIAG_DIVISION, node_span(divisor), NULL);
    return &value_error;
}

static const Value *integer_arithmetic(Compilation *compilation, const Node *node, int64_t left,
                                       int64_t right) {
    int64_t result = 0;
    bool overflow = false;
    switch (node->op) {
    case TOK_PLUS:
        overflow = __builtin_add_overflow(left, right, &result);
        break;
    case TOK_MINUS:
        overflow = __builtin_sub_overflow(left, right, &result);
        break;
    case TOK_STAR:
        overflow = __builtin_mul_overflow(left, right, &result);
        break;
    default:
        if (right == 0) {
            return divide_by_zero(compilation, node);
        }
        if (left == INT64_MIN && right == -1) {
            overflow = true;
        } else if (node->op == TOK_PERCENT) {
            result = left % right;
        } else if (left % right == 0) {
            result = left / right;
        } else { /* as in TypeScript, 7 / 2 is 3.5 */
            return new_number(compilation, (double)left / (double)right, node);
        }
    }
    if (overflow) {
        diagnostic_add(compilation->diagnostics, DIAG_OVERFLOW, node_span(node), NULL);
        return &value_error;
    }
    return value_int(compilation->arena, result, node);
}

static const Value *decimal_arithmetic(Compilation *compilation, const Node *node, double left,
                                       double right) {
    switch (node->op) {
    case TOK_PLUS:
        return new_number(compilation, left + right, node);
    case TOK_MINUS:
        return new_number(compilation, left - right, node);
    case TOK_STAR:
        return new_number(compilation, left * right, node);
    default:
        if (!(right > 0 || right < 0)) {
            return divide_by_zero(compilation, node);
        }
        return new_number(compilation, node->op == TOK_PERCENT ? fmod(left, right) : left / right,
                          node);
    }
}

/// What an operator cannot work on: say which side and why.
static const Value *report_operand(Compilation *compilation, const Node *node, const Value *left,
                                   const Value *right) {
    const char *symbol = token_spelling((TokenKind)node->op);
    for (int side = 0; side < 2; side++) {
        const Value *value = side ? right : left;
        const Node *place = side ? node->b : node->a;
        if (value_is_deploy(value)) {
            return report_build_time(
                compilation, place, arena_printf(compilation->arena, "an operand of `%s`", symbol));
        }
    }
    diagnostic_add(compilation->diagnostics, DIAG_OPERAND, node_span(node), symbol,
                   value_text(compilation->arena, left), value_text(compilation->arena, right),
                   NULL);
    return &value_error;
}

static const Value *arithmetic(Compilation *compilation, const Node *node, const Value *left,
                               const Value *right) {
    if (left->kind == VALUE_INT && right->kind == VALUE_INT) {
        return integer_arithmetic(compilation, node, left->integer, right->integer);
    }
    if (is_number(left) && is_number(right)) {
        return decimal_arithmetic(compilation, node, as_double(left), as_double(right));
    }
    bool texts = node->op == TOK_PLUS && !is_number(left) && !is_number(right);
    for (int side = 0; side < 2; side++) {
        const Value *value = side ? right : left;
        bool text = value->kind == VALUE_STRING || value->kind == VALUE_MEMBER ||
                    (value->kind >= VALUE_ATTRIBUTE && !value->number);
        texts = texts && text;
    }
    if (!texts) {
        return report_operand(compilation, node, left, right);
    }
    const Value *parts[] = {left, right};
    return value_concat(compilation->arena, parts, 2, node);
}

static const Value *comparison(Compilation *compilation, const Node *node, const Value *left,
                               const Value *right) {
    int order = 0;
    if (is_number(left) && is_number(right)) {
        double a = as_double(left), b = as_double(right);
        order = a < b ? -1 : a > b;
        if (left->kind == VALUE_INT && right->kind == VALUE_INT) {
            order = left->integer < right->integer ? -1 : left->integer > right->integer;
        }
    } else {
        size_t a_length = 0, b_length = 0;
        const char *a = left->kind == VALUE_STRING || left->kind == VALUE_MEMBER
                            ? value_to_text(compilation->arena, left, &a_length)
                            : NULL;
        const char *b = right->kind == VALUE_STRING || right->kind == VALUE_MEMBER
                            ? value_to_text(compilation->arena, right, &b_length)
                            : NULL;
        if (!a || !b) {
            return report_operand(compilation, node, left, right);
        }
        order = memcmp(a, b, MIN(a_length, b_length));
        if (!order) {
            order = a_length < b_length ? -1 : a_length > b_length;
        }
    }
    bool result = node->op == TOK_LT   ? order < 0
                  : node->op == TOK_LE ? order <= 0
                  : node->op == TOK_GT ? order > 0
                                       : order >= 0;
    return value_bool(compilation->arena, result, node);
}

const Value *operator_truth(Compilation *compilation, bool holds, const Node *node) {
    static const Value truths[] = {{.kind = VALUE_BOOL, .boolean = false},
                                   {.kind = VALUE_BOOL, .boolean = true}};
    if (compilation_source(compilation, node->file)->library) {
        return &truths[holds];
    }
    return value_bool(compilation->arena, holds, node);
}

static const Value *equality(Compilation *compilation, const Node *node, const Value *left,
                             const Value *right) {
    if (value_is_deploy(left) || value_is_deploy(right)) {
        if (!value_equal(left, right)) {
            return report_build_time(compilation, value_is_deploy(left) ? node->a : node->b,
                                     "what is compared");
        }
    }
    bool equal = value_equal(left, right);
    return operator_truth(compilation, node->op == TOK_EQ ? equal : !equal, node);
}

static const Value *logic(Compilation *compilation, const Node *node, Frame *frame) {
    bool known = true;
    bool left = eval_condition(compilation, node->a, frame, false, &known);
    if (!known) {
        return &value_error;
    }
    if (left == (node->op == TOK_OR)) {
        return operator_truth(compilation, left, node);
    }
    bool right = eval_condition(compilation, node->b, frame, false, &known);
    return known ? operator_truth(compilation, right, node) : &value_error;
}

static const Value *unary(Compilation *compilation, const Node *node, Frame *frame) {
    if (node->op == TOK_BANG) {
        bool known = true;
        bool inner = eval_condition(compilation, node->a, frame, false, &known);
        return known ? operator_truth(compilation, !inner, node) : &value_error;
    }
    const Value *value = eval(compilation, node->a, frame);
    switch (value->kind) {
    case VALUE_ERROR:
        return value;
    case VALUE_INT:
        if (value->integer == INT64_MIN) {
            diagnostic_add(compilation->diagnostics, DIAG_OVERFLOW, node_span(node), NULL);
            return &value_error;
        }
        return value_int(compilation->arena, -value->integer, node);
    case VALUE_NUMBER:
        return new_number(compilation, -value->decimal, node);
    default:
        return report_known(compilation, node->a, value, "the operand of `-`", "a number");
    }
}

static const Value *is_operator(Compilation *compilation, const Node *node, Frame *frame) {
    const Value *value = eval(compilation, node->a, frame);
    const Type *type = node->b ? node->b->bound : NULL;
    if (value->kind == VALUE_ERROR || !type) {
        return &value_error;
    }
    bool result = false;
    if (value->kind == VALUE_RESOURCE && type->kind == TYPE_REFERENCE) {
        result = value->resource->construct->kind == type->name &&
                 (!type->construct || construct_is(value->resource->construct, type->construct));
    } else if (type->kind == TYPE_CASE || type->kind == TYPE_MEMBER) {
        result = (value->kind == VALUE_CASE || value->kind == VALUE_MEMBER) &&
                 value->symbol == type->name;
    } else if (type->kind == TYPE_STRING) {
        result = value->kind == VALUE_STRING;
    } else if (type->kind == TYPE_BOOL) {
        result = value->kind == VALUE_BOOL;
    }
    return value_bool(compilation->arena, result, node);
}

static const Value *binary(Compilation *compilation, const Node *node, Frame *frame) {
    if (node->op == TOK_AND || node->op == TOK_OR) {
        return logic(compilation, node, frame);
    }
    /* What is absent on the way is absent as a whole where `??` has an answer for it. */
    compilation->program->lenient += node->op == TOK_COALESCE;
    const Value *left = eval(compilation, node->a, frame);
    compilation->program->lenient -= node->op == TOK_COALESCE;
    if (node->op == TOK_COALESCE) {
        return left->kind == VALUE_ABSENT ? eval(compilation, node->b, frame) : left;
    }
    const Value *right = eval(compilation, node->b, frame);
    if (left->kind == VALUE_ERROR || right->kind == VALUE_ERROR) {
        return &value_error;
    }
    const bool absent = left->kind == VALUE_ABSENT || right->kind == VALUE_ABSENT;
    if (absent && node->op != TOK_EQ && node->op != TOK_NE &&
        compilation_is_lenient(compilation, node)) {
        return &value_absent;
    }
    switch (node->op) {
    case TOK_EQ:
    case TOK_NE:
        return equality(compilation, node, left, right);
    case TOK_LT:
    case TOK_LE:
    case TOK_GT:
    case TOK_GE:
        return comparison(compilation, node, left, right);
    default:
        return arithmetic(compilation, node, left, right);
    }
}

const Value *operator_eval(Compilation *compilation, const Node *node, Frame *frame) {
    if (node->kind == NODE_UNARY) {
        return unary(compilation, node, frame);
    }
    if (node->kind == NODE_IS) {
        return is_operator(compilation, node, frame);
    }
    return binary(compilation, node, frame);
}

static const Value *index_list(Compilation *compilation, const Node *node, const Value *base,
                               const Value *index) {
    if (index->kind != VALUE_INT) {
        return report_known(compilation, node->b, index, "the index of a list", "an int");
    }
    int64_t at = index->integer;
    if (at >= 0 && (uint64_t)at < base->count) {
        return base->items[at];
    }
    diagnostic_add(compilation->diagnostics, DIAG_INDEX_RANGE, node_span(node->b),
                   arena_printf(compilation->arena, "%" G_GINT64_FORMAT, at),
                   arena_printf(compilation->arena, "%zu", base->count), NULL);
    return &value_error;
}

const Value *operator_index(Compilation *compilation, const Node *node, const Value *base,
                            const Value *index) {
    if (base->kind == VALUE_ERROR || index->kind == VALUE_ERROR) {
        return &value_error;
    }
    if (base->kind == VALUE_LIST) {
        return index_list(compilation, node, base, index);
    }
    if (base->kind >= VALUE_ATTRIBUTE && index->kind == VALUE_INT) {
        Value *value = value_new(compilation->arena, VALUE_FUNCTION, node);
        value->symbol = names_of(compilation->names, "Fn::Select");
        value->items = arena_array(compilation->arena, const Value *, 2);
        value->items[0] = index;
        value->items[1] = base;
        value->count = 2;
        return value;
    }
    size_t length = 0;
    const char *text = value_to_text(compilation->arena, index, &length);
    if (base->kind == VALUE_OBJECT && text) {
        const Value *value = value_field(base, names_intern(compilation->names, text, length));
        return value ? value : &value_absent;
    }
    if (base->kind == VALUE_OBJECT) {
        return report_known(compilation, node->b, index, "a key", "a string");
    }
    return report_known(compilation, node->a, base, "what is indexed", "a list or a map");
}

bool eval_condition(Compilation *compilation, const Node *node, Frame *frame, bool quiet,
                    bool *known) {
    if (quiet) {
        diagnostics_mute(compilation->diagnostics);
    }
    const Value *value = eval(compilation, node, frame);
    if (quiet) {
        diagnostics_unmute(compilation->diagnostics);
    }
    if (value->kind == VALUE_BOOL) {
        return value->boolean;
    }
    if (value->kind == VALUE_ABSENT && compilation_is_lenient(compilation, node)) {
        return false; /* what is absent does not hold */
    }
    *known = false;
    if (value->kind == VALUE_ERROR || quiet) {
        return false;
    }
    if (value->kind == VALUE_ABSENT) {
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_CONDITION_ABSENT, node_span(node), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "`?? false` decides what then holds");
    } else {
        report_known(compilation, node, value, "a condition", "`bool`");
    }
    return false;
}

static void loop_turn(Compilation *compilation, const Node *header, Frame *frame,
                      const Value *first, const Value *second, LoopBody each, void *data) {
    Frame *inner = frame_new(compilation, header->bound, frame);
    if (inner->scope->count > 0) {
        inner->slots[0] = (void *)first;
    }
    if (inner->scope->count > 1 && header->b) {
        inner->slots[1] = (void *)second;
    }
    if (header->c) {
        bool known = true;
        if (!eval_condition(compilation, header->c, inner, false, &known)) {
            return;
        }
    }
    each(compilation, inner, data);
}

void eval_loop(Compilation *compilation, const Node *header, Frame *frame, LoopBody each,
               void *data) {
    const Value *over = eval(compilation, header->a, frame);
    if (over->kind == VALUE_LIST) {
        for (size_t i = 0; i < over->count; i++) {
            const Value *position =
                header->b ? value_int(compilation->arena, (int64_t)i, header) : NULL;
            loop_turn(compilation, header, frame, header->b ? position : over->items[i],
                      over->items[i], each, data);
        }
        return;
    }
    if (over->kind != VALUE_OBJECT) {
        if (over->kind != VALUE_ERROR && over->kind != VALUE_ABSENT) {
            report_known(compilation, header->a, over, "what a loop runs over", "a list or a map");
        }
        return;
    }
    /* Maps are walked in the order of their keys: reordering a program changes nothing. */
    Field *sorted = arena_array(compilation->arena, Field, over->field_count);
    if (over->field_count) {
        memcpy(sorted, over->fields, over->field_count * sizeof *sorted);
    }
    fields_sort(sorted, over->field_count);
    for (size_t i = 0; i < over->field_count; i++) {
        loop_turn(compilation, header, frame,
                  value_string_n(compilation->arena, sorted[i].name->text, sorted[i].name->length,
                                 header),
                  sorted[i].value, each, data);
    }
}
