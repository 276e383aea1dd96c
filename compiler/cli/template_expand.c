/// Texts of templates: variables, and parts that are repeated or left out.
///
///   {{name}}                    the value
///   {{name.FORM}}               the value in a form: see `forms`
///   {{#list}} … {{/list}}       once for each value, which is {{.}} inside
///   {{#list=VALUE}} … {{/list=VALUE}}   only if that is among the values
///
/// A line with nothing but the beginning or the end of a part is no line of the result. `${{` is
/// nothing special: workflows of GitHub are full of it.
#include "template.h"
#include "words.h"

#include <string.h>

typedef struct Expansion {
    const char *start; ///< of the whole text
    GHashTable *values;
    GString *out;
    char *cause;
} Expansion;

/// How deep parts may stand in parts.
#define DEEPEST 16

GHashTable *template_values_new(void) {
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
}

void template_values_set(GHashTable *values, const char *name, const char *value) {
    char *list[] = {(char *)value, NULL};
    template_values_set_list(values, name, list);
}

void template_values_set_list(GHashTable *values, const char *name, char **list) {
    g_hash_table_insert(values, g_strdup(name), g_strdupv(list));
}

/// Notes what is wrong at `at`, in the line that is there.
static bool complain(Expansion *expansion, const char *at, const char *what, const char *tag) {
    size_t line = 1;
    for (const char *byte = expansion->start; byte < at; byte++) {
        line += *byte == '\n';
    }
    expansion->cause = g_strdup_printf("line %zu: %s `{{%s}}`", line, what, tag);
    return false;
}

// Forms of values

static void form_first(char **list, GString *out) {
    g_string_append(out, list[0]);
}

static void form_last(char **list, GString *out) {
    g_string_append(out, list[g_strv_length(list) - 1]);
}

/// A union type: "dev" | "prod".
static void form_union(char **list, GString *out) {
    for (char **value = list; *value != NULL; value++) {
        g_string_append_printf(out, "%s\"%s\"", value > list ? " | " : "", *value);
    }
}

static void form_camel(char **list, GString *out) {
    Arena *arena = arena_new();
    g_string_append(out, words_camel(arena, list[0]));
    arena_free(arena);
}

static void form_pascal(char **list, GString *out) {
    Arena *arena = arena_new();
    g_string_append(out, words_pascal(arena, list[0]));
    arena_free(arena);
}

static void form_lower(char **list, GString *out) {
    g_autofree char *text = g_ascii_strdown(list[0], -1);
    g_string_append(out, text);
}

