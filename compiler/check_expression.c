#include "check.h"

#include "builtins.h"
#include "check_foreign.h"
#include "check_names.h"
#include "check_report.h"
#include "check_style.h"
#include "check_test.h"
#include "check_words.h"
#include "function.h"

#include <glib.h>
#include <string.h>

static const Type *bad(Node *node) {
    node->flags |= NODE_BAD;
    return &type_error;
}

static void check_arguments_loosely(Compilation *compilation, Node *node, Scope *scope) {
    for (Node *argument = node->b; argument; argument = argument->next) {
        check_infer(compilation, argument, scope, NULL);
    }
}

static size_t count_arguments(const Node *node) {
    size_t count = 0;
    for (const Node *argument = node->b; argument; argument = argument->next) {
        count++;
    }
    return count;
}

static const Type *check_case(Compilation *compilation, Node *node, Scope *scope,
                              const Type *type) {
    const size_t given = count_arguments(node);
    if (given < type_case_required(type) || given > type->count) {
        Diagnostic *diagnostic = diagnostic_add(
            compilation->diagnostics, DIAG_ARGUMENT_COUNT, node_span(node), type->name->text,
            arena_printf(compilation->arena, "%zu", type->count), type->count == 1 ? "" : "s",
            arena_printf(compilation->arena, "%zu", given), NULL);
        diagnostic_label(compilation->diagnostics, diagnostic, node_span(type->node),
                         "declared here");
        return bad(node);
    }
    size_t i = 0;
    for (Node *argument = node->b; argument; argument = argument->next, i++) {
        const Property *parameter = &type->properties[i];
        if (!check_against(compilation, argument, scope, parameter->type,
                           report_quoted(compilation, parameter->name), parameter->node)) {
            bad(argument);
        }
    }
    return type;
}

/// The type that a letter of a signature wants; NULL: anything.
static const Type *letter_type(char letter) {
    switch (g_ascii_tolower(letter)) {
    case 's':
        return &type_string;
    case 'i':
        return &type_int;
    case 'n':
        return &type_number;
    case 'b':
        return &type_bool;
    default:
        return NULL;
    }
}

static bool letter_fits(char letter, const Type *type) {
    type = type_strip(type);
    if (type->kind == TYPE_ANY || type->kind == TYPE_ERROR) {
        return true;
    }
    if (type->kind == TYPE_UNION) {
        for (size_t i = 0; i < type->count; i++) {
            if (!letter_fits(letter, type->alternatives[i])) {
                return false;
            }
        }
        return true;
    }
    bool list = type->kind == TYPE_LIST,
         object = type->kind == TYPE_OBJECT || type->kind == TYPE_MAP;
    switch (g_ascii_tolower(letter)) {
    case 'l':
        return list;
    case 'o':
        return object;
    case 'c':
        return list || object || type_is(type, TYPE_STRING);
    case 'e':
        return type->kind == TYPE_REFERENCE && type->construct && type->construct->container;
    case 'r':
        return type->kind == TYPE_REFERENCE;
    case 'a':
    case 'p':
        return true;
    default:
        return type_assignable(type, letter_type(letter)) ||
               (g_ascii_tolower(letter) == 's' && type->kind == TYPE_MEMBER);
    }
}

static const char *letter_words(char letter) {
    switch (g_ascii_tolower(letter)) {
    case 's':
        return "`string`";
    case 'i':
        return "`int`";
    case 'n':
        return "`number`";
    case 'b':
        return "`bool`";
    case 'l':
        return "a list";
    case 'o':
        return "an object or a map";
    case 'e':
        return "an environment";
    case 'r':
        return "an environment or a resource";
    default:
        return "a string, a list or a map";
    }
}

/// The letter of argument `index`; 0 if there is none.
static char letter_at(const char *parameters, size_t index) {
    size_t length = strlen(parameters);
    bool further = length && parameters[length - 1] == '*';
    if (further) {
        length--;
    }
    if (index < length) {
        return parameters[index];
    }
    if (further && length) {
        return parameters[length - 1];
    }
    return '\0';
}

static bool count_fits(const Builtin *builtin, size_t given) {
    size_t required = 0;
    for (const char *letter = builtin->parameters; *letter && *letter != '*'; letter++) {
        required += g_ascii_islower(*letter) != 0;
    }
    return given >= required && (!given || letter_at(builtin->parameters, given - 1));
}

