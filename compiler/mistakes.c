// Mistakes that are known by what stands around: each finder looks for one at the token that the
// grammar could not take. A further one is a function and its row in `finders`.

#include "mistakes.h"

#include <glib.h>
#include <string.h>

static Diagnostic *form(const Spot *spot, Span span, const char *language) {
    const char *text = spot->parser->text + span.start;
    enum { LONGEST = 60 };
    uint32_t length = span.end - span.start;
    const char *what = arena_printf(spot->parser->arena, "%.*s%s", (int)MIN(length, LONGEST), text,
                                    length > LONGEST ? "…" : "");
    return diagnostic_add(spot->list, DIAG_FOREIGN_FORM, span, what, language, NULL);
}

// Declarations

/// `let x 5`, `output u "x"`
static bool missing_equals(const Spot *spot) {
    bool valued = spot->member->kind == TOK_LET || spot->member->kind == TOK_OUTPUT;
    if (!valued || spot->line_end || spot->before != spot->second) {
        return false;
    }
    // A name alone is a value too: a type would have one behind it.
    const Token *after = spot_behind(spot->parser, spot->found);
    bool name = spot->kind == TOK_NAME && spot->member->kind == TOK_LET &&
                (spot_on_new_line(after) || after->kind == TOK_END);
    if (!name && !spot_is_literal(spot->found)) {
        return false;
    }
    Diagnostic *diagnostic =
        diagnostic_add(spot->list, DIAG_MISSING_EQUALS, spot_token_span(spot, spot->before),
                       spot_text(spot, spot->before), NULL);
    uint32_t at = spot->before->end;
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, spot_span(spot, at, at), " =", "add `=`");
    return true;
}

/// `let x, y = 5`
static bool two_constants(const Spot *spot) {
    const Token *after = spot_behind(spot->parser, spot->found);
    if (spot->member->kind != TOK_LET || spot->line_end || spot->kind != TOK_COMMA ||
        spot->before != spot->second || after->kind != TOK_NAME) {
        return false;
    }
    const Token *last = feed_end_of(spot->parser, after);
    Diagnostic *diagnostic =
        form(spot, spot_span(spot, spot->member->start, last->end), "another language");
    diagnostic_help(spot->list, diagnostic,
                    "each constant is declared by itself: `let %s = …`, `let %s = …`",
                    spot_text(spot, spot->second), spot_text(spot, after));
    feed_foreign(spot->parser, spot->member, last);
    feed_skip(spot->parser, last);
    return true;
}

static const char *type_of(const Token *value) {
    return spot_is_string(value)                                       ? "string"
           : value->kind == TOK_INTEGER                                ? "int"
           : value->kind == TOK_DECIMAL                                ? "number"
           : value->keyword == TOK_TRUE || value->keyword == TOK_FALSE ? "bool"
                                                                       : NULL;
}

/// `param x default "y"`: what stands behind the name is not the type but the default.
static bool default_for_type(const Spot *spot) {
    const Token *value = spot_behind(spot->parser, spot->found);
    const char *type = type_of(value);
    if (spot->line_end || spot->kind != TOK_NAME || spot->before->kind != TOK_NAME ||
        type == NULL || strcmp(spot_text(spot, spot->found), "default") != 0) {
        return false;
    }
    const char *name = spot_text(spot, spot->before);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_MISSING_TYPE,
                                            spot_token_span(spot, spot->before), name, NULL);
    diagnostic_help(spot->list, diagnostic, "it is written `%s: %s = %s`", name, type,
                    spot_text(spot, value));
    diagnostic_fix(spot->list, diagnostic, FIX_MAYBE,
                   spot_span(spot, spot->before->end, spot->found->end),
                   arena_printf(spot->parser->arena, ": %s =", type), "write `: %s =`", type);
    return true;
}

