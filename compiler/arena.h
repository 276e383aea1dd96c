/// Memory that goes away all at once.
///
/// A compilation owns one arena; every token, node, type and value lives in it. Allocation never
/// fails from the caller's point of view (GLib ends the process when the system has no memory).
#ifndef DEPOT_ARENA_H
#define DEPOT_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

/// An empty arena, owned by the caller.
Arena *arena_new(void);
/// Frees the arena and everything allocated in it. NULL is allowed.
void arena_free(Arena *arena);

/// `size` zeroed bytes, aligned for pointers, doubles and integers of 64 bits; they live until the
/// arena is freed.
void *arena_alloc(Arena *arena, size_t size);
/// A zeroed array of `count` objects of TYPE.
#define arena_array(arena, TYPE, count)                                                            \
    ((TYPE *)arena_alloc((arena), sizeof(TYPE) * (size_t)(count)))
/// One zeroed object of TYPE.
#define arena_new_object(arena, TYPE) ((TYPE *)arena_alloc((arena), sizeof(TYPE)))

/// A NUL-terminated copy of `length` bytes.
char *arena_strndup(Arena *arena, const char *text, size_t length);
/// Formats like printf into arena memory.
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// Bytes handed out so far, for `--stats`.
size_t arena_used(const Arena *arena);

#endif
