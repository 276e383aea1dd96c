// How declarations are written: for messages about those that begin, and go on in another way.

#include "mistakes.h"

#include <glib.h>

typedef struct Form {
    TokenKind keyword;
    const char *what;
    const char *text;
} Form;

static const Form forms[] = {
    {TOK_IMPORT, "an import", "import { a, b } from \"./FILE.depot\""},
    {TOK_PARAM, "a parameter", "param NAME: TYPE"},
    {TOK_LET, "a constant", "let NAME = VALUE"},
    {TOK_OUTPUT, "an output", "output NAME = VALUE"},
    {TOK_TYPE, "a type", "type NAME = TYPE"},
    {TOK_FN, "a function", "fn NAME(a: TYPE) = VALUE"},
    {TOK_MODULE, "a module", "module NAME(a: TYPE) { … }"},
    {TOK_USE, "the use of a module", "use MODULE as NAME { … }"},
    {TOK_IF, "a condition", "if CONDITION { … } else { … }"},
    {TOK_ELSE, "a condition", "if CONDITION { … } else { … }"},
    {TOK_FOR, "a loop", "for NAME in LIST { … }"},
    {TOK_CONSTRUCT, "a construct", "construct KIND: TYPE { … }"},
    {TOK_EXTEND, "an addition to a construct", "extend KIND: TYPE { … }"},
    {TOK_RULE, "a rule", "rule \"ID\" \"MESSAGE\" for KIND { require CONDITION at PROPERTY }"},
    {TOK_SCHEMA, "a schema", "schema NAME { … }"},
    {TOK_TEST, "a test", "test \"WHAT IS TRUE\" { expect CONDITION }"},
    {TOK_EXPECT, "what a test expects", "expect CONDITION"},
    {TOK_REQUIRE, "what a rule requires", "require CONDITION at PROPERTY"},
};

static const Form *form_of(TokenKind keyword) {
    for (size_t index = 0; index < G_N_ELEMENTS(forms); ++index) {
        if (forms[index].keyword == keyword) {
            return &forms[index];
        }
    }
    return NULL;
}

/// The form with the name that stands behind the keyword `first`, if one does.
static const char *filled(Parser *parser, const Form *form, const Token *first) {
    const char *place = form->keyword == TOK_USE ? "MODULE" : "NAME";
    const char *at = strstr(form->text, place);
    const Token *name = spot_behind(parser, first);
    size_t before = at != NULL ? (size_t)(at - form->text) : 0;
    bool named = at != NULL && name->kind == TOK_NAME && !spot_on_new_line(name) &&
                 (name->keyword == 0 || name->keyword >= TOK_COUNT) &&
                 before == strlen(token_spelling(form->keyword)) + 1;
    return named ? arena_printf(parser->arena, "%.*s%s%s", (int)before, form->text,
                                syntax_text(parser, name), at + strlen(place))
                 : form->text;
}

bool mistake_help_form(Parser *parser, Diagnostic *diagnostic, const Token *first) {
    bool kind = first->kind == TOK_KIND || first->kind == TOK_NAME;
    const Form *form = form_of(kind ? (TokenKind)first->keyword : (TokenKind)first->kind);
    if (form != NULL) {
        diagnostic_help(parser->compilation->diagnostics, diagnostic, "%s is written `%s`",
                        form->what, filled(parser, form, first));
    }
    return form != NULL;
}

/// The last token of the line of `first` that may belong to the head of a declaration.
static const Token *head_end(const Parser *parser, const Token *first) {
    const Token *last = first;
    for (;;) {
        const Token *token = spot_behind(parser, last);
        if (token->kind == TOK_END || token->kind == TOK_LBRACE || token->kind == TOK_RBRACE ||
            (first->keyword != TOK_FOR &&
             (token->kind == TOK_COMMA || token->kind == TOK_SEMICOLON)) ||
            spot_on_new_line(token)) {
            return last;
        }
        last = token;
    }
}

void mistake_keyword(Parser *parser, const Token *first) {
    const Form *form = form_of((TokenKind)first->keyword);
    const Token *last = head_end(parser, first);
    Diagnostics *list = parser->compilation->diagnostics;
    Span span = {parser->source->id, first->start, last->end};
    enum { LONGEST = 60 };
    const char *what = arena_strndup(parser->arena, parser->text + span.start,
                                     MIN(span.end - span.start, (uint32_t)LONGEST));
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_DECLARATION_HEAD, span, what,
                                            form != NULL ? form->what : "a declaration", NULL);
    mistake_help_form(parser, diagnostic, first);
    parser->words_end = last;
}
