/// The standard library, the pages of `depotc explain` and the templates of `depotc new`, compiled
/// into the program.
///
/// `stdlib/embed.c` writes the tables when depotc is built. It indexes the declarations by name, so
/// that a compilation reads only the library files that it needs.
#ifndef DEPOT_EMBEDDED_H
#define DEPOT_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

/// A library file. Its bytes are constant: copy them before scanning them in place.
typedef struct EmbeddedFile {
    const char *path; ///< "stdlib/…/….depot"
    const char *text; ///< NUL-terminated
    size_t length;
} EmbeddedFile;

/// Sorted by path.
extern const EmbeddedFile embedded_files[];
extern const size_t embedded_file_count;

/// A top-level declaration of the library: "construct KIND.TYPE", "existing KIND" (of an `existing
/// construct`), "type NAME", "let NAME"; and "rule ID", of a rule in a construct.
typedef struct EmbeddedName {
    const char *name;
    uint16_t file; ///< index in embedded_files
} EmbeddedName;

/// Sorted by strcmp of the names; a name declared in several files is there several times.
extern const EmbeddedName embedded_names[];
extern const size_t embedded_name_count;

/// What stands before the name of a chapter, at the beginning of a line; see chapters.h.
#define CHAPTER_MARK "// chapter: "

/// A library file of chapters.
typedef struct EmbeddedChapters {
    const char *path; ///< "stdlib/…/….depot"
    const char *text; ///< NUL-terminated
    size_t length;
    const uint32_t *offsets; ///< of the chapters' names in `text`, in the order of the names
    size_t count;
} EmbeddedChapters;

extern const EmbeddedChapters embedded_chapters[];
extern const size_t embedded_chapters_count;

/// An explanation: docs/diagnostics/CODE.md.
typedef struct EmbeddedPage {
    const char *code; ///< "D1203"
    const char *text; ///< Markdown
} EmbeddedPage;

/// Sorted by code.
extern const EmbeddedPage embedded_pages[];
extern const size_t embedded_page_count;

/// A module of the program that `depotc stdlib sync` has Node run: stdlib/sync/NAME.
typedef struct EmbeddedScript {
    const char *name; ///< "main.mjs"
    const char *text;
    size_t length;
} EmbeddedScript;

/// Sorted by name.
extern const EmbeddedScript embedded_scripts[];
extern const size_t embedded_script_count;

/// A file of a template of `depotc new`, of stdlib/templates.
typedef struct EmbeddedTemplate {
    const char *path; ///< "TEMPLATE/PATH", with "/"
    const char *text; ///< NUL-terminated
    size_t length;
} EmbeddedTemplate;

/// Sorted by path.
extern const EmbeddedTemplate embedded_templates[];
extern const size_t embedded_template_count;

/// Which changes have CloudFormation make a resource anew: stdlib/aws/replacements.txt,
/// NUL-terminated.
extern const char embedded_replacements[];

/// The hook of `depotc hook install`: compiler/cli/pre-commit.sh, NUL-terminated.
extern const char embedded_hook[];

#endif
