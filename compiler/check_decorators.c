/// Decorators in users' files: which there are, what they take, what they may stand on.
#include "check.h"

#include "check_names.h"

#include <glib.h>
#include <string.h>

typedef struct KnownDecorator {
    const char *name;
    const char *usage;
    size_t least, most; ///< arguments
    bool numbers;       ///< its arguments are numbers; else strings
    bool narrows;       ///< it narrows a type: only types, their properties and parameters have one
} KnownDecorator;

static const KnownDecorator known[] = {
    {"pattern", "@pattern(\"^[a-z]+$\")", 1, 1, false, true},
    {"length", "@length(least, most)", 1, 2, true, true},
    {"range", "@range(least, most)", 1, 2, true, true},
    {"format", "@format(\"cidr\")", 1, 1, false, true},
    {"docs", "@docs(\"page\")", 1, 1, false, false},
};

static bool argument_fits(const Node *argument, bool number) {
    if (number && argument->kind == NODE_UNARY) {
        argument = argument->a;
    }
    return number ? argument->kind == NODE_INTEGER || argument->kind == NODE_DECIMAL
                  : argument->kind == NODE_STRING;
}

static double number_of(const Node *node) {
    if (node->kind == NODE_UNARY) {
        return -number_of(node->a);
    }
    return node->kind == NODE_INTEGER ? (double)node->integer : node->number;
}

static bool arguments_fit(const KnownDecorator *decorator, const Node *node) {
    size_t count = 0;
    for (const Node *argument = node->a; argument; argument = argument->next) {
        if (!argument_fits(argument, decorator->numbers)) {
            return false;
        }
        count++;
    }
    if (count < decorator->least || count > decorator->most) {
        return false;
    }
    return !decorator->numbers || count < 2 || number_of(node->a) <= number_of(node->a->next);
}

static void check_decorator(Compilation *compilation, const Node *node, bool narrowable) {
    const KnownDecorator *found = NULL;
    Similar similar;
    similar_begin(&similar, node->name->text);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        similar_offer(&similar, known[i].name);
        found = strcmp(known[i].name, node->name->text) ? found : &known[i];
    }
    Diagnostics *list = compilation->diagnostics;
    Span name = node_span(node);
    name.end = name.start + 1 + node->name->length; /* with the sign */
    if (!found) {
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_UNKNOWN_DECORATOR, name, node->name->text, NULL);
        name.start++;
        check_add_similar(compilation, diagnostic, &similar, "a decorator", name);
        if (!similar_best(&similar)) {
            diagnostic_help(list, diagnostic,
                            "there are `@pattern`, `@length`, `@range`, `@format` and `@docs`");
        }
    } else if (found->narrows && !narrowable) {
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_DECORATOR_TARGET, node_span(node), node->name->text, NULL);
        diagnostic_help(list, diagnostic, "it narrows types, their properties and parameters");
    } else if (!arguments_fit(found, node)) {
        Diagnostic *diagnostic =
            diagnostic_add(list, DIAG_DECORATOR_USAGE, node_span(node), node->name->text, NULL);
        diagnostic_help(list, diagnostic, "it is used so: `%s`", found->usage);
    }
}

void check_decorators(Compilation *compilation, const Node *node) {
    bool narrowable = node->kind == NODE_PARAM || node->kind == NODE_TYPE ||
                      node->kind == NODE_PROPERTY_DECL || node->kind == NODE_TYPE_DECORATED;
    for (const Node *one = node_decorators(node); one; one = one->next) {
        if (one->kind == NODE_DECORATOR && one->name) {
            check_decorator(compilation, one, narrowable);
        }
    }
}
