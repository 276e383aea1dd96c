/// `--depfile`: what a build has read, as a rule that make and ninja understand.
#include "cli.h"

#include <string.h>

/// A path as the name of a target or of what it needs: blanks, `#`, `:` and `$` mean something in a
/// rule, and so do backslashes before blanks and `#`.
static void add_name(GString *out, const char *path) {
    for (size_t backslashes = 0; *path != '\0'; path++) {
        if (*path == ' ' || *path == '\t' || *path == '#') {
            for (; backslashes > 0; backslashes--) {
                g_string_append_c(out, '\\');
            }
            g_string_append_c(out, '\\');
        } else if (*path == ':') {
            g_string_append_c(out, '\\');
        } else if (*path == '$') {
            g_string_append_c(out, '$');
        }
        backslashes = *path == '\\' ? backslashes + 1 : 0;
        g_string_append_c(out, *path);
    }
}

/// A path as build tools write it: without `./` in front.
static const char *plain(const char *path) {
    while (strncmp(path, "./", 2) == 0) {
        path += 2;
    }
    return path;
}

/// The rule, and an empty one for each file: one that is gone then stops nobody.
static GString *rule_of(const Recording *recording, const char *target) {
    g_autoptr(GPtrArray) paths = recording_paths(recording, RECORDED_READ);
    GString *out = g_string_new(NULL);
    add_name(out, target);
    g_string_append_c(out, ':');
    for (guint i = 0; i < paths->len; i++) {
        g_string_append(out, " \\\n  ");
        add_name(out, plain(paths->pdata[i]));
    }
    g_string_append_c(out, '\n');
    for (guint i = 0; i < paths->len; i++) {
        g_string_append_c(out, '\n');
        add_name(out, plain(paths->pdata[i]));
        g_string_append(out, ":\n");
    }
    return out;
}

bool depfile_write(Compilation *compilation, const Recording *recording, const char *path,
                   const char *target) {
    g_autoptr(GString) rule = rule_of(recording, target);
    ReportFile file;
    if (report_file_open(&file, path)) {
        report_file_write(&file, rule->str, rule->len);
    }
    if (report_file_close(&file)) {
        return true;
    }
    g_autofree char *valid = g_utf8_make_valid(path, -1);
    Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FILE_UNWRITABLE, NO_SPAN,
                                            valid, g_strerror(file.cause), NULL);
    diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
    return false;
}
