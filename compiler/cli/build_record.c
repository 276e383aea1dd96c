/// The records of builds. Only builds that had nothing to say are recorded, since saying it again
/// takes a build. No text is read to find out that all is as it was.
#include "build_record.h"
#include "sha256.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/// Smaller builds are as fast as a look at their record, and leave none.
enum { FEWEST_FILES = 100 };
/// Older records are removed, in seconds: nobody may need them any more.
enum { OLDEST = 30 * 24 * 60 * 60 };

/// What the system says of a path. What was changed a moment ago has to become older first: then
/// another change would show. Small builds do not wait for that, since nothing is kept of them.
static Stamp settled_stamp(BuildRecord *record, const char *path, StampKind kind) {
    enum { STEP = 500, PATIENCE = 40 }; // microseconds, and steps of a whole build
    Stamp stamp = stamp_of(path, kind);
    while (stamp_is_recent(&stamp) && record->known && record->waited < PATIENCE) {
        g_usleep(STEP);
        record->waited++;
        stamp = stamp_of(path, kind);
    }
    record->unsure = record->unsure || stamp_is_recent(&stamp);
    return stamp;
}

/// Remembers a path before the disk is asked about it: what changes from then on shows.
static void note_use(const char *path, RecordedUse use, void *data) {
    BuildRecord *record = data;
    const StampKind kind = use == RECORDED_LOOKED ? STAMP_IDENTITY : STAMP_CONTENTS;
    Stamp *known = g_hash_table_lookup(record->inputs, path);
    if (known != NULL && known->kind >= (uint32_t)kind) {
        return;
    }
    const Stamp stamp = settled_stamp(record, path, kind);
    g_hash_table_replace(record->inputs, g_strdup(path), g_memdup2(&stamp, sizeof stamp));
}

// Which record it is

/// What has to be the same: this program, the working folder, and the command line. NULL if one of
/// them cannot be known.
static char *key_of(char **words) {
    Stamp program = stamp_of("/proc/self/exe", STAMP_CONTENTS);
    program.link = 0; // it is another link in each process
    g_autofree char *here = g_get_current_dir();
    if (program.type == 0) {
        return NULL;
    }
    g_autoptr(GString) text = g_string_new_len((const char *)&program, sizeof program);
    g_string_append_len(text, here, (gssize)strlen(here) + 1);
    for (; *words != NULL; words++) {
        g_string_append_len(text, *words, (gssize)strlen(*words) + 1);
    }
    return sha256_of(text->str, text->len);
}

/// Whether a build with these options does nothing but write its output and say what is wrong.
static bool is_plain(const Options *options) {
    return !options->no_cache && !options->to_stdout && !options->check_only && !options->commit &&
           !options->force && !options->stats && options->depfile == NULL &&
           options->diagnostics == NULL;
}

BuildRecord *build_record_open(Invocation *invocation) {
    if (!is_plain(&invocation->options)) {
        return NULL;
    }
    char *key = key_of(invocation->words);
    if (key == NULL) {
        return NULL;
    }
    BuildRecord *record = g_new0(BuildRecord, 1);
    record->key = key;
    record->path = g_build_filename(g_get_user_cache_dir(), "depotc", "builds", key, NULL);
    record->inputs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    record_body_begin(&record->last);
    recording_begin(&record->recording, invocation->files);
    record->recording.before = note_use;
    record->recording.before_data = record;
    invocation->files = &record->recording.system;
    return record;
}

void build_record_close(BuildRecord *record, Invocation *invocation) {
    if (record == NULL) {
        return;
    }
    invocation->files = record->recording.inner;
    recording_clear(&record->recording);
    g_hash_table_destroy(record->inputs);
    record_body_clear(&record->last);
    g_free(record->path);
    g_free(record->key);
    g_free(record);
}

// Looking at it

/// A sum of the names in a folder, for the caller to free; "" if it cannot be listed.
static char *sum_of_names(const BuildRecord *record, const char *folder) {
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(record->recording.inner, folder, &cause);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        const char *name = names->pdata[i];
        g_string_append_len(text, name, (gssize)strlen(name) + 1);
    }
    return names != NULL ? sha256_of(text->str, text->len) : g_strdup("");
}

