/// By precedence climbing:
///
///     expression: operand { operator operand } [ `?` expression `:` expression ] [ for ]
///     for:        `for` [ `any` | `all` ] name [ `,` name ] `of` expression [ `where` expression ]
///     operand:    { `!` | `-` | `+` | `~` | `not` } primary { `.` name | `[` expression `]` |
///     arguments } primary:    literal | name | name `->` expression | parentheses | list | object
///     | case | with
#include "schema_expression.h"

#include <glib.h>
#include <string.h>

typedef enum TokenType { T_END, T_NAME, T_NUMBER, T_STRING, T_MARK, T_BAD } TokenType;

typedef struct ExpressionReader {
    Arena *arena;
    const char *text;
    ExpressionMistake *mistake;
    ExpressionPathVisitor visit;
    void *data;
    TokenType type; ///< of the token at `start`
    size_t start, end;
    unsigned depth;
    bool failed;
} ExpressionReader;

/// Longer ones first.
static const char *const marks[] = {"<=>", "**", "==", "!=", "<=", ">=", "<>", "&&", "||",
                                    "??",  "->", "=>", "<<", ">>", "?.", "::", NULL};

static size_t name_end(const char *text, size_t at) {
    while (g_ascii_isalnum(text[at]) || text[at] == '_' || text[at] == '$' ||
           (unsigned char)text[at] >= 0x80) {
        at++;
    }
    return at;
}

/// The end of a quoted text that begins at `at`, or 0 if it has none.
static size_t quoted_end(const char *text, size_t at) {
    char quote = text[at++];
    for (; text[at]; at++) {
        if (text[at] == '\\' && text[at + 1]) {
            at++;
        } else if (text[at] == quote) {
            return at + 1;
        }
    }
    return 0;
}

static size_t number_end(const char *text, size_t at) {
    while (g_ascii_isalnum(text[at]) || text[at] == '_' ||
           (text[at] == '.' && g_ascii_isdigit(text[at + 1])) ||
           ((text[at] == '+' || text[at] == '-') && (text[at - 1] == 'e' || text[at - 1] == 'E'))) {
        at++;
    }
    return at;
}

/// Moves to the next token.
static void advance(ExpressionReader *reader) {
    const char *text = reader->text;
    size_t at = reader->end;
    while (g_ascii_isspace(text[at])) {
        at++;
    }
    reader->start = at;
    unsigned char c = (unsigned char)text[at];
    if (!c) {
        reader->type = T_END;
        reader->end = at;
    } else if (g_ascii_isdigit(c)) {
        reader->type = T_NUMBER;
        reader->end = number_end(text, at + 1);
    } else if (c == '"' || c == '\'') {
        reader->end = quoted_end(text, at);
        reader->type = reader->end ? T_STRING : T_BAD;
        reader->end = reader->end ? reader->end : strlen(text);
    } else if (name_end(text, at) > at) {
        reader->type = T_NAME;
        reader->end = name_end(text, at);
    } else {
        reader->type = strchr("+-*/%<>!~&|^?:.,()[]{}=@", c) ? T_MARK : T_BAD;
        reader->end = at + 1;
        for (size_t i = 0; marks[i]; i++) {
            if (g_str_has_prefix(text + at, marks[i])) {
                reader->end = at + strlen(marks[i]);
                break;
            }
        }
    }
}

static bool is_mark(const ExpressionReader *reader, const char *mark) {
    return reader->type == T_MARK && strlen(mark) == reader->end - reader->start &&
           !strncmp(reader->text + reader->start, mark, reader->end - reader->start);
}

static bool is_word(const ExpressionReader *reader, const char *word) {
    return reader->type == T_NAME && strlen(word) == reader->end - reader->start &&
           !g_ascii_strncasecmp(reader->text + reader->start, word, reader->end - reader->start);
}

