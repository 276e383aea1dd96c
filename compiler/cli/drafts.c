/// Source files with their safe fixes applied, in memory. Nothing is written before the last round
/// is through, so that a dry run shows exactly what a real one writes.
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/// One replacement on its way into a draft.
typedef struct Edit {
    guint draft; ///< in the list of drafts
    uint32_t start;
    uint32_t end;
    const char *text;
} Edit;

/// One fix: some of the edits of a round, which are applied together.
typedef struct Candidate {
    guint first; ///< of its edits
    guint count;
    guint order; ///< among the fixes: what was reported first
} Candidate;

/// What a round has gathered.
typedef struct Round {
    GArray *edits;      ///< Edit
    GArray *candidates; ///< Candidate
    GArray *drafts;     ///< gint by source: its draft, or one of those below
} Round;

enum { NOT_LOOKED_UP = -1, NOT_USABLE = -2 };

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

/// The draft of `source`, which may have been read by several names, or NOT_USABLE.
static gint look_up(Drafts *drafts, const Source *source) {
    char *real = real_path(source->path);
    guint index = 0;
    if (!find_draft(drafts, real, &index)) {
        return (gint)add_draft(drafts, source, real);
    }
    g_free(real);
    // By another name it may have been read before somebody changed it: places do not fit then.
    const Draft *draft = draft_get(drafts, index);
    const bool same = draft->new_length == source->length &&
                      memcmp(draft->new_text, source->text, source->length) == 0;
    return same ? (gint)index : NOT_USABLE;
}

/// The draft that `edit` goes into; negative if it goes into none.
static gint draft_of(Drafts *drafts, Compilation *compilation, const Round *round,
                     const DiagnosticEdit *edit) {
    const Source *source = compilation_source(compilation, edit->span.file);
    if (source == NULL || source->library || edit->span.start > edit->span.end ||
        edit->span.end > source->length) {
        return NOT_USABLE;
    }
    gint *known = &g_array_index(round->drafts, gint, source->id);
    if (*known == NOT_LOOKED_UP) {
        *known = look_up(drafts, source);
    }
    return *known;
}

/// Whether `edit` leaves the text as it is.
static bool is_idle(const Compilation *compilation, const DiagnosticEdit *edit) {
    const Source *source = compilation->sources[edit->span.file];
    const size_t length = edit->span.end - edit->span.start;
    return strlen(edit->text) == length &&
           memcmp(edit->text, source->text + edit->span.start, length) == 0;
}

/// Whether `fix` is safe, stands in files that can be written, and changes something. Makes a
/// candidate of it.
static bool gather(Drafts *drafts, Compilation *compilation, Round *round,
                   const DiagnosticFix *fix) {
    if (fix->applicability != FIX_SAFE) {
        return false;
    }
    Candidate candidate = {.first = round->edits->len, .order = round->candidates->len};
    for (const DiagnosticEdit *at = fix->edits; at != NULL; at = at->next) {
        const gint draft = draft_of(drafts, compilation, round, at);
        if (draft < 0) {
            g_array_set_size(round->edits, candidate.first);
            return false;
        }
        if (!is_idle(compilation, at)) {
            const Edit edit = {(guint)draft, at->span.start, at->span.end, at->text};
            g_array_append_val(round->edits, edit);
            candidate.count++;
        }
    }
    if (candidate.count > 0) {
        g_array_append_val(round->candidates, candidate);
    }
    return candidate.count > 0;
}

/// The first safe fix of each diagnostic; further ones of the same would be alternatives.
static void collect(Drafts *drafts, Compilation *compilation, Round *round) {
    const gint unknown = NOT_LOOKED_UP;
    for (size_t i = 0; i < compilation->source_count; i++) {
        g_array_append_val(round->drafts, unknown);
    }
    const Diagnostic *diagnostic = diagnostics_sorted(compilation->diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        const DiagnosticFix *fix = diagnostic->fixes;
        while (fix != NULL && !gather(drafts, compilation, round, fix)) {
            fix = fix->next;
        }
    }
}

static int by_number(guint left, guint right) {
    return (left > right) - (left < right);
}

/// In the order of the text.
static int compare_edits(const void *left, const void *right) {
    const Edit *one = left;
    const Edit *other = right;
    int order = by_number(one->draft, other->draft);
    order = order != 0 ? order : by_number(one->start, other->start);
    return order != 0 ? order : by_number(one->end, other->end);
}

