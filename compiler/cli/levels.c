#include "cli.h"

#include <string.h>

/// Adds the levels of one option. `*all` is set if one of them is `warnings`.
static void add_levels(Session *session, char **codes, Severity severity, const char *option,
                       const char **all) {
    for (; codes != NULL && *codes != NULL; codes++) {
        if (all != NULL && strcmp(*codes, "warnings") == 0) {
            *all = "`--deny warnings`";
            continue;
        }
        char *code = g_utf8_make_valid(*codes, -1);
        char *origin = g_strdup_printf("`%s %s`", option, code);
        g_ptr_array_add(session->texts, code);
        g_ptr_array_add(session->texts, origin);
        const LevelSetting level = {
            .code = code, .severity = severity, .origin = origin, .span = NO_SPAN};
        g_array_append_val(session->levels, level);
    }
}

void levels_set(Session *session, const Options *options) {
    // Of several options for one id the strictest counts, wherever it stands.
    const Project *project = session->project;
    const char *all = project != NULL && project->deny_warnings ? "`denyWarnings`" : NULL;
    if (project != NULL && project->level_count > 0) {
        g_array_append_vals(session->levels, project->levels, (guint)project->level_count);
    }
    add_levels(session, options->allow, SEVERITY_OFF, "-A", NULL);
    add_levels(session, options->warn, SEVERITY_WARNING, "-W", NULL);
    add_levels(session, options->deny, SEVERITY_ERROR, "-D", &all);
    const Span place = project != NULL && project->deny_warnings ? project->deny_span : NO_SPAN;
    compilation_set_levels(session->compilation,
                           (const LevelSetting *)(void *)session->levels->data,
                           session->levels->len, all, place);
}
