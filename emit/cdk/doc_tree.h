/// What a document is made of; between doc.c, which makes them, and doc_print.c.
#ifndef DEPOT_EMIT_CDK_DOC_TREE_H
#define DEPOT_EMIT_CDK_DOC_TREE_H

#include "cdk/doc.h"

#include <stdint.h>

typedef enum DocKind {
    DOC_TEXT,            ///< text, length, width
    DOC_LINE,            ///< soft, hard
    DOC_LIST,            ///< items
    DOC_FILL,            ///< items: contents and separators by turns
    DOC_INDENT,          ///< contents
    DOC_GROUP,           ///< contents; items: the states of a conditional group
    DOC_IF_BREAK,        ///< contents, flat, group
    DOC_INDENT_IF_BREAK, ///< contents, group
    DOC_LABEL            ///< contents
} DocKind;

/// How the lines of a group are printed. A group that was not printed yet has none.
typedef enum DocMode { MODE_NONE, MODE_FLAT, MODE_BREAK } DocMode;

struct Doc {
    uint8_t kind;    ///< DocKind
    bool soft;       ///< a line that is nothing rather than a space
    bool hard;       ///< a line that always breaks
    bool breaks;     ///< breaks the group around it; a group: is broken
    bool will_break; ///< a hard line is in it, in a conditional group too
    uint8_t mode;    ///< DocMode of a group, when it was printed
    Doc *contents;
    Doc **items;
    size_t count;
    union {
        struct {
            const char *text;
            size_t length;
            long width;
        };
        struct {
            Doc *flat;
            const Doc *group;
        };
    };
};

#endif
