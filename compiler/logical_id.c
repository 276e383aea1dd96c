#include "model.h"

#include <glib.h>
#include <string.h>

/// What CDK allows: an id this long, made of a human part this long and a hash behind it.
enum { MAX_ID = 255, MAX_HUMAN = 240, HASH_DIGITS = 8 };

/// One component of a construct path.
typedef struct Component {
    const char *text;
    size_t length;
} Component;

static bool component_is(Component component, const char *text) {
    return component.length == strlen(text) && memcmp(component.text, text, component.length) == 0;
}

/// Reads the component at `*at` and moves behind it and its slash; false at the end. Components
/// called `Default` do not count in an id and are skipped.
static bool next_component(const char **at, Component *component) {
    while (**at) {
        const char *end = *at + strcspn(*at, "/");
        *component = (Component){*at, (size_t)(end - *at)};
        *at = *end ? end + 1 : end;
        if (!component_is(*component, "Default")) {
            return true;
        }
    }
    return false;
}

/// Appends the letters and digits of `component` to `out` while its length is below `limit`.
static size_t put_human(char *out, size_t length, Component component, size_t limit) {
    for (size_t i = 0; i < component.length && length < limit; i++) {
        if (g_ascii_isalnum(component.text[i])) {
            out[length++] = component.text[i];
        }
    }
    return length;
}

static bool ends_with(Component whole, Component end) {
    return whole.length >= end.length &&
           memcmp(whole.text + whole.length - end.length, end.text, end.length) == 0;
}

/// The human part: a component that the one before ends with is left out, and so is `Resource`.
static size_t put_human_part(char *out, const char *path) {
    size_t length = 0;
    Component kept = {"", 0};
    Component component;
    bool first = true;
    while (next_component(&path, &component)) {
        if (!first && ends_with(kept, component)) {
            continue;
        }
        first = false;
        kept = component;
        if (!component_is(component, "Resource")) {
            length = put_human(out, length, component, MAX_HUMAN);
        }
    }
    return length;
}

/// The first digits, in upper case, of the MD5 of the components joined with slashes.
static size_t put_hash(char *out, size_t length, const char *path) {
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_MD5);
    Component component;
    for (bool first = true; next_component(&path, &component); first = false) {
        if (!first) {
            g_checksum_update(checksum, (const guchar *)"/", 1);
        }
        g_checksum_update(checksum, (const guchar *)component.text, (gssize)component.length);
    }
    guint8 digest[16];
    gsize size = sizeof digest;
    g_checksum_get_digest(checksum, digest, &size);
    for (size_t i = 0; i < HASH_DIGITS; i++) {
        out[length++] = "0123456789ABCDEF"[i % 2 ? digest[i / 2] & 15 : digest[i / 2] >> 4];
    }
    g_checksum_free(checksum);
    return length;
}

const char *model_logical_id(Arena *arena, const char *path) {
    char id[MAX_ID + 2];
    size_t length = 0;
    const char *rest = path;
    Component first;
    Component second;
    if (!next_component(&rest, &first)) {
        return "";
    }
    if (!next_component(&rest, &second)) {
        length = put_human(id, 0, first, MAX_ID + 1);
        if (length <= MAX_ID) {
            return arena_strndup(arena, id, length);
        }
    }
    length = put_human_part(id, path);
    length = put_hash(id, length, path);
    return arena_strndup(arena, id, length);
}
