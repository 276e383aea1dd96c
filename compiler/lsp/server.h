/// The language server: its state, and what its parts call. Grouped by source file.
///
/// A message comes from the transport, waits in a queue, and goes through the table of requests
/// (requests.def) to one function. What is known of a document is an `Analysis`: the compilation of
/// the program that the document is part of, made anew when something in it has changed.
#ifndef DEPOT_LSP_SERVER_H
#define DEPOT_LSP_SERVER_H

#include "documents.h"
#include "transport.h"

#include "cli/cli.h"
#include "query.h"

#include <cjson/cJSON.h>

typedef struct Workspace Workspace;
typedef struct Analyses Analyses;

/// Codes of errors, as JSON-RPC and the protocol number them.
typedef enum FaultCode {
    FAULT_NONE = 0,
    FAULT_PARSE = -32700,
    FAULT_INVALID_REQUEST = -32600,
    FAULT_METHOD = -32601,
    FAULT_PARAMETERS = -32602,
    FAULT_NOT_INITIALIZED = -32002,
    FAULT_CANCELLED = -32800,
    FAULT_FAILED = -32803
} FaultCode;

/// Why a request has no result.
typedef struct Fault {
    FaultCode code;
    char *message; ///< owned; NULL with FAULT_NONE
} Fault;

typedef enum ServerState {
    SERVER_NEW,     ///< before `initialize`
    SERVER_RUNNING, ///< after it
    SERVER_SHUT     ///< after `shutdown`
} ServerState;

/// What the client said that it understands.
typedef struct Client {
    bool related;      ///< places related to a diagnostic
    bool tags;         ///< tags of diagnostics
    bool code_pages;   ///< links of codes
    bool data;         ///< data of diagnostics
    bool versions;     ///< versions of published diagnostics
    bool snippets;     ///< texts of completions may have places to fill in
    bool watches;      ///< is told what to watch (dynamic registration)
    bool pulls;        ///< may ask for diagnostics instead of being sent them
    bool pull_refresh; ///< asks again when it is told to
} Client;

struct Server {
    const Invocation *invocation;
    GMainLoop *loop;
    Transport *transport;
    GQueue queue;        ///< of messages to be worked off, `Waiting` of dispatch.c
    size_t queued_bytes; ///< how long they are
    guint worker;        ///< the source that works them off, or 0
    guint refresher;     ///< the source that compiles what has changed, or 0
    guint watcher;       ///< the source that looks for the client, or 0
    ServerState state;
    bool input_ended;
    bool exit_asked; ///< `exit` came
    bool pulling;    ///< the client has asked for diagnostics: those of documents are not sent
    int64_t parent;  ///< process id of the client, or 0
    int64_t next_id; ///< of requests of the server
    int64_t next_semantic_id; ///< of lists of semantic tokens
    Encoding encoding;
    Client client;
    char *pages;     ///< URI of the pages of diagnostics, with "/" at its end; or NULL
    char *stage;     ///< the stage that the client has chosen, or NULL
    char *completed; ///< URI of the document that a completion was asked for last, or NULL
    Documents *documents;
    Workspace *workspace;
    Analyses *analyses;
    GHashTable *published; ///< URI → version and diagnostics as they were sent last
};
typedef struct Server Server;

// server.c

/// Serves the client at standard input and output until it says `exit` or goes away.
ExitCode server_run(const Invocation *invocation);

// dispatch.c