/// A member's name: in quotes if it is none by itself.
static void form_key(char **list, GString *out) {
    const bool plain =
        strspn(list[0], G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") == strlen(list[0]) &&
        !g_ascii_isdigit(list[0][0]);
    g_string_append_printf(out, plain ? "%s" : "\"%s\"", list[0]);
}

static const struct {
    const char *name;
    void (*print)(char **list, GString *out);
} forms[] = {
    {"first", form_first},   {"last", form_last}, {"union", form_union}, {"camel", form_camel},
    {"pascal", form_pascal}, {"key", form_key},   {"lower", form_lower},
};

/// The tag of a variable, such as `name.camel`, or `.` and `.camel` for the value `item`.
static bool print_variable(Expansion *expansion, const char *at, const char *tag,
                           const char *item) {
    const char *dot = strrchr(tag, '.');
    const bool whole = dot == NULL || dot[1] == '\0';
    g_autofree char *name = g_strndup(tag, dot != NULL ? (gsize)(dot - tag) : strlen(tag));
    char *self[] = {(char *)item, NULL};
    char **list = dot == tag ? self : g_hash_table_lookup(expansion->values, name);
    if (list == NULL || list[0] == NULL) {
        return complain(expansion, at, "there is no value for", tag);
    }
    for (size_t i = 0; !whole && i < G_N_ELEMENTS(forms); i++) {
        if (strcmp(forms[i].name, dot + 1) == 0) {
            forms[i].print(list, expansion->out);
            return true;
        }
    }
    if (!whole) {
        return complain(expansion, at, "there is no such form:", tag);
    }
    if (list[1] != NULL) {
        return complain(expansion, at, "there are several values for", tag);
    }
    g_string_append(expansion->out, list[0]);
    return true;
}

// Tags

typedef struct Tag {
    const char *start; ///< where its line begins if nothing else stands there; else its braces
    const char *end;   ///< likewise behind it
    char *text;        ///< between the braces
} Tag;

/// The next tag in [at, end). False: there is none. What is not closed is none.
static bool next_tag(const char *text, const char *at, const char *end, Tag *tag) {
    for (const char *open = at; (open = g_strstr_len(open, end - open, "{{")) != NULL; open += 2) {
        const char *close = g_strstr_len(open, end - open, "}}");
        if (close == NULL) {
            return false;
        }
        if (open > text && open[-1] == '$') {
            continue;
        }
        tag->text = g_strndup(open + 2, (gsize)(close - open - 2));
        tag->start = open;
        tag->end = close + 2;
        if (tag->text[0] != '#' && tag->text[0] != '/') {
            return true;
        }
        const char *first = open;
        while (first > text && (first[-1] == ' ' || first[-1] == '\t')) {
            first--;
        }
        const char *last = tag->end + strspn(tag->end, " \t\r");
        if ((first == text || first[-1] == '\n') && (*last == '\n' || *last == '\0')) {
            tag->start = first;
            tag->end = *last == '\n' ? last + 1 : last;
        }
        return true;
    }
    return false;
}

/// The tag that ends a part. False: there is none.
static bool closing_tag(const char *text, const char *at, const char *end, const char *name,
                        Tag *tag) {
    for (size_t depth = 1; next_tag(text, at, end, tag); g_free(tag->text)) {
        const bool same = tag->text[0] != '\0' && strcmp(tag->text + 1, name) == 0;
        depth += same && tag->text[0] == '#';
        depth -= same && tag->text[0] == '/';
        if (depth == 0) {
            return true;
        }
        at = tag->end;
    }
    return false;
}

static bool expand_range(Expansion *expansion, const char *at, const char *end, const char *item,
                         unsigned depth);

/// What stands between the tags of a part.
static bool expand_part(Expansion *expansion, const char *name, const Tag *open, const char *inside,
                        const char *end, unsigned depth) {
    const char *equals = strchr(name, '=');
    g_autofree char *list_name =
        g_strndup(name, equals != NULL ? (gsize)(equals - name) : strlen(name));
    char **list = g_hash_table_lookup(expansion->values, list_name);
    if (list == NULL) {
        return complain(expansion, open->start, "there is no value for", open->text);
    }
    if (depth == DEEPEST) {
        return complain(expansion, open->start, "there are too many parts around", open->text);
    }
    bool ok = true;
    for (; ok && *list != NULL; list++) {
        if (equals == NULL || strcmp(*list, equals + 1) == 0) {
            ok = expand_range(expansion, inside, end, *list, depth + 1);
        }
    }
    return ok;
}

static bool expand_range(Expansion *expansion, const char *at, const char *end, const char *item,
                         unsigned depth) {
    Tag tag;
    while (next_tag(expansion->start, at, end, &tag)) {
        g_autofree char *text = tag.text;
        g_string_append_len(expansion->out, at, tag.start - at);
        at = tag.end;
        if (text[0] == '/') {
            return complain(expansion, tag.start, "nothing begins before", text);
        }
        if (text[0] != '#') {
            if (!print_variable(expansion, tag.start, text, item)) {
                return false;
            }
            continue;
        }
        Tag close;
        if (!closing_tag(expansion->start, at, end, text + 1, &close)) {
            return complain(expansion, tag.start, "nothing ends", text);
        }
        const bool ok = expand_part(expansion, text + 1, &tag, at, close.start, depth);
        at = close.end;
        g_free(close.text);
        if (!ok) {
            return false;
        }
    }
    g_string_append_len(expansion->out, at, end - at);
    return true;
}

bool template_expand(const char *text, GHashTable *values, GString *out, char **cause) {
    Expansion expansion = {.start = text, .values = values, .out = out};
    const bool ok = expand_range(&expansion, text, text + strlen(text), NULL, 0);
    *cause = expansion.cause;
    return ok;
}
