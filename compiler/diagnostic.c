// The list of what is wrong. It only grows; what is reported twice is kept once.
#include "diagnostic.h"

#include "diagnostic_rows.h"

#include <glib.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

/// How many `{0}`, `{1}`, … a wording may have.
#define MAX_ARGUMENTS 10

/// A diagnostic with the ends of its lists, so that a thousand labels are added in linear time.
typedef struct Entry {
    Diagnostic diagnostic; ///< first: callers hold a pointer to it
    DiagnosticLabel **label_end;
    DiagnosticHelp **help_end;
    DiagnosticFix **fix_end;
    bool fixable;
    bool muted; ///< was added while the list was muted, and is not in it
} Entry;

/// A fix with the end of its edits.
typedef struct FixEntry {
    DiagnosticFix fix; ///< first: callers hold a pointer to it
    DiagnosticEdit **edit_end;
} FixEntry;

/// Hashes of what has been added: of diagnostics, and of what was added to them. 64 bits of a good
/// hash stand for the thing itself: among a million entries two differ and collide once in
/// thirty million runs, and the price is one line less.
typedef struct Slot {
    uint64_t hash; ///< 0: empty
    Entry *entry;
} Slot;

/// What a code's severity was set to, and where.
typedef struct CodeLevel {
    const char *code;
    Severity severity;
    bool errors; ///< what is an error by itself, too
    bool told;   ///< a diagnostic that it raised says so already
    Span place;
    const char *origin;
} CodeLevel;

struct Diagnostics {
    Arena *arena;
    CodeLevel **levels; ///< hashed by their codes
    size_t level_slots; ///< a power of two
    size_t level_count;
    Entry **entries; ///< in the order in which they were added
    size_t count;
    size_t capacity;
    Slot *slots;
    size_t slot_count; ///< a power of two
    size_t slots_used;
    size_t counts[SEVERITY_ERROR + 1]; ///< without those that are suppressed
    size_t suppressed_count;
    size_t fixable;
    size_t raised;         ///< warnings that levels made errors
    const char *raised_by; ///< the one origin of these levels; NULL: there are several
    Suppressor suppressor; ///< or NULL
    void *suppressor_data;
    const DiagnosticTrail *trail;
    unsigned muted; ///< depth of `diagnostics_mute`
    size_t faults;  ///< muted ones that did not ask for a value of the build
    Entry added;    ///< stands in slots for what was added to diagnostics
    Diagnostic *sorted;
    Diagnostic *suppressed; ///< sorted likewise
    size_t sorted_count;    ///< entries that `sorted` knows of
};

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static uint64_t hash_text(uint64_t hash, const char *text) {
    // With the NUL: it keeps "ab" + "c" apart from "a" + "bc".
    return hash_bytes(hash, text, strlen(text) + 1);
}

static uint64_t hash_span(uint64_t hash, Span span) {
    const uint32_t numbers[] = {span.file, span.start, span.end};
    return hash_bytes(hash, numbers, sizeof numbers);
}

static uint64_t hash_begin(char what) {
    return hash_bytes(UINT64_C(14695981039346656037), &what, 1);
}

/// Spreads the bits (the low ones choose the slot) and keeps 0 for empty slots.
static uint64_t hash_end(uint64_t hash) {
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    hash ^= hash >> 29;
    return hash ? hash : 1;
}

static Slot *find_slot(Slot *slots, size_t count, uint64_t hash) {
    size_t index = (size_t)hash & (count - 1);
    while (slots[index].hash != 0 && slots[index].hash != hash) {
        index = (index + 1) & (count - 1);
    }
    return &slots[index];
}

static void grow_slots(Diagnostics *list) {
    size_t count = list->slot_count ? list->slot_count * 2 : 64;
    Slot *slots = arena_array(list->arena, Slot, count);
    for (size_t i = 0; i < list->slot_count; i++) {
        if (list->slots[i].hash != 0) {
            *find_slot(slots, count, list->slots[i].hash) = list->slots[i];
        }
    }
    list->slots = slots;
    list->slot_count = count;
}

