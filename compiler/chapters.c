/// Finds chapters by name. The index is a list of offsets into the file's own text, in the order of
/// the names, so that it costs nothing until it is searched.
#include "chapters.h"

#include "embedded.h"

#include <string.h>

Chapter chapter_at(const char *path, const char *text, size_t offset, size_t end) {
    const char *name = text + offset;
    const char *line = memchr(name, '\n', end - offset);
    size_t name_length = line ? (size_t)(line - name) : end - offset;
    size_t body = offset + name_length + (line ? 1 : 0);
    return (Chapter){path, name, name_length, text + body, end - body};
}

static Chapter chapter_of(const EmbeddedChapters *file, size_t index) {
    size_t end =
        index + 1 < file->count ? file->offsets[index + 1] - strlen(CHAPTER_MARK) : file->length;
    return chapter_at(file->path, file->text, file->offsets[index], end);
}

/// The order of `name` and the chapter's name, as strcmp has it; of as many bytes as `name` has, if
/// `prefix`.
static int compare(const char *name, const Chapter *chapter, bool prefix) {
    size_t length = strlen(name);
    size_t common = length < chapter->name_length ? length : chapter->name_length;
    int order = memcmp(name, chapter->name, common);
    if (order != 0 || length == chapter->name_length || (prefix && length == common)) {
        return order;
    }
    return length < chapter->name_length ? -1 : 1;
}

/// The first chapter that does not come before `name`.
static size_t lower_bound(const EmbeddedChapters *file, const char *name) {
    size_t low = 0, high = file->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        Chapter chapter = chapter_of(file, middle);
        if (compare(name, &chapter, false) > 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool chapter_find(const char *name, Chapter *chapter) {
    for (size_t i = 0; i < embedded_chapters_count; i++) {
        const EmbeddedChapters *file = &embedded_chapters[i];
        size_t index = lower_bound(file, name);
        if (index < file->count) {
            *chapter = chapter_of(file, index);
            if (compare(name, chapter, false) == 0) {
                return true;
            }
        }
    }
    return false;
}

typedef void (*ChapterVisitor)(const Chapter *chapter, void *data);

static size_t each_chapter(const char *prefix, size_t most, ChapterVisitor visit, void *data) {
    size_t count = 0;
    for (size_t i = 0; i < embedded_chapters_count; i++) {
        const EmbeddedChapters *file = &embedded_chapters[i];
        for (size_t k = lower_bound(file, prefix); k < file->count && count < most; k++) {
            Chapter chapter = chapter_of(file, k);
            if (compare(prefix, &chapter, true) != 0) {
                break;
            }
            count++;
            if (visit) {
                visit(&chapter, data);
            }
        }
    }
    return count;
}

size_t chapters_count(const char *prefix) {
    return each_chapter(prefix, SIZE_MAX, NULL, NULL);
}

bool chapters_any(const char *prefix) {
    return each_chapter(prefix, 1, NULL, NULL) > 0;
}

/// What a visit of names needs.
typedef struct NameVisit {
    Arena *arena;
    size_t prefix;
    Similar *similar;
    const char **names;
    size_t count;
} NameVisit;

static const char *rest_of(const NameVisit *visit, const Chapter *chapter) {
    return arena_strndup(visit->arena, chapter->name + visit->prefix,
                         chapter->name_length - visit->prefix);
}

static void offer(const Chapter *chapter, void *data) {
    const NameVisit *visit = data;
    similar_offer(visit->similar, rest_of(visit, chapter));
}

void chapters_offer(Arena *arena, const char *prefix, Similar *similar) {
    NameVisit visit = {.arena = arena, .prefix = strlen(prefix), .similar = similar};
    each_chapter(prefix, SIZE_MAX, offer, &visit);
}

static void collect(const Chapter *chapter, void *data) {
    NameVisit *visit = data;
    visit->names[visit->count++] = rest_of(visit, chapter);
}

const char **chapters_names(Arena *arena, const char *prefix) {
    NameVisit visit = {.arena = arena, .prefix = strlen(prefix)};
    visit.names = arena_array(arena, const char *, chapters_count(prefix) + 1);
    each_chapter(prefix, SIZE_MAX, collect, &visit);
    return visit.names;
}