/// `param x string`, `output u string = …`, `fn f(a string)`
static bool missing_type_colon(const Spot *spot) {
    TokenKind first = (TokenKind)spot->member->kind;
    bool typed =
        (first == TOK_PARAM || first == TOK_OUTPUT || first == TOK_LET || first == TOK_DEPLOY) &&
        spot->before->kind == TOK_NAME && spot->before <= spot->member + 2 &&
        spot->kinds[TOK_COLON];
    if (!typed || spot->line_end || spot->kind != TOK_NAME || spot_on_new_line(spot->found)) {
        return false;
    }
    const char *name = spot_text(spot, spot->before);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_MISSING_TYPE_COLON,
                                            spot_token_span(spot, spot->before), name, NULL);
    diagnostic_help(spot->list, diagnostic, "it is written `%s: %s`", name,
                    spot_text(spot, spot->found));
    uint32_t at = spot->before->end;
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, spot_span(spot, at, at), ":", "add `:`");
    return true;
}

/// `fn f(a: string) { return a }`, `fn f(a: string): string { … }`
static bool function_body(const Spot *spot) {
    if (spot->member->kind != TOK_FN || spot->line_end || spot->kind != TOK_LBRACE ||
        !spot->kinds[TOK_ASSIGN] || spot->second->kind != TOK_NAME) {
        return false;
    }
    const char *name = spot_text(spot, spot->second);
    Span span = spot_span(spot, spot->member->start, spot->found->end);
    const char *what = arena_printf(spot->parser->arena, "fn %s(…) {", name);
    Diagnostic *diagnostic =
        diagnostic_add(spot->list, DIAG_FOREIGN_FORM, span, what, "another language", NULL);
    diagnostic_help(spot->list, diagnostic, "a function is one expression: `fn %s(a: TYPE) = …`",
                    name);
    return true; // recovery passes over the block
}

/// `f(stage: "dev")`, `f(stage = "dev")`
static bool named_argument(const Spot *spot) {
    const Level *level = &spot->parser->levels[spot->parser->depth];
    bool named = level->kind == LEVEL_ARGUMENTS && !spot->line_end &&
                 (spot->kind == TOK_COLON || spot->kind == TOK_ASSIGN) &&
                 spot->before->kind == TOK_NAME && spot->before > level->opener;
    const Token *from = named ? spot->before - 1 : NULL;
    if (!named || spot->kinds[TOK_COLON] || !(from->kind == TOK_COMMA || from == level->opener)) {
        return false;
    }
    Span span = spot_span(spot, spot->before->start, spot->found->end);
    Diagnostic *diagnostic = form(spot, span, "another language");
    diagnostic_help(spot->list, diagnostic,
                    "arguments have no names; they stand in the order of the parameters");
    diagnostic_fix(spot->list, diagnostic, FIX_MAYBE, span, "", "take out the name");
    return true;
}

/// `param x = 5`, `param x`, `fn f(a) = …`
static bool missing_type(const Spot *spot) {
    const Level *level = &spot->parser->levels[spot->parser->last_depth];
    bool parameter =
        level->kind == LEVEL_ARGUMENTS && spot->kinds[TOK_COLON] &&
        (spot->kind == TOK_RPAREN || spot->kind == TOK_COMMA || spot->kind == TOK_ASSIGN) &&
        spot->before->kind == TOK_NAME;
    bool param = spot->member->kind == TOK_PARAM && spot->before == spot->second &&
                 (spot->line_end || spot->kind == TOK_ASSIGN);
    if (!parameter && !param) {
        return false;
    }
    const char *name = spot_text(spot, spot->before);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_MISSING_TYPE,
                                            spot_token_span(spot, spot->before), name, NULL);
    bool valued = !spot->line_end && spot->kind == TOK_ASSIGN;
    const Token *value = valued ? spot_behind(spot->parser, spot->found) : NULL;
    const char *type = valued ? type_of(value) : NULL;
    diagnostic_help(spot->list, diagnostic, "it is written `%s%s: %s%s`", param ? "param " : "",
                    name, type != NULL ? type : "TYPE", valued ? " = …" : "");
    if (type != NULL) {
        uint32_t at = spot->before->end;
        diagnostic_fix(spot->list, diagnostic, FIX_MAYBE, spot_span(spot, at, at),
                       arena_printf(spot->parser->arena, ": %s", type), "add `: %s`", type);
    }
    return true;
}

