/// The pages of `depotc explain`, which are compiled in.
#ifndef DEPOT_PAGES_H
#define DEPOT_PAGES_H

#include <stdbool.h>

/// The Markdown of the page of `code` (in any case), or NULL. It begins with "# D1203: title".
const char *page_find(const char *code);
/// Its title without the code. The caller frees it.
char *page_title(const char *markdown);
/// What stands below the title: all of the page but its first line.
const char *page_body(const char *markdown);
/// Its first paragraph, on one line. The caller frees it.
char *page_summary(const char *markdown);
/// The page for reading as it is: headings without signs (bold in `colour`), code blocks indented,
/// behind the text of a link the page that it leads to. The caller frees it.
char *page_plain(const char *markdown, bool colour);

#endif
