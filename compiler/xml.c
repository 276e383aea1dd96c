// XML with libxml2. The library is loaded when a document is begun, and not when depotc starts: it
// brings others with it, and most runs write no XML.
#include "xml.h"

#include <dlfcn.h>
#include <glib.h>
#include <libxml/xmlwriter.h>
#include <stdbool.h>
#include <string.h>

/// What is used of libxml2, under the names that it has there.
typedef struct Functions {
    __typeof__(xmlBufferCreate) *buffer_create;
    __typeof__(xmlBufferFree) *buffer_free;
    __typeof__(xmlBufferContent) *buffer_content;
    __typeof__(xmlBufferEmpty) *buffer_empty;
    __typeof__(xmlNewTextWriterMemory) *new_writer;
    __typeof__(xmlFreeTextWriter) *free_writer;
    __typeof__(xmlTextWriterFlush) *flush;
    __typeof__(xmlTextWriterSetIndent) *set_indent;
    __typeof__(xmlTextWriterStartDocument) *start_document;
    __typeof__(xmlTextWriterEndDocument) *end_document;
    __typeof__(xmlTextWriterStartElement) *start_element;
    __typeof__(xmlTextWriterEndElement) *end_element;
    __typeof__(xmlTextWriterWriteAttribute) *write_attribute;
    __typeof__(xmlTextWriterWriteString) *write_string;
} Functions;

struct Xml {
    Functions call;
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
};

/// Sets the function pointer at `place`; POSIX lets one hold what dlsym gives.
static bool find(void *library, const char *name, void *place) {
    void *found = dlsym(library, name);
    memcpy(place, &found, sizeof found);
    return found != NULL;
}

static bool find_all(void *library, Functions *call) {
    return find(library, "xmlBufferCreate", &call->buffer_create) &&
           find(library, "xmlBufferFree", &call->buffer_free) &&
           find(library, "xmlBufferContent", &call->buffer_content) &&
           find(library, "xmlBufferEmpty", &call->buffer_empty) &&
           find(library, "xmlTextWriterFlush", &call->flush) &&
           find(library, "xmlNewTextWriterMemory", &call->new_writer) &&
           find(library, "xmlFreeTextWriter", &call->free_writer) &&
           find(library, "xmlTextWriterSetIndent", &call->set_indent) &&
           find(library, "xmlTextWriterStartDocument", &call->start_document) &&
           find(library, "xmlTextWriterEndDocument", &call->end_document) &&
           find(library, "xmlTextWriterStartElement", &call->start_element) &&
           find(library, "xmlTextWriterEndElement", &call->end_element) &&
           find(library, "xmlTextWriterWriteAttribute", &call->write_attribute) &&
           find(library, "xmlTextWriterWriteString", &call->write_string);
}

Xml *xml_begin(const char **cause) {
    void *library = dlopen(DEPOTC_LIBXML2, RTLD_NOW | RTLD_LOCAL);
    Functions call;
    if (library == NULL || !find_all(library, &call)) {
        *cause = dlerror();
        return NULL;
    }
    Xml *xml = g_new(Xml, 1);
    *xml = (Xml){.call = call, .buffer = call.buffer_create()};
    xml->writer = call.new_writer(xml->buffer, 0);
    call.set_indent(xml->writer, 1);
    call.start_document(xml->writer, NULL, "UTF-8", NULL);
    return xml;
}

/// `text` with U+FFFD for what is no character of XML 1.0; the caller frees it.
static char *allowed(const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_sized_new(strlen(valid));
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        const bool ok =
            c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
        g_string_append_unichar(out, ok ? c : 0xFFFD);
    }
    return g_string_free(out, FALSE);
}

void xml_open(Xml *xml, const char *element) {
    xml->call.start_element(xml->writer, BAD_CAST element);
}

void xml_attribute(Xml *xml, const char *name, const char *value) {
    g_autofree char *text = allowed(value);
    xml->call.write_attribute(xml->writer, BAD_CAST name, BAD_CAST text);
}

void xml_number(Xml *xml, const char *name, size_t value) {
    g_autofree char *text = g_strdup_printf("%zu", value);
    xml_attribute(xml, name, text);
}

void xml_text(Xml *xml, const char *text) {
    g_autofree char *clean = allowed(text);
    xml->call.write_string(xml->writer, BAD_CAST clean);
}

void xml_close(Xml *xml) {
    xml->call.end_element(xml->writer);
}

/// What the writer has handed to the buffer.
static void move_buffer(Xml *xml, GString *out) {
    g_string_append(out, (const char *)xml->call.buffer_content(xml->buffer));
    xml->call.buffer_empty(xml->buffer);
}

void xml_move(Xml *xml, GString *out) {
    xml->call.flush(xml->writer);
    move_buffer(xml, out);
}

void xml_end(Xml *xml, GString *out) {
    xml->call.end_document(xml->writer);
    xml->call.free_writer(xml->writer);
    move_buffer(xml, out);
    xml->call.buffer_free(xml->buffer);
    g_free(xml); // the library stays: what it keeps for the process would be lost
}
