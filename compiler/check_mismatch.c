// A value of one type where another is wanted: what is said, and what helps. Each help is a
// function in the table below; the first that knows what was meant speaks, and the others are
// silent.
#include "check_report.h"
#include "check_words.h"
#include "eval.h"
#include "token.h"

#include <glib.h>
#include <string.h>

/// One value that does not fit.
typedef struct Mismatch {
    Compilation *compilation;
    Diagnostic *diagnostic;
    Node *node;
    const Scope *scope;
    const Type *expected;
    const Type *wanted; ///< `expected` without names
    const Type *found;
} Mismatch;

/// The text of the program at `node`, if it is short enough to be repeated in a help line, or NULL.
static const char *short_text(const Mismatch *mismatch, const Node *node) {
    const char *text = report_source_text(mismatch->compilation, node, node);
    return strlen(text) <= 48 && !strpbrk(text, "\r\n") ? text : NULL;
}

static void help_write(const Mismatch *mismatch, const char *text) {
    Diagnostics *list = mismatch->compilation->diagnostics;
    diagnostic_help(list, mismatch->diagnostic, "write `%s`", text);
    diagnostic_fix(list, mismatch->diagnostic, FIX_SAFE, node_span(mismatch->node), text,
                   "write `%s`", text);
}

/// The words and literals of a type: as they are, and as messages show them.
typedef struct Words {
    Arena *arena;
    GPtrArray *plain;
    GHashTable *shown; ///< by the pointer of the plain one
} Words;

static void collect_word(const Type *type, void *data) {
    Words *words = data;
    const bool text = type->kind == TYPE_LITERAL && type->literal->kind == VALUE_STRING;
    if (text) {
        char *plain = arena_strndup(words->arena, type->literal->text, type->literal->length);
        g_ptr_array_add(words->plain, plain);
        g_hash_table_insert(words->shown, plain, arena_printf(words->arena, "`\"%s\"`", plain));
    } else if (type->kind == TYPE_MEMBER || type->kind == TYPE_CASE) {
        const char *const form = type->kind == TYPE_CASE ? "`%s(…)`" : "`%s`";
        g_ptr_array_add(words->plain, (gpointer)type->name->text);
        g_hash_table_insert(words->shown, (gpointer)type->name->text,
                            arena_printf(words->arena, form, type->name->text));
    }
}

/// The words of `type`, those nearest to `wrong` (or NULL) first; NULL if there are none or
/// too many. `*count` is how many.
static const char *words_text(Compilation *compilation, const Type *type, const char *wrong,
                              size_t *count) {
    g_autoptr(GPtrArray) plain = g_ptr_array_new();
    g_autoptr(GHashTable) shown = g_hash_table_new(NULL, NULL);
    Words words = {compilation->arena, plain, shown};
    type_each_alternative(type, collect_word, &words);
    *count = plain->len;
    if (plain->len == 0 || plain->len > MOST_ALTERNATIVES) {
        return NULL;
    }
    similar_sort(wrong, (const char **)words.plain->pdata, words.plain->len);
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < plain->len; i++) {
        const char *text = g_hash_table_lookup(shown, plain->pdata[i]);
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", text);
    }
    return arena_strndup(compilation->arena, list->str, list->len);
}

const char *report_wanted_text(Compilation *compilation, const Type *type) {
    size_t count = 0;
    const char *words = words_text(compilation, type, NULL, &count);
    const Type *plain = type_strip(type);
    const char *text = report_type_text(compilation, type);
    if (words && count > 1) {
        text = arena_printf(compilation->arena, "one of %s", words);
    } else if (plain->kind != TYPE_REFERENCE && *text == '`') {
        text = arena_printf(compilation->arena, "of type %s", text);
    }
    return text;
}

bool report_words(Compilation *compilation, Diagnostic *diagnostic, const Type *expected,
                  const char *wrong) {
    size_t count = 0;
    const char *words = words_text(compilation, expected, wrong, &count);
    if (words) {
        diagnostic_help(compilation->diagnostics, diagnostic, "expected %s%s",
                        count > 1 ? "one of " : "", words);
    }
    return words != NULL;
}

