/// The static checks: every name resolved, every expression typed, every block held against what
/// the library declares, also where evaluation never comes (branches not taken, unused constants).
#ifndef DEPOT_CHECK_H
#define DEPOT_CHECK_H

#include "library.h"
#include "scope.h"

/// Checks all declarations of a file.
void check_file(Compilation *compilation, Source *source);
/// Binds and types the expressions of a library construct, once.
void check_construct(Compilation *compilation, const Construct *construct);

/// Checks a NODE_CONSTRUCT of a user's file: a construct, or an `extend` of one.
void check_library(Compilation *compilation, Node *node);
/// Reports a construct, `extend` or rule that does not stand at the top level of a file.
void check_report_library_place(Compilation *compilation, const Node *node);
/// Checks a NODE_RULE at the top level of a user's file: a policy.
void check_policy(Compilation *compilation, Node *node);
/// Holds what every rule of a user's file must have against a NODE_RULE: its id, the places that
/// its requirements name. `subject`: what stands for the resource, or NULL in constructs.
void check_rule(Compilation *compilation, const Node *node, const Symbol *subject);
/// Binds and types what the `require`s of a NODE_RULE hold.
void check_requirements(Compilation *compilation, const Node *rule, Scope *scope);
/// The type of `node`. `expected` (may be NULL) is what the context wants: bare members, cases and
/// object literals are understood through it. Names are bound on the way.
const Type *check_infer(Compilation *compilation, Node *node, Scope *scope, const Type *expected);
/// The same, and reports if the type does not fit `expected`; `what` names the thing for the
/// message ("`name`"), `declared` is where it is declared or NULL. False if it does not fit.
bool check_against(Compilation *compilation, Node *node, Scope *scope, const Type *expected,
                   const char *what, const Node *declared);
/// Reports that `symbol` leads back to itself, with the path, as it stands on the checker's stack
/// (`Program.busy`); marks all of it as bad.
void check_report_cycle(Compilation *compilation, Symbol *symbol, DiagnosticId id);
/// The type of what `symbol` stands for; finds it on first use.
const Type *check_symbol(Compilation *compilation, Symbol *symbol);

/// Reports what is wrong with the kind and type of a NODE_RESOURCE that no construct fits. True if
/// it is certain what was meant: the head then names that, and its block can be judged in the same
/// run.
bool check_report_head(Compilation *compilation, Node *node);
/// Reports the type in the head of a resource if it stands in quotes without need.
void check_quotes(Compilation *compilation, const Node *head);
/// Whether there are types of this kind.
bool check_kind_has_types(Compilation *compilation, const Name *kind);
/// Says how a resource `name` is declared that a value of the type `reference` refers to:
/// "location hot: TYPE { … }".
void check_kind_help(Compilation *compilation, Diagnostic *diagnostic, const Type *reference,
                     const char *name);
/// Holds the decorators of a declaration, property or alternative of a user's file against those
/// that there are.
void check_decorators(Compilation *compilation, const Node *node);
/// Offers to take a decorator out.
void decorator_offer_removal(Compilation *compilation, Diagnostic *diagnostic, const Node *node);
/// The decorators that there are, by number from 0: the name, and how it is used in `*usage`. NULL
/// behind the last.
const char *decorator_at(size_t index, const char **usage);
/// The types of the variables of a loop or comprehension, and its condition.
void check_loop(Compilation *compilation, Node *header, Scope *scope);
/// The type of a NODE_CALL and of a NODE_BINARY.
const Type *check_call(Compilation *compilation, Node *node, Scope *scope, const Type *expected);
const Type *check_binary(Compilation *compilation, Node *node, Scope *scope, const Type *expected);
/// What `x.name` means when x is `import * as x`, or NULL after a diagnostic.
Symbol *check_file_member(Compilation *compilation, Node *node, const Symbol *file);

/// Members of an object literal or of a block against the properties of an object type.
/// `owner` is what has the properties, for messages.
typedef struct MemberContext {
    const Property *properties;
    size_t count;
    const Type *further;        ///< type of other keys, or NULL
    const char *owner;          ///< "location.X", "this object"
    const Construct *construct; ///< or NULL
    bool block;                 ///< the block of a resource: `name` has a default
    const Node *members;        ///< the first of all of them, for what else is written; or NULL
    const Node *resource;       ///< the NODE_RESOURCE or NODE_USE whose block it is, or NULL
} MemberContext;

typedef struct MemberSet {
    const Node **written; ///< by property number
    bool open;            ///< a spread of unknown content: nothing can be called missing
    bool broken;          ///< a syntax error has swallowed some of it
} MemberSet;

/// Checks one NODE_PROPERTY or NODE_SPREAD and enters it into `set`.
void check_member(Compilation *compilation, Node *member, Scope *scope,
                  const MemberContext *context, MemberSet *set);
/// Reports required properties that are missing, at `place`; false if there are any. `braced` is
/// what they belong into: a NODE_BLOCK or NODE_OBJECT, or NULL.
bool check_missing(Compilation *compilation, const MemberContext *context, const MemberSet *set,
                   Span place, const Node *braced);

#endif
