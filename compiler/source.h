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
typedef struct SourceMark SourceMark;
typedef struct ContextIndex ContextIndex;

/// Text of a file that was passed over, since it is another language; what follows it comes next.
typedef struct ForeignText {
    uint32_t start;
    uint32_t end;
    bool whole; ///< all of a file that is no program: nothing in it is told
    struct ForeignText *next;
} ForeignText;

/// A file that another one names: an import, a schema, a text.
typedef struct FileUse {
    const char *path;      ///< as it was read
    struct Source *source; ///< or NULL: it was read as a text
    struct FileUse *next;
} FileUse;

/// The largest source file that is read, in bytes.
#define SOURCE_MAX_BYTES ((size_t)1 << 30)
/// The largest number of files in one compilation (a Node holds the number in 16 bits).
#define SOURCE_MAX_FILES 65535

typedef struct Source {
    uint16_t id;          ///< its index in the compilation
    bool library;         ///< a file of the standard library
    bool entry;           ///< named by the user; its environments are built
    bool part;            ///< of the project's policies or library: there for every program
    bool settings;        ///< a project file: its members are properties
    bool directives;      ///< a comment begins as those that speak to depotc (suppressions.h)
    bool bom;             ///< the text began with a byte order mark, which stays in `text`
    const char *path;     ///< as shown to people
    char *text;           ///< the bytes; two NULs follow the last (the lexer scans in place)
    uint32_t length;      ///< bytes of `text`
    Token *tokens;        ///< in order; the last is TOK_END
    uint32_t token_count; ///< with the last
    /// What the parser did about brackets without a partner (parser.h), by place; the last stands
    /// behind the file. NULL: it was not parsed.
    const struct Repair *repairs;
    Node *tree;      ///< NODE_FILE
    uint32_t *lines; ///< byte offset of each line's begin, made on first use; the first
                     ///< line begins behind the byte order mark
    uint32_t line_count;
    SourceMark *marks;         ///< characters counted at regular steps, made with `lines`
    ForeignText *foreign;      ///< what was passed over, in the order of the file …
    ForeignText *last_foreign; ///< … and the last of it
    ContextIndex *contexts;    ///< the resource blocks by place, made on first use (context.c)
    FileUse *uses;             ///< what it names, the last first; the same may be there twice
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

/// Where `offset` stands. CR LF, LF and lone CR end a line; a byte order mark takes no column, a
/// byte that is no UTF-8 takes one. An offset inside a line end stands behind the line's last
/// character, one behind the text at its end. Takes logarithmic time, whatever the line's length.
Position source_position(Source *source, uint32_t offset, Arena *arena);
/// The bytes of line `line` (from 1) without its line end and without a byte order mark. They stand
/// in `source->text`. A line that is not there is empty.
const char *source_line(Source *source, uint32_t line, size_t *length, Arena *arena);

#endif
