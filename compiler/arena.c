#include "arena.h"

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    ALIGNMENT = 16,
    FIRST_CHUNK = 64 * 1024,
    LARGEST_CHUNK = 4 * 1024 * 1024 // large enough that the system hands out pages already zeroed
};

typedef struct Chunk {
    struct Chunk *previous;
    size_t unused; // keeps what follows aligned
} Chunk;

struct Arena {
    char *next;
    char *end;
    Chunk *chunks;
    size_t chunk_size;
    size_t used;
};

Arena *arena_new(void) {
    Arena *arena = g_new0(Arena, 1);
    arena->chunk_size = FIRST_CHUNK;
    return arena;
}

void arena_free(Arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (Chunk *chunk = arena->chunks; chunk != NULL;) {
        Chunk *previous = chunk->previous;
        g_free(chunk);
        chunk = previous;
    }
    g_free(arena);
}

static char *chunk_add(Arena *arena, size_t size) {
    Chunk *chunk = g_malloc0(sizeof(Chunk) + size);
    chunk->previous = arena->chunks;
    arena->chunks = chunk;
    return (char *)(chunk + 1);
}

/// What does not fit into the rest of the chunk: a chunk of its own if it is large (the rest stays
/// in use), else a new chunk for it and what follows.
static void *alloc_slowly(Arena *arena, size_t size) {
    if (size > arena->chunk_size / 4) {
        return chunk_add(arena, size);
    }
    arena->next = chunk_add(arena, arena->chunk_size);
    arena->end = arena->next + arena->chunk_size;
    if (arena->chunk_size < LARGEST_CHUNK) {
        arena->chunk_size *= 2;
    }
    void *memory = arena->next;
    arena->next += size;
    return memory;
}

void *arena_alloc(Arena *arena, size_t size) {
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    arena->used += size;
    if (size > (size_t)(arena->end - arena->next)) {
        return alloc_slowly(arena, size);
    }
    void *memory = arena->next;
    arena->next += size;
    return memory;
}

char *arena_strndup(Arena *arena, const char *text, size_t length) {
    char *copy = arena_alloc(arena, length + 1);
    if (length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}

char *arena_printf(Arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    char *copy = arena_strndup(arena, text, strlen(text));
    g_free(text);
    return copy;
}

size_t arena_used(const Arena *arena) {
    return arena->used;
}
