/// Projects: the file `depot.project` and what it says.
///
/// Its members are the properties of the library's construct `project`: their types and defaults
/// are declared there. The file is a source of the compilation, so that its diagnostics are told
/// together with all others.
#ifndef DEPOT_PROJECT_H
#define DEPOT_PROJECT_H

#include "compilation.h"

/// The name of a project file.
#define PROJECT_FILE "depot.project"

/// A path that the project names.
typedef struct ProjectPath {
    const char *path; ///< from the working folder, or absolute: to be opened and shown
    Span span;
} ProjectPath;

/// What `depotc build` writes, and where.
typedef struct ProjectTarget {
    const char *name;
    const char *folder; ///< from the working folder, or absolute
    Span span;          ///< of the name
} ProjectTarget;

/// A stage and its parameters.
typedef struct ProjectStage {
    const char *name;
    const ParameterSetting *parameters;
    size_t parameter_count;
} ProjectStage;

/// What a project file says; what it does not say is NULL or 0. Everything lives in the
/// compilation's arena.
typedef struct Project {
    const char *file;   ///< the project file, from the working folder, or absolute
    const char *folder; ///< its folder likewise: "." for the working folder
    const char *root;   ///< its real path, for `CompilationOptions.project_root`
    const char *name;
    const struct Value *service_token;
    const struct Value *tags; ///< of all stacks: an object of texts, or NULL
    const ProjectPath *entries;
    size_t entry_count;
    const ProjectPath *policies;
    size_t policy_count;
    const ProjectPath *library;
    size_t library_count;
    const ProjectTarget *targets; ///< sorted by name
    size_t target_count;
    const ProjectStage *stages; ///< sorted by name
    size_t stage_count;
    const ParameterSetting *parameters;
    size_t parameter_count;
    const LevelSetting *levels; ///< with `denyWarnings`, as one of the group `warnings`
    size_t level_count;
    const PackageVersion *versions;
    size_t version_count;
} Project;

/// The nearest project file in the folder that `path` is (or is in) or in one above it, from the
/// working folder or absolute; NULL if there is none. `files` (NULL: the disk) is looked at. The
/// caller frees it (g_free).
char *project_find(const FileSystem *files, const char *path);

/// Reads the project file at `path` and sets `options.project_root`. Call before other files are
/// added. NULL if it cannot be read; what is wrong in it is reported, and left out of the result.
const Project *project_read(Compilation *compilation, const char *path);

/// Adds the files of policies and of the library, which are parts of every program. Call before the
/// entries are added.
void project_add_parts(Compilation *compilation, const Project *project);
/// Adds the entries, or the files beside the project file if it names none.
void project_add_entries(Compilation *compilation, const Project *project);

/// The stage called `name`, or NULL.
const ProjectStage *project_stage(const Project *project, const char *name);

/// Whether `value` would do for the property `name` of a project file: for values from elsewhere.
/// If not, `*why` is what the property's type says of itself (or NULL).
bool project_accepts(Compilation *compilation, const char *name, const struct Value *value,
                     const char **why);
/// Whether npm takes `name` for a package.
bool project_is_package(const char *name);

#endif
