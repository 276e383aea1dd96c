/// `depotc stdlib KIND.TYPE --format markdown`: a page of docs/stdlib.
#include "cli.h"

#include <cjson/cJSON.h>
#include <string.h>

static const char *text_of(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/// Appends `text` for a cell of a table: on one line, and without its sign.
static void append_cell(GString *out, const char *text) {
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '|') {
            g_string_append(out, "\\|");
        } else {
            g_string_append_c(out, *text == '\n' ? ' ' : *text);
        }
    }
}

static void append_deprecation(GString *out, const cJSON *fact) {
    const cJSON *deprecated = cJSON_GetObjectItemCaseSensitive(fact, "deprecated");
    if (deprecated == NULL) {
        return;
    }
    const char *since = text_of(deprecated, "since");
    const char *reason = text_of(deprecated, "reason");
    const char *replacement = text_of(deprecated, "replacement");
    g_string_append(out, "Deprecated");
    if (since != NULL) {
        g_string_append_printf(out, " since %s", since);
    }
    if (reason != NULL) {
        g_string_append_printf(out, ": %s", reason);
    }
    if (replacement != NULL) {
        g_string_append_printf(out, "; write `%s`", replacement);
    }
    g_string_append(out, ". ");
}

/// "documented: page" or "inferred: reason", without what `outer` says already.
static void append_mark(GString *out, const char *mark, const cJSON *fact, const cJSON *outer) {
    const char *text = text_of(fact, mark);
    g_string_append(out, mark);
    if (outer == NULL || g_strcmp0(text, text_of(outer, mark)) != 0) {
        g_string_append(out, ": ");
        append_cell(out, text);
    }
}

/// Where a fact comes from. The page of what is around it, or the reason, is not repeated.
static void append_origin(GString *out, const cJSON *fact, const cJSON *outer) {
    const char *documented = text_of(fact, "documented");
    const char *inferred = text_of(fact, "inferred");
    if (inferred != NULL) {
        append_mark(out, "inferred", fact, outer);
    } else if (documented != NULL) {
        append_mark(out, "documented", fact, outer);
    }
    const char *from = text_of(fact, "from");
    if (from != NULL) {
        g_string_append(out, inferred != NULL || documented != NULL ? "; from `" : "from `");
        append_cell(out, from);
        g_string_append_c(out, '`');
    }
}

/// "name?: type = default", as code.
static void append_signature(GString *out, const cJSON *fact) {
    const char *type = text_of(fact, "type");
    const char *fallback = text_of(fact, "default");
    const cJSON *required = cJSON_GetObjectItemCaseSensitive(fact, "required");
    g_string_append_c(out, '`');
    append_cell(out, text_of(fact, "name"));
    if (required != NULL && !cJSON_IsTrue(required)) {
        g_string_append_c(out, '?');
    }
    if (type != NULL) {
        g_string_append(out, ": ");
        append_cell(out, type);
    }
    if (fallback != NULL) {
        g_string_append(out, " = ");
        append_cell(out, fallback);
    }
    g_string_append_c(out, '`');
}

/// What is demanded of its values, as code.
static void append_constraints(GString *out, const cJSON *fact) {
    const cJSON *constraint = NULL;
    cJSON_ArrayForEach(constraint, cJSON_GetObjectItemCaseSensitive(fact, "constraints")) {
        g_string_append(out, " `");
        append_cell(out, constraint->valuestring);
        g_string_append_c(out, '`');
    }
}

/// Whether a table would have nothing but names.
static bool only_names(const cJSON *facts) {
    const cJSON *fact = NULL;
    cJSON_ArrayForEach(fact, facts) {
        if (cJSON_GetArraySize(fact) > 1) {
            return false;
        }
    }
    return true;
}

static void append_names(GString *out, const cJSON *facts, const char *heading) {
    g_string_append_printf(out, "\n%s", heading);
    const cJSON *fact = NULL;
    cJSON_ArrayForEach(fact, facts) {
        g_string_append_printf(out, "%s`%s`", fact == facts->child ? " " : ", ",
                               text_of(fact, "name"));
    }
    g_string_append(out, ".\n");
}

static void append_table(GString *out, const cJSON *facts, const char *heading,
                         const cJSON *outer) {
    if (cJSON_GetArraySize(facts) == 0) {
        return;
    }
    if (only_names(facts)) {
        append_names(out, facts, heading);
        return;
    }
    g_string_append_printf(out, "\n| %s | Meaning | Where it comes from |\n|---|---|---|\n",
                           heading);
    const cJSON *fact = NULL;
    cJSON_ArrayForEach(fact, facts) {
        g_string_append(out, "| ");
        append_signature(out, fact);
        g_string_append(out, " | ");
        append_deprecation(out, fact);
        append_cell(out, text_of(fact, "doc"));
        append_constraints(out, fact);
        g_string_append(out, " | ");
        append_origin(out, fact, outer);
        g_string_append(out, " |\n");
    }
}

/// What a heading is about: its doc comment, deprecation and provenance.
static void append_introduction(GString *out, const cJSON *fact, const cJSON *outer) {
    const char *doc = text_of(fact, "doc");
    if (doc != NULL) {
        g_string_append_printf(out, "\n%s\n", doc);
    }
    g_autoptr(GString) marks = g_string_new(NULL);
    append_deprecation(marks, fact);
    append_origin(marks, fact, outer);
    if (marks->len > 0) {
        g_string_append_printf(out, "\n*%s*\n", g_strchomp(marks->str));
    }
}

