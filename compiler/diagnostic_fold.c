// One mistake that shows in many places is told once: where it shows first, with the others.
#include "diagnostic.h"

#include <glib.h>
#include <string.h>

/// How many further places are marked; the rest is counted.
#define MOST_PLACES 4

/// What is told as one: the same id for the same cause, in one file, with the same mending.
typedef struct Fold {
    Diagnostic *first;
    size_t further;
} Fold;

static guint fold_hash(gconstpointer key) {
    const Diagnostic *one = ((const Fold *)key)->first;
    const char *mended = one->fixes ? one->fixes->edits->text : "";
    return g_direct_hash(one->cause) ^ g_str_hash(one->code) ^ g_str_hash(mended) ^
           one->span.file * 31U;
}

static gboolean fold_equal(gconstpointer left, gconstpointer right) {
    const Diagnostic *one = ((const Fold *)left)->first, *other = ((const Fold *)right)->first;
    if (one->cause != other->cause || one->span.file != other->span.file ||
        one->severity != other->severity || strcmp(one->code, other->code) != 0 ||
        !one->fixes != !other->fixes) {
        return FALSE;
    }
    return !one->fixes || (one->fixes->applicability == other->fixes->applicability &&
                           strcmp(one->fixes->edits->text, other->fixes->edits->text) == 0);
}

static void fold_into(Diagnostics *list, Fold *fold, Diagnostic *further) {
    if (fold->further++ < MOST_PLACES) {
        diagnostic_label(list, fold->first, further->span, "and here");
    }
    /* Of one cause, the first mending is the same at each place; what it edits is not. */
    if (fold->first->fixes) {
        for (const DiagnosticEdit *edit = further->fixes->edits; edit; edit = edit->next) {
            diagnostic_fix_edit(list, fold->first->fixes, edit->span, edit->text);
        }
    }
    diagnostic_hide(list, further);
}

void diagnostics_fold(Diagnostics *list) {
    g_autoptr(GHashTable) folds = g_hash_table_new_full(fold_hash, fold_equal, NULL, g_free);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (Diagnostic *one = diagnostics_sorted(list); one; one = one->next) {
        if (!one->cause) {
            continue;
        }
        const Fold key = {.first = one};
        Fold *fold = g_hash_table_lookup(folds, &key);
        if (fold) {
            fold_into(list, fold, one);
            continue;
        }
        fold = g_new0(Fold, 1);
        fold->first = one;
        g_hash_table_add(folds, fold);
        g_ptr_array_add(order, fold);
    }
    for (guint i = 0; i < order->len; i++) {
        const Fold *fold = order->pdata[i];
        if (fold->further > MOST_PLACES) {
            const size_t more = fold->further - MOST_PLACES;
            diagnostic_note(list, fold->first, NO_SPAN, "%zu more place%s in this file", more,
                            more == 1 ? "" : "s");
        }
    }
}
