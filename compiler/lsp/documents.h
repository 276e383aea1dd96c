/// The documents that are open in the editor. Their texts stand for the files of the same path:
/// `documents_files` is a file system over the disk in which they are there, saved or not.
#ifndef DEPOT_LSP_DOCUMENTS_H
#define DEPOT_LSP_DOCUMENTS_H

#include "files.h"
#include "positions.h"

#include <glib.h>

typedef struct Documents Documents;

typedef struct Document {
    char *uri;     ///< as the client writes it
    char *path;    ///< absolute, behind symbolic links as far as it exists; NULL: it is no file
    GString *text; ///< UTF-8
    int64_t version;
    GArray *semantic;    ///< the semantic tokens that the client was told last (uint32_t), or NULL
    int64_t semantic_id; ///< of these
} Document;

Documents *documents_new(void);
void documents_free(Documents *documents);

/// Opens a document, or replaces one that is open.
Document *documents_open(Documents *documents, const char *uri, const char *text, int64_t version);
/// The open document `uri`, in whatever way the URI is spelled, or NULL.
Document *documents_find(const Documents *documents, const char *uri);
/// The open document of the file at `path` (canonical), or NULL.
Document *documents_at(const Documents *documents, const char *path);
void documents_close(Documents *documents, Document *document);
/// All of them, sorted by URI; the array is the caller's, the documents are not.
GPtrArray *documents_all(const Documents *documents);

/// Replaces the part of the text between two positions.
void document_replace(Document *document, LinePlace start, LinePlace end, Encoding encoding,
                      const char *text);
/// Replaces all of it.
void document_set(Document *document, const char *text);

/// What a compilation asked the file system for.
typedef struct FileTrace {
    GHashTable *paths; ///< canonical paths of files that were read or looked for, folders listed
} FileTrace;

/// The disk with the open documents in it. What is asked for is noted in `trace` (or NULL), which
/// must live as long as `files` is used. Free what it returns in `data` with g_free.
FileSystem documents_files(const Documents *documents, FileTrace *trace);
/// `path` as the keys of documents and traces have it: absolute, behind symbolic links as far as
/// it exists. The caller frees it.
char *documents_canonical(const char *path);

#endif
