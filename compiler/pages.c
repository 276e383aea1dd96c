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

char *page_plain(const char *markdown) {
    GString *out = g_string_new(NULL);
    bool code = false;
    while (*markdown) {
        const size_t length = strcspn(markdown, "\n");
        if (strncmp(markdown, "```", 3) == 0) {
            code = !code;
        } else if (code) {
            g_string_append_printf(out, "%s%.*s\n", length > 0 ? "    " : "", (int)length,
                                   markdown);
        } else {
            const size_t signs = *markdown == '#' ? strspn(markdown, "# ") : 0;
            g_string_append_printf(out, "%.*s\n", (int)(length - signs), markdown + signs);
        }
        markdown += length + (markdown[length] == '\n');
    }
    return g_string_free(out, FALSE);
}