static const Type *result_type(Compilation *compilation, char letter, const Type *first) {
    switch (letter) {
    case 'S':
        return type_list(compilation->arena, &type_string);
    case 'I':
        return type_list(compilation->arena, &type_int);
    case 'e':
        first = first ? type_strip(first) : NULL;
        return first && (first->kind == TYPE_LIST || first->kind == TYPE_MAP) ? first->element
                                                                              : &type_any;
    case '1':
        return first ? first : &type_any;
    case 'x':
        return &type_secret;
    default: {
        const Type *plain = letter_type(letter);
        return plain ? plain : &type_any;
    }
    }
}

static const Type *check_builtin(Compilation *compilation, Node *node, Scope *scope,
                                 const Builtin *builtin, const Type *expected) {
    node->bound = (void *)builtin;
    size_t given = count_arguments(node);
    if (!count_fits(builtin, given)) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FUNCTION_USAGE,
                                                node_span(node), builtin->name, NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "it is used so: `%s`",
                        builtin->usage);
        check_arguments_loosely(compilation, node, scope);
        return bad(node);
    }
    const Type *first = NULL;
    size_t index = 0;
    bool same = builtin->result == '1';
    for (Node *argument = node->b; argument; argument = argument->next, index++) {
        char letter = letter_at(builtin->parameters, index);
        const Type *type = check_infer(compilation, argument, scope, same ? expected : NULL);
        if (!index) {
            first = type;
        }
        if (letter_fits(letter, type)) {
            continue;
        }
        Diagnostic *diagnostic = report_type(
            compilation, argument, letter_words(letter), type,
            arena_printf(compilation->arena, "argument %zu of `%s`", index + 1, builtin->name),
            NULL);
        diagnostic_help(compilation->diagnostics, diagnostic, "it is used so: `%s`",
                        builtin->usage);
        bad(argument);
    }
    check_test_call(compilation, node, builtin);
    return result_type(compilation, builtin->result, first);
}

static void offer_case(const Type *type, void *data) {
    if (type->kind == TYPE_CASE) {
        similar_offer(data, type->name->text);
    }
}

static const Type *unknown_function(Compilation *compilation, Node *node, Scope *scope,
                                    const Type *expected) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_UNKNOWN_FUNCTION,
                                            node_span(node->a), node->a->name->text, NULL);
    if (foreign_function(compilation, diagnostic, node)) {
        check_arguments_loosely(compilation, node, scope);
        return bad(node);
    }
    Similar similar;
    similar_begin(&similar, node->a->name->text);
    if (expected) {
        type_each_alternative(expected, offer_case, &similar);
    }
    for (const Builtin *one = builtin_all(); one->name; one++) {
        if (!one->library) {
            similar_offer(&similar, one->name);
        }
    }
    for (const Builtin *one = builtin_all_test(); one->name && scope_in_test(scope); one++) {
        similar_offer(&similar, one->name);
    }
    check_add_similar(compilation, diagnostic, &similar, "a function", node_span(node->a));
    if (!similar_best(&similar)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "a function of your own is declared: `fn %s(…) = …`", node->a->name->text);
    }
    check_arguments_loosely(compilation, node, scope);
    return bad(node);
}

/// A method, as TypeScript has them: the function that does the same.
static void report_method(Compilation *compilation, const Node *call) {
    const Node *callee = call->a;
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NOT_A_FUNCTION,
                                            callee->b ? node_span(callee->b) : node_span(callee),
                                            name_quoted(compilation->arena, callee->name), NULL);
    if (!foreign_method(compilation, diagnostic, call)) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "values have no methods; functions stand alone, as in `upper(text)`");
    }
}

/// The function that a program declares and a callee names, or NULL. `*reported`: what it names in
/// another file is none, and has its diagnostic.
static Symbol *called_function(Compilation *compilation, Node *callee, Scope *scope,
                               bool *reported) {
    Symbol *symbol = NULL;
    if (callee->kind == NODE_NAME) {
        symbol = scope_find(scope, callee->name);
        symbol = symbol ? symbol : library_let(compilation->library, callee->name);
    } else if (callee->kind == NODE_MEMBER && callee->a->kind == NODE_NAME) {
        symbol = scope_find(scope, callee->a->name);
        const Symbol *file = symbol_target(symbol);
        if (!file || file->kind != SYMBOL_FILE) {
            return NULL;
        }
        symbol->used = true;
        symbol = check_file_member(compilation, callee, file);
        *reported = !symbol;
    }
    Symbol *target = symbol && symbol->kind == SYMBOL_IMPORT ? symbol->target : symbol;
    if (!target || target->kind != SYMBOL_FN) {
        return NULL;
    }
    symbol->used = target->used = true;
    callee->bound = target;
    return target;
}

