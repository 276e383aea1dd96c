/// Inside of the formatter: the walk over the tokens. It follows the grammar, appends what it goes
/// past to the layout, and puts comments where they belong.
///
/// The parser has told keywords from names and line ends that separate from those that do not
/// (TOKEN_SEPARATED), so that one token ahead is enough. A token that cannot stand where it does
/// makes the walk `bad`: the member around it then stays byte for byte.
#ifndef DEPOT_FMT_WALK_H
#define DEPOT_FMT_WALK_H

#include "fmt_layout.h"
#include "parse.h"

/// What comes before the next token.
typedef enum GapKind {
    GAP_NONE,
    GAP_SPACE,
    GAP_LINE,
    GAP_SOFT,
    GAP_COMMAS,
    GAP_FILL,
    GAP_VALUE, ///< between a name and its value: where the line ends is decided behind the value
    GAP_HARD
} GapKind;

enum {
    KEEP_BEFORE = 1, ///< an empty line before it stays
    KEEP_INSIDE = 2  ///< so do those between its comments and it
};

/// What a value looks like from the outside, which says where the line before it may end.
typedef enum Shape {
    SHAPE_OTHER,
    SHAPE_NAME,
    SHAPE_SHORT,    ///< a number, a truth value, a template: never on a line of its own
    SHAPE_STRING,   ///< or names with dots between: on a line of its own if it does not fit
    SHAPE_BRACKETS, ///< a list or an object
    SHAPE_NUMBERS,  ///< a list of numbers, which fill lines
    SHAPE_CALL,
    SHAPE_OPERATORS,
    SHAPE_CHOICE, ///< a conditional that begins with operators
    SHAPE_CONDITIONAL
} Shape;

/// What a value is at its top, as prettier tells operators apart.
typedef enum OperatorKind { OPERATOR_NONE, OPERATOR_LOGICAL, OPERATOR_BINARY } OperatorKind;

/// What the members of a block may be.
typedef enum BlockKind {
    BLOCK_MEMBERS,   ///< properties and declarations
    BLOCK_CONSTRUCT, ///< declared properties, clauses, rules
    BLOCK_RULE,
    BLOCK_OBJECT,
    BLOCK_LIST,
    BLOCK_TYPE,
    BLOCK_IMPORT
} BlockKind;

typedef struct Walk {
    Layout layout;
    Arena *arena;
    const Compilation *compilation;
    const Source *source;
    const Token *tokens;
    uint32_t cursor; ///< the first token that has not been appended: `next` or a comment before it
    uint32_t next;   ///< the next token that is no comment
    uint8_t gap;     ///< GapKind, before the next token
    uint8_t keep;
    bool settled; ///< the gap has been appended, and the comments behind it
    bool bad;
    uint32_t value_at; ///< the command that GAP_VALUE became; UINT32_MAX: none to decide about
    uint32_t run_at;   ///< where the operators that were appended last are indented
    uint32_t open;     ///< groups that are
    uint32_t attempts;
    uint32_t depth;        ///< of members and values
    GArray *errors;        ///< uint32_t: where errors are, sorted
    uint32_t repair_count; ///< of the source's, without the last
    uint32_t consumed;     ///< how many of them stand in members that stay as they are
    uint8_t operators;     ///< OperatorKind of the value that was appended last
    uint8_t stay;          ///< FmtStay
    bool odd;              ///< a comment stands where no line can end, or begins one all the same
    bool errors_stand;     ///< there are errors
    uint32_t members;      ///< that are being walked over, in each other
    bool careful;          ///< a member that cannot be understood stays as it is
    uint32_t bad_at;       ///< the command of such a member, if nothing came behind it
    uint32_t environment;  ///< the name of the kind whose blocks always have lines of their own
} Walk;

/// How much stays as it is around what cannot be understood.
typedef enum FmtStay {
    STAY_MEMBER,  ///< the innermost member
    STAY_TOP,     ///< the member of the file
    STAY_STRETCH, ///< from the first such member of the file to the last
    STAY_ALL      ///< the file
} FmtStay;

typedef struct FmtResult {
    bool ok;       ///< the text was understood
    bool doubtful; ///< but it has mistakes or comments in odd places: `fmt_settle`
} FmtResult;

// fmt.c

/// Appends what is made of a source at one look.
FmtResult fmt_once(const Compilation *compilation, const Source *source, unsigned indent,
                   FmtStay stay, GString *out);

// fmt_settle.c

/// `out` has, from `begin` on, what was made of `source`, which is doubtful: has it be something
/// with the same mistakes that stays as it is when it is formatted.
void fmt_settle(const Compilation *compilation, const Source *source, unsigned indent, size_t begin,
                GString *out);

// fmt_tokens.c

static inline TokenKind walk_kind(const Walk *walk) {
    return (TokenKind)walk->tokens[walk->next].kind;
}

/// Whether a line end separates the next token from the one before.
static inline bool walk_is_separated(const Walk *walk) {
    return (walk->tokens[walk->next].flags & TOKEN_SEPARATED) != 0;
}

