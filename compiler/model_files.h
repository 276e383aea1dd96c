/// The YAML files that belong to a project in code.
#ifndef DEPOT_MODEL_FILES_H
#define DEPOT_MODEL_FILES_H

#include "program.h"

/// Remembers that a package names `source`, which `path` leads to from the container's folder.
void model_keep_file(Compilation *compilation, const char *path, const Source *source);
/// Gives the model the files that packages name and the schemas that the program declares, sorted
/// by path. Reports two that would be written to one place.
void model_add_files(Compilation *compilation, Model *model);

#endif
