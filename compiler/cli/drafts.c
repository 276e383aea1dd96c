/// Source files with their safe fixes applied, in memory. Nothing is written before the last round
/// is through, so that a dry run shows exactly what a real one writes.
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/// One fix on its way into a draft.
typedef struct Edit {
    guint draft; ///< in the list of drafts
    guint order; ///< among the edits: what was reported first
    uint32_t start;
    uint32_t end;
    const char *text;
} Edit;

/// The draft of the source that was asked for last: diagnostics come sorted by file.
typedef struct Latest {
    uint32_t file;
    bool usable;
    guint draft;
} Latest;

static void free_draft(void *object) {
    Draft *draft = object;
    g_free(draft->path);
    g_free(draft->shown);
    g_free(draft->old_text);
    g_free(draft->new_text);
    g_free(draft->failure);
    g_array_free(draft->changes, TRUE);
    g_free(draft);
}

void drafts_begin(Drafts *drafts) {
    drafts->list = g_ptr_array_new_with_free_func(free_draft);
    drafts->by_path = g_hash_table_new(g_str_hash, g_str_equal);
}

void drafts_clear(Drafts *drafts) {
    g_hash_table_destroy(drafts->by_path);
    g_ptr_array_free(drafts->list, TRUE);
}

/// Behind all symbolic links. A file that is gone has the path that it should have.
static char *real_path(const char *path) {
    char *real = realpath(path, NULL);
    char *copy = real != NULL ? g_strdup(real) : g_canonicalize_filename(path, NULL);
    free(real); // not g_free: it is the C library's
    return copy;
}

static Draft *draft_get(const Drafts *drafts, guint index) {
    return drafts->list->pdata[index];
}

static bool find_draft(const Drafts *drafts, const char *real, guint *index) {
    void *found = NULL;
    if (!g_hash_table_lookup_extended(drafts->by_path, real, NULL, &found)) {
        return false;
    }
    *index = GPOINTER_TO_UINT(found);
    return true;
}

ReadStatus drafts_read(const char *path, char **text, size_t *length, const char **message,
                       void *data) {
    const Drafts *drafts = data;
    if (drafts->list->len > 0) {
        g_autofree char *real = real_path(path);
        guint index = 0;
        if (find_draft(drafts, real, &index)) {
            const Draft *draft = draft_get(drafts, index);
            *text = g_malloc(draft->new_length + 2);
            memcpy(*text, draft->new_text, draft->new_length);
            memset(*text + draft->new_length, 0, 2);
            *length = draft->new_length;
            return READ_OK;
        }
    }
    return compilation_read_disk(path, text, length, message, NULL);
}

static guint add_draft(Drafts *drafts, const Source *source, char *real) {
    Draft *draft = g_new0(Draft, 1);
    draft->path = real;
    draft->shown = g_strdup(source->path);
    draft->old_text = g_memdup2(source->text, (gsize)source->length + 1);
    draft->old_length = source->length;
    draft->new_text = g_memdup2(source->text, (gsize)source->length + 1);
    draft->new_length = source->length;
    draft->changes = g_array_new(FALSE, FALSE, sizeof(Change));
    g_ptr_array_add(drafts->list, draft);
    g_hash_table_insert(drafts->by_path, draft->path, GUINT_TO_POINTER(drafts->list->len - 1));
    return drafts->list->len - 1;
}

/// Makes `latest` the draft of `source`, which may have been read by several names.
static void look_up(Drafts *drafts, const Source *source, Latest *latest) {
    *latest = (Latest){.file = source->id};
    if (source->library) {
        return;
    }
    char *real = real_path(source->path);
    if (!find_draft(drafts, real, &latest->draft)) {
        latest->draft = add_draft(drafts, source, real);
        latest->usable = true;
        return;
    }
    g_free(real);
    // By another name it may have been read before somebody changed it: places do not fit then.
    const Draft *draft = draft_get(drafts, latest->draft);
    latest->usable = draft->new_length == source->length &&
                     memcmp(draft->new_text, source->text, source->length) == 0;
}

/// Whether `fix` is safe, in its file, and changes something.
static bool applies(const DiagnosticFix *fix, const Source *source) {
    if (fix->applicability != FIX_SAFE || source == NULL || fix->span.start > fix->span.end ||
        fix->span.end > source->length) {
        return false;
    }
    const size_t length = fix->span.end - fix->span.start;
    return strlen(fix->text) != length ||
           memcmp(fix->text, source->text + fix->span.start, length) != 0;
}

