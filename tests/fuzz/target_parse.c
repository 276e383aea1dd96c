/// Scanning and parsing any bytes: what comes out covers the text, and its report is sound.
#include "target.h"

#include "files_memory.h"
#include "tree.h"

#include <glib.h>

static void judge_tokens(const Source *source) {
    uint32_t end = 0;
    for (uint32_t index = 0; index < source->token_count; ++index) {
        const Token *token = &source->tokens[index];
        target_expect(token->start >= end, "tokens follow each other");
        end = token->start;
        target_expect(end <= source->length, "a token is within its file");
    }
}

static void judge_tree(const Source *source, const Node *node, unsigned depth) {
    target_expect(depth < 100000, "a tree has an end");
    for (; node != NULL; node = node->next) {
        target_expect(node->start <= node->end && node->end <= source->length,
                      "a node is within its file");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(MemoryFiles) files = memory_files_new(data, size, "main.depot");
    const CompilationOptions options = {.files = &files->system};
    Compilation *compilation = compilation_new(&options);
    const Source *source = compilation_add_file(compilation, "main.depot", NO_SPAN);
    if (source != NULL) {
        judge_tokens(source);
        judge_tree(source, source->tree, 0);
    }
    target_judge_report(compilation);
    compilation_free(compilation);
    return 0;
}
