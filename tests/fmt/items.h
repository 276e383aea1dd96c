/// A text as a sequence of what a formatter must keep: tokens without the commas that a line end
/// may stand for, and comments.
#ifndef DEPOT_ITEMS_H
#define DEPOT_ITEMS_H

#include "reading.h"

typedef struct Item {
    const char *text; ///< without what may change: quotes, indentation in comments
    uint32_t start;   ///< its first byte in the source
    bool comment;
    bool opens;   ///< `{`, `[`, `(` or `${`
    bool closes;  ///< their partner, or the end of the file
    bool ends;    ///< it closes around members, elements or arguments, or ends the file
    bool begins;  ///< it is the first token of a member, an element or an argument
    bool comma;   ///< there is a comma before it
    bool newline; ///< there is a line end before it
    bool blank;   ///< there is an empty line before it
} Item;

/// The items of a text (Item); the last is the end of the file. Texts live as long as the reading.
GArray *items_of(const Reading *reading);

/// Where a comment belongs.
typedef enum Place {
    PLACE_INLINE, ///< in a line, on both sides something of the same member
    PLACE_BEHIND, ///< behind something, at the end of its line
    PLACE_BEFORE, ///< before something, at the begin of its line
    PLACE_ALONE   ///< on a line of its own
} Place;

/// Where comment `index` of `items` belongs.
Place items_place(const GArray *items, guint index);
/// Whether item `index` stands where a member, an element or an argument begins or the brackets
/// around them end; comments belong to what follows them.
bool items_at_border(const GArray *items, guint index);

#endif