/// `let x: 5`: what stands behind the colon is no type but the value.
static bool colon_for_equals(const Spot *spot) {
    const Token *colon = spot_behind(spot->parser, spot->second);
    const Token *value = spot_behind(spot->parser, colon);
    bool valued = spot->member->kind == TOK_LET || spot->member->kind == TOK_OUTPUT;
    if (!valued || colon->kind != TOK_COLON || colon >= spot->found ||
        !(spot_begins_value(value) || value->kind == TOK_LBRACKET) ||
        (value->kind == TOK_LBRACE && !spot->line_end)) {
        return false;
    }
    if ((colon->flags & TOKEN_BROKEN) != 0) {
        return true; // told
    }
    const Token *name = spot->second;
    Diagnostic *diagnostic =
        diagnostic_add(spot->list, DIAG_COLON_FOR_EQUALS, spot_token_span(spot, colon),
                       spot_text(spot, name), NULL);
    diagnostic_fix(spot->list, diagnostic, spot_is_literal(value) ? FIX_SAFE : FIX_MAYBE,
                   spot_span(spot, name->end, colon->end), " =", "write `=`");
    return true;
}

/// `let x := 5`, `name := "x"`
static bool colon_equals(const Spot *spot) {
    if (spot->line_end || spot->kind != TOK_ASSIGN || spot->before->kind != TOK_COLON ||
        !spot_touches(spot->before, spot->found)) {
        return false;
    }
    bool declared =
        token_class((TokenKind)spot->member->kind) == CLASS_KEYWORD || spot->parser->depth == 0;
    const char *instead = declared ? "=" : ":";
    Span span = spot_span(spot, spot->before->start, spot->found->end);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_FOREIGN_OPERATOR, span, ":=", NULL);
    diagnostic_help(spot->list, diagnostic, "write `%s`", instead);
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, span, instead, "write `%s`", instead);
    return true;
}

/// `import x from "…"`
static bool import_without_braces(const Spot *spot) {
    const Token *from = spot_behind(spot->parser, spot->found);
    if (spot->member->kind != TOK_IMPORT || spot->line_end || spot->kind != TOK_NAME ||
        spot->before != spot->member || from->keyword != TOK_FROM) {
        return false;
    }
    const char *name = spot_text(spot, spot->found);
    Span span = spot_token_span(spot, spot->found);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_IMPORT_BRACES, span, name, NULL);
    const Token *path = spot_behind(spot->parser, from);
    diagnostic_help(spot->list, diagnostic,
                    "it is written `import { %s } from %s`; `import * as %s` takes the whole file",
                    name, spot_is_string(path) ? spot_text(spot, path) : "\"./FILE.depot\"", name);
    diagnostic_fix(spot->list, diagnostic, FIX_MAYBE, span,
                   arena_printf(spot->parser->arena, "{ %s }", name), "write `{ %s }`", name);
    return true;
}

// Properties

/// `name "x"`: a value right behind the name of a property.
static bool missing_colon(const Spot *spot) {
    const Level *level = &spot->parser->levels[spot->parser->depth];
    if (level->kind != LEVEL_BRACES || spot->line_end || spot->before != spot->member ||
        spot->member->kind != TOK_NAME || !spot_is_literal(spot->found)) {
        return false;
    }
    const Token *after = spot_behind(spot->parser, spot->found);
    if (after->kind == TOK_LBRACE || after->kind == TOK_COLON || spot_is_string(after) ||
        (after->kind == TOK_NAME && !spot_on_new_line(after))) {
        return false; // the head of a resource
    }
    const Token *name = spot->member;
    Diagnostic *diagnostic = diagnostic_add(
        spot->list, DIAG_MISSING_COLON, spot_token_span(spot, name), spot_text(spot, name), NULL);
    Span span = spot_span(spot, name->end, name->end);
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, span, ":", "add `:`");
    return true;
}