static void append_examples(GString *out, const cJSON *reference) {
    const cJSON *examples = cJSON_GetObjectItemCaseSensitive(reference, "examples");
    const cJSON *example = NULL;
    cJSON_ArrayForEach(example, examples) {
        g_string_append_printf(out, "\n```depot\n%s```\n", example->valuestring);
    }
}

/// What stands below the heading of a type.
static void append_type(GString *out, const cJSON *type) {
    append_introduction(out, type, NULL);
    append_examples(out, type);
    const char *plain = text_of(type, "type");
    const cJSON *constraints = cJSON_GetObjectItemCaseSensitive(type, "constraints");
    if (plain != NULL) {
        g_string_append_printf(out, "\n`%s`", plain);
        const cJSON *constraint = NULL;
        cJSON_ArrayForEach(constraint, constraints) {
            g_string_append_printf(out, " `%s`", constraint->valuestring);
        }
        g_string_append_c(out, '\n');
    }
    append_table(out, cJSON_GetObjectItemCaseSensitive(type, "properties"), "Property", type);
    append_table(out, cJSON_GetObjectItemCaseSensitive(type, "members"), "One of", type);
}

/// The types that others are made of.
static void append_types(GString *out, const cJSON *reference) {
    const cJSON *types = cJSON_GetObjectItemCaseSensitive(reference, "types");
    if (cJSON_GetArraySize(types) == 0) {
        return;
    }
    g_string_append(out, "\n## Types\n");
    const cJSON *type = NULL;
    cJSON_ArrayForEach(type, types) {
        g_string_append_printf(out, "\n### `%s`\n", text_of(type, "name"));
        append_type(out, type);
    }
}

static void append_rules(GString *out, const cJSON *reference) {
    const cJSON *rules = cJSON_GetObjectItemCaseSensitive(reference, "rules");
    if (cJSON_GetArraySize(rules) == 0) {
        return;
    }
    g_string_append(out, "\n## Rules\n\n");
    const cJSON *rule = NULL;
    cJSON_ArrayForEach(rule, rules) {
        const char *id = text_of(rule, "id");
        const char *doc = text_of(rule, "doc");
        // Rules of users have no pages.
        const bool page = id[0] == 'D' && g_ascii_isdigit(id[1]);
        if (page) {
            g_string_append_printf(
                out, "* %s [%s](../diagnostics/%s.md): ", text_of(rule, "severity"), id, id);
        } else {
            g_string_append_printf(out, "* %s %s: ", text_of(rule, "severity"), id);
        }
        g_string_append(out, text_of(rule, "message"));
        if (doc != NULL) {
            g_string_append(out, "; ");
            append_cell(out, doc);
        }
        g_string_append_c(out, '\n');
    }
}

/// The types of a kind, with links to their pages.
static void append_constructs(GString *out, const cJSON *reference) {
    const cJSON *constructs = cJSON_GetObjectItemCaseSensitive(reference, "constructs");
    if (cJSON_GetArraySize(constructs) == 0) {
        return;
    }
    g_string_append(out, "\n## Constructs\n\n");
    const cJSON *construct = NULL;
    cJSON_ArrayForEach(construct, constructs) {
        const char *name = text_of(construct, "construct");
        g_string_append_printf(out, "* [%s](%s.md): %s\n", name, name,
                               text_of(construct, "summary"));
    }
}

static void append_targets(GString *out, const cJSON *reference) {
    const cJSON *targets = cJSON_GetObjectItemCaseSensitive(reference, "targets");
    if (cJSON_GetArraySize(targets) == 0) {
        return;
    }
    g_string_append(out, "\n## How it is written\n");
    const cJSON *target = NULL;
    cJSON_ArrayForEach(target, targets) {
        const cJSON *clause = NULL;
        cJSON_ArrayForEach(clause, target) {
            g_string_append_printf(out, "\n```depot-fragment\n%s\n```\n", clause->valuestring);
        }
    }
}

void reference_markdown(const cJSON *reference, GString *out) {
    const cJSON *properties = cJSON_GetObjectItemCaseSensitive(reference, "properties");
    const cJSON *attributes = cJSON_GetObjectItemCaseSensitive(reference, "attributes");
    if (text_of(reference, "construct") == NULL) {
        g_string_append_printf(out, "# %s\n", text_of(reference, "name"));
        append_type(out, reference);
        append_types(out, reference);
        return;
    }
    g_string_append_printf(out, "# %s\n", text_of(reference, "construct"));
    append_introduction(out, reference, NULL);
    append_constructs(out, reference);
    if (cJSON_GetObjectItemCaseSensitive(reference, "examples") != NULL) {
        g_string_append(out, "\n## Example\n");
    }
    append_examples(out, reference);
    if (cJSON_GetArraySize(properties) > 0) {
        g_string_append(out, "\n## Properties\n");
        append_table(out, properties, "Property", reference);
    }
    if (cJSON_GetArraySize(attributes) > 0) {
        g_string_append(out, "\n## Attributes\n");
        append_table(out, attributes, "Attribute", reference);
    }
    append_types(out, reference);
    append_rules(out, reference);
    append_targets(out, reference);
}
