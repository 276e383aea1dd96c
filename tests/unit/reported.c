#include "reported.h"

#include <glib.h>
#include <string.h>

void setup(Fixture *fixture, const void *unused) {
    (void)unused;
    memset(fixture, 0, sizeof *fixture);
    fixture->compilation.arena = arena_new();
    fixture->compilation.diagnostics = diagnostics_new(fixture->compilation.arena);
    fixture->compilation.sources = fixture->sources;
}

void teardown(Fixture *fixture, const void *unused) {
    (void)unused;
    arena_free(fixture->compilation.arena);
}

Source *add_source(Fixture *fixture, const char *path, const char *text) {
    Source *source = arena_new_object(fixture->compilation.arena, Source);
    source->id = (uint16_t)fixture->compilation.source_count;
    source->path = path;
    source->text = arena_strndup(fixture->compilation.arena, text, strlen(text));
    source->length = (uint32_t)strlen(text);
    fixture->sources[fixture->compilation.source_count++] = source;
    return source;
}

Span at(const Source *source, const char *needle) {
    const char *found = strstr(source->text, needle);
    g_assert_nonnull(found);
    const uint32_t start = (uint32_t)(found - source->text);
    return (Span){source->id, start, start + (uint32_t)strlen(needle)};
}
