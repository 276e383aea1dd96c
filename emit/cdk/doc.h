/// A document printer after Wadler, with the primitives of prettier: text whose line breaks are
/// decided when it is printed. A group stays on its line if it fits, else its lines break.
///
/// Documents are immutable but for what printing notes in groups, live in an arena and may be
/// shared: the alternatives of a conditional group hold the same parts.
#ifndef DEPOT_EMIT_CDK_DOC_H
#define DEPOT_EMIT_CDK_DOC_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

struct _GString;

typedef struct Doc Doc;

/// The width that documents without a limit are printed in.
#define DOC_NO_LIMIT ((long)1 << 40)

/// Text without a line break. Printed as it is; NUL-terminated, not copied. "" may be used for
/// nothing.
Doc *doc_text(Arena *arena, const char *text);
/// A space that may break; nothing that may break; a break; a mark that breaks the groups around.
Doc *doc_line(Arena *arena);
Doc *doc_softline(Arena *arena);
Doc *doc_hardline(Arena *arena);
Doc *doc_break_parent(Arena *arena);

/// One after the other. The array is not copied.
Doc *doc_list(Arena *arena, Doc **items, size_t count);
/// The same for documents written out one by one.
#define doc_concat(arena, ...)                                                                     \
    doc_list_of((arena), (Doc *[]){__VA_ARGS__}, sizeof((Doc *[]){__VA_ARGS__}) / sizeof(Doc *))
/// Copies the array first.
Doc *doc_list_of(Arena *arena, Doc *const *items, size_t count);

/// Lines within are two columns further in.
Doc *doc_indent(Arena *arena, Doc *contents);
/// Breaks all of its own lines or none; all if `broken` or if a hard line is in it.
Doc *doc_group(Arena *arena, Doc *contents, bool broken);
/// A group that is filled in later by `doc_group_fill`, for contents that refer to their group.
Doc *doc_group_empty(Arena *arena);
/// Gives `group` its contents; from then on it is like one made by `doc_group`.
void doc_group_fill(Doc *group, Doc *contents, bool broken);
/// A group with several forms from the flattest to the most broken: the first that fits is taken.
/// Hard lines in it do not break the groups around. The array is not copied.
Doc *doc_conditional_group(Arena *arena, Doc **states, size_t count);
/// Contents and separators by turns: as many on a line as fit. The array is not copied.
Doc *doc_fill(Arena *arena, Doc **parts, size_t count);
/// `broken` if `group` (NULL: the group around) was broken, else `flat`.
Doc *doc_if_break(Arena *arena, Doc *broken, Doc *flat, const Doc *group);
/// Indented if `group` was broken.
Doc *doc_indent_if_break(Arena *arena, Doc *contents, const Doc *group);
/// Marks a document for `doc_is_labelled`: something that its maker wants to know again.
Doc *doc_label(Arena *arena, Doc *contents);

/// Whether it was made by `doc_label`.
bool doc_is_labelled(const Doc *doc);
/// Whether it holds a line that always breaks.
bool doc_will_break(const Doc *doc);
/// Whether `group` was broken when it was printed last.
bool doc_was_broken(const Doc *group);

/// Appends `doc` to `out`, at column `indent` (nothing is written for that), no line wider than
/// `width` where it can be helped.
void doc_print(Doc *doc, long indent, long width, struct _GString *out);

/// The columns that `length` bytes of UTF-8 take.
long doc_text_width(const char *text, size_t length);

#endif
