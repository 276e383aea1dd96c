/// Puts the files of a build into the output folders, all or nothing.
///
/// New contents go to temporary files first; only when all are complete are they renamed into
/// place. Before that the manifest learns the new sums beside the old ones: whenever the process is
/// killed, every file is either the old or the new one, whole, and known as depotc's own, and the
/// next build knows which temporary files to remove.
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

// Deciding what to do

static bool refuse(const OutputView *view, DiagnosticId id, const OutputPlace *place) {
    Diagnostic *diagnostic = output_report(view, id, place->file->path, NULL);
    output_note_difference(view, diagnostic, place, "`--force` would change");
    diagnostic_help(view->compilation->diagnostics, diagnostic,
                    "move it away, or let `--force` overwrite it");
    return false;
}

/// Whether a file may be written in `place`; false after a diagnostic.
static bool may_write(const OutputView *view, const OutputPlace *place, bool force) {
    switch (place->found) {
    case FOUND_NOTHING:
    case FOUND_SAME:
    case FOUND_OWN:
    case FOUND_YOURS:
        return true;
    case FOUND_EDITED:
        return force || refuse(view, DIAG_OUTPUT_EDITED, place);
    case FOUND_FOREIGN:
    case FOUND_NO_FILE:
    case FOUND_UNREADABLE:
        return force || refuse(view, DIAG_OUTPUT_FOREIGN, place);
    case FOUND_FOLDER:
    case FOUND_NO_PLACE:
        break;
    }
    return output_refuse_place(view, place);
}

/// Tells somebody who has taken over a file that depotc would write something new there.
static void tell_owner(const OutputView *view, const OutputPlace *place) {
    Diagnostic *diagnostic = output_report(view, DIAG_OUTPUT_YOURS, place->file->path, NULL);
    output_note_difference(view, diagnostic, place, "depotc would change");
    diagnostic_help(view->compilation->diagnostics, diagnostic,
                    "take over what you need; to have depotc's own again, delete the file and "
                    "build");
}

/// What a killed build left behind.
static void remove_leftovers(const OutputView *view) {
    folder_remove_temporary(view->root, MANIFEST_NAME);
    if (!view->unfinished) {
        return;
    }
    GHashTableIter iterator;
    void *path = NULL;
    g_hash_table_iter_init(&iterator, view->manifest);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        size_t reached = 0;
        const int folder = output_path_is_inside(path)
                               ? folder_open_parent(view->root, path, false, &reached)
                               : -1;
        if (folder >= 0) {
            folder_remove_temporary(folder, folder_last_component(path));
            close(folder);
        }
    }
}

/// Decides about every file. All mistakes are reported, not the first alone.
static bool prepare(OutputView *view, bool force) {
    if (!output_view_read_manifest(view) && !force) {
        output_report_manifest(view);
        return false;
    }
    output_look(view);
    bool ok = true;
    for (size_t i = 0; i < view->count && !view->outdated; i++) {
        OutputPlace *place = &view->places[i];
        ok = may_write(view, place, force) && ok;
        if (place->found == FOUND_YOURS &&
            !manifest_allows(view->manifest, place->file->path, place->sum)) {
            tell_owner(view, place); // the last build would have written something else
        }
    }
    return ok;
}

// The manifest

static bool write_manifest(const OutputView *view, const char *text) {
    const bool ok = folder_write_temporary(view->root, MANIFEST_NAME, text, strlen(text)) &&
                    folder_rename_temporary(view->root, MANIFEST_NAME);
    if (!ok) {
        const int cause = errno;
        folder_remove_temporary(view->root, MANIFEST_NAME);
        return output_fail(view, MANIFEST_NAME, cause);
    }
    return true;
}

/// Whether the contents of a file are to be written: it is neither there already nor the user's.
static bool is_to_write(const OutputPlace *place) {
    return place->found != FOUND_SAME && place->found != FOUND_YOURS;
}

static bool anything_to_write(const OutputView *view) {
    for (size_t i = 0; i < view->count; i++) {
        if (is_to_write(&view->places[i])) {
            return true;
        }
    }
    return false;
}

/// While files are being replaced both the old and the new sums are right.
static bool announce(const OutputView *view) {
    if (!anything_to_write(view)) {
        return true;
    }
    g_autoptr(GHashTable) both = manifest_new();
    GHashTable *const tables[] = {view->manifest, view->next};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        GHashTableIter iterator;
        void *path = NULL;
        void *sums = NULL;
        g_hash_table_iter_init(&iterator, tables[i]);
        while (g_hash_table_iter_next(&iterator, &path, &sums)) {
            const GPtrArray *list = sums;
            for (guint j = 0; j < list->len; j++) {
                manifest_add(both, path, list->pdata[j]);
            }
        }
    }
    g_autofree char *text = manifest_print(both, true);
    return write_manifest(view, text);
}

// Doing it

/// Makes the folder of `place` if there is none.
static bool make_folder(OutputView *view, OutputPlace *place) {
    if (place->folder >= 0) {
        return true;
    }
    g_autofree char *parent = g_path_get_dirname(place->file->path);
    void *known = NULL;
    if (g_hash_table_lookup_extended(view->folders, parent, NULL, &known)) {
        place->folder = GPOINTER_TO_INT(known);
        return true;
    }
    place->folder = folder_open_parent(view->root, place->file->path, true, &place->reached);
    if (place->folder < 0) {
        place->cause = errno;
        return output_refuse_place(view, place);
    }
    g_hash_table_insert(view->folders, g_steal_pointer(&parent), GINT_TO_POINTER(place->folder));
    return true;
}

