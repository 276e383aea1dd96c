#include "cfn/json.h"

#include "number.h"

Json json_new(size_t expected) {
    Json json = {NULL, 0, expected + 64};
    json.text = g_malloc(json.capacity);
    return json;
}

char *json_finish(Json *json, size_t *length) {
    json_raw(json, "\n", 2);
    *length = json->length - 1;
    char *text = json->text;
    *json = (Json){NULL, 0, 0};
    return text;
}

void json_grow(Json *json, size_t more) {
    size_t capacity = json->capacity;
    while (capacity - json->length < more) {
        capacity += capacity / 2 + 64;
    }
    json->text = g_realloc(json->text, capacity);
    json->capacity = capacity;
}

/// What follows the backslash for bytes that must be escaped; `u` stands for the six-byte form.
static const char ESCAPES[256] = {
    ['\b'] = 'b',  ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"',
    ['\\'] = '\\', [0x00] = 'u', [0x01] = 'u', [0x02] = 'u', [0x03] = 'u', [0x04] = 'u',
    [0x05] = 'u',  [0x06] = 'u', [0x07] = 'u', [0x0b] = 'u', [0x0e] = 'u', [0x0f] = 'u',
    [0x10] = 'u',  [0x11] = 'u', [0x12] = 'u', [0x13] = 'u', [0x14] = 'u', [0x15] = 'u',
    [0x16] = 'u',  [0x17] = 'u', [0x18] = 'u', [0x19] = 'u', [0x1a] = 'u', [0x1b] = 'u',
    [0x1c] = 'u',  [0x1d] = 'u', [0x1e] = 'u', [0x1f] = 'u',
};

/// Whether one of the eight bytes of `word` must be escaped: below 0x20, a quote or a backslash.
/// Bytes above 0x7f are never taken for one.
static inline bool word_needs_escape(uint64_t word) {
    const uint64_t ones = 0x0101010101010101U;
    const uint64_t high = 0x8080808080808080U;
    const uint64_t quote = word ^ (ones * '"');
    const uint64_t slash = word ^ (ones * '\\');
    const uint64_t low = (word - ones * 0x20) & ~word;
    return ((low | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & high) != 0;
}

/// Writes the escape for `byte`, whose row in the table is `escape`, and returns the new end.
static char *put_escape(char *out, unsigned char byte, char escape) {
    static const char HEX[] = "0123456789abcdef";
    *out++ = '\\';
    *out++ = escape;
    if (escape == 'u') {
        *out++ = '0';
        *out++ = '0';
        *out++ = HEX[byte >> 4];
        *out++ = HEX[byte & 15];
    }
    return out;
}

void json_escaped(Json *json, const char *text, size_t length) {
    json_reserve(json, length * 6 + 8);
    char *out = json->text + json->length;
    const char *end = text + length;
    while (end - text >= 8) {
        uint64_t word = 0;
        memcpy(&word, text, 8);
        if (word_needs_escape(word)) {
            for (int i = 0; i < 8; i++, text++) {
                const char escape = ESCAPES[(unsigned char)*text];
                if (escape) {
                    out = put_escape(out, (unsigned char)*text, escape);
                } else {
                    *out++ = *text;
                }
            }
            continue;
        }
        memcpy(out, &word, 8);
        out += 8;
        text += 8;
    }
    for (; text < end; text++) {
        const char escape = ESCAPES[(unsigned char)*text];
        if (escape) {
            out = put_escape(out, (unsigned char)*text, escape);
        } else {
            *out++ = *text;
        }
    }
    json->length = (size_t)(out - json->text);
}

void json_string(Json *json, const char *text, size_t length) {
    json_literal(json, "\"");
    json_escaped(json, text, length);
    json_literal(json, "\"");
}

void json_int(Json *json, int64_t value) {
    json_reserve(json, NUMBER_MAX);
    json->length += number_from_int(value, json->text + json->length);
}

void json_double(Json *json, double value) {
    json_reserve(json, NUMBER_MAX);
    json->length += number_from_double(value, json->text + json->length);
}
