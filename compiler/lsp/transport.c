#include "transport.h"

#include "json_text.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/// How much is read at once.
enum { READ_SIZE = 64 << 10 };
/// So much can be written to a pipe that has room, without waiting for more room (PIPE_BUF).
enum { WRITE_SIZE = 4096 };
/// With more than this to write, nothing is read: the other side should read first.
enum { OUTPUT_MAX = 64 << 20 };

struct Transport {
    int input;
    int output;
    TransportEvents events;
    GString *read;    ///< bytes that are not yet worked off
    size_t body;      ///< length of the message whose headers are through; SIZE_MAX: in headers
    bool lost;        ///< what comes is passed over until something looks like a header
    GString *written; ///< bytes to be written …
    size_t sent;      ///< … of which so many are
    guint reader;     ///< the sources of the main loop, or 0
    guint writer;
    bool paused;
    bool broken;
};

static const char LENGTH_HEADER[] = "Content-Length:";

// Reading

/// Whether `text` of `length` bytes begins with the name of the header, in any case.
static bool is_length_header(const char *text, size_t length) {
    const size_t name = strlen(LENGTH_HEADER);
    return length >= name && g_ascii_strncasecmp(text, LENGTH_HEADER, name) == 0;
}

/// The number in a header's value; SIZE_MAX if it is none, or too large.
static size_t read_length(const char *value, size_t length) {
    g_autofree char *text = g_strndup(value, length);
    guint64 number = 0;
    const bool valid = g_ascii_string_to_unsigned(g_strstrip(text), 10, 0, TRANSPORT_MAX_MESSAGE,
                                                  &number, NULL) != FALSE;
    return valid ? (size_t)number : SIZE_MAX;
}

/// What is read is no header: what follows is passed over up to the next one.
static void lose(Transport *transport, const char *why) {
    transport->lost = true;
    transport->events.malformed(why, transport->events.data);
}

/// Passes over bytes up to something that looks like a header. False: there is none yet.
static bool find_header(Transport *transport) {
    GString *read = transport->read;
    for (size_t i = 1; i < read->len; i++) {
        if (is_length_header(read->str + i, read->len - i)) {
            g_string_erase(read, 0, (gssize)i);
            transport->lost = false;
            return true;
        }
    }
    const size_t rest = strlen(LENGTH_HEADER);
    if (read->len > rest) {
        g_string_erase(read, 0, (gssize)(read->len - rest));
    }
    return false;
}

/// The bytes of the headers with the blank line behind them; 0: they are not complete.
static size_t headers_length(const GString *read) {
    const char *end = g_strstr_len(read->str, (gssize)read->len, "\r\n\r\n");
    return end != NULL ? (size_t)(end - read->str) + strlen("\r\n\r\n") : 0;
}

/// Reads the headers of a message. False: more bytes are needed, or they are none.
static bool read_headers(Transport *transport) {
    GString *read = transport->read;
    const size_t length = headers_length(read);
    if (length == 0) {
        if (read->len > TRANSPORT_MAX_HEADERS) {
            lose(transport, "the headers of a message do not end");
        }
        return false;
    }
    size_t body = SIZE_MAX;
    bool plain = length <= TRANSPORT_MAX_HEADERS;
    for (const char *line = read->str; plain && *line != '\r';) {
        const char *end = strstr(line, "\r\n");
        const char *colon = memchr(line, ':', (size_t)(end - line));
        plain = colon != NULL;
        if (is_length_header(line, (size_t)(end - line))) {
            body = read_length(colon + 1, (size_t)(end - colon - 1));
            plain = plain && body != SIZE_MAX;
        }
        line = end + strlen("\r\n");
    }
    if (!plain || body == SIZE_MAX) {
        lose(transport, "a message begins with a header such as `Content-Length: 52`, at most "
                        "268435456, and a blank line");
        return false;
    }
    g_string_erase(read, 0, (gssize)length);
    transport->body = body;
    return true;
}

/// A NUL in a text would end it: U+FFFD, which is as long for UTF-16, takes its place.
static void replace_nuls(char *json, size_t length) {
    for (size_t i = 0; i + 6 <= length; i++) {
        if (json[i] == '\\' && memcmp(json + i, "\\u0000", 6) == 0) {
            memcpy(json + i, "\\ufffd", 6);
        }
        i += json[i] == '\\'; // the character behind a backslash begins no escape
    }
}

/// Takes the message out of what was read. False: more bytes are needed.
static bool read_body(Transport *transport) {
    GString *read = transport->read;
    const size_t length = transport->body;
    if (read->len < length) {
        return false;
    }
    replace_nuls(read->str, length);
    // cJSON wants one byte more than it reads, which GString has.
    const char *end = NULL;
    cJSON *message = cJSON_ParseWithLengthOpts(read->str, length, &end, 0);
    while (message != NULL && end < read->str + length && g_ascii_isspace(*end)) {
        end++;
    }
    if (message != NULL && end != read->str + length) {
        cJSON_Delete(message);
        message = NULL;
    }
    g_string_erase(read, 0, (gssize)length);
    transport->body = SIZE_MAX;
    if (message == NULL) {
        transport->events.malformed("a message is no JSON document", transport->events.data);
    } else {
        transport->events.message(message, length, transport->events.data);
    }
    return true;
}

