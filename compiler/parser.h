/// Inside of the parser: the layer between the tokens and the grammar (feed), what the grammar's
/// actions call (build), and how errors are told (syntax_error).
#ifndef DEPOT_PARSER_H
#define DEPOT_PARSER_H

#include "parse.h"

/// A chain of nodes while it grows; `height` is that of the highest.
typedef struct NodeList {
    Node *first;
    Node *last;
    uint32_t height;
} NodeList;

/// The value of a symbol of the grammar.
typedef union SymbolValue {
    const Token *token;
    Node *node;
    NodeList list;
} SymbolValue;

/// What the brackets around a token mean for line ends and for recovery.
typedef enum LevelKind {
    LEVEL_FILE,
    LEVEL_BRACES,
    LEVEL_IMPORT,        ///< the braces of an `import`
    LEVEL_LIST,          ///< `[` that begins a value
    LEVEL_INDEX,         ///< `[` behind a value, or around a computed name
    LEVEL_GROUP,         ///< `(` that begins a value
    LEVEL_ARGUMENTS,     ///< `(` behind a name
    LEVEL_INTERPOLATION, ///< `${`
    LEVEL_KIND_COUNT
} LevelKind;

typedef struct Level {
    uint8_t kind;
    bool separated;     ///< commas and line ends separate members; not in a comprehension
    bool for_header;    ///< in the header of a `for`: an `if` may stand on a new line
    bool rule_header;   ///< in the header of a `rule`: so may its message, `for`, `as` and `when`
    bool use_header;    ///< in the header of a `use`: `as` is a keyword
    bool decorator;     ///< the arguments of a decorator that stands before a declaration
    uint16_t operators; ///< those that nest to the right in the member being read
    const Token *opener;
    const Token *member; ///< the first token of the member being read
} Level;

typedef enum RepairKind { REPAIR_CLOSE, REPAIR_DROP, REPAIR_SKIP } RepairKind;

/// What is done about a bracket that has no partner, so that the grammar only ever sees brackets
/// in pairs.
typedef struct Repair {
    const Token *at; ///< close: before this token; drop: this token; skip: from this token …
    const Token *to; ///< … to before this one
    uint8_t kind;
    uint8_t closer; ///< TokenKind that is put in
} Repair;

typedef struct Parser {
    Compilation *compilation;
    Source *source;
    Arena *arena;
    const char *text;

    Token *next;         ///< the next token to read
    const Token *stop;   ///< the last token, TOK_END
    const Token *before; ///< the token that the grammar got before …
    const Token *last;   ///< … the one that it got last, …
    uint8_t kind;        ///< … as this kind, …
    bool virtual;        ///< … which does not stand in the file …
    unsigned last_depth; ///< … at this depth (for brackets: outside of them)
    bool again;          ///< it is to be given once more
    bool ends;           ///< it can be the end of an operand
    bool at_start;       ///< the next token begins a member of a block
    bool expect_name;    ///< the next word is a name, whatever it may be elsewhere
    bool importing;      ///< in an `import`
    bool decorating;     ///< in a decorator that stands before a declaration
    const Token *in_at;  ///< the `in` of the `for` being read

    unsigned depth; ///< of `levels`
    unsigned operators;
    Level levels[PARSE_MAX_DEPTH + 1];

    const Repair *repair; ///< the next; `repair_at` is its token or one behind the last
    const Token *repair_at;

    const Token *ended;        ///< the first token of the member that the last separator ended
    const Token *failed;       ///< the first token of the member that was passed over last
    const Token *reported;     ///< where the last syntax error was …
    uint8_t reported_kind;     ///< … and the kind of the token there
    const Token *recovered;    ///< where the last recovery went on
    const Token *deep;         ///< the member whose depth has been reported
    DiagnosticFix *fix;        ///< mends the begin of a member; a `;` behind it goes with it …
    const Token *fixed;        ///< … the first token of that member
    DiagnosticFix *semicolons; ///< takes the `;` out that have been told in …
    const Token *semicolon_member; ///< … the member of the file that begins here
    const Token *pending;          ///< a `;` that goes with the `=` before the value being read …
    const char *pending_text;      ///< … and what replaces it
    const Token *words_end; ///< the last token that is certain to belong to what is passed over
    const Token *quiet;     ///< a `;` behind what has been reported: nothing is said about it

    Node *spare; ///< nodes not handed out yet
    unsigned spare_count;
    NodeList declarations; ///< of the file
    Node *lowest;          ///< the literal 9223372036854775808, which only `-` makes valid
    const Name *this_name;
    const Name *const_name;
    const Name *of_name;
} Parser;