static int compare_candidates(const void *left, const void *right, void *data) {
    const Candidate *one = left;
    const Candidate *other = right;
    const Edit *edits = data;
    const int order = compare_edits(&edits[one->first], &edits[other->first]);
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

static int compare_in_tree(const void *left, const void *right, void *data) {
    (void)data;
    return compare_edits(left, right);
}

/// Whether `edit` can be applied together with the `accepted` ones. Of two insertions at one place
/// nobody knows which goes first; the same edit may serve several fixes.
static bool fits(GTree *accepted, const Edit *edit) {
    GTreeNode *next = g_tree_lower_bound(accepted, edit);
    GTreeNode *last = next != NULL ? g_tree_node_previous(next) : g_tree_node_last(accepted);
    if (next != NULL) {
        const Edit *after = g_tree_node_key(next);
        if (same_edit(edit, after) && edit->draft == after->draft) {
            return true;
        }
        if (after->draft == edit->draft &&
            (after->start < edit->end || after->start == edit->start)) {
            return false;
        }
    }
    if (last != NULL) {
        const Edit *before = g_tree_node_key(last);
        return before->draft != edit->draft ||
               (before->end <= edit->start && before->start != edit->start);
    }
    return true;
}

/// Accepts all edits of a fix or none of them.
static bool accept(GTree *accepted, Edit *edits, guint count) {
    guint done = 0;
    g_autoptr(GPtrArray) added = g_ptr_array_new();
    while (done < count && fits(accepted, &edits[done])) {
        if (g_tree_lookup(accepted, &edits[done]) == NULL) {
            g_tree_insert(accepted, &edits[done], &edits[done]);
            g_ptr_array_add(added, &edits[done]);
        }
        done++;
    }
    if (done == count) {
        return true;
    }
    for (guint i = 0; i < added->len; i++) {
        g_tree_remove(accepted, added->pdata[i]);
    }
    return false;
}

/// The new text of a draft, while it grows.
typedef struct Growth {
    Draft *draft;
    GString *text;
    GArray *changes;
    size_t done; ///< bytes of the text so far that are through
} Growth;

static void growth_begin(Growth *growth, Draft *draft) {
    *growth = (Growth){.draft = draft,
                       .text = g_string_sized_new(draft->new_length + 64),
                       .changes = g_array_new(FALSE, FALSE, sizeof(Change))};
}

static void growth_add(Growth *growth, const Edit *edit) {
    GString *text = growth->text;
    g_string_append_len(text, growth->draft->new_text + growth->done,
                        (gssize)(edit->start - growth->done));
    Change change = {.old_start = edit->start, .old_end = edit->end, .new_start = text->len};
    g_string_append(text, edit->text);
    change.new_end = text->len;
    g_array_append_val(growth->changes, change);
    growth->done = edit->end;
}

static void growth_end(Growth *growth) {
    Draft *draft = growth->draft;
    GString *text = growth->text;
    g_string_append_len(text, draft->new_text + growth->done,
                        (gssize)(draft->new_length - growth->done));
    GArray *both = compose(draft->changes, growth->changes);
    g_array_free(draft->changes, TRUE);
    g_array_free(growth->changes, TRUE);
    draft->changes = both;
    g_free(draft->new_text);
    draft->new_length = text->len;
    draft->new_text = g_string_free(text, FALSE);
}

static void apply(const Drafts *drafts, GTree *accepted) {
    Growth growth = {0};
    for (GTreeNode *node = g_tree_node_first(accepted); node != NULL;
         node = g_tree_node_next(node)) {
        const Edit *edit = g_tree_node_key(node);
        Draft *draft = draft_get(drafts, edit->draft);
        if (growth.draft == NULL) {
            growth_begin(&growth, draft);
        } else if (growth.draft != draft) {
            growth_end(&growth);
            growth_begin(&growth, draft);
        }
        growth_add(&growth, edit);
    }
    if (growth.draft != NULL) {
        growth_end(&growth);
    }
}

size_t drafts_mend(Drafts *drafts, Compilation *compilation) {
    g_autoptr(GArray) edits = g_array_new(FALSE, FALSE, sizeof(Edit));
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    g_autoptr(GArray) by_source = g_array_new(FALSE, FALSE, sizeof(gint));
    Round round = {edits, candidates, by_source};
    collect(drafts, compilation, &round);
    Edit *all = (Edit *)(void *)edits->data;
    g_array_sort_with_data(candidates, compare_candidates, all);
    g_autoptr(GTree) accepted = g_tree_new_full(compare_in_tree, NULL, NULL, NULL);
    size_t mended = 0;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *fix = &g_array_index(candidates, Candidate, i);
        if (accept(accepted, &all[fix->first], fix->count)) {
            draft_get(drafts, all[fix->first].draft)->problems++;
            mended++;
        }
    }
    apply(drafts, accepted);
    return mended;
}

/// Whether a character may differ between a text and the same text formatted.
static bool is_loose(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v' || c == ',' ||
           c == '|' || c == '"' || c == '\'' || c == '\\';
}

static size_t skip_loose(const char *text, size_t length, size_t at) {
    while (at < length && is_loose(text[at])) {
        at++;
    }
    return at;
}

/// Finds what differs between the old and the new text, which are alike but for loose characters.
static void find_changes(Draft *draft) {
    const char *old = draft->old_text;
    const char *new = draft->new_text;
    size_t i = 0;
    size_t j = 0;
    while (i < draft->old_length || j < draft->new_length) {
        if (i < draft->old_length && j < draft->new_length && old[i] == new[j]) {
            i++;
            j++;
            continue;
        }
        Change change = {.old_start = i, .new_start = j};
        for (;;) {
            i = skip_loose(old, draft->old_length, i);
            j = skip_loose(new, draft->new_length, j);
            const bool ended = i == draft->old_length || j == draft->new_length;
            if (ended || old[i] == new[j]) {
                i = ended ? draft->old_length : i;
                j = ended ? draft->new_length : j;
                break;
            }
            i++;
            j++;
        }
        change.old_end = i;
        change.new_end = j;
        g_array_append_val(draft->changes, change);
    }
}

Draft *drafts_add(Drafts *drafts, const Source *source, const char *text, size_t length) {
    Draft *draft = draft_get(drafts, add_draft(drafts, source, real_path(source->path)));
    g_free(draft->new_text);
    draft->new_text = g_memdup2(text, length + 1);
    draft->new_length = length;
    find_changes(draft);
    return draft;
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
