/// The static checks of tests, and what names mean in tests alone.
#ifndef DEPOT_CHECK_TEST_H
#define DEPOT_CHECK_TEST_H

#include "builtins.h"
#include "check.h"

/// Whether expressions in `scope` belong to a test.
bool scope_in_test(const Scope *scope);

/// Reports a NODE_TEST that does not stand at the top level, or a NODE_EXPECT that stands outside
/// of a test. `scope` is the scope that it stands in.
void check_test_place(Compilation *compilation, Node *node, const Scope *scope);
/// Checks the tests of the file. Call when all files are checked: tests look into the blocks of
/// environments.
void check_tests(Compilation *compilation, const Source *source);

/// Whether `name` is `errors` or the like: how many diagnostics the program has, in tests.
bool check_is_test_count(const char *name);
/// The symbol of such a NODE_NAME in a test; NULL for other names, and elsewhere.
Symbol *check_test_count(Compilation *compilation, const Node *node, Scope *scope);
/// Checks the arguments of a function that only tests have; others are passed over.
void check_test_call(Compilation *compilation, const Node *node, const Builtin *builtin);
/// Reports that what the NODE_NAME names is for tests.
void report_test_only(Compilation *compilation, Node *node);

/// In tests the resources and constants of an environment's block are its members: the type of
/// `environment.name` (`node`), `base` being the type of what stands before the dot. NULL if it is
/// no such member.
const Type *check_test_member(Compilation *compilation, Node *node, Scope *scope, const Type *base);
/// The same for `environment.name[key]` and `environment.name[*]` (`node`).
const Type *check_test_keyed(Compilation *compilation, Node *node, Scope *scope);

#endif
