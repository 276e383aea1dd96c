#include "pages.h"

#include "embedded.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

const char *page_find(const char *code) {
    size_t low = 0;
    size_t high = embedded_page_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = g_ascii_strcasecmp(embedded_pages[middle].code, code);
        if (order == 0) {
            return embedded_pages[middle].text;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

char *page_title(const char *markdown) {
    g_autofree char *line = g_strndup(markdown, strcspn(markdown, "\n"));
    const char *colon = strstr(line, ": ");
    return g_strdup(colon ? colon + 2 : line);
}

const char *page_body(const char *markdown) {
    const char *body = markdown + strcspn(markdown, "\n");
    return body + strspn(body, "\n");
}

char *page_summary(const char *markdown) {
    const char *body = page_body(markdown);
    const char *end = strstr(body, "\n\n");
    char *text = end ? g_strndup(body, (gsize)(end - body)) : g_strdup(body);
    g_strdelimit(text, "\n", ' ');
    return g_strstrip(text);
}

/// Appends a line of Markdown: of `[text](address)` the text, and behind it where the page is that
/// the address leads to, unless it is that of an id.
static void append_line(GString *out, const char *line, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char *rest = line + i;
        const char *middle = *rest == '[' ? g_strstr_len(rest, (gssize)(length - i), "](") : NULL;
        const char *end = middle ? memchr(middle, ')', length - (size_t)(middle - line)) : NULL;
        if (!end) {
            g_string_append_c(out, *rest);
            continue;
        }
        g_string_append_len(out, rest + 1, middle - (rest + 1));
        g_autofree char *address = g_strndup(middle + 2, (gsize)(end - (middle + 2)));
        if (g_str_has_prefix(address, "../")) {
            g_string_append_printf(out, " (docs/%s)", address + 3);
        } else if (*address != 'D') {
            g_string_append_printf(out, " (%s)", address);
        }
        i = (size_t)(end - line);
    }
    g_string_append_c(out, '\n');
}

char *page_plain(const char *markdown, bool colour) {
    GString *out = g_string_new(NULL);
    bool code = false;
    while (*markdown) {
        const size_t length = strcspn(markdown, "\n");
        if (strncmp(markdown, "```", 3) == 0) {
            code = !code;
        } else if (code) {
            g_string_append_printf(out, "%s%.*s\n", length > 0 ? "    " : "", (int)length,
                                   markdown);
        } else if (*markdown == '#') {
            const size_t signs = strspn(markdown, "# ");
            g_string_append_printf(out, "%s%.*s%s\n", colour ? "\033[1m" : "",
                                   (int)(length - signs), markdown + signs,
                                   colour ? "\033[0m" : "");
        } else {
            append_line(out, markdown, length);
        }
        markdown += length + (markdown[length] == '\n');
    }
    return g_string_free(out, FALSE);
}
