#include "generate.h"

#include "reading.h"

#include <limits.h>
#include <string.h>

typedef struct Generator {
    const Grammar *grammar;
    Chance *chance;
    Piece *piece;
    unsigned room;    ///< tokens that may still come, unless there must be more
    GString *quotes;  ///< of the strings that are open, a letter each: `"`, `'`, or `l` for `"""`
    bool line_is_new; ///< nothing stands on the line yet
} Generator;

// The texts of tokens

static const char *const names[] = {"a",
                                    "b",
                                    "id",
                                    "name",
                                    "orders",
                                    "hot",
                                    "x1",
                                    "_",
                                    "billing",
                                    "readCapacity",
                                    "tables",
                                    "environment",
                                    "aLongNameThatTakesRoom",
                                    "anEvenLongerNameThatTakesMoreRoomThanOthers",
                                    "Tiny",
                                    "DynamoDBLocation",
                                    "AN_ENUM_MEMBER",
                                    "zone_2"};
static const char *const integers[] = {"0", "1", "42", "1_000_000", "9223372036854775807"};
static const char *const decimals[] = {"0.5", "1.25", "1e3", "2.5E-7", "1_0.5"};
static const char *const texts[] = {
    "",
    "a",
    "two words",
    "ein \303\234bergang",
    "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
    "\\n",
    "\\\\",
    "\\\"",
    "a-b",
    "$",
    "100%",
    "s3://bucket/key",
    "// no comment",
    "/* nor this */",
    "{",
    "]",
    "\xf0\x9f\x9a\x9a in a lorry",
    "a text that is long enough to make a line reach the border of eighty columns",
    "half a line of text, or a little more"};

#define PICK(generator, list) (list)[chance_below((generator)->chance, G_N_ELEMENTS(list))]

/// A word; now and then one that may be a keyword elsewhere.
static const char *pick_name(Generator *generator) {
    if (chance_percent(generator->chance, 8)) {
        const unsigned kind =
            TOK_IMPORT + (unsigned)chance_below(generator->chance, TOK_COUNT - TOK_IMPORT);
        return token_spelling((TokenKind)kind);
    }
    return PICK(generator, names);
}

static void append_string(Generator *generator) {
    const char *text = PICK(generator, texts);
    const char quote =
        strchr(text, '"') == NULL && chance_percent(generator->chance, 30) ? '\'' : '"';
    g_string_append_printf(generator->piece->text, "%c%s%c", quote, text, quote);
}

static void append_string_begin(Generator *generator) {
    static const char kinds[] = {'"', '"', '\'', 'l'};
    const char kind = PICK(generator, kinds);
    g_string_append_c(generator->quotes, kind);
    if (kind == 'l') {
        g_string_append(generator->piece->text, "\"\"\"\n");
    } else {
        g_string_append_c(generator->piece->text, kind);
    }
}

static char open_quote(const Generator *generator) {
    if (generator->quotes->len == 0) {
        return '"';
    }
    return generator->quotes->str[generator->quotes->len - 1];
}

static void append_string_end(Generator *generator) {
    const char kind = open_quote(generator);
    if (kind == 'l') {
        g_string_append(generator->piece->text, "\n\"\"\"");
    } else {
        g_string_append_c(generator->piece->text, kind);
    }
    if (generator->quotes->len > 0) {
        g_string_truncate(generator->quotes, generator->quotes->len - 1);
    }
}

static void append_text(Generator *generator, TokenKind kind) {
    GString *text = generator->piece->text;
    switch (kind) {
    case TOK_NAME:
    case TOK_KIND:
        g_string_append(text, pick_name(generator));
        break;
    case TOK_INTEGER:
        g_string_append(text, PICK(generator, integers));
        break;
    case TOK_DECIMAL:
        g_string_append(text, PICK(generator, decimals));
        break;
    case TOK_STRING:
        append_string(generator);
        break;
    case TOK_STRING_BEGIN:
        append_string_begin(generator);
        break;
    case TOK_STRING_TEXT:
        g_string_append(text, PICK(generator, texts));
        if (open_quote(generator) == 'l' && chance_percent(generator->chance, 40)) {
            g_string_append(text, chance_percent(generator->chance, 50) ? "\n  more\n" : "\n\n");
        }
        break;
    case TOK_STRING_END:
        append_string_end(generator);
        break;
    case TOK_NEWLINE:
        g_string_append_c(text, '\n');
        break;
    default:
        g_string_append(text, token_spelling(kind) != NULL ? token_spelling(kind) : "");
        break;
    }
}

static void append_token(Generator *generator, TokenKind kind) {
    const bool glued =
        kind == TOK_STRING_TEXT || kind == TOK_INTERPOLATION_BEGIN || kind == TOK_STRING_END;
    if (!glued && !generator->line_is_new) {
        g_string_append_c(generator->piece->text, ' ');
    }
    append_text(generator, kind);
    generator->line_is_new = kind == TOK_NEWLINE;
    generator->room -= generator->room > 0;
}

// Expansion

/// A production of the rule: one of the lowest if there is no room, else one that few programs had,
/// or any.
static unsigned choose(Generator *generator, unsigned rule) {
    const Grammar *grammar = generator->grammar;
    const GArray *all = grammar_rule_at(grammar, rule)->productions;
    g_autoptr(GArray) among = g_array_new(FALSE, FALSE, sizeof(unsigned));
    const bool rare = chance_percent(generator->chance, 40);
    size_t least = SIZE_MAX;
    for (guint index = 0; index < all->len; ++index) {
        const unsigned number = g_array_index(all, unsigned, index);
        const Production *production = grammar_production(grammar, number);
        if (production->depth == UINT_MAX) {
            continue;
        }
        const size_t weight = generator->room == 0 ? production->depth
                              : rare               ? production->good + production->bad / 8
                                                   : 0;
        if (weight < least) {
            g_array_set_size(among, 0);
            least = weight;
        }
        if (weight == least) {
            g_array_append_val(among, number);
        }
    }
    return g_array_index(among, unsigned, chance_below(generator->chance, among->len));
}