/// The kind of the token behind the next one, comments left out.
TokenKind walk_kind_behind(const Walk *walk);
/// Whether the next token, on the same member, is of `kind`.
bool walk_at(const Walk *walk, TokenKind kind);
/// Sets what comes before the next token; nothing is appended yet.
void walk_gap(Walk *walk, GapKind gap, unsigned keep);
/// Appends the gap and the comments before the next token.
void walk_settle(Walk *walk);
/// Appends the next token.
void walk_put(Walk *walk);
/// `gap`, then the next token, which must be of `kind`.
void walk_expect(Walk *walk, TokenKind kind, GapKind gap);
/// The next token, which must be a name; it may begin a member.
void walk_name(Walk *walk);
/// `gap`, then the next token, whatever it is.
void walk_any(Walk *walk, GapKind gap);
/// Appends a text for the next token (up to and with token `last`).
void walk_put_text(Walk *walk, uint32_t last, const char *text, size_t length);
/// Appends tokens from the next one to `last` byte for byte, or as a string of several lines.
void walk_put_range(Walk *walk, uint32_t last, CommandKind kind);
/// Goes on behind token `last`.
void walk_move_behind(Walk *walk, uint32_t last);
/// Passes over the name of an enumeration before its member, where the checker has found that it
/// says nothing. The gap before it has been appended.
void walk_skip_qualifier(Walk *walk);
/// Passes over commas.
void walk_skip_commas(Walk *walk);
/// The comma behind an argument, which is the next token; none is printed before `closer`.
void walk_comma(Walk *walk, TokenKind closer);
/// Appends the closing bracket of `kind` behind one step of indentation, which ends here, with the
/// comments that stand before it.
void walk_close(Walk *walk, TokenKind kind, GapKind gap);
/// Whether nothing, no comment either, stands before the next token.
bool walk_is_bare(const Walk *walk);
/// Whether no line ends between the token before and the next.
bool walk_is_on_line(const Walk *walk);
/// Whether a line end stands between the token before and the first comment or token that follows.
bool walk_newline_follows(const Walk *walk);

/// Appends a command and returns its number.
uint32_t walk_push(Walk *walk, CommandKind kind);
/// Begins a group before the next token (its gap stays outside); returns its number.
uint32_t walk_begin(Walk *walk);
/// Begins one before command `index`, behind which only whole groups stand.
void walk_begin_at(Walk *walk, uint32_t index);
void walk_end(Walk *walk, uint32_t group);
static inline Command *walk_command(const Walk *walk, uint32_t index) {
    return &g_array_index(walk->layout.commands, Command, index);
}
/// Has everything from command `begin` on stay on one line.
void walk_flatten(Walk *walk, uint32_t begin);
/// Prints what has been appended, if it depends on nothing that follows.
void walk_flush(Walk *walk);

/// Goes to the first token.
void walk_start(Walk *walk);
/// Appends the comments at the end of the file.
void walk_finish(Walk *walk);

// fmt_quotes.c

/// A string; its quotes become the preferred ones.
Shape walk_string(Walk *walk);
/// A number.
void walk_number(Walk *walk);
/// A name in quotes. Returns whether it can do without them, and has lost them.
bool walk_quoted_name(Walk *walk);

// fmt_value.c

Shape walk_value(Walk *walk);
/// A value behind `=` or `:`; `key` is the width of what it belongs to, if that is a property.
void walk_assigned(Walk *walk, uint32_t key);
/// `(…)`: arguments.
void walk_arguments(Walk *walk);
/// The header of a loop behind `for`; its condition comes behind `gap`.
void walk_loop(Walk *walk, GapKind gap);
/// An operand of an operator, with what follows it.
Shape walk_operand(Walk *walk);

// fmt_brackets.c

Shape walk_list(Walk *walk);
Shape walk_object(Walk *walk);

// fmt_type.c

/// A type; `declared`: it is all of a `type` declaration.
void walk_type(Walk *walk, bool declared);
/// A dotted name.
void walk_type_name(Walk *walk);
/// `(…)`: parameters.
void walk_parameters(Walk *walk);
/// Decorators on the line of what they belong to.
void walk_trailing_decorators(Walk *walk);
/// One decorator.
void walk_decorator(Walk *walk);
/// `name?: type = value` and decorators.
void walk_property_declaration(Walk *walk);

// fmt_member.c

/// A member of a block, as far as it can be understood; else as it stands.
void walk_member(Walk *walk, BlockKind kind);
/// Members up to a token of kind `closer`, each on a line of its own. Whether there are any.
bool walk_statements(Walk *walk, BlockKind kind, TokenKind closer);
/// `{ … }` of a declaration. `always`: on lines of its own unless it is empty.
void walk_block(Walk *walk, BlockKind kind, bool always);

// fmt_declare.c

/// Whether a token begins a declaration.
bool declaration_begins(TokenKind kind);
void walk_declaration(Walk *walk);
/// A member of a construct, schema or rule.
void walk_construct_member(Walk *walk);

#endif
