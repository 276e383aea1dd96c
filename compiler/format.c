#include "format.h"

#include "edit.h"

#include <arpa/inet.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

bool cidr_parse(const char *text, size_t length, Cidr *cidr) {
    char buffer[64];
    *cidr = (Cidr){0};
    if (length == 0 || length >= sizeof buffer || memchr(text, 0, length)) {
        return false;
    }
    memcpy(buffer, text, length);
    buffer[length] = 0;
    char *slash = strchr(buffer, '/');
    if (slash) {
        *slash = 0;
    }
    cidr->v6 = strchr(buffer, ':') != NULL;
    if (inet_pton(cidr->v6 ? AF_INET6 : AF_INET, buffer, cidr->bytes) != 1) {
        return false;
    }
    unsigned most = cidr->v6 ? 128 : 32;
    cidr->bits = most;
    cidr->has_mask = slash != NULL;
    if (slash) {
        guint64 bits = 0;
        /* No leading zeros, no sign: what AWS takes. */
        if ((slash[1] == '0' && slash[2]) ||
            !g_ascii_string_to_unsigned(slash + 1, 10, 0, most, &bits, NULL)) {
            return false;
        }
        cidr->bits = (unsigned)bits;
    }
    for (unsigned bit = cidr->bits; bit < most; bit++) {
        uint8_t mask = (uint8_t)(0x80U >> (bit % 8));
        cidr->host_bits = cidr->host_bits || (cidr->bytes[bit / 8] & mask);
        cidr->bytes[bit / 8] &= (uint8_t)~mask;
    }
    return true;
}

char *cidr_text(Arena *arena, const Cidr *cidr) {
    char buffer[INET6_ADDRSTRLEN] = "";
    inet_ntop(cidr->v6 ? AF_INET6 : AF_INET, cidr->bytes, buffer, sizeof buffer);
    return arena_printf(arena, "%s/%u", buffer, cidr->bits);
}

bool cidr_contains(const Cidr *outer, const Cidr *inner) {
    if (outer->v6 != inner->v6 || outer->bits > inner->bits) {
        return false;
    }
    for (unsigned bit = 0; bit < outer->bits; bit++) {
        uint8_t mask = (uint8_t)(0x80U >> (bit % 8));
        if ((outer->bytes[bit / 8] ^ inner->bytes[bit / 8]) & mask) {
            return false;
        }
    }
    return true;
}

/// What is wrong with an IPv4 range that cannot be read, ending in "; ", or "" if that cannot be
/// told.
static const char *cidr_fault(const char *text) {
    const char *slash = strchr(text, '/');
    const size_t length = slash ? (size_t)(slash - text) : strlen(text);
    unsigned numbers = 0;
    bool large = false;
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return ""; /* no IPv4 range at all, or nothing that is read as one */
        }
        unsigned long value = 0;
        while (i < length && g_ascii_isdigit(text[i])) {
            value = value < 1000 ? value * 10 + (unsigned long)(text[i] - '0') : value;
            i++;
        }
        large = large || value > 255;
        numbers++;
        if (i < length && text[i] != '.') {
            return "";
        }
    }
    if (!numbers) {
        return "";
    }
    if (numbers != 4) {
        return "an address of IPv4 has four numbers; ";
    }
    if (large) {
        return "a number of an address is at most 255; ";
    }
    return slash && strtoul(slash + 1, NULL, 10) > 32 ? "a mask of IPv4 is at most 32; " : "";
}

static bool check_cidr(Compilation *compilation, const Value *value, Span span) {
    Cidr cidr;
    const char *text = arena_strndup(compilation->arena, value->text, value->length);
    Diagnostics *list = compilation->diagnostics;
    if (!cidr_parse(value->text, value->length, &cidr)) {
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_CIDR_MALFORMED, span, text, NULL);
        const char *why = cidr_fault(text);
        diagnostic_help(list, diagnostic,
                        "%sa range is written like `10.0.0.0/8` or `2001:db8::/32`", why);
        return false;
    }
    const char *mended = cidr_text(compilation->arena, &cidr);
    const Source *source = compilation_source(compilation, span.file);
    /* Only a plain string literal can be mended in place. */
    bool literal = source && span.end - span.start == value->length + 2;
    const char *quoted = arena_printf(compilation->arena, "\"%s\"", mended);
    if (!cidr.has_mask) {
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_CIDR_MASK, span, text, NULL);
        diagnostic_help(list, diagnostic, "a single host is written `%s`", mended);
        if (literal) {
            diagnostic_fix(list, diagnostic, FIX_SAFE, span, quoted, "replace with `%s`", mended);
        }
        return false;
    }
    if (cidr.host_bits) {
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_CIDR_HOST_BITS, span, text, NULL);
        diagnostic_help(list, diagnostic, "the range is `%s`", mended);
        if (literal) {
            diagnostic_fix(list, diagnostic, FIX_MAYBE, span, quoted, "replace with `%s`", mended);
        }
        return false;
    }
    return true;
}

static bool is_semver(const char *text, size_t length) {
    size_t parts = 0, i = 0;
    while (parts < 3) {
        size_t digits = 0;
        bool zero = i < length && text[i] == '0';
        while (i < length && g_ascii_isdigit(text[i])) {
            i++;
            digits++;
        }
        if (!digits || (zero && digits > 1)) {
            return false;
        }
        parts++;
        if (parts < 3) {
            if (i >= length || text[i] != '.') {
                return false;
            }
            i++;
        }
    }
    if (i == length) {
        return true;
    }
    if ((text[i] != '-' && text[i] != '+') || i + 1 == length) {
        return false;
    }
    for (i++; i < length; i++) {
        if (!g_ascii_isalnum(text[i]) && !strchr(".-+", text[i])) {
            return false;
        }
    }
    return true;
}

/// `v1.4.0` for `1.4.0` is certain, `1.4` and `1` for versions of which zeros are left out are not.
static void fix_semver(Compilation *compilation, Diagnostic *diagnostic, const Value *value,
                       Span span) {
    g_autofree char *text = g_strndup(value->text, value->length);
    const char *bare = text + strspn(text, "vV=^~ ");
    g_autofree char *two = g_strconcat(bare, ".0", NULL);
    g_autofree char *one = g_strconcat(bare, ".0.0", NULL);
    const bool sure = bare - text <= 1 && *text != '^' && *text != '~';
    const struct {
        const char *text;
        Applicability how;
    } candidates[] = {{bare, sure ? FIX_SAFE : FIX_MAYBE}, {two, FIX_MAYBE}, {one, FIX_MAYBE}};
    for (size_t i = 0; i < G_N_ELEMENTS(candidates); i++) {
        if (is_semver(candidates[i].text, strlen(candidates[i].text))) {
            edit_offer_text(compilation, diagnostic, candidates[i].how, span, text,
                            candidates[i].text);
            return;
        }
    }
}

bool format_check(Compilation *compilation, const Value *value, const char *format, Span span) {
    if (format && !strcmp(format, "cidr")) {
        return check_cidr(compilation, value, span);
    }
    if (!format || strcmp(format, "semver") != 0 || is_semver(value->text, value->length)) {
        return true;
    }
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_SEMVER, span,
                       arena_strndup(compilation->arena, value->text, value->length), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "a version is written like `1.4.0` or `2.0.0-beta.1`");
    fix_semver(compilation, diagnostic, value, span);
    return false;
}