/// The entry that was remembered for `hash`, or NULL after remembering `entry` for it.
static Entry *recall(Diagnostics *list, uint64_t hash, Entry *entry) {
    if ((list->slots_used + 1) * 2 > list->slot_count) {
        grow_slots(list);
    }
    Slot *slot = find_slot(list->slots, list->slot_count, hash);
    if (slot->hash == hash) {
        return slot->entry;
    }
    *slot = (Slot){hash, entry};
    list->slots_used++;
    return NULL;
}

Diagnostics *diagnostics_new(Arena *arena) {
    Diagnostics *list = arena_new_object(arena, Diagnostics);
    list->arena = arena;
    return list;
}

static void append(Diagnostics *list, Entry *entry) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        Entry **entries = arena_array(list->arena, Entry *, capacity);
        if (list->count > 0) {
            memcpy(entries, list->entries, list->count * sizeof(Entry *));
        }
        list->entries = entries;
        list->capacity = capacity;
    }
    list->entries[list->count++] = entry;
    if (entry->diagnostic.suppressed_by) {
        list->suppressed_count++;
    } else {
        list->counts[entry->diagnostic.severity]++;
    }
}

/// The slot for the level of `code`: its own, or an empty one.
static CodeLevel **level_slot(CodeLevel **levels, size_t count, const char *code) {
    size_t index = (size_t)hash_end(hash_text(hash_begin('c'), code)) & (count - 1);
    while (levels[index] != NULL && strcmp(levels[index]->code, code) != 0) {
        index = (index + 1) & (count - 1);
    }
    return &levels[index];
}

static void grow_levels(Diagnostics *list) {
    const size_t count = list->level_slots ? list->level_slots * 2 : 16;
    CodeLevel **levels = arena_array(list->arena, CodeLevel *, count);
    for (size_t i = 0; i < list->level_slots; i++) {
        if (list->levels[i] != NULL) {
            *level_slot(levels, count, list->levels[i]->code) = list->levels[i];
        }
    }
    list->levels = levels;
    list->level_slots = count;
}

/// The level of `code`, or NULL if it has none of its own.
static CodeLevel *find_level(const Diagnostics *list, const char *code) {
    return list->level_count ? *level_slot(list->levels, list->level_slots, code) : NULL;
}

/// The level that counts for a diagnostic: its own, its group's, that of all warnings; or NULL.
static CodeLevel *level_of(const Diagnostics *list, const char *code, DiagnosticGroup group,
                           Severity own) {
    if (list->level_count == 0) {
        return NULL;
    }
    CodeLevel *level = find_level(list, code);
    if (level == NULL && group != GROUP_NONE) {
        level = find_level(list, group_name(group));
    }
    const bool is_warning = own == SEVERITY_WARNING;
    return level == NULL && is_warning ? find_level(list, group_name(GROUP_WARNINGS)) : level;
}

/// What `severity` is under the level that counts: less, or a warning of what was off.
static Severity settled(const Diagnostics *list, const char *code, DiagnosticGroup group,
                        Severity severity) {
    const CodeLevel *level = level_of(list, code, group, severity);
    if (level == NULL) {
        return severity;
    }
    if (severity == SEVERITY_OFF) {
        return MIN(level->severity, SEVERITY_WARNING);
    }
    const bool fixed = severity == SEVERITY_ERROR && !level->errors;
    return fixed ? severity : MIN(level->severity, severity);
}

bool diagnostics_wants(const Diagnostics *list, DiagnosticId id) {
    const DiagnosticRow *row = diagnostic_row(id);
    return row->severity != SEVERITY_OFF ||
           settled(list, row->code, row->group, SEVERITY_OFF) != SEVERITY_OFF;
}

void diagnostics_set_suppressor(Diagnostics *list, Suppressor suppressor, void *data) {
    list->suppressor = suppressor;
    list->suppressor_data = data;
}

const DiagnosticTrail *diagnostics_follow(Diagnostics *list, const DiagnosticTrail *trail) {
    const DiagnosticTrail *before = list->trail;
    list->trail = trail;
    return before;
}

static void add_label(Diagnostics *list, Diagnostic *diagnostic, Span span, bool note,
                      const char *text);