bool report_nearest(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                    const Type *expected) {
    const Type *wanted = type_strip(expected);
    if (node->kind != NODE_STRING || wanted->kind != TYPE_UNION) {
        return false;
    }
    Similar similar;
    similar_begin(&similar, arena_strndup(compilation->arena, node->text, node->length));
    similar_allow_longer(&similar);
    for (size_t i = 0; i < wanted->count; i++) {
        const Type *one = type_strip(wanted->alternatives[i]);
        if (one->kind == TYPE_LITERAL && one->literal->kind == VALUE_STRING) {
            similar_offer(&similar, arena_strndup(compilation->arena, one->literal->text,
                                                  one->literal->length));
        }
    }
    const char *best = similar_best(&similar);
    if (!best) {
        return false;
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "a similar value is allowed: `\"%s\"`",
                    best);
    diagnostic_fix(compilation->diagnostics, diagnostic, similar_certainty(&similar),
                   node_span(node), arena_printf(compilation->arena, "\"%s\"", best),
                   "replace with `\"%s\"`", best);
    return true;
}

/// A resource is named alone: `hot`, not `"hot"` or `hot.id`.
static bool help_reference(const Mismatch *mismatch) {
    const Node *node = mismatch->node;
    if (mismatch->wanted->kind != TYPE_REFERENCE) {
        return false;
    }
    const Name *name = NULL;
    if (node->kind == NODE_STRING) {
        name = names_intern(mismatch->compilation->names, node->text, node->length);
    } else if (node->kind == NODE_MEMBER && node->a->kind == NODE_NAME) {
        name = node->a->name;
    }
    const Symbol *symbol = name ? scope_find(mismatch->scope, name) : NULL;
    if (name && !symbol && node->kind == NODE_STRING && token_is_name(node->text, node->length)) {
        check_kind_help(mismatch->compilation, mismatch->diagnostic, mismatch->wanted, name->text);
        return true;
    }
    if (!symbol || symbol->kind != SYMBOL_RESOURCE) {
        return false;
    }
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                    "a resource is referred to by its name: `%s`", name->text);
    diagnostic_fix(mismatch->compilation->diagnostics, mismatch->diagnostic, FIX_SAFE,
                   node_span(node), name->text, "write `%s`", name->text);
    return true;
}

static void offer_bare(const Type *type, void *data) {
    if (type->kind == TYPE_MEMBER) {
        similar_offer(data, type->name->text);
    }
}

/// The quoting of an enumeration is off: `"ONDEMAND"` for `ONDEMAND`.
static bool help_quoting(const Mismatch *mismatch) {
    const Node *node = mismatch->node;
    if (node->kind != NODE_STRING) {
        return false;
    }
    const Name *name = names_intern(mismatch->compilation->names, node->text, node->length);
    const Type *member = type_find_member(mismatch->expected, name);
    Similar similar;
    similar_begin(&similar, name->text);
    similar_allow_longer(&similar);
    if (!member) {
        type_each_alternative(mismatch->expected, offer_bare, &similar);
    }
    const char *text = member && member->kind == TYPE_MEMBER ? name->text : similar_best(&similar);
    if (!text) {
        return false;
    }
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                    "members are written without quotes: `%s`", text);
    diagnostic_fix(mismatch->compilation->diagnostics, mismatch->diagnostic,
                   similar_certainty(&similar), node_span(node), text, "write `%s` without quotes",
                   text);
    return true;
}

static bool help_words(const Mismatch *mismatch) {
    const bool nearest = report_nearest(mismatch->compilation, mismatch->diagnostic, mismatch->node,
                                        mismatch->expected);
    const Node *node = mismatch->node;
    const char *wrong = node->kind == NODE_STRING
                            ? arena_strndup(mismatch->compilation->arena, node->text, node->length)
                            : NULL;
    return report_words(mismatch->compilation, mismatch->diagnostic, mismatch->expected, wrong) ||
           nearest;
}

/// A list that `type` takes: itself, or the first such alternative; or NULL.
static const Type *list_of(const Type *type) {
    type = type_strip(type);
    for (size_t i = 0; type->kind == TYPE_UNION && i < type->count; i++) {
        const Type *list = list_of(type->alternatives[i]);
        if (list) {
            return list;
        }
    }
    return type->kind == TYPE_LIST ? type : NULL;
}

/// "name: …, id: …" of what an object must have; with `all`, of what it may have too.
static const char *members_text(const Mismatch *mismatch, const Type *object, bool all) {
    GString *members = g_string_new(NULL);
    for (size_t i = 0; i < object->count; i++) {
        const Property *one = &object->properties[i];
        if ((all || !one->optional) && one->type->kind != TYPE_NEVER) {
            g_string_append_printf(members, "%s%s: …", members->len ? ", " : "", one->name->text);
        }
    }
    const char *text = arena_strndup(mismatch->compilation->arena, members->str, members->len);
    g_string_free(members, TRUE);
    return text;
}

