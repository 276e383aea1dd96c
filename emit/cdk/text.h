/// Text as TypeScript source: nothing that a user wrote can end the literal or comment it stands
/// in, and nothing invisible gets into it.
#ifndef DEPOT_EMIT_CDK_TEXT_H
#define DEPOT_EMIT_CDK_TEXT_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

struct _GString;

/// A string literal with the quotes that prettier prefers: double ones unless there are more of
/// them than single ones inside. In `arena`.
const char *ts_quoted(Arena *arena, const char *text, size_t length);
/// The text as a piece of a template literal, without the backticks. In `arena`.
const char *ts_template_piece(Arena *arena, const char *text, size_t length);
/// The text as the key of an object literal: bare, quoted, or computed where the plain key would
/// mean something else. In `arena`, or `text` itself.
const char *ts_key(Arena *arena, const char *text, size_t length);
/// Whether it is a plain ASCII identifier (reserved words are not looked for).
bool ts_is_identifier(const char *text);
/// The text with everything that may not be in an identifier replaced by `_`. In `arena`, or `text`
/// itself.
const char *ts_identifier(Arena *arena, const char *text);

/// Appends a TSDoc comment with the lines of `doc`, indented by `indent` columns, and a newline.
void ts_comment(struct _GString *out, const char *doc, long indent);

#endif