/// How the work came to the place of a new diagnostic.
static void add_trail(Diagnostics *list, Entry *entry) {
    Span span = entry->diagnostic.span;
    const DiagnosticTrail *trail = list->trail;
    if (!trail || span.file != trail->within.file || span.start < trail->within.start ||
        span.end > trail->within.end) {
        return;
    }
    for (; trail; trail = trail->outer) {
        add_label(list, &entry->diagnostic, trail->place, true, trail->text);
    }
}

/// Asks what suppresses a new diagnostic, which is of the severity `own` by itself.
static void suppress(const Diagnostics *list, Diagnostic *diagnostic, Severity own) {
    if (list->suppressor == NULL) {
        return;
    }
    const Suppression *suppression = list->suppressor(diagnostic, own, list->suppressor_data);
    diagnostic->suppressed_by = diagnostic->severity != SEVERITY_OFF ? suppression : NULL;
}

/// Every diagnostic comes through here.
static Entry *add(Diagnostics *list, const char *code, DiagnosticGroup group, Severity severity,
                  Span span, const char *message, const char *label) {
    uint64_t hash = hash_text(hash_text(hash_span(hash_begin('d'), span), code), message);
    Entry *entry = arena_new_object(list->arena, Entry);
    Entry *earlier = list->muted ? NULL : recall(list, hash_end(hash), entry);
    if (earlier) {
        return earlier;
    }
    entry->diagnostic.code = code;
    entry->diagnostic.group = group;
    entry->diagnostic.severity = settled(list, code, group, severity);
    entry->diagnostic.message = arena_strndup(list->arena, message, strlen(message));
    entry->diagnostic.label = label ? arena_strndup(list->arena, label, strlen(label)) : NULL;
    entry->diagnostic.span = span;
    entry->label_end = &entry->diagnostic.labels;
    entry->help_end = &entry->diagnostic.helps;
    entry->fix_end = &entry->diagnostic.fixes;
    // A muted one goes nowhere, but its caller may still hang labels on it.
    entry->muted = list->muted > 0;
    if (!entry->muted) {
        suppress(list, &entry->diagnostic, severity);
        append(list, entry);
        add_trail(list, entry);
    } else if (strcmp(code, diagnostic_code(DIAG_BUILD_TIME)) != 0) {
        list->faults++;
    }
    return entry;
}

void diagnostics_mute(Diagnostics *list) {
    list->muted++;
}

void diagnostics_unmute(Diagnostics *list) {
    list->muted--;
}

unsigned diagnostics_speak(Diagnostics *list) {
    const unsigned muted = list->muted;
    list->muted = 0;
    return muted;
}

void diagnostics_remute(Diagnostics *list, unsigned muted) {
    list->muted = muted;
}

/// The wording with its `{0}`, `{1}`, … filled in. A number that has no argument stays.
static char *fill(const char *wording, const char *const *arguments, size_t count) {
    GString *out = g_string_new(NULL);
    while (*wording) {
        bool hole = wording[0] == '{' && g_ascii_isdigit(wording[1]) && wording[2] == '}';
        if (hole && (size_t)(wording[1] - '0') < count) {
            g_string_append(out, arguments[wording[1] - '0']);
            wording += 3;
        } else {
            g_string_append_c(out, *wording++);
        }
    }
    return g_string_free(out, FALSE);
}

Diagnostic *diagnostic_add(Diagnostics *list, DiagnosticId id, Span span, ...) {
    const DiagnosticRow *row = diagnostic_row(id);
    const char *arguments[MAX_ARGUMENTS];
    size_t count = 0;
    va_list rest;
    va_start(rest, span);
    for (const char *text = va_arg(rest, const char *); text && count < MAX_ARGUMENTS;
         text = va_arg(rest, const char *)) {
        arguments[count++] = text;
    }
    va_end(rest);
    g_autofree char *message = fill(row->wording, arguments, count);
    g_autofree char *label = row->label ? fill(row->label, arguments, count) : NULL;
    return &add(list, row->code, row->group, row->severity, span, message, label)->diagnostic;
}

Diagnostic *diagnostic_add_rule(Diagnostics *list, const char *code, Severity severity, Span span,
                                const char *message) {
    const char *copy = arena_strndup(list->arena, code, strlen(code));
    return &add(list, copy, GROUP_NONE, severity, span, message, NULL)->diagnostic;
}

