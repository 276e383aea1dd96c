/// Positions of the protocol: a line and a number of code units in it, both from 0. The unit is
/// what client and server agreed on. Everything else deals in byte offsets.
#ifndef DEPOT_LSP_POSITIONS_H
#define DEPOT_LSP_POSITIONS_H

#include "compilation.h"

#include <stdbool.h>
#include <stddef.h>

struct cJSON;

typedef enum Encoding { ENCODING_UTF16, ENCODING_UTF8, ENCODING_UTF32, ENCODING_COUNT } Encoding;

/// "utf-16" and so on.
const char *encoding_name(Encoding encoding);

typedef struct LinePlace {
    uint32_t line;
    uint32_t character;
} LinePlace;

/// The position in a JSON object; false if it is none.
bool position_read(const struct cJSON *json, LinePlace *place);
/// Start and end of a range in a JSON object; false if it is none. They may be the wrong way round.
bool range_read(const struct cJSON *json, LinePlace *start, LinePlace *end);

/// The byte offset of a position in a text. What is behind the end of a line stands at its end
/// (before the line end), what is behind the last line at the end of the text; inside a character
/// before it. Line ends are LF, CR LF and CR; a byte order mark takes no place.
size_t position_offset(const char *text, size_t length, LinePlace place, Encoding encoding);

/// The position of a byte offset in a source.
LinePlace position_of(Compilation *compilation, Source *source, uint32_t offset, Encoding encoding);
/// Positions and ranges as JSON.
struct cJSON *position_json(LinePlace place);
struct cJSON *range_json(Compilation *compilation, Span span, Encoding encoding);
/// The range of all of a text.
struct cJSON *range_of_text(const char *text, size_t length, Encoding encoding);

#endif