static void fail(ExpressionReader *reader, const char *expected) {
    if (reader->failed) {
        return;
    }
    reader->failed = true;
    size_t length = reader->end - reader->start;
    const char *token = arena_strndup(reader->arena, reader->text + reader->start, length);
    *reader->mistake =
        (ExpressionMistake){.offset = reader->start, .length = length, .expected = expected};
    if (reader->type != T_END) {
        reader->mistake->found = arena_printf(reader->arena, "`%s`", token);
    }
    if (is_mark(reader, "=")) {
        reader->mistake->help = "equality is written `==`";
    } else if (reader->type == T_BAD && (*token == '"' || *token == '\'')) {
        reader->mistake->expected = "a closing quote";
        reader->mistake->found = NULL;
        reader->mistake->help = "close the text with the quote that it begins with";
    }
}

static bool take_mark(ExpressionReader *reader, const char *mark) {
    if (!is_mark(reader, mark)) {
        return false;
    }
    advance(reader);
    return true;
}

static bool take_word(ExpressionReader *reader, const char *word) {
    if (!is_word(reader, word)) {
        return false;
    }
    advance(reader);
    return true;
}

static void want_mark(ExpressionReader *reader, const char *mark) {
    if (!take_mark(reader, mark)) {
        fail(reader, arena_printf(reader->arena, "`%s`", mark));
    }
}

static void want_name(ExpressionReader *reader) {
    if (reader->type == T_NAME) {
        advance(reader);
    } else {
        fail(reader, "a name");
    }
}

static void read_expression(ExpressionReader *reader);

/// `for any x of this.users where …`, behind what it is asked of.
static void read_for(ExpressionReader *reader) {
    while (!reader->failed && take_word(reader, "for")) {
        if (!take_word(reader, "any")) {
            take_word(reader, "all");
        }
        bool brackets = take_mark(reader, "(");
        want_name(reader);
        if (take_mark(reader, ",")) {
            want_name(reader);
        }
        if (brackets) {
            want_mark(reader, ")");
        }
        if (!take_word(reader, "of") && !take_word(reader, "in")) {
            fail(reader, "`of`");
        }
        read_expression(reader);
        if (take_word(reader, "where")) {
            read_expression(reader);
        }
    }
}

/// Up to `closing`: expressions with commas, `name: expression` and `*` among them.
static void read_items(ExpressionReader *reader, const char *closing) {
    while (!reader->failed && !is_mark(reader, closing)) {
        if (take_mark(reader, "*")) {
            /* all of it */
        } else {
            read_expression(reader);
            if (take_mark(reader, ":")) {
                read_expression(reader);
            }
            read_for(reader);
        }
        if (!take_mark(reader, ",")) {
            break;
        }
    }
    if (!reader->failed) {
        want_mark(reader, closing);
    }
}

/// `case [x] when a then b else c end`
static void read_case(ExpressionReader *reader) {
    if (!is_word(reader, "when")) {
        read_expression(reader);
    }
    do {
        if (!take_word(reader, "when")) {
            fail(reader, "`when`");
        }
        read_expression(reader);
        if (!take_word(reader, "then")) {
            fail(reader, "`then`");
        }
        read_expression(reader);
    } while (!reader->failed && is_word(reader, "when"));
    if (take_word(reader, "else")) {
        read_expression(reader);
    }
    if (!take_word(reader, "end")) {
        fail(reader, "`end`");
    }
}

/// `with (a = 1, b = 2) expression`
static void read_with(ExpressionReader *reader) {
    want_mark(reader, "(");
    do {
        want_name(reader);
        want_mark(reader, "=");
        read_expression(reader);
    } while (!reader->failed && take_mark(reader, ","));
    want_mark(reader, ")");
    read_expression(reader);
}

static void visit_path(ExpressionReader *reader, size_t start, size_t end) {
    if (!reader->visit) {
        return;
    }
    const char *name = arena_strndup(reader->arena, reader->text + start, end - start);
    if (!is_mark(reader, ".")) {
        reader->visit(name, NULL, start, end - start, reader->data);
        return;
    }
    size_t at = reader->end;
    while (g_ascii_isspace(reader->text[at])) {
        at++;
    }
    size_t stop = name_end(reader->text, at);
    size_t behind = stop;
    while (g_ascii_isspace(reader->text[behind])) {
        behind++;
    }
    if (stop > at && reader->text[behind] != '(') { /* a method is no member */
        const char *member = arena_strndup(reader->arena, reader->text + at, stop - at);
        reader->visit(name, member, at, stop - at, reader->data);
    }
}