/// Whether `text` at `span` is added to `whole`, a diagnostic or a fix, for the first time.
static bool is_new(Diagnostics *list, const void *whole, char what, Span span, const char *text) {
    const uintptr_t identity = (uintptr_t)whole;
    uint64_t hash = hash_bytes(hash_begin(what), &identity, sizeof identity);
    hash = hash_text(hash_span(hash, span), text);
    return recall(list, hash_end(hash), &list->added) == NULL;
}

static void add_label(Diagnostics *list, Diagnostic *diagnostic, Span span, bool note,
                      const char *text) {
    Entry *entry = (Entry *)diagnostic;
    if (!is_new(list, entry, note ? 'n' : 'l', span, text)) {
        return;
    }
    DiagnosticLabel *label = arena_new_object(list->arena, DiagnosticLabel);
    label->span = span;
    label->text = arena_strndup(list->arena, text, strlen(text));
    label->note = note;
    *entry->label_end = label;
    entry->label_end = &label->next;
}

void diagnostic_label(Diagnostics *list, Diagnostic *diagnostic, Span span, const char *format,
                      ...) {
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    add_label(list, diagnostic, span, false, text);
}

void diagnostic_note(Diagnostics *list, Diagnostic *diagnostic, Span span, const char *format,
                     ...) {
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    add_label(list, diagnostic, span, true, text);
}

void diagnostic_help(Diagnostics *list, Diagnostic *diagnostic, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    Entry *entry = (Entry *)diagnostic;
    if (!is_new(list, entry, 'h', NO_SPAN, text)) {
        return;
    }
    DiagnosticHelp *help = arena_new_object(list->arena, DiagnosticHelp);
    help->text = arena_strndup(list->arena, text, strlen(text));
    *entry->help_end = help;
    entry->help_end = &help->next;
}

void diagnostic_fix_edit(Diagnostics *list, DiagnosticFix *fix, Span span, const char *text) {
    if (!is_new(list, fix, 'e', span, text)) {
        return;
    }
    FixEntry *entry = (FixEntry *)fix;
    DiagnosticEdit *edit = arena_new_object(list->arena, DiagnosticEdit);
    edit->span = span;
    edit->text = arena_strndup(list->arena, text, strlen(text));
    *entry->edit_end = edit;
    entry->edit_end = &edit->next;
}

/// The fix of `diagnostic` with this title and first edit, or NULL. There are few.
static DiagnosticFix *find_fix(const Diagnostic *diagnostic, Span span, const char *text,
                               const char *title) {
    for (DiagnosticFix *fix = diagnostic->fixes; fix; fix = fix->next) {
        const DiagnosticEdit *edit = fix->edits;
        if (edit->span.file == span.file && edit->span.start == span.start &&
            edit->span.end == span.end && strcmp(edit->text, text) == 0 &&
            strcmp(fix->title, title) == 0) {
            return fix;
        }
    }
    return NULL;
}

DiagnosticFix *diagnostic_fix(Diagnostics *list, Diagnostic *diagnostic,
                              Applicability applicability, Span span, const char *text,
                              const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *title = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    DiagnosticFix *known = find_fix(diagnostic, span, text, title);
    if (known) {
        return known;
    }
    Entry *entry = (Entry *)diagnostic;
    FixEntry *added = arena_new_object(list->arena, FixEntry);
    added->fix.title = arena_strndup(list->arena, title, strlen(title));
    added->fix.applicability = applicability;
    added->edit_end = &added->fix.edits;
    diagnostic_fix_edit(list, &added->fix, span, text);
    *entry->fix_end = &added->fix;
    entry->fix_end = &added->fix.next;
    if (applicability == FIX_SAFE && !entry->fixable && !entry->muted &&
        diagnostic->severity != SEVERITY_OFF && !diagnostic->suppressed_by) {
        entry->fixable = true;
        list->fixable++;
    }
    return &added->fix;
}

size_t diagnostics_faults(const Diagnostics *list) {
    return list->faults;
}

size_t diagnostics_count(const Diagnostics *list, Severity severity) {
    return list->counts[severity];
}

size_t diagnostics_fixable(const Diagnostics *list) {
    return list->fixable;
}

