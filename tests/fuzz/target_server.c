/// The language server: a document of any text, every request at places all over it, a change, and
/// all requests once more. Or, if the bytes begin as messages do, these as they are.
#define _GNU_SOURCE // memfd_create
#include "target.h"

#include "lsp/server.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define URI "file:///depotc-fuzz/main.depot"
/// How often all requests are asked for.
enum { ROUNDS = 3 };

/// Of links.c, which is not part of this program: there are no pages to link to.
char *links_pages(void) {
    return NULL;
}

/// All requests about documents and the workspace; new ones join by themselves.
static const char *const methods[] = {
#define REQUEST(name, method, capability, value) method,
#define REQUEST_WITH(name, method, capability)   method,
#define NOTIFICATION(name, method)
#include "lsp/requests.def"
#undef REQUEST
#undef REQUEST_WITH
#undef NOTIFICATION
};

/// What is sent.
typedef struct Script {
    GString *stream;
    GString *text; ///< of the document
    uint64_t chance;
    unsigned asked; ///< requests
} Script;

static uint32_t draw(Script *script, size_t below) {
    script->chance = script->chance * 6364136223846793005U + 1442695040888963407U;
    return below > 0 ? (uint32_t)((script->chance >> 33) % below) : 0;
}

static void frame(Script *script, const char *method, bool request, cJSON *params) {
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "jsonrpc", "2.0");
    cJSON_AddStringToObject(message, "method", method);
    if (request) {
        cJSON_AddNumberToObject(message, "id", ++script->asked);
    }
    cJSON_AddItemToObject(message, "params", params);
    char *body = cJSON_PrintUnformatted(message);
    g_string_append_printf(script->stream, "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
    cJSON_free(body);
    cJSON_Delete(message);
}

/// A place of the text; characters are counted in bytes, which is right for most.
static LinePlace some_place(Script *script) {
    const size_t offset = draw(script, script->text->len + 1);
    LinePlace place = {0, 0};
    for (size_t i = 0; i < offset; i++) {
        const bool end = script->text->str[i] == '\n';
        place = (LinePlace){place.line + end, end ? 0 : place.character + 1};
    }
    return place;
}

static cJSON *some_range(Script *script) {
    cJSON *range = cJSON_CreateObject();
    cJSON_AddItemToObject(range, "start", position_json(some_place(script)));
    cJSON_AddItemToObject(range, "end", position_json(some_place(script)));
    return range;
}

/// All that any request takes, in one object.
static cJSON *some_params(Script *script) {
    static const char *const shown[] = {"cfn", "cdk", "graph"};
    cJSON *params =
        cJSON_Parse("{\"textDocument\":{\"uri\":\"" URI "\"},\"newName\":\"other\",\"ch\":\"}\","
                    "\"query\":\"a\",\"previousResultId\":\"1\",\"context\":{\"diagnostics\":[],"
                    "\"includeDeclaration\":true},\"command\":\"depotc.preview\",\"options\":{},"
                    "\"uri\":\"depot-stdlib:///service_token.depot\"}");
    const char *arguments[] = {URI, shown[draw(script, G_N_ELEMENTS(shown))]};
    cJSON_AddItemToObject(params, "arguments", cJSON_CreateStringArray(arguments, 2));
    cJSON_AddItemToObject(params, "position", position_json(some_place(script)));
    cJSON_AddItemToObject(params, "range", some_range(script));
    cJSON *positions = cJSON_AddArrayToObject(params, "positions");
    cJSON_AddItemToArray(positions, position_json(some_place(script)));
    return params;
}

static void ask_all(Script *script) {
    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++) {
        if (strchr(methods[i], '/') != NULL) { // the others are about the server's life
            frame(script, methods[i], true, some_params(script));
        }
    }
}

static void change(Script *script, int version) {
    const size_t start = draw(script, script->text->len);
    g_autofree char *text = g_strndup(script->text->str + start, draw(script, 40));
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    cJSON *params = cJSON_CreateObject();
    cJSON *document = cJSON_AddObjectToObject(params, "textDocument");
    cJSON_AddStringToObject(document, "uri", URI);
    cJSON_AddNumberToObject(document, "version", version);
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToObject(item, "range", some_range(script));
    cJSON_AddStringToObject(item, "text", valid);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(params, "contentChanges"), item);
    frame(script, "textDocument/didChange", false, params);
}

