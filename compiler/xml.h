/// XML, written with libxml2. The library is loaded when a document is begun.
#ifndef DEPOT_XML_H
#define DEPOT_XML_H

#include <stddef.h>

struct _GString;

typedef struct Xml Xml;

/// A document that is written into memory, indented; NULL if libxml2 cannot be loaded: `*cause`
/// says why, until the next call. Texts are UTF-8; characters that XML cannot hold are replaced.
Xml *xml_begin(const char **cause);
void xml_open(Xml *xml, const char *element);
/// An attribute of the element that was opened last.
void xml_attribute(Xml *xml, const char *name, const char *value);
/// The same with a number.
void xml_number(Xml *xml, const char *name, size_t value);
void xml_text(Xml *xml, const char *text);
void xml_close(Xml *xml);
/// Moves what has been written so far to the end of `out`.
void xml_move(Xml *xml, struct _GString *out);
/// Ends the document, adds what is left of it to `out`, and frees it.
void xml_end(Xml *xml, struct _GString *out);

#endif
