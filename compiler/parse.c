#include "mistakes.h"

#include <glib.h>

static void names_prepare(Parser *parser) {
    Names *names = parser->compilation->names;
    parser->this_name = names_of(names, "this");
    parser->const_name = names_of(names, "const");
    parser->of_name = names_of(names, "of");
}

void parse_source(Compilation *compilation, Source *source) {
    Parser *parser = g_new0(Parser, 1);
    parser->compilation = compilation;
    parser->source = source;
    parser->arena = compilation->arena;
    parser->text = source->text;
    names_prepare(parser);
    if (!mistake_in_file(parser)) {
        feed_begin(parser);
        depot_parse(parser);
        literal_check_lowest(parser);
    }
    source->tree = build_node(parser, NODE_FILE, 0, source->length);
    source->tree->a = parser->declarations.first;
    g_free(parser);
}