/// Whether an input is what it was. Of a folder in which files came and went the names count:
/// editors put new files in the place of old ones.
static bool input_holds(BuildRecord *record, RecordInput *input) {
    const Stamp now = stamp_of(input->path, (StampKind)input->stamp.kind);
    if (stamp_equals(&now, &input->stamp)) {
        return true;
    }
    if (*input->names == '\0') {
        return false;
    }
    input->stamp = settled_stamp(record, input->path, (StampKind)now.kind);
    g_autofree char *names = sum_of_names(record, input->path);
    return strcmp(names, input->names) == 0;
}

static bool output_holds(const RecordOutput *output) {
    g_autofree char *path = g_build_filename(output->folder, output->path, NULL);
    const Stamp now = stamp_of(path, STAMP_OUTPUT);
    return stamp_equals(&now, &output->stamp);
}

/// Marks what has changed. False if that concerns all of the build.
static bool mark_changes(BuildRecord *record) {
    const RecordBody *last = &record->last;
    for (guint i = 0; i < last->inputs->len; i++) {
        RecordInput *input = &g_array_index(last->inputs, RecordInput, i);
        input->changed = !input_holds(record, input);
        if (input->changed && input->common) {
            return false;
        }
    }
    for (guint i = 0; i < last->groups->len; i++) {
        RecordGroup *group = last->groups->pdata[i];
        for (guint k = 0; k < group->inputs->len && !group->affected; k++) {
            const uint32_t number = g_array_index(group->inputs, uint32_t, k);
            group->affected = g_array_index(last->inputs, RecordInput, number).changed;
        }
    }
    for (guint i = 0; i < last->outputs->len; i++) {
        const RecordOutput *output = &g_array_index(last->outputs, RecordOutput, i);
        if (output_holds(output)) {
            continue;
        }
        if (output->group == RECORD_NO_GROUP) {
            return false;
        }
        ((RecordGroup *)last->groups->pdata[output->group])->affected = true;
    }
    return true;
}

BuildNeed build_record_look(BuildRecord *record) {
    char *text = NULL;
    size_t length = 0;
    if (record == NULL || !g_file_get_contents(record->path, &text, &length, NULL)) {
        return BUILD_ALL;
    }
    guint affected = 0;
    record->known = record_body_parse(&record->last, text, length, record->key);
    const bool known = record->known && mark_changes(record);
    for (guint i = 0; known && i < record->last.groups->len; i++) {
        affected += ((const RecordGroup *)record->last.groups->pdata[i])->affected;
    }
    if (known && affected == 0) {
        return BUILD_NOTHING;
    }
    if (!known || affected == record->last.groups->len) {
        build_record_forget(record);
        return BUILD_ALL;
    }
    return BUILD_PART;
}

void build_record_forget(BuildRecord *record) {
    record_body_clear(&record->last);
    record_body_begin(&record->last);
}

void build_record_tell(const BuildRecord *record, Recording *recording) {
    for (guint i = 0; record != NULL && i < record->last.inputs->len; i++) {
        const RecordInput *input = &g_array_index(record->last.inputs, RecordInput, i);
        recording_add(recording, input->path,
                      *input->names != '\0'                 ? RECORDED_LISTED
                      : input->stamp.kind == STAMP_CONTENTS ? RECORDED_READ
                                                            : RECORDED_LOOKED);
    }
}

// A part of it

GPtrArray *build_record_entries(const BuildRecord *record) {
    const RecordBody *last = &record->last;
    g_autoptr(GHashTable) read = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < last->groups->len; i++) {
        const RecordGroup *group = last->groups->pdata[i];
        for (guint k = 0; k < group->inputs->len && group->affected; k++) {
            const uint32_t number = g_array_index(group->inputs, uint32_t, k);
            const RecordInput *input = &g_array_index(last->inputs, RecordInput, number);
            g_hash_table_add(read, (void *)input->path);
        }
    }
    GPtrArray *entries = g_ptr_array_new();
    for (guint i = 0; i < last->groups->len; i++) {
        const RecordGroup *group = last->groups->pdata[i];
        for (guint k = 0; k < group->entries->len; k++) {
            if (group->affected || g_hash_table_contains(read, group->entries->pdata[k])) {
                g_ptr_array_add(entries, group->entries->pdata[k]);
            }
        }
    }
    return entries;
}

