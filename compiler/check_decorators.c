/// Decorators in users' files: which there are, what they take, what they may stand on.
#include "check.h"

#include "check_names.h"
#include "edit.h"

#include <glib.h>
#include <string.h>

/// What a decorator may stand on.
enum {
    ON_PARAM = 1,
    ON_TYPE = 2,
    ON_FIELD = 4, ///< a property of an object type
    ON_MEMBER = 8,
    ON_CONSTRUCT = 16,
    ON_PROPERTY = 32, ///< of a construct
    ON_ATTRIBUTE = 64,
    ON_RULE = 128,
    ON_CLAUSE = 256,
    ON_OTHER = 512,
    ON_NARROWED = ON_PARAM | ON_TYPE | ON_FIELD | ON_MEMBER | ON_PROPERTY,
    ON_FORMED = ON_TYPE | ON_MEMBER | ON_PROPERTY,
    ON_ANY = 1023
};

typedef struct KnownDecorator {
    const char *name;
    const char *usage;
    size_t least, most; ///< arguments
    char argument;      ///< 'n' numbers, 's' strings, 'w' words, 'o' an object, 'x' anything
    unsigned sites;
} KnownDecorator;

static const KnownDecorator known[] = {
    {"pattern", "@pattern(\"^[a-z]+$\")", 1, 1, 's', ON_NARROWED},
    {"length", "@length(least, most)", 1, 2, 'n', ON_NARROWED},
    {"range", "@range(least, most)", 1, 2, 'n', ON_NARROWED},
    {"format", "@format(\"cidr\")", 1, 1, 's', ON_NARROWED},
    {"words", "@words(\"on\", \"off\")", 1, G_MAXSIZE, 's', ON_FIELD | ON_PROPERTY},
    {"known", "@known", 0, 0, 'x', ON_TYPE | ON_FIELD | ON_PROPERTY},
    {"documented", "@documented", 0, 0, 'x', ON_FIELD | ON_PROPERTY},
    {"docs", "@docs(\"page\")", 1, 1, 's', ON_ANY},
    {"inferred", "@inferred(\"reason\")", 1, 1, 's', ON_ANY},
    {"deprecated", "@deprecated({ reason: \"…\", replacement: \"…\", since: \"…\" })", 0, 1, 'o',
     ON_CONSTRUCT | ON_PROPERTY | ON_FIELD | ON_MEMBER | ON_TYPE},
    {"unique", "@unique(environment) on a property, @unique(\"what\", value) on a construct", 1, 2,
     'x', ON_PROPERTY | ON_CONSTRUCT},
    {"part", "@part", 0, 0, 'x', ON_PROPERTY},
    {"exclusive", "@exclusive", 0, 0, 'x', ON_PROPERTY},
    {"dependency", "@dependency", 0, 0, 'x', ON_PROPERTY},
    {"fallback", "@fallback", 0, 0, 'x', ON_PROPERTY},
    {"purposes", "@purposes(list, target)", 2, 2, 'w', ON_PROPERTY},
    {"needs", "@needs(PURPOSE)", 1, 1, 'w', ON_PROPERTY},
    {"disjoint", "@disjoint(other)", 1, 1, 'w', ON_PROPERTY | ON_FIELD},
    {"provides", "@provides", 0, 0, 'x', ON_CONSTRUCT},
    {"container", "@container", 0, 0, 'x', ON_CONSTRUCT},
    {"id", "@id(\"ConstructId\")", 1, 1, 's', ON_CONSTRUCT},
    {"plural", "@plural(\"words\")", 1, 1, 's', ON_CONSTRUCT},
    {"warning", "@warning", 0, 0, 'x', ON_RULE},
    {"note", "@note", 0, 0, 'x', ON_RULE},
    {"at", "@at(\"Role/Resource\")", 1, 1, 's', ON_CLAUSE},
    {"when", "@when(condition)", 1, 1, 'x', ON_CLAUSE},
};

static bool argument_fits(const Node *argument, char wanted) {
    switch (wanted) {
    case 'n':
        argument = argument->kind == NODE_UNARY ? argument->a : argument;
        return argument->kind == NODE_INTEGER || argument->kind == NODE_DECIMAL;
    case 's':
        return argument->kind == NODE_STRING;
    case 'w':
        return argument->kind == NODE_NAME;
    case 'o':
        return argument->kind == NODE_OBJECT;
    default:
        return true;
    }
}

