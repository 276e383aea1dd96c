#include "levels.h"

#include "edit.h"
#include "library.h"
#include "program.h"
#include "suppressions.h"

#include <glib.h>
#include <string.h>

/// What `code` is called today.
static const char *current(const char *code) {
    const char *now = diagnostic_renamed(code);
    return now ? now : code;
}

void compilation_set_levels(Compilation *compilation, const LevelSetting *settings, size_t count) {
    compilation->levels = settings;
    compilation->level_count = count;
    for (size_t i = 0; i < count; i++) {
        diagnostics_set_level(compilation->diagnostics, current(settings[i].code),
                              settings[i].severity, false, settings[i].span, settings[i].origin);
    }
}

void compilation_raise_levels(Compilation *compilation) {
    diagnostics_raise(compilation->diagnostics);
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

struct RuleIds {
    Arena *arena;
    GPtrArray *list; ///< in the order of the files
    GHashTable *set;
};

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
    for (int group = GROUP_NONE + 1; group < GROUP_COUNT; group++) {
        similar_offer(&similar, group_name((DiagnosticGroup)group));
    }
    return similar_best(&similar);
}

static void report_unknown(Compilation *compilation, Span span, const char *code,
                           const char *similar) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_ID_UNKNOWN, span, code, NULL);
    if (similar) {
        diagnostic_help(compilation->diagnostics, diagnostic, "a similar id exists: `%s`", similar);
        edit_offer_text(compilation, diagnostic, FIX_SAFE, span, code, similar);
    } else {
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "`depotc explain` lists the diagnostics; a rule has its id behind `rule`");
    }
}

static void report_renamed(Compilation *compilation, Span span, const char *code, const char *now) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_ID_RENAMED, span, code, now, NULL);
    diagnostic_help(compilation->diagnostics, diagnostic, "both mean the same; write `%s`", now);
    edit_offer_text(compilation, diagnostic, FIX_SAFE, span, code, now);
}

static void report_fixed(Compilation *compilation, const LevelSetting *setting, const char *code) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_LEVEL_FIXED, setting->span, code,
                       setting->severity == SEVERITY_OFF ? "allowed" : "made a warning", NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "warnings and the rules of your own files can be; what this one reports would "
                    "fail later");
}

/// Whether `code` looks like an id of depotc: a rule of a file that is not compiled has another
/// one.
static bool is_own_id(const char *code) {
    return code[0] == 'D' && strlen(code) == 5 && strspn(code + 1, "0123456789") == 4;
}

/// What there is with the id `code`, as it is called today.
static IdKind kind_of(Compilation *compilation, const char *code, const RuleIds *ids) {
    DiagnosticId id = DIAG_COUNT;
    if (group_find(code) != GROUP_NONE) {
        return ID_GROUP;
    }
    if (g_hash_table_contains(ids->set, code)) {
        return ID_USERS_RULE;
    }
    if (diagnostic_find(code, &id)) {
        return diagnostic_severity(id) == SEVERITY_ERROR ? ID_ERROR : ID_WARNING;
    }
    const Node *rule = library_rule(compilation->library, code);
    if (!rule) {
        return ID_UNKNOWN;
    }
    return decorator_find(rule->c, "warning") ? ID_WARNING : ID_ERROR;
}

IdKind levels_judge_id(Compilation *compilation, const RuleIds *ids, Span span, const char **code) {
    const char *written = *code;
    const char *now = diagnostic_renamed(written);
    *code = now ? now : written;
    const IdKind kind = kind_of(compilation, *code, ids);
    if (now) {
        report_renamed(compilation, span, written, now);
    }
    if (kind != ID_UNKNOWN) {
        return kind;
    }
    const char *similar = similar_code(compilation, written, ids);
    const bool elsewhere = compilation->options.partial || !compilation->options.project_root;
    const bool foreign = span.file != SPAN_NONE && elsewhere && !is_own_id(written);
    if (!foreign || (similar && (is_own_id(similar) || group_find(similar) != GROUP_NONE))) {
        report_unknown(compilation, span, written, similar);
    }
    return kind;
}

static void check_setting(Compilation *compilation, const LevelSetting *setting,
                          const RuleIds *ids) {
    const char *code = setting->code;
    switch (levels_judge_id(compilation, ids, setting->span, &code)) {
    case ID_USERS_RULE:
        diagnostics_set_level(compilation->diagnostics, code, setting->severity, true,
                              setting->span, setting->origin);
        break;
    case ID_ERROR:
        if (setting->severity != SEVERITY_ERROR) {
            report_fixed(compilation, setting, code);
        }
        break;
    default:
        break;
    }
}

void levels_check(Compilation *compilation) {
    if (!compilation->level_count && !compilation->suppressions) {
        return;
    }
    RuleIds ids = rule_ids(compilation);
    for (size_t i = 0; i < compilation->level_count; i++) {
        check_setting(compilation, &compilation->levels[i], &ids);
    }
    suppressions_check(compilation, &ids);
    rule_ids_clear(&ids);
}

const char *levels_check_id(Compilation *compilation, Span span, const char *code) {
    RuleIds ids = rule_ids(compilation);
    const char *now = current(code);
    const IdKind kind = kind_of(compilation, now, &ids);
    const bool known = kind != ID_UNKNOWN && kind != ID_GROUP;
    if (known && now != code) {
        report_renamed(compilation, span, code, now);
    } else if (!known) {
        report_unknown(compilation, span, code, similar_code(compilation, code, &ids));
    }
    rule_ids_clear(&ids);
    return known ? now : NULL;
}