static void add_all(GHashTable *set, const GPtrArray *texts) {
    for (guint i = 0; i < texts->len; i++) {
        g_hash_table_add(set, texts->pdata[i]);
    }
}

static bool contains_all(GHashTable *set, const GPtrArray *texts) {
    for (guint i = 0; i < texts->len; i++) {
        if (!g_hash_table_contains(set, texts->pdata[i])) {
            return false;
        }
    }
    return true;
}

/// The entries of the groups that have changed, or their claims.
static GHashTable *affected_texts(const BuildRecord *record, bool claims) {
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < record->last.groups->len; i++) {
        const RecordGroup *group = record->last.groups->pdata[i];
        if (group->affected) {
            add_all(set, claims ? group->claims : group->entries);
        }
    }
    return set;
}

/// Whether a group that came out is one of those that had changed, and not just read by them.
static bool is_of(GHashTable *entries, const ProgramGroup *group) {
    for (guint i = 0; i < group->entries->len; i++) {
        if (g_hash_table_contains(entries, ((const Source *)group->entries->pdata[i])->path)) {
            return true;
        }
    }
    return false;
}

bool build_record_accepts(const BuildRecord *record, const ProgramGroups *groups) {
    const RecordBody *last = &record->last;
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < last->inputs->len; i++) {
        g_hash_table_add(known, (void *)g_array_index(last->inputs, RecordInput, i).path);
    }
    g_autoptr(GHashTable) entries = affected_texts(record, false);
    g_autoptr(GHashTable) before = affected_texts(record, true);
    g_autoptr(GHashTable) now = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < groups->list->len; i++) {
        const ProgramGroup *group = groups->list->pdata[i];
        if (!is_of(entries, group)) {
            continue;
        }
        add_all(now, group->claims);
        if (!contains_all(known, group->files) || !contains_all(before, group->claims)) {
            return false;
        }
    }
    return g_hash_table_size(now) == g_hash_table_size(before);
}

bool build_record_add_rest(const BuildRecord *record, GArray *files) {
    const RecordBody *last = &record->last;
    g_autoptr(GHashTable) made = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < files->len; i++) {
        g_hash_table_add(made, (void *)g_array_index(files, OutputFile, i).path);
    }
    for (guint i = 0; i < last->outputs->len; i++) {
        const RecordOutput *output = &g_array_index(last->outputs, RecordOutput, i);
        if (output->group == RECORD_NO_GROUP ||
            ((const RecordGroup *)last->groups->pdata[output->group])->affected) {
            continue;
        }
        if (g_hash_table_contains(made, output->path)) {
            return false;
        }
        const OutputFile file = {.path = output->path, .sum = output->sum};
        g_array_append_val(files, file);
    }
    return true;
}

// Writing it

/// A record while it is filled in.
typedef struct RecordDraft {
    BuildRecord *record;
    RecordBody body;
    GHashTable *numbers; ///< path of an input → 1 + its number
    GPtrArray *texts;    ///< strings that were made for it
    bool ok;
} RecordDraft;

static uint32_t draft_add_input(RecordDraft *draft, const RecordInput *input) {
    GArray *inputs = draft->body.inputs;
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(draft->numbers, input->path));
    if (known != 0) {
        RecordInput *row = &g_array_index(inputs, RecordInput, known - 1);
        draft->ok = stamp_join(&row->stamp, &input->stamp) && draft->ok;
        return known - 1;
    }
    g_array_append_val(inputs, *input);
    g_hash_table_insert(draft->numbers, (void *)input->path, GUINT_TO_POINTER(inputs->len));
    return inputs->len - 1;
}