static double number_of(const Node *node) {
    if (node->kind == NODE_UNARY) {
        return -number_of(node->a);
    }
    return node->kind == NODE_INTEGER ? (double)node->integer : node->number;
}

/// What an argument is to be, for messages.
static const char *argument_words(char wanted) {
    switch (wanted) {
    case 'n':
        return "a number";
    case 's':
        return "text in quotes";
    case 'w':
        return "a name";
    default:
        return "an object";
    }
}

void decorator_offer_removal(Compilation *compilation, Diagnostic *diagnostic, const Node *node) {
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, edit_removal(compilation, node),
                   "", "take it out");
}

static void report_usage(Compilation *compilation, const Node *node, Span place, const char *why,
                         const char *usage) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_DECORATOR_USAGE, place,
                                            node->name->text, why, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "it is used so: `%s`", usage);
    if (!strchr(usage, '(')) {
        const Span arguments = {node->file, node_name_span(compilation, node).end, node->end};
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_MAYBE, arguments, "", "write `%s`",
                       usage);
    }
}

static void check_arguments(Compilation *compilation, const KnownDecorator *decorator,
                            const Node *node) {
    size_t count = 0;
    for (const Node *argument = node->a; argument; argument = argument->next) {
        if (!argument_fits(argument, decorator->argument)) {
            const char *why = arena_printf(compilation->arena, "this should be %s",
                                           argument_words(decorator->argument));
            report_usage(compilation, node, node_span(argument), why, decorator->usage);
            return;
        }
        count++;
    }
    if (count < decorator->least || count > decorator->most) {
        const char *wanted =
            decorator->most == 0 ? "none"
            : decorator->most == decorator->least
                ? arena_printf(compilation->arena, "%zu", decorator->least)
            : decorator->most == G_MAXSIZE
                ? arena_printf(compilation->arena, "at least %zu", decorator->least)
                : arena_printf(compilation->arena, "%zu to %zu", decorator->least, decorator->most);
        const char *why = arena_printf(compilation->arena, "%zu argument%s, but it takes %s", count,
                                       count == 1 ? "" : "s", wanted);
        report_usage(compilation, node, node_span(node), why, decorator->usage);
    } else if (decorator->argument == 'n' && count > 1 &&
               number_of(node->a) > number_of(node->a->next)) {
        report_usage(compilation, node, node_span(node->a->next), "the most is less than the least",
                     decorator->usage);
    }
}

/// Whether the decorator is called like a back end, and says how that writes something.
static bool is_form(const Compilation *compilation, const Node *node) {
    const char *const *names = compilation->options.backends;
    bool found = names == NULL;
    for (; names && *names && !found; names++) {
        found = !strcmp(*names, node->name->text);
    }
    return found && decorator_is_form(node);
}

static Span name_span(const Node *node) {
    Span name = node_span(node);
    name.end = name.start + 1 + node->name->length; /* with the sign */
    return name;
}

static void report_unknown(Compilation *compilation, const Node *node, unsigned site) {
    Diagnostics *list = compilation->diagnostics;
    Span name = name_span(node);
    Similar similar;
    similar_begin(&similar, node->name->text);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (known[i].sites & site) {
            similar_offer(&similar, known[i].name);
        }
    }
    Diagnostic *diagnostic =
        diagnostic_add(list, DIAG_UNKNOWN_DECORATOR, name, node->name->text, NULL);
    name.start++;
    check_add_similar(compilation, diagnostic, &similar, "a decorator", name);
    if (similar_best(&similar)) {
        return;
    }
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (known[i].sites & site) {
            g_string_append_printf(all, "%s`@%s`", all->len ? ", " : "", known[i].name);
        }
    }
    diagnostic_help(list, diagnostic, "there %s %s", strchr(all->str, ',') ? "are" : "is",
                    all->str);
    g_string_free(all, TRUE);
}

static void report_target(Compilation *compilation, const Node *node,
                          const KnownDecorator *decorator) {
    static const struct {
        unsigned site;
        const char *words;
    } places[] = {{ON_CONSTRUCT, "constructs"},
                  {ON_FIELD | ON_PROPERTY, "properties of constructs and of types"},
                  {ON_PROPERTY, "properties of constructs"},
                  {ON_RULE, "rules"},
                  {ON_CLAUSE, "clauses of back ends"}};
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_DECORATOR_TARGET,
                                            node_span(node), node->name->text, NULL);
    decorator_offer_removal(compilation, diagnostic, node);
    const char *words = decorator ? NULL : "types, their members and properties";
    for (size_t i = 0; i < G_N_ELEMENTS(places) && decorator && !words; i++) {
        const unsigned all = places[i].site;
        words = (decorator->sites & all) == all ? places[i].words : NULL;
    }
    if (decorator && decorator->sites == ON_NARROWED) {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "it narrows types, their properties and parameters");
    } else if (words) {
        diagnostic_help(compilation->diagnostics, diagnostic, "it belongs to %s", words);
    }
}