/// The grammar (grammar/depot.y): reads all of the file. Its result is in the parser.
int depot_parse(Parser *parser);

// brackets.c

/// Finds the brackets without a partner, and those that nest too deep, and reports them. Returns
/// what to do about each, in the order of the file; the list ends with an entry whose `at` is
/// behind the last token.
const Repair *brackets_check(Parser *parser);

// feed.c

/// Sets the parser to before the first token.
void feed_begin(Parser *parser);
/// The next token as the grammar sees it: comments left out, line ends put in where they separate,
/// keywords told from names. Returns its TokenKind.
TokenKind feed_next(Parser *parser, SymbolValue *value);
/// After a syntax error: goes on at the end of the member that holds it, in the innermost level of
/// one of the kinds in the set `levels` (a bit per LevelKind). With `block`, a `{` that opens the
/// block of what is being read ends it too. What the grammar gets next is that end. False if the
/// file is at its end and nothing more can be read.
bool feed_recover(Parser *parser, unsigned levels, bool block);
/// How deep the token stands that the grammar got last: a closing bracket stands inside.
unsigned feed_depth(const Parser *parser);
/// Remembers the text from `first` to `last` as foreign: what the lexer reported in it is not told.
void feed_foreign(Parser *parser, const Token *first, const Token *last);
/// Goes on behind `last`, in which brackets come in pairs.
void feed_skip(Parser *parser, const Token *last);
/// The last token of the lines from `first` on that are indented more than the line of `outer`;
/// NULL if `first` does not begin such a line.
const Token *feed_indented_end(const Parser *parser, const Token *outer, const Token *first);
/// The last token of the statement or value that begins with `first`, if it is passed over.
const Token *feed_end_of(Parser *parser, const Token *first);
/// The next token that is no comment, from `token` on. `*newline`: a line end comes before it.
Token *feed_peek(Token *token, bool *newline);
/// Whether a token of `kind` can be the end of an operand.
bool feed_ends(TokenKind kind);
/// Whether a line that begins with a token of `kind` goes on with the line before.
bool feed_continues(TokenKind kind);

/// The levels that a syntax error can be passed over in.
enum {
    RECOVER_MEMBER = 1U << LEVEL_FILE | 1U << LEVEL_BRACES,
    RECOVER_IMPORT = 1U << LEVEL_IMPORT,
    RECOVER_ELEMENT = 1U << LEVEL_LIST,
    RECOVER_INDEX = 1U << LEVEL_INDEX,
    RECOVER_GROUP = 1U << LEVEL_GROUP,
    RECOVER_ARGUMENT = 1U << LEVEL_ARGUMENTS,
    RECOVER_INTERPOLATION = 1U << LEVEL_INTERPOLATION
};

// keywords.c

/// What the identifier `token` is: TOK_NAME, TOK_KIND, or the keyword that it may be.
/// TOK_COMMENT: words to be left out; TOK_SKIPPED: what they begin is to be passed over; both have
/// been reported. What is left out behind `token` has been read then.
TokenKind keyword_decide(Parser *parser, Token *token, bool newline);
/// Whether `token`, an identifier at the begin of a line, goes on with the line before.
bool keyword_continues(const Parser *parser, const Token *token);

// build.c: nodes. All take the tokens or nodes that they are made from and set the bytes that the
// node covers; none returns NULL.

Node *build_node(Parser *parser, NodeKind kind, uint32_t start, uint32_t end);
Node *build_error(Parser *parser, uint32_t start, uint32_t end);
/// The node for a name; words of other languages (`null`, `this`) are reported.
Node *build_name(Parser *parser, const Token *token);
/// The same where any word is fine: a declared name, a member, a key.
Node *build_label(Parser *parser, const Token *token);
Node *build_bool(Parser *parser, const Token *token, bool value);
Node *build_unary(Parser *parser, const Token *op, Node *operand);
Node *build_binary(Parser *parser, Node *left, const Token *op, Node *right);
Node *build_is(Parser *parser, Node *value, Node *type);
Node *build_conditional(Parser *parser, Node *condition, Node *yes, Node *no);
Node *build_member(Parser *parser, Node *object, const Token *name);
Node *build_index(Parser *parser, Node *object, Node *index, const Token *closer);
Node *build_all(Parser *parser, Node *object, const Token *closer);
Node *build_call(Parser *parser, Node *callee, NodeList arguments, const Token *closer);
/// `opener` list `closer` as a `kind` (list, object, block, object type, …).
Node *build_braced(Parser *parser, NodeKind kind, const Token *opener, NodeList list,
                   const Token *closer);
