#include "cli.h"

#include <string.h>
#include <unistd.h>

/// The folder of the running program, for the caller to free; NULL where the system does not say.
static char *program_folder(void) {
    char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        return NULL;
    }
    path[length] = '\0';
    return g_path_get_dirname(path);
}

/// `folder` as a URI with "/" at its end, if it is there.
static char *uri_of_folder(const char *folder) {
    g_autofree char *plain = g_canonicalize_filename(folder, "/");
    g_autofree char *uri =
        g_file_test(plain, G_FILE_TEST_IS_DIR) ? g_filename_to_uri(plain, NULL, NULL) : NULL;
    return uri != NULL ? g_strconcat(uri, "/", NULL) : NULL;
}

static char *with_slash(const char *uri) {
    return g_strconcat(uri, g_str_has_suffix(uri, "/") ? "" : "/", NULL);
}

/// Whether `uri` can stand in a terminal's escape sequence and in every report.
static bool is_uri(const char *uri) {
    g_autofree char *scheme = g_uri_parse_scheme(uri);
    for (const char *at = uri; *at != '\0'; at++) {
        if (*at <= ' ' || *at >= 0x7F || strchr("\"<>\\^`{|}", *at) != NULL) {
            return false;
        }
    }
    return scheme != NULL;
}

char *links_pages(void) {
    const char *chosen = g_getenv("DEPOTC_PAGES");
    if (chosen != NULL && *chosen != '\0') {
        return is_uri(chosen) ? with_slash(chosen) : NULL;
    }
    if (*DEPOTC_PAGES != '\0') {
        return with_slash(DEPOTC_PAGES);
    }
    g_autofree char *folder = program_folder();
    if (folder == NULL) {
        return NULL;
    }
    g_autofree char *installed = g_build_filename(folder, DEPOTC_DOCUMENTS, "diagnostics", NULL);
    char *uri = uri_of_folder(installed);
    return uri != NULL ? uri : uri_of_folder(DEPOTC_SOURCE_DOCUMENTS "/diagnostics");
}
