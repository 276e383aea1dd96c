/// What nodes of the library say, for the JSON of `depotc stdlib`.
#include "cli.h"

#include "library.h"

#include <cjson/cJSON.h>
#include <string.h>

static const Source *source_of(const Compilation *compilation, const Node *node) {
    return compilation_source(compilation, node->file);
}

const char *fact_text(const Compilation *compilation, const Node *node) {
    const Source *source = source_of(compilation, node);
    return arena_strndup(compilation->arena, source->text + node->start, node->end - node->start);
}

const char *fact_outdented(const Compilation *compilation, const Node *node) {
    const char *text = fact_text(compilation, node);
    const Source *source = source_of(compilation, node);
    size_t margin = 0;
    while (margin < node->start && source->text[node->start - margin - 1] == ' ') {
        margin++;
    }
    char *result = arena_strndup(compilation->arena, text, strlen(text));
    char *out = result;
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n") + 1;
        for (size_t i = 0; i < length && *text != '\0'; i++) {
            *out++ = *text++;
        }
        for (size_t i = 0; i < margin && *text == ' '; i++) {
            text++;
        }
    }
    *out = '\0';
    return result;
}

void fact_add(cJSON *object, const char *name, const char *text) {
    if (text != NULL) {
        cJSON_AddStringToObject(object, name, text);
    }
}

/// Around examples in doc comments, each on a line of its own.
static const char EXAMPLE_BEGIN[] = "```depot";
static const char EXAMPLE_END[] = "```";

static bool is_line(const char *line, size_t length, const char *wanted) {
    return length == strlen(wanted) && strncmp(line, wanted, length) == 0;
}

static void add_example(cJSON *object, const char *text) {
    cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "examples");
    list = list != NULL ? list : cJSON_AddArrayToObject(object, "examples");
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
}

void fact_add_doc(const Compilation *compilation, cJSON *object, const Node *node) {
    const char *line = node_doc(node, source_of(compilation, node), compilation->arena);
    if (line == NULL) {
        return;
    }
    g_autoptr(GString) doc = g_string_new(NULL);
    g_autoptr(GString) example = g_string_new(NULL);
    g_autoptr(GPtrArray) examples = g_ptr_array_new_with_free_func(g_free);
    bool inside = false;
    while (*line != '\0') {
        const size_t length = strcspn(line, "\n");
        const bool mark = is_line(line, length, inside ? EXAMPLE_END : EXAMPLE_BEGIN);
        if (mark && inside) {
            g_ptr_array_add(examples, g_strdup(example->str));
            g_string_truncate(example, 0);
        } else if (!mark) {
            g_string_append_printf(inside ? example : doc, "%.*s\n", (int)length, line);
        }
        inside = inside != mark;
        line += length + (line[length] == '\n');
    }
    // An example that does not end is text.
    g_string_append(doc, example->str);
    fact_add(object, "doc", g_strchomp(doc->str));
    for (guint i = 0; i < examples->len; i++) {
        add_example(object, examples->pdata[i]);
    }
}

/// The file of a user that the fact, or something that decorates it, comes from; NULL: the library.
static const char *user_file(const Compilation *compilation, const Node *node) {
    const Source *source = compilation_source(compilation, node->file);
    const Node *decorator = node_decorators(node);
    for (; source->library && decorator != NULL; decorator = decorator->next) {
        source = compilation_source(compilation, decorator->file);
    }
    return source->library ? NULL : source->path;
}

void fact_add_provenance(const Compilation *compilation, cJSON *object, const Node *node,
                         const Node *outer) {
    const char *from = user_file(compilation, node);
    const bool foreign = from != NULL && outer != NULL && user_file(compilation, outer) == NULL;
    // What a user adds to the library is not documented where the library's facts are.
    const Provenance provenance = provenance_of(compilation->arena, node, foreign ? NULL : outer);
    fact_add(object, provenance.inferred ? "inferred" : "documented", provenance.text);
    fact_add(object, "from", from);
}

void fact_add_deprecation(const Compilation *compilation, cJSON *object, const Node *node) {
    const Node *mark = decorator_find(node_decorators(node), "deprecated");
    if (mark == NULL) {
        return;
    }
    cJSON *facts = cJSON_AddObjectToObject(object, "deprecated");
    if (mark->a == NULL || mark->a->kind != NODE_OBJECT) {
        return;
    }
    for (const Node *member = mark->a->a; member != NULL; member = member->next) {
        if (member->kind == NODE_PROPERTY && member->name != NULL && member->b != NULL &&
            member->b->kind == NODE_STRING) {
            fact_add(facts, member->name->text,
                     arena_strndup(compilation->arena, member->b->text, member->b->length));
        }
    }
}
