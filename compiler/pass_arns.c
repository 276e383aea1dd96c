/// ARNs that name another account than the environment they are used in, or several regions. Both
/// may be meant, so they are warnings.
#include "passes.h"

#include <glib.h>
#include <string.h>

/// An ARN is `arn:partition:service:region:account:resource`.
typedef struct ArnWalk {
    Compilation *compilation;
    Resource *resource;
    const char *account; ///< of the environment, or NULL
    const Node *account_node;
    const char *region; ///< the first that an ARN names
    Span region_span;
} ArnWalk;

static void check_account(ArnWalk *walk, const char *account, Span span) {
    bool digits = strlen(account) == 12 && strspn(account, "0123456789") == 12;
    if (!walk->account || !digits || !strcmp(walk->account, account)) {
        return;
    }
    Diagnostic *diagnostic = diagnostic_add(walk->compilation->diagnostics, DIAG_ARN_ACCOUNT, span,
                                            account, walk->account, NULL);
    if (walk->account_node) {
        diagnostic_label(walk->compilation->diagnostics, diagnostic, node_span(walk->account_node),
                         "the environment's account");
    }
}

static void check_region(ArnWalk *walk, const char *region, Span span) {
    if (!*region) {
        return;
    }
    if (!walk->region) {
        walk->region = arena_strndup(walk->compilation->arena, region, strlen(region));
        walk->region_span = span;
    } else if (strcmp(walk->region, region) != 0) {
        Diagnostic *diagnostic = diagnostic_add(walk->compilation->diagnostics, DIAG_ARN_REGION,
                                                span, region, walk->region, NULL);
        diagnostic_label(walk->compilation->diagnostics, diagnostic, walk->region_span,
                         "another ARN names `%s`", walk->region);
    }
}

static void check_string(ArnWalk *walk, const Value *value) {
    if (value->length < 4 || memcmp(value->text, "arn:", 4) != 0 || !value->origin ||
        compilation_is_lenient(walk->compilation, value->origin)) {
        return;
    }
    char *text = g_strndup(value->text, value->length);
    char **parts = g_strsplit(text, ":", 6);
    if (g_strv_length(parts) == 6) {
        check_account(walk, parts[4], node_span(value->origin));
        check_region(walk, parts[3], node_span(value->origin));
    }
    g_strfreev(parts);
    g_free(text);
}

static void walk_value(const Value *value, void *data) {
    if (value->kind == VALUE_STRING) {
        check_string(data, value);
    }
    value_each_child(value, walk_value, data);
}

/// The account that the container's own properties name: a literal of the library's type
/// `accountId`.
static void find_account(ArnWalk *walk, const Value *value) {
    if (value->kind == VALUE_STRING && value->length == 12 && !walk->account) {
        const char *text = arena_strndup(walk->compilation->arena, value->text, value->length);
        if (strspn(text, "0123456789") == 12) {
            walk->account = text;
            walk->account_node = value->origin;
        }
    }
    for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->field_count; i++) {
        find_account(walk, value->fields[i].value);
    }
}

void pass_arns(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        ArnWalk walk = {.compilation = compilation};
        for (size_t p = 0; p < container->construct->property_count; p++) {
            find_account(&walk, resource_property(compilation, container, p, false));
        }
        for (size_t m = 0; m < container->member_count; m++) {
            walk.resource = container->members[m];
            if (walk.resource->construct->resource_attributes) {
                continue; /* policies name accounts and regions of others, and mean it */
            }
            for (size_t p = 0; p < walk.resource->construct->property_count; p++) {
                walk_value(resource_property(compilation, walk.resource, p, false), &walk);
            }
        }
    }
}
