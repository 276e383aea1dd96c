/// What is said about files in output folders.
#include "lines.h"
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/// Lines of a diff that are shown, and bytes of one of them.
enum { MOST_LINES = 24, MOST_WIDTH = 160 };

Diagnostic *output_report(const OutputView *view, DiagnosticId id, const char *path,
                          const char *detail) {
    g_autofree char *shown =
        path != NULL ? g_build_filename(view->folder, path, NULL) : g_strdup(view->folder);
    g_autofree char *valid = g_utf8_make_valid(shown, -1);
    Compilation *compilation = view->compilation;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, id, NO_SPAN, valid, detail, NULL);
    diagnostic->file = arena_strndup(compilation->arena, valid, strlen(valid));
    return diagnostic;
}

bool output_fail(const OutputView *view, const char *path, int cause) {
    output_report(view, DIAG_FILE_UNWRITABLE, path, g_strerror(cause));
    return false;
}

bool output_refuse_place(const OutputView *view, const OutputPlace *place) {
    if (place->found == FOUND_FOLDER) {
        return output_fail(view, place->file->path, EISDIR);
    }
    g_autofree char *path = g_strndup(place->file->path, place->reached);
    if (place->cause == ELOOP || place->cause == ENOTDIR) {
        output_report(view, DIAG_OUTPUT_LINK, path, "a file or a symbolic link");
        return false;
    }
    return output_fail(view, path, place->cause);
}

void output_report_manifest(const OutputView *view) {
    Diagnostic *diagnostic = output_report(view, DIAG_OUTPUT_MANIFEST, MANIFEST_NAME, NULL);
    Diagnostics *list = view->compilation->diagnostics;
    if (view->manifest_text != NULL && strstr(view->manifest_text, "\n<<<<<<< ") != NULL) {
        diagnostic_help(list, diagnostic,
                        "git left a conflict in it: take all of `%s` from one side, "
                        "`git checkout --theirs -- %s`, and build again",
                        view->folder, view->folder);
        return;
    }
    diagnostic_help(list, diagnostic, "move it away, or let `--force` overwrite it");
}

// Differences

/// One line of a diff, cut if it is long.
static void append_line(GString *out, const char *line, size_t length) {
    if (length <= MOST_WIDTH) {
        g_string_append_len(out, line, (gssize)length);
        return;
    }
    const char *end = g_utf8_find_prev_char(line, line + MOST_WIDTH);
    g_string_append_len(out, line, end != NULL ? end - line : MOST_WIDTH);
    g_string_append(out, "…");
}

/// The first lines of a diff without its head.
static void append_diff(GString *out, const GString *diff) {
    const char *at = diff->str;
    size_t line = 0;
    size_t more = 0;
    for (; *at != '\0'; line++) {
        const char *end = strchr(at, '\n');
        const size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
        if (line >= MOST_LINES + 2) {
            more++;
        } else if (line >= 2) { // its head: the names
            g_string_append_c(out, '\n');
            append_line(out, at, length);
        }
        at += length + (end != NULL);
    }
    if (more > 0) {
        g_string_append_printf(out, "\n… and %zu more line%s", more, more == 1 ? "" : "s");
    }
}

static void note_diff(const OutputView *view, Diagnostic *diagnostic, const OutputPlace *place,
                      const char *title) {
    const OutputFile *file = place->file;
    Lines old_lines = lines_of(place->present, place->length);
    Lines new_lines = lines_of(file->text, file->length);
    GArray *changes = lines_changes(&old_lines, &new_lines);
    const Draft draft = {.old_text = place->present,
                         .old_length = place->length,
                         .new_text = (char *)file->text,
                         .new_length = file->length,
                         .changes = changes};
    g_autoptr(GString) diff = g_string_new(NULL);
    unified_diff(&draft, file->path, diff);
    g_autoptr(GString) text = g_string_new(title);
    g_string_append_c(text, ':');
    append_diff(text, diff);
    diagnostic_note(view->compilation->diagnostics, diagnostic, NO_SPAN, "%s", text->str);
    g_array_free(changes, TRUE);
    lines_clear(&old_lines);
    lines_clear(&new_lines);
}

static const char *kind_of(const OutputPlace *place) {
    struct stat status;
    if (fstatat(place->folder, folder_last_component(place->file->path), &status,
                AT_SYMLINK_NOFOLLOW) != 0) {
        return "no file";
    }
    return S_ISLNK(status.st_mode)    ? "a symbolic link"
           : S_ISFIFO(status.st_mode) ? "a named pipe"
           : S_ISSOCK(status.st_mode) ? "a socket"
                                      : "a device";
}

void output_note_difference(const OutputView *view, Diagnostic *diagnostic,
                            const OutputPlace *place, const char *title) {
    Diagnostics *list = view->compilation->diagnostics;
    if (place->found == FOUND_NO_FILE) {
        diagnostic_note(list, diagnostic, NO_SPAN, "it is %s", kind_of(place));
    } else if (place->found == FOUND_UNREADABLE) {
        diagnostic_note(list, diagnostic, NO_SPAN, "it cannot be read: %s",
                        g_strerror(place->cause));
    } else if (place->present == NULL) {
        return;
    } else if (memchr(place->present, '\0', place->length) != NULL ||
               !g_utf8_validate(place->present, (gssize)place->length, NULL)) {
        diagnostic_note(list, diagnostic, NO_SPAN, "it is no text, of %zu bytes", place->length);
    } else if (*view->diffs > 0) {
        (*view->diffs)--;
        note_diff(view, diagnostic, place, title);
    }
}