/// An object: the same, with a report for each declaration in it.
Node *build_object(Parser *parser, const Token *opener, NodeList members, const Token *closer);
Node *build_list_for(Parser *parser, const Token *opener, Node *header, Node *value,
                     const Token *closer);
Node *build_object_for(Parser *parser, const Token *opener, Node *header, Node *key, Node *value,
                       const Token *closer);
Node *build_spread(Parser *parser, const Token *dots, Node *value);
/// An expression in parentheses: they belong to its bytes.
Node *build_group(const Token *opener, Node *value, const Token *closer);
Node *build_for_header(Parser *parser, const Token *first, const Token *second, Node *list,
                       Node *condition);

Node *build_property(Parser *parser, Node *label, Node *value);
/// `[key]`, and then the value of the property with that name.
Node *build_computed(Parser *parser, const Token *opener, Node *key);
Node *build_computed_value(Node *property, Node *value);
Node *build_shorthand(Parser *parser, const Token *name);

/// A dotted name begins with `token`; while it is read, its end grows and its name is NULL.
Node *build_dotted_begin(Parser *parser, const Token *token);
/// It is complete: interns its text.
Node *build_dotted(Parser *parser, Node *dotted);
/// `{ a: T }`; a member that is a type is what the values of a map have.
Node *build_type_object(Parser *parser, const Token *opener, NodeList members, const Token *closer);
Node *build_type_literal(Parser *parser, Node *literal);
Node *build_type_list(Parser *parser, Node *element, const Token *closer);
Node *build_type_case(Parser *parser, Node *name, NodeList parameters, const Token *closer);
/// An alternative with decorators of its own.
Node *build_type_decorated(Parser *parser, Node *type, NodeList decorators);
/// The union of the alternatives. One alone stays what it is, unless it is `barred`: it follows a
/// `|`, and is the only value of its type.
Node *build_type_union(Parser *parser, NodeList alternatives, bool barred);

// declare.c: declarations

/// A declaration from `start` to the end of `end`.
Node *declare(Parser *parser, NodeKind kind, const Token *start, const Name *name, Node *a, Node *b,
              uint32_t end);
/// `name: type = value` with the decorators behind it. Those behind the type are the property's,
/// not the last alternative's.
Node *declare_property(Parser *parser, const Token *name, bool optional, Node *type, Node *value,
                       NodeList decorators);
/// The end of a declaration whose type is `type` and whose value is `value`; both may be NULL.
Node *declare_typed(Parser *parser, NodeKind kind, const Token *start, const Token *name,
                    Node *type, Node *value);
Node *declare_resource(Parser *parser, const Token *existing, Node *head, Node *block);
Node *declare_resource_head(Parser *parser, const Token *kind, const Token *name, Node *key,
                            Node *type);
/// A type that is written as a string: `"AWS::SNS::Topic"`.
Node *declare_quoted_type(Parser *parser, Node *text);
/// `resource: "AWS::SNS::Topic"` as the name of a construct: one name, `resource.AWS::SNS::Topic`.
Node *declare_quoted_name(Parser *parser, Node *kind, Node *text);
/// The parameters between two brackets.
Node *declare_signature(Parser *parser, const Token *opener, NodeList parameters,
                        const Token *closer);
/// The same with the type of the result; NULL: not said.
Node *declare_result(Node *signature, Node *type);
Node *declare_fn(Parser *parser, const Token *start, const Token *name, Node *signature,
                 Node *value);
Node *declare_use_head(Parser *parser, const Token *start, Node *module, const Token *name,
                       Node *key);
/// `block` may be NULL.
Node *declare_use(Parser *parser, Node *head, Node *block);
/// A `construct` or `extend`; `existing` may be NULL.
Node *declare_construct(Parser *parser, const Token *existing, const Token *start, Node *name,
                        Node *block);
