/// Which files a program names: what it imports, schemas, texts that it reads. Every text in it
/// that might be a path counts, so that a program is rather checked without need than passed over.
#include "git.h"

#include "tree.h"

#include <string.h>

typedef struct Collector {
    GPtrArray *references; ///< Reference
    const char *folder;    ///< of the file, from the top folder
} Collector;

static void free_reference(void *data) {
    Reference *reference = data;
    g_free(reference->path);
    g_free(reference);
}

/// `written` in a file of `folder`, both from the top folder: without `.` and `..`.
static char *resolve(const char *folder, const char *written) {
    g_autofree char *joined = g_strconcat("/", folder, *folder != '\0' ? "/" : "", written, NULL);
    g_autofree char *path = g_canonicalize_filename(joined, "/");
    return g_strdup(path + 1);
}

static void add(Collector *collector, ReferenceKind kind, char *path) {
    Reference *reference = g_new(Reference, 1);
    reference->kind = kind;
    reference->path = path;
    g_ptr_array_add(collector->references, reference);
}

/// Whether a text may be a path at all: long texts and those of several lines are none.
static bool may_be_path(const Node *string) {
    return string->length > 0 && string->length < 4096 &&
           memchr(string->text, 0, string->length) == NULL &&
           memchr(string->text, '\n', string->length) == NULL;
}

/// A text by itself. One that begins with `/` may be the end of a path that is put together.
static void add_string(Collector *collector, const Node *string) {
    if (!may_be_path(string)) {
        return;
    }
    g_autofree char *text = g_strndup(string->text, string->length);
    if (*text == '/') {
        add(collector, REFERENCE_ENDING, g_path_get_basename(text));
    } else {
        add(collector, REFERENCE_EXACT, resolve(collector->folder, text));
    }
}

/// A text with interpolations: its beginning, or if that is one, its end.
static void add_template(Collector *collector, const Node *template) {
    const Node *first = template->a;
    const Node *last = first;
    while (last != NULL && last->next != NULL) {
        last = last->next;
    }
    if (first != NULL && first->kind == NODE_STRING && may_be_path(first)) {
        g_autofree char *text = g_strndup(first->text, first->length);
        if (strchr(text, '/') != NULL && *text != '/') {
            g_autofree char *path = resolve(collector->folder, text);
            const bool folder = g_str_has_suffix(text, "/");
            add(collector, REFERENCE_BEGINNING, g_strconcat(path, folder ? "/" : NULL, NULL));
        }
    } else if (last != NULL && last->kind == NODE_STRING && may_be_path(last)) {
        g_autofree char *text = g_strndup(last->text, last->length);
        const char *slash = strrchr(text, '/');
        if (slash != NULL) {
            add(collector, REFERENCE_ENDING, g_strdup(slash + 1));
        }
    }
}

static void visit(Node *node, void *data) {
    if (node->kind == NODE_STRING) {
        add_string(data, node);
        return;
    }
    if (node->kind == NODE_TEMPLATE) {
        add_template(data, node);
    }
    node_each_child(node, visit, data);
}

GPtrArray *references_of(const Node *tree, const char *path) {
    g_autofree char *folder = g_path_get_dirname(path);
    Collector collector = {g_ptr_array_new_with_free_func(free_reference),
                           strcmp(folder, ".") == 0 ? "" : folder};
    node_each_child(tree, visit, &collector);
    return collector.references;
}
