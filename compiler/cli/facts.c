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

void fact_add_doc(const Compilation *compilation, cJSON *object, const Node *node) {
    fact_add(object, "doc", node_doc(node, source_of(compilation, node), compilation->arena));
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