static bool write_temporaries(OutputView *view) {
    for (size_t i = 0; i < view->count; i++) {
        OutputPlace *place = &view->places[i];
        if (!is_to_write(place)) {
            continue;
        }
        const OutputFile *file = place->file;
        if (!make_folder(view, place)) {
            return false;
        }
        place->temporary = true; // even half of it is to be removed again
        if (!folder_write_temporary(place->folder, folder_last_component(file->path), file->text,
                                    file->length)) {
            return output_fail(view, file->path, errno);
        }
    }
    return true;
}

static bool rename_all(OutputView *view) {
    for (size_t i = 0; i < view->count; i++) {
        OutputPlace *place = &view->places[i];
        if (!place->temporary) {
            continue;
        }
        if (!folder_rename_temporary(place->folder, folder_last_component(place->file->path))) {
            return output_fail(view, place->file->path, errno);
        }
        place->temporary = false;
    }
    return true;
}

/// Removes folders above `path` that are empty now.
static void remove_empty_folders(const OutputView *view, const char *path) {
    g_autofree char *folder = g_path_get_dirname(path);
    while (strcmp(folder, ".") != 0) {
        size_t reached = 0;
        const int parent = folder_open_parent(view->root, folder, false, &reached);
        if (parent < 0) {
            return;
        }
        const bool removed = unlinkat(parent, folder_last_component(folder), AT_REMOVEDIR) == 0;
        close(parent);
        if (!removed) {
            return;
        }
        char *above = g_path_get_dirname(folder);
        g_free(folder);
        folder = above;
    }
}

/// Removes a file that is no longer produced, unless somebody edited it.
static void remove_stale(const OutputView *view, const char *path) {
    size_t reached = 0;
    const int folder = folder_open_parent(view->root, path, false, &reached);
    if (folder < 0) {
        return; // its folder is gone, or is no folder of ours
    }
    bool kept = false;
    if (output_view_owns(view, folder, path, &kept)) {
        unlinkat(folder, folder_last_component(path), 0);
    } else if (kept) {
        output_report(view, DIAG_OUTPUT_KEPT, path, NULL);
    }
    close(folder);
    remove_empty_folders(view, path);
}

/// The last step of a folder: all of its files stand in temporary ones.
static bool finish(OutputView *view) {
    if (!rename_all(view)) {
        return false;
    }
    g_autoptr(GPtrArray) stale = output_view_stale(view);
    for (guint i = 0; i < stale->len; i++) {
        remove_stale(view, stale->pdata[i]);
    }
    g_autofree char *text = manifest_print(view->next, false);
    const bool announced = anything_to_write(view);
    return (!announced && g_strcmp0(view->manifest_text, text) == 0) || write_manifest(view, text);
}

static void remove_temporaries(const OutputView *view) {
    for (size_t i = 0; i < view->count; i++) {
        const OutputPlace *place = &view->places[i];
        if (place->temporary) {
            folder_remove_temporary(place->folder, folder_last_component(place->file->path));
        }
    }
}

/// Leaves the folder as it was, after a failure before the first file was renamed.
static void give_up(const OutputView *view) {
    remove_temporaries(view);
    if (view->manifest_text != NULL) {
        write_manifest(view, view->manifest_text);
    } else {
        unlinkat(view->root, MANIFEST_NAME, 0);
    }
    for (size_t i = 0; i < view->count; i++) {
        remove_empty_folders(view, view->places[i].file->path);
    }
}

/// Writes all that is to be written to temporary files; nothing at all if one cannot be written.
static bool write_all(OutputView *views, size_t count) {
    bool ok = true;
    size_t begun = 0;
    for (; begun < count && ok; begun++) {
        ok = announce(&views[begun]) && write_temporaries(&views[begun]);
    }
    for (size_t i = 0; i < begun && !ok; i++) {
        give_up(&views[i]);
    }
    return ok;
}

static bool write_views(OutputView *views, size_t count, bool force, const Report *report) {
    if (output_views_shared(views, count) || !output_views_lock(views, count, true, report)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        ok = prepare(&views[i], force) && !views[i].outdated && ok;
    }
    for (size_t i = 0; i < count && ok; i++) {
        remove_leftovers(&views[i]);
    }
    ok = ok && write_all(views, count);
    for (size_t i = 0; i < count && ok; i++) {
        ok = finish(&views[i]);
    }
    for (size_t i = 0; i < count && !ok; i++) {
        remove_temporaries(&views[i]);
    }
    return ok;
}

bool output_write(Compilation *compilation, const Report *report, const OutputFolder *folders,
                  size_t folder_count, bool force) {
    OutputView *views = g_new0(OutputView, folder_count);
    unsigned diffs = OUTPUT_MOST_DIFFS;
    size_t count = 0;
    bool ok = true;
    for (size_t i = 0; i < folder_count; i++) {
        if (folders[i].count == 0 && !g_file_test(folders[i].folder, G_FILE_TEST_EXISTS)) {
            continue; // nothing to write, and nothing to remove
        }
        output_view_begin(&views[count], compilation, &folders[i], &diffs);
        ok = output_view_open(&views[count], true) && ok;
        count++;
    }
    ok = ok && write_views(views, count, force, report);
    for (size_t i = 0; i < count; i++) {
        output_view_clear(&views[i]);
    }
    g_free(views);
    return ok;
}