/// What a named type says of itself: its name alone tells little.
static bool help_named(const Mismatch *mismatch, const Type *type) {
    Compilation *compilation = mismatch->compilation;
    const bool declared = type->kind == TYPE_NAMED && type->node && type->node->kind == NODE_TYPE;
    const Source *source = declared ? compilation_source(compilation, type->node->file) : NULL;
    const char *doc = source ? node_doc(type->node, source, compilation->arena) : NULL;
    if (!doc) {
        return false;
    }
    diagnostic_help(compilation->diagnostics, mismatch->diagnostic, "`%s`: %s", type->name->text,
                    report_sentence(compilation, doc));
    return true;
}

static bool help_expected(const Mismatch *mismatch) {
    return help_named(mismatch, mismatch->expected);
}

typedef struct CaseSearch {
    const Type *found;
    const Type *first; ///< the first case that one value of the type `found` makes; or NULL
} CaseSearch;

static void find_case(const Type *type, void *data) {
    CaseSearch *search = data;
    if (type->kind == TYPE_CASE && search->first == NULL && type->count > 0 &&
        type_case_required(type) <= 1 && type_assignable(search->found, type->properties[0].type)) {
        search->first = type;
    }
}

/// What a case is made of, where the case is wanted: `"ORDERS"` for `existing("ORDERS")`.
static bool help_case(const Mismatch *mismatch) {
    CaseSearch search = {.found = mismatch->found};
    type_each_alternative(mismatch->expected, find_case, &search);
    const char *text = search.first != NULL ? short_text(mismatch, mismatch->node) : NULL;
    if (text == NULL) {
        return false;
    }
    const char *made =
        arena_printf(mismatch->compilation->arena, "%s(%s)", search.first->name->text, text);
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic, "it is written `%s`",
                    made);
    diagnostic_fix(mismatch->compilation->diagnostics, mismatch->diagnostic, FIX_MAYBE,
                   node_span(mismatch->node), made, "write `%s`", made);
    return true;
}

/// One value where a list of such is wanted, and an object of another form where a list of objects
/// is.
static bool help_list(const Mismatch *mismatch) {
    const Type *list = list_of(mismatch->expected);
    if (!list || mismatch->found->kind == TYPE_LIST) {
        return false;
    }
    Diagnostics *diagnostics = mismatch->compilation->diagnostics;
    if (type_assignable(mismatch->found, list->element)) {
        const char *text = short_text(mismatch, mismatch->node);
        diagnostic_help(diagnostics, mismatch->diagnostic, "a list of one is written `[%s]`",
                        text ? text : "…");
        diagnostic_fix(
            diagnostics, mismatch->diagnostic, FIX_SAFE, node_span(mismatch->node),
            arena_printf(mismatch->compilation->arena, "[%s]",
                         report_source_text(mismatch->compilation, mismatch->node, mismatch->node)),
            "put it in brackets");
        return true;
    }
    const Type *element = type_strip(list->element);
    if (element->kind == TYPE_OBJECT) {
        const char *members = members_text(mismatch, element, false);
        diagnostic_help(diagnostics, mismatch->diagnostic, "the list is written `[{ %s }]`",
                        *members ? members : "…");
    } else {
        diagnostic_help(diagnostics, mismatch->diagnostic, "a list is written in brackets: `[…]`");
        help_named(mismatch, list->element);
    }
    return true;
}

/// A list where one of its elements is wanted.
static bool help_single(const Mismatch *mismatch) {
    const Type *found = type_strip(mismatch->found);
    const Node *node = mismatch->node;
    if (found->kind != TYPE_LIST || found->element->kind == TYPE_NEVER ||
        !type_assignable(found->element, mismatch->expected)) {
        return false;
    }
    const bool alone = node->kind == NODE_LIST && node->a && !node->a->next;
    const char *text = alone ? short_text(mismatch, node->a) : NULL;
    if (text) {
        help_write(mismatch, text);
    } else {
        diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                        "one is wanted here, not a list of them");
    }
    return true;
}

static bool is_attribute(const Construct *construct, const Name *name) {
    return construct_attribute(construct, name) != NULL;
}

