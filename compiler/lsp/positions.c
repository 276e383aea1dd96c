#include "positions.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <string.h>

const char *encoding_name(Encoding encoding) {
    static const char *const names[] = {"utf-16", "utf-8", "utf-32"};
    return names[encoding];
}

// From JSON

static bool read_number(const cJSON *object, const char *name, uint32_t *number) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0)) {
        return false;
    }
    *number = item->valuedouble < UINT32_MAX ? (uint32_t)item->valuedouble : UINT32_MAX;
    return true;
}

bool position_read(const cJSON *json, LinePlace *place) {
    return read_number(json, "line", &place->line) &&
           read_number(json, "character", &place->character);
}

bool range_read(const cJSON *json, LinePlace *start, LinePlace *end) {
    return position_read(cJSON_GetObjectItemCaseSensitive(json, "start"), start) &&
           position_read(cJSON_GetObjectItemCaseSensitive(json, "end"), end);
}

// Offsets of positions

/// Where the text begins, behind a byte order mark.
static size_t text_begin(const char *text, size_t length) {
    return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/// Where the line begins that the one with the byte at `offset` is followed by; SIZE_MAX: nowhere.
static size_t next_line(const char *text, size_t length, size_t offset) {
    while (offset < length && text[offset] != '\n' && text[offset] != '\r') {
        offset++;
    }
    if (offset == length) {
        return SIZE_MAX;
    }
    const bool two = text[offset] == '\r' && offset + 1 < length && text[offset + 1] == '\n';
    return offset + (two ? 2 : 1);
}

/// The bytes of the character at `text`; a byte that is no UTF-8 is one by itself.
static size_t character_bytes(const char *text, size_t length) {
    const gunichar character = g_utf8_get_char_validated(text, (gssize)length);
    const bool valid = character != (gunichar)-1 && character != (gunichar)-2;
    return valid ? (size_t)g_utf8_skip[(unsigned char)*text] : 1;
}

/// How many code units a character of so many bytes has.
static uint32_t code_units(size_t bytes, Encoding encoding) {
    if (encoding == ENCODING_UTF8) {
        return (uint32_t)bytes;
    }
    return encoding == ENCODING_UTF16 && bytes == 4 ? 2 : 1;
}

size_t position_offset(const char *text, size_t length, LinePlace place, Encoding encoding) {
    size_t offset = text_begin(text, length);
    for (uint32_t line = 0; line < place.line; line++) {
        offset = next_line(text, length, offset);
        if (offset == SIZE_MAX) {
            return length;
        }
    }
    uint32_t units = 0;
    while (offset < length && text[offset] != '\n' && text[offset] != '\r') {
        const size_t bytes = character_bytes(text + offset, length - offset);
        units += code_units(bytes, encoding);
        if (units > place.character) {
            break;
        }
        offset += bytes;
    }
    return offset;
}

// Positions of offsets

LinePlace position_of(Compilation *compilation, Source *source, uint32_t offset,
                      Encoding encoding) {
    const Position position = source_position(source, offset, compilation->arena);
    LinePlace place = {position.line - 1, position.utf16};
    if (encoding == ENCODING_UTF32) {
        place.character = position.column - 1;
    } else if (encoding == ENCODING_UTF8) {
        size_t length = 0;
        const char *line = source_line(source, position.line, &length, compilation->arena);
        const size_t begin = (size_t)(line - source->text);
        const size_t inside = offset > begin ? offset - begin : 0;
        place.character = (uint32_t)MIN(inside, length);
    }
    return place;
}

cJSON *position_json(LinePlace place) {
    cJSON *json = cJSON_CreateObject();
    cJSON_AddNumberToObject(json, "line", place.line);
    cJSON_AddNumberToObject(json, "character", place.character);
    return json;
}

static cJSON *make_range(LinePlace start, LinePlace end) {
    cJSON *json = cJSON_CreateObject();
    cJSON_AddItemToObject(json, "start", position_json(start));
    cJSON_AddItemToObject(json, "end", position_json(end));
    return json;
}

cJSON *range_json(Compilation *compilation, Span span, Encoding encoding) {
    Source *source = compilation_source(compilation, span.file);
    if (source == NULL) {
        return make_range((LinePlace){0, 0}, (LinePlace){0, 0});
    }
    return make_range(position_of(compilation, source, span.start, encoding),
                      position_of(compilation, source, span.end, encoding));
}

cJSON *range_of_text(const char *text, size_t length, Encoding encoding) {
    LinePlace end = {0, 0};
    size_t offset = text_begin(text, length);
    for (size_t next = next_line(text, length, offset); next != SIZE_MAX;
         next = next_line(text, length, next)) {
        offset = next;
        end.line++;
    }
    while (offset < length) {
        const size_t bytes = character_bytes(text + offset, length - offset);
        end.character += code_units(bytes, encoding);
        offset += bytes;
    }
    return make_range((LinePlace){0, 0}, end);
}
