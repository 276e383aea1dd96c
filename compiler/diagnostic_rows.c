// The tables of diagnostics: ids, groups, former ids.
#include "diagnostic_rows.h"

#include <glib.h>
#include <string.h>

/// Stands behind a row's severity.
#define IN_GROUP(name) , .group = GROUP_##name

// The severity may bring the group with it, so it stands in no brackets.
// NOLINTBEGIN(bugprone-macro-parentheses)
static const DiagnosticRow rows[] = {
#define DIAGNOSTIC(id, constant, own_severity, message, below)                                     \
    {.code = id, .wording = message, .label = below, .severity = own_severity},
#include "diagnostics.def"
};
// NOLINTEND(bugprone-macro-parentheses)

static const struct {
    const char *name;
    const char *summary;
} groups[] = {
    {NULL, NULL},
#define GROUP(name, constant, summary) {name, summary},
#include "diagnostics.def"
};

static const struct {
    const char *former;
    const char *code;
} renamed[] = {
#define RENAMED(former, code) {former, code},
#include "diagnostics.def"
};

const DiagnosticRow *diagnostic_row(DiagnosticId id) {
    return &rows[id];
}

bool diagnostic_find(const char *code, DiagnosticId *id) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].code, code) == 0) {
            *id = (DiagnosticId)i;
            return true;
        }
    }
    return false;
}

const char *diagnostic_code(DiagnosticId id) {
    return rows[id].code;
}

const char *diagnostic_wording(DiagnosticId id) {
    return rows[id].wording;
}

Severity diagnostic_severity(DiagnosticId id) {
    return rows[id].severity;
}

DiagnosticGroup diagnostic_group(DiagnosticId id) {
    return rows[id].group;
}

const char *diagnostic_renamed(const char *code) {
    for (size_t i = 0; i < G_N_ELEMENTS(renamed); i++) {
        if (strcmp(renamed[i].former, code) == 0) {
            return renamed[i].code;
        }
    }
    return NULL;
}

const char *diagnostic_former(size_t index) {
    return index < G_N_ELEMENTS(renamed) ? renamed[index].former : NULL;
}

DiagnosticGroup group_find(const char *name) {
    int group = GROUP_NONE + 1;
    while (group < GROUP_COUNT && strcmp(groups[group].name, name) != 0) {
        group++;
    }
    return group < GROUP_COUNT ? (DiagnosticGroup)group : GROUP_NONE;
}

const char *group_name(DiagnosticGroup group) {
    return groups[group].name;
}

const char *group_summary(DiagnosticGroup group) {
    return groups[group].summary;
}

const char *severity_name(Severity severity) {
    static const char *const names[] = {"off", "note", "warning", "error"};
    return names[severity];
}
