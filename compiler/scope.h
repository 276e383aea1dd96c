/// Scopes and symbols: what names mean.
#ifndef DEPOT_SCOPE_H
#define DEPOT_SCOPE_H

#include "type.h"

typedef struct Scope Scope;
typedef struct Frame Frame;

typedef enum SymbolKind {
    SYMBOL_LET,
    SYMBOL_PARAM,        ///< `param`
    SYMBOL_DEPLOY_PARAM, ///< `deploy param`
    SYMBOL_TYPE,
    SYMBOL_FN,
    SYMBOL_MODULE,
    SYMBOL_SCHEMA,    ///< its name may have dots
    SYMBOL_RESOURCE,  ///< a resource, or an instance of a module
    SYMBOL_IMPORT,    ///< stands for `target`
    SYMBOL_FILE,      ///< `import * as x`: the scope of the file is `inner`
    SYMBOL_VARIABLE,  ///< of a loop or comprehension, or a parameter of a case
    SYMBOL_PROPERTY,  ///< in library expressions: a property of the construct; in a module's block:
                      ///< a parameter
    SYMBOL_CONTAINER, ///< in library expressions: what the resource stands in
    SYMBOL_SELF,      ///< in library expressions: the resource itself
    SYMBOL_REST,      ///< in a clause: the properties that it does not name
    SYMBOL_NULL,      ///< in library expressions: JSON's null
    SYMBOL_MEMBER     ///< a bare member or case, found through the expected type
} SymbolKind;

typedef enum SymbolState { STATE_NEW, STATE_BUSY, STATE_DONE } SymbolState;

/// One of several places where a resource of this name is declared (branches of an `if`).
typedef struct Declaration {
    const Node *node;
    const struct Branch *branch;
    struct Declaration *next;
} Declaration;

/// Which branch of which `if` encloses a declaration.
typedef struct Branch {
    const struct Branch *outer;
    const Node *node; ///< NODE_IF
    int number;
} Branch;

struct Symbol {
    SymbolKind kind;
    SymbolState state; ///< of finding its type
    bool used;
    bool keyed; ///< a resource declared with a key
    const Name *name;
    Node *node;       ///< the declaration
    Scope *scope;     ///< where it is declared
    uint32_t slot;    ///< its place in a frame of that scope
    const Type *type; ///< once known
    union {
        Symbol *target;              ///< IMPORT
        Scope *inner;                ///< FILE
        size_t property;             ///< PROPERTY: its number in the construct
        Declaration *places;         ///< RESOURCE
        const Type *member;          ///< MEMBER
        struct Function *function;   ///< FN, once checked
        struct SchemaSource *schema; ///< SCHEMA, once checked
    };
    Symbol *next; ///< in the scope, in order of declaration
};

typedef enum ScopeKind {
    SCOPE_FILE,
    SCOPE_CONTAINER,
    SCOPE_MODULE,
    SCOPE_TEST,
    SCOPE_BLOCK,
    SCOPE_LIBRARY
} ScopeKind;

struct Scope {
    ScopeKind kind;
    Scope *outer;
    Source *source;
    Symbol *first, *last;
    uint32_t count;
    struct _GHashTable *table;  ///< Name → Symbol once there are many
    const Construct *construct; ///< SCOPE_LIBRARY: whose expressions these are
    bool forms;                 ///< of a form or policy: the library's functions are known
};

/// An empty scope inside `outer` (may be NULL).
Scope *scope_new(Compilation *compilation, ScopeKind kind, Scope *outer, Source *source);
/// Whether expressions of `scope` belong to the library, or to a construct, form or rule of a user.
bool scope_is_library(const Scope *scope);
/// The symbol `name` in this scope alone, or NULL.
Symbol *scope_find_here(const Scope *scope, const Name *name);
/// The symbol `name` in this scope or an outer one, imports not yet followed; or NULL.
Symbol *scope_find(const Scope *scope, const Name *name);
/// Offers the names of this scope alone (those of types too, if `types`) to `similar`, as long as
/// the compilation's budget for it (SIMILAR_MAX_OFFERS) lasts.
void scope_offer(Compilation *compilation, const Scope *scope, bool types, Similar *similar);
/// Reports that `node` declares a name that `first` has declared.
void scope_report_duplicate(Compilation *compilation, const Node *node, const Node *first);
/// Adds a symbol; the caller has made sure that the name is free.
Symbol *scope_add(Compilation *compilation, Scope *scope, SymbolKind kind, const Name *name,
                  Node *node);
/// Follows imports to what they stand for; NULL if that is broken (and reported).
Symbol *symbol_target(Symbol *symbol);

/// Declares what the members of `list` declare: `let`s and the like in `scope`, resources in
/// `owner` (the file or the block of the container, so that they are visible outside of loops
/// and branches). Reports duplicates and names that cannot be used.
void scope_declare(Compilation *compilation, Scope *scope, Scope *owner, Node *list,
                   const Branch *branch);

/// The scope of the variables of a loop or comprehension; kept in `header->bound`.
Scope *scope_for_header(Compilation *compilation, Scope *outer, Node *header);

/// The file scope of `source`, made (with its imports read) on first use.
Scope *scope_of_file(Compilation *compilation, Source *source);

#endif
