/// The part of TypeScript's syntax that generated projects use, as a tree, and how prettier would
/// lay it out.
#ifndef DEPOT_EMIT_CDK_TS_H
#define DEPOT_EMIT_CDK_TS_H

#include "cdk/doc.h"

#include <stdint.h>

typedef enum TsKind {
    TS_NAME,     ///< an identifier: text
    TS_THIS,     ///< `this`
    TS_SUPER,    ///< `super`
    TS_WORD,     ///< `true`, `false`, `null`: text
    TS_NUMBER,   ///< text
    TS_STRING,   ///< text, with its quotes
    TS_TEMPLATE, ///< texts (escaped) around items: one more than these
    TS_ARRAY,    ///< items
    TS_OBJECT,   ///< texts: the keys as written, NULL for `...item`; items: the values
    TS_MEMBER,   ///< base.text
    TS_INDEX,    ///< base[items[0]]
    TS_CALL,     ///< base(items…)
    TS_NEW,      ///< new base(items…)
    TS_FUNCTION  ///< () => { statements }
} TsKind;

typedef struct Ts Ts;
typedef struct TsStatement TsStatement;

struct Ts {
    uint8_t kind;  ///< TsKind
    bool expanded; ///< an object that takes several lines even if one would do
    bool held;     ///< an object that took several lines: prettier then leaves it so
    Ts *base;
    Ts **items;
    size_t count;
    const char *text;
    const char **texts;
    TsStatement *statements;
    size_t statement_count;
    Doc *doc; ///< while it is laid out
};

/// `value;`, `const name = value;` or `target = value;`
struct TsStatement {
    const char *name;   ///< of the constant, or NULL
    const char *target; ///< what is assigned to, as it is written, or NULL
    Ts *value;
    bool apart; ///< an empty line stands before it
};

/// Nodes with a text of their own: TS_NAME, TS_WORD, TS_NUMBER, TS_STRING. The text is not copied.
Ts *ts_leaf(Arena *arena, TsKind kind, const char *text);
Ts *ts_name(Arena *arena, const char *text);
Ts *ts_this(Arena *arena);
/// A string literal with this text (not NUL-terminated).
Ts *ts_string(Arena *arena, const char *text, size_t length);
/// A number literal for a number as JavaScript writes it: prettier drops the plus of `1e+21`.
Ts *ts_number(Arena *arena, const char *text);
/// base.name, or base["name"] where `name` is no identifier.
Ts *ts_member(Arena *arena, Ts *base, const char *name);
/// A node of this kind with a base and room for `count` items, to be filled in.
Ts *ts_node(Arena *arena, TsKind kind, Ts *base, size_t count);
/// The same with room for keys too.
Ts *ts_object(Arena *arena, size_t count);
/// The same with room for the texts around the items.
Ts *ts_template(Arena *arena, size_t count);
/// A call or `new` with the items up to the first NULL.
Ts *ts_with_items(Arena *arena, TsKind kind, Ts *base, Ts *const *items);
/// base(items…) and new base(items…) with the items written out; NULL ends them.
#define ts_call(arena, base, ...)                                                                  \
    ts_with_items((arena), TS_CALL, (base), (Ts *const[]){__VA_ARGS__})
#define ts_new(arena, base, ...) ts_with_items((arena), TS_NEW, (base), (Ts *const[]){__VA_ARGS__})
/// Adds a member to an object made by `ts_object` with room enough.
void ts_put(Ts *object, const char *key, Ts *value);

/// Appends the statement and a newline, indented by `indent` columns, as prettier writes it.
void ts_print_statement(Arena *arena, const TsStatement *statement, long indent,
                        struct _GString *out);

#endif
