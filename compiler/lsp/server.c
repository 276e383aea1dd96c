#include "server.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

static void on_message(cJSON *message, size_t length, void *data) {
    dispatch_take(data, message, length);
}

static void on_malformed(const char *why, void *data) {
    dispatch_malformed(data, why);
}

static void on_ended(void *data) {
    Server *server = data;
    server->input_ended = true;
    if (server->worker == 0) {
        g_main_loop_quit(server->loop);
    }
}

static void on_broken(void *data) {
    Server *server = data;
    dispatch_clear(server);
    g_main_loop_quit(server->loop);
}

static void free_server(Server *server) {
    dispatch_clear(server);
    guint *sources[] = {&server->worker, &server->refresher, &server->watcher};
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
        if (*sources[i] != 0) {
            g_source_remove(*sources[i]);
        }
    }
    transport_free(server->transport);
    analyses_free(server->analyses);
    documents_free(server->documents);
    workspace_free(server->workspace);
    g_hash_table_destroy(server->published);
    g_main_loop_unref(server->loop);
    g_free(server->pages);
    g_free(server->stage);
    g_free(server->completed);
}

/// Keeps the memory of one compilation for the next, which needs as much: to give it back and be
/// given other pages takes as long as compiling. (The processor's time at 5,000 lines is half.)
static void keep_memory(void) {
#ifdef __GLIBC__
    enum { KEPT = 256 << 20, STEP = 8 << 20, MAPPED = 32 << 20 };
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_TOP_PAD, STEP);
    mallopt(M_MMAP_THRESHOLD, MAPPED);
#endif
}

ExitCode server_run(const Invocation *invocation) {
    Server server = {.invocation = invocation,
                     .pages = links_pages(),
                     .stage = g_strdup(invocation->options.stage)};
    keep_memory();
    g_queue_init(&server.queue);
    server.loop = g_main_loop_new(NULL, FALSE);
    server.documents = documents_new();
    server.workspace = workspace_new();
    server.analyses = analyses_new();
    server.published = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const TransportEvents events = {on_message, on_malformed, on_ended, on_broken, &server};
    server.transport = transport_new(STDIN_FILENO, STDOUT_FILENO, &events);
    g_main_loop_run(server.loop);
    transport_flush(server.transport);
    const bool orderly = server.state == SERVER_SHUT && server.exit_asked;
    free_server(&server);
    return orderly ? EXIT_DONE : EXIT_ERRORS;
}
