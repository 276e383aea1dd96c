/// The syntax tree.
///
/// Nodes have one shape; what `a`, `b`, `c` and `name` hold depends on the kind and is listed with
/// it. Lists are chained through `next`. A node knows its bytes in the file; together with the
/// file's tokens (comments are tokens) nothing of the source is lost.
///
/// NODE_NAME, NODE_CALL and NODE_TYPE_* leave room (`bound`) for what the semantic passes find out.
#ifndef DEPOT_TREE_H
#define DEPOT_TREE_H

#include "names.h"
#include "source.h"
#include "token.h"

struct _GString;

typedef enum NodeKind {
    NODE_ERROR, ///< something that could not be read; its diagnostic has been reported

    // Expressions
    NODE_STRING,      ///< text
    NODE_INTEGER,     ///< integer
    NODE_DECIMAL,     ///< number
    NODE_BOOL,        ///< integer: 0 or 1
    NODE_TEMPLATE,    ///< a: pieces, each a NODE_STRING or any expression
    NODE_NAME,        ///< name
    NODE_MEMBER,      ///< a.name; b: NODE_NAME at the place of the name
    NODE_INDEX,       ///< a[b]
    NODE_ALL,         ///< a[*]
    NODE_CALL,        ///< a: callee (NODE_NAME or NODE_MEMBER), b: arguments
    NODE_UNARY,       ///< op a
    NODE_BINARY,      ///< a op b
    NODE_IS,          ///< a is b; b: NODE_TYPE_NAME
    NODE_CONDITIONAL, ///< a ? b : c
    NODE_LIST,        ///< a: elements, NODE_SPREAD among them
    NODE_OBJECT,      ///< a: members, NODE_PROPERTY or NODE_SPREAD
    NODE_SPREAD,      ///< ...a
    NODE_LIST_FOR,    ///< [for …: b]; a: NODE_FOR_HEADER
    NODE_OBJECT_FOR,  ///< {for …: [b]: c}; a: NODE_FOR_HEADER

    /// `name: b`, `"name": b` or `[a]: b`; c: NODE_NAME or NODE_STRING at the place of the name.
    /// Shorthand `name` alone: b is a NODE_NAME, flag NODE_SHORTHAND.
    NODE_PROPERTY,
    /// `name` or `name, b` in a; c: the condition of a comprehension.
    /// name: first variable; b: NODE_NAME of the second or NULL.
    NODE_FOR_HEADER,

    // Types
    NODE_TYPE_NAME,    ///< name: the dotted name as written, e.g. `arn.iam.role`
    NODE_TYPE_LITERAL, ///< a: NODE_STRING, NODE_INTEGER, NODE_DECIMAL or NODE_BOOL; c: decorators
    NODE_TYPE_LIST,    ///< a[]
    NODE_TYPE_OBJECT,  ///< a: NODE_PROPERTY_DECL…, b: value type of `[string]: T`
    NODE_TYPE_CASE,    ///< name(a); a: NODE_PROPERTY_DECL…; c: decorators
    NODE_TYPE_UNION,   ///< a: alternatives
    /// A type with decorators of its own: `DESTROY @inferred("…")`. a: type, c: decorators
    NODE_TYPE_DECORATED,

    // Declarations. c: decorators everywhere.
    NODE_FILE,   ///< a: declarations
    NODE_IMPORT, ///< a: NODE_IMPORT_NAME…, b: NODE_STRING path; `* as name`: name set, a NULL
    NODE_IMPORT_NAME,   ///< name: as the other file has it; a: NODE_NAME of the alias or NULL
    NODE_PARAM,         ///< name: a = b; flag NODE_DEPLOY
    NODE_LET,           ///< name: a = b; a may be NULL
    NODE_TYPE,          ///< type name = a
    NODE_RESOURCE,      ///< a: NODE_RESOURCE_HEAD, b: NODE_BLOCK; flag NODE_EXISTING
    NODE_RESOURCE_HEAD, ///< name: the kind; a: key or NULL; b: NODE_TYPE_NAME or NULL; c: NODE_NAME
                        ///< of the declared name
    NODE_BLOCK,         ///< a: members: NODE_PROPERTY, NODE_SPREAD and declarations
    NODE_IF,            ///< if a b else c; b: NODE_BLOCK; c: NODE_BLOCK, NODE_IF or NULL
    NODE_FOR,           ///< a: NODE_FOR_HEADER, b: NODE_BLOCK
    NODE_OUTPUT,        ///< output name: a = b; a may be NULL
    NODE_FN,            ///< fn name a = b; a: NODE_SIGNATURE
    NODE_SIGNATURE, ///< (a): b; a: NODE_PROPERTY_DECL… (`= b` is the default); b: type or NULL
    NODE_MODULE,    ///< module name a b; a: NODE_SIGNATURE without a type, b: NODE_BLOCK
    NODE_USE,       ///< name: the instance; a: NODE_USE_HEAD, b: NODE_BLOCK or NULL
    NODE_USE_HEAD,  ///< use b as c[a]; a: key or NULL; b: NODE_NAME or NODE_MEMBER of the module;
                    ///< c: NODE_NAME of the declared name
    NODE_TEST,      ///< test a b; a: NODE_STRING, b: NODE_BLOCK: NODE_PROPERTY, NODE_LET,
                    ///< NODE_EXPECT
    NODE_EXPECT,    ///< expect a; only in tests
    NODE_SCHEMA,    ///< schema name: a b; name dotted; a: NODE_TYPE_NAME or NULL; b: NODE_BLOCK:
                    ///< NODE_PROPERTY_DECL and what constructs may hold

    // Constructs and rules: the library's, and users' own
    NODE_CONSTRUCT, ///< construct name b; name dotted (`gateway.API`); flags NODE_EXISTING,
                    ///< NODE_EXTEND (`extend name b`), b: NODE_BLOCK
    /// name: a = b; flag NODE_OPTIONAL (`name?:`); b may be NULL. In a NODE_CONSTRUCT a may be
    /// NULL: then only decorators are given.
    NODE_PROPERTY_DECL,
    NODE_ATTRIBUTE, ///< attribute name: a b; b: NODE_OBJECT with a member per back end, or NULL
    NODE_RULE,      ///< a: NODE_RULE_HEAD, b: NODE_REQUIRE…
    NODE_RULE_HEAD, ///< a: NODE_STRING id, b: the message (NODE_STRING or NODE_TEMPLATE), c: `when`
                    ///< or NULL; in rules of a file c is a NODE_SUBJECT
    NODE_SUBJECT,   ///< for b as name when c; b: NODE_TYPE_NAME; name and c may be NULL
    NODE_REQUIRE,   ///< require a at b; b may be NULL
    NODE_CLAUSE,    ///< name a b; a: NODE_STRING or NULL; b: NODE_OBJECT. `cfn "Custom::X" { … }`

    NODE_DECORATOR, ///< @name(a); a: arguments
    NODE_KIND_COUNT
} NodeKind;

