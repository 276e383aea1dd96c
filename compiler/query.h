/// What stands at a place of a program that has been checked, for editors: names and what they
/// mean, where else they are named, and what could be written there. Works in programs with
/// mistakes too, as far as the parser and the checks have understood them.
#ifndef DEPOT_QUERY_H
#define DEPOT_QUERY_H

#include "library.h"
#include "program.h"

/// The nodes around a place, the file first. A place between two nodes belongs to both.
/// The array is the caller's (g_ptr_array_unref), the nodes are not.
struct _GPtrArray *query_path(const Source *source, uint32_t offset);

/// What a name means. At most one of the pointers but `node` and `type` is set; all are NULL for a
/// keyword, a literal and the like.
typedef struct Entity {
    Span span;            ///< of the name at the place
    const Symbol *symbol; ///< imports followed
    const Property *property;
    const Attribute *attribute;
    const Construct *construct;
    const Type *type; ///< of the others; or what a type's name stands for
    const Node *node; ///< its declaration; NULL: it is built in, or a file
} Entity;

/// Finds what the name at `offset` means. False if there is no name, or nobody knows it.
bool query_entity(Compilation *compilation, const Source *source, uint32_t offset, Entity *entity);
/// The places in users' files that name it, its declaration too, by file and place: an array of
/// Span, which the caller frees (g_array_unref).
struct _GArray *query_occurrences(Compilation *compilation, const Entity *entity);
/// The type of an expression as far as names tell it; NULL: they do not.
const Type *query_type(Compilation *compilation, const Node *node);
/// The type of what a symbol (an import too) stands for; NULL: it has none.
const Type *query_symbol_type(Compilation *compilation, const Symbol *symbol);
/// The construct of a NODE_RESOURCE, or the module of a NODE_USE as one; NULL if there is none.
const Construct *query_construct(Compilation *compilation, const Node *node);

typedef enum PlaceKind {
    PLACE_NONE,      ///< nothing is known of it: a comment, a name that is being declared, …
    PLACE_MEMBER,    ///< a member of a file, block or object begins
    PLACE_VALUE,     ///< an expression begins
    PLACE_TYPE,      ///< a type begins; behind `KIND name:` one of the kind's
    PLACE_ATTRIBUTE, ///< behind the dot of an expression
    PLACE_DECORATOR  ///< behind `@`
} PlaceKind;

/// What could be written at a place.
typedef struct Place {
    PlaceKind kind;
    Span word;                  ///< what of it is written already, up to the place; may be empty
    const Node *list;           ///< PLACE_MEMBER: NODE_FILE, NODE_BLOCK or NODE_OBJECT around it
    const Construct *construct; ///< PLACE_MEMBER: whose block it is, or NULL
    const Type *type;     ///< PLACE_MEMBER: of the object; PLACE_VALUE: wanted; PLACE_ATTRIBUTE: of
                          ///< what is before the dot; or NULL
    const Name *resource; ///< PLACE_TYPE: the kind whose types may stand there, or NULL
    const Scope *scope;   ///< whose names are known
} Place;

/// The innermost bracket (`(`, `[`, `{`, `${`) that is open at `offset`, or NULL. `*commas`: how
/// many commas stand between it and the place, those in further brackets left out.
const Token *query_bracket(const Source *source, uint32_t offset, size_t *commas);

/// Whether a property `name` is written in `list` (NODE_BLOCK or NODE_OBJECT).
bool query_has(const Node *list, const Name *name);
/// Whether `property` must be written in `list` (NODE_BLOCK or NODE_OBJECT) and is not. A resource
/// of `construct` (or NULL: an object) has a name without it: that it is declared by.
bool query_lacks(const Construct *construct, const Property *property, const Node *list);

/// Finds out what could be written at `offset`.
Place query_place(Compilation *compilation, const Source *source, uint32_t offset);

#endif