/// `"name" = "x"`
static bool equals_behind_string(const Spot *spot) {
    if (spot->line_end || spot->kind != TOK_ASSIGN || spot->member->kind != TOK_STRING ||
        spot->before != spot->member) {
        return false;
    }
    const Token *name = spot->member;
    const char *text = arena_strndup(spot->parser->arena, spot->parser->text + name->start + 1,
                                     name->end - name->start - 2);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_EQUALS_FOR_COLON,
                                            spot_token_span(spot, spot->found), text, NULL);
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, spot_span(spot, name->end, spot->found->end),
                   ":", "write `:`");
    return true;
}

/// Text without its quotes as the value of a property: words with blanks, ARNs, paths.
static bool unquoted_text(const Spot *spot) {
    const Token *value = spot_behind(spot->parser, spot->second);
    bool property = spot->member->kind == TOK_NAME && spot->second->kind == TOK_COLON;
    const Level *level = &spot->parser->levels[spot->parser->depth];
    bool path = spot->kind == TOK_DOT && !spot->line_end;
    bool from = spot->member->kind == TOK_IMPORT && spot->before->kind == TOK_FROM;
    if (!property && path && (level->kind == LEVEL_LIST || from)) {
        value = spot->found; // `[./schemas]`
    } else if (!property || value > spot->found || (value == spot->found && spot->line_end)) {
        return false;
    }
    bool time = value->kind == TOK_INTEGER && spot->kind == TOK_COLON &&
                spot_touches(spot->before, spot->found);
    if (!time && value->kind != TOK_NAME && value->kind != TOK_DOT && value->kind != TOK_SLASH &&
        value->kind != TOK_STAR) {
        return false;
    }
    const char *text = spot->parser->text + value->start;
    size_t length = strcspn(text, ",\"'`{}[]()\r\n#");
    const char *comment = memchr(text, ' ', length) != NULL ? strstr(text, " //") : NULL;
    length = comment != NULL && comment < text + length ? (size_t)(comment - text) : length;
    while (length > 0 && g_ascii_isspace(text[length - 1])) {
        --length;
    }
    const Token *last = spot->line_end ? spot->before : spot->found;
    if (value->start + length < last->end ||
        strchr(",}])", text[length + strspn(text + length, " \t\r\n")]) == NULL) {
        // Something else follows on the line.
        bool ends = text[length] == '\0' || text[length] == '\r' || text[length] == '\n' ||
                    comment != NULL || text[length] == ' ';
        if (value->start + length < last->end || !ends) {
            return false;
        }
    }
    Span span = spot_span(spot, value->start, value->start + (uint32_t)length);
    const char *what = arena_strndup(spot->parser->arena, text, length);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_UNQUOTED_TEXT, span, what, NULL);
    diagnostic_fix(spot->list, diagnostic, FIX_MAYBE, span,
                   arena_printf(spot->parser->arena, "\"%s\"", what), "put it in quotes");
    return true;
}

/// `schedule: rate(1 day)`: what stands between the parentheses are no arguments.
static bool unquoted_call(const Spot *spot) {
    const Level *level = &spot->parser->levels[spot->parser->depth];
    if (level->kind != LEVEL_ARGUMENTS || spot->line_end || spot_on_new_line(spot->found)) {
        return false;
    }
    const Token *name = level->opener - 1;
    bool value = name > spot->parser->source->tokens && name->kind == TOK_NAME &&
                 name[-1].kind == TOK_COLON && spot_touches(name, level->opener);
    bool words = spot->before->kind == TOK_INTEGER || spot->before->kind == TOK_STAR ||
                 spot->before->kind == TOK_QUESTION;
    const Token *last = spot->found;
    while (last->kind != TOK_RPAREN && last->kind != TOK_END && last->kind != TOK_LPAREN) {
        last = spot_behind(spot->parser, last);
        if (spot_on_new_line(last)) {
            return false;
        }
    }
    if (!value || !words || last->kind != TOK_RPAREN) {
        return false;
    }
    Span span = spot_span(spot, name->start, last->end);
    const char *what =
        arena_strndup(spot->parser->arena, spot->parser->text + span.start, span.end - span.start);
    if (strchr(what, '"') != NULL) {
        return false;
    }
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_UNQUOTED_TEXT, span, what, NULL);
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, span,
                   arena_printf(spot->parser->arena, "\"%s\"", what), "put it in quotes");
    return true;
}

