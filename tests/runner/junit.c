#include "runner.h"

#include <libxml/xmlwriter.h>

static const xmlChar *xml(const char *text) {
    return (const xmlChar *)text;
}

static bool write_check(xmlTextWriter *writer, const Check *check) {
    bool ok = xmlTextWriterStartElement(writer, xml("testcase")) >= 0 &&
              xmlTextWriterWriteAttribute(writer, xml("classname"), xml(check->golden)) >= 0 &&
              xmlTextWriterWriteAttribute(writer, xml("name"), xml(check->what)) >= 0;
    if (check->failure != NULL) {
        g_autofree char *valid = g_utf8_make_valid(check->failure, -1);
        ok = ok && xmlTextWriterWriteElement(writer, xml("failure"), xml(valid)) >= 0;
    }
    return ok && xmlTextWriterEndElement(writer) >= 0;
}

static guint count_failures(const GArray *checks) {
    guint failures = 0;
    for (guint i = 0; i < checks->len; i++) {
        failures += g_array_index(checks, Check, i).failure != NULL;
    }
    return failures;
}

bool junit_write(const char *path, const GArray *checks) {
    xmlTextWriter *writer = xmlNewTextWriterFilename(path, 0);
    if (writer == NULL) {
        return false;
    }
    bool ok = xmlTextWriterSetIndent(writer, 1) >= 0 &&
              xmlTextWriterStartDocument(writer, NULL, "UTF-8", NULL) >= 0 &&
              xmlTextWriterStartElement(writer, xml("testsuite")) >= 0 &&
              xmlTextWriterWriteAttribute(writer, xml("name"), xml("goldens")) >= 0 &&
              xmlTextWriterWriteFormatAttribute(writer, xml("tests"), "%u", checks->len) >= 0 &&
              xmlTextWriterWriteFormatAttribute(writer, xml("failures"), "%u",
                                                count_failures(checks)) >= 0;
    for (guint i = 0; ok && i < checks->len; i++) {
        ok = write_check(writer, &g_array_index(checks, Check, i));
    }
    ok = xmlTextWriterEndDocument(writer) >= 0 && ok;
    xmlFreeTextWriter(writer);
    return ok;
}
