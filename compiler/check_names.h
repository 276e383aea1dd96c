/// Resolving names: scopes, the library, members of enumerations, functions.
#ifndef DEPOT_CHECK_NAMES_H
#define DEPOT_CHECK_NAMES_H

#include "check.h"

/// The symbol that a NODE_NAME means, or NULL after a diagnostic. Binds it.
Symbol *check_name(Compilation *compilation, Node *node, Scope *scope, const Type *expected);
/// `Enumeration.MEMBER` or the callee `Type.case`: the member's symbol if `node` (NODE_MEMBER) is
/// one that `expected` knows; NULL if it is something else. `*reported` is set if it is meant so
/// but wrong.
Symbol *check_qualified(Compilation *compilation, Node *node, Scope *scope, const Type *expected,
                        bool *reported);
/// Whether `node`, which is the qualified `member` (`check_qualified`), means the same without its
/// qualifier where `expected` is.
bool check_qualifier_is_needless(Compilation *compilation, const Node *node, Scope *scope,
                                 const Type *expected, const Symbol *member);
/// Adds "a … with a similar name exists" and a fix to a diagnostic, if there is one.
void check_add_similar(Compilation *compilation, Diagnostic *diagnostic, const Similar *similar,
                       const char *what, Span span);

#endif
