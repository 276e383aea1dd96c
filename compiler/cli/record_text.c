/// Records of builds as bytes: rows that begin with a letter. They are read on the machine that
/// wrote them, by the very program that did: numbers are as they stand in memory.
#include "build_record.h"

#include <string.h>

static const char HEAD[] = "depotc build record 2\n";
static const char TAIL[] = "end\n";

typedef enum RowKind {
    ROW_INPUT = 'i',
    ROW_COMMON = 'c',
    ROW_FOLDER = 'f',
    ROW_OUTPUT = 'o',
    ROW_GROUP = 'g',
    ROW_ENTRY = 'e',
    ROW_CLAIM = 'n',
    ROW_READS = 'r'
} RowKind;

static void free_group(void *data) {
    RecordGroup *group = data;
    g_ptr_array_unref(group->entries);
    g_ptr_array_unref(group->claims);
    g_array_unref(group->inputs);
    g_free(group);
}

void record_body_begin(RecordBody *body) {
    *body = (RecordBody){.inputs = g_array_new(FALSE, FALSE, sizeof(RecordInput)),
                         .outputs = g_array_new(FALSE, FALSE, sizeof(RecordOutput)),
                         .groups = g_ptr_array_new_with_free_func(free_group)};
}

void record_body_clear(RecordBody *body) {
    g_array_unref(body->inputs);
    g_array_unref(body->outputs);
    g_ptr_array_unref(body->groups);
    g_free(body->text);
}

RecordGroup *record_body_add_group(RecordBody *body) {
    RecordGroup *group = g_new0(RecordGroup, 1);
    group->entries = g_ptr_array_new();
    group->claims = g_ptr_array_new();
    group->inputs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_ptr_array_add(body->groups, group);
    return group;
}

// Reading

typedef struct Reader {
    const char *at;
    const char *end;
    bool ok;
} Reader;

static void read_bytes(Reader *reader, void *into, size_t size) {
    reader->ok = reader->ok && (size_t)(reader->end - reader->at) >= size;
    if (reader->ok) {
        memcpy(into, reader->at, size);
        reader->at += size;
    } else {
        memset(into, 0, size);
    }
}

static const char *read_string(Reader *reader) {
    const char *nul =
        reader->ok ? memchr(reader->at, '\0', (size_t)(reader->end - reader->at)) : NULL;
    if (nul == NULL) {
        reader->ok = false;
        return "";
    }
    const char *string = reader->at;
    reader->at = nul + 1;
    return string;
}

static Stamp read_stamp(Reader *reader) {
    Stamp stamp;
    read_bytes(reader, &stamp, sizeof stamp);
    reader->ok = reader->ok && stamp.kind <= STAMP_OUTPUT;
    return stamp;
}

/// A number below `limit`.
static uint32_t read_number(Reader *reader, size_t limit) {
    uint32_t number = 0;
    read_bytes(reader, &number, sizeof number);
    reader->ok = reader->ok && number < limit;
    return number;
}

static void read_input(Reader *reader, RecordBody *body, bool common) {
    RecordInput input = {.common = common};
    input.stamp = read_stamp(reader);
    input.names = read_string(reader);
    input.path = read_string(reader);
    g_array_append_val(body->inputs, input);
}

static void read_output(Reader *reader, RecordBody *body, const char *folder) {
    RecordOutput output = {.folder = folder};
    output.stamp = read_stamp(reader);
    output.sum = read_string(reader);
    output.path = read_string(reader);
    read_bytes(reader, &output.group, sizeof output.group);
    reader->ok = reader->ok && folder != NULL &&
                 (output.group == RECORD_NO_GROUP || output.group < body->groups->len);
    g_array_append_val(body->outputs, output);
}

