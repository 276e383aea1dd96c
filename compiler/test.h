/// Tests that programs hold: `test "name" { … }`.
///
/// A test is judged on a compilation of its own, which builds the program with the test's
/// parameters. Files that the test's file imports take part as if they were compiled for
/// themselves.
#ifndef DEPOT_TEST_H
#define DEPOT_TEST_H

#include "eval.h"

struct _GHashTable;
struct _GPtrArray;

/// A test of a file.
typedef struct TestCase {
    const char *name;
    const Source *source;
    const Node *node; ///< NODE_TEST
} TestCase;

/// The tests of `source`, in its order. Call after `compilation_check_names`. `*count` of them, in
/// the arena.
const TestCase *tests_of(Compilation *compilation, const Source *source, size_t *count);

/// A template as text. An environment may have several: its own is called as its stack is, the
/// others are nested in it.
typedef struct TestTemplate {
    char *stack; ///< the environment's
    char *text;  ///< JSON
} TestTemplate;

/// Adds the templates of all environments of a compilation that has no error to `templates`, with
/// `test_add_template`. May report what only templates show.
typedef void (*TestEmitter)(Compilation *compilation, struct _GHashTable *templates, void *data);
/// Adds the template called `name` of `stack`. All is copied.
void test_add_template(struct _GHashTable *templates, const char *name, const char *stack,
                       const char *text);

/// Something that speaks against a test.
typedef struct TestFailure {
    char *code;    ///< of the diagnostic: "D2050"
    char *message; ///< one line
    char *file;    ///< where, or NULL
    uint32_t line, column;
    uint32_t start, end; ///< the same in bytes
    char **remarks;      ///< notes without a place and help, or NULL
    char *text;          ///< all of it, with the excerpt of the source
} TestFailure;

/// How a test ended.
typedef struct TestOutcome {
    struct _GPtrArray *failures; ///< TestFailure; none: it has passed
    struct _GHashTable *texts;   ///< names → TestTemplate; empty after errors
    bool snapshot;               ///< the test wants its templates kept
} TestOutcome;

/// An outcome without failures; freed with `test_outcome_clear`.
void test_outcome_begin(TestOutcome *outcome);
void test_outcome_clear(TestOutcome *outcome);
/// Adds the errors that the compilation has reported.
void test_outcome_add_errors(TestOutcome *outcome, Compilation *compilation);
/// Adds a failure without a place; the text is the message and `details` (lines, or NULL).
void test_outcome_add(TestOutcome *outcome, const char *code, const char *message,
                      const char *details);

/// Judges the test called `name` of `source`. `compilation` has this file as its entry, and nothing
/// is checked yet.
void test_judge(Compilation *compilation, Source *source, const char *name, TestEmitter emit,
                void *data, TestOutcome *outcome);
/// Builds without a test: there are failures if the program has errors.
void test_build(Compilation *compilation, TestEmitter emit, void *data, TestOutcome *outcome);

/// What a test is being judged on: for the functions that only tests have.
typedef struct TestRun {
    Compilation *compilation;
    const Node *node;              ///< the test
    Diagnostics *program;          ///< what the program has reported
    Diagnostics *failures;         ///< what speaks against the test
    struct _GHashTable *texts;     ///< as in TestOutcome
    struct _GHashTable *templates; ///< the same as values: names → Value
} TestRun;

/// What the block of the environment `container` declares as `name`, in tests: VALUE_ABSENT if this
/// build has none of it. NULL if there is no such declaration, and outside of tests.
const Value *test_member(Compilation *compilation, const Resource *container, const Name *name);
/// The resources that `environment.name` (`member`, bound to `symbol`) stands for; NULL if none was
/// built.
struct Instances *test_instances(Compilation *compilation, const Node *member, const Symbol *symbol,
                                 Frame *frame);

// test_explain.c

/// Adds to `diagnostic` what the operands of an expectation that does not hold are.
void test_explain(TestRun *run, Diagnostic *diagnostic, const Node *node, Frame *frame);
/// The source text of `node` on one line, cut if it is long.
const char *test_source_text(Compilation *compilation, const Node *node);
/// Whether `node` asks for what the program has reported with a severity: 'e' errors, 'a' any.
bool test_asks_reports(const Node *node, bool errors);

// test_value.c

/// A value as people write it, on one line, cut if it is long.
const char *test_value_text(Compilation *compilation, const Value *value);
/// Where two values that are not equal differ first: "[1].name: `\"a\"`, not `\"b\"`"; NULL if
/// there is nothing to say but both values.
const char *test_first_difference(Compilation *compilation, const Value *left, const Value *right);

#endif
