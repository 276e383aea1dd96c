/// `depotc build --check`: compares output folders with what a build gives, and writes nothing.
#include "output.h"

#include <unistd.h>

/// Reports what a build would do to one file.
static void compare_place(const OutputView *view, const OutputPlace *place) {
    const char *path = place->file->path;
    Diagnostics *list = view->compilation->diagnostics;
    Diagnostic *diagnostic = NULL;
    switch (place->found) {
    case FOUND_SAME:
    case FOUND_YOURS:
        return;
    case FOUND_NOTHING:
        output_report(view, DIAG_OUTPUT_MISSING, path, NULL);
        return;
    case FOUND_FOLDER:
    case FOUND_NO_PLACE:
        output_refuse_place(view, place);
        return;
    default:
        diagnostic = output_report(view, DIAG_OUTPUT_OUTDATED, path, NULL);
        break;
    }
    if (place->found == FOUND_EDITED) {
        diagnostic_note(list, diagnostic, NO_SPAN, "it was edited since depotc wrote it");
    } else if (place->found != FOUND_OWN) {
        diagnostic_note(list, diagnostic, NO_SPAN, "depotc did not write it");
    }
    output_note_difference(view, diagnostic, place, "`depotc build` would change");
}

static void compare_stale(const OutputView *view, const char *path) {
    size_t reached = 0;
    const int folder = folder_open_parent(view->root, path, false, &reached);
    if (folder < 0) {
        return;
    }
    bool kept = false;
    const bool own = output_view_owns(view, folder, path, &kept);
    if (own || kept) {
        output_report(view, own ? DIAG_OUTPUT_STALE : DIAG_OUTPUT_KEPT, path, NULL);
    }
    close(folder);
}

/// What a build would change in a folder. The manifest is only told of if nothing else is.
static void compare(OutputView *view) {
    if (!output_view_read_manifest(view)) {
        output_report_manifest(view);
        return;
    }
    Diagnostics *list = view->compilation->diagnostics;
    const size_t before = diagnostics_count(list, SEVERITY_ERROR);
    output_look(view);
    for (size_t i = 0; i < view->count; i++) {
        compare_place(view, &view->places[i]);
    }
    g_autoptr(GPtrArray) stale = output_view_stale(view);
    for (guint i = 0; i < stale->len; i++) {
        compare_stale(view, stale->pdata[i]);
    }
    g_autofree char *text = manifest_print(view->next, false);
    const bool nothing = view->root < 0 && view->count == 0;
    if (diagnostics_count(list, SEVERITY_ERROR) == before && !nothing &&
        g_strcmp0(view->manifest_text, text) != 0) {
        output_report(view,
                      view->manifest_text == NULL ? DIAG_OUTPUT_MISSING : DIAG_OUTPUT_OUTDATED,
                      MANIFEST_NAME, NULL);
    }
}

void output_check(Compilation *compilation, const Report *report, const OutputFolder *folders,
                  size_t folder_count) {
    OutputView *views = g_new0(OutputView, folder_count);
    unsigned diffs = OUTPUT_MOST_DIFFS;
    bool ok = true;
    for (size_t i = 0; i < folder_count; i++) {
        output_view_begin(&views[i], compilation, &folders[i], &diffs);
        ok = output_view_open(&views[i], false) && ok;
    }
    ok = ok && !output_views_shared(views, folder_count) &&
         output_views_lock(views, folder_count, false, report);
    for (size_t i = 0; i < folder_count; i++) {
        if (ok) {
            compare(&views[i]);
        }
        output_view_clear(&views[i]);
    }
    g_free(views);
}
