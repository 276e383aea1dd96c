/// Decorators of the library's declarations, and where facts come from.
#include "library.h"

#include <glib.h>
#include <string.h>

const Node *decorator_find(const Node *decorators, const char *name) {
    for (; decorators; decorators = decorators->next) {
        if (decorators->name && !strcmp(decorators->name->text, name)) {
            return decorators;
        }
    }
    return NULL;
}

const char *decorator_text(Arena *arena, const Node *decorator) {
    if (!decorator || !decorator->a || decorator->a->kind != NODE_STRING) {
        return NULL;
    }
    return arena_strndup(arena, decorator->a->text, decorator->a->length);
}

const Node *node_decorators(const Node *node) {
    switch (node->kind) {
    case NODE_TYPE_DECORATED:
    case NODE_TYPE_CASE:
    case NODE_PARAM:
    case NODE_LET:
    case NODE_TYPE:
    case NODE_RESOURCE:
    case NODE_OUTPUT:
    case NODE_FN:
    case NODE_MODULE:
    case NODE_USE:
    case NODE_TEST:
    case NODE_SCHEMA:
    case NODE_CONSTRUCT:
    case NODE_PROPERTY_DECL:
    case NODE_ATTRIBUTE:
    case NODE_RULE:
    case NODE_CLAUSE:
        return node->c;
    default:
        return NULL;
    }
}

Provenance provenance_of(Arena *arena, const Node *node, const Node *outer) {
    for (int turn = 0; turn < 2; turn++) {
        const Node *decorators = turn ? outer : node;
        decorators = decorators ? node_decorators(decorators) : NULL;
        const Node *inferred = decorator_find(decorators, "inferred");
        if (inferred) {
            return (Provenance){true, decorator_text(arena, inferred)};
        }
        const Node *docs = decorator_find(decorators, "docs");
        if (docs) {
            return (Provenance){false, decorator_text(arena, docs)};
        }
    }
    return (Provenance){false, NULL};
}

/// The decorators that the compiler knows; `mark` is what whole-program passes go by.
static const struct {
    const char *name;
    uint32_t mark;
} decorators_known[] = {{"part", MARK_PART},
                        {"exclusive", MARK_EXCLUSIVE},
                        {"dependency", 0},
                        {"fallback", MARK_FALLBACK},
                        {"purposes", MARK_PURPOSES},
                        {"needs", MARK_NEEDS},
                        {"disjoint", MARK_DISJOINT},
                        {"schemaFiles", MARK_SCHEMAS},
                        {"migrationFiles", MARK_MIGRATIONS},
                        {"divides", MARK_SPLIT},
                        {"reads", 0},
                        {"reserved", 0},
                        {"engine", 0},
                        {"stored", 0},
                        {"needsSchema", MARK_NEEDS_SCHEMA},
                        {"needsResource", MARK_NEEDS_RESOURCE},
                        {"docs", 0},
                        {"inferred", 0},
                        {"deprecated", 0},
                        {"unique", 0},
                        {"provides", 0},
                        {"container", 0},
                        {"id", 0},
                        {"file", 0},
                        {"pattern", 0},
                        {"length", 0},
                        {"range", 0},
                        {"format", 0},
                        {"words", 0},
                        {"known", 0},
                        {"documented", 0},
                        {"warning", 0},
                        {"note", 0},
                        {"plural", 0},
                        {"at", 0},
                        {"open", 0},
                        {"dependsOn", 0},
                        {"attributes", 0},
                        {"attributeForms", 0},
                        {"transform", 0},
                        {"key", 0},
                        {"plain", 0},
                        {"sorted", MARK_SORTED},
                        {"omitEmpty", MARK_OMIT_EMPTY},
                        {"when", 0}};

static int known_decorator(const Node *decorator) {
    for (size_t i = 0; i < G_N_ELEMENTS(decorators_known); i++) {
        if (decorator->name && !strcmp(decorator->name->text, decorators_known[i].name)) {
            return (int)i;
        }
    }
    return -1;
}

bool decorator_is_form(const Node *decorator) {
    return decorator->name && known_decorator(decorator) < 0;
}

uint32_t decorator_marks(const Node *decorators) {
    uint32_t marks = 0;
    for (; decorators; decorators = decorators->next) {
        int known = known_decorator(decorators);
        marks |= known < 0 ? (uint32_t)MARK_FORM : decorators_known[known].mark;
    }
    return marks;
}
