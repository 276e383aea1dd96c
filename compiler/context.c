// In which blocks does a place stand? Asked once per diagnostic, of which there may be a hundred
// thousand: so the blocks of a file are listed once, and found by bisection.
#include "render.h"
#include "tree.h"

#include <glib.h>

/// Blocks nest no deeper than the parser allows; this only bounds the recursion if it ever did.
#define MAX_DEPTH 1000
#define NO_PARENT UINT32_MAX

typedef struct ContextBlock {
    uint32_t start;
    uint32_t end;
    uint32_t parent;  ///< index of the block around it, or NO_PARENT
    const char *word; ///< the kind
    const Name *name; ///< NULL if it could not be read
} ContextBlock;

struct ContextIndex {
    ContextBlock *blocks; ///< by `start`; a block before those inside it
    uint32_t count;
};

static void collect(GArray *blocks, const Node *list, uint32_t parent, unsigned depth);

/// `module m`, `use m as n`
static void collect_module(GArray *blocks, const Node *node, uint32_t parent, unsigned depth) {
    ContextBlock block = {
        .start = node->start, .end = node->end, .parent = parent, .name = node->name};
    block.word = node->kind == NODE_MODULE ? "module" : "use";
    parent = blocks->len;
    g_array_append_val(blocks, block);
    if (node->b && node->b->kind == NODE_BLOCK) {
        collect(blocks, node->b->a, parent, depth + 1);
    }
}

static void collect_resource(GArray *blocks, const Node *node, uint32_t parent, unsigned depth) {
    const Node *head = node->a;
    const Node *body = node->b;
    if (head && head->kind == NODE_RESOURCE_HEAD && head->name) {
        const Node *name = head->c;
        ContextBlock block = {
            .start = node->start,
            .end = node->end,
            .parent = parent,
            .word = head->name->text,
            .name = name && name->kind == NODE_NAME ? name->name : NULL,
        };
        parent = blocks->len;
        g_array_append_val(blocks, block);
    }
    if (body && body->kind == NODE_BLOCK) {
        collect(blocks, body->a, parent, depth + 1);
    }
}

/// `if … { } else if … { } else { }`: a chain may be long, so it is followed, not recursed into.
static void collect_if(GArray *blocks, const Node *node, uint32_t parent, unsigned depth) {
    while (node && node->kind == NODE_IF) {
        if (node->b && node->b->kind == NODE_BLOCK) {
            collect(blocks, node->b->a, parent, depth + 1);
        }
        node = node->c;
    }
    if (node && node->kind == NODE_BLOCK) {
        collect(blocks, node->a, parent, depth + 1);
    }
}

static void collect(GArray *blocks, const Node *list, uint32_t parent, unsigned depth) {
    if (depth > MAX_DEPTH) {
        return;
    }
    for (const Node *node = list; node; node = node->next) {
        if (node->kind == NODE_RESOURCE) {
            collect_resource(blocks, node, parent, depth);
        } else if (node->kind == NODE_MODULE || node->kind == NODE_USE) {
            collect_module(blocks, node, parent, depth);
        } else if (node->kind == NODE_IF) {
            collect_if(blocks, node, parent, depth);
        } else if (node->kind == NODE_FOR && node->b && node->b->kind == NODE_BLOCK) {
            collect(blocks, node->b->a, parent, depth + 1);
        }
    }
}

static const ContextIndex *index_of(Source *source, Arena *arena) {
    if (!source->contexts) {
        g_autoptr(GArray) blocks = g_array_new(FALSE, FALSE, sizeof(ContextBlock));
        if (source->tree && source->tree->kind == NODE_FILE) {
            collect(blocks, source->tree->a, NO_PARENT, 0);
        }
        ContextIndex *index = arena_new_object(arena, ContextIndex);
        index->count = blocks->len;
        index->blocks = arena_array(arena, ContextBlock, blocks->len + 1);
        for (uint32_t i = 0; i < blocks->len; i++) {
            index->blocks[i] = g_array_index(blocks, ContextBlock, i);
        }
        source->contexts = index;
    }
    return source->contexts;
}

/// The innermost block around the bytes from `start` to `end`, or NO_PARENT. What begins with a
/// resource is about that resource and stands in the block around it.
static uint32_t innermost(const ContextIndex *index, uint32_t start, uint32_t end) {
    uint32_t low = 0;
    uint32_t high = index->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->blocks[middle].start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    // The last block that begins before the place is the one around it, or is in that one.
    uint32_t block = low > 0 ? low - 1 : NO_PARENT;
    while (block != NO_PARENT && index->blocks[block].end < end) {
        block = index->blocks[block].parent;
    }
    return block;
}

const char *diagnostic_context(Compilation *compilation, Span span, Arena *arena) {
    Source *source = compilation_source(compilation, span.file);
    if (!source || source->library) {
        return NULL;
    }
    const ContextIndex *index = index_of(source, compilation->arena);
    const char *path = NULL;
    for (uint32_t i = innermost(index, span.start, span.end); i != NO_PARENT;
         i = index->blocks[i].parent) {
        const ContextBlock *block = &index->blocks[i];
        const char *own = block->name
                              ? arena_printf(arena, "%s `%s`", block->word, block->name->text)
                              : block->word;
        path = path ? arena_printf(arena, "%s > %s", own, path) : own;
    }
    return path;
}

const char *diagnostic_context_of(Compilation *compilation, const Diagnostic *diagnostic,
                                  Arena *arena) {
    return diagnostic->context ? diagnostic->context
                               : diagnostic_context(compilation, diagnostic->span, arena);
}

char **diagnostic_blocks(Compilation *compilation, const Diagnostic *diagnostic) {
    const char *context = diagnostic_context_of(compilation, diagnostic, compilation->arena);
    char **blocks = g_strsplit(context ? context : "", " > ", -1);
    for (size_t i = 0; blocks[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(blocks[i], "`", -1);
        g_free(blocks[i]);
        blocks[i] = g_strjoinv("", parts);
    }
    return blocks;
}
