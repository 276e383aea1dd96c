#include "check_foreign.h"

#include "check_report.h"

#include <glib.h>
#include <string.h>

/// A word and what is written for it. In what is written `{0}` stands for what a method is called
/// on, or for the first argument of a function, `{1}` for the others.
typedef struct ForeignWord {
    const char *word;
    const char *instead; ///< the expression or type, or NULL
    const char *advice;  ///< a sentence, where there is no such expression
} ForeignWord;

static const char no_side_effects[] = "a program reads nothing but its files and parameters; "
                                      "declare a `param` and give it with `-p NAME=VALUE`";

static const ForeignWord functions[] = {
    {"len", "length({0})", NULL},
    {"size", "length({0})", NULL},
    {"count", "length({0})", NULL},
    {"concat", "[...{0}, ...{1}]", NULL},
    {"append", "[...{0}, {1}]", NULL},
    {"toString", "string({0})", NULL},
    {"tostring", "string({0})", NULL},
    {"str", "string({0})", NULL},
    {"String", "string({0})", NULL},
    {"parseInt", "int({0})", NULL},
    {"toInt", "int({0})", NULL},
    {"parseFloat", "number({0})", NULL},
    {"tonumber", "number({0})", NULL},
    {"Number", "number({0})", NULL},
    {"float", "number({0})", NULL},
    {"tobool", "bool({0})", NULL},
    {"Boolean", "bool({0})", NULL},
    {"toUpper", "upper({0})", NULL},
    {"uppercase", "upper({0})", NULL},
    {"toLower", "lower({0})", NULL},
    {"lowercase", "lower({0})", NULL},
    {"jsonencode", "json({0})", NULL},
    {"stringify", "json({0})", NULL},
    {"distinct", "unique({0})", NULL},
    {"toset", "unique({0})", NULL},
    {"readFile", "file({0})", NULL},
    {"readFileSync", "file({0})", NULL},
    {"loadTextContent", "file({0})", NULL},
    {"includes", "contains({0}, {1})", NULL},
    {"element", "{0}[{1}]", NULL},
    {"lookup", "{0}[{1}] ?? fallback", NULL},
    {"coalesce", "{0} ?? {1}", NULL},
    {"default", "{0} ?? {1}", NULL},
    {"map", "[for x in {0}: …]", NULL},
    {"filter", "[for x in {0} if …: x]", NULL},
    {"reduce", NULL, "`sum`, `min`, `max`, `join`, `any` and `all` make one value of a list"},
    {"format", NULL, "values are put into text as in \"${name}-${number}\""},
    {"sprintf", NULL, "values are put into text as in \"${name}-${number}\""},
    {"Sub", NULL, "values are put into text as in \"${name}-${number}\""},
    {"Ref", NULL, "a resource or parameter is referred to by its name"},
    {"GetAtt", NULL, "an attribute is a member of the resource, as in `topic.TopicArn`"},
    {"ImportValue", "importValue({0})", NULL},
    {"env", NULL, no_side_effects},
    {"getenv", NULL, no_side_effects},
    {"now", NULL, no_side_effects},
    {"timestamp", NULL, no_side_effects},
    {"utcNow", NULL, no_side_effects},
    {"uuid", NULL, no_side_effects},
    {"random", NULL, no_side_effects},
};

static const ForeignWord methods[] = {
    {"map", "[for x in {0}: …]", NULL},
    {"flatMap", "flatten([for x in {0}: …])", NULL},
    {"forEach", "for x in {0} { … }", NULL},
    {"filter", "[for x in {0} if …: x]", NULL},
    {"reduce", NULL, "`sum`, `min`, `max`, `join`, `any` and `all` make one value of a list"},
    {"some", "any([for x in {0}: …])", NULL},
    {"every", "all([for x in {0}: …])", NULL},
    {"toUpperCase", "upper({0})", NULL},
    {"upper", "upper({0})", NULL},
    {"toLowerCase", "lower({0})", NULL},
    {"lower", "lower({0})", NULL},
    {"includes", "contains({0}, {1})", NULL},
    {"contains", "contains({0}, {1})", NULL},
    {"has", "contains({0}, {1})", NULL},
    {"join", "join({0}, {1})", NULL},
    {"split", "split({0}, {1})", NULL},
    {"replace", "replace({0}, {1})", NULL},
    {"replaceAll", "replace({0}, {1})", NULL},
    {"trim", "trim({0})", NULL},
    {"startsWith", "startsWith({0}, {1})", NULL},
    {"endsWith", "endsWith({0}, {1})", NULL},
    {"concat", "[...{0}, ...{1}]", NULL},
    {"push", "[...{0}, {1}]", NULL},
    {"flat", "flatten({0})", NULL},
    {"sort", "sort({0})", NULL},
    {"keys", "keys({0})", NULL},
    {"values", "values({0})", NULL},
    {"entries", "entries({0})", NULL},
    {"toString", "string({0})", NULL},
    {"get", "{0}[{1}]", NULL},
    {"at", "{0}[{1}]", NULL},
};