static void expand(Generator *generator, unsigned rule) {
    const unsigned number = choose(generator, rule);
    g_array_append_val(generator->piece->used, number);
    const GArray *symbols = grammar_production(generator->grammar, number)->symbols;
    for (guint index = 0; index < symbols->len; ++index) {
        const Symbol *symbol = &g_array_index(symbols, Symbol, index);
        if (symbol->rule) {
            expand(generator, symbol->number);
        } else {
            append_token(generator, (TokenKind)symbol->number);
        }
    }
}

Piece *generate(const Grammar *grammar, unsigned rule, unsigned size, Chance *chance) {
    Piece *piece = g_new0(Piece, 1);
    piece->text = g_string_new(NULL);
    piece->used = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autoptr(GString) quotes = g_string_new(NULL);
    Generator generator = {.grammar = grammar,
                           .chance = chance,
                           .piece = piece,
                           .room = size,
                           .quotes = quotes,
                           .line_is_new = true};
    expand(&generator, rule);
    return piece;
}

void piece_free(Piece *piece) {
    g_string_free(piece->text, TRUE);
    g_array_free(piece->used, TRUE);
    g_free(piece);
}

static void count_used(const Grammar *grammar, const Piece *piece, bool good) {
    for (guint index = 0; index < piece->used->len; ++index) {
        Production *production =
            grammar_production(grammar, g_array_index(piece->used, unsigned, index));
        production->good += good;
        production->bad += !good;
    }
}

GString *generate_program(const Grammar *grammar, unsigned count, Chance *chance) {
    unsigned member = 0;
    GString *program = g_string_new(NULL);
    if (grammar_rule(grammar, "file_member", &member) == NULL) {
        return program;
    }
    for (unsigned tries = 0; count > 0 && tries < 400; ++tries) {
        const unsigned size = 4 + (unsigned)chance_below(chance, 40);
        const unsigned rule = chance_percent(chance, 10) ? 0 : member; // 0: that of a file
        Piece *piece = generate(grammar, rule, size, chance);
        Reading *reading = reading_new(piece->text->str, piece->text->len, false);
        count_used(grammar, piece, reading->good);
        if (reading->good) {
            g_string_append_printf(program, "%s\n%s", piece->text->str,
                                   chance_percent(chance, 30) ? "\n" : "");
            --count;
        }
        reading_free(reading);
        piece_free(piece);
    }
    return program;
}

// Limits

static void repeat(GString *out, unsigned count, const char *text) {
    for (unsigned index = 0; index < count; ++index) {
        g_string_append(out, text);
    }
}

GString *generate_extreme(unsigned number, const char **name) {
    static const struct {
        const char *name, *begin, *open, *inside, *close, *end;
        unsigned count;
    } rows[] = {
        {"lists in lists", "let a = ", "[", "1", "]", "\n", 190},
        {"objects in objects", "let a = ", "{ a: ", "1", " }", "\n", 190},
        {"broken objects", "let a = ", "{\na:", "1", "\n}", "\n", 190},
        {"groups in groups", "let a = ", "(", "1", ")", "\n", 190},
        {"calls in calls", "let a = ", "f(", "1", ")", "\n", 190},
        {"lists of two", "let a = ", "[1, ", "2", ", 3]", "\n", 150},
        {"blocks in blocks", "", "a b {\n", "", "\n}", "\n", 190},
        {"conditions in blocks", "a b {", "if x {\n", "y: 1", "\n}", "}\n", 180},
        {"unary operators", "let a = ", "!", "b", "", "\n", 190},
        {"binary operators", "let a = b", " + b", "", "", "\n", 190},
        {"conditionals", "let a = ", "b ? c : ", "d", "", "\n", 190},
        {"members", "let a = b", ".c", "", "", "\n", 190},
        {"indexes", "let a = b", "[0]", "", "", "\n", 190},
        {"interpolations", "let a = ", "\"${", "b", "}\"", "\n", 60},
        {"types in types", "type A = ", "{ a: ", "int", " }", "\n", 150},
        {"lists as types", "type A = int", "[]", "", "", "\n", 150},
        {"many members", "let a = {", "b: 1\n", "", "", "}\n", 20000},
        {"many elements", "let a = [", "1, ", "2", "", "]\n", 20000},
        {"many declarations", "", "let a = 1\n", "", "", "", 20000},
        {"many comments", "", "// a\n", "", "", "let a = 1\n", 20000},
        {"many blank lines", "let a = 1\n", "\n", "", "", "let b = 2", 20000},
        {"a long line comment", "let a = 1 // ", "comment ", "", "", "\n", 20000},
        {"a long string", "let a = \"", "text ", "", "", "\"\n", 20000},
        {"a long name", "let ", "name", "", "", " = 1\n", 5000},
        {"brackets too deep", "let a = ", "[", "1", "]", "\n", 400},
        {"brackets that are open", "let a = ", "[", "1", "", "\n", 400},
        {"closing brackets", "let a = 1", "}", "", "", "\n", 400},
        {"comments in comments", "", "/* ", "let", " */", "\nlet a = 1\n", 400},
    };
    if (number >= G_N_ELEMENTS(rows)) {
        return NULL;
    }
    GString *out = g_string_new(rows[number].begin);
    repeat(out, rows[number].count, rows[number].open);
    g_string_append(out, rows[number].inside);
    repeat(out, rows[number].count, rows[number].close);
    g_string_append(out, rows[number].end);
    *name = rows[number].name;
    return out;
}
