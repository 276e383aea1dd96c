// Which `#` of a YAML file begins a comment: libyaml knows, and keeps the comments to itself.
#include "suppressions.h"

#include <glib.h>
#include <yaml.h>

bool suppressions_yaml_comment(const Source *source, uint32_t offset) {
    const char *text = source->text;
    // libyaml counts characters, without the byte order mark.
    const uint32_t begin = g_str_has_prefix(text, "\xEF\xBB\xBF") ? 3 : 0;
    const size_t place = (size_t)g_utf8_strlen(text + begin, (gssize)(offset - begin));
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return false;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, source->length);
    bool comment = true;
    for (bool more = true; more;) {
        yaml_token_t token;
        if (!yaml_parser_scan(&parser, &token)) {
            break; // what is wrong is reported when the file is read
        }
        comment = comment && (token.type != YAML_SCALAR_TOKEN || token.start_mark.index > place ||
                              token.end_mark.index <= place);
        more = token.type != YAML_STREAM_END_TOKEN && token.start_mark.index <= place;
        yaml_token_delete(&token);
    }
    yaml_parser_delete(&parser);
    return comment;
}
