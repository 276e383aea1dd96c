#include "cli.h"

#include <cjson/cJSON.h>
#include <string.h>

static const char *text_of(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/// Appends `text`, each line of it behind `indent`.
static void append_lines(GString *out, const char *indent, const char *text) {
    while (text != NULL && *text != '\0') {
        const size_t length = strcspn(text, "\n");
        g_string_append_printf(out, "%s%.*s\n", indent, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

/// "documented: page", "inferred: reason", "from: file of a user", "deprecated since …: reason; use
/// …".
static void append_marks(GString *out, const char *indent, const cJSON *object) {
    static const char *const origins[] = {"documented", "inferred", "from"};
    for (size_t i = 0; i < G_N_ELEMENTS(origins); i++) {
        const char *text = text_of(object, origins[i]);
        if (text != NULL) {
            g_string_append_printf(out, "%s%s: %s\n", indent, origins[i], text);
        }
    }
    const cJSON *deprecated = cJSON_GetObjectItemCaseSensitive(object, "deprecated");
    if (deprecated == NULL) {
        return;
    }
    const char *since = text_of(deprecated, "since");
    const char *reason = text_of(deprecated, "reason");
    const char *replacement = text_of(deprecated, "replacement");
    g_string_append_printf(
        out, "%sdeprecated%s%s%s%s%s%s\n", indent, since != NULL ? " since " : "",
        since != NULL ? since : "", reason != NULL ? ": " : "", reason != NULL ? reason : "",
        replacement != NULL ? "; use " : "", replacement != NULL ? replacement : "");
}

static void append_constraints(GString *out, const cJSON *fact) {
    const cJSON *constraint = NULL;
    cJSON_ArrayForEach(constraint, cJSON_GetObjectItemCaseSensitive(fact, "constraints")) {
        g_string_append_printf(out, " %s", constraint->valuestring);
    }
}

/// "name?: type = default @constraint".
static void append_signature(GString *out, const cJSON *fact) {
    const char *fallback = text_of(fact, "default");
    const cJSON *required = cJSON_GetObjectItemCaseSensitive(fact, "required");
    const bool optional = required != NULL && !cJSON_IsTrue(required);
    g_string_append_printf(out, "%s%s: %s", text_of(fact, "name"), optional ? "?" : "",
                           text_of(fact, "type"));
    if (fallback != NULL) {
        g_string_append_printf(out, " = %s", fallback);
    }
    append_constraints(out, fact);
}

static void append_members(GString *out, const cJSON *fact) {
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, cJSON_GetObjectItemCaseSensitive(fact, "members")) {
        const char *doc = text_of(member, "doc");
        g_string_append_printf(out, "    | %s%s%s\n", text_of(member, "name"),
                               doc != NULL ? ": " : "", doc != NULL ? doc : "");
        append_marks(out, "      ", member);
    }
}

static void append_fact(GString *out, const cJSON *fact) {
    g_string_append(out, "\n  ");
    append_signature(out, fact);
    g_string_append_c(out, '\n');
    append_lines(out, "    ", text_of(fact, "doc"));
    append_marks(out, "    ", fact);
    append_members(out, fact);
}

static void append_facts(GString *out, const cJSON *reference, const char *list,
                         const char *heading) {
    const cJSON *facts = cJSON_GetObjectItemCaseSensitive(reference, list);
    if (cJSON_GetArraySize(facts) == 0) {
        return;
    }
    g_string_append_printf(out, "\n%s\n", heading);
    const cJSON *fact = NULL;
    cJSON_ArrayForEach(fact, facts) {
        append_fact(out, fact);
    }
}

static void append_rules(GString *out, const cJSON *reference) {
    const cJSON *rules = cJSON_GetObjectItemCaseSensitive(reference, "rules");
    if (cJSON_GetArraySize(rules) == 0) {
        return;
    }
    g_string_append(out, "\nRules\n\n");
    const cJSON *rule = NULL;
    cJSON_ArrayForEach(rule, rules) {
        g_string_append_printf(out, "  %s %s: %s\n", text_of(rule, "severity"), text_of(rule, "id"),
                               text_of(rule, "message"));
        append_lines(out, "    ", text_of(rule, "doc"));
    }
}

/// A type by its name: what stands in it follows as for a property.
static void append_type(GString *out, const cJSON *type) {
    g_string_append_printf(out, "\n  %s", text_of(type, "name"));
    if (text_of(type, "type") != NULL) {
        g_string_append_printf(out, " = %s", text_of(type, "type"));
    }
    append_constraints(out, type);
    g_string_append_c(out, '\n');
    append_lines(out, "    ", text_of(type, "doc"));
    append_marks(out, "    ", type);
    append_members(out, type);
    const cJSON *property = NULL;
    cJSON_ArrayForEach(property, cJSON_GetObjectItemCaseSensitive(type, "properties")) {
        g_string_append(out, "    . ");
        append_signature(out, property);
        g_string_append_c(out, '\n');
        append_lines(out, "      ", text_of(property, "doc"));
        append_marks(out, "      ", property);
    }
}

static void append_types(GString *out, const cJSON *reference) {
    const cJSON *types = cJSON_GetObjectItemCaseSensitive(reference, "types");
    if (cJSON_GetArraySize(types) == 0) {
        return;
    }
    g_string_append(out, "\nTypes\n");
    const cJSON *type = NULL;
    cJSON_ArrayForEach(type, types) {
        append_type(out, type);
    }
}

/// The types of a kind.
static void append_constructs(GString *out, const cJSON *reference) {
    const cJSON *constructs = cJSON_GetObjectItemCaseSensitive(reference, "constructs");
    if (cJSON_GetArraySize(constructs) == 0) {
        return;
    }
    g_string_append(out, "\nConstructs\n\n");
    const cJSON *construct = NULL;
    cJSON_ArrayForEach(construct, constructs) {
        g_string_append_printf(out, "  %-22s %s\n", text_of(construct, "construct"),
                               text_of(construct, "summary"));
    }
}

static void append_targets(GString *out, const cJSON *reference) {
    const cJSON *targets = cJSON_GetObjectItemCaseSensitive(reference, "targets");
    if (cJSON_GetArraySize(targets) == 0) {
        return;
    }
    g_string_append(out, "\nTargets\n");
    const cJSON *target = NULL;
    cJSON_ArrayForEach(target, targets) {
        const cJSON *clause = NULL;
        cJSON_ArrayForEach(clause, target) {
            g_string_append_c(out, '\n');
            append_lines(out, "  ", clause->valuestring);
        }
    }
}

static void append_examples(GString *out, const cJSON *reference) {
    const cJSON *example = NULL;
    cJSON_ArrayForEach(example, cJSON_GetObjectItemCaseSensitive(reference, "examples")) {
        g_string_append(out, "\nExample\n\n");
        append_lines(out, "  ", example->valuestring);
    }
}

static void print_text(const cJSON *reference, GString *out) {
    if (text_of(reference, "construct") == NULL) {
        append_type(out, reference);
        g_string_erase(out, 0, 1);
        append_types(out, reference);
        return;
    }
    g_string_append_printf(out, "%s\n", text_of(reference, "construct"));
    append_lines(out, "  ", text_of(reference, "doc"));
    append_marks(out, "  ", reference);
    const cJSON *extension = NULL;
    cJSON_ArrayForEach(extension, cJSON_GetObjectItemCaseSensitive(reference, "extended")) {
        g_string_append_printf(out, "  extended in: %s\n", extension->valuestring);
    }
    append_constructs(out, reference);
    append_examples(out, reference);
    append_facts(out, reference, "properties", "Properties");
    append_facts(out, reference, "attributes", "Attributes");
    append_types(out, reference);
    append_rules(out, reference);
    append_targets(out, reference);
}

void reference_print(const cJSON *reference, bool markdown, GString *out) {
    if (markdown) {
        reference_markdown(reference, out);
    } else {
        print_text(reference, out);
    }
}
