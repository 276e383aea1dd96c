/// The group `style`: what could be written with less and mean the same. Looked for where a level
/// asks for it.
#ifndef DEPOT_CHECK_STYLE_H
#define DEPOT_CHECK_STYLE_H

#include "check.h"

/// Reports the qualifier of `node` (NODE_MEMBER, or such a callee) of a program, which means
/// `symbol`, if it can be left out where `expected` (may be NULL) is.
void style_check_qualifier(Compilation *compilation, const Node *node, Scope *scope,
                           const Type *expected, const Symbol *symbol);
/// Reports a property of a program that is written with what it is by default. Call when the names
/// in its value are bound.
void style_check_default(Compilation *compilation, const Node *member, const MemberContext *context,
                         const Property *property);
/// Reports names of properties in `source` whose quotes can go.
void style_check_quotes(Compilation *compilation, Source *source);

#endif
