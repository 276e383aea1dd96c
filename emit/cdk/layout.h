/// From the tree to documents, by the rules of prettier (its defaults: 80 columns, two spaces,
/// double quotes, trailing commas). Between layout.c and the files that lay out one thing each.
#ifndef DEPOT_EMIT_CDK_LAYOUT_H
#define DEPOT_EMIT_CDK_LAYOUT_H

#include "cdk/ts.h"

typedef struct Layout {
    Arena *arena;
    bool in_template; ///< within `${…}`, where objects stay on one line
} Layout;

/// What a node stands in, where its layout depends on it.
typedef enum TsParent {
    PARENT_OTHER,
    PARENT_MEMBER,    ///< it is the base of a member
    PARENT_NEW,       ///< it is called by `new`
    PARENT_CONSTANT,  ///< it is the value of a `const`
    PARENT_STATEMENT, ///< it is a statement
} TsParent;

/// The document of `node`, made once.
Doc *layout_node(Layout *layout, Ts *node, TsParent parent);
/// The document of `LEFT OPERATOR VALUE`. `key_width` is that of an object's key, or 0.
Doc *layout_assignment(Layout *layout, Doc *left, const char *operator, Ts * value, long key_width);
/// The document of the arguments of a call or `new`, with their parentheses.
Doc *layout_arguments(Layout *layout, Ts *call);
/// The document of a call of a member: `a.b(c).d(e)`. Labelled if it has the form of a chain.
Doc *layout_chain(Layout *layout, Ts *call, TsParent parent);
/// The document of `.name` or `["name"]`.
Doc *layout_lookup(Layout *layout, Ts *member);
/// The document of a statement, with its semicolon.
Doc *layout_statement(Layout *layout, const TsStatement *statement);

/// Whether all elements of an array are numbers (and there is one): then lines are filled.
bool layout_is_numbers(const Ts *node);

#endif
