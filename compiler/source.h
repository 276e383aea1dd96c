/// Source files and places in them. A place is a byte offset; lines and columns are computed when
/// they are shown.
#ifndef DEPOT_SOURCE_H
#define DEPOT_SOURCE_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Token Token;
typedef struct Node Node;

/// The largest source file that is read, in bytes.
#define SOURCE_MAX_BYTES ((size_t)1 << 30)
/// The largest number of files in one compilation (a Node holds the number in 16 bits).
#define SOURCE_MAX_FILES 65535

typedef struct Source {
    uint16_t id;             ///< its index in the compilation
    bool library;            ///< a file of the standard library
    bool bom;                ///< the text began with a byte order mark, which stays in `text`
    const char *path;        ///< as shown to people
    char *text;              ///< the bytes; two NULs follow the last (the lexer scans in place)
    uint32_t length;         ///< bytes of `text`
    Token *tokens;           ///< in order; the last is TOK_END
    uint32_t token_count;    ///< with the last
    Node *tree;              ///< NODE_FILE
    uint32_t *lines;         ///< byte offset of each line's begin, made on first use
    uint32_t line_count;
} Source;

/// A range of bytes in a file: `start` included, `end` not. File 0 with an empty range at 0 and
/// `file == SPAN_NONE` means "no place".
typedef struct Span {
    uint32_t file;
    uint32_t start;
    uint32_t end;
} Span;
#define SPAN_NONE UINT32_MAX
#define NO_SPAN   ((Span){SPAN_NONE, 0, 0})

/// A place for people: line from 1; column from 1 in characters (Unicode code points).
typedef struct Position {
    uint32_t line;
    uint32_t column;
    uint32_t utf16; ///< offset in the line in UTF-16 code units, from 0, for editors
} Position;

/// Where `offset` stands. CR LF, LF and lone CR end a line; a byte order mark takes no column.
Position source_position(Source *source, uint32_t offset, Arena *arena);
/// The bytes of line `line` (from 1) without its line end.
const char *source_line(Source *source, uint32_t line, size_t *length, Arena *arena);

#endif