/// A resource where a value belongs: the attributes that fit.
static bool help_attributes(const Mismatch *mismatch) {
    const Type *found = type_strip(mismatch->found);
    if (found->kind != TYPE_REFERENCE || !found->construct || mismatch->node->kind != NODE_NAME ||
        mismatch->wanted->kind == TYPE_REFERENCE) {
        return false;
    }
    const char *base = mismatch->node->name->text;
    GString *list = g_string_new(NULL);
    const char *only = NULL;
    size_t count = 0;
    for (const Attribute *one = found->construct->attributes; one; one = one->next) {
        const bool object = mismatch->wanted->kind == TYPE_OBJECT;
        const bool exact = type_equal(type_strip(one->type), mismatch->wanted);
        if (is_attribute(found->construct, one->name) &&
            (object ? exact : type_assignable(one->type, mismatch->expected))) {
            only = arena_printf(mismatch->compilation->arena, "%s.%s", base, one->name->text);
            g_string_append_printf(list, "%s`%s`", count ? ", " : "", only);
            count++;
        }
    }
    if (count == 1) {
        help_write(mismatch, only);
    } else if (count && count <= MOST_ALTERNATIVES) {
        diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                        "a resource is no value here; write one of its attributes: %s", list->str);
    } else if (count) {
        diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                        "a resource is no value here; write one of its attributes: `depotc stdlib "
                        "%s` lists them",
                        found->construct->label);
    }
    g_string_free(list, TRUE);
    return count > 0;
}

static void find_kind(const Type *type, void *data) {
    bool *kinds = data;
    kinds[type->kind] = true;
    if (type->kind == TYPE_LITERAL && type->literal->kind == VALUE_INT) {
        kinds[TYPE_INT] = true;
    }
}

/// Whether `type` takes some value of `kind`, as one of its alternatives.
static bool takes(const Type *type, TypeKind kind) {
    bool kinds[TYPE_NAMED + 1] = {false};
    type_each_alternative(type, find_kind, kinds);
    return kinds[kind];
}

static bool is_number(const char *text) {
    char *end = NULL;
    g_ascii_strtod(text, &end);
    return g_ascii_isdigit(*text) && *end == '\0' && strspn(text, "0123456789.") == strlen(text);
}

/// `"true"` for `true`, `"30"` for `30`.
static bool help_unquote(const Mismatch *mismatch) {
    const Symbol *let = report_untyped_let(mismatch->compilation, mismatch->node);
    const Node *node = let ? let->node->b : mismatch->node;
    if (!node || node->kind != NODE_STRING) {
        return false;
    }
    const char *text = arena_strndup(mismatch->compilation->arena, node->text, node->length);
    const bool truth = !strcmp(text, "true") || !strcmp(text, "false");
    const bool number = is_number(text);
    const char *what = NULL;
    if (truth && takes(mismatch->expected, TYPE_BOOL)) {
        what = "`true` and `false` are written without quotes";
    } else if (number && (takes(mismatch->expected, TYPE_NUMBER) ||
                          (takes(mismatch->expected, TYPE_INT) && !strchr(text, '.')))) {
        what = "numbers are written without quotes";
    } else {
        return false;
    }
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic, "%s", what);
    diagnostic_fix(mismatch->compilation->diagnostics, mismatch->diagnostic,
                   let ? FIX_MAYBE : FIX_SAFE, node_span(node), text, "write `%s` without quotes",
                   text);
    return true;
}

/// `"yes"` for `true`.
static bool help_truth(const Mismatch *mismatch) {
    const Node *node = mismatch->node;
    if (node->kind != NODE_STRING || !takes(mismatch->expected, TYPE_BOOL)) {
        return false;
    }
    const char *truth = check_truth_word(
        arena_strndup(mismatch->compilation->arena, node->text, node->length), true);
    if (truth == NULL) {
        return false;
    }
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic, "it is written `%s`",
                    truth);
    diagnostic_fix(mismatch->compilation->diagnostics, mismatch->diagnostic, FIX_MAYBE,
                   node_span(node), truth, "write `%s`", truth);
    return true;
}

/// Whether the expected type takes `text`: some types of text have a form of their own.
static bool text_fits(const Mismatch *mismatch, const char *text) {
    Compilation *compilation = mismatch->compilation;
    const Value *value = value_string(compilation->arena, text, mismatch->node);
    diagnostics_mute(compilation->diagnostics);
    value = conform(compilation, value, mismatch->expected, mismatch->node, "");
    diagnostics_unmute(compilation->diagnostics);
    return !value_contains_error(value);
}

/// `12345` for `"12345"`.
static bool help_text(const Mismatch *mismatch) {
    const Node *node = mismatch->node;
    const bool simple =
        type_is(mismatch->found, TYPE_NUMBER) || type_is(mismatch->found, TYPE_BOOL);
    if (!simple || mismatch->wanted->kind != TYPE_STRING) {
        return false;
    }
    const bool literal =
        node->kind == NODE_INTEGER || node->kind == NODE_DECIMAL || node->kind == NODE_BOOL;
    const char *text = short_text(mismatch, node);
    if (!text) {
        return false;
    }
    if (literal && !text_fits(mismatch, text)) { // quotes would only make the next mistake of it
        diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                        "it is text, which stands in quotes");
        help_named(mismatch, mismatch->expected);
        return true;
    }
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                    literal ? "text stands in quotes: `\"%s\"`" : "`string(%s)` makes it text",
                    text);
    if (literal) {
        diagnostic_fix(mismatch->compilation->diagnostics, mismatch->diagnostic, FIX_SAFE,
                       node_span(node), arena_printf(mismatch->compilation->arena, "\"%s\"", text),
                       "put it in quotes");
    }
    return true;
}

