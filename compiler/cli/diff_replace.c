/// Which changes have CloudFormation make a resource anew: stdlib/aws/replacements.txt.
#include "comparing.h"
#include "embedded.h"

#include <string.h>

/// The line of `type`, behind its name; NULL: nobody says anything of it. Lines are in the order of
/// their types, so that they are found by halving.
static const char *line_of(const char *type) {
    const char *low = embedded_replacements;
    const char *high = low + strlen(low);
    const size_t length = strlen(type);
    while (low < high) {
        const char *line = low + (high - low) / 2;
        while (line > low && line[-1] != '\n') {
            line--;
        }
        const size_t found = strcspn(line, " \n");
        int order = strncmp(line, type, MIN(found, length));
        if (order == 0) {
            order = found < length ? -1 : found > length ? 1 : 0;
        }
        if (order == 0) {
            return line + found;
        }
        if (order < 0) {
            low = line + strcspn(line, "\n");
            low += *low == '\n';
        } else {
            high = line;
        }
    }
    return NULL;
}

/// Whether `path` of a property is, or lies in, or holds what the table names.
static bool concerns(const char *path, const char *named, size_t length) {
    const size_t own = strcspn(path, "[");
    const size_t both = MIN(own, length);
    return strncmp(path, named, both) == 0 &&
           (path[both] == '\0' || path[both] == '.' || path[both] == '[') &&
           (both == length || named[both] == '.');
}

Replacement replacement_of(const char *type, const char *path) {
    static const char properties[] = "Properties.";
    const char *line = type != NULL ? line_of(type) : NULL;
    if (line == NULL) {
        return REPLACEMENT_UNKNOWN;
    }
    if (!g_str_has_prefix(path, properties)) {
        return REPLACEMENT_NO; // attributes, such as DependsOn
    }
    path += strlen(properties);
    Replacement worst = REPLACEMENT_NO;
    while (*line == ' ') {
        const char *named = line + 1;
        size_t length = strcspn(named, " \n");
        line = named + length;
        const bool maybe = length > 0 && named[length - 1] == '?';
        length -= maybe;
        if (concerns(path, named, length)) {
            worst = MAX(worst, maybe ? REPLACEMENT_MAYBE : REPLACEMENT_YES);
        }
    }
    return worst;
}