// Operators

/// `name!`: TypeScript's way to say that there is a value.
static bool assertion(const Spot *spot) {
    if (spot->line_end || spot->kind != TOK_BANG || !spot_touches(spot->before, spot->found)) {
        return false;
    }
    Span span = spot_token_span(spot, spot->found);
    Diagnostic *diagnostic = form(spot, span, "TypeScript");
    diagnostic_help(spot->list, diagnostic, "what may be absent gets a value with `a ?? b`");
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, span, "", "remove the `!`");
    return true;
}

/// `name as string`, `x satisfies T`
static bool cast(const Spot *spot) {
    bool word =
        !spot->line_end && spot->kind == TOK_NAME &&
        (spot_is_text(spot, spot->found, "as") || spot_is_text(spot, spot->found, "satisfies"));
    if (!word || spot->member->kind == TOK_IMPORT || spot->member->kind == TOK_USE ||
        spot->member->kind == TOK_RULE ||
        spot_behind(spot->parser, spot->found)->kind != TOK_NAME) {
        return false;
    }
    const Token *type = spot_behind(spot->parser, spot->found);
    Span span = spot_span(spot, spot->found->start, type->end);
    Diagnostic *diagnostic = form(spot, span, "TypeScript");
    diagnostic_help(spot->list, diagnostic,
                    "a value has its type; functions such as `string(…)` "
                    "and `int(…)` make one of another type");
    diagnostic_fix(spot->list, diagnostic, FIX_MAYBE, spot_span(spot, spot->before->end, type->end),
                   "", "remove `%s %s`", spot_text(spot, spot->found), spot_text(spot, type));
    return true;
}

/// `elif`, `elsif`, `elseif`
static bool else_if(const Spot *spot) {
    static const char *const words[] = {"elif", "elsif", "elseif"};
    for (size_t index = 0; index < G_N_ELEMENTS(words) && !spot->line_end; ++index) {
        if (spot->before->kind == TOK_RBRACE && spot_is_text(spot, spot->found, words[index])) {
            Diagnostic *diagnostic =
                syntax_report(spot->parser, DIAG_FOREIGN_WORD, spot->found, words[index]);
            diagnostic_help(spot->list, diagnostic, "it is written `else if`");
            diagnostic_fix(spot->list, diagnostic, FIX_SAFE, spot_token_span(spot, spot->found),
                           "else if", "write `else if`");
            return true;
        }
    }
    return false;
}

/// The `>` that closes the `<` at `opener` on its line, or NULL.
static const Token *angle_end(const Spot *spot, const Token *opener) {
    int depth = 0;
    for (const Token *token = opener; token->kind != TOK_END;
         token = spot_behind(spot->parser, token)) {
        if (token != opener && spot_on_new_line(token)) {
            return NULL;
        }
        depth += token->kind == TOK_LT;
        depth -= token->kind == TOK_GT;
        if (depth == 0) {
            return token;
        }
    }
    return NULL;
}

/// `Array<string>`, `Record<string, T>`, `<string>name`
static bool angles(const Spot *spot) {
    const Token *end = spot->line_end || spot->kind != TOK_LT ? NULL : angle_end(spot, spot->found);
    bool type = spot->before->kind == TOK_NAME;
    if (end == NULL) {
        return false;
    }
    const Token *first = type ? spot->before : spot->found;
    Span span = spot_span(spot, first->start, end->end);
    Diagnostic *diagnostic = form(spot, span, "TypeScript");
    const Token *last = end - 1;
    const char *element = spot_text(spot, last);
    Arena *arena = spot->parser->arena;
    if (!type) {
        diagnostic_help(spot->list, diagnostic,
                        "a value has its type; a declaration may say it: `let NAME: %s = …`",
                        element);
        diagnostic_fix(spot->list, diagnostic, FIX_MAYBE, span, "", "remove it");
        return true;
    }
    bool map = spot_is_text(spot, first, "Record") || spot_is_text(spot, first, "Map");
    const char *instead = map ? arena_printf(arena, "{ [string]: %s }", element)
                              : arena_printf(arena, "%s[]", element);
    diagnostic_help(spot->list, diagnostic, "%s is written `%s`", map ? "a map" : "a list",
                    instead);
    bool plain = last->kind == TOK_NAME && (map || last == spot->found + 1);
    if (plain && (map || spot_is_text(spot, first, "Array") || spot_is_text(spot, first, "List"))) {
        diagnostic_fix(spot->list, diagnostic, FIX_MAYBE, span, instead, "write `%s`", instead);
    }
    feed_skip(spot->parser, end);
    return true;
}

