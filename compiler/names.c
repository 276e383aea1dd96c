#include "names.h"

#include "token.h"

#include <string.h>

enum { FIRST_SLOTS = 1024 };

/// Open addressing; the hash beside the id spares a look at the name for nearly every mismatch.
typedef struct Slot {
    uint32_t hash;
    uint32_t id; // 0: empty
} Slot;

struct Names {
    Arena *arena;
    Slot *slots;
    uint32_t mask;
    uint32_t count;
    Name **by_id; // as many as there are slots
};

static uint64_t load64(const char *text) {
    uint64_t value;
    memcpy(&value, text, sizeof value);
    return value;
}

static uint32_t load32(const char *text) {
    uint32_t value;
    memcpy(&value, text, sizeof value);
    return value;
}

static uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t product = (a ^ 0x9e3779b97f4a7c15U) * (b ^ 0xd6e8feb86659fd93U);
    return product ^ (product >> 32);
}

/// Reads names in whole words; the first and the last word of short ones overlap.
static uint32_t hash_of(const char *text, size_t length) {
    uint64_t hash = length;
    const char *end = text + length;
    for (; end - text > 16; text += 8) {
        hash = mix(hash, load64(text));
    }
    size_t rest = (size_t)(end - text);
    if (rest >= 8) {
        hash = mix(hash ^ load64(text), load64(end - 8));
    } else if (rest >= 4) {
        hash = mix(hash ^ load32(text), load32(end - 4));
    } else if (rest > 0) {
        uint64_t bytes = ((uint64_t)(unsigned char)text[0] << 16) |
                         ((uint64_t)(unsigned char)text[rest / 2] << 8) | (unsigned char)end[-1];
        hash = mix(hash ^ bytes, bytes);
    }
    return (uint32_t)(hash ^ (hash >> 29));
}

static void slots_new(Names *names, uint32_t size) {
    Name **by_id = arena_array(names->arena, Name *, size);
    if (names->count > 0) {
        memcpy(by_id, names->by_id, sizeof(Name *) * (names->count + 1));
    }
    names->by_id = by_id;
    names->slots = arena_array(names->arena, Slot, size);
    names->mask = size - 1;
    for (uint32_t id = 1; id <= names->count; ++id) {
        uint32_t hash = by_id[id]->hash;
        uint32_t index = hash & names->mask;
        while (names->slots[index].id != 0) {
            index = (index + 1) & names->mask;
        }
        names->slots[index] = (Slot){hash, id};
    }
}

static Name *name_add(Names *names, const char *text, size_t length, uint32_t hash, Slot *slot) {
    Name *name = arena_new_object(names->arena, Name);
    name->text = arena_strndup(names->arena, text, length);
    name->length = (uint32_t)length;
    name->hash = hash;
    name->id = ++names->count;
    names->by_id[name->id] = name;
    *slot = (Slot){hash, name->id};
    if (names->count > names->mask / 2) {
        slots_new(names, (names->mask + 1) * 4);
    }
    return name;
}

static Name *find_or_add(Names *names, const char *text, size_t length) {
    uint32_t hash = hash_of(text, length);
    uint32_t index = hash & names->mask;
    for (; names->slots[index].id != 0; index = (index + 1) & names->mask) {
        if (names->slots[index].hash == hash) {
            Name *name = names->by_id[names->slots[index].id];
            if (name->length == length && memcmp(name->text, text, length) == 0) {
                return name;
            }
        }
    }
    return name_add(names, text, length, hash, &names->slots[index]);
}

/// Marks the words that forms of other languages begin with.
static void mark_foreign(Names *names) {
    static const char *const patterns[] = {
#define FOREIGN(place, action, what, language, pattern, help, mended) pattern,
#include "foreign.def"
#undef FOREIGN
    };
    _Static_assert(TOK_COUNT <= UINT8_MAX, "the mark fits");
    for (size_t index = 0; index < sizeof patterns / sizeof patterns[0]; ++index) {
        const char *end = patterns[index] + strcspn(patterns[index], " ");
        for (const char *word = patterns[index]; word < end;) {
            size_t length = strcspn(word, "| ");
            Name *name = find_or_add(names, word, length);
            name->keyword = name->keyword != 0 ? name->keyword : (uint8_t)TOK_COUNT;
            word += length + (word[length] == '|');
        }
    }
}

Names *names_new(Arena *arena) {
    Names *names = arena_new_object(arena, Names);
    names->arena = arena;
    slots_new(names, FIRST_SLOTS);
    for (int kind = 0; kind < TOK_COUNT; ++kind) {
        if (token_class((TokenKind)kind) == CLASS_KEYWORD) {
            const char *text = token_spelling((TokenKind)kind);
            find_or_add(names, text, strlen(text))->keyword = (uint8_t)kind;
        }
    }
    mark_foreign(names);
    return names;
}

const Name *names_intern(Names *names, const char *text, size_t length) {
    return find_or_add(names, text, length);
}

const Name *names_get(const Names *names, uint32_t id) {
    return id <= names->count ? names->by_id[id] : NULL;
}

const Name *names_of(Names *names, const char *text) {
    return find_or_add(names, text, strlen(text));
}

const char *name_quoted(Arena *arena, const Name *name) {
    if (!name->quoted) {
        char *text = arena_alloc(arena, name->length + 3U);
        text[0] = '`';
        memcpy(text + 1, name->text, name->length);
        text[name->length + 1] = '`';
        ((Name *)name)->quoted = text; // its only change, and none that anybody sees
    }
    return name->quoted;
}