static void read_name(ExpressionReader *reader) {
    size_t start = reader->start, end = reader->end;
    bool is_case = is_word(reader, "case"), is_with = is_word(reader, "with");
    advance(reader);
    if (is_case && !is_mark(reader, ".") && !is_mark(reader, ",") && !is_mark(reader, ")") &&
        reader->type != T_END) {
        read_case(reader);
    } else if (is_with && is_mark(reader, "(")) {
        read_with(reader);
    } else if (take_mark(reader, "->") || take_mark(reader, "=>")) {
        read_expression(reader);
    } else if (!is_mark(reader, "(")) {
        visit_path(reader, start, end);
    }
}

static void read_primary(ExpressionReader *reader) {
    if (reader->type == T_NAME) {
        read_name(reader);
    } else if (reader->type == T_NUMBER || reader->type == T_STRING) {
        advance(reader);
    } else if (take_mark(reader, "(")) {
        read_items(reader, ")");
        if (take_mark(reader, "->") || take_mark(reader, "=>")) {
            read_expression(reader);
        }
    } else if (take_mark(reader, "[")) {
        read_items(reader, "]");
    } else if (take_mark(reader, "{")) {
        read_items(reader, "}");
    } else if (take_mark(reader, "@")) { /* a parameter, or a name in quotes */
        want_name(reader);
    } else {
        fail(reader, "a value");
    }
}

static void read_operand(ExpressionReader *reader) {
    while (take_mark(reader, "!") || take_mark(reader, "-") || take_mark(reader, "+") ||
           take_mark(reader, "~") || take_word(reader, "not")) {
    }
    read_primary(reader);
    while (!reader->failed) {
        if (take_mark(reader, ".") || take_mark(reader, "?.")) {
            if (!take_mark(reader, "*")) {
                want_name(reader);
            }
        } else if (take_mark(reader, "[")) {
            read_items(reader, "]");
        } else if (take_mark(reader, "(")) {
            read_items(reader, ")");
        } else {
            return;
        }
    }
}

/// Takes an operator between two operands. All bind alike here: nothing is computed.
static bool take_operator(ExpressionReader *reader) {
    static const char *const operators[] = {"<=>", "**", "==", "!=", "<=", ">=", "<>", "&&",
                                            "||",  "??", "<<", ">>", "+",  "-",  "*",  "/",
                                            "%",   "<",  ">",  "&",  "|",  "^",  "::", NULL};
    static const char *const words[] = {"and", "or", "in", "like", "ilike", "is", NULL};
    for (size_t i = 0; operators[i]; i++) {
        if (take_mark(reader, operators[i])) {
            return true;
        }
    }
    for (size_t i = 0; words[i]; i++) {
        if (take_word(reader, words[i])) {
            if (!strcmp(words[i], "is")) {
                take_word(reader, "not");
            }
            return true;
        }
    }
    if (is_word(reader, "not")) { /* `not in`, `not like` */
        advance(reader);
        if (take_word(reader, "in") || take_word(reader, "like") || take_word(reader, "ilike")) {
            return true;
        }
        fail(reader, "`in` or `like`");
    }
    return false;
}

static void read_expression(ExpressionReader *reader) {
    if (reader->failed) {
        return;
    }
    if (++reader->depth > EXPRESSION_MAX_DEPTH) {
        fail(reader, arena_printf(reader->arena, "at most %d levels", EXPRESSION_MAX_DEPTH));
        return;
    }
    do {
        read_operand(reader);
    } while (!reader->failed && take_operator(reader));
    if (!reader->failed && take_mark(reader, "?")) {
        read_expression(reader);
        if (!reader->failed) {
            want_mark(reader, ":");
        }
        read_expression(reader);
    }
    if (!reader->failed) {
        read_for(reader);
    }
    reader->depth--;
}

bool expression_read(Arena *arena, const char *text, ExpressionMistake *mistake,
                     ExpressionPathVisitor visit, void *data) {
    ExpressionReader reader = {
        .arena = arena, .text = text, .mistake = mistake, .visit = visit, .data = data};
    advance(&reader);
    read_expression(&reader);
    if (!reader.failed && reader.type != T_END) {
        fail(&reader, "an operator or the end");
    }
    return !reader.failed;
}