/// `<<EOF`: all up to the line that ends it.
static bool heredoc(const Spot *spot) {
    const Token *found = spot->found;
    if (spot->line_end || spot->kind != TOK_LT || found[1].kind != TOK_LT ||
        !spot_touches(found, found + 1)) {
        return false;
    }
    const Token *word = spot_behind(spot->parser, found + 1);
    word = word->kind == TOK_MINUS ? spot_behind(spot->parser, word) : word;
    Diagnostic *diagnostic =
        form(spot, spot_span(spot, found->start, word->end), "another language");
    diagnostic_help(spot->list, diagnostic,
                    "text of several lines stands between `\"\"\"` and `\"\"\"`");
    for (const Token *token = spot_behind(spot->parser, word); token->kind != TOK_END;
         token = spot_behind(spot->parser, token)) {
        bool same = token->name == word->name && token->kind == TOK_NAME && spot_on_new_line(token);
        if (same && word->kind == TOK_NAME) {
            feed_foreign(spot->parser, found, token);
            feed_skip(spot->parser, token);
            break;
        }
    }
    return true;
}

/// `x => …`, `name => "x"`, `fn f(a: T) => …`
static bool arrow(const Spot *spot) {
    if (spot->line_end || spot->kind != TOK_STRAY || !spot_is_text(spot, spot->found, "=>")) {
        return false;
    }
    const char *instead = NULL;
    const char *help = NULL;
    const Level *level = &spot->parser->levels[spot->parser->depth];
    bool named = spot->before == spot->member && level->kind == LEVEL_BRACES;
    if (!named && spot->member->kind == TOK_FN) {
        instead = "=";
    } else if (named || level->kind == LEVEL_LIST) {
        instead = ":";
    } else {
        help = "values are no functions: a list is made of another with `[for x in list: …]`, "
               "functions are declared as `fn NAME(a: TYPE) = …`";
    }
    Diagnostic *diagnostic = syntax_report(spot->parser, DIAG_FOREIGN_OPERATOR, spot->found, "=>");
    const Token *call = spot->before;
    while (call > spot->parser->source->tokens && call->kind != TOK_DOT &&
           !spot_on_new_line(call)) {
        --call;
    }
    if (help != NULL && call->kind == TOK_DOT && call[-1].kind == TOK_NAME) {
        const char *list = spot_text(spot, call - 1);
        const Token *variable = call + 2 < spot->found ? call + 3 : call;
        variable = variable->kind == TOK_LPAREN ? variable + 1 : variable;
        const char *name = variable->kind == TOK_NAME ? spot_text(spot, variable) : "x";
        help = spot_is_text(spot, call + 1, "filter")
                   ? arena_printf(spot->parser->arena,
                                  "a list is filtered with `[for %s in %s if …: %s]`", name, list,
                                  name)
               : spot_is_text(spot, call + 1, "forEach")
                   ? arena_printf(spot->parser->arena, "a loop is written `for %s in %s { … }`",
                                  name, list)
                   : arena_printf(spot->parser->arena,
                                  "a list is made of another with `[for %s in %s: …]`", name, list);
    }
    if (help != NULL) {
        diagnostic_help(spot->list, diagnostic, "%s", help);
    }
    if (instead != NULL) {
        diagnostic_help(spot->list, diagnostic, "write `%s`", instead);
        diagnostic_fix(spot->list, diagnostic, FIX_SAFE,
                       spot_span(spot, instead[0] == ':' ? spot->before->end : spot->found->start,
                                 spot->found->end),
                       instead, "write `%s`", instead);
    }
    return true;
}