/// `subject` and `when` may be NULL.
Node *declare_rule_head(Parser *parser, const Token *start, Node *id, Node *message, Node *subject,
                        Node *when);
Node *declare_clause(Parser *parser, const Token *name, Node *head, Node *object);
Node *declare_decorator(Parser *parser, const Token *at, const Token *name, NodeList arguments,
                        const Token *closer);
/// Puts decorators before a declaration.
Node *declare_decorated(Parser *parser, NodeList decorators, Node *declaration);
/// `if … { } else if …`: the further branch at the end of the chain.
NodeList declare_else(Parser *parser, NodeList chain, Node *branch);
/// A member of the file: declarations only, but properties in a project file.
void declare_in_file(Parser *parser, Node *member);
/// `name = value`, `kind name = value` and `name { … }`: mended and reported.
Node *declare_equals(Parser *parser, const Token *name, const Token *equals, Node *value);
Node *declare_foreign_let(Parser *parser, const Token *kind, const Token *name, Node *value);
Node *declare_missing_colon(Parser *parser, const Token *name, Node *object);

/// For what feed_recover passed over: a declaration or property without its value if it got as far
/// as its name, so that nothing else is said about a missing name; else NODE_ERROR.
Node *declare_failed(Parser *parser);
/// The same for an element of a list, an argument, …: always NODE_ERROR.
Node *build_failed(Parser *parser);
/// The same in a construct's body, where a property has a type.
Node *declare_failed_property(Parser *parser);
/// The same for a parameter: its name is known.
Node *declare_failed_parameter(Parser *parser);
/// A resource whose head could not be read; `block` may be NULL.
Node *declare_failed_resource(Parser *parser, const Token *existing, const Token *kind,
                              Node *block);

// literals.c

Node *literal_integer(Parser *parser, const Token *token);
Node *literal_decimal(Parser *parser, const Token *token);
/// A string of one token.
Node *literal_string(Parser *parser, const Token *token);
/// Text between the pieces of a string, not decoded yet.
Node *literal_piece(Parser *parser, const Token *token);
/// A string of pieces: decoded; NODE_STRING if all of it is text.
Node *literal_template(Parser *parser, const Token *begin, NodeList pieces, const Token *end);
/// `literal` where nothing may be filled in: reported if it is a template. `what` names the place.
Node *literal_plain(Parser *parser, Node *literal, const char *what);
/// Reports the literal 9223372036854775808 if no `-` came before it.
void literal_check_lowest(Parser *parser);

// Lists

static inline uint32_t node_height(const Node *node) {
    return node->flags >> 16;
}

static inline NodeList list_empty(void) {
    return (NodeList){NULL, NULL, 0};
}

static inline NodeList list_of(Node *node) {
    return (NodeList){node, node, node_height(node)};
}

static inline NodeList list_append(NodeList list, Node *node) {
    if (list.first == NULL) {
        return list_of(node);
    }
    list.last->next = node;
    list.last = node;
    list.height = list.height > node_height(node) ? list.height : node_height(node);
    return list;
}

static inline NodeList list_join(NodeList list, NodeList more) {
    if (list.first == NULL || more.first == NULL) {
        return list.first == NULL ? more : list;
    }
    list.last->next = more.first;
    list.last = more.last;
    list.height = list.height > more.height ? list.height : more.height;
    return list;
}

// syntax_error.c

/// Reports that the last token cannot stand where it does. `kinds` are those that could.
void syntax_error(Parser *parser, const TokenKind *kinds, unsigned count);
/// Reports that a `,` is missing between two tokens.
void syntax_separator(Parser *parser, const Token *before, const Token *token);
/// Reports that something nests too deep, once per member of the file.
void syntax_too_deep(Parser *parser, uint32_t start, uint32_t end);
/// The text of a token, for messages; in the arena.
const char *syntax_text(const Parser *parser, const Token *token);

/// What a node is, for messages: "a `let` declaration".
const char *syntax_describe(const Node *node);
/// Reports `id` at `token` with `what` filled in.
Diagnostic *syntax_report(Parser *parser, DiagnosticId id, const Token *token, const char *what);

static inline Span token_span(const Parser *parser, const Token *token) {
    return (Span){parser->source->id, token->start, token->end};
}

#endif