enum {
    NODE_DEPLOY = 1,
    NODE_EXISTING = 2,
    NODE_OPTIONAL = 4,
    NODE_SHORTHAND = 8,
    NODE_BAD = 16,       ///< a diagnostic stands for it; later passes are silent about it
    NODE_MULTILINE = 64, ///< a `"""` string
    NODE_EXTEND = 128,   ///< adds to what another declaration declares
    NODE_LENIENT = 512,  ///< belongs to a construct or rule: what is absent is no mistake there
    NODE_QUOTED = 256    ///< of NODE_TYPE_NAME: a string (`"AWS::SNS::Topic"`)
    // The upper 16 bits belong to the parser, which keeps there how high a node is (operators and
    // brackets below it), so that no tree is higher than PARSE_MAX_DEPTH.
};

struct Node {
    uint8_t kind;   ///< NodeKind
    uint8_t op;     ///< TokenKind of the operator
    uint16_t file;  ///< Source.id
    uint32_t start; ///< byte offset of its first token
    uint32_t end;   ///< byte offset behind its last token
    uint32_t flags;
    const Name *name;
    union {
        struct {
            Node *a, *b, *c;
        };
        int64_t integer;
        double number;
        struct {
            const char *text; ///< decoded, not NUL-terminated
            size_t length;
        };
    };
    Node *next;
    void *bound; ///< of names: the Symbol; of types: the Type; of properties: the Property;
                 ///< of literals: the Value
};

/// The bytes of `node`.
static inline Span node_span(const Node *node) {
    return (Span){node->file, node->start, node->end};
}

/// The bytes of the kind in a NODE_RESOURCE_HEAD.
static inline Span head_kind_span(const Node *head) {
    return (Span){head->file, head->start, head->start + head->name->length};
}

/// The number of the source's first token that does not begin before `offset`.
uint32_t source_token_at(const Source *source, uint32_t offset);

/// The token before `token` that is no comment, or NULL.
const Token *source_token_before(const Source *source, const Token *token);
/// What a token does to how many brackets (`(`, `[`, `{`, `${`) are open: 1, -1 or 0.
int token_bracket_step(TokenKind kind);
/// The bracket that is open behind the token `last` (NULL: where the file begins), or NULL.
/// `*commas`: how many commas stand behind it, those in further brackets left out.
const Token *source_open_bracket(const Source *source, const Token *last, size_t *commas);

/// The word for a kind, as the tree dump prints it (`property`, `resource`, …).
const char *node_kind_name(NodeKind kind);

/// Whether `name` names a list through `next` in slot a/b/c of `kind` or a single child is of no
/// concern to callers: this visits every direct child in source order.
typedef void (*NodeVisitor)(Node *child, void *data);
void node_each_child(const Node *node, NodeVisitor visit, void *data);

/// The text of the doc comment (`///` lines) right before `node`, lines joined with \n, without the
/// slashes and one leading space; NULL if there is none. Lives in the arena.
const char *node_doc(const Node *node, const Source *source, Arena *arena);

/// Prints the tree, a node per line, indented: for goldens and for people who debug.
void tree_dump(const Node *node, const Source *source, struct _GString *out);

#endif
