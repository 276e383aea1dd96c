#include "levels.h"

#include "library.h"
#include "program.h"

#include <glib.h>
#include <string.h>

void compilation_set_levels(Compilation *compilation, const LevelSetting *settings, size_t count,
                            const char *deny, Span span) {
    compilation->levels = settings;
    compilation->level_count = count;
    compilation->deny = deny;
    compilation->deny_span = span;
    for (size_t i = 0; i < count; i++) {
        diagnostics_set_level(compilation->diagnostics, settings[i].code, settings[i].severity,
                              false, settings[i].span, settings[i].origin);
    }
}

void compilation_raise_levels(Compilation *compilation) {
    diagnostics_raise(compilation->diagnostics, compilation->deny, compilation->deny_span);
}

/// Calls `visit` for every rule that users' files declare, at file level or in constructs.
static void each_rule(const Compilation *compilation, void (*visit)(const Node *rule, void *data),
                      void *data) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        if (source->library || !source->tree) {
            continue;
        }
        for (const Node *node = source->tree->a; node; node = node->next) {
            const Node *body = node->kind == NODE_CONSTRUCT ? node->b : NULL;
            for (const Node *inner = body ? body->a : NULL; inner; inner = inner->next) {
                visit(inner, data);
            }
            visit(node, data);
        }
    }
}

/// The ids of users' rules.
typedef struct RuleIds {
    Arena *arena;
    GPtrArray *list; ///< in the order of the files
    GHashTable *set;
} RuleIds;

static void add_id(const Node *node, void *data) {
    RuleIds *ids = data;
    const Node *id = node->kind == NODE_RULE && node->a ? node->a->a : NULL;
    if (id && id->kind == NODE_STRING) {
        char *text = arena_strndup(ids->arena, id->text, id->length);
        g_ptr_array_add(ids->list, text);
        g_hash_table_add(ids->set, text);
    }
}

static RuleIds rule_ids(const Compilation *compilation) {
    RuleIds ids = {compilation->arena, g_ptr_array_new(),
                   g_hash_table_new(g_str_hash, g_str_equal)};
    each_rule(compilation, add_id, &ids);
    return ids;
}

static void rule_ids_clear(RuleIds *ids) {
    g_ptr_array_unref(ids->list);
    g_hash_table_unref(ids->set);
}

/// The id that `code` may have been meant to be, or NULL.
static const char *similar_code(Compilation *compilation, const char *code, const RuleIds *ids) {
    Similar similar;
    similar_begin(&similar, code);
    unsigned *offers = &compilation->program->offers;
    for (guint i = 0; i < ids->list->len && (*offers)++ < SIMILAR_MAX_OFFERS; i++) {
        similar_offer(&similar, ids->list->pdata[i]);
    }
    for (int id = 0; id < DIAG_COUNT && (*offers)++ < SIMILAR_MAX_OFFERS; id++) {
        similar_offer(&similar, diagnostic_code((DiagnosticId)id));
    }
    if (*offers < SIMILAR_MAX_OFFERS) {
        library_offer(compilation->library, "rule ", &similar);
    }
    return similar_best(&similar);
}

static void report_unknown(Compilation *compilation, const LevelSetting *setting,
                           const RuleIds *ids) {
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_LEVEL_UNKNOWN,
                                            setting->span, setting->code, NULL);
    const char *best = similar_code(compilation, setting->code, ids);
    if (best) {
        diagnostic_help(compilation->diagnostics, diagnostic, "a similar id exists: `%s`", best);
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`depotc explain` lists the diagnostics; a rule has its id behind `rule`");
    }
}

static void report_fixed(Compilation *compilation, const LevelSetting *setting) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_LEVEL_FIXED, setting->span, setting->code,
                       setting->severity == SEVERITY_OFF ? "allowed" : "made a warning", NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "warnings and the rules of your own files can be; what this one reports would "
                    "fail later");
}

/// The severity that the diagnostic or the library's rule `code` has by itself; SEVERITY_OFF if
/// there is none.
static Severity own_severity(Compilation *compilation, const char *code) {
    DiagnosticId id = DIAG_COUNT;
    if (diagnostic_find(code, &id)) {
        return diagnostic_severity(id);
    }
    const Node *rule = library_rule(compilation->library, code);
    if (!rule) {
        return SEVERITY_OFF;
    }
    return decorator_find(rule->c, "warning") ? SEVERITY_WARNING : SEVERITY_ERROR;
}

/// Whether `code` looks like an id of depotc: a rule of a file that is not compiled has another
/// one.
static bool is_own_id(const char *code) {
    return code[0] == 'D' && strlen(code) == 5 && strspn(code + 1, "0123456789") == 4;
}

static void check_setting(Compilation *compilation, const LevelSetting *setting,
                          const RuleIds *ids) {
    if (g_hash_table_contains(ids->set, setting->code)) {
        diagnostics_set_level(compilation->diagnostics, setting->code, setting->severity, true,
                              setting->span, setting->origin);
        return;
    }
    const Severity own = own_severity(compilation, setting->code);
    if (own == SEVERITY_OFF) {
        const bool partial = compilation->options.partial && setting->span.file != SPAN_NONE;
        if (!partial || is_own_id(setting->code)) {
            report_unknown(compilation, setting, ids);
        }
    } else if (own == SEVERITY_ERROR && setting->severity != SEVERITY_ERROR) {
        report_fixed(compilation, setting);
    }
}

void levels_check(Compilation *compilation) {
    if (!compilation->level_count) {
        return;
    }
    RuleIds ids = rule_ids(compilation);
    for (size_t i = 0; i < compilation->level_count; i++) {
        check_setting(compilation, &compilation->levels[i], &ids);
    }
    rule_ids_clear(&ids);
}

bool levels_knows(Compilation *compilation, const char *code, const char **similar) {
    RuleIds ids = rule_ids(compilation);
    const bool known =
        g_hash_table_contains(ids.set, code) || own_severity(compilation, code) != SEVERITY_OFF;
    *similar = known ? NULL : similar_code(compilation, code, &ids);
    rule_ids_clear(&ids);
    return known;
}
