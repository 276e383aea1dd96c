/// The functions of the language, and those that only the library may use.
#ifndef DEPOT_BUILTINS_H
#define DEPOT_BUILTINS_H

#include "eval.h"

typedef struct BuiltinCall {
    Compilation *compilation;
    Frame *frame;
    const Node *node;
    const Value **arguments;
    size_t count;
} BuiltinCall;

typedef struct Builtin {
    const char *name;
    /// One letter per parameter: s string, i int, n number, l list, o object or map, a anything,
    /// c string or list, b bool, p property (not evaluated), e environment or what else is a
    /// container, r any resource, * further ones like the last; an upper case letter is optional.
    const char *parameters;
    /// Its result: s i n b a as above, S list of strings, I list of ints, e an element of the first
    /// argument, 1 as the first argument, x secret.
    char result;
    bool library; ///< only in library files
    bool deploy;  ///< takes values known only at deployment
    const Value *(*call)(const BuiltinCall *call);
    const char *usage; ///< "join(list, separator)"
} Builtin;

/// The function `name`, or NULL.
const Builtin *builtin_find(const char *name);
/// All of them; the last has no name.
const Builtin *builtin_all(void);
/// The function `name` that tests have besides, or NULL.
const Builtin *builtin_find_test(const char *name);
/// All that tests have besides; the last has no name.
const Builtin *builtin_all_test(void);

#endif