/// A row of a group; a group has begun.
static void read_member(Reader *reader, RecordBody *body, RowKind kind) {
    if (body->groups->len == 0) {
        reader->ok = false;
        return;
    }
    const RecordGroup *group = body->groups->pdata[body->groups->len - 1];
    if (kind == ROW_READS) {
        const uint32_t number = read_number(reader, body->inputs->len);
        g_array_append_val(group->inputs, number);
    } else {
        g_ptr_array_add(kind == ROW_ENTRY ? group->entries : group->claims,
                        (void *)read_string(reader));
    }
}

static void read_rows(Reader *reader, RecordBody *body) {
    const char *folder = NULL;
    while (reader->ok && reader->at < reader->end) {
        const char kind = *reader->at++;
        switch (kind) {
        case ROW_INPUT:
        case ROW_COMMON:
            read_input(reader, body, kind == ROW_COMMON);
            break;
        case ROW_FOLDER:
            folder = read_string(reader);
            break;
        case ROW_OUTPUT:
            read_output(reader, body, folder);
            break;
        case ROW_GROUP:
            record_body_add_group(body);
            break;
        case ROW_ENTRY:
        case ROW_CLAIM:
        case ROW_READS:
            read_member(reader, body, (RowKind)kind);
            break;
        default:
            reader->ok = false;
        }
    }
}

bool record_body_parse(RecordBody *body, char *text, size_t length, const char *key) {
    body->text = text;
    g_autofree char *head = g_strconcat(HEAD, key, NULL);
    const size_t begin = strlen(head), tail = strlen(TAIL);
    if (length < begin + tail || memcmp(text, head, begin) != 0 ||
        memcmp(text + length - tail, TAIL, tail) != 0) {
        return false;
    }
    Reader reader = {text + begin, text + length - tail, true};
    read_rows(&reader, body);
    return reader.ok;
}

// Writing

static void put_bytes(GString *out, const void *bytes, size_t size) {
    g_string_append_len(out, bytes, (gssize)size);
}

static void put_string(GString *out, const char *string) {
    put_bytes(out, string, strlen(string) + 1);
}

static void put_group(GString *out, const RecordGroup *group) {
    g_string_append_c(out, ROW_GROUP);
    for (guint i = 0; i < group->entries->len; i++) {
        g_string_append_c(out, ROW_ENTRY);
        put_string(out, group->entries->pdata[i]);
    }
    for (guint i = 0; i < group->claims->len; i++) {
        g_string_append_c(out, ROW_CLAIM);
        put_string(out, group->claims->pdata[i]);
    }
    for (guint i = 0; i < group->inputs->len; i++) {
        g_string_append_c(out, ROW_READS);
        put_bytes(out, &g_array_index(group->inputs, uint32_t, i), sizeof(uint32_t));
    }
}

static void put_outputs(GString *out, const RecordBody *body) {
    const char *folder = NULL;
    for (guint i = 0; i < body->outputs->len; i++) {
        const RecordOutput *output = &g_array_index(body->outputs, RecordOutput, i);
        if (g_strcmp0(folder, output->folder) != 0) {
            folder = output->folder;
            g_string_append_c(out, ROW_FOLDER);
            put_string(out, folder);
        }
        g_string_append_c(out, ROW_OUTPUT);
        put_bytes(out, &output->stamp, sizeof output->stamp);
        put_string(out, output->sum);
        put_string(out, output->path);
        put_bytes(out, &output->group, sizeof output->group);
    }
}

GString *record_body_print(const RecordBody *body, const char *key) {
    GString *out = g_string_new(HEAD);
    g_string_append(out, key);
    for (guint i = 0; i < body->inputs->len; i++) {
        const RecordInput *input = &g_array_index(body->inputs, RecordInput, i);
        g_string_append_c(out, input->common ? ROW_COMMON : ROW_INPUT);
        put_bytes(out, &input->stamp, sizeof input->stamp);
        put_string(out, input->names);
        put_string(out, input->path);
    }
    for (guint i = 0; i < body->groups->len; i++) {
        put_group(out, body->groups->pdata[i]);
    }
    put_outputs(out, body);
    g_string_append(out, TAIL);
    return out;
}