const Type *check_call(Compilation *compilation, Node *node, Scope *scope, const Type *expected) {
    Node *callee = node->a;
    bool reported = false;
    Symbol *function = called_function(compilation, callee, scope, &reported);
    if (function) {
        return function_check_call(compilation, node, scope, function);
    }
    if (reported) {
        check_arguments_loosely(compilation, node, scope);
        return bad(node);
    }
    if (callee->kind == NODE_MEMBER) {
        Symbol *symbol = check_qualified(compilation, callee, scope, expected, &reported);
        if (symbol && symbol->member->kind == TYPE_CASE) {
            style_check_qualifier(compilation, callee, scope, expected, symbol);
            callee->bound = symbol;
            return check_case(compilation, node, scope, symbol->member);
        }
        if (!reported) {
            report_method(compilation, node);
        }
        check_arguments_loosely(compilation, node, scope);
        return bad(node);
    }
    if (callee->kind != NODE_NAME) {
        diagnostic_add(compilation->diagnostics, DIAG_NOT_A_FUNCTION, node_span(callee), "this",
                       NULL);
        return bad(node);
    }
    const Type *member = expected ? type_find_member(expected, callee->name) : NULL;
    if (member && member->kind == TYPE_CASE) {
        callee->bound = (void *)member->symbol;
        return check_case(compilation, node, scope, member);
    }
    const Builtin *of_tests = builtin_find_test(callee->name->text);
    if (of_tests && scope_in_test(scope)) {
        return check_builtin(compilation, node, scope, of_tests, expected);
    }
    const Builtin *builtin = builtin_find(callee->name->text);
    if (builtin && (!builtin->library || scope_is_library(scope))) {
        return check_builtin(compilation, node, scope, builtin, expected);
    }
    if (of_tests && !builtin) {
        report_test_only(compilation, callee);
        check_arguments_loosely(compilation, node, scope);
        return bad(node);
    }
    return unknown_function(compilation, node, scope, expected);
}

static const Type *arithmetic(Compilation *compilation, Node *node, const Type *left,
                              const Type *right) {
    const char *symbol = token_spelling((TokenKind)node->op);
    bool strings = node->op == TOK_PLUS && type_assignable(left, &type_string) &&
                   type_assignable(right, &type_string);
    if (strings) {
        return left->kind == TYPE_ANY && right->kind == TYPE_ANY ? &type_any : &type_string;
    }
    if (type_assignable(left, &type_number) && type_assignable(right, &type_number)) {
        return type_is(left, TYPE_INT) && type_is(right, TYPE_INT) ? &type_int : &type_number;
    }
    bool left_wrong = !type_assignable(left, &type_number);
    Diagnostic *diagnostic = report_type(
        compilation, left_wrong ? node->a : node->b, "a number", left_wrong ? left : right,
        arena_printf(compilation->arena, "an operand of `%s`", symbol), NULL);
    const bool lists = type_strip(left)->kind == TYPE_LIST && type_strip(right)->kind == TYPE_LIST;
    if (node->op == TOK_PLUS && lists) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "lists are joined with `[...a, ...b]`");
    } else if (node->op == TOK_PLUS &&
               (type_assignable(left, &type_string) || type_assignable(right, &type_string))) {
        diagnostic_help(compilation->diagnostics, diagnostic, "put values into text with \"${…}\"");
    }
    return bad(node);
}

static const Type *comparison(Compilation *compilation, Node *node, const Type *left,
                              const Type *right) {
    bool numbers = type_assignable(left, &type_number) && type_assignable(right, &type_number);
    bool strings = type_assignable(left, &type_string) && type_assignable(right, &type_string);
    if (numbers || strings) {
        return &type_bool;
    }
    const bool neither =
        !type_assignable(left, &type_number) && !type_assignable(left, &type_string);
    const bool text = !neither && report_untyped_let(compilation, node->a) &&
                      type_assignable(right, &type_number);
    if (neither || text) {
        report_type(compilation, node->a, text ? "a number" : "a number or a string",
                    text ? left : type_widen(left), "the left side of the comparison", NULL);
        return bad(node);
    }
    report_type(
        compilation, node->b,
        arena_printf(compilation->arena, "`%s`", type_text(compilation->arena, type_widen(left))),
        type_widen(right), "the right side of the comparison", NULL);
    return bad(node);
}

/// What one side of a comparison tells of the other: which bare members there are. Literals and
/// what is made of them tell nothing: another value may well be compared with them. And what is
/// wrong itself tells nothing; of a
/// property that is, any member may be one.
static const Type *tells(const Node *node, const Type *type) {
    const Type *plain = type_strip(type);
    if (node->kind == NODE_MEMBER && plain->kind == TYPE_ERROR) {
        return type;
    }
    bool made = node->flags & NODE_BAD || plain->kind == TYPE_LITERAL ||
                plain->kind == TYPE_OBJECT || plain->kind == TYPE_LIST || plain->kind == TYPE_MAP;
    return made ? NULL : type;
}

