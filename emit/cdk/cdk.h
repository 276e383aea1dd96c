/// The files of a generated project; between cdk.c and the files that write one kind each.
#ifndef DEPOT_EMIT_CDK_CDK_H
#define DEPOT_EMIT_CDK_CDK_H

#include "backend.h"
#include "cdk/imports.h"

/// A stack of the project, with the names that other files know it by.
typedef struct CdkStack {
    const ModelStack *stack;
    char *file;                   ///< "orders-stack": its file in lib/ without the extension
    char *local;                  ///< its class as imported together with the others: "OrdersStack"
    const struct CdkScope *scope; ///< what its constructor makes
} CdkStack;

/// What a module of the program became.
typedef struct CdkModule {
    const struct CdkScope *scope; ///< its class
    const char *file;             ///< "tables": its file in lib/ without the extension
} CdkModule;

typedef struct CdkProject {
    const Model *model;
    char *name;         ///< of the package and of files: lower case letters, digits, dots, dashes
    CdkStack *stacks;   ///< model->stack_count of them
    CdkModule *modules; ///< sorted by file
    size_t module_count;
    GHashTable *packages; ///< a set: the npm packages that are imported
    EmitFiles *files;
} CdkProject;

/// The one line that says where a TypeScript file comes from.
#define CDK_HEADER "// Written by depotc from the .depot source; changes belong there.\n"

/// The file in lib/ with the class that makes custom resources call the project's own function. No
/// stack's file is called so: theirs end with `-stack`.
#define SERVICE_TOKEN_FILE  "service-token"
#define SERVICE_TOKEN_CLASS "ServiceToken"

/// Adds lib/NAME-stack.ts and notes the packages that it imports.
void cdk_stack_file(CdkProject *project, const CdkStack *stack);
/// Adds lib/NAME.ts for what a module became, likewise.
void cdk_module_file(CdkProject *project, const CdkModule *module);
/// Adds bin/PROJECT.ts and test/PROJECT.test.ts.
void cdk_app_file(CdkProject *project);
void cdk_test_file(CdkProject *project);
/// Adds package.json, cdk.json, README.md and the files that are the same in every project.
void cdk_fixed_files(CdkProject *project);

/// The member `name` of a part's body if it is a string, as C text in `arena`; else NULL.
const char *cdk_body_text(Arena *arena, const ModelPart *part, const char *name);

/// A name that is not in `taken` (names in small letters, which the table frees) yet, ignoring
/// case: `name`, else with a number behind it. Takes over `name`; the caller frees the result.
char *cdk_unique_name(GHashTable *taken, char *name, const char *separator);

#endif
