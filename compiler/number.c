#include "number.h"

#include <glib.h>
#include <math.h>
#include <string.h>

size_t number_from_int(int64_t value, char out[NUMBER_MAX]) {
    char digits[NUMBER_MAX];
    size_t count = 0;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    size_t length = 0;
    if (value < 0) {
        out[length++] = '-';
    }
    while (count > 0) {
        out[length++] = digits[--count];
    }
    out[length] = '\0';
    return length;
}

/// The fewest significant digits (no point, no trailing zero) that read back as `value`, which is
/// finite and above zero. `*point` is where the decimal point stands: value = 0.DIGITS * 10^point.
static size_t shortest_digits(double value, char digits[NUMBER_MAX], int *point) {
    char text[NUMBER_MAX] = "";
    // Every double but the tiniest has 15 good digits, of which trailing zeros are cut.
    for (int precision = value < 1e-290 ? 1 : 15; precision <= 17; precision++) {
        char format[NUMBER_MAX];
        g_snprintf(format, sizeof format, "%%.%de", precision - 1);
        g_ascii_formatd(text, sizeof text, format, value);
        if (g_ascii_strtod(text, NULL) == value) {
            break;
        }
    }
    const char *exponent = strchr(text, 'e');
    size_t count = 0;
    for (const char *at = text; at < exponent; at++) {
        if (g_ascii_isdigit(*at)) {
            digits[count++] = *at;
        }
    }
    while (count > 1 && digits[count - 1] == '0') {
        count--;
    }
    *point = (int)g_ascii_strtoll(exponent + 1, NULL, 10) + 1;
    return count;
}

/// Appends `length` bytes and returns the new end.
static size_t put(char *out, size_t at, const char *text, size_t length) {
    memcpy(out + at, text, length);
    return at + length;
}

static size_t put_zeros(char *out, size_t at, int count) {
    for (int i = 0; i < count; i++) {
        out[at++] = '0';
    }
    return at;
}

/// `d.ddde+x` for numbers too large or too small to be written out.
static size_t put_scientific(char *out, size_t at, const char *digits, size_t count, int point) {
    out[at++] = digits[0];
    if (count > 1) {
        out[at++] = '.';
        at = put(out, at, digits + 1, count - 1);
    }
    out[at++] = 'e';
    out[at++] = point > 0 ? '+' : '-';
    char exponent[NUMBER_MAX];
    const size_t length = number_from_int(point > 0 ? point - 1 : 1 - point, exponent);
    return put(out, at, exponent, length);
}

size_t number_from_double(double value, char out[NUMBER_MAX]) {
    if (!isfinite(value)) {
        memcpy(out, "null", 5);
        return 4;
    }
    if (fabs(value) < 1e15 && value == floor(value)) {
        return number_from_int((int64_t)value, out);
    }
    size_t at = 0;
    if (value < 0) {
        out[at++] = '-';
    }
    char digits[NUMBER_MAX] = "";
    int point = 0;
    const size_t count = shortest_digits(fabs(value), digits, &point);
    if (point > 21 || point < -5) {
        at = put_scientific(out, at, digits, count, point);
    } else if (point <= 0) {
        at = put(out, at, "0.", 2);
        at = put_zeros(out, at, -point);
        at = put(out, at, digits, count);
    } else if ((size_t)point >= count) {
        at = put(out, at, digits, count);
        at = put_zeros(out, at, point - (int)count);
    } else {
        at = put(out, at, digits, (size_t)point);
        out[at++] = '.';
        at = put(out, at, digits + point, count - (size_t)point);
    }
    out[at] = '\0';
    return at;
}
