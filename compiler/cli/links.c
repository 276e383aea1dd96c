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

/// The pages among the documents in `documents`, a path from `folder`, as a URI with "/" at its
/// end; NULL if they are not there.
static char *pages_in(const char *folder, const char *documents) {
    g_autofree char *path = g_build_filename(folder, documents, "diagnostics", NULL);
    g_autofree char *plain = g_canonicalize_filename(path, "/");
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
    char *installed = pages_in(folder, DEPOTC_DOCUMENTS);
    return installed != NULL ? installed : pages_in(folder, DEPOTC_SOURCE_DOCUMENTS);
}
