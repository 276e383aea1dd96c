/// Values of the model as TypeScript expressions.
#ifndef DEPOT_EMIT_CDK_EXPRESSION_H
#define DEPOT_EMIT_CDK_EXPRESSION_H

#include "cdk/imports.h"
#include "cdk/scope.h"
#include "cdk/ts.h"

/// The file of a class while it is written.
typedef struct ClassFile {
    const CdkScope *scope;
    Imports *imports;
    GHashTable *locals; ///< ModelResource or ModelParameter → its variable in this file
    GHashTable *used;   ///< those of them whose variable is read
    Arena *arena;       ///< of the statement that is being written
} ClassFile;

/// The modules of aws-cdk-lib that generated code itself needs.
#define CORE_MODULE       "aws-cdk-lib/core"
#define ASSERTIONS_MODULE "aws-cdk-lib/assertions"
#define CONSTRUCTS_MODULE "constructs"

/// The expression for `value`.
Ts *cdk_value(ClassFile *file, const Value *value);
/// The same where TypeScript wants a string: numbers, booleans and lists become text.
Ts *cdk_text(ClassFile *file, const Value *value);
/// How a value becomes text in TypeScript.
typedef enum CdkText {
    TEXT_STRING,  ///< it is a string
    TEXT_LITERAL, ///< a number or boolean that is known now: by JavaScript's rules
    TEXT_NUMBER,  ///< a number that is known only at deployment: as a token
    TEXT_LIST     ///< joined with commas
} CdkText;
CdkText cdk_text_kind(const Value *value);
/// Whether the argument at `index` of an intrinsic function is a number; all others are strings or
/// lists of them.
bool cdk_takes_number(const Value *function, size_t index);
/// The expression for an imported name, dots in it included: `Location.X` imports `Location`.
Ts *cdk_symbol(ClassFile *file, const char *module, const char *text);
/// The variable of a resource or parameter.
const char *cdk_local(const ClassFile *file, const void *owner);

#endif