static void write_script(Script *script) {
    frame(script, "initialize", true,
          cJSON_Parse("{\"capabilities\":{\"textDocument\":{\"completion\":{"
                      "\"completionItem\":{\"snippetSupport\":true}}}}}"));
    cJSON *params = cJSON_CreateObject();
    cJSON *document = cJSON_AddObjectToObject(params, "textDocument");
    cJSON_AddStringToObject(document, "uri", URI);
    cJSON_AddStringToObject(document, "languageId", "depot");
    cJSON_AddNumberToObject(document, "version", 1);
    cJSON_AddStringToObject(document, "text", script->text->str);
    frame(script, "textDocument/didOpen", false, params);
    for (int round = 0; round < ROUNDS; round++) {
        ask_all(script);
        change(script, round + 2);
    }
    frame(script, "shutdown", true, cJSON_CreateNull());
    frame(script, "exit", false, cJSON_CreateNull());
}

/// A file in memory with these bytes, from its beginning.
static int file_of(const char *bytes, size_t length) {
    const int file = memfd_create("depotc-fuzz", MFD_CLOEXEC);
    target_expect(file >= 0, "there is a file in memory");
    while (length > 0) {
        const ssize_t written = write(file, bytes, length);
        target_expect(written > 0, "it can be written to");
        bytes += written;
        length -= (size_t)written;
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

/// What the server answers to `stream`. The caller frees it.
static char *serve(const GString *stream, ExitCode *code) {
    const int kept[2] = {dup(STDIN_FILENO), dup(STDOUT_FILENO)};
    const int input = file_of(stream->str, stream->len);
    const int output = file_of("", 0);
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    const Invocation invocation = {0};
    *code = server_run(&invocation);
    for (int i = 0; i < 2; i++) {
        dup2(kept[i], i);
        close(kept[i]);
    }
    close(input);
    const off_t length = lseek(output, 0, SEEK_END);
    char *said = g_malloc0((gsize)length + 1);
    const ssize_t read = pread(output, said, (size_t)length, 0);
    target_expect(read == length, "what it says can be read");
    close(output);
    return said;
}

/// Each message is JSON; `*answers`: how many are answers without an error, or one that says why
/// something cannot be.
static void judge(const char *said, unsigned *answers) {
    static const char header[] = "Content-Length: ";
    while (said != NULL && *said != '\0') {
        target_expect(g_str_has_prefix(said, header), "a message begins with its length");
        const size_t length = (size_t)g_ascii_strtoull(said + strlen(header), NULL, 10);
        const char *body = strstr(said, "\r\n\r\n");
        target_expect(body != NULL && strlen(body + 4) >= length,
                      "a message is as long as it says");
        cJSON *message = cJSON_ParseWithLength(body + 4, length);
        target_expect(message != NULL, "a message is JSON");
        const cJSON *error = cJSON_GetObjectItemCaseSensitive(message, "error");
        const cJSON *number = cJSON_GetObjectItemCaseSensitive(error, "code");
        const bool refused = cJSON_IsNumber(number) && number->valueint == FAULT_FAILED;
        *answers += cJSON_HasObjectItem(message, "result") || refused;
        cJSON_Delete(message);
        said = body + 4 + length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autofree char *bytes = g_strndup((const char *)data, size);
    const bool raw = g_str_has_prefix(bytes, "Content-Length");
    g_autofree char *text = g_utf8_make_valid(bytes, -1);
    Script script = {g_string_new(NULL), g_string_new(text), size * 31 + g_str_hash(text), 0};
    if (raw) {
        g_string_append_len(script.stream, (const char *)data, (gssize)size);
    } else {
        write_script(&script);
    }
    ExitCode code = EXIT_DONE;
    unsigned answers = 0;
    g_autofree char *said = serve(script.stream, &code);
    judge(said, &answers);
    target_expect(raw || code == EXIT_DONE, "the server ends as it should");
    target_expect(raw || answers == script.asked, "every request is answered");
    g_string_free(script.stream, TRUE);
    g_string_free(script.text, TRUE);
    return 0;
}
