// Files that are written in another language as a whole.

#include "mistakes.h"

static bool is_text(const Parser *parser, const Token *token, const char *text) {
    size_t length = strlen(text);
    uint32_t start = token->start;
    uint32_t end = token->end;
    if (token->kind == TOK_STRING) {
        ++start;
        --end;
    }
    return end - start == length && memcmp(parser->text + start, text, length) == 0;
}

/// What a template of CloudFormation, and the like, begins with.
static bool begins_template(const Parser *parser, const Token *name, bool json) {
    static const char *const words[] = {"AWSTemplateFormatVersion", "Resources", "Transform"};
    const Token *colon = spot_behind(parser, name);
    bool key = json ? name->kind == TOK_STRING : name->kind == TOK_NAME || name->kind == TOK_STRING;
    if (!key || colon->kind != TOK_COLON) {
        return false;
    }
    for (size_t index = 0; index < sizeof words / sizeof words[0]; ++index) {
        if (is_text(parser, name, words[index])) {
            const Token *value = spot_behind(parser, colon);
            return json || spot_on_new_line(value) || index != 1;
        }
    }
    return false;
}

bool mistake_in_file(Parser *parser) {
    if (parser->source->library || parser->source->settings) {
        return false;
    }
    bool ignored = false;
    const Token *first = feed_peek(parser->source->tokens, &ignored);
    for (unsigned dashes = 0; first->kind == TOK_MINUS && dashes < 3; ++dashes) { // `---`
        first = spot_behind(parser, first);
    }
    bool json = first->kind == TOK_LBRACE;
    const Token *name = json ? spot_behind(parser, first) : first;
    bool template = begins_template(parser, name, json);
    bool object = json && name->kind == TOK_STRING && spot_behind(parser, name)->kind == TOK_COLON;
    if (!template && !object) {
        return false;
    }
    Diagnostics *list = parser->compilation->diagnostics;
    Span span = {parser->source->id, first->start, name->end};
    const char *what = !template ? "JSON"
                       : json    ? "a template of CloudFormation in JSON"
                                 : "a template of CloudFormation in YAML";
    Diagnostic *diagnostic = diagnostic_add(list, DIAG_OTHER_FILE, span, what, NULL);
    diagnostic_help(list, diagnostic,
                    template ? "a program declares `environment NAME { … }`, and in it each "
                               "resource as `resource NAME: \"AWS::…\" { … }`"
                             : "a program declares `environment NAME { … }`, and a constant as "
                               "`let NAME = { … }`");
    const Token *last = parser->source->tokens + parser->source->token_count - 1;
    feed_foreign(parser, parser->source->tokens, last);
    parser->source->last_foreign->whole = true;
    return true;
}
