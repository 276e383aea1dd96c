/// Which names of enumerations before their members say nothing: that is known once the file is
/// checked, with its project and what it imports.
#include "formatting.h"

#include <string.h>

bool format_has_qualifiers(const Source *source) {
    const Token *tokens = source->tokens;
    for (uint32_t index = 0; index + 2 < source->token_count; index++) {
        if (tokens[index].kind == TOK_NAME && tokens[index + 1].kind == TOK_DOT &&
            g_ascii_isupper(source->text[tokens[index].start]) &&
            (index == 0 || tokens[index - 1].kind != TOK_DOT)) {
            return true;
        }
    }
    return false;
}

const Source *format_read_checked(Session *session, const Invocation *invocation,
                                  const Source *source, FileReader reader, void *reader_data) {
    char *paths[] = {(char *)source->path, NULL};
    Invocation own = *invocation;
    own.options = (Options){.arguments = paths};
    bool whole = false;
    if (!session_prepare(session, &own, reader, reader_data, &whole)) {
        return NULL;
    }
    Compilation *compilation = session->compilation;
    const Source *checked = compilation_add_file(compilation, source->path, NO_SPAN);
    if (checked == NULL || checked->length != source->length ||
        memcmp(checked->text, source->text, source->length) != 0) {
        return NULL; // it has just been changed
    }
    compilation_check_names(compilation);
    return diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) == 0 ? checked : NULL;
}
