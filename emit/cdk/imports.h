/// The names that a generated file imports.
///
/// Use has two rounds: in the first, `imports_use` notes what is needed; `imports_settle` then
/// chooses a local name for each; in the second, `imports_use` answers with it.
#ifndef DEPOT_EMIT_CDK_IMPORTS_H
#define DEPOT_EMIT_CDK_IMPORTS_H

#include "arena.h"

#include <glib.h>

/// The name that stands for all of a module: `import * as aws_sns from "aws-cdk-lib/aws-sns"`.
#define IMPORTS_ALL "*"

typedef struct Imports Imports;

/// An empty list that allocates its texts in `arena`. Freed by `imports_free`.
Imports *imports_new(Arena *arena);
void imports_free(Imports *imports);

/// The local name of `name` (or IMPORTS_ALL) from `module`; before `imports_settle` just `name`.
/// Never NULL.
const char *imports_use(Imports *imports, const char *module, const char *name);

/// Chooses the local names: the imported one, unless it is in `taken` (a set of names) or taken by
/// another module; then the module's name is put before it. The outcome depends on what is
/// imported, not on the order in which it was asked for. Local names are added to `taken`.
void imports_settle(Imports *imports, GHashTable *taken);

/// Appends the import statements, sorted by module and name.
void imports_print(const Imports *imports, GString *out);

/// Adds the npm packages that the modules belong to, to `packages` (a set; the caller frees the
/// keys). Modules of Node itself and files of the project belong to none.
void imports_packages(const Imports *imports, GHashTable *packages);

#endif
