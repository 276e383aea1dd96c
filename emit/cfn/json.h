/// JSON text, written straight into a growing buffer. Templates reach megabytes, so the parts that
/// run per byte or per member are inline.
#ifndef DEPOT_EMIT_CFN_JSON_H
#define DEPOT_EMIT_CFN_JSON_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Json {
    char *text; ///< g_malloc'ed; `json_finish` hands it over
    size_t length;
    size_t capacity;
} Json;

/// An empty buffer with room for about `expected` bytes.
Json json_new(size_t expected);
/// Ends the text with a newline and a NUL (which is not counted) and hands it over; the caller owns
/// it (g_free). The buffer must not be used again.
char *json_finish(Json *json, size_t *length);
/// Makes room for `more` bytes where `json_reserve` found none.
void json_grow(Json *json, size_t more);

/// Writes the `length` bytes at `text` (UTF-8) as the inside of a string, without quotes.
void json_escaped(Json *json, const char *text, size_t length);
/// The same with quotes.
void json_string(Json *json, const char *text, size_t length);
/// A number.
void json_int(Json *json, int64_t value);
void json_double(Json *json, double value);

/// Room for `more` bytes.
static inline void json_reserve(Json *json, size_t more) {
    if (json->capacity - json->length < more) {
        json_grow(json, more);
    }
}

/// Bytes as they are.
static inline void json_raw(Json *json, const char *text, size_t length) {
    json_reserve(json, length);
    memcpy(json->text + json->length, text, length);
    json->length += length;
}

/// A string literal as it is.
#define json_literal(json, literal) json_raw((json), (literal), sizeof(literal) - 1)

/// A new line, indented by `depth` steps of two spaces.
static inline void json_line(Json *json, unsigned depth) {
    const size_t indent = (size_t)depth * 2;
    json_reserve(json, indent + 1);
    json->text[json->length++] = '\n';
    memset(json->text + json->length, ' ', indent);
    json->length += indent;
}

/// What stands before a member or an element: a comma unless it is the first, and a new line.
/// `*first` becomes false.
static inline void json_next(Json *json, unsigned depth, bool *first) {
    if (!*first) {
        json_literal(json, ",");
    }
    *first = false;
    json_line(json, depth);
}

/// The name of a member, with its colon.
static inline void json_key(Json *json, const char *name, size_t length) {
    json_string(json, name, length);
    json_literal(json, ": ");
}

/// Closes an object or a list that began at `depth`; an empty one stays on its line.
static inline void json_close(Json *json, unsigned depth, bool empty, char bracket) {
    if (!empty) {
        json_line(json, depth);
    }
    json_raw(json, &bracket, 1);
}

#endif