// Blocks

/// A call or an assignment where a member begins: `hot.grantRead(x)`.
static bool statement(const Spot *spot) {
    bool calls = !spot->line_end && (spot->kind == TOK_DOT || spot->kind == TOK_LPAREN) &&
                 spot->before == spot->member && spot->member->kind == TOK_NAME;
    bool keyword = spot->member->keyword != 0 && spot->member->keyword < TOK_COUNT;
    if (!calls || keyword) {
        return false;
    }
    const Token *last = spot->found;
    while (last->kind == TOK_DOT && spot_behind(spot->parser, last)->kind == TOK_NAME) {
        last = spot_behind(spot->parser, spot_behind(spot->parser, last));
    }
    bool assigned = last->kind == TOK_ASSIGN;
    if (last->kind != TOK_LPAREN && !assigned) {
        return false;
    }
    uint32_t end = (last - 1)->end;
    Parser *parser = spot->parser;
    const char *text = arena_strndup(parser->arena, parser->text + spot->member->start,
                                     MIN(end - spot->member->start, 60U));
    const char *what = arena_printf(parser->arena, assigned ? "%s = …" : "%s(…)", text);
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_STATEMENT,
                                            spot_span(spot, spot->member->start, end), what, NULL);
    bool loop = spot_is_text(spot, last - 1, "forEach");
    if (loop) {
        diagnostic_help(spot->list, diagnostic, "a loop is written `for x in %s { … }`",
                        spot_text(spot, spot->member));
    } else {
        diagnostic_help(spot->list, diagnostic,
                        "nothing is called or changed: a block holds `property: VALUE` and "
                        "declarations");
    }
    feed_foreign(parser, spot->member, feed_end_of(parser, spot->member));
    return true;
}

/// `firewall:` with what belongs to it on the lines below, indented, as in YAML.
static bool indented_block(const Spot *spot) {
    bool resource = spot->member->kind == TOK_KIND && spot->kinds[TOK_LBRACE];
    bool property = spot->before->kind == TOK_COLON && spot->member->kind == TOK_NAME;
    bool named = spot->before->kind == TOK_COLON && spot->member->kind == TOK_KIND &&
                 spot->before == spot_behind(spot->parser, spot->second);
    const Token *end = feed_indented_end(spot->parser, spot->member, spot->found);
    if (!spot->line_end || !(resource || property || named) || end == NULL) {
        return false;
    }
    const Token *last = named ? spot->second : spot->before;
    Span span = spot_span(spot, spot->member->start, last->end);
    const char *head = arena_strndup(spot->parser->arena, spot->parser->text + span.start,
                                     MIN(span.end - span.start, 60U));
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_INDENTED_BLOCK, span, head, NULL);
    bool list = spot->found->kind == TOK_MINUS;
    diagnostic_help(spot->list, diagnostic, "it is written `%s %s … %s`", head, list ? "[" : "{",
                    list ? "]" : "}");
    feed_foreign(spot->parser, spot->found, end);
    feed_skip(spot->parser, end);
    return true;
}

/// `[x for x in xs]`, `{k: v for k, v in m}`
static bool comprehension(const Spot *spot) {
    const Level *level = &spot->parser->levels[spot->parser->depth];
    bool list = level->kind == LEVEL_LIST;
    if (spot->line_end || spot->found->keyword != TOK_FOR || spot->kind != TOK_NAME ||
        spot_on_new_line(spot->found) || !(list || level->kind == LEVEL_BRACES)) {
        return false;
    }
    const Token *last = spot->found;
    int depth = 0;
    for (const Token *token = spot->found; depth >= 0 && token->kind != TOK_END; ++token) {
        depth +=
            token->kind == TOK_LBRACE || token->kind == TOK_LBRACKET || token->kind == TOK_LPAREN;
        depth -=
            token->kind == TOK_RBRACE || token->kind == TOK_RBRACKET || token->kind == TOK_RPAREN;
        last = depth >= 0 ? token : last;
    }
    const char *text = spot->parser->text;
    uint32_t start = level->opener->end;
    Diagnostic *diagnostic = form(spot, spot_span(spot, spot->found->start, last->end), "Python");
    if (list) {
        diagnostic_help(spot->list, diagnostic, "the loop comes first: `[%.*s: %.*s]`",
                        (int)(last->end - spot->found->start), text + spot->found->start,
                        (int)(spot->before->end - start), text + start);
    } else {
        diagnostic_help(spot->list, diagnostic,
                        "the loop comes first: `{for k, v in map: [k]: v}`");
    }
    feed_foreign(spot->parser, spot->found, last);
    feed_skip(spot->parser, last);
    return true;
}