static void check_decorator(Compilation *compilation, const Node *node, unsigned site) {
    const KnownDecorator *found = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        found = strcmp(known[i].name, node->name->text) ? found : &known[i];
    }
    if (!found && is_form(compilation, node)) {
        if (!(site & ON_FORMED)) {
            report_target(compilation, node, NULL);
        } else if (!node->a || node->a->next) {
            report_usage(compilation, node, node_span(node), "it takes 1 argument",
                         arena_printf(compilation->arena, "@%s(value)", node->name->text));
        }
    } else if (!found && decorator_is_form(node)) {
        report_unknown(compilation, node, site);
    } else if (found && !(found->sites & site)) {
        report_target(compilation, node, found);
    } else if (found) {
        check_arguments(compilation, found, node);
    }
}

static unsigned site_of(const Node *node) {
    switch (node->kind) {
    case NODE_PARAM:
        return ON_PARAM;
    case NODE_TYPE:
        return ON_TYPE;
    case NODE_TYPE_DECORATED:
    case NODE_TYPE_CASE:
        return ON_MEMBER;
    case NODE_PROPERTY_DECL:
        return node->flags & NODE_LENIENT ? ON_PROPERTY | ON_FIELD : ON_FIELD;
    case NODE_CONSTRUCT:
        return ON_CONSTRUCT;
    case NODE_ATTRIBUTE:
        return ON_ATTRIBUTE;
    case NODE_RULE:
        return ON_RULE;
    case NODE_CLAUSE:
        return ON_CLAUSE;
    default:
        return ON_OTHER;
    }
}

static const Token *behind_comments(const Token *token) {
    while (token_class(token->kind) == CLASS_TRIVIA) {
        token++;
    }
    return token;
}

/// Where the line of `offset` begins: how far it is from there is how far it is indented.
static uint32_t indent_of(const Source *source, uint32_t offset) {
    uint32_t start = offset;
    while (start > 0 && source->text[start - 1] != '\n' && source->text[start - 1] != '\r') {
        start--;
    }
    return offset - start;
}

/// Whether something stands in the same block before `node`, the first of whose tokens is `first`.
static bool follows_something(const Source *source, const Token *first) {
    while (first > source->tokens && token_class(first[-1].kind) == CLASS_TRIVIA) {
        first--;
    }
    return first > source->tokens && first[-1].kind != TOK_LBRACE;
}

/// Decorators on lines of their own belong to the property below. Indented more than that, they
/// look as if they went on with the property above.
static void check_layout(Compilation *compilation, const Node *node) {
    const Source *source = compilation_source(compilation, node->file);
    const Token *first = &source->tokens[source_token_at(source, node->start)];
    const Token *next = first;
    for (const Node *one = node_decorators(node); one && one->start == next->start;
         one = one->next) {
        next = behind_comments(&source->tokens[source_token_at(source, one->end)]);
    }
    const Node *decorator = node_decorators(node);
    const bool alone = next != first && decorator->name && node->name &&
                       first->flags & TOKEN_NEWLINE_BEFORE && next->flags & TOKEN_NEWLINE_BEFORE &&
                       follows_something(source, first);
    if (!alone || indent_of(source, first->start) <= indent_of(source, next->start)) {
        return;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_DECORATOR_LAYOUT, node_span(decorator),
                       decorator->name->text, node->name->text, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "write it behind the property that it is for, on the same line, or indent it "
                    "like `%s`",
                    node->name->text);
}

void check_decorators(Compilation *compilation, const Node *node) {
    const unsigned site = site_of(node);
    if (node->kind == NODE_PROPERTY_DECL && node_decorators(node)) {
        check_layout(compilation, node);
    }
    for (const Node *one = node_decorators(node); one; one = one->next) {
        if (one->kind == NODE_DECORATOR && one->name) {
            check_decorator(compilation, one, site);
        }
    }
}

const char *decorator_at(size_t index, const char **usage) {
    const bool is = index < G_N_ELEMENTS(known);
    *usage = is ? known[index].usage : NULL;
    return is ? known[index].name : NULL;
}
