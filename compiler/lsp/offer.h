/// What completion offers at a place. Grouped by source file.
#ifndef DEPOT_LSP_OFFER_H
#define DEPOT_LSP_OFFER_H

#include "server.h"

/// Kinds of items, as the protocol numbers them.
typedef enum ItemKind {
    ITEM_FUNCTION = 3,
    ITEM_FIELD = 5,
    ITEM_VARIABLE = 6,
    ITEM_CLASS = 7,
    ITEM_MODULE = 9,
    ITEM_PROPERTY = 10,
    ITEM_VALUE = 12,
    ITEM_KEYWORD = 14,
    ITEM_SNIPPET = 15,
    ITEM_FILE = 17,
    ITEM_REFERENCE = 18,
    ITEM_FOLDER = 19,
    ITEM_ENUM_MEMBER = 20,
    ITEM_CONSTANT = 21,
    ITEM_STRUCT = 22
} ItemKind;

typedef struct Offer {
    const Server *server;
    const Spot *spot;
    Place place;
    char *range; ///< that of the word, as JSON: all items have the same; NULL: not printed yet
    cJSON *items;
    GHashTable *seen; ///< labels, each once
} Offer;

// complete.c

/// Adds an item. `rank` ('0' first) orders the groups; `text` is inserted, or the label if it is
/// NULL. NULL: there is one of this label.
cJSON *offer_add(Offer *offer, const char *label, ItemKind kind, char rank, const char *text);
/// Adds what is written with arguments: the cursor goes between the brackets, where the client can
/// do that. `offer_mark_snippet` it at the end.
cJSON *offer_add_call(Offer *offer, const char *name, ItemKind kind, char rank);
/// Says that the text of an item has places to fill in, if the client knows such.
void offer_mark_snippet(const Offer *offer, cJSON *item);
/// Says what is known of `entity`, which the item (may be NULL) stands for.
void offer_document(const Offer *offer, cJSON *item, const Entity *entity);

// complete_words.c

/// Adds the decorators that there are.
void offer_decorators(Offer *offer);
/// Adds the files that an import may name, if its path is being written, or the names that the file
/// has, if these are. False: the place is in no import.
bool offer_imports(Offer *offer);

#endif