/// Takes over what is known of the groups that have not changed, and what all depend on.
static void draft_carry_over(RecordDraft *draft) {
    const RecordBody *last = &draft->record->last;
    for (guint i = 0; i < last->inputs->len; i++) {
        const RecordInput *input = &g_array_index(last->inputs, RecordInput, i);
        if (input->common) {
            draft_add_input(draft, input);
        }
    }
    for (guint i = 0; i < last->groups->len; i++) {
        RecordGroup *old = last->groups->pdata[i];
        if (old->affected) {
            continue;
        }
        old->next = draft->body.groups->len;
        RecordGroup *group = record_body_add_group(&draft->body);
        g_ptr_array_extend(group->entries, old->entries, NULL, NULL);
        g_ptr_array_extend(group->claims, old->claims, NULL, NULL);
        for (guint k = 0; k < old->inputs->len; k++) {
            const uint32_t number = g_array_index(old->inputs, uint32_t, k);
            const uint32_t own =
                draft_add_input(draft, &g_array_index(last->inputs, RecordInput, number));
            g_array_append_val(group->inputs, own);
        }
    }
    for (guint i = 0; i < last->outputs->len; i++) {
        RecordOutput output = g_array_index(last->outputs, RecordOutput, i);
        const RecordGroup *group =
            output.group != RECORD_NO_GROUP ? last->groups->pdata[output.group] : NULL;
        if (group != NULL && !group->affected) {
            output.group = group->next;
            g_array_append_val(draft->body.outputs, output);
        }
    }
}

/// The names in a folder, if they are still those that the build has seen.
static const char *names_seen(RecordDraft *draft, const char *path, const Stamp *stamp) {
    const BuildRecord *record = draft->record;
    const guint uses = GPOINTER_TO_UINT(g_hash_table_lookup(record->recording.uses, path));
    if ((uses & RECORDED_LISTED) == 0) {
        return "";
    }
    char *names = sum_of_names(record, path);
    g_ptr_array_add(draft->texts, names);
    const Stamp now = stamp_of(path, (StampKind)stamp->kind);
    return stamp_equals(&now, stamp) ? names : "";
}

/// Adds what this build has read; what it is for is not known yet.
static void draft_add_inputs(RecordDraft *draft) {
    GHashTableIter iterator;
    void *path = NULL;
    void *stamp = NULL;
    g_hash_table_iter_init(&iterator, draft->record->inputs);
    while (g_hash_table_iter_next(&iterator, &path, &stamp)) {
        const RecordInput input = {.path = path,
                                   .names = names_seen(draft, path, stamp),
                                   .stamp = *(const Stamp *)stamp,
                                   .common = true};
        draft_add_input(draft, &input);
    }
}

static RecordInput *draft_input(const RecordDraft *draft, const char *path) {
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(draft->numbers, path));
    return known != 0 ? &g_array_index(draft->body.inputs, RecordInput, known - 1) : NULL;
}

static void draft_add_group(RecordDraft *draft, const ProgramGroup *from, guint carried) {
    RecordGroup *group = record_body_add_group(&draft->body);
    for (guint i = 0; i < from->entries->len; i++) {
        g_ptr_array_add(group->entries, (void *)((const Source *)from->entries->pdata[i])->path);
    }
    g_ptr_array_extend(group->claims, from->claims, NULL, NULL);
    for (guint i = 0; i < from->files->len; i++) {
        RecordInput *input = draft_input(draft, from->files->pdata[i]);
        if (input == NULL) {
            draft->ok = false; // read by other means than the recording
            continue;
        }
        const uint32_t number =
            (uint32_t)(input - (const RecordInput *)(void *)draft->body.inputs->data);
        input->common = input->common && number < carried;
        g_array_append_val(group->inputs, number);
    }
}

/// Adds the groups that were compiled. `carried`: how many inputs were known before.
/// ProgramGroup → 1 + its number.
static GHashTable *draft_add_groups(RecordDraft *draft, const ProgramGroups *groups,
                                    guint carried) {
    GHashTable *numbers = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) entries = affected_texts(draft->record, false);
    for (guint i = 0; groups != NULL && i < groups->list->len; i++) {
        const ProgramGroup *group = groups->list->pdata[i];
        if (draft->record->last.groups->len == 0 || is_of(entries, group)) {
            draft_add_group(draft, group, carried);
            g_hash_table_insert(numbers, (void *)group, GUINT_TO_POINTER(draft->body.groups->len));
        }
    }
    for (guint i = 0; groups != NULL && i < groups->common->len; i++) {
        RecordInput *input = draft_input(draft, groups->common->pdata[i]);
        if (input != NULL) {
            input->common = true;
        }
    }
    return numbers;
}

