/// What users' files add to the library: constructs, `extend`s and rules. It is an index, made once
/// when all files have been read and before anything of them is understood, so that neither the
/// order of files nor that of declarations matters.
#ifndef DEPOT_USER_LIBRARY_H
#define DEPOT_USER_LIBRARY_H

#include "extend.h"

/// A rule at the top level of a file: a policy. `Node.bound` of its NODE_RULE leads to it.
typedef struct Policy {
    const Rule *rule;
    Source *source;
    const Name *kind;           ///< what it is about, once that is checked
    const Construct *construct; ///< of this type only, unless NULL
    Scope *scope; ///< of its expressions: the subject is its first symbol; NULL: it is wrong
} Policy;

typedef struct UserLibrary UserLibrary;

/// Whether a user's file has something that works without being named: a construct, an `extend`, a
/// rule.
bool source_adds_to_library(const Source *source);

/// Makes `compilation->user_library` if there is anything to put into it, and reports declarations
/// that contradict the library or each other. Call when the scopes of all files are there.
void user_library_collect(Compilation *compilation);

// Each of these takes NULL for an empty index.

/// The NODE_CONSTRUCT with the label `key` ("location.X", "existing environment"), or NULL.
Node *user_library_construct(const UserLibrary *users, const Name *key);
/// The `extend`s of the construct with the label `key`, in a fixed order; NULL if there are none.
const Extension *user_library_extensions(const UserLibrary *users, const Name *key);
/// The `extend type`s of a type's declaration (NODE_TYPE) likewise.
const Extension *user_library_type_extensions(const UserLibrary *users, const Node *declaration);
/// Whether a construct of this kind is declared.
bool user_library_has_kind(const UserLibrary *users, const Name *kind);
/// Offers the labels that begin with `prefix` to `similar`, without the prefix.
void user_library_offer(const UserLibrary *users, const char *prefix, Similar *similar);
/// How many constructs are declared.
size_t user_library_construct_count(const UserLibrary *users);
/// Writes their labels into `names`.
void user_library_construct_names(const UserLibrary *users, const char **names);
/// The policies, in a fixed order.
Policy *user_library_policies(const UserLibrary *users, size_t *count);

/// Reports where several `extend`s of one thing (`label`) say different things of a part of it, and
/// marks the later ones (NODE_BAD).
void extensions_compare(Compilation *compilation, const char *label, const Extension *list);

#endif
