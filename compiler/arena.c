#include "arena.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

enum {
    ALIGNMENT = 8, // of all that the compiler keeps; sixteen would be 7 % more memory
    FIRST_CHUNK = 64 * 1024,
    LARGEST_CHUNK = 8 * 1024 * 1024,
    HUGE_PAGE = 2 * 1024 * 1024,
    MAPPED_CHUNK = 2 * HUGE_PAGE, // from this size on a chunk is mapped
    MOST_STRINGS = 8              // of one `arena_printf` that is put together here
};

typedef struct Chunk {
    struct Chunk *previous;
    size_t mapped; // bytes, if the chunk is a mapping of its own; 16 bytes in all keep what follows
                   // aligned
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

static void chunk_free(Chunk *chunk) {
    if (chunk->mapped > 0) {
        munmap(chunk, chunk->mapped);
    } else {
        g_free(chunk);
    }
}

void arena_free(Arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (Chunk *chunk = arena->chunks; chunk != NULL;) {
        Chunk *previous = chunk->previous;
        chunk_free(chunk);
        chunk = previous;
    }
    g_free(arena);
}

/// Maps a large chunk on a boundary of huge pages and asks for such: taking memory page by page
/// costs more time than parsing does. NULL if there is none.
static Chunk *chunk_map(size_t size) {
    size = (size + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
    char *memory =
        mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return NULL;
    }
    size_t before = (HUGE_PAGE - (uintptr_t)memory % HUGE_PAGE) % HUGE_PAGE;
    if (before > 0) {
        munmap(memory, before);
    }
    munmap(memory + before + size, HUGE_PAGE - before);
    Chunk *chunk = (Chunk *)(void *)(memory + before);
#ifdef MADV_HUGEPAGE
    madvise(chunk, size, MADV_HUGEPAGE);
#endif
    chunk->mapped = size;
    return chunk;
}

static char *chunk_add(Arena *arena, size_t size) {
    size += sizeof(Chunk);
    Chunk *chunk = size >= MAPPED_CHUNK ? chunk_map(size) : NULL;
    if (chunk == NULL) {
        chunk = g_malloc0(size);
    }
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
    arena->next = chunk_add(arena, arena->chunk_size - sizeof(Chunk));
    arena->end = arena->next + (arena->chunk_size - sizeof(Chunk));
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

/// How many `%s` the format has if it has nothing else to print, and few; -1 otherwise.
static int count_strings(const char *format) {
    int count = 0;
    for (format = strchr(format, '%'); format != NULL; format = strchr(format + 2, '%')) {
        if (format[1] != 's' || count == MOST_STRINGS) {
            return -1;
        }
        ++count;
    }
    return count;
}

/// Nearly all that is formatted is strings put together, and printf takes ten times as long for it.
static char *print_strings(Arena *arena, const char *format, int count, va_list arguments) {
    const char *strings[MOST_STRINGS];
    size_t lengths[MOST_STRINGS];
    size_t length = strlen(format) - 2 * (size_t)count;
    for (int i = 0; i < count; ++i) {
        const char *string = va_arg(arguments, const char *);
        strings[i] = string != NULL ? string : "(null)"; // as printf does
        lengths[i] = strlen(strings[i]);
        length += lengths[i];
    }
    char *text = arena_alloc(arena, length + 1);
    char *end = text;
    for (int i = 0; i < count; ++i) {
        for (; *format != '%'; ++format) {
            *end++ = *format;
        }
        format += 2;
        memcpy(end, strings[i], lengths[i]);
        end += lengths[i];
    }
    while (*format != 0) {
        *end++ = *format++;
    }
    return text;
}

static char *print_any(Arena *arena, const char *format, va_list arguments) {
    char *text = g_strdup_vprintf(format, arguments);
    char *copy = arena_strndup(arena, text, strlen(text));
    g_free(text);
    return copy;
}

char *arena_printf(Arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = count_strings(format);
    char *text = count >= 0 ? print_strings(arena, format, count, arguments)
                            : print_any(arena, format, arguments);
    va_end(arguments);
    return text;
}

size_t arena_used(const Arena *arena) {
    return arena->used;
}
