#include "documents.h"

#include <string.h>

struct Documents {
    GHashTable *by_uri;  ///< URI → Document, which it owns
    GHashTable *by_path; ///< canonical path → Document
};

char *documents_canonical(const char *path) {
    g_autofree char *full = g_canonicalize_filename(path, NULL);
    char *real = files_real(NULL, full);
    if (real != NULL) {
        return real;
    }
    // What does not exist lies in the folder that does.
    g_autofree char *folder = g_path_get_dirname(full);
    g_autofree char *name = g_path_get_basename(full);
    g_autofree char *real_folder = files_real(NULL, folder);
    return real_folder != NULL ? g_build_filename(real_folder, name, NULL) : g_strdup(full);
}

// Documents

static void free_document(void *data) {
    Document *document = data;
    g_free(document->uri);
    g_free(document->path);
    g_string_free(document->text, TRUE);
    if (document->semantic != NULL) {
        g_array_unref(document->semantic);
    }
    g_free(document);
}

Documents *documents_new(void) {
    Documents *documents = g_new0(Documents, 1);
    documents->by_uri = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_document);
    documents->by_path = g_hash_table_new(g_str_hash, g_str_equal);
    return documents;
}

void documents_free(Documents *documents) {
    g_hash_table_destroy(documents->by_path);
    g_hash_table_destroy(documents->by_uri);
    g_free(documents);
}

/// The canonical path that a URI stands for, for the caller to free; NULL if it is no file's.
static char *path_of_uri(const char *uri) {
    g_autofree char *path = g_filename_from_uri(uri, NULL, NULL);
    return path != NULL ? documents_canonical(path) : NULL;
}

Document *documents_find(const Documents *documents, const char *uri) {
    Document *document = g_hash_table_lookup(documents->by_uri, uri);
    if (document == NULL) {
        g_autofree char *path = path_of_uri(uri);
        document = path != NULL ? documents_at(documents, path) : NULL;
    }
    return document;
}

Document *documents_at(const Documents *documents, const char *path) {
    return g_hash_table_lookup(documents->by_path, path);
}

Document *documents_open(Documents *documents, const char *uri, const char *text, int64_t version) {
    Document *document = documents_find(documents, uri);
    if (document != NULL) {
        documents_close(documents, document);
    }
    document = g_new0(Document, 1);
    document->uri = g_strdup(uri);
    document->path = path_of_uri(uri);
    document->text = g_string_new(text);
    document->version = version;
    g_hash_table_insert(documents->by_uri, document->uri, document);
    if (document->path != NULL) {
        g_hash_table_insert(documents->by_path, document->path, document);
    }
    return document;
}

void documents_close(Documents *documents, Document *document) {
    if (document->path != NULL) {
        g_hash_table_remove(documents->by_path, document->path);
    }
    g_hash_table_remove(documents->by_uri, document->uri);
}

static int by_uri(const void *left, const void *right) {
    const Document *one = *(Document *const *)left;
    const Document *other = *(Document *const *)right;
    return strcmp(one->uri, other->uri);
}

GPtrArray *documents_all(const Documents *documents) {
    GPtrArray *all = g_ptr_array_new();
    GHashTableIter iterator;
    void *document = NULL;
    g_hash_table_iter_init(&iterator, documents->by_uri);
    while (g_hash_table_iter_next(&iterator, NULL, &document)) {
        g_ptr_array_add(all, document);
    }
    g_ptr_array_sort(all, by_uri);
    return all;
}

// Changes

void document_replace(Document *document, LinePlace start, LinePlace end, Encoding encoding,
                      const char *text) {
    GString *old = document->text;
    const size_t from = position_offset(old->str, old->len, start, encoding);
    const size_t to = position_offset(old->str, old->len, end, encoding);
    g_string_erase(old, (gssize)MIN(from, to), (gssize)(MAX(from, to) - MIN(from, to)));
    g_string_insert(old, (gssize)MIN(from, to), text);
}

void document_set(Document *document, const char *text) {
    g_string_assign(document->text, text);
}