void diagnostics_set_level(Diagnostics *list, const char *code, Severity severity, bool errors,
                           Span place, const char *origin) {
    if ((list->level_count + 1) * 2 > list->level_slots) {
        grow_levels(list);
    }
    CodeLevel **slot = level_slot(list->levels, list->level_slots, code);
    if (*slot == NULL) {
        *slot = arena_new_object(list->arena, CodeLevel);
        list->level_count++;
    }
    **slot = (CodeLevel){.code = arena_strndup(list->arena, code, strlen(code)),
                         .severity = severity,
                         .errors = errors,
                         .place = place,
                         .origin = arena_strndup(list->arena, origin, strlen(origin))};
}

/// Makes an error of a warning and says why.
static void raise_one(Diagnostics *list, Diagnostic *diagnostic, CodeLevel *level) {
    diagnostic->severity = SEVERITY_ERROR;
    list->counts[SEVERITY_WARNING]--;
    list->counts[SEVERITY_ERROR]++;
    const bool same = list->raised == 0 || g_strcmp0(list->raised_by, level->origin) == 0;
    list->raised_by = same ? level->origin : NULL;
    list->raised++;
    if (!level->told) {
        diagnostic_note(list, diagnostic, level->place, "a warning, which %s makes an error",
                        level->origin);
        level->told = true;
    }
}

void diagnostics_raise(Diagnostics *list) {
    if (list->level_count == 0) {
        return;
    }
    for (Diagnostic *one = diagnostics_sorted(list); one != NULL; one = one->next) {
        CodeLevel *level = one->severity == SEVERITY_WARNING
                               ? level_of(list, one->code, one->group, SEVERITY_WARNING)
                               : NULL;
        if (level != NULL && level->severity == SEVERITY_ERROR) {
            raise_one(list, one, level);
        }
    }
}

size_t diagnostics_raised(const Diagnostics *list, const char **origin) {
    *origin = list->raised_by;
    return list->raised;
}

void diagnostic_hide(Diagnostics *list, Diagnostic *diagnostic) {
    Entry *entry = (Entry *)diagnostic;
    if (entry->muted || diagnostic->severity == SEVERITY_OFF) {
        return;
    }
    size_t *count =
        diagnostic->suppressed_by ? &list->suppressed_count : &list->counts[diagnostic->severity];
    (*count)--;
    list->fixable -= entry->fixable;
    diagnostic->severity = SEVERITY_OFF;
    list->sorted_count = SIZE_MAX;
}

static int by_number(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b, void *unused) {
    (void)unused;
    const Diagnostic *one = &(*(Entry *const *)a)->diagnostic;
    const Diagnostic *other = &(*(Entry *const *)b)->diagnostic;
    int order = by_number(one->span.file, other->span.file);
    order = order ? order : by_number(one->span.start, other->span.start);
    order = order ? order : by_number(one->span.end, other->span.end);
    return order ? order : strcmp(one->code, other->code);
}

Diagnostic *diagnostics_sorted(Diagnostics *list) {
    if (list->sorted_count == list->count) {
        return list->sorted;
    }
    g_autofree Entry **order = g_new(Entry *, list->count);
    memcpy(order, list->entries, list->count * sizeof(Entry *));
    // GLib's sort is stable (qsort need not be): equal ones keep their order.
    g_qsort_with_data(order, (gint)list->count, sizeof(Entry *), by_place, NULL);
    Diagnostic **end = &list->sorted;
    Diagnostic **suppressed_end = &list->suppressed;
    for (size_t i = 0; i < list->count; i++) {
        Diagnostic *one = &order[i]->diagnostic;
        if (one->severity == SEVERITY_OFF) {
            continue;
        }
        Diagnostic ***chain = one->suppressed_by ? &suppressed_end : &end;
        **chain = one;
        *chain = &one->next;
    }
    *end = *suppressed_end = NULL;
    list->sorted_count = list->count;
    return list->sorted;
}

Diagnostic *diagnostics_suppressed(Diagnostics *list) {
    diagnostics_sorted(list);
    return list->suppressed;
}

size_t diagnostics_suppressed_count(const Diagnostics *list) {
    return list->suppressed_count;
}

const char *applicability_name(Applicability applicability) {
    static const char *const names[] = {"safe", "maybe", "placeholder"};
    return names[applicability];
}