/// `import { a, b from`: its brace has been told.
static bool import_left_open(const Spot *spot) {
    const Level *level = &spot->parser->levels[spot->parser->depth];
    return !spot->line_end && level->kind == LEVEL_IMPORT && spot->found->keyword == TOK_FROM &&
           spot->parser->repair_at <= spot->parser->stop &&
           spot->parser->repair->kind == REPAIR_CLOSE;
}

/// `rule X1 "…"`: an id without quotes.
static bool unquoted_rule(const Spot *spot) {
    bool rule = spot->member->kind == TOK_KIND && spot->member->keyword == TOK_RULE &&
                !spot->line_end && spot->kind == TOK_STRING && spot->before == spot->second;
    if (!rule) {
        return false;
    }
    const Token *id = spot->second;
    Diagnostic *diagnostic = diagnostic_add(spot->list, DIAG_UNQUOTED_TEXT,
                                            spot_token_span(spot, id), spot_text(spot, id), NULL);
    diagnostic_help(spot->list, diagnostic, "it is written `rule \"%s\" %s for KIND { … }`",
                    spot_text(spot, id), spot_text(spot, spot->found));
    diagnostic_fix(spot->list, diagnostic, FIX_SAFE, spot_token_span(spot, id),
                   arena_printf(spot->parser->arena, "\"%s\"", spot_text(spot, id)),
                   "put it in quotes");
    const Token *end = feed_end_of(spot->parser, spot->member);
    feed_foreign(spot->parser, spot->member, end);
    feed_skip(spot->parser, end);
    return true;
}

/// `- item` where a member begins.
static bool dash_item(const Spot *spot) {
    if (spot->line_end || spot->kind != TOK_MINUS || spot->member != spot->found) {
        return false;
    }
    const Token *last = feed_end_of(spot->parser, spot->found);
    Diagnostic *diagnostic = form(spot, spot_span(spot, spot->found->start, last->end), "YAML");
    diagnostic_help(spot->list, diagnostic, "a list is written `name: [a, b]`");
    feed_foreign(spot->parser, spot->found, last);
    feed_skip(spot->parser, last);
    return true;
}

bool mistake_report(Parser *parser, const Token *member, const bool *kinds) {
    static bool (*const finders[])(const Spot *) = {
        missing_equals,   two_constants,
        default_for_type, missing_type_colon,
        function_body,    named_argument,
        missing_type,     colon_for_equals,
        colon_equals,     import_without_braces,
        missing_colon,    equals_behind_string,
        assertion,        cast,
        else_if,          heredoc,
        angles,           arrow,
        statement,        indented_block,
        dash_item,        comprehension,
        import_left_open, unquoted_rule,
        mistake_in_head,  unquoted_text,
        unquoted_call,
    };
    bool ignored = false;
    const Token *first =
        feed_peek(parser->source->tokens + (member - parser->source->tokens), &ignored);
    TokenKind kind = (TokenKind)parser->kind;
    const Spot spot = {
        .parser = parser,
        .list = parser->compilation->diagnostics,
        .found = parser->last,
        .kind = kind,
        .before = parser->before,
        .member = first,
        .second = spot_behind(parser, first),
        .kinds = kinds,
        .line_end = kind == TOK_NEWLINE || kind == TOK_END,
    };
    for (size_t index = 0; index < G_N_ELEMENTS(finders); ++index) {
        if (finders[index](&spot)) {
            return true;
        }
    }
    return false;
}
