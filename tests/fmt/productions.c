#include "productions.h"

#include "token.h"

#include <limits.h>
#include <string.h>

typedef struct Reader {
    Grammar *grammar;
    GHashTable *numbers; ///< of rules by their names, from 1
    const char *at;
    char *word;  ///< the word read last: a name, a literal with its quotes, or a sign
    char *error; ///< the first thing that could not be understood
} Reader;

static void complain(Reader *reader, const char *what) {
    if (reader->error == NULL) {
        reader->error = g_strdup_printf("%s: `%.40s`", what, reader->word);
    }
}

// Words

static void skip_braces(Reader *reader) {
    unsigned depth = 0;
    do {
        if (*reader->at == '"') {
            for (++reader->at; *reader->at != '"' && *reader->at != '\0'; ++reader->at) {
                reader->at += *reader->at == '\\';
            }
        }
        depth += *reader->at == '{';
        depth -= *reader->at == '}';
        ++reader->at;
    } while (depth > 0 && *reader->at != '\0');
}

/// Moves over white space, comments and actions.
static void skip_space(Reader *reader) {
    for (;;) {
        if (g_ascii_isspace(*reader->at)) {
            ++reader->at;
        } else if (g_str_has_prefix(reader->at, "/*")) {
            const char *end = strstr(reader->at, "*/");
            reader->at = end != NULL ? end + 2 : reader->at + strlen(reader->at);
        } else if (*reader->at == '{') {
            skip_braces(reader);
        } else {
            return;
        }
    }
}

/// Reads a word; false at the end of the rules.
static bool next_word(Reader *reader) {
    skip_space(reader);
    const char *begin = reader->at;
    g_clear_pointer(&reader->word, g_free);
    if (*begin == '\0') {
        reader->word = g_strdup("");
        return false;
    }
    if (*begin == '"') {
        const char *end = strchr(begin + 1, '"');
        reader->at = end != NULL ? end + 1 : begin + strlen(begin);
    } else if (*begin == '%' || *begin == '_' || g_ascii_isalpha(*begin)) {
        ++reader->at;
        while (*reader->at == '_' || g_ascii_isalnum(*reader->at)) {
            ++reader->at;
        }
    } else {
        ++reader->at;
    }
    reader->word = g_strndup(begin, (gsize)(reader->at - begin));
    return true;
}

static bool is_word(const Reader *reader, const char *word) {
    return strcmp(reader->word, word) == 0;
}

// Symbols

static const char *const token_ids[TOK_COUNT] = {
#define TOKEN(id, spelling, wording, class) #id,
#include "tokens.def"
#undef TOKEN
};

/// The token that a word of the grammar stands for; TOK_COUNT: none.
static unsigned token_of(const char *word) {
    for (unsigned kind = 0; kind < TOK_COUNT; ++kind) {
        const char *spelling = token_spelling((TokenKind)kind);
        if (*word == '"' ? spelling != NULL && kind != TOK_INTERPOLATION_END &&
                               strlen(spelling) + 2 == strlen(word) &&
                               strncmp(spelling, word + 1, strlen(spelling)) == 0
                         : strcmp(token_ids[kind], word) == 0) {
            return kind;
        }
    }
    return TOK_COUNT;
}

static unsigned rule_number(Reader *reader, const char *name) {
    gpointer known = g_hash_table_lookup(reader->numbers, name);
    if (known != NULL) {
        return GPOINTER_TO_UINT(known) - 1;
    }
    Rule *rule = g_new0(Rule, 1);
    rule->name = g_strdup(name);
    rule->productions = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_ptr_array_add(reader->grammar->rules, rule);
    g_hash_table_insert(reader->numbers, rule->name, GUINT_TO_POINTER(reader->grammar->rules->len));
    return reader->grammar->rules->len - 1;
}

static void add_symbol(Reader *reader, Production *production) {
    Symbol symbol = {.number = token_of(reader->word)};
    if (is_word(reader, "error") || symbol.number == TOK_SKIPPED) {
        production->mends = true;
        return;
    }
    if (symbol.number == TOK_COUNT) {
        if (!g_ascii_islower(*reader->word)) {
            complain(reader, "no token and no rule");
            return;
        }
        symbol.rule = true;
        symbol.number = rule_number(reader, reader->word);
    }
    g_array_append_val(production->symbols, symbol);
}

// Rules

