/// The messages of the static checks, in one place: what is said, and what helps.
#ifndef DEPOT_CHECK_REPORT_H
#define DEPOT_CHECK_REPORT_H

#include "check.h"

/// More alternatives than these are not listed in a help line.
enum { MOST_ALTERNATIVES = 9 };

/// A type in a message: "`string`", but "a location" for a reference, "an empty list", "an object"
/// for one whose text would fill the line.
const char *report_type_text(Compilation *compilation, const Type *type);
/// What is written from `first` to the end of `last`, which may be the same, in the arena.
const char *report_source_text(Compilation *compilation, const Node *first, const Node *last);
/// What a property of this type takes, for a help line: "a location", "one of `A`, `B`", "of type
/// `cidr`".
const char *report_wanted_text(Compilation *compilation, const Type *type);
/// A doc comment as a help line has it: small first letter (but not of `AWS`), no full stop.
const char *report_sentence(Compilation *compilation, const char *doc);
/// "`name`", in the arena; "a key" for NULL.
const char *report_quoted(Compilation *compilation, const Name *name);
/// The constant that `node` names if its declaration names no type, in a file of the user; or NULL.
const Symbol *report_untyped_let(const Compilation *compilation, const Node *node);
/// `what` has type `found` where `expected` (words) is wanted; `declared` is where that is said.
Diagnostic *report_type(Compilation *compilation, const Node *node, const char *expected,
                        const Type *found, const char *what, const Node *declared);
/// The same where a type is expected, with the help that its alternatives give.
void report_mismatch(Compilation *compilation, Node *node, const Scope *scope, const Type *expected,
                     const Type *found, const char *what, const Node *declared);
/// `name`, at `place`, is deprecated, as `decorator` (`@deprecated({ since, reason, replacement
/// })`) says.
void report_deprecated(Compilation *compilation, Span place, const char *name,
                       const Node *decorator, const Node *members);
void report_duplicate_property(Compilation *compilation, const Node *node, const Node *first);
void report_unknown_attribute(Compilation *compilation, const Node *node,
                              const Construct *construct);
void report_no_property(Compilation *compilation, const Node *node, const Type *type);
/// Lists the words and literals that `expected` allows, if they are few, that which is nearest to
/// `wrong` (or NULL) first; false if it does not.
bool report_words(Compilation *compilation, Diagnostic *diagnostic, const Type *expected,
                  const char *wrong);
/// Names the text that `expected` allows and that the string `node` nearly is, if there is one;
/// false if there is none.
bool report_nearest(Compilation *compilation, Diagnostic *diagnostic, const Node *node,
                    const Type *expected);
void report_no_members(Compilation *compilation, const Node *node, const Type *type);
void report_not_keyed(Compilation *compilation, const Node *node);
void report_needs_key(Compilation *compilation, const Node *node, const Symbol *symbol);
void report_interpolation(Compilation *compilation, const Node *node, const Type *type);
void report_case_without_call(Compilation *compilation, const Node *node, const Type *type);
void report_namespace(Compilation *compilation, const Node *node);

#endif
