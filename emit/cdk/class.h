/// Files with a class in them, and the statements that their constructors have in common.
#ifndef DEPOT_EMIT_CDK_CLASS_H
#define DEPOT_EMIT_CDK_CLASS_H

#include "cdk/cdk.h"
#include "cdk/expression.h"

/// A file in one of its two rounds: the first only finds out what is imported, and has no text.
typedef struct ClassWriter {
    ClassFile file;
    GString *out;    ///< NULL in the first round
    GHashTable *ids; ///< the ids of the constructs in the scope so far
    bool apart;      ///< an empty line is due before the next statement
} ClassWriter;

/// Writes what stands below the imports. Runs once in each round.
typedef void ClassText(ClassWriter *writer);

/// Adds lib/FILE.ts with the class of `scope` to the project and notes the packages that it
/// imports.
void class_file(CdkProject *project, const CdkScope *scope, const char *file, ClassText *write);

/// Appends text as it is; nothing in the first round.
void class_text(const ClassWriter *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/// Appends a doc comment, if there is a doc; `indent` columns in.
void class_doc(ClassWriter *writer, const char *doc, long indent);
/// `constructor(scope: Construct, id: string, PROPS) {`; `props` is a parameter with its type, or
/// NULL for none.
void class_constructor(const ClassWriter *writer, const char *props);
/// `super(scope, id, PROPS);`; `props` may be NULL.
void class_super(ClassWriter *writer, Ts *props);
/// Ends the statement that was built in the arena of the file: prints it, as the value of a
/// constant unless `constant` is NULL, and empties the arena.
void class_statement(ClassWriter *writer, const char *constant, Ts *value);
/// The same for `target = value;`.
void class_assignment(ClassWriter *writer, const char *target, Ts *value);
/// The statements of all constructs of the scope.
void class_constructs(ClassWriter *writer);
/// The construct id for a parameter or output called `id`: the same unless a construct has it.
const char *class_free_id(ClassWriter *writer, const char *id, const char *kind);

/// A string literal with C text.
Ts *class_string(const ClassWriter *writer, const char *text);
/// An imported name of aws-cdk-lib's core.
Ts *class_core(ClassWriter *writer, const char *name);

#endif