/// Reads the symbols of a production up to the `|` or `;` behind it.
static void read_production(Reader *reader, unsigned rule, const char *name) {
    Production *production = g_new0(Production, 1);
    production->rule = rule;
    production->symbols = g_array_new(FALSE, FALSE, sizeof(Symbol));
    production->depth = UINT_MAX;
    g_autoptr(GString) text = g_string_new(name);
    g_string_append_c(text, ':');
    while (next_word(reader) && !is_word(reader, "|") && !is_word(reader, ";")) {
        if (is_word(reader, "%prec")) {
            next_word(reader);
            continue;
        }
        g_string_append_printf(text, " %s", reader->word);
        if (!is_word(reader, "%empty")) {
            add_symbol(reader, production);
        }
    }
    production->text = g_string_free(g_steal_pointer(&text), FALSE);
    const unsigned number = reader->grammar->productions->len;
    g_ptr_array_add(reader->grammar->productions, production);
    g_array_append_val(grammar_rule_at(reader->grammar, rule)->productions, number);
}

static void read_rules(Reader *reader) {
    while (reader->error == NULL && next_word(reader)) {
        g_autofree char *name = g_strdup(reader->word);
        const unsigned rule = rule_number(reader, name);
        if (!next_word(reader) || !is_word(reader, ":")) {
            complain(reader, "`:` expected");
            return;
        }
        do {
            read_production(reader, rule, name);
        } while (is_word(reader, "|"));
        if (!is_word(reader, ";")) {
            complain(reader, "`;` expected");
        }
    }
}

// What is known of them

static unsigned depth_of(const Grammar *grammar, const Symbol *symbol) {
    if (!symbol->rule) {
        return 0;
    }
    unsigned least = UINT_MAX;
    const GArray *productions = grammar_rule_at(grammar, symbol->number)->productions;
    for (guint index = 0; index < productions->len; ++index) {
        least = MIN(
            least, grammar_production(grammar, g_array_index(productions, unsigned, index))->depth);
    }
    return least;
}

static unsigned production_depth(const Grammar *grammar, const Production *production) {
    unsigned depth = 0;
    for (guint index = 0; index < production->symbols->len; ++index) {
        unsigned below = depth_of(grammar, &g_array_index(production->symbols, Symbol, index));
        if (below == UINT_MAX) {
            return UINT_MAX;
        }
        depth = MAX(depth, below + 1);
    }
    return depth;
}

static void find_depths(Grammar *grammar) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (guint index = 0; index < grammar->productions->len; ++index) {
            Production *production = grammar_production(grammar, index);
            unsigned depth = production->mends ? UINT_MAX : production_depth(grammar, production);
            changed |= depth != production->depth;
            production->depth = depth;
        }
    }
}

static void find_used(Grammar *grammar, unsigned number) {
    Rule *rule = grammar_rule_at(grammar, number);
    if (rule->used) {
        return;
    }
    rule->used = true;
    for (guint index = 0; index < rule->productions->len; ++index) {
        const Production *production =
            grammar_production(grammar, g_array_index(rule->productions, unsigned, index));
        for (guint each = 0; !production->mends && each < production->symbols->len; ++each) {
            const Symbol *symbol = &g_array_index(production->symbols, Symbol, each);
            if (symbol->rule) {
                find_used(grammar, symbol->number);
            }
        }
    }
}

static void rule_free(gpointer data) {
    Rule *rule = data;
    g_free(rule->name);
    g_array_free(rule->productions, TRUE);
    g_free(rule);
}

static void production_free(gpointer data) {
    Production *production = data;
    g_free(production->text);
    g_array_free(production->symbols, TRUE);
    g_free(production);
}

void grammar_free(Grammar *grammar) {
    g_ptr_array_free(grammar->rules, TRUE);
    g_ptr_array_free(grammar->productions, TRUE);
    g_free(grammar);
}

Rule *grammar_rule(const Grammar *grammar, const char *name, unsigned *number) {
    for (guint index = 0; index < grammar->rules->len; ++index) {
        Rule *rule = grammar_rule_at(grammar, index);
        if (strcmp(rule->name, name) == 0) {
            *number = index;
            return rule;
        }
    }
    return NULL;
}

Grammar *grammar_read(const char *path, char **error) {
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        *error = g_strdup_printf("cannot read %s", path);
        return NULL;
    }
    char *begin = strstr(text, "\n%%\n");
    char *end = begin != NULL ? strstr(begin + 4, "\n%%\n") : NULL;
    if (end == NULL) {
        *error = g_strdup_printf("%s: no rules between `%%%%`", path);
        return NULL;
    }
    *end = '\0';
    Grammar *grammar = g_new0(Grammar, 1);
    grammar->rules = g_ptr_array_new_with_free_func(rule_free);
    grammar->productions = g_ptr_array_new_with_free_func(production_free);
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    Reader reader = {.grammar = grammar, .numbers = numbers, .at = begin + 4};
    read_rules(&reader);
    g_free(reader.word);
    *error = reader.error;
    if (reader.error != NULL) {
        grammar_free(grammar);
        return NULL;
    }
    find_depths(grammar);
    find_used(grammar, 0);
    return grammar;
}
