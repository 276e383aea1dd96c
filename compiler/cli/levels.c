#include "cli.h"

#include <string.h>

/// Adds the levels of one option, which people write long before a group and short before an id.
static void add_levels(Session *session, char **codes, Severity severity, const char *option) {
    for (; codes != NULL && *codes != NULL; codes++) {
        char *code = g_utf8_make_valid(*codes, -1);
        char *origin = group_find(code) != GROUP_NONE
                           ? g_strdup_printf("`--%s %s`", option, code)
                           : g_strdup_printf("`-%c %s`", g_ascii_toupper(*option), code);
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
    if (project != NULL && project->level_count > 0) {
        g_array_append_vals(session->levels, project->levels, (guint)project->level_count);
    }
    add_levels(session, options->allow, SEVERITY_OFF, "allow");
    add_levels(session, options->warn, SEVERITY_WARNING, "warn");
    add_levels(session, options->deny, SEVERITY_ERROR, "deny");
    compilation_set_levels(session->compilation,
                           (const LevelSetting *)(void *)session->levels->data,
                           session->levels->len);
}