static const ForeignWord members[] = {{"length", "length({0})", NULL},
                                      {"size", "length({0})", NULL}};

static const char list_advice[] = "a list is written with what it holds: `string[]`";
static const char object_advice[] =
    "an object is written with its members, `{ name: string }`, a map as `{ [string]: string }`";

static const ForeignWord types[] = {
    {"integer", "int", NULL},      {"Integer", "int", NULL},        {"long", "int", NULL},
    {"float", "number", NULL},     {"double", "number", NULL},      {"decimal", "number", NULL},
    {"str", "string", NULL},       {"text", "string", NULL},        {"String", "string", NULL},
    {"Number", "number", NULL},    {"Boolean", "bool", NULL},       {"unknown", "any", NULL},
    {"list", NULL, list_advice},   {"List", NULL, list_advice},     {"array", NULL, list_advice},
    {"Array", NULL, list_advice},  {"set", NULL, list_advice},      {"Set", NULL, list_advice},
    {"map", NULL, object_advice},  {"Map", NULL, object_advice},    {"object", NULL, object_advice},
    {"dict", NULL, object_advice}, {"Record", NULL, object_advice},
};

static const ForeignWord *find(const ForeignWord *words, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(words[i].word, word)) {
            return &words[i];
        }
    }
    return NULL;
}

/// `instead` with what stands at its places; what is not there is "…".
static const char *filled(Compilation *compilation, const char *instead, const char *base,
                          const char *arguments) {
    GString *out = g_string_new(NULL);
    for (; *instead; instead++) {
        const bool place = instead[0] == '{' && g_ascii_isdigit(instead[1]) && instead[2] == '}';
        if (!place) {
            g_string_append_c(out, *instead);
            continue;
        }
        const char *text = instead[1] == '0' ? base : arguments;
        g_string_append(out, text && *text ? text : "…");
        instead += 2;
    }
    const char *text = arena_strndup(compilation->arena, out->str, out->len);
    g_string_free(out, TRUE);
    return text;
}

/// What is written instead of `node`; short enough and complete, it is also a fix.
static bool tell(Compilation *compilation, Diagnostic *diagnostic, const ForeignWord *word,
                 const Node *node, const char *base, const char *arguments) {
    enum { LONGEST_TEXT = 72 };
    if (!word->instead) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s", word->advice);
        return true;
    }
    const char *text = filled(compilation, word->instead, base, arguments);
    const bool whole = strlen(text) <= LONGEST_TEXT && !strpbrk(text, "\r\n");
    diagnostic_help(compilation->diagnostics, diagnostic, "write `%s`",
                    whole ? text : filled(compilation, word->instead, NULL, NULL));
    if (whole && !strstr(text, "…") && !strstr(text, "fallback")) {
        diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, node_span(node), text,
                       "write `%s`", text);
    }
    return true;
}

static const char *arguments_text(Compilation *compilation, const Node *first) {
    const Node *last = first;
    while (last && last->next) {
        last = last->next;
    }
    return first ? report_source_text(compilation, first, last) : NULL;
}

bool foreign_function(Compilation *compilation, Diagnostic *diagnostic, const Node *call) {
    const ForeignWord *word = find(functions, G_N_ELEMENTS(functions), call->a->name->text);
    const Node *first = call->b;
    return word && tell(compilation, diagnostic, word, call,
                        first ? report_source_text(compilation, first, first) : NULL,
                        first ? arguments_text(compilation, first->next) : NULL);
}

bool foreign_method(Compilation *compilation, Diagnostic *diagnostic, const Node *call) {
    const ForeignWord *word = find(methods, G_N_ELEMENTS(methods), call->a->name->text);
    return word && tell(compilation, diagnostic, word, call,
                        report_source_text(compilation, call->a->a, call->a->a),
                        arguments_text(compilation, call->b));
}

bool foreign_member(Compilation *compilation, Diagnostic *diagnostic, const Node *member) {
    const ForeignWord *word = find(members, G_N_ELEMENTS(members), member->name->text);
    return word && tell(compilation, diagnostic, word, member,
                        report_source_text(compilation, member->a, member->a), NULL);
}

static bool tell_word(Compilation *compilation, Diagnostic *diagnostic, const ForeignWord *word,
                      Span place) {
    if (!word) {
        return false;
    }
    if (!word->instead) {
        diagnostic_help(compilation->diagnostics, diagnostic, "%s", word->advice);
        return true;
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "it is written `%s`", word->instead);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_SAFE, place, word->instead,
                   "replace with `%s`", word->instead);
    return true;
}

bool foreign_type(Compilation *compilation, Diagnostic *diagnostic, const char *name, Span place) {
    return tell_word(compilation, diagnostic, find(types, G_N_ELEMENTS(types), name), place);
}