/// Takes a message that was read. It is worked off later, unless it cancels another.
void dispatch_take(Server *server, cJSON *message, size_t length);
/// Answers what is no message.
void dispatch_malformed(Server *server, const char *why);
/// Drops all messages that wait.
void dispatch_clear(Server *server);
/// Sends a notification, or a request whose answer is not looked at; `params` is freed with it.
void server_notify(Server *server, const char *method, cJSON *params);
void server_ask(Server *server, const char *method, cJSON *params);
/// Makes a fault of a code and a sentence. Returns NULL, the result of what failed.
cJSON *fault_set(Fault *fault, FaultCode code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/// The object of all capabilities in the table of requests.
cJSON *dispatch_capabilities(const Server *server);

// workspace.c

Workspace *workspace_new(void);
void workspace_free(Workspace *workspace);
/// Adds and removes a folder of the workspace.
void workspace_add_folder(Workspace *workspace, const char *uri);
void workspace_remove_folder(Workspace *workspace, const char *uri);
/// The folders, canonical paths.
const GPtrArray *workspace_folders(const Workspace *workspace);
/// The files that programs begin with which `path` (canonical) is part of: those that import it,
/// directly or through others, and that no other file imports; else itself. Of files outside of all
/// projects. The caller frees the array (which frees the paths).
GPtrArray *workspace_roots(Workspace *workspace, const Documents *documents, const char *path);
/// The file at `path` has changed on the disk, or a document of it was opened or closed.
void workspace_forget(Workspace *workspace, const char *path);
/// The file at `path` now has the text of `source`: it may import others than before.
void workspace_learn(Workspace *workspace, const FileSystem *files, const Source *source,
                     const char *path);
/// A number that grows whenever files may be part of other programs than before.
unsigned workspace_epoch(const Workspace *workspace);
/// Every program and project file in the folders, canonical paths, sorted. The workspace's.
const GPtrArray *workspace_files(Workspace *workspace, const Documents *documents);

// analysis.c

/// One program and all that is known of it.
typedef struct Analysis {
    char *key;
    Invocation invocation; ///< what `depotc check` would be called with; owns its strings
    FileTrace trace;
    FileSystem files;
    Session session; ///< its compilation, checked, while `loaded`
    bool loaded;
    bool stale;          ///< something that it has asked for changed
    bool wanted;         ///< an open document is part of it, or it was tried for one
    bool silent;         ///< what is wrong with it is not told
    GHashTable *reports; ///< URI → GPtrArray of texts: the diagnostics of that file as JSON
} Analysis;

Analyses *analyses_new(void);
void analyses_free(Analyses *analyses);
/// The program that the file at `path` (canonical) is part of, compiled as things stand.
Analysis *analysis_of(Server *server, const char *path);
/// The source of the file at `path` in it, or NULL.
Source *analysis_source(const Analysis *analysis, const char *path);
/// Says that the file or folder at `path` (canonical) has changed: what has asked for it is
/// compiled anew, soon.
void analyses_touch(Server *server, const char *path);
/// Says that everything may have changed.
void analyses_touch_all(Server *server);
/// Compiles what has changed and is part of an open document, and publishes.
void analyses_refresh(Server *server);
/// All that there are, sorted by key; the array is the caller's, what is in it is not.
GPtrArray *analyses_all(const Analyses *analyses);

// publish.c

/// Makes `analysis->reports` of its diagnostics; files that had some keep an empty list.
void publish_collect(Server *server, Analysis *analysis);
/// Sends the diagnostics of the file `uri`, those of all programs it is part of, if they are
/// others than the last time, or of another version of the document.
void publish_file(Server *server, const char *uri);
/// Asks a client that pulls diagnostics to do so again: something outside of documents has changed.
void publish_refresh(Server *server);
/// One diagnostic as the protocol has it.
cJSON *publish_diagnostic(const Server *server, Compilation *compilation,
                          const Diagnostic *diagnostic);

// uris.c

/// The scheme of documents of the standard library.
#define STDLIB_SCHEME "depot-stdlib"

/// The URI of a source: of its open document as the client writes it, else of its file; of a file
/// of the library `depot-stdlib:///location/….depot`. The caller frees it.
char *uri_of_source(const Server *server, const Source *source);
/// The URI of a path likewise.
char *uri_of_file(const Server *server, const char *path);
/// A place as the protocol's Location.
cJSON *location_json(const Server *server, Compilation *compilation, Span span);

// parameters of requests: params.c

/// The URI in `params.textDocument.uri`, or NULL with a fault.
const char *params_uri(const cJSON *params, Fault *fault);
/// The open document that it names, or NULL with a fault.
Document *params_document(const Server *server, const cJSON *params, Fault *fault);
/// Reads `params.range`. False with a fault.
bool params_range(const cJSON *params, LinePlace *start, LinePlace *end, Fault *fault);

// spot.c

/// The place that a request asks about, in a program that is up to date.
typedef struct Spot {
    const Document *document;
    Analysis *analysis;
    Compilation *compilation;
    Source *source;
    uint32_t offset; ///< in bytes; 0 without a `position`
} Spot;

/// Reads `params.textDocument`, and `params.position` if there is one. False, perhaps with a fault,
/// if it is no place in a program.
bool params_spot(Server *server, const cJSON *params, Spot *spot, Fault *fault);
/// The same with `params.range`, in bytes of the source.
bool params_selection(Server *server, const cJSON *params, Spot *spot, Span *selection,
                      Fault *fault);
/// The absolute path that a NODE_STRING of the document names from its folder. The caller frees it.
char *spot_path(const Spot *spot, const Node *string);

// describe.c

/// What is known of a name, as Markdown: its declaration, its documentation, and where that comes
/// from. The caller frees it.
char *describe_entity(Compilation *compilation, const Entity *entity);
/// The value of a constant or parameter of a file as people write it, in the arena; NULL: it is
/// something else, or nobody can tell while there are errors. `symbol` may be NULL.
const char *describe_value(Compilation *compilation, const Symbol *symbol);

// edits.c

/// One edit before the others in `next` (or NULL), in the arena.
DiagnosticEdit *edit_before(Compilation *compilation, Span span, const char *text,
                            DiagnosticEdit *next);
/// What is written instead of the name at `place` so that it means `text`, in the arena: `{ size }`
/// is short for `size: size`, and stays a `size`.
const char *edit_of_name(Compilation *compilation, Span place, const char *text);
/// A list of edits (through `next`) as the protocol's WorkspaceEdit.
cJSON *workspace_edit_json(const Server *server, Compilation *compilation,
                           const DiagnosticEdit *edits);

/// Whether the client wants actions of this kind: `context.only` of a request for them has it, or
/// what it is part of.
bool action_is_asked(const cJSON *params, const char *kind);

// refactor.c

/// Adds to `list` the actions beside the fixes for what is selected, as far as they are asked for.
void refactor_actions(const Server *server, const Spot *spot, const cJSON *params, Span selection,
                      cJSON *list);

// The functions of the table

typedef cJSON *RequestHandler(Server *server, const cJSON *params, Fault *fault);
typedef void NotificationHandler(Server *server, const cJSON *params);

#define REQUEST(name, method, capability, value) RequestHandler request_##name;
#define REQUEST_WITH(name, method, capability)                                                     \
    RequestHandler request_##name;                                                                 \
    cJSON *provide_##name(const Server *server);
#define NOTIFICATION(name, method) NotificationHandler notice_##name;
#include "requests.def"
#undef REQUEST
#undef REQUEST_WITH
#undef NOTIFICATION

#endif
