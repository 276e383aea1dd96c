#include "uri.h"

#include <glib.h>

char *uri_of_path(const char *path) {
    // No ":": what stands before the first one would be a scheme.
    g_autofree char *escaped = g_uri_escape_string(path, "/!$&'()*+,;=@", FALSE);
    return g_strconcat(g_path_is_absolute(path) ? "file://" : "", escaped, NULL);
}