/// Works off what was read.
static void read_messages(Transport *transport) {
    bool more = true;
    while (more && transport->read->len > 0) {
        if (transport->lost) {
            more = find_header(transport);
        } else if (transport->body == SIZE_MAX) {
            more = read_headers(transport) || transport->lost;
        } else {
            more = read_body(transport);
        }
    }
    // A message without a body is complete already.
    if (transport->body == 0) {
        read_body(transport);
    }
}

static gboolean on_readable(gint input, GIOCondition condition, gpointer data) {
    (void)condition;
    Transport *transport = data;
    char buffer[READ_SIZE];
    const ssize_t got = read(input, buffer, sizeof buffer);
    if (got > 0) {
        g_string_append_len(transport->read, buffer, (gssize)got);
        read_messages(transport);
        return transport->reader != 0;
    }
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
        return G_SOURCE_CONTINUE;
    }
    transport->reader = 0;
    if (transport->read->len > 0 && !transport->lost) {
        transport->events.malformed("a message is cut off", transport->events.data);
    }
    transport->events.ended(transport->events.data);
    return G_SOURCE_REMOVE;
}

/// Reads, or does not read, as it should be now.
static void update_reader(Transport *transport) {
    const bool wanted = !transport->paused && transport->written->len < OUTPUT_MAX;
    if (wanted && transport->reader == 0) {
        transport->reader =
            g_unix_fd_add_full(G_PRIORITY_HIGH, transport->input, G_IO_IN | G_IO_HUP | G_IO_ERR,
                               on_readable, transport, NULL);
    } else if (!wanted && transport->reader != 0) {
        g_source_remove(transport->reader);
        transport->reader = 0;
    }
}

void transport_pause(Transport *transport, bool pause) {
    if (transport->paused != pause) {
        transport->paused = pause;
        update_reader(transport);
    }
}

// Writing

/// Writes some of what is to be written. False: that cannot be done.
static bool write_some(Transport *transport) {
    GString *written = transport->written;
    const size_t left = written->len - transport->sent;
    const ssize_t done =
        write(transport->output, written->str + transport->sent, MIN(left, (size_t)WRITE_SIZE));
    if (done < 0 && errno != EINTR && errno != EAGAIN) {
        transport->broken = true;
        g_string_truncate(written, 0);
        transport->sent = 0;
        return false;
    }
    transport->sent += done > 0 ? (size_t)done : 0;
    if (transport->sent == written->len) {
        g_string_truncate(written, 0);
        transport->sent = 0;
    } else if (transport->sent > OUTPUT_MAX / 8) {
        g_string_erase(written, 0, (gssize)transport->sent);
        transport->sent = 0;
    }
    return true;
}

static gboolean on_writable(gint output, GIOCondition condition, gpointer data) {
    (void)output;
    (void)condition;
    Transport *transport = data;
    if (transport->broken || !write_some(transport)) {
        transport->writer = 0;
        transport->events.broken(transport->events.data);
        return G_SOURCE_REMOVE;
    }
    update_reader(transport);
    if (transport->written->len == 0) {
        transport->writer = 0;
        return G_SOURCE_REMOVE;
    }
    return G_SOURCE_CONTINUE;
}

/// Whether something can be written without waiting.
static bool has_room(int output) {
    struct pollfd wanted = {.fd = output, .events = POLLOUT};
    return poll(&wanted, 1, 0) > 0;
}

void transport_send(Transport *transport, cJSON *message) {
    if (transport->broken) {
        cJSON_Delete(message);
        return;
    }
    g_autoptr(GString) body = g_string_new(NULL);
    json_append(body, message);
    g_string_append_printf(transport->written, "%s %zu\r\n\r\n", LENGTH_HEADER, body->len);
    g_string_append_len(transport->written, body->str, (gssize)body->len);
    while (transport->writer == 0 && transport->written->len > 0 && has_room(transport->output) &&
           write_some(transport)) {
    }
    if (transport->writer == 0 && (transport->written->len > 0 || transport->broken)) {
        transport->writer =
            g_unix_fd_add_full(G_PRIORITY_HIGH, transport->output, G_IO_OUT | G_IO_HUP | G_IO_ERR,
                               on_writable, transport, NULL);
    }
    if (transport->reader != 0) {
        update_reader(transport);
    }
}

void transport_flush(Transport *transport) {
    while (!transport->broken && transport->written->len > 0) {
        struct pollfd wanted = {.fd = transport->output, .events = POLLOUT};
        poll(&wanted, 1, -1);
        write_some(transport);
    }
}

// Life

Transport *transport_new(int input, int output, const TransportEvents *events) {
    Transport *transport = g_new0(Transport, 1);
    transport->input = input;
    transport->output = output;
    transport->events = *events;
    transport->read = g_string_new(NULL);
    transport->written = g_string_new(NULL);
    transport->body = SIZE_MAX;
    update_reader(transport);
    return transport;
}

void transport_free(Transport *transport) {
    if (transport->reader != 0) {
        g_source_remove(transport->reader);
    }
    if (transport->writer != 0) {
        g_source_remove(transport->writer);
    }
    g_string_free(transport->read, TRUE);
    g_string_free(transport->written, TRUE);
    g_free(transport);
}
