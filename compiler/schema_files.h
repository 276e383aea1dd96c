/// Which YAML files a package names.
#ifndef DEPOT_SCHEMA_FILES_H
#define DEPOT_SCHEMA_FILES_H

#include "document.h"
#include "program.h"

/// How many YAML files one package may name.
#define SCHEMA_MAX_FILES 10000

/// A YAML file that a package names, itself or through a folder.
typedef struct SchemaFile {
    Source *source; ///< NULL: it is declared in the program, see `declared`
    const struct SchemaSource *declared;
    const char *path;   ///< as written, with what lies below it: "./schemas/orders/Order.yaml"
    const char *inside; ///< below the folder that was named, or the file's name: "Order.yaml"
    struct SchemaFile *next;
} SchemaFile;

typedef struct SchemaFiles {
    SchemaFile *first, *last;
    size_t count;
    bool complete; ///< false: some are elsewhere (in a Node package), unknown or could not be read
} SchemaFiles;

/// Reads what property `property` of `resource` names and adds it to `files`, in the order of the
/// program and then of the names. A path is relative to the file that it stands in; one that begins
/// with neither `./` nor `../`, has no ending of YAML and exists nowhere is a Node package's.
/// Reports what does not exist, holds no YAML or cannot be read.
void schema_files_read(Compilation *compilation, Resource *resource, size_t property,
                       SchemaFiles *files);

/// Rewrites the paths of property `property` that stand in a file of another folder than the
/// container's, so that they say the same from the container's folder: this is where back ends
/// write them down.
void schema_files_rebase(Compilation *compilation, Resource *resource, size_t property);
/// Has back ends that write code take the files along, as far as they lie below the container's
/// folder.
void schema_files_keep(Compilation *compilation, const Resource *resource,
                       const SchemaFiles *files);

#endif
