/// Inside of the formatter: what stands between the walk over the tokens (fmt_*.c) and the text.
///
/// The walk appends commands: texts, places where a line may end, and groups of them. A group is
/// printed on one line if it fits there with everything that must follow it on the line, else each
/// of its own places ends a line. Prefix sums of widths make that one comparison per group, so that
/// printing takes linear time, however deep groups nest.
#ifndef DEPOT_FMT_LAYOUT_H
#define DEPOT_FMT_LAYOUT_H

#include "compilation.h"
#include "tree.h"

#include <glib.h>

typedef enum CommandKind {
    CMD_NOTHING,
    CMD_TOKEN,    ///< token `arg` as it stands
    CMD_TEXT,     ///< text `arg` of `Layout.texts`
    CMD_COMMENT,  ///< comment `arg`
    CMD_TRAIL,    ///< comment `arg`, a space before it
    CMD_VERBATIM, ///< from token `arg` to token `arg2`, both included, byte for byte
    CMD_LINES,    ///< the same of a string of several lines, re-indented
    CMD_SPACE,
    CMD_COMMA, ///< `,`
    CMD_BAR,   ///< `| ` where the group is broken

    // Places where a line may end: what stands there if it does not
    CMD_LINE,   ///< a space
    CMD_SOFT,   ///< nothing
    CMD_COMMAS, ///< `, `
    CMD_FILL,   ///< `, `; the line only ends if what comes up to the next place does not fit
    CMD_FLUID,  ///< a space; likewise, and then the rest of the group is indented
    CMD_HARD,   ///< it always ends

    CMD_GROUP,  ///< `arg` commands from here is its CMD_END
    CMD_END,    ///< restores the indentation
    CMD_INDENT, ///< one step, if the group is broken
    CMD_DEDENT, ///< one step back, likewise
    CMD_STEP,   ///< one step in any case
    CMD_ALIGN   ///< two columns, if the group is broken
} CommandKind;

enum {
    FLAG_BLANK = 1,    ///< of lines: an empty line comes before
    FLAG_FORCED = 2,   ///< of groups and lines: broken in any case
    FLAG_HUG = 4,      ///< of groups: may stay together around its last argument, `arg2` from here
    FLAG_FRAME = 8,    ///< of groups: as broken as the one around it
    FLAG_CONTINUE = 16 ///< of hard lines: one step deeper; of others: the rest of the group too
};

typedef struct Command {
    uint8_t kind;
    uint8_t flags;
    uint32_t arg;
    uint32_t arg2;
} Command;

/// A text that differs from the source.
typedef struct LayoutText {
    const char *text;
    uint32_t length;
    uint32_t width; ///< columns
} LayoutText;

typedef enum FrameMode { MODE_FLAT, MODE_BROKEN, MODE_HUG } FrameMode;

typedef struct Frame {
    uint8_t mode;
    uint32_t indent;
} LayoutFrame;

typedef struct Layout {
    const Source *source;
    const char *text; ///< of the source
    bool ascii;       ///< all of it
    const char *line_end;
    uint32_t line_end_length;
    unsigned step; ///< columns of one step of indentation

    GArray *commands; ///< Command
    GArray *widths;   ///< uint32_t: columns before each command, if all are flat
    GArray *stops;    ///< uint32_t: columns up to the next place where a line may end
    GArray *forced;   ///< uint32_t: how many commands before it force groups around them to break
    GArray *opened;   ///< uint32_t: groups around a command
    GArray *texts;    ///< LayoutText
    GArray *frames;   ///< LayoutFrame; the first is that of the statements

    GString *out;
    size_t begin;    ///< bytes of `out` before the text
    size_t solid;    ///< bytes of `out` that no line end takes blanks from
    uint32_t column; ///< where the next character goes
    bool pending;    ///< a `//` comment stands on the line: nothing else may
    bool apart;      ///< and an empty line keeps it from documenting what follows
} Layout;

/// Prints the commands and forgets them; frames and indentation of the statements stay.
void layout_print(Layout *layout);
/// The columns that `length` bytes of text take.
uint32_t layout_columns(const Layout *layout, const char *text, size_t length);
/// Appends `length` bytes, with each line end as the file has them.
void layout_append_lines(Layout *layout, const char *text, size_t length);

// fmt_comment.c

/// Prints a comment, re-indented to `indent` columns if it has several lines.
void layout_comment(Layout *layout, const Token *token, uint32_t indent);
/// Whether a comment ends with its line.
bool comment_ends_line(const Layout *layout, const Token *token);
/// Whether it has several lines.
bool comment_has_lines(const Layout *layout, const Token *token);

// fmt_string.c

/// Prints a string of several lines, re-indented to `indent` columns; its value stays.
void layout_lines(Layout *layout, const Token *first, const Token *last, uint32_t indent);

#endif
