#include "cdk/ts.h"

#include "cdk/text.h"

#include <string.h>

Ts *ts_node(Arena *arena, TsKind kind, Ts *base, size_t count) {
    Ts *node = arena_new_object(arena, Ts);
    node->kind = (uint8_t)kind;
    node->base = base;
    node->items = arena_array(arena, Ts *, count);
    node->count = count;
    return node;
}

Ts *ts_leaf(Arena *arena, TsKind kind, const char *text) {
    Ts *node = arena_new_object(arena, Ts);
    node->kind = (uint8_t)kind;
    node->text = text;
    return node;
}

Ts *ts_name(Arena *arena, const char *text) {
    return ts_leaf(arena, TS_NAME, text);
}

Ts *ts_this(Arena *arena) {
    return ts_leaf(arena, TS_THIS, "this");
}

Ts *ts_string(Arena *arena, const char *text, size_t length) {
    return ts_leaf(arena, TS_STRING, ts_quoted(arena, text, length));
}

Ts *ts_number(Arena *arena, const char *text) {
    const char *plus = strchr(text, '+');
    if (plus) {
        text = arena_printf(arena, "%.*s%s", (int)(plus - text), text, plus + 1);
    }
    return ts_leaf(arena, TS_NUMBER, text);
}

Ts *ts_member(Arena *arena, Ts *base, const char *name) {
    if (!ts_is_identifier(name)) {
        Ts *index = ts_node(arena, TS_INDEX, base, 1);
        index->items[0] = ts_string(arena, name, strlen(name));
        return index;
    }
    Ts *member = ts_leaf(arena, TS_MEMBER, name);
    member->base = base;
    return member;
}

Ts *ts_object(Arena *arena, size_t count) {
    Ts *object = ts_node(arena, TS_OBJECT, NULL, count);
    object->texts = arena_array(arena, const char *, count);
    object->count = 0;
    return object;
}

Ts *ts_template(Arena *arena, size_t count) {
    Ts *template = ts_node(arena, TS_TEMPLATE, NULL, count);
    template->texts = arena_array(arena, const char *, count + 1);
    return template;
}

void ts_put(Ts *object, const char *key, Ts *value) {
    object->texts[object->count] = key;
    object->items[object->count++] = value;
}

Ts *ts_with_items(Arena *arena, TsKind kind, Ts *base, Ts *const *items) {
    size_t count = 0;
    while (items[count]) {
        count++;
    }
    Ts *node = ts_node(arena, kind, base, count);
    for (size_t i = 0; i < count; i++) {
        node->items[i] = items[i];
    }
    return node;
}
