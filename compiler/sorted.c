/// Lists that are sets by one of their members (`@sorted("Key")`): tags. AWS CDK sorts them, so
/// that all back ends write them in its order.
#include "collate.h"
#include "edit.h"
#include "operators.h"
#include "program.h"

#include <glib.h>
#include <string.h>

/// An element with what it is sorted by.
typedef struct Entry {
    const Value *value;
    const char
        *key; ///< not NUL-terminated; NULL: the element has none, and keeps its place at the end
    size_t length;
    bool known; ///< the key is a text that is known now
    size_t index;
} Entry;

/// What CDK sees of a text that is known only at deployment begins so.
static const char TOKEN[] = "${";

static Entry entry_of(const Value *value, const Name *member, size_t index) {
    const Value *key = value->kind == VALUE_OBJECT ? value_field(value, member) : NULL;
    Entry entry = {.value = value, .index = index};
    if (!key || key->kind == VALUE_ABSENT) {
        return entry;
    }
    const Value *text = key->kind == VALUE_CONCAT && key->count ? key->items[0] : key;
    entry.known = key->kind == VALUE_STRING;
    entry.key = text->kind == VALUE_STRING ? text->text : TOKEN;
    entry.length = text->kind == VALUE_STRING ? text->length : strlen(TOKEN);
    return entry;
}

static int compare_entries(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    int order = 0;
    if (a->key && b->key) {
        order = collate(a->key, a->length, b->key, b->length);
    } else {
        order = (a->key == NULL) - (b->key == NULL);
    }
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static void report_twice(Compilation *compilation, const Entry *first, const Entry *second,
                         const char *member) {
    Span span = second->value->origin ? node_span(second->value->origin) : NO_SPAN;
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SORTED_TWICE, span, member,
                       arena_strndup(compilation->arena, second->key, second->length), NULL);
    if (first->value->origin) {
        diagnostic_label(compilation->diagnostics, diagnostic, node_span(first->value->origin),
                         "first given here");
    }
    diagnostic_help(compilation->diagnostics, diagnostic, "keep one of the two");
    edit_offer_element_removal(compilation, diagnostic, second->value->origin,
                               "take out the second");
}

const Value *resource_sorted(Compilation *compilation, const Value *value, const Node *mark) {
    const char *member = decorator_text(compilation->arena, mark);
    if (value->kind != VALUE_LIST || value->count < 2 || !member) {
        return value;
    }
    const Name *name = names_of(compilation->names, member);
    Entry *entries = g_new(Entry, value->count);
    for (size_t i = 0; i < value->count; i++) {
        entries[i] = entry_of(value->items[i], name, i);
    }
    qsort(entries, value->count, sizeof *entries, compare_entries);
    Value *list = value_list(compilation->arena, value->count, value->origin);
    for (size_t i = 0; i < value->count; i++) {
        list->items[i] = entries[i].value;
        bool twice = i && entries[i].known && entries[i - 1].known &&
                     entries[i].length == entries[i - 1].length &&
                     !memcmp(entries[i].key, entries[i - 1].key, entries[i].length);
        if (twice) {
            report_twice(compilation, &entries[i - 1], &entries[i], member);
        }
    }
    g_free(entries);
    return list;
}