/// The first safe fix of each diagnostic; further ones of the same would be alternatives.
static GArray *collect(Drafts *drafts, Compilation *compilation) {
    GArray *edits = g_array_new(FALSE, FALSE, sizeof(Edit));
    Latest latest = {.file = SPAN_NONE};
    const Diagnostic *diagnostic = diagnostics_sorted(compilation->diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        const DiagnosticFix *fix = diagnostic->fixes;
        while (fix != NULL && !applies(fix, compilation_source(compilation, fix->span.file))) {
            fix = fix->next;
        }
        if (fix == NULL) {
            continue;
        }
        if (latest.file != fix->span.file) {
            look_up(drafts, compilation_source(compilation, fix->span.file), &latest);
        }
        if (latest.usable) {
            const Edit edit = {latest.draft, edits->len, fix->span.start, fix->span.end, fix->text};
            g_array_append_val(edits, edit);
        }
    }
    return edits;
}

static int by_number(guint left, guint right) {
    return (left > right) - (left < right);
}

static int compare_edits(const void *left, const void *right) {
    const Edit *one = left;
    const Edit *other = right;
    int order = by_number(one->draft, other->draft);
    order = order != 0 ? order : by_number(one->start, other->start);
    order = order != 0 ? order : by_number(one->end, other->end);
    return order != 0 ? order : by_number(one->order, other->order);
}

/// What two lists of changes, one after the other, change together. A change of the second that
/// touches one of the first becomes one with it.
static GArray *compose(const GArray *first, const GArray *second) {
    GArray *both = g_array_new(FALSE, FALSE, sizeof(Change));
    const Change *a = (const Change *)(void *)first->data;
    const Change *b = (const Change *)(void *)second->data;
    const Change *a_end = a + first->len;
    const Change *b_end = b + second->len;
    size_t old_shift = 0; // from the text between to the old and the new one, modulo 2^n
    size_t new_shift = 0;
    while (a < a_end || b < b_end) {
        const bool a_first = b == b_end || (a < a_end && a->new_start <= b->old_start);
        const size_t start = a_first ? a->new_start : b->old_start;
        size_t end = start;
        Change change = {.old_start = start + old_shift, .new_start = start + new_shift};
        for (;;) {
            if (a < a_end && a->new_start <= end) {
                end = MAX(end, a->new_end);
                old_shift = a->old_end - a->new_end;
                a++;
            } else if (b < b_end && b->old_start <= end) {
                end = MAX(end, b->old_end);
                new_shift = b->new_end - b->old_end;
                b++;
            } else {
                break;
            }
        }
        change.old_end = end + old_shift;
        change.new_end = end + new_shift;
        g_array_append_val(both, change);
    }
    return both;
}

/// Whether both replace the same bytes by the same text.
static bool same_edit(const Edit *one, const Edit *other) {
    return one->start == other->start && one->end == other->end &&
           strcmp(one->text, other->text) == 0;
}

/// Applies `edits`, sorted, all of this draft. Returns how many diagnostics that mends: the same
/// edit may mend several.
static size_t apply(Draft *draft, const Edit *edits, size_t count) {
    GString *text = g_string_sized_new(draft->new_length + 64);
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    const Edit *last = NULL;
    size_t done = 0;
    size_t mended = 0;
    for (const Edit *edit = edits; edit < edits + count; edit++) {
        if (last != NULL && same_edit(last, edit)) {
            mended++;
            continue;
        }
        // Of two insertions at one place nobody knows which goes first.
        if (last != NULL && (edit->start < last->end || edit->start == last->start)) {
            continue;
        }
        g_string_append_len(text, draft->new_text + done, (gssize)(edit->start - done));
        Change change = {.old_start = edit->start, .old_end = edit->end, .new_start = text->len};
        g_string_append(text, edit->text);
        change.new_end = text->len;
        g_array_append_val(changes, change);
        done = edit->end;
        last = edit;
        mended++;
    }
    g_string_append_len(text, draft->new_text + done, (gssize)(draft->new_length - done));
    GArray *both = compose(draft->changes, changes);
    g_array_free(draft->changes, TRUE);
    draft->changes = both;
    g_free(draft->new_text);
    draft->new_length = text->len;
    draft->new_text = g_string_free(text, FALSE);
    draft->problems += mended;
    return mended;
}

size_t drafts_mend(Drafts *drafts, Compilation *compilation) {
    g_autoptr(GArray) edits = collect(drafts, compilation);
    g_array_sort(edits, compare_edits);
    const Edit *all = (const Edit *)(void *)edits->data;
    size_t mended = 0;
    for (guint i = 0; i < edits->len;) {
        guint end = i;
        while (end < edits->len && all[end].draft == all[i].draft) {
            end++;
        }
        mended += apply(draft_get(drafts, all[i].draft), &all[i], end - i);
        i = end;
    }
    return mended;
}

void drafts_drop_unchanged(Drafts *drafts) {
    g_hash_table_remove_all(drafts->by_path); // it has their numbers, and nobody reads any more
    for (guint i = drafts->list->len; i-- > 0;) {
        const Draft *draft = draft_get(drafts, i);
        if (draft->old_length == draft->new_length &&
            memcmp(draft->old_text, draft->new_text, draft->old_length) == 0) {
            g_ptr_array_remove_index(drafts->list, i);
        }
    }
}
