/// Messages over two streams: headers with `Content-Length`, a blank line, and a JSON document of
/// that many bytes.
///
/// Reading and writing are sources of GLib's main loop; neither blocks it. What is no message is
/// told to the owner, and reading goes on at the next header.
#ifndef DEPOT_LSP_TRANSPORT_H
#define DEPOT_LSP_TRANSPORT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct cJSON;
typedef struct Transport Transport;

/// The largest message that is read, in bytes.
#define TRANSPORT_MAX_MESSAGE ((size_t)256 << 20)
/// The longest headers of a message, in bytes.
#define TRANSPORT_MAX_HEADERS ((size_t)16 << 10)

/// What the owner of a transport is told. `data` is handed to each function.
typedef struct TransportEvents {
    /// A message, which is now the owner's (cJSON_Delete). It may be any JSON value. `length` is
    /// how many bytes it took.
    void (*message)(struct cJSON *message, size_t length, void *data);
    /// Something else was read; `why` is a sentence for whoever wrote it.
    void (*malformed)(const char *why, void *data);
    /// There is nothing more to read: the stream ended or failed.
    void (*ended)(void *data);
    /// Nothing more can be written: the reader is gone.
    void (*broken)(void *data);
    void *data;
} TransportEvents;

/// Begins to read from the file descriptor `input`; `output` is written to. Neither is closed.
Transport *transport_new(int input, int output, const TransportEvents *events);
void transport_free(Transport *transport);

/// Sends `message` and frees it.
void transport_send(Transport *transport, struct cJSON *message);
/// Stops reading (true) or goes on (false): for when more comes than can be worked off.
void transport_pause(Transport *transport, bool pause);
/// Writes what is left, however long that takes, unless the reader is gone.
void transport_flush(Transport *transport);

#endif