/// A bare member on the left is understood through the right side.
static void infer_both(Compilation *compilation, Node *node, Scope *scope, const Type **left,
                       const Type **right) {
    bool swap = node->a->kind == NODE_NAME && !scope_find(scope, node->a->name) &&
                !library_let(compilation->library, node->a->name);
    if (swap) {
        *right = check_infer(compilation, node->b, scope, NULL);
        *left = check_infer(compilation, node->a, scope, tells(node->b, *right));
    } else {
        *left = check_infer(compilation, node->a, scope, NULL);
        *right = check_infer(compilation, node->b, scope, tells(node->a, *left));
    }
}

static const Type *equality(Compilation *compilation, Node *node, Scope *scope) {
    const Type *left = NULL, *right = NULL;
    infer_both(compilation, node, scope, &left, &right);
    if (type_assignable(left, right) || type_assignable(right, left)) {
        return &type_bool;
    }
    const Type *one = type_strip(left), *other = type_strip(right);
    bool objects = (one->kind == TYPE_OBJECT || one->kind == TYPE_MAP) &&
                   (other->kind == TYPE_OBJECT || other->kind == TYPE_MAP);
    if (objects || (one->kind == TYPE_LIST && other->kind == TYPE_LIST)) {
        return &type_bool; /* what they hold tells */
    }
    bool literals = left->kind == TYPE_LITERAL && right->kind == TYPE_LITERAL;
    if (literals && (type_assignable(left, &type_string) == type_assignable(right, &type_string))) {
        return &type_bool; /* two constants of one type may well differ */
    }
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_NEVER_EQUAL,
                                            node_span(node), type_text(compilation->arena, left),
                                            type_text(compilation->arena, right), NULL);
    const Type *wide = type_strip(left)->kind == TYPE_UNION ? left : right;
    report_nearest(compilation, diagnostic, wide == left ? node->b : node->a, wide);
    return bad(node);
}

const Type *check_binary(Compilation *compilation, Node *node, Scope *scope, const Type *expected) {
    switch (node->op) {
    case TOK_EQ:
    case TOK_NE:
        return equality(compilation, node, scope);
    case TOK_AND:
    case TOK_OR: {
        const char *what = arena_printf(compilation->arena, "an operand of `%s`",
                                        token_spelling((TokenKind)node->op));
        bool left = check_against(compilation, node->a, scope, &type_bool, what, NULL);
        bool right = check_against(compilation, node->b, scope, &type_bool, what, NULL);
        if (!left || !right) {
            bad(node);
        }
        return &type_bool;
    }
    case TOK_COALESCE: {
        const Type *left = check_infer(compilation, node->a, scope, expected);
        return type_join(compilation->arena, left,
                         check_infer(compilation, node->b, scope, expected ? expected : left));
    }
    default: {
        if (check_unquoted(compilation, node, scope)) {
            return bad(node);
        }
        const Type *left = check_infer(compilation, node->a, scope, NULL);
        const Type *right = check_infer(compilation, node->b, scope, NULL);
        if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR) {
            return bad(node);
        }
        bool compare =
            node->op == TOK_LT || node->op == TOK_LE || node->op == TOK_GT || node->op == TOK_GE;
        return compare ? comparison(compilation, node, left, right)
                       : arithmetic(compilation, node, left, right);
    }
    }
}

/// A list literal where a list is expected: what is wrong is one of its elements.
static bool wrong_elements(Compilation *compilation, Node *node, Scope *scope, const Type *expected,
                           const char *what, const Node *declared) {
    const Type *list = type_strip(expected);
    if (node->kind != NODE_LIST || list->kind != TYPE_LIST) {
        return false;
    }
    bool wrong = false;
    const char *element = arena_printf(compilation->arena, "an element of %s", what);
    for (Node *item = node->a; item; item = item->next) {
        if (item->kind != NODE_SPREAD &&
            !check_against(compilation, item, scope, list->element, element, declared)) {
            wrong = true;
        }
    }
    return wrong;
}

bool check_against(Compilation *compilation, Node *node, Scope *scope, const Type *expected,
                   const char *what, const Node *declared) {
    const Type *found = check_infer(compilation, node, scope, expected);
    if (found->kind == TYPE_ERROR) {
        return true; /* said already */
    }
    if (type_assignable(found, expected)) {
        return true;
    }
    if (wrong_elements(compilation, node, scope, expected, what, declared)) {
        return false;
    }
    report_mismatch(compilation, node, scope, expected, found, what, declared);
    node->flags |= NODE_BAD;
    return false;
}
