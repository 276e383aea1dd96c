/// Completion of words that no scope has: decorators, paths of imports, and names that are
/// imported.
#include "offer.h"

#include "check.h"
#include "json_text.h"

#include <string.h>

void offer_decorators(Offer *offer) {
    const char *name = NULL;
    const char *usage = NULL;
    for (size_t i = 0; (name = decorator_at(i, &usage)) != NULL; i++) {
        const bool called = strchr(usage, '(') != NULL;
        cJSON *item = called ? offer_add_call(offer, name, ITEM_FUNCTION, '0')
                             : offer_add(offer, name, ITEM_FUNCTION, '0', NULL);
        if (item != NULL) {
            json_put_text(item, "detail", usage);
        }
        offer_mark_snippet(offer, item);
    }
}

// Paths

/// The text behind `from` that the place stands in, quotes included, perhaps not closed yet.
static bool find_path_text(const Offer *offer, Span *text) {
    const Source *source = offer->spot->source;
    const uint32_t offset = offer->spot->offset;
    uint32_t index = source_token_at(source, offset);
    const uint32_t behind = index;
    while (index > 0 && source->tokens[index].kind != TOK_STRING_BEGIN &&
           (index == behind || (source->tokens[index].kind != TOK_STRING &&
                                token_class(source->tokens[index].kind) == CLASS_LITERAL))) {
        index--;
    }
    const Token *token = &source->tokens[index];
    const bool whole = token->kind == TOK_STRING;
    if (index == 0 || token[-1].kind != TOK_FROM || token->start >= offset ||
        (!whole && token->kind != TOK_STRING_BEGIN)) {
        return false;
    }
    while (!whole && token->kind != TOK_STRING_END) {
        token++;
    }
    *text = (Span){source->id, source->tokens[index].start, token->end};
    return whole ? offset < text->end : offset <= text->end;
}

/// Adds what the folder has: folders, and programs other than this one.
static void add_files(Offer *offer, const char *folder, const char *prefix) {
    const FileSystem *files = &offer->spot->analysis->files;
    int cause = 0;
    g_autoptr(GPtrArray) names = files_list(files, folder, &cause);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(folder, name, NULL);
        const bool is_folder = files_kind(files, path) == FILE_FOLDER;
        const bool program =
            g_str_has_suffix(name, ".depot") && strcmp(path, offer->spot->document->path) != 0;
        if (*name == '.' || strcmp(name, "node_modules") == 0 || (!is_folder && !program)) {
            continue;
        }
        g_autofree char *label = g_strconcat(name, is_folder ? "/" : "", NULL);
        g_autofree char *text = g_strconcat(prefix, label, NULL);
        cJSON *item = offer_add(offer, label, is_folder ? ITEM_FOLDER : ITEM_FILE,
                                is_folder ? '1' : '0', text);
        if (item != NULL) {
            json_put_text(item, "filterText", text);
        }
    }
}

static void add_paths(Offer *offer, Span span) {
    const Source *source = offer->spot->source;
    const char *text = source->text + span.start + 1;
    const size_t length = offer->spot->offset - span.start - 1;
    const char *slash = g_strrstr_len(text, (gssize)length, "/");
    const size_t folder_length = slash != NULL ? (size_t)(slash - text) + 1 : 0;
    g_autofree char *written = g_strndup(text, folder_length);
    g_autofree char *home = g_path_get_dirname(offer->spot->document->path);
    g_autofree char *folder = g_canonicalize_filename(written, home);
    const bool closed =
        span.end - span.start > 1 && source->text[span.end - 1] == source->text[span.start];
    offer->place.word = (Span){source->id, span.start + 1 + (uint32_t)folder_length,
                               MAX(span.end - closed, offer->spot->offset)};
    add_files(offer, folder, folder_length == 0 ? "./" : "");
    if (folder_length == 0 || g_str_has_suffix(written, "../")) {
        offer_add(offer, "../", ITEM_FOLDER, '2', NULL);
    }
}

// Names

/// The import whose list of names the place stands in, or NULL.
static const Node *import_around(const Offer *offer) {
    const Spot *spot = offer->spot;
    size_t commas = 0;
    const Token *brace = query_bracket(spot->source, spot->offset, &commas);
    for (const Node *node = spot->source->tree->a; node != NULL; node = node->next) {
        if (brace != NULL && node->kind == NODE_IMPORT && node->start < brace->start &&
            brace->start < node->end && node->b != NULL && node->b->kind == NODE_STRING) {
            return node;
        }
    }
    return NULL;
}

static void add_names_of(Offer *offer, const Node *import) {
    const Spot *spot = offer->spot;
    g_autofree char *file = spot_path(spot, import->b);
    g_autofree char *path = documents_canonical(file);
    const Source *source = analysis_source(spot->analysis, path);
    const Scope *scope = source != NULL && source->tree != NULL ? source->tree->bound : NULL;
    for (const Symbol *symbol = scope != NULL ? scope->first : NULL; symbol != NULL;
         symbol = symbol->next) {
        bool imported = symbol->kind == SYMBOL_IMPORT || symbol->kind == SYMBOL_FILE;
        for (const Node *name = import->a; name != NULL; name = name->next) {
            const bool here = name->start <= spot->offset && spot->offset <= name->end;
            imported = imported || (!here && name->name == symbol->name);
        }
        if (!imported) {
            const Entity entity = {.symbol = symbol,
                                   .type = query_symbol_type(spot->compilation, symbol),
                                   .node = symbol->node};
            offer_document(offer, offer_add(offer, symbol->name->text, ITEM_REFERENCE, '0', NULL),
                           &entity);
        }
    }
}

bool offer_imports(Offer *offer) {
    Span text = NO_SPAN;
    if (find_path_text(offer, &text)) {
        add_paths(offer, text);
        return true;
    }
    const Node *import = import_around(offer);
    if (import != NULL) {
        add_names_of(offer, import);
    }
    return import != NULL;
}