/// Secrets come from one function and never become text.
static bool help_secret(const Mismatch *mismatch) {
    const char *help = NULL;
    if (mismatch->wanted->kind == TYPE_SECRET) {
        help = "secrets come from `secret(\"name or ARN\")`, never from text";
    } else if (type_strip(mismatch->found)->kind == TYPE_SECRET) {
        help = "what a secret holds never becomes text; write the name or ARN of the secret where "
               "one is wanted";
    } else {
        return false;
    }
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic, "%s", help);
    return true;
}

typedef struct LiteralSearch {
    const Type *wanted;
    bool found;
} LiteralSearch;

static void find_literal(const Type *type, void *data) {
    LiteralSearch *search = data;
    search->found =
        search->found || (type->kind == TYPE_LITERAL && type_equal(type, search->wanted));
}

/// The property of `object` whose type lists the literal `found`: the `type` of
/// `{ type: "asynchronous" }`; or NULL.
static const Property *property_for(const Type *object, const Type *found) {
    LiteralSearch search = {.wanted = found};
    for (size_t i = 0; i < object->count && found->kind == TYPE_LITERAL; i++) {
        type_each_alternative(object->properties[i].type, find_literal, &search);
        if (search.found) {
            return &object->properties[i];
        }
    }
    return NULL;
}

static void find_object(const Type *type, void *data) {
    const Type **object = data;
    *object = *object || type->kind != TYPE_OBJECT ? *object : type;
}

/// Something else where an object is wanted: the form that it has.
static bool help_object(const Mismatch *mismatch) {
    const Type *object = NULL;
    type_each_alternative(mismatch->expected, find_object, &object);
    if (!object || type_is(mismatch->found, TYPE_OBJECT)) {
        return false;
    }
    Diagnostics *list = mismatch->compilation->diagnostics;
    const Property *meant = property_for(object, mismatch->found);
    const char *value = meant ? short_text(mismatch, mismatch->node) : NULL;
    const char *required = members_text(mismatch, object, false);
    if (value) {
        diagnostic_help(list, mismatch->diagnostic, "an object is wanted: `{ %s: %s }`",
                        meant->name->text, value);
    } else if (*required) {
        diagnostic_help(list, mismatch->diagnostic, "an object is wanted: `{ %s }`", required);
    } else {
        const char *all = members_text(mismatch, object, true);
        diagnostic_help(list, mismatch->diagnostic,
                        object->count && object->count <= MOST_ALTERNATIVES
                            ? "an object is wanted: `{}`, or with some of `{ %s }`"
                            : "an object is wanted: `{}`, or with some of its members",
                        all);
    }
    return true;
}

/// Something else where a map is wanted.
static bool help_map(const Mismatch *mismatch) {
    if (mismatch->wanted->kind != TYPE_MAP || type_is(mismatch->found, TYPE_OBJECT)) {
        return false;
    }
    diagnostic_help(mismatch->compilation->diagnostics, mismatch->diagnostic,
                    "a map is written in braces, with a name for each value: `{ name: … }`");
    return true;
}

/// Decides in this order; the first that helps is the only one.
static bool (*const helps[])(const Mismatch *) = {
    help_reference, help_quoting,    help_unquote, help_truth,    help_text,
    help_list,      help_single,     help_secret,  help_case,     help_words,
    help_object,    help_attributes, help_map,     help_expected,
};

void report_mismatch(Compilation *compilation, Node *node, const Scope *scope, const Type *expected,
                     const Type *found, const char *what, const Node *declared) {
    Mismatch mismatch = {
        .compilation = compilation,
        .node = node,
        .scope = scope,
        .expected = expected,
        .wanted = type_strip(expected),
        .found = found,
    };
    mismatch.diagnostic = report_type(compilation, node, report_type_text(compilation, expected),
                                      found, what, declared);
    /* The attributes of a resource say more than the form of an object. */
    if (type_strip(found)->kind == TYPE_REFERENCE && help_attributes(&mismatch)) {
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(helps) && !helps[i](&mismatch); i++) {
    }
}