/// Adds what was written. What is a moment old has to become older first, so that its time shows a
/// change.
static void draft_add_output(RecordDraft *draft, RecordOutput output) {
    enum { STEP = 1000, PATIENCE = 50 }; // microseconds, and steps
    g_autofree char *path = g_build_filename(output.folder, output.path, NULL);
    output.stamp = stamp_of(path, STAMP_OUTPUT);
    for (int i = 0; stamp_is_recent(&output.stamp) && draft->ok; i++) {
        draft->ok = i < PATIENCE;
        g_usleep(STEP);
    }
    draft->ok = draft->ok && output.stamp.type != 0;
    g_array_append_val(draft->body.outputs, output);
}

static void draft_add_outputs(RecordDraft *draft, const OutputFolder *folder,
                              const ProgramGroups *groups, GHashTable *numbers) {
    // The folder itself changes when a build that is killed leaves something in it.
    static const char *const own[] = {MANIFEST_NAME, "."};
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
        draft_add_output(draft, (RecordOutput){.folder = folder->folder,
                                               .path = own[i],
                                               .sum = "",
                                               .group = RECORD_NO_GROUP});
    }
    for (size_t i = 0; i < folder->count; i++) {
        const OutputFile *file = &folder->files[i];
        if (file->text == NULL) {
            continue;
        }
        const ProgramGroup *group =
            groups != NULL && file->source != SPAN_NONE ? groups->by_source[file->source] : NULL;
        const guint number =
            group != NULL ? GPOINTER_TO_UINT(g_hash_table_lookup(numbers, group)) : 0;
        char *sum = sha256_of(file->text, file->length);
        g_ptr_array_add(draft->texts, sum);
        draft_add_output(draft, (RecordOutput){.folder = folder->folder,
                                               .path = file->path,
                                               .sum = sum,
                                               .group = number - 1}); // 0: RECORD_NO_GROUP
    }
}

/// Removes records that nobody needs any more.
static void remove_old(const char *folder) {
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        GStatBuf status;
        if (g_lstat(path, &status) == 0 && status.st_mtime + OLDEST < time(NULL)) {
            g_unlink(path);
        }
    }
}

/// Puts the record into its place. Nobody is told if that fails: the next build is a slow one.
static void put(const BuildRecord *record, const GString *text) {
    g_autofree char *folder = g_path_get_dirname(record->path);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return;
    }
    remove_old(folder);
    g_autofree char *temporary = g_strdup_printf("%s.%ld", record->path, (long)getpid());
    const int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok = file >= 0 && report_write(file, text->str, text->len);
    ok = file >= 0 && close(file) == 0 && ok;
    if (file >= 0 && !(ok && rename(temporary, record->path) == 0)) {
        unlink(temporary);
    }
}

bool build_record_is_wanted(const BuildRecord *record, const OutputFolder *folders, size_t count) {
    if (record == NULL || record->unsure) {
        return false;
    }
    size_t files = g_hash_table_size(record->inputs) + record->last.inputs->len;
    for (size_t i = 0; i < count; i++) {
        files += folders[i].count;
    }
    return files >= FEWEST_FILES;
}

void build_record_keep(BuildRecord *record, const OutputFolder *folders, size_t count,
                       const ProgramGroups *groups) {
    RecordDraft draft = {.record = record,
                         .numbers = g_hash_table_new(g_str_hash, g_str_equal),
                         .texts = g_ptr_array_new_with_free_func(g_free),
                         .ok = true};
    record_body_begin(&draft.body);
    if (record->last.groups->len > 0) {
        draft_carry_over(&draft);
    }
    const guint carried = draft.body.inputs->len;
    draft_add_inputs(&draft);
    g_autoptr(GHashTable) numbers = draft_add_groups(&draft, groups, carried);
    for (size_t i = 0; i < count; i++) {
        draft_add_outputs(&draft, &folders[i], groups, numbers);
    }
    if (draft.ok) {
        g_autoptr(GString) text = record_body_print(&draft.body, record->key);
        put(record, text);
    }
    record_body_clear(&draft.body);
    g_hash_table_destroy(draft.numbers);
    g_ptr_array_unref(draft.texts);
}
